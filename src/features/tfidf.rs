//! TF-IDF with document frequencies frozen at fit, as scikit-learn's `TfidfVectorizer` computes it.
//!
//! For a term that occurs `tf` times in a text and in `df` of the `n` training texts:
//! weight = (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), the first factor being `tf` itself where `sublinear` is
//! off. The weights of each block of terms are then divided by their Euclidean norm and multiplied by the
//! block's scale, as a `FeatureUnion` of vectorizers with `transformer_weights` does.

use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

use super::sparse::SparseRows;
use super::table::ABSENT;

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

/// What is known of one column; side by side, for a row needs both of each of its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Column {
    /// Inverse document frequency.
    pub idf: f32,
    /// The number of its block.
    pub block: u32,
}

impl Column {
    /// A column of a block.
    #[must_use]
    pub const fn new(idf: f32, block: u8) -> Self {
        Self { idf, block: block as u32 }
    }
}

/// The fitted transformation.
#[derive(Clone, Debug, PartialEq)]
pub struct TfIdf {
    settings: TfIdfSettings,
    columns: Vec<Column>,
    /// 1 + ln tf for small tf; that of 0 is never asked for.
    log_tf: Vec<f32>,
}

/// The most blocks there can be.
const MAX_BLOCKS: usize = 8;

impl TfIdf {
    /// From the document frequency and the block of each column, in `documents` training texts.
    #[must_use]
    pub fn fit(settings: TfIdfSettings, documents: usize, frequencies: &[u32], blocks: &[u8]) -> Self {
        let idf = |&df: &u32| (1.0 + libm::log((1.0 + documents as f64) / (1.0 + f64::from(df)))) as f32;
        Self::from_idf(settings, frequencies.iter().map(idf), blocks)
    }

    /// From the inverse document frequencies of an earlier fit.
    #[must_use]
    pub fn from_idf(settings: TfIdfSettings, idf: impl IntoIterator<Item = f32>, blocks: &[u8]) -> Self {
        let columns = idf.into_iter().zip(blocks).map(|(idf, &block)| Column::new(idf, block)).collect();
        let log_tf = (0..64_u32).map(|tf| (1.0 + libm::log(f64::from(tf.max(1)))) as f32).collect();
        Self { settings, columns, log_tf }
    }

    /// The transformation alone, for [`Self::weigh_with`].
    #[must_use]
    pub fn without_columns(settings: TfIdfSettings) -> Self {
        Self::from_idf(settings, [], &[])
    }

    /// The settings it was fitted with.
    #[must_use]
    pub const fn settings(&self) -> &TfIdfSettings {
        &self.settings
    }

    /// All columns in order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Turns the columns of one text, with repeats and in text order, into its row of (column, weight) in the
    /// order of first use. [`ABSENT`] is no column.
    pub fn weigh(&self, columns: &[u32], builder: &mut RowBuilder) {
        self.weigh_with(columns, builder, |column| Some((self.column(column)?, ())), |(), _| ());
    }

    /// As [`Self::weigh`], of columns that somebody else numbers and knows; gives what is `known` of each of them, with
    /// its weight, to `take`.
    pub fn weigh_with<T>(
        &self,
        columns: &[u32],
        builder: &mut RowBuilder,
        known: impl Fn(u32) -> Option<(Column, T)>,
        mut take: impl FnMut(T, f32),
    ) {
        builder.count(columns, |count| self.tf(count));
        let mut squares = [0.0_f32; MAX_BLOCKS];
        // Terms of a block mostly come together: their sum is not sought in memory for each.
        let (mut current, mut sum) = (0, 0.0);
        for (column, weight) in &mut builder.row {
            let Some((Column { idf, block }, _)) = known(*column) else { continue };
            *weight *= idf;
            if block != current {
                squares.get_mut(current as usize).into_iter().for_each(|kept| *kept = sum);
                (current, sum) = (block, squares.get(block as usize).copied().unwrap_or(0.0));
            }
            sum += *weight * *weight;
        }
        squares.get_mut(current as usize).into_iter().for_each(|kept| *kept = sum);
        let mut scales = [0.0_f32; MAX_BLOCKS];
        for ((scale, sum), block) in scales.iter_mut().zip(squares).zip(&self.settings.blocks) {
            *scale = if sum > 0.0 { block.scale / sum.sqrt() } else { 0.0 };
        }
        for (column, weight) in &mut builder.row {
            let Some((Column { block, .. }, rest)) = known(*column) else { continue };
            *weight *= scales.get(block as usize).copied().unwrap_or(0.0);
            take(rest, *weight);
        }
    }

