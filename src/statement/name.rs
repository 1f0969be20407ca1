//! The names of an article: runs of capitals, their titles, and the fullest form of each.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon::{class, form};
use super::token::{Mark, Token, possessor};
use super::words::{Word, Words};
use crate::span::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
    Unknown,
}

/// One name with all its mentions.
#[derive(Clone, Debug)]
pub(crate) struct Entity<'a> {
    /// The fullest form, without titles.
    pub(crate) name: &'a str,
    pub(crate) gender: Gender,
    /// A person as far as the words show: a title, a first name, or a surname used alone.
    pub(crate) person: bool,
    /// A country, a capital or a people.
    pub(crate) place: bool,
    /// Words that stood before the name, from the first mention that had any: "Iranian Foreign Minister".
    pub(crate) title: Span,
    /// What stood behind "of" after the first mention: "President Ada Lind of Norway".
    pub(crate) of: Span,
}

/// A name at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The first token of the run, with titles, and one past the last.
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) entity: usize,
}

/// A run of capitals, split into title and name, as token indices.
struct Run {
    first: usize,
    name: usize,
    end: usize,
    /// In a headline, or a verb of saying or an adverb with a capital: a name only if another mention shows it.
    doubtful: bool,
}

/// All entities and their mentions, by position.
pub(crate) fn names<'a>(text: &'a str, tokens: &[Token]) -> (Vec<Entity<'a>>, Vec<Mention>) {
    let mut register =
        Register { text, tokens, entities: Vec::new(), mentions: Vec::new(), surnames: Words::default() };
    let runs = runs(text, tokens);
    // Full names first, so that a surname finds a name that comes only later.
    let single = |run: &&Run| run.end - run.name == 1;
    let (sure, doubtful): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| !run.doubtful);
    for run in sure.iter().filter(|run| !single(run)).chain(sure.iter().filter(single)).chain(&doubtful) {
        register.add(run);
    }
    register.mentions.sort_by_key(|mention| mention.first);
    (register.entities, register.mentions)
}

/// True if a name goes on at token `at` with up to three small words: "van der Berg".
pub(super) fn goes_on(tokens: &[Token], at: usize) -> bool {
    let small = |i: &usize| tokens.get(*i).is_some_and(|t| t.is(class::PARTICLE) && !t.capital);
    let count = (at..at + 3).take_while(small).count();
    count > 0 && tokens.get(at + count).is_some_and(|t| t.capital && !t.begins)
}

/// True if no more than `most` bytes, or a mere line break inside a sentence, part two tokens.
fn adjoin(text: &str, before: &Token, next: &Token, most: usize) -> bool {
    let gap = text.get(before.span.end..next.span.start).unwrap_or_default();
    // `Shane “Bluey” Pike`, "Pike & Sons".
    let joined = matches!(gap, " “" | "” " | " & ");
    if gap.contains('\n') { !next.begins && gap.trim().is_empty() } else { gap.len() <= most || joined }
}

fn runs(text: &str, tokens: &[Token]) -> Vec<Run> {
    let mut found = Vec::new();
    let mut at = 0;
    // The end of the last headline.
    let mut headline = 0;
    while let Some(token) = tokens.get(at) {
        if token.begins {
            headline = at + headline_at(tokens, at);
        }
        if !(token.capital && token.mark == Mark::Word) {
            at += 1;
            continue;
        }
        let first = at;
        at += 1;
        // "Number 10".
        if token.span.of(text) == "Number" && tokens.get(at).is_some_and(|t| t.mark == Mark::Number) {
            continue;
        }
        while let (Some(before), Some(next)) = (tokens.get(at - 1), tokens.get(at)) {
            let inner = goes_on(tokens, at);
            // "The Vale People's Front".
            let of_many = matches!(bare(before, text), "People" | "Women" | "Men" | "Children");
            if before.possessive && !of_many
                || !adjoin(text, before, next, 2)
                || next.mark != Mark::Word
                || !(next.capital || inner)
                || next.is(class::COORDINATOR)
                || next.span.len() == before.span.len() && next.span.of(text) == before.span.of(text)
                || first + 1 == at && is_dateline(text, before, next)
                // "by President Ada Lind Sunday".
                || first + 1 < at && next.is(class::TIME) && next.span.of(text).ends_with("day")
            {
                break;
            }
            at += 1;
        }
        // "Jane Doe MP".
        let honoured = |end: &usize| tokens.get(end - 1).is_some_and(|t| t.is(class::HONOUR));
        let end = (first + 1..=at).rev().find(|end| !honoured(end)).unwrap_or(at);
        let run = split(tokens, behind_portfolio(tokens, first, end), end);
        found.extend(run.map(|run| Run { doubtful: run.doubtful || first < headline, ..run }));
    }
    found
}

/// Where the name begins behind the department of a minister: "Minister of State for Agriculture Olu Bako".
fn behind_portfolio(tokens: &[Token], first: usize, end: usize) -> usize {
    let led = first
        .checked_sub(1)
        .and_then(|i| tokens.get(i))
        .is_some_and(|t| t.is(class::PREPOSITION) && !t.capital);
    let title =
        |i: usize| tokens.get(i).is_some_and(|t| t.capital && t.is(class::TITLE) && t.is(class::ROLE));
    let minister = (2..=4).filter_map(|back| first.checked_sub(back)).any(title);
    if led && minister && end - first > 2 { first + 1 } else { first }
}

