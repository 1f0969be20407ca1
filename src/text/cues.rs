//! The cue classes: which words and phrases speak of talks, refusal, willingness, conditions and so on.

use std::collections::HashMap;

use super::key::key;
use super::stem::EnglishStemmer;

/// The table; its head says how it is written.
const TABLE: &str = include_str!("cues.txt");

/// A set of cue classes: one bit a class, in the order of the table.
pub type CueSet = u32;

/// An entry of more than one word.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The keys of the words after the first.
    pub rest: Vec<u64>,
    /// The classes that the whole entry has.
    pub classes: CueSet,
}

/// The cue classes, to be looked up by the keys of [`form`] and of stems.
#[derive(Clone, Debug)]
pub struct Cues {
    names: Vec<String>,
    words: HashMap<u64, CueSet>,
    phrases: HashMap<u64, Vec<Phrase>>,
}

/// The key of a lower-case word that must stand as written, apart from the keys of all stems.
#[must_use]
pub fn form(lower: &str) -> u64 {
    !key(lower)
}

impl Cues {
    /// The classes of `cues.txt`.
    #[must_use]
    pub fn english(stemmer: &EnglishStemmer) -> Self {
        let mut cues = Self { names: Vec::new(), words: HashMap::new(), phrases: HashMap::new() };
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            if let Some((name, entries)) = line.split_once(": ") {
                let class = 1 << cues.names.len();
                cues.names.push(name.to_owned());
                for entry in entries.split(", ") {
                    cues.add(entry, class, stemmer);
                }
            }
        }
        cues
    }

    fn add(&mut self, entry: &str, class: CueSet, stemmer: &EnglishStemmer) {
        let (literal, entry) = entry.strip_prefix('=').map_or((false, entry), |rest| (true, rest));
        let mut words =
            entry.split([' ', '-']).map(|w| if literal { form(w) } else { key(&stemmer.stem(w)) });
        let Some(first) = words.next() else { return };
        let rest: Vec<u64> = words.collect();
        if rest.is_empty() {
            *self.words.entry(first).or_default() |= class;
            return;
        }
        let phrases = self.phrases.entry(first).or_default();
        match phrases.iter_mut().find(|p| p.rest == rest) {
            Some(phrase) => phrase.classes |= class,
            None => phrases.push(Phrase { rest, classes: class }),
        }
        phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
    }

    /// The names of the classes, in the order of their bits.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The bits of the classes called `names`; unknown ones have none.
    #[must_use]
    pub fn set(&self, names: &[&str]) -> CueSet {
        self.names
            .iter()
            .enumerate()
            .filter(|(_, n)| names.contains(&n.as_str()))
            .fold(0, |set, (i, _)| set | 1 << i)
    }

    /// The classes of the word with this key: of a form, or of a stem.
    #[must_use]
    pub fn word(&self, key: u64) -> CueSet {
        self.words.get(&key).copied().unwrap_or(0)
    }

    /// The entries that begin with the word of this key, longest first.
    #[must_use]
    pub fn phrases(&self, key: u64) -> &[Phrase] {
        self.phrases.get(&key).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_match_by_stem_or_as_written() {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english(&stemmer);
        assert!(cues.names().len() <= 32);
        let talk = cues.set(&["talk"]);
        assert_eq!(cues.word(key(&stemmer.stem("negotiated"))) & talk, talk);
        assert_eq!(cues.word(form("unless")), cues.set(&["if"]));
        assert_eq!(cues.word(key("unless")), 0);
    }

    #[test]
    fn the_longest_phrase_comes_first() {
        let cues = Cues::english(&EnglishStemmer::new());
        let lengths: Vec<usize> = cues.phrases(key("come")).iter().map(|p| p.rest.len()).collect();
        assert!(lengths.len() > 1 && lengths.is_sorted_by(|a, b| a >= b), "{lengths:?}");
    }
}
