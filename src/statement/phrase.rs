//! Noun phrases around a cue: where the words that name a speaker begin and end.

use std::ops::Range;

use super::lexicon::{Cue, Frame, class, form};
use super::name_words::{is_name, is_short_form, joins_name};
use super::token::{Mark, Token};

/// How far a phrase is followed to either side, in tokens.
pub(super) const REACH: usize = 30;

pub(super) fn at(tokens: &[Token], index: usize) -> Option<&Token> {
    tokens.get(index)
}

/// A word that may stand inside a noun phrase.
pub(super) fn inside(token: &Token) -> bool {
    const OUTSIDE: u32 = class::AUXILIARY | class::SUBORDINATOR | class::RELATIVE | class::COMPLEMENT;
    let negates = token.is(class::NEGATION) && !token.is(class::DETERMINER);
    token.is_word()
        && !negates
        && (!token.is(OUTSIDE) || token.is(class::PREPOSITION) || token.capital && token.is(class::TIME))
}

/// The noun phrase that ends before token `end`, without appositions behind its head.
pub(crate) fn ending_at(tokens: &[Token], end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1)?;
    let token = at(tokens, last)?;
    match token.mark {
        Mark::Close => return ending_at(tokens, before_pair(tokens, last, Mark::Open)?),
        Mark::Comma => return apposed(tokens, last, Mark::Comma),
        Mark::Dash => return apposed(tokens, last, Mark::Dash),
        Mark::Word | Mark::Number => {}
        _ => return None,
    }
    if token.is(class::PRONOUN) && !token.is(class::RELATIVE) {
        return Some(last..end);
    }
    if token.is(class::RELATIVE) {
        let head = at(tokens, last.checked_sub(1)?)?;
        // "did not say who": no head of a relative clause.
        let infinitive = head.entry.cue.is_some_and(|cue| cue.forms & form::BASE != 0) && !head.capital;
        if infinitive && at(tokens, last.checked_sub(2)?)?.is(class::AUXILIARY | class::NEGATION) {
            return None;
        }
        // "of the victims, many of whom say".
        let many = last.checked_sub(3).filter(|_| head.is(class::PREPOSITION));
        let comma = |&i: &usize| at(tokens, i).is_some_and(|t| t.mark == Mark::Comma);
        if let Some(stop) = many.filter(comma) {
            let led = |i: usize| at(tokens, i).is_some_and(|t| t.is(class::PREPOSITION) && !t.capital);
            return simple(tokens, stop).map(|phrase| {
                let last = phrase.clone().rev().find(|&i| led(i));
                last.map_or(phrase.start, |last| last + 1)..stop
            });
        }
        let stop = if head.mark == Mark::Comma { last - 1 } else { last };
        if let Some(name) = named_before_office(tokens, stop).filter(|_| head.mark == Mark::Comma) {
            return Some(name);
        }
        // "said Abena, 34, who".
        let aged = stop > 2
            && at(tokens, stop - 1).is_some_and(|t| t.mark == Mark::Number)
            && at(tokens, stop - 2).is_some_and(|t| t.mark == Mark::Comma);
        let stop = if aged { stop - 2 } else { stop };
        return simple(tokens, stop).map(|phrase| behind_verb(tokens, phrase.start..stop).start..end);
    }
    simple(tokens, end)
}

/// "Ada Lind" of "Ada Lind, the secretary for the bloc" that ends at `stop`.
fn named_before_office(tokens: &[Token], stop: usize) -> Option<Range<usize>> {
    let open = before_pair(tokens, stop, Mark::Comma).filter(|&open| stop - open < 12)?;
    let words = tokens.get(open + 1..stop)?;
    let office = words.iter().take(4).any(|t| t.is(class::ROLE | class::TITLE));
    let led = words.first()?.is(class::DETERMINER) && words.iter().all(inside);
    let first =
        (0..open).rev().take_while(|&i| at(tokens, i).is_some_and(|t| t.is_word() && t.capital)).last()?;
    (office && led && open - first > 1).then_some(first..open)
}

