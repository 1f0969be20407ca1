//! The sparse estimators against linfa's own and against values known from scikit-learn.

use demarche::features::SparseRows;
use demarche::model::train::{LinearSvmParams, LogisticParams, dataset, softmax};
use linfa::prelude::*;
use ndarray::{Array1, Array2};

/// 60 rows of 6 features in 3 classes by a fixed recurrence; no two rows are alike and the classes overlap.
fn small_problem() -> (Array2<f64>, Vec<usize>) {
    let mut state = 12345_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 24)
    };
    let classes: Vec<usize> = (0..60).map(|i| [0, 0, 0, 1, 1, 2][i % 6]).collect();
    let rows = Array2::from_shape_fn((60, 6), |(i, j)| {
        let signal = if j == classes[i] { 0.6 } else { 0.0 };
        if next() < 0.4 { 0.0 } else { f64::from((signal + next()) as f32) }
    });
    (rows, classes)
}

fn sparse(rows: &Array2<f64>) -> SparseRows {
    let mut sparse = SparseRows::new(rows.ncols());
    for row in rows.rows() {
        sparse.push((0..).zip(row).filter(|(_, v)| **v != 0.0).map(|(j, v)| (j, *v as f32)));
    }
    sparse
}

#[test]
fn multinomial_probabilities_agree_with_linfa_logistic_at_the_same_objective() {
    let (rows, classes) = small_problem();
    for cost in [0.1, 1.0, 10.0] {
        let dense = Dataset::new(rows.clone(), Array1::from_vec(classes.clone()));
        let reference = linfa_logistic::MultiLogisticRegression::default()
            .alpha(1.0 / cost)
            .gradient_tolerance(1e-8)
            .max_iterations(1000)
            .fit(&dense)
            .unwrap();
        let expect = reference.predict_probabilities(&rows);
        let data = dataset(sparse(&rows), classes.clone(), Vec::new());
        let fitted = LogisticParams::new(3).cost(cost).tolerance(1e-9).fit(&data).unwrap();
        for (i, row) in data.records.0.rows().enumerate() {
            for (p, q) in softmax(&fitted.logits(&row)).iter().zip(expect.row(i)) {
                assert!((p - q).abs() < 1e-3, "C = {cost}, row {i}: {p} and {q}; {:?}", fitted.report);
            }
        }
    }
}

/// Objectives of scikit-learn 1.9.1 on the same rows: `LinearSVC(C=C, dual=False, tol=1e-12)`, summed over the classes, and
/// `LogisticRegression(C=C, tol=1e-12)`.
const OBJECTIVES: [(f64, f64, f64); 3] =
    [(0.1, 10.674_049, 5.329_152), (1.0, 90.267_599, 41.706_510), (10.0, 870.544_921, 357.685_961)];

#[test]
fn objectives_are_those_of_scikit_learn() {
    let (rows, classes) = small_problem();
    let data = dataset(sparse(&rows), classes, Vec::new());
    for (cost, svm, logistic) in OBJECTIVES {
        let svm_fit = LinearSvmParams::new(3).cost(cost).tolerance(1e-6).fit(&data).unwrap();
        let logistic_fit = LogisticParams::new(3).cost(cost).tolerance(1e-6).fit(&data).unwrap();
        for (fit, known) in [(svm_fit, svm), (logistic_fit, logistic)] {
            assert!(
                (fit.report.objective / known - 1.0).abs() < 1e-5,
                "C = {cost}: {:?}, {known}",
                fit.report
            );
            assert!(fit.report.relative_gap <= 1e-6, "C = {cost}: {:?}", fit.report);
        }
    }
}

/// Rows of three classes, fitted beside two classes that have no rows: in lanes of another width.
#[test]
fn a_class_of_a_machine_does_not_depend_on_the_others() {
    let (rows, classes) = small_problem();
    let data = dataset(sparse(&rows), classes, Vec::new());
    let fit = |classes| LinearSvmParams::new(classes).tolerance(1e-7).fit(&data).unwrap();
    let (three, five) = (fit(3), fit(5));
    for feature in 0..rows.ncols() {
        for (a, b) in three.weights_of(feature).iter().zip(five.weights_of(feature)) {
            assert!((a - b).abs() < 1e-3, "feature {feature}: {a} and {b}");
        }
    }
    assert!(five.report.objective > three.report.objective, "{:?} and {:?}", three.report, five.report);
}

#[test]
fn a_row_without_weight_changes_nothing() {
    let (rows, classes) = small_problem();
    let mut weights = vec![1.0; 60];
    weights[7] = 0.0;
    let data = dataset(sparse(&rows), classes, weights);
    let fit = LinearSvmParams::new(3).fit(&data).unwrap();
    assert!(fit.report.relative_gap <= 1e-5, "{:?}", fit.report);
}

#[test]
fn predict_works_through_linfas_traits() {
    let (rows, classes) = small_problem();
    let data = dataset(sparse(&rows), classes.clone(), Vec::new());
    let svm = LinearSvmParams::new(3).cost(10.0).fit(&data).unwrap();
    let predicted: Array1<usize> = svm.predict(&data.records);
    let right = predicted.iter().zip(&classes).filter(|(a, b)| a == b).count();
    assert!(right > 40, "{right} of 60");
}

#[test]
fn bad_training_sets_are_refused_with_the_value() {
    let rows = || {
        let mut rows = SparseRows::new(1);
        rows.push([(0, 1.0)]);
        rows.push([(0, 2.0)]);
        rows
    };
    let message = |params: LogisticParams, classes: Vec<usize>, weights: Vec<f32>| {
        params.fit(&dataset(rows(), classes, weights)).unwrap_err().to_string()
    };
    let params = || LogisticParams::new(2);
    assert_eq!(
        message(params().cost(-1.0), vec![0, 1], vec![]),
        "the cost C must be a positive number, not -1"
    );
    assert!(message(params(), vec![1, 1], vec![]).contains("one class, number 1"));
    assert!(message(params(), vec![0, 5], vec![]).contains("row 1 is of class 5"));
    assert!(message(params(), vec![0, 1], vec![1.0, f32::NAN]).contains("row 1 has the weight NaN"));
    assert!(message(LogisticParams::new(1), vec![0, 0], vec![]).contains("from 2 to 32 classes, not 1"));
}
