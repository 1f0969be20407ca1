//! Who a mention means: names, pronouns and descriptions resolved to one name an article.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::lexicon::class;
use super::name::{Entity, Gender, Mention, NAMESAKES, names};
use super::phrase::acts;
use super::recent::{LEAD, MEMORY, Part, Recent};
use super::subject::subject;
use super::token::{Mark, Token};
use super::unit::Unit;

/// How many tokens the place behind a name may have, and the comma behind it: "Kofi Ansah from the town of Vale,".
const OF_PLACE: usize = 8;

/// The people of one article, as far as it has been read.
pub(crate) struct Speakers<'a> {
    pub(super) text: &'a str,
    pub(super) entities: Vec<Entity<'a>>,
    /// See [`last_names`].
    called: OnceCell<HashMap<String, Vec<usize>>>,
    /// The first who has them.
    initials: OnceCell<HashMap<String, usize>>,
    /// The last words of all titles.
    pub(super) titles: OnceCell<HashSet<&'a str>>,
    pub(super) mentions: Vec<Mention>,
    /// The mentions before this one lie behind.
    next: usize,
    pub(super) recent: Vec<Recent>,
    pub(super) unit: usize,
    /// The first token of the unit.
    pub(super) start: usize,
    /// The last speaker that is no person ("the ministry"), and the last that is several ("officials").
    pub(super) body: Option<String>,
    /// The last that only "it" can mean ("the report").
    pub(super) thing: Option<String>,
    pub(super) group: Option<String>,
    /// The last speaker, where that is a person without a name ("a diplomat").
    pub(super) unnamed: Option<String>,
    /// The last official without a name, by the last word: "official" of "a senior port official".
    pub(super) officials: HashMap<&'a str, String>,
    nested: bool,
}

impl<'a> Speakers<'a> {
    /// Reads all names of the article.
    pub(crate) fn new(text: &'a str, tokens: &[Token]) -> Self {
        let (entities, mentions) = names(text, tokens);
        Self {
            text,
            entities,
            called: OnceCell::new(),
            initials: OnceCell::new(),
            titles: OnceCell::new(),
            mentions,
            next: 0,
            recent: Vec::new(),
            unit: 0,
            start: 0,
            body: None,
            thing: None,
            group: None,
            unnamed: None,
            officials: HashMap::new(),
            nested: false,
        }
    }

    /// Goes on to `unit`.
    pub(crate) fn enter(&mut self, unit: &Unit, tokens: &[Token]) {
        self.unit += 1;
        self.start = unit.tokens.start;
        let mut leads = true;
        // "Asked whether she would meet Pike, Brand said": Brand is the subject.
        let asked = tokens
            .first()
            .is_some_and(|t| matches!(t.span.of(self.text), "Asked" | "Pressed" | "Questioned"));
        // "He said Premier Pike would go": Pike is not the subject.
        let pronoun = tokens
            .first()
            .is_some_and(|t| t.is(class::MALE | class::FEMALE | class::PLURAL) && !t.is(class::DETERMINER));
        let opening = tokens.iter().position(|t| t.mark == Mark::Comma).filter(|_| asked).unwrap_or(0);
        while let Some(&mention) = self.mentions.get(self.next) {
            if mention.first >= unit.tokens.end {
                break;
            }
            self.next += 1;
            let at = mention.first - self.start;
            let before = at.checked_sub(1).and_then(|i| tokens.get(i));
            let led = before.is_some_and(|t| t.is(class::PREPOSITION));
            let behind = tokens.get(mention.end - self.start);
            let commas =
                [before, behind].into_iter().flatten().filter(|t| t.mark == Mark::Comma).count() == 2;
            // "Brekke's spokeswoman, Tove Lie, denied this."
            let apposed = commas && at < LEAD && tokens.iter().take(at).any(|t| t.is(class::ROLE));
            let titled = apposed
                || before.is_some_and(|t| t.is(class::ROLE | class::TITLE))
                || !led && holds_office(tokens.get(mention.end - self.start..).unwrap_or_default());
            let person = self.entities.get_mut(mention.entity).is_some_and(|entity| {
                entity.person |= titled && !entity.place;
                entity.person || entity.gender != Gender::Unknown
            });
            let owner = (mention.end - self.start).checked_sub(1).and_then(|i| tokens.get(i));
            let owns = owner.is_some_and(|t| t.possessive);
            // "Orlo quoted him as saying", "what the Orlo government does": he is not Orlo.
            let body = |t: &Token| t.is(class::ORGANISATION) && !t.capital;
            if behind.is_some_and(|t| body(t) || matches!(t.span.of(self.text), "quoted" | "cited")) {
                continue;
            }
            let subject =
                person && at >= opening && (leads || titled) && at < LEAD && !led && !owns && !pronoun;
            leads &= !subject;
            if subject {
                self.unnamed = None;
            }
            // "Pike rejected Brand's offer": who acts first is meant before who owns.
            let first = at == 0 && !owns && behind.is_some_and(|t| acts(t, self.text));
            let part = if subject {
                Part::Acted
            } else if first {
                Part::First
            } else {
                Part::Mentioned
            };
            self.remember(mention.entity, mention.first, part);
        }
        self.act(tokens);
    }

