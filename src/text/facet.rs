//! What is known of a frame, and how it is said.

/// A word of talking with all that is read off the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// What it amounts to.
    pub(super) stance: Reads,
    /// Who holds it.
    pub(super) holder: Holder,
    /// Tense or modality of the outermost predicate: 0 for none, the number of a cue class plus 1, or [`SIMPLE_PAST`],
    /// [`INFINITIVE`] or [`PLUPERFECT`].
    pub(super) tense: u8,
    /// The strongest connective of condition or time in its sentence: 0 for none, or the number of a cue class plus 1.
    pub(super) connective: u8,
    /// True if that connective is in its clause.
    pub(super) conditional: bool,
    /// Whose words it is in.
    pub(super) voice: Voice,
}

/// What is asked about the main frame beside what it amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Facet {
    /// Who holds it.
    Holder,
    /// Tense or modality.
    Tense,
    /// The connective of condition or time.
    Connective,
    /// Whose words it is in.
    Voice,
}

impl Facet {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Holder, Self::Tense, Self::Connective, Self::Voice];
}

/// The tense of a verb that is a simple past.
pub(super) const SIMPLE_PAST: u8 = 100;

/// The tense of a verb after "to".
pub(super) const INFINITIVE: u8 = 101;

/// The tense of "had": what was over before it was told.
pub(super) const PLUPERFECT: u8 = 102;

/// What a frame amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are said in `name`")]
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

impl Reads {
    /// The name in explanations.
    #[must_use]
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Mentioned => "mentioned",
            Self::Willing => "willing",
            Self::Refusing => "refusing",
            Self::Urged => "urged",
            Self::Happened => "happened",
            Self::Undecided => "undecided",
            Self::Mediated => "mediated",
            Self::Claimed => "claimed",
            Self::Planned => "planned",
            Self::Hoped => "hoped",
            Self::Broken => "broken off",
            Self::Possible => "possible",
            Self::Obliged => "obliged",
        }
    }

    /// True if it is the stance of somebody, and not only word of talks.
    #[must_use]
    pub(super) const fn is_somebodys(self) -> bool {
        !matches!(self, Self::Mentioned | Self::Happened | Self::Claimed | Self::Mediated | Self::Undecided)
    }
}

/// Who holds a stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are said in `name`")]
pub(super) enum Holder {
    Nobody,
    First,
    Party,
    Pronoun,
    Outsider,
    Both,
}

impl Holder {
    const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::First => "first person",
            Self::Party => "party",
            Self::Pronoun => "pronoun",
            Self::Outsider => "outsider",
            Self::Both => "both sides",
        }
    }
}

/// Whose words a frame is in, and whether they are about the one who says them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are said in `name`")]
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

impl Voice {
    const fn name(self) -> &'static str {
        match self {
            Self::Narrated => "narrated",
            Self::OwnQuoted => "own, quoted",
            Self::OtherQuoted => "about others, quoted",
            Self::Own => "own",
            Self::Sayer => "of the sayer",
            Self::OwnReported => "own, reported",
            Self::Reported => "reported",
            Self::OtherReported => "about others, reported",
            Self::Talks => "the talks",
        }
    }
}

impl Frame {
    /// The answer to one question, as a number.
    #[must_use]
    pub(super) const fn get(self, facet: Facet) -> u8 {
        match facet {
            Facet::Holder => self.holder as u8,
            Facet::Tense => self.tense,
            Facet::Connective => self.connective,
            Facet::Voice => self.voice as u8,
        }
    }

    /// The same in words; `classes` are the names of the cue classes.
    #[must_use]
    pub(super) fn say(self, facet: Facet, classes: &[String]) -> String {
        let class = |number: u8| match number {
            0 => "none",
            SIMPLE_PAST => "simple past",
            INFINITIVE => "infinitive",
            PLUPERFECT => "pluperfect",
            number => classes.get(usize::from(number) - 1).map_or("?", String::as_str),
        };
        let (name, value) = match facet {
            Facet::Holder => ("holder", self.holder.name()),
            Facet::Tense => ("tense", class(self.tense)),
            Facet::Connective => ("connective", class(self.connective)),
            Facet::Voice => ("voice", self.voice.name()),
        };
        format!("{name} {value}")
    }
}
