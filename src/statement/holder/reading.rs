//! Reads one statement: where it takes its stance on talks, and whose stance that is.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use crate::statement::table::{Classes, Hit, Item, Table};
use crate::text::TokenKind;

/// How far behind a turn the stance of its clause is looked for, in words and marks.
const CLAUSE: usize = 40;

pub(super) struct Grammar {
    pub(super) table: Table,
    pub(super) say: Classes,
    /// Verbs of saying that name the hearer behind them.
    pub(super) tell: Classes,
    pub(super) first: Classes,
    pub(super) third: Classes,
    pub(super) who: Classes,
    pub(super) object: Classes,
    pub(super) turn: Classes,
    pub(super) with: Classes,
    pub(super) talk: Classes,
    pub(super) and: Classes,
    pub(super) people: Classes,
    pub(super) relative: Classes,
    pub(super) article: Classes,
    pub(super) subordinate: Classes,
    pub(super) be: Classes,
    pub(super) by: Classes,
    pub(super) to: Classes,
    pub(super) told: Classes,
    pub(super) proposal: Classes,
    pub(super) adjective: Classes,
    pub(super) it: Classes,
    pub(super) auxiliary: Classes,
    /// Who speaks for a party, and who does not though its name stands with theirs.
    pub(super) office: Classes,
    pub(super) outsider: Classes,
    /// What stands between an office and a name.
    pub(super) rank: Classes,
    /// The rule of what somebody must do.
    pub(super) must: Option<usize>,
}

pub(super) static ENGLISH: LazyLock<Grammar> = LazyLock::new(|| {
    let table = Table::parse(include_str!("words.txt"));
    let class = |name: &str| table.class(name);
    let must = table.heads().position(|head| head == "need");
    Grammar {
        say: class("@say"),
        tell: class("@tell"),
        first: class("@first"),
        third: class("@third"),
        who: class("@who"),
        object: class("@object"),
        turn: class("@turn"),
        with: class("@with"),
        talk: class("@talk"),
        and: class("@and"),
        people: class("@people"),
        relative: class("@relative"),
        article: class("@article"),
        subordinate: class("@subordinate"),
        be: class("@be"),
        by: class("@by"),
        to: class("@to"),
        told: class("@told"),
        proposal: class("@proposal"),
        adjective: class("@adjective"),
        it: class("@it"),
        auxiliary: class("@auxiliary"),
        office: class("@office"),
        outsider: class("@outsider"),
        rank: class("@rank"),
        must,
        table,
    }
});

/// A party in the text, by its own name or by that of its office holder.
#[derive(Clone, Debug)]
pub(super) struct Actor<'a> {
    pub(super) party: Cow<'a, str>,
    /// Its items.
    pub(super) items: Range<usize>,
    pub(super) possessive: bool,
}

/// A statement with its parties.
pub(super) struct Reading<'a> {
    /// The text into which the items point.
    pub(super) text: &'a str,
    pub(super) grammar: &'a Grammar,
    /// Those of the statement.
    pub(super) items: &'a [Item],
    pub(super) actors: Vec<Actor<'a>>,
    /// The speaker, and the speaker's party, where known.
    pub(super) name: Option<&'a str>,
    pub(super) side: Option<&'a str>,
}

