//! The pages of Parquet columns, looked at before they are decoded: a dictionary has no more entries than bits, and words in
//! the delta encodings are as many as the header of their page says. The decoders make room for what a body promises.
//!
//! The encodings are those of `Encodings.md` of Apache Parquet.

use std::sync::Arc;

use parquet::arrow::arrow_reader::RowGroups;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::ChunkReader;
use parquet::file::serialized_reader::SerializedPageReader;

/// All row groups of a file.
pub(super) struct Chunks<R> {
    input: Arc<R>,
    metadata: Arc<ParquetMetaData>,
}

impl<R: ChunkReader> Chunks<R> {
    pub(super) fn new(input: R, metadata: Arc<ParquetMetaData>) -> Self {
        Self { input: Arc::new(input), metadata }
    }
}

fn rows(group: &RowGroupMetaData) -> usize {
    usize::try_from(group.num_rows()).unwrap_or(0)
}

impl<R: ChunkReader + 'static> RowGroups for Chunks<R> {
    fn num_rows(&self) -> usize {
        self.row_groups().map(rows).fold(0, usize::saturating_add)
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>, ParquetError> {
        let (input, metadata) = (Arc::clone(&self.input), Arc::clone(&self.metadata));
        Ok(Box::new(Column { input, metadata, number: column, group: 0 }))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(self.metadata.row_groups().iter())
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }
}

/// One column of all row groups.
struct Column<R> {
    input: Arc<R>,
    metadata: Arc<ParquetMetaData>,
    number: usize,
    /// The next row group.
    group: usize,
}

impl<R: ChunkReader + 'static> Iterator for Column<R> {
    type Item = Result<Box<dyn PageReader>, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        let group = self.metadata.row_groups().get(self.group)?;
        self.group += 1;
        let chunk = group.columns().get(self.number)?;
        let levels = [chunk.column_descr().max_rep_level(), chunk.column_descr().max_def_level()];
        let pages = SerializedPageReader::new(Arc::clone(&self.input), chunk, rows(group), None);
        Some(pages.map(|pages| Box::new(Pages { pages, levels }) as Box<dyn PageReader>))
    }
}

impl<R: ChunkReader + 'static> PageIterator for Column<R> {}

/// The pages of one column of one row group.
struct Pages<P> {
    pages: P,
    /// The highest repetition and definition level.
    levels: [i16; 2],
}

