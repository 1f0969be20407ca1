//! What the reporter says, and what nobody said.

use demarche::article::Kind::{Direct, Mixed, Narrative, Reported};

use crate::{check, statements};

#[test]
fn what_is_told_of_the_speaker_of_a_relative_clause_is_a_sentence_too() {
    let text = "The firm, which called the demand “a pure joke”, rejected the text.";
    let (_, found) = statements(text);
    let rows: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(text))).collect();
    assert_eq!(rows, [(Narrative, text), (Mixed, "the demand “a pure joke”")]);
}

#[test]
fn the_clause_before_a_participle_is_the_reporters() {
    for clause in ["Pike has ruled out direct talks with Vale City", "Vale ruled out talks"] {
        let (text, found) = statements(&format!("{clause}, saying they are useless."));
        let kinds: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
        assert_eq!(kinds, [(Narrative, clause), (Reported, "they are useless")]);
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
    let kinds: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
    assert_eq!(
        kinds,
        [
            (Narrative, "The ministry ruled out any contact with the council"),
            (Reported, "that he would come")
        ]
    );
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
        assert_eq!(found, [(Narrative, text)], "{text}");
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
        let found: Vec<_> = found.iter().filter(|s| s.kind == Narrative).map(|s| s.span.of(text)).collect();
        assert_eq!(found, [clause], "{text}");
    }
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
        found.iter().find(|s| s.kind == Narrative).map(|s| s.span.of(text).to_owned())
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
        let rows: Vec<_> = found.iter().filter(|s| s.kind == Narrative).map(|s| s.span.of(text)).collect();
        assert_eq!(rows, [told]);
    }
    let fragment = "Norland broke off the talks over “the worst insult in years”.";
    let (_, found) = statements(fragment);
    let rows: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(fragment))).collect();
    assert_eq!(rows, [(Narrative, fragment), (Direct, "the worst insult in years")]);
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
fn what_somebody_could_say_and_what_all_he_said_was_are_the_reporters() {
    for text in [
        "The council could deny them permits until the work is done.",
        "The union may have told them that talks were over.",
        "Everything Pike says is a lie.",
        "All the mayor said was that he would come.",
        "That was what Pike said when she left the town.",
        "A lawyer defended people accused of murder.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn the_clause_behind_a_tag_is_the_reporters() {
    let refused = "the union has refused to come";
    for behind in [", but ", ", while ", "; ", " as ", " after ", " — but ", ", although ", "; but "] {
        for tag in ["Pike said", "said Pike", "Pike told reporters"] {
            let text = format!("“We are ready,” {tag}{behind}{refused}.");
            let (text, found) = statements(&text);
            let rows: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
            assert_eq!(rows, [(Direct, "We are ready,"), (Narrative, refused)], "{text}");
        }
    }
    let (text, found) = statements("“No,” Pike said, refusing to meet the union.");
    let rows: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
    assert_eq!(rows, [(Direct, "No,"), (Narrative, "Pike said, refusing to meet the union")]);
    for text in [
        "“No,” Pike said after meeting the union, according to his office.",
        "“The crew is back,” Pike said, as quoted by the Vale agency, while speaking from the quay.",
        "The crew is not back yet, a Vale official told reporters, dampening hopes for an end to the strike.",
        "“The crew is back,” the sailor, who spoke on condition of anonymity, told the agency Sunday.",
        "Two Vale yards have not yet reported accidents.",
        "She was sorry to see the pilots announce a strike.",
        "Dahl did not recommend that they go.",
        "The crew is back, a sailor said on Monday on condition of anonymity because it was still a secret.",
        "VALE, November 23 – Vale Novosti. The crew rejected the offer on Monday.",
    ] {
        let (_, found) = statements(text);
        assert_eq!(found.len(), 1, "{text} {found:?}");
    }
    let (text, found) =
        statements("They left over what Pike calls unfair rules; that walkout lasted a week.");
    assert_eq!(found.last().unwrap().span.of(&text), "unfair rules");
}

#[test]
fn a_semicolon_ends_what_is_said_unless_it_goes_on() {
    let (text, found) = statements("Pike said the town was ready; the union was not.");
    let rows: Vec<_> = found.iter().map(|s| (s.kind, s.span.of(&text))).collect();
    assert_eq!(rows, [(Reported, "the town was ready"), (Narrative, "the union was not")]);
    let said = "the council had failed; that it would not come back; and that talks were over";
    check(&format!("Pike said {said}."), &[(Reported, "Pike", said)]);
}

#[test]
fn the_clause_beside_an_attribution_is_the_reporters() {
    for (text, clause) in [
        (
            "Pike, however, has rejected talks in a letter he called polite.",
            "Pike, however, has rejected talks in a letter",
        ),
        (
            "The union would not comment on talks, but in a statement the mayor said it was near.",
            "The union would not comment on talks",
        ),
        (
            "The town had resisted such talks, the mayor noted, that it was over.",
            "The town had resisted such talks",
        ),
        (
            "It was never recognised, and according to the treaty, talks were to be held.",
            "It was never recognised",
        ),
    ] {
        let (text, found) = statements(text);
        let told: Vec<_> = found.iter().filter(|s| s.kind == Narrative).map(|s| s.span.of(&text)).collect();
        assert_eq!(told, [clause]);
    }
    check("The deal agreed on late last year that led to talks is over.", &[]);
}

#[test]
fn what_the_reporter_adds_of_the_speaker_is_no_clause() {
    for added in ["asking not to be named", "leaving the talks in doubt", "declining to give details"] {
        let (_, found) = statements(&format!("“It is over,” Pike said on Monday, {added}."));
        assert_eq!(found.len(), 1, "{added}: {found:?}");
    }
}

#[test]
fn the_place_line_is_no_part_of_the_first_sentence() {
    for place in [
        "THE VALE, Norland (AP) —",
        "VALE/ORLO (agency) -",
        "New Vale, May 29 (ABCD)",
        "Vale : ",
        "(ABC) —",
        "Vale, Norland –",
    ] {
        for (sentence, kind) in
            [("Norland has rejected talks.", Narrative), ("Norland has rejected talks, Pike said.", Reported)]
        {
            let (text, found) = statements(&format!("{place} {sentence}"));
            let rows: Vec<_> =
                found.iter().map(|s| (s.kind, s.span.of(&text).trim_end_matches('.'))).collect();
            assert_eq!(rows, [(kind, "Norland has rejected talks")], "{text}");
        }
    }
    for sentence in ["U.S.-led forces left the town.", "UN inspectors - all of them - left."] {
        let (text, found) = statements(sentence);
        assert_eq!(found.first().map(|s| s.span.of(&text)), Some(sentence));
    }
}

#[test]
fn members_of_a_list_are_all_said() {
    let said = "talks would be bilateral; the treaty was over; and nobody would come";
    check(&format!("Pike said {said}."), &[(Reported, "Pike", said)]);
}

#[test]
fn who_was_clear_or_emphatic_says_it() {
    for said in ["made clear Wednesday they will", "were emphatic on Monday that they will"] {
        let (text, found) = statements(&format!("The leaders {said} not come."));
        let rows: Vec<_> =
            found.iter().map(|s| (s.kind, s.span.of(&text).trim_start_matches("that "))).collect();
        assert_eq!(rows, [(Reported, "they will not come")], "{text}");
    }
}
