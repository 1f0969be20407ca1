//! All figures of agreement at once, for the units that two or more annotators have labelled.

use serde::Serialize;

use super::agreement::{Coincidences, cohen_kappa, label_kappas};
use super::metrics::Confusion;
use crate::shape::ShapeError;

/// How far annotators agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The units with at least two labels; all figures are of these.
    pub units: usize,
    /// The units whose labels are all equal.
    pub unanimous: usize,
    /// Equal pairs of labels / all pairs of labels within units, from 0 to 1; 0 of no unit.
    pub observed: f64,
    /// Cohen's kappa, of two annotators only.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha.
    pub alpha: Option<f64>,
    /// In class order.
    pub labels: Vec<LabelAgreement>,
}

/// How far annotators agree on one label against all others put together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelAgreement {
    /// Cohen's kappa, of two annotators only.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha.
    pub alpha: Option<f64>,
    /// How often each annotator gave the label.
    pub given: Vec<usize>,
    /// The units to which all who labelled them gave it.
    pub unanimous: usize,
}

impl Agreement {
    /// Compares the labels of `units`, one slice each with one place an annotator, `None` where there is no label.
    ///
    /// # Errors
    /// If a label is not below `classes`, or there are too many classes.
    ///
    /// ```
    /// use demarche::eval::Agreement;
    ///
    /// let units = [[Some(0), Some(0)], [Some(0), Some(1)], [Some(1), Some(1)], [Some(1), None]];
    /// let agreement = Agreement::of(&units, 2)?;
    /// assert_eq!((agreement.units, agreement.unanimous), (3, 2));
    /// # Ok::<(), demarche::shape::ShapeError>(())
    /// ```
    pub fn of<U: AsRef<[Option<usize>]>>(units: &[U], classes: usize) -> Result<Self, ShapeError> {
        let coincidences = Coincidences::of(units, classes)?;
        let units: Vec<&[Option<usize>]> = units.iter().map(AsRef::as_ref).filter(|u| given(u) > 1).collect();
        let table = confusion(&units, classes)?;
        let kappas = table.as_ref().map(label_kappas).unwrap_or_default();
        let annotators = units.iter().map(|unit| unit.len()).max().unwrap_or(0);
        let label = |class: usize| LabelAgreement {
            kappa: kappas.get(class).copied().flatten(),
            alpha: coincidences.label_alpha(class),
            given: (0..annotators)
                .map(|by| units.iter().filter(|unit| unit.get(by) == Some(&Some(class))).count())
                .collect(),
            unanimous: units.iter().filter(|unit| unit.iter().flatten().all(|&c| c == class)).count(),
        };
        let (equal, pairs) = units.iter().map(|unit| pairs(unit)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        Ok(Self {
            units: units.len(),
            unanimous: units.iter().filter(|unit| is_unanimous(unit)).count(),
            observed: if pairs == 0 { 0.0 } else { equal as f64 / pairs as f64 },
            kappa: table.as_ref().and_then(cohen_kappa),
            alpha: coincidences.alpha(),
            labels: (0..classes).map(label).collect(),
        })
    }
}

/// True if all labels of a unit are equal.
#[must_use]
pub fn is_unanimous(unit: &[Option<usize>]) -> bool {
    let mut labels = unit.iter().flatten();
    labels.next().is_none_or(|first| labels.all(|other| other == first))
}

fn given(unit: &[Option<usize>]) -> usize {
    unit.iter().flatten().count()
}

/// The two annotators' table; none if there are not two.
fn confusion(units: &[&[Option<usize>]], classes: usize) -> Result<Option<Confusion>, ShapeError> {
    let both = |unit: &&[Option<usize>]| match **unit {
        [Some(a), Some(b)] => Some((a, b)),
        _ => None,
    };
    let labels: Option<Vec<(usize, usize)>> = units.iter().map(both).collect();
    let Some((first, second)) = labels.map(|labels| labels.into_iter().unzip::<_, _, Vec<_>, Vec<_>>())
    else {
        return Ok(None);
    };
    Confusion::of(&first, &second, classes).map(Some)
}

/// Equal pairs of labels and all pairs of labels.
fn pairs(unit: &[Option<usize>]) -> (usize, usize) {
    let labels: Vec<usize> = unit.iter().flatten().copied().collect();
    let (mut equal, mut all) = (0, 0);
    for (i, a) in labels.iter().enumerate() {
        let others = labels.iter().skip(i + 1);
        all += others.len();
        equal += others.filter(|b| *b == a).count();
    }
    (equal, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_annotators_have_kappa_and_counts_of_each() {
        let units = [[Some(0), Some(0)], [Some(0), Some(1)], [Some(1), Some(1)], [None, Some(1)]];
        let agreement = Agreement::of(&units, 2).unwrap();
        // p_o = 2/3, p_e = (2·1 + 1·2)/9.
        assert!((agreement.kappa.unwrap() - (2.0 / 3.0 - 4.0 / 9.0) / (5.0 / 9.0)).abs() < 1e-12);
        assert!((agreement.observed - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(agreement.labels[0].given, [2, 1]);
        assert_eq!(agreement.labels[1].unanimous, 1);
    }

    #[test]
    fn three_annotators_have_alpha_and_no_kappa() {
        let units = [[Some(0), Some(0), None], [Some(1), Some(1), Some(0)], [None, Some(1), None]];
        let agreement = Agreement::of(&units, 2).unwrap();
        assert_eq!((agreement.units, agreement.unanimous), (2, 1));
        assert_eq!((agreement.kappa, agreement.labels[0].kappa), (None, None));
        // Pairs: one of one equal, and one of three.
        assert!((agreement.observed - 0.5).abs() < 1e-12);
        assert!((agreement.alpha.unwrap() - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn no_unit_has_no_agreement() {
        let agreement = Agreement::of(&[[Some(0), None]], 2).unwrap();
        assert_eq!((agreement.units, agreement.alpha, agreement.kappa), (0, None, None));
        assert!(agreement.labels[0].given.is_empty());
    }
}
