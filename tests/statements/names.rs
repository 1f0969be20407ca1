//! One name for each person, with its titles.

use demarche::article::Kind::{Direct, Reported};

use crate::check;

#[test]
fn a_name_with_and_without_accents_is_one() {
    let expect = [(Reported, "Olu Novák", "it was over"), (Reported, "Olu Novák", "they would go")];
    check("Olu Novák said it was over. Novak said they would go.", &expect);
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
    check("The bloc's spokesman, Ivo Harlan from the port of Vale, said that no date had been set.", &expect);
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
fn the_object_of_a_clause_has_no_apposition_that_speaks() {
    check(
        "The junta has broken off talks with the bloc, its leader, General Olu Bako, announced on Monday.",
        &[(Reported, "Olu Bako", "The junta has broken off talks with the bloc")],
    );
    check(
        "Officials denied reports that the bloc had met.",
        &[(Reported, "Officials", "reports that the bloc had met")],
    );
}

#[test]
fn a_time_between_a_subject_and_its_verb_says_nothing() {
    check(
        "A senior envoy before the talks described a first step that would last six months.",
        &[(Reported, "senior envoy", "a first step that would last six months")],
    );
    check(
        "Church leaders who met with the mayor just after the strike ended told him that they would help.",
        &[(Reported, "Church leaders", "that they would help")],
    );
    check("They left after the minister said it was over.", &[(Reported, "minister", "it was over")]);
}

#[test]
fn they_are_no_document_and_it_may_be_one() {
    check(
        "The union said the offer was late. The report said the dam was unsafe. It said the wall had cracked. They said it would hold.",
        &[
            (Reported, "union", "the offer was late"),
            (Reported, "report", "the dam was unsafe"),
            (Reported, "report", "the wall had cracked"),
            (Reported, "union", "it would hold"),
        ],
    );
    check(
        "Nobody need come, according to a commentary by the blog Vale Notes.",
        &[(Reported, "Vale Notes", "Nobody need come")],
    );
}

#[test]
fn a_month_that_is_a_name_is_no_month() {
    check(
        "Prime Minister Theresa May said she would go on. May said the talks in May had failed. “We will stay,” May told Ada Lind on May 9.",
        &[
            (Reported, "Theresa May", "she would go on"),
            (Reported, "Theresa May", "the talks in May had failed"),
            (Direct, "Theresa May", "We will stay,"),
        ],
    );
}

#[test]
fn times_and_adverbs_are_no_part_of_a_speaker() {
    check(
        "On Thursday, however, Ada Lind spoke to miners, promising to open the pits.",
        &[(Reported, "Ada Lind", "to open the pits")],
    );
    check(
        "He released a letter from his doctor Friday afternoon that says he is in good health.",
        &[(Reported, "his doctor", "he is in good health")],
    );
    check(
        "The lawyer sent them to the Vale Herald, which first reported the story of the tapes.",
        &[(Reported, "Vale Herald", "the story of the tapes")],
    );
}

#[test]
fn names_that_are_other_words_elsewhere() {
    check(
        "The envoy, Larry King, said they would stay. “We will meet,” King said. King told reporters it was late.",
        &[
            (Reported, "Larry King", "they would stay"),
            (Direct, "Larry King", "We will meet,"),
            (Reported, "Larry King", "it was late"),
        ],
    );
    check(
        "The envoy, Will Harlan, said they would stay. Harlan told reporters it was late.",
        &[(Reported, "Will Harlan", "they would stay"), (Reported, "Will Harlan", "it was late")],
    );
    check("President Tilda Brand of Norland said it was late.", &[(Reported, "Tilda Brand", "it was late")]);
    check(
        "Tilda Brand, the mayor, said it was over.\n\nSaid Brand: “We are done.”",
        &[(Reported, "Tilda Brand", "it was over"), (Direct, "Tilda Brand", "We are done.")],
    );
}
