//! Direct and mixed quotations.

use demarche::article::Kind::{Direct, Mixed, Narrative, Reported};

use crate::{check, statements};

#[test]
fn direct_quotes_take_their_speaker_from_either_side() {
    let expect = [(Direct, "Harlan Pike", "We will talk to them,")];
    check("“We will talk to them,” Harlan Pike said.", &expect);
    check("\"We will talk to them,\" said Harlan Pike.", &expect);
    check("''We will talk to them,'' said Gen. Harlan Pike, the army chief.", &expect);
    check("«We will talk to them,» said Harlan Pike.", &expect);
    check("„We will talk to them,“ said Harlan Pike.", &expect);
    check("「We will talk to them,」 said Harlan Pike.", &expect);
    let expect = [(Direct, "Harlan Pike", "We will talk to them.")];
    check("Harlan Pike said, “We will talk to them.”", &expect);
    check("Harlan Pike told reporters on Monday: “We will talk to them.”", &expect);
}

#[test]
fn a_question_and_its_tag_are_one_sentence() {
    check("“Who would talk to them?” Pike asked.", &[(Direct, "Pike", "Who would talk to them?")]);
}

#[test]
fn an_interrupted_sentence_is_one_statement_and_a_long_tag_parts_two() {
    check(
        "“If they want to talk,” Pike said, “we are ready to listen.”",
        &[(Mixed, "Pike", "If they want to talk,” Pike said, “we are ready to listen.")],
    );
    check(
        "“The door to these talks has never been closed by us,” Pike warned, according to the Vale agency. “We are waiting for them.”",
        &[
            (Direct, "Pike", "The door to these talks has never been closed by us,"),
            (Direct, "Pike", "We are waiting for them."),
        ],
    );
}

#[test]
fn a_quotation_goes_on_over_paragraphs() {
    check(
        "Pike said: “We have waited for a long time.\n“We can wait for another year.”",
        &[
            (Direct, "Pike", "We have waited for a long time."),
            (Direct, "Pike", "We can wait for another year."),
        ],
    );
}

#[test]
fn the_other_one_answers_a_question() {
    check(
        "“We have nothing to hide,” Pike said.\n“Then why do you hide?” Mrs. Vale asked.\n“We hide from nobody here.”",
        &[
            (Direct, "Pike", "We have nothing to hide,"),
            (Direct, "Vale", "Then why do you hide?"),
            (Direct, "Pike", "We hide from nobody here."),
        ],
    );
}

#[test]
fn titles_and_scare_quotes_are_no_speech() {
    check("The film “A Day in Vale” won. The so-called “peace” did not last.", &[]);
}

#[test]
fn a_reservation_behind_the_tag_is_not_what_is_said() {
    let expect = [(Reported, "Pike", "The talks will resume on Monday")];
    check("The talks will resume on Monday, Pike said on condition of anonymity.", &expect);
    check("The talks will resume on Monday, Pike told the agency on condition of anonymity.", &expect);
    check("The talks will resume on Monday, said Pike, who asked not to be named.", &expect);
    check("Pike's firm did not respond to requests for comment.", &[]);
}

#[test]
fn a_quotation_of_several_sentences_behind_a_clause_stands_alone() {
    check(
        "Pike said that while the pact had been signed, “they broke it. We need deeds.”",
        &[(Direct, "Pike", "they broke it. We need deeds.")],
    );
}

#[test]
fn a_stance_named_behind_the_clause_belongs_to_it() {
    let (text, found) = statements(
        "Pike has ruled out direct talks with Vale City, while voicing openness to indirect ones.",
    );
    let kinds: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
    assert_eq!(
        kinds,
        [
            (
                Narrative,
                "Pike has ruled out direct talks with Vale City, while voicing openness to indirect ones"
            ),
            (Reported, "openness to indirect ones")
        ]
    );
}

#[test]
fn a_lone_quotation_is_said_by_the_subject_of_the_sentence_before_it() {
    check(
        "“We can wait,” Ms. Oren said.\n\nMr. Pike praised the plan in a letter. “It is a good plan, and it \
         comes late.”",
        &[(Direct, "Oren", "We can wait,"), (Direct, "Pike", "It is a good plan, and it comes late.")],
    );
}

#[test]
fn an_agency_behind_the_tag_takes_no_words_of_it() {
    check(
        "The talks would resume soon, Pike said, The Lima Post reported.",
        &[(Reported, "Pike", "The talks would resume soon")],
    );
    check(
        "The talks in the harbour, Pike said, were useful to both.",
        &[(Reported, "Pike", "The talks in the harbour, Pike said, were useful to both")],
    );
}

