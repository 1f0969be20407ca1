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
}

impl OutputFormat {
    pub(super) fn encoder(self) -> &'static dyn Encode {
        match self {
            Self::Csv => &CsvEncoder::CSV,
            Self::Tsv => &CsvEncoder::TSV,
            Self::Jsonl => &JsonLinesEncoder,
        }
    }

    /// The same for spreadsheets; none if the format is not for them.
    pub(super) fn spreadsheet_encoder(self) -> Option<&'static dyn Encode> {
        match self {
            Self::Csv => Some(&CsvEncoder { delimiter: b',', spreadsheet: true }),
            Self::Tsv => Some(&CsvEncoder { delimiter: b'\t', spreadsheet: true }),
            Self::Jsonl => None,
        }
    }
}
