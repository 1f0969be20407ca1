//! The library's pipeline taken apart, for `agree.py`: words, TF-IDF rows, objectives, and scoring with given weights.
//!
//! usage: pipeline words DATA.csv OUT.txt                       the words of each text, as terms have them
//!        pipeline rows TRAIN.csv OUT.tsv                       row, term, weight; prints the objectives of both fits
//!        pipeline score WEIGHTS.tsv TRAIN.csv DATA.csv OUT.csv probabilities by given idf, weights and intercepts

#![allow(missing_docs, clippy::print_stdout, reason = "a program for measuring")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{self, File};

use demarche::features::{ABSENT, Interner, RowBuilder, TermTable, TfIdf};
use demarche::model::Recipe;
use demarche::model::train::{FitReport, Linear, LinearSvmParams, LogisticParams, dataset, softmax};
use demarche::read::table;
use demarche::text::{Analyzer, Family, Settings, TermSink};
use linfa::traits::Fit;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Texts and labels.
fn read(path: &str) -> Result<(Vec<String>, Vec<String>)> {
    let rows = table(path, File::open(path)?)?;
    let (text, label) = (rows.need("text")?, rows.need("label")?);
    let rows = rows
        .map(|row| row.map_err(|skipped| skipped.to_string()))
        .collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(rows.iter().map(|row| (row.get(text).to_owned(), row.get(label).to_owned())).unzip())
}

struct Names(String);

impl TermSink for Names {
    fn term(&mut self, _: Family, _: u64, name: &dyn Fn() -> String) {
        self.0 += &name();
        self.0.push(' ');
    }
}

struct Ids<'a>(&'a mut Interner, Vec<u32>);

impl TermSink for Ids<'_> {
    fn term(&mut self, _: Family, key: u64, name: &dyn Fn() -> String) {
        self.1.push(self.0.id(key, 0, name));
    }
}

struct Known<'a>(&'a TermTable<u64>, Vec<u32>);

impl TermSink for Known<'_> {
    fn term(&mut self, _: Family, key: u64, _: &dyn Fn() -> String) {
        self.1.extend(Some(self.0.lookup().number(key)).filter(|&column| column != ABSENT));
    }
}

/// Every term of the texts, and the terms of each text.
fn terms(texts: &[String]) -> (Interner, Vec<Vec<u32>>) {
    let analyzer = Analyzer::new(Settings::plain());
    let (mut session, mut interner) = (analyzer.session(), Interner::default());
    let documents = texts
        .iter()
        .map(|text| {
            let mut ids = Ids(&mut interner, Vec::new());
            session.analyze(text, &mut ids);
            ids.1
        })
        .collect();
    (interner, documents)
}

fn words(data: &str, out: &str) -> Result<()> {
    let analyzer = Analyzer::new(Settings { word_ngrams: 1, ..Settings::plain() });
    let (mut session, mut names) = (analyzer.session(), Names(String::new()));
    for text in read(data)?.0 {
        session.analyze(&text, &mut names);
        names.0.push('\n');
    }
    Ok(fs::write(out, names.0)?)
}

fn rows(train: &str, out: &str) -> Result<()> {
    let (texts, labels) = read(train)?;
    let (interner, documents) = terms(&texts);
    let mut frequencies = vec![0_u32; interner.len()];
    for document in &documents {
        let mut once = document.clone();
        once.sort_unstable();
        once.dedup();
        for id in once {
            frequencies[id as usize] += 1;
        }
    }
    let vocabulary = interner.freeze(&(0..u32::try_from(interner.len())?).collect::<Vec<_>>());
    let tfidf = TfIdf::fit(Recipe::plain().tfidf(), texts.len(), &frequencies, vocabulary.blocks());
    let ends = documents.iter().scan(0, |end, document| {
        *end += document.len();
        Some(*end)
    });
    let rows = tfidf.rows(documents.concat(), ends.collect());
    let mut lines = String::new();
    for (number, row) in rows.rows().enumerate() {
        for (column, value) in row.iter() {
            writeln!(lines, "{number}\t{}\t{value}", vocabulary.name(column))?;
        }
    }
    fs::write(out, lines)?;
    let mut names = labels.clone();
    names.sort();
    names.dedup();
    let classes = labels.iter().filter_map(|label| names.binary_search(label).ok()).collect();
    let data = dataset(rows, classes, Vec::new());
    let told = |name: &str, fit: FitReport| println!("{name} {:.9} {:.2e}", fit.objective, fit.relative_gap);
    told("logistic", LogisticParams::new(names.len()).cost(10.0).fit(&data)?.report);
    told("svm", LinearSvmParams::new(names.len()).cost(1.0).fit(&data)?.report);
    Ok(())
}

fn score(weights: &str, train: &str, data: &str, out: &str) -> Result<()> {
    let weights = fs::read_to_string(weights)?;
    let mut given = HashMap::new();
    for line in weights.lines() {
        let (term, numbers) = line.split_once('\t').ok_or("a line without a tab")?;
        given
            .insert(term, numbers.split('\t').map(str::parse).collect::<std::result::Result<Vec<f32>, _>>()?);
    }
    let intercepts = given.remove("").ok_or("no intercepts")?;
    let (interner, _) = terms(&read(train)?.0);
    let vocabulary = interner.freeze(&(0..u32::try_from(interner.len())?).collect::<Vec<_>>());
    let (mut idf, mut flat) = (Vec::new(), Vec::new());
    for (_, name, _) in vocabulary.terms() {
        let (first, rest) =
            given.get(name).and_then(|row| row.split_first()).ok_or("a term without weights")?;
        idf.push(*first);
        flat.extend_from_slice(rest);
    }
    let tfidf = TfIdf::from_idf(Recipe::plain().tfidf(), idf, vocabulary.blocks());
    let report = FitReport { epochs: 0, objective: 0.0, relative_gap: 0.0 };
    let linear = Linear { weights: flat, intercepts, report };
    let analyzer = Analyzer::new(Settings::plain());
    let (mut session, mut builder, mut sums) = (analyzer.session(), RowBuilder::default(), Vec::new());
    let mut lines = String::new();
    let table = TermTable::new(vocabulary.keys().iter().copied());
    for text in read(data)?.0 {
        let mut known = Known(&table, Vec::new());
        session.analyze(&text, &mut known);
        tfidf.weigh(&known.1, &mut builder);
        linear.logits_into(builder.row.iter().map(|&(column, value)| (column as usize, value)), &mut sums);
        let logits: Vec<f64> = sums.iter().copied().map(f64::from).collect();
        let p: Vec<String> = softmax(&logits).iter().map(|p| format!("{p:.9}")).collect();
        writeln!(lines, "{}", p.join(","))?;
    }
    Ok(fs::write(out, lines)?)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["words", data, out] => words(data, out),
        ["rows", train, out] => rows(train, out),
        ["score", weights, train, data, out] => score(weights, train, data, out),
        _ => Err("usage: pipeline words|rows|score FILES".into()),
    }
}
