//! A file that grows under a name of its own, `NAME.demarche-partial`, and gets its name when it is whole.
//!
//! What is on the disk under the final name is at any moment the earlier file or the whole new one.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The file.
#[derive(Debug)]
pub(super) struct Growing {
    path: PathBuf,
    partial: PathBuf,
    /// None once the file is closed.
    file: Option<File>,
    length: u64,
}

/// `path` with `ending` after its name.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// The index of an output: what each article of it is, for `--since`.
pub(super) fn index_of(output: &Path) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!(".{name}.demarche-index"))
}

/// The folder of `path`.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Links that are followed one after another.
const LINKS: usize = 40;

/// The file that `path` names, if need be through links; none for a device, a pipe, or a file that is open already and
/// is named by its number (`/dev/stdout`, `/proc/self/fd/1`). Those are written to and not replaced.
pub(super) fn target(path: &Path) -> Option<PathBuf> {
    if path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        return None;
    }
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        if holds_open_files(folder(&path)) {
            return None;
        }
        let Ok(next) = path.read_link() else { break };
        path = folder(&path).join(next);
    }
    Some(path)
}

fn holds_open_files(folder: &Path) -> bool {
    folder.canonicalize().is_ok_and(|folder| folder.starts_with("/proc") || folder.starts_with("/dev/fd"))
}

/// True if `path` is written to and not replaced; see [`target`].
pub(super) fn is_special(path: &Path) -> bool {
    target(path).is_none()
}

/// Opens what is written to and not replaced; what is there already stays.
pub(super) fn open_special(path: &Path) -> anyhow::Result<File> {
    OpenOptions::new().append(true).open(path).with_context(|| cannot(path))
}

/// The file that a new one called `path` takes the place of.
///
/// # Errors
/// If it is a folder, a device or a pipe, or its folder is not there.
pub(super) fn replaceable(path: &Path) -> anyhow::Result<PathBuf> {
    if path.is_dir() {
        anyhow::bail!("cannot write {}: it is a folder", path.display());
    }
    let Some(target) = target(path) else {
        anyhow::bail!("cannot write {}: it is no regular file", path.display());
    };
    let folder = folder(&target);
    if !folder.is_dir() {
        anyhow::bail!("cannot write {}: there is no folder {}", path.display(), folder.display());
    }
    Ok(target)
}

/// Makes renames in the folder of `path` last.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder(path))?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Opens the partial file of `path` for this run alone.
fn open(path: &Path, create: bool) -> anyhow::Result<File> {
    let partial = beside(path, ".demarche-partial");
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(create)
        .truncate(false)
        .open(&partial)
        .with_context(|| cannot(path))?;
    // Some file systems know no locks; that is no reason not to write.
    if let Err(std::fs::TryLockError::WouldBlock) = file.try_lock() {
        anyhow::bail!("{}: another run is writing {}", cannot(path), partial.display());
    }
    if let Ok(replaced) = path.metadata() {
        file.set_permissions(replaced.permissions()).with_context(|| cannot(path))?;
    }
    Ok(file)
}

fn cannot(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

impl Growing {
    /// Begins anew.
    ///
    /// # Errors
    /// If the file cannot be made, or another run is writing it.
    pub(super) fn begin(path: &Path) -> anyhow::Result<Self> {
        let path = &replaceable(path)?;
        let file = open(path, true)?;
        file.set_len(0).with_context(|| cannot(path))?;
        Ok(Self::of(path, file, 0))
    }

    /// Goes on after the first `length` bytes of what an earlier run has left, which `see` is shown; what comes after
    /// them is cut off. None if there is less.
    ///
    /// # Errors
    /// If the file cannot be read and written, or another run is writing it.
    pub(super) fn resume(
        path: &Path,
        length: u64,
        mut see: impl FnMut(&[u8]),
    ) -> anyhow::Result<Option<Self>> {
        let Some(path) = target(path).filter(|path| beside(path, ".demarche-partial").is_file()) else {
            return Ok(None);
        };
        let path = &path;
        let mut file = open(path, false)?;
        let mut left = length;
        let mut buffer = vec![0; 1 << 16];
        while left > 0 {
            let wanted = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let part = buffer.get_mut(..wanted).unwrap_or_default();
            match file.read(part) {
                Ok(0) => return Ok(None),
                Ok(count) => {
                    see(part.get(..count).unwrap_or_default());
                    left -= count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                Err(error) => return Err(error).with_context(|| cannot(path)),
            }
        }
        file.set_len(length).with_context(|| cannot(path))?;
        file.seek(SeekFrom::Start(length)).with_context(|| cannot(path))?;
        Ok(Some(Self::of(path, file, length)))
    }

    fn of(path: &Path, file: File, length: u64) -> Self {
        let partial = beside(path, ".demarche-partial");
        Self { path: path.to_owned(), partial, file: Some(file), length }
    }

    /// Bytes so far.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Writes.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub(super) fn append(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let mut file = self.file.as_ref().with_context(|| format!("{}: it is closed", cannot(&self.path)))?;
        file.write_all(bytes).with_context(|| cannot(&self.path))?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Makes what was written last.
    ///
    /// # Errors
    /// If the disk fails.
    pub(super) fn sync(&self) -> anyhow::Result<()> {
        self.file.as_ref().map_or(Ok(()), File::sync_all).with_context(|| cannot(&self.path))
    }

    /// Lets go of the file; it must have been synced.
    pub(super) fn close(&mut self) {
        self.file = None;
    }

    /// Gives the file its name. It must have been synced.
    ///
    /// # Errors
    /// If it cannot be renamed.
    pub(super) fn publish(&self) -> anyhow::Result<()> {
        std::fs::rename(&self.partial, &self.path).with_context(|| cannot(&self.path))
    }

    /// Takes the file away.
    pub(super) fn discard(&self) {
        // There is an error to be told already; a partial file that stays is found by its name.
        let _ = std::fs::remove_file(&self.partial);
    }
}
