//! The model file: magic, format version, sizes, checksum; a header in JSON that anybody can read; the numbers.
//!
//! `DEMARCHE`, then little-endian: format version (u32), header length (u64), body length (u64); BLAKE3 of all that
//! follows (32 bytes); header; body. The checksum of a file is verified before anything is parsed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::features::{Column, Keyed, Names, TermTable};
use crate::text::STEMMER;

use super::classifier::Model;
use super::columns::{Known, LABELS};
use super::header::Header;
use super::train::{FitReport, Linear};

const MAGIC: &[u8; 8] = b"DEMARCHE";
/// Raised also where the analyzer gives other terms: a model read with other terms than its own would be silently wrong.
const VERSION: u32 = 5;
const PREAMBLE: usize = 8 + 4 + 8 + 8 + 32;

/// Why a file is not a model that this program can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelFileError {
    /// It does not begin as model files do.
    #[error("this is not a demarche model: it does not begin with \"DEMARCHE\"")]
    Foreign,
    /// It was written by a newer program.
    #[error("this model has format {0}, but this program reads format {VERSION}: a newer demarche is needed")]
    Newer(u32),
    /// It was written by an older program.
    #[error("this model has format {0}, but this program reads format {VERSION}: train it again")]
    Older(u32),
    /// Bytes are missing at the end.
    #[error("this model is cut short: {found} of {expected} bytes are there")]
    Truncated {
        /// Bytes in the file.
        found: usize,
        /// Bytes that it should have.
        expected: u64,
    },
    /// There are bytes behind the end.
    #[error("this model has {0} bytes too many at its end")]
    Trailing(usize),
    /// Some byte has changed.
    #[error("this model is damaged: its checksum does not fit its contents")]
    Damaged,
    /// The contents are intact, but do not describe a model.
    #[error("this model's contents are not understood: {0}")]
    Contents(String),
    /// It was trained with another stemmer.
    #[error(
        "this model was trained with the stemmer {found:?}, but this program has {STEMMER:?}: train it again"
    )]
    Stemmer {
        /// The stemmer named in the model.
        found: String,
    },
}

/// Lists of numbers are their bytes, little-endian: they are read as fast as they are copied.
#[derive(Serialize, Deserialize)]
struct Body<'a> {
    /// The names of the terms, one behind the other, in UTF-8.
    #[serde(borrow)]
    names: Cow<'a, [u8]>,
    /// Where each name ends in `names`, in bytes: u32.
    #[serde(borrow)]
    ends: Cow<'a, [u8]>,
    /// The key of each term: u64.
    #[serde(borrow)]
    keys: Cow<'a, [u8]>,
    /// The block of each term.
    #[serde(borrow)]
    blocks: Cow<'a, [u8]>,
    /// The inverse document frequency of each term: f32.
    #[serde(borrow)]
    idf: Cow<'a, [u8]>,
    /// By term, then label: f32.
    #[serde(borrow)]
    weights: Cow<'a, [u8]>,
    /// By label: f32.
    #[serde(borrow)]
    intercepts: Cow<'a, [u8]>,
    epochs: u64,
    objective: f64,
    relative_gap: f64,
}

/// The bytes of numbers of `N` bytes each.
fn bytes_of<T, const N: usize>(
    numbers: impl IntoIterator<Item = T>,
    bytes: impl Fn(T) -> [u8; N],
) -> Vec<u8> {
    numbers.into_iter().flat_map(bytes).collect()
}

/// The numbers of `N` bytes each, as their bytes; `expected` of them.
fn numbers<'a, const N: usize>(
    bytes: &'a [u8],
    expected: usize,
    what: &str,
) -> Result<&'a [[u8; N]], ModelFileError> {
    let (numbers, rest) = bytes.as_chunks::<N>();
    if numbers.len() != expected || !rest.is_empty() {
        let found = bytes.len();
        let belong = expected.saturating_mul(N);
        return Err(ModelFileError::Contents(format!("{found} bytes of {what} where {belong} belong")));
    }
    Ok(numbers)
}

