//! What a run has done.

use demarche::batch::Block;
use demarche::figures::Watched;
use demarche::stance::{ABSTAIN, Stance};
use serde::{Deserialize, Serialize};

use crate::cmd::input::Unit;
use crate::cmd::progress::{count, unclosed};

/// Counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Done {
    /// Articles that were read.
    pub(super) articles: usize,
    /// Those of them that are copies of an earlier one.
    pub(super) copies: usize,
    /// Rows that were written.
    pub(super) rows: usize,
    /// Rows of each stance, in the order of [`Stance::ALL`].
    pub(super) labels: [usize; 4],
    /// Rows, articles and files that were left out.
    pub(super) skipped: usize,
    /// Articles whose rows were taken over from an earlier output.
    pub(super) reused: usize,
    /// Quotations without a closing mark, which were ended with their paragraph.
    #[serde(default)]
    pub(super) unclosed: usize,
    /// Scores and terms of the rows that were scored.
    pub(super) watched: Watched,
}

impl Done {
    /// Adds a block.
    pub(super) fn add(&mut self, block: &Block) {
        self.rows += block.rows;
        self.watched.add(&block.watched);
        self.unclosed += block.unclosed;
        for (sum, n) in self.labels.iter_mut().zip(block.labels) {
            *sum += n;
        }
    }

    /// Rows without a label.
    pub(super) fn abstained(&self) -> usize {
        self.rows - self.labels.iter().sum::<usize>().min(self.rows)
    }

    /// In words.
    pub(super) fn summary(&self, unit: Unit) -> String {
        let mut labels: Vec<String> =
            Stance::ALL.iter().zip(self.labels).map(|(stance, n)| format!("{n} {stance}")).collect();
        if self.abstained() > 0 {
            labels.push(format!("{} {ABSTAIN}", self.abstained()));
        }
        let copies = match self.copies {
            0 => String::new(),
            1 => " (1 copy of an earlier one)".to_owned(),
            n => format!(" ({n} copies of earlier ones)"),
        };
        let from = match unit {
            Unit::Articles => format!(" in {}{copies}", count(self.articles, "article")),
            Unit::Statements => String::new(),
        };
        let skipped = if self.skipped == 0 { String::new() } else { format!("; {} skipped", self.skipped) };
        let reused = if self.reused == 0 {
            String::new()
        } else {
            format!("; {} taken over unchanged", count(self.reused, "article"))
        };
        let repaired = unclosed(self.unclosed);
        format!("{}{from}: {}{repaired}{reused}{skipped}", count(self.rows, "statement"), labels.join(", "))
    }
}
