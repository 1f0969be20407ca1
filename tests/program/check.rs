//! `demarche check`.

use crate::folder::{Folder, corpus};

const DIRTY: &str = "id,text,label,condition,pair,split\n\
    a,\"We will talk, he said.\",open,,,train\n\
    b,\"We will talk, he said.\",rejecting,,,train\n\
    b,Nothing is decided yet.,nnoe,,,train\n\
    c,We come if it rains.,conditional,if it snows,,dev\n\
    d,,none,,,train\n\
    e,They left.,none,,p1,train\n";

#[test]
fn findings_stand_under_their_kinds_and_fail() {
    let folder = Folder::new().with("dirty.csv", DIRTY);
    let ran = folder.run("check dirty.csv --no-label-errors").with_code(1);
    for lines in [
        "unreadable (1)\n  line 6 (): the text is empty\n",
        "unknown label (1)\n  line 4 (b): unknown label \"nnoe\"; did you mean \"none\"?\n",
        "unknown value (1)\n  line 5 (c): the split \"dev\" is none of train, test\n",
        "foreign condition (1)\n  line 5 (c): the condition \"if it snows\" is not in the text\n",
        "two labels (1)\n  line 3 (b): labelled rejecting, but the same text is open at line 2 (a)\n",
        "pair size (1)\n  line 7 (e): pair \"p1\" has 1 and not 2 rows: line 7 (e)\n",
        "\n4 rows: 6 findings\n",
    ] {
        assert!(ran.out.contains(lines), "{lines}\nis not in\n{}", ran.out);
    }
}

#[test]
fn json_has_every_finding_with_its_place_and_values() {
    let folder = Folder::new().with("dirty.csv", DIRTY);
    let json = folder.run("check dirty.csv --no-label-errors --format json --most 1").with_code(1).json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 6);
    let label = &json["findings"][1];
    assert_eq!((&label["problem"], &label["at"]["line"]), (&"unknown_label".into(), &4.into()));
    assert_eq!(label["nearest"], "none");
}

#[test]
fn dates_that_are_none_are_found() {
    let dates =
        "text,label,date\nWe will talk.,open,1.2.2012\nIt rained.,none,2012-02-29\nNo.,none,2012-02-31\n";
    let ran = Folder::new().with("dates.csv", dates).run("check dates.csv --no-label-errors").with_code(1);
    let lines = "no date (2)\n  line 2 (2): the date \"1.2.2012\" is no day written YYYY-MM-DD\n  \
                 line 4 (4): the date \"2012-02-31\" is no day written YYYY-MM-DD\n";
    assert!(ran.out.contains(lines), "{}", ran.out);
}

#[test]
fn a_clean_table_passes_with_its_counts() {
    let folder = Folder::new().with("clean.csv", &corpus(80));
    let ran = folder.run("check clean.csv --counts --no-label-errors");
    assert!(ran.out.starts_with("80 rows, 0 pairs, 20 groups, 20 with a condition\n"), "{}", ran.out);
    for line in [
        "open                          20   25.0 %",
        "kind                        rows        open conditional   rejecting        none",
        "test                           8           2           2           2           2",
        "8                             27           7           6           7           7",
    ] {
        assert!(ran.out.lines().any(|l| l == line), "{line}\n{}", ran.out);
    }
}

#[test]
fn a_wrong_label_is_advice_and_with_strict_a_finding() {
    let right = corpus(240);
    let wrong_rows: Vec<&str> = right.lines().filter(|line| line.contains(",open,")).step_by(6).collect();
    let relabelled =
        |csv: String, row: &&str| csv.replacen(*row, &row.replacen(",open,", ",rejecting,", 1), 1);
    let wrong = wrong_rows.iter().fold(right.clone(), relabelled);
    let wrong_ids: Vec<&str> = wrong_rows.iter().filter_map(|row| row.split(',').next()).collect();
    assert_eq!(wrong_ids.len(), 10);
    let folder = Folder::new().with("wrong.csv", &wrong);
    let advice = |flags: &str| folder.run(&format!("check wrong.csv --format json{flags}")).json();
    let (gentle, strict) = (advice(""), advice(" --strict"));
    let found = gentle["advice"].as_array().unwrap();
    let at: Vec<&str> = found.iter().map(|f| f["at"]["id"].as_str().unwrap()).collect();
    // Confident learning lists rows that are surer of another label than that label's rows are on average: about half.
    assert!(at.len() >= 3 && at.iter().all(|id| wrong_ids.contains(id)), "{gentle}");
    assert_eq!(found[0]["problem"], "likely_label_error");
    let count = |json: &serde_json::Value| json["findings"].as_array().unwrap().len();
    assert_eq!(count(&strict), count(&gentle) + found.len());
}

#[test]
fn nothing_to_check_is_an_error() {
    let folder = Folder::new().with("empty.csv", "").with("header.csv", "text,label\n");
    let err = |file: &str| folder.run(&format!("check {file}")).with_code(2).err;
    assert_eq!(err("empty.csv"), "demarche: empty.csv: the file is empty; a table needs a header\n");
    assert_eq!(err("header.csv"), "demarche: header.csv: there is no row to check\n");
    assert!(err("absent.csv").starts_with("demarche: cannot read absent.csv: "));
}
