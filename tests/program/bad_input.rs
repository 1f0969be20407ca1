//! What users get wrong, and what they are told.

use std::fs;

use crate::folder::Folder;
use crate::run::{Said, demarche, file, labelled_rows, piped};

/// The run failed or was partial, and told why in these words.
fn check(said: &Said, code: i32, words: &[&str]) {
    assert_eq!(said.code, code, "{said:?}");
    for words in words {
        assert!(said.err.contains(words), "{words:?} is missing in {:?}", said.err);
    }
}

#[test]
fn a_missing_file_is_named() {
    check(&demarche(&["classify", "no/such/file.txt"]), 2, &["cannot read no/such/file.txt", "No such file"]);
    check(&demarche(&["train", "no.csv"]), 2, &["cannot read no.csv"]);
    check(&demarche(&["classify", "seeds", "-m", "no.model"]), 2, &["cannot read the model no.model"]);
}

#[test]
fn an_empty_file_is_skipped_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let empty = file(folder.path(), "a.txt", "");
    check(&demarche(&["classify", &empty]), 2, &["a.txt: the file is empty", "nothing could be read"]);
    file(folder.path(), "b.txt", "The council met on Friday and will meet again.");
    let both = demarche(&["classify", &folder.path().display().to_string()]);
    check(&both, 1, &["a.txt: the file is empty", "in 1 article", "1 skipped"]);
    assert!(both.out.contains("b.txt"));
    check(&piped(&["classify", "-"], b""), 2, &["standard input: the file is empty"]);
}

#[test]
fn an_unknown_ending_asks_for_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let odd = file(folder.path(), "a.docx", "We will talk.");
    check(&demarche(&["classify", &odd]), 2, &["a.docx: the ending tells no format", "--input-format"]);
    check(&demarche(&["classify", &odd, "--input-format", "text"]), 0, &["in 1 article"]);
}

#[test]
fn lines_of_a_table_are_those_that_an_editor_shows() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = file(folder.path(), "w.csv", "text,label\r\n\r\nWe talk.,open\r\nNo talks.,foo\r\n");
    check(&demarche(&["train", &wrong, "-o", "/dev/null"]), 2, &["w.csv:4: unknown label \"foo\""]);
    let short = file(folder.path(), "s.csv", "id,text\r\na,We talk.\r\nb\r\n");
    let rejects = folder.path().join("r.csv").display().to_string();
    let said = demarche(&["classify", &short, "--as", "statements", "--rejects", &rejects]);
    check(&said, 1, &["s.csv:3: the row has 1 fields"]);
    assert!(fs::read_to_string(rejects).unwrap().contains("s.csv,3,"));
}

#[test]
fn tables_without_the_needed_columns_list_those_they_have() {
    let folder = tempfile::tempdir().unwrap();
    let table = file(folder.path(), "t.csv", "id,words,mood\n1,We talk.,open\n");
    let columns = "the columns are id, words, mood";
    check(
        &demarche(&["train", &table, "-o", "/dev/null"]),
        2,
        &["t.csv: there is no column \"text\"", columns],
    );
    check(&demarche(&["classify", &table, "--as", "statements"]), 2, &["no column \"text\"", columns]);
    check(&demarche(&["classify", &table]), 2, &["no column \"text\"", columns]);
    let unlabelled = file(folder.path(), "u.csv", "text\nWe talk.\n");
    check(&demarche(&["evaluate", &unlabelled]), 2, &["u.csv: there is no column \"label\""]);
    let nothing = file(folder.path(), "n.csv", "");
    check(&demarche(&["train", &nothing]), 2, &["n.csv: the file is empty; a table needs a header"]);
}

#[test]
fn an_unknown_label_is_told_with_its_line_and_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    let table = file(folder.path(), "t.csv", "text,label\nYes.,open\nNo.,rejectnig\n");
    check(
        &demarche(&["train", &table]),
        2,
        &["t.csv:3: unknown label \"rejectnig\" (did you mean \"rejecting\"?); the labels are "],
    );
}

#[test]
fn ragged_rows_and_unclosed_quotes_are_skipped_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let ragged = file(folder.path(), "r.csv", "id,text\n1,We talk.\n2\n3,They do not.\n");
    let said = demarche(&["classify", "--as", "statements", &ragged]);
    check(&said, 1, &["r.csv:3: the row has 1 fields, the header 2", "2 statements", "1 skipped"]);
    let unclosed = file(folder.path(), "u.csv", "id,text\n1,We talk.\n2,\"They do not.\n3,Nor we.\n");
    let said = demarche(&["classify", "--as", "statements", &unclosed]);
    check(&said, 1, &["u.csv:3: a quotation mark that opens here is never closed", "1 statement"]);
    // A mark inside a field opens nothing, and closes nothing.
    let inch = file(folder.path(), "i.csv", "id,text\n1,A 5\" gun.\n2,\"They do not.\n3,Nor we.\n");
    let said = demarche(&["classify", "--as", "statements", &inch]);
    check(&said, 1, &["i.csv:3: a quotation mark that opens here is never closed", "1 statement"]);
    let closed = file(folder.path(), "c.csv", "id,text\n1,A 5\" gun.\n2,\"They\ndo not.\"");
    check(&demarche(&["classify", "--as", "statements", &closed]), 0, &["2 statements"]);
    let cut = file(folder.path(), "x.csv", "id,text\n1,We talk.\n2,\"They do");
    let said = demarche(&["classify", "--as", "statements", &cut]);
    check(&said, 1, &["x.csv:3: a quotation mark that opens here is never closed", "1 statement"]);
}

