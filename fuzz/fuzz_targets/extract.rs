//! Statements of any text: in order, with every span on character boundaries.

#![no_main]

use demarche::article::Article;
use demarche::span::{CharOffsets, Span};
use demarche::statement::{Registry, extract, fill_stakes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let mut found = extract(&article);
    fill_stakes(&article, &mut found, Registry::shipped());
    let offsets = CharOffsets::new(text);
    let mut last = Span::new(0, 0);
    for statement in &found {
        let mention = statement.speaker.as_ref().and_then(|speaker| speaker.mention);
        for span in [Some(statement.span), statement.cue, mention].into_iter().flatten() {
            let words = text.get(span.start..span.end);
            assert!(words.is_some_and(|words| !words.is_empty()), "{statement:?}");
            let (start, end) = offsets.span(span);
            assert_eq!(end - start, span.of(text).chars().count(), "{statement:?}");
        }
        assert!((last.start, last.end) <= (statement.span.start, statement.span.end), "{statement:?}");
        last = statement.span;
    }
});
