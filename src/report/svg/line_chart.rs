//! A line chart with interval bands: the learning curve.

use super::axis::{Axis, round_range};
use super::canvas::{Anchor, COLOURS, Canvas, INK, text_width};

/// One measured point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The value on the axis below.
    pub x: f64,
    /// The value on the axis at the left.
    pub y: f64,
    /// The ends of its interval, if there is one.
    pub interval: Option<(f64, f64)>,
}

/// A line through points in ascending `x`.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its points; those that are not finite are left out.
    pub points: Vec<Point>,
}

/// Lines over common axes. Ranges are chosen so that all points and intervals are inside.
///
/// ```
/// use demarche::report::svg::{LineChart, Point, Series};
///
/// let point = |x, y| Point { x, y, interval: Some((y - 0.02, y + 0.02)) };
/// let chart = LineChart {
///     title: "Learning curve".to_owned(),
///     x_label: "training rows".to_owned(),
///     y_label: "macro-F1".to_owned(),
///     series: vec![Series { name: "test".to_owned(), points: vec![point(500.0, 0.51), point(1000.0, 0.55)] }],
/// };
/// assert!(chart.svg().starts_with("<svg"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LineChart {
    /// What the chart shows.
    pub title: String,
    /// The axis below.
    pub x_label: String,
    /// The axis at the left.
    pub y_label: String,
    /// The lines, in the order of the legend.
    pub series: Vec<Series>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 72.0;
const RIGHT: f64 = 616.0;
const TOP: f64 = 66.0;
const BOTTOM: f64 = 346.0;

impl LineChart {
    /// The chart as an SVG document of 640 × 400 pixels.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut canvas = Canvas::new(WIDTH, HEIGHT, &self.title);
        let x_range = round_range(self.points().map(|point| point.x));
        let y_range = round_range(self.points().flat_map(|point| {
            let (low, high) = point.interval.unwrap_or((point.y, point.y));
            [point.y, low, high]
        }));
        let (x, y) = (Axis::new(x_range, (LEFT, RIGHT)), Axis::new(y_range, (BOTTOM, TOP)));
        y.draw_left(&mut canvas, LEFT, RIGHT, &self.y_label);
        x.draw_below(&mut canvas, BOTTOM, &self.x_label);
        let coloured = || self.series.iter().zip(COLOURS.into_iter().cycle());
        for (series, colour) in coloured() {
            band(&mut canvas, series, x, y, colour);
        }
        for (series, colour) in coloured() {
            line(&mut canvas, series, x, y, colour);
        }
        self.legend(&mut canvas);
        canvas.finish()
    }

    fn points(&self) -> impl Iterator<Item = &Point> {
        self.series.iter().flat_map(Series::finite)
    }

    fn legend(&self, canvas: &mut Canvas) {
        let mut x = LEFT;
        for (series, colour) in self.series.iter().zip(COLOURS.into_iter().cycle()) {
            let banded = series.finite().any(|point| point.interval.is_some());
            let name = if banded { format!("{} (95 % interval)", series.name) } else { series.name.clone() };
            if banded {
                canvas.rect((x, 41.0), (22.0, 12.0), &format!("fill=\"{colour}\" fill-opacity=\"0.16\""));
            }
            canvas.line((x, 47.0), (x + 22.0, 47.0), &format!("stroke=\"{colour}\" stroke-width=\"2\""));
            canvas.text((x + 28.0, 51.0), Anchor::Start, &format!("fill=\"{INK}\""), &name);
            x += 28.0 + text_width(&name) + 20.0;
        }
    }
}

impl Series {
    fn finite(&self) -> impl DoubleEndedIterator<Item = &Point> {
        self.points.iter().filter(|point| {
            let (low, high) = point.interval.unwrap_or((0.0, 0.0));
            [point.x, point.y, low, high].iter().all(|value| value.abs() < 1e12)
        })
    }
}

fn band(canvas: &mut Canvas, series: &Series, x: Axis, y: Axis, colour: &str) {
    let at = |point: &Point, value: f64| (x.pixel(point.x), y.pixel(value));
    let upper = series.finite().filter_map(|point| Some(at(point, point.interval?.1)));
    let lower = series.finite().rev().filter_map(|point| Some(at(point, point.interval?.0)));
    let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
    if !outline.is_empty() {
        canvas.path(&outline, true, &format!("fill=\"{colour}\" fill-opacity=\"0.16\""));
    }
}

fn line(canvas: &mut Canvas, series: &Series, x: Axis, y: Axis, colour: &str) {
    let points: Vec<(f64, f64)> = series.finite().map(|point| (x.pixel(point.x), y.pixel(point.y))).collect();
    if !points.is_empty() {
        canvas.path(&points, false, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\""));
    }
    for point in points {
        canvas.dot(point, 3.0, &format!("fill=\"{colour}\""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: Vec<Point>) -> String {
        let series = vec![Series { name: "a & b".to_owned(), points }];
        let [title, x_label, y_label] = ["t", "rows", "F1"].map(str::to_owned);
        LineChart { title, x_label, y_label, series }.svg()
    }

    fn point(x: f64, y: f64) -> Point {
        Point { x, y, interval: None }
    }

    #[test]
    fn points_stand_where_their_ticks_say() {
        let svg = chart(vec![point(0.0, 0.5), point(1_000.0, 0.6), point(500.0, 0.55)]);
        // The plot spans 72..616 by 346..66; 0..1000 by 0.50..0.60.
        assert!(svg.contains("<circle cx=\"72\" cy=\"346\""), "{svg}");
        assert!(svg.contains("<circle cx=\"616\" cy=\"66\""));
        assert!(svg.contains("<circle cx=\"344\" cy=\"206\""));
        assert!(
            svg.contains("<text x=\"616\" y=\"365\" text-anchor=\"middle\" fill=\"#6b6b6b\">1,000</text>")
        );
        assert!(svg.contains(">0.60</text>"));
        assert!(svg.contains(">a &amp; b</text>"));
    }

    #[test]
    fn a_band_runs_along_the_upper_ends_and_back_along_the_lower() {
        let banded = |x, y| Point { x, y, interval: Some((y - 0.1, y + 0.1)) };
        let svg = chart(vec![banded(0.0, 0.1), banded(1.0, 0.9)]);
        assert!(svg.contains("d=\"M72,290L616,66L616,122L72,346Z\""), "{svg}");
        assert!(svg.contains("(95 % interval)"));
    }

    #[test]
    fn what_is_not_finite_is_left_out() {
        let svg = chart(vec![point(0.0, f64::NAN), point(f64::INFINITY, 0.5), point(1.0, 0.5)]);
        assert_eq!(svg.matches("<circle").count(), 1);
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        assert!(!chart(vec![]).contains("NaN"));
    }
}
