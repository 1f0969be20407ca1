//! Out-of-fold scores of any classifier: probabilities, or logits.

use rayon::prelude::*;

use super::split::Fold;

/// Scores that no row's own label had a part in.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfFold {
    /// The rows that were tested, ascending; all rows unless the folds leave some out.
    pub rows: Vec<usize>,
    /// The fold that tested each of them.
    pub folds: Vec<usize>,
    /// One score a class for each of them: whatever the classifier gives.
    pub scores: Vec<Vec<f64>>,
}

/// Why a cross-validation gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum CrossValidateError<E: std::error::Error + 'static> {
    /// The classifier failed.
    #[error("fold {fold}: {error}")]
    Fit {
        /// The fold, counted from 0.
        fold: usize,
        /// What the classifier said.
        error: E,
    },
    /// The classifier answered for another number of rows than it was asked for.
    #[error("fold {fold}: {found} rows of scores for {expected} test rows")]
    Rows {
        /// The fold, counted from 0.
        fold: usize,
        /// The test rows.
        expected: usize,
        /// The rows answered.
        found: usize,
    },
    /// Two folds test the same row.
    #[error("row {row} is tested by fold {first} and by fold {second}")]
    Twice {
        /// The row, counted from 0.
        row: usize,
        /// The fold that tested it first.
        first: usize,
        /// The other fold.
        second: usize,
    },
}

/// Calls `fit_predict(train, test)` once a fold, in parallel, and puts its answers — one row of class
/// scores for each row of `test`, in that order — into row order. The result does not depend on the number
/// of threads if the closure does not.
///
/// # Errors
/// The error of the first fold that failed, in fold order; or if the answers do not fit the folds.
///
/// ```
/// use demarche::eval::{KFold, cross_validate};
/// use std::convert::Infallible;
///
/// let labels = [0, 1, 1, 1, 0, 1];
/// let folds = KFold::new(3, 1)?.stratified(&labels)?;
/// // A classifier that answers with the training rows' shares.
/// let shares = |train: &[usize], test: &[usize]| {
///     let ones = train.iter().filter(|&&row| labels[row] == 1).count() as f64;
///     let p = ones / train.len() as f64;
///     Ok::<_, Infallible>(vec![vec![1.0 - p, p]; test.len()])
/// };
/// let out = cross_validate(&folds, shares)?;
/// assert_eq!(out.rows, [0, 1, 2, 3, 4, 5]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cross_validate<F, E>(folds: &[Fold], fit_predict: F) -> Result<OutOfFold, CrossValidateError<E>>
where
    F: Fn(&[usize], &[usize]) -> Result<Vec<Vec<f64>>, E> + Sync,
    E: std::error::Error + Send + 'static,
{
    let answers: Vec<_> = folds.par_iter().map(|fold| fit_predict(&fold.train, &fold.test)).collect();
    let mut tested = Vec::new();
    for (number, (fold, answer)) in folds.iter().zip(answers).enumerate() {
        let answer = answer.map_err(|error| CrossValidateError::Fit { fold: number, error })?;
        if answer.len() != fold.test.len() {
            let (expected, found) = (fold.test.len(), answer.len());
            return Err(CrossValidateError::Rows { fold: number, expected, found });
        }
        tested.extend(fold.test.iter().zip(answer).map(|(&row, p)| (row, number, p)));
    }
    tested.sort_by_key(|&(row, fold, _)| (row, fold));
    in_row_order(tested)
}

fn in_row_order<E: std::error::Error>(
    tested: Vec<(usize, usize, Vec<f64>)>,
) -> Result<OutOfFold, CrossValidateError<E>> {
    let mut out = OutOfFold { rows: Vec::new(), folds: Vec::new(), scores: Vec::new() };
    for (row, fold, scores) in tested {
        if let (Some(&last), Some(&first)) = (out.rows.last(), out.folds.last())
            && last == row
        {
            return Err(CrossValidateError::Twice { row, first, second: fold });
        }
        out.rows.push(row);
        out.folds.push(fold);
        out.scores.push(scores);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::KFold;

    #[derive(Debug, PartialEq, thiserror::Error)]
    #[error("no row trains")]
    struct Failed;

    /// A "classifier" whose answer shows which rows trained and which row is asked about.
    #[expect(clippy::unnecessary_wraps, reason = "the shape of a classifier")]
    fn traced(train: &[usize], test: &[usize]) -> Result<Vec<Vec<f64>>, Failed> {
        let sum: usize = train.iter().map(|row| 1 << row).sum();
        Ok(test.iter().map(|&row| vec![sum as f64, row as f64]).collect())
    }

    #[test]
    fn every_row_is_answered_by_the_fold_that_did_not_train_on_it() {
        let folds = KFold::new(3, 5).unwrap().stratified(&[0, 1, 0, 1, 0, 1, 0]).unwrap();
        let out = cross_validate(&folds, traced).unwrap();
        assert_eq!(out.rows, (0..7).collect::<Vec<_>>());
        for ((row, fold), answer) in out.rows.iter().zip(&out.folds).zip(&out.scores) {
            assert!(folds[*fold].test.contains(row));
            assert!((answer[1] - *row as f64).abs() < 0.5);
            assert!(!folds[*fold].train.contains(row));
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let folds = KFold::new(5, 5).unwrap().stratified(&[0; 40]).unwrap();
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| cross_validate(&folds, traced).unwrap())
        };
        assert_eq!(run(1), run(4));
    }

    #[test]
    fn rows_that_no_fold_tests_are_left_out() {
        let folds = [Fold { train: vec![0], test: vec![3, 1] }];
        assert_eq!(cross_validate(&folds, traced).unwrap().rows, [1, 3]);
    }

    #[test]
    fn answers_that_do_not_fit_are_errors() {
        let fold = |test: &[usize]| Fold { train: vec![], test: test.to_vec() };
        let folds = [fold(&[0, 1]), fold(&[1])];
        assert!(matches!(
            cross_validate(&folds, traced),
            Err(CrossValidateError::Twice { row: 1, first: 0, second: 1 })
        ));
        let short = |_: &[usize], _: &[usize]| Ok::<_, Failed>(vec![vec![1.0]]);
        assert!(matches!(
            cross_validate(&folds, short),
            Err(CrossValidateError::Rows { fold: 0, expected: 2, found: 1 })
        ));
        let failing =
            |_: &[usize], test: &[usize]| if test.len() == 1 { Err(Failed) } else { Ok(vec![vec![]; 2]) };
        assert!(matches!(cross_validate(&folds, failing), Err(CrossValidateError::Fit { fold: 1, .. })));
    }
}
