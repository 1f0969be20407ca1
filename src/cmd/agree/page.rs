//! Figures of agreement as text.

use std::fmt::Write;

use demarche::eval::Agreement;

use super::super::progress::count;
use super::{Compared, OfCase, TwoOf};

/// Ids that are named one by one where they are missing; the rest is only counted.
const NAMED: usize = 10;

pub(super) fn page(compared: &Compared) -> String {
    let mut page = format!(
        "{} labelled by at least two, {} by all\n",
        count(compared.all.units, "id"),
        compared.everywhere
    );
    for (file, missing) in compared.files.iter().zip(&compared.missing).filter(|(_, m)| !m.is_empty()) {
        let named: Vec<&str> = missing.iter().take(NAMED).map(String::as_str).collect();
        let more = if missing.len() > NAMED { ", …" } else { "" };
        let _ = writeln!(page, "{} without a label in {file}: {}{more}", missing.len(), named.join(", "));
    }
    let all = &compared.all;
    let _ = writeln!(page, "\nobserved agreement   {:.4}", all.observed);
    if compared.files.len() == 2 {
        let _ = writeln!(page, "Cohen's kappa        {}", figure(all.kappa));
    }
    let ends = compared.alpha_interval.ends().map(|(low, high)| format!("[{low:.4}, {high:.4}]"));
    let alpha = figure(all.alpha);
    let _ = writeln!(page, "Krippendorff's alpha {alpha}  {}\n", ends.as_deref().unwrap_or("(no interval)"));
    page += &labels(compared);
    for two in &compared.pairs {
        page += &pair(compared, two);
    }
    if !compared.cases.is_empty() {
        page += &cases(compared);
    }
    page
}

/// Four decimals, or a dash where a figure is not defined.
fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| format!("{value:.4}"))
}

fn labels(compared: &Compared) -> String {
    let mut page = format!("{:<12} {:>8} {:>8} {:>9}", "label", "kappa", "alpha", "all agree");
    for number in 1..=compared.files.len() {
        let _ = write!(page, " {:>8}", format!("file {number}"));
    }
    page.push('\n');
    for (name, label) in compared.labels.iter().zip(&compared.all.labels) {
        let (kappa, alpha) = (figure(label.kappa), figure(label.alpha));
        let _ = write!(page, "{name:<12} {kappa:>8} {alpha:>8} {:>9}", label.unanimous);
        for given in &label.given {
            let _ = write!(page, " {given:>8}");
        }
        page.push('\n');
    }
    page
}

fn pair(compared: &Compared, two: &TwoOf) -> String {
    let file = |number: usize| compared.files.get(number).map_or("", String::as_str);
    let (first, second) = (file(two.first), file(two.second));
    let mut page = format!("\n{first} (rows) and {second} (columns)");
    if compared.files.len() > 2 {
        let Agreement { units, observed, kappa, .. } = &two.agreement;
        let _ = write!(page, ": {}, observed {observed:.4}, kappa {}", count(*units, "id"), figure(*kappa));
    }
    let _ = write!(page, "\n{:<12}", "");
    for name in &compared.labels {
        let _ = write!(page, " {name:>11}");
    }
    page.push('\n');
    for (name, row) in compared.labels.iter().zip(&two.confusion) {
        let _ = write!(page, "{name:<12}");
        for cell in row {
            let _ = write!(page, " {cell:>11}");
        }
        page.push('\n');
    }
    page
}

fn cases(compared: &Compared) -> String {
    let mut page =
        format!("\n{:<12} {:>8} {:>9} {:>9} {:>8}\n", "case", "ids", "observed", "all agree", "alpha");
    for OfCase { case, agreement } in &compared.cases {
        let Agreement { units, unanimous, observed, alpha, .. } = agreement;
        let alpha = figure(*alpha);
        let _ = writeln!(page, "{case:<12} {units:>8} {observed:>9.4} {unanimous:>9} {alpha:>8}");
    }
    page
}
