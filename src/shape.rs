//! Class indices and probability rows, checked once before anything is computed from them.

/// What does not fit in a table of classes and probabilities.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ShapeError {
    /// Two columns of one table differ in length.
    #[error("{what}: {found} rows, but {expected} were expected")]
    Length {
        /// The column at fault.
        what: &'static str,
        /// The rows of the other column.
        expected: usize,
        /// The rows of this one.
        found: usize,
    },
    /// A class index outside `0..classes`.
    #[error("{what}, row {row}: class {class}, but there are {classes} classes, counted from 0")]
    Class {
        /// The column at fault.
        what: &'static str,
        /// The row, counted from 0.
        row: usize,
        /// The index as found.
        class: usize,
        /// The number of classes.
        classes: usize,
    },
    /// More classes than a table can be made for.
    #[error("{classes} classes, but at most {MAX_CLASSES} can be tabulated")]
    Classes {
        /// The number as asked for.
        classes: usize,
    },
    /// A row with another number of probabilities than there are classes.
    #[error("row {row}: {found} probabilities for {classes} classes")]
    Width {
        /// The row, counted from 0.
        row: usize,
        /// The number of probabilities found.
        found: usize,
        /// The number of classes.
        classes: usize,
    },
    /// A number that is no probability.
    #[error("row {row}, class {class}: {value} is not a probability from 0 to 1")]
    Probability {
        /// The row, counted from 0.
        row: usize,
        /// The class, counted from 0.
        class: usize,
        /// The number as found.
        value: f64,
    },
}

/// The most classes that a confusion matrix is made for.
pub const MAX_CLASSES: usize = 4096;

/// # Errors
/// [`ShapeError::Classes`] if `classes` is above [`MAX_CLASSES`].
pub fn check_classes(classes: usize) -> Result<(), ShapeError> {
    if classes <= MAX_CLASSES { Ok(()) } else { Err(ShapeError::Classes { classes }) }
}

/// # Errors
/// [`ShapeError::Length`] if a column has `found` rows and not `expected`.
pub fn check_length(what: &'static str, expected: usize, found: usize) -> Result<(), ShapeError> {
    if found == expected { Ok(()) } else { Err(ShapeError::Length { what, expected, found }) }
}

/// # Errors
/// [`ShapeError::Class`] at the first index that is not below `classes`.
pub fn check_labels(what: &'static str, labels: &[usize], classes: usize) -> Result<(), ShapeError> {
    match labels.iter().enumerate().find(|&(_, &class)| class >= classes) {
        Some((row, &class)) => Err(ShapeError::Class { what, row, class, classes }),
        None => Ok(()),
    }
}

/// Checks that every row holds `classes` probabilities from 0 to 1; their sum is not looked at.
///
/// # Errors
/// [`ShapeError::Width`] or [`ShapeError::Probability`] at the first row at fault.
pub fn check_probabilities<P: AsRef<[f64]>>(rows: &[P], classes: usize) -> Result<(), ShapeError> {
    for (row, probabilities) in rows.iter().enumerate() {
        let probabilities = probabilities.as_ref();
        if probabilities.len() != classes {
            return Err(ShapeError::Width { row, found: probabilities.len(), classes });
        }
        let wrong = probabilities.iter().enumerate().find(|(_, p)| !(0.0..=1.0).contains(*p));
        if let Some((class, &value)) = wrong {
            return Err(ShapeError::Probability { row, class, value });
        }
    }
    Ok(())
}

/// Checks a column of true classes and its rows of probabilities together.
///
/// # Errors
/// The first of the errors of the other checks.
pub fn check_scored<P: AsRef<[f64]>>(truth: &[usize], rows: &[P], classes: usize) -> Result<(), ShapeError> {
    check_classes(classes)?;
    check_length("probabilities", truth.len(), rows.len())?;
    check_labels("truth", truth, classes)?;
    check_probabilities(rows, classes)
}

/// The class with the greatest score, the first of equals, and that score: a probability or a logit; (0, 0) for no class.
#[must_use]
pub fn top_class(scores: &[f64]) -> (usize, f64) {
    let mut best = None;
    for (class, &score) in scores.iter().enumerate() {
        if best.is_none_or(|(_, greatest)| score > greatest) {
            best = Some((class, score));
        }
    }
    best.unwrap_or((0, 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_at_fault_is_named() {
        assert_eq!(
            check_labels("truth", &[0, 3, 1, 4], 3),
            Err(ShapeError::Class { what: "truth", row: 1, class: 3, classes: 3 })
        );
        assert_eq!(
            check_probabilities(&[vec![0.5, 0.5], vec![1.0]], 2),
            Err(ShapeError::Width { row: 1, found: 1, classes: 2 })
        );
        for value in [-0.1, 1.1, f64::INFINITY] {
            assert_eq!(
                check_probabilities(&[[0.5, value]], 2),
                Err(ShapeError::Probability { row: 0, class: 1, value })
            );
        }
        assert!(check_probabilities(&[[f64::NAN]], 1).is_err());
        assert!(check_probabilities(&[[0.0, 1.0]], 2).is_ok());
    }

    #[test]
    fn the_first_of_equal_probabilities_is_on_top() {
        assert_eq!(top_class(&[0.2, 0.4, 0.4]).0, 1);
        assert_eq!(top_class(&[]).0, 0);
    }
}
