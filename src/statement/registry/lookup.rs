//! The table of office holders, to be asked by name and date.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;

use super::office::{Office, RegistryError, beginning, office};
use crate::statement::csv_fields::fields;
use crate::statement::lexicon::{class, look_up};
use crate::statement::name_list::{Found, Names};
use crate::statement::party::Parties;
use crate::text::{Token, TokenKind, tokens};

/// The columns of the table.
const HEADER: [&str; 6] = ["name", "alias", "role", "side", "valid_from", "valid_to"];

/// A table of office holders, to be asked by name and date.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    offices: Vec<Office>,
    /// For each id that `names` gives, the offices that the name may mean.
    groups: Vec<Vec<usize>>,
    names: Names,
}

static SHIPPED: LazyLock<Registry> = LazyLock::new(|| {
    Registry::from_csv(include_str!("../../../data/speakers.csv").as_bytes()).unwrap_or_default()
});

impl Registry {
    /// The office holders of `data/speakers.csv`.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a table with the header `name,alias,role,side,valid_from,valid_to`; aliases are separated by `;`.
    ///
    /// # Errors
    ///
    /// The first [`RegistryError`], which names the line and the value.
    pub fn from_csv(mut input: impl Read) -> Result<Self, RegistryError> {
        let mut source = String::new();
        input.read_to_string(&mut source)?;
        let mut lines = source.trim_start_matches('\u{FEFF}').lines().enumerate();
        let header = lines.next().map_or("", |(_, line)| line);
        if fields(header).is_ok_and(|found| found == HEADER) {
            let rows = lines.filter(|(_, line)| !line.trim().is_empty());
            let offices = rows.map(|(i, row)| office(i + 1, row)).collect::<Result<_, _>>()?;
            return Ok(Self::new(offices));
        }
        Err(RegistryError::Header { found: header.to_owned() })
    }

    /// A registry of these offices. Last names are names too, as long as they mean one person.
    #[must_use]
    pub fn new(offices: Vec<Office>) -> Self {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut last_names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, office) in offices.iter().enumerate() {
            for name in std::iter::once(&office.name).chain(&office.aliases) {
                push(groups.entry(name).or_default(), i);
            }
            if let Some((_, last)) = office.name.rsplit_once(' ') {
                push(last_names.entry(last).or_default(), i);
            }
        }
        // "Lee" is the last name of "Lee Jae-myung" too.
        for (i, office) in offices.iter().enumerate() {
            if let Some(holders) = family_first(&office.name).and_then(|family| last_names.get_mut(family)) {
                push(holders, i);
            }
        }
        for (last, holders) in last_names {
            let mut people = holders.iter().filter_map(|&i| offices.get(i)).map(|o| &o.name);
            let first = people.next();
            if people.all(|name| Some(name) == first) && last.chars().count() > 2 {
                groups.entry(last).or_insert(holders);
            }
        }
        let mut names = Names::default();
        groups.keys().enumerate().for_each(|(id, name)| names.add(name, id));
        Self { groups: groups.into_values().collect(), names, offices }
    }

    /// All offices, in the order of the table.
    #[must_use]
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// The office that `name` held on `date` (an ISO date, with or without a time of day): `name` is a name, an alias or an
    /// unambiguous last name, with or without a title in front. Without a date, the last office, provided that all offices of
    /// the name are of one side.
    #[must_use]
    pub fn office(&self, name: &str, date: Option<&str>) -> Option<&Office> {
        let tokens: Vec<Token> = tokens(name).filter(|t| t.kind == TokenKind::Word).collect();
        let found = self.names.find(name, &tokens).pop().filter(|f| f.tokens.1 == tokens.len())?;
        self.office_of(name, &tokens, found, date)
    }

    /// The party for which `name` spoke on `date`.
    #[must_use]
    pub fn side(&self, name: &str, date: Option<&str>) -> Option<&str> {
        self.office(name, date).map(|o| o.side.as_str())
    }

    pub(in crate::statement) fn names(&self) -> &Names {
        &self.names
    }

    /// The office of somebody found in `text`, unless the name of somebody else ends with the same last name.
    pub(in crate::statement) fn office_of(
        &self,
        text: &str,
        tokens: &[Token],
        found: Found,
        date: Option<&str>,
    ) -> Option<&Office> {
        let group = self.groups.get(found.id)?;
        let mut offices = group.iter().filter_map(|&i| self.offices.get(i));
        let (first, end) = found.tokens;
        if first + 1 == end {
            let other = first_name_before(text, tokens, first);
            if other.is_some_and(|other| !offices.clone().any(|o| may_be(&o.name, other)))
                || other.is_none() && is_other(text, tokens, found, date.is_some())
            {
                return None;
            }
        }
        if let Some(date) = date.and_then(beginning) {
            return offices.rfind(|o| o.held_on(date));
        }
        let last = offices.next_back()?;
        offices.all(|o| o.side == last.side).then_some(last)
    }
}

