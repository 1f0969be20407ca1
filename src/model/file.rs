//! The model file: magic, format version, sizes, checksum; a header in JSON that anybody can read; the numbers.
//!
//! `DEMARCHE`, then little-endian: format version (u32), header length (u64), body length (u64); BLAKE3 of all that
//! follows (32 bytes); header; body. The checksum is verified before anything is parsed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::features::{TfIdf, Vocabulary};
use crate::text::STEMMER;

use super::classifier::Model;
use super::header::Header;
use super::train::{FitReport, Linear};

const MAGIC: &[u8; 8] = b"DEMARCHE";
const VERSION: u32 = 1;
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

#[derive(Serialize, Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    terms: Vec<(u64, &'a str, u8)>,
    idf: Cow<'a, [f32]>,
    weights: Cow<'a, [f32]>,
    intercepts: Cow<'a, [f32]>,
    epochs: u64,
    objective: f64,
    relative_gap: f64,
}

impl Model {
    fn sections(&self) -> (Vec<u8>, Vec<u8>) {
        let FitReport { epochs, objective, relative_gap } = self.linear.report;
        let body = Body {
            terms: self.vocabulary.terms().collect(),
            idf: self.tfidf.idf().collect(),
            weights: self.linear.weights.as_slice().into(),
            intercepts: self.linear.intercepts.as_slice().into(),
            epochs: epochs as u64,
            objective,
            relative_gap,
        };
        // Plain structs of numbers and strings cannot fail to be written to memory.
        let header = serde_json::to_vec(&self.header).unwrap_or_default();
        (header, postcard::to_stdvec(&body).unwrap_or_default())
    }

    pub(super) fn compute_digest(&self) -> String {
        let (header, body) = self.sections();
        checksum(&header, &body).to_hex().to_string()
    }

    /// The bytes of the model file; the same for the same model on every machine.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let (header, body) = self.sections();
        let mut bytes = Vec::with_capacity(PREAMBLE + header.len() + body.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&(header.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
        bytes.extend_from_slice(checksum(&header, &body).as_bytes());
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(&body);
        bytes
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// If the bytes are no model, of another version, cut short, damaged, or made with another stemmer.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelFileError> {
        let (header, body, digest) = verified_sections(bytes)?;
        let header: Header =
            serde_json::from_slice(header).map_err(|e| ModelFileError::Contents(e.to_string()))?;
        let body: Body<'_> =
            postcard::from_bytes(body).map_err(|e| ModelFileError::Contents(e.to_string()))?;
        if header.stemmer != STEMMER {
            return Err(ModelFileError::Stemmer { found: header.stemmer });
        }
        if !(header.temperature.is_finite() && header.temperature > 0.0) {
            let fault = format!("a temperature of {} where one above 0 belongs", header.temperature);
            return Err(ModelFileError::Contents(fault));
        }
        let (terms, labels) = (body.terms.len(), header.labels.len());
        let sizes = [
            (body.idf.len(), terms, "document frequencies"),
            (body.weights.len(), terms * labels, "weights"),
            (body.intercepts.len(), labels, "intercepts"),
        ];
        for (found, expected, what) in sizes {
            if found != expected {
                return Err(ModelFileError::Contents(format!("{found} {what} where {expected} belong")));
            }
        }
        let vocabulary = Vocabulary::new(body.terms, terms);
        let tfidf = TfIdf::from_idf(header.recipe.tfidf(), body.idf.iter().copied(), vocabulary.blocks());
        let report = FitReport {
            epochs: usize::try_from(body.epochs).unwrap_or(usize::MAX),
            objective: body.objective,
            relative_gap: body.relative_gap,
        };
        let (weights, intercepts) = (body.weights.into_owned(), body.intercepts.into_owned());
        let linear = Linear { weights, intercepts, report };
        Ok(Self::assemble(header, vocabulary, tfidf, linear, digest))
    }
}

fn checksum(header: &[u8], body: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(header.len() as u64).to_le_bytes());
    hasher.update(header);
    hasher.update(body);
    hasher.finalize()
}

/// Header, body and digest, after every check that needs no parsing.
fn verified_sections(bytes: &[u8]) -> Result<(&[u8], &[u8], String), ModelFileError> {
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
    let sum = field(28, PREAMBLE)?;
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
    let digest = checksum(header, body);
    if digest.as_bytes() != sum {
        return Err(ModelFileError::Damaged);
    }
    Ok((header, body, digest.to_hex().to_string()))
}
