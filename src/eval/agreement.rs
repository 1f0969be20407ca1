//! How far annotators agree beyond chance: Cohen's kappa for two, Krippendorff's alpha for any number.

use super::metrics::Confusion;
use crate::shape::{ShapeError, check_classes, check_labels};

/// Cohen's kappa of a table with one annotator's labels as rows and the other's as columns, from −1 to 1
/// (J. Cohen, *Educational and Psychological Measurement* 20, 1960):
/// `κ = (p_o − p_e) / (1 − p_e)` with `p_o` the share of equal labels and `p_e = Σ_c p(row c) · p(column c)`.
///
/// `None` where it is 0 / 0: no row, or both gave one and the same label throughout.
#[must_use]
pub fn cohen_kappa(table: &Confusion) -> Option<f64> {
    let margins = table.labels().into_iter().map(|label| (label.support as f64, label.predicted as f64));
    kappa(table.correct() as f64, table.total() as f64, margins)
}

/// Kappa of each label against all others put together, in class order.
#[must_use]
pub fn label_kappas(table: &Confusion) -> Vec<Option<f64>> {
    let n = table.total() as f64;
    let one = |class| {
        let label = table.label(class);
        let (first, second) = (label.support as f64, label.predicted as f64);
        let both = table.count(class, class) as f64;
        let neither = n - first - second + both;
        kappa(both + neither, n, [(first, second), (n - first, n - second)].into_iter())
    };
    (0..table.classes()).map(one).collect()
}

fn kappa(equal: f64, n: f64, margins: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let by_chance: f64 = margins.map(|(first, second)| first * second).sum();
    // Both sides times n²; whole numbers, so that 0 is exact.
    let (over_chance, room) = (equal * n - by_chance, n * n - by_chance);
    (room > 0.0).then(|| over_chance / room)
}

/// Krippendorff's table of coincidences for nominal data: how often, over all pairs of annotators of one unit, two
/// labels met. Every unit with m ≥ 2 labels adds 1 / (m − 1) for each ordered pair of them.
///
/// ```
/// use demarche::eval::Coincidences;
///
/// let units = [vec![Some(0), Some(0), None], vec![Some(1), Some(1), Some(0)], vec![None, Some(1), None]];
/// let alpha = Coincidences::of(&units, 2)?.alpha();
/// assert!((alpha.unwrap() - 1.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), demarche::shape::ShapeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Coincidences {
    classes: usize,
    /// Row by row; symmetric.
    counts: Vec<f64>,
}

impl Coincidences {
    /// Counts `units`, one slice of labels each, one a annotator, `None` where an annotator gave none. Units with
    /// fewer than two labels say nothing about agreement and are left out.
    ///
    /// # Errors
    /// If a label is not below `classes`; `row` is the unit.
    pub fn of<U: AsRef<[Option<usize>]>>(units: &[U], classes: usize) -> Result<Self, ShapeError> {
        check_classes(classes)?;
        let mut counts = vec![0.0; classes * classes];
        for (row, unit) in units.iter().enumerate() {
            let given: Vec<usize> = unit.as_ref().iter().flatten().copied().collect();
            check_labels("label", &given, classes).map_err(|error| at_unit(error, row))?;
            let Some(others) = given.len().checked_sub(1).filter(|&others| others > 0) else { continue };
            for (i, a) in given.iter().enumerate() {
                for (_, b) in given.iter().enumerate().filter(|&(j, _)| j != i) {
                    if let Some(count) = counts.get_mut(a * classes + b) {
                        *count += 1.0 / others as f64;
                    }
                }
            }
        }
        Ok(Self { classes, counts })
    }

    /// The coincidences of two labels; 0 outside the table.
    #[must_use]
    pub fn count(&self, a: usize, b: usize) -> f64 {
        let inside = a.max(b) < self.classes;
        if inside { self.counts.get(a * self.classes + b).copied().unwrap_or(0.0) } else { 0.0 }
    }

    /// Krippendorff's nominal alpha, `1 − (n − 1) Σ_{c ≠ k} o_ck / Σ_{c ≠ k} n_c n_k`, at most 1; 0 is chance
    /// (K. Krippendorff, *Computing Krippendorff's Alpha-Reliability*, University of Pennsylvania, 2011).
    ///
    /// `None` where it is 0 / 0: all labels are equal, so that there is nothing to agree about.
    #[must_use]
    pub fn alpha(&self) -> Option<f64> {
        let totals: Vec<f64> = (0..self.classes).map(|c| self.total(c)).collect();
        let agreeing = (0..self.classes).map(|c| self.count(c, c)).sum();
        alpha(agreeing, &totals)
    }

