//! The trained classifier: analyzer, vocabulary, TF-IDF and weights in one.

use std::sync::OnceLock;

use crate::features::{RowBuilder, TfIdf, Vocabulary};
use crate::figures::TermCounts;
use crate::stance::{Classify, Scorer, Scores, Stance, Verdict};
use crate::text::{Analyzer, Family, Session, TermSink};

use super::explain::{Contribution, Explanation};
use super::file::digest_of;
use super::header::Header;
use super::train::{Linear, softmax_in_place};
use super::trainer::Fitted;

/// A trained classifier for any set of labels.
#[derive(Debug)]
pub struct Model {
    pub(super) header: Header,
    pub(super) vocabulary: Vocabulary,
    pub(super) tfidf: TfIdf,
    pub(super) linear: Linear,
    /// See [`Model::digest`]; found when the file is made, or when somebody asks.
    pub(super) digest: OnceLock<String>,
    analyzer: Analyzer,
}

impl Model {
    /// A model of what a fit has made; its digest is that of its file.
    #[must_use]
    pub fn new(header: Header, fitted: Fitted) -> Self {
        Self::assemble(header, fitted.vocabulary, fitted.tfidf, fitted.linear, OnceLock::new())
    }

    pub(super) fn assemble(
        header: Header,
        vocabulary: Vocabulary,
        tfidf: TfIdf,
        linear: Linear,
        digest: OnceLock<String>,
    ) -> Self {
        let analyzer = Analyzer::new(header.recipe.settings.clone());
        Self { header, vocabulary, tfidf, linear, digest, analyzer }
    }

    /// What it says of its making.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// BLAKE3 of its file's payload, in hexadecimal: 64 digits.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| digest_of(&self.to_bytes()))
    }

    /// The number of features.
    #[must_use]
    pub const fn features(&self) -> usize {
        self.vocabulary.len()
    }

    /// The features in words, by column.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.vocabulary.terms().map(|(_, name, _)| name)
    }

    /// The weights by feature, then label.
    #[must_use]
    pub fn weights(&self) -> &[f32] {
        &self.linear.weights
    }

    /// How the fit ended.
    #[must_use]
    pub const fn report(&self) -> super::train::FitReport {
        self.linear.report
    }

    /// One thread's work with the model.
    #[must_use]
    pub fn session(&self) -> ModelSession<'_> {
        ModelSession {
            model: self,
            session: self.analyzer.session(),
            keys: Vec::new(),
            columns: Vec::new(),
            read: 0,
            builder: RowBuilder::default(),
            logits: Vec::new(),
            probabilities: Vec::new(),
        }
    }

    /// The model as a stance classifier, which abstains where the model was trained to; none if its labels are not the
    /// four stances in their order.
    #[must_use]
    pub fn stance(&self) -> Option<StanceModel<'_>> {
        let labels = self.header.labels.iter().map(String::as_str);
        let stances = labels.eq(Stance::ALL.map(Stance::name));
        let always = StanceModel { model: self, least: [Some(0.0); 4] };
        let stored = self.header.thresholds.as_ref();
        stances.then(|| stored.map_or(always, |stored| always.abstaining(&stored.labels)))
    }
}

/// Collects the keys of terms, which are looked up together.
struct Keys<'a>(&'a mut Vec<u64>);

impl TermSink for Keys<'_> {
    #[inline]
    fn term(&mut self, _: Family, key: u64, _: &dyn Fn() -> String) {
        self.0.push(key);
    }
}

/// One thread's work with a model. The result for a text does not depend on the texts before it.
#[derive(Debug)]
pub struct ModelSession<'a> {
    model: &'a Model,
    session: Session<'a>,
    keys: Vec<u64>,
    columns: Vec<u32>,
    /// Terms of the text read last.
    read: u64,
    builder: RowBuilder,
    logits: Vec<f32>,
    probabilities: Vec<f64>,
}

