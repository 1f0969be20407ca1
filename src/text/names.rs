//! Proper names: which words are names, so that no country and no person predicts a label.

use super::cues::NAME;
use super::key::key;
use super::lexicon::{Entry, Lexicon};
use super::unit::Unit;

/// What a masked proper name is called in terms.
pub(super) const NAME_WORD: &str = "<name>";

/// Abbreviations whose point ends no sentence.
const ABBREVIATIONS: [&str; 28] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "st", "sgt", "col", "lt", "capt", "adm",
    "no", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
];

/// Words without a cue class that begin sentences and are never names, in alphabetical order.
const COMMON: [&str; 92] = [
    "a",
    "about",
    "above",
    "according",
    "across",
    "after",
    "all",
    "almost",
    "along",
    "also",
    "among",
    "an",
    "and",
    "another",
    "any",
    "anyone",
    "anything",
    "as",
    "asked",
    "at",
    "because",
    "both",
    "by",
    "certainly",
    "each",
    "either",
    "even",
    "every",
    "everybody",
    "everyone",
    "everything",
    "few",
    "finally",
    "five",
    "for",
    "four",
    "from",
    "further",
    "half",
    "here",
    "in",
    "indeed",
    "into",
    "last",
    "later",
    "let",
    "like",
    "many",
    "meanwhile",
    "more",
    "moreover",
    "most",
    "much",
    "neither",
    "next",
    "now",
    "of",
    "on",
    "one",
    "or",
    "other",
    "others",
    "our",
    "over",
    "people",
    "recently",
    "several",
    "since",
    "so",
    "some",
    "someone",
    "something",
    "such",
    "that",
    "the",
    "then",
    "there",
    "therefore",
    "these",
    "this",
    "those",
    "three",
    "thus",
    "to",
    "today",
    "two",
    "under",
    "upon",
    "well",
    "with",
    "within",
    "yes",
];

/// True for a word after which a point ends no sentence.
pub(super) fn is_abbreviation(entry: &Entry) -> bool {
    entry.capital
        && (entry.spelling.lower.contains('.')
            || entry.spelling.lower.len() == 1
            || ABBREVIATIONS.contains(&&*entry.spelling.lower))
}

/// Masks capitalised words that are no cues, and drops all but the first of neighbours. The first word of a
/// sentence is masked only where something else than its capital tells a name.
pub(super) fn mask(units: &mut Vec<Unit>, lexicon: &Lexicon<'_>) {
    let name = key(NAME_WORD);
    let looks = |unit: &Unit| unit.classes == 0 && lexicon.entry(unit.word).is_some_and(|e| e.capital);
    let mut before: Option<u32> = None;
    for i in 0..units.len() {
        let next = units.get(i + 1).copied();
        let Some(unit) = units.get_mut(i) else { continue };
        let initial = before.replace(unit.sentence) != Some(unit.sentence);
        if looks(unit) && (!initial || is_told(unit, next, lexicon, looks)) {
            (unit.key, unit.classes) = (name, NAME);
        }
    }
    let mut last = None;
    units.retain(|unit| {
        let this = (unit.classes == NAME).then_some(unit.clause);
        std::mem::replace(&mut last, this).is_none_or(|clause| this != Some(clause))
    });
}

/// True if the first word of a sentence is a name, as a name or a word with a cue class that follows it tells.
fn is_told(unit: &Unit, next: Option<Unit>, lexicon: &Lexicon<'_>, looks: impl Fn(&Unit) -> bool) -> bool {
    let next = next.filter(|n| n.sentence == unit.sentence);
    let common = lexicon.entry(unit.word).is_some_and(|e| COMMON.binary_search(&&*e.spelling.lower).is_ok());
    let possessive = lexicon.entry(unit.word).is_some_and(|e| e.spelling.lower.ends_with("'s"));
    !common && (possessive || next.is_some_and(|n| looks(&n) || n.classes != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_in_order() {
        assert!(COMMON.is_sorted());
    }
}
