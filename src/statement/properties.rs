//! What holds for every text: no panic, spans on character boundaries, the same answer twice.

use proptest::prelude::*;

use super::{Parties, Registry, Said, channel, condition, extract, fill_stakes, holder};
use crate::article::Article;

/// Arbitrary Unicode, and words of the tables between odd marks, which reach deeper.
fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("if"),
        Just("until"),
        Just("only"),
        Just("unless"),
        Just("before"),
        Just("must"),
        Just("talks"),
        Just("with"),
        Just("Iran"),
        Just("Iran’s"),
        Just("U.S."),
        Just("government"),
        Just("of"),
        Just("the"),
        Just("said"),
        Just("Trump"),
        Just("we"),
        Just("but"),
        Just("and"),
        Just("through"),
        Just("directly"),
        Just(","),
        Just("."),
        Just("“"),
        Just("”"),
        Just("\""),
        Just(" - "),
        Just("—"),
        Just("’"),
        Just("é漢"),
    ];
    let phrases = prop::collection::vec((word, prop_oneof![Just(" "), Just("")]), 0..40)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect());
    prop_oneof![any::<String>(), phrases]
}

proptest! {
    #[test]
    fn a_requirement_is_words_of_its_text(text in texts()) {
        let found = condition(&text);
        prop_assert_eq!(found, condition(&text));
        if let Some(found) = found {
            let words = text.get(found.span.start..found.span.end);
            prop_assert!(words.is_some_and(|w| w == w.trim() && w.chars().any(char::is_alphanumeric)));
        }
    }

    #[test]
    fn a_word_of_another_script_changes_no_channel(text in texts()) {
        prop_assert_eq!(channel(&text), channel(&format!("{text} ж")));
    }

    #[test]
    fn parties_are_named_in_order_and_apart(text in texts()) {
        let found = Parties::shipped().find(&text);
        for mention in &found {
            prop_assert!(!mention.span.of(&text).is_empty());
        }
        prop_assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    }

    #[test]
    fn the_two_ends_of_talks_differ(text in texts(), speaker in prop::option::of(texts())) {
        let said = Said { speaker: speaker.as_deref(), date: None };
        let found = holder(&text, said, Registry::shipped());
        prop_assert!(found.holder.is_none() || found.holder != found.counterpart);
    }

    #[test]
    fn a_statement_has_the_stakes_in_its_article_that_it_has_alone(text in texts()) {
        let article = Article { text, ..Article::default() };
        let mut statements = extract(&article);
        fill_stakes(&article, &mut statements, Registry::shipped());
        for statement in &statements {
            let speaker = statement.speaker.as_ref().map(|s| s.name.as_str());
            let alone = holder(statement.span.of(&article.text), Said { speaker, date: None }, Registry::shipped());
            prop_assert_eq!((&statement.holder, &statement.counterpart), (&alone.holder, &alone.counterpart));
        }
    }

    #[test]
    fn any_bytes_are_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200), rows in texts()) {
        prop_assert!(Registry::from_csv(bytes.as_slice()).is_err());
        let table = format!("name,alias,role,side,valid_from,valid_to\n{rows}");
        if let Ok(registry) = Registry::from_csv(table.as_bytes()) {
            prop_assert!(registry.offices().len() <= rows.lines().count());
        }
    }
}

#[test]
fn statements_inside_statements_stay_few_in_a_long_sentence() {
    for words in ["he said ", "he said that ", "the envoy told Iran that "] {
        let article = Article { text: words.repeat(2000), ..Article::default() };
        let statements = extract(&article);
        let read: usize = statements.iter().map(|s| s.span.len()).sum();
        assert!(statements.len() > 100, "{words}: {} statements", statements.len());
        assert!(read <= 10 * article.text.len(), "{words}: {read} bytes of {}", article.text.len());
    }
}
