//! Speakers who are described: "the Norwegian minister", "the ministry", "officials", and whom a pronoun means.

use std::borrow::Cow;
use std::ops::Range;

use super::lexicon::{class, look_up};
use super::name::{Entity, Gender, bare};
use super::name_words::joins_name;
use super::party::Parties;
use super::phrase::acts;
use super::recent::{LEAD, MEMORY, Part};
use super::registry::Registry;
use super::speaker::Speakers;
use super::subject::subject;
use super::token::{Mark, Token};
use crate::span::Span;

/// A mention earlier in the same sentence counts as much as the last speaker.
const SAME_UNIT: usize = 4;

/// "The Norwegian minister", and the party that it names.
pub(super) struct Description<'a> {
    words: &'a [Token],
    nation: Option<Cow<'static, str>>,
}

/// Roles that holders of many titles have.
const GENERIC: [&str; 8] =
    ["official", "leader", "speaker", "chief", "negotiator", "lawmaker", "candidate", "officer"];

impl Speakers<'_> {
    /// True for "Health and Human Services Secretary Olu Bako": nobody is named before the "and", and a title stands behind.
    fn is_department(&self, words: &[Token], and: usize, here: usize) -> bool {
        const TITLE: u32 = class::TITLE | class::ROLE;
        let (before, after) =
            (words.get(..and).unwrap_or_default(), words.get(and + 1..).unwrap_or_default());
        let named = |pair: &[Token]| matches!(pair, [title, name] if title.is(TITLE) && name.capital && !name.is(TITLE));
        let from = self.mentions.partition_point(|mention| mention.first < here);
        let mentioned = self.mentions.iter().skip(from).take_while(|mention| mention.end <= here + and);
        let person = mentioned
            .filter_map(|mention| self.entities.get(mention.entity))
            .any(|entity| entity.person || entity.place);
        let plain = before.iter().all(|t| t.capital && !t.is(TITLE | class::DETERMINER));
        plain && !person && after.windows(2).any(named)
    }

    /// "Norland and Sudria", as the text names them.
    pub(super) fn several(&mut self, tokens: &[Token], range: &Range<usize>) -> Option<String> {
        let words = tokens.get(range.clone())?;
        let last = words.iter().rposition(|t| t.is(class::COORDINATOR))?;
        if joins_name(words, last) || self.is_department(words, last, self.start + range.start) {
            return None;
        }
        let (first, last) = (words.get(..last)?.first()?, words.get(last + 1..)?);
        // "... and Olu Bako in a joint statement".
        let led = |t: &&Token| t.is(class::PREPOSITION) && t.span.of(self.text) != "of";
        let last = last.iter().take_while(|t| !led(t)).last()?;
        let skip = usize::from(first.is(class::DETERMINER) && first.span.len() == 3);
        let name = Span::new(words.get(skip)?.span.start, last.span.start + bare(last, self.text).len());
        let name = name.of(self.text).to_owned();
        self.group = Some(name.clone());
        Some(name)
    }

    /// The best person for a pronoun at token `here`, or for a description.
    pub(super) fn person(
        &mut self,
        here: usize,
        gender: Gender,
        description: Option<&Description<'_>>,
    ) -> Option<String> {
        let best = self.recent.iter().rev().take(MEMORY).filter_map(|recent| {
            let entity = self.entities.get(recent.entity)?;
            let clash = matches!(
                (gender, entity.gender),
                (Gender::Male, Gender::Female) | (Gender::Female, Gender::Male)
            );
            if clash || entity.place || recent.token >= here && !recent.part.leads() || recent.token > here {
                return None;
            }
            let matched = match description {
                Some(description) => self.matches(entity, description)?,
                None => 0,
            };
            let distance = self.unit - recent.unit;
            let spoke = recent.part == Part::Spoke;
            let near = if distance == 0 && (spoke || !recent.part.leads()) { SAME_UNIT } else { 0 };
            let sure = usize::from(entity.person) * 2 + usize::from(entity.gender == gender);
            Some((
                (100 + recent.part.weight() + near + sure + 8 * matched).saturating_sub(distance.min(40)),
                recent.entity,
            ))
        });
        // Of equals the latest: the iterator runs backwards, and `max_by_key` takes the last.
        let best = best.collect::<Vec<_>>().into_iter().rev().max_by_key(|&(score, _)| score)?;
        self.remember(best.1, here, Part::Spoke);
        self.entities.get(best.1).map(|entity| entity.name.to_owned())
    }

    /// Learns that a speaker is "he" or "she" from the first word of what they say of themselves, if nobody else is near whom
    /// that may mean.
    pub(super) fn learn(&mut self, name: &str, first: &Token) {
        let gender = match () {
            () if first.is(class::DETERMINER) => return,
            () if first.is(class::MALE) => Gender::Male,
            () if first.is(class::FEMALE) => Gender::Female,
            () => return,
        };
        let Some(id) = self.recent.iter().rev().find_map(|recent| {
            self.entities.get(recent.entity).filter(|entity| entity.name == name).map(|_| recent.entity)
        }) else {
            return;
        };
        let near = self.recent.iter().rev().take_while(|recent| recent.unit + 1 >= self.unit);
        let other = near.filter(|recent| recent.entity != id).any(|recent| {
            self.entities
                .get(recent.entity)
                .is_some_and(|e| e.person && (e.gender == gender || e.gender == Gender::Unknown))
        });
        if let Some(entity) = self.entities.get_mut(id).filter(|e| !other && e.gender == Gender::Unknown) {
            entity.gender = gender;
        }
    }

    /// Remembers the subject of a sentence, though it says nothing there: "The union rejected the offer. It said ...".
    pub(super) fn act(&mut self, tokens: &[Token]) {
        let Some(range) = subject(tokens, 0, tokens.len().min(LEAD)).filter(|range| range.start == 0) else {
            return;
        };
        let words = tokens.get(range.clone()).unwrap_or_default();
        let Some(head) = words.iter().take_while(|t| !t.is(class::PREPOSITION)).last() else { return };
        // "The operator, Vale Ports, has agreed".
        let comma = |i: &usize| tokens.get(*i).is_some_and(|t| t.mark == Mark::Comma);
        let close = (range.end + 1..range.end + LEAD).find(comma).filter(|_| comma(&range.end));
        if !tokens.get(close.map_or(range.end, |close| close + 1)).is_some_and(|t| acts(t, self.text)) {
            return;
        }
        let known = |t: &Token| t.is(class::DETERMINER) || t.possessive;
        let apposed = close.is_some() && head.is(class::ROLE);
        if may_speak(head, self.text) && words.iter().any(known) {
            // "His rival, Marcus Bell, refused" names a person.
            if apposed {
                return;
            }
            self.group = None;
            self.described(words, self.start);
            return;
        }
        let last = self.start + range.end;
        let from = self.mentions.partition_point(|mention| mention.end < last);
        let named = self.mentions.get(from).filter(|mention| mention.end == last);
        let body = named.and_then(|mention| self.entities.get(mention.entity));
        if let Some(body) =
            body.filter(|body| !body.person && body.gender == Gender::Unknown && !head.possessive)
        {
            self.group = None;
            self.thing = None;
            self.body = Some(body.name.to_owned());
        }
    }

    /// The party for which somebody speaks, by title, by country or by the table of office holders.
    fn side(&self, entity: &Entity<'_>) -> Option<Cow<'static, str>> {
        let known = || Registry::shipped().side(entity.name, None).map(Cow::Borrowed);
        let named = [entity.title, entity.of].into_iter().find_map(|span| party(span.of(self.text)));
        named.or_else(known)
    }

    /// How many words of a description the entity's title has; `None` if the two cannot be the same.
    fn matches(&self, entity: &Entity<'_>, Description { words, nation }: &Description<'_>) -> Option<usize> {
        let title = entity.title.of(self.text);
        let count = words.iter().filter(|word| {
            let word = word.span.of(self.text);
            word.len() > 2 && title.split_whitespace().any(|part| part.eq_ignore_ascii_case(word))
        });
        let count = count.count();
        // Who bears another title is not "the mayor"; "the official" may be anybody.
        let of_title = |word: &&Token| word.is(class::TITLE) && !GENERIC.contains(&word.span.of(self.text));
        // Neither is who has no word of "the union leader".
        let modified = words.iter().filter(|t| !t.capital && !t.is(class::DETERMINER)).count() > 1;
        // "His wife" is not he.
        let owned =
            words.first().is_some_and(|t| matches!(t.span.of(self.text), "his" | "His" | "her" | "Her"));
        let other = count == 0 && (modified || owned || words.last().as_ref().is_some_and(of_title));
        // "the Norwegian minister" is nobody of Chad.
        let side = nation.as_ref().and_then(|_| self.side(entity));
        let foreign = nation.is_some() && side != *nation && (side.is_some() || count == 0);
        (entity.person && !other && !foreign).then_some(count + usize::from(side.is_some()))
    }

    /// "the Iranian official", "the ministry", "Iranian officials", "Tehran".
    pub(super) fn described(&mut self, words: &[Token], here: usize) -> Option<String> {
        let first = words.first()?;
        // "a person familiar with the plan".
        let near = |t: &&Token| matches!(t.span.of(self.text), "familiar" | "close" | "briefed" | "involved");
        let ahead = words.iter().take_while(|t| !t.is(class::PREPOSITION) && !near(t)).last();
        let head = ahead.or(words.first())?;
        let definite = matches!(first.span.of(self.text), "the" | "The" | "his" | "His" | "her" | "Her");
        let role = head.span.of(self.text);
        if definite && head.is(class::ROLE) && !words.iter().any(|t| t.is(class::PREPOSITION)) {
            let titles = self.titles.get_or_init(|| {
                let titles = self.entities.iter().map(|entity| entity.title.of(self.text));
                titles.filter_map(|title| title.split_whitespace().next_back()).collect()
            });
            let named = titles.contains(role);
            // "the official", and "the senior official" after "a senior official".
            let between = words.get(1..words.len() - 1).unwrap_or_default();
            if let Some(name) = self.officials.get(role)
                && (!between.is_empty() || GENERIC.contains(&role) || !named)
                && between.iter().all(|t| name.split(' ').any(|part| part == t.span.of(self.text)))
            {
                let name = name.clone();
                self.unnamed = Some(name.clone());
                return Some(name);
            }
            let gender = Gender::Unknown;
            let mut capitals = words.iter().skip(1).filter(|word| word.capital);
            let nation = capitals.find_map(|word| party(word.span.of(self.text)));
            if let Some(name) = self.person(here, gender, Some(&Description { words, nation })) {
                return Some(name);
            }
        }
        let skip = usize::from(
            matches!(first.span.of(self.text), "the" | "The" | "a" | "A" | "an" | "An") && words.len() > 1,
        );
        // "National Liberation Army" of "the guerrilla National Liberation Army".
        let led = |t: &Token| t.is(class::PREPOSITION) || t.span.of(self.text) == "former";
        let named = words.get(skip..)?.iter().take_while(|t| !led(t)).position(|t| t.capital);
        let whole = |at: &usize| {
            words.get(skip + at..).is_some_and(|name| name.len() > 1 && name.iter().all(|t| t.capital))
        };
        let named = named.filter(whole);
        let begin = words.get(skip + named.unwrap_or(0))?;
        // "Officials familiar" of "officials familiar with the plan".
        let cut = words.len() - usize::from(words.last().as_ref().is_some_and(near));
        let last = words.get(..cut)?.last()?;
        let name = Span::new(begin.span.start, last.span.start + bare(last, self.text).len())
            .of(self.text)
            .to_owned();
        if matches!(role, "one" | "One") && ahead.is_some_and(|t| t.is(class::PERSON | class::DETERMINER)) {
            // "one of the sources".
            self.unnamed = Some(name.clone());
        } else if (role.ends_with('s') || role == "people") && (!head.capital || head.begins) {
            self.group = Some(name.clone());
        } else if (head.is(class::ROLE) || matches!(role, "person" | "source")) && !head.capital {
            self.unnamed = Some(name.clone());
            self.officials.insert(role, name.clone());
        } else if head.capital || head.is(class::ORGANISATION) && !head.is(class::DOCUMENT) {
            self.thing = None;
            self.body = Some(name.clone());
        } else if !head.is(class::PRONOUN) {
            self.thing = Some(name.clone());
        }
        Some(name)
    }
}

/// True for those who act and speak: "the union", "the rebels", "the union leader".
fn may_speak(head: &Token, text: &str) -> bool {
    const SPEAKS: u32 = class::ROLE | class::TITLE | class::ORGANISATION;
    let word = head.span.of(text);
    let one = Span::new(head.span.start, head.span.end.saturating_sub(1));
    let several = || look_up(text, one).class & class::ROLE != 0 || party(word).is_some();
    !head.capital && (head.is(SPEAKS) || word.ends_with('s') && several())
}

/// The first party that `words` name.
fn party(words: &str) -> Option<Cow<'static, str>> {
    Parties::shipped().find(words).into_iter().next().map(|mention| mention.name)
}
