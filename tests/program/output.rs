//! What `classify` writes: columns, parts, spreadsheets, compression, and the summary that `verify` checks.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::folder::Folder;
use crate::run::{Said, demarche, file, rows};

/// A table of `count` statements.
pub(crate) fn statements(count: usize) -> String {
    let mut csv = "id,text\n".to_owned();
    for i in 0..count {
        csv.push_str(&format!(
            "s{i},\"The envoy said on day {i} that talks, if any, would begin at noon.\"\n"
        ));
    }
    csv
}

fn classify(folder: &Path, table: &str, more: &[&str]) -> Said {
    let table = file(folder, "in.csv", table);
    demarche(&[&["classify", "--as", "statements", &table], more].concat())
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    demarche::read::expanded(fs::File::open(path).unwrap()).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn columns_are_chosen_in_the_order_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let said =
        classify(folder.path(), "key,label,text\nk,gold,Yes.\n", &["--columns", "label,key,input_label"]);
    assert_eq!(said.out.lines().next(), Some("label,key,input_label"), "{}", said.err);
    assert_eq!(
        (rows(&said.out)[0]["key"].as_str(), rows(&said.out)[0]["input_label"].as_str()),
        ("k", "gold")
    );
    let said = classify(folder.path(), &statements(1), &["--columns", "id,lable"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("there is no column \"lable\"; did you mean \"label\"?"), "{}", said.err);
}

#[test]
fn formulas_reach_no_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let table = "id,text\n=HYPERLINK(1),\"-1+1, he said.\"\n";
    let said = classify(folder.path(), table, &["--excel", "--columns", "id,text"]);
    assert_eq!(said.out, "\u{FEFF}id,text\n'=HYPERLINK(1),\"'-1+1, he said.\"\n");
    let plain = classify(folder.path(), table, &["--columns", "id,text"]);
    assert_eq!(plain.out, "id,text\n=HYPERLINK(1),\"-1+1, he said.\"\n");
    let said = classify(folder.path(), table, &["--excel", "--format", "jsonl"]);
    assert!(said.code == 2 && said.err.contains("--excel is for csv and tsv"), "{said:?}");
}

