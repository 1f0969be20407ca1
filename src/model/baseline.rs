//! The baseline that anybody could write down: four rules over a short list of words. A model has to beat it.

use crate::figures::TermCounts;
use crate::stance::{Classify, Scorer, Scores, Stance, Verdict};
use crate::text::{TokenKind, normalize, tokens};

/// The table; its head says how it is written.
const TABLE: &str = include_str!("lexicon.txt");

/// Words between a negation and what it turns round, at most.
const REACH: usize = 4;

/// The rules, the first that fits:
///
/// 1. no word of talking: `none`;
/// 2. a word of condition beside a refusal or a willingness: `conditional`;
/// 3. a word of refusal, or a negation at most four words before a word of talking or willingness: `rejecting`;
/// 4. a word of willingness: `open`; otherwise `none`.
///
/// The label's probability is 1: rules do not doubt.
///
/// ```
/// use demarche::model::LexiconBaseline;
/// use demarche::stance::{Classify, Stance};
///
/// let baseline = LexiconBaseline::new();
/// assert_eq!(baseline.scorer().score("They are ready for talks.").label, Some(Stance::Open));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconBaseline {
    talk: Vec<Entry>,
    refusal: Vec<Entry>,
    willingness: Vec<Entry>,
    condition: Vec<Entry>,
    negation: Vec<Entry>,
}

/// The words of an entry, each with whether it stands for all words that begin so.
type Entry = Vec<(String, bool)>;

impl Default for LexiconBaseline {
    fn default() -> Self {
        Self::new()
    }
}

impl LexiconBaseline {
    /// The baseline with the lists of `lexicon.txt`.
    #[must_use]
    pub fn new() -> Self {
        let class = |name: &str| {
            let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
            let found = lines.filter_map(|line| line.split_once(": ")).find(|(class, _)| *class == name);
            found.map_or("", |(_, entries)| entries).split(", ").map(entry).collect()
        };
        Self {
            talk: class("talk"),
            refusal: class("refusal"),
            willingness: class("willingness"),
            condition: class("condition"),
            negation: class("negation"),
        }
    }

    fn label(&self, words: &[String]) -> Stance {
        let at = |entries: &[Entry]| -> Vec<usize> {
            let stands = |&place: &usize| words.get(place..).is_some_and(|rest| any_begins(entries, rest));
            (0..words.len()).filter(stands).collect()
        };
        let (talk, willingness) = (at(&self.talk), at(&self.willingness));
        if talk.is_empty() {
            return Stance::None;
        }
        let turned =
            |&not: &usize| talk.iter().chain(&willingness).any(|&place| place > not && place - not <= REACH);
        let refused = !at(&self.refusal).is_empty() || at(&self.negation).iter().any(turned);
        let willing = !willingness.is_empty();
        if (refused || willing) && !at(&self.condition).is_empty() {
            Stance::Conditional
        } else if refused {
            Stance::Rejecting
        } else if willing {
            Stance::Open
        } else {
            Stance::None
        }
    }
}

fn entry(words: &str) -> Entry {
    let word = |word: &str| match word.strip_suffix('*') {
        Some(beginning) => (beginning.to_owned(), true),
        None => (word.to_owned(), false),
    };
    words.split(' ').map(word).collect()
}

/// True if some entry stands at the beginning of `words`.
fn any_begins(entries: &[Entry], words: &[String]) -> bool {
    let fits = |((wanted, open), word): (&(String, bool), &String)| {
        if *open { word.starts_with(wanted) } else { word == wanted }
    };
    entries.iter().any(|entry| words.len() >= entry.len() && entry.iter().zip(words).all(fits))
}

impl Classify for LexiconBaseline {
    fn name(&self) -> &'static str {
        "lexicon"
    }

    fn scorer(&self) -> Box<dyn Scorer + '_> {
        Box::new(LexiconScorer(self))
    }
}

struct LexiconScorer<'a>(&'a LexiconBaseline);

impl Scorer for LexiconScorer<'_> {
    fn score(&mut self, text: &str) -> Verdict {
        let text = normalize(text);
        let is_word = |token: &crate::text::Token| token.kind == TokenKind::Word;
        let lower = |token: crate::text::Token| token.span.of(&text).to_lowercase().replace('’', "'");
        let words: Vec<String> = tokens(&text).filter(is_word).map(lower).collect();
        let label = self.0.label(&words);
        let scores = Scores(Stance::ALL.map(|stance| if stance == label { 1.0 } else { 0.0 }));
        Verdict { label: Some(label), scores, known: TermCounts::default() }
    }

    fn terms(&self) -> Vec<(&str, f32)> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_fires_in_its_turn() {
        let baseline = LexiconBaseline::new();
        for (text, label) in [
            ("The minister opened a bridge and refused a drink.", Stance::None),
            ("We are ready to negotiate.", Stance::Open),
            ("We are ready to negotiate if the guns fall silent.", Stance::Conditional),
            ("They will not meet unless the siege is lifted.", Stance::Conditional),
            ("They refused all negotiations.", Stance::Rejecting),
            ("There won’t be any talks.", Stance::Rejecting),
            ("Not one of the nine who came by boat saw the talks.", Stance::None),
            ("The talks lasted two hours.", Stance::None),
            ("They called off the summit.", Stance::Rejecting),
        ] {
            assert_eq!(baseline.scorer().score(text).label, Some(label), "{text}");
        }
    }

    #[test]
    fn every_list_is_read() {
        let baseline = LexiconBaseline::new();
        for list in [
            &baseline.talk,
            &baseline.refusal,
            &baseline.willingness,
            &baseline.condition,
            &baseline.negation,
        ] {
            assert!(list.len() > 10 && list.iter().flatten().all(|(word, _)| !word.is_empty()), "{list:?}");
        }
    }
}
