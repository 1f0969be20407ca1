//! What is read out of a single statement; two lines before it are its speaker and its date.

#![no_main]

use demarche::statement::{Parties, Registry, Said, channel, condition, holder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let mut lines = input.splitn(3, '\n');
    let (speaker, date) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let text = lines.next().unwrap_or_default();
    if let Some(found) = condition(text) {
        assert!(text.get(found.span.start..found.span.end).is_some_and(|words| !words.trim().is_empty()));
    }
    let _ = channel(text);
    for mention in Parties::shipped().find(text) {
        assert!(text.get(mention.span.start..mention.span.end).is_some_and(|words| !words.is_empty()));
    }
    let said =
        Said { speaker: Some(speaker).filter(|s| !s.is_empty()), date: Some(date).filter(|d| !d.is_empty()) };
    let stakes = holder(text, said, Registry::shipped());
    assert!(stakes.holder.is_none_or(|name| !name.is_empty()));
    assert!(stakes.counterpart.is_none_or(|name| !name.is_empty()));
});
