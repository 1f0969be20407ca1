//! The speed of every stage, in bytes of text a second.

#![allow(missing_docs, reason = "criterion's macros make public functions without docs")]
#![allow(
    clippy::expect_used,
    clippy::needless_for_each,
    reason = "a bench that cannot set its scene has failed"
)]

#[path = "../tests/program/shapes.rs"]
mod shapes;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use demarche::article::Article;
use demarche::batch::{Bench, Job, Layout, Scoring, StatementPlaces, StatementRows};
use demarche::model::Model;
use demarche::read::{Records, table};
use demarche::row::{EXTRACTED_COLUMNS, extracted};
use demarche::span::CharOffsets;
use demarche::statement::{Registry, Said, channel, condition, extract, fill_stakes, holder};
use demarche::text::{Analyzer, Family, Settings, TermSink, normalize, tokens};
use demarche::write::{CsvEncoder, Encode};

use shapes::{SHAPES, shaped};

const SEEDS: [&str; 3] = [
    include_str!("../seeds/000_04ff7ff81866a9b5.txt"),
    include_str!("../seeds/001_2e6897d22c830cca.txt"),
    include_str!("../seeds/003_3c8b377c47f50f57.txt"),
];

const STATEMENTS: &str = include_str!("../data/statements.csv");

/// Sizes of articles: 1 MB and 10 MB show whether cost grows linearly.
const SIZES: [usize; 2] = [1_000_000, 10_000_000];

fn article(text: String) -> Article {
    Article { id: "bench".into(), text, ..Article::default() }
}

/// The statements of the labelled corpus.
fn statements() -> StatementRows {
    let rows = table("statements.csv", STATEMENTS.as_bytes()).expect("the corpus is a table");
    let places =
        StatementPlaces { text: rows.need("text").expect("it has texts"), ..StatementPlaces::default() };
    let mut records = Records::default();
    rows.for_each(|record| records.push(&record.expect("every row is sound")));
    StatementRows { records, file: "statements.csv".into(), places, first: 1 }
}

fn texts(rows: &StatementRows) -> Vec<&str> {
    rows.records.iter().map(|row| row.get(rows.places.text)).collect()
}

fn total(texts: &[&str]) -> Throughput {
    Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum())
}

fn extraction(c: &mut Criterion) {
    let mut group = c.benchmark_group("extract");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    let pieces = [("seeds", SEEDS.join("\n"))];
    let pieces = pieces.into_iter().chain(SHAPES.map(|(name, piece)| (name, piece.to_owned())));
    for (name, piece) in pieces {
        for size in SIZES {
            let article = article(shaped(&piece, size));
            group.throughput(Throughput::Bytes(article.text.len() as u64));
            group.bench_function(BenchmarkId::new(name, size), |b| b.iter(|| extract(&article)));
        }
    }
    group.finish();
}

fn stakes(c: &mut Criterion) {
    let rows = statements();
    let texts = texts(&rows);
    let registry = Registry::shipped();
    let mut group = c.benchmark_group("statement");
    group.sample_size(10).throughput(total(&texts));
    group.bench_function("holder", |b| {
        b.iter(|| texts.iter().filter(|t| holder(t, Said::default(), registry).holder.is_some()).count());
    });
    group.bench_function("condition", |b| {
        b.iter(|| texts.iter().filter(|text| condition(text).is_some()).count());
    });
    group.bench_function("channel", |b| {
        b.iter(|| texts.iter().filter(|text| channel(text).is_some()).count());
    });
    group.finish();
}

/// Counts terms and mixes their keys, so that none can be left out.
#[derive(Default)]
struct Count(usize, u64);

impl TermSink for Count {
    fn term(&mut self, _: Family, key: u64, _: &dyn Fn() -> String) {
        *self = Self(self.0 + 1, self.1 ^ key);
    }
}

fn analysis(c: &mut Criterion) {
    let rows = statements();
    let texts = texts(&rows);
    let mut group = c.benchmark_group("text");
    group.sample_size(10).throughput(total(&texts));
    group.bench_function("tokens", |b| {
        b.iter(|| texts.iter().map(|text| tokens(&normalize(text)).count()).sum::<usize>());
    });
    for (name, settings) in [("plain", Settings::plain()), ("with cues", Settings::stance())] {
        let analyzer = Analyzer::new(settings);
        let mut session = analyzer.session();
        group.bench_function(BenchmarkId::new("analyzer", name), |b| {
            b.iter(|| {
                let mut sink = Count::default();
                texts.iter().for_each(|text| session.analyze(text, &mut sink));
                (sink.0, sink.1)
            });
        });
    }
    group.finish();
}

fn scoring(c: &mut Criterion) {
    let model =
        Model::from_bytes(include_bytes!("../models/talks.demarche")).expect("the shipped model is whole");
    let stance = model.stance().expect("its labels are the stances");
    let rows = statements();
    let bytes = total(&texts(&rows));
    let layout = Layout::new(&[]);
    let bench = Bench {
        classifier: &stance,
        registry: Registry::shipped(),
        encoder: &CsvEncoder::CSV,
        layout: &layout,
    };
    let mut group = c.benchmark_group("score");
    group.sample_size(10).throughput(bytes);
    group.bench_function("probabilities", |b| {
        let mut session = model.session();
        b.iter(|| texts(&rows).iter().map(|text| session.probabilities(text)[0]).sum::<f64>());
    });
    let job = Job::Rows(rows.clone());
    group.bench_function("statements to CSV", |b| {
        let mut scoring = Scoring::new(bench);
        b.iter(|| scoring.run(&job).bytes.len());
    });
    group.finish();
}

fn writing(c: &mut Criterion) {
    let article = article(shaped(&SEEDS.join("\n"), 1_000_000));
    let offsets = CharOffsets::new(&article.text);
    let mut found = extract(&article);
    fill_stakes(&article, &mut found, Registry::shipped());
    let columns = EXTRACTED_COLUMNS.map(str::to_owned);
    let write = || {
        let mut rows = CsvEncoder::CSV.rows(&columns);
        for statement in &found {
            extracted(&article, &offsets, statement).into_iter().for_each(|field| rows.field(field));
            rows.end();
        }
        rows.finish()
    };
    let mut group = c.benchmark_group("write");
    group.sample_size(10).throughput(Throughput::Bytes(write().len() as u64));
    group.bench_function("CSV", |b| b.iter(write));
    group.finish();
}

criterion_group!(benches, extraction, stakes, analysis, scoring, writing);
criterion_main!(benches);
