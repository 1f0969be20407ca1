//! Scoring one job: an article, or a batch of table rows that are statements themselves.

use crate::article::Article;
use crate::row::{Context, Field};
use crate::span::CharOffsets;
use crate::stance::{Classify, Scorer, Stance};
use crate::statement::extract;
use crate::write::Encode;

/// A piece of work for one thread.
#[derive(Debug)]
pub enum Job {
    /// An article, whose statements are to be found and scored.
    Article(Article),
    /// Rows of a table whose `text` is a statement.
    Rows(Vec<StatementRow>),
}

/// A row whose text is a statement.
#[derive(Clone, Debug, Default)]
pub struct StatementRow {
    /// Its fields, to be kept before the scored ones.
    pub kept: Vec<String>,
    /// `id`, or file and line.
    pub id: String,
    /// `date`.
    pub date: String,
    /// `source`.
    pub source: String,
    /// Rows before it in its table, and itself.
    pub number: usize,
    /// The statement.
    pub text: String,
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
}

impl<'a> Scoring<'a> {
    /// Scores with `classifier` and writes rows of `columns` with `encoder`.
    #[must_use]
    pub fn new(classifier: &'a dyn Classify, encoder: &'a dyn Encode, columns: &'a [String]) -> Self {
        Self { scorer: classifier.scorer(), model: classifier.name(), encoder, columns }
    }

    /// Does one job.
    #[must_use]
    pub fn run(&mut self, job: &Job) -> Block {
        let mut block = Block::default();
        match job {
            Job::Article(article) => self.article(article, &mut block),
            Job::Rows(rows) => {
                for row in rows {
                    let context = Context::of_row(&row.id, &row.date, &row.source, row.number, &row.text);
                    let kept = row.kept.iter().map(|f| Field::Text(f.clone())).collect();
                    self.score(kept, context, &row.text, &mut block);
                }
            }
        }
        block
    }

    fn article(&mut self, article: &Article, block: &mut Block) {
        let offsets = CharOffsets::new(&article.text);
        for (number, statement) in (1..).zip(extract(article)) {
            let context = Context::of(article, &offsets, number, &statement);
            self.score(Vec::new(), context, statement.span.of(&article.text), block);
        }
    }

    fn score(&mut self, mut fields: Vec<Field>, context: Context, text: &str, block: &mut Block) {
        let verdict = self.scorer.score(text);
        let label = Stance::ALL.into_iter().position(|s| s == verdict.label);
        if let Some(count) = label.and_then(|i| block.labels.get_mut(i)) {
            *count += 1;
        }
        fields.extend(context.scored(&verdict, "", "", self.model));
        self.encoder.row(self.columns, &fields, &mut block.bytes);
        block.rows += 1;
    }
}
