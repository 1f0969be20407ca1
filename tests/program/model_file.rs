//! Model files: the same bytes each time, and nothing accepted that is not whole.

use std::fs;
use std::path::Path;

use demarche::model::{Model, ModelFileError};

use crate::run::{demarche, file, labelled_rows};

/// Trains on a small table and returns the model's bytes.
fn trained(folder: &Path, name: &str, extra: &[&str]) -> Vec<u8> {
    let data = file(folder, "data.csv", labelled_rows(8));
    let model = folder.join(name).display().to_string();
    let said = demarche(&[&["train", &data, "--folds", "0", "-o", &model], extra].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    fs::read(model).unwrap()
}

#[test]
fn training_twice_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(trained(folder.path(), "a", &[]), trained(folder.path(), "b", &[]));
    assert_ne!(trained(folder.path(), "a", &[]), trained(folder.path(), "c", &["--cost", "0.5"]));
}

#[test]
fn a_model_comes_back_from_its_bytes_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = trained(folder.path(), "a", &[]);
    let model = Model::from_bytes(&bytes).unwrap();
    assert_eq!(model.to_bytes(), bytes);
    assert_eq!(model.header().rows, [8, 8, 8, 8]);
}

#[test]
fn every_truncation_and_every_flipped_bit_of_the_shipped_model_is_refused() {
    let mut bytes = fs::read("models/talks.demarche").unwrap();
    for length in 0..bytes.len() {
        let error = Model::from_bytes(&bytes[..length]).unwrap_err();
        assert!(
            matches!(error, ModelFileError::Foreign | ModelFileError::Truncated { .. }),
            "{length}: {error}"
        );
    }
    let mut state = 1_u64;
    for _ in 0..10_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = usize::try_from(state >> 16).unwrap() % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(Model::from_bytes(&bytes).is_err(), "bit {bit}");
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(Model::from_bytes(&bytes).is_ok());
}

#[test]
fn a_temperature_that_no_probability_survives_is_refused_under_a_right_checksum() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = trained(folder.path(), "a", &[]);
    let (wanted, wrong) = (b"\"temperature\":1.0", b"\"temperature\":0.0");
    let at = bytes.windows(wanted.len()).position(|window| window == wanted).unwrap();
    bytes[at..at + wrong.len()].copy_from_slice(wrong);
    let sum = blake3::Hasher::new().update(&bytes[12..20]).update(&bytes[60..]).finalize();
    bytes[28..60].copy_from_slice(sum.as_bytes());
    let error = Model::from_bytes(&bytes).unwrap_err();
    assert!(matches!(&error, ModelFileError::Contents(fault) if fault.contains("temperature")), "{error}");
}

#[test]
fn each_refusal_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = trained(folder.path(), "a", &[]);
    let told = |bytes: &[u8]| {
        let said = demarche(&["classify", "seeds", "-m", &file(folder.path(), "bad", bytes)]);
        assert_eq!(said.code, 2);
        said.err
    };
    assert!(told(b"PK\x03\x04 something else").contains("this is not a demarche model"));
    assert!(told(&bytes[..bytes.len() - 9]).contains("cut short"));
    let mut newer = bytes.clone();
    newer[8] = 200;
    assert!(told(&newer).contains("format 200"), "{}", told(&newer));
    let mut damaged = bytes.clone();
    *damaged.last_mut().unwrap() ^= 1;
    assert!(told(&damaged).contains("damaged"));
    assert!(told(&[&bytes[..], b"x"].concat()).contains("1 bytes too many"));
}