    /// What follows is said by somebody of whom another tells: nobody to whom a pronoun goes rather than to the teller.
    pub(crate) const fn nest(&mut self, nested: bool) {
        self.nested = nested;
    }

    pub(super) fn remember(&mut self, entity: usize, token: usize, part: Part) {
        let part = if self.nested { Part::Mentioned } else { part };
        if self.recent.len() >= 2 * MEMORY {
            self.recent.drain(..MEMORY);
        }
        self.recent.push(Recent { entity, token, unit: self.unit, part });
    }

    /// The name of the speaker that tokens `range` of the unit mention.
    pub(crate) fn resolve(&mut self, tokens: &[Token], range: &Range<usize>) -> Option<String> {
        let range = self.head(tokens, without_relative(tokens, range), range.end);
        let range = self.without_time(tokens, self.author(tokens, &range).unwrap_or(range));
        if let Some(several) = self.several(tokens, &range) {
            return Some(several);
        }
        let person = self.resolve_person(tokens, &range);
        person.or_else(|| self.described(tokens.get(range.clone())?, self.start + range.start))
    }

    /// The words before a time: "his doctor Friday afternoon". A month may be a name.
    fn without_time(&self, tokens: &[Token], range: Range<usize>) -> Range<usize> {
        let time = |i: &usize| {
            let day =
                |t: &Token| !t.capital || t.span.len() > "Day".len() && t.span.of(self.text).ends_with("day");
            tokens.get(*i).is_some_and(|t| t.is(class::TIME) && !t.possessive && day(t))
        };
        let end = range.end - range.clone().skip(1).rev().take_while(time).count();
        // "This week".
        let whole =
            end == range.start + 1 && tokens.get(range.start).is_some_and(|t| t.is(class::DETERMINER));
        if whole { range } else { range.start..end }
    }

    /// Whose words a document has: "a statement by the ministry".
    fn author(&self, tokens: &[Token], range: &Range<usize>) -> Option<Range<usize>> {
        let by = |&i: &usize| {
            let document = tokens.get(i - 1).is_some_and(|t| t.is(class::DOCUMENT) && !t.capital);
            document && tokens.get(i).is_some_and(|t| matches!(t.span.of(self.text), "by" | "from"))
        };
        let by = range.clone().skip(1).find(by)?;
        let whole = range
            .end
            .checked_sub(1)
            .and_then(|last| tokens.get(last))
            .is_some_and(|t| !t.is(class::DETERMINER));
        (by + 1 < range.end && whole).then_some(by + 1..range.end)
    }

    /// True if the sentence is about somebody else than `name`: "The council called for a “halt to the strike”".
    pub(crate) fn is_about_another(&self, tokens: &[Token], name: &str) -> bool {
        let Some(range) = subject(tokens, 0, tokens.len().min(LEAD)) else { return false };
        let words = tokens.get(range.clone()).unwrap_or_default();
        if words.iter().all(|t| t.is(class::PRONOUN) && !t.is(class::DETERMINER)) {
            return false;
        }
        let (first, last) = (self.start + range.start, self.start + range.end);
        let from = self.mentions.partition_point(|mention| mention.end <= first);
        let inside = self.mentions.iter().skip(from).take_while(|mention| mention.first < last);
        let mut named = inside.filter_map(|mention| self.entities.get(mention.entity)).peekable();
        if named.peek().is_some() {
            return named.all(|entity| entity.name != name);
        }
        let body = |t: &&Token| t.is(class::ROLE | class::ORGANISATION) && !t.is(class::THING);
        words.iter().rev().find(body).is_some_and(|t| !name.contains(t.span.of(self.text)))
    }

