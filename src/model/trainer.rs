//! From labelled texts to weights, for all rows or for the folds of a cross-validation.

use std::sync::Arc;

use crate::features::{Interner, SparseRows, TfIdf, Vocabulary, chi_squared, log_count_ratios};
use crate::figures::TermCounts;
use crate::text::{Analyzer, Family, TermSink};

use super::documents::{Documents, NO_COLUMN};
use super::recipe::{Estimator, Recipe};
use super::train::{Fit, FitError, Linear, LinearSvmParams, LogisticParams, dataset, softmax};

/// Labelled texts, read into terms once and then fitted on any of their rows. Clones share the texts.
#[derive(Clone, Debug)]
pub struct Trainer {
    recipe: Recipe,
    class_count: usize,
    terms: Arc<Interner>,
    documents: Arc<Documents>,
    classes: Arc<Vec<usize>>,
    weights: Arc<Vec<f32>>,
    groups: Arc<Vec<u32>>,
}

/// What a fit makes: which terms are columns, their weights in a row, and the classifier.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The terms kept, by column.
    pub vocabulary: Vocabulary,
    /// How rows are weighed.
    pub tfidf: TfIdf,
    /// Logits of a row.
    pub linear: Linear,
}

/// Numbers the terms of one text after another.
struct Numbering<'a> {
    terms: &'a mut Interner,
    document: &'a mut Vec<u32>,
}

impl TermSink for Numbering<'_> {
    #[inline]
    fn ask(&self, key: u64) {
        self.terms.ask(key);
    }

    fn term(&mut self, family: Family, key: u64, name: &dyn Fn() -> String) {
        self.document.push(self.terms.id(key, Recipe::block(family), name));
    }
}

/// What rows are made with.
struct Features {
    vocabulary: Vocabulary,
    tfidf: TfIdf,
    /// Column of each of the trainer's terms, or [`NO_COLUMN`].
    columns: Vec<u32>,
    ratios: Option<Vec<f32>>,
}

/// Fits the recipe's estimator on rows whose columns are multiplied by `ratios`, if there are any, and takes the ratios
/// into the weights.
fn fit(
    recipe: &Recipe,
    class_count: usize,
    mut rows: SparseRows,
    ratios: Option<&[f32]>,
    classes: Vec<usize>,
    weights: Vec<f32>,
) -> Result<Linear, FitError> {
    if let Some(ratios) = ratios {
        rows.scale(ratios);
    }
    let data = dataset(rows, classes, weights);
    let Recipe { cost, balanced, seed, .. } = *recipe;
    let mut linear = match recipe.estimator {
        Estimator::Logistic => {
            LogisticParams::new(class_count).cost(cost).balanced(balanced).seed(seed).fit(&data)
        }
        Estimator::Svm => {
            LinearSvmParams::new(class_count).cost(cost).balanced(balanced).seed(seed).fit(&data)
        }
    }?;
    if let Some(ratios) = ratios {
        linear.scale(ratios);
    }
    let finite = linear.report.objective.is_finite()
        && linear.weights.iter().chain(&linear.intercepts).all(|weight| weight.is_finite());
    if finite { Ok(linear) } else { Err(FitError::Infinite) }
}