#[test]
fn lines_are_an_editor_s_whatever_ends_them() {
    let folder = tempfile::tempdir().unwrap();
    let table = "text,x\nWe will talk.,1\nNo talks.,2\n\n\nBad row\n\"We\ntalk.\",3\nYes.,4\n";
    for end in ["\n", "\r\n", "\r"] {
        let path = file(folder.path(), "t.csv", table.replace('\n', end));
        let said = demarche(&["classify", "--as", "statements", "--columns", "article", &path]);
        check(&said, 1, &["t.csv:6: the row has 1 fields", "1 skipped"]);
        let lines: Vec<&str> = said.out.lines().filter_map(|id| id.rsplit(':').next()).collect();
        assert_eq!(lines, ["article", "2", "3", "7", "9"], "{end:?}");
    }
}

#[test]
fn other_encodings_are_decoded_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let latin =
        file(folder.path(), "l.txt", b"The caf\xE9 owner said he would talk to the mayor of Gen\xE8ve.");
    let said = demarche(&["classify", &latin]);
    check(&said, 0, &["l.txt: read as windows-1252"]);
    assert!(said.out.contains("café owner"));
    let text = "id,text\n1,They will talk in Genève.\n";
    let wide: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let said = demarche(&["classify", "--as", "statements", &file(folder.path(), "w.csv", wide)]);
    check(&said, 0, &["w.csv: read as UTF-16LE"]);
    assert!(said.out.contains("Genève"));
}

#[test]
fn nul_bytes_are_refused_in_a_file_and_skipped_in_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let binary = file(folder.path(), "b.txt", b"We will\0 talk to them on Friday, he said.");
    check(&demarche(&["classify", &binary]), 2, &["b.txt: it has a NUL byte at offset 7"]);
    let table = file(folder.path(), "t.csv", b"id,text\n1,We \0 talk.\n2,They do not talk to us at all.\n");
    check(&demarche(&["classify", "--as", "statements", &table]), 1, &["t.csv:2: the text has a NUL byte"]);
}

#[test]
fn one_line_of_fifty_megabytes_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let line = "The two sides met and the rebels said they would talk again. ".repeat(50 * 1024 * 1024 / 61);
    let huge = file(folder.path(), "h.txt", line);
    let out = folder.path().join("out.csv").display().to_string();
    check(&demarche(&["classify", &huge, "-o", &out]), 0, &["in 1 article"]);
    assert!(fs::read_to_string(&out).unwrap().lines().count() > 100_000);
}

#[test]
fn one_class_and_too_few_rows_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("m").display().to_string();
    let one =
        file(folder.path(), "o.csv", "text,label\nYes we can talk.,open\nOf course we will meet.,open\n");
    check(
        &demarche(&["train", &one, "--folds", "0", "-o", &out]),
        2,
        &["o.csv: 2 rows, all of them open: a model needs rows of two labels"],
    );
    let few = file(folder.path(), "f.csv", "text,label\nYes we talk.,open\nNo we never talk.,rejecting\n");
    check(&demarche(&["train", &few, "-o", &out]), 2, &["2 groups", "5 folds"]);
    check(&demarche(&["evaluate", &few]), 2, &["2 groups", "5 folds"]);
    assert!(!fs::exists(&out).unwrap());
}

#[test]
fn weights_that_no_fit_can_bear_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (weight, told) in [("1e30", "not finite"), ("0", "there is no row to train on")] {
        let rows: String = ["open", "none"]
            .iter()
            .flat_map(|label| ["We will talk", "It rained"].map(|text| format!("{text},{label},{weight}\n")))
            .collect();
        let table = file(folder.path(), "t.csv", format!("text,label,weight\n{rows}"));
        let model = folder.path().join("m.model").display().to_string();
        check(&demarche(&["train", &table, "-o", &model, "--folds", "0", "--no-cues"]), 2, &[told]);
        assert!(!fs::exists(model).unwrap());
    }
}

#[test]
fn a_table_of_empty_texts_trains_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blank = file(folder.path(), "b.csv", "text,label\n,open\n  ,none\n");
    check(&demarche(&["train", &blank]), 2, &["b.csv:2: the text is empty", "there is no labelled row"]);
}

