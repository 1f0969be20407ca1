//! Any bytes as a plain text: one article with words in it, or a reason.

#![no_main]

use demarche::read::{ArticleFormat, articles, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (found, encoding) = articles(ArticleFormat::Text, "in", "in", bytes).expect("text has no header");
    let found: Vec<_> = found.collect();
    assert_eq!(found.len(), 1);
    match &found[0] {
        Ok(article) => {
            assert!(!article.text.trim().is_empty() && !article.text.contains('\0'));
            assert_eq!(decode(bytes).expect("it was decoded").encoding, encoding);
        }
        Err(skipped) => assert!(!skipped.reason.is_empty()),
    }
});
