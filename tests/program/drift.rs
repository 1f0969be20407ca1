//! `classify` says when what it reads is not what its model was trained on.

use crate::folder::{Folder, corpus};

/// Rows that the model is trained on.
const TRAINED: usize = 800;

/// Texts of the same make as the corpus that are not in it; strange ones have other words in another order.
fn texts(rows: usize, strange: bool) -> String {
    let other = |line: &str| {
        let text = line.split(',').nth(1).unwrap();
        if strange {
            text.split(' ').rev().map(|word| word.to_owned() + "en").collect::<Vec<_>>().join(" ")
        } else {
            text.to_owned()
        }
    };
    let lines: Vec<String> = corpus(TRAINED + rows).lines().skip(1 + TRAINED).map(other).collect();
    format!("text\n{}\n", lines.join("\n"))
}

#[test]
fn texts_of_another_kind_are_told_with_the_figure_and_others_are_not() {
    let folder = Folder::new()
        .with("data.csv", &corpus(TRAINED))
        .with("alike.csv", &texts(600, false))
        .with("strange.csv", &texts(600, true))
        .with("few.csv", &texts(20, true))
        .with("few_alike.csv", &texts(20, false));
    // Texts made from a few patterns score nearly alike: with a large C those of the folds' models and of the whole one
    // are all near 1, and what is left to see is where texts come from.
    folder.run("train data.csv --cost 1000 -o m.demarche").with_code(0);
    let run = |table: &str| {
        let said =
            folder.run(&format!("classify --as statements {table} -m m.demarche -o o.csv --summary s.json"));
        assert_eq!(said.code, 0, "{}", said.err);
        let summary: serde_json::Value = serde_json::from_str(&folder.read("s.json")).unwrap();
        assert_eq!(folder.run("verify o.csv --summary s.json").code, 0);
        (said.err, summary["drift"].clone())
    };
    let (err, drift) = run("strange.csv");
    assert!(
        err.contains("drift: the 600 statements depart far from the training rows: scores PSI "),
        "{err}"
    );
    assert!(drift["scores"].as_f64().unwrap() >= 0.25 || drift["terms"].as_f64().unwrap() >= 0.25, "{drift}");
    assert!(
        drift["unseen"].as_f64().unwrap() > drift["unseen_in_training"].as_f64().unwrap() + 0.3,
        "{drift}"
    );
    let (err, drift) = run("alike.csv");
    assert!(!err.contains("drift"), "{err}");
    // A model of all rows knows more terms of new ones than the folds' models did: no reason to warn.
    assert!(drift["scores"].as_f64().unwrap() < 0.1, "{drift}");
    assert!(drift["unseen"].as_f64() < drift["unseen_in_training"].as_f64(), "{drift}");
    // A few are told where chance does not reach so far.
    let (err, _) = run("few.csv");
    assert!(err.contains("drift: the 20 statements depart far from the training rows"), "{err}");
    let (err, drift) = run("few_alike.csv");
    assert!(!err.contains("drift") && drift.is_null(), "{err}");
}
