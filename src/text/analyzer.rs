//! The chain from a text to its terms, with the settings that a model records.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::context::Context;
use super::cues::Cues;
use super::facet::Answers;
use super::frame::Frames;
use super::key::{join, key};
use super::lexicon::{Lexicon, WordId};
use super::names::NAME_WORD;
use super::ngram;
use super::normalize::normalize;
use super::reading::{NAME, Reading, Unit};
use super::roles::Roles;
use super::stances;
use super::stem::EnglishStemmer;
use super::token::words;

/// Terms of one make, to be switched on or off together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Runs of stemmed words.
    Words,
    /// Runs of characters within words.
    Characters,
    /// Words in the scope of a negation.
    Negation,
    /// Runs of cue classes.
    Sequences,
    /// Cue classes beside words of talking, with side and distance.
    Skips,
    /// The words of the clause that holds a word of talking.
    Clause,
    /// Governor, negation, tense, subject and condition around words of talking.
    Frames,
    /// What the frames amount to: willing, refusing, urged, happened and so on, by whom and on what condition.
    Stances,
    /// The forms of talks, direct and indirect, that the text accepts and refuses.
    Forms,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 9] = [
        Self::Words,
        Self::Characters,
        Self::Negation,
        Self::Sequences,
        Self::Skips,
        Self::Clause,
        Self::Frames,
        Self::Stances,
        Self::Forms,
    ];

    /// The name on the command line and in model cards.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Characters => "characters",
            Self::Negation => "negation",
            Self::Sequences => "sequences",
            Self::Skips => "skips",
            Self::Clause => "clause",
            Self::Frames => "frames",
            Self::Stances => "stances",
            Self::Forms => "forms",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// A family that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown feature family {0:?} (families: words, characters, negation, sequences, skips, clause, frames, stances, forms)"
)]
pub struct UnknownFamily(pub String);

impl FromStr for Family {
    type Err = UnknownFamily;

    fn from_str(name: &str) -> Result<Self, UnknownFamily> {
        Self::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| UnknownFamily(name.to_owned()))
    }
}

/// A set of families.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Families(u16);

impl Families {
    /// The families given.
    #[must_use]
    pub fn of(families: &[Family]) -> Self {
        Self(families.iter().fold(0, |set, f| set | f.bit()))
    }

    /// True if the set has `family`.
    #[must_use]
    pub const fn has(self, family: Family) -> bool {
        self.0 & family.bit() != 0
    }

    /// The set and `family`.
    #[must_use]
    pub const fn with(self, family: Family) -> Self {
        Self(self.0 | family.bit())
    }

    /// The set without `family`.
    #[must_use]
    pub const fn without(self, family: Family) -> Self {
        Self(self.0 & !family.bit())
    }

    /// True if a family needs the cue classes.
    const fn need_cues(self) -> bool {
        self.0 & !(Family::Words.bit() | Family::Characters.bit()) != 0
    }
}

/// What the analyzer does; recorded in every model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The feature families that are on.
    pub families: Families,
    /// Words become Snowball stems.
    pub stem: bool,
    /// Proper names become one word, so that no country predicts a label.
    pub mask_names: bool,
    /// The longest run of words, from 1.
    pub word_ngrams: usize,
    /// The shortest and longest run of characters.
    pub char_ngrams: (usize, usize),
}

impl Settings {
    /// Stemmed words and pairs of words, nothing else: fit for any text classification.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            families: Families::of(&[Family::Words]),
            stem: true,
            mask_names: false,
            word_ngrams: 2,
            char_ngrams: (2, 5),
        }
    }

    /// The settings for stance toward talks.
    #[must_use]
    pub fn stance() -> Self {
        Self {
            families: Families::of(&[
                Family::Words,
                Family::Negation,
                Family::Sequences,
                Family::Skips,
                Family::Clause,
                Family::Frames,
                Family::Stances,
                Family::Forms,
            ]),
            mask_names: true,
            ..Self::plain()
        }
    }
}

