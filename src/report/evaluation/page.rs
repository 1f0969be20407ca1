//! An evaluation as one self-contained HTML page: no script, nothing fetched.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::eval::{Difference, LearningCurve};
use crate::figures::{Abstained, Figures, Interval, PassRate};

use super::plots::{confusion_svg, learning_curve_svg, reliability_svg};
use super::result::{Ablated, Comparison, Evaluation};
use super::text::counted;

const STYLE: &str = include_str!("page.css");

/// The page.
#[must_use]
pub fn page(evaluation: &Evaluation) -> String {
    let Evaluation { subject, data, figures, comparison, ablation, learning_curve } = evaluation;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Evaluation of " (subject) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Evaluation" }
                    p class="subject" { (subject) }
                    p class="data" {
                        "on " (data) ": " (counted(figures.rows, "row")) " in " (counted(figures.groups, "group"))
                        @if let Some(caution) = figures.caution() { "; " (caution) }
                    }
                }
                main {
                    (tiles(figures))
                    (labels(figures))
                    section class="plots" {
                        figure { (PreEscaped(confusion_svg(figures))) }
                        figure { (PreEscaped(reliability_svg(figures))) }
                    }
                    (baselines(figures))
                    @if let Some(abstained) = &figures.abstained { (kept(figures, abstained)) }
                    @if !figures.cases.is_empty() { (cases(figures)) }
                    @if let Some(curve) = learning_curve { (learnt(curve)) }
                    @if !ablation.is_empty() { (ablated(ablation)) }
                    @if let Some(comparison) = comparison { (compared(comparison)) }
                }
                footer {
                    "Intervals are 95 % bootstrap intervals that draw whole groups. Made by demarche evaluate."
                }
            }
        }
    };
    page.into_string()
}

fn figure(value: f64) -> String {
    format!("{value:.3}")
}

/// What stands where nothing can be computed.
fn nothing() -> String {
    "–".to_owned()
}

fn range(interval: &Interval) -> String {
    interval.ends().map_or_else(|| "no interval".to_owned(), |(low, high)| format!("{low:.3} to {high:.3}"))
}

fn tile(name: &str, value: &str, below: &str) -> Markup {
    html! {
        div class="tile" {
            div class="name" { (name) }
            div class="value" { (value) }
            div class="below" { (below) }
        }
    }
}

/// What stands below a figure that calibration changes.
fn before(words: &str, before: Option<f64>) -> String {
    before.map_or_else(|| words.to_owned(), |value| format!("{words}; {} before calibration", figure(value)))
}

fn tiles(figures: &Figures) -> Markup {
    html! {
        section class="tiles" {
            (tile("macro-F1", &figure(figures.macro_f1.estimate), &range(&figures.macro_f1)))
            (tile("accuracy", &figure(figures.accuracy.estimate), &range(&figures.accuracy)))
            (tile("calibration error", &figure(figures.ece), &before("ECE, 0 is best", figures.uncalibrated.map(|u| u.ece))))
            (tile("Brier score", &figure(figures.brier), &before("0 is best, 2 worst", figures.uncalibrated.map(|u| u.brier))))
            @if let Some(PassRate { of, right, rate }) = &figures.pairs {
                (tile("minimal pairs", &format!("{:.1} %", 100.0 * rate.estimate), &format!("{right} of {of} right")))
            }
            @if let Some(Abstained { wanted, coverage, precision, .. }) = &figures.abstained {
                (tile(
                    &format!("coverage at {wanted}"),
                    &format!("{:.1} %", 100.0 * coverage.estimate),
                    &format!("measured precision {:.3}", precision.estimate),
                ))
            }
        }
    }
}

fn labels(figures: &Figures) -> Markup {
    html! {
        section {
            h2 { "By label" }
            table {
                thead { tr { th { "label" } th { "precision" } th { "recall" } th { "F1" } th { "rows" } } }
                tbody {
                    @for (name, label) in figures.labels.iter().zip(&figures.by_label) {
                        @let [precision, recall, f1] = label.defined();
                        tr {
                            th { (name) }
                            td { (precision.map_or_else(nothing, figure)) }
                            td { (recall.map_or_else(nothing, figure)) }
                            td { @match f1 { Some(f1) => (bar(f1)), None => (nothing()) } }
                            td { (label.support) }
                        }
                    }
                }
            }
        }
    }
}

/// A share from 0 to 1 beside a bar of that width.
fn bar(share: f64) -> Markup {
    let width = format!("width:{:.1}%", 100.0 * share.clamp(0.0, 1.0));
    html! {
        div class="bar" {
            div class="track" { div class="fill" style=(width) {} }
            span { (figure(share)) }
        }
    }
}

