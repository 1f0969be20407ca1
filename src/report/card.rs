//! The model card, as Markdown: what a model is, what it was made of and how far to trust it (after M. Mitchell et
//! al., *Model Cards for Model Reporting*, FAT* 2019). It is written from the model alone: no date, no clock.

use std::fmt::Write;

use crate::figures::{Abstained, CaseRate, Figures, Interval, PassRate};
use crate::model::{
    AnnotatorAgreement, Codebook, DataFacts, Estimator, Header, Model, Recipe, Search, SearchPoint,
    Validation, temperature_bound,
};
use crate::stance::Stance;
use crate::text::Family;

/// The card. The same model gives the same bytes.
#[must_use]
pub fn card(model: &Model) -> String {
    let header = model.header();
    let digest = model.digest();
    let mut card = format!("# Model card: {}\n\n", digest.get(..12).unwrap_or(digest));
    card += &about(model);
    card += &data(header);
    card += &recipe(&header.recipe, header);
    match &header.validation {
        Some(validation) => card += &validated(validation, header),
        None => card += "## Figures\n\nNone: it was trained without a cross-validation.\n\n",
    }
    card + &uses(header)
}

fn about(model: &Model) -> String {
    let header = model.header();
    let estimator = match header.recipe.estimator {
        Estimator::Logistic => "multinomial logistic regression",
        Estimator::Svm => "one-versus-rest linear support vector machine",
    };
    format!(
        "A linear classifier of English statements: {estimator} over {} TF-IDF features, with the labels {}. \
         Every label can be explained by the terms that spoke for it (`demarche explain`).\n\n\
         | | |\n|---|---|\n| digest (BLAKE3) | `{}` |\n| trained by | demarche {} |\n| stemmer | {} |\n\n",
        model.features(),
        header.labels.join(", "),
        model.digest(),
        header.program,
        header.stemmer,
    )
}

fn data(header: &Header) -> String {
    let all: usize = header.rows.iter().sum();
    let mut section = format!(
        "## Training data\n\n{all} rows, digest `{}`.\n\n| label | rows | share |\n|---|---:|---:|\n",
        header.data
    );
    for (label, rows) in header.labels.iter().zip(&header.rows) {
        let _ = writeln!(section, "| {label} | {rows} | {:.1} % |", share(*rows, all));
    }
    if !header.parts.is_empty() {
        section += "\nTables, in the order in which they were added:\n\n| table | rows | digest |\n|---:|---:|---|\n";
        for (number, part) in (1..).zip(&header.parts) {
            let _ = writeln!(section, "| {number} | {} | `{}` |", part.rows, part.digest);
        }
    }
    section + "\n" + &facts(header)
}

/// What stands beside the training rows.
fn facts(header: &Header) -> String {
    let Some(DataFacts { codebook, agreement }) = &header.facts else { return String::new() };
    let mut section = String::new();
    if let Some(Codebook { title, digest }) = codebook {
        let _ = writeln!(section, "Labels: {title}, digest `{digest}`.\n");
    }
    if let Some(AnnotatorAgreement { annotators, rows, observed, kappa, alpha }) = agreement {
        let figure =
            |name: &str, value: &Option<f64>| value.map(|v| format!(", {name} {v:.3}")).unwrap_or_default();
        let _ = writeln!(
            section,
            "Agreement of {annotators} annotators on {rows} rows: observed {observed:.3}{}{}.\n",
            figure("Cohen's kappa", kappa),
            figure("Krippendorff's alpha", alpha)
        );
    }
    section
}

fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn recipe(recipe: &Recipe, header: &Header) -> String {
    let settings = &recipe.settings;
    let families: Vec<&str> =
        Family::ALL.iter().filter(|f| settings.families.has(**f)).map(|f| f.name()).collect();
    let characters = if settings.families.has(Family::Characters) {
        let ((from, to), [_, scale, ..]) = (settings.char_ngrams, recipe.scales);
        format!("{from} to {to}, weighing {scale} of the words")
    } else {
        "no".to_owned()
    };
    let yes = |said: bool| if said { "yes" } else { "no" };
    let ratios =
        if recipe.ratio_power > 0.0 { recipe.ratio_power.to_string() } else { "not used".to_owned() };
    let kept = if recipe.max_features == 0 { "all".to_owned() } else { recipe.max_features.to_string() };
    let rows = [
        ("feature families", families.join(", ")),
        ("longest run of words", settings.word_ngrams.to_string()),
        ("runs of characters", characters),
        ("words stemmed", yes(settings.stem).to_owned()),
        ("proper names masked", yes(settings.mask_names).to_owned()),
        ("texts that a term must stand in", recipe.min_df.to_string()),
        ("terms kept by χ²", kept),
        ("sublinear term frequency", yes(recipe.sublinear).to_owned()),
        ("C", recipe.cost.to_string()),
        ("power of the log-count ratios", ratios),
        ("labels weigh the same", yes(recipe.balanced).to_owned()),
        ("temperature of the calibration", temperature(header)),
        ("seed", recipe.seed.to_string()),
    ];
    let mut section = "## Features and parameters\n\n| | |\n|---|---|\n".to_owned();
    for (name, value) in rows {
        let _ = writeln!(section, "| {name} | {value} |");
    }
    section + "\n" + &searched(header)
}