/// The length of the sentence at `start` if no word but small ones lacks a capital, as in "Pike Says Talks Are Near".
fn headline_at(tokens: &[Token], start: usize) -> usize {
    const SMALL: u32 = class::DETERMINER | class::PREPOSITION | class::COORDINATOR | class::SUBORDINATOR;
    let sentence = || tokens.iter().skip(start).enumerate().take_while(|(i, t)| *i == 0 || !t.begins);
    let titled = sentence().all(|(_, t)| t.capital || t.mark != Mark::Word || t.is(SMALL));
    let words = if titled { sentence().filter(|(_, t)| t.capital).count() } else { 0 };
    if words > 3 { sentence().count() } else { 0 }
}

/// True for a place in capitals before a sentence: "SINGAPORE China said".
fn is_dateline(text: &str, before: &Token, next: &Token) -> bool {
    let shouts = |token: &Token| !token.span.of(text).contains(char::is_lowercase);
    before.begins && before.span.len() > 4 && shouts(before) && !shouts(next)
}

/// Words with a capital that are no part of a name when they begin a sentence.
const FUNCTION: u32 = class::DETERMINER
    | class::PREPOSITION
    | class::AUXILIARY
    | class::COORDINATOR
    | class::SUBORDINATOR
    | class::ADVERB
    | class::PRONOUN
    | class::RELATIVE
    | class::TIME
    | class::NEGATION;

fn split(tokens: &[Token], first: usize, end: usize) -> Option<Run> {
    let given = class::FIRST_MALE | class::FIRST_FEMALE;
    let mut first = first;
    // "Daily Post", "Kelly Pike", "Will Pike".
    let named = |i: usize| {
        let auxiliary = |t: &Token| t.entry.class == class::AUXILIARY && i + 1 < end;
        i > 0 && tokens.get(i).is_some_and(|t| !t.begins && (t.entry.class == class::ADVERB || auxiliary(t)))
    };
    while first < end && tokens.get(first)?.is(FUNCTION) && !tokens.get(first)?.is(given) && !named(first) {
        first += 1;
    }
    // "Said Ada Lind: ...".
    let said =
        |t: &Token| t.begins && t.entry.cue.is_some_and(|cue| cue.forms & form::PAST != 0) && !t.is(given);
    first += usize::from(end - first > 1 && said(tokens.get(first)?));
    // "Reilly" ends like an adverb.
    let adverb = |i: usize| tokens.get(i).is_some_and(|t| t.entry.class == class::ADVERB);
    if first == end && adverb(end - 1) {
        first -= 1;
    }
    if first == end {
        return None;
    }
    let titled = (first..end)
        .rev()
        .find(|&i| tokens.get(i).is_some_and(|t| t.is(class::TITLE | class::ROLE) && !t.is(given)));
    let name = match titled {
        // "Larry King" is a name, "Vice President" is not.
        Some(last) if last + 1 == end => {
            if end - first == 1 {
                // "King said" names a Larry King, "the King said" does not.
                let article = first.checked_sub(1).and_then(|i| tokens.get(i));
                let alone = !article.is_some_and(|t| t.is(class::DETERMINER));
                return alone.then_some(Run { first, name: first, end, doubtful: true });
            }
            let before = tokens.get(end - 2)?;
            if before.is(given) {
                end - 2
            } else if before.is(class::MISTER | class::MADAM) {
                // "Mr. King" is a name if there is a "Larry King", "Mr. President" is not.
                return Some(Run { first, name: last, end, doubtful: true });
            } else {
                return None;
            }
        }
        Some(last) => last + 1,
        None => first,
    };
    // "The White House", but "White House Secretary Ada Lind".
    if tokens.get(name..end)?.iter().any(|t| t.is(class::ORGANISATION) && !t.is(given)) {
        return None;
    }
    let begins = tokens.get(first)?.begins;
    let odd = tokens.get(name)?.entry.cue.is_some() || adverb(name) && begins;
    let doubtful = name + 1 == end && titled.is_none() && odd;
    Some(Run { first, name, end, doubtful })
}

struct Register<'a, 'b> {
    text: &'a str,
    tokens: &'b [Token],
    entities: Vec<Entity<'a>>,
    mentions: Vec<Mention>,
    /// By the last name and by the first: "Sun Weiguo" is called "Sun".
    surnames: Words<Vec<usize>>,
}

/// A surname is looked up among at most so many namesakes.
pub(super) const NAMESAKES: usize = 8;

