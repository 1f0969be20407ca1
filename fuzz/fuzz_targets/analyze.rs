//! Terms and probabilities of any text: the same in a new session and after other texts.

#![no_main]

use std::cell::RefCell;
use std::sync::LazyLock;

use demarche::model::{Model, ModelSession};
use demarche::text::{Analyzer, Families, Family, Session, Settings, TermSink};
use libfuzzer_sys::fuzz_target;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::from_bytes(include_bytes!("../../models/talks.demarche")).expect("the shipped model is whole")
});

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| {
    let families = Families::of(&Family::ALL);
    Analyzer::new(Settings { families, word_ngrams: 3, ..Settings::stance() })
});

thread_local! {
    static OLD: RefCell<(ModelSession<'static>, Session<'static>)> =
        RefCell::new((MODEL.session(), ANALYZER.session()));
}

#[derive(Debug, Default, PartialEq)]
struct Terms(Vec<(Family, u64, String)>);

impl TermSink for Terms {
    fn term(&mut self, family: Family, key: u64, name: &dyn Fn() -> String) {
        self.0.push((family, key, name()));
    }
}

fn read(model: &mut ModelSession<'_>, session: &mut Session<'_>, text: &str) -> (Vec<f64>, Terms) {
    let mut terms = Terms::default();
    session.analyze(text, &mut terms);
    (model.probabilities(text).to_vec(), terms)
}

fuzz_target!(|text: &str| {
    let alone = read(&mut MODEL.session(), &mut ANALYZER.session(), text);
    let after = OLD.with_borrow_mut(|(model, session)| read(model, session, text));
    assert_eq!(alone, after);
    let (probabilities, _) = alone;
    assert_eq!(probabilities.len(), 4);
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{probabilities:?}");
});
