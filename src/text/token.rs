//! Cuts normalized text into words and punctuation marks, with their places.

use crate::span::Span;

use super::bytes::{letters, run};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, digits and marks, with `'` inside words, `.` inside initials and numbers, `,` inside numbers.
    Word,
    /// A mark that ends a sentence: `.` `!` `?` `…`, or the line feed before a blank line.
    Stop,
    /// A mark that ends a clause: `,` `;` `:` `(` `)` and dashes.
    Pause,
    /// A quotation mark.
    Quote,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// How a character takes part in words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Ideograph,
    Apostrophe,
    Point,
    Comma,
    Stop,
    Pause,
    Quote,
    Break,
    Blank,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Blank; 128];
    let mut i = 0;
    while i < 128 {
        table[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'#' | b'@' | b'_' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            b'.' => Class::Point,
            b',' => Class::Comma,
            b'!' | b'?' => Class::Stop,
            b'\n' => Class::Break,
            b';' | b':' | b'(' | b')' | b'[' | b']' => Class::Pause,
            b'"' => Class::Quote,
            _ => Class::Blank,
        };
        i += 1;
    }
    table
};

fn class(c: char) -> Class {
    if let Some(&class) = ASCII.get(c as usize) {
        return class;
    }
    match c {
        '’' | '‘' | 'ʼ' => Class::Apostrophe,
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '‹' | '›' | '‚' => Class::Quote,
        '…' | '。' | '！' | '？' | '؟' | '।' => Class::Stop,
        '–' | '—' | '―' | '，' | '、' | '；' | '：' | '،' | '؛' => Class::Pause,
        '\u{200C}' | '\u{300}'..='\u{36F}' => Class::Letter,
        '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Class::Ideograph,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_alphanumeric() => Class::Letter,
        _ => Class::Blank,
    }
}

/// Iterates over the tokens of `text` from left to right, in time linear in the text.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

/// The tokens of `text`.
#[must_use]
pub const fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

impl Tokens<'_> {
    /// The class and length of the character at byte `at`.
    #[inline]
    fn peek(&self, at: usize) -> Option<(Class, usize)> {
        let &byte = self.text.as_bytes().get(at)?;
        if let Some(&class) = ASCII.get(usize::from(byte)) {
            return Some((class, 1));
        }
        let c = self.text.get(at..)?.chars().next()?;
        Some((class(c), c.len_utf8()))
    }

    /// The end of the word whose first character ends at `at`. A joiner belongs to the word only between the
    /// characters that it joins.
    fn word_end(&self, first: Class, start: usize, mut at: usize) -> usize {
        let mut last = first;
        loop {
            // Most of most words: letters of ASCII.
            let rest = self.text.as_bytes().get(at..).unwrap_or_default();
            let plain = run(rest, letters);
            at += plain;
            last = if plain > 0 { Class::Letter } else { last };
            let Some((class, len)) = self.peek(at) else { break };
            match class {
                Class::Letter | Class::Digit => (),
                Class::Apostrophe | Class::Point | Class::Comma => {
                    let Some((next, _)) = self.peek(at + len) else { break };
                    let joined = match class {
                        Class::Apostrophe => last == Class::Letter && next == Class::Letter,
                        Class::Point if last == Class::Letter => {
                            next == Class::Letter && self.is_initials(start, at)
                        }
                        _ => last == Class::Digit && next == Class::Digit,
                    };
                    if !joined {
                        break;
                    }
                }
                _ => break,
            }
            at += len;
            last = if matches!(class, Class::Letter | Class::Digit) { class } else { last };
        }
        at
    }

    /// True for `U`, `U.S`: every letter so far stands alone.
    fn is_initials(&self, start: usize, at: usize) -> bool {
        let bytes = self.text.as_bytes().get(start..at).unwrap_or_default();
        bytes.len() <= 7
            && bytes.iter().enumerate().all(|(i, b)| {
                if i % 2 == 0 {
                    b.is_ascii_uppercase() || (i == 0 && b.is_ascii_lowercase())
                } else {
                    *b == b'.'
                }
            })
    }

    /// True if the line that begins at `at` is blank, and another one follows it.
    fn blank_line(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        loop {
            while bytes.get(self.at) == Some(&b' ') {
                self.at += 1;
            }
            let start = self.at;
            let (class, len) = self.peek(start)?;
            self.at = start + len;
            let kind = match class {
                Class::Letter | Class::Digit => {
                    self.at = self.word_end(class, start, self.at);
                    TokenKind::Word
                }
                Class::Ideograph => TokenKind::Word,
                // A line may be wrapped in the middle of a sentence.
                Class::Break if !self.blank_line(self.at) => continue,
                Class::Stop | Class::Point | Class::Break => TokenKind::Stop,
                Class::Pause | Class::Comma => TokenKind::Pause,
                Class::Quote | Class::Apostrophe => TokenKind::Quote,
                Class::Blank => {
                    let dashes = |i: usize| bytes.get(i) == Some(&b'-');
                    if !(dashes(start) && dashes(start + 1)) {
                        continue;
                    }
                    self.at = start + 2;
                    TokenKind::Pause
                }
            };
            return Some(Token { span: Span::new(start, self.at), kind });
        }
    }
}

