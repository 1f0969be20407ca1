//! `demarche agree`.

use crate::folder::Folder;

const FIRST: &str = "id,text,label,case\n\
    a,\"Yes, at once.\",open,1\n\
    b,Perhaps.,open,10\n\
    c,Never.,rejecting,10\n\
    d,It rained.,none,\n\
    e,Later.,,\n";
const SECOND: &str = "label,id\nopen,a\nnone,b\nrejecting,c\nnone,d\nopen,e\nopen,f\n";
const THIRD: &str = "id,label\na,open\nb,open\nc,none\n";

fn folder() -> Folder {
    Folder::new().with("first.csv", FIRST).with("second.csv", SECOND).with("third.csv", THIRD)
}

#[test]
fn two_annotators_get_kappa_alpha_and_their_table() {
    let ran = folder().run("agree first.csv second.csv").with_code(0);
    // κ: p_o = 3/4, p_e = (2·1 + 1·1 + 1·2)/16; α: 1 − 7·2 / (8² − 3² − 2² − 3²).
    for lines in [
        "4 ids labelled by at least two, 4 by all\n2 without a label in first.csv: e, f\n\n",
        "observed agreement   0.7500\nCohen's kappa        0.6364\nKrippendorff's alpha 0.6667  [",
        "open           0.5000   0.5333         1        2        1\n",
        "first.csv (rows) and second.csv (columns)\n",
        "open                   1           0           0           1\n",
        "1                   1    1.0000         1        —\n10                  2    0.5000         1   0.4000\n",
    ] {
        assert!(ran.out.contains(lines), "{lines}\nis not in\n{}", ran.out);
    }
}

#[test]
fn disagreements_are_written_with_text_and_labels() {
    let folder = folder();
    folder.run("agree first.csv second.csv third.csv -o rows.csv").with_code(0);
    assert_eq!(
        folder.read("rows.csv"),
        "id,text,case,label in first.csv,label in second.csv,label in third.csv\n\
         b,Perhaps.,10,open,none,open\n\
         c,Never.,10,rejecting,rejecting,none\n"
    );
}

#[test]
fn three_annotators_are_compared_two_by_two() {
    let json = folder().run("agree first.csv second.csv third.csv --format json").with_code(0).json();
    assert_eq!(json["everywhere"], 3);
    assert_eq!(json["all"]["kappa"], serde_json::Value::Null);
    let pairs: Vec<String> =
        json["pairs"].as_array().unwrap().iter().map(|p| format!("{}{}", p["first"], p["second"])).collect();
    assert_eq!(pairs, ["01", "02", "12"]);
    assert_eq!(json["pairs"][1]["confusion"][2][3], 1);
    assert_eq!(json["missing"][2], serde_json::json!(["d", "e", "f"]));
}

#[test]
fn ids_that_stand_for_different_texts_are_told() {
    let folder = folder().with("others.csv", "id,text,label\na,\"Yes, at once.\",open\nb,No.,rejecting\n");
    let ran = folder.run("agree first.csv others.csv").with_code(0);
    assert!(ran.err.contains("1 id with different texts in the tables, such as \"b\""), "{}", ran.err);
    assert!(!folder.run("agree first.csv second.csv").with_code(0).err.contains("different texts"));
}

#[test]
fn what_cannot_be_compared_is_told() {
    let folder = folder().with("other.csv", "id,label\nz,open\n").with("typo.csv", "id,label\na,opne\n");
    let err = |files: &str| folder.run(&format!("agree {files}")).with_code(2).err;
    assert_eq!(
        err("third.csv other.csv"),
        "demarche: third.csv and other.csv have no labelled id in common\n"
    );
    assert!(err("third.csv typo.csv").starts_with("demarche: typo.csv:2: unknown label \"opne\""));
    assert!(err("third.csv").contains("2 values required"));
}
