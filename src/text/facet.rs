//! Facets: the small closed questions about a frame whose answers become features, alone and together.

use super::key::join;

/// A question about a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Facet {
    /// The class of the word of talking.
    Talk,
    /// The predicate nearest to it.
    Governor,
    /// The predicate that governs that one.
    Outer,
    /// Where the predicate stands.
    Side,
    /// Whether the predicates and negations together favour talks.
    Polarity,
    /// Whether a negation is in the clause.
    Negated,
    /// Tense or modality of the outermost predicate.
    Tense,
    /// Who acts.
    Subject,
    /// Who stands between the outer predicate and the word of talking.
    Object,
    /// The connective of condition or time that is nearest.
    Connective,
    /// Where that connective's clause stands.
    Place,
    /// Whether the sentence has a word of requirement.
    Required,
    /// Whether the sentence says "without preconditions".
    Unbound,
    /// Who is said to say it.
    Sayer,
    /// Whether it follows a contrast.
    Contrasted,
    /// Whether other frames come before and after.
    Order,
    /// The word of time in the clause.
    Time,
    /// Direct or indirect.
    Channel,
    /// What stands right before the word of talking and its determiners.
    Before,
    /// Whether the sentence speaks of the press and the like.
    Aside,
    /// Whether one who speaks for no party is in the sentence.
    Bystander,
    /// What follows the word of talking.
    After,
    /// Whose words the frame is in.
    Voice,
    /// Whether the predicate is a noun.
    Nominal,
    /// Whether the predicate is in a relative clause.
    Relative,
    /// Whether the sentence accuses.
    Blame,
    /// Whether it sounds like a speech to an assembly.
    Assembly,
    /// Whether it speaks of law-making, courts or trade.
    Domestic,
    /// Whether it names a year.
    Year,
    /// Whether another clause of the sentence says what must be done.
    Demanded,
    /// What the frame amounts to.
    Stance,
    /// Who holds it.
    Holder,
}

/// How the values of a facet are said.
#[derive(Clone, Copy)]
enum Values {
    /// The number of a cue class, plus 1.
    Class,
    /// One of these.
    Words(&'static [&'static str]),
}

impl Facet {
    /// The number of facets.
    pub(super) const COUNT: usize = Self::Holder as usize + 1;

    const fn values(self) -> (&'static str, Values) {
        use Values::{Class, Words};
        const NO_YES: Values = Words(&["no", "yes"]);
        match self {
            Self::Talk => ("", Class),
            Self::Governor => ("governor", Class),
            Self::Outer => ("under", Class),
            Self::Side => ("governor is", Words(&["none", "same word", "close", "near", "far", "after"])),
            Self::Polarity => ("polarity", Words(&["none", "for", "against"])),
            Self::Negated => ("negated", NO_YES),
            Self::Tense => ("tense", Class),
            Self::Subject => ("subject", Class),
            Self::Object => ("object", Class),
            Self::Connective => ("connective", Class),
            Self::Place => ("condition", Words(&["none", "before", "inside", "after"])),
            Self::Required => ("requirement", NO_YES),
            Self::Unbound => ("without preconditions", NO_YES),
            Self::Sayer => ("said by", Class),
            Self::Contrasted => ("after but", NO_YES),
            Self::Order => ("frame", Words(&["only", "first", "middle", "last"])),
            Self::Time => ("time", Class),
            Self::Channel => ("channel", Class),
            Self::Before => (
                "after word",
                Words(&[
                    "other", "to", "of", "for", "the", "a", "any", "further", "new", "these", "this", "such",
                    "peace", "their", "more", "time", "no",
                ]),
            ),
            Self::Aside => ("aside", NO_YES),
            Self::Bystander => ("bystander", NO_YES),
            Self::After => (
                "before word",
                Words(&[
                    "other", "with", "on", "about", "over", "between", "in", "to", "and", "that", "name",
                    "end",
                ]),
            ),
            Self::Voice => ("voice", Words(&VOICES)),
            Self::Nominal => ("noun", NO_YES),
            Self::Relative => ("relative clause", NO_YES),
            Self::Blame => ("blame", NO_YES),
            Self::Assembly => ("assembly", NO_YES),
            Self::Domestic => ("law or trade", NO_YES),
            Self::Year => ("year", NO_YES),
            Self::Demanded => ("demand elsewhere", NO_YES),
            Self::Stance => ("stance", Words(&STANCES)),
            Self::Holder => ("holder", Words(&HOLDERS)),
        }
    }

