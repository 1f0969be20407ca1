//! Statements and their speakers, by a table of made-up sentences; and spans on any input.

use demarche::article::{Article, Kind, Statement};
use demarche::statement::extract;
use proptest::prelude::*;

fn statements(text: &str) -> (String, Vec<Statement>) {
    let article = Article { text: text.to_owned(), ..Article::default() };
    (text.to_owned(), extract(&article))
}

/// Every expected row is `kind | speaker | text`; narrative rows are left out of the comparison.
fn check(text: &str, expect: &[(Kind, &str, &str)]) {
    let (text, found) = statements(text);
    let found: Vec<(Kind, &str, &str)> = found
        .iter()
        .filter(|statement| statement.kind != Kind::Narrative)
        .map(|s| (s.kind, s.speaker.as_ref().map_or("", |speaker| speaker.name.as_str()), s.span.of(&text)))
        .collect();
    assert_eq!(found, expect, "in {text:?}");
}

use Kind::{Direct, Mixed, Reported};

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
fn reported_speech_is_the_clause() {
    check("Pike said that the talks would resume.", &[(Reported, "Pike", "that the talks would resume")]);
    check("The talks would resume soon, Pike said.", &[(Reported, "Pike", "The talks would resume soon")]);
    check("The talks would resume soon, said Pike.", &[(Reported, "Pike", "The talks would resume soon")]);
    check(
        "According to the ministry, the talks would resume.",
        &[(Reported, "ministry", "the talks would resume")],
    );
    check(
        "The talks would resume soon, according to Vale officials.",
        &[(Reported, "Vale officials", "The talks would resume soon")],
    );
    check("Pike, who left early, said the talks failed.", &[(Reported, "Pike", "the talks failed")]);
    check("Vale officials did not say whether they would go.", &[]);
}

#[test]
fn participles_share_the_speaker() {
    check(
        "Pike said the talks failed, adding that he would try again.",
        &[(Reported, "Pike", "the talks failed"), (Reported, "Pike", "that he would try again")],
    );
}

#[test]
fn passives_name_the_one_who_is_quoted() {
    check(
        "Envoy Tilda Brand was quoted as saying that the talks failed.",
        &[(Reported, "Tilda Brand", "that the talks failed")],
    );
    check(
        "“The talks have failed,” the Vale agency quoted Foreign Minister Tilda Brand as saying.",
        &[(Direct, "Tilda Brand", "The talks have failed,")],
    );
}

#[test]
fn nothing_is_said_by_halves() {
    check(
        "Pike left, saying he and Brand had spoken “at length” about the pact.",
        &[(Mixed, "Pike", "he and Brand had spoken “at length” about the pact")],
    );
    check(
        "Pike answered to the offer by calling it a “mere trick” of the other side.",
        &[(Mixed, "Pike", "it a “mere trick” of the other side")],
    );
    check(
        "Pike said that, according to Brand, the talks would resume.",
        &[
            (Reported, "Pike", "that, according to Brand, the talks would resume"),
            (Reported, "Brand", "the talks would resume"),
        ],
    );
}

#[test]
fn a_clause_of_time_in_front_is_no_part_of_a_name() {
    check(
        "The words came after Minister Tilda Brand told her party that she would go.",
        &[(Reported, "Tilda Brand", "that she would go")],
    );
}

#[test]
fn a_relative_clause_is_no_part_of_a_name() {
    check(
        "A retired judge who has mediated in earlier disputes told reporters that no date had been set.",
        &[(Reported, "retired judge", "that no date had been set")],
    );
}

#[test]
fn one_person_has_one_name() {
    check(
        "Treasury Secretary Edgar Malone said it stands. “I want to be clear,” Malone said.",
        &[(Reported, "Edgar Malone", "it stands"), (Direct, "Edgar Malone", "I want to be clear,")],
    );
    check(
        "Vale Foreign Minister Tilda Brand met the press. “We are ready to talk,” Brand said. She added: “They are not ready.”\nThe minister said they would wait.",
        &[
            (Direct, "Tilda Brand", "We are ready to talk,"),
            (Direct, "Tilda Brand", "They are not ready."),
            (Reported, "Tilda Brand", "they would wait"),
        ],
    );
}

#[test]
fn a_role_is_named_by_what_stands_behind_it_and_by_no_other_title() {
    check(
        "Union leader Tilda Brand said the talks failed. The mayor said they did not. The union leader said she would go.",
        &[
            (Reported, "Tilda Brand", "the talks failed"),
            (Reported, "mayor", "they did not"),
            (Reported, "Tilda Brand", "she would go"),
        ],
    );
    let expect = [(Reported, "Ivo Harlan", "that no date had been set")];
    check("Its spokesman, Ivo Harlan, told reporters that no date had been set.", &expect);
    check("A spokesman for the authority, Ivo Harlan, said that no date had been set.", &expect);
    check(
        "Its spokesman, Ivo Harlan, said they would meet. The mayor said they would not. The spokesman said it was late.",
        &[
            (Reported, "Ivo Harlan", "they would meet"),
            (Reported, "mayor", "they would not"),
            (Reported, "Ivo Harlan", "it was late"),
        ],
    );
}

