//! From bytes to articles, statements and labelled rows, one file a format.

mod annotations;
mod articles;
mod dateline;
mod decode;
mod delimited;
mod expand;
mod filter;
mod html;
mod labelled;
mod lines;
mod markdown;
mod objects;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet_pages;
#[cfg(feature = "parquet")]
mod parquet_structs;
mod record;
mod records;
mod skipped;
mod table;
#[cfg(feature = "parquet")]
mod thrift;

pub use annotations::{Annotation, annotations};
pub use articles::{ArticleFormat, Articles, articles, table_articles};
pub use dateline::{date, is_date};
pub use decode::{DecodeError, Decoded, decode, decoding_reader};
pub use expand::{ALWAYS_EXPANDED, ExpandError, LARGEST_RATIO, expanded};
pub use filter::{Filter, NoFilter};
pub use labelled::{Field, Labelled, LabelledError, LabelledRows, Labels, labelled, labelled_in};
pub use record::{Record, TableError};
pub use records::{Records, Row};
pub use skipped::Skipped;
#[cfg(feature = "parquet")]
pub use table::parquet_table;
pub use table::{Table, TableFormat, table, table_in};
