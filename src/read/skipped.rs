//! Input that is left out, and how it is told.

/// A piece of input that could not be used: where it stands and why it was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {reason}", .line.map(|l| format!(":{l}")).unwrap_or_default())]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// The line, from 1, where the format has rows.
    pub line: Option<u64>,
    /// The column by name, or by number from 1, where one is to blame.
    pub column: String,
    /// Why, with the value.
    pub reason: String,
    /// How the value, or else the row, begins.
    pub value: String,
    /// True if the system failed to read on: what came before is not the whole, though nothing is wrong with it.
    pub unread: bool,
}

/// Characters of a value that are shown.
const SHOWN: usize = 40;

impl Skipped {
    /// A whole file.
    #[must_use]
    pub fn file(file: &str, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), reason: reason.into(), ..Self::default() }
    }

    /// A row.
    #[must_use]
    pub fn at(file: &str, line: u64, reason: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::file(file, reason) }
    }

    /// A row that could not be read, and all behind it.
    #[must_use]
    pub fn unread(file: &str, line: u64, error: &std::io::Error) -> Self {
        let reason = format!("{error}; all from here on was left out");
        Self { unread: error.raw_os_error().is_some(), ..Self::at(file, line, reason) }
    }

    /// Names the column.
    #[must_use]
    pub fn column(mut self, column: &str) -> Self {
        column.clone_into(&mut self.column);
        self
    }

    /// Notes how the value begins.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.value = value.chars().take(SHOWN).collect();
        self
    }
}
