//! The frame of a word of talking: the predicates that govern it, their negation, tense and subject, and the
//! conditions in its sentence. A shallow parse by cue classes: no grammar, one pass a question.

use super::cues::CueSet;
use super::facet::{Answers, Facet, Holder, INFINITIVE, OTHER_VERB, Reads, SIMPLE_PAST, TALKS, Voice};
use super::reading::{NAME, Unit};
use super::roles::Roles;

/// Words this far from a word of talking no longer belong to it.
const REACH: usize = 12;

/// Governors are sought this far after a word of talking.
const AFTER: usize = 12;

/// Finds the frames of one text.
#[derive(Clone, Copy, Debug)]
pub struct Frames<'a> {
    roles: &'a Roles,
    units: &'a [Unit],
}

/// The predicates over one word of talking.
#[derive(Clone, Copy, Debug, Default)]
struct Chain {
    /// The class of the nearest, and where it stands.
    inner: Option<(usize, CueSet)>,
    /// The class of the one that governs it.
    outer: Option<(usize, CueSet)>,
    /// Where the subject stands.
    subject: Option<usize>,
    /// Who stands between.
    object: Option<usize>,
    /// True if a verb without a class is nearest.
    other_verb: bool,
    /// True if the word of talking comes before its predicate.
    after: bool,
}

impl Chain {
    fn classes(&self) -> CueSet {
        self.inner.map_or(0, |(_, c)| c) | self.outer.map_or(0, |(_, c)| c)
    }

    /// Where the outermost predicate stands.
    fn top(&self) -> Option<usize> {
        self.outer.or(self.inner).map(|(at, _)| at)
    }
}

impl<'a> Frames<'a> {
    /// Frames of the text with these words.
    #[must_use]
    pub const fn new(roles: &'a Roles, units: &'a [Unit]) -> Self {
        Self { roles, units }
    }

    /// The frames of all words of talking, in text order.
    pub fn find(&self, frames: &mut Vec<Answers>) {
        frames.clear();
        for (at, unit) in self.units.iter().enumerate() {
            if unit.classes & self.roles.talk != 0 && !self.leads_to_talks(at, unit) {
                frames.push(self.frame(at, unit));
            }
        }
        let count = frames.len();
        for (i, frame) in frames.iter_mut().enumerate() {
            let order = match (i, count) {
                (_, 1) => 0,
                (0, _) => 1,
                _ if i + 1 == count => 3,
                _ => 2,
            };
            frame.set(Facet::Order, order);
        }
    }

    /// True for a word of meeting or contact that a word of talks follows: that one's frame has it as predicate.
    fn leads_to_talks(&self, at: usize, unit: &Unit) -> bool {
        let proper = self.roles.proper;
        unit.classes & proper == 0
            && unit.classes & self.roles.governor != 0
            && (at + 1..at + 6)
                .filter_map(|i| self.units.get(i))
                .any(|u| u.clause == unit.clause && u.classes & proper != 0)
    }

    /// The frames of predicates that stand in a clause without any word of talking.
    pub fn find_loose(&self, frames: &mut Vec<Answers>) {
        frames.clear();
        let mut clause = None;
        for (at, unit) in self.units.iter().enumerate() {
            if clause != Some(unit.clause) && unit.classes & self.roles.loose != 0 {
                let rest = self.units.get(self.clause_start(at, unit.clause)..).unwrap_or_default();
                let mut own = rest.iter().take_while(|u| u.clause == unit.clause);
                if own.all(|u| u.classes & self.roles.talk == 0) {
                    frames.push(self.frame(at, unit));
                }
                clause = Some(unit.clause);
            }
        }
    }

    fn classes(&self, at: usize) -> CueSet {
        self.units.get(at).map_or(0, |u| u.classes)
    }

