//! What `classify` and `extract` read: compressed files, tables of every kind, Markdown, patterns, dates.

use std::io::Write;
use std::path::Path;

use crate::folder::Folder;
use crate::run::{demarche, file, piped, rows};

const ARTICLE: &str = "The ministry spoke at noon. “We will not sit down with them,” the minister said.";

pub(crate) fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstandard(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes.as_ref(), ruzstd::encoding::CompressionLevel::Fastest)
}

fn path(folder: &Path) -> String {
    folder.display().to_string()
}

#[test]
fn compressed_input_reads_as_plain_input_does() {
    let folder = tempfile::tempdir().unwrap();
    let plain = rows(&demarche(&["classify", &file(folder.path(), "a.txt", ARTICLE)]).out);
    assert!(!plain.is_empty());
    for (name, bytes) in [("a.txt.gz", gzip(ARTICLE)), ("a.txt.zst", zstandard(ARTICLE))] {
        let inner = tempfile::tempdir().unwrap();
        file(inner.path(), name, &bytes);
        let found = demarche(&["classify", &path(inner.path())]);
        assert_eq!(found.code, 0, "{}", found.err);
        let texts = |rows: &[std::collections::BTreeMap<String, String>]| {
            rows.iter().map(|r| (r["text"].clone(), r["open"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(texts(&rows(&found.out)), texts(&plain));
        assert_eq!(texts(&rows(&piped(&["classify", "-"], &bytes).out)), texts(&plain));
    }
    let table = gzip("id,text\n1,We will meet them.\n");
    let said = piped(&["classify", "-", "--as", "statements"], &table);
    assert_eq!((said.code, rows(&said.out).len()), (0, 1), "{}", said.err);
}

#[test]
fn a_bomb_is_refused_and_cut_files_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = gzip(vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100_000);
    let said = demarche(&["classify", &file(folder.path(), "b.txt.gz", &bomb)]);
    assert!(said.code == 2 && said.err.contains("more than 256 times their size"), "{said:?}");
    let packed = gzip(ARTICLE.repeat(1000));
    let said = demarche(&["classify", &file(folder.path(), "c.txt.gz", &packed[..packed.len() / 2])]);
    assert!(said.code == 2 && said.err.contains("c.txt.gz: "), "{said:?}");
}

#[test]
fn a_table_that_breaks_off_keeps_its_rows_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..20_000).map(|i| format!("{{\"text\":\"They met {i} times.\"}}\n")).collect();
    for (name, unit) in [("t.jsonl.gz", "statements"), ("u.jsonl.gz", "articles")] {
        let packed = gzip(&lines);
        let cut = file(folder.path(), name, &packed[..packed.len() / 2]);
        let said = demarche(&["classify", &cut, "--as", unit]);
        assert_eq!(said.code, 1, "{}", said.err);
        assert!(rows(&said.out).len() > 1000 && said.err.contains("1 skipped"), "{}", said.err);
    }
}

#[test]
fn tables_of_statements_come_as_csv_tsv_and_json_lines() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        file(folder.path(), "t.csv", "key,text\nk1,\"We talk, and soon.\"\n"),
        file(folder.path(), "t.tsv", "key\ttext\nk1\tWe talk, and soon.\n"),
        file(folder.path(), "t.jsonl", "{\"key\":\"k1\",\"text\":\"We talk, and soon.\"}\n"),
    ];
    let outs = files
        .map(|f| demarche(&["classify", "--as", "statements", &f]).out.replace(&path(folder.path()), ""));
    assert!(outs[0].starts_with("key,input_text,article,"), "{}", outs[0]);
    let fields = |out: &str| {
        rows(out)[0].iter().filter(|(k, _)| *k != "article").map(|(k, v)| k.clone() + v).collect::<Vec<_>>()
    };
    assert_eq!(fields(&outs[0]), fields(&outs[1]));
    assert_eq!(fields(&outs[0]), fields(&outs[2]));
    let odd = file(folder.path(), "o.jsonl", "{\"text\":\"Yes.\"}\n{\"text\":\"No.\",\"mood\":1}\n{}\n");
    let said = demarche(&["classify", "--as", "statements", &odd]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("o.jsonl:2: the object has the key \"mood\", which the first object has not"),
        "{}",
        said.err
    );
    assert!(said.err.contains("o.jsonl:3: the text is empty"), "{}", said.err);
}