/// The word before token `at`, if it has a capital and is neither a title, a party nor a word of the language.
fn first_name_before<'a>(text: &'a str, tokens: &[Token], at: usize) -> Option<&'a str> {
    let before = tokens.get(at.checked_sub(1)?).filter(|t| t.kind == TokenKind::Word)?;
    let adjacent = before.span.end + 1 == tokens.get(at)?.span.start;
    let word = before.span.of(text);
    let entry = look_up(text, before.span);
    let given = entry.class & (class::FIRST_MALE | class::FIRST_FEMALE) != 0;
    let name = given || entry.class == 0 && entry.cue.is_none() && Parties::shipped().find(word).is_empty();
    (adjacent && name && word.chars().next().is_some_and(char::is_uppercase)).then_some(word)
}

/// Titles before first names.
const FIRST_NAME_BEHIND: [&str; 9] =
    ["Sheikh", "Sheik", "Prince", "Princess", "King", "Queen", "Sultan", "Emir", "Sister"];

/// True for a last name that is rather a part of another name, "Abbas Orlo", "Sen. Orlo", or a month, "talks in May".
fn is_other(text: &str, tokens: &[Token], found: Found, dated: bool) -> bool {
    let (first, end) = found.tokens;
    let before = first.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| t.kind == TokenKind::Word);
    let class_of = |token: &Token| look_up(text, token.span);
    // "Mr. Lind".
    let point = first.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| t.span.of(text) == ".");
    let title = before.or_else(|| point.and_then(|_| tokens.get(first.checked_sub(2)?)));
    let capital = |t: &&Token| t.kind == TokenKind::Word && t.span.of(text).starts_with(char::is_uppercase);
    let gap = |t: &Token| text.get(found.span.end..t.span.start);
    let plain = |t: &&Token| class_of(t).class == 0 && class_of(t).cue.is_none();
    let next = tokens.iter().skip(end).find(|t| t.kind == TokenKind::Word).filter(capital);
    let last = next.is_none_or(|t| gap(t) != Some(" ") || !plain(&t));
    if let Some(title) = title.filter(|t| class_of(t).class & (class::TITLE | class::ROLE) != 0) {
        // A first name stands behind these, "Sheikh Orlo", and may behind "teacher".
        return FIRST_NAME_BEHIND.contains(&title.span.of(text))
            || !last && title.span.of(text).starts_with(char::is_lowercase);
    }
    let longer = !last || next.is_some_and(|t| gap(t) == Some(". "));
    let entry = look_up(text, found.span);
    let small = before.is_some_and(|t| t.span.of(text).starts_with(char::is_lowercase));
    let numbered = tokens.get(end).is_some_and(|t| t.span.of(text).starts_with(|c: char| c.is_ascii_digit()));
    let month = entry.class & class::TIME != 0 && (small || numbered);
    // "Ahmed refused": of a first name nobody knows whose, if not even the year is known.
    let given = !dated && entry.class & (class::FIRST_MALE | class::FIRST_FEMALE) != 0;
    let particle =
        before.is_some_and(|t| matches!(t.span.of(text), "e" | "de" | "da" | "van" | "bin" | "the" | "The"));
    longer || month || given || particle
}

/// True if `first` may be an initial or another spelling of the first name in `name`: "Sergey", "Sergei".
fn may_be(name: &str, first: &str) -> bool {
    let known = name.split(' ').next().unwrap_or_default();
    let [mut a, mut b] = [known.chars(), first.chars()];
    let initial = a.next() == b.next();
    initial && (b.as_str().is_empty() || a.next() == b.next() || known.chars().last() == first.chars().last())
}

/// The family name that a Korean or Chinese name begins with: a hyphen and a small letter part the given name.
fn family_first(name: &str) -> Option<&str> {
    let (family, given) = name.split_once(' ')?;
    let (_, second) = given.split_once('-')?;
    second.starts_with(char::is_lowercase).then_some(family)
}