/// The noun at the end of a phrase that begins in the middle of a clause: "the company" of "is ready for talks with the
/// company, which".
fn behind_verb(tokens: &[Token], phrase: Range<usize>) -> Range<usize> {
    let verb = |i: usize| at(tokens, i).is_some_and(|t| t.is(class::AUXILIARY | class::PAST) && !t.capital);
    let inside = verb(phrase.start) || phrase.start.checked_sub(1).is_some_and(verb);
    let led = |&i: &usize| at(tokens, i).is_some_and(|t| t.is(class::PREPOSITION) && !t.capital);
    let last = phrase.clone().rev().find(led).filter(|&last| inside && last + 1 < phrase.end);
    last.map_or(phrase.clone(), |last| last + 1..phrase.end)
}

/// The index of the mark that opens the pair which closes at `close`.
fn before_pair(tokens: &[Token], close: usize, mark: Mark) -> Option<usize> {
    (close.saturating_sub(REACH)..close).rev().find(|&i| at(tokens, i).is_some_and(|t| t.mark == mark))
}

/// The phrase before an apposition or a relative clause that ends with the mark at `close`.
fn apposed(tokens: &[Token], close: usize, mark: Mark) -> Option<Range<usize>> {
    let open = outermost(tokens, close, mark)?;
    let next = at(tokens, open + 1)?;
    if open + 1 == close
        || next.is(class::MALE | class::FEMALE | class::PLURAL)
        || next.is(class::COORDINATOR)
        || next.is(class::DETERMINER) && tokens.get(open + 1..close).is_some_and(is_clause)
    {
        return None;
    }
    let own = simple(tokens, open)?;
    // "It has left the bloc, its leader, Ada Lind, said": the bloc is what it left.
    let object = own.start.checked_sub(1).and_then(|i| at(tokens, i)).is_some_and(|t| t.is(class::AUXILIARY));
    let inner = before_pair(tokens, close, mark).filter(|&inner| object && inner > open);
    inner.map_or(Some(own), |inner| simple(tokens, inner))
}

/// True for "the losses would be small", but not for "the man who would be king".
fn is_clause(words: &[Token]) -> bool {
    const RELATIVE: u32 = class::RELATIVE | class::COMPLEMENT | class::PRONOUN;
    let verb = |t: &Token| t.is(class::AUXILIARY);
    let relative = |t: &Token| t.is(RELATIVE) && !t.is(class::DETERMINER);
    words.iter().find(|t| verb(t) || relative(t)).is_some_and(verb)
}

/// The first of the marks around appositions that end at `close`, "X, 60, of Y, Z., the chairman, said".
fn outermost(tokens: &[Token], close: usize, mark: Mark) -> Option<usize> {
    let mut open = before_pair(tokens, close, mark)?;
    while let Some(first) = before_pair(tokens, open, mark) {
        let (outer, inner) = (tokens.get(first + 1..open)?, at(tokens, open + 1)?);
        let led = outer.first().is_some_and(|t| !t.capital && starts_apposition(t));
        let place = led && inner.capital && outer.first().is_some_and(|t| t.is(class::PREPOSITION));
        let apposed = outer.len() < 8 && outer.iter().all(inside) && led;
        // "On his part, the minister, Dr. Orlo, denied it".
        let segment = before_pair(tokens, first, Mark::Comma).map_or(0, |comma| comma + 1);
        let dated = at(tokens, segment + 1).is_some_and(|t| t.is(class::TIME)) && first > segment + 2;
        let opened = at(tokens, segment)?;
        let however = first == segment + 1 && opened.is(class::ADVERB | class::TIME) && opened.begins;
        if segment < first && opened.is(class::OPENER) && !dated || however {
            break;
        }
        // "Sen. Ada Lind, R-Vale, a leading voice".
        let name = tokens.get(segment..first)?;
        let named =
            name.len() > 1 && name.iter().all(|t| t.capital && t.is_word() && !t.is(class::PREPOSITION));
        open = match outer {
            // "of Y, Z.": the place of a place.
            [last] if last.capital && starts_apposition(inner) && of_place(tokens, first).is_some() => {
                of_place(tokens, first)?
            }
            [seat] if seat.capital && named && starts_apposition(inner) => first,
            _ if apposed && (place || starts_apposition(inner)) => first,
            _ => break,
        };
    }
    Some(open)
}

