//! The labels of turns in a transcript: "PIKE: We are ready."

use std::collections::HashMap;

use super::lexicon::{class, form};
use super::quote::Quote;
use super::speaker::Speakers;
use super::token::{Mark, Token};
use super::unit::Unit;
use crate::span::Span;

/// The longest label, in tokens: "OLU BAKO, MAYOR OF VALE".
const LONGEST: usize = 10;

/// Who takes turns without a name.
const ROLES: [&str; 18] = [
    "Q",
    "A",
    "Question",
    "Answer",
    "Moderator",
    "Interviewer",
    "Presenter",
    "Host",
    "Reporter",
    "Journalist",
    "Operator",
    "Chair",
    "Spokesperson",
    "Spokesman",
    "Spokeswoman",
    "Deputy Spokesperson",
    "Secretary-General",
    "President",
];

/// So many labels make a transcript.
const TURNS: usize = 2;

/// How many paragraphs begin with each label, and with any.
pub(super) struct Labels<'a> {
    turns: HashMap<&'a str, usize>,
    all: usize,
}

impl<'a> Labels<'a> {
    pub(super) fn of(text: &'a str, units: &[Unit], tokens: &[Token], quotes: &[Quote]) -> Self {
        let mut labels = HashMap::new();
        for paragraph in units.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let first = paragraph.first().and_then(|unit| tokens.get(unit.tokens.clone()));
            if let Some((label, _)) = first.and_then(|tokens| label(text, tokens, quotes)) {
                *labels.entry(label.of(text)).or_default() += 1;
            }
        }
        Self { all: labels.values().sum(), turns: labels }
    }

    /// Whom a label names. A word before a colon is a label if another turn begins with it and, unless it is in capitals, it
    /// names somebody of the article; in capitals alone if it is a letter of question and answer, has a title, is a last
    /// name, or the initials of somebody; and where there are several, if it names a person or a role.
    pub(super) fn name(&self, label: &str, speakers: &Speakers<'_>) -> Option<String> {
        let again = self.turns.get(label).is_some_and(|&turns| turns > 1);
        let transcript = self.all >= TURNS;
        let name = speakers.labelled(label, again || transcript && label.contains(' '));
        if label.starts_with('@') {
            return Some(label.to_owned());
        }
        let titled = || label.split_once(' ').is_some_and(|(first, _)| is_title(first));
        if shouts(label) && matches!(label.len(), 2 | 3) {
            let initials = speakers.with_initials(label).filter(|_| transcript || again);
            if initials.is_some() {
                return initials;
            }
        }
        let role = ROLES.contains(&label.strip_prefix("The ").unwrap_or(label));
        if role && (again || transcript) || shouts(label) && (again || matches!(label, "Q" | "A") || titled())
        {
            return name.or_else(|| Some(label.to_owned()));
        }
        name.filter(|_| again || transcript || shouts(label))
    }
}

/// The words that name the speaker at the beginning of a paragraph, and the colon behind them.
pub(super) fn label(text: &str, tokens: &[Token], quotes: &[Quote]) -> Option<(Span, Span)> {
    // "“PIKE: We are ready.”"
    if let [token] = tokens
        && let Some(quote) = token.quote().and_then(|number| quotes.get(number))
    {
        let (name, _) = quote.inner.of(text).split_once(':')?;
        let colon = quote.inner.start + name.len();
        let named = shouts(name) && name.starts_with(char::is_uppercase);
        return named.then(|| (Span::new(quote.inner.start, colon), Span::new(colon, colon + 1)));
    }
    // "Q    Will you come?"
    if let Some(q) = tokens.first().filter(|t| t.span.of(text) == "Q")
        && text.get(q.span.end..).is_some_and(|rest| rest.starts_with("  ") || rest.starts_with('\t'))
    {
        return Some((q.span, Span::new(q.span.end, q.span.end)));
    }
    let colon = tokens.iter().take(LONGEST).position(|t| t.mark == Mark::Colon)?;
    let head = tokens.get(..colon)?;
    // "NEW VALE, Jan 8: The crew".
    if head.last().is_some_and(|day| day.mark == Mark::Number) {
        return None;
    }
    // "OLU BAKO, MAYOR", "MS. BRAND (through an interpreter)".
    let name = head.split(|t| matches!(t.mark, Mark::Comma | Mark::Open)).next()?;
    let (first, last) = (name.first()?, name.last()?);
    let handle = name.len() == 1 && first.span.of(text).starts_with('@');
    let words = handle || name.len() <= 4 && name.iter().all(|t| t.capital && t.is_word());
    let span = Span::new(first.span.start, last.span.end);
    let whole = words && head.len() == name.len() || shouts(span.of(text));
    // "Said Pike: “We are ready.”"
    let said = name.len() > 1 && first.entry.cue.is_some_and(|cue| cue.forms & form::PAST != 0);
    let named = !said || shouts(span.of(text));
    (words && whole && named).then_some((span, tokens.get(colon)?.span))
}

fn is_title(word: &str) -> bool {
    super::lexicon::look_up(word, Span::new(0, word.len())).class & class::TITLE != 0
}

fn shouts(words: &str) -> bool {
    !words.contains(char::is_lowercase)
}
