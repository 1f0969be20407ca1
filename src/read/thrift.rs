//! What the structs of a Parquet file promise, before the Parquet reader believes it.
//!
//! Footer and page headers are structs in Thrift's compact protocol (its specification is `thrift-compact-protocol.md` of
//! Apache Thrift, theirs `parquet.thrift` of Apache Parquet). The reader takes the fields that it knows for what they should
//! be, whatever the file says they are. Those that it does not know it passes over, and a boolean in a list of those is no
//! byte to it: 2^31 of them, promised in seven bytes, keep it busy for seconds.

use std::io::{self, Read};

use super::parquet_structs::Kind::{self, Binary, Bool, Byte, Column, Double, List, Number, Struct};
use super::parquet_structs::{COLUMN_SCHEMA, EMPTY, FOOTER, PAGE_HEADER};

/// The fields of a page's header that have its size once it is expanded, and in the file.
const EXPANDED: usize = 2;
const SIZE: usize = 3;

/// The field of a column's schema that has the number of columns in it, which stand behind it.
const COLUMNS: usize = 5;

/// Columns in columns, as many as parquet-cpp reads; the Parquet reader calls itself for each, until the stack ends.
const DEEPEST_COLUMN: usize = 100;

/// Why a struct was not read to its end.
#[derive(Debug)]
pub(super) enum Refused {
    /// It is not what it should be, or promises more items than it has bytes, of which each takes one at least.
    Malformed,
    /// The system could not read it.
    Unread(io::Error),
}

use Refused::{Malformed, Unread};

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Malformed } else { Unread(error) }
    }
}

/// Looks through a footer.
pub(super) fn look_through(footer: &[u8]) -> Result<(), Refused> {
    Walk::over(footer, footer.len() as u64).fields(FOOTER, DEEPEST, &mut |_, _| ())
}

/// What stands behind the header of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// The bytes of the header before it.
    pub(super) after: u64,
    /// Its bytes in the file.
    pub(super) size: u64,
    /// The bytes that are to come out of them.
    pub(super) expanded: u64,
}

/// Looks through the header of a page, which has at most so many `bytes`.
pub(super) fn look_through_page(header: impl Read, bytes: u64) -> Result<Body, Refused> {
    let (mut body, mut walk) = (Body { after: 0, size: 0, expanded: 0 }, Walk::over(header, bytes));
    // A number is written twice as large.
    walk.fields(PAGE_HEADER, DEEPEST, &mut |field, number| match field {
        EXPANDED => body.expanded = number / 2,
        SIZE => body.size = number / 2,
        _ => (),
    })?;
    Ok(Body { after: bytes - walk.rest.limit(), ..body })
}

/// Levels of nesting; what is known has eight, and the Parquet reader gives up after 64 that it does not know.
const DEEPEST: u32 = 80;

struct Walk<R> {
    rest: io::Take<R>,
    /// That collections may still have.
    items: u64,
    /// The columns that are still to come in each column around the next.
    columns: Vec<u64>,
}

impl<R: Read> Walk<R> {
    fn over(input: R, bytes: u64) -> Self {
        Self { rest: input.take(bytes), items: bytes, columns: Vec::new() }
    }

    fn skip(&mut self, bytes: u64) -> Result<(), Refused> {
        let skipped = io::copy(&mut self.rest.by_ref().take(bytes), &mut io::sink())?;
        if skipped == bytes { Ok(()) } else { Err(Malformed) }
    }

    fn byte(&mut self) -> Result<u8, Refused> {
        let mut byte = [0];
        self.rest.read_exact(&mut byte)?;
        Ok(u8::from_le_bytes(byte))
    }