/// The comma before "of Y" if that ends at the comma `end`.
fn of_place(tokens: &[Token], end: usize) -> Option<usize> {
    let comma = before_pair(tokens, end, Mark::Comma).filter(|comma| end - comma < 5)?;
    let of = at(tokens, comma + 1)?;
    (of.is(class::PREPOSITION) && !of.capital).then_some(comma)
}

fn starts_apposition(token: &Token) -> bool {
    token.is(class::DETERMINER | class::PREPOSITION | class::RELATIVE | class::TITLE | class::ROLE)
        || token.mark == Mark::Number
}

/// The words of one phrase that ends before `end`.
fn simple(tokens: &[Token], end: usize) -> Option<Range<usize>> {
    simple_from(tokens, end.saturating_sub(2 * REACH), end)
}

/// `end`, or where the parentheses open that end there.
fn before_parentheses(tokens: &[Token], end: usize) -> Option<usize> {
    let mut end = end;
    while let Some(last) = end.checked_sub(1) {
        if at(tokens, last)?.mark != Mark::Close {
            break;
        }
        end = before_pair(tokens, last, Mark::Open)?;
    }
    Some(end)
}

/// The same, if it does not begin before token `least`: relative clauses in relative clauses have no other end.
fn simple_from(tokens: &[Token], least: usize, end: usize) -> Option<Range<usize>> {
    let end = before_parentheses(tokens, end)?;
    let last = at(tokens, end.checked_sub(1)?)?;
    if !inside(last)
        || last.is(class::PREPOSITION | class::COORDINATOR | class::DETERMINER) && !last.is(class::PRONOUN)
    {
        return None;
    }
    if last.is(class::PRONOUN) {
        return Some(end - 1..end);
    }
    let mut start = end - 1;
    while let Some(before) = start.checked_sub(1) {
        let Some(token) = at(tokens, before) else { break };
        if let Some(named) = before.checked_sub(2).filter(|&open| is_short_form(tokens, open)) {
            start = named;
            continue;
        }
        if end - before > REACH
            || !inside(token)
            || token.is(class::COORDINATOR) && !joins_name(tokens, before)
            || token.is(class::SUBORDINATOR)
            || token.is(class::PRONOUN) && !token.is(class::DETERMINER)
        {
            break;
        }
        if finite_cue(token)
            && !before.checked_sub(1).and_then(|i| at(tokens, i)).is_some_and(|t| t.is(class::DETERMINER))
        {
            break;
        }
        start = before;
        // A determiner begins its phrase, unless a preposition ties it to the words before or it is a second one.
        if token.is(class::DETERMINER) && !before.checked_sub(1).and_then(|i| at(tokens, i)).is_some_and(ties)
        {
            break;
        }
    }
    if let Some(head) = before_relative(tokens, start) {
        return if head > least { simple_from(tokens, least, head) } else { None };
    }
    // A phrase of time or place in front is no part of the name: "In Geneva the minister said", "last week officials said".
    while start + 1 < end
        && at(tokens, start).is_some_and(|t| t.is(class::TIME) && !t.capital && !t.possessive)
    {
        start += 1;
    }
    let first = at(tokens, start)?;
    if first.is(class::PREPOSITION | class::ADVERB) && !first.is(class::DETERMINER) && !is_name(tokens, start)
    {
        // "On Monday officials of the union said".
        let time = |i: &usize| at(tokens, *i).is_some_and(|t| t.is(class::TIME) && !t.possessive);
        let dated = start + 1 + (start + 1..end - 1).take_while(time).count();
        start = if dated > start + 1 { dated } else { behind_opener(tokens, start, end) };
    }
    Some(start..end)
}

