//! Days of the calendar as tables write them.

/// The day that a date begins with: `YYYY-MM-DD` of the Gregorian calendar, alone or before a time of day.
///
/// ```
/// use demarche::day::day;
///
/// assert_eq!(day("2012-02-29T09:00"), Some("2012-02-29"));
/// assert_eq!(day("2012-02-31"), None);
/// ```
#[must_use]
pub fn day(date: &str) -> Option<&str> {
    let (day, rest) = date.split_at_checked(10)?;
    let shaped =
        day.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let ends = rest.is_empty() || rest.starts_with(['T', ' ']);
    let number = |from: usize, to: usize| day.get(from..to).and_then(|digits| digits.parse().ok());
    let last = days(number(0, 4)?, number(5, 7)?);
    (shaped && ends && (1..=last).contains(&number(8, 10)?)).then_some(day)
}

/// The days of a month; none in a month that does not exist.
#[must_use]
pub const fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for date in ["2024-03-01", "2024-02-29", "2000-02-29", "2012-12-31 07:15", "1788-04-30T00:00Z"] {
            assert_eq!(day(date), date.get(..10), "{date}");
        }
        let none =
            ["", "2024", "2024-13-01", "2024-00-10", "2024-01-32", "2024-04-31", "2023-02-29", "1900-02-29"];
        let unlike = [
            "2012-02-00",
            "2012-02-011",
            "2024/01/01",
            "01-02-2024",
            "1.2.2012",
            "２０２４-01-01",
            "+024-01-01",
        ];
        for date in none.into_iter().chain(unlike) {
            assert_eq!(day(date), None, "{date}");
        }
    }
}