    /// Seven bits a byte, the lowest first, as long as the highest bit is set.
    fn number(&mut self) -> Result<u64, Refused> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F).wrapping_shl(shift);
            if byte < 0x80 {
                return Ok(number);
            }
            shift = shift.wrapping_add(7);
        }
    }

    /// A struct whose first fields are `known`; `take` is given the numbers among its fields as they are written: twice as
    /// large, and odd where they are below 0.
    fn fields(
        &mut self,
        known: &[Kind],
        depth: u32,
        take: &mut dyn FnMut(usize, u64),
    ) -> Result<(), Refused> {
        let depth = depth.checked_sub(1).ok_or(Malformed)?;
        let mut field = 0_usize;
        loop {
            let head = self.byte()?;
            field = match (head >> 4, head & 0xF) {
                (_, 0) => return Ok(()),
                // The field's number follows.
                (0, _) => match self.number()? {
                    twice if twice > 0 && twice % 2 == 0 && i16::try_from(twice / 2).is_ok() => {
                        (twice / 2) as usize
                    }
                    _ => return Err(Malformed),
                },
                (more, _) => field.saturating_add(usize::from(more)),
            };
            let kind = Kind::known(field.checked_sub(1).and_then(|i| known.get(i)), head & 0xF)?;
            match kind {
                // The value of a boolean field stands in its type.
                Bool => (),
                Number => take(field, self.number()?),
                _ => self.value(kind, depth)?,
            }
        }
    }

    fn value(&mut self, kind: Kind, depth: u32) -> Result<(), Refused> {
        match kind {
            // The Parquet reader takes it for no byte.
            Bool => Ok(()),
            Byte => self.skip(1),
            Number => self.number().map(drop),
            Double => self.skip(8),
            Binary => {
                let length = self.number()?;
                self.skip(length)
            }
            Struct(known) => self.fields(known, depth, &mut |_, _| ()),
            Column => self.column(depth),
            List(known) => self.list(Some(known), depth),
            Kind::Other(9 | 10) => self.list(None, depth),
            Kind::Other(11) => match self.number()? {
                0 => Ok(()),
                count => {
                    let kinds = self.byte()?;
                    self.items(
                        count,
                        &[Kind::known(None, kinds >> 4)?, Kind::known(None, kinds & 0xF)?],
                        depth,
                    )
                }
            },
            Kind::Other(13) => self.skip(16),
            Kind::Other(_) => Err(Malformed),
        }
    }

    /// The schema of a column. It comes behind that of the column it is in, and is an item of it.
    fn column(&mut self, depth: u32) -> Result<(), Refused> {
        let mut inside = 0;
        self.fields(COLUMN_SCHEMA, depth, &mut |field, number| {
            if field == COLUMNS {
                inside = if number % 2 == 0 { number / 2 } else { 0 };
            }
        })?;
        if let Some(left) = self.columns.last_mut() {
            *left = left.saturating_sub(1);
        }
        self.items = self.items.checked_sub(inside).ok_or(Malformed)?;
        self.columns.push(inside);
        while self.columns.pop_if(|left| *left == 0).is_some() {}
        if self.columns.len() > DEEPEST_COLUMN { Err(Malformed) } else { Ok(()) }
    }

    fn list(&mut self, known: Option<&Kind>, depth: u32) -> Result<(), Refused> {
        let head = self.byte()?;
        let count = if head >> 4 == 0xF { self.number()? } else { u64::from(head >> 4) };
        // Some write no kind where there is no item.
        if count == 0 { Ok(()) } else { self.items(count, &[Kind::known(known, head & 0xF)?], depth) }
    }

    /// The items of a collection: `count` times one of each kind.
    fn items(&mut self, count: u64, kinds: &[Kind], depth: u32) -> Result<(), Refused> {
        self.items = self.items.checked_sub(count).ok_or(Malformed)?;
        let depth = depth.checked_sub(1).ok_or(Malformed)?;
        for _ in 0..count {
            for &kind in kinds {
                self.value(kind, depth)?;
            }
        }
        Ok(())
    }
}