#[test]
fn pronouns_follow_the_gender_of_titles() {
    check(
        "Mr. Oren met Mrs. Vale on Monday. He said the talks failed. She said they did not.",
        &[(Reported, "Oren", "the talks failed"), (Reported, "Vale", "they did not")],
    );
}

#[test]
fn the_subject_of_the_last_sentence_comes_before_the_last_speaker() {
    check(
        "Mr. Oren argued that the pact was weak. Mr. Vale has long backed it. He insisted that it was strong.",
        &[(Reported, "Oren", "that the pact was weak"), (Reported, "Vale", "that it was strong")],
    );
    check(
        "Clara Pike said talks were near. Under President Oren, she ran a prison. She said it was hard.",
        &[(Reported, "Clara Pike", "talks were near"), (Reported, "Clara Pike", "it was hard")],
    );
}

#[test]
fn who_is_the_subject_before_a_colon_speaks_behind_it() {
    check(
        "“No,” Ada Lind said.\n\nHer deputy, Olu Bako, disagreed: “We are still waiting for an answer.”",
        &[(Direct, "Ada Lind", "No,"), (Direct, "Olu Bako", "We are still waiting for an answer.")],
    );
    check(
        "Port director Oskar Lien dismissed the demand: “There is nothing to discuss today.”",
        &[(Direct, "Oskar Lien", "There is nothing to discuss today.")],
    );
    check(
        "A round was announced for April: “We will be there,” said Ada Lind.",
        &[(Direct, "Ada Lind", "We will be there,")],
    );
}

#[test]
fn times_and_lists_are_no_subject() {
    check(
        "According to a clerk briefed on the plan, they would sit apart.",
        &[(Reported, "clerk", "they would sit apart")],
    );
    check(
        "Senator Hill backed it and on Monday said she was “glad” of it.",
        &[(Mixed, "Hill", "she was “glad” of it")],
    );
    check("The White House last week warned it would sue.", &[(Reported, "White House", "it would sue")]);
    check(
        "Despite worries in Oslo, Rome and Lima, Vale left the hall, saying that it was late.",
        &[(Reported, "Vale", "that it was late")],
    );
    check(
        "Last year the mayor ordered a boat, saying that it was late.",
        &[(Reported, "mayor", "that it was late")],
    );
    check(
        "With the army out, the war will end, Vale said.",
        &[(Reported, "Vale", "With the army out, the war will end")],
    );
    check(
        "It cost a lot, according to an estimate of Vale.",
        &[(Reported, "estimate of Vale", "It cost a lot")],
    );
}

#[test]
fn titles_and_scare_quotes_are_no_speech() {
    check("The film “A Day in Vale” won. The so-called “peace” did not last.", &[]);
}

#[test]
fn talks_are_what_is_held_and_not_what_somebody_does() {
    check("The operator, Norrhamn Terminals, ruled out direct talks.", &[]);
    check("The union would enter talks if the cuts are withdrawn.", &[]);
    check("Vale will resume talks when the blockade ends.", &[]);
    check(
        "Vale says it will talk when the blockade ends.",
        &[(Reported, "Vale", "it will talk when the blockade ends")],
    );
    check("Coalition talks “are dead”, Pike said.", &[(Mixed, "Pike", "Coalition talks “are dead”")]);
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
fn a_verb_is_no_part_of_the_one_who_shares_it() {
    check(
        "Ferry captains ruled out talks, saying the offer was a joke.",
        &[(Reported, "Ferry captains", "the offer was a joke")],
    );
    let expect = [(Reported, "union", "the offer was a joke")];
    for text in [
        "The union walked out on Friday, saying the offer was a joke.",
        "The union rejected the text, saying the offer was a joke.",
        "VALE (AP) - The union left the talks on Friday, saying the offer was a joke.",
    ] {
        check(text, &expect);
    }
}

#[test]
fn what_is_told_from_hand_to_hand_is_said_by_each() {
    let told = "Pike said he would not talk";
    let own = (Reported, "Pike", "he would not talk");
    check("Pike said he would not talk, according to the agency.", &[(Reported, "agency", told), own]);
    check("Pike said he would not talk, his spokesman said.", &[(Reported, "his spokesman", told), own]);
}

#[test]
fn everybody_says_his_own_words() {
    check(
        "The group said it agreed to a truce; the army said it knew nothing of it.",
        &[(Reported, "group", "it agreed to a truce"), (Reported, "army", "it knew nothing of it")],
    );
    check(
        "The firm, which called the demand “a pure joke”, rejected the text.",
        &[(Mixed, "firm", "the demand “a pure joke”")],
    );
    check(
        "Mr. Pike, who called the offer “a very bad joke”, accused the firm of bad faith.",
        &[(Mixed, "Pike", "the offer “a very bad joke”"), (Reported, "Pike", "the firm of bad faith")],
    );
    check(
        "Mr. Pike said he would come.\n\nThe reply of the firm: “We will not talk under threats.”",
        &[(Reported, "Pike", "he would come"), (Direct, "", "We will not talk under threats.")],
    );
}

#[test]
fn what_is_told_of_the_speaker_of_a_relative_clause_is_a_sentence_too() {
    let text = "The firm, which called the demand “a pure joke”, rejected the text.";
    let (_, found) = statements(text);
    let rows: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(text))).collect();
    assert_eq!(rows, [(Kind::Narrative, text), (Mixed, "the demand “a pure joke”")]);
}

