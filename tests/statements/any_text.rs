//! Spans on any input.

use proptest::prelude::*;

use crate::statements;

/// Pieces that meet in every order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "'",
        "’",
        "‘",
        "«",
        "»",
        "„",
        "「",
        "」",
        "''",
        " ",
        ", ",
        ". ",
        "\n",
        "? ",
        "! ",
        " - ",
        "—",
        "(",
        ")",
        "said",
        "says",
        "saying",
        "he",
        "Pike",
        "Mr.",
        "according to",
        "quoted",
        " as saying",
        "that",
        "told",
        "who",
        "U.S.",
        "漢",
        "🙂",
        "\u{0}",
        "\u{301}",
        "the minister",
        "and",
        "did not",
        "é",
        "…",
        ";",
        ":",
        "May",
        "to say",
        "’s",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn spans_are_valid(text: &str) -> Result<(), TestCaseError> {
    let (text, found) = statements(text);
    let mut last = 0;
    for statement in &found {
        let mention = statement.speaker.as_ref().and_then(|speaker| speaker.mention);
        for span in [Some(statement.span), statement.cue, mention].into_iter().flatten() {
            prop_assert!(
                text.get(span.start..span.end).is_some_and(|words| !words.is_empty()),
                "{:?}",
                statement
            );
        }
        prop_assert!(statement.span.start >= last);
        last = statement.span.start;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn spans_lie_on_character_boundaries_of_any_text(text in any::<String>()) {
        spans_are_valid(&text)?;
    }

    #[test]
    fn spans_lie_on_character_boundaries_of_speech_like_text(text in pieces()) {
        spans_are_valid(&text)?;
    }
}

#[test]
fn relative_clauses_in_relative_clauses_make_no_endless_speaker() {
    let (_, found) = statements(&"who said after Pike ended told ".repeat(500));
    let names = found.iter().filter_map(|statement| statement.speaker.as_ref());
    assert_eq!(names.filter(|speaker| speaker.name.len() > 500).count(), 0);
}