    /// The person who last spoke or acted in the unit before this one.
    pub(crate) fn last_subject(&self) -> Option<String> {
        let before =
            self.recent.iter().rev().find(|recent| recent.unit + 1 == self.unit && recent.part.leads());
        let entity = self.entities.get(before?.entity)?;
        (entity.person && !entity.place).then(|| entity.name.to_owned())
    }

    /// The name before a relative clause that ends at `end`: "met with Senator Hill, who".
    fn head(&self, tokens: &[Token], range: Range<usize>, end: usize) -> Range<usize> {
        let token = |i: usize| tokens.get(i);
        if !end.checked_sub(1).and_then(token).is_some_and(|t| t.is(class::RELATIVE)) {
            return range;
        }
        let led =
            |&i: &usize| token(i).is_some_and(|t| t.is(class::PREPOSITION) && t.span.of(self.text) != "of");
        let start = range.clone().rev().find(led).map_or(range.start, |with| with + 1);
        // "sent it to the agency, which".
        let start = start + usize::from(token(start).is_some_and(|t| t.is(class::DETERMINER)));
        let here = self.start + start;
        let place = self.mentions.partition_point(|mention| mention.first < here);
        let named =
            self.mentions.get(place).is_some_and(|m| m.first == here && m.end == self.start + range.end);
        if named { start..range.end } else { range }
    }

    /// Whom the label of a turn in a transcript names, "MS. BRAND" or "PIKE": if not `sure`, a last name or a known person.
    pub(crate) fn labelled(&self, label: &str, sure: bool) -> Option<String> {
        let called = self.called.get_or_init(|| last_names(&self.entities));
        let called = called.get(&last_word(label)?)?;
        let person =
            |entity: &&Entity<'_>| sure || entity.person || !label.contains(' ') && entity.name.contains(' ');
        let fullest =
            called.iter().filter_map(|&id| self.entities.get(id)).filter(person).max_by_key(|entity| {
                let same = entity.name.eq_ignore_ascii_case(label);
                (same, entity.name.contains(char::is_lowercase), entity.name.contains(' '))
            })?;
        Some(fullest.name.to_owned())
    }

    /// The person with these initials: "TA" of "Tomas Abreu".
    pub(crate) fn with_initials(&self, initials: &str) -> Option<String> {
        let known = self.initials.get_or_init(|| {
            let people = self.entities.iter().enumerate().rev().filter(|(_, entity)| !entity.place);
            let first = |name: &str| name.split_whitespace().filter_map(|word| word.chars().next()).collect();
            people.map(|(id, entity)| (first(entity.name), id)).collect()
        });
        self.entities.get(*known.get(initials)?).map(|entity| entity.name.to_owned())
    }

    /// As [`Self::resolve`], of somebody who is named or stands in a pronoun.
    pub(crate) fn resolve_person(&mut self, tokens: &[Token], range: &Range<usize>) -> Option<String> {
        let words = tokens.get(range.clone())?;
        let here = self.start + range.start;
        if let [word] = words {
            let pronoun = word.span.of(self.text);
            if word.is(class::MALE | class::FEMALE) && !word.is(class::DETERMINER)
                || matches!(pronoun, "her" | "Her" | "his" | "him")
            {
                if self.unnamed.is_some() {
                    return self.unnamed.clone();
                }
                let male = word.is(class::MALE) || matches!(pronoun, "his" | "him");
                let gender = if male { Gender::Male } else { Gender::Female };
                return Some(
                    self.person(here, gender, None).unwrap_or_else(|| word.span.of(self.text).to_owned()),
                );
            }
            if word.is(class::PLURAL) || matches!(pronoun, "their" | "them") {
                return Some(
                    self.group
                        .clone()
                        .or_else(|| self.body.clone())
                        .or_else(|| self.unnamed.clone())
                        .unwrap_or_else(|| word.span.of(self.text).to_owned()),
                );
            }
            if matches!(pronoun, "it" | "It" | "its") {
                let it = self.thing.as_ref().or(self.body.as_ref());
                return it.cloned().or_else(|| Some(word.span.of(self.text).to_owned()));
            }
        }
        if let Some(entity) = self.named(words, here) {
            self.unnamed = None;
            self.remember(entity, here, Part::Spoke);
            let entity = self.entities.get_mut(entity)?;
            // "Analysts say no. It is over, they added."
            let several = entity.gender == Gender::Unknown && entity.title.is_empty();
            if several && matches!(words, [word] if word.begins) && entity.name.ends_with('s') {
                self.group = Some(entity.name.to_owned());
            }
            entity.person |= !entity.place;
            return Some(entity.name.to_owned());
        }
        self.apposed(tokens, range)
    }

