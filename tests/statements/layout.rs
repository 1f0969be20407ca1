//! Wrapped lines, transcripts, captions, headlines.

use demarche::article::Kind::{Direct, Mixed, Narrative, Reported};
use demarche::article::Statement;

use crate::{check, statements};

#[test]
fn a_paragraph_of_a_transcript_is_said_by_its_label() {
    check(
        "The talks\n\nHARLAN KELLER, HOST: Welcome. Today we meet Tilda Brand.\n\nKELLER: Are you ready to talk?\n\nBRAND: Not \
         while the siege lasts. They said so, too.\n\nMr. Keller said it was late.",
        &[
            (Direct, "Keller", "Welcome. Today we meet Tilda Brand."),
            (Direct, "Keller", "Are you ready to talk?"),
            (Direct, "Tilda Brand", "Not while the siege lasts. They said so, too."),
            (Reported, "Keller", "it was late"),
        ],
    );
    check(
        "PIKE: Are you ready?\n\nBRAND: Not yet.\n\nPIKE: Why?\n\nBRAND: The road is shut.",
        &[
            (Direct, "PIKE", "Are you ready?"),
            (Direct, "BRAND", "Not yet."),
            (Direct, "PIKE", "Why?"),
            (Direct, "BRAND", "The road is shut."),
        ],
    );
    check(
        "An interview\n\nQ: When will talks begin?\n\nA: Not before the road is open.",
        &[(Direct, "Q", "When will talks begin?"), (Direct, "A", "Not before the road is open.")],
    );
    check(
        "They met.\n\nTilda Brand: We are ready.\n\nMs. Oren: We are not.\n\nTilda Brand: Then we wait.\n\nMs. Oren: So do we.",
        &[
            (Direct, "Tilda Brand", "We are ready."),
            (Direct, "Oren", "We are not."),
            (Direct, "Tilda Brand", "Then we wait."),
            (Direct, "Oren", "So do we."),
        ],
    );
}

#[test]
fn a_transcript_may_stand_in_marks() {
    for (open, close) in [("“", "”"), ("\"", "")] {
        let turns =
            ["DAHL: Will you come? If so, when?", "PIKE: We are ready.", "DAHL: Why?", "PIKE: I said why."];
        let text = turns.map(|turn| format!("{open}{turn}{close}\n\n")).concat();
        check(
            &text,
            &[
                (Direct, "DAHL", "Will you come? If so, when?"),
                (Direct, "PIKE", "We are ready."),
                (Direct, "DAHL", "Why?"),
                (Direct, "PIKE", "I said why."),
            ],
        );
    }
    check("“NOTE: We are ready,” said Harlan Pike.", &[(Direct, "Harlan Pike", "NOTE: We are ready,")]);
}

#[test]
fn a_word_before_a_colon_is_no_label_of_itself() {
    let (_, found) = statements(
        "The council met.\n\nVALE: The council met on Monday in the harbour.\n\nThe plan: They will wait for an answer.",
    );
    assert!(found.iter().all(|s| s.kind == Narrative), "{found:?}");
}

#[test]
fn captions_and_credits_are_no_statements() {
    let (text, found) = statements(
        "The council met on Monday.\n\nFILE PHOTO: A boat of the council is seen in Vale.\n\n(Reporting by Ada Lind; Editing by \
         Olu Bako)\n\nMedia caption The mayor says it is late, as he did before.\n\nAda Lind contributed to this report.",
    );
    let found: Vec<&str> = found.iter().map(|s| s.span.of(&text)).collect();
    assert_eq!(found, ["The council met on Monday."]);
}

#[test]
fn headlines_and_place_lines_make_no_names() {
    check(
        "Brand Says Talks With Vale Are Near\n\nTilda Brand said it was late.\n\nMs. Brand said no.",
        &[(Reported, "Tilda Brand", "it was late"), (Reported, "Tilda Brand", "no")],
    );
    check(
        "NORRHAMN Oren said it was late. But Oren said no.",
        &[(Reported, "Oren", "it was late"), (Reported, "Oren", "no")],
    );
}