impl Model {
    /// BLAKE3 of its file's payload, in hexadecimal: 64 digits.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| digest_of(&self.encode()))
    }

    /// The bytes of the model file; the same for the same model on every machine.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let bytes = self.encode();
        self.digest.get_or_init(|| digest_of(&bytes));
        bytes
    }

    /// As [`Self::to_bytes`], for the digest that it is found with.
    pub(super) fn encode(&self) -> Vec<u8> {
        let FitReport { epochs, objective, relative_gap } = self.linear.report;
        let Self { names, table, linear, .. } = self;
        let columns = || table.rows().iter().map(|known| known.column);
        let body = Body {
            names: names.all().into(),
            ends: names.ends().into(),
            keys: bytes_of(table.rows().iter().map(Keyed::key), u64::to_le_bytes).into(),
            blocks: columns().map(|column| column.block as u8).collect::<Vec<u8>>().into(),
            idf: bytes_of(columns().map(|column| column.idf), f32::to_le_bytes).into(),
            weights: bytes_of(self.weights(), f32::to_le_bytes).into(),
            intercepts: bytes_of(linear.intercepts.iter().copied(), f32::to_le_bytes).into(),
            epochs: epochs as u64,
            objective,
            relative_gap,
        };
        // Plain structs of numbers and strings cannot fail to be written to memory.
        let header = serde_json::to_vec(&self.header).unwrap_or_default();
        let lists = [&body.names, &body.ends, &body.keys, &body.blocks, &body.idf, &body.weights];
        let about = PREAMBLE + header.len() + lists.map(|list| list.len()).iter().sum::<usize>() + 1024;
        let mut bytes = Vec::with_capacity(about);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&(header.len() as u64).to_le_bytes());
        bytes.resize(PREAMBLE, 0);
        bytes.extend_from_slice(&header);
        let mut bytes = postcard::to_extend(&body, bytes).unwrap_or_default();
        let (preamble, payload) = bytes.split_at_mut(PREAMBLE);
        let (header, body) = payload.split_at(header.len());
        let after = preamble.iter_mut().skip(20);
        let found = (body.len() as u64).to_le_bytes().into_iter().chain(*checksum(header, body).as_bytes());
        after.zip(found).for_each(|(place, byte)| *place = byte);
        bytes
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// If the bytes are no model, of another version, cut short, damaged, or made with another stemmer.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelFileError> {
        let sections = sections(bytes)?;
        if checksum(sections.header, sections.body).as_bytes() != sections.checksum {
            return Err(ModelFileError::Damaged);
        }
        Self::parse(&sections, |list| list.into_owned().into())
    }

    /// Reads a model that is part of the program, as fast as it can be: its checksum, which a test of the program has
    /// verified, is not computed again, and its names are not copied.
    ///
    /// # Errors
    /// As [`Model::from_bytes`], but for damage that leaves a model.
    pub fn from_program(bytes: &'static [u8]) -> Result<Self, ModelFileError> {
        Self::parse(&sections(bytes)?, |list| list)
    }

    fn parse<'a>(
        sections: &Sections<'a>,
        keep: impl Fn(Cow<'a, [u8]>) -> Cow<'static, [u8]>,
    ) -> Result<Self, ModelFileError> {
        let Sections { header, body, checksum } = *sections;
        let digest = blake3::Hash::from_bytes(*checksum).to_hex().to_string();
        let header: Header =
            serde_json::from_slice(header).map_err(|e| ModelFileError::Contents(e.to_string()))?;
        let body: Body<'a> =
            postcard::from_bytes(body).map_err(|e| ModelFileError::Contents(e.to_string()))?;
        if header.stemmer != STEMMER {
            return Err(ModelFileError::Stemmer { found: header.stemmer });
        }
        if !(header.temperature.is_finite() && header.temperature > 0.0) {
            let fault = format!("a temperature of {} where one above 0 belongs", header.temperature);
            return Err(ModelFileError::Contents(fault));
        }
        let (terms, labels) = (body.blocks.len(), header.labels.len());
        numbers::<4>(&body.ends, terms, "ends of names")?;
        let names = Names::new(keep(body.names), keep(body.ends))
            .ok_or_else(|| ModelFileError::Contents("the ends of names do not fit the names".into()))?;
        let keys = numbers(&body.keys, terms, "keys")?;
        let idf = numbers(&body.idf, terms, "document frequencies")?;
        let weights = numbers(&body.weights, terms.saturating_mul(labels), "weights")?;
        let float = f32::from_le_bytes;
        let intercepts =
            numbers(&body.intercepts, labels, "intercepts")?.iter().copied().map(float).collect();
        let columns = idf.iter().zip(body.blocks.iter()).map(|(&idf, &block)| Column::new(float(idf), block));
        let known = keys.iter().zip(columns).zip(weights.chunks(labels.max(1)));
        let known = known
            .map(|((&key, column), weights)| Known::new(u64::from_le_bytes(key), column, weights, float));
        let table = TermTable::new(known);
        let weights = if labels > LABELS { weights.iter().copied().map(float).collect() } else { Vec::new() };
        let report = FitReport {
            epochs: usize::try_from(body.epochs).unwrap_or(usize::MAX),
            objective: body.objective,
            relative_gap: body.relative_gap,
        };
        let linear = Linear { weights, intercepts, report };
        Ok(Self::assemble(header, names, table, linear, digest.into()))
    }
}

