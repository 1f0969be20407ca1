//! The model in `models/` is what `train` makes from `data/`.

use std::fs;

use demarche::model::Model;

use crate::run::demarche;

#[test]
fn the_shipped_model_is_rebuilt_from_the_corpus() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.demarche").display().to_string();
    let said = demarche(&["train", "--quiet", "-o", &path]);
    assert_eq!(said.code, 0, "{}", said.err);
    let shipped = Model::from_bytes(&fs::read("models/talks.demarche").unwrap()).unwrap();
    let rebuilt = Model::from_bytes(&fs::read(path).unwrap()).unwrap();
    assert_eq!(shipped.header(), rebuilt.header());
    assert!(shipped.terms().eq(rebuilt.terms()));
    let [shipped, rebuilt] = [&shipped, &rebuilt].map(|model| model.weights().collect::<Vec<f32>>());
    let largest = shipped.iter().zip(&rebuilt).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(shipped.len() == rebuilt.len() && largest <= 1e-6, "{largest}");
}
