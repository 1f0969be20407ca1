//! `duplicate_of`: copies of one article are told apart from articles of their own.

use crate::folder::Folder;
use crate::run::rows;

const WIRE: &str = "ARDVILLE — The river council is ready to meet the dam company in any town, its speaker said on Friday. \
                    “We will sit down with them tomorrow,” she said. The company said it would talk only if the council \
                    withdraws its complaint. Both sides last met in the spring, when rain stopped the works for a month.";

fn folder() -> Folder {
    let cut = WIRE.replacen("ARDVILLE — The", "The", 1).replace(" for a month", "");
    Folder::new()
        .with(
            "a.txt",
            "The fair opened on Monday. “There will be no talks about the stalls,” the mayor said.",
        )
        .with("b.txt", WIRE)
        .with("c.txt", &format!("{cut} More to follow."))
        .with("d.txt", "The ferry drivers said they would never negotiate with the port. It rained.")
        .with("e.jsonl", &serde_json::json!({"id": "again", "text": WIRE.to_uppercase()}).to_string())
}

const FILES: &str = "a.txt b.txt c.txt d.txt e.jsonl";

/// Article and first article of each row.
fn firsts(csv: &str) -> Vec<(String, String)> {
    let mut all: Vec<_> =
        rows(csv).iter().map(|row| (row["article"].clone(), row["duplicate_of"].clone())).collect();
    all.dedup();
    all
}

#[test]
fn copies_name_the_first_article_in_both_verbs_at_any_number_of_threads() {
    let folder = folder();
    let said = folder.run(&format!("classify {FILES} --threads 1")).with_code(0);
    let expect = [("a.txt", ""), ("b.txt", ""), ("c.txt", "b.txt"), ("d.txt", ""), ("again", "b.txt")];
    let expect: Vec<_> = expect.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(firsts(&said.out), expect);
    assert!(said.err.contains(" in 5 articles (2 copies of earlier ones): "), "{}", said.err);
    assert_eq!(folder.run(&format!("classify {FILES} --threads 3")).out, said.out);
    assert_eq!(firsts(&folder.run(&format!("extract {FILES}")).with_code(0).out), expect);
    // Statements of a table are no articles.
    let table = folder.with("t.csv", "text\nNo talks.\nNo talks.\n");
    assert!(
        firsts(&table.run("classify --as statements t.csv").out).iter().all(|(_, first)| first.is_empty())
    );
}

#[test]
fn an_article_is_scored_anew_when_what_it_is_a_copy_of_changes() {
    let folder = folder();
    folder.run(&format!("classify {FILES} -o old.csv")).with_code(0);
    // Without b.txt, c.txt is the first.
    let left = "a.txt c.txt d.txt e.jsonl";
    let said =
        folder.run(&format!("classify {left} --since old.csv -o new.csv --summary s.json")).with_code(0);
    assert!(said.err.contains("2 articles taken over unchanged"), "{}", said.err);
    assert_eq!(folder.read("new.csv"), folder.run(&format!("classify {left}")).out);
    assert!(firsts(&folder.read("new.csv")).contains(&("again".to_owned(), "c.txt".to_owned())));
    let summary: serde_json::Value = serde_json::from_str(&folder.read("s.json")).unwrap();
    assert_eq!((&summary["counts"]["articles"], &summary["counts"]["copies"]), (&4.into(), &1.into()));
    assert_eq!(summary["drift"], serde_json::Value::Null);
}

#[test]
fn without_the_column_nothing_is_compared() {
    let said = folder().run(&format!("classify {FILES} --columns article,label")).with_code(0);
    assert!(said.err.contains(" in 5 articles: "), "{}", said.err);
}
