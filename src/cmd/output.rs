//! Where results go: standard output, or a file that appears only when it is whole.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use demarche::write::Compression;
use tempfile::NamedTempFile;

use super::growing::{folder, is_special, open_special, replaceable};

/// A place for results.
pub(crate) enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A device or a pipe, which is written to and not replaced.
    Device { writer: BufWriter<File>, path: PathBuf },
    /// A file beside the final one, to be renamed.
    File { writer: BufWriter<NamedTempFile>, path: PathBuf, packing: Option<Packing> },
}

/// What is still to be compressed, as the file's name asks.
pub(crate) struct Packing {
    compression: Compression,
    pending: Vec<u8>,
    packed: Vec<u8>,
}

/// Bytes that are compressed at once.
const PACKED_AT_ONCE: usize = 1 << 20;

impl Packing {
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (compression, _) = Compression::of_name(&name)?;
        Some(Self { compression, pending: Vec::new(), packed: Vec::new() })
    }

    /// Writes what is pending, if it is `enough`.
    fn write(&mut self, enough: usize, to: &mut impl Write) -> io::Result<()> {
        if self.pending.len() < enough {
            return Ok(());
        }
        self.packed.clear();
        self.compression.pack(&self.pending, &mut self.packed);
        self.pending.clear();
        to.write_all(&self.packed)
    }
}

impl Output {
    /// Opens `path`, or standard output for none and `-`.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path.filter(|p| *p != Path::new("-")) else {
            return Ok(Self::Standard(BufWriter::new(io::stdout())));
        };
        if is_special(path) {
            let writer = BufWriter::new(open_special(path)?);
            return Ok(Self::Device { writer, path: path.to_owned() });
        }
        let path = replaceable(path)?;
        let file = tempfile::Builder::new()
            .prefix(".demarche-")
            .suffix(".partial")
            .permissions_of(&path)
            .tempfile_in(folder(&path))
            .with_context(|| format!("cannot write {}", path.display()))?;
        let packing = Packing::of(&path);
        Ok(Self::File { writer: BufWriter::with_capacity(1 << 16, file), path, packing })
    }

    /// Writes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::Standard(writer) => writer.write_all(bytes).context("cannot write to standard output"),
            Self::Device { writer, path } => {
                writer.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))
            }
            Self::File { writer, path, packing } => {
                let written = match packing {
                    Some(packing) => {
                        packing.pending.extend_from_slice(bytes);
                        packing.write(PACKED_AT_ONCE, writer)
                    }
                    None => writer.write_all(bytes),
                };
                written.with_context(|| format!("cannot write {}", path.display()))
            }
        }
    }

    /// Writes `value` as JSON, indented, with a newline at the end.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        let mut bytes = serde_json::to_vec_pretty(value).context("cannot write JSON")?;
        bytes.push(b'\n');
        self.write(&bytes)
    }

    /// Makes sure that all is written; a file gets its name only now.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Standard(mut writer) => writer.flush().context("cannot write to standard output"),
            Self::Device { mut writer, path } => {
                writer.flush().with_context(|| format!("cannot write {}", path.display()))
            }
            Self::File { mut writer, path, packing } => {
                let rest = packing.map_or(Ok(()), |mut packing| packing.write(0, &mut writer));
                rest.and_then(|()| finish_file(writer, &path))
                    .with_context(|| format!("cannot write {}", path.display()))
            }
        }
    }
}

fn finish_file(writer: BufWriter<NamedTempFile>, path: &Path) -> io::Result<()> {
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// True if the reader of our output went away.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// Permissions for a new file: those of the file it replaces, or the usual ones.
trait PermissionsOf {
    fn permissions_of(&mut self, path: &Path) -> &mut Self;
}

impl PermissionsOf for tempfile::Builder<'_, '_> {
    fn permissions_of(&mut self, path: &Path) -> &mut Self {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let usual = || std::fs::Permissions::from_mode(0o644);
            self.permissions(std::fs::metadata(path).map_or_else(|_| usual(), |m| m.permissions()));
        }
        #[cfg(not(unix))]
        let _ = path;
        self
    }
}
