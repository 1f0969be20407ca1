//! What the analyzer knows of every distinct word that it has met: stemmed and classified once.

use std::fmt::Debug;

use prefetch_index::prefetch_index;

use crate::span::Span;

use super::cues::{CueSet, Cues, PhraseList, form};
use super::key::key;
use super::stem::EnglishStemmer;
use super::word_table::{Asked, Found, WordTable};

/// What the ending of a word tells of its part of speech: a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u8);

impl Marks {
    /// The form of a simple past.
    pub(super) const PAST: Self = Self(1);
    /// A form that ends as verbs do: a past or a present participle.
    pub(super) const VERB: Self = Self(2);

    fn of(lower: &str) -> Self {
        let past = is_past(lower);
        let participle = lower.len() > 5 && lower.ends_with("ing") && NO_VERBS.binary_search(&lower).is_err();
        let marks = [(past, Self::PAST), (past || participle, Self::VERB)];
        Self(marks.iter().filter(|(holds, _)| *holds).fold(0, |set, (_, mark)| set | mark.0))
    }

    /// True if the set has `mark`.
    pub(super) const fn has(self, mark: Self) -> bool {
        self.0 & mark.0 != 0
    }
}

/// One distinct word as written.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The word in letters.
    pub(super) spelling: Box<Spelling>,
    /// The key of its stem.
    pub(super) key: u64,
    /// The key of the word in lower case as a form that must stand as written.
    pub(super) form: u64,
    /// The cue classes of the word alone.
    pub(super) classes: CueSet,
    /// The cues of several words that begin with this word: by its stem, and as written.
    pub(super) phrases: [Option<PhraseList>; 2],
    /// True if the first letter is upper case.
    pub(super) capital: bool,
    /// What its ending tells.
    pub(super) marks: Marks,
}

/// A distinct word in letters, apart from its entry, which fits in a line of the cache without.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    /// The word in lower case, curly apostrophes straightened.
    pub(super) lower: Box<str>,
    /// Its stem, or `lower` where stemming is off.
    pub(super) stem: Box<str>,
}

/// Index of an [`Entry`].
pub(super) type WordId = u32;

/// Distinct words a lexicon holds before it starts anew, so that memory stays bounded on any input.
const CAPACITY: usize = 1 << 18;

/// Irregular simple pasts of the language of talks, in alphabetical order.
const IRREGULAR: [&str; 34] = [
    "became", "began", "bid", "broke", "brought", "came", "chose", "drew", "fell", "felt", "flew", "found",
    "froze", "gave", "got", "held", "kept", "laid", "led", "left", "made", "met", "put", "quit", "sat",
    "sent", "shut", "sought", "spoke", "stood", "took", "walked", "went", "withdrew",
];

/// Words that end as participles do and are none, in alphabetical order.
const NO_VERBS: [&str; 16] = [
    "according",
    "anything",
    "building",
    "ceiling",
    "concerning",
    "during",
    "evening",
    "everything",
    "including",
    "morning",
    "nothing",
    "pending",
    "regarding",
    "something",
    "spring",
    "wedding",
];

/// True for a regular past form and the commonest irregular ones.
fn is_past(lower: &str) -> bool {
    (lower.len() > 4 && lower.ends_with("ed")) || IRREGULAR.binary_search(&lower).is_ok()
}

/// A growing table of the distinct words met so far.
#[derive(Debug)]
pub(super) struct Lexicon<'a> {
    stemmer: Option<&'a EnglishStemmer>,
    cues: &'a Cues,
    notes: Option<&'a dyn Notes>,
    ids: WordTable,
    entries: Vec<Entry>,
}

/// What somebody wants to know again whenever a word comes that has come before.
pub trait Notes: Debug {
    /// The note on the word whose term has this key; asked for once a word and session.
    fn note(&self, key: u64) -> u32;
}

impl<'a> Lexicon<'a> {
    /// An empty lexicon; without a stemmer, words are their own stems.
    #[must_use]
    pub(super) fn new(
        stemmer: Option<&'a EnglishStemmer>,
        cues: &'a Cues,
        notes: Option<&'a dyn Notes>,
    ) -> Self {
        Self { stemmer, cues, notes, ids: WordTable::new(), entries: Vec::new() }
    }

    /// Forgets everything once the lexicon is full. To be called between texts only: ids end here.
    pub(super) fn make_room(&mut self) {
        if self.ids.len() > CAPACITY {
            self.ids.clear();
            self.entries.clear();
        }
    }

    /// Asks for the word `span` of normalized `text`.
    #[inline]
    pub(super) fn ask(&self, text: &str, span: Span) -> Asked {
        self.ids.ask(text, span)
    }

    /// Looks up a word of normalized `text` that was asked for.
    #[inline]
    pub(super) fn word(&mut self, text: &str, asked: Asked) -> Found {
        let Self { stemmer, cues, notes, ids, entries } = self;
        ids.find(text, asked, |word| {
            let entry = describe(*stemmer, cues, word);
            let key = entry.key;
            entries.push(entry);
            (key, notes.map_or(0, |notes| notes.note(key)))
        })
    }

    /// Asks for the entry of an id, so that the memory brings it while others are asked for.
    #[inline]
    pub(super) fn ask_entry(&self, id: WordId) {
        prefetch_index(&self.entries, id as usize);
    }

    /// The stem of a word with an id that this lexicon gave.
    #[must_use]
    pub(super) fn stem(&self, id: WordId) -> &str {
        self.entry(id).map_or("", |entry| &entry.spelling.stem)
    }

    /// The entry of an id that this lexicon gave.
    #[must_use]
    pub(super) fn entry(&self, id: WordId) -> Option<&Entry> {
        self.entries.get(id as usize)
    }
}

#[cold]
fn describe(stemmer: Option<&EnglishStemmer>, cues: &Cues, word: &str) -> Entry {
    let lower = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.to_lowercase().replace(['’', '‘', 'ʼ'], "'")
    };
    let stem = stemmer.map_or_else(|| lower.clone(), |s| s.stem(&lower));
    let (stem_key, form_key) = (key(&stem), form(&lower));
    Entry {
        key: stem_key,
        form: form_key,
        classes: cues.word(stem_key) | cues.word(form_key),
        phrases: [cues.list(stem_key), cues.list(form_key)],
        capital: word.chars().next().is_some_and(char::is_uppercase),
        marks: Marks::of(&lower),
        spelling: Box::new(Spelling { lower: lower.into(), stem: stem.into() }),
    }
}
