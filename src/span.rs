//! Byte spans into an article, and their conversion to character offsets for output.

use std::ops::Range;

/// A half-open range of bytes that begins and ends on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The words under the span; empty if it does not lie on character boundaries of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True if the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True if the two spans share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span without the white space at its ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Self::new(start, start + words.trim().len())
    }

    /// The span with the signs that belong to its first and last words: "£5", "4%", "4 %".
    #[must_use]
    pub(crate) fn with_signs(self, text: &str) -> Self {
        const BEFORE: [char; 10] = ['$', '£', '€', '¥', '₹', '₩', '#', '@', '+', '±'];
        const AFTER: [char; 9] = ['%', '‰', '€', '£', '¥', '°', '+', '™', '®'];
        let (before, after) =
            (text.get(..self.start).unwrap_or_default(), text.get(self.end..).unwrap_or_default());
        let behind = after.trim_start_matches(AFTER);
        let apart = usize::from(behind.starts_with(" %")) * 2;
        Self::new(before.trim_end_matches(BEFORE).len(), self.end + after.len() - behind.len() + apart)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Converts byte offsets of one text to character (code point) offsets, in time linear in the text for any
/// number of questions: every 64th character boundary is noted once.
#[derive(Clone, Debug)]
pub struct CharOffsets<'a> {
    text: &'a str,
    /// Characters before byte `64 * i`.
    marks: Vec<usize>,
}

const STRIDE: usize = 64;

impl<'a> CharOffsets<'a> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut seen = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            marks.push(seen);
            seen += count_starts(chunk);
        }
        Self { text, marks }
    }

    /// The number of characters before byte `offset`, which is clipped to the text.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let mark = offset / STRIDE;
        let before = self.marks.get(mark).copied();
        let (base, from) = match before {
            Some(count) => (count, mark * STRIDE),
            None => match self.marks.last() {
                Some(&count) => (count, (self.marks.len() - 1) * STRIDE),
                None => (0, 0),
            },
        };
        base + self.text.as_bytes().get(from..offset).map_or(0, count_starts)
    }

    /// Both ends of a span, in characters.
    #[must_use]
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.at(span.start), self.at(span.end))
    }
}

/// Bytes that begin a character: all but UTF-8 continuation bytes.
fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_offsets_equal_a_plain_count_at_every_boundary() {
        let text = "a“é” 漢字 🙂 ".repeat(40);
        let offsets = CharOffsets::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.at(byte), count);
        }
        assert_eq!(offsets.at(text.len()), text.chars().count());
        assert_eq!(CharOffsets::new("").at(9), 0);
    }

    #[test]
    fn trimming_keeps_the_words_and_moves_the_ends() {
        let text = "  said he \n";
        assert_eq!(Span::new(0, text.len()).trimmed(text).of(text), "said he");
        assert!(Span::new(0, 2).trimmed(text).is_empty());
    }

    #[test]
    fn signs_belong_to_the_words_beside_them() {
        for (text, whole) in [
            ("of £5%, ", "£5%"),
            ("of 5 % ", "5 %"),
            ("(5+)", "5+"),
            ("“5”", "5"),
            ("5", "5"),
            ("#5 and 6%", "#5"),
        ] {
            let at = text.find('5').unwrap();
            assert_eq!(Span::new(at, at + 1).with_signs(text).of(text), whole);
        }
    }
}
