//! Splits news prose into sentences: paragraph by paragraph, at full stops that end no abbreviation, with the quotation
//! marks and brackets that close there.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::span::Span;

use super::bytes::table;
use super::paragraph::{Paragraphs, bullet};

/// The sentences of `text` by position, without the white space and list bullets around them. A line break ends
/// a sentence, unless the line is merely wrapped. Runs in time linear in the text.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    sentences_in(text, Span::new(0, text.len()), &Paragraphs::of(text))
}

/// The sentences of `span` in `text`, whose paragraphs are known.
pub(crate) fn sentences_in(text: &str, span: Span, paragraphs: &Paragraphs<'_>) -> Vec<Span> {
    let mut found = Vec::with_capacity(span.len() / 100);
    let bytes = text.as_bytes().get(..span.end).unwrap_or_default();
    let mut start = span.start;
    while start < bytes.len() {
        let end = paragraph_end(bytes, start, paragraphs);
        split_paragraph(text, Span::new(start, end), &mut found);
        start = end;
    }
    found
}

/// The end of the paragraph that begins at `start`, behind its line break: a line feed, a carriage return, or the
/// separator of lines or of paragraphs.
fn paragraph_end(bytes: &[u8], start: usize, paragraphs: &Paragraphs<'_>) -> usize {
    let mut at = start;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(next) = rest.iter().position(|b| matches!(b, b'\n' | b'\r' | 0xE2)) else {
            return bytes.len();
        };
        at += next;
        match bytes.get(at..) {
            Some([b'\r', b'\n', ..]) => at += 1,
            Some([b'\r', ..]) => return at + 1,
            Some([b'\n', ..]) if paragraphs.breaks(at) => return at + 1,
            Some([0xE2, 0x80, 0xA8 | 0xA9, ..]) => return at + 3,
            _ => at += 1,
        }
    }
}

fn split_paragraph(text: &str, paragraph: Span, found: &mut Vec<Span>) {
    let paragraph = without_bullet(text, paragraph.trimmed(text));
    let bytes = paragraph.of(text).as_bytes();
    let mut start = 0;
    let mut at = 0;
    let mut quoted = false;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(next) = rest.iter().position(|&b| tells(b)) else { break };
        at += next;
        match rest.get(next) {
            Some(b'"') => {
                quoted = !quoted;
                at += 1;
            }
            _ => match terminal(bytes, at) {
                0 => at += 1,
                length => {
                    let stop = Stop::read(bytes, start, at, at + length, quoted);
                    quoted = stop.quoted;
                    if stop.ends_sentence {
                        push(text, paragraph.start + start, paragraph.start + stop.end, found);
                        start = stop.end;
                    }
                    at = stop.end;
                }
            },
        }
    }
    push(text, paragraph.start + start, paragraph.end, found);
}

/// True for what terminal marks and straight quotation marks begin with.
const fn tells(byte: u8) -> bool {
    const TABLE: [bool; 256] = table([b'"', b'.', b'!', b'?', 0xE2, 0xE3, 0xEF]);
    TABLE[byte as usize]
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let span = Span::new(start, end).trimmed(text);
    if !span.is_empty() {
        found.push(span);
    }
}

/// A bullet or a number in front of a list item is no part of its sentence.
fn without_bullet(text: &str, paragraph: Span) -> Span {
    match bullet(paragraph.of(text)) {
        Some(item) => Span::new(paragraph.end - item.len(), paragraph.end),
        None => paragraph,
    }
}

/// The length of the terminal mark at `at`, or 0. Ideographic stops and the ellipsis are three bytes long.
fn terminal(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'.' | b'!' | b'?', ..]) => 1,
        Some([0xE2, 0x80, 0xA6, ..] | [0xE3, 0x80, 0x82, ..] | [0xEF, 0xBC, 0x81 | 0x9F, ..]) => 3,
        _ => 0,
    }
}

/// The length of a closing quotation mark or bracket at `at`, or 0.
fn closer(bytes: &[u8], at: usize, quoted: bool) -> usize {
    match bytes.get(at..) {
        Some([b'\'', b'\'', ..] | [0xC2, 0xBB, ..]) => 2,
        Some([b'"', next, ..]) if !quoted && next.is_ascii_alphanumeric() => 0,
        Some([b'\'', next, ..]) if next.is_ascii_alphanumeric() => 0,
        Some([b')' | b']' | b'"' | b'\'', ..]) => 1,
        // The German closing mark is the English opening one.
        Some(
            [0xE2, 0x80, 0x9C]
            | [0xE2, 0x80, 0x9C, b' ' | b'.' | b',', ..]
            | [0xE2, 0x80, 0x9D | 0x99, ..]
            | [0xE3, 0x80, 0x8D | 0x8F, ..],
        ) => 3,
        _ => 0,
    }
}

