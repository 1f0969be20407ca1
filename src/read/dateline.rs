//! The date that an article's first lines give.

use crate::day::{day, days};

/// Lines that are looked at, blank ones aside.
const LINES: usize = 5;
/// Characters of a line that are looked at.
const WIDTH: usize = 120;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words that say when the article appeared.
const STAMPS: [&str; 7] = ["published", "posted", "updated", "date", "dated", "modified", "issued"];

/// Words that may stand beside those before a date, and begin a sentence without: "On July 14, 2015, they signed it".
const BESIDE: [&str; 2] = ["on", "last"];

/// Words that may stand before a date.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The date as `YYYY-MM-DD`: an ISO date within the first lines, or a written one that stands as a dateline does, at
/// the beginning of a line, after "Published" and its like, after a place in capitals, or after a bar. A dateline
/// without a year tells no date.
#[must_use]
pub fn date(text: &str) -> Option<String> {
    let lines = text.lines().filter(|l| !l.trim().is_empty()).take(LINES);
    let heads: Vec<&str> =
        lines.map(|l| l.char_indices().nth(WIDTH).map_or(l, |(end, _)| l.get(..end).unwrap_or(l))).collect();
    let iso = heads.iter().find_map(|head| words(head).find_map(|(_, word)| iso(word)));
    iso.or_else(|| heads.iter().find_map(|head| written(head)))
}

/// True for `YYYY-MM-DD` of a day that is in the calendar.
#[must_use]
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && iso(text).is_some()
}

/// The stretches of letters, digits and hyphens, with their places.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|w| !w.is_empty())
        .map(|word| (word.as_ptr().addr() - line.as_ptr().addr(), word))
}

/// A word that is, or begins a time stamp with, an ISO date.
fn iso(word: &str) -> Option<String> {
    let day = day(word)?;
    day.get(..4).and_then(number).filter(|year| YEARS.contains(year)).map(|_| day.to_owned())
}

fn number(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// The years of news.
const YEARS: std::ops::Range<u32> = 1800..2200;

/// `YYYY-MM-DD` of a day in the calendar.
fn calendar(year: u32, month: u32, day: u32) -> Option<String> {
    let known = YEARS.contains(&year) && (1..=days(year, month)).contains(&day);
    known.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The number of a month by its name or an abbreviation of three letters or more.
fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let named =
        |name: &&str| word.len() >= 3 && name.starts_with(&word) || word == "sept" && **name == *"september";
    (1..).zip(&MONTHS).find(|(_, name)| named(name)).map(|(number, _)| number)
}

/// `April 7, 2025` or `7 April 2025`, where it stands as a dateline does.
fn written(line: &str) -> Option<String> {
    let words: Vec<(usize, &str)> = words(line).collect();
    words.windows(3).find_map(|three| {
        let [(start, a), (_, b), (_, c)] = three else { return None };
        let year = number(c).filter(|_| c.len() == 4)?;
        let (month, day) = match (month(a), month(b)) {
            (Some(month), _) => (month, ordinal(b)?),
            (_, Some(month)) => (month, ordinal(a)?),
            _ => return None,
        };
        let date = calendar(year, month, day)?;
        heads(line.get(..*start)?).then_some(date)
    })
}

fn ordinal(word: &str) -> Option<u32> {
    number(["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word))
}

/// True if a date after `before` says when the article appeared.
fn heads(before: &str) -> bool {
    let bar = before.trim_end().ends_with(['|', '·', '•']);
    let among = |list: &[&str], word: &str| list.contains(&word.to_lowercase().as_str());
    let any = |list: &[&str]| words(before).any(|(_, word)| among(list, word));
    let fits = |word: &str| {
        [&STAMPS[..], &BESIDE, &DAYS].iter().any(|list| among(list, word))
            || !word.chars().any(char::is_lowercase)
    };
    bar || words(before).all(|(_, word)| fits(word)) && (any(&STAMPS) || !any(&BESIDE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_and_stamps_are_read() {
        for (text, expect) in [
            ("2026-02-24\nThey met.", "2026-02-24"),
            ("Talks begin\n\nGeneva, 2026-02-24T09:30:00Z - They met.", "2026-02-24"),
            ("\n| Published April 7, 2025\nIn a recent development", "2025-04-07"),
            ("GENEVA, Feb. 24, 2026 (Reuters) — They met.", "2026-02-24"),
            ("By Jane Doe | 3 Sept 2024\nThey met.", "2024-09-03"),
            ("Talks begin\nMonday, 29th February 2016", "2016-02-29"),
            ("Last updated on Monday, 29th February 2016", "2016-02-29"),
        ] {
            assert_eq!(date(text).as_deref(), Some(expect), "{text:?}");
        }
    }

    #[test]
    fn dates_in_prose_and_days_that_are_not_are_no_datelines() {
        for text in [
            "They met on April 7, 2025 in Geneva.",
            "On July 14, 2015, they signed it.",
            "Last Monday, April 6, 2015, they met.",
            "GENEVA, Feb 24 (Reuters) - They met.",
            "2026-02-30\nThey met.",
            "12026-02-24 items",
            "Published February 29, 2025",
            "a\nb\nc\nd\ne\n2026-02-24",
            "",
        ] {
            assert_eq!(date(text), None, "{text:?}");
        }
    }
}
