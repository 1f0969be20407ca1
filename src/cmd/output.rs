//! Where results go: standard output, or a file that appears only when it is whole.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

use super::growing::{folder, is_special, open_special, replaceable};

/// A place for results.
pub(crate) enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A device or a pipe, which is written to and not replaced.
    Device { writer: BufWriter<File>, path: PathBuf },
    /// A file beside the final one, to be renamed.
    File { writer: BufWriter<NamedTempFile>, path: PathBuf },
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
        Ok(Self::File { writer: BufWriter::with_capacity(1 << 16, file), path })
    }

    /// Writes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::Standard(writer) => writer.write_all(bytes).context("cannot write to standard output"),
            Self::Device { writer, path } => {
                writer.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))
            }
            Self::File { writer, path } => {
                writer.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))
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
            Self::File { writer, path } => {
                finish_file(writer, &path).with_context(|| format!("cannot write {}", path.display()))
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
