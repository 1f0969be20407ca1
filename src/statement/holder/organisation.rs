//! Bodies that no table names, told by how they are written: "the HNC", "Brekke Steel AG".

use super::reading::Reading;
use crate::span::Span;
use crate::statement::lexicon::{Entry, class, look_up};
use crate::statement::table::Item;

/// How far back the beginning of a clause is looked for, in words.
const CLAUSE: usize = 12;

/// Words that end the names of companies.
const COMPANY: [&str; 16] = [
    "Inc", "Corp", "AG", "plc", "PLC", "Ltd", "LLC", "GmbH", "SA", "SE", "NV", "Co", "Airlines", "Airways",
    "Group", "Motors",
];

/// True for the last word of a company's name.
pub(super) fn is_company(word: &str) -> bool {
    COMPANY.contains(&word.trim_end_matches('.'))
}

/// True for "Ada".
pub(super) fn is_first_name(word: &str) -> bool {
    look_up(word, Span::new(0, word.len())).class & (class::FIRST_MALE | class::FIRST_FEMALE) != 0
}

impl Reading<'_> {
    /// The name of the body that ends with item `at`, right before the stance at `key`: capitals ("the HNC has refused"), or
    /// the name of a company.
    pub(super) fn body(&self, at: usize, key: usize) -> Option<&str> {
        let grammar = self.grammar;
        let near =
            (at + 1..key).len() < 5 && (at + 1..key).all(|i| self.has(i, grammar.auxiliary | grammar.be));
        let word = self.items.get(at).filter(|i| near && i.is_word())?;
        let company = is_company(word.span.of(self.text)) && self.is_name(at.checked_sub(1)?);
        if !company && !self.is_acronym(at) {
            return None;
        }
        let mut first = at;
        while company && first > 0 && self.is_name(first - 1) {
            first -= 1;
        }
        let start = self.items.get(first)?.span.start;
        self.begins_subject(first).then(|| Span::new(start, word.span.end).of(self.text))
    }

    /// True for a word with a capital that is not a small word at the beginning of a sentence.
    fn is_name(&self, at: usize) -> bool {
        let capital = |i: &&Item| i.is_word() && i.is_capital(self.text);
        let small = class::DETERMINER | class::PREPOSITION | class::SUBORDINATOR | class::COORDINATOR;
        self.items.get(at).filter(capital).is_some_and(|i| look_up(self.text, i.span).class & small == 0)
    }

    /// True for two to six capitals that are no word of the language.
    fn is_acronym(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|i| {
            let word = i.span.of(self.text);
            let capitals = (2..7).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
            capitals && look_up(self.text, i.span) == Entry::default()
        })
    }

    /// True if nothing stands before item `at` in its clause but an article, and that is no subordinate one.
    fn begins_subject(&self, at: usize) -> bool {
        let grammar = self.grammar;
        let before = |at: usize| at.checked_sub(1).and_then(|i| self.items.get(i));
        let start = at - usize::from(before(at).is_some_and(|i| i.has(grammar.article)));
        let opens = |i: &Item| {
            !i.is_word() || i.has(grammar.say | grammar.turn | grammar.and) || i.span.of(self.text) == "that"
        };
        let clause = self.items.get(start.saturating_sub(CLAUSE)..start).unwrap_or_default();
        let subordinate = clause.iter().rev().take_while(|i| i.is_word()).any(|i| i.has(grammar.subordinate));
        before(start).is_none_or(opens) && !subordinate
    }
}
