//! Any bytes as JSON Lines: an article or a reason for every line that is not blank.

#![no_main]

use demarche::read::{ArticleFormat, articles, decoding_reader};
use libfuzzer_sys::fuzz_target;
use std::io::Read;

fuzz_target!(|bytes: &[u8]| {
    let mut decoded = Vec::new();
    let (mut reader, _) = decoding_reader(bytes).expect("memory can be read");
    reader.read_to_end(&mut decoded).expect("memory can be read");
    let lines = decoded.split(|&b| b == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();

    let (found, _) = articles(ArticleFormat::JsonLines, "in", "in", bytes).expect("lines have no header");
    let found: Vec<_> = found.collect();
    assert_eq!(found.len(), lines);
    for item in &found {
        match item {
            Ok(article) => assert!(!article.id.is_empty() && !article.text.trim().is_empty()),
            Err(skipped) => assert!(skipped.line.is_some() && !skipped.reason.is_empty()),
        }
    }
});
