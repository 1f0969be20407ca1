//! Words for a person at a terminal: a bar while work goes on, notes and a summary of what was left out.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use demarche::read::Skipped;
use indicatif::{ProgressBar, ProgressStyle};

/// Skipped pieces that are told one by one; the rest is only counted.
const TOLD: usize = 20;

/// Tells a person what goes on, on standard error.
pub(crate) struct Reporter {
    bar: ProgressBar,
    quiet: bool,
    skipped: usize,
    /// Those that an earlier run has told.
    before: usize,
}

impl Reporter {
    /// Counts up to `total` units of `what`; 0 if nobody knows how many there are.
    pub(crate) fn new(quiet: bool, total: u64, what: &'static str) -> Self {
        let bar = if quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else if total == 0 {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::new(total)
        };
        let template = if total == 0 {
            format!("{{spinner}} {{human_pos}} {what}, {{per_sec}}")
        } else {
            format!("{{bar:30}} {{human_pos}} of {{human_len}} {what}, {{per_sec}}, {{eta}} left")
        };
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, quiet, skipped: 0, before: 0 }
    }

    /// One more unit is done.
    pub(crate) fn advance(&self, units: u64) {
        self.bar.inc(units);
    }

    /// Something worth knowing.
    pub(crate) fn note(&self, words: &str) {
        if !self.quiet {
            self.bar.suspend(|| tell(words));
        }
    }

    /// What an earlier run had left out already.
    pub(crate) fn resume(&mut self, skipped: usize) {
        self.skipped = skipped;
        self.before = skipped;
    }

    /// Something was left out.
    pub(crate) fn skip(&mut self, skipped: &Skipped) {
        self.skipped += 1;
        if self.skipped - self.before <= TOLD {
            self.bar.suspend(|| tell(&format!("skipped {skipped}")));
        }
    }

    /// How many pieces were left out.
    pub(crate) const fn skipped(&self) -> usize {
        self.skipped
    }

    /// Ends the bar and says the last words.
    pub(crate) fn finish(&self, summary: &str) {
        self.bar.finish_and_clear();
        let told = self.before + TOLD;
        if self.skipped > told {
            tell(&format!("skipped {} more", self.skipped - told));
        }
        if !summary.is_empty() {
            self.note(summary);
        }
    }
}

/// Says words on standard error. Where nobody can be told (it is closed, or a full disk), the work goes on.
pub(crate) fn tell(words: &str) {
    let _ = writeln!(anstream::stderr(), "{words}");
}

/// `1 row`, `2 rows`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// What is said of quotations that no mark closes; nothing if there are none.
pub(crate) fn unclosed(quotations: usize) -> String {
    let Some(are) = (quotations > 0).then(|| count(quotations, "quotation")) else { return String::new() };
    format!("; {are} without a closing mark ended with the paragraph")
}
