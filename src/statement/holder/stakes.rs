//! Names the holder and the counterpart of statements.

use super::source::{Source, Stakes};
use crate::article::{Article, Statement};
use crate::span::Span;
use crate::statement::registry::Registry;

/// What is known of a statement beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    /// Who says it, as the article names the speaker ("Foreign Minister Ada Lind", "Tehran").
    pub speaker: Option<&'a str>,
    /// The article's date, `YYYY-MM-DD`.
    pub date: Option<&'a str>,
}

/// The holder and the counterpart of the statement `text`.
///
/// The holder is the subject of the clause that takes a stance on talks; "we" and "he" are the speaker; without
/// any subject it is the speaker's side. Where a stance is taken and nobody is known to take it, none is guessed.
/// The counterpart is the party after "with" or "to", or else another party of that sentence. Takes time linear in
/// the text for a given number of parties in it.
///
/// ```
/// # use demarche::statement::{holder, Registry, Said};
/// let stakes = holder("Norway said it would not negotiate with Denmark.", Said::default(), Registry::shipped());
/// assert_eq!(stakes.holder.as_deref(), Some("Norway"));
/// assert_eq!(stakes.counterpart.as_deref(), Some("Denmark"));
/// ```
#[must_use]
pub fn holder(text: &str, said: Said<'_>, registry: &Registry) -> Stakes {
    Source::new(text, said.date, registry).stakes(Span::new(0, text.len()), said.speaker)
}

