//! What a run tells a program: `--summary run.json`, which `demarche verify` checks again.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use demarche::eval::Drift;
use serde::{Deserialize, Serialize};

use super::growing::Growing;
use super::ledger::Entry;

/// The summary of a run. Everything but `timing` is the same whenever the same run is made again.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Summary {
    /// `demarche` and its version.
    pub(super) program: String,
    /// The model: its file (none for the shipped one) and the whole digest.
    pub(super) model: ModelUsed,
    /// Every input that was read to its end.
    pub(super) inputs: Vec<Entry>,
    /// Every file that was written; `-` for standard output.
    pub(super) output: Vec<Entry>,
    /// The format of the output.
    pub(super) format: String,
    /// What was counted.
    pub(super) counts: Counts,
    /// How far what was scored departs from training; none if there was too little of it to tell, or nothing to compare with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) drift: Option<Drift>,
    /// How long it took.
    pub(super) timing: Timing,
}

/// A model.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ModelUsed {
    pub(super) file: Option<String>,
    pub(super) digest: String,
}

/// What was counted.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    /// Articles that were read; 0 for tables of statements.
    pub(super) articles: usize,
    /// Those of them that are copies of an earlier one.
    #[serde(default)]
    pub(super) copies: usize,
    /// Rows that were written.
    pub(super) rows: usize,
    /// Rows, articles and files that were left out.
    pub(super) rejects: usize,
    /// Quotations without a closing mark, which were ended with their paragraph.
    #[serde(default)]
    pub(super) unclosed_quotations: usize,
    /// Rows of each label.
    pub(super) labels: std::collections::BTreeMap<String, usize>,
}

/// How long it took, from the start of the process's work; after `--resume` only the last run counts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Timing {
    pub(super) seconds: f64,
    pub(super) rows_per_second: f64,
    pub(super) megabytes_per_second: f64,
}

impl Timing {
    /// Rates of `rows` and `bytes` in `time`.
    pub(super) fn new(time: Duration, rows: usize, bytes: u64) -> Self {
        let seconds = time.as_secs_f64();
        let rate = |n: f64| if seconds > 0.0 { n / seconds } else { 0.0 };
        Self { seconds, rows_per_second: rate(rows as f64), megabytes_per_second: rate(bytes as f64 / 1e6) }
    }
}

impl Summary {
    /// Writes it.
    pub(super) fn write(&self, path: &Path) -> anyhow::Result<()> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        let mut file = Growing::begin(path)?;
        file.append(&json)?;
        file.sync()?;
        file.publish()
    }

    /// Reads it.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let json = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_json::from_slice(&json).with_context(|| format!("{} is no summary of a run", path.display()))
    }
}
