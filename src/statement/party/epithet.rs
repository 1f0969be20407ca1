//! Names of parties that stand for somebody else: "the Danish carmaker", "Kenya Airways", "Iran-backed".

use super::IS_THE_COUNTRY;
use crate::statement::lexicon::{class, look_up};
use crate::statement::name_list::Found;
use crate::text::{Token, TokenKind};

/// Words after a hyphen that turn a party's name into a mere epithet ("Iran-backed militias").
const EPITHETS: [&str; 20] = [
    "backed",
    "led",
    "brokered",
    "mediated",
    "sponsored",
    "imposed",
    "based",
    "held",
    "occupied",
    "controlled",
    "style",
    "made",
    "born",
    "supported",
    "speaking",
    "owned",
    "funded",
    "flagged",
    "registered",
    "trained",
];

/// Words after which "government" is no party ("the government shutdown").
const ATTRIBUTES: [&str; 8] =
    ["shutdown", "spending", "funding", "bonds", "debt", "agencies", "offices", "employees"];

/// Who is of a country but does not speak for it: "the French carmaker", "Norway's state television".
const PRIVATE: [&str; 43] = [
    "engineering",
    "retail",
    "automotive",
    "aerospace",
    "chemicals",
    "insurance",
    "carmaker",
    "automaker",
    "maker",
    "retailer",
    "bank",
    "lender",
    "brewer",
    "giant",
    "conglomerate",
    "carrier",
    "club",
    "striker",
    "captain",
    "midfielder",
    "defender",
    "goalkeeper",
    "winger",
    "coach",
    "player",
    "players",
    "singer",
    "actor",
    "actress",
    "author",
    "journalist",
    "journalists",
    "reporter",
    "newspaper",
    "newspapers",
    "broadcaster",
    "television",
    "TV",
    "radio",
    "media",
    "news",
    "businessman",
    "producers",
];

/// Words with a capital behind a country that make the name of somebody else: "Turkish Airlines".
const NAMED_BEHIND: [&str; 9] =
    ["Airlines", "Airways", "Railways", "Telecom", "Motors", "University", "Times", "Post", "Herald"];

/// Words with a capital that do so with "of" before a country: "the Bank of China".
const NAMED_BEFORE: [&str; 6] = ["Bank", "University", "Church", "Bishop", "Archbishop", "Voice"];

/// Words before "American" that make it another's.
const CONTINENTS: [&str; 6] = ["Latin", "North", "South", "Central", "African", "Native"];

/// True for the country of somebody who does not speak for it, and for one in the name of somebody else.
pub(super) fn is_private(text: &str, found: Found, tokens: &[Token], name: &str) -> bool {
    const SMALL: u32 = class::DETERMINER
        | class::PREPOSITION
        | class::COORDINATOR
        | class::SUBORDINATOR
        | class::RELATIVE
        | class::AUXILIARY
        | class::NEGATION
        | class::PAST;
    let (first, end) = found.tokens;
    let at = |i: usize| tokens.get(i).filter(|t| t.kind == TokenKind::Word);
    let word = |i: usize| at(i).map_or("", |t| t.span.of(text));
    let before = |back: usize| first.checked_sub(back).map_or("", word);
    let known = found.span.of(text);
    if before(1) == "of" && NAMED_BEFORE.contains(&before(2))
        || known.starts_with("American") && CONTINENTS.contains(&before(1))
        || !found.possessive && NAMED_BEHIND.contains(&word(end))
    {
        return true;
    }
    let adjective = known != name && !known.ends_with('s') && is_demonym(known, name);
    let plain = |i: usize| {
        let entry = at(i).map(|t| look_up(text, t.span));
        entry.is_some_and(|e| e.class & SMALL == 0 && (e.cue.is_none() || word(i) == "state"))
            && word(i).starts_with(char::is_lowercase)
    };
    let reach = end..=end + if adjective || found.possessive { 2 } else { 0 };
    let private = reach.clone().find(|&i| PRIVATE.contains(&word(i)));
    name.starts_with(char::is_uppercase) && private.is_some_and(|i| (end..i).all(plain))
}

/// Parties whose name ends those of many others, with the words that may stand before them: "the Trades Union Congress" is
/// none.
const HEADS: [(&str, &[&str]); 5] = [
    ("Congress", &["U.S", "US", "American"]),
    ("Democrats", &[]),
    ("Brotherhood", &["Muslim"]),
    ("Wagner", &["Russian"]),
    ("Security Council", &["U.N", "UN", "Nations"]),
];

/// True for a part of the name of somebody else: "Chad Wexler", "Kenya Airways", "the Free Democrats".
pub(super) fn is_part(text: &str, found: Found, tokens: &[Token], name: &str) -> bool {
    const SMALL: u32 = class::DETERMINER
        | class::PREPOSITION
        | class::COORDINATOR
        | class::SUBORDINATOR
        | class::COMPLEMENT
        | class::ADVERB
        | class::TIME;
    const GIVEN: u32 = class::FIRST_MALE | class::FIRST_FEMALE;
    let (first, end) = found.tokens;
    let known = found.span.of(text);
    let capital = |t: &&Token| t.kind == TokenKind::Word && t.span.of(text).starts_with(char::is_uppercase);
    let before = first.checked_sub(1).and_then(|i| tokens.get(i)).filter(capital);
    let before = before.filter(|t| t.span.end + 1 >= found.span.start);
    let class_of = |t: &Token| look_up(text, t.span);
    if let Some((_, with)) = HEADS.iter().find(|(head, _)| *head == known) {
        let of = known == "Brotherhood" && tokens.get(end).is_some_and(|t| t.span.of(text) == "of");
        let named =
            before.is_some_and(|t| class_of(t).class & SMALL == 0 && !with.contains(&t.span.of(text)));
        return of || named;
    }
    if end != first + 1 {
        return false;
    }
    let given = class_of(&Token { span: found.span, kind: TokenKind::Word }).class & GIVEN != 0;
    let next = tokens.get(end).filter(capital).filter(|t| t.span.start == found.span.end + 1);
    let plain = next.is_some_and(|t| {
        let entry = class_of(t);
        entry.class & !GIVEN == 0 && entry.cue.is_none()
    });
    let called =
        before.is_some_and(|t| class_of(t).class & GIVEN != 0 && class_of(t).class & class::PLACE == 0);
    plain && (given || known == name || !is_demonym(known, name)) || called && !found.possessive
}

/// True for "Iranian" and "Dutch", which stand before what is the country's, and not for capitals.
fn is_demonym(known: &str, country: &str) -> bool {
    const ENDS: [&str; 8] = ["an", "ans", "ish", "ch", "ese", "i", "is", "os"];
    known.get(..2) == country.get(..2)
        || ENDS.iter().any(|end| known.ends_with(end))
        || known.contains('.')
        || known.len() < 5
}

pub(super) fn is_epithet(text: &str, found: Found, tokens: &[Token], name: &str) -> bool {
    let next = tokens.get(found.tokens.1).map_or("", |t| t.span.of(text));
    let hyphen = text.as_bytes().get(found.span.end) == Some(&b'-');
    hyphen && EPITHETS.contains(&next) || name == IS_THE_COUNTRY && ATTRIBUTES.contains(&next)
}