/// Where the head of a relative clause ends whose words behind its verb begin at `start`: "a judge who has mediated".
fn before_relative(tokens: &[Token], start: usize) -> Option<usize> {
    let auxiliary = |&i: &usize| at(tokens, i).is_some_and(|t| t.is(class::AUXILIARY));
    let verbs = (0..start).rev().take(3).take_while(auxiliary).count();
    let relative = start.checked_sub(verbs + 1)?;
    let is_relative = verbs > 0 && at(tokens, relative)?.is(class::RELATIVE);
    if is_relative && relative > 0 {
        return Some(relative);
    }
    // "an official who served in Vale", "a diplomat who asked not to be named".
    let who = |&i: &usize| at(tokens, i).is_some_and(|t| t.is(class::RELATIVE) && t.is(class::PERSON));
    let who = (start.saturating_sub(10)..start).rev().find(who).filter(|&who| who > 0)?;
    let verb = at(tokens, who + 1)?;
    let told = |i: usize| {
        at(tokens, i).is_some_and(|t| {
            t.is_word() && t.entry.cue.is_none() && !t.is(class::COORDINATOR | class::COMPLEMENT)
        })
    };
    let verbal = verb.is(class::PAST | class::AUXILIARY) || finite_cue(verb);
    (verbal && (who + 2..start).all(told)).then_some(who)
}

/// The whole of a subject that is joined by "and" and ends with `last`: "Norland and Sudria".
pub(crate) fn joined(tokens: &[Token], last: Range<usize>, from: usize) -> Range<usize> {
    let bounds = |i: usize| {
        i <= from
            || at(tokens, i - 1).is_some_and(|t| {
                matches!(t.mark, Mark::Comma | Mark::Stop | Mark::Semicolon | Mark::Colon | Mark::Quote(_))
                    || t.is(class::COMPLEMENT | class::TIME | class::RELATIVE)
                    || t.is(class::COORDINATOR) && t.begins
            })
    };
    let named = |t: &Token| {
        const OTHER: u32 = class::AUXILIARY | class::PRONOUN | class::COMPLEMENT | class::SUBORDINATOR;
        let noun = t.entry.cue.is_none() && !t.is(OTHER | class::PAST);
        t.is_word() && (t.capital || t.is(class::DETERMINER | class::PERSON) || noun)
    };
    let Some(and) =
        last.start.checked_sub(1).filter(|&i| at(tokens, i).is_some_and(|t| t.is(class::COORDINATOR)))
    else {
        return last;
    };
    // "Prices rose and officials said": only names, what has an article, and what stands behind a comma.
    let names = |range: &Range<usize>, free: bool| {
        let words = tokens.get(range.clone()).unwrap_or_default();
        let led = words.first().is_some_and(|t| t.is(class::DETERMINER)) && words.len() < 5;
        let capital = words.iter().any(|t| t.capital && !t.begins && !t.is(class::DETERMINER))
            || words.first().is_some_and(|t| t.capital && !t.is(class::DETERMINER)) && words.len() < 3;
        words.len() <= 8 && (capital || led || free) && words.iter().all(named)
    };
    let comma =
        |i: usize| i.checked_sub(1).and_then(|i| at(tokens, i)).is_some_and(|t| t.mark == Mark::Comma);
    match simple(tokens, and) {
        // "Officials from the port and the union said".
        Some(first)
            if bounds(first.start)
                && tokens.get(first.clone()).is_some_and(|words| {
                    let led = words.iter().skip(1).any(|t| t.is(class::PREPOSITION) && !t.capital);
                    let plain = |t: &Token| named(t) || t.is(class::PREPOSITION | class::COORDINATOR);
                    led && words.iter().all(plain)
                })
                && names(&last, last.len() < 4) =>
        {
            first.start..last.end
        }
        Some(first)
            if bounds(first.start)
                && names(&first, comma(first.start) && first.len() < 4)
                && names(&last, last.len() < 4) =>
        {
            first.start..last.end
        }
        _ => last,
    }
}

