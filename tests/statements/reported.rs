//! Reported speech: subjects, verbs, clauses, hearers.

use demarche::article::Kind::{Direct, Mixed, Reported};

use crate::check;

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
fn a_place_with_its_adjective_says_nothing() {
    let expect = [(Reported, "Rebels", "they would not come")];
    check("Rebels in eastern Vale said they would not come.", &expect);
    check("Rebels in the eastern Vale said they would not come.", &expect);
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
        "Dahl said the union would meet them, an offer the army dismissed.",
        &[(Reported, "Dahl", "the union would meet them")],
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
fn as_somebody_said_stands_anywhere() {
    check("As Brandt has said, talks are near.", &[(Reported, "Brandt", "talks are near")]);
    check("Talks are near, as Brandt noted.", &[(Reported, "Brandt", "Talks are near")]);
    check("Talks, as Brandt said, are near.", &[(Reported, "Brandt", "Talks, as Brandt said, are near")]);
    check("As Brandt spoke, talks went on.", &[]);
}

#[test]
fn a_clause_between_commas_is_no_apposition() {
    check(
        "Talks would fail, but for some, the losses would be small, said Brandt.",
        &[(Reported, "Brandt", "Talks would fail, but for some, the losses would be small")],
    );
    check(
        "Brandt, the man who would be mayor, said about 20 people would come.",
        &[(Reported, "Brandt", "about 20 people would come")],
    );
}

#[test]
fn verbs_of_saying_with_another_meaning_say_nothing() {
    for text in [
        "The union called its members out on strike in May.",
        "A mediator will report to the minister, who has ordered both of them back.",
        "The town declared independence in May after a vote that had been banned.",
        "Olu Bako called the snap election after the talks in Vale.",
        "The firm responded by reverting to an offer that had been rejected.",
        "Both sides maintained “cordial” ties.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn times_and_sources_before_what_is_said_do_not_hide_it() {
    check(
        "Bako called on Friday for talks with Norland after a vote that gave him a majority.",
        &[(Reported, "Bako", "talks with Norland after a vote that gave him a majority")],
    );
    check(
        "Last night the Post reported, citing officials, that the talks were off.",
        &[(Reported, "Post", "that the talks were off")],
    );
    check(
        "Although nobody had asked, the league indicated it would like time.",
        &[(Reported, "league", "it would like time")],
    );
    check("Pilots Local 597 says the talks are off.", &[(Reported, "Pilots Local", "the talks are off")]);
    check(
        "In a hall in Vale, where he fled months ago, Bako said Thursday’s vote had been fair.",
        &[(Reported, "Bako", "Thursday’s vote had been fair")],
    );
    check(
        "The door is open, the ministry said on Monday (June 4), a day after the town warned that it was shut.",
        &[(Reported, "ministry", "The door is open"), (Reported, "town", "that it was shut")],
    );
    check("It is ready, she added, without giving details.", &[(Reported, "she", "It is ready")]);
    check(
        "Talks are off, both sides confirmed to Harbour Radio on Monday.",
        &[(Reported, "both sides", "Talks are off")],
    );
}
