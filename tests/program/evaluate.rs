//! `demarche evaluate` and the figures that it tells.

use crate::folder::{Folder, corpus};

fn folder() -> Folder {
    Folder::new().with("data.csv", &corpus(400))
}

#[test]
fn a_recipe_is_measured_beside_the_baselines_with_cases() {
    let said = folder().run("evaluate data.csv --folds 4").with_code(0);
    for lines in [
        "recipe in a cross-validation of 4 folds by group\non data.csv\n400 rows in ",
        "\nalways the majority       0.1000    0.2500\nkeyword lexicon           ",
        "\nhard case         rows     right     share\n8                  134       ",
    ] {
        assert!(said.out.contains(lines), "{lines}\nis not in\n{}", said.out);
    }
}

#[test]
fn the_test_split_is_measured_by_a_model_of_the_training_split() {
    let folder = folder();
    let json = folder.run("evaluate data.csv --split test --precision 0.8 --format json").with_code(0).json();
    assert_eq!(json["figures"]["rows"], 56);
    assert!(json["subject"].as_str().unwrap().ends_with("tested on the test split"), "{}", json["subject"]);
    let given = &json["figures"]["abstained"];
    assert!(given["coverage"]["estimate"].as_f64().unwrap() > 0.5, "{given}");
    let train = folder.run("evaluate data.csv --split train --format json").with_code(0).json();
    assert_eq!(train["figures"]["rows"], 344);
}

#[test]
fn filters_choose_rows_by_a_column() {
    let folder = folder();
    let rows = |filter: &str| {
        let said = folder.run(&format!("evaluate data.csv --format json --where {filter}"));
        said.with_code(0).json()["figures"]["rows"].as_u64().unwrap()
    };
    assert_eq!((rows("topic=t0"), rows("case=8"), rows("case=8 --where topic=t1")), (200, 134, 67));
    let err = folder.run("evaluate data.csv --where mood=good").with_code(2).err;
    assert!(err.starts_with("demarche: data.csv: there is no column \"mood\""), "{err}");
    let err = folder.run("evaluate data.csv --where topic=t7").with_code(2).err;
    assert_eq!(err, "demarche: data.csv: there is no labelled row that passes --where\n");
}

#[test]
fn a_learning_curve_is_written_as_table_and_plot() {
    let folder = folder();
    let said = folder.run("evaluate data.csv --learning-curve curve.csv").with_code(0);
    assert!(said.out.contains("macro-F1 on 56 test rows\n"), "{}", said.out);
    let csv = folder.read("curve.csv");
    let rows: Vec<&str> = csv.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!((csv.lines().next(), rows.len()), (Some("rows,macro_f1,low,high"), 3));
    assert!(rows.is_sorted_by_key(|rows| rows.parse::<u32>().unwrap()), "{csv}");
    assert!(folder.read("curve.svg").starts_with("<svg "));
}

#[test]
fn ablation_names_every_family_without_alone_and_added() {
    let said = folder().run("evaluate data.csv --no-cues --ablation --with negation").with_code(0);
    for change in ["without words ", "without negation ", "words alone ", "with characters "] {
        assert!(said.out.lines().any(|line| line.starts_with(change)), "{change}\n{}", said.out);
    }
}

#[test]
fn two_models_are_compared_on_the_same_rows() {
    let folder = folder();
    folder.run("train data.csv -o a.demarche --folds 0").with_code(0);
    folder.run("train data.csv -o b.demarche --folds 0 --no-cues --where topic=t0").with_code(0);
    let json =
        folder.run("evaluate data.csv --compare a.demarche b.demarche --format json").with_code(0).json();
    let compared = &json["comparison"];
    assert!(compared["first"].as_str().unwrap().starts_with("model a.demarche ("), "{compared}");
    let f = |name: &str| compared["macro_f1"][name].as_f64().unwrap();
    assert!(
        (f("a") - f("b") - compared["macro_f1"]["difference"]["estimate"].as_f64().unwrap()).abs() < 1e-9
    );
    let alike = folder.run("evaluate data.csv --compare a.demarche a.demarche").with_code(0).out;
    assert!(alike.contains("0 rows right in the first alone, 0 in the second alone, p = 1.0000"), "{alike}");
}

