//! The cue classes: which words and phrases speak of talks, refusal, readiness, conditions and so on.

use super::key::{KeyMap, key};

/// The table `cues.txt`, whose head says how it is written, with stems for the words that match by their stems; `build.rs`
/// makes it.
const TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/cues.txt"));

/// Stands in the table for up to [`GAP`] words.
const ELLIPSIS: &str = "…";

/// Words that an ellipsis in an entry may stand for.
const GAP: usize = 4;

/// A set of cue classes: one bit a class, in the order of the table.
pub(super) type CueSet = u64;

/// The class of a masked proper name; the table leaves the highest bit free.
pub(super) const NAME: CueSet = 1 << 63;

/// The class of a set that stands first in the table.
pub(super) const fn lowest(set: CueSet) -> CueSet {
    set & set.wrapping_neg()
}

/// The number of a class, plus 1; 0 for none.
pub(super) const fn class(set: CueSet) -> u8 {
    if set == 0 { 0 } else { set.trailing_zeros().to_le_bytes()[0] + 1 }
}

/// One piece of an entry of several words, after its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Word(u64),
    Gap,
}

/// An entry of more than one word.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// The word behind the first, copied from `rest` so that most phrases are passed over without reading it; none where a
    /// gap is.
    second: Option<u64>,
    rest: Vec<Piece>,
    /// The classes that the whole entry has.
    pub(super) classes: CueSet,
}

impl Phrase {
    fn new(rest: Vec<Piece>, classes: CueSet) -> Self {
        let second = rest.first().and_then(|piece| match *piece {
            Piece::Word(word) => Some(word),
            Piece::Gap => None,
        });
        Self { second, rest, classes }
    }

    /// False if the word behind the first, of the two keys `next`, is another than the phrase's.
    #[inline]
    pub(super) fn may_go_on(&self, next: (u64, u64)) -> bool {
        self.second.is_none_or(|second| second == next.0 || second == next.1)
    }

    /// How many of the words after its first the phrase takes, and whether it takes all of them up to its last;
    /// none if it does not stand there. `at(i)` gives the two keys (stem, form) of word `i`.
    pub(super) fn fits(&self, at: impl Fn(usize) -> Option<(u64, u64)>) -> Option<Fit> {
        let is = |i: usize, wanted: u64| at(i).is_some_and(|(stem, form)| stem == wanted || form == wanted);
        let mut next = 0;
        let mut gap = false;
        for piece in &self.rest {
            match *piece {
                Piece::Gap => gap = true,
                Piece::Word(wanted) if gap => {
                    next = (next..=next + GAP).find(|&i| is(i, wanted))? + 1;
                }
                Piece::Word(wanted) if is(next, wanted) => next += 1,
                Piece::Word(_) => return None,
            }
        }
        Some(Fit { words: next, gap })
    }
}

/// Where a phrase ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// Words after the first, those in the gap included.
    pub(super) words: usize,
    /// True if words of other entries may stand inside.
    pub(super) gap: bool,
}

/// The cue classes, to be looked up by the keys of [`form`] and of stems.
#[derive(Clone, Debug)]
pub(super) struct Cues {
    names: Vec<String>,
    /// The classes that begin a clause: contrasts, and connectives of condition and time.
    pub(super) breaks: CueSet,
    words: KeyMap<u64, CueSet>,
    /// The number of the list of entries that begin with the word of each key.
    lists: KeyMap<u64, PhraseList>,
    phrases: Vec<Vec<Phrase>>,
}

/// The number of a list of entries with the same first word, so that words remember it and need no search.
#[derive(Clone, Copy, Debug)]
pub(super) struct PhraseList(u32);

/// The key of a lower-case word that must stand as written, apart from the keys of all stems.
#[must_use]
pub(super) fn form(lower: &str) -> u64 {
    !key(lower)
}

