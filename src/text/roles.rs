//! The cue classes by the part they play in a frame.

use super::cues::{CueSet, Cues, NAME, class};
use super::key::key;

/// Sets of classes, looked up once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roles {
    /// Words of talking and meeting.
    pub(super) talk: CueSet,
    /// Predicates that can govern them.
    pub(super) governor: CueSet,
    /// Predicates that turn a stance round.
    pub(super) adverse: CueSet,
    /// Predicates that have the last word over two others: "refused to accept the offer of talks".
    pub(super) over: CueSet,
    /// What is done in talks as often as it is done about them.
    pub(super) said_in: CueSet,
    /// Predicates in favour of what they govern.
    pub(super) favourable: CueSet,
    /// Negations.
    pub(super) negation: CueSet,
    /// Tense and modality.
    pub(super) tense: CueSet,
    /// Who acts.
    pub(super) subject: CueSet,
    /// Pronouns that are subjects and never objects.
    pub(super) nominative: CueSet,
    /// Connectives of condition and time.
    pub(super) connective: CueSet,
    /// Verbs of saying.
    pub(super) say: CueSet,
    /// What begins a clause of its own after a verb of saying.
    pub(super) that: CueSet,
    /// "Willing", "open".
    pub(super) ready: CueSet,
    /// Contrast.
    pub(super) contrast: CueSet,
    /// "Only", "strictly".
    pub(super) only: CueSet,
    /// Direct and indirect talks.
    pub(super) channel: CueSet,
    pub(super) role: CueSet,
    /// Who speaks for no party.
    pub(super) outsider: CueSet,
    /// Who acts in the first person.
    pub(super) first: CueSet,
    /// Pronouns of the second and third person.
    pub(super) pronoun: CueSet,
    /// Several parties at once.
    pub(super) both: CueSet,
    /// Predicates of one kind each.
    pub(super) mediate: CueSet,
    /// "Review", "decide".
    pub(super) undecided: CueSet,
    /// "Believe", "accuse".
    pub(super) think: CueSet,
    /// "Urge", "call on".
    pub(super) urge: CueSet,
    /// "Call off", "suspend".
    pub(super) breaking: CueSet,
    /// "Took place", "collapsed".
    pub(super) happen: CueSet,
    /// "Hope", "want".
    pub(super) hope: CueSet,
    /// "Hold", "attend".
    pub(super) enter: CueSet,
    /// "Plan", "schedule".
    pub(super) plan: CueSet,
    /// "Will", "going to".
    pub(super) future: CueSet,
    /// The tenses as values of a facet.
    pub(super) future_tense: u8,
    /// "Would".
    pub(super) would_tense: u8,
    /// "Can", "may".
    pub(super) can_tense: u8,
    /// "Must", "should".
    pub(super) should_tense: u8,
    /// "Had", "was".
    pub(super) past_tense: u8,
    /// "Has", "have".
    pub(super) perfect_tense: u8,
    /// The word "to".
    pub(super) to: u64,
    /// Articles and possessives, as stems: "its" is "it".
    pub(super) determiners: [u64; 9],
    /// Words before a noun phrase without a verb.
    pub(super) attributed: [u64; 20],
    /// Words that deny what is said behind them.
    pub(super) untrue: [u64; 5],
    /// "Had", alone and negated.
    pub(super) had: [u64; 2],
    /// The words "and" and "or".
    pub(super) and: [u64; 2],
    /// Words of talks themselves, apart from meetings and contacts.
    pub(super) proper: CueSet,
    /// Prepositions before a word of talking, and those of them that make it a place or a time.
    pub(super) links: [u64; 14],
    pub(super) inside: [u64; 3],
}

impl Roles {
    /// Looks the classes up by their names.
    #[must_use]
    pub(super) fn new(cues: &Cues) -> Self {
        let favourable = ["ready", "offer", "accept", "support", "resume", "enter", "plan", "hope", "urge"];
        let adverse = ["refuse", "break", "futile"];
        let neutral = ["think", "happen", "mediate", "undecided"];
        let governor = cues.set(&favourable) | cues.set(&adverse) | cues.set(&neutral);
        let subject =
            cues.set(&["first", "second", "he", "they", "it", "both", "role", "body", "outsider"]) | NAME;
        Self {
            talk: cues.set(&["talk", "discuss", "meet", "contact"]),
            governor,
            adverse: cues.set(&adverse),
            over: cues.set(&["refuse", "break", "urge", "undecided"]),
            said_in: cues.set(&["offer", "accept", "urge", "hope"]),
            favourable: cues.set(&favourable),
            negation: cues.set(&["neg"]),
            tense: cues.set(&["future", "would", "can", "should", "past", "perfect", "present"]),
            subject,
            nominative: cues.set(&["nominative"]),
            connective: cues.set(&["strict", "if", "when", "without"]),
            say: cues.set(&["say"]),
            that: cues.set(&["that"]),
            ready: cues.set(&["ready"]),
            contrast: cues.set(&["contrast", "turn"]),
            only: cues.set(&["only", "strict"]),
            channel: cues.set(&["indirect", "direct"]),
            role: cues.set(&["role"]),
            outsider: cues.set(&["outsider"]),
            first: cues.set(&["first"]),
            pronoun: cues.set(&["second", "he", "they", "it"]),
            both: cues.set(&["both"]),
            mediate: cues.set(&["mediate"]),
            undecided: cues.set(&["undecided"]),
            think: cues.set(&["think"]),
            urge: cues.set(&["urge"]),
            breaking: cues.set(&["break"]),
            happen: cues.set(&["happen"]),
            hope: cues.set(&["hope"]),
            enter: cues.set(&["enter"]),
            plan: cues.set(&["plan"]),
            future: cues.set(&["future"]),
            future_tense: class(cues.set(&["future"])),
            would_tense: class(cues.set(&["would"])),
            can_tense: class(cues.set(&["can"])),
            should_tense: class(cues.set(&["should"])),
            past_tense: class(cues.set(&["past"])),
            perfect_tense: class(cues.set(&["perfect"])),
            to: key("to"),
            determiners: ["the", "a", "an", "it", "their", "his", "her", "our", "of"].map(key),
            attributed: [
                "the", "a", "an", "it", "their", "his", "her", "our", "of", "for", "to", "in", "with", "on",
                "about", "ani", "no", "at", "from", "these",
            ]
            .map(key),
            untrue: ["wrong", "untru", "fals", "never", "nobodi"].map(key),
            had: ["had", "hadn't"].map(key),
            and: ["and", "or"].map(key),
            proper: cues.set(&["talk", "discuss"]),
            links: [
                "in", "at", "dure", "to", "for", "on", "with", "about", "of", "from", "into", "through",
                "by", "over",
            ]
            .map(key),
            inside: ["in", "at", "dure"].map(key),
        }
    }
}
