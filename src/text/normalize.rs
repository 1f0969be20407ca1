//! Brings a text into the one form that the analyzer reads: NFC, without format characters.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Normalization form C of `text` without format characters (zero-width spaces and joiners, bidirectional
/// controls, soft hyphens, byte-order marks). U+200C stays: Persian spells with it. Text that is already in
/// this form is borrowed.
#[must_use]
pub fn normalize(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_usual(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let clean = if text.chars().any(is_format) {
        Cow::Owned(text.chars().filter(|&c| !is_format(c)).collect())
    } else {
        Cow::Borrowed(text)
    };
    if is_nfc_quick(clean.chars()) == IsNormalized::Yes {
        return clean;
    }
    Cow::Owned(clean.nfc().collect())
}

/// True if all characters are below U+0300, U+00AD and its like in Latin-1 apart, or from U+2010 (hyphen) to U+2026
/// (ellipsis): letters of the West and the marks of its newspapers. None of them is a format character, combines, or
/// decomposes for ever.
fn is_usual(text: &[u8]) -> bool {
    // U+0300 begins with the byte CC, U+2010 with E2, and what begins with C2 is U+0080 to U+00BF. All bytes are looked
    // at, even after the first that is odd, so that a vector register can hold many.
    let odd = |b: u8| b == 0xC2 || (b >= 0xCC && b != 0xE2);
    let next = text.get(1..).unwrap_or_default();
    let threes = text.iter().zip(next).zip(next.get(1..).unwrap_or_default());
    let other =
        |((&a, &b), &c): ((&u8, &u8), &u8)| (a == 0xE2) & ((b != 0x80) | (c.wrapping_sub(0x90) > 0x16));
    !text.iter().fold(false, |any, &b| any | odd(b)) && !threes.fold(false, |any, three| any | other(three))
}

/// The characters of Unicode's general category Cf that writing systems use invisibly, without U+200C.
const fn is_format(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'
            | '\u{200D}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206F}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_decomposed_and_salted_text_become_one() {
        for (input, expect) in [
            ("plain", "plain"),
            ("naïve “Łódź” – so… ‹a›", "naïve “Łódź” – so… ‹a›"),
            ("a\u{2000}b\u{200F}c\u{2028}", "a\u{2002}bc\u{2028}"),
            ("\u{212B}", "Å"),
            ("“Genève”", "“Genève”"),
            ("Gene\u{300}ve", "Genève"),
            ("t\u{200B}al\u{202E}ks\u{AD}", "talks"),
            ("می\u{200C}خواهد", "می\u{200C}خواهد"),
        ] {
            assert_eq!(normalize(input), expect);
        }
    }

    #[test]
    fn clean_text_is_borrowed() {
        assert!(matches!(normalize("“Genève” is clean"), Cow::Borrowed(_)));
    }
}
