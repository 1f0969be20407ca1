//! The subject of the word at which a statement takes its stance.

use super::organisation::{is_company, is_first_name};
use super::reading::{Actor, Grammar, Reading};
use crate::statement::table::Item;
use crate::text::TokenKind;

/// How far back the beginning of an aside is looked for, in words and marks.
const ASIDE: usize = 40;

/// Parties of one country, which are not one with its president where they are joined to him.
const FACTIONS: [&str; 3] = ["Democrats", "Republicans", "Congress"];

/// What takes the stance.
pub(super) enum Subject {
    Party(usize),
    First,
    Third,
    Who,
}

impl Reading<'_> {
    /// The party that is the subject of the word at `key`; of what somebody else must do, it is who says so.
    pub(super) fn subject(&self, key: usize) -> Option<String> {
        if self.needs(key) {
            return None;
        }
        if let Some(agent) = self.agent(key) {
            return Some(agent.party.to_string());
        }
        match self.owner(key).filter(|_| self.has(key, self.grammar.proposal)) {
            // Of an offer speaks who answers it: "Norway welcomed Chad's offer".
            Some(owner) => self
                .subject_before(owner.items.start)
                .or_else(|| self.speaker())
                .or_else(|| Some(owner.party.to_string())),
            None => self.subject_before(key),
        }
    }

    /// The last subject before `key` that is neither inside an aside nor told to do something.
    fn subject_before(&self, key: usize) -> Option<String> {
        let (mut at, mut told) = (key, None);
        while let Some(before) = at.checked_sub(1) {
            at = self.aside(before).unwrap_or(before);
            match self.subject_at(at) {
                Some(Subject::Party(i)) => {
                    let first = self.actors.get(self.first_joined(i));
                    let party = first.map(|a| a.party.to_string());
                    if !self.has(at + 1, self.grammar.to) && self.word(at + 1) != "until" {
                        return party;
                    }
                    told = told.or(party);
                }
                Some(Subject::First) => return self.speaker(),
                Some(Subject::Third) => return self.antecedent(at).or_else(|| self.named(at)),
                Some(Subject::Who) => return self.before(at),
                None => {
                    if let Some(body) = self.body(at, key) {
                        return Some(body.to_owned());
                    }
                }
            }
        }
        told.filter(|_| self.name.is_none())
    }

    /// The party behind "by": "talks were ruled out by Norway".
    fn agent(&self, key: usize) -> Option<&Actor<'_>> {
        let by = self.stance_at(key)?.end;
        let passive = key.checked_sub(1).is_some_and(|i| self.has(i, self.grammar.be));
        let next = self.actors.partition_point(|a| a.items.start < by);
        let near = self.actors.get(next).filter(|a| a.items.start < by + 4);
        near.filter(|_| passive && self.has(by, self.grammar.by))
    }

    /// True for "offer" where it is a noun.
    pub(super) fn is_offer(&self, at: usize) -> bool {
        let noun = at.checked_sub(1).is_some_and(|i| self.has(i, self.grammar.adjective));
        self.has(at, self.grammar.proposal) && (noun || self.owner(at).is_some())
    }

    /// Whose the thing at `at` is: "Norway's new offer".
    fn owner(&self, at: usize) -> Option<&Actor<'_>> {
        let next = self.actors.partition_point(|a| a.items.end <= at);
        let last = self.actors.get(next.checked_sub(1)?)?;
        let plain = |i| self.items.get(i).is_some_and(|t: &Item| t.is_word() && self.is_plain(i));
        (last.possessive && at - last.items.end < 3 && (last.items.end..at).all(plain)).then_some(last)
    }

    /// The first item of the aside between commas that ends at `end`: a relative clause, or the apposition of a party.
    fn aside(&self, end: usize) -> Option<usize> {
        if !self.is_comma(end) {
            return None;
        }
        let mut said = false;
        for i in (end.saturating_sub(ASIDE)..end).rev() {
            if self.items.get(i).is_none_or(|t| t.kind == TokenKind::Stop) {
                return None;
            }
            if self.is_comma(i) {
                if self.opens_aside(i) {
                    return Some(i);
                } else if said {
                    return None;
                }
            }
            said |= self.has(i, self.grammar.say);
        }
        None
    }

    fn opens_aside(&self, comma: usize) -> bool {
        let relative = self.has(comma + 1, self.grammar.relative) && !self.is_comma(comma + 2);
        relative || self.has(comma + 1, self.grammar.article) && self.ends_party(comma)
    }

    fn word(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |i| i.span.of(self.text))
    }

    fn is_comma(&self, at: usize) -> bool {
        self.word(at) == ","
    }

    /// True if a party's name, and not as a possessor, ends before `at`.
    fn ends_party(&self, at: usize) -> bool {
        let i = self.actors.partition_point(|a| a.items.end < at);
        self.actors.get(i).is_some_and(|a| a.items.end == at && !a.possessive)
    }

    /// The subject whose last item is `at`.
    pub(super) fn subject_at(&self, at: usize) -> Option<Subject> {
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
    pub(super) fn is_object(&self, actor: &Actor<'_>) -> bool {
        let start = actor.items.start;
        let reach = if self.joined(start) { 6 } else { 3 };
        let object = (start.saturating_sub(reach)..start).rev().find(|&i| self.has(i, self.grammar.object));
        object.is_some_and(|i| {
            let before = |classes| i.checked_sub(1).is_some_and(|of| self.has(of, classes));
            // "Officials in Tehran" speak for Tehran.
            let people = i + 1 == start && before(self.grammar.people);
            // "Was told by Tehran".
            let teller = self.has(i, self.grammar.by) && before(self.grammar.told);
            let plain = |j| self.items.get(j).is_some_and(|t: &Item| t.is_word() && !t.has(self.grammar.say));
            !people && !teller && (i + 1..start).all(plain)
        })
    }

    /// True if "and" or "or" stands before the party, with or without an article.
    fn joined(&self, start: usize) -> bool {
        (start.saturating_sub(2)..start).any(|i| self.has(i, self.grammar.and))
    }

    /// The first of the joint subjects whose last is actor `last`: "Norway's envoy, Chad and Denmark".
    fn first_joined(&self, last: usize) -> usize {
        let mut first = last;
        while let Some(before) = first.checked_sub(1)
            && self.joins(before, first, first == last)
        {
            first = before;
        }
        let faction = self.actors.get(last).is_some_and(|a| FACTIONS.contains(&a.party.as_ref()));
        if first < last && !faction && self.begins_clause(first) { first } else { last }
    }

    /// True if nothing but "and", or a comma before those `last` joined, and what is the first one's stands between two actors.
    fn joins(&self, one: usize, other: usize, last: bool) -> bool {
        let (Some(one), Some(other)) = (self.actors.get(one), self.actors.get(other)) else { return false };
        let gap = one.items.end..other.items.start;
        let link = |i: usize| self.is_comma(i) || self.has(i, self.grammar.and);
        let small = |i: usize| link(i) || self.has(i, self.grammar.article | self.grammar.people);
        let own = |i: usize| one.possessive && self.is_plain(i);
        let linked = gap.clone().any(|i| self.has(i, self.grammar.and) || !last && self.is_comma(i));
        gap.len() < 6 && linked && gap.clone().all(|i| small(i) || own(i))
    }

    /// True for a word that is none of the table's, or only says what a noun is.
    fn is_plain(&self, at: usize) -> bool {
        let Grammar { adjective, office, outsider, .. } = self.grammar;
        let noun = adjective | office | outsider;
        let bare = self.items.get(at).is_some_and(|t| t.is_word() && t.classes & !noun == 0);
        bare && self.stance_at(at).is_none()
    }

    /// True if the party begins its clause, but for articles, names and titles.
    fn begins_clause(&self, actor: usize) -> bool {
        let start = self.actors.get(actor).map_or(0, |a| a.items.start);
        let small = |i: &Item| i.is_capital(self.text) || i.has(self.grammar.article);
        let inside = self.items.get(..start).unwrap_or_default();
        let before = inside.iter().rev().take(6).find(|i| !i.is_word() || !small(i));
        before.is_none_or(|i| {
            !i.is_word() || i.has(self.grammar.say) || matches!(i.span.of(self.text), "that" | "of")
        })
    }

    /// The party named last before `at`.
    fn before(&self, at: usize) -> Option<String> {
        self.actors.iter().take_while(|a| a.items.end <= at).last().map(|a| a.party.to_string())
    }

    /// The speaker's own name, if that may be a body's and "it" at `at` takes a stance on talks: "Brekke Steel said it would
    /// not talk".
    fn named(&self, at: usize) -> Option<String> {
        let mut behind = at + 1..self.items.len();
        let verb = behind.find(|&i| !self.has(i, self.grammar.auxiliary))?;
        let acts = self.stance_at(verb).is_some() || self.has(verb, self.grammar.talk);
        let name = self.name.filter(|name| is_body(name))?;
        (self.has(at, self.grammar.it) && acts).then(|| name.to_owned())
    }
}

/// True for a name that is no person's, as far as it tells: of one word, or of a company.
fn is_body(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let alone = last.len() == name.len();
    name.starts_with(char::is_uppercase) && (alone && !is_first_name(name) || is_company(last))
}
