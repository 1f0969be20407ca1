//! Finds parties in a text and gives them their canonical names ("Tehran" → "Iran").

mod epithet;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use self::epithet::{is_epithet, is_part, is_private};
use super::csv_fields::fields;
use super::name_list::{Found, Names};
use crate::span::Span;
use crate::text::{Token, TokenKind, tokens};

/// Generic parties that keep the nationality in front of them ("Syrian opposition").
const KEEP_NATIONALITY: [&str; 4] = ["opposition", "rebels", "union", "company"];

/// Generic parties that are one with the country in front of them ("Syrian government").
const IS_THE_COUNTRY: &str = "government";

/// Generic parties that are part of the one behind them ("pilots' union", "company management").
const MEMBERS: [&str; 5] = ["workers", "employers", "company", "rebels", "union"];

/// Who is sent to the United Nations, and not by them.
const SENT: [&str; 6] = ["Ambassador", "ambassador", "Envoy", "envoy", "Mission", "mission"];

/// A party named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<'a> {
    /// The words that name it.
    pub span: Span,
    /// The canonical name.
    pub name: Cow<'a, str>,
    /// True for "Iran's" in "Iran's offer".
    pub possessive: bool,
}

/// A table of parties: states with their nationals, capitals and seats of government, organisations, movements,
/// and generic parties ("union", "rebels").
#[derive(Clone, Debug, Default)]
pub struct Parties {
    canonical: Vec<Box<str>>,
    names: Names,
}

static SHIPPED: LazyLock<Parties> = LazyLock::new(|| Parties::parse(include_str!("../../data/parties.csv")));

impl Parties {
    /// The parties of `data/parties.csv`.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads lines of `name,alias` below a header.
    fn parse(source: &str) -> Self {
        let mut parties = Self::default();
        for line in source.lines().skip(1) {
            let Ok(row) = fields(line) else { continue };
            let [name, alias] = row.as_slice() else { continue };
            let id = parties.id(name);
            parties.names.add(alias, id);
        }
        parties
    }

    /// The id of a canonical name; the rows of one party stand together.
    fn id(&mut self, name: &str) -> usize {
        if self.canonical.last().is_none_or(|last| **last != *name) {
            self.canonical.push(name.into());
        }
        self.canonical.len() - 1
    }

