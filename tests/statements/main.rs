//! Statements and their speakers, by tables of made-up sentences; and spans on any input.

mod any_text;
mod hearers;
mod layout;
mod names;
mod quotations;
mod reported;
mod reporter;
mod speakers;
mod subjects;

use demarche::article::{Article, Kind, Statement};
use demarche::statement::extract;

fn statements(text: &str) -> (String, Vec<Statement>) {
    let article = Article { text: text.to_owned(), ..Article::default() };
    (text.to_owned(), extract(&article))
}

/// Every expected row is `kind | speaker | text`; narrative rows are left out of the comparison.
fn check(text: &str, expect: &[(Kind, &str, &str)]) {
    let (text, found) = statements(text);
    let found: Vec<(Kind, &str, &str)> = found
        .iter()
        .filter(|statement| statement.kind != Kind::Narrative)
        .map(|s| (s.kind, s.speaker.as_ref().map_or("", |speaker| speaker.name.as_str()), s.span.of(&text)))
        .collect();
    assert_eq!(found, expect, "in {text:?}");
}
