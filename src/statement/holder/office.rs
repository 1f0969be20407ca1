//! For which party a speaker speaks: by the registry, by the name, or by the office that the article gives.

use std::borrow::Cow;

use super::reading::ENGLISH;
use crate::statement::party::Parties;
use crate::statement::registry::Registry;
use crate::statement::table::Item;

/// So far into an article, in bytes, a speaker is looked for to be introduced.
const INTRODUCTION: usize = 16_384;
/// So many times a speaker's name is looked at.
const NAMINGS: usize = 3;
/// The longest office, in bytes: "Norway's deputy foreign minister".
const TITLE: usize = 80;
/// So many words stand at most between a party and its office: "Danish deputy prime minister".
const BETWEEN: usize = 4;
/// Those who are sent to a party.
const SENT: [&str; 4] = ["envoy", "representative", "negotiator", "mediator"];

/// The party for which `name` speaks: by the registry, or by the party that the name itself names; experts on a party
/// and its former officials speak for none.
pub(super) fn by_name(name: &str, date: Option<&str>, registry: &Registry) -> Option<String> {
    let parties = Parties::shipped();
    let insider = |name| !ENGLISH.table.read(name).iter().any(|i| i.has(ENGLISH.outsider));
    let named = |name| parties.of_speaker(name).filter(|_| insider(name)).map(Cow::into_owned);
    let one = |name| registry.side(name, date).map(str::to_owned).or_else(|| named(name));
    // Of several speakers the first one known.
    name.split(" and ").find_map(one).or_else(|| one(name))
}

/// The party whose office the article gives with the name: "U.S. envoy Ada Lind", "Ada Lind, the Danish minister".
pub(super) fn as_introduced(name: &str, text: &str) -> Option<String> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let from = beginning(text, INTRODUCTION);
    memchr::memmem::find_iter(from.as_bytes(), name).take(NAMINGS).find_map(|start| {
        let (before, behind) = (from.get(..start)?, from.get(start + name.len()..)?);
        let whole = !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric);
        whole.then(|| title_before(before).or_else(|| apposition(behind)))?
    })
}