fn checksum(header: &[u8], body: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(header.len() as u64).to_le_bytes());
    hasher.update(header);
    hasher.update(body);
    hasher.finalize()
}

/// The checksum in a model file, in hexadecimal.
fn digest_of(bytes: &[u8]) -> String {
    let checksum = bytes.get(28..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
    blake3::Hash::from_bytes(checksum).to_hex().to_string()
}

/// The parts of a model file.
struct Sections<'a> {
    header: &'a [u8],
    body: &'a [u8],
    checksum: &'a [u8; 32],
}

/// The parts of a model file that has the length it says.
fn sections(bytes: &[u8]) -> Result<Sections<'_>, ModelFileError> {
    if !bytes.starts_with(MAGIC) {
        return Err(ModelFileError::Foreign);
    }
    let field = |from: usize, to: usize| {
        bytes.get(from..to).ok_or(ModelFileError::Truncated { found: bytes.len(), expected: PREAMBLE as u64 })
    };
    let number = |from: usize, to: usize| {
        field(from, to).map(|b| b.iter().rev().fold(0_u64, |n, &byte| n << 8 | u64::from(byte)))
    };
    match u32::try_from(number(8, 12)?).unwrap_or(u32::MAX) {
        VERSION => (),
        newer if newer > VERSION => return Err(ModelFileError::Newer(newer)),
        older => return Err(ModelFileError::Older(older)),
    }
    let (header_len, body_len) = (number(12, 20)?, number(20, 28)?);
    let checksum = field(28, PREAMBLE)?.first_chunk().ok_or(ModelFileError::Foreign)?;
    let expected = header_len.saturating_add(body_len).saturating_add(PREAMBLE as u64);
    let found = bytes.len();
    if (found as u64) < expected {
        return Err(ModelFileError::Truncated { found, expected });
    }
    let rest = bytes.get(PREAMBLE..).unwrap_or_default();
    let split = usize::try_from(header_len).unwrap_or(usize::MAX);
    let (Some(header), Some(body)) = (rest.get(..split), rest.get(split..)) else {
        return Err(ModelFileError::Truncated { found, expected });
    };
    if found as u64 > expected {
        return Err(ModelFileError::Trailing(found - usize::try_from(expected).unwrap_or(found)));
    }
    Ok(Sections { header, body, checksum })
}
