//! Leave one source or topic out.

use std::collections::BTreeSet;

use super::fold::{Fold, SplitError};

/// One fold a value (source, topic), in the order of the values: its rows test, all others train.
///
/// # Errors
/// [`SplitError::OneValue`] if there are not two values.
pub fn leave_one_value_out<T: AsRef<str>>(values: &[T]) -> Result<Vec<(String, Fold)>, SplitError> {
    let distinct: BTreeSet<&str> = values.iter().map(AsRef::as_ref).collect();
    if distinct.len() < 2 {
        let value = distinct.into_iter().next().unwrap_or_default().to_owned();
        return Err(SplitError::OneValue { rows: values.len(), value });
    }
    let fold = |left: &str| (left.to_owned(), Fold::testing(values, |value| value.as_ref() == left));
    Ok(distinct.into_iter().map(fold).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_tests_once_in_order() {
        let folds = leave_one_value_out(&["wire", "paper", "wire"]).unwrap();
        let (names, folds): (Vec<_>, Vec<_>) = folds.into_iter().unzip();
        assert_eq!(names, ["paper", "wire"]);
        assert_eq!(folds[0], Fold { train: vec![0, 2], test: vec![1] });
        assert_eq!(folds[1], Fold { train: vec![1], test: vec![0, 2] });
    }

    #[test]
    fn one_value_cannot_be_left_out() {
        assert_eq!(
            leave_one_value_out(&["wire"; 3]),
            Err(SplitError::OneValue { rows: 3, value: "wire".to_owned() })
        );
        assert!(leave_one_value_out::<&str>(&[]).is_err());
    }
}