/// Fills `holder` and `counterpart` of the statements of `article`.
pub fn fill_stakes(article: &Article, statements: &mut [Statement], registry: &Registry) {
    if statements.is_empty() {
        return;
    }
    let mut source = Source::new(&article.text, article.date.as_deref(), registry);
    for statement in statements {
        let speaker = statement.speaker.as_ref().map(|s| s.name.as_str());
        let stakes = source.stakes(statement.span, speaker);
        (statement.holder, statement.counterpart) = (stakes.holder, stakes.counterpart);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Kind, Speaker};

    fn check(text: &str, speaker: Option<&str>, holder_is: Option<&str>, counterpart_is: Option<&str>) {
        let table =
            "name,alias,role,side,valid_from,valid_to\nAda Lind,,minister,Norway,,\nOlu Bako,,envoy,Chad,,\n";
        let registry = Registry::from_csv(table.as_bytes()).unwrap();
        let found = holder(text, Said { speaker, date: None }, &registry);
        assert_eq!(
            (found.holder.as_deref(), found.counterpart.as_deref()),
            (holder_is, counterpart_is),
            "{text}"
        );
    }

    #[test]
    fn the_subject_of_the_stance_is_the_holder() {
        check("Norway refuses to talk to Chad.", None, Some("Norway"), Some("Chad"));
        check(
            "Lind said that Chad was willing to negotiate with Norway.",
            None,
            Some("Chad"),
            Some("Norway"),
        );
        check("Chad's government would meet the Norwegians.", None, Some("Chad"), Some("Norway"));
        check("In talks with Chad, Norway offered a deal.", Some("Bako"), Some("Norway"), Some("Chad"));
        check("The generals of Chad refused talks with Norway.", None, Some("Chad"), Some("Norway"));
        check("Officials in Chad ruled out talks with Norway.", None, Some("Chad"), Some("Norway"));
        check("Minister of State Lind says she accepts talks.", None, Some("Norway"), None);
        check("Bako met them, but Norway rules out talks.", None, Some("Norway"), Some("Chad"));
    }

    #[test]
    fn asides_and_the_last_of_joint_subjects_are_no_subjects() {
        let norway = [
            "Norway, which met Chad in May, will not return to the table.",
            "Norway, which met Chad, Denmark and Sweden, will not return to the table.",
            "Norway, a neighbour of Chad, refuses talks.",
            "Norway's foreign minister and Chad agreed to hold talks.",
            "Norway, Chad and Denmark agreed to hold talks.",
            "The ministers of Norway, Chad and Denmark are ready for talks.",
            "He said Norway and the Danes would not talk.",
        ];
        for text in norway {
            check(text, None, Some("Norway"), counterpart_of(text));
        }
        check("Norway met the Danes and Chad refused talks.", None, Some("Chad"), Some("Norway"));
        check("To hold talks.", Some("Foreign Minister Ada Lind and Chad"), Some("Norway"), None);
    }

    fn counterpart_of(text: &str) -> Option<&'static str> {
        ["Chad", "Dan"]
            .into_iter()
            .find(|name| text.contains(name))
            .map(|n| if n == "Dan" { "Denmark" } else { n })
    }

    #[test]
    fn a_passive_is_taken_by_its_agent_and_an_offer_by_who_answers() {
        check("Talks with Chad were ruled out by Norway.", None, Some("Norway"), Some("Chad"));
        check("Chad's invitation to talks was declined by Norway.", None, Some("Norway"), Some("Chad"));
        check("An offer of talks by Chad was rejected by Norway.", None, Some("Norway"), Some("Chad"));
        check(
            "Chad has been told by Norway that there will be no talks.",
            None,
            Some("Norway"),
            Some("Chad"),
        );
        check("Norway welcomed Chad's offer of talks.", None, Some("Norway"), Some("Chad"));
        check("Lind said Chad's new offer of talks was bad.", None, Some("Norway"), Some("Chad"));
        check("Chad's offer of talks was bad.", Some("Lind"), Some("Norway"), Some("Chad"));
        check("Norway's offer of talks will stand.", Some("Bako"), Some("Norway"), None);
    }

    #[test]
    fn who_is_told_or_must_do_something_holds_nothing() {
        check("Norway is pressing Chad to come to the table.", None, Some("Norway"), Some("Chad"));
        check("Norway gave Chad until Friday to come to the table.", None, Some("Norway"), Some("Chad"));
        check("Chad to return to the table.", Some("Lind"), Some("Norway"), Some("Chad"));
        check("Chad to return to the table.", None, Some("Chad"), None);
        check("Lind said Chad would have to stop before any talks.", None, Some("Norway"), Some("Chad"));
        check("Chad needed to leave before talks.", Some("Lind"), Some("Norway"), Some("Chad"));
    }

    #[test]
    fn bodies_that_no_table_names_are_told_by_how_they_are_written() {
        check("The HRBC boycotted the talks.", None, Some("HRBC"), None);
        check("Lind said that BRKS is ready to talk.", None, Some("BRKS"), Some("Norway"));
        check("Brekke Steel AG refused to meet the Danes.", None, Some("Brekke Steel AG"), Some("Denmark"));
        check("It would not return to talks.", Some("Brekkair"), Some("Brekkair"), None);
        check("It would be wrong to talk.", Some("Brekke"), None, None);
        check("It would not return to talks.", Some("Hedda Brekke"), None, None);
        check("If the HRBC refuses talks, so be it.", None, None, None);
    }

    #[test]
    fn a_union_of_a_country_does_not_speak_for_it() {
        check("The teachers' union refused to talk to Chad.", None, Some("union"), Some("Chad"));
        check("There would be no talks.", Some("Norway's largest union"), Some("union"), None);
        check("The Danish carmaker refused to meet the union.", None, None, Some("union"));
    }

    #[test]
    fn pronouns_are_the_speaker_or_the_last_subject() {
        check("We will not talk to Chad.", Some("Foreign Minister Ada Lind"), Some("Norway"), Some("Chad"));
        check("We will not talk to Chad.", None, None, Some("Chad"));
        check("We would meet anyone who speaks for Chad.", None, None, Some("Chad"));
        check("He asked whether Chad needed talks, and he would not hold any.", None, Some("Chad"), None);
        check("We will not talk to Chad, said Lind.", None, Some("Norway"), Some("Chad"));
        check("Lind said she would talk to Chad.", None, Some("Norway"), Some("Chad"));
        check("A win for Norway, who refused talks.", None, Some("Norway"), None);
    }

    #[test]
    fn statements_are_filled_from_their_words_speaker_and_the_date_of_the_article() {
        let text = "He wrote: “We may talk to Chad.”".to_owned();
        let span = text.find("We").map(|at| Span::new(at, text.len() - 3)).unwrap();
        let article = Article { date: Some("2003-02-01".into()), text, ..Article::default() };
        let speaker = Speaker { name: "Ada Lind".into(), mention: None };
        let (kind, cue, holder, counterpart) = (Kind::Direct, None, None, None);
        let mut found = [Statement { span, kind, speaker: Some(speaker), cue, holder, counterpart }];
        for (from, holder) in [("2003-01-01", Some("Norway")), ("2004-01-01", None)] {
            let table =
                format!("name,alias,role,side,valid_from,valid_to\nAda Lind,,minister,Norway,{from},\n");
            fill_stakes(&article, &mut found, &Registry::from_csv(table.as_bytes()).unwrap());
            assert_eq!(found[0].holder.as_deref(), holder);
            assert_eq!(found[0].counterpart.as_deref(), Some("Chad"));
        }
    }

    #[test]
    fn without_a_subject_it_is_the_side_of_the_speaker() {
        check("No talks before the vote.", Some("Tehran"), Some("Iran"), None);
        check("No talks before the vote.", Some("nobody known"), None, None);
        check("Chad must disarm before talks.", Some("Lind"), Some("Norway"), Some("Chad"));
    }

    #[test]
    fn who_is_introduced_with_an_office_speaks_for_its_party_in_all_of_the_article() {
        let text = "Ivo Tarant, the Danish foreign minister, said he was ready for talks. “We will meet them,” Tarant said.";
        let article = Article { text: text.to_owned(), ..Article::default() };
        let mut found = crate::statement::extract(&article);
        fill_stakes(&article, &mut found, Registry::shipped());
        let holders: Vec<_> = found.iter().map(|s| s.holder.as_deref()).collect();
        assert_eq!(holders, [Some("Denmark"); 2]);
    }
}