    fn frame(&self, at: usize, talk: &Unit) -> Answers {
        let start = self.scope(at, talk);
        let chain = self.chain(at, talk, start);
        let mut answers = Answers::default();
        answers.set(Facet::Talk, class(talk.classes & self.roles.talk));
        self.predicates(at, &chain, &mut answers);
        let tense = self.tense(at, &chain, start);
        answers.set(Facet::Tense, tense);
        let nominal = chain.top().and_then(|i| self.units.get(i)).is_some_and(|u| u.nominal);
        answers.set(Facet::Nominal, u8::from(nominal));
        let relative = (start..at).any(|i| self.classes(i) & self.roles.question & self.roles.that != 0);
        answers.set(Facet::Relative, u8::from(relative));
        let negations = self.negations(at, &chain, start);
        answers.set(Facet::Negated, negations % 2);
        answers.set(Facet::Polarity, self.polarity(&chain, negations, tense));
        self.persons(at, talk, &chain, &mut answers);
        self.surroundings(at, talk, &mut answers);
        self.context(at, talk, &mut answers);
        let stance = self.reads(&chain, &answers);
        answers.set(Facet::Stance, stance as u8);
        answers
    }

    /// Where the words begin that may govern the word of talking: its clause, and the one before where the clause
    /// has neither predicate nor subject and does not begin with a connective.
    fn scope(&self, at: usize, talk: &Unit) -> usize {
        let roles = self.roles;
        let mut start = self.clause_start(at, talk.clause);
        let telling = roles.governor | roles.tense | roles.subject | roles.connective | roles.contrast;
        for _ in 0..2 {
            let own = self.units.get(start..at).unwrap_or_default();
            let Some(before) = start.checked_sub(1).and_then(|i| self.units.get(i)) else { break };
            if before.sentence != talk.sentence || own.iter().any(|u| u.classes & telling != 0) {
                break;
            }
            start = self.clause_start(start - 1, before.clause);
        }
        start.max(at.saturating_sub(REACH))
    }

    fn clause_start(&self, at: usize, clause: u32) -> usize {
        self.units.get(..at).unwrap_or_default().iter().rposition(|u| u.clause != clause).map_or(0, |i| i + 1)
    }

    fn chain(&self, at: usize, talk: &Unit, start: usize) -> Chain {
        let roles = self.roles;
        let mut chain = Chain::default();
        if talk.classes & roles.governor != 0 {
            chain.inner = Some((at, lowest(talk.classes & roles.governor)));
        }
        let mut joined = false;
        for i in (start..at).rev() {
            let Some(unit) = self.units.get(i) else { break };
            joined |= roles.and.contains(&unit.key) && chain.inner.is_some_and(|(p, _)| p - i <= 2);
            if unit.classes & roles.governor != 0 && joined {
                continue;
            }
            if unit.classes & roles.governor != 0 {
                let found = Some((i, lowest(unit.classes & roles.governor)));
                if chain.inner.is_none() {
                    chain.inner = found;
                } else {
                    chain.outer = found;
                    chain.subject = None;
                    break;
                }
            } else if unit.classes & roles.nominative != 0 {
                chain.subject = Some(i);
                break;
            } else if unit.classes & (roles.say | roles.that) != 0 {
                break;
            } else if unit.classes & roles.subject != 0 {
                if chain.inner.is_some() {
                    chain.subject = chain.subject.or(Some(i));
                } else {
                    chain.object = chain.object.or(Some(i));
                }
            } else if unit.verb && unit.classes == 0 && chain.inner.is_none() {
                chain.other_verb = true;
                break;
            }
        }
        if chain.outer.is_some() && chain.subject.is_none() {
            chain.object = chain.object.or(self.subject_between(&chain, at));
        }
        self.follow(at, talk, &mut chain);
        chain.subject = self.subject(at, talk, start, &chain);
        chain
    }

    /// Who stands between the outer predicate and the inner one.
    fn subject_between(&self, chain: &Chain, at: usize) -> Option<usize> {
        let (outer, inner) = (chain.outer?.0, chain.inner.map_or(at, |(i, _)| i));
        (outer + 1..inner).find(|&i| self.classes(i) & self.roles.subject != 0)
    }

