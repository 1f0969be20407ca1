//! Words and marks of the text outside quotations; a whole quotation is one token.

use std::ops::Range;

use super::lexicon::{self, Entry};
use crate::span::Span;
use crate::text::bytes::{digits, letters, run};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Word,
    Number,
    Comma,
    /// The end of a sentence.
    Stop,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    /// A quotation, by its number in the article.
    Quote(usize),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) mark: Mark,
    pub(crate) entry: Entry,
    pub(crate) capital: bool,
    pub(crate) possessive: bool,
    /// The first of its sentence.
    pub(crate) begins: bool,
}

impl Token {
    /// True if the word is in one of the classes.
    pub(crate) const fn is(&self, class: u32) -> bool {
        self.entry.class & class != 0
    }

    pub(crate) fn is_word(&self) -> bool {
        matches!(self.mark, Mark::Word | Mark::Number)
    }

    pub(crate) fn quote(&self) -> Option<usize> {
        match self.mark {
            Mark::Quote(number) => Some(number),
            _ => None,
        }
    }

    /// A mark or a quotation.
    pub(crate) const fn plain(span: Span, mark: Mark) -> Self {
        let entry = Entry { class: 0, cue: None };
        Self { span, mark, entry, capital: false, possessive: false, begins: false }
    }
}

/// Appends the tokens of `span`, which holds no quotation; its last full stop is a `Stop` if `last`.
pub(crate) fn tokenize(text: &str, span: Span, last: bool, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = span.start;
    while at < span.end {
        let byte = bytes.get(at).copied().unwrap_or(b' ');
        if byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'@' | b'#' | b'$') {
            at = word_or_sign(text, at, span.end, last, tokens);
            continue;
        }
        let mark = match byte {
            b',' => Some(Mark::Comma),
            b'.' | b'!' | b'?' => Some(Mark::Stop),
            b':' => Some(Mark::Colon),
            b';' => Some(Mark::Semicolon),
            b'-' => Some(Mark::Dash),
            b'(' | b'[' => Some(Mark::Open),
            b')' | b']' => Some(Mark::Close),
            _ => None,
        };
        // "--" is one dash.
        let dash =
            tokens.last_mut().filter(|last| byte == b'-' && last.mark == Mark::Dash && last.span.end == at);
        if let Some(dash) = dash {
            dash.span.end = at + 1;
        } else if let Some(mark) = mark {
            tokens.push(Token::plain(Span::new(at, at + 1), mark));
        }
        at += 1;
    }
}

fn word_or_sign(text: &str, at: usize, end: usize, last: bool, tokens: &mut Vec<Token>) -> usize {
    let first = text.get(at..end).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    if !first.is_ascii() && !first.is_alphanumeric() {
        let after = at + first.len_utf8();
        if matches!(first, '–' | '—' | '―') {
            tokens.push(Token::plain(Span::new(at, after), Mark::Dash));
        } else if first == '…' {
            tokens.push(Token::plain(Span::new(at, after), Mark::Stop));
        }
        return after;
    }
    let after = word_end(text, at, end, last);
    let own = at + lexicon::contracted(text.get(at..after).unwrap_or_default());
    if own > at {
        // "They" and "'ve".
        tokens.push(word(text, Span::new(at, own), first));
        tokens.push(word(text, Span::new(own, after), '\''));
    } else {
        tokens.push(word(text, Span::new(at, after), first));
    }
    after
}

/// The colon right before token `at`: what stands behind it is announced.
pub(super) fn colon_before(tokens: &[Token], at: usize) -> Option<usize> {
    at.checked_sub(1).filter(|&i| tokens.get(i).is_some_and(|t| t.mark == Mark::Colon))
}

/// From the first to the last of the tokens in `range`.
pub(super) fn span_of(tokens: &[Token], range: &Range<usize>) -> Span {
    let words = tokens.get(range.clone()).unwrap_or_default();
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::new(0, 0),
    }
}

