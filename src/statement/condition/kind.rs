//! What kind of thing a requirement asks for.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::statement::table::Table;

/// What a requirement asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// Something the other side does or stops doing ("until the shelling stops").
    CounterpartAct,
    /// An assurance ("if we get guarantees").
    Guarantee,
    /// What the talks are about ("only about the border").
    Agenda,
    /// How they are held ("through mediators", "on equal terms").
    Format,
    /// Who takes part ("only with the rebels at the table").
    Participants,
    /// When they are held ("after the elections").
    Timing,
    /// Anything else, or too vague to say ("under the right conditions").
    Other,
}

impl ConditionKind {
    /// Every kind, in the order of all tables.
    pub const ALL: [Self; 7] = [
        Self::CounterpartAct,
        Self::Guarantee,
        Self::Agenda,
        Self::Format,
        Self::Participants,
        Self::Timing,
        Self::Other,
    ];

    /// The name as it stands in CSV files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CounterpartAct => "counterpart_act",
            Self::Guarantee => "guarantee",
            Self::Agenda => "agenda",
            Self::Format => "format",
            Self::Participants => "participants",
            Self::Timing => "timing",
            Self::Other => "other",
        }
    }

    /// The kind called `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }
}

/// The words that tell kinds, and for each rule its kind and weight.
struct Kinds {
    table: Table,
    rules: Vec<Option<(ConditionKind, u32)>>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let table = Table::parse(include_str!("kinds.txt"));
    let rules = table.heads().map(weighted).collect();
    Kinds { table, rules }
});

/// Reads a head: `kind weight`.
fn weighted(head: &str) -> Option<(ConditionKind, u32)> {
    let (kind, weight) = head.split_once(' ')?;
    Some((ConditionKind::from_name(kind)?, weight.parse().ok()?))
}

/// The kind of a requirement with these words, whose connective says `hint` of it: the kind with the greatest
/// weight of words, the hint counting as four, the earlier of [`ConditionKind::ALL`] on a tie; `plain` where no
/// word tells.
pub(super) fn kind_of(words: &str, hint: Option<ConditionKind>, plain: ConditionKind) -> ConditionKind {
    let mut weights = [0_u32; ConditionKind::ALL.len()];
    let mut add = |kind, weight| {
        for (k, w) in ConditionKind::ALL.into_iter().zip(&mut weights) {
            *w += if k == kind { weight } else { 0 };
        }
    };
    if let Some(kind) = hint {
        add(kind, 4);
    }
    let items = KINDS.table.read(words);
    let mut at = 0;
    while at < items.len() {
        let hit = KINDS.table.phrase_at(&items, at);
        if let Some((kind, weight)) = hit.and_then(|h| KINDS.rules.get(h.rule).copied().flatten()) {
            add(kind, weight);
        }
        at = hit.map_or(at + 1, |h| h.end);
    }
    let heaviest = weights.iter().copied().max().unwrap_or(0);
    let found = ConditionKind::ALL.into_iter().zip(weights).find(|&(_, w)| w == heaviest);
    found.filter(|_| heaviest > 0).map_or(plain, |(k, _)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_equal_the_serialized_ones() {
        for kind in ConditionKind::ALL {
            assert_eq!(ConditionKind::from_name(kind.name()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.name()));
        }
        assert_eq!(ConditionKind::from_name("act"), None);
    }

    #[test]
    fn every_rule_of_the_table_names_a_kind_and_a_weight() {
        assert!(KINDS.rules.iter().all(Option::is_some));
        assert!(KINDS.rules.len() > 6);
    }

    #[test]
    fn a_hint_outweighs_one_plain_word_and_yields_to_a_stronger_one() {
        let kind = |words, hint| kind_of(words, hint, ConditionKind::Other);
        assert_eq!(kind("a week", Some(ConditionKind::Format)), ConditionKind::Format);
        assert_eq!(kind("a guarantee", Some(ConditionKind::Format)), ConditionKind::Guarantee);
        assert_eq!(kind("a horse", None), ConditionKind::Other);
    }
}
