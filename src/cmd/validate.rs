//! A recipe measured on rows that it was not fitted on.

use demarche::eval::{
    Abstention, Bootstrap, Fold, KFold, OutOfFold, Tested, Thresholds, cross_validate, majority_class,
};
use demarche::figures::{Abstained, Figures, ScoreCurve};
use demarche::model::train::softmax;
use demarche::model::{LexiconBaseline, Recipe, Trainer, temperature};
use demarche::stance::{Classify, Stance};

use super::data::{By, Data};

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
    data: &'a Data,
    /// Probabilities at the temperature that rows of other folds chose.
    pub(super) tested: Tested<'a>,
    /// By which a model of all rows divides its logits.
    pub(super) temperature: f64,
    /// Logits of the rows tested, by number in the data, with the fold that tested each.
    out: OutOfFold,
    /// What calibrates each fold, by its number.
    calibrated: Vec<Calibrated>,
    /// Classes of the rows that were trained on, of a cross-validation all: those of the majority.
    trained: Vec<usize>,
}

/// What rows that a fold does not test have chosen for it.
#[derive(Clone)]
struct Calibrated {
    temperature: f64,
    /// Their scores at that temperature.
    scores: ScoreCurve,
}

/// Out-of-fold probabilities, each at the temperature that suits the rows of the other folds best; of folds in the order of
/// time, those before it.
pub(super) fn cross_validated<'a>(
    data: &'a Data,
    trainer: &Trainer,
    folds: &[Fold],
    by: By,
) -> anyhow::Result<Validated<'a>> {
    let out = cross_validate(folds, |train, test| trainer.fit_and_score(train, test))?;
    let estimator = trainer.recipe().estimator;
    let of = |rows: &[usize]| {
        let (logits, classes) = (logits(&out, rows), pick(&data.classes, &pick(&out.rows, rows)));
        let temperature = temperature(&logits, &classes, estimator);
        let tested = data.tested(&pick(&out.rows, rows), heated(&logits, temperature));
        Calibrated { temperature, scores: tested.score_curve() }
    };
    let calibrated = (0..folds.len()).map(|fold| of(&calibrating(&out.folds, fold, by))).collect();
    let temperature = temperature(&out.scores, &pick(&data.classes, &out.rows), estimator);
    Ok(Validated::new(data, out, calibrated, temperature, data.classes.clone()))
}

/// The rows that may calibrate a fold, by the fold that tested each: those of other folds, and by date of earlier ones.
fn calibrating(folds: &[usize], fold: usize, by: By) -> Vec<usize> {
    let fits = |tested: usize| if by == By::Date { tested < fold } else { tested != fold };
    (0..).zip(folds).filter(|(_, tested)| fits(**tested)).map(|(row, _)| row).collect()
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
    let inner = cross_validated(data, trainer, &inner, By::Group)?;
    let out = cross_validate(std::slice::from_ref(split), |train, test| trainer.fit_and_score(train, test))?;
    let calibrated = Calibrated { temperature: inner.temperature, scores: inner.score_curve() };
    Ok(Validated::new(data, out, vec![calibrated], inner.temperature, classes))
}

fn pick(values: &[usize], rows: &[usize]) -> Vec<usize> {
    rows.iter().filter_map(|&row| values.get(row).copied()).collect()
}

fn logits(out: &OutOfFold, rows: &[usize]) -> Vec<Vec<f64>> {
    rows.iter().filter_map(|&row| out.scores.get(row).cloned()).collect()
}

fn heat(logits: &[f64], temperature: f64) -> Vec<f64> {
    softmax(&logits.iter().map(|z| z / temperature).collect::<Vec<_>>())
}

fn heated(logits: &[Vec<f64>], temperature: f64) -> Vec<Vec<f64>> {
    logits.iter().map(|row| heat(row, temperature)).collect()
}

impl<'a> Validated<'a> {
    /// `out` holds logits.
    fn new(
        data: &'a Data,
        out: OutOfFold,
        calibrated: Vec<Calibrated>,
        temperature: f64,
        trained: Vec<usize>,
    ) -> Self {
        let of = |fold: &usize| calibrated.get(*fold).map_or(1.0, |calibrated| calibrated.temperature);
        let rows = out.scores.iter().zip(&out.folds);
        let tested = data.tested(&out.rows, rows.map(|(logits, fold)| heat(logits, of(fold))).collect());
        Self { data, tested, temperature, out, calibrated, trained }
    }

    /// The rows tested, scored as by a model with [`Self::temperature`].
    fn at(&self, temperature: f64) -> Tested<'a> {
        self.data.tested(&self.out.rows, heated(&self.out.scores, temperature))
    }

    /// Scores at the temperature of a model of all rows.
    pub(super) fn score_curve(&self) -> ScoreCurve {
        self.at(self.temperature).score_curve()
    }

    /// All figures, with the baselines.
    pub(super) fn figures(&self, bootstrap: &Bootstrap) -> anyhow::Result<Figures> {
        let majority = majority_class(&self.trained, self.data.labels.len())?.unwrap_or(0);
        let baselines = baselines(self.data, &self.out.rows, majority);
        let uncalibrated = Some(self.at(1.0).uncalibrated(1.0)?);
        Ok(Figures { uncalibrated, ..self.tested.figures(bootstrap, &baselines)? })
    }

    /// What is left after abstention, by thresholds chosen on other rows: those of the other folds, or training rows.
    pub(super) fn abstained(&self, precision: f64, bootstrap: &Bootstrap) -> anyhow::Result<Abstained> {
        let rule = Abstention::new(precision)?;
        let thresholds: Vec<Thresholds> =
            self.calibrated.iter().map(|fold| rule.fit_curve(&fold.scores)).collect();
        let empty = Thresholds { labels: Vec::new() };
        let of =
            |row: usize| self.out.folds.get(row).and_then(|&fold| thresholds.get(fold)).unwrap_or(&empty);
        Ok(self.tested.abstained(precision, of, bootstrap)?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_calibrates_its_own_fold_and_none_the_past() {
        let folds = [0, 2, 1, 0, 1];
        assert_eq!(calibrating(&folds, 1, By::Group), [0, 1, 3]);
        assert_eq!(calibrating(&folds, 1, By::Date), [0, 3]);
        assert!(calibrating(&folds, 0, By::Date).is_empty());
    }
}
