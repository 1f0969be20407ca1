//! How far a run has come, beside its output: `OUT.demarche-resume`.
//!
//! A checkpoint is written after what it speaks of is on the disk, under another name, synced, and then renamed, so that
//! at any moment there is a whole checkpoint or none. Its first line is the BLAKE3 digest of the rest.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::destination::Position;
use super::done::Done;
use crate::cmd::growing::{beside, sync_folder};

/// What a run depends on, by name: a run can only go on with the same settings.
pub(super) type Settings = BTreeMap<String, String>;

/// How far a run has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// What the run depends on.
    pub(super) settings: Settings,
    /// Steps (jobs, and what was told between them) that are done.
    pub(super) steps: u64,
    /// The digest of those steps, in hexadecimal: their content, each chained to the one before.
    pub(super) input: String,
    /// The output of those steps.
    pub(super) output: Position,
    /// The length of the table of rejects.
    pub(super) rejects: Option<u64>,
    /// The length of the table for review.
    pub(super) review: Option<u64>,
    /// The length of the index.
    pub(super) index: Option<u64>,
    /// What the summary will say of them.
    pub(super) done: Done,
}

/// Where the checkpoint of an output stands.
pub(super) fn place(output: &Path) -> PathBuf {
    beside(output, ".demarche-resume")
}

impl Checkpoint {
    /// Writes it.
    pub(super) fn store(&self, place: &Path) -> anyhow::Result<()> {
        let write = || -> io::Result<()> {
            let json = serde_json::to_vec(self)?;
            let fresh = beside(place, ".new");
            let mut file = File::create(&fresh)?;
            file.write_all(format!("{}\n", blake3::hash(&json)).as_bytes())?;
            file.write_all(&json)?;
            file.sync_all()?;
            fs::rename(&fresh, place)?;
            sync_folder(place)
        };
        write().with_context(|| format!("cannot write {}", place.display()))
    }

    /// Reads it; none if there is none.
    pub(super) fn load(place: &Path) -> anyhow::Result<Option<Self>> {
        let text = match fs::read(place) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", place.display())),
        };
        let damaged = || format!("{} is damaged; without --resume the run starts over", place.display());
        let end = text.iter().position(|b| *b == b'\n').with_context(damaged)?;
        let (digest, json) = text.split_at(end);
        let json = json.get(1..).unwrap_or_default();
        anyhow::ensure!(digest == blake3::hash(json).to_hex().as_bytes(), damaged());
        Ok(Some(serde_json::from_slice(json).with_context(damaged)?))
    }

    /// What differs between the settings of the run and those of this one: its name.
    pub(super) fn changed(&self, settings: &Settings) -> Option<String> {
        let names = self.settings.keys().chain(settings.keys());
        names.into_iter().find(|name| self.settings.get(*name) != settings.get(*name)).cloned()
    }
}

/// Takes the checkpoint away.
pub(super) fn remove(place: &Path) {
    // One that is not there need not be taken away, and one that cannot be is refused by its digests later.
    let _ = fs::remove_file(place);
    let _ = fs::remove_file(beside(place, ".new"));
}
