//! From bytes to articles, statements and labelled rows, one file a format.

mod annotations;
mod articles;
mod decode;
mod filter;
mod html;
mod labelled;
mod table;

pub use annotations::{Annotation, annotations};
pub use articles::{ArticleFormat, Articles, articles};
pub use decode::{DecodeError, Decoded, decode, decoding_reader};
pub use filter::{Filter, NoFilter};
pub use labelled::{Labelled, LabelledError, Labels, labelled};
pub use table::{Record, Table, TableError, table};

/// A piece of input that could not be used: where it stands and why it was left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {reason}", .line.map(|l| format!(":{l}")).unwrap_or_default())]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// The line, from 1, where the format has rows.
    pub line: Option<u64>,
    /// Why, with the value.
    pub reason: String,
}