fn baselines(figures: &Figures) -> Markup {
    html! {
        section {
            h2 { "Beside simple rules" }
            table {
                thead { tr { th { "rule" } th { "macro-F1" } th { "accuracy" } } }
                tbody {
                    tr class="own" {
                        th { "measured here" }
                        td { (bar(figures.macro_f1.estimate)) }
                        td { (bar(figures.accuracy.estimate)) }
                    }
                    @for baseline in &figures.baselines {
                        tr {
                            th { (baseline.name) }
                            td { (bar(baseline.macro_f1)) }
                            td { (bar(baseline.accuracy)) }
                        }
                    }
                }
            }
        }
    }
}

fn kept(figures: &Figures, abstained: &Abstained) -> Markup {
    html! {
        section {
            h2 { "Abstaining for a precision of " (abstained.wanted) }
            p {
                "A label is given to " (format!("{:.1} %", 100.0 * abstained.coverage.estimate))
                " of the rows (" (range(&abstained.coverage)) "); "
                (figure(abstained.precision.estimate)) " of those labels are right ("
                (range(&abstained.precision)) ")."
            }
            table {
                thead { tr { th { "label" } th { "given" } th { "right" } th { "precision" } } }
                tbody {
                    @for (name, (given, right)) in figures.labels.iter().zip(&abstained.labels) {
                        tr {
                            th { (name) }
                            td { (given) }
                            td { (right) }
                            td { @if *given > 0 { (bar(*right as f64 / *given as f64)) } @else { "never given" } }
                        }
                    }
                }
            }
        }
    }
}

fn cases(figures: &Figures) -> Markup {
    html! {
        section {
            h2 { "Hard cases of the codebook" }
            table {
                thead { tr { th { "case" } th { "rows" } th { "right" } th { "share" } th { "95 % interval" } } }
                tbody {
                    @for case in &figures.cases {
                        tr {
                            th { (case.case) }
                            td { (case.pass.of) }
                            td { (case.pass.right) }
                            td { (bar(case.pass.rate.estimate)) }
                            td { (range(&case.pass.rate)) }
                        }
                    }
                }
            }
        }
    }
}

fn learnt(curve: &LearningCurve) -> Markup {
    html! {
        section {
            h2 { "Would more rows help?" }
            figure { (PreEscaped(learning_curve_svg(curve))) }
            p {
                "At the end of the curve, macro-F1 changes by "
                (format!("{:+.4}", curve.slope_per_thousand)) " with every thousand rows."
            }
        }
    }
}

fn ablated(ablation: &[Ablated]) -> Markup {
    html! {
        section {
            h2 { "What the feature families are worth" }
            table {
                thead { tr { th { "families" } th { "macro-F1" } th { "difference" } th { "95 % interval" } } }
                tbody {
                    @for Ablated { change, macro_f1 } in ablation {
                        tr {
                            th { (change) }
                            td { (bar(macro_f1.a)) }
                            (difference(macro_f1))
                        }
                    }
                }
            }
        }
    }
}

/// A difference and its interval, marked where the interval leaves 0 out.
fn difference(of: &Difference) -> Markup {
    let Interval { estimate, low, high } = of.difference;
    let class = if low > 0.0 {
        "better"
    } else if high < 0.0 {
        "worse"
    } else {
        "open"
    };
    html! {
        td class=(class) { (format!("{estimate:+.4}")) }
        td { (of.difference.ends().map_or_else(|| "none".to_owned(), |_| format!("{low:+.4} to {high:+.4}"))) }
    }
}

fn compared(comparison: &Comparison) -> Markup {
    let Comparison { first, second, mcnemar, macro_f1, accuracy } = comparison;
    html! {
        section {
            h2 { "Beside another model" }
            p { "First: " (first) br; "Second: " (second) }
            table {
                thead {
                    tr { th { "figure" } th { "first" } th { "second" } th { "difference" } th { "95 % interval" } th { "p" } }
                }
                tbody {
                    @for (name, found) in [("macro-F1", macro_f1), ("accuracy", accuracy)] {
                        tr {
                            th { (name) }
                            td { (figure(found.a)) }
                            td { (figure(found.b)) }
                            (difference(found))
                            td { (found.difference.ends().map_or_else(|| "none".to_owned(), |_| format!("{:.4}", found.p_value))) }
                        }
                    }
                }
            }
            p {
                "McNemar's test: " (mcnemar.only_first) " rows are right in the first alone, "
                (mcnemar.only_second) " in the second alone; p = " (format!("{:.4}", mcnemar.p_value)) "."
            }
        }
    }
}
