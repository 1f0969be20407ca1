//! A drawing in the making: shapes and text in pixels, from the top left.

use std::fmt::Write;

pub(super) const INK: &str = "#222222";
pub(super) const FAINT: &str = "#6b6b6b";
pub(super) const GRID: &str = "#e4e4e4";
/// Okabe and Ito's colours, which colour-blind readers can tell apart.
pub(super) const COLOURS: [&str; 7] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

/// The size of all words but the title.
pub(super) const FONT_SIZE: f64 = 12.0;

/// Where a text stands in relation to its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

pub(super) struct Canvas {
    svg: String,
}

impl Canvas {
    pub(super) fn new(width: f64, height: f64, title: &str) -> Self {
        let (w, h, title) = (number(width), number(height), escape(title));
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             role=\"img\" aria-label=\"{title}\" font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\" \
             font-size=\"{FONT_SIZE}\">\n<title>{title}</title>\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>\n\
             <text x=\"16\" y=\"25\" font-size=\"15\" font-weight=\"600\" fill=\"{INK}\">{title}</text>\n"
        );
        Self { svg }
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), style: &str) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        self.add(&format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" {style}/>"));
    }

    pub(super) fn rect(&mut self, corner: (f64, f64), size: (f64, f64), style: &str) {
        let [x, y, w, h] = [corner.0, corner.1, size.0, size.1].map(number);
        self.add(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" {style}/>"));
    }

    pub(super) fn dot(&mut self, at: (f64, f64), radius: f64, style: &str) {
        let [x, y, r] = [at.0, at.1, radius].map(number);
        self.add(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" {style}/>"));
    }

    /// A line through `points`, or the area within them.
    pub(super) fn path(&mut self, points: &[(f64, f64)], closed: bool, style: &str) {
        let mut d = String::new();
        for (i, &(x, y)) in points.iter().enumerate() {
            let _ = write!(d, "{}{},{}", if i == 0 { "M" } else { "L" }, number(x), number(y));
        }
        let end = if closed { "Z" } else { "" };
        self.add(&format!("<path d=\"{d}{end}\" {style}/>"));
    }

    pub(super) fn text(&mut self, at: (f64, f64), anchor: Anchor, style: &str, words: &str) {
        let [x, y] = [at.0, at.1].map(number);
        let anchor = anchor_name(anchor);
        let words = escape(words);
        self.add(&format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" {style}>{words}</text>"));
    }

    /// Text turned by `degrees` around its point.
    pub(super) fn turned_text(&mut self, at: (f64, f64), degrees: f64, anchor: Anchor, words: &str) {
        let [x, y, degrees] = [at.0, at.1, degrees].map(number);
        let (anchor, words) = (anchor_name(anchor), escape(words));
        self.add(&format!(
            "<text transform=\"translate({x},{y}) rotate({degrees})\" text-anchor=\"{anchor}\" \
             fill=\"{INK}\">{words}</text>"
        ));
    }

    pub(super) fn finish(mut self) -> String {
        self.svg.push_str("</svg>\n");
        self.svg
    }

    fn add(&mut self, element: &str) {
        self.svg.push_str(element);
        self.svg.push('\n');
    }
}

const fn anchor_name(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}

/// About how wide words are in the plots' font, in pixels.
pub(super) fn text_width(words: &str) -> f64 {
    0.58 * FONT_SIZE * words.chars().count() as f64
}

/// A coordinate to a hundredth of a pixel; 0 for what is no number.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Words as XML text or attribute; characters that XML forbids become U+FFFD.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_always_numbers() {
        for (value, expect) in
            [(1.0, "1"), (0.126, "0.13"), (10.5, "10.5"), (-0.001, "0"), (f64::NAN, "0"), (100.0, "100")]
        {
            assert_eq!(number(value), expect);
        }
    }

    #[test]
    fn words_cannot_leave_their_element() {
        assert_eq!(escape("<a b=\"c\">&\u{0}\n"), "&lt;a b=&quot;c&quot;&gt;&amp;\u{FFFD} ");
    }
}