impl Cues {
    /// The classes of `cues.txt`.
    #[must_use]
    pub(super) fn english() -> Self {
        let (words, lists) = (KeyMap::default(), KeyMap::default());
        let mut cues = Self { names: Vec::new(), breaks: 0, words, lists, phrases: Vec::new() };
        for (name, entries) in TABLE.lines().filter_map(|line| line.split_once(": ")) {
            let class = 1 << cues.names.len();
            cues.names.push(name.to_owned());
            for entry in entries.split(", ") {
                cues.add(entry, class);
            }
        }
        for phrases in &mut cues.phrases {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        cues.breaks = cues.set(&["contrast", "strict", "if", "when"]);
        cues
    }

    fn add(&mut self, entry: &str, class: CueSet) {
        let (literal, entry) = entry.strip_prefix('=').map_or((false, entry), |rest| (true, rest));
        let word = |w: &str| if literal { form(w) } else { key(w) };
        let mut words = entry.split([' ', '-']);
        let Some(first) = words.next().map(word) else { return };
        let rest: Vec<Piece> =
            words.map(|w| if w == ELLIPSIS { Piece::Gap } else { Piece::Word(word(w)) }).collect();
        if rest.is_empty() {
            *self.words.entry(first).or_default() |= class;
            return;
        }
        let new = PhraseList(self.phrases.len() as u32);
        let PhraseList(list) = *self.lists.entry(first).or_insert_with(|| {
            self.phrases.push(Vec::new());
            new
        });
        let Some(phrases) = self.phrases.get_mut(list as usize) else { return };
        match phrases.iter_mut().find(|p| p.rest == rest) {
            Some(phrase) => phrase.classes |= class,
            None => phrases.push(Phrase::new(rest, class)),
        }
    }

    /// The names of the classes, in the order of their bits.
    #[must_use]
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The bits of the classes called `names`; unknown ones have none.
    #[must_use]
    pub(super) fn set(&self, names: &[&str]) -> CueSet {
        self.names
            .iter()
            .enumerate()
            .filter(|(_, n)| names.contains(&n.as_str()))
            .fold(0, |set, (i, _)| set | 1 << i)
    }

    /// The classes of the word with this key: of a form, or of a stem.
    #[must_use]
    pub(super) fn word(&self, key: u64) -> CueSet {
        self.words.get(&key).copied().unwrap_or(0)
    }

    /// The list of the entries that begin with the word of this key; none if there is no such entry.
    #[must_use]
    pub(super) fn list(&self, key: u64) -> Option<PhraseList> {
        self.lists.get(&key).copied()
    }

    /// The entries of a list, longest first.
    #[must_use]
    pub(super) fn phrases(&self, list: Option<PhraseList>) -> &[Phrase] {
        list.and_then(|PhraseList(list)| self.phrases.get(list as usize)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::super::stem::EnglishStemmer;
    use super::*;

    #[test]
    fn entries_match_by_stem_or_as_written() {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english();
        assert!(cues.names().len() <= 63);
        assert_eq!(cues.word(key(&stemmer.stem("negotiated"))), cues.set(&["talk"]));
        assert_eq!(cues.word(form("until")), cues.set(&["strict"]));
        assert_eq!(cues.word(key("until")), 0);
    }

    #[test]
    fn the_longest_phrase_comes_first() {
        let cues = Cues::english();
        let lengths: Vec<usize> = cues.phrases(cues.list(key("come"))).iter().map(|p| p.rest.len()).collect();
        assert!(lengths.len() > 1 && lengths.is_sorted_by(|a, b| a >= b), "{lengths:?}");
    }

    #[test]
    fn a_phrase_goes_on_with_its_second_word_by_stem_or_as_written() {
        let phrase = Phrase::new(vec![Piece::Word(form("longer"))], 1);
        assert!(phrase.may_go_on((key("long"), form("longer"))));
        assert!(!phrase.may_go_on((key("longer"), form("long"))));
        assert!(Phrase::new(vec![Piece::Gap, Piece::Word(1)], 1).may_go_on((2, 3)));
    }

    #[test]
    fn three_points_stand_for_a_few_words() {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english();
        for (text, words) in [
            ("ruled out", Some(1)),
            ("ruled the idea out", Some(3)),
            ("ruled a secret visit by him out", None),
            ("ruled it in", None),
        ] {
            let keys: Vec<u64> = text.split(' ').map(|w| key(&stemmer.stem(w))).collect();
            let at = |i: usize| keys.get(i + 1).map(|&k| (k, 0));
            let phrases = || cues.phrases(cues.list(keys[0])).iter();
            let fit = phrases().filter_map(|p| p.fits(at)).max();
            assert!(phrases().all(|p| p.may_go_on((keys[1], 0)) || p.fits(at).is_none()), "{text}");
            assert_eq!(fit.map(|f| f.words), words, "{text}");
        }
    }
}