fn push(group: &mut Vec<usize>, office: usize) {
    if group.last() != Some(&office) {
        group.push(office);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name,alias,role,side,valid_from,valid_to\n";

    fn registry(rows: &str) -> Registry {
        Registry::from_csv(format!("{HEAD}{rows}").as_bytes()).unwrap()
    }

    fn check_error(rows: &str, expect: &str) {
        let error = Registry::from_csv(format!("{HEAD}{rows}").as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), expect);
    }

    #[test]
    fn the_office_held_on_the_date_counts() {
        let table = registry(
            "Ada Lind,A. Lind;the Lion,minister,Norland,2001-01-01,2005-06-30\nAda Lind,,envoy,Union,2005-07-01,\n",
        );
        for (date, side) in [
            ("2000-12-31", None),
            ("2001-01-01", Some("Norland")),
            ("2005-06-30", Some("Norland")),
            ("2005-06-30T23:59:00+02:00", Some("Norland")),
            ("2005-07-01 00:00:00", Some("Union")),
            ("2005-07-01", Some("Union")),
            ("2030", Some("Union")),
            ("2001-01", Some("Norland")),
        ] {
            assert_eq!(table.side("Ada Lind", Some(date)), side, "{date}");
        }
        assert_eq!(table.side("Ada Lind", None), None);
        assert_eq!(table.side("Ada Lind", Some("last Tuesday")), None);
        assert_eq!(table.side("A. Lind", Some("2002-01-01")), Some("Norland"));
        assert_eq!(table.side("Foreign Minister Ada Lind", Some("2002-01-01")), Some("Norland"));
        assert_eq!(table.side("Ada Lind's brother", Some("2002-01-01")), None);
    }

    #[test]
    fn a_last_name_counts_while_it_means_one_person() {
        let one = registry("Ada Lind,,minister,Norland,,\n");
        assert_eq!(one.side("Lind", None), Some("Norland"));
        for (name, side) in [
            ("Minister Lind", Some("Norland")),
            ("Adda Lind", Some("Norland")),
            ("French Lind", Some("Norland")),
            ("Robert Lind", None),
            ("Beit Lind", None),
            ("Sheikh Lind", None),
        ] {
            assert_eq!(one.side(name, None), side, "{name}");
        }
        let two = registry("Ada Lind,,minister,Norland,,\nBo Lind,,minister,Sudland,,\n");
        assert_eq!(two.side("Lind", None), None);
        assert_eq!(two.side("Bo Lind", None), Some("Sudland"));
        let family = registry("Ada Lind,,minister,Norland,,\nLind Bo-ra,,president,Sudland,,\n");
        assert_eq!(family.side("President Lind", None), None);
    }

    #[test]
    fn errors_name_the_line_and_the_value() {
        check_error("Ada,,minister,Norland,\n", "line 2: 5 fields, expected 6: \"Ada,,minister,Norland,\"");
        check_error("A,,m,N,,\n,,m,N,,\n", "line 3: no name");
        check_error("A,,m,,,\n", "line 2: no side");
        let date = "line 2: valid_from is \"1.2.2003\", expected a day as YYYY-MM-DD or nothing";
        check_error("A,,m,N,1.2.2003,\n", date);
        check_error(
            "A,,m,N,,2003-02-31\n",
            "line 2: valid_to is \"2003-02-31\", expected a day as YYYY-MM-DD or nothing",
        );
        check_error(
            "A,,m,N,2004-01-01,2003-01-01\n",
            "line 2: valid_to 2003-01-01 is before valid_from 2004-01-01",
        );
        check_error("\"A,,m,N,,\n", "line 2: a quotation mark never closes: \"\\\"A,,m,N,,\"");
        let error = Registry::from_csv("speaker\n".as_bytes()).unwrap_err();
        assert!(matches!(error, RegistryError::Header { found } if found == "speaker"));
        assert!(matches!(Registry::from_csv(&[0xFF_u8][..]), Err(RegistryError::Io(_))));
    }

    #[test]
    fn the_shipped_table_is_sound_and_its_sides_are_parties() {
        let table = Registry::from_csv(include_str!("../../../data/speakers.csv").as_bytes()).unwrap();
        assert!(table.offices().len() >= 300);
        assert_eq!(table.offices(), Registry::shipped().offices());
        for office in table.offices() {
            let side = crate::statement::Parties::shipped().canonical(&office.side);
            assert_eq!(side, Some(office.side.as_str()), "{}", office.name);
            assert!(!office.role.is_empty(), "{}", office.name);
            let same = |o: &&Office| {
                o.name == office.name && o.valid_from == office.valid_from && o.role == office.role
            };
            assert_eq!(table.offices().iter().filter(same).count(), 1, "{}", office.name);
        }
        assert_eq!(table.side("Madeleine Albright", Some("1999-05-01")), Some("United States"));
        assert_eq!(table.side("Mark Rutte", Some("2025-01-01")), Some("NATO"));
    }
}