    /// True if a 0 says nothing that is worth a feature.
    #[must_use]
    pub(super) const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Unbound
                | Self::Contrasted
                | Self::Time
                | Self::Channel
                | Self::Object
                | Self::Aside
                | Self::Bystander
                | Self::Nominal
                | Self::Relative
                | Self::Blame
                | Self::Assembly
                | Self::Domestic
                | Self::Year
                | Self::Required
                | Self::Demanded
        )
    }

    fn say(self, value: u8, classes: &[String]) -> String {
        let (name, values) = self.values();
        let value = match values {
            Values::Class => match value {
                0 => "none",
                SIMPLE_PAST => "simple past",
                INFINITIVE => "infinitive",
                PLUPERFECT => "pluperfect",
                OTHER_VERB => "another verb",
                TALKS => "the talks",
                value => classes.get(usize::from(value) - 1).map_or("name", String::as_str),
            },
            Values::Words(words) => words.get(usize::from(value)).copied().unwrap_or("?"),
        };
        if name.is_empty() { value.to_owned() } else { format!("{name} {value}") }
    }
}

/// The tense of a verb that is a simple past.
pub(super) const SIMPLE_PAST: u8 = 100;

/// The tense of a verb after "to".
pub(super) const INFINITIVE: u8 = 101;

/// The tense of "had": what was over before it was told.
pub(super) const PLUPERFECT: u8 = 104;

/// The governor that has no class.
pub(super) const OTHER_VERB: u8 = 102;

/// The subject where the word of talking is its own.
pub(super) const TALKS: u8 = 103;

/// What frames amount to, in the order of [`Reads`].
const STANCES: [&str; 13] = [
    "mentioned",
    "willing",
    "refusing",
    "urged",
    "happened",
    "undecided",
    "mediated",
    "claimed",
    "planned",
    "hoped",
    "broken off",
    "possible",
    "obliged",
];

/// Who holds a stance, in the order of [`Holder`].
const HOLDERS: [&str; 6] = ["nobody", "first person", "party", "pronoun", "outsider", "both sides"];

/// What a frame amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are said in `STANCES`")]
pub(super) enum Reads {
    Mentioned,
    Willing,
    Refusing,
    Urged,
    Happened,
    Undecided,
    Mediated,
    Claimed,
    Planned,
    Hoped,
    Broken,
    Possible,
    Obliged,
}

/// Who holds a stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are said in `HOLDERS`")]
pub(super) enum Holder {
    Nobody,
    First,
    Party,
    Pronoun,
    Outsider,
    Both,
}

/// Whose words a frame is in, in the order of [`Voice`].
const VOICES: [&str; 9] = [
    "narrated",
    "own, quoted",
    "about others, quoted",
    "own",
    "of the sayer",
    "own, reported",
    "reported",
    "about others, reported",
    "the talks",
];

/// Whose words a frame is in, and whether they are about the one who says them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are said in `VOICES`")]
pub(super) enum Voice {
    Narrated,
    OwnQuoted,
    OtherQuoted,
    Own,
    Sayer,
    OwnReported,
    Reported,
    OtherReported,
    Talks,
}

/// The answers to all questions about one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answers([u8; Facet::COUNT]);

impl Default for Answers {
    fn default() -> Self {
        Self([0; Facet::COUNT])
    }
}

impl Answers {
    /// The answer to one question.
    #[must_use]
    pub(super) fn get(&self, facet: Facet) -> u8 {
        self.0.get(facet as usize).copied().unwrap_or(0)
    }

    /// Answers a question.
    pub(super) fn set(&mut self, facet: Facet, value: u8) {
        if let Some(slot) = self.0.get_mut(facet as usize) {
            *slot = value;
        }
    }

    /// The key of the answers to several questions together, for frames of one `kind`.
    #[must_use]
    pub(super) fn key(&self, kind: u64, facets: &[Facet]) -> u64 {
        facets
            .iter()
            .fold(kind, |k, &facet| join(k, u64::from(facet as u8) << 8 | u64::from(self.get(facet))))
    }

    /// The same in words; `classes` are the names of the cue classes.
    #[must_use]
    pub(super) fn say(&self, facets: &[Facet], classes: &[String]) -> String {
        facets.iter().map(|&f| f.say(self.get(f), classes)).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_answers_have_different_keys_and_are_said_in_words() {
        let mut answers = Answers::default();
        let facets = [Facet::Stance, Facet::Tense];
        let before = answers.key(1, &facets);
        answers.set(Facet::Stance, Reads::Refusing as u8);
        answers.set(Facet::Tense, SIMPLE_PAST);
        assert_ne!(answers.key(1, &facets), before);
        assert_ne!(answers.key(1, &facets), answers.key(2, &facets));
        assert_eq!(answers.say(&facets, &[]), "stance refusing, tense simple past");
    }
}
