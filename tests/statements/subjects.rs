//! Whose verb it is: offices, asides and relative clauses between a name and what it says.

use demarche::article::Kind::{Direct, Reported};

use crate::{check, statements};

#[test]
fn heads_of_long_phrases_speak() {
    for (text, speaker) in [
        ("The chief delegate of the Justice and Unity Movement, Olu Bako, says that it is over.", "Olu Bako"),
        ("It was settled at noon, with spokesman Olu Bako saying that it is over.", "Olu Bako"),
        (
            "Ivo Dahl commented on the words of the Norwegian minister, who said that it is over.",
            "Norwegian minister",
        ),
        ("Ministry of Ports (MOP) spokesman Olu Bako said that it is over.", "Olu Bako"),
        ("“We met,” Ministry of Ports (MOP) spokesman Olu Bako said.", "Olu Bako"),
        ("“We met,” said Ministry of Ports (MOP) spokesman Olu Bako.", "Olu Bako"),
        ("Answering President Olu Bako Sunday, he said that it is over.", "Olu Bako"),
    ] {
        let (_, found) = statements(text);
        let said = found.iter().rev().find_map(|s| s.speaker.as_ref());
        assert_eq!(said.map(|s| s.name.as_str()), Some(speaker), "{text}");
    }
}

#[test]
fn pronouns_mean_whoever_tells() {
    check(
        "One of the sources said President Ivo Orlo would go. “It is agreed,” he said.",
        &[
            (Reported, "One of the sources", "President Ivo Orlo would go"),
            (Direct, "One of the sources", "It is agreed,"),
        ],
    );
    check(
        "After words with President Ivo Orlo, Bako said he wants talks, which he said should go on.",
        &[
            (Reported, "Bako", "he wants talks, which he said should go on"),
            (Reported, "Bako", "should go on"),
        ],
    );
}

#[test]
fn who_speaks_is_not_who_is_spoken_of() {
    check(
        "An Israeli official said the talks were off. He said premier Olu Bako had called. “It is late,” he said.",
        &[
            (Reported, "Israeli official", "the talks were off"),
            (Reported, "Israeli official", "premier Olu Bako had called"),
            (Direct, "Israeli official", "It is late,"),
        ],
    );
    check(
        "Foreign Ministry spokesman Dina Mufti met them. “It is over,” Dina said. “They left,” he added.",
        &[(Direct, "Dina Mufti", "It is over,"), (Direct, "Dina Mufti", "They left,")],
    );
    check("“It is over,” said the premier to his guests.", &[(Direct, "premier", "It is over,")]);
    check("According to local reports, it is over.", &[(Reported, "local reports", "it is over")]);
    check(
        "Media reports from the Turkish capital Ankara said that it was over.",
        &[(Reported, "Media reports from the Turkish capital Ankara", "that it was over")],
    );
    for text in [
        "The leader of the Free Vale Party (the FVP, in short), Olu Bako, has said that it is over.",
        "The envoy to Norland, Olu Bako, blamed nobody and said that it is over.",
    ] {
        check(text, &[(Reported, "Olu Bako", "that it is over")]);
    }
    check(
        "“We met,” said Olu Bako.\n\nAdding, “It is over.”",
        &[(Direct, "Olu Bako", "We met,"), (Direct, "Olu Bako", "It is over.")],
    );
}

#[test]
fn offices_and_asides_before_a_name_do_not_speak() {
    for (text, speaker) in [
        ("However, the National President of the Union, Prof. Olu Bako, said that it is over.", "Olu Bako"),
        ("The ruler of the north, General Olu Bako, said that it is over.", "Olu Bako"),
        ("Sen. Olu Bako, R-Vale, a leading voice of his party, said that it is over.", "Olu Bako"),
        ("They met Olu Bako, the secretary for leaving the EU, who said that it is over.", "Olu Bako"),
        ("The news comes after Premier Olu Bako said that it is over.", "Olu Bako"),
        ("Early this year, Olu Bako left and said that it is over.", "Olu Bako"),
        ("Olu Bako made a speech, said that it is over, and left.", "Olu Bako"),
        ("Councilman Olu Bako said that it is over.", "Olu Bako"),
        ("Number 10 said that it is over.", "Number 10"),
    ] {
        let (_, found) = statements(text);
        let said = found.iter().rev().find_map(|s| s.speaker.as_ref());
        assert_eq!(said.map(|s| s.name.as_str()), Some(speaker), "{text}");
    }
    check(
        "According to the Post, Olu Bako said it was over.\n\n“It is late,” he said.\n\n“We will wait.”",
        &[
            (Reported, "Post", "Olu Bako said it was over"),
            (Reported, "Olu Bako", "it was over"),
            (Direct, "Olu Bako", "It is late,"),
            (Direct, "Olu Bako", "We will wait."),
        ],
    );
}

