//! A text of which statements are read: its words and names are found once, for statements may overlap.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::office;
use super::reading::{Actor, ENGLISH, Reading};
use crate::span::Span;
use crate::statement::name_list::Found;
use crate::statement::party::Parties;
use crate::statement::registry::Registry;
use crate::statement::table::Item;
use crate::text::{Token, each_token};

/// The two ends of the talks that a statement speaks of, as canonical parties where tables know them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stakes {
    /// The party whose willingness is at stake.
    pub holder: Option<String>,
    /// The party that it would talk to.
    pub counterpart: Option<String>,
}

/// A text with its words, and the parties and office holders named in it.
pub(super) struct Source<'a> {
    text: &'a str,
    date: Option<&'a str>,
    registry: &'a Registry,
    tokens: Vec<Token>,
    items: Vec<Item>,
    /// The names of office holders and of parties, at every token at which one begins.
    people: Vec<Found>,
    parties: Vec<Found>,
    /// For which party each speaker met so far speaks.
    sides: HashMap<String, Option<String>>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str, date: Option<&'a str>, registry: &'a Registry) -> Self {
        let mut words: Vec<Token> = Vec::with_capacity(text.len() / 5);
        each_token(text, |token| words.push(token));
        Self {
            text,
            date,
            registry,
            items: ENGLISH.table.items(text, words.iter().copied()),
            people: registry.names().find_all(text, &words).collect(),
            parties: Parties::shipped().find_all(text, &words),
            sides: HashMap::new(),
            tokens: words,
        }
    }

    /// The stakes of the statement at `span`, as if it stood alone.
    pub(super) fn stakes(&mut self, span: Span, speaker: Option<&str>) -> Stakes {
        if let Some(name) = speaker.filter(|&name| !self.sides.contains_key(name)) {
            let known = office::by_name(name, self.date, self.registry);
            self.sides.insert(name.to_owned(), known.or_else(|| office::as_introduced(name, self.text)));
        }
        let Some(range) = self.range(span) else {
            // The span cuts a word in two, which then reads otherwise than in the whole text.
            let words = span.of(self.text);
            let mut alone = Source::new(words, self.date, self.registry);
            if let Some((name, side)) = speaker.and_then(|name| self.sides.get_key_value(name)) {
                alone.sides.insert(name.clone(), side.clone());
            }
            return alone.stakes(Span::new(0, words.len()), speaker);
        };
        let reading = Reading {
            text: self.text,
            grammar: &ENGLISH,
            items: self.items.get(range.clone()).unwrap_or_default(),
            actors: self.actors(range),
            name: speaker,
            side: speaker.and_then(|name| self.sides.get(name)?.as_deref()),
        };
        let key = reading.key();
        let holder = key.and_then(|key| reading.subject(key)).or_else(|| reading.speaker());
        let holder = holder.or_else(|| reading.first_named().filter(|_| key.is_none()));
        let counterpart = reading.counterpart(key.unwrap_or(0), holder.as_deref());
        Stakes { holder, counterpart }
    }

    /// The tokens inside `span`; none if it begins or ends inside one.
    fn range(&self, span: Span) -> Option<Range<usize>> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let rest = self.tokens.get(start..)?;
        let end = start + rest.partition_point(|t| t.span.start < span.end);
        let last_before = |at: usize| at.checked_sub(1).and_then(|i| self.tokens.get(i));
        let cut = |at: usize, byte: usize| last_before(at).is_some_and(|t| t.span.end > byte);
        (!cut(start, span.start) && !cut(end, span.end)).then_some(start..end)
    }

    /// The parties and office holders named by the tokens of `range`, by position; a party's name inside a holder's
    /// mention, and a nation right before one ("Iranian President …"), are not counted apart.
    fn actors(&self, range: Range<usize>) -> Vec<Actor<'_>> {
        let mut found: Vec<(Span, Actor<'_>)> = Vec::new();
        let from = range.start;
        let names = self.registry.names();
        let tokens = self.tokens.get(range.clone()).unwrap_or_default();
        for person in names.find_among(&self.people, self.text, &self.tokens, range.clone()) {
            let person = Found { tokens: (person.tokens.0 - from, person.tokens.1 - from), ..person };
            let office = self.registry.office_of(self.text, tokens, person, self.date);
            let Some(office) = office else { continue };
            let items = person.tokens.0..person.tokens.1;
            let party = Cow::Borrowed(office.side.as_str());
            found.push((person.span, Actor { party, items, possessive: person.possessive }));
        }
        let people = found.len();
        for party in Parties::shipped().find_among(&self.parties, self.text, &self.tokens, range) {
            let taken = found.get(..people).unwrap_or_default();
            let after = taken.partition_point(|(span, _)| span.end <= party.span.start);
            if taken.get(after).is_some_and(|(span, _)| span.overlaps(party.span)) {
                continue;
            }
            let start = tokens.partition_point(|t| t.span.end <= party.span.start);
            let items = start..tokens.partition_point(|t| t.span.start < party.span.end);
            found.push((party.span, Actor { party: party.name, items, possessive: party.possessive }));
        }
        found.sort_by_key(|(span, _)| *span);
        found.into_iter().map(|(_, actor)| actor).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every statement of a text gets the stakes that its words get alone.
    #[test]
    fn a_statement_reads_the_same_in_its_text_and_alone() {
        let text = "The U.S. Congress and Iran's U.N. envoy said Chad’s government will not talk to the European Union \
                    Council, but North Korean officials -- of 10,000 -- met Saudi Arabian-led rebels.";
        let registry = Registry::shipped();
        let mut source = Source::new(text, Some("2003-02-01"), registry);
        let bounds: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for (i, &start) in bounds.iter().enumerate() {
            for &end in bounds.iter().skip(i) {
                let words = &text[start..end];
                let alone = Source::new(words, Some("2003-02-01"), registry)
                    .stakes(Span::new(0, words.len()), Some("Tehran"));
                assert_eq!(source.stakes(Span::new(start, end), Some("Tehran")), alone, "{words}");
            }
        }
    }
}
