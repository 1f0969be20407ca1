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
    if clauses.asks(start, end) {
        return None;
    }
    let span =
        Span::new(items.get(start)?.span.start, items.get(end.checked_sub(1)?)?.span.end).with_signs(text);
    let plain = match best.rule.shape {
        Shape::Noun => ConditionKind::Other,
        _ => ConditionKind::CounterpartAct,
    };
    (!span.is_empty()).then(|| Condition { span, kind: kind_of(span.of(text), best.rule.kind, plain) })
}

/// How near a word of talks must stand before a connective to speak for it.
const NEAR: usize = 7;
/// Connectives of at least this strength stand their ground after a verb of saying ("told reporters after …").
const FINITE: i32 = 85;

/// A connective of at least this strength counts though it begins inside a phrase that is skipped, if it goes
/// beyond it ("talks on | equal terms").
const FIRM: i32 = 50;

fn candidates(grammar: &Grammar, clauses: Clauses<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut so_far = SoFar::default();
    for at in 0..clauses.items.len() {
        so_far.pass(clauses, at);
        let Some(hit) = grammar.table.phrase_at(clauses.items, at) else { continue };
        let Some(&rule) = grammar.rules.get(hit.rule) else { continue };
        if rule.shape == Shape::Skip {
            so_far.skipped = so_far.skipped.max(hit.end);
        } else if at >= so_far.skipped || hit.end > so_far.skipped && rule.strength >= FIRM {
            found.push(Candidate { hit, rule, score: rule.strength + so_far.bonus(clauses, at, rule) });
        }
    }
    found
}

/// What the search has passed in the sentence.
#[derive(Clone, Copy, Debug, Default)]
struct SoFar {
    talk: Option<usize>,
    /// After "but".
    turned: bool,
    /// One past the last item of a skipped phrase.
    skipped: usize,
}

impl SoFar {
    fn pass(&mut self, clauses: Clauses<'_>, at: usize) {
        if clauses.ends_sentence(at) {
            (self.talk, self.turned) = (None, false);
        }
        self.turned |= clauses.has(at, clauses.named.turn);
        if clauses.has(at, clauses.named.talk) {
            self.talk = Some(at);
        }
    }

    /// What the place of a connective adds to its strength.
    fn bonus(self, clauses: Clauses<'_>, at: usize, rule: Rule) -> i32 {
        let near = self.talk.is_some_and(|talk| talk < at && at - talk <= NEAR);
        let told = rule.strength < FINITE && clauses.follows_saying(at);
        i32::from(near) * 8 + i32::from(self.turned) * 6 - i32::from(told) * 40
    }
}

/// The items of the requirement: first, and one past the last.
fn cut(clauses: Clauses<'_>, best: Candidate) -> (usize, usize) {
    let Hit { start, end, .. } = best.hit;
    match best.rule.shape {
        Shape::From | Shape::Skip => cut_from(clauses, start, end, false),
        Shape::Noun => cut_from(clauses, start, end, true),
        Shape::Clause => (clauses.start(start), clauses.end(end, Opening::default())),
        Shape::Named => cut_named(clauses, start, end),
        Shape::Either => cut_either(clauses, start, end),
        Shape::Main => cut_main(clauses, start, end),
    }
}

