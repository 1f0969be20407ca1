//! One text as the feature families see it: words in order, each with its key, cue classes, clause and sentence.

use super::cues::{CueSet, Cues, Fit};
use super::lexicon::{Entry, Lexicon, Marks};
use super::names;
use super::token::{Token, TokenKind, each_token};
use super::unit::Unit;
use super::word_table::{Asked, Found};

/// What the reader knows at one point of a text.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    clause: u32,
    sentence: u32,
    quoted: bool,
}

/// The words of one text. The buffers are reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// In text order.
    pub(super) units: Vec<Unit>,
    tokens: Vec<(Token, Asked)>,
    /// What the lexicon has of the tokens that it is asked for.
    found: Vec<Found>,
}

impl Reading {
    /// Reads normalized `text`; `mask` marks proper names, `cues` looks for cues where given.
    pub(super) fn read(&mut self, text: &str, lexicon: &mut Lexicon<'_>, mask: bool, cues: Option<&Cues>) {
        self.units.clear();
        self.tokens.clear();
        each_token(text, |token| self.tokens.push((token, lexicon.ask(text, token.span))));
        self.found.clear();
        self.found.extend(self.tokens.iter().map(|&(token, asked)| {
            let kept = token.kind == TokenKind::Word || token.span.of(text) == "?";
            let found = if kept { lexicon.word(text, asked) } else { Found::default() };
            lexicon.ask_entry(found.number);
            found
        }));
        let mut place = Place::default();
        for i in 0..self.tokens.len() {
            let (Some(&(token, _)), Some(&found)) = (self.tokens.get(i), self.found.get(i)) else { break };
            let written = token.span.of(text);
            match token.kind {
                TokenKind::Word => self.push(found, place, lexicon),
                TokenKind::Stop => {
                    if written == "."
                        && self.ends_in_abbreviation(lexicon, text.get(token.span.end..).unwrap_or_default())
                    {
                        continue;
                    }
                    if written == "?" && cues.is_some() {
                        self.push(found, place, lexicon);
                    }
                    place.clause += 1;
                    place.sentence += 1;
                }
                TokenKind::Pause => place.clause += 1,
                TokenKind::Quote => place.quoted = opens(written, place.quoted),
            }
        }
        if let Some(cues) = cues {
            self.join_phrases(lexicon, cues);
        }
        if mask {
            names::mask(&mut self.units, lexicon);
        }
        if let Some(cues) = cues {
            self.split_clauses(cues);
        }
    }

    fn push(&mut self, found: Found, place: Place, lexicon: &Lexicon<'_>) {
        let Found { note, number: word, .. } = found;
        let Some(entry) = lexicon.entry(word) else { return };
        let Place { clause, sentence, quoted } = place;
        let &Entry { key, classes, marks, .. } = entry;
        self.units.push(Unit { word, note, key, classes, clause, sentence, quoted, marks });
    }

    /// True if a point belongs to the last word, with `rest` of the text behind it. "No." is short for a number only
    /// before one, and then it is no negation.
    fn ends_in_abbreviation(&mut self, lexicon: &Lexicon<'_>, rest: &str) -> bool {
        let Some(last) = self.units.last_mut() else { return false };
        let Some(entry) = lexicon.entry(last.word).filter(|e| names::is_abbreviation(e)) else {
            return false;
        };
        if &*entry.spelling.lower != "no" {
            return true;
        }
        let numbered = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
        if numbered {
            last.classes = 0;
        }
        numbered
    }

    /// Gives the first word of every cue of several words the classes of the whole; its other words lose theirs.
    fn join_phrases(&mut self, lexicon: &Lexicon<'_>, cues: &Cues) {
        let mut at = 0;
        while at < self.units.len() {
            let Some((fit, classes)) = self.phrase_at(at, lexicon, cues) else {
                at += 1;
                continue;
            };
            let last = at + fit.words;
            for (i, unit) in self.units.iter_mut().enumerate().take(last + 1).skip(at) {
                if i == at {
                    unit.classes = classes;
                } else if i == last || !fit.gap {
                    (unit.classes, unit.marks) = (0, Marks::default());
                }
            }
            at = if fit.gap { at + 1 } else { last + 1 };
        }
    }

