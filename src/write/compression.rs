//! Compressed output, in pieces that stand alone.

use std::io::Write;

use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress};

/// How output is compressed. Files are runs of gzip members or Zstandard frames, which every reader takes for one file;
/// a run can be cut after any of them and continued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// gzip, level 6.
    Gzip,
    /// Zstandard, the fastest level.
    Zstandard,
}

impl Compression {
    /// The compression that a file name's ending asks for, and the name without it.
    #[must_use]
    pub fn of_name(name: &str) -> Option<(Self, &str)> {
        let (stem, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "gz" => Some((Self::Gzip, stem)),
            "zst" => Some((Self::Zstandard, stem)),
            _ => None,
        }
    }

    /// Appends `bytes` as one member or frame to `out`; the same bytes give the same piece.
    pub fn pack(self, bytes: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Gzip => {
                let mut encoder = GzEncoder::new(out, flate2::Compression::default());
                // Writing to memory cannot fail.
                let _ = encoder.write_all(bytes);
                let _ = encoder.finish();
            }
            Self::Zstandard => compress(bytes, out, CompressionLevel::Fastest),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::read::expanded;

    #[test]
    fn pieces_read_as_one() {
        let text: Vec<u8> = (0..9000_u32).flat_map(|i| format!("{i},a\n").into_bytes()).collect();
        for compression in [Compression::Gzip, Compression::Zstandard] {
            let (mut packed, mut found) = (Vec::new(), Vec::new());
            for piece in [&text[..100], &[], &text[100..]] {
                compression.pack(piece, &mut packed);
            }
            assert!(packed.len() < text.len());
            expanded(&packed[..]).unwrap().read_to_end(&mut found).unwrap();
            assert!(found == text, "{compression:?}");
        }
    }

    #[test]
    fn endings_ask_for_compression() {
        assert_eq!(Compression::of_name("a.csv.GZ"), Some((Compression::Gzip, "a.csv")));
        assert_eq!(Compression::of_name("a.zst"), Some((Compression::Zstandard, "a")));
        assert_eq!(Compression::of_name("a.csv"), None);
    }
}
