//! Single marks: which of them are quotation marks, and which are apostrophes.

use super::quote::{Scanner, Style};
use crate::span::Span;
use crate::text::bytes::{letters, run};

/// Words that lost their beginning.
const CLIPPED: [&str; 7] = ["em", "til", "tis", "twas", "cause", "bout", "n"];

/// The longest quotation inside single marks that is looked for, in bytes.
const NESTED: usize = 400;

impl Scanner<'_> {
    /// A single mark opens a quotation only if one closes it in the same paragraph; else it is an apostrophe.
    pub(super) fn single(&mut self, at: usize, length: usize) -> usize {
        let clipped = self.clipped(at + length);
        // Glued to the word before: `again.‘They`.
        let glued = length > 1
            && matches!(self.before(at), b'.' | b'!' | b'?')
            && self.after(at + length).is_ascii_alphabetic();
        if self.open.is_none() && (glued || self.opens(at, length)) && !clipped {
            if self.closing_single(at + length).is_some() {
                self.start(at, length, Style::Single);
            } else if self.starts_line(at) && self.goes_on_single(at) {
                self.start(at, length, Style::Run);
            }
        } else if length == 1 {
            return self.single_close(at, 1);
        }
        length
    }

    /// True if the paragraph behind the one that the single mark at `at` begins does so with one, too.
    fn goes_on_single(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or_default().iter().enumerate();
        let mut breaks = rest.filter(|&(i, &byte)| byte == b'\n' && self.paragraphs.breaks(at + i));
        let Some(next) = breaks.next().and_then(|(i, _)| self.text.get(at + i..)) else { return false };
        let next = next.trim_start();
        let mark = next.starts_with(['‘', '\'']);
        mark && next.chars().nth(1).is_some_and(char::is_uppercase)
    }

    /// True for a year or a word whose beginning the mark before `at` stands for: '90s, 'em.
    fn clipped(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let word = rest.get(..run(rest, letters)).unwrap_or_default();
        self.after(at).is_ascii_digit()
            || CLIPPED.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word))
    }

    /// True if the words from `from` on, to the next double mark, stand inside single marks: 'I said "never" to him'.
    pub(super) fn inside_single(&mut self, from: usize) -> bool {
        let single = self.open.is_some_and(|open| open.style == Style::Single);
        let Some(close) = single.then(|| self.closing_single(from)).flatten() else { return false };
        let inner = self.bytes.get(from..close.min(from + NESTED)).unwrap_or_default();
        inner.contains(&b'"') || inner.windows(3).any(|bytes| bytes == [0xE2, 0x80, 0x9D])
    }

    pub(super) fn single_close(&mut self, at: usize, length: usize) -> usize {
        if self.open.is_some_and(|open| open.style == Style::Single) && self.closes_single(at, length) {
            self.close(at, at + length, true);
        }
        length
    }

    fn closes_single(&self, at: usize, length: usize) -> bool {
        let after = self.after(at + length);
        !self.before(at).is_ascii_whitespace()
            && !after.is_ascii_alphanumeric()
            && !self.owns(at, at + length)
    }

    /// True for the mark at `at` of "the teachers' patience": another one that does not open comes behind it.
    fn owns(&self, at: usize, end: usize) -> bool {
        let goes_on = self.after(end) == b' ' && self.after(end + 1).is_ascii_lowercase();
        if self.before(at) != b's' || !goes_on {
            return false;
        }
        let rest = self.bytes.get(end..).unwrap_or_default().iter().enumerate();
        for (offset, &byte) in rest {
            let next = end + offset;
            let length = match byte {
                b'\n' if self.paragraphs.breaks(next) => return false,
                b'\'' => 1,
                0xE2 if matches!(self.bytes.get(next..next + 3), Some([0xE2, 0x80, 0x98 | 0x99])) => 3,
                _ => continue,
            };
            let inside = |byte: u8| byte.is_ascii_alphanumeric();
            if !(inside(self.before(next)) && inside(self.after(next + length))) {
                return !self.opens(next, length);
            }
        }
        false
    }

    /// The next closing single mark of the paragraph. The answer is kept, so that all searches together read the text
    /// at most twice.
    fn closing_single(&mut self, from: usize) -> Option<usize> {
        if let Some((read, found)) = self.single
            && read.start <= from
            && from <= read.end
        {
            return found.then_some(read.end);
        }
        let rest = self.bytes.get(from..).unwrap_or_default();
        let mut read = Span::new(from, self.bytes.len());
        let mut found = false;
        for (offset, &byte) in rest.iter().enumerate() {
            let at = from + offset;
            let length = match byte {
                b'\n' if self.paragraphs.breaks(at) => 0,
                b'\'' => 1,
                0xE2 if self.bytes.get(at..at + 3) == Some(&[0xE2, 0x80, 0x99]) => 3,
                _ => continue,
            };
            found = length > 0 && self.closes_single(at, length);
            if found || length == 0 {
                read.end = at;
                break;
            }
        }
        self.single = Some((read, found));
        found.then_some(read.end)
    }
}
