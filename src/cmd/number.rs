//! Numbers on the command line, refused before any work where they make no sense.

/// A share above 0 and below 1: `--precision`.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let above = |share: &f64| *share > 0.0 && *share < 1.0;
    text.parse().ok().filter(above).ok_or_else(|| "it must lie above 0 and below 1".to_owned())
}

/// A number above 0: `--cost`.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    let in_range = |number: &f64| *number > 0.0 && number.is_finite();
    text.parse().ok().filter(in_range).ok_or_else(|| "it must be a number above 0".to_owned())
}

/// A number from 0 up: `--char-scale`.
pub(super) fn scale(text: &str) -> Result<f32, String> {
    let in_range = |number: &f32| *number >= 0.0 && number.is_finite();
    text.parse().ok().filter(in_range).ok_or_else(|| "it must be a number from 0 up".to_owned())
}

/// A number from 0 to 4: `--ratio-power`.
pub(super) fn power(text: &str) -> Result<f64, String> {
    let in_range = |power: &f64| (0.0..=4.0).contains(power);
    text.parse().ok().filter(in_range).ok_or_else(|| "it must be a number from 0 to 4".to_owned())
}

/// A range from 1 to 8: `--char-ngrams`.
pub(super) fn range(text: &str) -> Result<(usize, usize), String> {
    let parsed = text.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    match parsed {
        Some((from, to)) if (1..=to).contains(&from) && to <= 8 => Ok((from, to)),
        _ => Err("it must be a range such as 2-5, from 1 to 8".to_owned()),
    }
}