#[test]
fn front_matter_gives_the_metadata_and_is_not_in_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let page = format!("---\ntitle: Noon\ndate: 2026-02-24\nsource: Post\n---\n\n{ARTICLE}\n");
    let name = file(folder.path(), "a.md", page);
    let row = &rows(&demarche(&["classify", &name]).out)[0];
    assert_eq!((row["date"].as_str(), row["source"].as_str()), ("2026-02-24", "Post"));
    let text = demarche(&["extract", &name, "--text"]).out;
    assert_eq!(text, ARTICLE);
    let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
    assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), row["text"]);
}

#[test]
fn dates_come_from_the_text_or_else_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let dated = file(folder.path(), "d.txt", format!("GENEVA, Feb. 24, 2026 (Post) — {ARTICLE}"));
    let plain = file(folder.path(), "p.txt", ARTICLE);
    let found = rows(&demarche(&["classify", &dated, &plain, "--date", "2025-12-31"]).out);
    let date = |name: &str| found.iter().find(|r| r["article"] == name).unwrap()["date"].clone();
    assert_eq!((date("d.txt").as_str(), date("p.txt").as_str()), ("2026-02-24", "2025-12-31"));
    let said = demarche(&["classify", &plain, "--date", "2025-02-30"]);
    assert!(said.code == 2 && said.err.contains("YYYY-MM-DD"), "{said:?}");
}

#[test]
fn patterns_are_expanded_in_the_order_of_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.txt", "a.txt", "c.md"] {
        file(folder.path(), name, ARTICLE);
    }
    let pattern = format!("{}/*.txt", path(folder.path()));
    let found = rows(&demarche(&["classify", &pattern]).out);
    let mut names: Vec<&str> = found.iter().map(|r| r["article"].as_str()).collect();
    names.dedup();
    assert_eq!(names, ["a.txt", "b.txt"]);
    let said = demarche(&["classify", &format!("{}/*.pdf", path(folder.path()))]);
    assert!(said.code == 2 && said.err.contains("no file is called like"), "{said:?}");
}

#[test]
fn several_texts_stand_under_their_names_or_in_a_table() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "a.txt", "One came.");
    file(folder.path(), "b.txt", "Two came.\n");
    let plain = demarche(&["extract", &path(folder.path()), "--text"]).out;
    assert_eq!(plain, "==> a.txt <==\nOne came.\n==> b.txt <==\nTwo came.\n");
    let table = demarche(&["extract", &path(folder.path()), "--text", "--format", "jsonl"]).out;
    assert_eq!(
        table,
        "{\"article\":\"a.txt\",\"text\":\"One came.\"}\n{\"article\":\"b.txt\",\"text\":\"Two came.\\n\"}\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_unicode_is_read_and_shown_as_far_as_it_can_be() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xE9.txt");
    std::fs::write(folder.path().join(name), ARTICLE).unwrap();
    let said = demarche(&["extract", &path(folder.path())]);
    assert!(said.code == 0 && !said.err.contains("passed over"), "{said:?}");
    assert_eq!(rows(&said.out)[0]["article"], "caf\u{FFFD}.txt");
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_itself_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "a.txt", ARTICLE);
    let plain = demarche(&["extract", &path(folder.path())]);
    std::os::unix::fs::symlink(".", folder.path().join("loop")).unwrap();
    let said = demarche(&["extract", &path(folder.path())]);
    assert_eq!((said.code, &said.out), (0, &plain.out), "{}", said.err);
}

#[test]
fn an_id_that_stands_for_two_articles_is_told_once() {
    let folder = Folder::new()
        .with("a/x.txt", "“We will talk,” Ada Lind said.")
        .with("b/x.txt", "“We will never talk,” Olu Bako said.")
        .with("b/y.txt", "It rained in Vale all day.");
    let ran = folder.run("classify a b --columns article,text").with_code(0);
    assert_eq!(ran.err.matches("more than one article has the id \"x.txt\"").count(), 1, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 4, "{}", ran.out);
    assert!(!folder.run("classify b").with_code(0).err.contains("more than one article"));
}

#[test]
fn a_file_that_is_no_plain_text_is_told() {
    let folder = Folder::new().with("page.txt", "<!DOCTYPE html><p>“We will talk,” Ada Lind said.</p>");
    let ran = folder.run("classify page.txt").with_code(2);
    assert!(ran.err.contains("page.txt: this is a web page: name its format (html)"), "{}", ran.err);
    folder.run("classify page.txt --input-format html").with_code(0);
}