impl Trainer {
    /// Reads `texts`, of which text `i` has the class `classes[i]` of `class_count` and the weight `weights[i]`
    /// (1 where `weights` is empty). Texts with the same number in `groups` are of one hand: what they have in common
    /// counts once in document frequencies and in the log-count ratios; without `groups`, each text stands for itself.
    #[must_use]
    pub fn new<'t>(
        recipe: Recipe,
        class_count: usize,
        texts: impl IntoIterator<Item = &'t str>,
        classes: Vec<usize>,
        weights: Vec<f32>,
        groups: Vec<u32>,
    ) -> Self {
        let analyzer = Analyzer::new(recipe.settings.clone());
        let mut session = analyzer.session();
        let mut terms = Interner::default();
        let mut documents = Documents::default();
        for text in texts {
            session.analyze(text, &mut Numbering { terms: &mut terms, document: &mut documents.terms });
            documents.ends.push(documents.terms.len());
        }
        Self {
            recipe,
            class_count,
            terms: Arc::new(terms),
            documents: Arc::new(documents),
            classes: Arc::new(classes),
            weights: Arc::new(weights),
            groups: Arc::new(groups),
        }
    }

    /// The recipe that it trains by.
    #[must_use]
    pub const fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The same texts under another recipe; none if its analyzer would read them in another way.
    #[must_use]
    pub fn with_recipe(&self, recipe: Recipe) -> Option<Self> {
        (recipe.settings == self.recipe.settings).then(|| Self { recipe, ..self.clone() })
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.ends.len()
    }

    /// True if there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.ends.is_empty()
    }

    /// The class of each row.
    #[must_use]
    pub fn classes(&self) -> &[usize] {
        &self.classes
    }

    /// Fits on the rows numbered `rows` alone.
    ///
    /// # Errors
    /// As the estimator's: no row, one class only, a bad parameter.
    pub fn fit(&self, rows: &[usize]) -> Result<Fitted, FitError> {
        let features = self.features(rows);
        let linear = self.fit_linear(&features, rows)?;
        Ok(Fitted { vocabulary: features.vocabulary, tfidf: features.tfidf, linear })
    }

    /// Fits on all rows. The terms of the texts, which are most of what is in memory, become the rows.
    ///
    /// # Errors
    /// As [`Trainer::fit`], and where no term is frequent enough to be kept.
    pub fn fit_all(self) -> Result<Fitted, FitError> {
        let rows: Vec<usize> = (0..self.len()).collect();
        let Features { vocabulary, tfidf, columns, ratios } = self.features(&rows);
        let Self { recipe, class_count, terms, documents, classes, weights, .. } = self;
        drop(terms);
        let count = rows.len();
        let rows = Arc::unwrap_or_clone(documents).weighed(&tfidf, &columns);
        drop(columns);
        let (classes, weights) = (Arc::unwrap_or_clone(classes), Arc::unwrap_or_clone(weights));
        let linear = fit(&recipe, class_count, rows, ratios.as_deref(), classes, weights)?;
        if vocabulary.keys().is_empty() {
            return Err(FitError::Features { rows: count, least: recipe.min_df });
        }
        Ok(Fitted { vocabulary, tfidf, linear })
    }

    /// Fits on the rows numbered `rows`, made with `features`.
    fn fit_linear(&self, features: &Features, rows: &[usize]) -> Result<Linear, FitError> {
        let sparse = self.documents.select(rows).weighed(&features.tfidf, &features.columns);
        let classes = rows.iter().filter_map(|&row| self.classes.get(row).copied()).collect();
        let weights = rows.iter().filter_map(|&row| self.weights.get(row).copied()).collect();
        fit(&self.recipe, self.class_count, sparse, features.ratios.as_deref(), classes, weights)
    }

    /// The features of a fit on `rows`.
    fn features(&self, rows: &[usize]) -> Features {
        let (frequencies, kept) = self.select(rows);
        let (documents, frequencies) = self.by_group(rows).unwrap_or((rows.len(), frequencies));
        let vocabulary = self.terms.freeze(&kept);
        let mut columns = vec![NO_COLUMN; self.terms.len()];
        for (column, &id) in (0..).zip(&kept) {
            if let Some(slot) = columns.get_mut(id as usize) {
                *slot = column;
            }
        }
        let df: Vec<u32> = kept.iter().filter_map(|&id| frequencies.get(id as usize).copied()).collect();
        let tfidf = TfIdf::fit(self.recipe.tfidf(), documents, &df, vocabulary.blocks());
        Features { vocabulary, tfidf, columns, ratios: self.ratios(rows, &kept) }
    }

    /// Fits on the rows `train` and gives one logit a class for each of the rows `test`.
    ///
    /// # Errors
    /// As [`Trainer::fit`].
    pub fn fit_and_score(&self, train: &[usize], test: &[usize]) -> Result<Vec<Vec<f64>>, FitError> {
        let features = self.features(train);
        let linear = self.fit_linear(&features, train)?;
        let rows = self.documents.select(test).weighed(&features.tfidf, &features.columns);
        Ok(rows.rows().map(|row| linear.logits(&row)).collect())
    }

    /// The terms of the rows `test`, and how many of them a fit on the rows `train` knows.
    #[must_use]
    pub fn known_terms(&self, train: &[usize], test: &[usize]) -> TermCounts {
        let (_, kept) = self.select(train);
        let mut is_kept = vec![false; self.terms.len()];
        for id in kept {
            if let Some(slot) = is_kept.get_mut(id as usize) {
                *slot = true;
            }
        }
        let mut counts = TermCounts::default();
        for document in test.iter().map(|&row| self.documents.get(row)) {
            let known = document.iter().filter(|&&id| is_kept.get(id as usize) == Some(&true)).count();
            counts.add(TermCounts { all: document.len() as u64, known: known as u64 });
        }
        counts
    }

    /// As [`Trainer::fit_and_score`], with probabilities.
    ///
    /// # Errors
    /// As [`Trainer::fit`].
    pub fn fit_and_predict(&self, train: &[usize], test: &[usize]) -> Result<Vec<Vec<f64>>, FitError> {
        Ok(self.fit_and_score(train, test)?.iter().map(|logits| softmax(logits)).collect())
    }

    /// The number of groups that `rows` are of, and in how many of them each term is; none where each row stands for
    /// itself.
    fn by_group(&self, rows: &[usize]) -> Option<(usize, Vec<u32>)> {
        if self.groups.is_empty() {
            return None;
        }
        let mut order = rows.to_vec();
        order.sort_by_key(|&row| self.group(row));
        let groups = order.chunk_by(|&a, &b| self.group(a) == self.group(b));
        Some((groups.clone().count(), self.documents.frequencies(self.terms.len(), groups)))
    }

    /// The number of `rows` with each of all terms, and the terms kept: the most frequent first.
    fn select(&self, rows: &[usize]) -> (Vec<u32>, Vec<u32>) {
        let frequencies = self.documents.frequencies(self.terms.len(), rows.chunks(1));
        let frequency = |id: u32| frequencies.get(id as usize).copied().unwrap_or(0);
        let mut kept: Vec<u32> = (0..u32::try_from(self.terms.len()).unwrap_or(u32::MAX))
            .filter(|&id| frequency(id) >= self.recipe.min_df.max(1))
            .collect();
        if self.recipe.max_features > 0 && kept.len() > self.recipe.max_features {
            let worth = self.chi_squared(rows);
            let of = |id: &u32| worth.get(*id as usize).copied().unwrap_or(0.0);
            kept.sort_by(|a, b| of(b).total_cmp(&of(a)).then(a.cmp(b)));
            kept.truncate(self.recipe.max_features);
        }
        // Numbers that are in order where the terms are: they sort in a quarter of the time.
        let mut order: Vec<u64> =
            kept.iter().map(|&id| u64::from(!frequency(id)) << 32 | u64::from(id)).collect();
        order.sort_unstable();
        kept = order.into_iter().map(|place| place as u32).collect();
        (frequencies, kept)
    }

    fn chi_squared(&self, rows: &[usize]) -> Vec<f64> {
        let mut sizes = vec![0; self.class_count];
        for class in rows.iter().filter_map(|&row| self.classes.get(row)) {
            if let Some(size) = sizes.get_mut(*class) {
                *size += 1;
            }
        }
        chi_squared(&self.counts(rows, |row| row as u32), &sizes)
    }

    /// Log-count ratios of the columns `kept`, where the recipe wants them.
    fn ratios(&self, rows: &[usize], kept: &[u32]) -> Option<Vec<f32>> {
        let power = self.recipe.ratio_power;
        (power > 0.0).then(|| {
            let mut present = self.counts(rows, |row| self.group(row));
            let present: Vec<Vec<u32>> =
                kept.iter().filter_map(|&id| present.get_mut(id as usize).map(std::mem::take)).collect();
            log_count_ratios(&present, self.class_count, power)
        })
    }

    fn group(&self, row: usize) -> u32 {
        self.groups.get(row).copied().unwrap_or(row as u32)
    }

    /// How often every term stands in rows of each class among `rows`: those with the same number in `together` count once.
    fn counts(&self, rows: &[usize], together: impl Fn(usize) -> u32) -> Vec<Vec<u32>> {
        let mut order = rows.to_vec();
        order.sort_by_key(|&row| together(row));
        let mut present = vec![vec![0_u32; self.class_count]; self.terms.len()];
        // 1 + the number with which a term was seen last in each class.
        let mut seen = present.clone();
        for row in order {
            let (Some(&class), mark) = (self.classes.get(row), together(row) + 1) else { continue };
            for &id in self.documents.get(row) {
                let last = seen.get_mut(id as usize).and_then(|by| by.get_mut(class));
                let count = present.get_mut(id as usize).and_then(|by| by.get_mut(class));
                if let (Some(last), Some(count)) = (last, count)
                    && *last != mark
                {
                    *last = mark;
                    *count += 1;
                }
            }
        }
        present
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_frequent_term_are_told() {
        let fit = |min_df| {
            let recipe = Recipe { min_df, ..Recipe::plain() };
            Trainer::new(recipe, 2, ["talks", "no talks"], vec![0, 1], Vec::new(), Vec::new()).fit_all()
        };
        assert_eq!(fit(2).unwrap().vocabulary.keys().len(), 1);
        assert!(matches!(fit(3), Err(FitError::Features { rows: 2, least: 3 })));
    }

    #[test]
    fn what_one_group_repeats_counts_once_in_document_frequencies() {
        let texts = ["talks", "now", "talks", "talks now"];
        let idf = |groups: Vec<u32>| {
            let trainer = Trainer::new(Recipe::plain(), 2, texts, vec![0, 0, 1, 1], Vec::new(), groups);
            let Features { vocabulary, tfidf, .. } = trainer.features(&[0, 1, 2, 3]);
            let place =
                (0..vocabulary.keys().len()).find(|&i| vocabulary.names().get(i) == Some("talk")).unwrap();
            tfidf.columns()[place].idf
        };
        // In 3 of 4 texts; in 1 of 2 groups, the second of which has the second text alone.
        assert!((idf(Vec::new()) - (1.0 + (5.0_f32 / 4.0).ln())).abs() < 1e-6);
        assert!((idf(vec![7, 5, 7, 7]) - (1.0 + (3.0_f32 / 2.0).ln())).abs() < 1e-6);
    }

    #[test]
    fn the_least_frequency_counts_texts_also_where_there_are_groups() {
        let recipe = Recipe { min_df: 2, ..Recipe::plain() };
        let texts = ["talks", "talks", "now"];
        let trainer = Trainer::new(recipe, 2, texts, vec![0, 1, 1], Vec::new(), vec![0, 0, 1]);
        assert_eq!(trainer.features(&[0, 1, 2]).vocabulary.names().get(0), Some("talk"));
    }

    #[test]
    fn what_one_group_repeats_counts_once_in_the_ratios() {
        let texts = ["talks", "talks", "talks", "talks now"];
        let present = |groups: Vec<u32>| {
            let trainer = Trainer::new(Recipe::plain(), 2, texts, vec![0, 0, 1, 1], Vec::new(), groups);
            // The first term is "talks".
            trainer.counts(&[0, 1, 2, 3], |row| trainer.group(row)).remove(0)
        };
        assert_eq!(present(Vec::new()), [2, 2]);
        assert_eq!(present(vec![0, 0, 0, 1]), [1, 2]);
        assert_eq!(present(vec![5, 5, 5, 5]), [1, 1]);
    }
}