/// The first bytes of `text`, `length` or a few less.
fn beginning(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// "Norway's foreign minister" before the name, with or without a comma.
fn title_before(text: &str) -> Option<String> {
    let from = text.len().saturating_sub(TITLE);
    let words = (from..=text.len()).find_map(|from| text.get(from..))?;
    let words = words.rsplit('\n').next()?.trim_end();
    let words = words.strip_suffix(',').unwrap_or(words);
    let items = ENGLISH.table.read(words);
    // "Secretary of State", "Minister for Trade".
    let department = |i: &&Item| {
        !i.has(ENGLISH.office) && (i.is_capital(words) || matches!(i.span.of(words), "of" | "for"))
    };
    // "Norwegian army spokesman Colonel".
    let rank = items.iter().rev().take_while(|i| i.has(ENGLISH.rank) && i.is_capital(words)).count();
    let items = items.get(..items.len() - rank)?;
    let behind = items.iter().rev().take_while(department).count();
    let last = items.len().checked_sub(behind + 1)?;
    let (office, earlier) = (items.get(last).filter(|i| i.has(ENGLISH.office))?, items.get(..last)?);
    let whole = behind == 0 || behind > 1 && items.get(last + 1).is_some_and(|i| !i.is_capital(words));
    let mut found = Parties::shipped().find(words);
    found.retain(|party| party.span.end <= office.span.start);
    let mut party = found.pop()?;
    // "U.N. Syria envoy": Syria is where the envoy is sent.
    let sent = SENT.contains(&office.span.of(words).to_lowercase().as_str());
    if sent && !party.possessive && party.span.of(words) == party.name {
        party = found.pop()?;
    }
    let own = earlier.partition_point(|i| i.span.start < party.span.start);
    let (before, behind) = earlier.split_at_checked(own)?;
    let other = before.last().is_some_and(|i| i.has(ENGLISH.outsider | ENGLISH.object));
    let between = || behind.iter().filter(|i| i.span.start > party.span.end);
    let joined = between().count() < BETWEEN && between().all(|i| i.is_word() && !i.has(ENGLISH.outsider));
    let parted = words.get(party.span.end..office.span.start)?.contains([',', ';', ':']);
    (whole && joined && !other && !parted).then(|| party.name.into_owned())
}

/// ", the Danish foreign minister" and ", spokesman for the Norwegian government" behind the name.
fn apposition(text: &str) -> Option<String> {
    let behind = text.strip_prefix(", ")?;
    let words = beginning(behind, TITLE);
    let end = words.find([',', ';', '\n', '“', '"', '(']).unwrap_or(words.len());
    let words = words.get(..end)?;
    let items = ENGLISH.table.read(words);
    let party = Parties::shipped().find(words).into_iter().next()?;
    let start = items.partition_point(|i| i.span.start < party.span.start);
    let (before, behind) = items.split_at_checked(start)?;
    if before.iter().any(|i| i.has(ENGLISH.outsider | ENGLISH.relative) || !i.is_word()) {
        return None;
    }
    let end = behind.iter().take_while(|i| i.span.start < party.span.end).count();
    let (_, inside) = behind.split_at_checked(end)?;
    let title = |i: &&Item| i.is_word() && i.span.of(words) != "of" && !i.has(ENGLISH.object);
    let owns = inside.iter().take(BETWEEN).take_while(title).any(|i| i.has(ENGLISH.office));
    let mut last = before.iter().rev().filter(|i| !i.has(ENGLISH.article));
    let of = last.next().is_some_and(|i| matches!(i.span.of(words), "of" | "for"));
    let office = last.next().is_some_and(|i| i.has(ENGLISH.office));
    // "chairman of the American Chamber of Commerce".
    let whole = inside.first().is_none_or(|i| !i.is_capital(words));
    let led = of || before.iter().any(|i| i.has(ENGLISH.object));
    (if of { office && whole } else { owns && !led }).then(|| party.name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_that_stands_with_a_name_is_of_its_party() {
        for (text, party) in [
            ("Norway's foreign minister, Ada Lind, said", Some("Norway")),
            ("Norwegian Deputy Prime Minister Ada Lind said", Some("Norway")),
            ("U.S. envoy Ada Lind said", Some("United States")),
            ("Norwegian army spokesman Colonel Ada Lind said", Some("Norway")),
            ("U.S. Deputy Secretary of State Ada Lind said", Some("United States")),
            ("Norway's Minister for Trade, Ada Lind, said", Some("Norway")),
            ("Norwegian minister Paula Ada Lind said", None),
            ("U.N. Chad envoy Ada Lind said", Some("United Nations")),
            ("It rained. “No,” said Ada Lind, the Danish foreign minister.", Some("Denmark")),
            ("Ada Lind, president of Norway, said", Some("Norway")),
            ("Ada Lind, a spokeswoman for the Norwegian government, said", Some("Norway")),
            ("Ada Lind, Norway's ambassador to Denmark, said", Some("Norway")),
            ("Ada Lind said so. The Norwegian minister Ada Lind left.", Some("Norway")),
            ("Chad envoy Ada Lind said", None),
            ("At a summit in Chad, Admiral Ada Lind said", None),
            ("Ada Lind, chairwoman of the American Chamber of Commerce, said", None),
            ("Ada Lind, vice president for policy of the Center for American Progress, said", None),
            ("The Norwegian minister met Ada Lind", None),
            ("Former Norwegian minister Ada Lind said", None),
            ("Ada Lind, a friend of the Norwegian minister, said", None),
            ("Ada Lind, who met the Norwegian minister, said", None),
            ("Ada Lind, a former Norwegian minister, said", None),
            ("Norway expert Ada Lind said", None),
            ("Norwegian minister Ada Lindholm said", None),
            ("", None),
        ] {
            assert_eq!(as_introduced("Ada Lind", text).as_deref(), party, "{text}");
        }
    }

    #[test]
    fn who_knows_a_party_speaks_not_for_it() {
        let side = |name| by_name(name, None, Registry::shipped());
        assert_eq!(side("senior Norwegian official").as_deref(), Some("Norway"));
        assert_eq!(side("former Norwegian officials"), None);
        assert_eq!(side("Norway analyst"), None);
    }
}
