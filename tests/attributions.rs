//! Every kind of subject in every place of an attribution.

use demarche::article::Article;
use demarche::statement::extract;

/// Subjects as they stand inside a sentence, and the name that each amounts to.
const SUBJECTS: [(&str, &str); 42] = [
    ("the ministry", "ministry"),
    ("both sides", "both sides"),
    ("the two governments", "two governments"),
    ("all three parties", "all three parties"),
    ("officials", "officials"),
    ("a senior official", "senior official"),
    ("one of the negotiators", "one of the negotiators"),
    ("most of the rebels", "most of the rebels"),
    ("several lawmakers", "several lawmakers"),
    ("Olu Bako", "Olu Bako"),
    ("Mr Bako", "Bako"),
    ("Foreign Minister Olu Bako", "Olu Bako"),
    ("Norland's foreign minister", "Norland's foreign minister"),
    ("Norland's foreign minister, Olu Bako,", "Olu Bako"),
    ("Olu Bako, the foreign minister,", "Olu Bako"),
    ("Olu Bako, 43, the mayor,", "Olu Bako"),
    ("the delegation's head, Ada Lind,", "Ada Lind"),
    ("Ada Lind, head of the delegation,", "Ada Lind"),
    ("Prof Ada Lind of the University of Vale", "Ada Lind"),
    ("the European Commission", "European Commission"),
    ("Sudria", "Sudria"),
    ("Sudria's army", "Sudria's army"),
    ("Norland and Sudria", "Norland and Sudria"),
    ("the union and the company", "union and the company"),
    ("those close to the talks", "those close to the talks"),
    ("a person close to the talks", "person close to the talks"),
    ("an official who asked not to be named", "official"),
    ("a diplomat who spoke on condition of anonymity", "diplomat"),
    ("the office of the president", "office of the president"),
    ("a spokesman for the ministry", "spokesman for the ministry"),
    ("ministry spokesman Olu Bako", "Olu Bako"),
    ("Olu Bako, a spokesman for the ministry,", "Olu Bako"),
    ("its leader", "its leader"),
    ("state television", "state television"),
    ("local media", "local media"),
    ("a ministry statement", "ministry statement"),
    ("police", "police"),
    ("the trade union federation NTO", "NTO"),
    ("Western diplomats", "Western diplomats"),
    ("the rebels' political wing", "rebels' political wing"),
    ("Gen. Olu Bako", "Olu Bako"),
    ("Datuk Seri Olu Bako", "Olu Bako"),
];

/// Sentences around a subject, and what is said in them.
const PLACES: [(&str, &str); 22] = [
    ("{} said the talks would go on.", "the talks would go on"),
    ("{} said that the talks would go on.", "that the talks would go on"),
    ("{} also said the talks would go on.", "the talks would go on"),
    ("{} on Monday said the talks would go on.", "the talks would go on"),
    ("{} said on Monday: “We will go on.”", "We will go on."),
    ("{} told reporters that the talks would go on.", "that the talks would go on"),
    ("{} signalled on Monday that the talks would go on.", "that the talks would go on"),
    ("But {} said the talks would go on.", "the talks would go on"),
    ("On Monday {} said the talks would go on.", "the talks would go on"),
    ("On Monday, {} said the talks would go on.", "the talks would go on"),
    ("In a statement on Monday, {} said the talks would go on.", "the talks would go on"),
    ("The talks will go on in May, {} said.", "The talks will go on in May"),
    ("The talks will go on in May, {} said in a statement.", "The talks will go on in May"),
    ("The talks will go on in May, {} told the Vale Post.", "The talks will go on in May"),
    ("The talks will go on in May, according to {}.", "The talks will go on in May"),
    ("According to {}, the talks will go on.", "the talks will go on"),
    ("“We will go on with it,” {} said.", "We will go on with it,"),
    ("“We will go on with it,” said {}.", "We will go on with it,"),
    ("“Will they go on with it?” {} asked.", "Will they go on with it?"),
    ("“We will go on with it,” {} hit back.", "We will go on with it,"),
    ("“We will go on with it,” {} said on Monday.", "We will go on with it,"),
    ("The city has no plan, {} said, to hold the talks.", "The city has no plan, {} said, to hold the talks"),
];

#[test]
fn whoever_says_it_and_wherever_that_is_told_the_words_are_theirs() {
    let mut wrong = Vec::new();
    for (subject, name) in SUBJECTS {
        for (place, said) in PLACES {
            // A comma that ends an apposition is the one that follows.
            let ends = place.split("{}").nth(1).is_some_and(|rest| rest.starts_with([',', '.']));
            let subject = if ends { subject.trim_end_matches(',') } else { subject };
            let mut text = place.replace("{}", subject);
            if place.starts_with("{}") {
                text = text[..1].to_uppercase() + &text[1..];
            }
            let said = said.replace("{}", subject);
            let article = Article { text, ..Article::default() };
            let found = extract(&article);
            let found = found.iter().find(|found| found.cue.is_some() || found.speaker.is_some());
            let speaker = found.and_then(|found| found.speaker.as_ref()).map(|speaker| speaker.name.as_str());
            let words = found.map(|found| found.span.of(&article.text));
            if !speaker.is_some_and(|speaker| speaker.eq_ignore_ascii_case(name)) || words != Some(&said) {
                wrong.push(format!("{}: {speaker:?} {words:?}", article.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SUBJECTS.len() * PLACES.len(), wrong.join("\n"));
}
