//! Everything that decides what a fit makes of its rows; recorded in every model.

use serde::{Deserialize, Serialize};

use crate::features::{Block, TfIdfSettings};
use crate::text::{Family, Settings};

/// The estimator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Estimator {
    /// Multinomial logistic regression.
    Logistic,
    /// One-versus-rest linear support vector machine with squared hinge loss.
    Svm,
}

impl Estimator {
    /// The name on the command line and in model cards.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Logistic => "logistic",
            Self::Svm => "svm",
        }
    }
}

/// Parameters from text to weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// What the analyzer does.
    pub settings: Settings,
    /// Terms in fewer training texts than this are left out.
    pub min_df: u32,
    /// Of the other terms, at most this many are kept: those with the largest χ². 0 keeps all.
    pub max_features: usize,
    /// 1 + ln tf instead of tf.
    pub sublinear: bool,
    /// Weight of the word block, the character block, the context block, the block of stances and that of forms.
    pub scales: [f32; 5],
    /// What is fitted.
    pub estimator: Estimator,
    /// C of the estimator.
    pub cost: f64,
    /// The power of the log-count ratios that columns are multiplied by for the fit: 1 as they are, less damps them, 0
    /// leaves them out.
    pub ratio_power: f64,
    /// Classes weigh the same, however many rows they have.
    pub balanced: bool,
    /// The order of rows during the fit.
    pub seed: u64,
}

impl Recipe {
    /// Stemmed words and pairs with logistic regression: fit for any text classification.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            settings: Settings::plain(),
            min_df: 1,
            max_features: 0,
            sublinear: true,
            scales: [1.0; 5],
            estimator: Estimator::Logistic,
            cost: 10.0,
            ratio_power: 0.0,
            balanced: false,
            seed: 1,
        }
    }

    /// The recipe of the shipped model.
    #[must_use]
    pub fn stance() -> Self {
        Self {
            settings: Settings::stance(),
            min_df: 3,
            max_features: 90_000,
            scales: [1.0, 1.0, 1.0, 0.5, 1.0],
            cost: 1.2,
            ratio_power: 0.8,
            ..Self::plain()
        }
    }

    /// The TF-IDF settings that belong to it.
    #[must_use]
    pub fn tfidf(&self) -> TfIdfSettings {
        TfIdfSettings {
            sublinear: self.sublinear,
            blocks: self.scales.iter().map(|&scale| Block { scale }).collect(),
        }
    }

    /// The block of a family's terms.
    #[must_use]
    pub const fn block(family: Family) -> u8 {
        match family {
            Family::Words => 0,
            Family::Characters => 1,
            Family::Stances => 3,
            Family::Forms => 4,
            _ => 2,
        }
    }
}
