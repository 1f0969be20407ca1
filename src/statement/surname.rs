//! Months and auxiliaries that are somebody's name in an article: "Theresa May", whom later sentences call "May".

use super::lexicon::{Entry, class};
use super::token::{Mark, Token, possessor};

/// Takes the classes from words that are names: those behind a first name, "Mr" or "Mrs", and the same word wherever no
/// date is. Days are left alone: "Senator Scott Monday said".
pub(super) fn free_surnames(text: &str, tokens: &mut [Token]) {
    let mut surnames: Vec<String> = Vec::new();
    for three in tokens.windows(3) {
        let [before, token, behind] = three else { continue };
        if !may_be(token) || !calls(before, behind) {
            continue;
        }
        let word = plain(text, token);
        if !word.ends_with("day") && !surnames.iter().any(|known| known == word) {
            surnames.push(word.to_owned());
        }
    }
    if surnames.is_empty() {
        return;
    }
    for i in 0..tokens.len() {
        let around = [i.checked_sub(1), Some(i + 1)].map(|i| i.and_then(|i| tokens.get(i)));
        let is_date = is_date(text, around);
        let Some(token) = tokens.get_mut(i).filter(|token| may_be(token)) else { continue };
        if !is_date && surnames.iter().any(|known| known == plain(text, token)) {
            token.entry = Entry::default();
        }
    }
}

fn plain<'a>(text: &'a str, token: &Token) -> &'a str {
    let word = token.span.of(text);
    possessor(word).unwrap_or(word)
}

fn may_be(token: &Token) -> bool {
    token.capital && token.is(class::TIME | class::AUXILIARY)
}

/// True between a first name or a title and a verb, where no month stands.
fn calls(before: &Token, behind: &Token) -> bool {
    const NAMES: u32 = class::FIRST_MALE | class::FIRST_FEMALE | class::MISTER | class::MADAM;
    let acts = behind.is(class::PAST | class::AUXILIARY) || behind.entry.cue.is_some();
    before.capital && !before.possessive && (before.is(NAMES) || before.is(class::TITLE) && acts)
}

/// True between the words that stand around a month: "in May", "May 9", "last May".
fn is_date(text: &str, [before, behind]: [Option<&Token>; 2]) -> bool {
    let number = |token: Option<&Token>| token.is_some_and(|t| t.mark == Mark::Number);
    let led = before.is_some_and(|t| {
        matches!(
            t.span.of(text),
            "in" | "In"
                | "since"
                | "Since"
                | "until"
                | "Until"
                | "last"
                | "next"
                | "this"
                | "early"
                | "late"
                | "mid"
        )
    });
    number(before) || number(behind) || led
}