#[test]
fn the_page_holds_its_plots_and_nothing_from_outside() {
    let folder = Folder::new().with("<b>.csv", &corpus(200));
    folder.run("evaluate <b>.csv --precision 0.9 --html page.html").with_code(0);
    let page = folder.read("page.html");
    assert_eq!(page.matches("<svg ").count(), 2);
    assert!(page.contains("on &lt;b&gt;.csv: 200 rows") && !page.contains("<b>"), "escaping");
    for outside in ["<script", "src=", "href=", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn what_cannot_be_measured_is_told() {
    let folder = folder().with("plain.csv", "text,label\nYes,open\nNo,rejecting\n");
    let err = |arguments: &str| folder.run(&format!("evaluate {arguments}")).with_code(2).err;
    assert_eq!(
        err("plain.csv --split test"),
        "demarche: --split test: no row has \"test\" in the column split\n"
    );
    assert_eq!(
        err("plain.csv --folds 3"),
        "demarche: 2 groups do not fill 3 folds, and a group is never split\n"
    );
    let folder = folder
        .with("right.csv", "text,label,date\nYes,open,2012-02-28\n")
        .with("dates.csv", "text,label,date\nYes,open,2012-02-29\nNo,rejecting,2012-02-31\n");
    let err = |arguments: &str| folder.run(&format!("evaluate {arguments}")).with_code(2).err;
    assert_eq!(
        err("right.csv dates.csv --by date --folds 2"),
        "demarche: dates.csv:3: the date \"2012-02-31\" is no day written YYYY-MM-DD\n"
    );
    assert_eq!(
        err("plain.csv --by topic"),
        "demarche: plain.csv:2: the row has no topic, which --by topic needs\n"
    );
    let alike = "text,label\nWe will talk to them on day one,open\nWe will talk to them on day two,none\n";
    let folder = folder.with("alike.csv", alike).with("bad.csv", "text,label\nYes,foo\n");
    let err = |arguments: &str| folder.run(&format!("evaluate {arguments}")).with_code(2).err;
    assert_eq!(
        err("alike.csv"),
        "demarche: one group does not fill 5 folds, and a group is never split; near-duplicate texts join 2 to 1: \
         alike.csv:3 shares 83 % of its runs of words with alike.csv:2\n"
    );
    assert_eq!(
        err("bad.csv"),
        "demarche: bad.csv:2: unknown label \"foo\"; the labels are open, conditional, rejecting and none\n"
    );
    assert_eq!(
        err("right.csv"),
        "demarche: right.csv: 1 row, all of them open: a model needs rows of two labels\n"
    );
    for (option, value, must) in [
        ("--cost", "0", "it must be a number above 0"),
        ("--char-scale", "nan", "it must be a number from 0 up"),
        ("--ratio-power", "5", "it must be a number from 0 to 4"),
        ("--precision", "1.5", "it must lie above 0 and below 1"),
    ] {
        let told = err(&format!("data.csv {option} {value}"));
        assert!(told.contains(&format!("'{value}' for '{option}")) && told.contains(must), "{told}");
    }
    folder.run("train data.csv -o m.demarche --folds 0").with_code(0);
    assert_eq!(
        err("data.csv -m m.demarche --precision 0.9"),
        "demarche: --precision needs a model with a cross-validation; this one was trained without\n"
    );
}

#[test]
fn a_model_that_has_learned_from_the_rows_is_said_to() {
    let folder = folder();
    folder.run("train data.csv -o m.demarche --folds 0").with_code(0);
    folder.run("train data.csv -o part.demarche --folds 0 --where split=train").with_code(0);
    for wanted in [
        "evaluate data.csv -m m.demarche",
        "evaluate data.csv -m m.demarche --split test",
        "evaluate data.csv -m m.demarche --where split=test",
        "evaluate data.csv -m part.demarche --split train",
    ] {
        let said = folder.run(wanted).with_code(0);
        let warning = "trained on these very rows: its figures say nothing about others";
        assert!(said.out.contains(warning) && said.err.contains(warning), "{}{}", said.out, said.err);
    }
    let other = folder.with("other.csv", &corpus(200)).run("evaluate other.csv -m m.demarche").with_code(0);
    assert!(!other.out.contains("trained on these"), "{}", other.out);
}

#[test]
fn pairs_of_two_tables_are_not_thrown_together() {
    let pairs = |town: &str| {
        let row =
            |i: usize| format!("{town} {i} will talk.,open,p{i}\n{town} {i} will not talk.,rejecting,p{i}\n");
        format!("text,label,pair\n{}", (0..10).map(row).collect::<String>())
    };
    let folder = folder().with("a.csv", &pairs("Ard")).with("b.csv", &pairs("Bel"));
    folder.run("train data.csv -o m.demarche --folds 0").with_code(0);
    let right = |tables: &str| {
        let said = folder.run(&format!("evaluate {tables} -m m.demarche --format json")).with_code(0);
        let pairs = &said.json()["figures"]["pairs"];
        (pairs["right"].as_u64().unwrap(), pairs["of"].as_u64().unwrap())
    };
    let ((a, of_a), (b, of_b)) = (right("a.csv"), right("b.csv"));
    assert_eq!((of_a, of_b, right("a.csv b.csv")), (10, 10, (a + b, 20)));
    let err = folder.run("evaluate a.csv ./a.csv -m m.demarche").with_code(2).err;
    assert_eq!(err, "demarche: ./a.csv is named twice\n");
}

#[test]
fn tables_of_every_format_are_measured_alike() {
    let folder = folder();
    folder.run("train data.csv -o m.demarche --folds 0").with_code(0);
    let rows = crate::run::rows(&corpus(40));
    let folder = folder
        .with("d.csv", &corpus(40))
        .with("d.tsv", &corpus(40).replace(',', "\t"))
        .with(
            "d.jsonl",
            &rows.iter().map(|row| serde_json::to_string(row).unwrap() + "\n").collect::<String>(),
        )
        .with("tabs.csv", &corpus(40).replace(',', "\t"));
    let figures = |table: &str| {
        let said = folder.run(&format!("evaluate {table} -m m.demarche --format json")).with_code(0);
        said.json()["figures"].clone()
    };
    assert_eq!((figures("d.tsv"), figures("d.jsonl")), (figures("d.csv"), figures("d.csv")));
    let checked = |table: &str| folder.run(&format!("check {table} --no-label-errors")).out;
    assert_eq!(checked("d.tsv"), checked("d.csv"));
    assert!(folder.run("agree d.tsv d.jsonl").with_code(0).out.contains("observed agreement   1.0000"));
    let err = folder.run("evaluate tabs.csv").with_code(2).err;
    assert!(err.ends_with(", parted by tabs: give the file the ending .tsv\n"), "{err}");
}

#[test]
fn one_group_gives_no_interval_and_a_few_are_told() {
    let folder = folder();
    folder.run("train data.csv -o m.demarche --folds 0").with_code(0);
    let table = |groups: usize| {
        let lines = corpus(40)
            .lines()
            .enumerate()
            .skip(1)
            .map(|(i, line)| {
                let fields: Vec<&str> = line.split(',').collect();
                format!("{},{},g{}\n", fields[1], if i % 9 == 0 { "none" } else { fields[2] }, i % groups)
            })
            .collect::<String>();
        format!("text,label,group\n{lines}")
    };
    let folder = folder.with("one.csv", &table(1)).with("two.csv", &table(2));
    let one = folder.run("evaluate one.csv -m m.demarche --html one.html").with_code(0).out;
    assert!(one.contains("\n40 rows in 1 group: ") && one.contains("\nall rows are in one group: "), "{one}");
    assert!(one.contains("  (no interval)\n") && !one.contains('['), "{one}");
    assert!(folder.read("one.html").contains("no interval"));
    let two = folder.run("evaluate two.csv -m m.demarche").with_code(0).out;
    assert!(two.contains("\nintervals from 2 groups say little\n"), "{two}");
}

#[test]
fn a_model_that_is_measured_takes_no_recipe() {
    let folder = folder();
    folder.run("train data.csv -o m.demarche --folds 0").with_code(0);
    for option in ["--by date", "--cost 3", "--no-cues", "--balanced", "--min-df 2", "--estimator svm"] {
        let err = folder.run(&format!("evaluate data.csv -m m.demarche {option}")).with_code(2).err;
        assert!(err.contains("cannot be used with"), "{option}: {err}");
    }
}

#[test]
fn a_text_that_holds_two_others_is_in_one_group_with_both() {
    let part = |i: usize| (0..8).map(|k| format!("word{i}x{k}")).collect::<Vec<_>>().join(" ");
    let labels = ["open", "conditional", "rejecting", "none"];
    let rows = (0..40).map(|i| format!("{},{}\n", part(i), labels[i % 4]));
    let both = (0..20).map(|i| format!("{} {},{}\n", part(2 * i), part(2 * i + 1), labels[i % 4]));
    let table = format!("text,label\n{}", rows.chain(both).collect::<String>());
    let said = Folder::new().with("both.csv", &table).run("evaluate both.csv --folds 2 --min-df 1 --no-cues");
    assert!(said.out.contains("60 rows in 20 groups"), "{}{}", said.out, said.err);
}

#[test]
fn folds_by_topic_tell_how_many_rows_were_left_to_train_on() {
    let labels = ["open", "conditional", "rejecting", "none"];
    // The first rows of both topics are one group: they train for neither.
    let row = |i: usize| {
        let (label, topic, group) =
            (labels[i % 4], i / 4 % 2, if i < 8 { "both".into() } else { i.to_string() });
        format!("{label}ly talks {i} {topic}{i},{label},{topic},{group}\n")
    };
    let table = format!("text,label,topic,group\n{}", (0..80).map(row).collect::<String>());
    let said = Folder::new().with("data.csv", &table).run("evaluate data.csv --by topic").with_code(0);
    let subject = "recipe in a cross-validation of 2 folds by topic, trained on 36 of 80 rows\n";
    assert!(said.out.starts_with(subject), "{}", said.out);
}

#[test]
fn spaces_around_a_group_make_no_other_group() {
    let rows = "text,label,group\nWe will meet them,open,a\nIt rained at sea,none,a \nNo talks,rejecting, b\nPrices rose,none,b\n";
    let folder = Folder::new().with("padded.csv", rows);
    let told = folder.run("evaluate padded.csv --folds 3").with_code(2).err;
    assert!(told.contains("2 groups do not fill 3 folds"), "{told}");
}

#[test]
fn labels_that_a_model_gave_are_said_to_be_its_own() {
    let folder = Folder::new().with("data.csv", &corpus(40));
    folder.run("classify data.csv --as statements -o scored.csv").with_code(0);
    let told = "scored.csv has the columns of a scored table: its labels are a model's own";
    let ran = folder.run("evaluate scored.csv --model shipped");
    assert!(ran.err.contains(told), "{}", ran.err);
    assert!(!folder.run("evaluate data.csv --model shipped").err.contains("a model's own"));
}

#[test]
fn what_no_row_has_gets_no_figure() {
    let folder =
        Folder::new().with("one.csv", "text,label\nIt rained all day.,none\nThe market closed.,none\n");
    let ran = folder.run("evaluate one.csv --model shipped").with_code(0);
    assert!(ran.out.contains("open                 -         -         -         0\n"), "{}", ran.out);
}
