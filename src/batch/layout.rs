//! Which columns come out, and in which order.

use std::collections::HashMap;

use crate::read::Row;
use crate::row::{Field, SCORED_COLUMNS};

/// The columns of an output: input columns that are kept, then the scored ones, or a choice among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    columns: Vec<String>,
    choice: Option<Vec<Place>>,
}

/// Where a field of an output row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Input(usize),
    Scored(usize),
}

/// Columns that cannot be chosen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// A column is not there.
    #[error("there is no column {name:?}{}; the columns are {columns}", .nearest.as_ref().map(|n| format!("; did you mean {n:?}?")).unwrap_or_default())]
    Unknown {
        /// The column as asked for.
        name: String,
        /// One that is written nearly the same, if there is one.
        nearest: Option<String>,
        /// All columns.
        columns: String,
    },
    /// A column is asked for twice: no table with it could be read again.
    #[error("the column {0:?} is asked for twice")]
    Twice(String),
}

/// `name`, or where that was `given` already, the first of `name_2`, `name_3` that was not.
fn numbered(name: &str, given: &mut HashMap<String, usize>) -> String {
    let mut candidate = name.to_owned();
    loop {
        let times = given.entry(candidate.to_ascii_lowercase()).or_insert(0);
        *times += 1;
        if *times == 1 {
            return candidate;
        }
        candidate = format!("{name}_{times}");
    }
}

impl Layout {
    /// All columns of the input and then the scored ones. An input column whose name a scored one needs gets
    /// `input_` before it, and one whose name an earlier column has a number after it. Case makes no difference, as it
    /// makes none where tables are read.
    #[must_use]
    pub fn new(input: &[String]) -> Self {
        let mut given = HashMap::new();
        let kept = input.iter().map(|c| {
            let taken = SCORED_COLUMNS.iter().any(|scored| scored.eq_ignore_ascii_case(c));
            if taken { numbered(&format!("input_{c}"), &mut given) } else { numbered(c, &mut given) }
        });
        Self { columns: kept.chain(SCORED_COLUMNS.map(str::to_owned)).collect(), choice: None }
    }

    /// Some of the columns, in the order of `names`.
    ///
    /// # Errors
    /// If one of them is not there, or stands there twice.
    pub fn choose(&self, names: &[String]) -> Result<Self, ChoiceError> {
        let earlier = |(i, name): &(usize, &String)| names.iter().take(*i).any(|other| other == *name);
        if let Some((_, twice)) = names.iter().enumerate().find(earlier) {
            return Err(ChoiceError::Twice(twice.clone()));
        }
        let inputs = self.columns.len().saturating_sub(SCORED_COLUMNS.len());
        let place = |name: &String| match self.columns.iter().position(|c| c == name) {
            Some(i) if i < inputs => Ok(Place::Input(i)),
            Some(i) => Ok(Place::Scored(i - inputs)),
            None => Err(self.unknown(name)),
        };
        let choice = names.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { columns: names.to_vec(), choice: Some(choice) })
    }

    fn unknown(&self, name: &str) -> ChoiceError {
        let nearest = self.columns.iter().map(|c| (strsim::damerau_levenshtein(c, name), c)).min();
        let near = nearest.filter(|(distance, _)| distance * 3 <= name.chars().count().max(3));
        ChoiceError::Unknown {
            name: name.to_owned(),
            nearest: near.map(|(_, c)| c.clone()),
            columns: self.columns.join(", "),
        }
    }

    /// The names of the columns that come out.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// True if the scored column `name` comes out, so that its field has to be found.
    #[must_use]
    pub fn wants(&self, name: &str) -> bool {
        let place = SCORED_COLUMNS.iter().position(|c| *c == name).map(Place::Scored);
        self.choice.as_ref().is_none_or(|choice| place.is_some_and(|place| choice.contains(&place)))
    }

    /// Gives the fields of one row to `write`, in order.
    pub(super) fn fields(
        &self,
        input: Option<Row<'_>>,
        scored: &[Field<'_>; 22],
        mut write: impl FnMut(Field<'_>),
    ) {
        let Some(choice) = &self.choice else {
            for words in input.iter().flat_map(Row::iter) {
                write(Field::Text(words));
            }
            for field in scored {
                write(*field);
            }
            return;
        };
        for place in choice {
            write(match place {
                Place::Input(i) => Field::Text(input.map_or("", |record| record.get(*i))),
                Place::Scored(i) => scored.get(*i).copied().unwrap_or(Field::Empty),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_chosen_by_name_in_any_order() {
        let all = Layout::new(&["key".to_owned(), "label".to_owned()]);
        assert_eq!(all.columns()[..3], ["key", "input_label", "article"]);
        let names = ["model".to_owned(), "input_label".to_owned()];
        let chosen = all.choose(&names).unwrap();
        assert_eq!(chosen.columns(), names);
        let mut scored = [Field::Empty; 22];
        scored[20] = Field::Text("m");
        let mut found = Vec::new();
        chosen.fields(None, &scored, |field| found.push(format!("{field:?}")));
        assert_eq!(found, ["Text(\"m\")", "Text(\"\")"]);
    }

    #[test]
    fn no_two_columns_have_one_name() {
        let kept = |input: &[&str]| {
            let names: Vec<String> = input.iter().map(|&name| name.to_owned()).collect();
            Layout::new(&names).columns()[..input.len()].to_vec()
        };
        assert_eq!(kept(&["Label", "MODEL", "mood"]), ["input_Label", "input_MODEL", "mood"]);
        assert_eq!(kept(&["text", "Text", "input_text"]), ["input_text", "input_Text_2", "input_text_3"]);
        assert_eq!(kept(&["a", "a_2", "a", "A"]), ["a", "a_2", "a_3", "A_4"]);
    }

    #[test]
    fn an_unknown_column_is_answered_with_the_nearest() {
        let error = |name: &str| Layout::new(&[]).choose(&[name.to_owned()]).unwrap_err();
        assert!(
            error("lable")
                .to_string()
                .starts_with("there is no column \"lable\"; did you mean \"label\"?; the")
        );
        assert!(error("zebra").to_string().starts_with("there is no column \"zebra\"; the columns are "));
    }

    #[test]
    fn no_column_comes_out_twice() {
        let names = ["text", "label", "text"].map(str::to_owned);
        let error = Layout::new(&[]).choose(&names).unwrap_err();
        assert_eq!(error.to_string(), "the column \"text\" is asked for twice");
    }
}
