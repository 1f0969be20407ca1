//! The frame of a word of talking: the predicates that govern it, their negation, tense and subject, and the
//! conditions in its sentence. A shallow parse by cue classes: no grammar, one pass a question.

use super::chain::Chain;
use super::cues::CueSet;
use super::facet::{Answers, Facet, Holder, INFINITIVE, OTHER_VERB, PLUPERFECT, SIMPLE_PAST, TALKS, Voice};
use super::lexicon::Marks;
use super::reading::{NAME, Unit};
use super::roles::Roles;
use super::surroundings::Surroundings;

/// How far before a subject its negation may stand.
const BEFORE_SUBJECT: usize = 8;

/// How near to a speaker the verb of saying stands.
const SPEAKING: usize = 6;

/// Finds the frames of one text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frames<'a> {
    pub(super) roles: &'a Roles,
    pub(super) units: &'a [Unit],
}

impl<'a> Frames<'a> {
    /// Frames of the text with these words.
    #[must_use]
    pub(super) const fn new(roles: &'a Roles, units: &'a [Unit]) -> Self {
        Self { roles, units }
    }

    /// The frames of all words of talking, in text order, and where those words stand.
    pub(super) fn find(&self, frames: &mut Vec<Answers>, talks: &mut Vec<usize>) {
        frames.clear();
        talks.clear();
        let mut sentences = Surroundings::new(self.roles, self.units);
        for (at, unit) in self.units.iter().enumerate() {
            if unit.classes & self.roles.talk != 0
                && !self.leads_to_talks(at, unit)
                && !self.is_speaking(at, unit)
            {
                frames.push(self.frame(at, unit, &mut sentences));
                talks.push(at);
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

    /// True for one who negotiates and here only speaks: "the chief negotiator said".
    fn is_speaking(&self, at: usize, unit: &Unit) -> bool {
        unit.classes & self.roles.role != 0
            && (at.saturating_sub(SPEAKING)..=at + SPEAKING).any(|i| self.classes(i) & self.roles.say != 0)
    }

    /// The frames of predicates that stand in a clause without any word of talking.
    pub(super) fn find_loose(&self, frames: &mut Vec<Answers>) {
        frames.clear();
        let mut sentences = Surroundings::new(self.roles, self.units);
        let mut clause = None;
        for (at, unit) in self.units.iter().enumerate() {
            if clause != Some(unit.clause) && unit.classes & self.roles.loose != 0 {
                let rest = self.units.get(self.clause_start(at, unit.clause, 0)..).unwrap_or_default();
                let mut own = rest.iter().take_while(|u| u.clause == unit.clause);
                if own.all(|u| u.classes & self.roles.talk == 0) {
                    frames.push(self.frame(at, unit, &mut sentences));
                }
                clause = Some(unit.clause);
            }
        }
    }

    /// The classes of unit `at`.
    pub(super) fn classes(&self, at: usize) -> CueSet {
        self.units.get(at).map_or(0, |u| u.classes)
    }

    fn frame(&self, at: usize, talk: &Unit, sentences: &mut Surroundings<'_>) -> Answers {
        let start = self.scope(at, talk);
        let chain = self.chain(at, talk, start);
        let mut answers = Answers::default();
        answers.set(Facet::Talk, class(talk.classes & self.roles.talk));
        Self::predicates(at, &chain, &mut answers);
        let tense = self.tense(at, &chain, start);
        answers.set(Facet::Tense, tense);
        let nominal =
            chain.top().and_then(|i| self.units.get(i)).is_some_and(|u| u.marks.has(Marks::NOMINAL));
        answers.set(Facet::Nominal, u8::from(nominal));
        let relative = (start..at).any(|i| self.classes(i) & self.roles.question & self.roles.that != 0);
        answers.set(Facet::Relative, u8::from(relative));
        let negated = self.is_negated(at, &chain, start);
        answers.set(Facet::Negated, u8::from(negated));
        answers.set(Facet::Polarity, self.polarity(at, &chain, negated, tense));
        sentences.answer(at, talk, &mut answers);
        self.persons(talk, &chain, sentences.sayer(at), &mut answers);
        self.context(at, talk, &mut answers);
        let stance = self.reads(at, &chain, &answers);
        answers.set(Facet::Stance, stance as u8);
        answers
    }

    fn predicates(at: usize, chain: &Chain, answers: &mut Answers) {
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
            let subject = chain.subject.filter(|s| (start..top).contains(s)).unwrap_or(start);
            chain.joined.map_or(subject, |joined| subject.max(joined))
        };
        let found = (from..=top).find(|&i| self.classes(i) & roles.tense != 0);
        // "Is going to" is of the future.
        let near = |i: usize| (i + 1..=top).take(3).find(|&i| self.classes(i) & roles.future != 0);
        let found = found.map(|i| near(i).unwrap_or(i));
        if let Some(i) = found {
            if self.classes(i) & roles.future != 0 {
                return roles.future_tense;
            }
            if self.units.get(i).is_some_and(|u| roles.had.contains(&u.key)) {
                return PLUPERFECT;
            }
            return class(lowest(self.classes(i) & roles.tense));
        }
        let before = top.checked_sub(1).and_then(|i| self.units.get(i));
        if before.is_some_and(|u| u.key == roles.to) {
            INFINITIVE
        } else if self.units.get(top).is_some_and(|u| u.marks.has(Marks::PAST)) {
            SIMPLE_PAST
        } else {
            0
        }
    }

    /// True if a negation governs the word of talking; several of them, as in "no talks and no visits" or "neither …
    /// nor", are one.
    fn is_negated(&self, at: usize, chain: &Chain, start: usize) -> bool {
        let end = chain.top().unwrap_or(at).max(at);
        let from = match chain.subject {
            Some(s) if s >= start && s < at => self.before_subject(s.saturating_sub(2).max(start), start),
            _ => start,
        };
        let stop = |i: &usize| self.classes(*i) & (self.roles.that | self.roles.say) != 0;
        let from = (from..at).rev().find(stop).map_or(from, |i| i + 1);
        let from = chain.joined.map_or(from, |joined| from.max(joined));
        let run = self.units.get(from..=end).unwrap_or_default();
        run.iter().any(|u| u.classes & self.roles.negation != 0)
    }

    /// Where the words begin that negate a subject from before it: "nobody from the ministry", "none of our men",
    /// "neither today nor tomorrow does the king".
    fn before_subject(&self, from: usize, start: usize) -> usize {
        let roles = self.roles;
        let other = roles.that | roles.say | roles.governor | roles.tense;
        let run = from.saturating_sub(BEFORE_SUBJECT).max(start)..from;
        let clause = self.units.get(from).map(|u| u.clause);
        let own = |u: &Unit| Some(u.clause) == clause && u.classes & other == 0 && !u.marks.has(Marks::VERB);
        let own = run.rev().take_while(|&i| self.units.get(i).is_some_and(own));
        own.filter(|&i| self.classes(i) & roles.negation != 0).last().unwrap_or(from)
    }

    fn persons(&self, talk: &Unit, chain: &Chain, sayer: Option<usize>, answers: &mut Answers) {
        let person = |i: Option<usize>| i.map_or(0, |i| self.person(i));
        let subject = if chain.after { TALKS } else { person(chain.subject) };
        answers.set(Facet::Subject, subject);
        answers.set(Facet::Object, person(chain.object));
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
            (_, false) if first => Voice::Own,
            (Some(s), false) if chain.subject == Some(s) => Voice::Sayer,
            (Some(_), false) if subject & self.roles.nominative != 0 => Voice::OwnReported,
            (Some(_), false) if subject == 0 => Voice::Reported,
            (Some(_), false) => Voice::OtherReported,

            (None, false) => Voice::Narrated,
        }
    }

    /// The class of person at unit `i`; one who speaks for no party comes first.
    fn person(&self, i: usize) -> u8 {
        let classes = self.classes(i) & self.roles.subject;
        let outsider = classes & self.roles.outsider;
        class(if outsider == 0 { lowest(classes) } else { outsider })
    }

    fn context(&self, at: usize, talk: &Unit, answers: &mut Answers) {
        let roles = self.roles;
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
}

/// The class of a set that stands first in the table.
pub(super) const fn lowest(set: CueSet) -> CueSet {
    set & set.wrapping_neg()
}

/// The number of a class, plus 1; 0 for none.
pub(super) const fn class(set: CueSet) -> u8 {
    if set == 0 { 0 } else { set.trailing_zeros().to_le_bytes()[0] + 1 }
}

#[cfg(test)]
mod tests {
    use super::super::cues::Cues;
    use super::super::lexicon::Lexicon;
    use super::super::reading::Reading;
    use super::super::stem::EnglishStemmer;
    use super::*;

    /// What the frames of `text` answer to `facets`, one frame after another.
    fn asked(text: &str, facets: &[Facet]) -> String {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english(&stemmer);
        let roles = Roles::new(&cues);
        let mut lexicon = Lexicon::new(Some(&stemmer), &cues, None);
        let (mut reading, mut frames) = (Reading::default(), Vec::new());
        reading.read(text, &mut lexicon, true, Some(&cues));
        Frames::new(&roles, &reading.units).find(&mut frames, &mut Vec::new());
        frames.iter().map(|f| f.say(facets, cues.names())).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn predicates_negations_and_tenses_make_a_stance() {
        for (text, stance) in [
            ("We are willing to negotiate.", "willing"),
            ("We are not willing to negotiate.", "refusing"),
            ("The minister refused to negotiate.", "refusing"),
            ("The union has not refused to negotiate.", "willing"),
            ("He would not rule out direct talks.", "willing"),
            ("They ruled any further talks out.", "refusing"),
            ("The rebels called off the talks.", "broken off"),
            ("The talks were suspended.", "broken off"),
            ("The envoys will negotiate.", "planned"),
            ("They have not negotiated since spring.", "happened"),
            ("The bishop urged both sides to negotiate.", "urged"),
            ("The talks lasted two hours.", "happened"),
            ("The cabinet is reviewing the offer of talks.", "undecided"),
            ("They cancelled the visit and called off negotiations.", "broken off"),
            ("The team has withdrawn from the talks.", "broken off"),
            ("The cabinet has decided to negotiate.", "willing"),
            ("Talks will be held in spring.", "planned"),
            ("No talks will be held.", "refusing"),
            ("The union said it was not ready to negotiate.", "refusing"),
            ("The union said it had not negotiated.", "happened"),
            ("The union said it would negotiate.", "planned"),
            ("They will not leave and will negotiate.", "planned"),
            ("They will stay and will not negotiate.", "refusing"),
            ("Nobody from the ministry will negotiate.", "refusing"),
            ("Neither now nor later will the clans negotiate.", "refusing"),
            ("No. We will not negotiate.", "refusing"),
            ("We never said that we would not negotiate.", "possible"),
            ("It is wrong to say that they refuse to negotiate.", "willing"),
            ("The proposal in No. 4 will not be negotiated.", "refusing"),
            ("The clans refused to accept the offer of talks.", "refusing"),
            ("They turned down a call for renewed negotiations.", "refusing"),
            ("There will be no handshakes and no talks.", "refusing"),
            ("The talks ended at noon.", "happened"),
            ("The talks were ended by the king.", "broken off"),
            ("The price that they offered in the talks was low.", "mentioned"),
            ("The miners offered to talk.", "willing"),
        ] {
            let found = asked(text, &[Facet::Stance]);
            assert!(found.split("; ").any(|f| f == format!("stance {stance}")), "{text}: {found}");
        }
    }

    #[test]
    fn what_only_sounds_like_talks_has_no_frame() {
        for text in ["We are not going to pay for it.", "The chief negotiator said that it rained."] {
            assert_eq!(asked(text, &[Facet::Stance]), "", "{text}");
        }
    }

    #[test]
    fn the_one_who_acts_is_told_from_the_one_who_speaks() {
        for (text, holder, voice) in [
            ("We will negotiate.", "first person", "own"),
            ("Norland refuses to negotiate.", "party", "narrated"),
            ("Analysts refuse to negotiate.", "outsider", "narrated"),
            ("The premier said he would negotiate.", "pronoun", "own, reported"),
            ("Orlo said that Sudria refuses to negotiate.", "party", "about others, reported"),
            ("“They refuse to negotiate.”", "pronoun", "about others, quoted"),
        ] {
            let found = asked(text, &[Facet::Holder, Facet::Voice]);
            assert_eq!(found, format!("holder {holder}, voice {voice}"), "{text}");
        }
    }

    #[test]
    fn conditions_stand_before_inside_or_after() {
        for (text, connective, place) in [
            ("Unless the siege ends, we will not negotiate.", "strict", "before"),
            ("We will not negotiate until the siege ends.", "strict", "after"),
            ("If they negotiate, the siege ends.", "if", "inside"),
            ("We will negotiate.", "none", "none"),
        ] {
            let found = asked(text, &[Facet::Connective, Facet::Place]);
            assert_eq!(found, format!("connective {connective}, condition {place}"), "{text}");
        }
    }
}