fn temperature(header: &Header) -> String {
    let at = temperature_bound(header.temperature, header.recipe.estimator)
        .map(|bound| format!(", the {bound} allowed"))
        .unwrap_or_default();
    format!("{:.4}{at}", header.temperature)
}

/// How the recipe was chosen.
fn searched(header: &Header) -> String {
    let Some(Search { by, rows, folds, points }) = &header.search else { return String::new() };
    let mut section = format!(
        "The recipe was chosen by {by} in a cross-validation of {folds} folds on {rows} training rows, one parameter \
         after another; the figures below are of the same rows, and a little flattered by the choice.\n\n\
         | parameter | value | {by} | |\n|---|---|---:|---|\n"
    );
    for SearchPoint { axis, value, score, taken } in points {
        let _ =
            writeln!(section, "| {axis} | {value} | {score:.4} | {} |", if *taken { "taken" } else { "" });
    }
    section + "\n"
}

fn validated(validation: &Validation, header: &Header) -> String {
    let figures = &validation.figures;
    let mut section = format!(
        "## Figures\n\nFrom a cross-validation of {} folds on the {} training rows: no row was scored by a model that \
         had seen it, its group ({} groups), its pair or its near-duplicates. In brackets, 95 % bootstrap intervals \
         that draw whole groups. Rows of other origin are harder: measure with `demarche evaluate`.\n\n",
        validation.folds, figures.rows, figures.groups
    );
    section += &scores(figures);
    section += &by_label(figures);
    section += &confusion(figures);
    if let Some(PassRate { of, right, rate }) = &figures.pairs {
        let _ =
            writeln!(section, "Minimal pairs with both rows right: {right} of {of}, {}.\n", percent(rate));
    }
    section += &cases(&figures.cases);
    section += &abstention(figures, header);
    section + &failures(figures)
}

fn ranged(interval: &Interval) -> String {
    let ends = interval.ends().map(|(low, high)| format!(" [{low:.3}, {high:.3}]"));
    format!("{:.3}{}", interval.estimate, ends.as_deref().unwrap_or(" (no interval)"))
}

fn percent(interval: &Interval) -> String {
    let ends = interval.ends().map(|(low, high)| format!(" [{:.1}, {:.1}]", 100.0 * low, 100.0 * high));
    format!("{:.1} %{}", 100.0 * interval.estimate, ends.as_deref().unwrap_or(" (no interval)"))
}

fn scores(figures: &Figures) -> String {
    let mut section = "| | macro-F1 | accuracy |\n|---|---|---|\n".to_owned();
    let (macro_f1, accuracy) = (ranged(&figures.macro_f1), ranged(&figures.accuracy));
    let _ = writeln!(section, "| this model | {macro_f1} | {accuracy} |");
    for baseline in &figures.baselines {
        let _ =
            writeln!(section, "| {} | {:.3} | {:.3} |", baseline.name, baseline.macro_f1, baseline.accuracy);
    }
    let _ = writeln!(
        section,
        "\nExpected calibration error {:.3}, Brier score {:.3}{}.\n",
        figures.ece,
        figures.brier,
        figures
            .uncalibrated
            .map(|u| format!("; before calibration, on the same rows, {:.3} and {:.3}", u.ece, u.brier))
            .unwrap_or_default()
    );
    section
}

fn by_label(figures: &Figures) -> String {
    let mut section = "| label | precision | recall | F1 | rows |\n|---|---:|---:|---:|---:|\n".to_owned();
    for (name, label) in figures.labels.iter().zip(&figures.by_label) {
        let shown = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"));
        let [precision, recall, f1] = label.defined().map(shown);
        let _ = writeln!(section, "| {name} | {precision} | {recall} | {f1} | {} |", label.support);
    }
    section + "\n"
}

fn confusion(figures: &Figures) -> String {
    let line = |first: &str, cells: Vec<String>| format!("| {first} | {} |\n", cells.join(" | "));
    let mut section = line("gold \\ said", figures.labels.clone());
    let _ = writeln!(section, "|---|{}", "---:|".repeat(figures.labels.len()));
    for (name, row) in figures.labels.iter().zip(&figures.confusion) {
        section += &line(name, row.iter().map(u64::to_string).collect());
    }
    section + "\n"
}