#[test]
fn clauses_around_an_attribution_are_not_mixed_up_with_it() {
    let (text, found) = statements("Its move to sack men while defending others was “vile,” Olu Bako said.");
    let first = found.first().map(|s| s.span.of(&text));
    assert_eq!(first, Some("Its move to sack men while defending others was “vile,”"));
    check(
        "Bako complained that Lind had acted badly by announcing the talks.",
        &[(Reported, "Bako", "that Lind had acted badly by announcing the talks")],
    );
    check(
        "And while he made it clear that he was not leaving, Bako looked worried.",
        &[(Reported, "he", "that he was not leaving")],
    );
    check("It ended the rift between miners, who say it is over.", &[(Reported, "miners", "it is over")]);
    check(
        "Officials and others have said talks were near.",
        &[(Reported, "Officials and others", "talks were near")],
    );
    check(
        "Chief Olu Bako has said that Keith Lind had a boat, but he said it was not his.",
        &[(Reported, "Olu Bako", "that Keith Lind had a boat"), (Reported, "Olu Bako", "it was not his")],
    );
    check(
        "“You should go,” Bako told Lind as he testified before the council. “You should pay.”",
        &[(Direct, "Bako", "You should go,"), (Direct, "Bako", "You should pay.")],
    );
    check(
        "Bako took the stage and, in tune with the hour, exclaimed, “It is over.”",
        &[(Direct, "Bako", "It is over.")],
    );
    check(
        "Bako sent Lind a letter on Friday stating that it was over.",
        &[(Reported, "Bako", "that it was over")],
    );
    check("Nothing else Bako would say could top the news.", &[]);
}

#[test]
fn the_nearest_subject_shares_its_verbs() {
    check(
        "Pike said it was over, and Dahl quickly rose and explained why talks had failed.",
        &[
            (Reported, "Pike", "it was over, and Dahl quickly rose"),
            (Reported, "Dahl", "why talks had failed"),
        ],
    );
    check(
        "The league’s Secretary-General, Olu Bako, warned that it was over.",
        &[(Reported, "Olu Bako", "that it was over")],
    );
    check(
        "Talks are near, her doctor said on Monday in response to questions about why she left.",
        &[(Reported, "her doctor", "Talks are near")],
    );
}

#[test]
fn relative_clauses_and_offices_before_a_verb_are_part_of_its_subject() {
    check(
        "The bloc, which has ports in Vale, Orlo and Corva, said that it was over.",
        &[(Reported, "bloc", "that it was over")],
    );
    check(
        "Bako, who runs for the ruling party, the FVP, assured voters that it was over.",
        &[(Reported, "Bako", "that it was over")],
    );
    check(
        "“We have waited,” the union’s Director and Chief Negotiator tells the Post.",
        &[(Direct, "union’s Director and Chief Negotiator", "We have waited,")],
    );
    check(
        "Talks will go on in Vale, said Foreign Minister Olu Bako today.",
        &[(Reported, "Olu Bako", "Talks will go on in Vale")],
    );
    check("As Bako spoke she left the ‘hall’.", &[]);
}

#[test]
fn what_is_done_by_somebody_is_no_subject() {
    let (text, found) = statements("Olu Bako blasted it as a coup staged by Vale and said he was leaving.");
    let last = found.last().unwrap();
    assert_eq!(
        (last.speaker.as_ref().unwrap().name.as_str(), last.span.of(&text)),
        ("Olu Bako", "he was leaving")
    );
    let (_, found) =
        statements("They gave few details, nor would they speculate on what steps they would take then.");
    assert!(found.iter().all(|s| s.speaker.is_none()), "{found:?}");
}

#[test]
fn what_stands_before_a_tag_is_said_or_not() {
    let crew = "the crew was late, but it would not give much";
    check(
        "They pushed for it, saying the crew was late, but it would not give much, said the official.",
        &[(Reported, "They", crew), (Reported, "official", crew)],
    );
    check(
        "The chief is open to it, according to monks who met him, who have left the town, the Vale Post reports.",
        &[(Reported, "monks", "The chief is open to it")],
    );
    check(
        "As such, after a meeting in the town this morning, Pike suggested just such a path to Bako.",
        &[(Reported, "Pike", "just such a path to Bako")],
    );
}

#[test]
fn two_hyphens_are_a_dash() {
    check(
        "Harbour president Olu Bako -- who was joined by Ivo Dahl and harbour counsel Ron Pike there -- told reporters \
         on Monday that it was over.",
        &[(Reported, "Olu Bako", "that it was over")],
    );
}

#[test]
fn talks_and_days_say_nothing() {
    for text in [
        "Speaker Ada Lind arrived at the hall after talks had broken down and said that it was over.",
        "Ada Lind on Thursday, July 5, said that it was over.",
        "Speaking to the crew after the meeting that lasted for two hours, Ada Lind said that it was over.",
        "NEW VALE, Jan 8: Ada Lind said that it was over.",
    ] {
        let (text, found) = statements(text);
        let said: Vec<_> = found.iter().filter(|s| s.speaker.is_some()).collect();
        let [one] = said.as_slice() else { panic!("{text} {found:?}") };
        assert_eq!((one.speaker.as_ref().unwrap().name.as_str(), one.kind), ("Ada Lind", Reported), "{text}");
    }
}

#[test]
fn who_opens_with_a_participle_says_it() {
    check("Calling the offer a joke, the union on Monday left.", &[(Reported, "union", "the offer a joke")]);
}