impl Register<'_, '_> {
    fn add(&mut self, run: &Run) {
        let Some(words) = self.tokens.get(run.name..run.end) else { return };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let surname = bare(last, self.text);
        let from = first.span.start;
        let name = self.text.get(from..last.span.start + surname.len()).unwrap_or(surname);
        // "Al-Dosari" is "al-Dosari" at the beginning of a sentence.
        let surname = match surname.strip_prefix("Al-") {
            Some(rest) => Cow::Owned(format!("al-{rest}")),
            None => unaccented(surname),
        };
        let surname = surname.as_ref();
        let title = self.title(run);
        let gender = self.gender(run);
        let known = self.surnames.get(Word::whole(surname)).map_or(&[][..], Vec::as_slice);
        let single = words.len() == 1;
        let given = class::FIRST_MALE | class::FIRST_FEMALE;
        let place = last.is(class::PLACE) && !first.is(given);
        let fits = |entity: &Entity<'_>| {
            let same = single || entity.name == name || shorter_form(entity.name, name);
            same && (gender == Gender::Unknown || entity.gender == Gender::Unknown || entity.gender == gender)
        };
        let entity = known.iter().copied().find(|&id| self.entities.get(id).is_some_and(fits));
        if run.doubtful && entity.is_none() {
            return;
        }
        let id = entity.unwrap_or(self.entities.len());
        if entity.is_none() {
            let of = self.of(run.end);
            self.entities.push(Entity { name, gender, person: false, place, title, of });
            let plain = first.entry.class & !given == 0 && first.entry.cue.is_none();
            let called = (matches!(words.len(), 2 | 3) && !place && plain).then(|| bare(first, self.text));
            for key in [Some(surname), called].into_iter().flatten() {
                let known = self.surnames.entry(key);
                if known.len() < NAMESAKES {
                    known.push(id);
                }
            }
        }
        if let Some(entity) = self.entities.get_mut(id) {
            entity.person |= !title.is_empty() || first.is(given) || single && entity.name != name;
            if entity.gender == Gender::Unknown {
                entity.gender = gender;
            }
            if entity.title.is_empty() {
                entity.title = title;
            }
            if name.len() > entity.name.len() && name.len() < 60 && !single && !run.doubtful {
                entity.name = name;
            }
        }
        self.mentions.push(Mention { first: run.first, end: run.end, entity: id });
    }

    /// The first of the words before the name that say who it is: the rest of the run and up to four words before it ("Iranian
    /// foreign minister", "Norland's premier").
    fn titled_from(&self, run: &Run) -> usize {
        let mut first = run.first;
        if run.first == run.name {
            while first > 0 && run.name - first < 4 {
                let Some(token) = self.tokens.get(first - 1) else { break };
                let near = self.tokens.get(first).is_some_and(|next| adjoin(self.text, token, next, 1));
                if near && token.possessive && token.is(class::PLACE) && first < run.name {
                    return first - 1;
                }
                if !near
                    || token.mark != Mark::Word
                    || token.possessive
                    || !(token.is(class::TITLE | class::ROLE) || token.capital && first < run.name)
                {
                    break;
                }
                first -= 1;
            }
        }
        first
    }

    fn title(&self, run: &Run) -> Span {
        let first = self.titled_from(run);
        match (self.tokens.get(first), self.tokens.get(run.name.wrapping_sub(1))) {
            (Some(begin), Some(end)) if first < run.name => Span::new(begin.span.start, end.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// The words with capitals behind "of" at token `at`.
    fn of(&self, at: usize) -> Span {
        let of = self.tokens.get(at).is_some_and(|t| t.span.of(self.text) == "of");
        let words = || self.tokens.iter().skip(at + 1).skip_while(|t| t.is(class::DETERMINER));
        let last = words().take_while(|t| of && t.capital).last();
        let span = words().next().zip(last).map(|(first, last)| Span::new(first.span.start, last.span.end));
        span.unwrap_or(Span::new(0, 0))
    }

    fn gender(&self, run: &Run) -> Gender {
        let titles = self.tokens.get(run.first..run.name).unwrap_or_default();
        if titles.iter().any(|t| t.is(class::MISTER)) {
            return Gender::Male;
        }
        if titles.iter().any(|t| t.is(class::MADAM)) {
            return Gender::Female;
        }
        match self.tokens.get(run.name) {
            Some(first) if run.end - run.name > 1 && first.is(class::FIRST_FEMALE) => {
                // "The spokesman Dina Pike" may be either.
                let before = run.name.checked_sub(1).and_then(|before| self.tokens.get(before));
                if before.is_some_and(|t| t.is(class::MISTER)) { Gender::Unknown } else { Gender::Female }
            }
            Some(first) if run.end - run.name > 1 && first.is(class::FIRST_MALE) => Gender::Male,
            _ => Gender::Unknown,
        }
    }
}

/// The word without accents: "Novák" and "Novak" are one name in two spellings.
fn unaccented(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    word.nfd().filter(|&c| !is_combining_mark(c)).collect()
}

/// The word without its possessive ending.
pub(crate) fn bare<'a>(token: &Token, text: &'a str) -> &'a str {
    let word = token.span.of(text);
    possessor(word).unwrap_or(word).trim_end_matches(['\'', '’'])
}

/// True if both begin with the same first name: "Hillary Clinton" and "Hillary Rodham Clinton".
fn shorter_form(a: &str, b: &str) -> bool {
    a.split_ascii_whitespace().next() == b.split_ascii_whitespace().next()
}