#[test]
fn unreadable_places_are_named_and_nothing_is_left_there() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/out.csv").display().to_string();
    check(&demarche(&["classify", "seeds", "-o", &missing]), 2, &["out.csv: there is no folder"]);
    let is_folder = folder.path().display().to_string();
    check(&demarche(&["classify", "seeds", "-o", &is_folder]), 2, &["it is a folder"]);
    check(&demarche(&["classify", "seeds", "-o", "/proc/out.csv"]), 2, &["cannot write /proc/out.csv"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_full_disk_is_an_error() {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["classify", "seeds"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap())
        .output()
        .unwrap();
    assert_eq!(said.status.code(), Some(2));
    let err = String::from_utf8(said.stderr).unwrap();
    assert!(err.contains("cannot write to standard output: No space left on device"), "{err}");
}

#[test]
fn a_model_for_other_labels_does_not_classify() {
    let folder = tempfile::tempdir().unwrap();
    let table = labelled_rows(6).replace(",none,", ",weather,");
    let data = file(folder.path(), "d.csv", table);
    let model = folder.path().join("m.demarche").display().to_string();
    check(&demarche(&["train", &data, "--labels", "any", "--folds", "0", "-o", &model]), 0, &["digest"]);
    check(&demarche(&["classify", "seeds", "-m", &model]), 2, &["conditional, open, rejecting, weather"]);
}

#[test]
fn a_table_of_something_else_in_a_folder_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "a.txt", "The council met on Friday and will meet again.");
    file(folder.path(), "index.csv", "file,words\na.txt,9\n");
    let said = demarche(&["classify", &folder.path().display().to_string()]);
    check(&said, 0, &["passed over", "index.csv: there is no column \"text\"", "in 1 article"]);
}

#[test]
fn an_empty_table_in_a_folder_is_skipped_as_an_empty_text_is() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().display().to_string();
    file(folder.path(), "a.txt", "The council met on Friday and will meet again.");
    let empty = file(folder.path(), "b.csv", "");
    check(
        &demarche(&["classify", &name]),
        1,
        &["b.csv: the file is empty; a table needs a header", "in 1 article"],
    );
    check(&demarche(&["classify", &empty]), 2, &["the file is empty"]);
}

#[test]
fn a_folder_with_nothing_to_read_leaves_the_earlier_output() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    let name = articles.display().to_string();
    let out = file(folder.path(), "out.csv", "earlier");
    let rejects = file(folder.path(), "rejects.csv", "earlier");
    let nothing = |words: &[&str]| {
        check(&demarche(&["extract", &name, "-o", &out]), 2, words);
        check(&demarche(&["classify", &name, "-o", &out, "--rejects", &rejects]), 2, words);
        assert_eq!(crate::output::names(folder.path()), ["articles", "out.csv", "rejects.csv"]);
        assert!([&out, &rejects].iter().all(|path| fs::read_to_string(path).unwrap() == "earlier"));
    };
    nothing(&["articles: there are no articles to read"]);
    file(&articles, "a.docx", "We will talk.");
    nothing(&["articles: there are no articles to read"]);
    file(&articles, "index.csv", "file,words\na.txt,9\n");
    nothing(&["there is no column \"text\"", "nothing could be read"]);
    let said = demarche(&["classify", &name, "--as", "statements", "--input-format", "csv"]);
    check(&said, 2, &["no column \"text\""]);
}

#[test]
fn rows_behind_a_quotation_mark_that_is_not_closed_are_told_and_not_swallowed() {
    let table = "id,text\n1,\"We are ready to meet them\n2,We will never talk to them said Ann.\n3,\"We refuse.\"\n4,\"Talks are over.\"\n";
    let folder = Folder::new().with("t.csv", table);
    let said = folder.run("classify t.csv --as statements -o out.csv --rejects left.csv");
    assert_eq!(said.code, 1, "{said:?}");
    let reason = "t.csv:2: text stands behind a quotation mark that closes a field (lines 2 to 4)";
    assert!(said.err.contains(reason), "{said:?}");
    assert_eq!(folder.read("out.csv").lines().count(), 2);
    assert!(folder.read("left.csv").contains("lines 2 to 4"));
}

#[test]
fn what_an_earlier_run_has_written_is_no_article() {
    let folder = Folder::new().with("in/a.txt", "“We will talk,” Ada Lind said.").with("in/notes.docx", "x");
    for name in ["one.csv", "two.jsonl"] {
        let said = folder.run(&format!("classify in -o in/{name}")).with_code(0);
        assert!(said.err.contains("1 statement in 1 article"), "{said:?}");
        assert!(said.err.contains("whose endings tell no format, such as in/notes.docx"), "{said:?}");
        assert_eq!(said.err.contains("passed over in/one.csv, which an earlier run"), name == "two.jsonl");
    }
}
