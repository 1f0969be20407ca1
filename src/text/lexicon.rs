//! What the analyzer knows of every distinct word that it has met: stemmed and classified once.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use xxhash_rust::xxh3::Xxh3Default;

use super::cues::{CueSet, Cues, form};
use super::key::key;
use super::stem::EnglishStemmer;

/// One distinct word as written.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The word in lower case, curly apostrophes straightened.
    pub lower: Box<str>,
    /// Its stem, or `lower` where stemming is off.
    pub stem: Box<str>,
    /// The key of `stem`.
    pub key: u64,
    /// The key of `lower` as a form that must stand as written.
    pub form: u64,
    /// The cue classes of the word alone.
    pub classes: CueSet,
    /// True if some cue of several words begins with this word.
    pub starts_phrase: bool,
    /// True if the first letter is upper case.
    pub capital: bool,
    /// True if it has no letter but has a digit.
    pub number: bool,
    /// True for a regular past form and the commonest irregular ones.
    pub past: bool,
    /// True for a present participle.
    pub participle: bool,
    /// True for a noun made of a verb: "refusal", "willingness".
    pub nominal: bool,
    /// True for the number of a year.
    pub year: bool,
}

/// Index of an [`Entry`].
pub type WordId = u32;

/// Distinct words a lexicon holds before it starts anew, so that memory stays bounded on any input.
const CAPACITY: usize = 1 << 18;

/// Irregular simple pasts of the language of talks, in alphabetical order.
const IRREGULAR: [&str; 34] = [
    "became", "began", "bid", "broke", "brought", "came", "chose", "drew", "fell", "felt", "flew", "found",
    "froze", "gave", "got", "held", "kept", "laid", "led", "left", "made", "met", "put", "quit", "sat",
    "sent", "shut", "sought", "spoke", "stood", "took", "walked", "went", "withdrew",
];

/// True for a regular past form and the commonest irregular ones.
fn is_past(lower: &str) -> bool {
    (lower.len() > 4 && lower.ends_with("ed")) || IRREGULAR.binary_search(&lower).is_ok()
}

/// True for a noun made of a verb, as its ending tells.
fn is_nominal(lower: &str) -> bool {
    let ends = ["al", "ion", "ness", "ance", "ment", "als", "ions", "ity"];
    lower.len() > 6 && ends.iter().any(|end| lower.ends_with(end))
        || matches!(
            lower,
            "offer"
                | "offers"
                | "hope"
                | "hopes"
                | "boycott"
                | "plan"
                | "plans"
                | "start"
                | "walkout"
                | "effort"
                | "efforts"
        )
}

/// True for the years from 1800 to 2100.
fn is_year(lower: &str) -> bool {
    lower.len() == 4 && lower.parse().is_ok_and(|year: u16| (1800..2100).contains(&year))
}

/// A growing table of the distinct words met so far.
#[derive(Debug)]
pub struct Lexicon<'a> {
    stemmer: Option<&'a EnglishStemmer>,
    cues: &'a Cues,
    ids: HashMap<Box<str>, WordId, BuildHasherDefault<Xxh3Default>>,
    entries: Vec<Entry>,
}

impl<'a> Lexicon<'a> {
    /// An empty lexicon; without a stemmer, words are their own stems.
    #[must_use]
    pub fn new(stemmer: Option<&'a EnglishStemmer>, cues: &'a Cues) -> Self {
        Self { stemmer, cues, ids: HashMap::default(), entries: Vec::new() }
    }

    /// Forgets everything once the lexicon is full. To be called between texts only: ids end here.
    pub fn make_room(&mut self) {
        if self.entries.len() > CAPACITY {
            self.ids.clear();
            self.entries.clear();
        }
    }

    /// The id of `word`, which is normalized text.
    pub fn id(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = WordId::try_from(self.entries.len()).unwrap_or(WordId::MAX);
        self.entries.push(self.describe(word));
        self.ids.insert(word.into(), id);
        id
    }

    /// The entry of an id that this lexicon gave.
    #[must_use]
    pub fn entry(&self, id: WordId) -> Option<&Entry> {
        self.entries.get(id as usize)
    }

    fn describe(&self, word: &str) -> Entry {
        let lower = word.to_lowercase().replace(['’', '‘', 'ʼ'], "'");
        let stem = self.stemmer.map_or_else(|| lower.clone(), |s| s.stem(&lower));
        let (stem_key, form_key) = (key(&stem), form(&lower));
        Entry {
            key: stem_key,
            form: form_key,
            classes: self.cues.word(stem_key) | self.cues.word(form_key),
            starts_phrase: !self.cues.phrases(stem_key).is_empty() || !self.cues.phrases(form_key).is_empty(),
            capital: word.chars().next().is_some_and(char::is_uppercase),
            number: !word.chars().any(char::is_alphabetic) && word.chars().any(char::is_numeric),
            past: is_past(&lower),
            nominal: is_nominal(&lower),
            year: is_year(&lower),
            participle: lower.len() > 5 && lower.ends_with("ing"),
            lower: lower.into(),
            stem: stem.into(),
        }
    }
}
