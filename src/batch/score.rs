//! Scoring one job: an article, or a batch of table rows that are statements themselves.

use std::sync::Arc;

use crate::article::Article;
use crate::read::Record;
use crate::row::{self, Context, Field};
use crate::span::CharOffsets;
use crate::stance::{Classify, Scorer, Stance};
use crate::statement::{Channel, Registry, Said, channel, condition, extract, fill_stakes, holder};
use crate::write::{Encode, Rows};

/// A piece of work for one thread.
#[derive(Debug)]
pub enum Job {
    /// An article, whose statements are to be found and scored.
    Article(Article),
    /// Rows of a table whose `text` is a statement.
    Rows(Vec<StatementRow>),
}

/// A row whose text is a statement.
#[derive(Clone, Debug)]
pub struct StatementRow {
    /// The row, whose fields are kept before the scored ones.
    pub record: Record,
    /// What messages call its table.
    pub file: Arc<str>,
    /// Where its table has what is used of it.
    pub places: StatementPlaces,
    /// Rows before it in its table, and itself.
    pub number: usize,
}

/// Where a table of statements has the columns that are used.
#[derive(Clone, Copy, Debug)]
pub struct StatementPlaces {
    /// `text`.
    pub text: usize,
    /// `id`, `date`, `source`, `label`.
    pub optional: [Option<usize>; 4],
}

/// What has become of a job: encoded rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The rows in their format.
    pub bytes: Vec<u8>,
    /// How many rows.
    pub rows: usize,
    /// How many of each stance, in the order of [`Stance::ALL`].
    pub labels: [usize; 4],
}

/// One thread's scoring of jobs.
pub struct Scoring<'a> {
    scorer: Box<dyn Scorer + 'a>,
    model: &'a str,
    encoder: &'a dyn Encode,
    columns: &'a [String],
    registry: &'a Registry,
    terms: String,
}

impl<'a> Scoring<'a> {
    /// Scores with `classifier`, knows office holders by `registry`, and writes rows of `columns` with `encoder`.
    #[must_use]
    pub fn new(
        classifier: &'a dyn Classify,
        registry: &'a Registry,
        encoder: &'a dyn Encode,
        columns: &'a [String],
    ) -> Self {
        let (scorer, model) = (classifier.scorer(), classifier.name());
        Self { scorer, model, encoder, columns, registry, terms: String::new() }
    }

    /// Does one job.
    #[must_use]
    pub fn run(&mut self, job: &Job) -> Block {
        let mut block = Block::default();
        let mut rows = self.encoder.rows(self.columns);
        match job {
            Job::Article(article) => {
                let offsets = CharOffsets::new(&article.text);
                let mut statements = extract(article);
                fill_stakes(article, &mut statements, self.registry);
                for (number, statement) in (1..).zip(&statements) {
                    let context = Context::of(article, &offsets, number, statement);
                    self.score(&context, None, rows.as_mut(), &mut block);
                }
            }
            Job::Rows(statements) => {
                for row in statements {
                    for field in row.record.iter() {
                        rows.field(Field::Text(field));
                    }
                    self.statement(row, rows.as_mut(), &mut block);
                }
            }
        }
        block.bytes = rows.finish();
        block
    }

    fn statement(&mut self, row: &StatementRow, rows: &mut dyn Rows, block: &mut Block) {
        let field = |place: Option<usize>| place.map_or("", |i| row.record.get(i));
        let [id, date, source, label] = row.places.optional.map(field);
        let place = if id.is_empty() { format!("{}:{}", row.file, row.record.line) } else { String::new() };
        let text = row.record.get(row.places.text);
        let said = Said { speaker: None, date: Some(date).filter(|d| !d.is_empty()) };
        let holder = holder(text, said, self.registry).holder.unwrap_or_default();
        let context = Context {
            article: if id.is_empty() { &place } else { id },
            date,
            source,
            number: row.number,
            span: (0, text.chars().count()),
            holder: &holder,
            text,
            ..Context::default()
        };
        self.score(&context, label.parse().ok(), rows, block);
    }

    /// Condition and channel go by the label `given`, or else by the label found.
    fn score(
        &mut self,
        context: &Context<'_>,
        given: Option<Stance>,
        rows: &mut dyn Rows,
        block: &mut Block,
    ) {
        let text = context.text;
        let verdict = self.scorer.score(text);
        if let Some(count) = block.labels.get_mut(verdict.label as usize) {
            *count += 1;
        }
        self.terms.clear();
        row::terms(&verdict.terms, &mut self.terms);
        let stance = given.unwrap_or(verdict.label);
        let condition = if stance == Stance::Conditional { condition(text) } else { None };
        let channel = if stance == Stance::None { None } else { channel(text) };
        let fields = context.scored(
            verdict.label.name(),
            &verdict.scores,
            channel.map_or("", Channel::name),
            condition.map_or("", |c| c.span.of(text)),
            &self.terms,
            self.model,
        );
        for field in fields {
            rows.field(field);
        }
        rows.end();
        block.rows += 1;
    }
}
