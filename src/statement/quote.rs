//! Finds the stretches inside quotation marks, of all styles, nested, unbalanced or continued over paragraphs.
//!
//! Only the outermost marks count. A quotation that no mark closes ends with its paragraph; so does one that the
//! next paragraph's opening mark continues. A mark that opens while another is open closes the first one.

use crate::span::Span;
use crate::text::bytes::{letters, run, table};
use crate::text::paragraph::Paragraphs;

/// Words that lost their beginning.
const CLIPPED: [&str; 7] = ["em", "til", "tis", "twas", "cause", "bout", "n"];

/// The longest quotation inside single marks that is looked for, in bytes.
const NESTED: usize = 400;

/// One quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    /// With its marks.
    pub(crate) outer: Span,
    /// Without its marks and the white space beside them.
    pub(crate) inner: Span,
    /// A mark closes it.
    pub(crate) closed: bool,
}

/// Which marks may close a quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Low,
    Guillemet,
    Reversed,
    Corner,
    Single,
    /// A line behind `>`.
    Block,
}

#[derive(Clone, Copy)]
struct Open {
    style: Style,
    outer: usize,
    inner: usize,
    depth: usize,
}

/// The outermost quotations of `text`, by position, in time linear in the text.
pub(crate) fn quotes(text: &str, paragraphs: &Paragraphs<'_>) -> Vec<Quote> {
    let bytes = text.as_bytes();
    let mut scanner = Scanner { text, bytes, paragraphs, open: None, found: Vec::new(), single: None };
    scanner.scan();
    scanner.found
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    paragraphs: &'a Paragraphs<'a>,
    open: Option<Open>,
    found: Vec<Quote>,
    /// The last search for a closing single mark: what it read, and if it found one at the end of that.
    single: Option<(Span, bool)>,
}

/// True for what quotation marks and line breaks begin with.
const fn tells(byte: u8) -> bool {
    const TABLE: [bool; 256] = table([b'"', b'\'', b'`', b'\n', b'>', 0xC2, 0xE2, 0xE3]);
    TABLE[byte as usize]
}