    /// The parties named in `text`, by position, in time linear in the text.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Mention<'_>> {
        let tokens: Vec<Token> = tokens(text).collect();
        self.mentions(text, &tokens, self.names.find(text, &tokens))
    }

    /// For every token at which a name of a party begins the longest one.
    pub(super) fn find_all(&self, text: &str, tokens: &[Token]) -> Vec<Found> {
        self.names.find_all(text, tokens).collect()
    }

    /// The parties named by the tokens of `range`, where `all` is what [`Parties::find_all`] finds in all.
    pub(super) fn find_among(
        &self,
        all: &[Found],
        text: &str,
        tokens: &[Token],
        range: Range<usize>,
    ) -> Vec<Mention<'_>> {
        let inside = tokens.get(range.clone()).unwrap_or_default();
        let from = range.start;
        let found = self.names.find_among(all, text, tokens, range);
        let moved = |f: Found| Found { tokens: (f.tokens.0 - from, f.tokens.1 - from), ..f };
        self.mentions(text, inside, found.map(moved))
    }

    fn mentions(
        &self,
        text: &str,
        tokens: &[Token],
        names: impl IntoIterator<Item = Found>,
    ) -> Vec<Mention<'_>> {
        let mut mentions: Vec<Mention<'_>> = Vec::new();
        let (mut earlier, mut last): (Option<Found>, Option<Found>) = (None, None);
        for found in names {
            let Some(name) = self.canonical.get(found.id) else { continue };
            if is_epithet(text, found, tokens, name)
                || is_part(text, found, tokens, name)
                || is_private(text, found, tokens, name)
            {
                continue;
            }
            // What is said behind a nation may begin with its members: "Chad's pilots' union".
            let mut start = found.span.start;
            let mut first = found.tokens.0;
            if let Some(member) =
                last.filter(|&l| MEMBERS.contains(&&**name) && is_member(text, tokens, l, first))
                && mentions.pop_if(|m| MEMBERS.contains(&m.name.as_ref())).is_some()
            {
                (start, first, last) = (member.span.start, member.tokens.0, earlier);
            }
            // "Chad's U.N. ambassador" is sent by Chad.
            if last.is_some_and(|l| l.tokens.1 == first) && name.as_ref() == "United Nations" {
                let next = tokens.iter().skip(found.tokens.1).find(|t| t.kind == TokenKind::Word);
                if next.is_some_and(|t| SENT.contains(&t.span.of(text))) {
                    continue;
                }
            }
            let adjoins =
                last.is_some_and(|l| l.tokens.1 == first && (!l.possessive || **name == *IS_THE_COUNTRY));
            let governs = last.is_some_and(|l| is_of(text, tokens, l.tokens.1..first));
            let span = Span::new(start, found.span.end);
            let this = Mention { span, name: Cow::Borrowed(name), possessive: found.possessive };
            match mentions.last_mut() {
                Some(nation) if adjoins && is_generic(name) => merge(nation, name, found),
                Some(generic) if governs && generic.name == IS_THE_COUNTRY => {
                    *generic = Mention { span: Span::new(generic.span.start, this.span.end), ..this };
                }
                _ => mentions.push(this),
            }
            (earlier, last) = (last, Some(found));
        }
        mentions
    }

    /// The party that whoever is called `name` speaks for: the first one named, or the union, the rebels … of it.
    pub(super) fn of_speaker(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut found = self.find(name);
        let own = found.first().is_some_and(|m| m.possessive);
        let generic = found.iter().position(|m| MEMBERS.contains(&m.name.as_ref())).filter(|_| own);
        (!found.is_empty()).then(|| found.swap_remove(generic.unwrap_or(0)).name)
    }

    /// The canonical name of the party called exactly `name`.
    #[must_use]
    pub fn canonical(&self, name: &str) -> Option<&str> {
        let tokens: Vec<Token> = tokens(name).collect();
        let words = tokens.iter().filter(|t| t.kind == TokenKind::Word).count();
        let found = self.names.find(name, &tokens).into_iter().next()?;
        let whole =
            tokens.iter().take(found.tokens.1).skip(found.tokens.0).filter(|t| t.kind == TokenKind::Word);
        (whole.count() == words).then(|| self.canonical.get(found.id).map(AsRef::as_ref))?
    }
}

fn is_generic(name: &str) -> bool {
    name == IS_THE_COUNTRY || KEEP_NATIONALITY.contains(&name)
}

/// Makes one mention of a nation and the generic party after it.
fn merge(nation: &mut Mention<'_>, generic: &str, found: Found) {
    nation.span.end = found.span.end;
    nation.possessive = found.possessive;
    if generic != IS_THE_COUNTRY {
        nation.name = Cow::Owned(format!("{} {generic}", nation.name));
    }
}

/// True if the party at token `next` follows `found` at once, or behind an apostrophe: "pilots' union".
fn is_member(text: &str, tokens: &[Token], found: Found, next: usize) -> bool {
    let mark = tokens.get(found.tokens.1).is_some_and(|t| matches!(t.span.of(text), "'" | "’"));
    !found.possessive && found.tokens.1 + usize::from(mark) == next
}

