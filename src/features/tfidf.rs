//! TF-IDF with document frequencies frozen at fit, as scikit-learn's `TfidfVectorizer` computes it.
//!
//! For a term that occurs `tf` times in a text and in `df` of the `n` training texts:
//! weight = (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), the first factor being `tf` itself where `sublinear` is
//! off. The weights of each block of terms are then divided by their Euclidean norm and multiplied by the
//! block's scale, as a `FeatureUnion` of vectorizers with `transformer_weights` does.

use serde::{Deserialize, Serialize};

use super::sparse::SparseRows;

/// Terms that are normalized together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// The Euclidean norm of the block in every row that has one of its terms.
    pub scale: f32,
}

/// How counts become weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TfIdfSettings {
    /// 1 + ln tf instead of tf.
    pub sublinear: bool,
    /// The blocks, numbered as in the vocabulary.
    pub blocks: Vec<Block>,
}

/// The fitted transformation.
#[derive(Clone, Debug, PartialEq)]
pub struct TfIdf {
    settings: TfIdfSettings,
    idf: Vec<f32>,
    blocks: Vec<u8>,
}

impl TfIdf {
    /// From the document frequency and the block of each column, in `documents` training texts.
    #[must_use]
    pub fn fit(settings: TfIdfSettings, documents: usize, frequencies: &[u32], blocks: &[u8]) -> Self {
        let idf = |&df: &u32| (1.0 + libm::log((1.0 + documents as f64) / (1.0 + f64::from(df)))) as f32;
        Self { settings, idf: frequencies.iter().map(idf).collect(), blocks: blocks.to_vec() }
    }

    /// From the inverse document frequencies of an earlier fit.
    #[must_use]
    pub const fn from_idf(settings: TfIdfSettings, idf: Vec<f32>, blocks: Vec<u8>) -> Self {
        Self { settings, idf, blocks }
    }

    /// The settings it was fitted with.
    #[must_use]
    pub const fn settings(&self) -> &TfIdfSettings {
        &self.settings
    }

    /// Inverse document frequency by column.
    #[must_use]
    pub fn idf(&self) -> &[f32] {
        &self.idf
    }

    /// Replaces the columns of one text, in any order and with repeats, by its row of (column, weight).
    pub fn weigh(&self, columns: &mut [u32], row: &mut Vec<(u32, f32)>) {
        columns.sort_unstable();
        row.clear();
        let mut squares = vec![0.0_f64; self.settings.blocks.len()];
        for run in columns.chunk_by(|a, b| a == b) {
            let Some(&column) = run.first() else { continue };
            let Some(&idf) = self.idf.get(column as usize) else { continue };
            let tf = run.len() as f64;
            let tf = if self.settings.sublinear { 1.0 + libm::log(tf) } else { tf };
            let weight = tf * f64::from(idf);
            if let Some(sum) = squares.get_mut(self.block(column)) {
                *sum += weight * weight;
            }
            row.push((column, weight as f32));
        }
        let scales: Vec<f32> = squares
            .iter()
            .zip(&self.settings.blocks)
            .map(
                |(&sum, block)| {
                    if sum > 0.0 { (f64::from(block.scale) / libm::sqrt(sum)) as f32 } else { 0.0 }
                },
            )
            .collect();
        for (column, weight) in row {
            *weight *= scales.get(self.block(*column)).copied().unwrap_or(0.0);
        }
    }

    fn block(&self, column: u32) -> usize {
        self.blocks.get(column as usize).map_or(0, |&b| usize::from(b))
    }

    /// The rows of many texts, each given by its columns.
    #[must_use]
    pub fn rows<'a>(&self, texts: impl IntoIterator<Item = &'a [u32]>) -> SparseRows {
        let mut rows = SparseRows::new(self.idf.len());
        let (mut columns, mut row) = (Vec::new(), Vec::new());
        for text in texts {
            columns.clear();
            columns.extend_from_slice(text);
            self.weigh(&mut columns, &mut row);
            rows.push(row.iter().copied());
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::FRAC_1_SQRT_2;

    use super::*;

    /// Three texts over the columns a = 0, b = 1, c = 2: "a a b", "b c", "c". With n = 3 and df = 1, 2, 2:
    /// idf(a) = 1 + ln(4/2) = 1.693147, idf(b) = idf(c) = 1 + ln(4/3) = 1.287682.
    fn fitted(sublinear: bool) -> TfIdf {
        let settings = TfIdfSettings { sublinear, blocks: vec![Block { scale: 1.0 }] };
        TfIdf::fit(settings, 3, &[1, 2, 2], &[0, 0, 0])
    }

    fn check(sublinear: bool, text: &[u32], expect: &[(u32, f32)]) {
        let (mut columns, mut row) = (text.to_vec(), Vec::new());
        fitted(sublinear).weigh(&mut columns, &mut row);
        assert_eq!(row.len(), expect.len());
        for (found, wanted) in row.iter().zip(expect) {
            assert_eq!(found.0, wanted.0);
            assert!((found.1 - wanted.1).abs() < 1e-6, "{found:?} {wanted:?}");
        }
    }

    #[test]
    fn weights_equal_those_computed_by_hand() {
        // a: 2 · 1.693147 = 3.386294; b: 1.287682; norm √(11.466989 + 1.658125) = 3.622860.
        check(false, &[0, 1, 0], &[(0, 0.934_702), (1, 0.355_432)]);
        // a: (1 + ln 2) · 1.693147 = 2.866747; norm √(8.218240 + 1.658125) = 3.142669.
        check(true, &[0, 0, 1], &[(0, 0.912_201), (1, 0.409_742)]);
        // Equal weights: 1/√2 each.
        check(true, &[1, 2], &[(1, FRAC_1_SQRT_2), (2, FRAC_1_SQRT_2)]);
        check(true, &[], &[]);
    }

    #[test]
    fn every_block_has_its_own_norm() {
        let blocks = vec![Block { scale: 1.0 }, Block { scale: 0.5 }];
        let tfidf = TfIdf::fit(TfIdfSettings { sublinear: true, blocks }, 3, &[1, 2, 2], &[0, 1, 1]);
        let mut row = Vec::new();
        tfidf.weigh(&mut [0, 1, 2], &mut row);
        assert!((row[0].1 - 1.0).abs() < 1e-6);
        assert!((row[1].1 - 0.5 * FRAC_1_SQRT_2).abs() < 1e-6);
    }
}