    /// Alpha of one label against all others put together.
    #[must_use]
    pub fn label_alpha(&self, class: usize) -> Option<f64> {
        let (n, of_class) = (self.counts.iter().sum::<f64>(), self.total(class));
        let both = self.count(class, class);
        alpha(n - 2.0 * (of_class - both), &[of_class, n - of_class])
    }

    fn total(&self, class: usize) -> f64 {
        (0..self.classes).map(|other| self.count(class, other)).sum()
    }
}

fn alpha(agreeing: f64, totals: &[f64]) -> Option<f64> {
    let n: f64 = totals.iter().sum();
    let expected = n * n - totals.iter().map(|total| total * total).sum::<f64>();
    // Sums of 1 / (m − 1) round; a true product of two totals is at least 1.
    (expected > 0.5).then(|| 1.0 - (n - 1.0) * (n - agreeing) / expected)
}

fn at_unit(error: ShapeError, unit: usize) -> ShapeError {
    match error {
        ShapeError::Class { what, class, classes, .. } => {
            ShapeError::Class { what, row: unit, class, classes }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64, within: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < within, "{found} is not {expected}");
    }

    /// Rows of annotators, as they are printed, turned into units; 0 stands for a missing label.
    fn units(annotators: &[&[usize]]) -> Vec<Vec<Option<usize>>> {
        (0..annotators[0].len())
            .map(|unit| annotators.iter().map(|labels| labels[unit].checked_sub(1)).collect())
            .collect()
    }

    /// Krippendorff 2011, section A: two observers, ten binary values, α = 0.095.
    #[test]
    fn alpha_equals_krippendorff_s_binary_example() {
        let units = units(&[&[1, 2, 1, 1, 1, 1, 1, 1, 2, 1], &[2, 2, 2, 1, 1, 2, 1, 1, 1, 1]]);
        let table = Coincidences::of(&units, 2).unwrap();
        close(table.alpha(), 0.095, 5e-4);
        close(Some(table.count(0, 1)), 4.0, 1e-12);
        close(Some(table.count(0, 0)), 10.0, 1e-12);
    }

    /// Krippendorff 2011, section B: two observers, nominal a to e, α = 0.692.
    #[test]
    fn alpha_equals_krippendorff_s_nominal_example() {
        let units = units(&[&[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], &[2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]]);
        close(Coincidences::of(&units, 5).unwrap().alpha(), 0.692, 5e-4);
    }

    /// Krippendorff 2011, section C: four observers with missing values, nominal α = 0.743.
    #[test]
    fn alpha_equals_krippendorff_s_example_with_missing_labels() {
        let units = units(&[
            &[1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            &[1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            &[0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            &[1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ]);
        let table = Coincidences::of(&units, 5).unwrap();
        close(table.alpha(), 0.743, 5e-4);
        close(table.label_alpha(4), 1.0, 1e-9);
    }

    /// By hand: `p_o = 35/50`, `p_e = (25·30 + 25·20)/2500 = ½`, κ = 0.4.
    #[test]
    fn kappa_equals_one_worked_by_hand() {
        let mut truth = vec![0; 25];
        truth.extend([1; 25]);
        let mut other = vec![0; 20];
        other.extend([1; 5]);
        other.extend([0; 10]);
        other.extend([1; 15]);
        let table = Confusion::of(&truth, &other, 2).unwrap();
        close(cohen_kappa(&table), 0.4, 1e-12);
        // With two labels each against the rest is the whole.
        for label in label_kappas(&table) {
            close(label, 0.4, 1e-12);
        }
    }

    #[test]
    fn a_label_is_judged_against_the_rest() {
        // Label 2 always agrees; 0 and 1 are always exchanged.
        let table = Confusion::of(&[0, 1, 2, 2], &[1, 0, 2, 2], 3).unwrap();
        let [first, second, third] = label_kappas(&table).try_into().unwrap();
        close(third, 1.0, 1e-12);
        // p_o = ½, p_e = (1·1 + 3·3)/16 = ⅝.
        close(first, (0.5 - 0.625) / 0.375, 1e-12);
        close(second, -1.0 / 3.0, 1e-12);
    }

    #[test]
    fn agreement_without_a_choice_is_not_defined() {
        assert_eq!(cohen_kappa(&Confusion::of(&[1, 1], &[1, 1], 2).unwrap()), None);
        assert_eq!(cohen_kappa(&Confusion::empty(2).unwrap()), None);
        assert_eq!(Coincidences::of(&[[Some(1), Some(1)]], 2).unwrap().alpha(), None);
        assert_eq!(Coincidences::of(&[[Some(1), None]], 2).unwrap().alpha(), None);
    }

    #[test]
    fn a_label_that_does_not_exist_names_its_unit() {
        let error = Coincidences::of(&[[Some(0), Some(1)], [None, Some(2)]], 2).unwrap_err();
        assert_eq!(error, ShapeError::Class { what: "label", row: 1, class: 2, classes: 2 });
    }
}
