//! Scoring one job: an article, or a batch of table rows that are statements themselves.

use crate::figures::Watched;
use crate::read::Row;
use crate::row::{self, Context};
use crate::span::CharOffsets;
use crate::stance::{Classify, Scorer, Stance};
use crate::statement::{
    Channel, Registry, Said, channel, condition, extract, fill_stakes, holder, unclosed_quotations,
};
use crate::write::{Encode, Rows};

use super::job::{Job, StatementPlaces, StatementRows};
use super::layout::Layout;
use super::review::for_review;

/// What has become of a job: encoded rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The rows in their format.
    pub bytes: Vec<u8>,
    /// How many rows.
    pub rows: usize,
    /// Where each row ends in `bytes`, where that was asked for.
    pub ends: Vec<usize>,
    /// The statements without a label, where they are wanted for review.
    pub review: Vec<u8>,
    /// How many of each stance, in the order of [`Stance::ALL`].
    pub labels: [usize; 4],
    /// Scores and terms of the statements.
    pub watched: Watched,
    /// Quotations of an article without a closing mark.
    pub unclosed: usize,
}

/// What statements are scored with, the same on all threads.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// Says what a statement's stance is.
    pub classifier: &'a dyn Classify,
    /// Knows office holders.
    pub registry: &'a Registry,
    /// Writes rows.
    pub encoder: &'a dyn Encode,
    /// Which columns they have.
    pub layout: &'a Layout,
}

/// One thread's scoring of jobs.
pub struct Scoring<'a> {
    bench: Bench<'a>,
    scorer: Box<dyn Scorer + 'a>,
    /// The scored columns that are costly to find and come out.
    wanted: Vec<&'static str>,
    ends: bool,
    review: bool,
    terms: String,
}

impl<'a> Scoring<'a> {
    /// Ready to score.
    #[must_use]
    pub fn new(bench: Bench<'a>) -> Self {
        let costly = ["end", "holder", "condition", "channel", "terms"];
        let wanted = costly.into_iter().filter(|name| bench.layout.wants(name)).collect();
        Self {
            bench,
            scorer: bench.classifier.scorer(),
            wanted,
            ends: false,
            review: false,
            terms: String::new(),
        }
    }

    /// Also notes where each row ends, so that blocks can be cut between rows.
    #[must_use]
    pub fn noting_ends(mut self, ends: bool) -> Self {
        self.ends = ends;
        self
    }

    /// Also gives the statements without a label as rows for review.
    #[must_use]
    pub fn reviewing(mut self, review: bool) -> Self {
        self.review = review;
        self
    }

    /// Does one job.
    #[must_use]
    pub fn run(&mut self, job: &Job) -> Block {
        let mut block = Block::default();
        let mut rows = self.bench.encoder.rows(self.bench.layout.columns());
        match job {
            Job::Article(article) => {
                let offsets = CharOffsets::new(&article.text);
                block.unclosed = unclosed_quotations(&article.text);
                let mut statements = extract(article);
                fill_stakes(article, &mut statements, self.bench.registry);
                for (i, statement) in statements.iter().enumerate() {
                    let earlier = statements.get(..i).unwrap_or_default();
                    let context = Context::of(article, &offsets, statement, earlier);
                    self.score(None, &context, rows.as_mut(), &mut block);
                }
            }
            Job::Rows(statements) => {
                for (number, row) in (statements.first..).zip(statements.records.iter()) {
                    self.statement(statements, number, row, rows.as_mut(), &mut block);
                }
            }
        }
        block.bytes = rows.finish();
        block
    }

    fn statement(
        &mut self,
        StatementRows { file, places, .. }: &StatementRows,
        number: usize,
        row: Row<'_>,
        rows: &mut dyn Rows,
        block: &mut Block,
    ) {
        let [id, date, source] = [places.id, places.date, places.source].map(|place| get(row, place));
        let place = if id.is_empty() { format!("{file}:{}", row.line) } else { String::new() };
        let text = row.get(places.text);
        let holder = if self.wanted.contains(&"holder") {
            let said = Said { speaker: None, date: Some(date).filter(|d| !d.is_empty()) };
            holder(text, said, self.bench.registry).holder.unwrap_or_default()
        } else {
            String::new()
        };
        let context = Context {
            article: if id.is_empty() { &place } else { id },
            date,
            source,
            number,
            span: (0, if self.wanted.contains(&"end") { text.chars().count() } else { 0 }),
            holder: &holder,
            text,
            read: text,
            ..Context::default()
        };
        self.score(Some((row, places)), &context, rows, block);
    }

    /// Condition and channel go by the label that a row gives, or else by the most probable one.
    fn score(
        &mut self,
        input: Option<(Row<'_>, &StatementPlaces)>,
        context: &Context<'_>,
        rows: &mut dyn Rows,
        block: &mut Block,
    ) {
        let text = context.text;
        let wants = |column| self.wanted.contains(&column);
        let verdict = self.scorer.score(context.read);
        block.watched.note(verdict.scores.largest(), verdict.known);
        if let Some(count) = verdict.label.and_then(|label| block.labels.get_mut(label as usize)) {
            *count += 1;
        }
        if self.review && verdict.label.is_none() {
            let of_article = [context.article, "", "", ""];
            let kept = input.map_or(of_article, |(row, places)| places.kept.map(|place| get(row, place)));
            block.review.extend(for_review(context, kept, &verdict.scores));
        }
        self.terms.clear();
        if wants("terms") {
            row::terms(&self.scorer.terms(), &mut self.terms);
        }
        let given = input.and_then(|(row, places)| get(row, places.label).parse().ok());
        let stance = given.unwrap_or_else(|| verdict.scores.label());
        let conditional = wants("condition") && stance == Stance::Conditional;
        let taken = wants("channel") && stance != Stance::None;
        let condition = if conditional { condition(text) } else { None };
        let channel = if taken { channel(text) } else { None };
        let fields = context.scored(
            verdict.label_name(),
            &verdict.scores,
            channel.map_or("", Channel::name),
            condition.map_or("", |c| c.span.of(text)),
            &self.terms,
            self.bench.classifier.name(),
        );
        self.bench.layout.fields(input.map(|(row, _)| row), &fields, |field| rows.field(field));
        rows.end();
        block.rows += 1;
        if self.ends {
            block.ends.push(rows.length());
        }
    }
}

/// The field at a place; empty where the table has no such column.
fn get(row: Row<'_>, place: Option<usize>) -> &str {
    place.map_or("", |column| row.get(column))
}