/// Takes the terms of a text, in order; a term that occurs twice comes twice.
pub trait TermSink {
    /// `name` says the term in words and is called only where somebody wants to read it.
    fn term(&mut self, family: Family, key: u64, name: &dyn Fn() -> String);
}

/// The analyzer: settings, stemmer and cue classes. Every thread opens a [`Session`] of its own.
#[derive(Debug)]
pub struct Analyzer {
    settings: Settings,
    stemmer: EnglishStemmer,
    cues: Cues,
    roles: Roles,
}

impl Analyzer {
    /// An analyzer with these settings.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english(&stemmer);
        let roles = Roles::new(&cues);
        Self { settings, stemmer, cues, roles }
    }

    /// What it was made with.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Buffers and a word table for one thread; the terms of a text do not depend on the texts before it.
    #[must_use]
    pub fn session(&self) -> Session<'_> {
        let lexicon = Lexicon::new(self.settings.stem.then_some(&self.stemmer), &self.cues);
        Session {
            analyzer: self,
            lexicon,
            reading: Reading::default(),
            context: Context::default(),
            frames: Vec::new(),
            keys: Vec::new(),
            ids: Vec::new(),
        }
    }
}

/// One thread's work with an analyzer.
#[derive(Debug)]
pub struct Session<'a> {
    analyzer: &'a Analyzer,
    lexicon: Lexicon<'a>,
    reading: Reading,
    context: Context,
    frames: Vec<Answers>,
    keys: Vec<u64>,
    ids: Vec<WordId>,
}

/// Words after a negation that it still reaches.
const NEGATION_SCOPE: usize = 6;

