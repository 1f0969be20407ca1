//! Brings a text into the one form that the analyzer reads: NFC, without format characters.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Normalization form C of `text` without format characters (zero-width spaces and joiners, bidirectional
/// controls, soft hyphens, byte-order marks). U+200C stays: Persian spells with it. Text that is already in
/// this form is borrowed.
#[must_use]
pub fn normalize(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
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
