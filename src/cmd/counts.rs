//! The counts of a sheet as a page of text.

use std::fmt::Write;

use demarche::check::{Column, Counts};

use super::progress::count;

/// Everything that a datasheet names.
pub(super) fn page(counts: &Counts) -> String {
    let mut page = format!(
        "{}, {}, {}, {} with a condition\n\n",
        count(counts.rows, "row"),
        count(counts.pairs, "pair"),
        count(counts.groups, "group"),
        counts.conditions
    );
    let share = |rows: usize| 100.0 * rows as f64 / counts.rows.max(1) as f64;
    let _ = writeln!(page, "{:<24} {:>7} {:>8}", "label", "rows", "share");
    for (label, &rows) in counts.labels.iter().zip(&counts.label_rows) {
        let _ = writeln!(page, "{label:<24} {rows:>7} {:>6.1} %", share(rows));
    }
    for column in counts.columns.iter().filter(|column| !column.values.is_empty()) {
        table(&mut page, column, &counts.labels);
    }
    let [least, p5, p25, median, p75, p95, most] = counts.words.at;
    let _ = writeln!(
        page,
        "\nwords a row: mean {:.1}; shortest {least}, 5 % {p5}, 25 % {p25}, median {median}, 75 % {p75}, \
         95 % {p95}, longest {most}",
        counts.words.mean
    );
    page
}

fn table(page: &mut String, column: &Column, labels: &[String]) {
    let longest = column.values.iter().map(|tally| tally.value.chars().count()).max().unwrap_or(0);
    let width = longest.max(24);
    let _ = write!(page, "\n{:<width$} {:>7}", column.name, "rows");
    for label in labels {
        let _ = write!(page, " {label:>11}");
    }
    page.push('\n');
    for tally in &column.values {
        let value = if tally.value.is_empty() { "(none)" } else { &tally.value };
        let _ = write!(page, "{value:<width$} {:>7}", tally.rows);
        for rows in &tally.labels {
            let _ = write!(page, " {rows:>11}");
        }
        page.push('\n');
    }
}
