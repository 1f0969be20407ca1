//! The one door to the stemmer.

use rust_stemmers::{Algorithm, Stemmer};

/// Name and version of the algorithm, recorded in every model: a model made with another one is refused.
pub const STEMMER: &str = "snowball-english rust-stemmers 1.2";

/// Snowball's English stemmer.
pub(super) struct EnglishStemmer(Stemmer);

impl EnglishStemmer {
    /// Ready to use.
    #[must_use]
    pub(super) fn new() -> Self {
        Self(Stemmer::create(Algorithm::English))
    }

    /// The stem of one lower-case word.
    #[must_use]
    pub(super) fn stem(&self, word: &str) -> String {
        self.0.stem(word).into_owned()
    }
}

impl Default for EnglishStemmer {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for EnglishStemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(STEMMER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_share_a_stem() {
        let stemmer = EnglishStemmer::new();
        for (word, stem) in
            [("negotiations", "negoti"), ("negotiate", "negoti"), ("talks", "talk"), ("refused", "refus")]
        {
            assert_eq!(stemmer.stem(word), stem);
        }
    }
}
