//! Words that are part of a name, though they look like others: "Daily" of "Daily Post", "and" of "the Justice and Unity Movement".

use super::lexicon::class;
use super::token::{Mark, Token};

/// True for the mark at `open` of "the Ministry of Ports (MOP) spokeswoman": one word in capitals stands inside the two marks.
pub(super) fn is_short_form(tokens: &[Token], open: usize) -> bool {
    let word = |i: usize| tokens.get(i).is_some_and(|t| t.is_word() && t.capital);
    tokens.get(open).is_some_and(|t| t.mark == Mark::Open)
        && tokens.get(open + 2).is_some_and(|t| t.mark == Mark::Close)
        && word(open + 1)
        && open.checked_sub(1).is_some_and(word)
        && tokens.get(open + 3).is_some_and(|t| t.is(class::ROLE | class::TITLE))
}

/// True for the "and" at `and` inside a name: "the Justice and Unity Movement".
pub(super) fn joins_name(tokens: &[Token], and: usize) -> bool {
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.is_word() && t.capital);
    let Some(the) = and.checked_sub(2) else { return false };
    let behind = (and + 1..and + 5).take_while(|&i| capital(i)).last();
    capital(and - 1)
        && tokens.get(the).is_some_and(|t| t.is(class::DETERMINER))
        && behind
            .is_some_and(|last| last > and + 1 && tokens.get(last).is_some_and(|t| t.is(class::ORGANISATION)))
}

/// True for "Daily" of "Daily Post" and "Kelly" of "Kelly Pike", which end like adverbs.
pub(super) fn is_name(tokens: &[Token], index: usize) -> bool {
    let both = |i: usize| tokens.get(i).is_some_and(|t| t.capital && t.is_word());
    let only = tokens.get(index).is_some_and(|t| t.entry.class == class::ADVERB && t.entry.cue.is_none());
    let known =
        tokens.get(index + 1).is_some_and(|t| t.is(class::DETERMINER | class::PRONOUN | class::TITLE));
    only && both(index) && both(index + 1) && !known
}
