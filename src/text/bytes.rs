//! Sets of bytes, to look for several at once.

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

/// The first bits of sixteen bytes: those of ASCII have none.
pub(crate) const FIRST_BITS: u128 = repeated(0x80);

const fn repeated(byte: u8) -> u128 {
    u128::from_le_bytes([byte; 16])
}

/// The first bits of those of sixteen bytes that are from `low` to `high`, two characters of ASCII.
#[inline]
pub(crate) const fn between(bytes: u128, low: u8, high: u8) -> u128 {
    // Seven bits and what is added reach the first bit from `low` on, and behind `high`; no sum reaches the next byte.
    let seven = bytes & !FIRST_BITS;
    (seven + repeated(0x80 - low)) & !(seven + repeated(0x7F - high)) & !bytes & FIRST_BITS
}

/// The first bits of those of sixteen bytes that are letters of ASCII.
#[inline]
pub(crate) const fn letters(bytes: u128) -> u128 {
    between(bytes | repeated(0x20), b'a', b'z')
}

/// The first bits of those of sixteen bytes that are digits of ASCII.
#[inline]
pub(crate) const fn digits(bytes: u128) -> u128 {
    between(bytes, b'0', b'9')
}

/// How many bytes at the beginning of `bytes` are `inside`. They are asked sixteen at a time: words are of all lengths, so
/// a branch on each byte is guessed wrong at the end of every word.
#[inline]
pub(crate) fn run(bytes: &[u8], inside: impl Fn(u128) -> u128) -> usize {
    let length = |chunk: &[u8; 16]| {
        let outside = !inside(u128::from_le_bytes(*chunk)) & FIRST_BITS;
        outside.trailing_zeros() as usize / 8
    };
    let (chunks, rest) = bytes.as_chunks::<16>();
    for (chunk, start) in chunks.iter().zip((0..).step_by(16)) {
        let length = length(chunk);
        if length < 16 {
            return start + length;
        }
    }
    let mut last = [0; 16];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    bytes.len() - rest.len() + length(&last).min(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_told_among_all_bytes() {
        for byte in 0..=u8::MAX {
            let all = u128::from_le_bytes([byte; 16]);
            let told = |first_bits: u128| match first_bits {
                0 => false,
                FIRST_BITS => true,
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
