//! Bytes, many at once: sets of them, runs of letters, short words as numbers.

use wide::u8x16;

use crate::span::Span;

/// True at the bytes of `set`.
pub(crate) const fn table<const N: usize>(set: [u8; N]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < N {
        table[set[i] as usize] = true;
        i += 1;
    }
    table
}

/// All bits of those of sixteen bytes that are from `low` to `high`.
#[inline]
pub(crate) fn between(bytes: u8x16, low: u8, high: u8) -> u8x16 {
    let width = u8x16::splat(high - low);
    (bytes - u8x16::splat(low)).max(width).simd_eq(width)
}

/// All bits of those of sixteen bytes that are letters of ASCII.
#[inline]
pub(crate) fn letters(bytes: u8x16) -> u8x16 {
    between(bytes | u8x16::splat(0x20), b'a', b'z')
}

/// All bits of those of sixteen bytes that are digits of ASCII.
#[inline]
pub(crate) fn digits(bytes: u8x16) -> u8x16 {
    between(bytes, b'0', b'9')
}

/// How many bytes at the beginning of `bytes` are `inside`. They are asked sixteen at a time: words are of all lengths, so
/// a branch on each byte is guessed wrong at the end of every word.
#[inline]
pub(crate) fn run(bytes: &[u8], inside: impl Fn(u8x16) -> u8x16) -> usize {
    let length = |chunk: [u8; 16]| (!inside(u8x16::new(chunk)).to_bitmask()).trailing_zeros() as usize;
    let (chunks, rest) = bytes.as_chunks::<16>();
    for (&chunk, start) in chunks.iter().zip((0..).step_by(16)) {
        let length = length(chunk);
        if length < 16 {
            return start + length;
        }
    }
    let mut last = [0; 16];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    bytes.len() - rest.len() + length(last).min(rest.len())
}

/// The longest word that is one number, in bytes.
pub(crate) const SHORT: usize = 16;

/// Keeps as many bytes.
const KEPT: [u128; SHORT + 1] = {
    let mut masks = [0; SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        masks[length] = u128::MAX >> (8 * (SHORT - length));
        length += 1;
    }
    masks
};

/// The bytes `span` of `text`, filled up with zeros; none if there are more than [`SHORT`]. Sixteen bytes are read at once
/// and those behind the word blanked: words are short and of all lengths, so a branch on the length is guessed wrong every
/// other time.
#[inline]
pub(crate) fn short(text: &[u8], span: Span) -> Option<u128> {
    let kept = KEPT.get(span.len())?;
    let bytes = text.get(span.start..).and_then(<[u8]>::first_chunk);
    let bytes = bytes.map_or_else(|| last(text, span.start), |bytes| u128::from_le_bytes(*bytes));
    Some(bytes & kept)
}

/// The bytes from `start` on, where fewer than 16 are left.
#[cold]
#[inline(never)]
fn last(text: &[u8], start: usize) -> u128 {
    match text.last_chunk::<SHORT>() {
        Some(bytes) => {
            let before = 8 * (start + SHORT).saturating_sub(text.len());
            u128::from_le_bytes(*bytes).checked_shr(before as u32).unwrap_or(0)
        }
        None => text.iter().skip(start).rev().fold(0, |all, &byte| all << 8 | u128::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_told_among_all_bytes() {
        for byte in 0..=u8::MAX {
            let all = u8x16::splat(byte);
            let told = |kind: u8x16| match kind.to_bitmask() {
                0 => false,
                0xFFFF => true,
                other => panic!("{byte}: {other:x}"),
            };
            assert_eq!(told(letters(all)), byte.is_ascii_alphabetic(), "{byte}");
            assert_eq!(told(digits(all)), byte.is_ascii_digit(), "{byte}");
        }
    }

    #[test]
    fn a_run_ends_where_another_byte_stands() {
        for length in 0..70 {
            let word = "x".repeat(length);
            for behind in ["", " ", "é", "1x", " and so on and so on"] {
                assert_eq!(run(format!("{word}{behind}").as_bytes(), letters), length, "{length} {behind:?}");
            }
        }
    }
}