impl Session<'_> {
    /// Gives the terms of `text` to `sink`.
    pub fn analyze(&mut self, text: &str, sink: &mut impl TermSink) {
        let Analyzer { settings, cues, roles, .. } = self.analyzer;
        let families = settings.families;
        let text = normalize(text);
        self.lexicon.make_room();
        if settings.families == Families::of(&[Family::Words]) && !settings.mask_names {
            if settings.word_ngrams == 2 {
                return self.plain_pairs(&text, sink);
            }
            return self.plain_words(&text, sink);
        }
        let cues = families.need_cues().then_some(cues);
        self.reading.read(&text, &mut self.lexicon, settings.mask_names, cues);
        if families.has(Family::Words) {
            self.words(sink);
        }
        if families.has(Family::Characters) {
            self.characters(sink);
        }
        if let Some(cues) = cues {
            self.cue_terms(families, roles, cues.names(), sink);
        }
    }

    fn cue_terms(&mut self, families: Families, roles: &Roles, names: &[String], sink: &mut impl TermSink) {
        self.context.read(&self.reading.units);
        if families.has(Family::Sequences) {
            self.context.sequences(names, &mut |key, name| sink.term(Family::Sequences, key, name));
            self.context.pairs(names, &mut |key, name| sink.term(Family::Sequences, key, name));
        }
        if families.has(Family::Skips) {
            self.context.skips(roles, names, &mut |key, name| sink.term(Family::Skips, key, name));
        }
        if families.has(Family::Frames) || families.has(Family::Stances) {
            Frames::new(roles, &self.reading.units).find(&mut self.frames);
        }
        if families.has(Family::Frames) {
            stances::frames(&self.frames, names, &mut |key, name| sink.term(Family::Frames, key, name));
        }
        if families.has(Family::Forms) {
            self.context.forms(roles, names, &mut |key, name| sink.term(Family::Forms, key, name));
        }
        if families.has(Family::Stances) {
            stances::stances(&self.frames, names, &mut |key, name| sink.term(Family::Stances, key, name));
            Frames::new(roles, &self.reading.units).find_loose(&mut self.frames);
            stances::loose(&self.frames, names, &mut |key, name| sink.term(Family::Stances, key, name));
        }
        if families.has(Family::Negation) {
            self.negated(sink);
        }
        if families.has(Family::Clause) {
            self.clause(sink);
        }
    }

    /// The word as terms show it.
    fn shown(&self, unit: &Unit) -> &str {
        if unit.key == key(NAME_WORD) {
            return NAME_WORD;
        }
        self.lexicon.entry(unit.word).map_or("", |e| &e.stem)
    }

    /// Runs of words where nothing else is asked for: needs the words' keys alone.
    fn plain_words(&mut self, text: &str, sink: &mut impl TermSink) {
        self.keys.clear();
        self.ids.clear();
        for span in words(text) {
            let (id, key) = self.lexicon.id(text, span);
            self.keys.push(key);
            self.ids.push(id);
        }
        ngram::words(&self.keys, self.analyzer.settings.word_ngrams, |key, first, last| {
            sink.term(Family::Words, key, &|| {
                let run = self.ids.get(first..=last).unwrap_or_default();
                let stem = |&id: &WordId| self.lexicon.entry(id).map_or("", |e| &e.stem);
                run.iter().map(stem).collect::<Vec<_>>().join(" ")
            });
        });
    }

    /// What [`Self::plain_words`] gives for runs of one and two words, without a list of the words.
    fn plain_pairs(&mut self, text: &str, sink: &mut impl TermSink) {
        let lexicon = &mut self.lexicon;
        let mut before: Option<(WordId, u64)> = None;
        for span in words(text) {
            let (id, key) = lexicon.id(text, span);
            let stem = |id| lexicon.entry(id).map_or("", |e| &e.stem);
            if let Some((first, left)) = before {
                sink.term(Family::Words, join(left, key), &|| [stem(first), " ", stem(id)].concat());
            }
            sink.term(Family::Words, key, &|| stem(id).to_owned());
            before = Some((id, key));
        }
    }

    /// Runs of words; none reaches over a name.
    fn words(&mut self, sink: &mut impl TermSink) {
        let longest = self.analyzer.settings.word_ngrams;
        let mut start = 0;
        for run in self.reading.units.split(|u| u.classes == NAME) {
            self.keys.clear();
            self.keys.extend(run.iter().map(|u| u.key));
            ngram::words(&self.keys, longest, |key, first, last| {
                sink.term(Family::Words, key, &|| {
                    let run = self.reading.units.get(start + first..=start + last).unwrap_or_default();
                    run.iter().map(|u| self.shown(u)).collect::<Vec<_>>().join(" ")
                });
            });
            start += run.len() + 1;
        }
    }

    fn characters(&self, sink: &mut impl TermSink) {
        let (shortest, longest) = self.analyzer.settings.char_ngrams;
        for entry in self.reading.units.iter().filter_map(|u| self.lexicon.entry(u.word)) {
            ngram::characters(&entry.lower, shortest, longest, |run| {
                sink.term(Family::Characters, ngram::character_key(run), &|| format!("‹{run}›"));
            });
        }
    }

    /// The words that follow a negation in its clause.
    fn negated(&self, sink: &mut impl TermSink) {
        let negation = self.analyzer.cues.set(&["neg"]);
        let mut scope: Option<(usize, u32)> = None;
        for (i, unit) in self.reading.units.iter().enumerate() {
            if let Some((from, clause)) = scope
                && unit.clause == clause
                && i - from <= NEGATION_SCOPE
            {
                sink.term(Family::Negation, join(0x6e_6f74, unit.key), &|| {
                    format!("not…{}", self.shown(unit))
                });
            }
            if unit.classes & negation != 0 {
                scope = Some((i, unit.clause));
            }
        }
    }

    /// The words of the clauses that hold a word of talking.
    fn clause(&self, sink: &mut impl TermSink) {
        let units = &self.reading.units;
        for run in units.chunk_by(|a, b| a.clause == b.clause) {
            if run.iter().all(|u| u.classes & self.analyzer.roles.talk == 0) {
                continue;
            }
            for unit in run {
                sink.term(Family::Clause, join(0x63_6c61, unit.key), &|| {
                    format!("talk clause: {}", self.shown(unit))
                });
            }
        }
    }
}
