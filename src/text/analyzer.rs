//! The chain from a text to its terms, with the settings that a model records.

use serde::{Deserialize, Serialize};

use super::context::Context;
use super::cues::{Cues, NAME};
use super::facet::Frame;
use super::family::{Families, Family};
use super::frame::Frames;
use super::key::{join, key};
use super::lexicon::{Lexicon, Notes};
use super::names::NAME_WORD;
use super::ngram;
use super::normalize::normalize;
use super::reading::Reading;
use super::roles::Roles;
use super::stances;
use super::stem::EnglishStemmer;
use super::token::words;
use super::unit::Unit;
use super::word_table::{Asked, Found};

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
                Family::Stances,
                Family::Forms,
            ]),
            mask_names: true,
            ..Self::plain()
        }
    }
}

/// Takes the terms of a text: its words in order, and then all others; a term that occurs twice comes twice.
pub trait TermSink {
    /// `name` says the term in words and is called only where somebody wants to read it.
    fn term(&mut self, family: Family, key: u64, name: &dyn Fn() -> String);

    /// Tells the key of a term that will be given after a few others.
    fn ask(&self, _key: u64) {}

    /// A term of the family [`Family::Words`] that is one word, with the session's note on it.
    fn word(&mut self, _note: u32, key: u64, name: &dyn Fn() -> String) {
        self.term(Family::Words, key, name);
    }
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
        let cues = Cues::english();
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
        self.session_with(None)
    }

    /// A session that gives words to its sink with these notes; without, notes are 0.
    #[must_use]
    pub fn session_with<'a>(&'a self, notes: Option<&'a dyn Notes>) -> Session<'a> {
        let lexicon = Lexicon::new(self.settings.stem.then_some(&self.stemmer), &self.cues, notes);
        Session {
            analyzer: self,
            lexicon,
            reading: Reading::default(),
            context: Context::default(),
            frames: Vec::new(),
            talks: Vec::new(),
            asked: Vec::new(),
            words: Vec::new(),
            keys: Vec::new(),
            runs: Vec::new(),
        }
    }
}

/// Gives `sink` the runs of words with these keys, of which `shown` tells the one that begins at a word.
fn give_runs(runs: &[u64], sink: &mut impl TermSink, shown: impl Fn(usize) -> String) {
    for &key in runs {
        sink.ask(key);
    }
    for (first, &key) in runs.iter().enumerate() {
        sink.term(Family::Words, key, &|| shown(first));
    }
}

/// The word as terms show it.
fn shown<'a>(lexicon: &'a Lexicon<'_>, unit: &Unit) -> &'a str {
    if unit.key == key(NAME_WORD) { NAME_WORD } else { lexicon.stem(unit.word) }
}

/// One thread's work with an analyzer.
#[derive(Debug)]
pub struct Session<'a> {
    analyzer: &'a Analyzer,
    lexicon: Lexicon<'a>,
    reading: Reading,
    context: Context,
    frames: Vec<Frame>,
    talks: Vec<usize>,
    asked: Vec<Asked>,
    words: Vec<Found>,
    /// Of the words, and of runs of them.
    keys: Vec<u64>,
    runs: Vec<u64>,
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
        }
        if families.has(Family::Skips) {
            self.context.skips(roles, names, &mut |key, name| sink.term(Family::Skips, key, name));
        }
        if families.has(Family::Forms) {
            self.context.forms(roles, names, &mut |key, name| sink.term(Family::Forms, key, name));
        }
        if families.has(Family::Stances) {
            Frames::new(roles, &self.reading.units).find(&mut self.frames, &mut self.talks);
            let mut emit = |key, name: &dyn Fn() -> String| sink.term(Family::Stances, key, name);
            stances::main_stance(&self.frames, names, &mut emit);
            let shown = |unit: &Unit| shown(&self.lexicon, unit);
            stances::complements(&self.frames, &self.talks, &self.reading.units, shown, &mut emit);
        }
        if families.has(Family::Negation) {
            self.negated(sink);
        }
        if families.has(Family::Clause) {
            self.clause(sink);
        }
    }

    /// Words and runs of them where nothing else is asked for: needs their keys alone.
    #[inline(never)]
    fn plain_words(&mut self, text: &str, sink: &mut impl TermSink) {
        let Self { lexicon, asked, words: found, .. } = self;
        asked.clear();
        words(text, |span| asked.push(lexicon.ask(text, span)));
        found.clear();
        found.extend(asked.iter().map(|&asked| lexicon.word(text, asked)));
        for word in found.iter() {
            sink.ask(word.key);
        }
        for word in found.iter() {
            sink.word(word.note, word.key, &|| lexicon.stem(word.number).to_owned());
        }
        self.keys.clear();
        self.keys.extend(self.words.iter().map(|word| word.key));
        ngram::longer(&self.keys, self.analyzer.settings.word_ngrams, &mut self.runs, |length, runs| {
            give_runs(runs, sink, |first| {
                let run = self.words.get(first..first + length).unwrap_or_default();
                run.iter().map(|word| self.lexicon.stem(word.number)).collect::<Vec<_>>().join(" ")
            });
        });
    }

    /// Words and runs of them; none reaches over a name.
    fn words(&mut self, sink: &mut impl TermSink) {
        let units = &self.reading.units;
        for unit in units.iter().filter(|unit| unit.classes != NAME) {
            sink.word(unit.note, unit.key, &|| shown(&self.lexicon, unit).to_owned());
        }
        let Self { lexicon, keys, runs, .. } = self;
        for run in units.split(|unit| unit.classes == NAME) {
            keys.clear();
            keys.extend(run.iter().map(|unit| unit.key));
            ngram::longer(keys, self.analyzer.settings.word_ngrams, runs, |length, runs| {
                give_runs(runs, sink, |first| {
                    let run = run.get(first..first + length).unwrap_or_default();
                    run.iter().map(|unit| shown(lexicon, unit)).collect::<Vec<_>>().join(" ")
                });
            });
        }
    }

    fn characters(&self, sink: &mut impl TermSink) {
        let (shortest, longest) = self.analyzer.settings.char_ngrams;
        for entry in self.reading.units.iter().filter_map(|u| self.lexicon.entry(u.word)) {
            ngram::characters(&entry.spelling.lower, shortest, longest, |run| {
                sink.term(Family::Characters, ngram::character_key(run), &|| format!("‹{run}›"));
            });
        }
    }

    /// The words that follow a negation in its clause.
    fn negated(&self, sink: &mut impl TermSink) {
        let mut scope: Option<(usize, u32)> = None;
        for (i, unit) in self.reading.units.iter().enumerate() {
            if let Some((from, clause)) = scope
                && unit.clause == clause
                && i - from <= NEGATION_SCOPE
            {
                sink.term(Family::Negation, join(0x6e_6f74, unit.key), &|| {
                    format!("not…{}", shown(&self.lexicon, unit))
                });
            }
            if unit.classes & self.analyzer.roles.negation != 0 {
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
                    format!("talk clause: {}", shown(&self.lexicon, unit))
                });
            }
        }
    }
}
