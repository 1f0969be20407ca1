//! The main text of a web page.

use dom_smoothie::{Config, Readability, TextMode};

/// What a page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) source: Option<String>,
}

/// Puts what the page marks as quotations into quotation marks, as browsers show `q`, and each paragraph of a `blockquote`.
fn mark_quotations(page: &Readability) {
    for kind in ["q", "blockquote p", "blockquote:not(:has(p))"] {
        for node in page.doc.select(kind).nodes() {
            // Inside one more of its kind it is marked already.
            if node.parent().is_some_and(|parent| parent.node_name() == node.node_name()) {
                continue;
            }
            let words = node.text();
            if is_unmarked(&words) {
                node.prepend_html("“");
                node.append_html("”");
            }
        }
    }
}

/// True for the words of a block quotation that do not begin with quotation marks, or with the dash before a name.
pub(super) fn is_unmarked(words: &str) -> bool {
    const MARKS: [char; 9] = ['“', '”', '"', '„', '‘', '\'', '«', '»', '—'];
    words.trim_start().starts_with(|first| !MARKS.contains(&first))
}

/// The words of a piece of HTML inside another text.
pub(super) fn fragment(html: &str) -> String {
    let Ok(reader) = Readability::new(html, None, None) else { return String::new() };
    reader.doc.select("script, style").remove();
    mark_quotations(&reader);
    reader.doc.text().trim().to_owned()
}

/// Finds headline, date, outlet and main text.
pub(super) fn page(html: &str) -> Result<Page, String> {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(html, None, Some(config))
        .and_then(|mut reader| {
            // A caption stands between paragraphs as if it were one.
            reader.doc.select("figcaption").remove();
            mark_quotations(&reader);
            reader.parse()
        })
        .map_err(|error| format!("no main text was found in the page: {error}"))?;
    let text = article.text_content.trim().to_owned();
    if text.is_empty() {
        return Err("no main text was found in the page".to_owned());
    }
    let known = |s: String| Some(s.trim().to_owned()).filter(|s| !s.is_empty());
    Ok(Page {
        text,
        title: known(article.title),
        date: article.published_time.and_then(known),
        source: article.site_name.and_then(known),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_of_the_page_are_in_quotation_marks() {
        let body = "<p>The ministry said on Monday that it would meet the delegation again next week, and that rooms had been booked.</p>".repeat(8);
        let html = format!(
            "<html><body><article>{body}<p>He called it <q>a start</q> and wrote:</p><blockquote><p>We will come.</p><p>“We will stay.”</p></blockquote></article></body></html>"
        );
        let text = page(&html).unwrap().text;
        assert!(
            text.contains("He called it “a start” and wrote:\n\n“We will come.”\n\n“We will stay.”"),
            "{text}"
        );
    }

    #[test]
    fn the_main_text_is_kept_and_the_menu_is_not() {
        let body = "<p>The ministry said on Monday that it would meet the delegation again next week, and that rooms had been booked.</p>".repeat(8);
        let html = format!(
            "<html><head><title>Rooms booked</title></head><body><nav><a href='/'>Home</a> <a href='/x'>Sport</a></nav><article><h1>Rooms booked</h1><figure><img src='r.jpg'><figcaption>The empty hall at night. Photo: AP</figcaption></figure>{body}</article></body></html>"
        );
        let page = page(&html).unwrap();
        assert!(page.text.contains("meet the delegation again"));
        assert!(!page.text.contains("Sport"));
        assert!(!page.text.contains("empty hall"), "{}", page.text);
        assert_eq!(page.title.as_deref(), Some("Rooms booked"));
    }
}
