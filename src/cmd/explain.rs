//! `demarche explain`: the probabilities of one text and the terms behind them.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use demarche::model::Explanation;
use demarche::report::explanation_page;

use super::output::Output;
use super::progress::Reporter;
use super::written::Written;
use super::{Outcome, model};

/// Say why a text gets its label: the probabilities, and what each term adds to the logit of the label.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  demarche explain \"We will not negotiate under pressure.\" --html why.html"
)]
pub(crate) struct Arguments {
    /// The text, or - for standard input.
    text: String,

    /// The model; without it the one inside the program.
    #[arg(short, long, value_name = "FILE")]
    model: Option<PathBuf>,

    /// The label to explain; without it the most probable one.
    #[arg(long, value_name = "LABEL")]
    label: Option<String>,

    /// Write a page with the words marked in the text, too.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    Written::default().by("--html", arguments.html.as_deref())?.spares("--model", &arguments.model)?;
    let model = model::load(arguments.model.as_ref())?;
    let mut text = arguments.text.clone();
    if text == "-" {
        text.clear();
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
    }
    let file = Path::new(&arguments.text);
    if text != "-" && file.is_file() {
        let reporter = Reporter::new(false, 0, "texts");
        reporter.note(&format!(
            "{0} is also a file: `demarche explain - < {0}` explains its text",
            file.display()
        ));
    }
    if text.trim().is_empty() {
        anyhow::bail!("the text is empty: there is nothing to explain");
    }
    let explanation = model.session().explain(&text);
    let class = match &arguments.label {
        None => explanation.class(),
        Some(label) => explanation.labels.iter().position(|l| l == label).with_context(|| {
            format!("the model has no label {label:?}; its labels are {}", explanation.labels.join(", "))
        })?,
    };
    if let Some(path) = &arguments.html {
        let words = model.session().word_effects(&text, class);
        let mut output = Output::open(Some(path))?;
        output.write(explanation_page(&text, &explanation, class, &words).as_bytes())?;
        output.finish()?;
    }
    let mut output = Output::open(None)?;
    output.write(page(&explanation, class).as_bytes())?;
    output.finish()?;
    Ok(Outcome::Done)
}

/// The explanation as lines of text. Contributions are shown with 6 decimals, so that their sum can be checked.
fn page(explanation: &Explanation, class: usize) -> String {
    let mut lines = Vec::new();
    for (label, p) in explanation.labels.iter().zip(&explanation.probabilities) {
        let bar = "#".repeat((p * 40.0).round() as usize);
        lines.push(format!("{label:<12} {p:.6}  {bar}"));
    }
    let at = |values: &[f64]| values.get(class).copied().unwrap_or(0.0);
    let label = explanation.labels.get(class).map_or("", String::as_str);
    lines.push(String::new());
    lines.push(format!("logit of {label}"));
    for (term, added) in explanation.for_class(class) {
        lines.push(format!("  {added:>+10.6}  {term}"));
    }
    lines.push(format!("  {:>+10.6}  (intercept)", at(&explanation.intercepts)));
    lines.push(format!("= {:>+10.6}", at(&explanation.logits)));
    lines.push(String::new());
    lines.join("\n")
}
