//! What the classes say of each column: the chi-squared statistic and log-count ratios.

/// χ² of each column against the classes, from how many texts of each class have the term
/// (`present[column][class]`) and how many texts each class has. For a 2 × K table of presence and class:
/// Σ (observed − expected)² / expected over all 2K cells; 0 for a term that every or no text has.
#[must_use]
pub fn chi_squared(present: &[Vec<u32>], class_sizes: &[u32]) -> Vec<f64> {
    let total: f64 = class_sizes.iter().copied().map(f64::from).sum();
    present
        .iter()
        .map(|by_class| {
            let with: f64 = by_class.iter().copied().map(f64::from).sum();
            let share = with / total;
            if !(share > 0.0 && share < 1.0) {
                return 0.0;
            }
            by_class
                .iter()
                .zip(class_sizes)
                .filter(|(_, size)| **size > 0)
                .map(|(&seen, &size)| {
                    let (seen, size) = (f64::from(seen), f64::from(size));
                    let off = seen - size * share;
                    off * off / (size * share) + off * off / (size * (1.0 - share))
                })
                .sum()
        })
        .collect()
}

/// How much each column's presence tells the classes apart: the mean over the classes of |r|ᵖ, where r is the logarithm
/// of the ratio between the column's share of all occurrences in texts of the class and its share of those in all other
/// texts, with one added to every count; `present[column][class]` counts texts, or groups of texts of one hand.
///
/// Columns multiplied by it before a fit are penalised less the more they tell, as in NBSVM (S. Wang and C. D. Manning,
/// *Baselines and bigrams: simple, good sentiment and topic classification*, ACL 2012), where each class has its own
/// ratios; one factor for all classes lets a multinomial model have them too.
#[must_use]
pub fn log_count_ratios(present: &[Vec<u32>], classes: usize, power: f64) -> Vec<f32> {
    let smooth = |count: u32| f64::from(count) + 1.0;
    let totals: Vec<f64> = (0..classes)
        .map(|k| present.iter().filter_map(|by| by.get(k)).map(|&n| f64::from(n)).sum())
        .collect();
    let (all, width) = (totals.iter().sum::<f64>(), present.len() as f64);
    present
        .iter()
        .map(|by_class| {
            let total: u32 = by_class.iter().sum();
            let each = by_class.iter().zip(&totals).map(|(&own, of_class)| {
                let inside = smooth(own) / (of_class + width);
                let outside = smooth(total - own) / (all - of_class + width);
                libm::pow(libm::log(inside / outside).abs(), power)
            });
            (each.sum::<f64>() / classes.max(1) as f64) as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statistic_equals_one_computed_by_hand() {
        // 10 texts of class 0, 30 of class 1; the term is in 8 and 4. Expected 3 and 9 with, 7 and 21 without.
        let chi = chi_squared(&[vec![8, 4], vec![10, 30], vec![0, 0]], &[10, 30]);
        assert!((chi[0] - (25.0 / 3.0 + 25.0 / 9.0 + 25.0 / 7.0 + 25.0 / 21.0)).abs() < 1e-9);
        assert!(chi[1].abs() < 1e-12 && chi[2].abs() < 1e-12);
    }

    #[test]
    fn ratios_equal_those_computed_by_hand() {
        // Occurrences by class: 4 and 4. The first column: (3 + 1)/(4 + 2) against (1 + 1)/(4 + 2), a ratio of 2; the
        // second the same the other way round. Both classes have |r| = ln 2.
        let ratios = log_count_ratios(&[vec![3, 1], vec![1, 3]], 2, 1.0);
        assert!(ratios.iter().all(|r| (f64::from(*r) - std::f64::consts::LN_2).abs() < 1e-7), "{ratios:?}");
        let damped = log_count_ratios(&[vec![3, 1], vec![1, 3]], 2, 0.5);
        assert!(damped.iter().all(|r| (f64::from(*r) - std::f64::consts::LN_2.sqrt()).abs() < 1e-7));
        // A column that every class has as often as the others tells nothing.
        assert!(log_count_ratios(&[vec![5, 5], vec![2, 2]], 2, 1.0).iter().all(|r| r.abs() < 1e-7));
    }
}
