//! Any bytes as a web page and as Markdown: one article with words in it, or a reason.

#![no_main]

use demarche::read::{ArticleFormat, articles};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [ArticleFormat::Html, ArticleFormat::Markdown] {
        let (found, _) = articles(format, "in", "in", bytes).expect("a page has no header");
        let found: Vec<_> = found.collect();
        assert_eq!(found.len(), 1);
        match &found[0] {
            Ok(article) => assert!(!article.text.trim().is_empty()),
            Err(skipped) => assert!(!skipped.reason.is_empty()),
        }
    }
});
