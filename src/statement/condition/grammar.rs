//! The tables of connectives and word classes, read once.

use std::sync::LazyLock;

use super::kind::ConditionKind;
use crate::statement::table::{Classes, Table};

/// Which words around a connective are the requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// From the connective to the end of its clause.
    From,
    /// The same, where the connective takes a noun and no clause.
    Noun,
    /// The whole clause around it.
    Clause,
    /// What a colon behind that clause introduces, or the clause.
    Named,
    /// The demand that stands before it, if there is one, else as `From`.
    Either,
    /// The clause that it is attached to.
    Main,
    /// None: it looks like a connective and is none.
    Skip,
}

/// One rule of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) shape: Shape,
    /// From 0 to 100: which connective to believe first.
    pub(super) strength: i32,
    /// What the connective alone says of the requirement.
    pub(super) kind: Option<ConditionKind>,
}

/// The word classes that the grammar asks for by name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Named {
    pub(super) talk: Classes,
    pub(super) say: Classes,
    pub(super) modal: Classes,
    pub(super) subject: Classes,
    pub(super) and: Classes,
    pub(super) goes_on: Classes,
    pub(super) stop: Classes,
    pub(super) that: Classes,
    pub(super) abbreviation: Classes,
    pub(super) lead: Classes,
    pub(super) turn: Classes,
    pub(super) need: Classes,
    pub(super) fresh: Classes,
    pub(super) article: Classes,
    pub(super) preposition: Classes,
    pub(super) be: Classes,
}

/// The connectives of `table.txt`.
#[derive(Debug)]
pub(super) struct Grammar {
    pub(super) table: Table,
    pub(super) rules: Vec<Rule>,
    pub(super) named: Named,
}

/// The grammar of English, read at first use.
pub(super) static ENGLISH: LazyLock<Grammar> = LazyLock::new(|| Grammar::parse(include_str!("table.txt")));

impl Grammar {
    fn parse(source: &str) -> Self {
        let table = Table::parse(source);
        let rules = table.heads().map(rule).collect();
        let class = |name: &str| table.class(name);
        let named = Named {
            talk: class("@talk"),
            say: class("@say"),
            modal: class("@modal"),
            subject: class("@subject"),
            and: class("@and"),
            goes_on: class("@goes_on"),
            stop: class("@stop"),
            that: class("@that"),
            abbreviation: class("@abbreviation"),
            lead: class("@lead"),
            turn: class("@turn"),
            need: class("@need"),
            fresh: class("@fresh"),
            article: class("@a"),
            preposition: class("@preposition"),
            be: class("@be"),
        };
        Self { table, rules, named }
    }
}

/// Reads a head; what it does not understand is a rule that never wins.
fn rule(head: &str) -> Rule {
    let mut words = head.split_whitespace();
    let shape = match words.next() {
        Some("from") => Shape::From,
        Some("noun") => Shape::Noun,
        Some("clause") => Shape::Clause,
        Some("named") => Shape::Named,
        Some("either") => Shape::Either,
        Some("main") => Shape::Main,
        _ => Shape::Skip,
    };
    let strength = words.next().and_then(|w| w.parse().ok()).unwrap_or(0);
    Rule { shape, strength, kind: words.next().and_then(ConditionKind::from_name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        for line in include_str!("table.txt").lines().filter(|l| !l.starts_with(['#', '@']) && !l.is_empty())
        {
            let head = line.split_once(": ").map_or("", |(head, _)| head);
            let words: Vec<&str> = head.split(' ').collect();
            assert!(
                ["from", "noun", "clause", "named", "either", "main", "skip"].contains(&words[0]),
                "{line}"
            );
            assert!((0..=100).contains(&words[1].parse::<i32>().unwrap()), "{line}");
            assert!(words[2] == "-" || ConditionKind::from_name(words[2]).is_some(), "{line}");
        }
    }

    #[test]
    fn every_class_has_words() {
        let named = ENGLISH.named;
        for class in [
            named.talk,
            named.say,
            named.modal,
            named.subject,
            named.and,
            named.goes_on,
            named.stop,
            named.that,
            named.abbreviation,
            named.lead,
            named.turn,
            named.need,
            named.fresh,
            named.article,
            named.preposition,
            named.be,
        ] {
            assert_ne!(class, 0);
        }
    }
}