#[test]
fn parts_hold_the_rows_of_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let whole = classify(folder.path(), &statements(1000), &[]).out;
    let out = folder.path().join("out.csv").display().to_string();
    let said = classify(folder.path(), &statements(1000), &["-o", &out, "--split-rows", "300"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let parts = ["in.csv", "out-00001.csv", "out-00002.csv", "out-00003.csv", "out-00004.csv"];
    assert_eq!(names(folder.path()), parts);
    let (header, all) = whole.split_once('\n').unwrap();
    let mut joined = String::new();
    for (i, part) in parts[1..].iter().enumerate() {
        let text = fs::read_to_string(folder.path().join(part)).unwrap();
        let (first, rest) = text.split_once('\n').unwrap();
        assert_eq!((first, rest.lines().count()), (header, if i == 3 { 100 } else { 300 }));
        joined.push_str(rest);
    }
    assert_eq!(joined, all);
    let said = classify(folder.path(), &statements(500), &["-o", &out, "--split-rows", "300"]);
    assert!(said.err.contains("out-00003.csv is of an earlier run"), "{}", said.err);
}

#[test]
fn output_is_compressed_and_formatted_as_its_name_says() {
    let folder = tempfile::tempdir().unwrap();
    let plain = classify(folder.path(), &statements(9000), &[]).out;
    for name in ["out.csv.gz", "out.csv.zst"] {
        let out = folder.path().join(name);
        let said = classify(folder.path(), &statements(9000), &["-o", &out.display().to_string()]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(fs::metadata(&out).unwrap().len() * 4 < plain.len() as u64);
        assert!(unpacked(&out) == plain, "{name}");
    }
    let out = folder.path().join("out.jsonl");
    classify(folder.path(), &statements(2), &["-o", &out.display().to_string()]);
    assert!(fs::read_to_string(&out).unwrap().starts_with("{\"id\":\"s0\","));
    let tsv = classify(folder.path(), &statements(2), &["--format", "tsv", "--columns", "id,label"]).out;
    assert!(tsv.starts_with("id\tlabel\ns0\t"), "{tsv}");
    let empty = folder.path().join("none.jsonl.gz");
    assert_eq!(classify(folder.path(), "id,text\n", &["-o", &empty.display().to_string()]).code, 0);
    assert_eq!(unpacked(&empty), "");
}

#[test]
fn rejects_are_tabled_and_rows_in_are_rows_out_and_rejects() {
    let folder = tempfile::tempdir().unwrap();
    let rejects = folder.path().join("rejects.csv");
    let table = "id,text\n1,Yes.\n2\n3,\n4,No\u{0}.\n5,Never.\n6,\"unclosed\n7,x\n";
    let said = classify(folder.path(), table, &["--rejects", &rejects.display().to_string()]);
    assert_eq!(said.code, 1);
    let found = rows(&fs::read_to_string(&rejects).unwrap());
    let told: Vec<(&str, &str, &str)> =
        found.iter().map(|r| (r["line"].as_str(), r["column"].as_str(), r["value-start"].as_str())).collect();
    assert_eq!(
        told,
        [("3", "", "2"), ("4", "text", ""), ("5", "text", "No\u{0}."), ("7", "", "unclosed\n7,x\n")]
    );
    assert!(found[0]["file"].ends_with("in.csv") && found[0]["reason"].contains("1 fields"), "{found:?}");
    assert_eq!(rows(&said.out).len() + found.len(), 6);
}

#[test]
fn a_strict_run_stops_at_the_first_reject_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (out, rejects) = (folder.path().join("out.csv"), folder.path().join("rejects.csv"));
    fs::write(&out, "earlier").unwrap();
    let table = format!("{}odd\n{}", statements(3000), statements(10));
    let more = [
        "-o",
        &out.display().to_string(),
        "--strict",
        "--rejects",
        &rejects.display().to_string(),
        "--checkpoint-rows",
        "1000",
    ];
    let said = classify(folder.path(), &table, &more);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("in.csv:3002: the row has 1 fields") && said.err.contains("--strict"),
        "{}",
        said.err
    );
    assert_eq!(names(folder.path()), ["in.csv", "out.csv"]);
    assert_eq!(fs::read_to_string(&out).unwrap(), "earlier");
}

#[test]
fn a_summary_is_verified_and_any_change_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (out, summary) = (path("out.csv"), path("run.json"));
    let said =
        classify(folder.path(), &format!("{}odd\n", statements(300)), &["-o", &out, "--summary", &summary]);
    assert_eq!(said.code, 1, "{}", said.err);
    let told: serde_json::Value = serde_json::from_str(&fs::read_to_string(&summary).unwrap()).unwrap();
    assert_eq!((&told["counts"]["rows"], &told["counts"]["rejects"]), (&300.into(), &1.into()));
    assert_eq!(told["model"]["digest"].as_str().unwrap().len(), 64);
    let input = fs::read(folder.path().join("in.csv")).unwrap();
    assert_eq!(told["inputs"][0]["blake3"], blake3::hash(&input).to_string());
    assert_eq!(told["inputs"][0]["bytes"], input.len());
    let verify = || demarche(&["verify", &out, "--summary", &summary]);
    assert_eq!((verify().code, verify().err.contains("300 rows")), (0, true));
    let edited = |edit: fn(&mut serde_json::Value)| {
        let mut other = told.clone();
        edit(&mut other);
        fs::write(path("edited.json"), other.to_string()).unwrap();
        let said = demarche(&["verify", &out, "--summary", &path("edited.json")]);
        assert_eq!(said.code, 2, "{said:?}");
        said.err
    };
    let without = edited(|told| told["inputs"] = serde_json::json!([]));
    assert!(without.starts_with("the summary names no input\n"), "{without}");
    let copies = edited(|told| told["counts"]["copies"] = 5.into());
    assert!(copies.contains("the summary tells 5 copies among 0 articles\n"), "{copies}");
    let whole = fs::read_to_string(&out).unwrap();
    let (header, first) = whole.split_once('\n').unwrap();
    let label = rows(&whole)[0]["label"].clone();
    let other = if label == "open" { "none" } else { "open" };
    let changed = format!("{header}\n{}", first.replacen(&format!(",{label},"), &format!(",{other},"), 1));
    fs::write(&out, &changed).unwrap();
    let said = verify();
    assert_eq!(said.code, 2);
    for words in ["the digest of", &format!("with label {label} is"), "is not what the run has written"] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    fs::write(&out, &whole).unwrap();
    fs::write(folder.path().join("in.csv"), "id,text\n").unwrap();
    assert!(verify().code == 2 && verify().err.contains("in.csv is "), "{:?}", verify());
    assert!(
        verify().err.contains("out.csv is as the run has written it, but its inputs are not"),
        "{:?}",
        verify()
    );
    fs::remove_file(folder.path().join("in.csv")).unwrap();
    assert!(verify().code == 1 && verify().err.contains("cannot be checked"), "{:?}", verify());
}

