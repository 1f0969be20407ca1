//! Finds the stretches inside quotation marks, of all styles, nested, unbalanced or continued over paragraphs.
//!
//! Only the outermost marks count. A quotation that no mark closes ends with its paragraph; so does one that the
//! next paragraph's opening mark continues. A mark that opens while another is open closes the first one.

use crate::span::Span;
use crate::text::bytes::table;
use crate::text::paragraph::Paragraphs;

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
pub(super) enum Style {
    Double,
    Low,
    Guillemet,
    Reversed,
    Corner,
    Single,
    /// A line behind `>`.
    Block,
    /// A paragraph behind a single mark that the next paragraph repeats.
    Run,
}

#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) style: Style,
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

pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) paragraphs: &'a Paragraphs<'a>,
    pub(super) open: Option<Open>,
    found: Vec<Quote>,
    /// The last search for a closing single mark: what it read, and if it found one at the end of that.
    pub(super) single: Option<(Span, bool)>,
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
            // "he said ”we will come.”"
            [0xE2, 0x80, 0x9D, ..] if self.open.is_none() && self.opens(at, 3) => {
                self.mark_open(at, 3, Style::Double)
            }
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

    pub(super) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).and_then(|i| self.bytes.get(i)).copied().unwrap_or(b' ')
    }

    pub(super) fn after(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// True if a mark of `length` bytes at `at` can only open: space before, a word behind.
    pub(super) fn opens(&self, at: usize, length: usize) -> bool {
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

    pub(super) fn starts_line(&self, at: usize) -> bool {
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
                let ellipsis = self.bytes.get(end.saturating_sub(3)..end) == Some("…".as_bytes());
                if !matches!(self.before(end), b'.' | b',' | b'!' | b'?') && !ellipsis {
                    return self.mark_open(at, 3, Style::Double);
                }
                // “We will come, “she said.
                if self.before(end) == b',' && self.after(at + 3).is_ascii_lowercase() {
                    self.close(end, at + 3, true);
                    return 3;
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

    pub(super) fn start(&mut self, at: usize, length: usize, style: Style) {
        self.open = Some(Open { style, outer: at, inner: at + length, depth: 1 });
    }

    /// Ends the open quotation, if any: its words end at `inner`, its mark at `outer`.
    pub(super) fn close(&mut self, inner: usize, outer: usize, closed: bool) {
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
