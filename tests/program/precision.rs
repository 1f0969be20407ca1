//! `classify --precision` and `--review`: fewer labels, and the rest for a person to label.

use crate::folder::{Folder, doubtful_corpus};
use crate::run::rows;

fn folder() -> Folder {
    let folder = Folder::new().with("data.csv", &doubtful_corpus(400));
    folder.run("train data.csv -o m.demarche").with_code(0);
    folder
}

#[test]
fn the_precision_asked_for_gives_what_a_model_trained_for_it_gives() {
    let folder = folder();
    folder.run("train data.csv -o p.demarche --precision 0.9").with_code(0);
    let labels = |arguments: &str| -> Vec<String> {
        let said = folder.run(&format!("classify data.csv --as statements {arguments}")).with_code(0);
        rows(&said.out).into_iter().map(|row| row["label"].clone()).collect()
    };
    let asked = labels("-m m.demarche --precision 0.9");
    assert_eq!(asked, labels("-m p.demarche"));
    let abstained = |labels: &[String]| labels.iter().filter(|label| *label == "abstain").count();
    assert!((50..250).contains(&abstained(&asked)), "{}", abstained(&asked));
    assert!(abstained(&labels("-m m.demarche --precision 0.97")) > abstained(&asked));
    assert_eq!(abstained(&labels("-m m.demarche")), 0);
    let said = folder.run("classify data.csv --as statements -m m.demarche --precision 0.9");
    let expected = said.err.lines().next().unwrap();
    assert!(expected.starts_with("precision 0.9: expected coverage "), "{expected}");
    assert!(expected.contains(" by 400 training rows out of fold (open from "), "{expected}");
    assert!(said.err.contains(&format!(", {} abstain", abstained(&asked))), "{}", said.err);
}

#[test]
fn what_has_no_label_goes_to_review_and_comes_back_labelled() {
    let folder = folder();
    let said =
        folder.run("classify data.csv --as statements -m m.demarche --precision 0.9 --review r.csv -o s.csv");
    let scored = rows(&folder.read("s.csv"));
    assert_eq!(said.code, 0, "{}", said.err);
    let review = folder.read("r.csv");
    let open: Vec<_> = scored.iter().filter(|row| row["label"] == "abstain").collect();
    let waiting = rows(&review);
    assert!(!open.is_empty() && waiting.len() == open.len());
    for (row, left) in waiting.iter().zip(&open) {
        assert_eq!((&row["text"], row["label"].as_str()), (&left["text"], ""));
        assert_eq!(row["none"], left["none"]);
    }
    let given = rows(&folder.read("data.csv"));
    for row in &waiting {
        let from = given.iter().find(|from| row["id"].starts_with(&format!("{}:", from["id"]))).unwrap();
        for column in ["group", "case", "topic"] {
            assert_eq!(row[column], from[column], "{column}");
        }
        assert_eq!(row["pair"], "");
    }
    // A person fills in all but the last.
    let mut lines: Vec<String> = review.lines().map(str::to_owned).collect();
    let last = lines.len() - 1;
    for line in &mut lines[1..last] {
        *line = line.replacen(",,", ",rejecting,", 1);
    }
    let folder = folder.with("filled.csv", &lines.join("\n"));
    let said = folder.run("train data.csv --add filled.csv --from m.demarche -o n.demarche");
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.err.contains(": the label is empty\n"), "{}", said.err);
    assert!(said.err.contains(" replaced by a later one with the same text\n"), "{}", said.err);
    // What comes back keeps its group, and so stays with the rows of that.
    assert!(
        said.err.contains(" groups stand in more than one table: rows of one are kept together\n400 rows: "),
        "{}",
        said.err
    );
}

#[test]
fn an_article_is_the_group_of_its_statements() {
    let folder = folder()
        .with("a.txt", "“They refuse it all,” the minister said. “They counted votes,” the envoy said.");
    // No label is given with that much certainty.
    folder.run("classify a.txt -m m.demarche --precision 0.999 --review r.csv").with_code(0);
    let waiting = rows(&folder.read("r.csv"));
    assert!(waiting.len() > 1 && waiting.iter().all(|row| row["group"] == "a.txt"), "{waiting:?}");
    assert_eq!((waiting[0]["id"].as_str(), waiting[1]["id"].as_str()), ("a.txt:1", "a.txt:2"));
}

#[test]
fn a_review_of_nothing_and_a_precision_without_figures_are_refused() {
    let folder = folder();
    folder.run("train data.csv -o bare.demarche --folds 0").with_code(0);
    let err = |arguments: &str| folder.run(&format!("classify data.csv {arguments}")).with_code(2).err;
    assert!(err("-m m.demarche --review r.csv").contains("--review has nothing to write"));
    assert!(err("-m bare.demarche --precision 0.9").contains("needs a model with a cross-validation"));
    assert!(err("-m m.demarche --precision 1").contains("it must lie above 0 and below 1"));
}

#[test]
fn where_no_label_reaches_the_precision_that_is_said() {
    let folder = Folder::new().with("data.csv", &doubtful_corpus(100));
    folder.run("train data.csv -o m.demarche --precision 0.9999 --cost 0.0001").with_code(0);
    let said = folder.run("classify data.csv --as statements -m m.demarche --precision 0.9999 -o out.csv");
    let none = "no label reaches it on 100 training rows out of fold: every statement abstains";
    assert!(said.err.contains(none), "{}", said.err);
    assert!(
        folder.read("m.card.md").contains("it gives no label to any row."),
        "{}",
        folder.read("m.card.md")
    );
}
