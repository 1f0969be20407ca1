//! Who speaks: pronouns, roles, subjects.

use demarche::article::Kind::{Direct, Mixed, Reported};

use crate::{check, statements};

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
fn a_pronoun_with_its_auxiliary_is_a_pronoun() {
    check("They've said they will come.", &[(Reported, "They", "they will come")]);
    check(
        "Ada Brandt met the union. She’s told reporters that talks are near.",
        &[(Reported, "Ada Brandt", "that talks are near")],
    );
}

#[test]
fn names_within_names_are_not_who_speaks() {
    for (who, speaker) in [
        ("The guerrilla Vale Liberation Army", "Vale Liberation Army"),
        ("The ruling Vale Party", "Vale Party"),
        ("The Vale People’s Liberation Front (VPLF)", "Vale People’s Liberation Front"),
        ("The powerful sister of state leader Olu Bako", "powerful sister of state leader Olu Bako"),
        ("The widow of the slain mayor Ada Lind", "widow of the slain mayor Ada Lind"),
        ("A staffer at the Vale Board", "staffer at the Vale Board"),
        ("Vale Special Envoy for the port dialogue, Olu Bako,", "Olu Bako"),
    ] {
        check(&format!("{who} said it was over."), &[(Reported, speaker, "it was over")]);
    }
}

#[test]
fn whom_another_passes_on_keeps_the_words() {
    let expect = [(Direct, "Ada Lind", "all of them to seize the day and sit down,")];
    check("Ada Lind called on “all of them to seize the day and sit down,” Bako said.", &expect);
}

#[test]
fn a_pronoun_is_whoever_holds_an_office_and_acts() {
    let text = "Kit Orlo, vice director of the harbour board, gave the answer when President Bell was away. \
                However hard the Bell government tries, it will not change, she said.";
    let expect = [(Reported, "Kit Orlo", "However hard the Bell government tries, it will not change")];
    check(text, &expect);
}

#[test]
fn they_are_the_several_who_acted_last() {
    check(
        "The ministry denied it. The critics have left the hall. They say that it is over.",
        &[(Reported, "ministry", "it"), (Reported, "critics", "that it is over")],
    );
}