impl Scanner<'_> {
    fn scan(&mut self) {
        let mut at = 0;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let Some(next) = rest.iter().position(|&b| tells(b)) else { break };
            at += next + self.step(at + next);
        }
        let block = self.open.is_some_and(|open| open.style == Style::Block);
        self.close(self.bytes.len(), self.bytes.len(), block);
    }

    /// Handles the character at `at` and returns its length.
    fn step(&mut self, at: usize) -> usize {
        match self.bytes.get(at..).unwrap_or_default() {
            [b'\n', ..] => {
                self.line_break(at);
                1
            }
            [b'>', b' ', next, ..] if self.starts_line(at) && self.open.is_none() => {
                if next.is_ascii_alphanumeric() {
                    self.start(at, 2, Style::Block);
                }
                1
            }
            [b'\'', b'\'', ..] | [b'`', b'`', ..] => self.straight(at, 2),
            [b'"', ..] => self.straight(at, 1),
            [b'\'', ..] => self.single(at, 1),
            // ‘‘We will come,’’ she said.
            [0xE2, 0x80, 0x98, 0xE2, 0x80, 0x98, ..] => self.straight(at, 6),
            [0xE2, 0x80, 0x99, 0xE2, 0x80, 0x99, ..]
                if self.open.is_some_and(|open| open.style == Style::Double) =>
            {
                self.straight(at, 6)
            }
            [0xE2, 0x80, 0x98, ..] => self.single(at, 3),
            [0xE2, 0x80, 0x99, ..] => self.single_close(at, 3),
            [0xE2, 0x80, 0x9C | 0x9F, ..] => self.curly_open(at),
            [0xE2, 0x80, 0x9D, ..] => self.mark_close(at, 3, &[Style::Double, Style::Low]),
            [0xE2, 0x80, 0x9E, ..] => self.mark_open(at, 3, Style::Low),
            [0xC2, 0xAB, ..] => self.guillemet(at, Style::Guillemet, Style::Reversed),
            [0xC2, 0xBB, ..] => self.guillemet(at, Style::Reversed, Style::Guillemet),
            [0xE3, 0x80, 0x8C | 0x8E, ..] => self.mark_open(at, 3, Style::Corner),
            [0xE3, 0x80, 0x8D | 0x8F, ..] => self.mark_close(at, 3, &[Style::Corner]),
            _ => 1,
        }
    }

    fn line_break(&mut self, at: usize) {
        let block = self.open.is_some_and(|open| open.style == Style::Block);
        let goes_on = matches!(self.bytes.get(at..), Some([b'\n', b'>', b' ', b'a'..=b'z', ..]));
        if self.paragraphs.breaks(at) && !(block && goes_on) {
            self.close(at, at, block);
        }
    }

    fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).and_then(|i| self.bytes.get(i)).copied().unwrap_or(b' ')
    }

    fn after(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// True if a mark of `length` bytes at `at` can only open: space before, a word behind.
    fn opens(&self, at: usize, length: usize) -> bool {
        let before = self.before(at);
        let after = self.after(at + length);
        (before.is_ascii_whitespace()
            || matches!(before, b'(' | b'[' | b'-' | b'/')
            || self.dash_before(at)
            || self.space_before(at))
            && (after.is_ascii_alphanumeric()
                || matches!(after, b'[' | b'$' | b'.' | b'\'' | b'#')
                || after >= 0x80)
    }

    fn dash_before(&self, at: usize) -> bool {
        let from = at.saturating_sub(3);
        matches!(self.bytes.get(from..at), Some([0xE2, 0x80, 0x93..=0x95]))
    }

    fn space_before(&self, at: usize) -> bool {
        matches!(self.bytes.get(at.saturating_sub(2)..at), Some([0xC2, 0xA0]))
    }

    fn straight(&mut self, at: usize, length: usize) -> usize {
        let opens = self.opens(at, length);
        if opens && self.inside_single(at + length) {
            return length;
        }
        match self.open {
            Some(Open { style: Style::Double | Style::Low, .. }) if !opens => {
                self.close(at, at + length, true);
            }
            Some(Open { style: Style::Double | Style::Low | Style::Single, .. }) | None
                if opens || self.starts_line(at) =>
            {
                self.close(at, at, false);
                self.start(at, length, Style::Double);
            }
            // Glued to the word before: `program."We`, but not the inches of `6'2"`.
            None if matches!(self.before(at), b'.' | b',' | b':' | b'!' | b'?')
                && self.after(at + length).is_ascii_alphabetic() =>
            {
                self.start(at, length, Style::Double);
            }
            _ => {}
        }
        length
    }

    fn starts_line(&self, at: usize) -> bool {
        at == 0 || self.before(at) == b'\n'
    }

    fn curly_open(&mut self, at: usize) -> usize {
        if self.inside_single(at + 3) {
            return 3;
        }
        match self.open {
            Some(Open { style: Style::Low, .. }) => return self.mark_close(at, 3, &[Style::Low]),
            // “We will come,“ she said.
            Some(Open { style: Style::Double, .. })
                if matches!(self.before(at), b'.' | b',' | b'!' | b'?')
                    && self.after(at + 3).is_ascii_whitespace() =>
            {
                return self.mark_close(at, 3, &[Style::Double]);
            }
            Some(Open { style: Style::Double, .. }) => {
                let mut end = at;
                while self.before(end).is_ascii_whitespace() && end > 0 {
                    end -= 1;
                }
                if !matches!(self.before(end), b'.' | b',' | b'!' | b'?') {
                    return self.mark_open(at, 3, Style::Double);
                }
                self.close(end, at, false);
            }
            _ => {}
        }
        self.mark_open(at, 3, Style::Double)
    }

    /// Opens a quotation, or one more level of the same style.
    fn mark_open(&mut self, at: usize, length: usize, style: Style) -> usize {
        match &mut self.open {
            Some(open) if open.style == style => open.depth += 1,
            Some(Open { style: Style::Single, .. }) | None => {
                self.close(at, at, false);
                self.start(at, length, style);
            }
            Some(_) => {}
        }
        length
    }

    fn mark_close(&mut self, at: usize, length: usize, styles: &[Style]) -> usize {
        if let Some(open) = &mut self.open
            && styles.contains(&open.style)
        {
            if open.depth > 1 {
                open.depth -= 1;
            } else {
                self.close(at, at + length, true);
            }
        }
        length
    }

    fn guillemet(&mut self, at: usize, opening: Style, closing: Style) -> usize {
        if self.open.is_some_and(|open| open.style == closing) {
            return self.mark_close(at, 2, &[closing]);
        }
        if self.open.is_some() || self.opens(at, 2) || opening == Style::Guillemet {
            return self.mark_open(at, 2, opening);
        }
        2
    }

    /// A single mark opens a quotation only if one closes it in the same paragraph; else it is an apostrophe.
    fn single(&mut self, at: usize, length: usize) -> usize {
        let clipped = self.clipped(at + length);
        // Glued to the word before: `again.‘They`.
        let glued = length > 1
            && matches!(self.before(at), b'.' | b'!' | b'?')
            && self.after(at + length).is_ascii_alphabetic();
        if self.open.is_none() && (glued || self.opens(at, length)) && !clipped {
            if self.closing_single(at + length).is_some() {
                self.start(at, length, Style::Single);
            }
        } else if length == 1 {
            return self.single_close(at, 1);
        }
        length
    }

    /// True for a year or a word whose beginning the mark before `at` stands for: '90s, 'em.
    fn clipped(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let word = rest.get(..run(rest, letters)).unwrap_or_default();
        self.after(at).is_ascii_digit()
            || CLIPPED.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word))
    }

    /// True if the words from `from` on, to the next double mark, stand inside single marks: 'I said "never" to him'.
    fn inside_single(&mut self, from: usize) -> bool {
        let single = self.open.is_some_and(|open| open.style == Style::Single);
        let Some(close) = single.then(|| self.closing_single(from)).flatten() else { return false };
        let inner = self.bytes.get(from..close.min(from + NESTED)).unwrap_or_default();
        inner.contains(&b'"') || inner.windows(3).any(|bytes| bytes == [0xE2, 0x80, 0x9D])
    }

    fn single_close(&mut self, at: usize, length: usize) -> usize {
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

    fn start(&mut self, at: usize, length: usize, style: Style) {
        self.open = Some(Open { style, outer: at, inner: at + length, depth: 1 });
    }

    /// Ends the open quotation, if any: its words end at `inner`, its mark at `outer`.
    fn close(&mut self, inner: usize, outer: usize, closed: bool) {
        let Some(open) = self.open.take() else { return };
        let words = Span::new(open.inner, inner).trimmed(self.text);
        // What an apostrophe opened and nothing closed is no quotation.
        if words.is_empty() || (open.style == Style::Single && !closed) {
            return;
        }
        let outer = if closed { outer } else { words.end };
        self.found.push(Quote { outer: Span::new(open.outer, outer), inner: words, closed });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_marks_hold_possessives_and_double_marks() {
        let check = |text: &str, expect: &[&str]| {
            let found = quotes(text, &Paragraphs::of(text));
            let inner: Vec<&str> = found.iter().map(|quote| quote.inner.of(text)).collect();
            assert_eq!(inner, expect, "{text}");
        };
        check(
            "'The nurses' patience has run out,' she said. 'We wait.'",
            &["The nurses' patience has run out,", "We wait."],
        );
        check("the ‘idlers’ said the ‘system’ is theirs", &["idlers", "system"]);
        check("'The firm said \"never\" to us,' he said.", &["The firm said \"never\" to us,"]);
        check("‘The firm said “never” to us,’ he said.", &["The firm said “never” to us,"]);
        check("Round 'em up for the riders' camp, “all of them”", &["all of them"]);
    }
}
