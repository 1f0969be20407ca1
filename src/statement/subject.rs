//! The noun phrase that a sentence begins with: its subject.

use std::ops::Range;

use super::lexicon::class;
use super::name::goes_on;
use super::name_words::is_name;
use super::phrase::{REACH, at, finite_cue, inside};
use super::token::{Mark, Token};

/// The comma that ends the list in which the one at `comma` stands: "Despite worries in Japan, India and Peru, they ...".
fn behind_list(tokens: &[Token], comma: usize, limit: usize) -> usize {
    let item = |&i: &usize| at(tokens, i).is_some_and(|t| inside(t) || t.mark == Mark::Comma);
    let list = (comma + 1..limit.min(comma + REACH)).take_while(item);
    let and = list.clone().find(|&i| at(tokens, i).is_some_and(|t| t.is(class::COORDINATOR)));
    let closing = and.and_then(|and| list.skip_while(|&i| i < and).find(|&i| is_comma(tokens, i)));
    closing.unwrap_or(comma)
}

fn is_comma(tokens: &[Token], index: usize) -> bool {
    at(tokens, index).is_some_and(|t| t.mark == Mark::Comma)
}

/// The first token from `from` that is no adverb, no "and" and no comma.
fn behind_adverbs(tokens: &[Token], from: usize) -> usize {
    let skipped = |i: &usize| {
        let adverb = |t: &Token| {
            t.is(class::COORDINATOR | class::ADVERB) && !t.is(class::PRONOUN) || t.mark == Mark::Comma
        };
        at(tokens, *i).is_some_and(adverb) && !is_name(tokens, *i)
    };
    from + (from..from + REACH).take_while(skipped).count()
}

/// The subject of the unit that begins at token `from`: its first noun phrase behind an opening phrase.
pub(crate) fn subject(tokens: &[Token], from: usize, limit: usize) -> Option<Range<usize>> {
    let mut start = behind_adverbs(tokens, from);
    let first = at(tokens, start)?;
    let participle = first.entry.cue.is_some();
    if first.is(class::OPENER | class::PREPOSITION | class::SUBORDINATOR) || participle {
        let comma = (start..limit.min(start + REACH)).find(|&i| is_comma(tokens, i))?;
        // "On Thursday, however, the mayor left".
        start = behind_adverbs(tokens, behind_list(tokens, comma, limit) + 1);
    } else if first.is(class::TIME)
        && (!first.is(class::PRONOUN) || at(tokens, start + 1).is_some_and(|t| t.is(class::TIME)))
    {
        // "Last year the mayor ordered", "Early this year, the mayor ordered".
        while start < limit && at(tokens, start).is_some_and(|t| t.is(class::TIME) || t.mark != Mark::Word) {
            start += 1;
        }
    }
    if start >= limit {
        return None;
    }
    let first = at(tokens, start)?;
    if first.is(class::PRONOUN) && !first.is(class::DETERMINER) {
        return Some(start..start + 1);
    }
    let mut end = start;
    while end < limit {
        let Some(token) = at(tokens, end) else { break };
        if !inside(token)
            || end - start > 12
            || token.is(class::PREPOSITION)
            || token.entry.cue.is_some() && !token.capital
            // "The union walked out", but "the united front".
            || end > start + 1 && token.is(class::PAST) && !token.capital
        {
            break;
        }
        end += 1;
        // A name ends where its capitals end.
        if token.capital
            && at(tokens, end).is_some_and(|t| !t.capital)
            && (end - start > 1 || !token.is(class::DETERMINER))
            && !titles(tokens, end)
            && !goes_on(tokens, end)
        {
            let named = kind_of_firm(tokens, start, end);
            if named > 0 {
                end += named;
                continue;
            }
            end += nouns(tokens, end);
            break;
        }
    }
    let article = end == start + 1 && first.is(class::DETERMINER);
    (end > start && !article).then_some(start..end)
}

/// How many words from `start` to a verb or an adverb are plain ones: "captains" of "Ferry captains ruled out", "prime minister"
/// of "Norland's prime minister left".
fn nouns(tokens: &[Token], start: usize) -> usize {
    let noun = |i: &usize| {
        let known = class::TITLE | class::ROLE | class::ORGANISATION | class::PLACE;
        let plain = |t: &Token| t.entry.cue.is_none() && t.entry.class & !known == 0;
        at(tokens, *i).is_some_and(|t| t.is_word() && !t.capital && plain(t))
    };
    let count = (start..start + 3).take_while(noun).count();
    let verb = |t: &Token| t.is(class::PAST | class::AUXILIARY) || finite_cue(t);
    let ends = |t: &Token| verb(t) || count > 0 && t.is(class::PREPOSITION) && !t.capital;
    if at(tokens, start + count).is_some_and(ends) { count } else { 0 }
}

/// How many plain words part the first word of a sentence from the name of what it is: "group" of "Mining group Karst".
fn kind_of_firm(tokens: &[Token], start: usize, end: usize) -> usize {
    let body = at(tokens, end).is_some_and(|t| t.is(class::ORGANISATION) && !t.capital);
    let first = end == start + 1 && at(tokens, start).is_some_and(|t| t.begins && t.entry.class == 0);
    usize::from(first && body && at(tokens, end + 1).is_some_and(|t| t.capital))
}

/// True if up to three words from `start` say what the name behind them is: "Vale" + "city councillor Tilda Brand".
fn titles(tokens: &[Token], start: usize) -> bool {
    let name = (start..start + 4).find(|&i| at(tokens, i).is_none_or(|t| t.capital || !inside(t)));
    let role = name.and_then(|name| name.checked_sub(1)).and_then(|last| at(tokens, last));
    let named = name.and_then(|name| at(tokens, name)).is_some_and(|t| t.capital);
    named && role.is_some_and(|t| t.is(class::ROLE | class::TITLE) && !t.capital)
}