/// The end of the word at `at`: letters and digits, with single signs between them, and the stop of an
/// abbreviation.
fn word_end(text: &str, at: usize, end: usize, last: bool) -> usize {
    let bytes = text.as_bytes();
    let mut to = at + 1;
    while to < end {
        // Most of most words.
        to += run(bytes.get(to..).unwrap_or_default(), |b| letters(b) | digits(b));
        let byte = bytes.get(to).copied().unwrap_or(b' ');
        if to >= end {
            return end;
        } else if byte >= 0x80 {
            match text.get(to..end).and_then(|rest| rest.chars().next()) {
                Some('’') if follows_letter(text, to + 3, end) => to += 3,
                Some(c) if c.is_alphanumeric() => to += c.len_utf8(),
                Some(_) => break,
                // Inside a character: the first byte of the word began one.
                None => to += 1,
            }
        } else if matches!(byte, b'\'' | b'-' | b'.' | b'&' | b'/' | b'_' | b',' | b':') {
            let next = bytes.get(to + 1).copied().unwrap_or(b' ');
            let digits = matches!(byte, b',' | b':');
            if digits && !(next.is_ascii_digit() && bytes.get(to - 1).is_some_and(u8::is_ascii_digit)) {
                break;
            }
            if to + 1 < end && follows_letter(text, to + 1, end) {
                to += 1;
            } else if byte == b'.' && !(last && is_tail(bytes, to + 1, end)) {
                return to + 1;
            } else {
                break;
            }
        } else {
            break;
        }
    }
    to
}

fn follows_letter(text: &str, at: usize, end: usize) -> bool {
    match text.as_bytes().get(at) {
        _ if at >= end => false,
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        _ => text.get(at..end).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric),
    }
}

/// True if only closing marks lie between `at` and `end`.
fn is_tail(bytes: &[u8], at: usize, end: usize) -> bool {
    end.saturating_sub(at) < 12
        && bytes.get(at..end).unwrap_or_default().iter().all(|b| !b.is_ascii_alphanumeric())
}

/// `word` without the possessive ending that it has.
pub(super) fn possessor(word: &str) -> Option<&str> {
    ["'s", "’s"].into_iter().find_map(|end| word.strip_suffix(end))
}

/// True for "nurses" in "the nurses' union".
fn owns(text: &str, span: Span) -> bool {
    let behind = text.get(span.end..).unwrap_or_default();
    let next = behind.strip_prefix(['\'', '’']).and_then(|rest| rest.strip_prefix(' '));
    span.of(text).ends_with('s') && next.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// True for "al-Dosari".
fn has_article(word: &str) -> bool {
    let name = word.strip_prefix("al-").or_else(|| word.strip_prefix("el-"));
    name.is_some_and(|name| name.starts_with(char::is_uppercase))
}

fn word(text: &str, span: Span, first: char) -> Token {
    let words = span.of(text);
    let base = possessor(words);
    let mut entry = lexicon::look_up(text, span);
    if entry == Entry::default()
        && let Some(base) = base
    {
        entry = lexicon::look_up(text, Span::new(span.start, span.start + base.len()));
        entry.cue = None;
    }
    // "Co-director", "ex-minister".
    if entry == Entry::default()
        && let Some(hyphen) = words.bytes().take(6).position(|b| b == b'-')
    {
        let role = lexicon::look_up(text, Span::new(span.start + hyphen + 1, span.end)).class;
        entry.class = role & (lexicon::class::ROLE | lexicon::class::TITLE);
    }
    Token {
        span,
        mark: if first.is_ascii_digit() || first == '$' { Mark::Number } else { Mark::Word },
        entry,
        capital: first.is_uppercase() || has_article(words),
        possessive: base.is_some() && entry.class & lexicon::class::AUXILIARY == 0 || owns(text, span),
        begins: false,
    }
}