/// The words among the tokens of `text`.
pub(super) const fn words(text: &str) -> Words<'_> {
    Words { tokens: tokens(text), window: 0, plain: 0, odd: 0, seen: 0 }
}

/// Iterates over the words alone. Letters and digits of ASCII are recognised 64 at a time; all else is left to
/// [`Tokens`].
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    tokens: Tokens<'a>,
    /// Where the 64 bytes begin that were looked at last.
    window: usize,
    /// Which of them are letters and digits of ASCII: the first is the lowest bit.
    plain: u64,
    /// Which of them are left to [`Tokens`] where a word may begin with them: those beyond ASCII, or all.
    odd: u64,
    /// The end of the part of the window in which a word may begin.
    seen: usize,
}

/// So many bytes of a word that begins in a window are seen in it.
const LONGEST: usize = 16;

impl Iterator for Words<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        let bytes = self.tokens.text.as_bytes();
        loop {
            if self.tokens.at >= self.seen {
                self.look(bytes, self.tokens.at);
            }
            // Between words only their own kind of bytes, and those that are not looked at here, can begin one.
            let gap = ((self.plain | self.odd) >> (self.tokens.at - self.window)).trailing_zeros() as usize;
            let start = (self.tokens.at + gap).min(self.window + 64);
            if start >= self.seen {
                if start >= bytes.len() {
                    return None;
                }
                self.tokens.at = start;
                continue;
            }
            let end = start + (!(self.plain >> (start - self.window))).trailing_zeros() as usize;
            if ends_plainly(bytes, start, end) {
                self.tokens.at = end;
                return Some(Span::new(start, end));
            }
            self.tokens.at = start;
            let token = self.tokens.next()?;
            if token.kind == TokenKind::Word {
                return Some(token.span);
            }
        }
    }
}

impl Words<'_> {
    /// Looks at the 64 bytes from `start` on; beyond the text's end there are no letters.
    fn look(&mut self, bytes: &[u8], start: usize) {
        let rest = bytes.get(start..).unwrap_or_default();
        let mut padded = [0; 64];
        let window = rest.first_chunk::<64>().unwrap_or_else(|| {
            padded.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            &padded
        });
        // One at every letter and digit: a vector register tells it of many bytes at once.
        let plain = window
            .map(|b| u8::from((b | 0x20).wrapping_sub(b'a') < 26) | u8::from(b.wrapping_sub(b'0') < 10));
        (self.plain, self.odd) = (gathered(&plain), gathered(&window.map(|b| b >> 7)));
        if window.iter().fold(false, |any, b| any | matches!(b, b'#' | b'@' | b'_')) {
            self.odd = u64::MAX;
        }
        self.window = start;
        self.seen = start + 64 - LONGEST;
    }
}

