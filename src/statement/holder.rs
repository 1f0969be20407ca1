//! Whose willingness is at stake in a statement, and with whom it would talk.

use std::ops::Range;
use std::sync::LazyLock;

use super::party::Parties;
use super::registry::Registry;
use super::table::{Classes, Item, Table};
use crate::article::{Article, Statement};
use crate::span::Span;
use crate::text::{Token, TokenKind, tokens};

/// What is known of a statement beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    /// Who says it, as the article names the speaker ("Foreign Minister Ada Lind", "Tehran").
    pub speaker: Option<&'a str>,
    /// The article's date, `YYYY-MM-DD`.
    pub date: Option<&'a str>,
}

/// The two ends of the talks that a statement speaks of, as canonical parties where tables know them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stakes {
    /// The party whose willingness is at stake.
    pub holder: Option<String>,
    /// The party that it would talk to.
    pub counterpart: Option<String>,
}

/// How far behind a turn the stance of its clause is looked for, in words and marks.
const CLAUSE: usize = 40;

struct Grammar {
    table: Table,
    say: Classes,
    first: Classes,
    third: Classes,
    who: Classes,
    need: Classes,
    object: Classes,
    turn: Classes,
    with: Classes,
    talk: Classes,
    and: Classes,
}

static ENGLISH: LazyLock<Grammar> = LazyLock::new(|| {
    let table = Table::parse(include_str!("holder.txt"));
    let class = |name: &str| table.class(name);
    Grammar {
        say: class("@say"),
        first: class("@first"),
        third: class("@third"),
        who: class("@who"),
        need: class("@need"),
        object: class("@object"),
        turn: class("@turn"),
        with: class("@with"),
        talk: class("@talk"),
        and: class("@not_subject"),
        table,
    }
});

/// A party in the text, by its own name or by that of its office holder.
#[derive(Clone, Debug)]
struct Actor {
    party: String,
    /// Its items.
    items: Range<usize>,
    possessive: bool,
}

/// The holder and the counterpart of the statement `text`.
///
/// The holder is the subject of the clause that takes a stance on talks; "we" and "he" are the speaker; without
/// any subject it is the speaker's side. The counterpart is the party after "with" or "to", or else another
/// party of that sentence. Takes time linear in the text for a given number of parties in it.
///
/// ```
/// # use demarche::statement::{holder, Registry, Said};
/// let stakes = holder("Norway said it would not negotiate with Denmark.", Said::default(), Registry::shipped());
/// assert_eq!(stakes.holder.as_deref(), Some("Norway"));
/// assert_eq!(stakes.counterpart.as_deref(), Some("Denmark"));
/// ```
#[must_use]
pub fn holder(text: &str, said: Said<'_>, registry: &Registry) -> Stakes {
    let grammar = &*ENGLISH;
    let tokens: Vec<Token> = tokens(text).collect();
    let reading = Reading {
        text,
        grammar,
        items: grammar.table.read(text),
        actors: actors(text, &tokens, said.date, registry),
        side: said.speaker.and_then(|name| side(name, said.date, registry)),
    };
    let key = reading.key();
    let holder = key.and_then(|key| reading.subject(key)).or_else(|| reading.speaker());
    let counterpart = reading.counterpart(key.unwrap_or(0), holder.as_deref());
    Stakes { holder, counterpart }
}

/// Fills `holder` and `counterpart` of the statements of `article`.
pub fn fill_stakes(article: &Article, statements: &mut [Statement], registry: &Registry) {
    for statement in statements {
        let speaker = statement.speaker.as_ref().map(|s| s.name.as_str());
        let said = Said { speaker, date: article.date.as_deref() };
        let stakes = holder(statement.span.of(&article.text), said, registry);
        (statement.holder, statement.counterpart) = (stakes.holder, stakes.counterpart);
    }
}

/// The party for which `name` speaks: by the registry, or by the last party that the name itself names.
fn side(name: &str, date: Option<&str>, registry: &Registry) -> Option<String> {
    if let Some(side) = registry.side(name, date) {
        return Some(side.to_owned());
    }
    Parties::shipped().find(name).into_iter().next().map(|m| m.name.into_owned())
}

/// The parties and office holders named in `text`, by position; a party's name inside a holder's mention, and a
/// nation right before one ("Iranian President …"), are not counted apart.
fn actors(text: &str, tokens: &[Token], date: Option<&str>, registry: &Registry) -> Vec<Actor> {
    let mut found: Vec<(Span, Actor)> = Vec::new();
    let index = |span: Span| {
        let start = tokens.partition_point(|t| t.span.end <= span.start);
        start..tokens.partition_point(|t| t.span.start < span.end)
    };
    for person in registry.find_in(text, tokens) {
        let Some(office) = registry.office_of(person, date) else { continue };
        let actor = Actor {
            party: office.side.clone(),
            items: person.tokens.0..person.tokens.1,
            possessive: person.possessive,
        };
        found.push((person.span, actor));
    }
    let people = found.len();
    for party in Parties::shipped().find_in(text, tokens) {
        let taken = found.get(..people).unwrap_or_default();
        let after = taken.partition_point(|(span, _)| span.end <= party.span.start);
        if taken.get(after).is_some_and(|(span, _)| span.overlaps(party.span)) {
            continue;
        }
        let actor =
            Actor { party: party.name.into_owned(), items: index(party.span), possessive: party.possessive };
        found.push((party.span, actor));
    }
    found.sort_by_key(|(span, _)| *span);
    found.into_iter().map(|(_, actor)| actor).collect()
}