impl ModelSession<'_> {
    /// One probability a label; they sum to 1.
    pub fn probabilities(&mut self, text: &str) -> &[f64] {
        self.keys.clear();
        self.session.analyze(text, &mut Keys(&mut self.keys));
        self.read = self.keys.len() as u64;
        self.model.vocabulary.columns(&mut self.keys, &mut self.columns);
        self.model.tfidf.weigh(&self.columns, &mut self.builder);
        let row = self.builder.row.iter().map(|&(column, value)| (column as usize, value));
        self.model.linear.logits_into(row, &mut self.logits);
        let temperature = self.model.header.temperature;
        self.probabilities.clear();
        self.probabilities.extend(self.logits.iter().map(|&z| f64::from(z) / temperature));
        softmax_in_place(&mut self.probabilities);
        &self.probabilities
    }

    /// Probabilities, and what every known term of `text` adds to every logit.
    pub fn explain(&mut self, text: &str) -> Explanation {
        let probabilities = self.probabilities(text).to_vec();
        let model = self.model;
        let terms = self
            .builder
            .row
            .iter()
            .map(|&(column, value)| Contribution {
                term: model.vocabulary.name(column as usize).to_owned(),
                logits: model
                    .linear
                    .weights_of(column as usize)
                    .iter()
                    .map(|w| f64::from(w * value))
                    .collect(),
            })
            .collect();
        Explanation {
            labels: model.header.labels.clone(),
            probabilities,
            logits: self.logits.iter().map(|&z| f64::from(z)).collect(),
            intercepts: model.linear.intercepts.iter().map(|&b| f64::from(b)).collect(),
            terms,
        }
    }

    /// How many terms the text read last has, and how many of them the model knows.
    const fn known(&self) -> TermCounts {
        TermCounts { all: self.read, known: self.columns.len() as u64 }
    }

    /// The terms of the text read last that add most to the logit of `class`, strongest first; the lower column
    /// first on a tie.
    fn strongest(&self, class: usize) -> Vec<(&str, f32)> {
        let mut best: Vec<(u32, f32)> = Vec::with_capacity(TERMS + 1);
        for &(column, value) in &self.builder.row {
            let weight = self.model.linear.weights_of(column as usize).get(class).copied().unwrap_or(0.0);
            let added = weight * value;
            let stronger = |&(c, a): &(u32, f32)| a > added || (a >= added && c < column);
            if added <= 0.0 || (best.len() == TERMS && best.last().is_some_and(stronger)) {
                continue;
            }
            let place = best.iter().take_while(|other| stronger(other)).count();
            if place < TERMS {
                best.insert(place, (column, added));
                best.truncate(TERMS);
            }
        }
        best.into_iter().map(|(c, added)| (self.model.vocabulary.name(c as usize), added)).collect()
    }
}

/// A model whose labels are the four stances.
#[derive(Clone, Copy, Debug)]
pub struct StanceModel<'a> {
    model: &'a Model,
    /// The smallest probability with which each label is given; none if it is never given.
    least: [Option<f64>; 4],
}

/// Terms that a verdict names.
const TERMS: usize = 5;

impl StanceModel<'_> {
    /// The same model with other thresholds, in the order of the stances: the smallest probability with which a label
    /// is given, none if it is never given. What is missing is never given.
    #[must_use]
    pub fn abstaining(self, thresholds: &[Option<f64>]) -> Self {
        let mut least = [None; 4];
        for (slot, threshold) in least.iter_mut().zip(thresholds) {
            *slot = *threshold;
        }
        Self { least, ..self }
    }
}

impl Classify for StanceModel<'_> {
    fn name(&self) -> &str {
        self.model.digest().get(..12).unwrap_or(self.model.digest())
    }

    fn scorer(&self) -> Box<dyn Scorer + '_> {
        Box::new(StanceSession { session: self.model.session(), least: self.least, best: Stance::Open })
    }
}

/// One thread's work with a stance model.
struct StanceSession<'a> {
    session: ModelSession<'a>,
    least: [Option<f64>; 4],
    /// The most probable label of the text scored last.
    best: Stance,
}

impl Scorer for StanceSession<'_> {
    fn score(&mut self, text: &str) -> Verdict {
        let mut scores = Scores([0.0; 4]);
        for (score, p) in scores.0.iter_mut().zip(self.session.probabilities(text)) {
            *score = *p;
        }
        let best = scores.label();
        self.best = best;
        let least = self.least.get(best as usize).copied().flatten();
        let label = least.filter(|least| scores.of(best) >= *least).map(|_| best);
        Verdict { label, scores, known: self.session.known() }
    }

    fn terms(&self) -> Vec<(&str, f32)> {
        self.session.strongest(self.best as usize)
    }
}
