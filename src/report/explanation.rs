//! An explanation as one self-contained HTML page: the words marked by what they are worth, and the terms.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::model::{Explanation, WordEffect};

const STYLE: &str = include_str!("evaluation/page.css");
const MARKS: &str = include_str!("explanation.css");

/// Terms that are listed.
const TERMS: usize = 40;

/// The page for one label of a text.
#[must_use]
pub fn explanation_page(text: &str, explanation: &Explanation, class: usize, words: &[WordEffect]) -> String {
    let label = explanation.labels.get(class).map_or("", String::as_str);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Why " (label) "?" }
                style { (PreEscaped(STYLE)) (PreEscaped(MARKS)) }
            }
            body {
                header { h1 { "Why " em { (label) } "?" } }
                main {
                    section {
                        p class="statement" { (marked(text, words)) }
                        p class="key" {
                            mark class="for" { "speaks for " (label) } " "
                            mark class="against" { "speaks against it" }
                            " — the darker, the more the logit changes without the word"
                        }
                    }
                    section { h2 { "Probabilities" } (probabilities(explanation)) }
                    section { h2 { "Terms" } (terms(explanation, class)) }
                }
                footer { "Made by demarche explain." }
            }
        }
    };
    page.into_string()
}

/// The text, its words marked by their effects relative to the largest.
fn marked(text: &str, words: &[WordEffect]) -> Markup {
    let largest = words.iter().map(|word| word.logit.abs()).fold(1e-9, f64::max);
    let mut pieces = Vec::new();
    let mut at = 0;
    for word in words {
        pieces.push((text.get(at..word.span.start).unwrap_or_default(), None));
        pieces.push((word.span.of(text), Some(word.logit)));
        at = word.span.end;
    }
    pieces.push((text.get(at..).unwrap_or_default(), None));
    html! {
        @for (words, effect) in pieces {
            @if let Some(logit) = effect {
                @let side = if logit > 0.0 { "for" } else { "against" };
                @let strength = format!("--strength:{:.0}%", 100.0 * logit.abs() / largest);
                mark class=(side) style=(strength) title=(format!("{logit:+.3}")) { (words) }
            } @else {
                (words)
            }
        }
    }
}

fn probabilities(explanation: &Explanation) -> Markup {
    html! {
        table {
            tbody {
                @for (label, p) in explanation.labels.iter().zip(&explanation.probabilities) {
                    tr { th { (label) } td { (bar(*p, "fill")) } td { (format!("{p:.4}")) } }
                }
            }
        }
    }
}

fn bar(share: f64, class: &str) -> Markup {
    let width = format!("width:{:.1}%", 100.0 * share.clamp(0.0, 1.0));
    html! { div class="bar" { div class="track" { div class=(class) style=(width) {} } } }
}

fn terms(explanation: &Explanation, class: usize) -> Markup {
    let all = explanation.for_class(class);
    let largest = all.first().map_or(1.0, |(_, added)| added.abs().max(1e-9));
    let at = |values: &[f64]| format!("{:+.4}", values.get(class).copied().unwrap_or(0.0));
    html! {
        table {
            thead { tr { th { "term" } th {} th { "adds to the logit" } } }
            tbody {
                @for (term, added) in all.iter().take(TERMS) {
                    @let side = if *added > 0.0 { "fill for" } else { "fill against" };
                    tr { th { (term) } td { (bar(added.abs() / largest, side)) } td { (format!("{added:+.4}")) } }
                }
                @if all.len() > TERMS {
                    tr {
                        th { (all.len() - TERMS) " more" }
                        td {}
                        td { (format!("{:+.4}", all.iter().skip(TERMS).map(|(_, added)| added).sum::<f64>())) }
                    }
                }
                tr { th { "intercept" } td {} td { (at(&explanation.intercepts)) } }
                tr { th { "logit" } td {} td { (at(&explanation.logits)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn words_are_marked_in_their_places_and_escaped() {
        let effect = |start, end, logit| WordEffect { span: Span::new(start, end), logit };
        let html = marked("No <b>talks", &[effect(0, 2, 1.0), effect(6, 11, -0.5)]).into_string();
        assert_eq!(
            html,
            "<mark class=\"for\" style=\"--strength:100%\" title=\"+1.000\">No</mark> &lt;b&gt;\
             <mark class=\"against\" style=\"--strength:50%\" title=\"-0.500\">talks</mark>"
        );
    }
}
