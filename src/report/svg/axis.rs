//! Round tick values, and values turned into pixels.

use super::canvas::{Anchor, Canvas, FAINT, GRID, INK};

/// A stretch of numbers laid on a stretch of pixels.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    /// The values from `low` to `high` on the pixels `from` to `to`.
    pub(super) const fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        Self { low, high, from, to }
    }

    pub(super) fn pixel(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    fn ticks(&self) -> Vec<(f64, String)> {
        ticks(self.low, self.high)
    }

    /// Labels below the plot, and its base line.
    pub(super) fn draw_below(&self, canvas: &mut Canvas, y: f64, label: &str) {
        canvas.line((self.from, y), (self.to, y), &format!("stroke=\"{FAINT}\""));
        for (value, words) in self.ticks() {
            let x = self.pixel(value);
            canvas.line((x, y), (x, y + 5.0), &format!("stroke=\"{FAINT}\""));
            canvas.text((x, y + 19.0), Anchor::Middle, &format!("fill=\"{FAINT}\""), &words);
        }
        let middle = f64::midpoint(self.from, self.to);
        canvas.text((middle, y + 40.0), Anchor::Middle, &format!("fill=\"{INK}\""), label);
    }

    /// Labels to the left of the plot, and grid lines across it up to `right`.
    pub(super) fn draw_left(&self, canvas: &mut Canvas, x: f64, right: f64, label: &str) {
        for (value, words) in self.ticks() {
            let y = self.pixel(value);
            canvas.line((x, y), (right, y), &format!("stroke=\"{GRID}\""));
            canvas.text((x - 8.0, y + 4.0), Anchor::End, &format!("fill=\"{FAINT}\""), &words);
        }
        canvas.turned_text((18.0, f64::midpoint(self.from, self.to)), -90.0, Anchor::Middle, label);
    }
}

/// The smallest stretch between round numbers that holds `values`, and 0 and 1 if there are none.
pub(super) fn round_range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.filter(|value| value.abs() < 1e12) {
        low = low.min(value);
        high = high.max(value);
    }
    if low > high {
        return (0.0, 1.0);
    }
    if high - low < 1e-9 * high.abs().max(1.0) {
        let room = (0.1 * high.abs()).max(0.1);
        (low, high) = (low - room, high + room);
    }
    let step = step(high - low);
    ((low / step).floor() * step, (high / step).ceil() * step)
}

/// The largest of 1, 2 and 5 times a power of ten of which a stretch holds four; it then holds at most ten.
fn step(span: f64) -> f64 {
    let most = 1.000_001 * span / 4.0;
    let power = libm::pow(10.0, libm::log10(most).floor());
    let times = [5.0, 2.0].into_iter().find(|times| times * power <= most);
    times.unwrap_or(1.0) * power
}

/// The round values from `low` to `high`, with as many decimals as their step needs.
fn ticks(low: f64, high: f64) -> Vec<(f64, String)> {
    let step = step(high - low);
    let first = (low / step - 1e-6).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clipped to 0 to 12")]
    let decimals = (-(libm::log10(step) + 1e-9).floor()).clamp(0.0, 12.0) as usize;
    (0..=20_u8)
        .map(|i| (first + f64::from(i)) * step)
        .take_while(|value| *value <= high + 1e-6 * step)
        .map(|value| (value, grouped(value, decimals)))
        .collect()
}

/// A number with commas between thousands, as 12,500.
pub(super) fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let negative = value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let mut out = String::from(if negative { "−" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(low: f64, high: f64) -> Vec<String> {
        ticks(low, high).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_say_their_value() {
        assert_eq!(labels(0.0, 1.0), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(0.0, 10_000.0), ["0", "2,000", "4,000", "6,000", "8,000", "10,000"]);
        assert_eq!(labels(0.45, 0.65), ["0.45", "0.50", "0.55", "0.60", "0.65"]);
        assert_eq!(labels(-0.1, 0.1), ["−0.10", "−0.05", "0.00", "0.05", "0.10"]);
        assert_eq!(labels(3.0, 44.0), ["10", "20", "30", "40"]);
    }

    #[test]
    fn a_range_is_rounded_outwards_and_never_empty() {
        assert_eq!(round_range([0.512, 0.595].into_iter()), (0.5, 0.6));
        assert_eq!(round_range([].into_iter()), (0.0, 1.0));
        assert_eq!(round_range([f64::NAN, f64::INFINITY].into_iter()), (0.0, 1.0));
        let (low, high) = round_range([7.0].into_iter());
        assert!(low < 7.0 && 7.0 < high);
    }

    proptest! {
        #[test]
        fn every_range_has_a_few_ticks_inside_it(low in -1e6..1e6_f64, span in 1e-3..1e6_f64) {
            let (from, to) = round_range([low, low + span].into_iter());
            let ticks = ticks(from, to);
            prop_assert!((4..=11).contains(&ticks.len()), "{from} {to} {ticks:?}");
            let room = 1e-5 * (to - from);
            prop_assert!(ticks.iter().all(|(value, _)| *value >= from - room && *value <= to + room));
        }
    }
}
