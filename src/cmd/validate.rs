//! A recipe measured on rows that it was not fitted on.

use demarche::eval::{
    Abstention, Bootstrap, Fold, KFold, OutOfFold, Tested, Thresholds, cross_validate, majority_class,
};
use demarche::figures::{Abstained, Figures, ScoreCurve};
use demarche::model::train::softmax;
use demarche::model::{LexiconBaseline, Recipe, Trainer, temperature};
use demarche::stance::{Classify, Stance};

use super::data::Data;

/// Bootstrap replicates behind every interval.
const REPLICATES: usize = 2000;

/// The draws behind every interval.
pub(super) fn bootstrap(seed: u64) -> anyhow::Result<Bootstrap> {
    Ok(Bootstrap::new(REPLICATES, seed)?)
}

/// The rows of `data`, read into terms.
pub(super) fn trainer(data: &Data, recipe: Recipe) -> Trainer {
    Trainer::new(
        recipe,
        data.labels.len(),
        data.rows.iter().map(|row| row.text()),
        data.classes.clone(),
        data.rows.iter().map(|r| r.weight).collect(),
        data.given_groups(),
    )
}

/// What a validation gives.
pub(super) struct Validated<'a> {
    pub(super) tested: Tested<'a>,
    /// By which logits are divided.
    pub(super) temperature: f64,
    /// Classes of the rows that were trained on, for the majority.
    trained: Vec<usize>,
    /// The rows tested, by number in the data.
    rows: Vec<usize>,
    /// The fold that tested each of them.
    folds: Vec<usize>,
    /// Scores on training rows from folds among them, where the test rows were held out.
    inner: Option<ScoreCurve>,
}

/// Out-of-fold probabilities at the temperature that suits them best.
pub(super) fn cross_validated<'a>(
    data: &'a Data,
    trainer: &Trainer,
    folds: &[Fold],
) -> anyhow::Result<Validated<'a>> {
    let out = cross_validate(folds, |train, test| trainer.fit_and_score(train, test))?;
    let temperature = temperature(&out.scores, &pick(&data.classes, &out.rows), trainer.recipe().estimator);
    Ok(Validated::new(data, out, temperature, data.classes.clone()))
}

/// Probabilities of test rows by a model of the training rows; its temperature comes from folds among those.
pub(super) fn held_out<'a>(
    data: &'a Data,
    trainer: &Trainer,
    split: &Fold,
    (folds, seed): (usize, u64),
) -> anyhow::Result<Validated<'a>> {
    let classes = pick(&data.classes, &split.train);
    let groups = pick(data.groups(), &split.train);
    let within = |rows: Vec<usize>| pick(&split.train, &rows);
    let inner: Vec<Fold> = KFold::new(folds, seed)?
        .grouped(&classes, &groups)?
        .into_iter()
        .map(|fold| Fold { train: within(fold.train), test: within(fold.test) })
        .collect();
    let inner = cross_validated(data, trainer, &inner)?;
    let out = cross_validate(std::slice::from_ref(split), |train, test| trainer.fit_and_score(train, test))?;
    let mut validated = Validated::new(data, out, inner.temperature, classes);
    validated.inner = Some(inner.tested.score_curve());
    Ok(validated)
}

fn pick(values: &[usize], rows: &[usize]) -> Vec<usize> {
    rows.iter().filter_map(|&row| values.get(row).copied()).collect()
}

impl<'a> Validated<'a> {
    /// `out` holds logits.
    fn new(data: &'a Data, out: OutOfFold, temperature: f64, trained: Vec<usize>) -> Self {
        let heat = |logits: &Vec<f64>| softmax(&logits.iter().map(|z| z / temperature).collect::<Vec<_>>());
        let tested = data.tested(&out.rows, out.scores.iter().map(heat).collect());
        Self { tested, temperature, trained, rows: out.rows, folds: out.folds, inner: None }
    }

    /// All figures, with the baselines.
    pub(super) fn figures(&self, data: &Data, bootstrap: &Bootstrap) -> anyhow::Result<Figures> {
        let majority = majority_class(&self.trained, data.labels.len())?.unwrap_or(0);
        let baselines = baselines(data, &self.rows, majority);
        let uncalibrated = Some(self.tested.uncalibrated(self.temperature)?);
        Ok(Figures { uncalibrated, ..self.tested.figures(bootstrap, &baselines)? })
    }

    /// What is left after abstention, by thresholds chosen on other rows: those of the other folds, or training rows.
    pub(super) fn abstained(&self, precision: f64, bootstrap: &Bootstrap) -> anyhow::Result<Abstained> {
        let rule = Abstention::new(precision)?;
        let last = self.folds.iter().max().copied().unwrap_or(0);
        let thresholds: Vec<Thresholds> = match &self.inner {
            Some(curve) => vec![rule.fit_curve(curve); last + 1],
            None => (0..=last).map(|fold| rule.fit_curve(&self.without(fold).score_curve())).collect(),
        };
        let empty = Thresholds { labels: Vec::new() };
        let of = |row: usize| self.folds.get(row).and_then(|&fold| thresholds.get(fold)).unwrap_or(&empty);
        Ok(self.tested.abstained(precision, of, bootstrap)?)
    }

    /// The rows of all folds but one.
    fn without(&self, fold: usize) -> Tested<'a> {
        let others: Vec<usize> =
            (0..self.rows.len()).filter(|&row| self.folds.get(row) != Some(&fold)).collect();
        Tested {
            labels: self.tested.labels,
            truth: pick(&self.tested.truth, &others),
            probabilities: others
                .iter()
                .filter_map(|&row| self.tested.probabilities.get(row).cloned())
                .collect(),
            ..Tested::default()
        }
    }
}

/// What simple rules say of some rows: always the majority, and for stances the lexicon's rules.
pub(super) fn baselines(data: &Data, rows: &[usize], majority: usize) -> Vec<(String, Vec<usize>)> {
    let mut baselines = vec![("always the majority".to_owned(), vec![majority; rows.len()])];
    if data.labels.iter().map(String::as_str).eq(Stance::ALL.map(Stance::name)) {
        let lexicon = LexiconBaseline::new();
        let mut scorer = lexicon.scorer();
        let says = |row: &usize| {
            let text = data.rows.get(*row).map_or("", |row| row.text());
            scorer.score(text).scores.label() as usize
        };
        baselines.push(("keyword lexicon".to_owned(), rows.iter().map(says).collect()));
    }
    baselines
}
