//! Which bytes were read: name, size and BLAKE3 digest of every input.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// A file that was read or written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// What messages call it.
    pub(crate) file: String,
    /// Its size.
    pub(crate) bytes: u64,
    /// Its BLAKE3 digest in hexadecimal.
    pub(crate) blake3: String,
}

/// The inputs of a run, in the order in which they were read to their ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger(Rc<RefCell<Vec<Entry>>>);

impl Ledger {
    /// Notes what comes out of `reader`.
    pub(crate) fn watch<R: Read>(&self, file: &str, reader: R) -> Watched<R> {
        let (ledger, hash) = (self.clone(), blake3::Hasher::new());
        Watched { file: file.to_owned(), reader, ledger, hash, bytes: 0, ended: false }
    }

    /// All entries; none are left.
    pub(crate) fn take(&self) -> Vec<Entry> {
        self.0.take()
    }
}

/// An input that is being read. What nobody wants to read is read when it is let go, so that the digest is that of the
/// whole.
pub(crate) struct Watched<R: Read> {
    file: String,
    reader: R,
    ledger: Ledger,
    hash: blake3::Hasher,
    bytes: u64,
    ended: bool,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        self.bytes += count as u64;
        if count == 0 && !buffer.is_empty() && !self.ended {
            self.ended = true;
            let (file, blake3) = (self.file.clone(), self.hash.finalize().to_string());
            self.ledger.0.borrow_mut().push(Entry { file, bytes: self.bytes, blake3 });
        }
        Ok(count)
    }
}

impl<R: Read> Drop for Watched<R> {
    fn drop(&mut self) {
        if !self.ended {
            // An input that cannot be read to its end gets no entry.
            let _ = io::copy(self, &mut io::sink());
        }
    }
}

/// The entry of a file.
pub(crate) fn entry(path: &std::path::Path) -> io::Result<Entry> {
    let ledger = Ledger::default();
    let name = path.display().to_string();
    io::copy(&mut ledger.watch(&name, std::fs::File::open(path)?), &mut io::sink())?;
    ledger.take().pop().ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}
