//! The frame of a word of talking: the predicates that govern it, their negation, tense and subject, and the
//! conditions in its sentence. A shallow parse by cue classes: no grammar, one pass a question.

use super::cues::{CueSet, class, lowest};
use super::facet::{Frame, Holder, INFINITIVE, PLUPERFECT, SIMPLE_PAST, Voice};
use super::lexicon::Marks;
use super::roles::Roles;
use super::surroundings::Surroundings;
use super::unit::Unit;

/// How far before a subject its negation may stand.
const BEFORE_SUBJECT: usize = 8;

/// How near to a speaker the verb of saying stands.
const SPEAKING: usize = 6;

/// The predicates over one word of talking.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chain {
    /// The class of the nearest, and where it stands.
    pub(super) inner: Option<(usize, CueSet)>,
    /// The class of the one that governs it.
    pub(super) outer: Option<(usize, CueSet)>,
    /// Where the subject stands.
    pub(super) subject: Option<usize>,
    /// The class of a participle that only describes the word of talking, and where it stands: "the suspended talks".
    pub(super) attribute: Option<(usize, CueSet)>,
    /// True if the word of talking comes before its predicate.
    pub(super) after: bool,
    /// Where the predicate begins that "and" joins to another of the same subject: "will stay and will not talk".
    pub(super) joined: Option<usize>,
}

impl Chain {
    /// The classes of both predicates.
    pub(super) fn classes(&self) -> CueSet {
        self.inner.map_or(0, |(_, c)| c) | self.outer.map_or(0, |(_, c)| c)
    }

    /// Where the outermost predicate stands.
    pub(super) fn top(&self) -> Option<usize> {
        self.outer.or(self.inner).map(|(at, _)| at)
    }
}

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
    pub(super) fn find(&self, frames: &mut Vec<Frame>, talks: &mut Vec<usize>) {
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

    /// The classes of unit `at`.
    pub(super) fn classes(&self, at: usize) -> CueSet {
        self.units.get(at).map_or(0, |u| u.classes)
    }

    fn frame(&self, at: usize, talk: &Unit, sentences: &mut Surroundings<'_>) -> Frame {
        let start = self.scope(at, talk);
        let chain = self.chain(at, talk, start);
        let tense = self.tense(at, &chain, start);
        let against = self.is_against(at, &chain, self.is_negated(at, &chain, start));
        sentences.go_to(at, talk);
        let (connective, conditional) = sentences.connective(at, talk);
        let voice = self.voice(talk, &chain, sentences.sayer(at));
        let stance = self.reads(at, &chain, against, tense, voice);
        Frame { stance, holder: self.holder(&chain), tense, connective, conditional, voice }
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

    fn holder(&self, chain: &Chain) -> Holder {
        match chain.subject.map_or(0, |i| self.classes(i)) {
            _ if chain.after => Holder::Nobody,
            0 => Holder::Nobody,
            c if c & self.roles.outsider != 0 => Holder::Outsider,
            c if c & self.roles.first != 0 => Holder::First,
            c if c & self.roles.both != 0 => Holder::Both,
            c if c & self.roles.pronoun != 0 => Holder::Pronoun,
            _ => Holder::Party,
        }
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
}

#[cfg(test)]
mod tests {
    use super::super::cues::Cues;
    use super::super::facet::Facet;
    use super::super::lexicon::Lexicon;
    use super::super::reading::Reading;
    use super::super::stem::EnglishStemmer;
    use super::*;

    /// What `say` says of the frames of `text`, one frame after another.
    fn asked(text: &str, say: impl Fn(&Frame, &[String]) -> String) -> String {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english();
        let roles = Roles::new(&cues);
        let mut lexicon = Lexicon::new(Some(&stemmer), &cues, None);
        let (mut reading, mut frames) = (Reading::default(), Vec::new());
        reading.read(text, &mut lexicon, true, Some(&cues));
        Frames::new(&roles, &reading.units).find(&mut frames, &mut Vec::new());
        frames.iter().map(|f| say(f, cues.names())).collect::<Vec<_>>().join("; ")
    }

    fn stances(text: &str) -> String {
        asked(text, |frame, _| frame.stance.name().to_owned())
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
            let found = stances(text);
            assert!(found.split("; ").any(|f| f == stance), "{text}: {found}");
        }
    }

    #[test]
    fn tenses_are_told_by_auxiliaries_and_endings() {
        for (text, tense) in [
            ("The minister refused to negotiate.", "simple past"),
            ("The minister will negotiate.", "future"),
            ("The minister is going to negotiate.", "future"),
            ("The minister had negotiated.", "pluperfect"),
            ("The minister has negotiated.", "perfect"),
            ("The minister would negotiate.", "would"),
            ("To negotiate is wise.", "infinitive"),
            ("No negotiations.", "none"),
        ] {
            assert_eq!(
                asked(text, |f, names| f.say(Facet::Tense, names)),
                format!("tense {tense}"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_only_sounds_like_talks_has_no_frame() {
        for text in ["We are not going to pay for it.", "The chief negotiator said that it rained."] {
            assert_eq!(stances(text), "", "{text}");
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
            let said = |f: &Frame, names: &[String]| {
                [Facet::Holder, Facet::Voice].map(|facet| f.say(facet, names)).join(", ")
            };
            let found = asked(text, said);
            assert_eq!(found, format!("holder {holder}, voice {voice}"), "{text}");
        }
    }

    #[test]
    fn a_condition_is_of_the_talks_or_of_what_follows_from_them() {
        for (text, connective, conditional) in [
            ("Unless the siege ends, we will not negotiate.", "strict", false),
            ("We will not negotiate until the siege ends.", "strict", false),
            ("If they negotiate, the siege ends.", "if", true),
            ("We will negotiate.", "none", false),
        ] {
            let said = |f: &Frame, names: &[String]| {
                format!("{}, inside {}", f.say(Facet::Connective, names), f.conditional)
            };
            let found = asked(text, said);
            assert_eq!(found, format!("connective {connective}, inside {conditional}"), "{text}");
        }
    }
}
