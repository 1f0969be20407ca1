//! Names that tell a label: a model would learn the country and not the stance.
//!
//! For a name and a label, pointwise mutual information over rows is
//! `log2(p(name, label) / (p(name) · p(label)))` (K. W. Church and P. Hanks, *Computational Linguistics* 16, 1990):
//! 0 where they have nothing to do with each other, 1 where the label is twice as frequent with the name.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::finding::{Finding, Problem};
use super::limits::Limits;
use super::sheet::Sheet;

/// The strongest first.
pub(super) fn check(sheet: &Sheet<'_>, limits: &Limits) -> Vec<Finding> {
    let mut with_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut with_label = vec![0_usize; sheet.labels.len()];
    for row in sheet.rows {
        if let Some(count) = with_label.get_mut(row.label) {
            *count += 1;
        }
        for name in names(row.text) {
            with_name.entry(name).or_default().push(row.label);
        }
    }
    let mut found: Vec<(f64, Finding)> = Vec::new();
    for (name, labels) in with_name.into_iter().filter(|(_, labels)| labels.len() >= limits.name_rows) {
        for (class, &of_label) in with_label.iter().enumerate().filter(|(_, count)| **count > 0) {
            let both = labels.iter().filter(|label| **label == class).count();
            let bits = pmi(both, labels.len(), of_label, sheet.rows.len());
            if bits.abs() > limits.name_bits {
                let (name, label) = (name.to_owned(), sheet.label(class));
                let problem =
                    Problem::TellingName { name, label, bits, rows: labels.len(), with_label: both };
                found.push((bits.abs(), Finding { at: None, problem }));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// In bits; −∞ if the two never meet.
fn pmi(both: usize, name: usize, label: usize, rows: usize) -> f64 {
    libm::log2((both as f64 * rows as f64) / (name as f64 * label as f64))
}

/// The distinct capitalised words of a text that do not begin a sentence or quote, without "I" and what it is
/// contracted to.
fn names(text: &str) -> BTreeSet<&str> {
    text.unicode_word_indices()
        .filter(|&(at, word)| {
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            let first_person = word == "I" || word.starts_with("I'") || word.starts_with("I’");
            capital && !first_person && !begins_sentence(text.get(..at).unwrap_or_default())
        })
        .map(|(_, word)| word)
        .collect()
}

/// True if a word after `before` is capitalised whatever it is: first in a line, a sentence or a quote, or after a
/// colon.
fn begins_sentence(before: &str) -> bool {
    let trimmed = before.trim_end();
    let space = before.get(trimmed.len()..).unwrap_or_default();
    if space.contains('\n') || !trimmed.contains(char::is_alphanumeric) {
        return true;
    }
    if space.is_empty() {
        return trimmed.ends_with(['“', '‘', '«', '„', '"', '\'']);
    }
    let words = trimmed.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    words.ends_with(['!', '?', ':', '…']) || (words.ends_with('.') && !ends_in_abbreviation(words))
}

/// Titles and initials whose full stop ends no sentence.
fn ends_in_abbreviation(before: &str) -> bool {
    let word = before.trim_end_matches('.').rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || TITLES.contains(&word)
}

const TITLES: [&str; 20] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Sgt", "Sen", "Rep", "Gov", "Rev",
    "Hon", "St", "Sr", "Jr", "Amb",
];

#[cfg(test)]
mod tests {
    use super::super::sheet::CheckedRow;
    use super::*;

    #[test]
    fn names_are_the_capitals_that_no_sentence_asks_for() {
        for (text, expect) in [
            ("We met in Lisbon. They said so; I’m sure I did", vec!["Lisbon"]),
            ("“Nothing,” said Mr. Osei. “We wait.” Then he left for Accra", vec!["Accra", "Mr", "Osei"]),
            ("The U.S. Congress and J. B. Lund", vec!["B", "Congress", "J", "Lund", "U.S"]),
            ("he said \"No\" to \"Peace\" (Chad) and Peru", vec!["Chad", "Peru"]),
            ("— Is it so? Yes! No: Never\nMaybe", vec![]),
            ("the US-Cuba talks; Bern’s offer — Bonn’s, too", vec!["Bern’s", "Bonn’s", "Cuba", "US"]),
            ("the so-called “accord” Nairobi made, the workers’ Union", vec!["Nairobi", "Union"]),
            ("the Élysée, the élysée", vec!["Élysée"]),
        ] {
            assert_eq!(names(text).into_iter().collect::<Vec<_>>(), expect, "{text}");
        }
    }

    /// Of 40 rows 10 are "no". "Oslo" stands in 10 rows, `no` of them "no"; "Rome" in all others.
    fn oslo(no: usize, limits: &Limits) -> Vec<String> {
        let labels = ["yes".to_owned(), "no".to_owned()];
        let row = |number| CheckedRow {
            text: if number < 10 { "here in Oslo, Oslo" } else { "here in Rome" },
            label: usize::from(number < no || (10..20 - no).contains(&number)),
            ..CheckedRow::default()
        };
        let rows: Vec<CheckedRow<'_>> = (0..40).map(row).collect();
        check(&Sheet::new(&rows, &labels, None).unwrap(), limits).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_name_that_doubles_a_label_is_at_the_limit() {
        let limits = Limits::default();
        // Five of ten where a quarter is expected: exactly 1 bit.
        assert_eq!(oslo(5, &limits), [""; 0]);
        // log2(0.6 / 0.25) = 1.263.
        assert_eq!(oslo(6, &limits), ["\"Oslo\" tells no: 6 of its 10 rows, +1.26 bits"]);
        assert_eq!(oslo(6, &Limits { name_rows: 11, ..limits.clone() }), [""; 0]);
        assert_eq!(oslo(6, &Limits { name_bits: 1.27, ..limits }), [""; 0]);
    }

    #[test]
    fn a_name_that_never_meets_a_label_tells_it_too() {
        assert_eq!(oslo(0, &Limits::default()), ["\"Oslo\" tells no: 0 of its 10 rows, -inf bits"]);
    }
}