    #[inline]
    fn column(&self, column: u32) -> Option<Column> {
        self.columns.get(column as usize).copied()
    }

    /// The first factor of the weight of a term that occurs `count` times.
    fn tf(&self, count: f32) -> f32 {
        if !self.settings.sublinear {
            return count;
        }
        let known = self.log_tf.get(count as usize).copied();
        known.unwrap_or_else(|| (1.0 + libm::log(f64::from(count))) as f32)
    }

    /// The rows of many texts, whose columns, with repeats, stand one behind the other; each text's end at its place in
    /// `ends`. Rows take the place of the columns that they are made of, so that there is never both.
    #[must_use]
    pub fn rows(&self, mut columns: Vec<u32>, mut ends: Vec<usize>) -> SparseRows {
        let (mut values, mut builder) = (Vec::with_capacity(columns.len()), RowBuilder::default());
        let mut start = 0;
        for end in &mut ends {
            self.weigh(columns.get(start..*end).unwrap_or_default(), &mut builder);
            let places = columns.iter_mut().skip(values.len());
            places.zip(&builder.row).for_each(|(place, &(column, _))| *place = column);
            values.extend(builder.row.iter().map(|&(_, value)| value));
            start = std::mem::replace(end, values.len());
        }
        columns.truncate(values.len());
        SparseRows::of(columns, values, ends, self.columns.len())
    }
}

/// Counts the columns of one text after another; the buffers are reused.
#[derive(Clone, Debug, Default)]
pub struct RowBuilder {
    /// (column, weight) in the order of first use.
    pub row: Vec<(u32, f32)>,
    /// Open addressing: place in `row`, from `first` on; what is below is of a row before. At least four times as many slots
    /// as columns.
    places: Vec<u32>,
    first: u32,
    /// Places in `row` of columns that come more than once.
    repeated: Vec<u32>,
}

impl RowBuilder {
    /// Makes `row` the columns of one text with the `tf` of their counts. Most come once, and that of 1 is 1.
    fn count(&mut self, columns: &[u32], tf: impl Fn(f32) -> f32) {
        let Self { row, places, first, repeated } = self;
        row.clear();
        row.resize(columns.len(), (0, 1.0));
        repeated.clear();
        let slots = (columns.len() * 4).next_power_of_two().max(1024);
        if places.len() < slots || *first as usize + columns.len() >= u32::MAX as usize {
            places.clear();
            places.resize(slots, 0);
            *first = 1;
        }
        let (mask, mut used) = (slots - 1, 0);
        let (places, found) = (places.as_mut_slice(), row.as_mut_slice());
        for &column in columns.iter().filter(|column| **column != ABSENT) {
            let mut slot = column as usize & mask;
            while let Some(taken) = places.get_mut(slot) {
                let place = taken.wrapping_sub(*first);
                if place >= used {
                    *taken = *first + used;
                    found.get_mut(used as usize).into_iter().for_each(|(new, _)| *new = column);
                    used += 1;
                    break;
                }
                if let Some((other, count)) = found.get_mut(place as usize)
                    && *other == column
                {
                    if *count <= 1.0 {
                        repeated.push(place);
                    }
                    *count += 1.0;
                    break;
                }
                slot = (slot + 1) & mask;
            }
        }
        *first += used;
        row.truncate(used as usize);
        for &place in &*repeated {
            row.get_mut(place as usize).into_iter().for_each(|(_, count)| *count = tf(*count));
        }
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
        let mut builder = RowBuilder::default();
        fitted(sublinear).weigh(text, &mut builder);
        assert_eq!(builder.row.len(), expect.len());
        for (found, wanted) in builder.row.iter().zip(expect) {
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
        let mut builder = RowBuilder::default();
        tfidf.weigh(&[0, 1, 2], &mut builder);
        let row = builder.row;
        assert!((row[0].1 - 1.0).abs() < 1e-6);
        assert!((row[1].1 - 0.5 * FRAC_1_SQRT_2).abs() < 1e-6);
    }
}
