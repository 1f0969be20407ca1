//! The cue classes by the part they play in a frame.

use super::cues::{CueSet, Cues};
use super::frame::class;
use super::key::key;
use super::reading::NAME;

/// Sets of classes, looked up once.
#[derive(Clone, Copy, Debug)]
pub struct Roles {
    /// Words of talking and meeting.
    pub talk: CueSet,
    /// Predicates that can govern them.
    pub governor: CueSet,
    /// Predicates that turn a stance round.
    pub adverse: CueSet,
    /// Predicates in favour of what they govern.
    pub favourable: CueSet,
    /// Negations.
    pub negation: CueSet,
    /// Tense and modality.
    pub tense: CueSet,
    /// Who acts.
    pub subject: CueSet,
    /// Pronouns that are subjects and never objects.
    pub nominative: CueSet,
    /// Connectives of condition and time.
    pub connective: CueSet,
    /// Words of requirement.
    pub requirement: CueSet,
    /// "Without preconditions" and the like.
    pub unbound: CueSet,
    /// Verbs of saying.
    pub say: CueSet,
    /// What begins a clause of its own after a verb of saying.
    pub that: CueSet,
    /// Prepositions of time.
    pub amid: CueSet,
    /// Times past and to come.
    pub time: CueSet,
    /// Contrast.
    pub contrast: CueSet,
    /// Direct and indirect talks.
    pub channel: CueSet,
    /// Who speaks for no party.
    pub outsider: CueSet,
    /// Who acts in the first person.
    pub first: CueSet,
    /// Words of questions.
    pub question: CueSet,
    /// "Only" and its kin.
    pub only: CueSet,
    /// Pronouns of the second and third person.
    pub pronoun: CueSet,
    /// Several parties at once.
    pub both: CueSet,
    /// Predicates of one kind each.
    pub mediate: CueSet,
    /// "Review", "decide".
    pub undecided: CueSet,
    /// "Believe", "accuse".
    pub think: CueSet,
    /// "Urge", "call on".
    pub urge: CueSet,
    /// "Call off", "suspend".
    pub breaking: CueSet,
    /// "Took place", "collapsed".
    pub happen: CueSet,
    /// "Hope", "want".
    pub hope: CueSet,
    /// "Hold", "attend".
    pub enter: CueSet,
    /// Predicates that say something of talks though no word of talking is near.
    pub loose: CueSet,
    /// "Plan", "schedule".
    pub plan: CueSet,
    /// Press conduct and other talk that is no negotiation.
    pub aside: CueSet,
    /// Words of accusation.
    pub blame: CueSet,
    /// Words of assembly speeches.
    pub assembly: CueSet,
    /// Words of law-making, courts and trade.
    pub domestic: CueSet,
    /// The tenses as values of a facet.
    pub future_tense: u8,
    /// "Would".
    pub would_tense: u8,
    /// "Can", "may".
    pub can_tense: u8,
    /// "Must", "should".
    pub should_tense: u8,
    /// "Had", "was".
    pub past_tense: u8,
    /// "Has", "have".
    pub perfect_tense: u8,
    /// The word "to".
    pub to: u64,
    /// The words "and" and "or".
    pub and: [u64; 2],
    /// Words of talks themselves, apart from meetings and contacts.
    pub proper: CueSet,
    /// Words before a word of talking, in the order of the values of their facet.
    pub before: [u64; 14],
    /// Words after a word of talking, in the order of the values of their facet.
    pub after: [u64; 9],
}

impl Roles {
    /// Looks the classes up by their names.
    #[must_use]
    pub fn new(cues: &Cues) -> Self {
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
            favourable: cues.set(&favourable),
            negation: cues.set(&["neg"]),
            tense: cues.set(&["future", "would", "can", "should", "past", "perfect", "present"]),
            subject,
            nominative: cues.set(&["nominative"]),
            connective: cues.set(&["strict", "if", "when", "without"]),
            requirement: cues.set(&["require"]),
            unbound: cues.set(&["unbound"]),
            say: cues.set(&["say"]),
            that: cues.set(&["that"]),
            amid: cues.set(&["amid"]),
            time: cues.set(&["ago", "soon"]),
            contrast: cues.set(&["contrast"]),
            channel: cues.set(&["indirect", "direct"]),
            outsider: cues.set(&["outsider"]),
            first: cues.set(&["first"]),
            question: cues.set(&["question"]),
            only: cues.set(&["only"]),
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
            loose: cues.set(&["ready", "offer", "accept", "resume", "refuse", "break", "futile", "urge"]),
            plan: cues.set(&["plan"]),
            blame: cues.set(&["blame"]),
            assembly: cues.set(&["assembly"]),
            domestic: cues.set(&["domestic"]),
            aside: cues.set(&["aside"]),
            future_tense: class(cues.set(&["future"])),
            would_tense: class(cues.set(&["would"])),
            can_tense: class(cues.set(&["can"])),
            should_tense: class(cues.set(&["should"])),
            past_tense: class(cues.set(&["past"])),
            perfect_tense: class(cues.set(&["perfect"])),
            to: key("to"),
            and: ["and", "or"].map(key),
            proper: cues.set(&["talk", "discuss"]),
            after: ["with", "on", "about", "over", "between", "in", "to", "and", "that"].map(key),
            before: [
                "to", "of", "for", "the", "a", "ani", "further", "new", "these", "this", "such", "peac",
                "their", "more",
            ]
            .map(key),
        }
    }
}