fn cases(cases: &[CaseRate]) -> String {
    if cases.is_empty() {
        return String::new();
    }
    let mut section =
        "### Hard cases of the codebook\n\n| case | rows | right | share |\n|---|---:|---:|---|\n".to_owned();
    for CaseRate { case, pass: PassRate { of, right, rate } } in cases {
        let _ = writeln!(section, "| {case} | {of} | {right} | {} |", percent(rate));
    }
    section + "\n"
}

fn abstention(figures: &Figures, header: &Header) -> String {
    let Some(Abstained { wanted, coverage, precision, .. }) = &figures.abstained else {
        return String::new();
    };
    let mut section = format!("### Abstention\n\nAsked for a precision of {wanted}, it gives ");
    if coverage.estimate > 0.0 {
        let _ = write!(
            section,
            "a label to {} of the rows, and {} of those labels are right (thresholds chosen on the other folds). ",
            percent(coverage),
            percent(precision)
        );
    } else {
        section += "no label to any row. ";
    }
    match &header.thresholds {
        None => section += "Unless asked, this model never abstains.\n\n",
        Some(stored) => {
            let _ = writeln!(
                section,
                "This model abstains for a precision of {} by itself:\n\n| label | smallest probability |\n|---|---:|",
                stored.precision
            );
            for (name, threshold) in header.labels.iter().zip(&stored.labels) {
                let least = threshold.map_or_else(|| "never given".to_owned(), |t| format!("{t:.2}"));
                let _ = writeln!(section, "| {name} | {least} |");
            }
            section.push('\n');
        }
    }
    section
}

/// Failures that are listed of each kind.
const LISTED: usize = 3;

/// Read off the figures: the weakest label, the largest confusions, the worst hard cases.
fn failures(figures: &Figures) -> String {
    let mut section = "## Known failures\n\n".to_owned();
    let labels = figures.labels.iter().zip(&figures.by_label);
    if let Some((name, label)) = labels.min_by(|a, b| a.1.f1.total_cmp(&b.1.f1)) {
        let _ = writeln!(section, "- The weakest label is {name}, with an F1 of {:.3}.", label.f1);
    }
    let mut mistakes: Vec<(u64, &str, &str)> = Vec::new();
    for (truth, row) in figures.labels.iter().zip(&figures.confusion) {
        let said = figures.labels.iter().zip(row);
        mistakes
            .extend(said.filter(|(label, _)| *label != truth).map(|(l, n)| (*n, truth.as_str(), l.as_str())));
    }
    mistakes.sort_by_key(|(rows, ..)| std::cmp::Reverse(*rows));
    for (rows, truth, said) in mistakes.into_iter().take(LISTED).filter(|(rows, ..)| *rows > 0) {
        let _ = writeln!(section, "- {rows} rows that are {truth} were called {said}.");
    }
    let mut worst: Vec<&CaseRate> = figures.cases.iter().collect();
    worst.sort_by(|a, b| a.pass.rate.estimate.total_cmp(&b.pass.rate.estimate));
    for CaseRate { case, pass } in worst.into_iter().take(LISTED) {
        let _ = writeln!(section, "- Hard case {case}: {} of {} rows are right.", pass.right, pass.of);
    }
    section + "\n"
}

const STANCE_USES: &str = "\
## Intended use

To sort statements from English news by what they commit their holder to about entering or continuing talks, for
reading, counting and following over time, with a person who looks at what matters. Labels follow the codebook in
`data/CODEBOOK.md`; CALIBRATED.

## Unintended use

- To decide anything about a person or a party without somebody reading the statement.
- To find out what a party thinks: the label is of the words, not of sincerity, and not of what happens later.
- Other languages, texts that are not statements, and questions other than willingness to talk.
- A single statement torn from its article: speaker, irony and the sentence before may turn it round.
";

const OTHER_USES: &str = "\
## Intended use

To sort English texts like those that it was trained on.

## Unintended use

- To decide anything about a person without somebody reading the text.
- Texts of another kind or language than the training rows: the figures above say nothing about them.
";

fn uses(header: &Header) -> String {
    let stances = header.labels.iter().map(String::as_str).eq(Stance::ALL.map(Stance::name));
    if stances { STANCE_USES.replace("CALIBRATED", &calibrated(header)) } else { OTHER_USES.to_owned() }
}

/// The largest calibration error of probabilities that are called calibrated.
const CALIBRATED: f64 = 0.05;

fn calibrated(header: &Header) -> String {
    match header.validation.as_ref().map(|validation| validation.figures.ece) {
        None => "probabilities are not calibrated, and the model cannot abstain".to_owned(),
        Some(ece) if ece < CALIBRATED => "probabilities are calibrated, and the model can abstain".to_owned(),
        Some(ece) => format!("probabilities are off by {ece:.3} on average, and the model can abstain"),
    }
}
