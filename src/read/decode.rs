//! From bytes to text: by byte-order mark, as UTF-8, or by detection.

use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::expand::expanded;

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The encoding, where it was not UTF-8.
    pub encoding: Option<&'static str>,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A NUL byte outside UTF-16.
    #[error("it has a NUL byte at offset {0}: this is no text")]
    Nul(usize),
}

/// Decodes a whole text.
///
/// # Errors
/// If the bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let encoding = detect(bytes);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    if let Some(at) = text.bytes().position(|b| b == 0) {
        return Err(DecodeError::Nul(at));
    }
    let replaced = encoding == UTF_8 && std::str::from_utf8(bytes).is_err();
    let encoding = if replaced { Some(DAMAGED) } else { name(encoding) };
    Ok(Decoded { text: text.into_owned(), encoding })
}

/// What a text in damaged UTF-8 is read as.
const DAMAGED: &str = "UTF-8 with U+FFFD in place of what is none";

fn name(encoding: &'static Encoding) -> Option<&'static str> {
    (encoding != UTF_8).then(|| encoding.name())
}

/// The encoding that the bytes show: byte-order mark, UTF-8 (a character cut at the end aside, and as long as more characters
/// of several bytes are whole than broken), the zero bytes of UTF-16, or else the detector's guess.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(error) if error.error_len().is_none() && bytes.len() > 3 => UTF_8,
        Err(_) if damaged(bytes) => UTF_8,
        Err(_) => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, chardetng::Utf8Detection::Deny)
        }
    }
}

/// True for UTF-8 with some bytes that are none: in other encodings hardly two bytes together make a character of it.
fn damaged(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// UTF-16 of mostly Latin text has a zero byte in nearly every second place.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(512))?;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    if half < 2 {
        None
    } else if odd * 10 >= half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Bytes of a stream that decide on its encoding.
const SNIFFED: usize = 1 << 20;

/// A reader that gives UTF-8 whatever `input` is encoded in, compressed or not ([`expanded`]), and the name of the encoding where it is another.
/// The first megabyte decides.
///
/// # Errors
/// If `input` cannot be read.
pub fn decoding_reader<'a>(input: impl Read + 'a) -> io::Result<(Box<dyn Read + 'a>, Option<&'static str>)> {
    let mut input = expanded(input)?;
    let mut head = Vec::new();
    let broken = input.by_ref().take(SNIFFED as u64).read_to_end(&mut head).err();
    if let Some(error) = broken {
        if head.is_empty() {
            return Err(error);
        }
        input = Box::new(Broken(Some(error)));
    }
    let encoding = detect(&head);
    let whole = io::Cursor::new(head).chain(input);
    let decoder = encoding_rs_io::DecodeReaderBytesBuilder::new()
        .encoding((encoding != UTF_8).then_some(encoding))
        .utf8_passthru(true)
        .strip_bom(true)
        .build(whole);
    Ok((Box::new(decoder), name(encoding)))
}

/// Where an input breaks off: what came before is read first.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: Option<&str>) {
        let expect = Decoded { text: text.to_owned(), encoding: None };
        let found = decode(bytes).unwrap();
        assert_eq!((found.text.as_str(), found.encoding), (expect.text.as_str(), encoding));
        let (mut reader, name) = decoding_reader(bytes).unwrap();
        let mut streamed = String::new();
        reader.read_to_string(&mut streamed).unwrap();
        assert_eq!((streamed.as_str(), name), (text, encoding));
    }

    fn utf16(text: &str, mark: bool, big: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings_are_told_by_mark_validity_or_detection() {
        let text = "“Genève” is open to talks";
        check(text.as_bytes(), text, None);
        check(&[b"\xEF\xBB\xBF", text.as_bytes()].concat(), text, None);
        check(&utf16(text, true, false), text, Some("UTF-16LE"));
        check(&utf16(text, false, true), text, Some("UTF-16BE"));
        check(b"\x93Gen\xE8ve\x94 is open to talks", text, Some("windows-1252"));
        check(b"", "", None);
    }

    #[test]
    fn a_byte_that_is_none_of_utf8_does_not_garble_the_others() {
        let found = decode(&["“Genève” is open".as_bytes(), b" \xE9 to talks"].concat()).unwrap();
        let expect = ("“Genève” is open \u{FFFD} to talks", Some(DAMAGED));
        assert_eq!((found.text.as_str(), found.encoding), expect);
    }

    #[test]
    fn nul_bytes_are_refused_with_their_place() {
        assert_eq!(decode(b"ab\0cd efgh ijkl"), Err(DecodeError::Nul(2)));
    }
}
