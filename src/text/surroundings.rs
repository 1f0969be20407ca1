//! What the sentence around a word of talking says: who says it, and on what condition.
//!
//! A sentence without full stops may hold a word of talking in every place, so none of them reads the sentence for
//! itself: what is the same for all is read once a sentence, and the nearest places are followed from left to right.

use super::cues::{CueSet, class, lowest};
use super::roles::Roles;
use super::unit::Unit;

/// How far from a verb of saying the one who says is looked for.
const SAYER: usize = 6;

/// The sentences of one text, asked about words of talking from left to right.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    roles: &'a Roles,
    units: &'a [Unit],
    sentence: Sentence,
    connectives: Nearest,
    says: Nearest,
}

/// What is the same for every word of one sentence.
#[derive(Clone, Copy, Debug)]
struct Sentence {
    first: usize,
    end: usize,
    /// The strongest class of connective.
    connective: CueSet,
}

impl<'a> Surroundings<'a> {
    pub(super) const fn new(roles: &'a Roles, units: &'a [Unit]) -> Self {
        let sentence = Sentence { first: 0, end: 0, connective: 0 };
        Self { roles, units, sentence, connectives: Nearest::from(0), says: Nearest::from(0) }
    }

    /// Goes to the sentence of the word of talking at `at`; words are asked about in text order.
    pub(super) fn go_to(&mut self, at: usize, talk: &Unit) {
        if at >= self.sentence.end {
            self.enter(talk.sentence);
        }
    }

    /// The subject of the verb of saying that is nearest to `at` in its sentence: before it, or else behind it.
    pub(super) fn sayer(&mut self, at: usize) -> Option<usize> {
        let Sentence { first, end, .. } = self.sentence;
        let (roles, units) = (self.roles, self.units);
        let is = |i: usize, set: CueSet| units.get(i).is_some_and(|u| u.classes & set != 0);
        let (before, here) = self.says.around(at, end, |i| is(i, roles.say));
        // Only the first verb of saying of a sentence has none before it, so this reads a sentence once.
        let say = before.or_else(|| (here?.max(at + 1)..end).find(|&i| is(i, roles.say)))?;
        let left = (say.saturating_sub(SAYER).max(first)..say).rev().find(|&i| is(i, roles.subject));
        left.or_else(|| (say + 1..(say + SAYER).min(end)).find(|&i| is(i, roles.subject)))
    }

    /// Reads sentence `number`.
    fn enter(&mut self, number: u32) {
        let roles = self.roles;
        let first = self.units.partition_point(|u| u.sentence < number);
        let mut sentence = Sentence { first, end: first, connective: 0 };
        for (i, unit) in self.units.iter().enumerate().skip(first).take_while(|(_, u)| u.sentence == number) {
            let strongest = lowest(unit.classes & roles.connective);
            if strongest != 0 && (sentence.connective == 0 || strongest < sentence.connective) {
                sentence.connective = strongest;
            }
            sentence.end = i + 1;
        }
        (self.sentence, self.connectives, self.says) = (sentence, Nearest::from(first), Nearest::from(first));
    }

    /// The strongest connective of the sentence, and whether the nearest of its class is in the clause of `talk`.
    pub(super) fn connective(&mut self, at: usize, talk: &Unit) -> (u8, bool) {
        let (roles, units) = (self.roles, self.units);
        let strongest = self.sentence.connective;
        if strongest == 0 {
            return (0, false);
        }
        let is = |i: usize| units.get(i).is_some_and(|u| lowest(u.classes & roles.connective) == strongest);
        let (before, behind) = self.connectives.around(at, self.sentence.end, is);
        let near = before.into_iter().chain(behind).min_by_key(|i| i.abs_diff(at));
        let near = near.and_then(|i| units.get(i));
        (class(strongest), near.is_some_and(|unit| unit.clause == talk.clause))
    }
}

/// Follows the places nearest to ascending positions: all questions together pass the units once.
#[derive(Clone, Copy, Debug)]
struct Nearest {
    before: Option<usize>,
    behind: Option<usize>,
    /// The first unit not read.
    next: usize,
}

impl Nearest {
    const fn from(first: usize) -> Self {
        Self { before: None, behind: None, next: first }
    }

    /// The last place before `at` and the first at or behind it for which `holds` is true, of those before `end`.
    fn around(
        &mut self,
        at: usize,
        end: usize,
        holds: impl Fn(usize) -> bool,
    ) -> (Option<usize>, Option<usize>) {
        while self.behind.is_none_or(|found| found < at) {
            self.before = self.behind.or(self.before);
            self.behind = (self.next..end).find(|&i| holds(i));
            self.next = self.behind.map_or(end, |i| i + 1);
            if self.behind.is_none() {
                break;
            }
        }
        (self.before, self.behind)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn the_nearest_places_are_found_from_left_to_right() {
        let marked = [1, 2, 6];
        let mut nearest = Nearest::from(0);
        let found: Vec<_> = (0..8).map(|at| nearest.around(at, 8, |i| marked.contains(&i))).collect();
        let expect = |at: usize| {
            let before = marked.iter().copied().filter(|&m| m < at).max();
            (before, marked.iter().copied().find(|&m| m >= at))
        };
        assert_eq!(found, (0..8).map(expect).collect::<Vec<_>>());
    }

    #[test]
    fn all_questions_together_read_every_unit_once() {
        for every in [1, 7, 5000] {
            let read = Cell::new(0);
            let mut nearest = Nearest::from(0);
            for at in 0..5000 {
                nearest.around(at, 5000, |i| {
                    read.set(read.get() + 1);
                    i % every == 1
                });
            }
            assert!(read.get() <= 5000, "{} for {every}", read.get());
        }
    }
}
