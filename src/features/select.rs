//! Feature selection by the chi-squared statistic.

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
}
