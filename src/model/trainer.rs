//! From labelled texts to weights, for all rows or for the folds of a cross-validation.

use linfa::traits::Fit;

use crate::features::{Interner, SparseRows, TfIdf, Vocabulary, chi_squared};
use crate::text::{Analyzer, Family, TermSink};

use super::recipe::{Estimator, Recipe};
use super::train::{FitError, Linear, LinearSvmParams, LogisticParams, dataset, softmax};

/// Labelled texts, read into terms once and then fitted on any of their rows.
#[derive(Debug)]
pub struct Trainer {
    recipe: Recipe,
    class_count: usize,
    terms: Interner,
    documents: Documents,
    classes: Vec<usize>,
    weights: Vec<f32>,
}

/// The terms of many texts by their numbers, one text behind the other, with repeats and in text order.
#[derive(Debug, Default)]
struct Documents {
    terms: Vec<u32>,
    ends: Vec<usize>,
}

impl Documents {
    /// The terms of text `row`; none beyond the last.
    fn get(&self, row: usize) -> &[u32] {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(row).and_then(|&end| self.terms.get(start..end)).unwrap_or_default()
    }
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
    /// Column of each of the trainer's terms.
    columns: Vec<Option<u32>>,
}

/// Numbers the terms of one text after another.
struct Numbering<'a> {
    terms: &'a mut Interner,
    document: &'a mut Vec<u32>,
}

impl TermSink for Numbering<'_> {
    fn term(&mut self, family: Family, key: u64, name: &dyn Fn() -> String) {
        self.document.push(self.terms.id(key, Recipe::block(family), name));
    }
}

impl Trainer {
    /// Reads `texts`, of which text `i` has the class `classes[i]` of `class_count` and the weight `weights[i]`
    /// (1 where `weights` is empty).
    #[must_use]
    pub fn new<'t>(
        recipe: Recipe,
        class_count: usize,
        texts: impl IntoIterator<Item = &'t str>,
        classes: Vec<usize>,
        weights: Vec<f32>,
    ) -> Self {
        let analyzer = Analyzer::new(recipe.settings.clone());
        let mut session = analyzer.session();
        let mut terms = Interner::default();
        let mut documents = Documents::default();
        for text in texts {
            session.analyze(text, &mut Numbering { terms: &mut terms, document: &mut documents.terms });
            documents.ends.push(documents.terms.len());
        }
        Self { recipe, class_count, terms, documents, classes, weights }
    }

    /// The number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.documents.ends.len()
    }

    /// True if there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
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
        let (frequencies, kept) = self.select(rows);
        let vocabulary = self.terms.freeze(&kept);
        let mut columns = vec![None; self.terms.len()];
        for (column, &id) in (0..).zip(&kept) {
            if let Some(slot) = columns.get_mut(id as usize) {
                *slot = Some(column);
            }
        }
        let df: Vec<u32> = kept.iter().filter_map(|&id| frequencies.get(id as usize).copied()).collect();
        let tfidf = TfIdf::fit(self.recipe.tfidf(), rows.len(), &df, vocabulary.blocks());
        let sparse = self.weighed(rows, &tfidf, &columns);
        let classes = rows.iter().filter_map(|&row| self.classes.get(row).copied()).collect();
        let weights = rows.iter().filter_map(|&row| self.weights.get(row).copied()).collect();
        let data = dataset(sparse, classes, weights);
        let Recipe { cost, balanced, seed, .. } = self.recipe;
        let linear = match self.recipe.estimator {
            Estimator::Logistic => {
                LogisticParams::new(self.class_count).cost(cost).balanced(balanced).seed(seed).fit(&data)
            }
            Estimator::Svm => {
                LinearSvmParams::new(self.class_count).cost(cost).balanced(balanced).seed(seed).fit(&data)
            }
        }?;
        Ok(Fitted { vocabulary, tfidf, linear, columns })
    }

    /// Fits on the rows `train` and gives one logit a class for each of the rows `test`.
    ///
    /// # Errors
    /// As [`Trainer::fit`].
    pub fn fit_and_score(&self, train: &[usize], test: &[usize]) -> Result<Vec<Vec<f64>>, FitError> {
        let fitted = self.fit(train)?;
        let rows = self.weighed(test, &fitted.tfidf, &fitted.columns);
        Ok(rows.rows().map(|row| fitted.linear.logits(&row)).collect())
    }

    /// As [`Trainer::fit_and_score`], with probabilities.
    ///
    /// # Errors
    /// As [`Trainer::fit`].
    pub fn fit_and_predict(&self, train: &[usize], test: &[usize]) -> Result<Vec<Vec<f64>>, FitError> {
        Ok(self.fit_and_score(train, test)?.iter().map(|logits| softmax(logits)).collect())
    }

    /// The rows numbered `rows` as weights in `columns`.
    fn weighed(&self, rows: &[usize], tfidf: &TfIdf, columns: &[Option<u32>]) -> SparseRows {
        let column = |&id: &u32| columns.get(id as usize).copied().flatten();
        tfidf.rows(rows.iter().map(|&row| self.documents.get(row).iter().filter_map(column)))
    }

    /// Document frequencies of all terms in `rows`, and the terms kept: the most frequent first.
    fn select(&self, rows: &[usize]) -> (Vec<u32>, Vec<u32>) {
        // 1 + the row in which a term was seen last, and the number of rows with it.
        let mut seen = vec![(0_u32, 0_u32); self.terms.len()];
        for (number, &row) in (1..).zip(rows) {
            for &id in self.documents.get(row) {
                if let Some((last, df)) = seen.get_mut(id as usize)
                    && *last != number
                {
                    *last = number;
                    *df += 1;
                }
            }
        }
        let frequencies: Vec<u32> = seen.into_iter().map(|(_, df)| df).collect();
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
        kept.sort_by_key(|&id| (std::cmp::Reverse(frequency(id)), id));
        (frequencies, kept)
    }

    fn chi_squared(&self, rows: &[usize]) -> Vec<f64> {
        let mut present = vec![vec![0_u32; self.class_count]; self.terms.len()];
        let mut sizes = vec![0_u32; self.class_count];
        for &row in rows {
            let Some(&class) = self.classes.get(row) else { continue };
            let mut document = self.documents.get(row).to_vec();
            document.sort_unstable();
            document.dedup();
            for id in document {
                if let Some(count) = present.get_mut(id as usize).and_then(|by| by.get_mut(class)) {
                    *count += 1;
                }
            }
            if let Some(size) = sizes.get_mut(class) {
                *size += 1;
            }
        }
        chi_squared(&present, &sizes)
    }
}
