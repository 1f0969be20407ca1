//! What a search for a recipe varies: one parameter after another, a few values each.

use crate::text::Family;

use super::recipe::{Estimator, Recipe};

/// A parameter and the values to try, given the recipe so far.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    /// What is varied.
    pub name: &'static str,
    values: fn(&Recipe) -> Vec<(String, Recipe)>,
}

impl Axis {
    /// The parameters in the order in which they are searched: the estimator first, as it decides most; the features,
    /// those that make most terms last; then the estimator's numbers again, in smaller steps, for other features have
    /// another best C.
    pub const ALL: [Self; 7] = [
        Self { name: "estimator and C", values: estimators },
        Self { name: "runs of words", values: word_runs },
        Self { name: "words stemmed", values: stemming },
        Self { name: "feature families", values: families },
        Self { name: "rare terms", values: rare_terms },
        Self { name: "runs of characters", values: characters },
        Self { name: "C and ratios", values: fine },
    ];

    /// The values to try, in words, with the recipes that have them; that of `recipe` itself is left out.
    #[must_use]
    pub fn values(&self, recipe: &Recipe) -> Vec<(String, Recipe)> {
        (self.values)(recipe).into_iter().filter(|(_, other)| other != recipe).collect()
    }
}

impl Recipe {
    /// Its estimator with its numbers, in words.
    #[must_use]
    pub fn estimator_in_words(&self) -> String {
        let ratios = if self.ratio_power > 0.0 {
            format!(", ratios to the power {}", self.ratio_power)
        } else {
            String::new()
        };
        format!("{}, C {}{ratios}", self.estimator.name(), self.cost)
    }

    fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut recipe = self.clone();
        change(&mut recipe);
        recipe
    }
}

/// C in steps of three, around where linear text classifiers with rows of norm 1 are usually best.
fn estimators(recipe: &Recipe) -> Vec<(String, Recipe)> {
    let grid: [(Estimator, f64, &[f64]); 6] = [
        (Estimator::Logistic, 0.0, &[1.0, 3.0, 10.0, 30.0]),
        (Estimator::Svm, 0.0, &[0.3, 1.0, 3.0]),
        (Estimator::Logistic, 0.5, &[1.0, 3.0, 10.0]),
        (Estimator::Logistic, 1.0, &[0.3, 1.0, 3.0]),
        (Estimator::Svm, 0.5, &[0.1, 0.3, 1.0, 3.0]),
        (Estimator::Svm, 1.0, &[0.1, 0.3, 1.0]),
    ];
    let points = grid.iter().flat_map(|(e, power, costs)| costs.iter().map(move |cost| (*e, *power, *cost)));
    let with = |(estimator, ratio_power, cost)| Recipe { estimator, cost, ratio_power, ..recipe.clone() };
    points.map(with).map(|recipe| (recipe.estimator_in_words(), recipe)).collect()
}

fn word_runs(recipe: &Recipe) -> Vec<(String, Recipe)> {
    (1..=3).map(|n| (format!("up to {n}"), recipe.changed(|r| r.settings.word_ngrams = n))).collect()
}

fn stemming(recipe: &Recipe) -> Vec<(String, Recipe)> {
    [(true, "yes"), (false, "no")]
        .map(|(stem, word)| (word.to_owned(), recipe.changed(|r| r.settings.stem = stem)))
        .into()
}

/// Each family of cues left out; a recipe without cues has nothing to leave out.
fn families(recipe: &Recipe) -> Vec<(String, Recipe)> {
    let own = recipe.settings.families;
    let cues = Family::ALL.into_iter().filter(|f| own.has(*f));
    cues.filter(|f| ![Family::Words, Family::Characters].contains(f))
        .map(|f| (format!("without {}", f.name()), recipe.changed(|r| r.settings.families = own.without(f))))
        .collect()
}

fn rare_terms(recipe: &Recipe) -> Vec<(String, Recipe)> {
    [1, 2, 4].map(|n| (format!("in {n} texts or more"), recipe.changed(|r| r.min_df = n))).into()
}

fn characters(recipe: &Recipe) -> Vec<(String, Recipe)> {
    let own = recipe.settings.families;
    let without = recipe.changed(|r| r.settings.families = own.without(Family::Characters));
    let with = |range: (usize, usize), scale: f32| {
        let recipe = recipe.changed(|r| {
            r.settings.families = own.with(Family::Characters);
            r.settings.char_ngrams = range;
            let [_, characters, ..] = &mut r.scales;
            *characters = scale;
        });
        (format!("{} to {}, weighing {scale}", range.0, range.1), recipe)
    };
    let mut values = vec![("none".to_owned(), without)];
    values.extend([((2, 5), 0.5), ((2, 5), 1.0), ((3, 6), 0.5), ((3, 6), 1.0)].map(|(r, s)| with(r, s)));
    values
}

/// A number to three digits, which can be typed as --cost.
fn legible(number: f64) -> f64 {
    format!("{number:.2e}").parse().unwrap_or(number)
}

fn fine(recipe: &Recipe) -> Vec<(String, Recipe)> {
    let costs = [0.5, 0.7, 1.5, 2.0].map(|factor| recipe.changed(|r| r.cost = legible(r.cost * factor)));
    let powers = if recipe.ratio_power > 0.0 { vec![0.3, 0.5, 0.7, 1.0] } else { Vec::new() };
    let powers = powers.into_iter().map(|power| recipe.changed(|r| r.ratio_power = power));
    costs.into_iter().chain(powers).map(|recipe| (recipe.estimator_in_words(), recipe)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_differs_from_the_recipe_and_from_the_others() {
        for recipe in [Recipe::plain(), Recipe::stance()] {
            for axis in Axis::ALL {
                let values = axis.values(&recipe);
                for (i, (name, one)) in values.iter().enumerate() {
                    assert!(*one != recipe, "{}: {name}", axis.name);
                    assert!(values.iter().skip(i + 1).all(|(n, other)| n != name && other != one), "{name}");
                }
            }
        }
    }

    #[test]
    fn numbers_can_be_typed() {
        assert_eq!([legible(3.0 * 0.7), legible(1e-5 * 1.5)].map(|n| n.to_string()), ["2.1", "0.000015"]);
    }

    #[test]
    fn cues_are_left_out_one_by_one_and_plain_words_are_not() {
        let families = Axis::ALL[3];
        assert_eq!(families.values(&Recipe::plain()), []);
        let names: Vec<String> =
            families.values(&Recipe::stance()).into_iter().map(|(name, _)| name).collect();
        assert!(
            names.contains(&"without negation".to_owned()) && !names.contains(&"without words".to_owned())
        );
    }
}
