//! What a frame amounts to: its predicates, polarity and tense taken together.

use super::cues::CueSet;
use super::facet::{PLUPERFECT, Reads, SIMPLE_PAST, Voice};
use super::frame::{Chain, Frames};

/// How far before a predicate the words stand that deny it.
const DENIAL: usize = 8;

/// A preposition stands this far before its word of talking.
const BETWEEN: usize = 5;

impl Frames<'_> {
    /// True if predicates and negations together are against talks.
    pub(super) fn is_against(&self, at: usize, chain: &Chain, negated: bool) -> bool {
        let adverse =
            |p: Option<(usize, CueSet)>| u8::from(p.is_some_and(|(_, c)| c & self.roles.adverse != 0));
        let same = chain.after || chain.inner.map(|p| p.1) == chain.outer.map(|p| p.1);
        let both = adverse(chain.inner) + adverse(chain.outer);
        let turns = u8::from(negated) + if same { both.min(1) } else { both };
        turns % 2 == 1 && !self.is_denied(at, chain)
    }

    /// True if the clause is inside one that says it is not so: "it is wrong to say that", "we never said".
    fn is_denied(&self, at: usize, chain: &Chain) -> bool {
        let roles = self.roles;
        let sentence = self.units.get(at).map(|u| u.sentence);
        let top = chain.top().unwrap_or(at).min(at);
        let here = |i: &usize| self.units.get(*i).is_some_and(|u| Some(u.sentence) == sentence);
        let mut before = (top.saturating_sub(DENIAL)..top).rev().take_while(here);
        let Some(says) = before.find(|&i| self.classes(i) & (roles.that | roles.say) != 0) else {
            return false;
        };
        let above = (says.saturating_sub(DENIAL)..says).rev().take_while(here);
        above.filter_map(|i| self.units.get(i)).any(|u| roles.untrue.contains(&u.key))
    }

    /// What the frame amounts to.
    pub(super) fn reads(&self, at: usize, chain: &Chain, against: bool, tense: u8, voice: Voice) -> Reads {
        let (roles, classes) = (self.roles, chain.classes());
        let has = |set: CueSet| classes & set != 0;
        match () {
            () if has(roles.mediate) => Reads::Mediated,
            () if has(roles.undecided) && !has(roles.ready) => Reads::Undecided,
            () if self.is_setting(at, chain) => Reads::Mentioned,
            () if has(roles.think) => Reads::Claimed,
            () if has(roles.urge) => Reads::Urged,
            () if has(roles.breaking) && against => Reads::Broken,
            () if has(roles.adverse) && against => Reads::Refusing,
            () if has(roles.adverse) => Reads::Willing,
            () if has(roles.happen) => self.held(tense, against),
            () if against && has(roles.plan) => Reads::Undecided,
            () if against && has(roles.ready) => Reads::Refusing,
            () if against => self.denied(tense, voice),
            () if has(roles.hope) => Reads::Hoped,
            () if has(roles.plan) => Reads::Planned,
            () if has(roles.favourable & !roles.enter) => Reads::Willing,
            () => self.bare(tense, voice),
        }
    }

    /// True if the talks at `at` are only where something is offered, agreed or asked for: "the price that they
    /// offered in the talks".
    fn is_setting(&self, at: usize, chain: &Chain) -> bool {
        let Some((from, _)) = chain.inner.filter(|&(_, c)| !chain.after && c & self.roles.said_in != 0)
        else {
            return false;
        };
        let between = self.units.get(from + 1..at).unwrap_or_default().iter().rev().take(BETWEEN);
        let mut links = between.filter(|u| self.roles.links.contains(&u.key));
        links.next().is_some_and(|u| self.roles.inside.contains(&u.key))
    }

    /// Talks that take place: they are planned or ruled out as long as they are to come.
    fn held(&self, tense: u8, against: bool) -> Reads {
        if tense != self.roles.future_tense && tense != self.roles.would_tense {
            Reads::Happened
        } else if against {
            Reads::Refusing
        } else {
            Reads::Planned
        }
    }

    /// A negation without an adverse predicate: of what has not happened, or of what shall not.
    fn denied(&self, tense: u8, voice: Voice) -> Reads {
        if self.is_over(tense, voice) { Reads::Happened } else { Reads::Refusing }
    }

    /// No predicate: the tense says what there is to say.
    fn bare(&self, tense: u8, voice: Voice) -> Reads {
        let roles = self.roles;
        match tense {
            t if t == roles.future_tense || t == roles.would_tense && is_reported(voice) => Reads::Planned,
            t if t == roles.should_tense => Reads::Obliged,
            t if t == roles.can_tense || t == roles.would_tense => Reads::Possible,
            _ if self.is_over(tense, voice) => Reads::Happened,
            _ => Reads::Mentioned,
        }
    }

    /// True if the tense is of the past. Reported words are moved one step back ("she said it was"), so that "was"
    /// tells of the present there.
    fn is_over(&self, tense: u8, voice: Voice) -> bool {
        let roles = self.roles;
        match tense {
            t if t == roles.past_tense => !is_reported(voice),
            t => t == roles.perfect_tense || t == SIMPLE_PAST || t == PLUPERFECT,
        }
    }
}

/// True for words that somebody is said to have said.
const fn is_reported(voice: Voice) -> bool {
    matches!(voice, Voice::Sayer | Voice::OwnReported | Voice::Reported | Voice::OtherReported)
}