/// A statement with its parties.
struct Reading<'a> {
    text: &'a str,
    grammar: &'a Grammar,
    items: Vec<Item>,
    actors: Vec<Actor>,
    /// The speaker's party, where known.
    side: Option<String>,
}

/// What takes the stance.
enum Subject {
    Party(usize),
    First,
    Third,
    Who,
}

impl Reading<'_> {
    fn has(&self, at: usize, classes: Classes) -> bool {
        self.items.get(at).is_some_and(|i| i.has(classes))
    }

    /// The item at which the stance is taken: the first word of stance of the first sentence that speaks of talks,
    /// but the first one after its last "but".
    fn key(&self) -> Option<usize> {
        let (mut stance, mut talk) = (None, None);
        for (at, item) in self.items.iter().enumerate() {
            if item.kind == TokenKind::Stop && !self.goes_on(at) {
                if talk.is_some() {
                    break;
                }
                stance = None;
            }
            if item.has(self.grammar.talk) {
                talk = talk.or(Some(at));
            }
            if item.has(self.grammar.turn) && self.takes_stance_after(at) {
                stance = None;
            }
            if stance.is_none() && self.grammar.table.phrase_at(&self.items, at).is_some() {
                stance = Some(at);
            }
        }
        stance.or(talk)
    }

    /// True if a word without a capital stands after the point at `at`: it ends an abbreviation.
    fn goes_on(&self, at: usize) -> bool {
        self.items.get(at + 1).is_some_and(|i| i.is_word() && !i.is_capital(self.text))
    }

    /// True if a subject and a stance on talks come after the turn at `at` in its sentence.
    fn takes_stance_after(&self, at: usize) -> bool {
        let rest = || {
            (at + 1..self.items.len())
                .take(CLAUSE)
                .take_while(|&i| self.items.get(i).is_some_and(|t| t.kind != TokenKind::Stop))
        };
        rest().any(|i| self.has(i, self.grammar.talk)) && rest().take(8).any(|i| self.subject_at(i).is_some())
    }

    /// The party that is the subject of the word at `key`; of what somebody else must do, it is who says so.
    fn subject(&self, key: usize) -> Option<String> {
        if self.has(key, self.grammar.need) {
            return None;
        }
        for at in (0..key).rev() {
            match self.subject_at(at) {
                Some(Subject::Party(i)) => return self.actors.get(i).map(|a| a.party.clone()),
                Some(Subject::First) => return self.speaker(),
                Some(Subject::Third) => return self.antecedent(at),
                Some(Subject::Who) => return self.before(at),
                None => (),
            }
        }
        None
    }

    /// The subject whose last item is `at`.
    fn subject_at(&self, at: usize) -> Option<Subject> {
        if self.has(at, self.grammar.first) {
            return Some(Subject::First);
        }
        if self.has(at, self.grammar.third) {
            return Some(Subject::Third);
        }
        if self.has(at, self.grammar.who) {
            return Some(Subject::Who);
        }
        let i = self.actors.partition_point(|a| a.items.end <= at);
        let actor = self.actors.get(i).filter(|a| a.items.end == at + 1)?;
        let start = actor.items.start;
        let pronoun = start > 0 && self.has(start - 1, self.grammar.first | self.grammar.third);
        (!pronoun && !self.is_object(actor)).then_some(Subject::Party(i))
    }

    /// True if a preposition or a conjunction of a subordinate clause stands before the party.
    fn is_object(&self, actor: &Actor) -> bool {
        let start = actor.items.start;
        let reach = if self.joined(start) { 6 } else { 3 };
        (start.saturating_sub(reach)..start).rev().find(|&i| self.has(i, self.grammar.object)).is_some_and(
            |i| {
                (i + 1..start)
                    .all(|j| self.items.get(j).is_some_and(|t| t.is_word() && !t.has(self.grammar.say)))
            },
        )
    }

    /// True if "and" or "or" stands before the party, with or without an article.
    fn joined(&self, start: usize) -> bool {
        (start.saturating_sub(2)..start).any(|i| self.has(i, self.grammar.and))
    }

    /// The party named last before `at`.
    fn before(&self, at: usize) -> Option<String> {
        self.actors.iter().take_while(|a| a.items.end <= at).last().map(|a| a.party.clone())
    }

    /// Whom a pronoun at `at` means: the last subject before it, else the speaker.
    fn antecedent(&self, at: usize) -> Option<String> {
        let before = self.actors.iter().take_while(|a| a.items.end <= at);
        let subject = before.clone().find(|a| !self.is_object(a) && !a.possessive);
        subject.map(|a| a.party.clone()).or_else(|| self.speaker())
    }

    /// The party that speaks: as given, else the party next to a verb of saying, else the first one.
    fn speaker(&self) -> Option<String> {
        if self.side.is_some() {
            return self.side.clone();
        }
        let mut says = (0..self.items.len()).filter(|&i| self.has(i, self.grammar.say));
        let sayer = says.find_map(|say| self.sayer(say));
        sayer.or_else(|| self.actors.iter().find(|a| !self.is_object(a))).map(|a| a.party.clone())
    }

    /// The party right before the verb of saying at `say`, else right after it.
    fn sayer(&self, say: usize) -> Option<&Actor> {
        let next = self.actors.partition_point(|a| a.items.end <= say);
        let before = next.checked_sub(1).and_then(|i| self.actors.get(i));
        let before = before.filter(|a| say - a.items.end < 6 && !self.is_object(a));
        before.or_else(|| self.actors.get(next).filter(|a| a.items.start < say + 3))
    }

    /// The party after "with" or "to" behind the stance, else another party, behind the stance first.
    fn counterpart(&self, key: usize, holder: Option<&str>) -> Option<String> {
        let others = || self.actors.iter().filter(|a| Some(a.party.as_str()) != holder);
        let joined = |a: &&Actor| {
            let start = a.items.start;
            (start.saturating_sub(4)..start).any(|i| self.has(i, self.grammar.with))
        };
        others()
            .filter(|a| a.items.start >= key)
            .find(joined)
            .or_else(|| others().find(|a| a.items.start >= key))
            .or_else(|| others().next())
            .map(|a| a.party.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Kind, Speaker};

    fn check(text: &str, speaker: Option<&str>, holder_is: Option<&str>, counterpart_is: Option<&str>) {
        let table =
            "name,alias,role,side,valid_from,valid_to\nAda Lind,,minister,Norway,,\nOlu Bako,,envoy,Chad,,\n";
        let registry = Registry::from_csv(table.as_bytes()).unwrap();
        let found = holder(text, Said { speaker, date: None }, &registry);
        assert_eq!(
            (found.holder.as_deref(), found.counterpart.as_deref()),
            (holder_is, counterpart_is),
            "{text}"
        );
    }

    #[test]
    fn the_subject_of_the_stance_is_the_holder() {
        check("Norway refuses to talk to Chad.", None, Some("Norway"), Some("Chad"));
        check(
            "Lind said that Chad was willing to negotiate with Norway.",
            None,
            Some("Chad"),
            Some("Norway"),
        );
        check("Chad's government would meet the Norwegians.", None, Some("Chad"), Some("Norway"));
        check("In talks with Chad, Norway offered a deal.", Some("Bako"), Some("Norway"), Some("Chad"));
        check("Bako met them, but Norway rules out talks.", None, Some("Norway"), Some("Chad"));
    }

    #[test]
    fn pronouns_are_the_speaker_or_the_last_subject() {
        check("We will not talk to Chad.", Some("Foreign Minister Ada Lind"), Some("Norway"), Some("Chad"));
        check("We will not talk to Chad.", None, None, Some("Chad"));
        check("We will not talk to Chad, said Lind.", None, Some("Norway"), Some("Chad"));
        check("Lind said she would talk to Chad.", None, Some("Norway"), Some("Chad"));
        check("A win for Norway, who refused talks.", None, Some("Norway"), None);
    }

    #[test]
    fn statements_are_filled_from_their_words_speaker_and_the_date_of_the_article() {
        let text = "He wrote: “We may talk to Chad.”".to_owned();
        let span = text.find("We").map(|at| Span::new(at, text.len() - 3)).unwrap();
        let article = Article { date: Some("2003-02-01".into()), text, ..Article::default() };
        let speaker = Speaker { name: "Ada Lind".into(), mention: None };
        let (kind, cue, holder, counterpart) = (Kind::Direct, None, None, None);
        let mut found = [Statement { span, kind, speaker: Some(speaker), cue, holder, counterpart }];
        for (from, holder) in [("2003-01-01", Some("Norway")), ("2004-01-01", None)] {
            let table =
                format!("name,alias,role,side,valid_from,valid_to\nAda Lind,,minister,Norway,{from},\n");
            fill_stakes(&article, &mut found, &Registry::from_csv(table.as_bytes()).unwrap());
            assert_eq!(found[0].holder.as_deref(), holder);
            assert_eq!(found[0].counterpart.as_deref(), Some("Chad"));
        }
    }

    #[test]
    fn without_a_subject_it_is_the_side_of_the_speaker() {
        check("No talks before the vote.", Some("Tehran"), Some("Iran"), None);
        check("No talks before the vote.", Some("nobody known"), None, None);
        check("Chad must disarm before talks.", Some("Lind"), Some("Norway"), Some("Chad"));
    }
}