    /// The person named behind a role: "its spokesman, Ivo Tarant, said".
    fn apposed(&mut self, tokens: &[Token], range: &Range<usize>) -> Option<String> {
        let words = tokens.get(range.clone())?;
        let head = words.iter().take_while(|t| !t.is(class::PREPOSITION)).last()?;
        let comma = |i: usize| tokens.get(i).is_some_and(|t| t.mark == Mark::Comma);
        // "The Mayor, Ada Lind, said", "the National President of the union, Ada Lind, said", "Envoy for the region, Ada Lind,
        // said".
        let of = words.iter().any(|t| t.is(class::PREPOSITION));
        let led = of || words.first().is_some_and(|t| t.is(class::DETERMINER));
        let title = led && head.is(class::ROLE);
        let known = !head.capital && head.is(class::ROLE | class::ORGANISATION);
        let behind = self.behind_place(tokens, range.end);
        if !((title || known) && comma(behind)) {
            return None;
        }
        let first = self.start + behind + 1;
        let place = self.mentions.partition_point(|mention| mention.first < first);
        let mention = *self.mentions.get(place).filter(|mention| mention.first == first)?;
        // "The chairman, Kofi Ansah of Vale, said".
        let place = |t: &&Token| t.is_word() && !acts(t, self.text);
        let behind = tokens.get(mention.end - self.start..).unwrap_or_default();
        let led = behind.first().is_some_and(|t| t.is(class::PREPOSITION));
        let behind = behind.iter().take(OF_PLACE).find(|t| !led || !place(t));
        if behind.is_some_and(|t| !matches!(t.mark, Mark::Comma | Mark::Stop)) {
            return None;
        }
        self.remember(mention.entity, first, Part::Spoke);
        let entity = self.entities.get_mut(mention.entity)?;
        entity.person |= !entity.place && head.is(class::ROLE);
        if entity.title.is_empty() {
            entity.title = head.span;
        }
        Some(entity.name.to_owned())
    }
}

impl Speakers<'_> {
    /// The token behind what stands in parentheses at `at`, and behind "to Norland": what parts a role from its comma.
    fn behind_place(&self, tokens: &[Token], at: usize) -> usize {
        let within = tokens.get(at..).unwrap_or_default().iter().take(2 * OF_PLACE);
        let mark = |i: usize| tokens.get(i).map(|t| t.mark);
        if mark(at) == Some(Mark::Open) {
            return within.take_while(|t| t.mark != Mark::Close).count() + at + 1;
        }
        let led = tokens.get(at).is_some_and(|t| t.is(class::PREPOSITION));
        let plain = within.take(OF_PLACE).take_while(|t| t.is_word() && !acts(t, self.text)).count();
        if led { at + plain } else { at }
    }
}

/// The numbers of those who have a last name, in lower case: of each name so many, the first ones.
fn last_names(entities: &[Entity<'_>]) -> HashMap<String, Vec<usize>> {
    let mut called: HashMap<String, Vec<usize>> = HashMap::new();
    for (id, entity) in entities.iter().enumerate().filter(|(_, entity)| !entity.place) {
        let ids = called.entry(last_word(entity.name).unwrap_or_default()).or_default();
        if ids.len() < NAMESAKES {
            ids.push(id);
        }
    }
    called
}

fn last_word(name: &str) -> Option<String> {
    name.split_whitespace().next_back().map(str::to_ascii_lowercase)
}

fn without_relative(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    let mut end = range.end;
    while end > range.start + 1 {
        let Some(last) = tokens.get(end - 1) else { break };
        if last.mark == Mark::Close {
            let open = |&i: &usize| tokens.get(i).is_some_and(|t| t.mark == Mark::Open);
            end = (range.start + 1..end).rev().find(open).unwrap_or(end - 1);
        } else if last.mark == Mark::Comma || last.is(class::RELATIVE) {
            end -= 1;
        } else {
            break;
        }
    }
    range.start..end
}

/// True for ", vice director of the party, made": what stands behind a name between commas is an office.
fn holds_office(behind: &[Token]) -> bool {
    let Some((comma, behind)) = behind.split_first() else { return false };
    let apposed = behind.iter().take(LEAD).take_while(|t| t.is_word());
    let closed = behind.get(apposed.clone().count()).is_some_and(|t| t.mark == Mark::Comma);
    let office = apposed.clone().take_while(|t| !t.is(class::PREPOSITION)).last();
    comma.mark == Mark::Comma && closed && office.is_some_and(|t| t.is(class::ROLE | class::TITLE))
}
