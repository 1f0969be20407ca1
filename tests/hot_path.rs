//! The fast path gives the bits of the plain one: on any text, warm or cold, alone or among others, on any number of
//! threads, as a file or as an Arrow batch.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use demarche::batch::{Bench, Job, Layout, Pipeline, Scoring, StatementPlaces, StatementRows, ordered};
use demarche::model::{Model, ModelSession};
use demarche::read::{Record, Records};
use demarche::statement::Registry;
use demarche::text::{Analyzer, Family, Settings, TermSink, TokenKind, normalize, tokens};
use demarche::write::JsonLinesEncoder;
use proptest::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

fn shipped() -> Model {
    Model::from_bytes(include_bytes!("../models/talks.demarche")).unwrap()
}

/// Arbitrary Unicode, and words that the model knows between odd marks.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let words = "We will not talks talk Talks refuse if unless until Iran U.S. said the café cafe\u{301} 漢字 “ ” ’ \
                 - , . negotiate negotiations won't can\u{2019}t zero\u{200B}width \u{202E}bidi ẞ İstanbul ﬁnal";
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    let word = prop::sample::select(words);
    let phrase = prop::collection::vec((word, prop_oneof![Just(" "), Just(""), Just("\n")]), 0..30)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect());
    prop::collection::vec(prop_oneof![any::<String>(), phrase], 1..6)
}

/// All that a model says of a text, to the bit.
fn bits(session: &mut ModelSession<'_>, text: &str) -> (Vec<u64>, Vec<(String, Vec<u64>)>) {
    let explanation = session.explain(text);
    let to_bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<u64>>();
    let terms = explanation.terms.iter().map(|t| (t.term.clone(), to_bits(&t.logits))).collect();
    (to_bits(session.probabilities(text)), terms)
}

/// Terms by name, with their keys and how often they come.
#[derive(Default)]
struct Names(BTreeMap<String, (u64, usize)>);

impl TermSink for Names {
    fn term(&mut self, _: Family, key: u64, name: &dyn Fn() -> String) {
        let (known, count) = self.0.entry(name()).or_insert((key, 0));
        assert_eq!(*known, key, "one term, two keys");
        *count += 1;
    }
}

/// Stems and pairs of stems, the plain way: a string a word, no table, no cache, no keys.
fn plain_terms(text: &str) -> BTreeMap<String, usize> {
    let stemmer = Stemmer::create(Algorithm::English);
    let text = normalize(text);
    let words: Vec<String> = tokens(&text)
        .filter(|token| token.kind == TokenKind::Word)
        .map(|token| token.span.of(&text).to_lowercase().replace(['’', '‘', 'ʼ'], "'"))
        .map(|word| stemmer.stem(&word).into_owned())
        .collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    let mut counts = BTreeMap::new();
    for term in words.iter().cloned().chain(pairs) {
        *counts.entry(term).or_insert(0) += 1;
    }
    counts
}

/// A job of these texts, the first of which is the row numbered `first`.
fn job(first: usize, texts: &[String]) -> Job {
    let mut records = Records::default();
    for (number, text) in (first..).zip(texts) {
        records.push(&Record::new(number as u64, &[text]));
    }
    let places = StatementPlaces::default();
    Job::Rows(StatementRows { records, file: "t".into(), places, first })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_warm_session_gives_the_bits_of_a_cold_one(texts in texts()) {
        let model = shipped();
        let mut warm = model.session();
        for text in texts.iter().chain(&texts) {
            prop_assert_eq!(bits(&mut warm, text), bits(&mut model.session(), text));
        }
    }

    #[test]
    fn blocks_of_many_threads_are_the_rows_one_by_one(texts in texts()) {
        let model = shipped();
        let stances = model.stance().unwrap();
        let layout = Layout::new(&[]).choose(&demarche::row::SCORED_COLUMNS.map(str::to_owned)).unwrap();
        let bench = Bench { classifier: &stances, registry: Registry::shipped(), encoder: &JsonLinesEncoder, layout: &layout };
        let alone: Vec<u8> = (1..)
            .zip(texts.chunks(1))
            .flat_map(|(number, text)| Scoring::new(bench).run(&job(number, text)).bytes)
            .collect();
        for size in [1, 2, 64] {
            let jobs = (1..).step_by(size).zip(texts.chunks(size)).map(|(first, texts)| job(first, texts));
            let mut found = Vec::new();
            let pipeline = Pipeline { workers: NonZeroUsize::new(3).unwrap() };
            let worker = || { let mut scoring = Scoring::new(bench); move |job: Job| scoring.run(&job) };
            let ended = ordered(pipeline, jobs, worker, |block| { found.extend(block.bytes); Ok::<(), ()>(()) });
            prop_assert!(ended.is_ok());
            prop_assert_eq!(&found, &alone);
        }
    }
}

proptest! {
    #[test]
    fn cached_terms_are_the_plain_ones(texts in texts()) {
        let analyzer = Analyzer::new(Settings::plain());
        let mut session = analyzer.session();
        for text in &texts {
            let mut names = Names::default();
            session.analyze(text, &mut names);
            let found: BTreeMap<String, usize> = names.0.into_iter().map(|(name, (_, count))| (name, count)).collect();
            prop_assert_eq!(found, plain_terms(text));
        }
    }
}