/// A run of terminal marks and what closes with it.
struct Stop {
    end: usize,
    ends_sentence: bool,
    /// True if a straight quotation mark is open after it.
    quoted: bool,
}

impl Stop {
    /// Reads the run whose first mark lies at `first..after` in a sentence that began at `start`.
    fn read(bytes: &[u8], start: usize, first: usize, after: usize, quoted: bool) -> Self {
        let mut end = after;
        let mut marks = 1;
        loop {
            let spaced = usize::from(bytes.get(end..end + 2) == Some(b" ."));
            match terminal(bytes, end + spaced) {
                0 => break,
                length => end += length + spaced,
            }
            marks += 1;
        }
        let mark = bytes.get(first).copied().unwrap_or_default();
        let mut open = quoted;
        let closers = end;
        loop {
            // A quotation mark may stand a space behind the stop that it closes over: `outreach.' "`.
            let spaced = usize::from(open && end > closers && bytes.get(end..end + 2) == Some(b" \""));
            match closer(bytes, end + spaced, open) {
                0 => break,
                length => {
                    open ^= bytes.get(end + spaced) == Some(&b'"');
                    end += length + spaced;
                }
            }
        }
        let single = mark == b'.' && marks == 1;
        let wide = mark == 0xE3 || mark == 0xEF;
        let ends_sentence =
            wide || Next::read(bytes, end, open).begins_sentence(bytes, start, first, single, closers != end);
        Self { end, ends_sentence, quoted: open }
    }
}

/// What stands behind a stop.
struct Next<'a> {
    word: &'a [u8],
    spaced: bool,
    /// An opening quotation mark or bracket stands before the word.
    opened: bool,
    /// A dash stands there, and no word.
    dashed: bool,
}

impl<'a> Next<'a> {
    fn read(bytes: &'a [u8], end: usize, quoted: bool) -> Self {
        let rest = bytes.get(end..).unwrap_or_default();
        let mut words = rest;
        let mut opened = false;
        loop {
            words = match words {
                [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] | [0xC2, 0xA0, rest @ ..] => rest,
                [b'"', rest @ ..] if !quoted => {
                    opened = true;
                    rest
                }
                [b'(' | b'[' | b'\'', rest @ ..]
                | [0xC2, 0xAB, rest @ ..]
                | [0xE2, 0x80, 0x9C | 0x98 | 0x9E, rest @ ..]
                | [0xE3, 0x80, 0x8C | 0x8E, rest @ ..] => {
                    opened = true;
                    rest
                }
                _ => break,
            };
        }
        let length = words.iter().take(24).take_while(|b| b.is_ascii_alphanumeric() || **b >= 0x80).count();
        let spaced = rest.is_empty()
            || rest.first().is_some_and(u8::is_ascii_whitespace)
            || rest.starts_with(&[0xC2, 0xA0]);
        let dashed = matches!(words, [b'-', ..] | [0xE2, 0x80, 0x93..=0x95, ..]);
        Self { word: words.get(..length).unwrap_or_default(), spaced, opened, dashed }
    }

    fn begins_sentence(&self, bytes: &[u8], start: usize, stop: usize, single: bool, closed: bool) -> bool {
        let before = word_before(bytes, start, stop);
        let Some(&first) = self.word.first() else {
            // "VALE, N.H. -- The talks".
            return (self.spaced || self.opened) && !(self.dashed && is_acronym(before));
        };
        if first.is_ascii_lowercase() {
            // `It was chaos. "this proves it," he said`.
            let plain = before.len() > 3 && before.iter().all(u8::is_ascii_lowercase);
            return single && self.spaced && self.opened && plain && class_of(before).is_none();
        }
        if !self.spaced {
            return (closed || self.opened || ends_like_a_word(before))
                && !first.is_ascii_digit()
                && !is_abbreviation(before)
                && (closed || self.opened || self.word.get(1).is_none_or(u8::is_ascii_lowercase));
        }
        !single || closed || self.opened && !is_title(before) || !self.continues(before)
    }