    /// A predicate after the word of talking: the outer one where a tense comes between, else the inner one of a
    /// word that has none.
    fn follow(&self, at: usize, talk: &Unit, chain: &mut Chain) {
        let roles = self.roles;
        let mut tense = false;
        for i in at + 1..=at + AFTER {
            let Some(unit) = self.units.get(i).filter(|u| u.clause == talk.clause) else { break };
            let alone =
                chain.inner.is_none() && i - at <= 4 && (unit.past || unit.classes & roles.adverse != 0);
            if unit.classes & roles.governor != 0 && (tense || alone) {
                let found = Some((i, lowest(unit.classes & roles.governor)));
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

    fn predicates(&self, at: usize, chain: &Chain, answers: &mut Answers) {
        let governor = if chain.other_verb { OTHER_VERB } else { chain.inner.map_or(0, |(_, c)| class(c)) };
        answers.set(Facet::Governor, governor);
        answers.set(Facet::Outer, chain.outer.map_or(0, |(_, c)| class(c)));
        let side = match chain.inner {
            None => 0,
            Some((i, _)) if i == at => 1,
            Some((i, _)) if i > at => 5,
            Some((i, _)) => match at - i {
                0..=3 => 2,
                4..=6 => 3,
                _ => 4,
            },
        };
        answers.set(Facet::Side, side);
    }

    /// The tense or modality nearest to the subject of the outermost predicate.
    fn tense(&self, at: usize, chain: &Chain, start: usize) -> u8 {
        let roles = self.roles;
        let top = chain.top().unwrap_or(at);
        let from = if chain.after {
            at + 1
        } else {
            chain.subject.filter(|s| (start..top).contains(s)).unwrap_or(start)
        };
        let found = (from..=top).find(|&i| self.classes(i) & roles.tense != 0);
        if let Some(i) = found {
            return class(lowest(self.classes(i) & roles.tense));
        }
        let before = top.checked_sub(1).and_then(|i| self.units.get(i));
        if before.is_some_and(|u| u.key == roles.to) {
            INFINITIVE
        } else if self.units.get(top).is_some_and(|u| u.past) {
            SIMPLE_PAST
        } else {
            0
        }
    }

    fn negations(&self, at: usize, chain: &Chain, start: usize) -> u8 {
        let end = chain.top().unwrap_or(at).max(at);
        let from = match chain.subject {
            Some(s) if s >= start && s < at => s.saturating_sub(2).max(start),
            _ => start,
        };
        let stop = |i: &usize| self.classes(*i) & (self.roles.that | self.roles.say) != 0;
        let from = (from..at).rev().find(stop).map_or(from, |i| i + 1);
        let run = self.units.get(from..=end).unwrap_or_default();
        u8::try_from(run.iter().filter(|u| u.classes & self.roles.negation != 0).count()).unwrap_or(0)
    }

    /// 1 for talks, 2 against them, 0 where nothing says.
    fn polarity(&self, chain: &Chain, negations: u8, tense: u8) -> u8 {
        let adverse =
            |p: Option<(usize, CueSet)>| u8::from(p.is_some_and(|(_, c)| c & self.roles.adverse != 0));
        let turns = negations + adverse(chain.inner) + adverse(chain.outer);
        if chain.inner.is_none() && negations == 0 && tense == 0 { 0 } else { 1 + turns % 2 }
    }

    fn persons(&self, at: usize, talk: &Unit, chain: &Chain, answers: &mut Answers) {
        let person = |i: Option<usize>| i.map_or(0, |i| self.person(i));
        let subject = if chain.after { TALKS } else { person(chain.subject) };
        answers.set(Facet::Subject, subject);
        answers.set(Facet::Object, person(chain.object));
        let sayer = self.sayer(at, talk);
        answers.set(Facet::Sayer, person(sayer));
        answers.set(Facet::Voice, self.voice(talk, chain, sayer) as u8);
        let holder = match chain.subject.map_or(0, |i| self.classes(i)) {
            _ if chain.after => Holder::Nobody,
            0 => Holder::Nobody,
            c if c & self.roles.outsider != 0 => Holder::Outsider,
            c if c & self.roles.first != 0 => Holder::First,
            c if c & self.roles.both != 0 => Holder::Both,
            c if c & self.roles.pronoun != 0 => Holder::Pronoun,
            _ => Holder::Party,
        };
        answers.set(Facet::Holder, holder as u8);
    }

    /// Whose words the frame is in, and whether they are about the speaker.
    fn voice(&self, talk: &Unit, chain: &Chain, sayer: Option<usize>) -> Voice {
        let subject = chain.subject.map_or(0, |i| self.classes(i));
        let first = subject & self.roles.first != 0;
        match (sayer, talk.quoted) {
            _ if chain.after => Voice::Talks,
            (_, true) if first => Voice::OwnQuoted,
            (_, true) => Voice::OtherQuoted,
            (Some(_), false) if first => Voice::Own,
            (Some(s), false) if chain.subject == Some(s) => Voice::Sayer,
            (Some(_), false) if subject & self.roles.nominative != 0 => Voice::OwnReported,
            (Some(_), false) if subject == 0 => Voice::Reported,
            (Some(_), false) => Voice::OtherReported,
            (None, false) if first => Voice::Own,
            (None, false) => Voice::Narrated,
        }
    }

    /// The class of person at unit `i`; one who speaks for no party comes first.
    fn person(&self, i: usize) -> u8 {
        let classes = self.classes(i) & self.roles.subject;
        let outsider = classes & self.roles.outsider;
        class(if outsider == 0 { lowest(classes) } else { outsider })
    }

    /// The subject of the nearest verb of saying in the sentence.
    fn sayer(&self, at: usize, talk: &Unit) -> Option<usize> {
        let roles = self.roles;
        let same = |i: &usize| self.units.get(*i).is_some_and(|u| u.sentence == talk.sentence);
        let says = |i: &usize| self.classes(*i) & roles.say != 0;
        let before = (0..at).rev().take_while(same).find(says);
        let say = before.or_else(|| (at + 1..self.units.len()).take_while(same).find(says))?;
        let is = |i: &usize| self.classes(*i) & roles.subject != 0;
        let left = (say.saturating_sub(6)..say).rev().take_while(same).find(is);
        left.or_else(|| (say + 1..say + 6).take_while(same).find(is))
    }

    /// Condition, requirement and time in the sentence.
    fn surroundings(&self, at: usize, talk: &Unit, answers: &mut Answers) {
        let roles = self.roles;
        let mut best: Option<(u32, usize, u8, u8)> = None;
        for (i, unit) in self.sentence(talk) {
            let found = unit.classes & roles.connective;
            if found != 0 {
                let place = if unit.clause == talk.clause {
                    2
                } else if i < at {
                    1
                } else {
                    3
                };
                let rank = (lowest(found).trailing_zeros(), i.abs_diff(at), class(lowest(found)), place);
                best = Some(best.map_or(rank, |b| b.min(rank)));
            }
            if unit.classes & roles.requirement != 0 {
                answers.set(Facet::Required, 1);
            }
            if unit.classes & roles.blame != 0 {
                answers.set(Facet::Blame, 1);
            }
            if unit.classes & roles.assembly != 0 {
                answers.set(Facet::Assembly, 1);
            }
            if unit.classes & roles.domestic != 0 {
                answers.set(Facet::Domestic, 1);
            }
            if unit.year {
                answers.set(Facet::Year, 1);
            }
            if unit.classes & roles.aside != 0 {
                answers.set(Facet::Aside, 1);
            }
            if unit.classes & roles.outsider != 0 {
                answers.set(Facet::Bystander, 1);
            }
            if unit.classes & roles.unbound != 0 {
                answers.set(Facet::Unbound, 1);
            }
            if unit.clause == talk.clause && unit.classes & roles.time != 0 {
                answers.set(Facet::Time, class(lowest(unit.classes & roles.time)));
            }
            if unit.clause == talk.clause && unit.classes & roles.channel != 0 {
                answers.set(Facet::Channel, class(lowest(unit.classes & roles.channel)));
            }
            if i < at && unit.classes & roles.contrast != 0 {
                answers.set(Facet::Contrasted, 1);
            }
        }
        if let Some((_, _, connective, place)) = best {
            answers.set(Facet::Connective, connective);
            answers.set(Facet::Place, place);
        }
    }

    /// The units of the sentence of a word of talking, with their places.
    fn sentence(&self, talk: &Unit) -> impl Iterator<Item = (usize, &Unit)> {
        let sentence = talk.sentence;
        let first = self.units.partition_point(|u| u.sentence < sentence);
        self.units.iter().enumerate().skip(first).take_while(move |(_, u)| u.sentence == sentence)
    }

    fn context(&self, at: usize, talk: &Unit, answers: &mut Answers) {
        let roles = self.roles;
        answers.set(Facet::Quoted, u8::from(talk.quoted));
        let before = (at.saturating_sub(4)..at).rev().find_map(|i| {
            let unit = self.units.get(i)?;
            let found = roles.before.iter().position(|&word| word == unit.key).map(|p| p + 1);
            let class = match unit.classes {
                c if c & roles.amid != 0 => Some(15),
                c if c & roles.negation != 0 => Some(16),
                _ => None,
            };
            class.or(found)
        });
        let after = match self.units.get(at + 1).filter(|u| u.clause == talk.clause) {
            None => 11,
            Some(unit) if unit.classes == NAME => 10,
            Some(unit) => roles.after.iter().position(|&word| word == unit.key).map_or(0, |p| p + 1),
        };
        answers.set(Facet::After, u8::try_from(after).unwrap_or(0));
        answers.set(Facet::Before, before.and_then(|b| u8::try_from(b).ok()).unwrap_or(0));
    }

    /// What the frame amounts to.
    fn reads(&self, chain: &Chain, answers: &Answers) -> Reads {
        let (roles, classes) = (self.roles, chain.classes());
        let has = |set: CueSet| classes & set != 0;
        let against = answers.get(Facet::Polarity) == 2;
        match () {
            () if has(roles.mediate) => Reads::Mediated,
            () if has(roles.undecided) => Reads::Undecided,
            () if has(roles.think) => Reads::Claimed,
            () if has(roles.urge) => Reads::Urged,
            () if has(roles.breaking) && against => Reads::Broken,
            () if has(roles.adverse) && against => Reads::Refusing,
            () if has(roles.adverse) => Reads::Willing,
            () if has(roles.happen) => Reads::Happened,
            () if against && has(roles.plan) => Reads::Undecided,
            () if against => self.denied(answers.get(Facet::Tense)),
            () if has(roles.hope) => Reads::Hoped,
            () if has(roles.plan) => Reads::Planned,
            () if has(roles.favourable & !roles.enter) => Reads::Willing,
            () => self.bare(answers.get(Facet::Tense)),
        }
    }

    /// A negation without an adverse predicate: of what has not happened, or of what shall not.
    fn denied(&self, tense: u8) -> Reads {
        if tense == SIMPLE_PAST || tense == self.roles.past_tense || tense == self.roles.perfect_tense {
            Reads::Happened
        } else {
            Reads::Refusing
        }
    }

    /// No predicate: the tense says what there is to say.
    fn bare(&self, tense: u8) -> Reads {
        let roles = self.roles;
        match tense {
            t if t == roles.future_tense => Reads::Planned,
            t if t == roles.should_tense => Reads::Obliged,
            t if t == roles.can_tense || t == roles.would_tense => Reads::Possible,
            t if t == roles.past_tense || t == roles.perfect_tense || t == SIMPLE_PAST => Reads::Happened,
            _ => Reads::Mentioned,
        }
    }
}

/// The class of a set that stands first in the table.
pub const fn lowest(set: CueSet) -> CueSet {
    set & set.wrapping_neg()
}

/// The number of a class, plus 1; 0 for none.
pub const fn class(set: CueSet) -> u8 {
    if set == 0 { 0 } else { set.trailing_zeros() as u8 + 1 }
}