    /// The longest cue of several words that begins at unit `at` and ends in its clause.
    fn phrase_at(&self, at: usize, lexicon: &Lexicon<'_>, cues: &Cues) -> Option<(Fit, CueSet)> {
        let first = self.units.get(at)?;
        let [stem, form] = lexicon.entry(first.word)?.phrases;
        stem.or(form)?;
        let keys = |i: usize| {
            let unit = self.units.get(at + 1 + i).filter(|u| u.clause == first.clause)?;
            lexicon.entry(unit.word).map(|e| (e.key, e.form))
        };
        let next = keys(0)?;
        let phrases = [stem, form].into_iter().flat_map(|list| cues.phrases(list));
        let phrases = phrases.filter(|p| p.may_go_on(next));
        phrases.filter_map(|p| Some((p.fits(keys)?, p.classes))).max_by_key(|(fit, _)| (!fit.gap, fit.words))
    }

    /// Begins a clause at every contrast and at every connective of condition or time.
    fn split_clauses(&mut self, cues: &Cues) {
        let mut added = 0;
        for unit in &mut self.units {
            added += u32::from(unit.classes & cues.breaks != 0);
            unit.clause += added;
        }
    }
}

/// True if the text after quotation mark `mark` is inside quotation marks.
fn opens(mark: &str, inside: bool) -> bool {
    match mark {
        "“" | "«" | "„" | "‹" | "「" => true,
        "”" | "»" | "›" | "」" => false,
        _ => !inside,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cues::NAME;
    use super::super::stem::EnglishStemmer;
    use super::*;

    /// Words of `text` with `!` before names, `|` where a clause begins and `"` where a quote begins or ends.
    fn shown(text: &str) -> String {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english();
        let mut lexicon = Lexicon::new(Some(&stemmer), &cues, None);
        let mut reading = Reading::default();
        reading.read(text, &mut lexicon, true, Some(&cues));
        let (mut out, mut clause, mut quoted) = (String::new(), 0, false);
        let spans = reading.tokens.iter().map(|(token, _)| token);
        let spans = spans.filter(|t| t.kind == TokenKind::Word || t.span.of(text) == "?").map(|t| t.span);
        for (unit, span) in reading.units.iter().zip(spans) {
            if unit.clause != clause {
                out.push_str("| ");
            }
            if unit.quoted != quoted {
                out.push_str("\" ");
            }
            if unit.classes == NAME {
                out.push('!');
            }
            (clause, quoted) = (unit.clause, unit.quoted);
            out.push_str(span.of(text));
            out.push(' ');
        }
        out.trim_end().to_owned()
    }

    #[test]
    fn names_clauses_and_quotes_are_seen() {
        for (text, expect) in [
            ("Norland will talk unless Sudria objects.", "!Norland will talk | unless !Sudria objects"),
            ("The envoy of Norland left, but stayed calm.", "The envoy of !Norland left | | but stayed calm"),
            ("“We talk,” said Mr. Orlo.", "\" We talk | \" said !Mr"),
            ("Everything is ready. Talks resume", "Everything is ready | Talks resume"),
        ] {
            assert_eq!(shown(text).replace("| | ", "| "), expect.replace("| | ", "| "));
        }
    }

    #[test]
    fn a_phrase_with_a_gap_leaves_the_words_inside_their_classes() {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english();
        let mut lexicon = Lexicon::new(Some(&stemmer), &cues, None);
        let mut reading = Reading::default();
        reading.read("they ruled direct talks out", &mut lexicon, true, Some(&cues));
        let classes: Vec<CueSet> = reading.units.iter().map(|u| u.classes).collect();
        assert_eq!(classes[1], cues.set(&["refuse"]));
        assert_ne!(classes[3] & cues.set(&["talk"]), 0);
        assert_eq!(classes[4], 0);
    }
}
