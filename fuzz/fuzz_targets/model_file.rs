//! Any bytes as a model file: refused, unless they are exactly what the model writes; and the same bytes under a
//! right checksum, so that what is behind it is read as well.

#![no_main]

use demarche::model::Model;
use libfuzzer_sys::fuzz_target;

const PREAMBLE: usize = 60;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(model) = Model::from_bytes(bytes) {
        assert_eq!(model.to_bytes(), bytes);
    }
    let Some(sealed) = seal(bytes) else { return };
    let Ok(model) = Model::from_bytes(&sealed) else { return };
    let mut session = model.session();
    session.probabilities("Norland will not talk unless Sudria withdraws, the “minister” said.");
    session.explain("talks");
    if let Some(mut scorer) = model.stance().as_ref().map(demarche::stance::Classify::scorer) {
        scorer.score("We are open to talks.");
    }
    assert!(!model.to_bytes().is_empty());

    let mut damaged = sealed.clone();
    let bit =
        bytes.iter().fold(0_usize, |n, &b| n.wrapping_mul(31).wrapping_add(b.into())) % (sealed.len() * 8);
    damaged[bit / 8] ^= 1 << (bit % 8);
    assert!(Model::from_bytes(&damaged).is_err(), "bit {bit}");
});

/// The bytes with magic, version, lengths and checksum that fit.
fn seal(bytes: &[u8]) -> Option<Vec<u8>> {
    let rest = bytes.get(PREAMBLE..)?;
    let wanted = u64::from_le_bytes(bytes.get(12..20)?.try_into().ok()?);
    let header = usize::try_from(wanted).unwrap_or(usize::MAX).min(rest.len());
    let length = (header as u64).to_le_bytes();
    let sum = blake3::Hasher::new().update(&length).update(rest).finalize();
    let body = ((rest.len() - header) as u64).to_le_bytes();
    Some([b"DEMARCHE", &1_u32.to_le_bytes()[..], &length, &body, sum.as_bytes(), rest].concat())
}
