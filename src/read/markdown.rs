//! The front matter of Markdown: `key: value` lines between two lines of `---`.

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

fn unquoted(value: &str) -> &str {
    let within = |mark: char| value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

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