#[test]
fn quotations_take_their_speaker_from_the_paragraphs_around_them() {
    check(
        "The minister, Olu Bako, told the house:\n\n“We will not go back.”",
        &[(Direct, "Olu Bako", "We will not go back.")],
    );
    check(
        "The mayor left.\n\n“We will not go back.”\n\n— Olu Bako, baker",
        &[(Direct, "Olu Bako", "We will not go back.")],
    );
    check(
        "“We have met twice now.\n\n“We will not go back,” Olu Bako wrote.",
        &[(Direct, "Olu Bako", "We have met twice now."), (Direct, "Olu Bako", "We will not go back,")],
    );
    check(
        "Olu Bako wrote to the paper:\n\n> We will not go back.\n> That is all we say.",
        &[(Direct, "Olu Bako", "We will not go back."), (Direct, "Olu Bako", "That is all we say.")],
    );
}

#[test]
fn a_quotation_with_its_tag_is_no_sentence_of_the_reporters() {
    let text =
        "“There will be no truce at my gate,” the owner, Olu Bako, fired back, adding that it was late.";
    let (_, found) = statements(text);
    assert!(found.iter().all(|s| s.kind != Narrative), "{found:?}");
}

#[test]
fn words_in_marks_in_the_sentence_of_another_are_not_the_last_speakers() {
    let before = "Ivo Tarant said the port was calm.";
    let calm = (Reported, "Ivo Tarant", "the port was calm");
    for sentence in
        ["Mr. Dahl's letter is “not a gift to the union.”", "The union was “not at all amused by this.”"]
    {
        let (_, fragment) = sentence.split_once('“').unwrap_or_default();
        let fragment = fragment.trim_end_matches('”');
        check(&format!("{before} {sentence}"), &[calm, (Direct, "", fragment)]);
    }
    let waste = (Direct, "Ivo Tarant", "a waste of our time and money.");
    check(&format!("{before} The talks were “a waste of our time and money.”"), &[calm, waste]);
}

#[test]
fn whoever_is_named_beside_a_quotation_speaks_in_it() {
    let no = |speaker| [(Direct, speaker, "We won't come.")];
    for before in [
        "Marcus Bell was unmoved",
        "Marcus Bell's response was blunt",
        "A spokesman for the union, Marcus Bell",
    ] {
        check(&format!("{before}: “We won't come.”"), &no("Marcus Bell"));
    }
    for before in ["As the union put it", "The union's answer came by message"] {
        check(&format!("{before}: “We won't come.”"), &no("union"));
    }
    check("The mayor had a message for the drivers: “We won't come.”", &no("mayor"));
    check("“We won't come.” — Ada Lind, the minister", &no("Ada Lind"));
    check("Ada Lind left. The reply of the firm: “We won't come.”", &no(""));
}

#[test]
fn a_word_behind_a_colon_is_an_answer_if_it_ends_as_one() {
    check("Pike's answer: “Never.”", &[(Direct, "Pike", "Never.")]);
    check("Pike had one hope: “Peace” in Vale.", &[]);
    check("“No,” Pike replied when asked if he would come.", &[(Direct, "Pike", "No,")]);
}

#[test]
fn two_single_marks_are_a_double_one() {
    check("‘‘We met,’’ Bako said.", &[(Direct, "Bako", "We met,")]);
    check(
        "Lind met chaos. \"this is the end of it,\" Bako said.",
        &[(Direct, "Bako", "this is the end of it,")],
    );
    check("Lind went home again.‘We met them,’ Bako said.", &[(Direct, "Bako", "We met them,")]);
}

#[test]
fn marks_that_look_the_wrong_way_or_stand_single_are_repaired() {
    check(
        "‘We met twice,’ Bako said.\n‘They came on time.\n‘They left early.’",
        &[
            (Direct, "Bako", "We met twice,"),
            (Direct, "Bako", "They came on time."),
            (Direct, "Bako", "They left early."),
        ],
    );
    check("Bako said ”We will come back.”", &[(Direct, "Bako", "We will come back.")]);
    check("“We will come, “said Bako.", &[(Direct, "Bako", "We will come,")]);
    check(
        "“It is late… “They all know it,” Bako said.",
        &[(Direct, "", "It is late…"), (Direct, "Bako", "They all know it,")],
    );
    check("Bako said, “It was late,” referring to the talks.", &[(Direct, "Bako", "It was late,")]);
}

#[test]
fn titles_of_broadcasts_are_not_said() {
    check(
        "“It is late,” Bako said on the Harbour News’ “Friends & Foes.” He left.",
        &[(Direct, "Bako", "It is late,")],
    );
    check(
        "Bako told the Post’s Ada Lind on “The Lind File” that it was late.",
        &[(Reported, "Bako", "that it was late")],
    );
    check(
        "Bako acknowledged on “The Lind File” that it was late.",
        &[(Reported, "Bako", "that it was late")],
    );
    check("Bako told “60 Minutes Sunday” that it was late.", &[(Reported, "Bako", "that it was late")]);
}

#[test]
fn a_question_and_who_asked_it_are_one_sentence() {
    check("“What is it?” Bako replied when asked how it went.", &[(Direct, "Bako", "What is it?")]);
    check("“What is it?”  Bako asked Lind.", &[(Direct, "Bako", "What is it?")]);
    check("When asked, “Why now?” Bako said, “It is late.”", &[(Direct, "Bako", "It is late.")]);
}