#[test]
fn a_pronoun_means_the_one_without_a_name_who_spoke_last() {
    check(
        "Mr. Pike met aides. “There are no talks with them now,” a Vale official said. “There will be none,” he said.",
        &[
            (Direct, "Vale official", "There are no talks with them now,"),
            (Direct, "Vale official", "There will be none,"),
        ],
    );
}

#[test]
fn a_place_with_its_adjective_says_nothing() {
    let expect = [(Reported, "Rebels", "they would not come")];
    check("Rebels in eastern Vale said they would not come.", &expect);
    check("Rebels in the eastern Vale said they would not come.", &expect);
}

#[test]
fn a_quotation_of_several_sentences_behind_a_clause_stands_alone() {
    check(
        "Pike said that while the pact had been signed, “they broke it. We need deeds.”",
        &[(Direct, "Pike", "they broke it. We need deeds.")],
    );
}

#[test]
fn the_clause_before_a_participle_is_the_reporters() {
    for clause in ["Pike has ruled out direct talks with Vale City", "Vale ruled out talks"] {
        let (text, found) = statements(&format!("{clause}, saying they are useless."));
        let kinds: Vec<(Kind, &str)> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
        assert_eq!(kinds, [(Kind::Narrative, clause), (Kind::Reported, "they are useless")]);
    }
    // No more than a transition.
    let (text, found) = statements("He went on, saying they are useless.");
    assert_eq!(found.iter().map(|s| s.span.of(&text)).collect::<Vec<_>>(), ["they are useless"]);
}

#[test]
fn the_clause_above_an_attribution_is_the_reporters() {
    let (text, found) = statements(
        "The ministry ruled out any contact with the council, hours after Pike had said that he would come.",
    );
    let kinds: Vec<(Kind, &str)> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
    assert_eq!(
        kinds,
        [
            (Kind::Narrative, "The ministry ruled out any contact with the council"),
            (Kind::Reported, "that he would come")
        ]
    );
}

