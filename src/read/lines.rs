//! Lines with their numbers, for formats that hold one object a line.

use std::io::{self, BufRead, BufReader, Read};

/// Numbered lines that are not blank.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    buffer: Vec<u8>,
    number: u64,
    bytes: u64,
    failed: bool,
}

/// One line.
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Bytes of the input up to its end.
    pub(super) bytes: u64,
    /// What it holds, without white space at its ends.
    pub(super) text: Result<&'a str, String>,
}

/// Why a line is no object, without its place, which whoever tells it knows.
pub(super) fn reason(line: &str, error: &serde_json::Error) -> String {
    if line.starts_with('[') {
        return "a JSON array begins here: JSON Lines are one object a line, without brackets and commas"
            .to_owned();
    }
    let words = error.to_string();
    words.rfind(" at line ").and_then(|end| words.get(..end)).unwrap_or(&words).to_owned()
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        let reader = BufReader::with_capacity(1 << 16, input);
        Self { reader, buffer: Vec::new(), number: 0, bytes: 0, failed: false }
    }

    /// The number of the line that was read last.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// The next line that is not blank. After an error there is no further line.
    pub(super) fn next(&mut self) -> Option<io::Result<Line<'_>>> {
        if self.failed {
            return None;
        }
        loop {
            self.buffer.clear();
            self.number += 1;
            match self.reader.read_until(b'\n', &mut self.buffer) {
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
                Ok(0) => return None,
                Ok(count) => self.bytes += count as u64,
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        let text = std::str::from_utf8(self.buffer.trim_ascii())
            .map_err(|e| format!("the line is not UTF-8 after byte {}", e.valid_up_to()));
        Some(Ok(Line { number: self.number, bytes: self.bytes, text }))
    }
}
