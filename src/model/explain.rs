//! Why a text got its probabilities.

use crate::shape::top_class;

/// What one term adds to the logits.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The term in words.
    pub term: String,
    /// Weight × value, one a label.
    pub logits: Vec<f64>,
}

/// The logit of a label is its intercept plus the contributions of all terms to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The labels, in the order of all vectors here.
    pub labels: Vec<String>,
    /// One a label; they sum to 1.
    pub probabilities: Vec<f64>,
    /// One a label.
    pub logits: Vec<f64>,
    /// One a label.
    pub intercepts: Vec<f64>,
    /// The terms of the text that the model knows.
    pub terms: Vec<Contribution>,
}

impl Explanation {
    /// The number of the most probable label, the first on a tie.
    #[must_use]
    pub fn class(&self) -> usize {
        top_class(&self.probabilities).0
    }

    /// Terms and what they add to the logit of `class`, the largest of either sign first.
    #[must_use]
    pub fn for_class(&self, class: usize) -> Vec<(&str, f64)> {
        let mut terms: Vec<(&str, f64)> =
            self.terms.iter().filter_map(|t| Some((t.term.as_str(), *t.logits.get(class)?))).collect();
        terms.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
        terms
    }
}
