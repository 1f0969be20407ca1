//! The trained classifier: analyzer, vocabulary, TF-IDF and weights in one.

use std::sync::OnceLock;

use crate::features::{ABSENT, Lookup, Names, RowBuilder, TermTable, TfIdf};
use crate::figures::TermCounts;
use crate::stance::{Classify, Scorer, Scores, Stance, Verdict};
use crate::text::{Analyzer, Notes, Session};

use super::columns::{Columns, Known, LABELS};
use super::explain::{Contribution, Explanation};
use super::header::Header;
use super::train::{Linear, softmax_in_place};
use super::trainer::Fitted;

/// A trained classifier for any set of labels.
#[derive(Debug)]
pub struct Model {
    pub(super) header: Header,
    pub(super) names: Names,
    /// All that scoring needs of a term, in one place: half a line of the cache.
    pub(super) table: TermTable<Known>,
    tfidf: TfIdf,
    /// Without weights where those in the table are all there are.
    pub(super) linear: Linear,
    /// See [`Model::digest`]; found when the file is made, or when somebody asks.
    pub(super) digest: OnceLock<String>,
    analyzer: Analyzer,
}

impl Model {
    /// A model of what a fit has made; its digest is that of its file.
    #[must_use]
    pub fn new(header: Header, fitted: Fitted) -> Self {
        let Fitted { vocabulary, tfidf, linear } = fitted;
        let weights = linear.weights.chunks(linear.classes().max(1));
        let known = vocabulary.keys().iter().zip(tfidf.columns()).zip(weights);
        let known = known.map(|((&key, &column), weights)| Known::new(key, column, weights, |weight| weight));
        let table = TermTable::new(known);
        Self::assemble(header, vocabulary.into_names(), table, linear, OnceLock::new())
    }

    pub(super) fn assemble(
        header: Header,
        names: Names,
        table: TermTable<Known>,
        mut linear: Linear,
        digest: OnceLock<String>,
    ) -> Self {
        let analyzer = Analyzer::new(header.recipe.settings.clone());
        let tfidf = TfIdf::without_columns(header.recipe.tfidf());
        if linear.classes() <= LABELS {
            linear.weights = Vec::new();
        }
        Self { header, names, table, tfidf, linear, digest, analyzer }
    }

    /// What it says of its making.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The number of features.
    #[must_use]
    pub fn features(&self) -> usize {
        self.table.rows().len()
    }

    /// The features in words, by column.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        (0..self.features()).map(|column| self.name(column))
    }

    /// The weights by feature, then label.
    pub fn weights(&self) -> impl Iterator<Item = f32> {
        (0..self.features()).flat_map(|column| self.weights_of(column as u32)).copied()
    }

    fn name(&self, column: usize) -> &str {
        self.names.get(column).unwrap_or_default()
    }

    /// The weights of one feature, one a label.
    fn weights_of(&self, column: u32) -> &[f32] {
        let labels = self.linear.classes();
        if labels > LABELS {
            return self.linear.weights_of(column as usize);
        }
        self.table
            .rows()
            .get(column as usize)
            .and_then(|known| known.weights.get(..labels))
            .unwrap_or_default()
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
            table: self.table.lookup(),
            session: self.analyzer.session_with(Some(&self.table)),
            keys: Vec::new(),
            columns: Vec::new(),
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

/// The note on a word is its column.
impl Notes for TermTable<Known> {
    fn note(&self, key: u64) -> u32 {
        self.lookup().number(key)
    }
}

/// One thread's work with a model. The result for a text does not depend on the texts before it.
#[derive(Debug)]
pub struct ModelSession<'a> {
    model: &'a Model,
    table: Lookup<'a, Known>,
    session: Session<'a>,
    /// Those of the terms of the text read last, each as often as it comes, with [`ABSENT`] for terms that have none.
    columns: Vec<u32>,
    /// Terms that are looked up.
    keys: Vec<u64>,
    builder: RowBuilder,
    logits: Vec<f32>,
    probabilities: Vec<f64>,
}

