//! What the extractor knows of single words: cues of saying (`cues.csv`) and word classes (`words.txt`).

use std::sync::LazyLock;

use super::words::{Word, Words};
use crate::span::Span;

/// Word classes, as bits of [`Entry::class`]: two of 32 are free.
pub(crate) mod class {
    pub(crate) const NAMES: [&str; 30] = [
        "male",
        "female",
        "plural",
        "person",
        "thing",
        "determiner",
        "preposition",
        "auxiliary",
        "be",
        "negation",
        "adverb",
        "coordinator",
        "subordinator",
        "relative",
        "complement",
        "time",
        "title",
        "mister",
        "madam",
        "role",
        "organisation",
        "opener",
        "first-male",
        "first-female",
        "place",
        "past",
        "honour",
        "particle",
        "document",
        "event",
    ];
    pub(crate) const MALE: u32 = 1;
    pub(crate) const FEMALE: u32 = 1 << 1;
    pub(crate) const PLURAL: u32 = 1 << 2;
    pub(crate) const PERSON: u32 = 1 << 3;
    pub(crate) const THING: u32 = 1 << 4;
    pub(crate) const DETERMINER: u32 = 1 << 5;
    pub(crate) const PREPOSITION: u32 = 1 << 6;
    pub(crate) const AUXILIARY: u32 = 1 << 7;
    pub(crate) const BE: u32 = 1 << 8;
    pub(crate) const NEGATION: u32 = 1 << 9;
    pub(crate) const ADVERB: u32 = 1 << 10;
    pub(crate) const COORDINATOR: u32 = 1 << 11;
    pub(crate) const SUBORDINATOR: u32 = 1 << 12;
    pub(crate) const RELATIVE: u32 = 1 << 13;
    pub(crate) const COMPLEMENT: u32 = 1 << 14;
    pub(crate) const TIME: u32 = 1 << 15;
    pub(crate) const TITLE: u32 = 1 << 16;
    pub(crate) const MISTER: u32 = 1 << 17;
    pub(crate) const MADAM: u32 = 1 << 18;
    pub(crate) const ROLE: u32 = 1 << 19;
    pub(crate) const ORGANISATION: u32 = 1 << 20;
    pub(crate) const OPENER: u32 = 1 << 21;
    pub(crate) const FIRST_MALE: u32 = 1 << 22;
    pub(crate) const FIRST_FEMALE: u32 = 1 << 23;
    pub(crate) const PLACE: u32 = 1 << 24;
    /// Past forms of verbs.
    pub(crate) const PAST: u32 = 1 << 25;
    /// What stands behind a name: "KC".
    pub(crate) const HONOUR: u32 = 1 << 26;
    /// Small words inside names: "van".
    pub(crate) const PARTICLE: u32 = 1 << 27;
    /// What is written or read out by somebody: "a statement by the ministry".
    pub(crate) const DOCUMENT: u32 = 1 << 28;
    /// What is called and held: "called a strike".
    pub(crate) const EVENT: u32 = 1 << 29;
    /// Pronouns that can be the subject of a cue.
    pub(crate) const PRONOUN: u32 = MALE | FEMALE | PLURAL | PERSON | THING;
}

/// What may follow a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A clause, a phrase or a quotation ("said", "called").
    Any,
    /// The person spoken to, then any ("told").
    Tell,
    /// A clause that its first word shows, or a quotation ("agreed that").
    Clause,
    /// What "of" or "about" brings, or a quotation ("spoke").
    About,
    /// Only a quotation ("continued").
    Quote,
}

/// A form of a verb of saying, as bits: one spelling may be several forms.
pub(crate) mod form {
    pub(crate) const BASE: u8 = 1;
    pub(crate) const THIRD: u8 = 1 << 1;
    pub(crate) const PAST: u8 = 1 << 2;
    pub(crate) const PARTICIPLE: u8 = 1 << 3;
    pub(crate) const ING: u8 = 1 << 4;
}

/// A verb of saying in one of its spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) frame: Frame,
    pub(crate) forms: u8,
}

/// All that is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) class: u32,
    pub(crate) cue: Option<Cue>,
}

static LEXICON: LazyLock<Words<Entry>> = LazyLock::new(load);

/// The longest word of the two tables; longer ones need no look-up.
const LONGEST: usize = 20;

