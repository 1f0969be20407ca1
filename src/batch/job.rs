//! What is to be scored.

use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3Default;

use crate::article::Article;
use crate::read::Records;

/// A piece of work for one thread.
#[derive(Debug)]
pub enum Job {
    /// An article, whose statements are to be found and scored.
    Article(Article),
    /// Rows of a table whose `text` is a statement.
    Rows(StatementRows),
}

/// Rows whose text is a statement, as they stand together in a table.
#[derive(Clone, Debug)]
pub struct StatementRows {
    /// The rows, whose fields are kept before the scored ones.
    pub records: Records,
    /// What messages call their table.
    pub file: Arc<str>,
    /// Where their table has the columns that are used.
    pub places: StatementPlaces,
    /// The number of the first one in its table, from 1.
    pub first: usize,
}

/// Where a table of statements has the columns that are used.
#[derive(Clone, Copy, Debug, Default)]
pub struct StatementPlaces {
    /// `text`.
    pub text: usize,
    /// `id`: what a row is called.
    pub id: Option<usize>,
    /// `date`, by which office holders are known.
    pub date: Option<usize>,
    /// `source`.
    pub source: Option<usize>,
    /// `label`, by which condition and channel are found.
    pub label: Option<usize>,
    /// `group`, `pair`, `case`, `topic`, which a table for review keeps.
    pub kept: [Option<usize>; 4],
}

impl StatementPlaces {
    /// `text`, and wherever `find` says that the other columns stand.
    pub fn find(text: usize, find: impl Fn(&str) -> Option<usize>) -> Self {
        let [id, date, source, label] = ["id", "date", "source", "label"].map(&find);
        Self { text, id, date, source, label, kept: ["group", "pair", "case", "topic"].map(find) }
    }
}

impl Job {
    /// XXH3-128 of everything that shows in the job's rows: equal jobs have equal digests, and a changed one almost
    /// surely another. It guards against change, not against forgery.
    #[must_use]
    pub fn digest(&self) -> u128 {
        let mut hash = Xxh3Default::new();
        match self {
            Self::Article(article) => {
                let [date, source, title, first] =
                    [&article.date, &article.source, &article.title, &article.duplicate_of]
                        .map(|s| s.as_deref().unwrap_or(""));
                for words in [&article.id, date, source, title, first, &article.text] {
                    hash.update(&(words.len() as u64).to_le_bytes());
                    hash.update(words.as_bytes());
                }
            }
            Self::Rows(StatementRows { records, file, first, .. }) => {
                let mut borders = 0_u64;
                for (number, row) in (*first..).zip(records.iter()) {
                    hash.update(row.joined().as_bytes());
                    let mix = |all: u64, end: usize| all.rotate_left(7).wrapping_mul(MIX) ^ end as u64;
                    let line = usize::try_from(row.line).unwrap_or(usize::MAX);
                    borders = row.ends().iter().copied().fold(mix(mix(borders, number), line), mix);
                }
                hash.update(&borders.to_le_bytes());
                hash.update(file.as_bytes());
            }
        }
        hash.digest128()
    }
}

/// An odd constant with well-spread bits (2^64 divided by the golden ratio).
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::table;

    fn rows(csv: &str) -> Job {
        let places = StatementPlaces::default();
        let mut records = Records::default();
        for record in table("t", csv.as_bytes()).unwrap() {
            records.push(&record.unwrap());
        }
        Job::Rows(StatementRows { records, file: Arc::from("t"), places, first: 1 })
    }

    #[test]
    fn whatever_shows_in_a_row_shows_in_the_digest() {
        let digests: Vec<u128> =
            ["a,b\nx,y\n", "a,b\nxy,\n", "a,b\nx,y\nx,y\n", "a,b\n1,2\nx,y\n", "a,b\nx,z\n"]
                .iter()
                .map(|csv| rows(csv).digest())
                .collect();
        for (i, a) in digests.iter().enumerate() {
            assert!(digests.iter().skip(i + 1).all(|b| a != b), "{i}");
        }
        assert_eq!(rows("a,b\nx,y\n").digest(), digests[0]);
    }
}