impl Reading<'_> {
    pub(super) fn has(&self, at: usize, classes: Classes) -> bool {
        self.items.get(at).is_some_and(|i| i.has(classes))
    }

    /// The item at which the stance is taken: the first word of stance of the first sentence that speaks of talks,
    /// but the first one after its last "but", unless that only says what somebody must do. An offer is one where there is
    /// no other.
    pub(super) fn key(&self) -> Option<usize> {
        let (mut before, mut stance, mut offer, mut talk) = (None, None, None, None);
        for (at, item) in self.items.iter().enumerate() {
            if item.kind == TokenKind::Stop && !self.goes_on(at) {
                if talk.is_some() {
                    break;
                }
                (before, stance, offer) = (None, None, None);
            }
            if item.has(self.grammar.talk) {
                talk = talk.or(Some(at));
            }
            if item.has(self.grammar.turn) && self.takes_stance_after(at) {
                before = stance.take();
            }
            if stance.is_none() && self.stance_at(at).is_some() {
                let stands = if self.is_offer(at) { &mut offer } else { &mut stance };
                *stands = stands.or(Some(at));
            }
        }
        let needs = stance.is_some_and(|at| self.needs(at));
        before.filter(|_| needs).or(stance).or(offer).or(talk)
    }

    /// The words of stance that begin at `at`; one with a capital behind a small word is a name: "in May".
    pub(super) fn stance_at(&self, at: usize) -> Option<Hit> {
        let small = |i: &Item| i.is_word() && !i.is_capital(self.text);
        let inside = at.checked_sub(1).and_then(|i| self.items.get(i)).is_some_and(small);
        if inside && self.items.get(at).is_some_and(|i| i.is_capital(self.text)) {
            return None;
        }
        self.grammar.table.phrase_at(self.items, at)
    }

    /// True if somebody must do what stands behind `at`.
    pub(super) fn needs(&self, at: usize) -> bool {
        self.stance_at(at).is_some_and(|hit| Some(hit.rule) == self.grammar.must)
    }

    /// True if a word without a capital stands after the point at `at`: it ends an abbreviation.
    fn goes_on(&self, at: usize) -> bool {
        self.items.get(at + 1).is_some_and(|i| i.is_word() && !i.is_capital(self.text))
    }

    /// True if a subject and a stance on talks come after the turn at `at` in its sentence.
    fn takes_stance_after(&self, at: usize) -> bool {
        let rest = || {
            (at + 1..self.items.len())
                .take(CLAUSE)
                .take_while(|&i| self.items.get(i).is_some_and(|t| t.kind != TokenKind::Stop))
        };
        rest().any(|i| self.has(i, self.grammar.talk)) && rest().take(8).any(|i| self.subject_at(i).is_some())
    }

    /// Whom a pronoun at `at` means: the last subject before it, else the speaker.
    pub(super) fn antecedent(&self, at: usize) -> Option<String> {
        let before = self.actors.iter().take_while(|a| a.items.end <= at);
        let subject = before.clone().find(|a| !self.is_object(a) && !a.possessive);
        subject.map(|a| a.party.to_string()).or_else(|| self.speaker())
    }

    /// The party that speaks: as given, else the party next to a verb of saying.
    pub(super) fn speaker(&self) -> Option<String> {
        if let Some(side) = self.side {
            return Some(side.to_owned());
        }
        let mut says = (0..self.items.len()).filter(|&i| self.has(i, self.grammar.say));
        says.find_map(|say| self.sayer(say)).map(|a| a.party.to_string())
    }

    /// The first party that stands where subjects do.
    pub(super) fn first_named(&self) -> Option<String> {
        self.actors.iter().find(|a| !self.is_object(a)).map(|a| a.party.to_string())
    }

    /// The party right before the verb of saying at `say`, else right after it, where hearers do not stand.
    fn sayer(&self, say: usize) -> Option<&Actor<'_>> {
        let next = self.actors.partition_point(|a| a.items.end <= say);
        let before = next.checked_sub(1).and_then(|i| self.actors.get(i));
        let before = before.filter(|a| say - a.items.end < 6 && !self.is_object(a));
        let behind = self.actors.get(next).filter(|a| a.items.start < say + 3);
        before.or(behind.filter(|_| !self.has(say, self.grammar.tell)))
    }

    /// The party after "with" or "to" behind the stance, else another party, behind the stance first.
    pub(super) fn counterpart(&self, key: usize, holder: Option<&str>) -> Option<String> {
        let others = || self.actors.iter().filter(|a| Some(a.party.as_ref()) != holder);
        let joined = |a: &&Actor<'_>| {
            let start = a.items.start;
            (start.saturating_sub(4)..start).any(|i| self.has(i, self.grammar.with))
        };
        others()
            .filter(|a| a.items.start >= key)
            .find(joined)
            .or_else(|| others().find(|a| a.items.start >= key))
            .or_else(|| others().next())
            .map(|a| a.party.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_words() {
        let named = &*ENGLISH;
        for (i, class) in [
            named.say,
            named.tell,
            named.first,
            named.third,
            named.who,
            named.object,
            named.turn,
            named.with,
            named.talk,
            named.and,
            named.people,
            named.relative,
            named.article,
            named.subordinate,
            named.be,
            named.by,
            named.to,
            named.told,
            named.proposal,
            named.adjective,
            named.it,
            named.auxiliary,
            named.office,
            named.outsider,
            named.rank,
        ]
        .into_iter()
        .enumerate()
        {
            assert!(class != 0, "class {i}");
        }
    }
}
