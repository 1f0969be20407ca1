//! Scoring one job: an article, or a batch of table rows that are statements themselves.

use std::sync::Arc;

use crate::article::Article;
use crate::read::Record;
use crate::row::{self, Context, Field};
use crate::span::CharOffsets;
use crate::stance::{Classify, Scorer};
use crate::statement::extract;
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
    /// Where its table has `text`, `id`, `date` and `source`.
    pub places: StatementPlaces,
    /// Rows before it in its table, and itself.
    pub number: usize,
}

/// Where a table of statements has the columns that are used.
#[derive(Clone, Copy, Debug)]
pub struct StatementPlaces {
    /// `text`.
    pub text: usize,
    /// `id`, `date`, `source`.
    pub optional: [Option<usize>; 3],
}

/// What has become of a job: encoded rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The rows in their format.
    pub bytes: Vec<u8>,
    /// How many rows.
    pub rows: usize,
    /// How many of each stance, in the order of [`crate::stance::Stance::ALL`].
    pub labels: [usize; 4],
}

/// One thread's scoring of jobs.
pub struct Scoring<'a> {
    scorer: Box<dyn Scorer + 'a>,
    model: &'a str,
    encoder: &'a dyn Encode,
    columns: &'a [String],
    terms: String,
}

impl<'a> Scoring<'a> {
    /// Scores with `classifier` and writes rows of `columns` with `encoder`.
    #[must_use]
    pub fn new(classifier: &'a dyn Classify, encoder: &'a dyn Encode, columns: &'a [String]) -> Self {
        let (scorer, model) = (classifier.scorer(), classifier.name());
        Self { scorer, model, encoder, columns, terms: String::new() }
    }

    /// Does one job.
    #[must_use]
    pub fn run(&mut self, job: &Job) -> Block {
        let mut block = Block::default();
        let mut rows = self.encoder.rows(self.columns);
        match job {
            Job::Article(article) => {
                let offsets = CharOffsets::new(&article.text);
                for (number, statement) in (1..).zip(&extract(article)) {
                    self.score(&Context::of(article, &offsets, number, statement), rows.as_mut(), &mut block);
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
        let [id, date, source] = row.places.optional.map(field);
        let place = if id.is_empty() { format!("{}:{}", row.file, row.record.line) } else { String::new() };
        let text = row.record.get(row.places.text);
        let context = Context {
            article: if id.is_empty() { &place } else { id },
            date,
            source,
            number: row.number,
            span: (0, text.chars().count()),
            text,
            ..Context::default()
        };
        self.score(&context, rows, block);
    }

    fn score(&mut self, context: &Context<'_>, rows: &mut dyn Rows, block: &mut Block) {
        let verdict = self.scorer.score(context.text);
        if let Some(count) = block.labels.get_mut(verdict.label as usize) {
            *count += 1;
        }
        self.terms.clear();
        row::terms(&verdict.terms, &mut self.terms);
        let fields = context.scored(verdict.label.name(), &verdict.scores, "", "", &self.terms, self.model);
        for field in fields {
            rows.field(field);
        }
        rows.end();
        block.rows += 1;
    }
}
