//! The chain of predicates over a word of talking: the nearest, the one that governs that one, and who acts.

use super::cues::{CueSet, lowest};
use super::frame::{Chain, Frames};
use super::lexicon::Marks;
use super::unit::Unit;

/// Words this far from a word of talking no longer belong to it.
const REACH: usize = 12;

/// Governors are sought this far after a word of talking.
const AFTER: usize = 12;

/// A third predicate stands this far before the second.
const OVER: usize = 4;

impl Frames<'_> {
    /// Where the words begin that may govern the word of talking: its clause, and the one before where the clause
    /// has neither predicate nor subject and does not begin with a connective.
    pub(super) fn scope(&self, at: usize, talk: &Unit) -> usize {
        let roles = self.roles;
        // Nothing before this belongs to it, so nothing before this is read.
        let least = at.saturating_sub(REACH);
        let mut start = self.clause_start(at, talk.clause, least);
        let telling = roles.governor | roles.tense | roles.subject | roles.connective | roles.contrast;
        for _ in 0..2 {
            if start <= least {
                break;
            }
            let own = self.units.get(start..at).unwrap_or_default();
            let Some(before) = start.checked_sub(1).and_then(|i| self.units.get(i)) else { break };
            if before.sentence != talk.sentence || own.iter().any(|u| u.classes & telling != 0) {
                break;
            }
            start = self.clause_start(start - 1, before.clause, least);
        }
        start
    }

    /// The first unit, from `least` on, of the clause that unit `at` stands in.
    fn clause_start(&self, at: usize, clause: u32, least: usize) -> usize {
        let before = self.units.get(least..at).unwrap_or_default();
        before.iter().rposition(|u| u.clause != clause).map_or(least, |i| least + i + 1)
    }

    /// The predicates over a word of talking, sought leftwards from it, then rightwards.
    pub(super) fn chain(&self, at: usize, talk: &Unit, start: usize) -> Chain {
        let roles = self.roles;
        let mut chain = Chain::default();
        if talk.classes & roles.governor != 0 {
            chain.inner = Some((at, lowest(talk.classes & roles.governor)));
        }
        self.governors(start, at, &mut chain);
        if chain.inner.is_none() {
            chain.inner = chain.attribute;
        }
        self.follow(at, talk, &mut chain);
        chain.subject = self.subject(at, talk, start, &chain);
        chain
    }

    /// The predicates before a word of talking, the nearest first; one beyond "and" or "or" governs nothing here.
    fn governors(&self, start: usize, at: usize, chain: &mut Chain) {
        let roles = self.roles;
        let mut joined = false;
        let mut tense = false;
        for (i, unit) in self.units.iter().enumerate().take(at).skip(start).rev() {
            if roles.and.contains(&unit.key) {
                joined |= tense || chain.inner.is_some_and(|(p, _)| p - i <= 2);
                if tense && chain.joined.is_none() {
                    chain.joined = Some(i);
                }
            }
            tense |= unit.classes & roles.tense != 0;
            if unit.classes & roles.governor != 0 {
                if !joined && self.govern(i, unit, at, chain) {
                    return;
                }
            } else if unit.classes & roles.nominative != 0 {
                chain.subject = Some(i);
                return;
            } else if unit.classes & (roles.say | roles.that) != 0 {
                return;
            } else if unit.classes & roles.subject != 0 {
                if chain.inner.is_some() {
                    chain.subject = chain.subject.or(Some(i));
                }
            } else if unit.marks.has(Marks::PAST)
                && unit.classes == 0
                && chain.inner.is_none()
                && !joined
                && i + 1 < at
            {
                return;
            }
        }
    }

    /// Takes the predicate at unit `i` into the chain; true if none is to be sought beyond it.
    fn govern(&self, i: usize, unit: &Unit, at: usize, chain: &mut Chain) -> bool {
        let found = Some((i, lowest(unit.classes & self.roles.governor)));
        if i + 1 == at && self.is_attribute(i) {
            chain.attribute = found;
        } else if let Some((outer, _)) = chain.outer {
            if unit.classes & self.roles.over != 0 && outer - i <= OVER {
                (chain.outer, chain.subject) = (found, None);
            }
            return true;
        } else if chain.inner.is_some() {
            (chain.outer, chain.subject) = (found, None);
        } else {
            chain.inner = found;
        }
        false
    }

    /// True if the participle at unit `i` describes the word behind it: "the suspended talks", "for renewed talks".
    fn is_attribute(&self, i: usize) -> bool {
        let describes = self.units.get(i).is_some_and(|u| u.marks.has(Marks::PAST));
        let before = i.checked_sub(1).and_then(|i| self.units.get(i));
        describes && before.is_some_and(|u| self.roles.attributed.contains(&u.key))
    }

    /// A predicate after the word of talking: the outer one where a tense comes between, else the inner one of a
    /// word that has none.
    fn follow(&self, at: usize, talk: &Unit, chain: &mut Chain) {
        let roles = self.roles;
        let mut tense = false;
        for i in at + 1..=at + AFTER {
            let Some(unit) = self.units.get(i).filter(|u| u.clause == talk.clause) else { break };
            if chain.inner.is_some() && roles.and.contains(&unit.key) && self.is_predicate(i + 1) {
                return;
            }
            let determined = self.units.get(i - 1).is_some_and(|u| roles.determiners.contains(&u.key));
            let alone = chain.inner.is_none()
                && i - at <= 4
                && !determined
                && (unit.marks.has(Marks::PAST) || unit.classes & roles.adverse != 0);
            if unit.classes & roles.governor != 0 && (tense || alone) {
                let found = Some((i, self.predicate_behind(i, unit)));
                if chain.inner.is_none() {
                    chain.inner = found;
                } else {
                    chain.outer = found;
                }
                chain.after = true;
                return;
            }
            if unit.classes & (roles.say | roles.that | roles.nominative) != 0 {
                return;
            }
            tense |= unit.classes & roles.tense != 0;
        }
    }

    /// The class of a predicate behind its subject. What "ended" by itself was not ended by anybody.
    fn predicate_behind(&self, i: usize, unit: &Unit) -> CueSet {
        let roles = self.roles;
        let by_itself = i.checked_sub(1).is_none_or(|i| self.classes(i) & roles.tense == 0);
        if by_itself && unit.classes & roles.happen != 0 {
            return roles.happen;
        }
        lowest(unit.classes & roles.governor)
    }

    /// True if a predicate of the same subject as the one before may begin at unit `i`.
    fn is_predicate(&self, i: usize) -> bool {
        let begins = self.roles.tense | self.roles.governor | self.roles.pronoun | self.roles.first;
        let verb = |u: &Unit| u.classes & begins != 0 || u.marks.has(Marks::VERB);
        self.units.get(i).is_some_and(verb)
    }

    /// The subject of the outermost predicate: the nearest before it, in its clause or else in its sentence.
    fn subject(&self, at: usize, talk: &Unit, start: usize, chain: &Chain) -> Option<usize> {
        if chain.after {
            return None;
        }
        let top = chain.top().unwrap_or(at).min(at);
        let is = |&i: &usize| self.classes(i) & self.roles.subject != 0;
        let here = (start..top).rev().find(is);
        let earlier = || {
            let first = start.saturating_sub(REACH);
            let same = |i: &usize| self.units.get(*i).is_some_and(|u| u.sentence == talk.sentence);
            (first..start).rev().take_while(same).find(is)
        };
        here.or_else(|| chain.subject.filter(|&s| s < at)).or_else(earlier)
    }
}
