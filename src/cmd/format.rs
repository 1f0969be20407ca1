//! How rows are written.

use std::path::Path;

use clap::ValueEnum;
use demarche::write::{Compression, CsvEncoder, Encode, JsonLinesEncoder};

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

    /// The format of an output: as said, or as its name says.
    pub(super) fn of_output(said: Option<Self>, path: Option<&Path>) -> Option<Self> {
        let name = path.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let whole = Compression::of_name(&name).map_or(&*name, |(_, stem)| stem);
        said.or_else(|| Self::of_name(whole))
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

/// Refuses the name of an output that promises what is not written there.
///
/// # Errors
/// If it ends like a spreadsheet, or as no table in CSV where `option` writes nothing else.
pub(super) fn check_ending(option: &str, path: &Path) -> anyhow::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (packed, whole) = Compression::of_name(&name).map_or((false, &*name), |(_, stem)| (true, stem));
    let ending = whole.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    anyhow::ensure!(
        !["xlsx", "xls", "ods", "feather", "arrow"].contains(&ending.as_str()),
        "{option} {}: there is no writing of .{ending}; write .csv (classify --excel is for spreadsheets) or .parquet",
        path.display()
    );
    let other = OutputFormat::of_name(whole).is_some_and(|format| format != OutputFormat::Csv);
    let csv_alone = ["--rejects", "--review", "--learning-curve", "agree -o"].contains(&option);
    anyhow::ensure!(
        !csv_alone || !other && !packed,
        "{option} {} is written as CSV: let its name end in .csv",
        path.display()
    );
    Ok(())
}