/// True if the tokens in `range` are "of" or "of the".
fn is_of(text: &str, tokens: &[Token], range: Range<usize>) -> bool {
    let mut words = tokens.get(range).unwrap_or_default().iter().map(|t| t.span.of(text));
    words.next() == Some("of") && matches!((words.next(), words.next()), (None | Some("the"), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, &str)]) {
        let found = Parties::shipped().find(text);
        let found: Vec<_> = found.iter().map(|m| (m.span.of(text), m.name.as_ref())).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn nationals_capitals_and_seats_of_government_stand_for_their_state() {
        check("Tehran wrote to the White House.", &[("Tehran", "Iran"), ("White House", "United States")]);
        check("The Iranian foreign minister flew to Beijing", &[("Iranian", "Iran"), ("Beijing", "China")]);
        check("Downing Street's answer", &[("Downing Street", "United Kingdom")]);
        check("the U.S. and North Koreans", &[("U.S", "United States"), ("North Koreans", "North Korea")]);
        check("Turkish Cypriots left", &[("Turkish Cypriots", "Turkish Cypriots")]);
    }

    #[test]
    fn parts_of_other_names_are_no_parties() {
        check("Chad Wexler and Georgia Pike flew with Kenya Airways", &[]);
        check("the Free Democrats and the Trades Union Congress", &[]);
        check("the National Security Council", &[]);
        check("the UN Security Council", &[("UN", "United Nations"), ("Security Council", "United Nations")]);
        check("The Congress and Iran President Lind", &[("Congress", "Congress"), ("Iran", "Iran")]);
        check("Karl Wagner and Michael Jordan met Sofia Marchetti", &[]);
        check("Dutch Prime Minister Lind", &[("Dutch", "Netherlands")]);
    }

    #[test]
    fn pronouns_and_other_words_are_no_parties() {
        check("They told us to turkey-shoot with them in chad", &[]);
        check("Iran-backed fighters", &[]);
        check("Iran-Iraq talks", &[("Iran", "Iran"), ("Iraq", "Iraq")]);
    }

    #[test]
    fn a_nation_and_a_generic_party_are_one() {
        check("the Kenyan government", &[("Kenyan government", "Kenya")]);
        check("the Kenyan opposition", &[("Kenyan opposition", "Kenya opposition")]);
        check("the Government of the Republic", &[("Government", "government")]);
        check("the Government of Kenya", &[("Government of Kenya", "Kenya")]);
        check("a government shutdown", &[]);
        check("Kenya's opposition", &[("Kenya", "Kenya"), ("opposition", "opposition")]);
    }

    #[test]
    fn members_are_part_of_their_union() {
        check("the teachers' union", &[("teachers' union", "union")]);
        check("the Kenyan pilots’ union", &[("Kenyan pilots’ union", "Kenya union")]);
        check("company management", &[("company management", "employers")]);
        check("the nurses met the union", &[("nurses", "workers"), ("union", "union")]);
        check("the Kurdistan Workers' Party", &[("Kurdistan Workers", "PKK")]);
    }

    #[test]
    fn who_is_of_a_country_does_not_speak_for_it() {
        for text in [
            "The Danish engineering group",
            "The Kenyan carmaker",
            "the Poland striker and the former Norway captain",
            "Kenyan-speaking shepherds",
            "Egypt's state news agency",
            "Chinese state media",
            "Kenyan Airlines and the Bank of China",
            "Latin American ports",
        ] {
            check(text, &[]);
        }
        check("Kenya's U.N. Ambassador", &[("Kenya", "Kenya")]);
        check("Kenyans met journalists", &[("Kenyans", "Kenya")]);
        check("Chad paid a coach", &[("Chad", "Chad")]);
    }

    #[test]
    fn canonical_names_need_the_whole_name() {
        let parties = Parties::shipped();
        assert_eq!(parties.canonical("Moscow"), Some("Russia"));
        assert_eq!(parties.canonical("Moscow on the Hudson"), None);
        assert_eq!(parties.canonical(""), None);
    }

    #[test]
    fn every_row_of_the_table_has_two_fields_and_no_alias_twice() {
        let mut seen = std::collections::HashSet::new();
        let mut names = std::collections::HashSet::new();
        let mut last = String::new();
        for line in include_str!("../../data/parties.csv").lines().skip(1) {
            let row = fields(line).unwrap();
            assert_eq!(row.len(), 2, "{line}");
            assert!(seen.insert(row[1].clone()), "{line}");
            assert!(row[0] == last || names.insert(row[0].clone()), "rows of {} apart", row[0]);
            last = row[0].to_string();
        }
        assert!(names.len() > 250);
    }
}