    /// True if the full stop behind `before` belongs to an abbreviation inside the sentence.
    fn continues(&self, before: &[u8]) -> bool {
        let digit = self.word.first().is_some_and(u8::is_ascii_digit);
        if let [letter @ b'A'..=b'Z'] = before {
            return *letter != b'I' && !(self.is_starter() && self.word != b"A");
        }
        let capital = before.first().is_some_and(u8::is_ascii_uppercase);
        match class_of(before) {
            Some(Class::Title) => capital,
            Some(Class::Month) => capital && digit,
            Some(Class::Number) => digit,
            Some(Class::Other) => digit || !self.is_starter(),
            Some(Class::Proper) => capital && (digit || !self.is_starter()),
            _ => is_acronym(before) && !self.is_starter(),
        }
    }

    fn is_starter(&self) -> bool {
        matches!(class_of(self.word), Some(Class::Starter)) || self.word.eq_ignore_ascii_case(b"no")
    }
}

/// The letters, digits, inner stops and hyphens before `stop`.
fn word_before(bytes: &[u8], start: usize, stop: usize) -> &[u8] {
    let from = start.max(stop.saturating_sub(24));
    let window = bytes.get(from..stop).unwrap_or_default();
    let length = window
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-') || **b >= 0xC3)
        .count();
    window.get(window.len() - length..).unwrap_or_default()
}

/// A word or a figure, not an abbreviation or a web address: two letters of lower case, or digits.
fn ends_like_a_word(before: &[u8]) -> bool {
    match before {
        [.., a, b] => a.is_ascii_lowercase() && b.is_ascii_lowercase() || b.is_ascii_digit(),
        [b] => b.is_ascii_digit(),
        [] => false,
    }
}

/// Single letters with stops between them: `U.S`, `p.m`.
fn is_acronym(before: &[u8]) -> bool {
    before.len() >= 3
        && before
            .iter()
            .enumerate()
            .all(|(i, b)| if i % 2 == 0 { b.is_ascii_alphabetic() } else { *b == b'.' })
}

fn is_abbreviation(before: &[u8]) -> bool {
    is_acronym(before) || is_title(before)
}

fn is_title(before: &[u8]) -> bool {
    before.first().is_some_and(u8::is_ascii_uppercase) && matches!(class_of(before), Some(Class::Title))
}

#[derive(Clone, Copy)]
enum Class {
    Title,
    Month,
    Number,
    Other,
    Proper,
    Starter,
}

static CLASSES: LazyLock<HashMap<&'static [u8], Class>> = LazyLock::new(|| {
    let mut classes = HashMap::new();
    for line in include_str!("abbreviations.txt").lines() {
        let Some((name, words)) = line.split_once(": ") else { continue };
        let class = match name {
            "title" => Class::Title,
            "month" => Class::Month,
            "number" => Class::Number,
            "other" => Class::Other,
            "proper" => Class::Proper,
            "starter" => Class::Starter,
            _ => continue,
        };
        for word in words.split(' ') {
            classes.entry(word.as_bytes()).or_insert(class);
        }
    }
    classes
});

fn class_of(word: &[u8]) -> Option<Class> {
    let mut buffer = [0_u8; 12];
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    CLASSES.get(&*lower).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(case: &str) -> Result<(), String> {
        let case = case.replace("\\n", "\n").replace("\\r", "\r");
        let text = case.replace('|', "");
        // Bullets are no part of a sentence, though the table shows them.
        let words = |part: &str| {
            let mut lines = part
                .lines()
                .map(str::trim)
                .filter(|line| !matches!(*line, "•" | "-" | "*" | "–" | "1." | "2." | "3)"));
            lines.next().unwrap_or_default().trim_start_matches(['•', '-', '*', '–']).trim_start().to_owned()
        };
        let expect: Vec<String> = case.split('|').map(words).filter(|part| !part.is_empty()).collect();
        let got: Vec<String> = sentences(&text).into_iter().map(|span| span.of(&text).to_owned()).collect();
        if got == expect { Ok(()) } else { Err(format!("{got:?} for {expect:?}")) }
    }

    #[test]
    fn the_table_of_hard_cases_is_split_as_marked() {
        let cases: Vec<&str> = include_str!("../../tests/fixtures/sentences.txt")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("# "))
            .collect();
        assert!(cases.len() >= 150, "{} cases", cases.len());
        let wrong: Vec<String> = cases.iter().filter_map(|case| check(case).err()).collect();
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }

    proptest! {
        #[test]
        fn sentences_lie_in_order_on_character_boundaries(text in "\\PC{0,200}|[A-Za-z .?!\"'“”…\n。()-]{0,200}") {
            let mut end = 0;
            for span in sentences(&text) {
                prop_assert!(text.get(span.start..span.end).is_some_and(|words| !words.trim().is_empty()));
                prop_assert!(span.start >= end);
                end = span.end;
            }
        }
    }
}
