//! Chooses the connective of a statement and cuts out its requirement.

use crate::span::Span;
use crate::statement::table::Hit;

use super::clause::{Clauses, Opening};
use super::grammar::{ENGLISH, Grammar, Rule, Shape};
use super::kind::{ConditionKind, kind_of};

/// The requirement to which a statement ties talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its words, as bytes of the statement's text.
    pub span: Span,
    /// What it asks for.
    pub kind: ConditionKind,
}

/// A connective, and how much speaks for it.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    hit: Hit,
    rule: Rule,
    score: i32,
}

/// The requirement in `text`, a statement known to be conditional; `None` if nothing in it looks like one.
///
/// Connectives are found by table (`condition/table.txt`), the strongest near a word of talks wins, and the
/// requirement runs to the end of its clause. Takes time linear in the text.
///
/// ```
/// # use demarche::statement::{condition, ConditionKind};
/// let text = "We will not talk until the blockade ends, the envoy said.";
/// let found = condition(text).unwrap();
/// assert_eq!(found.span.of(text), "until the blockade ends");
/// assert_eq!(found.kind, ConditionKind::CounterpartAct);
/// ```
#[must_use]
pub fn condition(text: &str) -> Option<Condition> {
    let grammar = &*ENGLISH;
    let items = grammar.table.read(text);
    let clauses = Clauses { text, items: &items, named: grammar.named };
    let best =
        candidates(grammar, clauses).into_iter().reduce(|a, b| if b.score > a.score { b } else { a })?;
    let (start, end) = cut(clauses, best);
    let span = Span::new(items.get(start)?.span.start, items.get(end.checked_sub(1)?)?.span.end);
    let plain = match best.rule.shape {
        Shape::Noun => ConditionKind::Other,
        _ => ConditionKind::CounterpartAct,
    };
    (!span.is_empty()).then(|| Condition { span, kind: kind_of(span.of(text), best.rule.kind, plain) })
}

/// How near a word of talks must stand before a connective to speak for it.
const NEAR: usize = 7;

fn candidates(grammar: &Grammar, clauses: Clauses<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let (mut at, mut last_talk, mut turned) = (0, None, false);
    while at < clauses.items.len() {
        if clauses.ends_sentence(at) {
            (last_talk, turned) = (None, false);
        }
        if clauses.has(at, grammar.named.turn) {
            turned = true;
        }
        let hit = grammar.table.phrase_at(clauses.items, at);
        let rule = hit.and_then(|h| grammar.rules.get(h.rule).copied());
        if clauses.has(at, grammar.named.talk) {
            last_talk = Some(at);
        }
        let mut next = at + 1;
        if let (Some(hit), Some(rule)) = (hit, rule) {
            if rule.shape == Shape::Skip {
                next = hit.end;
            } else {
                let near = last_talk.is_some_and(|t: usize| t < at && at - t <= NEAR);
                let told = clauses.follows_saying(at) && rule.strength < 85;
                let score = rule.strength + if near { 8 } else { 0 } + if turned { 6 } else { 0 }
                    - if told { 40 } else { 0 };
                found.push(Candidate { hit, rule, score });
            }
        }
        at = next.max(at + 1);
    }
    found
}

/// The items of the requirement: first, and one past the last.
fn cut(clauses: Clauses<'_>, best: Candidate) -> (usize, usize) {
    let Hit { start, end, .. } = best.hit;
    match best.rule.shape {
        Shape::From | Shape::Skip => cut_from(clauses, start, end, false),
        Shape::Noun => cut_from(clauses, start, end, true),
        Shape::Clause => (clauses.start(start), clauses.end(end, Opening::default())),
        Shape::Either => cut_either(clauses, start, end),
        Shape::Main => cut_main(clauses, start, end),
    }
}

fn cut_from(clauses: Clauses<'_>, start: usize, end: usize, noun: bool) -> (usize, usize) {
    let first = led(clauses, start);
    let opening = Opening { initial: is_initial(clauses, first), noun };
    (first, clauses.end(end, opening).max(end))
}

/// `start` moved back over "only", "not", "never" and the like.
fn led(clauses: Clauses<'_>, mut start: usize) -> usize {
    while start > 0 && clauses.has(start - 1, clauses.named.lead) {
        start -= 1;
    }
    start
}

/// True if nothing but a mark, or a word that opens clauses, stands before item `at`.
fn is_initial(clauses: Clauses<'_>, at: usize) -> bool {
    at == 0
        || clauses.items.get(at - 1).is_some_and(|i| !i.is_word())
        || clauses.has(at - 1, clauses.named.that)
        || clauses.has(at - 1, clauses.named.and)
}

/// "Halt the tests before we talk" asks for what stands before; "no talks before the truce" for what follows.
fn cut_either(clauses: Clauses<'_>, start: usize, end: usize) -> (usize, usize) {
    let stop = clauses.end(end, Opening::default());
    let talk_after = (end..stop).any(|i| clauses.has(i, clauses.named.talk));
    let first = clauses.start(start);
    let needed = (first..start).any(|i| clauses.has(i, clauses.named.need));
    if talk_after && needed && start > first { (first, stop) } else { cut_from(clauses, start, end, false) }
}

/// "They should disarm if they want to talk": the requirement is the clause without the connective's own.
fn cut_main(clauses: Clauses<'_>, start: usize, end: usize) -> (usize, usize) {
    let first = clauses.start(start);
    if first < start {
        return (first, start);
    }
    let after = clauses.end(end, Opening { initial: true, noun: false });
    let next = (after..clauses.items.len()).find(|&i| clauses.items.get(i).is_some_and(|t| t.is_word()));
    next.map_or((start, after), |next| (next, clauses.end(next, Opening::default())))
}
