//! How rows are written.

use clap::ValueEnum;
use demarche::write::{CsvEncoder, Encode, JsonLinesEncoder};

/// The format of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// Comma-separated values.
    Csv,
    /// The same, parted by tabs.
    Tsv,
    /// JSON Lines.
    Jsonl,
    /// Parquet, its columns typed.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl OutputFormat {
    /// The format that belongs to a file name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            #[cfg(feature = "parquet")]
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// What it is called on the command line.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Jsonl => "jsonl",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }

    /// True if a file can be cut after any row and continued.
    pub(super) fn is_continuable(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv | Self::Jsonl)
    }

    pub(super) fn encoder(self) -> &'static dyn Encode {
        match self {
            Self::Csv => &CsvEncoder::CSV,
            Self::Tsv => &CsvEncoder::TSV,
            Self::Jsonl => &JsonLinesEncoder,
            #[cfg(feature = "parquet")]
            Self::Parquet => &demarche::write::ParquetEncoder,
        }
    }

    /// The same for spreadsheets; none if the format is not for them.
    pub(super) fn spreadsheet_encoder(self) -> Option<&'static dyn Encode> {
        match self {
            Self::Csv => Some(&CsvEncoder { delimiter: b',', spreadsheet: true }),
            Self::Tsv => Some(&CsvEncoder { delimiter: b'\t', spreadsheet: true }),
            Self::Jsonl => None,
            #[cfg(feature = "parquet")]
            Self::Parquet => None,
        }
    }
}