impl<P: PageReader> Iterator for Pages<P> {
    type Item = Result<Page, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl<P: PageReader> PageReader for Pages<P> {
    fn get_next_page(&mut self) -> Result<Option<Page>, ParquetError> {
        let page = self.pages.get_next_page()?;
        if page.as_ref().is_some_and(|page| promised(page, self.levels) > page_items(page)) {
            return Err(ParquetError::General("a page promises more than it holds".to_owned()));
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>, ParquetError> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<(), ParquetError> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool, ParquetError> {
        self.pages.at_record_boundary()
    }
}

/// The items that there may be in a page; the smallest entries of a dictionary are booleans, of one bit each.
fn page_items(page: &Page) -> u64 {
    match page {
        Page::DictionaryPage { buf, .. } => buf.len() as u64 * 8,
        Page::DataPage { num_values, .. } | Page::DataPageV2 { num_values, .. } => u64::from(*num_values),
    }
}

/// The items for which a decoder would make room, as far as that is not bounded otherwise.
fn promised(page: &Page, levels: [i16; 2]) -> u64 {
    match page {
        Page::DictionaryPage { num_values, .. } => u64::from(*num_values),
        Page::DataPage { buf, num_values, encoding, def_level_encoding, rep_level_encoding, .. } => {
            let coded = levels.into_iter().zip([*rep_level_encoding, *def_level_encoding]);
            let body =
                coded.filter(|(highest, _)| *highest > 0).try_fold(&**buf, |rest, (highest, coding)| {
                    rest.get(level_bytes(rest, highest, coding, *num_values)?..)
                });
            body.map_or(0, |body| words(body, *encoding))
        }
        Page::DataPageV2 { buf, encoding, def_levels_byte_len, rep_levels_byte_len, .. } => {
            let levels = (*def_levels_byte_len as usize).saturating_add(*rep_levels_byte_len as usize);
            buf.get(levels..).map_or(0, |body| words(body, *encoding))
        }
    }
}

/// How many bytes the levels take that stand before the words of a page of the first version.
fn level_bytes(rest: &[u8], highest: i16, coding: Encoding, count: u32) -> Option<usize> {
    match coding {
        Encoding::RLE => Some(u32::from_le_bytes(*rest.first_chunk()?) as usize + 4),
        _ => Some((count as usize * (16 - highest.leading_zeros()) as usize).div_ceil(8)),
    }
}

/// The number of words in the delta encodings, as their body says; 0 for other encodings, whose decoders go by the header.
fn words(body: &[u8], encoding: Encoding) -> u64 {
    let lengths = match encoding {
        // Lengths; or how much of the word before each begins with, and then lengths.
        Encoding::DELTA_LENGTH_BYTE_ARRAY => 1,
        Encoding::DELTA_BYTE_ARRAY => 2,
        _ => 0,
    };
    let (mut rest, mut most) = (Some(body), 0);
    for _ in 0..lengths {
        let Some((count, behind)) = rest.and_then(numbers) else { break };
        most = most.max(count);
        rest = behind;
    }
    most
}

/// How many numbers a body in `DELTA_BINARY_PACKED` says that it holds, and what stands behind them if they are there.
fn numbers(mut body: &[u8]) -> Option<(u64, Option<&[u8]>)> {
    let (block, parts, count) = (varint(&mut body)?, varint(&mut body)?, varint(&mut body)?);
    let first = varint(&mut body);
    let of_part = block.checked_div(parts).filter(|&values| values > 0);
    Some((
        count,
        first.and(of_part).and_then(|of_part| behind(body, parts, of_part, count.saturating_sub(1))),
    ))
}

/// What stands behind blocks of so many parts, each of so many numbers.
fn behind(mut body: &[u8], parts: u64, of_part: u64, mut left: u64) -> Option<&[u8]> {
    while left > 0 {
        // The least difference.
        varint(&mut body)?;
        let (widths, mut rest) = body.split_at_checked(usize::try_from(parts).ok()?)?;
        for &bits in widths {
            // Parts without a number are not written.
            if left > 0 {
                let bytes = of_part.checked_mul(u64::from(bits))? / 8;
                rest = rest.get(usize::try_from(bytes).ok()?..)?;
                left = left.saturating_sub(of_part);
            }
        }
        body = rest;
    }
    Some(body)
}

/// Seven bits a byte, the lowest first, as long as the highest bit is set.
fn varint(body: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = body.split_first()?;
        *body = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of 128 numbers in 4 parts.
    const HEAD: [u8; 3] = [0x80, 1, 4];

    #[test]
    fn words_are_counted_as_their_body_says() {
        let one = [&HEAD[..], &[1, 6]].concat();
        // Two numbers: the second in a part of 32 numbers of one bit.
        let two = [&HEAD[..], &[2, 6, 0, 1, 0, 0, 0, 9, 9, 9, 9]].concat();
        let many = [&HEAD[..], &[0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 6]].concat();
        for (body, lengths, twice) in [
            (vec![], 0, 0),
            (one.clone(), 1, 1),
            (many.clone(), 0xFFFF_FFFF, 0xFFFF_FFFF),
            ([one, many.clone()].concat(), 1, 0xFFFF_FFFF),
            ([&two[..], &many].concat(), 2, 0xFFFF_FFFF),
            ([&two[..9], &many].concat(), 2, 2),
            // Blocks of no parts, and parts of no numbers.
            (vec![0x80, 1, 0, 9, 6], 9, 9),
            (vec![0, 4, 9, 6, 0, 0, 0, 0, 0], 9, 9),
        ] {
            assert_eq!(words(&body, Encoding::DELTA_LENGTH_BYTE_ARRAY), lengths, "{body:x?}");
            assert_eq!(words(&body, Encoding::DELTA_BYTE_ARRAY), twice, "{body:x?}");
            assert_eq!(words(&body, Encoding::PLAIN), 0);
        }
    }

    #[test]
    fn a_dictionary_has_no_more_entries_than_bits() {
        for (num_values, fine) in [(0, true), (16, true), (17, false), (u32::MAX, false)] {
            let (buf, encoding) = (vec![7; 2].into(), Encoding::PLAIN);
            let page = Page::DictionaryPage { buf, num_values, encoding, is_sorted: false };
            assert_eq!(promised(&page, [0, 0]) <= page_items(&page), fine, "{num_values}");
        }
    }

    #[test]
    fn levels_stand_before_the_words() {
        let body = [&HEAD[..], &[7, 6]].concat();
        let page = |buf: Vec<u8>, coding| Page::DataPage {
            buf: buf.into(),
            num_values: 5,
            encoding: Encoding::DELTA_LENGTH_BYTE_ARRAY,
            def_level_encoding: coding,
            rep_level_encoding: coding,
            statistics: None,
        };
        let measured = [&[2, 0, 0, 0, 1, 1][..], &[1, 0, 0, 0, 1], &body].concat();
        assert_eq!(promised(&page(measured, Encoding::RLE), [1, 1]), 7);
        // Five levels of two bits, and of one.
        #[allow(deprecated, reason = "old files have it")]
        let packed = page([&[0; 2][..], &[0], &body].concat(), Encoding::BIT_PACKED);
        assert_eq!(promised(&packed, [3, 1]), 7);
        assert!(promised(&page(body, Encoding::RLE), [0, 0]) > page_items(&packed));
    }
}