#[test]
fn a_wrapped_line_goes_on_in_the_next_one() {
    check(
        "Talks at the harbour council broke down again on Monday, and\n the envoy of Vale said his town would not return to\n the \
         table before spring.\n\n\"We see no reason to meet,\" Harlan Pike told the reporters of the town in the harbour. \"There \
         is\n nothing new.\"",
        &[
            (Reported, "envoy of Vale", "his town would not return to\n the table before spring"),
            (
                Mixed,
                "Harlan Pike",
                "We see no reason to meet,\" Harlan Pike told the reporters of the town in the harbour. \"There \
                 is\n nothing new.",
            ),
        ],
    );
    check(
        "Council meets again\nits members said little.\n\nThe mayor said he would wait.\nbut others went home.",
        &[(Reported, "its members", "little"), (Reported, "mayor", "he would wait")],
    );
}

/// An article of wrapped lines, and its paragraphs on one line each.
const WRAPPED: &str = "\
COUNCIL STAYS AWAY FROM THE TALKS ABOUT THE BRIDGE, PIKE SAYS

The council of the upper valley will not meet the men of the
 mill before spring, as things are. Its new chairman, Harlan
 Pike, said he was sorry. \u{201c}We have nothing to discuss with them as long as the
 road is closed. They know what we want,\u{201d} he told reporters
 in a short meeting that was held on the old bridge. \u{201c}There is
 no plan.\u{201d}

The miller, Tilda Brand, said Mr. Pike knew that the road was
 open and that 'nobody ever
 closed it' in the past. \"Come and see for
 yourself,\" said Brand. The talks would go on in May, Harlan
 Pike and Tilda Brand both said on the bridge.
";

#[test]
fn a_wrapped_article_says_what_it_says_on_long_lines() {
    let plain = WRAPPED.replace("\n ", " ");
    assert!(plain.lines().count() < 7, "{plain}");
    let spoken = |text: &str| {
        let (text, found) = statements(text);
        let speaker = |s: &Statement| s.speaker.as_ref().map(|speaker| speaker.name.clone());
        let words = |s: &Statement| s.span.of(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        found.iter().map(|s| (s.kind, speaker(s), words(s))).collect::<Vec<_>>()
    };
    let expect = spoken(&plain);
    assert!(expect.len() >= 5, "{expect:?}");
    assert_eq!(spoken(WRAPPED), expect);
    assert_eq!(spoken(&WRAPPED.replace('\n', "\r\n")), expect);
}

#[test]
fn a_name_goes_over_a_wrapped_line_but_not_over_a_paragraph() {
    for (text, speaker, said) in [
        ("TALKS WILL GO ON, VOGT SAYS\n\nBrand said the road was open.", "Brand", "the road was open"),
        ("The envoy left Vale\nVale said it would stay away.", "Vale", "it would stay away"),
        ("They met the prime minister\nBrand said the road was open.", "Brand", "the road was open"),
    ] {
        check(text, &[(Reported, speaker, said)]);
    }
    let (_, found) = statements(WRAPPED);
    let names: Vec<&str> = found.iter().filter_map(|s| Some(s.speaker.as_ref()?.name.as_str())).collect();
    assert!(names.contains(&"Harlan Pike") && names.contains(&"Tilda Brand"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains('\n')), "{names:?}");
}

#[test]
fn condition_channel_and_stakes_read_over_a_wrapped_line() {
    use demarche::statement::{Parties, channel, condition};

    for text in [
        "We will not talk until the siege of the town ends.",
        "Iran would accept talks only through European Union mediators.",
        "North Korea will not return to the table unless South Korea lifts its sanctions.",
    ] {
        for (at, _) in text.match_indices(' ') {
            let wrapped = format!("{}\n{}", &text[..at], &text[at + 1..]);
            assert_eq!(condition(&wrapped), condition(text), "{wrapped}");
            assert_eq!(channel(&wrapped), channel(text), "{wrapped}");
            assert_eq!(Parties::shipped().find(&wrapped), Parties::shipped().find(text), "{wrapped}");
        }
    }
}

#[test]
fn transcripts_have_roles_and_initials() {
    check(
        "Ada Lind spoke to Olu Bako.\n\n**Question:** Will you come?\n\n**OB:** Not now.\n\n**Question:** When?\n\nThe President: Soon.",
        &[
            (Direct, "Question", "Will you come?"),
            (Direct, "Olu Bako", "Not now."),
            (Direct, "Question", "When?"),
            (Direct, "The President", "Soon."),
        ],
    );
}
