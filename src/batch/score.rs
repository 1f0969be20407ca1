//! Scoring one job: an article, or a batch of table rows that are statements themselves.

use crate::read::Record;
use crate::row::{self, Context};
use crate::span::CharOffsets;
use crate::stance::{Classify, Scorer};
use crate::statement::extract;
use crate::write::{Encode, Rows};

use super::job::{Job, StatementRow};
use super::layout::Layout;

/// What has become of a job: encoded rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The rows in their format.
    pub bytes: Vec<u8>,
    /// How many rows.
    pub rows: usize,
    /// Where each row ends in `bytes`, where that was asked for.
    pub ends: Vec<usize>,
    /// How many of each stance, in the order of [`crate::stance::Stance::ALL`].
    pub labels: [usize; 4],
}

/// One thread's scoring of jobs.
pub struct Scoring<'a> {
    scorer: Box<dyn Scorer + 'a>,
    model: &'a str,
    encoder: &'a dyn Encode,
    layout: &'a Layout,
    ends: bool,
    terms: String,
}

impl<'a> Scoring<'a> {
    /// Scores with `classifier` and writes rows of `layout` with `encoder`.
    #[must_use]
    pub fn new(classifier: &'a dyn Classify, encoder: &'a dyn Encode, layout: &'a Layout) -> Self {
        let (scorer, model) = (classifier.scorer(), classifier.name());
        Self { scorer, model, encoder, layout, ends: false, terms: String::new() }
    }

    /// Also notes where each row ends, so that blocks can be cut between rows.
    #[must_use]
    pub fn noting_ends(mut self, ends: bool) -> Self {
        self.ends = ends;
        self
    }

    /// Does one job.
    #[must_use]
    pub fn run(&mut self, job: &Job) -> Block {
        let mut block = Block::default();
        let mut rows = self.encoder.rows(self.layout.columns());
        match job {
            Job::Article(article) => {
                let offsets = CharOffsets::new(&article.text);
                for (number, statement) in (1..).zip(&extract(article)) {
                    let context = Context::of(article, &offsets, number, statement);
                    self.score(None, &context, rows.as_mut(), &mut block);
                }
            }
            Job::Rows(statements) => {
                for row in statements {
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
        self.score(Some(&row.record), &context, rows, block);
    }

    fn score(
        &mut self,
        input: Option<&Record>,
        context: &Context<'_>,
        rows: &mut dyn Rows,
        block: &mut Block,
    ) {
        let verdict = self.scorer.score(context.text);
        if let Some(count) = block.labels.get_mut(verdict.label as usize) {
            *count += 1;
        }
        self.terms.clear();
        row::terms(&verdict.terms, &mut self.terms);
        let fields = context.scored(verdict.label.name(), &verdict.scores, "", "", &self.terms, self.model);
        self.layout.fields(input, &fields, |field| rows.field(field));
        rows.end();
        block.rows += 1;
        if self.ends {
            block.ends.push(rows.length());
        }
    }
}
