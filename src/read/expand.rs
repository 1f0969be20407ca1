//! gzip and Zstandard, recognised by their first bytes, with a limit on how much may come out of how little.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The largest ratio of expanded to compressed bytes. News text shrinks 3 to 20 times and the dullest logs about 100
/// times; gzip's own limit is 1,032 and Zstandard has none.
pub const LARGEST_RATIO: u64 = 256;

/// Bytes that may come out whatever the ratio: small files of blanks are no danger.
pub const ALWAYS_EXPANDED: u64 = 16 << 20;

/// Why compressed input is not read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpandError {
    /// More came out than [`LARGEST_RATIO`] allows.
    #[error(
        "{read} compressed bytes expand to more than {LARGEST_RATIO} times their size ({expanded} bytes so far): this is no text, and was left alone"
    )]
    Ratio {
        /// Compressed bytes so far.
        read: u64,
        /// Expanded bytes so far.
        expanded: u64,
    },
    /// The checksum of a Zstandard frame is not that of what came out.
    #[error("the checksum of the Zstandard frame is wrong: the file is damaged")]
    Checksum,
}

impl From<ExpandError> for io::Error {
    fn from(error: ExpandError) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}

/// `input` as it is, or what gzip or Zstandard made it of. Reads that a signal interrupts are tried again.
///
/// # Errors
/// If `input` cannot be read. Damage and [`ExpandError`] show as errors of the reader that is returned.
pub fn expanded<'a>(input: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let read = Rc::new(Cell::new(0));
    let counted = Counted { input, read: Rc::clone(&read) };
    let mut source = BufReader::with_capacity(1 << 16, counted);
    let mut head = Vec::new();
    source.by_ref().take(4).read_to_end(&mut head)?;
    let compression = compression(&head);
    let whole = io::Cursor::new(head).chain(source);
    let inner: Box<dyn Read + 'a> = match compression {
        None => return Ok(Box::new(whole)),
        Some(Compression::Gzip) => Box::new(MultiGzDecoder::new(whole)),
        Some(Compression::Zstandard) => {
            Box::new(Zstandard { source: whole, frame: FrameDecoder::new(), open: false })
        }
    };
    Ok(Box::new(Guarded { inner, read, expanded: 0 }))
}

/// A compression that is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compression {
    Gzip,
    Zstandard,
}

/// The compression whose magic number `head` begins with; Zstandard's skippable frames count as Zstandard.
fn compression(head: &[u8]) -> Option<Compression> {
    match head {
        [0x1F, 0x8B, 0x08, ..] => Some(Compression::Gzip),
        [0x28, 0xB5, 0x2F, 0xFD] | [0x50..=0x5F, 0x2A, 0x4D, 0x18] => Some(Compression::Zstandard),
        _ => None,
    }
}

/// Counts what is read, and tries again when a signal interrupts.
struct Counted<R> {
    input: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.input.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                Err(error) => return Err(error),
                Ok(count) => {
                    self.read.set(self.read.get() + count as u64);
                    return Ok(count);
                }
            }
        }
    }
}

/// Refuses `expanded` bytes that are too many for the `read` ones they are of.
pub(super) fn no_bomb(read: u64, expanded: u64) -> Result<(), ExpandError> {
    if expanded > ALWAYS_EXPANDED && expanded > read.saturating_mul(LARGEST_RATIO) {
        return Err(ExpandError::Ratio { read, expanded });
    }
    Ok(())
}

/// Stops where too much comes out of too little.
struct Guarded<'a> {
    inner: Box<dyn Read + 'a>,
    read: Rc<Cell<u64>>,
    expanded: u64,
}

impl Read for Guarded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.expanded += count as u64;
        no_bomb(self.read.get(), self.expanded)?;
        Ok(count)
    }
}

/// All frames of a Zstandard stream, one after another.
struct Zstandard<R> {
    source: R,
    frame: FrameDecoder,
    open: bool,
}

impl<R: BufRead> Zstandard<R> {
    /// Begins the next frame; false at the end of the stream.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.frame.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(damaged(error)),
            }
        }
        Ok(false)
    }

    fn check(&self) -> io::Result<()> {
        match (self.frame.get_checksum_from_data(), self.frame.get_calculated_checksum()) {
            (Some(written), Some(found)) if written != found => Err(ExpandError::Checksum.into()),
            _ => Ok(()),
        }
    }
}

fn damaged(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

impl<R: BufRead> Read for Zstandard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.open {
                self.open = self.begin()?;
                if !self.open {
                    return Ok(0);
                }
            }
            let count = self.frame.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            if self.frame.is_finished() {
                self.check()?;
                self.open = false;
            } else {
                self.frame
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(damaged)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn expand(bytes: &[u8]) -> Result<Vec<u8>, String> {
        let mut found = Vec::new();
        expanded(bytes).unwrap().read_to_end(&mut found).map_err(|e| e.to_string())?;
        Ok(found)
    }

    fn text() -> Vec<u8> {
        (0..40_000_u32).flat_map(|i| format!("{} met {}\n", i * 7919 % 1013, i).into_bytes()).collect()
    }

    #[test]
    fn members_and_frames_come_out_one_after_another() {
        let text = text();
        let twice = [text.clone(), text.clone()].concat();
        let skippable = [&[0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc", &zstandard(&text)].concat();
        for (input, expect) in [
            (gzip(&text), &text),
            ([gzip(&text), gzip(&text)].concat(), &twice),
            (zstandard(&text), &text),
            ([zstandard(&text), zstandard(&text)].concat(), &twice),
            (skippable, &text),
            (text.clone(), &text),
            (gzip(b""), &Vec::new()),
            (vec![0x1F], &vec![0x1F]),
        ] {
            assert!(expand(&input).as_ref() == Ok(expect), "{} bytes", input.len());
        }
    }

    #[test]
    fn a_bomb_is_refused_and_a_small_dull_file_is_not() {
        for pack in [gzip, zstandard] {
            assert_eq!(expand(&pack(&vec![b' '; ALWAYS_EXPANDED as usize])).map(|b| b.len()), Ok(16 << 20));
            let error = expand(&pack(&vec![b' '; 4 * ALWAYS_EXPANDED as usize])).unwrap_err();
            assert!(error.contains("more than 256 times"), "{error}");
        }
    }

    #[test]
    fn cut_and_damaged_files_are_errors() {
        let text = text();
        for packed in [gzip(&text), zstandard(&text)] {
            for cut in [5, 12, packed.len() / 2, packed.len() - 1] {
                assert!(expand(&packed[..cut]).is_err(), "cut at {cut} of {}", packed.len());
            }
            let mut damaged = packed.clone();
            *damaged.last_mut().unwrap() ^= 1;
            assert!(expand(&damaged).is_err());
        }
    }
}