#[test]
fn fewer_articles_than_have_rows_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (out, summary) = (path("out.csv"), path("run.json"));
    assert_eq!(demarche(&["classify", "seeds", "-o", &out, "--summary", &summary]).code, 0);
    let verify = || demarche(&["verify", &out, "--summary", &summary]);
    assert_eq!(verify().code, 0);
    let told = fs::read_to_string(&summary).unwrap();
    fs::write(&summary, told.replace("\"articles\": 3", "\"articles\": 2")).unwrap();
    let said = verify();
    assert!(said.code == 2 && said.err.contains("3 articles have rows; the summary says 2\n"), "{said:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_by_every_verb_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let name = pipe.display().to_string();
    for verb in ["extract", "classify"] {
        let mut reader = Command::new("cat").arg(&pipe).stdout(Stdio::piped()).spawn().unwrap();
        let said = demarche(&[verb, "seeds", "-o", &name]);
        let kept = fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo();
        if !kept {
            reader.kill().unwrap();
        }
        assert!(said.code == 0 && kept, "{verb}: {said:?}");
        assert!(rows(&String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap()).len() > 9);
    }
    let said = demarche(&["classify", "seeds", "--rejects", &name]);
    assert!(said.code == 2 && said.err.contains("it is no regular file"), "{said:?}");
}

#[test]
fn a_device_is_written_to_and_not_replaced() {
    let said = demarche(&["classify", "seeds", "-o", "/dev/full"]);
    assert!(said.code == 2 && said.err.contains("cannot write /dev/full: No space left"), "{said:?}");
    assert_eq!(demarche(&["classify", "seeds", "-o", "/dev/null"]).code, 0);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn columns_of_the_input_never_stand_for_those_of_the_output() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (out, summary) = (path("out.csv"), path("run.json"));
    let table = "Label,MODEL,text,Text\ngold,mine,We will talk.,x\nodd,mine,We will never talk.,y\n";
    let said = classify(folder.path(), table, &["-o", &out, "--summary", &summary]);
    assert_eq!(said.code, 0, "{}", said.err);
    let written = fs::read_to_string(&out).unwrap();
    assert!(written.starts_with("input_Label,input_MODEL,input_text,input_Text_2,"), "{written}");
    assert_eq!(demarche(&["verify", &out, "--summary", &summary]).code, 0);
}

#[test]
fn extract_writes_what_the_name_of_the_output_says() {
    let folder = Folder::new().with("a.txt", "“We will talk,” Ada Lind said.");
    folder.run("extract a.txt -o a.jsonl").with_code(0);
    assert!(folder.read("a.jsonl").starts_with("{\"article\":\"a.txt\""));
    folder.run("extract a.txt -o a.csv").with_code(0);
    folder.run("extract a.txt -o a.csv.gz").with_code(0);
    let packed = std::fs::read(folder.path("a.csv.gz")).unwrap();
    assert_eq!(packed[..2], [0x1f, 0x8b]);
    assert_eq!(
        folder.run("classify a.csv.gz --as statements --columns text").with_code(0).out,
        "text\n\"We will talk,\"\n"
    );
    for (command, told) in [
        ("extract a.txt -o a.xlsx", "-o a.xlsx: there is no writing of .xlsx"),
        ("classify a.txt -o a.ods", "-o a.ods: there is no writing of .ods"),
        ("classify a.txt --review r.jsonl --precision 0.9", "--review r.jsonl is written as CSV"),
    ] {
        let said = folder.run(command).with_code(2);
        assert!(said.err.contains(told), "{said:?}");
    }
}