/// True for a finite verb as far as its form tells: an auxiliary, "left", "rejected", "said".
pub(crate) fn acts(token: &Token, text: &str) -> bool {
    let past = || token.is(class::AUXILIARY | class::PAST) || token.span.of(text).ends_with("ed");
    token.is_word() && !token.capital && (past() || finite_cue(token))
}

/// A verb of saying, which no phrase holds but as "the reported deal".
pub(crate) fn finite_cue(token: &Token) -> bool {
    let says =
        |cue: Cue| cue.forms & form::PAST != 0 || cue.frame == Frame::Any && cue.forms & form::ING != 0;
    !token.capital && token.entry.cue.is_some_and(says)
}

fn ties(token: &Token) -> bool {
    token.is(class::PREPOSITION | class::DETERMINER)
}

fn behind_opener(tokens: &[Token], start: usize, end: usize) -> usize {
    let mut from = start + 1;
    for i in (start + 1..end).rev() {
        let Some(token) = at(tokens, i) else { break };
        if token.is(class::DETERMINER) || token.is(class::PREPOSITION) {
            from = if token.is(class::PREPOSITION) { i + 1 } else { i };
            break;
        }
        from = i;
        if !token.capital && i + 1 < end && at(tokens, i + 1).is_some_and(|t| t.capital) {
            from = i + 1;
            break;
        }
    }
    from.min(end - 1)
}

/// True for a word that is a verb elsewhere before a noun, "Egypt's state news agency", and behind an article, "a new report".
fn is_noun(tokens: &[Token], start: usize, index: usize) -> bool {
    const BODY: u32 = class::ROLE | class::TITLE | class::ORGANISATION;
    let noun =
        |t: &Token| t.is_word() && t.entry.cue.is_none() && !t.is(class::DETERMINER | class::COMPLEMENT);
    let article = |i: usize| at(tokens, i).is_some_and(|t| t.is(class::DETERMINER));
    let plain = |i: usize| at(tokens, i).is_some_and(|t| t.is_word() && !t.capital && !t.is(BODY));
    let first = start - usize::from(start > 0 && article(start - 1));
    article(index - 1)
        || index == first + 2 && article(first) && plain(first + 1)
        || at(tokens, index).is_some_and(|t| t.is(class::TITLE)) && at(tokens, index + 1).is_some_and(noun)
}

/// The noun phrase that begins at `start`, up to its first comma, verb or preposition of place.
pub(crate) fn beginning_at(tokens: &[Token], start: usize) -> Option<Range<usize>> {
    let first = at(tokens, start)?;
    if first.is(class::PRONOUN) && !first.is(class::DETERMINER) && !first.capital {
        return Some(start..start + 1);
    }
    let mut end = start;
    while let Some(token) = at(tokens, end) {
        if is_short_form(tokens, end) {
            end += 3;
            continue;
        }
        let bound = !inside(token)
            || end - start > REACH
            || token.is(class::PREPOSITION) && !matches!(token.span.len(), 2 | 3)
            || token.is(class::TIME | class::SUBORDINATOR) && end > start
            || end > start && token.entry.cue.is_some() && !token.capital && !is_noun(tokens, start, end)
            // "a clerk briefed on the plan".
            || end > start
                && token.is(class::PAST)
                && at(tokens, end + 1).is_some_and(|t| t.is(class::PREPOSITION));
        if bound {
            break;
        }
        end += 1;
    }
    while end > start
        && at(tokens, end - 1).is_some_and(|t| t.is(class::PREPOSITION | class::COORDINATOR | class::ADVERB))
    {
        end -= 1;
    }
    (end > start).then_some(start..end)
}