impl ModelSession<'_> {
    /// One probability a label; they sum to 1.
    pub fn probabilities(&mut self, text: &str) -> &[f64] {
        let Model { tfidf, linear, header, .. } = self.model;
        let Self { table, session, columns, keys, builder, logits, .. } = self;
        let table = *table;
        columns.clear();
        keys.clear();
        session.analyze(text, &mut Columns { table, known: columns, keys });
        table.numbers(keys, columns);
        let known = |column| table.row(column).map(|known| (known.column, known.weights));
        logits.clear();
        if let Ok(mut sums) = <[f32; LABELS]>::try_from(linear.intercepts.as_slice()) {
            // The same sums in one vector register: what the four stances need, and scoring is paced by.
            tfidf.weigh_with(columns, builder, known, |weights, value| {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight * value;
                }
            });
            logits.extend(sums);
        } else {
            tfidf.weigh_with(columns, builder, known, |_, _| ());
            logits.extend_from_slice(&linear.intercepts);
            for &(column, value) in &builder.row {
                for (sum, weight) in logits.iter_mut().zip(self.model.weights_of(column)) {
                    *sum += weight * value;
                }
            }
        }
        let temperature = header.temperature;
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
                term: model.name(column as usize).to_owned(),
                logits: model.weights_of(column).iter().map(|w| f64::from(w * value)).collect(),
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
    fn known(&self) -> TermCounts {
        let known = self.columns.iter().map(|&column| u64::from(column != ABSENT)).sum();
        TermCounts { all: self.columns.len() as u64, known }
    }

    /// The terms of the text read last that add most to the logit of `class`, strongest first; the lower column
    /// first on a tie.
    fn strongest(&self, class: usize) -> Vec<(&str, f32)> {
        let mut best: Vec<(u32, f32)> = Vec::with_capacity(TERMS + 1);
        for &(column, value) in &self.builder.row {
            let weight = self.model.weights_of(column).get(class).copied().unwrap_or(0.0);
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
        best.into_iter().map(|(c, added)| (self.model.name(c as usize), added)).collect()
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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use crate::features::{Keyed, Vocabulary};
    use crate::text::{Family, TermSink};

    use super::*;

    struct Keys(Vec<u64>);

    impl TermSink for Keys {
        fn term(&mut self, _: Family, key: u64, _: &dyn Fn() -> String) {
            self.0.push(key);
        }
    }

    #[test]
    fn a_model_that_no_file_was_made_of_has_the_digest_of_its_file() {
        let shipped = Model::from_bytes(include_bytes!("../../models/talks.demarche")).unwrap();
        let fitted = || Fitted {
            vocabulary: Vocabulary::new(Vec::new(), Names::default(), Vec::new()),
            tfidf: TfIdf::without_columns(shipped.header.recipe.tfidf()),
            linear: shipped.linear.clone(),
        };
        let [asked, written] = [fitted(), fitted()].map(|fitted| Model::new(shipped.header.clone(), fitted));
        let digest = asked.digest().to_owned();
        assert_eq!(digest, Model::from_bytes(&written.to_bytes()).unwrap().digest());
    }

    #[test]
    fn the_table_gives_the_bits_of_tf_idf_and_weights() {
        let model = Model::from_bytes(include_bytes!("../../models/talks.demarche")).unwrap();
        let columns: HashMap<u64, u32> =
            model.table.rows().iter().zip(0..).map(|(known, column)| (known.key(), column)).collect();
        let idf = model.table.rows().iter().map(|known| known.column.idf);
        let blocks: Vec<u8> = model.table.rows().iter().map(|known| known.column.block as u8).collect();
        let tfidf = TfIdf::from_idf(model.header.recipe.tfidf(), idf, &blocks);
        let linear = Linear { weights: model.weights().collect(), ..model.linear.clone() };
        let mut session = model.session();
        for text in ["We will talk, and we will not talk to them.", "“No talks,” he said; no!", "?", "Ĝis!"]
        {
            let mut keys = Keys(Vec::new());
            model.analyzer.session().analyze(text, &mut keys);
            let known: Vec<u32> = keys.0.iter().filter_map(|key| columns.get(key).copied()).collect();
            let mut row = RowBuilder::default();
            tfidf.weigh(&known, &mut row);
            let mut logits = Vec::new();
            let entries = row.row.iter().map(|&(column, value)| (column as usize, value));
            linear.logits_into(entries, &mut logits);
            session.probabilities(text);
            let columns = session.columns.iter().copied().filter(|&column| column != ABSENT);
            assert!(columns.eq(known), "{text}");
            assert_eq!(session.builder.row, row.row, "{text}");
            assert_eq!(session.logits, logits, "{text}");
        }
    }
}
