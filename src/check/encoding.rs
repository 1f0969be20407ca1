//! Text that was decoded with the wrong table, or not cleaned of its markup.

use super::finding::{Finding, Problem, Trouble};
use super::sheet::CheckedRow;

/// The first trouble of every row.
pub(super) fn check(rows: &[CheckedRow<'_>]) -> Vec<Finding> {
    rows.iter()
        .filter_map(|row| {
            let (offset, trouble) = first_trouble(row.text)?;
            Some(row.finding(Problem::Encoding { trouble, offset }))
        })
        .collect()
}

/// The first trouble and the number of characters before it.
fn first_trouble(text: &str) -> Option<(usize, Trouble)> {
    text.char_indices().enumerate().find_map(|(offset, (byte, first))| {
        let rest = text.get(byte..)?;
        let trouble = match first {
            '\u{FFFD}' => Trouble::Replacement,
            '\u{FEFF}' => Trouble::Control,
            '\t' | '\n' | '\r' => return None,
            first if first.is_control() => Trouble::Control,
            '&' if is_entity(rest) => Trouble::Entity,
            first if is_mojibake(first, rest.chars().nth(1)?) => Trouble::Mojibake,
            _ => return None,
        };
        Some((offset, trouble))
    })
}

/// The lead byte of a two- or three-byte character and the byte after it, as Windows-1252 shows them.
fn is_mojibake(first: char, second: char) -> bool {
    let continuation = ('\u{80}'..='\u{BF}').contains(&second) || FROM_80_TO_9F.contains(second);
    match first {
        'Â' | 'Ã' => continuation,
        'â' => matches!(second, '€' | '\u{80}' | '„' | '†' | '‚'),
        'ï' => second == '»',
        _ => false,
    }
}

/// What Windows-1252 shows for the bytes 0x80 to 0x9F.
const FROM_80_TO_9F: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

fn is_entity(rest: &str) -> bool {
    let Some((name, _)) = rest.strip_prefix('&').and_then(|rest| rest.split_once(';')) else { return false };
    let digits = name.strip_prefix("#x").or_else(|| name.strip_prefix('#'));
    match digits {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit()),
        None => {
            matches!(name, "amp" | "lt" | "gt" | "quot" | "apos" | "nbsp" | "mdash" | "ndash")
                || matches!(name, "lsquo" | "rsquo" | "ldquo" | "rdquo" | "hellip")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_are_told_apart_and_clean_text_is_left_alone() {
        for (text, expect) in [
            ("plain, “quoted” — and\tdone\r\n", None),
            ("Ça va à São Tomé, château, £5, naïve, Ångström, D’Ângelo", None),
            ("R&D; Marks & Co; a & b", None),
            ("caf\u{FFFD}", Some((3, Trouble::Replacement))),
            ("é wonâ€™t", Some((5, Trouble::Mojibake))),
            ("cafÃ©", Some((3, Trouble::Mojibake))),
            ("Â£5", Some((0, Trouble::Mojibake))),
            ("LÃ¼beck Ã\u{20AC}", Some((1, Trouble::Mojibake))),
            ("ï»¿We", Some((0, Trouble::Mojibake))),
            ("a\u{7}b", Some((1, Trouble::Control))),
            ("a\u{FEFF}b", Some((1, Trouble::Control))),
            ("a\u{96}b", Some((1, Trouble::Control))),
            ("it&#39;s", Some((2, Trouble::Entity))),
            ("A&amp;B", Some((1, Trouble::Entity))),
        ] {
            assert_eq!(first_trouble(text), expect, "{text}");
        }
    }
}
