//! An evaluation as text for a terminal.

use std::fmt::Write;

use crate::eval::{Difference, LearningCurve};
use crate::figures::{Abstained, CaseRate, Figures, Interval, PassRate};

use super::result::{Ablated, Comparison, Evaluation};

/// Everything that was found.
#[must_use]
pub fn text(evaluation: &Evaluation) -> String {
    let Evaluation { subject, data, figures, comparison, ablation, learning_curve } = evaluation;
    let mut page = format!("{subject}\non {data}\n{}\n", summary(figures));
    if let Some(caution) = figures.caution() {
        let _ = writeln!(page, "{caution}");
    }
    page.push('\n');
    page += &figures_text(figures);
    if let Some(comparison) = comparison {
        page += &compared(comparison);
    }
    if !ablation.is_empty() {
        page += &ablated(ablation);
    }
    if let Some(curve) = learning_curve {
        page += &learnt(curve);
    }
    page
}

/// `30 rows in 12 groups: 10 open, 20 none`.
fn summary(figures: &Figures) -> String {
    let each: Vec<String> = figures
        .labels
        .iter()
        .zip(&figures.by_label)
        .map(|(name, f)| format!("{} {name}", f.support))
        .collect();
    format!("{} in {}: {}", counted(figures.rows, "row"), counted(figures.groups, "group"), each.join(", "))
}

/// The figures alone.
#[must_use]
pub fn figures_text(figures: &Figures) -> String {
    let mut page = per_label(figures);
    for (name, interval) in [("macro-F1", &figures.macro_f1), ("accuracy", &figures.accuracy)] {
        let _ = writeln!(page, "{name:<12} {}", ranged(interval));
    }
    let before = figures
        .uncalibrated
        .map(|u| format!("   (before calibration: ECE {:.4}, Brier score {:.4})", u.ece, u.brier));
    let _ = writeln!(
        page,
        "ECE          {:.4}   Brier score {:.4}{}\n",
        figures.ece,
        figures.brier,
        before.unwrap_or_default()
    );
    page += &baselines(figures);
    page += &matrix(figures);
    if let Some(pairs) = &figures.pairs {
        let PassRate { of, right, rate } = pairs;
        let _ = writeln!(page, "\nminimal pairs with both rows right: {right} of {of}, {}", ranged(rate));
    }
    if !figures.cases.is_empty() {
        page += &cases(&figures.cases);
    }
    if let Some(abstained) = &figures.abstained {
        page += &kept(figures, abstained);
    }
    page
}

/// `1 row`, `2 rows`.
pub(super) fn counted(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

fn ranged(interval: &Interval) -> String {
    let ends = interval.ends().map(|(low, high)| format!("[{low:.4}, {high:.4}]"));
    format!("{:.4}  {}", interval.estimate, ends.as_deref().unwrap_or("(no interval)"))
}

/// A difference with its interval; none where all draws are alike.
fn apart(difference: &Interval) -> String {
    let ends = difference.ends().map(|(low, high)| format!("[{low:+.4}, {high:+.4}]"));
    format!("{:+.4}  {}", difference.estimate, ends.as_deref().unwrap_or("(no interval)"))
}

fn per_label(figures: &Figures) -> String {
    let mut page =
        format!("{:<12} {:>9} {:>9} {:>9} {:>9}\n", "label", "precision", "recall", "F1", "support");
    for (name, label) in figures.labels.iter().zip(&figures.by_label) {
        let shown = |share: Option<f64>| share.map_or_else(|| "-".to_owned(), |share| format!("{share:.4}"));
        let [precision, recall, f1] = label.defined().map(shown);
        let _ = writeln!(page, "{name:<12} {precision:>9} {recall:>9} {f1:>9} {:>9}", label.support);
    }
    page.push('\n');
    page
}

fn baselines(figures: &Figures) -> String {
    let mut page = format!("{:<22} {:>9} {:>9}\n", "baseline", "macro-F1", "accuracy");
    for baseline in &figures.baselines {
        let _ = writeln!(page, "{:<22} {:>9.4} {:>9.4}", baseline.name, baseline.macro_f1, baseline.accuracy);
    }
    page.push('\n');
    page
}

fn matrix(figures: &Figures) -> String {
    let mut page = format!("{:<12}", "gold \\ said");
    for name in &figures.labels {
        let _ = write!(page, " {name:>11}");
    }
    page.push('\n');
    for (name, row) in figures.labels.iter().zip(&figures.confusion) {
        let _ = write!(page, "{name:<12}");
        for cell in row {
            let _ = write!(page, " {cell:>11}");
        }
        page.push('\n');
    }
    page
}

fn cases(cases: &[CaseRate]) -> String {
    let mut page = format!("\n{:<12} {:>9} {:>9} {:>9}\n", "hard case", "rows", "right", "share");
    for CaseRate { case, pass: PassRate { of, right, rate } } in cases {
        let _ = writeln!(page, "{case:<12} {of:>9} {right:>9} {:>9}", ranged(rate));
    }
    page
}

fn kept(figures: &Figures, abstained: &Abstained) -> String {
    let Abstained { wanted, coverage, precision, labels, .. } = abstained;
    let mut page = format!("\nabstaining for a precision of {wanted}:\n");
    let _ = writeln!(page, "coverage     {}", ranged(coverage));
    let given = labels.iter().any(|(given, _)| *given > 0);
    let share = if given { ranged(precision) } else { "none: no label is given".to_owned() };
    let _ = writeln!(page, "precision    {share}");
    for (name, (given, right)) in figures.labels.iter().zip(labels).filter(|(_, (given, _))| *given > 0) {
        let share = *right as f64 / *given as f64;
        let _ = writeln!(page, "{name:<12} {given:>9} given, {right:>9} right, precision {share:.4}");
    }
    page
}

fn compared(comparison: &Comparison) -> String {
    let Comparison { first, second, mcnemar, macro_f1, accuracy } = comparison;
    let mut page = format!("\nfirst: {first}\nsecond: {second}\n");
    for (name, difference) in [("macro-F1", macro_f1), ("accuracy", accuracy)] {
        let Difference { a, b, difference, p_value } = difference;
        let p = difference.ends().map(|_| format!(", p = {p_value:.4}")).unwrap_or_default();
        let _ = writeln!(page, "{name:<12} {a:.4} and {b:.4}, difference {}{p}", apart(difference));
    }
    let _ = writeln!(
        page,
        "McNemar      {} rows right in the first alone, {} in the second alone, p = {:.4}",
        mcnemar.only_first, mcnemar.only_second, mcnemar.p_value
    );
    page
}

fn ablated(ablation: &[Ablated]) -> String {
    let mut page = format!("\n{:<24} {:>9} {:>11}  95 % interval\n", "families", "macro-F1", "difference");
    for Ablated { change, macro_f1: Difference { a, difference, .. } } in ablation {
        let _ = writeln!(page, "{change:<24} {a:>9.4}     {}", apart(difference));
    }
    page
}

fn learnt(curve: &LearningCurve) -> String {
    let mut page = format!("\n{:<12} macro-F1 on {} test rows\n", "rows", curve.test_rows);
    for point in &curve.points {
        let _ = writeln!(page, "{:<12.0} {}", point.rows, ranged(&point.macro_f1));
    }
    let _ = writeln!(page, "at the end {:+.4} a thousand rows", curve.slope_per_thousand);
    page
}
