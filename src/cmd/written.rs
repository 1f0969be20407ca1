//! What a run writes: none of it may be something that the run reads, and no two outputs may be one file.

use std::path::{Path, PathBuf};

use super::format::check_ending;
use super::growing::{folder, is_special, replaceable};

/// The files that a run writes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written(Vec<Named>);

#[derive(Clone, Debug)]
struct Named {
    /// The option that names it.
    option: &'static str,
    /// As it was typed.
    path: PathBuf,
    /// The same for all ways to name it.
    file: PathBuf,
}

/// The one name of a file that may not be there yet, in a folder that is.
fn one_name(file: &Path) -> Option<PathBuf> {
    let new = || Some(folder(file).canonicalize().ok()?.join(file.file_name()?));
    file.canonicalize().ok().or_else(new)
}

impl Written {
    /// Adds a file.
    ///
    /// # Errors
    /// If another option names it, too, or it cannot be written: that is told before the work and not behind it.
    pub(crate) fn by(mut self, option: &'static str, path: Option<&Path>) -> anyhow::Result<Self> {
        // Standard output, devices and pipes are no files.
        let Some(path) = path.filter(|path| *path != Path::new("-") && !is_special(path)) else {
            return Ok(self);
        };
        check_ending(option, path)?;
        let Some(file) = one_name(&replaceable(path)?) else { return Ok(self) };
        if let Some(other) = self.0.iter().find(|named| named.file == file) {
            anyhow::bail!("{option} {} is also {}: it would be overwritten", path.display(), other.option);
        }
        self.0.push(Named { option, path: path.to_owned(), file });
        Ok(self)
    }

    fn find(&self, read: &Path) -> Option<&Named> {
        let file = (!self.0.is_empty()).then(|| read.canonicalize().ok()).flatten()?;
        self.0.iter().find(|named| named.file == file)
    }

    /// True if the run writes this file. Only a file of such a name, or a link, is looked at closely.
    pub(crate) fn has(&self, read: &Path) -> bool {
        let is_called_so = self.0.iter().any(|named| named.file.file_name() == read.file_name());
        (is_called_so || (!self.0.is_empty() && read.is_symlink())) && self.find(read).is_some()
    }

    /// Makes sure that the files which `option` names are read and not written.
    ///
    /// # Errors
    /// If one of them is written.
    pub(crate) fn spares<P: AsRef<Path>>(
        &self,
        option: &str,
        read: impl IntoIterator<Item = P>,
    ) -> anyhow::Result<()> {
        match read.into_iter().find_map(|path| self.find(path.as_ref())) {
            None => Ok(()),
            Some(Named { option: writer, path, .. }) => {
                anyhow::bail!("{writer} {} is also {option}: it would be overwritten", path.display())
            }
        }
    }
}