fn load() -> Words<Entry> {
    let mut table = Words::<Entry>::default();
    for line in include_str!("words.txt").lines() {
        let Some((name, words)) = line.split_once(':') else { continue };
        let Some(bit) = class::NAMES.iter().position(|&known| known == name) else { continue };
        for word in words.split_whitespace() {
            table.entry(word).class |= 1 << bit;
        }
    }
    for line in include_str!("cues.csv").lines().skip(1) {
        let mut fields = line.rsplit(',');
        let frame = match fields.next() {
            Some("any") => Frame::Any,
            Some("tell") => Frame::Tell,
            Some("about") => Frame::About,
            Some("clause") => Frame::Clause,
            _ => Frame::Quote,
        };
        for (bit, word) in
            [form::ING, form::PARTICIPLE, form::PAST, form::THIRD, form::BASE].into_iter().zip(fields)
        {
            // Empty where the form is mostly a noun: "talks".
            if word.is_empty() {
                continue;
            }
            let entry = table.entry(word);
            let cue = entry.cue.get_or_insert(Cue { frame, forms: 0 });
            cue.forms |= bit;
        }
    }
    table
}

/// Looks up a word in any case, with either apostrophe.
pub(crate) fn look_up(text: &str, span: Span) -> Entry {
    let word = Word::of(text, span);
    if word.is_ascii() { look_up_straight(word) } else { look_up_curly(word.spelled()) }
}

/// Looks up a word with straight apostrophes.
fn look_up_straight(word: Word<'_>) -> Entry {
    if word.len() > LONGEST {
        return Entry::default();
    }
    if let Some(&found) = LEXICON.get_lower(word) {
        return found;
    }
    match word.spelled().as_bytes() {
        [_, _, _, .., b'l' | b'L', b'y' | b'Y'] => Entry { class: class::ADVERB, cue: None },
        [_, _, _, .., b'e', b'd'] => Entry { class: class::PAST, cue: None },
        _ => Entry::default(),
    }
}

/// Looks up a word that may have curly apostrophes; no word of the tables has other marks of their block.
fn look_up_curly(word: &str) -> Entry {
    let straight = word.replace('’', "'");
    if straight.as_bytes().contains(&0xE2) {
        Entry::default()
    } else {
        look_up_straight(Word::whole(&straight))
    }
}

/// The length of the pronoun in a contraction with an auxiliary: 4 of "They've"; 0 of other words.
pub(super) fn contracted(word: &str) -> usize {
    let mark = match word.as_bytes() {
        [.., mark, b's' | b'd' | b'm'] | [.., mark, b'v' | b'r', b'e'] | [.., mark, b'l', b'l'] => *mark,
        _ => return 0,
    };
    // The last byte of either apostrophe.
    if !matches!(mark, b'\'' | 0x99) {
        return 0;
    }
    let pronouns = ["he", "she", "they", "we", "I", "you", "it", "who"];
    let own = word.split(['\'', '’']).next().unwrap_or_default();
    if pronouns.iter().any(|pronoun| own.eq_ignore_ascii_case(pronoun)) { own.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_up(word: &str) -> Entry {
        super::look_up(word, Span::new(0, word.len()))
    }

    #[test]
    fn pronouns_part_from_their_auxiliaries() {
        for (word, length) in [
            ("They've", 4),
            ("they’re", 4),
            ("I'm", 1),
            ("it’ll", 2),
            ("he'd", 2),
            ("who's", 3),
            ("Dahl's", 0),
            ("said", 0),
            ("s", 0),
        ] {
            assert_eq!(contracted(word), length, "{word}");
        }
    }

    #[test]
    fn tables_load_and_words_are_found_in_any_case() {
        assert_eq!(look_up("Said").cue.map(|cue| cue.frame), Some(Frame::Any));
        assert_eq!(look_up("didn’t").class & class::NEGATION, class::NEGATION);
        assert_eq!(look_up("quietly").class, class::ADVERB);
        assert_eq!(look_up("QUIETLY").class, class::ADVERB);
        assert_eq!(look_up("unquestionably-quietly"), Entry::default());
        assert_eq!(look_up("naïvely").class, class::ADVERB);
        assert_eq!(look_up("quiet‑ly"), Entry::default());
        assert_eq!(look_up("漢字"), Entry::default());
        for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
            let (name, words) = line.split_once(':').unwrap();
            assert!(class::NAMES.contains(&name), "unknown class {name}");
            let words: Vec<&str> = words.split_whitespace().collect();
            for (i, word) in words.iter().enumerate() {
                assert!(word.len() <= LONGEST, "{word} is never looked up");
                assert!(!words[..i].contains(word), "{name} has {word} twice");
            }
        }
        for line in include_str!("cues.csv").lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            assert_eq!(fields.len(), 6, "{line}");
            assert!(["any", "tell", "about", "clause", "quote"].contains(&fields[5]), "{line}");
            assert!(fields.iter().all(|word| word.len() <= LONGEST), "{line}");
        }
    }
}
