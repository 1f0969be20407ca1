//! What stands beside labelled tables and belongs on a model's card: the codebook, and how far its annotators agree.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::eval::Agreement;
use demarche::model::{AnnotatorAgreement, Codebook, DataFacts};
use demarche::read::{Labels, annotations};

use super::agree::{given, labels_by_id};
use super::data;
use super::progress::Reporter;

/// The facts of the folder of `table`; what cannot be read is noted and left out.
pub(super) fn facts(table: Option<&PathBuf>, labels: Labels, reporter: &Reporter) -> Option<DataFacts> {
    let folder = table?.parent()?;
    let agreement = agreement(&folder.join("agreement"), labels, reporter).unwrap_or_else(|error| {
        reporter.note(&format!("the card will not tell how far annotators agree: {error:#}"));
        None
    });
    let facts = DataFacts { codebook: codebook(&folder.join("CODEBOOK.md")), agreement };
    (facts.codebook.is_some() || facts.agreement.is_some()).then_some(facts)
}

/// The codebook's first line without its mark, and its digest.
fn codebook(path: &Path) -> Option<Codebook> {
    let text = fs::read_to_string(path).ok()?;
    let title = text.lines().next()?.trim_start_matches('#').trim().to_owned();
    Some(Codebook { title, digest: blake3::hash(text.as_bytes()).to_hex().to_string() })
}

/// The agreement of all tables in a folder, one an annotator, in the order of their names.
fn agreement(
    folder: &Path,
    labels: Labels,
    reporter: &Reporter,
) -> anyhow::Result<Option<AnnotatorAgreement>> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    files.sort();
    let mut tables = Vec::new();
    for path in &files {
        tables.push(annotations(data::open(path, reporter)?, labels)?.0);
    }
    let names = data::label_names(given(&tables), labels);
    let found = Agreement::of(&labels_by_id(&tables, &names), names.len())?;
    let rounded = |value: f64| (value * 1e6).round() / 1e6;
    Ok((found.units > 0).then(|| AnnotatorAgreement {
        annotators: tables.len(),
        rows: found.units,
        observed: rounded(found.observed),
        kappa: found.kappa.map(rounded),
        alpha: found.alpha.map(rounded),
    }))
}
