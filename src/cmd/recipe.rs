//! The options that make a recipe, for `train` and `evaluate`.

use clap::ValueEnum;
use demarche::model::{Estimator, Recipe};
use demarche::read::Labels;
use demarche::text::{Family, UnknownFamily};

use super::number;

/// How to train.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "How to train")]
pub(super) struct RecipeArguments {
    /// General settings: stemmed words and pairs of words, no cues of talks, names unmasked.
    #[arg(long)]
    no_cues: bool,

    /// Leave a feature family out (words, characters, negation, ...); may be given several times.
    #[arg(long, value_name = "FAMILY", value_parser = family)]
    without: Vec<Family>,

    /// Add a feature family.
    #[arg(long, value_name = "FAMILY", value_parser = family)]
    with: Vec<Family>,

    /// The estimator.
    #[arg(long, value_enum)]
    estimator: Option<EstimatorName>,

    /// The power of the log-count ratios that features are multiplied by for the fit, so that those which tell labels
    /// apart are penalised less: 1 as they are, less damps them, 0 leaves them out.
    #[arg(long, value_name = "P", value_parser = number::power)]
    ratio_power: Option<f64>,

    /// C: how much a row's loss weighs against the size of the weights.
    #[arg(long, value_name = "C", value_parser = number::positive)]
    cost: Option<f64>,

    /// The longest run of words.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=5))]
    ngrams: Option<u8>,

    /// Keep words as they are instead of stemming them.
    #[arg(long)]
    no_stem: bool,

    /// The shortest and longest run of characters (with the family characters).
    #[arg(long, value_name = "FROM-TO", value_parser = number::range)]
    char_ngrams: Option<(usize, usize)>,

    /// How much the block of characters weighs beside the words, from 0 up.
    #[arg(long, value_name = "SCALE", value_parser = number::scale)]
    char_scale: Option<f32>,

    /// Leave out terms in fewer texts.
    #[arg(long, value_name = "N")]
    min_df: Option<u32>,

    /// Keep this many terms: those with the largest chi-squared; 0 keeps all.
    #[arg(long, value_name = "N")]
    max_features: Option<usize>,

    /// Let every label weigh the same, however many rows it has.
    #[arg(long)]
    balanced: bool,

    /// Which labels the data may have.
    #[arg(long, value_enum, default_value_t = LabelNames::Stances)]
    labels: LabelNames,

    /// The seed of everything random.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
}

fn family(name: &str) -> Result<Family, UnknownFamily> {
    name.parse()
}

/// An estimator by its name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum EstimatorName {
    /// Multinomial logistic regression.
    Logistic,
    /// One-versus-rest linear support vector machine.
    Svm,
}

/// Which labels data may have.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LabelNames {
    /// open, conditional, rejecting, none.
    Stances,
    /// Whatever labels there are: for other tasks.
    Any,
}

impl From<LabelNames> for Labels {
    fn from(labels: LabelNames) -> Self {
        match labels {
            LabelNames::Stances => Self::Stances,
            LabelNames::Any => Self::Any,
        }
    }
}

impl RecipeArguments {
    /// What was meant.
    pub(super) fn recipe(&self) -> Recipe {
        let mut recipe = if self.no_cues { Recipe::plain() } else { Recipe::stance() };
        let settings = &mut recipe.settings;
        settings.families = self.with.iter().fold(settings.families, |set, &f| set.with(f));
        settings.families = self.without.iter().fold(settings.families, |set, &f| set.without(f));
        settings.word_ngrams = self.ngrams.map_or(settings.word_ngrams, usize::from);
        settings.stem &= !self.no_stem;
        settings.char_ngrams = self.char_ngrams.unwrap_or(settings.char_ngrams);
        let [_, characters, ..] = &mut recipe.scales;
        *characters = self.char_scale.unwrap_or(*characters);
        if let Some(estimator) = self.estimator {
            recipe.estimator = match estimator {
                EstimatorName::Logistic => Estimator::Logistic,
                EstimatorName::Svm => Estimator::Svm,
            };
        }
        recipe.ratio_power = self.ratio_power.unwrap_or(recipe.ratio_power);
        recipe.cost = self.cost.unwrap_or(recipe.cost);
        recipe.min_df = self.min_df.unwrap_or(recipe.min_df);
        recipe.max_features = self.max_features.unwrap_or(recipe.max_features);
        recipe.balanced |= self.balanced;
        recipe.seed = self.seed;
        recipe
    }

    /// True if the recipe is not the one that no option gives.
    pub(super) fn changes_anything(&self) -> bool {
        self.recipe() != Recipe::stance()
    }

    /// The labels that the data may have.
    pub(super) fn labels(&self) -> Labels {
        self.labels.into()
    }
}
