//! What a Parquet footer promises, before the Parquet reader believes it.
//!
//! The footer is a struct in Thrift's compact protocol (its specification is `thrift-compact-protocol.md` of Apache Thrift).
//! The reader counts through collections that it does not know, and takes a boolean in them for no byte at all: 2^31 of them,
//! promised in seven bytes, keep it busy for seconds.

/// Why a walk over a struct ends early.
enum Stop {
    /// It is no struct; what is wrong is for the Parquet reader to say.
    Malformed,
    /// Its collections have more items than it has bytes.
    TooMuch,
}

/// True if the collections of a footer are said to hold more items than the footer has bytes: each takes one at least.
pub(super) fn promises_too_much(footer: &[u8]) -> bool {
    let mut walk = Walk { rest: footer, items: footer.len() as u64 };
    matches!(walk.fields(DEEPEST), Err(Stop::TooMuch))
}

/// Levels of nesting that are looked into; a footer has eight.
const DEEPEST: u32 = 32;

struct Walk<'a> {
    rest: &'a [u8],
    /// That collections may still have.
    items: u64,
}

impl Walk<'_> {
    fn skip(&mut self, bytes: u64) -> Result<(), Stop> {
        let rest = usize::try_from(bytes).ok().and_then(|bytes| self.rest.get(bytes..));
        self.rest = rest.ok_or(Stop::Malformed)?;
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        let &byte = self.rest.first().ok_or(Stop::Malformed)?;
        self.skip(1)?;
        Ok(byte)
    }

    /// Seven bits a byte, the lowest first, as long as the highest bit is set.
    fn number(&mut self) -> Result<u64, Stop> {
        let mut number = 0;
        for place in 0..10 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << (7 * place);
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Stop::Malformed)
    }

    /// The fields of a struct, to its end.
    fn fields(&mut self, depth: u32) -> Result<(), Stop> {
        loop {
            let head = self.byte()?;
            match (head >> 4, head & 0xF) {
                (_, 0) => return Ok(()),
                // The field's number follows.
                (0, _) => drop(self.number()?),
                _ => (),
            }
            // A boolean field has its value in its type.
            if head & 0xF > 2 {
                self.value(head & 0xF, depth)?;
            }
        }
    }

    fn value(&mut self, kind: u8, depth: u32) -> Result<(), Stop> {
        match kind {
            1..=3 => self.skip(1),
            4..=6 => self.number().map(drop),
            7 => self.skip(8),
            8 => {
                let length = self.number()?;
                self.skip(length)
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = if head >> 4 == 0xF { self.number()? } else { u64::from(head >> 4) };
                self.values(count, &[head & 0xF], depth)
            }
            11 => match self.number()? {
                0 => Ok(()),
                count => {
                    let kinds = self.byte()?;
                    self.values(count, &[kinds >> 4, kinds & 0xF], depth)
                }
            },
            12 if depth > 0 => self.fields(depth - 1),
            13 => self.skip(16),
            _ => Err(Stop::Malformed),
        }
    }

    /// The items of a collection: `count` times one of each kind.
    fn values(&mut self, count: u64, kinds: &[u8], depth: u32) -> Result<(), Stop> {
        self.items = self.items.checked_sub(count).ok_or(Stop::TooMuch)?;
        let depth = depth.checked_sub(1).ok_or(Stop::Malformed)?;
        for _ in 0..count {
            for &kind in kinds {
                self.value(kind, depth)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collections_have_no_more_items_than_there_are_bytes() {
        let most = [0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        let with = |head: &[u8], rest: &[u8]| [head, &most, rest].concat();
        for (footer, refused) in [
            (vec![], false),
            // A list of three booleans, a map from a number to a list of two numbers, a text, a struct.
            (vec![0x19, 0x31, 1, 2, 1, 0], false),
            (vec![0x1B, 1, 0x59, 7, 0x25, 2, 4, 0x18, 2, b'o', b'k', 0x1C, 0x11, 0, 0], false),
            // As many items as bytes, and one more.
            (vec![0x19, 0x61, 1, 1, 1, 0], false),
            (vec![0x19, 0x71, 1, 1, 1, 0], true),
            (with(&[0x19, 0xF1], &[0]), true),
            (with(&[0x1A, 0xFC], &[0]), true),
            (with(&[0x1B], &[0x11, 0]), true),
            (with(&[0x1C, 0x19, 0xF1], &[0, 0]), true),
            // A text beyond the end, and a struct in a struct for ever: no footers, and not for this to say.
            (with(&[0x18], &[]), false),
            (vec![0x1C; 1000], false),
        ] {
            assert_eq!(promises_too_much(&footer), refused, "{footer:x?}");
        }
    }
}
