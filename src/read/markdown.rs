//! Markdown: its front matter, `key: value` lines between two lines of `---`, and the words of what follows.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html;

/// What the front matter says, and the text after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page<'a> {
    pub(super) date: Option<String>,
    pub(super) source: Option<String>,
    pub(super) title: Option<String>,
    pub(super) body: &'a str,
}

/// Bytes within which the front matter must end.
const LONGEST: usize = 1 << 16;

/// Parts `text` into front matter and body. Without a closing line, or with a line that is no `key: value`, list item,
/// comment or continuation, all of it is body.
pub(super) fn page(text: &str) -> Page<'_> {
    let plain = Page { body: text, ..Page::default() };
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return plain;
    };
    let (mut page, mut read) = (Page::default(), 0);
    for line in rest.split_inclusive('\n') {
        read += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            page.body = rest.get(read..).unwrap_or_default().trim_start_matches(['\n', '\r']);
            return page;
        }
        if read > LONGEST || !page.take(line) {
            return plain;
        }
    }
    plain
}

impl Page<'_> {
    /// Takes one line of front matter; false if it is none.
    fn take(&mut self, line: &str) -> bool {
        let continued = line.is_empty() || line.starts_with([' ', '\t', '#']) || line.starts_with("- ");
        if continued {
            return true;
        }
        let Some((key, value)) = line.split_once(':') else { return false };
        let field = match key.trim().to_ascii_lowercase().as_str() {
            "date" | "published" => &mut self.date,
            "source" | "outlet" | "publisher" => &mut self.source,
            "title" | "headline" => &mut self.title,
            other => return !other.contains(' '),
        };
        let value = unquoted(value.trim());
        if !value.is_empty() {
            *field = Some(value.to_owned());
        }
        true
    }
}

/// The words of a Markdown text: headings, paragraphs, items and rows of tables on lines of their own, block quotations in
/// quotation marks, without pictures, addresses of links and marks of emphasis.
pub(super) fn words(body: &str) -> String {
    let mut words = Words::default();
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        words.take(event);
    }
    words.text.truncate(words.text.trim_end().len());
    words.text
}

/// The words read so far.
#[derive(Debug, Default)]
struct Words {
    text: String,
    /// Where the paragraph begins.
    paragraph: usize,
    /// True behind the bullet of an item.
    bullet: bool,
    /// Block quotations and pictures that are open.
    quotations: usize,
    pictures: usize,
    /// The HTML of one block.
    html: String,
}

impl Words {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(words) | Event::Code(words) => self.push(&words),
            // A line is one paragraph in a text that is not wrapped, but a block quotation is one in any text.
            Event::SoftBreak => self.push(if self.quotations > 0 { " " } else { "\n" }),
            Event::HardBreak => self.push("\n"),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.push("\n"),
            Event::Html(html) => self.html.push_str(&html),
            Event::Start(Tag::Image { .. }) => self.pictures += 1,
            Event::End(TagEnd::Image) => self.pictures = self.pictures.saturating_sub(1),
            Event::Start(Tag::BlockQuote(_)) => self.quotations += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quotations = self.quotations.saturating_sub(1),
            Event::Start(Tag::Item) => {
                self.end_line("\n");
                self.push("- ");
                self.bullet = true;
            }
            Event::Start(Tag::Paragraph) => {
                self.end_line("\n\n");
                self.paragraph = self.text.len();
            }
            Event::End(TagEnd::Paragraph) => {
                self.mark_quotation();
                self.end_line("\n\n");
            }
            Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock)
            | Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table | TagEnd::List(_)) => {
                self.end_line("\n\n");
            }
            Event::End(TagEnd::HtmlBlock) => {
                let words = html::fragment(&std::mem::take(&mut self.html));
                self.push(&words);
                self.end_line("\n\n");
            }
            Event::End(TagEnd::TableCell) => self.push(" | "),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.text.truncate(self.text.trim_end_matches(" | ").len());
                self.end_line("\n");
            }
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        if self.pictures == 0 {
            self.text.push_str(words);
            self.bullet = false;
        }
    }

    /// Ends the line that has been begun, if one has; what follows a bullet stands on its line.
    fn end_line(&mut self, end: &str) {
        if self.bullet {
            return;
        }
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push_str(end);
        }
    }

    /// Puts the paragraph into quotation marks if it stands in a block quotation and not in marks already.
    fn mark_quotation(&mut self) {
        let Some(words) = self.text.get(self.paragraph..) else { return };
        if self.quotations > 0 && html::is_unmarked(words) {
            self.text.truncate(self.text.trim_end().len());
            self.text.insert(self.paragraph, '“');
            self.text.push('”');
        }
    }
}

fn unquoted(value: &str) -> &str {
    let within = |mark: char| value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_markdown_the_words_are_read() {
        for (markdown, text) in [
            (
                "# The *mill*\n\n**It will talk.** So [they](http://a.b/c) say.",
                "The mill\n\nIt will talk. So they say.",
            ),
            ("![“Never.”](a.png) We met.\nThey left.<br>We stayed.", " We met.\nThey left.\nWe stayed."),
            ("- One\n- Two\n\n  More\n\nAfter", "- One\n- Two\n\nMore\n\nAfter"),
            ("1. One\n2. **Two**", "- One\n- Two"),
            (
                "They wrote:\n\n> We will\n> come.\n>\n> “Soon.”\n>\n> — Ada\n\nEnd",
                "They wrote:\n\n“We will come.”\n\n“Soon.”\n\n— Ada\n\nEnd",
            ),
            ("| A | B |\n|---|---|\n| c | d |\n\nEnd", "A | B\nc | d\n\nEnd"),
            ("<blockquote>We will.</blockquote>\n<!-- no -->\n\nEnd &amp; *all*", "“We will.”\n\nEnd & all"),
            ("    typed with spaces\n\nEnd", "typed with spaces\n\nEnd"),
            ("", ""),
        ] {
            assert_eq!(words(markdown), text, "{markdown}");
        }
    }

    #[test]
    fn front_matter_is_taken_and_left_out_of_the_body() {
        let text = "---\r\ntitle: \"Talks: a start\"\r\ndate: 2026-02-24\r\ntags:\r\n  - x\r\n# note\r\nsource: 'Post'\r\n---\r\n\r\nThey met.\n";
        let found = page(text);
        assert_eq!(found.title.as_deref(), Some("Talks: a start"));
        assert_eq!((found.date.as_deref(), found.source.as_deref()), (Some("2026-02-24"), Some("Post")));
        assert_eq!(found.body, "They met.\n");
    }

    #[test]
    fn a_rule_at_the_beginning_is_no_front_matter() {
        for text in [
            "---\nThey met, he said.\n---\nMore.\n",
            "---\nHe said this: no.\n---\nMore.\n",
            "---\ndate: 2026-02-24\n",
            "Text\n---\ndate: x\n---\n",
        ] {
            assert_eq!(page(text), Page { body: text, ..Page::default() }, "{text:?}");
        }
    }
}