fn cut_from(clauses: Clauses<'_>, start: usize, end: usize, noun: bool) -> (usize, usize) {
    let first = led(clauses, start);
    let begun =
        usize::from(end > start + 1 && clauses.has(end - 1, clauses.named.article | clauses.named.subject));
    let opening = Opening { initial: is_initial(clauses, first), noun, begun };
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

/// "On one condition: an apology" asks for what the colon introduces.
fn cut_named(clauses: Clauses<'_>, start: usize, end: usize) -> (usize, usize) {
    let is_colon = |at: usize| clauses.items.get(at).is_some_and(|i| i.span.of(clauses.text) == ":");
    let stop = if is_colon(end) { end } else { clauses.end(end, Opening::default()) };
    if is_colon(stop) && clauses.items.get(stop + 1).is_some_and(|i| i.is_word()) {
        return (stop + 1, clauses.end(stop + 1, Opening::default()));
    }
    if clauses.word(end) == "that" {
        return (end, clauses.end(end + 1, Opening::default()));
    }
    (clauses.start(start), stop)
}

/// "Halt the tests before we talk" asks for what stands before; "no talks before the truce" for what follows.
fn cut_either(clauses: Clauses<'_>, start: usize, end: usize) -> (usize, usize) {
    let stop = clauses.end(end, Opening::default());
    let talk_after = (end..stop).any(|i| clauses.has(i, clauses.named.talk));
    let needs = |first: usize| (first..start).any(|i| clauses.has(i, clauses.named.need));
    let mut first = clauses.start(start);
    // "They must show that they mean it before any talks".
    let outer = first.checked_sub(1).map(|that| clauses.start(that));
    if let Some(outer) =
        outer.filter(|&outer| !needs(first) && clauses.word(first - 1) == "that" && needs(outer))
    {
        first = outer;
    }
    let needed = needs(first);
    if talk_after && needed && start > first { (first, stop) } else { cut_from(clauses, start, end, false) }
}

/// "They should disarm if they want to talk": the requirement is the clause without the connective's own.
fn cut_main(clauses: Clauses<'_>, start: usize, end: usize) -> (usize, usize) {
    let first = clauses.start(start);
    if (first..start).any(|i| clauses.items.get(i).is_some_and(|t| t.is_word())) {
        return (first, start);
    }
    let after = clauses.end(end, Opening { initial: true, begun: 2, noun: false });
    let next = (after..clauses.items.len()).find(|&i| clauses.items.get(i).is_some_and(|t| t.is_word()));
    next.map_or((start, after), |next| (next, clauses.end(next, Opening::default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let found = condition(text).map(|c| c.span.of(text));
        assert_eq!(found.unwrap_or_default(), expect, "{text}");
    }

    #[test]
    fn the_requirement_runs_from_its_connective_to_the_end_of_the_clause() {
        for (text, expect) in [
            ("No talks until the port reopens, the mayor said.", "until the port reopens"),
            ("We would talk if the fleet leaves, but nobody asks us.", "if the fleet leaves"),
            ("No talks unless wages rise by 5%.", "unless wages rise by 5%"),
            ("They will negotiate once the mines are cleared; not earlier.", "once the mines are cleared"),
            ("Talks may begin, provided that both armies withdraw.", "provided that both armies withdraw"),
            ("The boats provided by the mill went out.", ""),
            ("We shall not negotiate under threats, fire or siege.", "under threats, fire or siege"),
            ("“Talks? Only if they apologise,” she wrote.", "Only if they apologise"),
            ("He would meet them in exchange for the trawler.", "in exchange for the trawler"),
            ("The round depends on the harvest, officials said.", "depends on the harvest"),
            (
                "They will not sit down while the siege - now in its third week - goes on.",
                "while the siege - now in its third week - goes on",
            ),
            ("Talks will start as soon as Gen. Orlov is back, he said.", "as soon as Gen. Orlov is back"),
            ("“If it wants to talk, the fleet must leave.”", "the fleet must leave"),
            ("They talk subject to one condition: that it ends.", "that it ends"),
            ("He dropped his condition that the siege end.", "that the siege end"),
        ] {
            check(text, expect);
        }
    }

    #[test]
    fn a_requirement_in_front_ends_where_the_main_clause_begins() {
        check("Unless the strike ends, there will be no talks.", "Unless the strike ends");
        check("If the guards leave the bridge we will talk.", "If the guards leave the bridge");
        check(
            "As long as the ban, now a year old, stays in force, we stay away.",
            "As long as the ban, now a year old, stays in force",
        );
        check("Under your curfew, General, no talks.", "Under your curfew");
        check("If Chad frees the crew Norway will talk.", "If Chad frees the crew");
        check("Unless Chad frees the crew the talks are dead.", "Unless Chad frees the crew");
        check("If the gates open the union will talk.", "If the gates open");
        check("Only when the pay is raised will the union talk.", "Only when the pay is raised");
        check("Without a raise there can be no talks.", "Without a raise");
        check("Were the pay raised, the union would talk.", "Were the pay raised");
        check("If we all pass the law that would help", "If we all pass the law that would help");
        check("If the rebels of Chad will leave, we talk.", "If the rebels of Chad will leave");
    }

    #[test]
    fn lists_and_quotation_marks_belong_to_the_requirement() {
        check(
            "We talk when they free the crew, return the ship and pay the fine.",
            "when they free the crew, return the ship and pay the fine",
        );
        check("No dialogue without “clear terms”, he said.", "without “clear terms”");
        check("“No dialogue without clear terms”, he said.", "without clear terms");
    }

    #[test]
    fn of_several_connectives_the_one_tied_to_the_talks_counts() {
        check("When asked, the envoy said they would talk only after a truce.", "only after a truce");
        check("After the summit he ruled out talks unless prices fall.", "unless prices fall");
        check("Once again, we refuse talks before the vote.", "before the vote");
    }

    #[test]
    fn a_demand_before_the_talks_is_the_requirement() {
        check("The fleet must leave before any talks.", "The fleet must leave before any talks");
        check(
            "They need to show that they mean it before any talks.",
            "They need to show that they mean it before any talks",
        );
        check("We said the fleet should leave if it wants to talk.", "the fleet should leave");
        check("The border must first be opened, he said.", "The border must first be opened");
        check("He said a truce is a precondition for talks.", "a truce is a precondition for talks");
        check("They set the same conditions: a truce and a pardon.", "a truce and a pardon");
        check("Our islands are not up for negotiation.", "Our islands are not up for negotiation");
    }

    #[test]
    fn nothing_is_found_where_nothing_speaks_of_talks() {
        check("", "");
        check("The sea is blue.", "");
        // An indirect question: "they did not say …".
        check("if the talks would resume after the harvest.", "");
    }

    #[test]
    fn kinds_follow_the_words_of_the_requirement() {
        use ConditionKind::{Agenda, CounterpartAct, Format, Guarantee, Other, Participants, Timing};
        for (text, kind) in [
            ("No talks until the shelling stops.", CounterpartAct),
            ("No talks unless he comes.", CounterpartAct),
            ("Talks are possible if we get guarantees.", Guarantee),
            ("We will talk only about the border.", Agenda),
            ("We will talk only through mediators.", Format),
            ("We will negotiate on equal terms.", Format),
            ("No talks without the presence of the rebels.", Participants),
            ("We will talk after the elections.", Timing),
            ("We will talk under the right conditions.", Other),
        ] {
            assert_eq!(condition(text).map(|c| c.kind), Some(kind), "{text}");
        }
    }
}
