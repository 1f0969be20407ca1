//! The figures of an evaluation as text.

use std::fmt::Write;

use demarche::eval::{
    Bootstrap, ClusterTables, Confusion, DEFAULT_BINS, Interval, Reliability, brier, majority_baseline,
};

/// Truth, probabilities and groups of the rows that were tested.
pub(super) struct Tested<'a> {
    pub(super) labels: &'a [String],
    pub(super) truth: Vec<usize>,
    pub(super) probabilities: Vec<Vec<f64>>,
    pub(super) groups: Vec<usize>,
    /// The majority class of what was trained on; none if nobody knows.
    pub(super) trained_on: Vec<usize>,
}

/// Bootstrap replicates behind every interval.
const REPLICATES: usize = 2000;

impl Tested<'_> {
    /// The most probable class of each row, the first on a tie.
    pub(super) fn predicted(&self) -> Vec<usize> {
        let class = |p: &Vec<f64>| {
            let mut best = (0, f64::NEG_INFINITY);
            for (class, &p) in p.iter().enumerate() {
                if p > best.1 {
                    best = (class, p);
                }
            }
            best.0
        };
        self.probabilities.iter().map(class).collect()
    }

    /// All figures, beside the majority baseline.
    pub(super) fn page(&self, seed: u64) -> anyhow::Result<String> {
        let classes = self.labels.len();
        let predicted = self.predicted();
        let table = Confusion::of(&self.truth, &predicted, classes)?;
        let clusters = ClusterTables::of(&self.truth, &predicted, &self.groups, classes)?;
        let bootstrap = Bootstrap::new(REPLICATES, seed)?;
        let majority = majority_baseline(&self.trained_on, &self.truth, classes)?;
        let reliability = Reliability::of(&self.truth, &self.probabilities, classes, DEFAULT_BINS)?;
        let mut page = self.per_label(&table);
        let line = |name: &str, interval: Interval, baseline: f64| {
            let Interval { estimate: value, low, high, .. } = interval;
            format!("{name:<12} {value:.4}  [{low:.4}, {high:.4}]   always the majority: {baseline:.4}\n")
        };
        page += &line("macro-F1", bootstrap.interval(&clusters, Confusion::macro_f1), majority.macro_f1());
        page += &line("accuracy", bootstrap.interval(&clusters, Confusion::accuracy), majority.accuracy());
        let (ece, brier) = (reliability.ece(), brier(&self.truth, &self.probabilities, classes)?);
        let _ = writeln!(page, "ECE          {ece:.4}   Brier score {brier:.4}\n");
        page += &self.matrix(&table);
        Ok(page)
    }

    fn per_label(&self, table: &Confusion) -> String {
        let mut page =
            format!("{:<12} {:>9} {:>9} {:>9} {:>9}\n", "label", "precision", "recall", "F1", "support");
        for (name, figures) in self.labels.iter().zip(table.labels()) {
            let _ = writeln!(
                page,
                "{name:<12} {:>9.4} {:>9.4} {:>9.4} {:>9}",
                figures.precision, figures.recall, figures.f1, figures.support
            );
        }
        page.push('\n');
        page
    }

    fn matrix(&self, table: &Confusion) -> String {
        let mut page = format!("{:<12}", "gold \\ said");
        for name in self.labels {
            let _ = write!(page, " {name:>11}");
        }
        page.push('\n');
        for (name, row) in self.labels.iter().zip(table.rows()) {
            let _ = write!(page, "{name:<12}");
            for cell in row {
                let _ = write!(page, " {cell:>11}");
            }
            page.push('\n');
        }
        page
    }
}
