//! Reads one statement: where it takes its stance on talks, and whose stance that is.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use crate::statement::table::{Classes, Item, Table};
use crate::text::TokenKind;

/// How far behind a turn the stance of its clause is looked for, in words and marks.
const CLAUSE: usize = 40;

pub(super) struct Grammar {
    pub(super) table: Table,
    say: Classes,
    /// Verbs of saying that name the hearer behind them.
    tell: Classes,
    first: Classes,
    third: Classes,
    who: Classes,
    need: Classes,
    object: Classes,
    turn: Classes,
    with: Classes,
    talk: Classes,
    and: Classes,
    people: Classes,
}

pub(super) static ENGLISH: LazyLock<Grammar> = LazyLock::new(|| {
    let table = Table::parse(include_str!("words.txt"));
    let class = |name: &str| table.class(name);
    Grammar {
        say: class("@say"),
        tell: class("@tell"),
        first: class("@first"),
        third: class("@third"),
        who: class("@who"),
        need: class("@need"),
        object: class("@object"),
        turn: class("@turn"),
        with: class("@with"),
        talk: class("@talk"),
        and: class("@not_subject"),
        people: class("@people"),
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
    /// The speaker's party, where known.
    pub(super) side: Option<&'a str>,
}

/// What takes the stance.
enum Subject {
    Party(usize),
    First,
    Third,
    Who,
}

impl Reading<'_> {
    fn has(&self, at: usize, classes: Classes) -> bool {
        self.items.get(at).is_some_and(|i| i.has(classes))
    }

    /// The item at which the stance is taken: the first word of stance of the first sentence that speaks of talks,
    /// but the first one after its last "but", unless that only says what somebody must do.
    pub(super) fn key(&self) -> Option<usize> {
        let (mut before, mut stance, mut talk) = (None, None, None);
        for (at, item) in self.items.iter().enumerate() {
            if item.kind == TokenKind::Stop && !self.goes_on(at) {
                if talk.is_some() {
                    break;
                }
                (before, stance) = (None, None);
            }
            if item.has(self.grammar.talk) {
                talk = talk.or(Some(at));
            }
            if item.has(self.grammar.turn) && self.takes_stance_after(at) {
                before = stance.take();
            }
            if stance.is_none() && self.grammar.table.phrase_at(self.items, at).is_some() {
                stance = Some(at);
            }
        }
        let needs = stance.is_some_and(|at| self.has(at, self.grammar.need));
        before.filter(|_| needs).or(stance).or(talk)
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

    /// The party that is the subject of the word at `key`; of what somebody else must do, it is who says so.
    pub(super) fn subject(&self, key: usize) -> Option<String> {
        if self.has(key, self.grammar.need) {
            return None;
        }
        for at in (0..key).rev() {
            match self.subject_at(at) {
                Some(Subject::Party(i)) => return self.actors.get(i).map(|a| a.party.to_string()),
                Some(Subject::First) => return self.speaker(),
                Some(Subject::Third) => return self.antecedent(at),
                Some(Subject::Who) => return self.before(at),
                None => (),
            }
        }
        None
    }

    /// The subject whose last item is `at`.
    fn subject_at(&self, at: usize) -> Option<Subject> {
        if self.has(at, self.grammar.first) {
            return Some(Subject::First);
        }
        if self.has(at, self.grammar.third) {
            return Some(Subject::Third);
        }
        if self.has(at, self.grammar.who) {
            return Some(Subject::Who);
        }
        let i = self.actors.partition_point(|a| a.items.end <= at);
        let actor = self.actors.get(i).filter(|a| a.items.end == at + 1)?;
        let start = actor.items.start;
        let pronoun = start > 0 && self.has(start - 1, self.grammar.first | self.grammar.third);
        (!pronoun && !self.is_object(actor)).then_some(Subject::Party(i))
    }

    /// True if a preposition or a conjunction of a subordinate clause stands before the party.
    fn is_object(&self, actor: &Actor<'_>) -> bool {
        let start = actor.items.start;
        let reach = if self.joined(start) { 6 } else { 3 };
        let object = (start.saturating_sub(reach)..start).rev().find(|&i| self.has(i, self.grammar.object));
        object.is_some_and(|i| {
            // "Officials in Tehran" speak for Tehran.
            let people =
                i + 1 == start && i.checked_sub(1).is_some_and(|of| self.has(of, self.grammar.people));
            let plain = |j| self.items.get(j).is_some_and(|t: &Item| t.is_word() && !t.has(self.grammar.say));
            !people && (i + 1..start).all(plain)
        })
    }

    /// True if "and" or "or" stands before the party, with or without an article.
    fn joined(&self, start: usize) -> bool {
        (start.saturating_sub(2)..start).any(|i| self.has(i, self.grammar.and))
    }

    /// The party named last before `at`.
    fn before(&self, at: usize) -> Option<String> {
        self.actors.iter().take_while(|a| a.items.end <= at).last().map(|a| a.party.to_string())
    }

    /// Whom a pronoun at `at` means: the last subject before it, else the speaker.
    fn antecedent(&self, at: usize) -> Option<String> {
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