#[test]
fn a_stance_named_behind_the_clause_belongs_to_it() {
    let (text, found) = statements(
        "Pike has ruled out direct talks with Vale City, while voicing openness to indirect ones.",
    );
    let kinds: Vec<(Kind, &str)> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
    assert_eq!(
        kinds,
        [
            (
                Kind::Narrative,
                "Pike has ruled out direct talks with Vale City, while voicing openness to indirect ones"
            ),
            (Kind::Reported, "openness to indirect ones")
        ]
    );
}

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
fn a_word_before_a_colon_is_no_label_of_itself() {
    let (_, found) = statements(
        "The council met.\n\nVALE: The council met on Monday in the harbour.\n\nThe plan: They will wait for an answer.",
    );
    assert!(found.iter().all(|s| s.kind == Kind::Narrative), "{found:?}");
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
fn names_that_look_like_other_words_are_names() {
    check(
        "Donnelly said the talks failed. Mr. Reilly said they did not. On Monday Reilly said it was late.",
        &[
            (Reported, "Donnelly", "the talks failed"),
            (Reported, "Reilly", "they did not"),
            (Reported, "Reilly", "it was late"),
        ],
    );
    check(
        "The host Larry Prince left. Mr. Prince said it was late. “Mr. President said so,” Jack White said.",
        &[(Reported, "Larry Prince", "it was late"), (Direct, "Jack White", "Mr. President said so,")],
    );
    check(
        "According to attorneys for the family, it was late.",
        &[(Reported, "attorneys for the family", "it was late")],
    );
}

#[test]
fn whoever_is_called_by_the_first_word_of_a_name_bears_it() {
    check(
        "Sun Weiguo, the trade envoy, met the press. “We are ready to talk,” Sun said.",
        &[(Direct, "Sun Weiguo", "We are ready to talk,")],
    );
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
fn a_title_with_small_letters_stands_before_a_name() {
    check(
        "Norwegian politician Olu Bako also met them, saying that it was late.",
        &[(Reported, "Olu Bako", "that it was late")],
    );
    check(
        "The president of the Philippines, Oscar Pike, said it was late.",
        &[(Reported, "Oscar Pike", "it was late")],
    );
    check(
        "They met for an hour with Senator Harlan Pike (V-Vale), who pledged that he would wait.",
        &[(Reported, "Harlan Pike", "that he would wait")],
    );
    check(
        "However, last week senior officials said it was late.",
        &[(Reported, "senior officials", "it was late")],
    );
}

#[test]
fn appositions_follow_one_another() {
    check("Oscar Pike, of Norrhamn, Va., said it was late.", &[(Reported, "Oscar Pike", "it was late")]);
    check(
        "Oscar Pike, 59, of Norrhamn, Md., who saw it from the bridge, said it was late.",
        &[(Reported, "Oscar Pike", "it was late")],
    );
    check("In Oslo, Rome, the mayor said it was late.", &[(Reported, "mayor", "it was late")]);
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
fn a_full_name_behind_the_verb_says_what_stands_before_it() {
    check(
        "It could worry the towns of the valley, such as the port, which thought it was late, said Tilda Brand, of the bank.",
        &[(
            Reported,
            "Tilda Brand",
            "It could worry the towns of the valley, such as the port, which thought it was late",
        )],
    );
}

#[test]
fn the_minister_of_one_country_is_not_that_of_another() {
    check(
        "President Ada Lind of Norway met President Olu Bako of Chad. The Chadian president said it was late. The Norwegian \
         president said it was not.",
        &[(Reported, "Olu Bako", "it was late"), (Reported, "Ada Lind", "it was not")],
    );
    check(
        "Norwegian Foreign Minister Ada Lind met an envoy. The US official said it was late.",
        &[(Reported, "US official", "it was late")],
    );
}

#[test]
fn nouns_and_places_are_not_said() {
    check(
        "They sent a strong signal that it was late. Talks to be held in May. Some 500 volunteers to lead them came. A Vale Post \
         report that it was late came first. Pike reported from Oslo.",
        &[],
    );
    check("The council did not say who had asked it to wait.", &[]);
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
fn what_is_called_off_or_not_promised_is_not_said() {
    for text in
        ["The crew has called off the talks with the mill.", "The crew would not agree to talks today."]
    {
        check(text, &[]);
    }
    check("The crew and the owners had exchanged notes through him.", &[]);
    check("The mayor called Ms. Brand in June.", &[]);
    check("The mayor called Ms. Brand a liar.", &[(Reported, "mayor", "Ms. Brand a liar")]);
    check("The crew agreed to meet the owners.", &[]);
    check(
        "The crew agreed that it would meet the owners.",
        &[(Reported, "crew", "that it would meet the owners")],
    );
}

#[test]
fn those_who_speak_together_are_all_named() {
    check("Vale and Orland said they would come.", &[(Reported, "Vale and Orland", "they would come")]);
    check(
        "The talks went on, delegates and harbour officials said.",
        &[(Reported, "delegates and harbour officials", "The talks went on")],
    );
    check(
        "The mayor said the owners and the crew agreed to meet today.",
        &[(Reported, "mayor", "the owners and the crew agreed to meet today")],
    );
    let one = [(Reported, "Olu Bako", "it was late")];
    check("Health and Human Services Secretary Olu Bako said it was late.", &one);
    let two = [(Reported, "Ada Lind and Foreign Secretary Olu Bako", "it was late")];
    check("President Ada Lind left. Ada Lind and Foreign Secretary Olu Bako said it was late.", &two);
    check("Prices rose and officials said it was late.", &[(Reported, "officials", "it was late")]);
}

#[test]
fn a_phrase_of_place_or_means_stands_before_the_clause() {
    check("The crew said in a note it was ready.", &[(Reported, "crew", "it was ready")]);
    check("The mayor said by phone that it was late.", &[(Reported, "mayor", "that it was late")]);
    check(
        "The mayor told reporters the crew broke the truce.",
        &[(Reported, "mayor", "the crew broke the truce")],
    );
    check(
        "She told him he was late. Pike told her the crew had left.",
        &[(Reported, "She", "he was late"), (Reported, "Pike", "the crew had left")],
    );
}

#[test]
fn the_opening_of_what_is_said_stays_with_it() {
    let said = "that if the owners want talks, the crew could agree to them";
    check(&format!("Pike said {said}."), &[(Reported, "Pike", said)]);
    check("The talks, he said, were useful.", &[(Reported, "he", "The talks, he said, were useful")]);
    check(
        "The plan, according to Pike, was dropped.",
        &[(Reported, "Pike", "The plan, according to Pike, was dropped")],
    );
}

#[test]
fn the_subject_of_a_participle_goes_on_behind_its_capitals() {
    check(
        "Orland's prime minister left the hall, saying it was late.",
        &[(Reported, "Orland's prime minister", "it was late")],
    );
    check(
        "Anneke van der Berg shut the door, saying it was late.",
        &[(Reported, "Anneke van der Berg", "it was late")],
    );
    check(
        "They set no date, with crew leaders saying it was near.",
        &[(Reported, "crew leaders", "it was near")],
    );
}

#[test]
fn the_official_is_the_last_one_without_a_name() {
    check(
        "Ivo Tarant, the mayor, said it was late. A senior port official said it was early. The official said he was sure.",
        &[
            (Reported, "Ivo Tarant", "it was late"),
            (Reported, "senior port official", "it was early"),
            (Reported, "senior port official", "he was sure"),
        ],
    );
}

#[test]
fn who_is_told_of_is_not_the_one_who_goes_on() {
    check(
        "Ada Lind said Ines Falk had asked for the hall. She told reporters it was hers.",
        &[
            (Reported, "Ada Lind", "Ines Falk had asked for the hall"),
            (Reported, "Ines Falk", "the hall"),
            (Reported, "Ada Lind", "it was hers"),
        ],
    );
    check(
        "Lind's spokeswoman, Tove Brekke, denied this. “It is hers, and hers alone,” she said.",
        &[(Direct, "Tove Brekke", "It is hers, and hers alone,")],
    );
}

#[test]
fn names_have_particles_nicknames_honours_and_ages() {
    for (named, name) in [
        ("Shane \"Bluey\" Pike", "Shane \"Bluey\" Pike"),
        ("Jane Doe MP", "Jane Doe"),
        ("Minister of State for Farming Kailash Rathi", "Kailash Rathi"),
        ("Abdul Karim al-Dosari", "Abdul Karim al-Dosari"),
        ("Superintendent Noor Orlo", "Noor Orlo"),
    ] {
        check(&format!("{named} said it was late."), &[(Reported, name, "it was late")]);
    }
    check(
        "“It is late for us,” said Abena, 34, who asked that her name not be used. “That is all we want.”",
        &[
            (Direct, "Abena", "It is late for us,"),
            (Reported, "Abena", "her name not be used"),
            (Direct, "Abena", "That is all we want."),
        ],
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

#[test]
fn what_is_made_clear_or_quoted_is_said() {
    check("The crew made it clear that it would stay.", &[(Reported, "crew", "that it would stay")]);
    check(
        "The crew will stay at home, Olu Bako was quoted as saying by the agency.",
        &[(Reported, "Olu Bako", "The crew will stay at home")],
    );
    check("NEW VALE: The crew left, saying it was late.", &[(Reported, "crew", "it was late")]);
    check("Asked about it, Olu Bako replied, “Never.”", &[(Direct, "Olu Bako", "Never.")]);
}

#[test]
fn what_might_be_said_or_was_not_said_is_the_reporters_sentence() {
    for text in [
        "The crew will come to the table if the council agrees to free the ship.",
        "The crew will not go back until the owners confirm the deal in writing.",
        "No talks were held unless the mayor said so.",
        "They would meet on condition that the owners promise to wait.",
        "Olu Bako never said that he would come.",
        "No one said the talks were off.",
    ] {
        let (_, found) = statements(text);
        let found: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(text))).collect();
        assert_eq!(found, [(Kind::Narrative, text)], "{text}");
    }
}

#[test]
fn the_clause_around_an_attribution_is_the_reporters() {
    for (text, clause) in [
        (
            "The crew walked out of the talks after the owners said they would wait.",
            "The crew walked out of the talks",
        ),
        (
            "The crew rejected the talks on Monday, but Olu Bako said it would come.",
            "The crew rejected the talks on Monday",
        ),
        ("Although the crew rejected any talks, Olu Bako said it would come.", "the crew rejected any talks"),
        (
            "The crew has ruled out talks with the owners, who say they will wait.",
            "The crew has ruled out talks with the owners",
        ),
        ("The crew ruled out talks, which it described as “a joke”.", "The crew ruled out talks"),
    ] {
        let (_, found) = statements(text);
        let found: Vec<_> =
            found.iter().filter(|s| s.kind == Kind::Narrative).map(|s| s.span.of(text)).collect();
        assert_eq!(found, [clause], "{text}");
    }
}

#[test]
fn when_it_was_said_is_no_part_of_it_and_when_it_is_stays() {
    for (text, said) in [
        ("The crew said this would open the door.", "this would open the door"),
        ("The crew said Monday's talks were off.", "Monday's talks were off"),
        ("The crew said next week's talks were off.", "next week's talks were off"),
        ("The crew said on Monday the talks were off.", "the talks were off"),
        ("The crew said last week the talks were off.", "the talks were off"),
    ] {
        check(text, &[(Reported, "crew", said)]);
    }
}

#[test]
fn of_two_with_one_name_the_label_says_who_speaks() {
    check(
        "Jonas Beller: Will you come?\n\nMarta Orlo: We will come.\n\nJonas Beller: Iker Orlo says it is dead.\n\nMarta Orlo: He is my cousin.",
        &[
            (Direct, "Jonas Beller", "Will you come?"),
            (Direct, "Marta Orlo", "We will come."),
            (Direct, "Jonas Beller", "Iker Orlo says it is dead."),
            (Direct, "Marta Orlo", "He is my cousin."),
        ],
    );
}

#[test]
fn whoever_acts_is_meant_in_the_next_sentence() {
    let tables = [
        ("The ministry said it rained. The union rejected the offer. It said the talks were off.", "union"),
        ("The council said it rained. The rebels attacked a convoy. They said the talks were off.", "rebels"),
        ("The council said it rained. Norway rejected the offer. It said the talks were off.", "Norway"),
        (
            "A senior official said it rained. Ivo Tarant was away. The senior official said the talks were off.",
            "senior official",
        ),
        ("Minister Ivo Tarant said it rained. In his view, the talks were off.", "Ivo Tarant"),
        ("Minister Ivo Tarant left. According to him, the talks were off.", "Ivo Tarant"),
    ];
    for (text, speaker) in tables {
        let (_, found) = statements(text);
        let last = found.last().unwrap();
        assert_eq!(last.span.of(text), "the talks were off", "{text}");
        assert_eq!(last.speaker.as_ref().map(|s| s.name.as_str()), Some(speaker), "{text}");
    }
}

#[test]
fn hearers_and_anonymity_are_not_what_is_said() {
    for text in [
        "The mayor told this newspaper the talks were off.",
        "The mayor told the state news agency the talks were off.",
        "The mayor told members of the council the talks were off.",
        "The mayor told a news conference in Vale the talks were off.",
    ] {
        check(text, &[(Reported, "mayor", "the talks were off")]);
    }
    check(
        "The crew will not come, an official told reporters on condition he not be named.",
        &[(Reported, "official", "The crew will not come")],
    );
    check(
        "The mayor, Ada Lind, said the door remains open.",
        &[(Reported, "Ada Lind", "the door remains open")],
    );
    check("«We will come tomorrow» — he said.", &[(Direct, "he", "We will come tomorrow")]);
}

#[test]
fn speakers_are_whole_phrases_that_somebody_could_be() {
    check("“We will come,“ said Ada Lind, the mayor.", &[(Direct, "Ada Lind", "We will come,")]);
    check(
        "It is late, according to Sudria's state news agency.",
        &[(Reported, "Sudria's state news agency", "It is late")],
    );
    check("“It is late for us,” according to a statement.", &[(Direct, "statement", "It is late for us,")]);
    check("Neither the mayor nor the union said it was late.", &[]);
    check(
        "Ada Lind made clear there would be no talks.",
        &[(Reported, "Ada Lind", "there would be no talks")],
    );
    let officials = "Officials from the port and the union";
    check("Officials from the port and the union said it was late.", &[(Reported, officials, "it was late")]);
    check("Norland launched a rocket, drawing protests.", &[]);
    check(
        "It is late, according to two officials familiar with the plan.",
        &[(Reported, "two officials", "It is late")],
    );
    check(
        "They were near a deal, but on Friday the union sent a letter saying it was late.",
        &[(Reported, "union", "it was late")],
    );
    check(
        "The mayor said the crew had left, something the crew denies.",
        &[(Reported, "mayor", "the crew had left")],
    );
    check(
        "In a call with Pike, Ada Lind left the hall, saying it was late.",
        &[(Reported, "Ada Lind", "it was late")],
    );
    check("Ada Lind rejected Pike's offer. She said it was late.", &[(Reported, "Ada Lind", "it was late")]);
    check(
        "Ada Lind said both sides knew her, and that it was late.",
        &[(Reported, "Ada Lind", "both sides knew her, and that it was late")],
    );
    check(
        "One pilot, who asked not to be named, said crews had left.",
        &[(Reported, "One pilot", "crews had left")],
    );
    check(
        "A spokesman for the council, Ivo Tarant, hit back: “We will come to them.”",
        &[(Direct, "Ivo Tarant", "We will come to them.")],
    );
    check(
        "The operator, Vale Ports, left on Monday. It said it was late.",
        &[(Reported, "operator", "it was late")],
    );
    check(
        "Ada Lind came with Ivo Tarant. Asked whether she would meet Tarant, Lind left. “It is late for us,” she said.",
        &[(Direct, "Ada Lind", "It is late for us,")],
    );
}

#[test]
fn a_participle_of_saying_has_the_subject_that_acts() {
    let reported = |speaker, text| [(Reported, speaker, text)];
    check(
        "They left early, with the mayor, Tilda Brand, saying it was late.",
        &reported("Tilda Brand", "it was late"),
    );
    check(
        "The firm went back to work despite the union saying it would not.",
        &reported("union", "it would not"),
    );
    check("The firm met Vesper, its ally, saying it was late.", &reported("firm", "it was late"));
    check("Saying that it was late, the mayor left the hall.", &reported("mayor", "that it was late"));
    check(
        "Warning that it was late, the envoy, Tilda Brand, left.",
        &reported("Tilda Brand", "that it was late"),
    );
    check(
        "The mayor, having warned that it was late, left the hall.",
        &reported("mayor", "that it was late"),
    );
    check("Pike was known as having warned against late talks.", &[]);
}

#[test]
fn a_subject_with_its_apposition_is_no_statement() {
    for topic in ["talks with Vale", "new talks after the vote", "meetings from now on"] {
        let told = format!("{topic} were unlikely");
        check(
            &format!("The envoy to the port, Tilda Brand, said {told}."),
            &[(Reported, "Tilda Brand", told.as_str())],
        );
    }
    check(
        "The talks had failed, and all had left, said Pike.",
        &[(Reported, "Pike", "The talks had failed, and all had left")],
    );
}

#[test]
fn the_sentence_around_a_participle_is_the_reporters() {
    let narrative = |text: &str| {
        let (_, found) = statements(text);
        found.iter().find(|s| s.kind == Kind::Narrative).map(|s| s.span.of(text).to_owned())
    };
    assert_eq!(narrative("Talks collapsed.").unwrap(), "Talks collapsed.");
    assert_eq!(narrative("By Tilda Brand."), None);
    assert_eq!(
        narrative("Saying it was late, the union left the hall.").unwrap(),
        "the union left the hall."
    );
    let parted = "The union, arguing that it was late, rejected talks on Monday.";
    assert_eq!(narrative(parted).unwrap(), parted);
    let despite = "The union went back to work, despite the firm saying it would not talk.";
    assert_eq!(narrative(despite).unwrap(), "The union went back to work");
}

#[test]
fn who_tells_last_is_no_part_of_what_is_told() {
    check(
        "Tilda Brand tried it herself by calling the mayor directly, a port official said.",
        &[
            (Reported, "port official", "Tilda Brand tried it herself by calling the mayor directly"),
            (Reported, "Tilda Brand", "the mayor directly"),
        ],
    );
    let (asked, inner) = ("The crew asked whether that was “a joke,”", "whether that was “a joke,”");
    check(
        &format!("{asked} a port official said."),
        &[(Mixed, "port official", asked), (Mixed, "crew", inner)],
    );
    for tail in ["shipowners and lawyers", "Vesper and Orland"] {
        let text = format!("The ships will leave on Monday, according to port officials, {tail}.");
        check(&text, &[(Reported, "port officials", "The ships will leave on Monday")]);
    }
    check(
        "Olu Bako was ready, with one aide adding that all would be.",
        &[(Reported, "one aide", "that all would be")],
    );
    check(
        "Norland warned the United States on Sunday that it would not go.",
        &[(Reported, "Norland", "that it would not go")],
    );
    check(
        "The crew calls for “a truce.” It said this would help.",
        &[(Direct, "crew", "a truce."), (Reported, "crew", "this would help")],
    );
}

#[test]
fn verbs_that_might_be_nouns_have_a_subject_and_a_clause() {
    check("Some say the crew wants to go.", &[(Reported, "Some", "the crew wants to go")]);
    check("It went - some say because of them - to the bottom.", &[]);
    check(
        "The port council claims the strike has cost lives.",
        &[(Reported, "port council", "the strike has cost lives")],
    );
    check(
        "Olu Bako told the council the crew wants talks, not ships.",
        &[(Reported, "Olu Bako", "the crew wants talks, not ships")],
    );
}

#[test]
fn what_is_told_of_a_speaker_is_the_reporters() {
    for (text, told) in [
        (
            "Norland, which has refused to hold any talks with Vesper, said it would wait.",
            "Norland, which has refused to hold any talks with Vesper",
        ),
        (
            "“Peace is near,” said Pike, who has refused to meet the crew until May.",
            "Pike, who has refused to meet the crew until May",
        ),
    ] {
        let (_, found) = statements(text);
        let rows: Vec<_> =
            found.iter().filter(|s| s.kind == Kind::Narrative).map(|s| s.span.of(text)).collect();
        assert_eq!(rows, [told]);
    }
    let fragment = "Norland broke off the talks over “the worst insult in years”.";
    let (_, found) = statements(fragment);
    let rows: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(fragment))).collect();
    assert_eq!(rows, [(Kind::Narrative, fragment), (Direct, "the worst insult in years")]);
}

#[test]
fn an_office_with_its_department_is_no_part_of_the_name() {
    for office in [
        "Secretary of State",
        "U.S. Deputy Secretary of State",
        "Norland's Minister of Defence",
        "Minister of State for Trade",
        "Speaker of the House",
    ] {
        check(
            &format!("{office} Tilda Brand said it was late."),
            &[(Reported, "Tilda Brand", "it was late")],
        );
        check(
            &format!("It was late, said {office} Tilda Brand."),
            &[(Reported, "Tilda Brand", "It was late")],
        );
    }
}

#[test]
fn what_a_subject_is_busy_with_does_not_speak() {
    check(
        "A spokeswoman representing the crew said it was late.",
        &[(Reported, "spokeswoman representing the crew", "it was late")],
    );
    check(
        "It was late, senators attending the lunch said.",
        &[(Reported, "senators attending the lunch", "It was late")],
    );
    check("Three towns, including the port, left. The crew renewed calls for a truce.", &[]);
}

#[test]
fn there_begins_what_a_hearer_of_several_words_is_told() {
    for told in ["there would be no truce", "it would be late"] {
        let text = format!("Olu Bako told state television {told}.");
        check(&text, &[(Reported, "Olu Bako", told)]);
        let text = format!("Olu Bako told the Post's radio show {told}.");
        check(&text, &[(Reported, "Olu Bako", told)]);
    }
    check(
        "With the crew's leader, Sten Mo, warning that all was late, the shares fell.",
        &[(Reported, "Sten Mo", "that all was late")],
    );
}

#[test]
fn a_quotation_with_its_tag_is_no_sentence_of_the_reporters() {
    let text =
        "“There will be no truce at my gate,” the owner, Olu Bako, fired back, adding that it was late.";
    let (_, found) = statements(text);
    assert!(found.iter().all(|s| s.kind != Kind::Narrative), "{found:?}");
}

#[test]
fn whose_wife_or_deputy_speaks_is_not_who_speaks() {
    for text in ["His wife said it was over.", "His ex-wife said it was over."] {
        let (kin, _) = text.split_once(" said").unwrap_or_default();
        check(&format!("Mayor Olu Bako left. {text}"), &[(Reported, kin, "it was over")]);
    }
    check(
        "Ana Ruiz said she would not go. Her deputy, Omid Rast, will. “I am ready,” he said.",
        &[(Reported, "Ana Ruiz", "she would not go"), (Direct, "Omid Rast", "I am ready,")],
    );
    let expect = [(Reported, "Ada Lind", "talks were near"), (Reported, "Ada Lind", "they would fail")];
    check("Ex-minister Ada Lind said talks were near. The ex-minister said they would fail.", &expect);
    check("The port's co-director, Olu Bako, said it was over.", &[(Reported, "Olu Bako", "it was over")]);
}

#[test]
fn who_wrote_a_document_speaks_in_it() {
    let over = |speaker| [(Reported, speaker, "It is over")];
    check("It is over, according to a comment by Brekkair.", &over("Brekkair"));
    check("It is over, according to a statement from the ministry.", &over("ministry"));
    check(
        "A report by the harbour council said talks would help.",
        &[(Reported, "harbour council", "talks would help")],
    );
    check(
        "Analysts say no. It is over, they added.",
        &[(Reported, "Analysts", "no"), (Reported, "Analysts", "It is over")],
    );
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
fn what_was_left_unsaid_is_no_part_of_what_was_said() {
    for tail in [
        ", but they did not offer details.",
        ", but declined to elaborate on Monday.",
        " but would not give details.",
        ", without elaborating.",
    ] {
        check(
            &format!("Aides said the mayor would come{tail}"),
            &[(Reported, "Aides", "the mayor would come")],
        );
    }
    let whole = "the union would not come without offering details first";
    check(&format!("Aides said {whole}."), &[(Reported, "Aides", whole)]);
    let whole = "they refused to come and would not give up";
    check(&format!("Aides said {whole}."), &[(Reported, "Aides", whole)]);
}

#[test]
fn what_is_added_written_or_called_is_not_always_said() {
    for text in [
        "They have added a layer of doubt to the talks.",
        "The ministers wrote letters and waited.",
        "The union called a strike for Monday.",
        "The fund called an emergency meeting on the matter.",
        "While not suggesting a deal was near, the fleet left.",
    ] {
        check(text, &[]);
    }
    check("He added the talks would go on.", &[(Reported, "He", "the talks would go on")]);
    check("They also point out there was a reason.", &[(Reported, "They", "there was a reason")]);
    check(
        "Brandt called on the member states to “act at once”, adding that talks were near.",
        &[
            (Mixed, "Brandt", "the member states to “act at once”"),
            (Reported, "Brandt", "that talks were near"),
        ],
    );
}

#[test]
fn what_is_said_ends_with_its_own_clause() {
    check("Brandt announced a truce and the rebels refused to sign it.", &[(Reported, "Brandt", "a truce")]);
    check(
        "Dahl said it was near, speaking in Vale where he met the union.",
        &[(Reported, "Dahl", "it was near")],
    );
    check(
        "The army said a sailor the union said was missing, was safe.",
        &[
            (Reported, "army", "a sailor the union said was missing, was safe"),
            (Reported, "union", "was missing"),
        ],
    );
    check(
        "Dahl said for the union to talk, the gates must open.",
        &[(Reported, "Dahl", "for the union to talk, the gates must open")],
    );
    check(
        "Talks, Dahl told the Post, must begin at once.",
        &[(Reported, "Dahl", "Talks, Dahl told the Post, must begin at once")],
    );
}

#[test]
fn times_and_lists_before_a_verb_do_not_speak() {
    check(
        "Brandt has in recent weeks said he is open to talks.",
        &[(Reported, "Brandt", "he is open to talks")],
    );
    check(
        "Peace came, with the office announcing a day earlier that it was over.",
        &[(Reported, "office", "that it was over")],
    );
    check(
        "Despite fears in Norland, Vesper, Corva and Vale, Dahl left, saying that they were friends.",
        &[(Reported, "Dahl", "that they were friends")],
    );
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
fn word_is_sent_and_notice_is_given() {
    for before in [
        "The rebels let it be known that",
        "The rebels made it known that",
        "The rebels sent word that",
        "The rebels served notice that",
        "The rebels keep saying",
    ] {
        let content = "they would not talk";
        let content = if before.ends_with("that") { format!("that {content}") } else { content.to_owned() };
        check(&format!("{before} they would not talk."), &[(Reported, "rebels", &content)]);
    }
    check("The dog had sent the word that he knew.", &[]);
}

#[test]
fn hearers_anonymity_and_kinds_of_firms_are_not_the_speech() {
    let text =
        "The rebels will stay away, an official told reporters on condition that his name not be used.";
    check(text, &[(Reported, "official", "The rebels will stay away")]);
    check(
        "Farrow told the newspaper on Friday “there is nothing to discuss”.",
        &[(Direct, "Farrow", "there is nothing to discuss")],
    );
    check(
        "Mining group Karst PLC rejected it, saying it saw no reason to meet.",
        &[(Reported, "Karst PLC", "it saw no reason to meet")],
    );
    for subject in ["The company, Harrow Steel,", "The Mayor, Engr. Harrow Steel,"] {
        check(&format!("{subject} says the union left."), &[(Reported, "Harrow Steel", "the union left")]);
    }
}
