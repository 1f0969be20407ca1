//! Hearers, anonymity, and what was asked: where reported speech begins behind them.

use demarche::article::Kind::{Direct, Reported};

use crate::{check, statements};

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

#[test]
fn what_somebody_was_asked_is_no_part_of_the_answer() {
    for asked in ["when asked about talks", ", when asked about talks,", "when asked whether talks were near"]
    {
        let text = format!("Brandt said {asked} that he would walk out.").replace(" ,", ",");
        check(&text, &[(Reported, "Brandt", "that he would walk out")]);
    }
    check(
        "Brandt said when the gates open, talks will begin.",
        &[(Reported, "Brandt", "when the gates open, talks will begin")],
    );
}

#[test]
fn who_is_quoted_by_another_speaks() {
    for told in
        ["TASS quoted Orlo as telling reporters in Vale", "the news agency cited Orlo as telling a crowd"]
    {
        check(&format!("“We will not give in,” {told}."), &[(Direct, "Orlo", "We will not give in,")]);
    }
    check(
        "NRK also quoted the foreign minister as describing the siege as an error.",
        &[(Reported, "foreign minister", "the siege as an error")],
    );
    for agency in ["Reuters", "the Post", "the Vale Post"] {
        let text = format!("Bako told {agency} Lind was not speaking for all of them.");
        check(&text, &[(Reported, "Bako", "Lind was not speaking for all of them")]);
    }
}

#[test]
fn when_and_where_something_was_said_is_no_part_of_it() {
    for said in [
        "said earlier in the day",
        "said later in the week",
        "said in his tweet that",
        "said in her opening remarks at the forum in Vale that",
        "made it clear once again that",
        "made clear in a letter to the council that",
    ] {
        let text = format!("Olu Bako {said} the army would stay.");
        let (text, found) = statements(&text);
        let told = found.first().map(|s| s.span.of(&text).trim_start_matches("that "));
        assert_eq!(told, Some("the army would stay"), "{text}");
    }
    check(
        "Responding to a question on the ties with Norland, Dahl said there was a lack of trust.",
        &[(Reported, "Dahl", "there was a lack of trust")],
    );
    check(
        "Ivo Dahl said on the radio that, “Peace needs courage.”",
        &[(Direct, "Ivo Dahl", "Peace needs courage.")],
    );
}

#[test]
fn what_is_told_begins_behind_its_hearer() {
    for (text, told) in [
        (
            "Orlo told Vale it needed a promise that they would come.",
            "it needed a promise that they would come",
        ),
        ("Orlo told German premier Ada Lind the union would leave.", "the union would leave"),
        ("Orlo told the crew not to come to the talks.", "not to come to the talks"),
        ("Orlo told the Post’s “Week in Vale” show that talks were near.", "that talks were near"),
        ("Orlo assured him he would be heard.", "he would be heard"),
        ("Orlo added though that talks were near.", "that talks were near"),
    ] {
        let (text, found) = statements(text);
        assert_eq!(found.first().map(|s| s.span.of(&text)), Some(told), "{text}");
    }
}

#[test]
fn who_quotes_another_is_not_meant() {
    check(
        "Olu Bako met them. “We object,” Bako was quoted as saying at a meeting in Vale on the border. “It is late,” Orlo \
         quoted him as saying.",
        &[(Direct, "Olu Bako", "We object,"), (Direct, "Olu Bako", "It is late,")],
    );
}

#[test]
fn signs_of_numbers_are_said_too() {
    for (text, said) in [
        ("Sales grew by 4%, the firm said.", "Sales grew by 4%"),
        ("The firm said £5 was enough.", "£5 was enough"),
        ("€6 million was spent, the firm said.", "€6 million was spent"),
    ] {
        check(text, &[(Reported, "firm", said)]);
    }
}

#[test]
fn what_the_speaker_is_busy_with_is_not_said() {
    check("The talks are over, Pike said commenting on it.", &[(Reported, "Pike", "The talks are over")]);
    check("Asked whether Dahl had urged them to come, Pike said no.", &[(Reported, "Pike", "no")]);
    check(
        "The ministry responded the next morning by accusing him of lies.",
        &[(Reported, "ministry", "him of lies")],
    );
    check("Pike has said all along that it is over.", &[(Reported, "Pike", "that it is over")]);
}
