//! From where on something is a finding.

use serde::{Deserialize, Serialize};

/// The limits of every check; the default is what the project's own corpus is held to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// A row with more words is huge.
    pub words: usize,
    /// A row with more characters is huge.
    pub characters: usize,
    /// Two rows that share more than this part of the smaller one's word 3-grams are near-duplicates.
    pub shared_trigrams: f64,
    /// A label with less than this share of the rows is rare.
    pub label_share: f64,
    /// A name whose pointwise mutual information with a label is further from 0 than this, in bits, tells the label.
    pub name_bits: f64,
    /// A name in fewer rows than this says nothing.
    pub name_rows: usize,
    /// The same first four words in more than this share of the rows are a template.
    pub opening_share: f64,
    /// The same first four words in fewer rows than this are chance: a pair shares them by design.
    pub opening_rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            words: 200,
            characters: 2_000,
            shared_trigrams: 0.5,
            label_share: 0.05,
            name_bits: 1.0,
            name_rows: 10,
            opening_share: 0.005,
            opening_rows: 5,
        }
    }
}