impl Kind {
    /// What a value of the type `written` in the file is, where it is `known` as told.
    fn known(known: Option<&Self>, written: u8) -> Result<Self, Refused> {
        let found = match written {
            1 | 2 => Bool,
            3 => Byte,
            4..=6 => Number,
            7 => Double,
            8 => Binary,
            12 => EMPTY,
            other => Self::Other(other),
        };
        match (known, found) {
            (None, found) => Ok(found),
            (Some(&known @ (Struct(_) | Column)), Struct(_)) | (Some(&known @ List(_)), Self::Other(9)) => {
                Ok(known)
            }
            (Some(known), found) if std::mem::discriminant(known) == std::mem::discriminant(&found) => {
                Ok(found)
            }
            _ => Err(Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footers_are_what_they_should_be_and_promise_no_more_than_they_hold() {
        let most = [0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        let with = |head: &[u8], rest: &[u8]| [head, &most, rest].concat();
        // Fields from 10 on are not known.
        for (footer, fine) in [
            (vec![0], true),
            (vec![], false),
            // The version; a text for it; a schema of one element with a name; a list of numbers for it; an empty one.
            (vec![0x15, 2, 0], true),
            (vec![0x18, 1, b'x', 0], false),
            (vec![0x29, 0x1C, 0x48, 1, b'x', 0, 0], true),
            (vec![0x29, 0x15, 2, 0], false),
            (vec![0x29, 0, 0], true),
            // A name of another kind, in the struct that should have one.
            (vec![0x29, 0x1C, 0x45, 1, 0, 0], false),
            // A list of three bytes, a map from a number to a list of two numbers, a text, a struct, a boolean.
            (vec![0xB9, 0x33, 1, 2, 1, 0], true),
            (vec![0xBB, 1, 0x59, 7, 0x25, 2, 4, 0x18, 2, b'o', b'k', 0x1C, 0x11, 0, 0], true),
            (vec![0x08, 0xFE, 0xFF, 3, 1, b'x', 0], true),
            // A field 65536 above the version, which some take for it, and one below 0.
            (vec![0x08, 0x82, 0x80, 8, 1, b'x', 0], false),
            (vec![0x08, 1, 1, b'x', 0], false),
            (vec![0x08, 0, 1, b'x', 0], false),
            // As many items as bytes, and one more.
            (vec![0xB9, 0x31, 0], true),
            (vec![0xB9, 0x41, 0], false),
            (with(&[0xB9, 0xF1], &[0]), false),
            (with(&[0xBA, 0xFC], &[0]), false),
            (with(&[0xBB], &[0x11, 0]), false),
            (with(&[0xBC, 0x19, 0xF1], &[0, 0]), false),
            // Behind a number of more bytes than it needs, and as deep as the Parquet reader looks.
            ([&[0xB5][..], &[0x80; 20], &[0, 0x19, 0xF1], &most, &[0]].concat(), false),
            ([&[0xBC][..], &[0x1C; 70], &[0x19, 0xF1], &most, &[0]].concat(), false),
            // A text beyond the end, and a struct in a struct for ever.
            (with(&[0xB8], &[]), false),
            (vec![0xBC; 1000], false),
        ] {
            assert_eq!(look_through(&footer).is_ok(), fine, "{footer:x?}");
        }
    }

    #[test]
    fn columns_are_promised_and_nested_within_bounds() {
        // So many columns, each with the number of those inside it.
        let schema = |columns: &[u8]| {
            let each = columns.iter().flat_map(|inside| [0x55, inside * 2, 0]);
            let count = u8::try_from(columns.len()).unwrap();
            [0x29, 0xFC, 0x80 | count, 1].into_iter().chain(each).chain([0; 1000]).collect::<Vec<u8>>()
        };
        for (deep, fine) in [(100, true), (101, false)] {
            let nested = [vec![1; deep], vec![0]].concat();
            assert_eq!(look_through(&schema(&[nested, vec![0; 20]].concat())).is_ok(), fine, "{deep}");
        }
        let beside: Vec<u8> = [vec![60], [1, 0].repeat(60)].concat();
        assert!(look_through(&schema(&beside)).is_ok(), "60 columns of one column each are two deep");
        // Six bytes, of which one is the item of the list.
        for (inside, fine) in [(0, true), (5, true), (6, false), (63, false)] {
            assert_eq!(look_through(&[0x29, 0x1C, 0x55, inside * 2, 0, 0]).is_ok(), fine, "{inside}");
        }
    }

    #[test]
    fn what_stands_behind_the_header_of_a_page_is_told() {
        for (header, expect) in [
            // Fields 1, 2 and 3; field 3 in the long form; in a struct inside.
            (vec![0x15, 2, 0x15, 20, 0x15, 10, 0, 7, 7], Some((7, 5, 10))),
            (vec![0x25, 20, 0x05, 6, 10, 0], Some((6, 5, 10))),
            (vec![0x5C, 0x35, 20, 0, 0], Some((5, 0, 0))),
            // Of another kind; without an end.
            (vec![0x28, 20, 0], None),
            (vec![0x25, 20], None),
        ] {
            let found = look_through_page(header.as_slice(), 100).ok();
            assert_eq!(
                found,
                expect.map(|(after, size, expanded)| Body { after, size, expanded }),
                "{header:x?}"
            );
        }
    }

    #[test]
    fn a_device_that_fails_is_no_damage() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::from_raw_os_error(5))
            }
        }
        let refused = look_through_page(Fails, 100).unwrap_err();
        assert!(matches!(refused, Unread(error) if error.raw_os_error() == Some(5)));
    }
}