/// The lowest bits of 64 bytes that are 0 or 1: that of the first is the lowest.
#[inline]
fn gathered(bytes: &[u8; 64]) -> u64 {
    let eights = bytes.as_chunks::<8>().0.iter().zip((0..64).step_by(8));
    // The product gathers the bits of eight bytes in the highest.
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.fold(0, |all, (eight, place)| all | gathered(eight) << place)
}

/// True if a word of letters and digits from `start` ends at `end`, whatever follows there.
#[inline]
fn ends_plainly(bytes: &[u8], start: usize, end: usize) -> bool {
    let Some(&next) = bytes.get(end) else { return false };
    match next {
        // They join letters that stand alone, and digits.
        b'.' | b',' => end > start + 1 && bytes.get(end - 1).is_some_and(u8::is_ascii_alphabetic),
        b'\'' | b'#' | b'@' | b'_' | 0x80.. => false,
        _ => end > start && end - start < LONGEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = tokens(text).map(|t| t.span.of(text)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn only_the_line_feed_before_a_blank_line_ends_a_sentence() {
        for (text, stops) in
            [("a\nb", 0), ("a\r\n\tb\n", 0), ("a\n\nb", 1), ("a\r\n \r\nb", 1), ("a\n\n\nb", 2)]
        {
            let found = tokens(text).filter(|t| t.kind == TokenKind::Stop).count();
            assert_eq!(found, stops, "{text:?}");
        }
    }

    #[test]
    fn words_keep_their_joiners_and_lose_the_marks_around_them() {
        check("We won't talk.", &["We", "won't", "talk", "."]);
        check("the U.S. envoy", &["the", "U.S", ".", "envoy"]);
        check("program.We said", &["program", ".", "We", "said"]);
        check("3.5 of 10,000,", &["3.5", "of", "10,000", ","]);
        check("“we’re ‘open’”", &["“", "we’re", "‘", "open", "’", "”"]);
        check("#Talks @envoy face-to-face", &["#Talks", "@envoy", "face", "to", "face"]);
        check("no -- never", &["no", "--", "never"]);
        check("和平 talks", &["和", "平", "talks"]);
    }

    #[test]
    fn words_are_the_tokens_that_are_words() {
        let joined =
            ["a", "Bc", "U", "1", "23", "don", "é", "words", "uncharacteristically", "#x", "a_b", "漢", ""];
        let marks = [" ", "'", ".", ",", "’", "-", "--", "…", "\n", "@", "\u{0}", "~", ""];
        for first in joined {
            for mark in marks {
                for second in joined {
                    let text = format!("{first}{mark}{second}{mark} and more words follow here.");
                    let plain = tokens(&text).filter(|t| t.kind == TokenKind::Word).map(|t| t.span);
                    assert!(plain.eq(words(&text)), "{text}");
                }
            }
        }
        // Wherever a run without letters begins and ends, what follows it is read.
        for (before, between) in (0..70).flat_map(|before| (0..140).map(move |between| (before, between))) {
            let text = format!("{} {} never talk", "x".repeat(before), "=".repeat(between));
            let plain = tokens(&text).filter(|t| t.kind == TokenKind::Word).map(|t| t.span);
            assert!(plain.eq(words(&text)), "{text}");
        }
        let text: String = (0..=255_u8).map(char::from).chain(" sixteen bytes follow.".chars()).collect();
        let plain = tokens(&text).filter(|t| t.kind == TokenKind::Word).map(|t| t.span);
        assert!(plain.eq(words(&text)));
    }

    #[test]
    fn nothing_comes_of_blank_text() {
        check("", &[]);
        check(" \t $ %", &[]);
    }
}
