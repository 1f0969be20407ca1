//! One text as the feature families see it: words in order, each with its key, cue classes, clause and sentence.

use crate::span::Span;

use super::cues::{CueSet, Cues};
use super::key::key;
use super::lexicon::{Entry, Lexicon, WordId};
use super::token::{TokenKind, tokens};

/// The class of a masked proper name; the table leaves the highest bits free.
pub const NAME: CueSet = 1 << 30;

/// What a masked proper name is called in terms.
pub const NAME_WORD: &str = "<name>";

/// Abbreviations whose point ends no sentence.
const ABBREVIATIONS: [&str; 28] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "st", "sgt", "col", "lt", "capt", "adm",
    "no", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
];

/// One word of a text.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// Its entry in the lexicon.
    pub word: WordId,
    /// The key of its stem, or of [`NAME_WORD`].
    pub key: u64,
    /// Its cue classes, those of a phrase that begins here included.
    pub classes: CueSet,
    /// Clauses before it in the text.
    pub clause: u32,
    /// Sentences before it in the text.
    pub sentence: u32,
    /// Where it stands in the normalized text.
    pub span: Span,
}

/// The words of one text. The buffer is reused from text to text.
#[derive(Debug, Default)]
pub struct Reading {
    /// In text order.
    pub units: Vec<Unit>,
}

impl Reading {
    /// Reads normalized `text`; `mask` replaces proper names by [`NAME_WORD`].
    pub fn read(&mut self, text: &str, lexicon: &mut Lexicon<'_>, cues: &Cues, mask: bool, with_cues: bool) {
        self.units.clear();
        let (mut clause, mut sentence) = (0, 0);
        let breaks = if with_cues { cues.set(&["contrast", "if"]) } else { 0 };
        for token in tokens(text) {
            match token.kind {
                TokenKind::Word => {
                    let word = lexicon.id(token.span.of(text));
                    let Some(entry) = lexicon.entry(word) else { continue };
                    clause += u32::from(entry.classes & breaks != 0);
                    let (key, classes) = (entry.key, entry.classes);
                    self.units.push(Unit { word, key, classes, clause, sentence, span: token.span });
                }
                TokenKind::Stop => {
                    let mark = token.span.of(text);
                    if mark == "." && self.ends_in_abbreviation(lexicon) {
                        continue;
                    }
                    if mark == "?" && with_cues {
                        let word = lexicon.id(mark);
                        let Some(entry) = lexicon.entry(word) else { continue };
                        let (key, classes) = (entry.key, entry.classes);
                        self.units.push(Unit { word, key, classes, clause, sentence, span: token.span });
                    }
                    clause += 1;
                    sentence += 1;
                }
                TokenKind::Pause => clause += 1,
                TokenKind::Quote => (),
            }
        }
        if with_cues {
            self.join_phrases(lexicon, cues);
        }
        if mask {
            self.mask_names(lexicon, cues);
        }
    }

    fn ends_in_abbreviation(&self, lexicon: &Lexicon<'_>) -> bool {
        self.units.last().and_then(|u| lexicon.entry(u.word)).is_some_and(|e| {
            e.capital && (e.lower.contains('.') || e.lower.len() == 1 || ABBREVIATIONS.contains(&&*e.lower))
        })
    }

    /// Gives the first word of every cue of several words the classes of the whole; its other words lose theirs.
    fn join_phrases(&mut self, lexicon: &Lexicon<'_>, cues: &Cues) {
        let keys = |unit: &Unit| lexicon.entry(unit.word).map_or((0, 0), |e| (e.key, e.form));
        let mut at = 0;
        while at < self.units.len() {
            let found = self.units.get(at..).and_then(|rest| {
                let (first, rest) = rest.split_first()?;
                let entry = lexicon.entry(first.word).filter(|e| e.starts_phrase)?;
                let fits = |phrase: &&super::cues::Phrase| {
                    rest.len() >= phrase.rest.len()
                        && phrase.rest.iter().zip(rest).all(|(wanted, unit)| {
                            let (stem, form) = keys(unit);
                            *wanted == stem || *wanted == form
                        })
                };
                let by_stem = cues.phrases(entry.key).iter().find(fits);
                let by_form = cues.phrases(entry.form).iter().find(fits);
                by_stem.into_iter().chain(by_form).max_by_key(|p| p.rest.len())
            });
            let Some(phrase) = found else {
                at += 1;
                continue;
            };
            let end = at + 1 + phrase.rest.len();
            for (i, unit) in self.units.iter_mut().enumerate().take(end).skip(at) {
                unit.classes = if i == at { phrase.classes } else { 0 };
            }
            at = end;
        }
    }

    /// Masks capitalised words that are no cues, and drops all but the first of neighbours. The first word of a
    /// sentence is masked only where something else than its capital tells a name.
    fn mask_names(&mut self, lexicon: &Lexicon<'_>, cues: &Cues) {
        let verbs = cues.set(&["say", "future", "perfect", "present", "past", "refuse", "willing", "break"]);
        let is_name = |unit: &Unit| unit.classes == 0 && lexicon.entry(unit.word).is_some_and(|e| e.capital);
        let name = key(NAME_WORD);
        let count = self.units.len();
        for i in 0..count {
            let Some(&unit) = self.units.get(i) else { continue };
            let Some(entry) = lexicon.entry(unit.word).filter(|_| is_name(&unit)) else { continue };
            let initial =
                i == 0 || self.units.get(i - 1).is_none_or(|before| before.sentence != unit.sentence);
            let next = self.units.get(i + 1).filter(|n| n.sentence == unit.sentence);
            let told = next.is_some_and(|n| is_name(n) || n.classes & verbs != 0) && !is_function_word(entry);
            if (!initial || told)
                && let Some(unit) = self.units.get_mut(i)
            {
                (unit.key, unit.classes) = (name, NAME);
            }
        }
        let mut last_was_name = false;
        self.units.retain(|unit| {
            let is_name = unit.key == name;
            !std::mem::replace(&mut last_was_name, is_name) || !is_name
        });
    }
}

/// Words that begin sentences and are never names.
fn is_function_word(entry: &Entry) -> bool {
    matches!(
        &*entry.lower,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "there"
            | "here"
            | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "to"
            | "of"
            | "and"
            | "or"
            | "so"
            | "as"
            | "all"
            | "some"
            | "any"
            | "many"
            | "most"
            | "both"
            | "each"
            | "no"
            | "such"
            | "more"
            | "one"
            | "two"
            | "nor"
            | "also"
            | "now"
    )
}
