//! Cuts normalized text into words and punctuation marks, with their places.

use wide::u8x16;

use crate::span::Span;

use super::bytes::{digits, letters, run};

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

/// Gives the words among the tokens of `text` to `take`.
#[inline]
pub(super) fn words(text: &str, mut take: impl FnMut(Span)) {
    scan::<false>(text, |token| {
        if token.kind == TokenKind::Word {
            take(token.span);
        }
    });
}

/// Gives the tokens of `text` to `take`: those of [`tokens`], found faster.
#[inline]
pub(crate) fn each_token(text: &str, take: impl FnMut(Token)) {
    scan::<true>(text, take);
}

/// Gives the words of `text` to `take`, and with `MARKS` all tokens. Letters, digits and marks of ASCII are recognised 64
/// bytes at a time; all else is left to [`Tokens`].
#[inline]
fn scan<const MARKS: bool>(text: &str, mut take: impl FnMut(Token)) {
    let mut ahead = 0;
    while ahead < text.len() {
        let start = ahead;
        let Window { part, hard, marks } = Window::at::<MARKS>(text, start);
        let mut left = part | marks;
        ahead += WIDTH;
        while left != 0 {
            let first = left.trailing_zeros() as usize;
            if MARKS && marks >> first & 1 != 0 {
                let at = start + first;
                if let Some(kind) = simple_mark(text.as_bytes().get(at).copied()) {
                    left &= left - 1;
                    take(Token { span: Span::new(at, at + 1), kind });
                    continue;
                }
            }
            let length = (!(part >> first)).trailing_zeros() as usize;
            let end = first + length;
            if length > 0 && end < WIDTH && (hard >> first) << (WIDTH - 1 - length) == 0 {
                left &= u64::MAX << end;
                take(Token { span: Span::new(start + first, start + end), kind: TokenKind::Word });
            } else if end == WIDTH && first > 0 {
                // The window may have cut it.
                ahead = start + first;
                break;
            } else {
                let (token, after) = token_from(text, start + first);
                left = if after - start < WIDTH { left & u64::MAX << (after - start) } else { 0 };
                ahead = ahead.max(after);
                token.into_iter().for_each(&mut take);
            }
        }
    }
}

/// What a mark of ASCII is that needs no look at what stands around it.
#[inline]
fn simple_mark(byte: Option<u8>) -> Option<TokenKind> {
    match ASCII.get(usize::from(byte?))? {
        Class::Stop | Class::Point => Some(TokenKind::Stop),
        Class::Pause | Class::Comma => Some(TokenKind::Pause),
        Class::Quote => Some(TokenKind::Quote),
        _ => None,
    }
}

/// The next token of `text` from byte `at` on, and where it ends.
#[cold]
#[inline(never)]
fn token_from(text: &str, at: usize) -> (Option<Token>, usize) {
    let mut tokens = Tokens { text, at };
    (tokens.next(), tokens.at)
}

const WIDTH: usize = u64::BITS as usize;

/// What 64 bytes are: the first is the lowest bit.
struct Window {
    /// Those that may be part of a word.
    part: u64,
    /// A word that has one of these, or is followed by one, is left to [`Tokens`].
    hard: u64,
    /// Those that are neither part of a word nor a blank, nor a hyphen between others.
    marks: u64,
}

impl Window {
    /// The bytes from `start` on, where a token may begin; beyond the text's end there are blanks. Marks are found with
    /// `MARKS` only.
    #[inline]
    fn at<const MARKS: bool>(text: &str, start: usize) -> Self {
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        let mut padded = [b' '; WIDTH];
        let bytes = rest.first_chunk::<WIDTH>().unwrap_or_else(|| {
            padded.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            &padded
        });
        let mut sets = [0; 6];
        for (&bytes, place) in bytes.as_chunks::<16>().0.iter().zip((0..).step_by(16)) {
            for (set, kind) in sets.iter_mut().zip(kinds::<MARKS>(u8x16::new(bytes))) {
                *set |= u64::from(kind.to_bitmask()) << place;
            }
        }
        let [letters, digits, points, others, blanks, hyphens] = sets;
        let plain = letters | digits;
        // Two hyphens are a dash; whether the last of the window is one the next would tell.
        let single = hyphens & !(hyphens >> 1 | 1 << (WIDTH - 1));
        Self {
            part: plain | others,
            // Points join letters that stand alone, and digits.
            hard: others | points & !(letters << 1 & plain << 2),
            marks: if MARKS { !(plain | others | blanks | single) } else { 0 },
        }
    }
}

/// Which of sixteen bytes are letters and digits of ASCII, points and commas, others that may be part of a word, and with
/// `MARKS` blanks and hyphens.
#[inline]
fn kinds<const MARKS: bool>(bytes: u8x16) -> [u8x16; 6] {
    let is = |byte| bytes.simd_eq(u8x16::splat(byte));
    // In ASCII `#` and `'` differ in one bit, and so do `,` and `.`.
    let but_one = |bit: u8, byte| (bytes & u8x16::splat(!bit)).simd_eq(u8x16::splat(byte));
    let others = bytes.simd_ge(u8x16::splat(0x80)) | but_one(4, b'#') | is(b'@') | is(b'_');
    let [blanks, hyphens] = if MARKS { [is(b' '), is(b'-')] } else { [u8x16::ZERO; 2] };
    [letters(bytes), digits(bytes), but_one(2, b','), others, blanks, hyphens]
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

    /// Words found by windows are the tokens that are words, and tokens are the tokens.
    fn check_words(text: &str) {
        let mut found = Vec::new();
        words(text, |span| found.push(span));
        let plain = tokens(text).filter(|t| t.kind == TokenKind::Word).map(|t| t.span);
        assert!(plain.eq(found), "{text}");
        let mut found = Vec::new();
        each_token(text, |token| found.push(token));
        assert!(tokens(text).eq(found), "{text}");
    }

    #[test]
    fn words_are_the_tokens_that_are_words() {
        let joined =
            ["a", "Bc", "U", "1", "23", "don", "é", "words", "uncharacteristically", "#x", "a_b", "漢", ""];
        let marks =
            [" ", "'", ".", ",", "’", "-", "--", "---", "…", "\n", "\n\n", "\"", "(?", "@", "\u{0}", "~", ""];
        for first in joined {
            for mark in marks {
                for second in joined {
                    check_words(&format!("{first}{mark}{second}{mark} and more words follow here."));
                }
            }
        }
        // Wherever a run without letters begins and ends, what follows it is read.
        for (before, between) in (0..70).flat_map(|before| (0..140).map(move |between| (before, between))) {
            check_words(&format!("{} {} never talk", "x".repeat(before), "=".repeat(between)));
            check_words(&format!("{}{}never \n", "x".repeat(before), "-".repeat(between)));
            check_words(&format!("{} {}’s never talk", "x".repeat(before), "1a".repeat(between)));
        }
        let text: String = (0..=255_u8).map(char::from).chain(" sixteen bytes follow.".chars()).collect();
        check_words(&text);
    }

    #[test]
    fn nothing_comes_of_blank_text() {
        check("", &[]);
        check(" \t $ %", &[]);
    }
}
