//! Verbs of saying that tell of nothing said: negated ones, and those of what might come true.

use super::clause::Clause;
use super::lexicon::class;
use super::token::{Mark, Token};

impl Clause<'_> {
    /// True if the verb of saying at `i` is one of what nobody said: "never said that", "did not say whether".
    pub(super) fn is_unsaid(&self, i: usize, start: usize) -> bool {
        let says = matches!(
            self.word(i).trim_end_matches('s'),
            "said"
                | "say"
                | "saying"
                | "told"
                | "tell"
                | "telling"
                | "claim"
                | "claimed"
                | "announced"
                | "announce"
                | "suggest"
                | "suggested"
                | "advise"
                | "advised"
                | "recommend"
                | "recommended"
                | "report"
                | "reported"
                | "mention"
                | "mentioned"
                | "speculate"
                | "specify"
                | "specified"
                | "call"
                | "called"
                | "promise"
                | "promised"
                | "explain"
                | "explained"
                | "confirm"
                | "confirmed"
        );
        let nobody = start.checked_sub(1).is_some_and(|b| {
            matches!(self.word(b), "nobody" | "Nobody" | "none" | "None")
                || self.word(b) == "one" && b > 0 && self.word(b - 1).eq_ignore_ascii_case("no")
        });
        let neither = (start.saturating_sub(10)..start)
            .rev()
            .take_while(|&k| self.token(k).is_some_and(Token::is_word))
            .any(|k| matches!(self.word(k), "neither" | "Neither" | "nor" | "Nor"));
        // "The council could deny them permits": it did not.
        let might = (start..i).any(|k| matches!(self.word(k), "could" | "might" | "may"));
        might || says && (nobody || neither || (start..i).any(|k| self.is(k, class::NEGATION)))
    }

    /// True for "All the mayor said was": the subject from `from` is what is said, and the clause about it goes on at `after`.
    pub(super) fn is_free_relative(&self, from: usize, after: usize) -> bool {
        let all = ["all", "everything", "nothing", "anything"];
        let begins = all.iter().any(|word| self.word(from).eq_ignore_ascii_case(word));
        // "that nothing else he would say could top it".
        let before = from.checked_sub(1).map_or("", |before| self.word(before));
        let other = before == "else" || all.contains(&before) || begins && self.word(from + 1) == "else";
        begins && self.is(after, class::BE) || other && self.is(after, class::AUXILIARY)
    }

    /// True for "when he left" behind a verb of saying, but neither for "when it is signed, we will come" nor for "when asked
    /// that it will".
    pub(super) fn is_time_clause(&self, at: usize) -> bool {
        let mut sentence = (at..self.tokens.len()).take_while(|&i| self.mark(i) != Some(Mark::Stop));
        let clause =
            |i| self.mark(i) == Some(Mark::Comma) || self.word(i) == "that" || self.quote(i).is_some();
        self.word(at) == "when" && !sentence.any(clause)
    }

    /// True if the reporter tells from `at` what was left unsaid: "but declined to elaborate", "without giving details".
    pub(super) fn is_silence(&self, at: usize) -> bool {
        match self.word(at) {
            "without" => self.tells_more(at + 1),
            "but" | "and" => {
                let verb = at + 1 + usize::from(self.is(at + 1, class::PRONOUN));
                match self.word(verb) {
                    "declined" | "refused" => self.word(verb + 1) == "to" && self.tells_more(verb + 2),
                    "did" | "would" | "could" => self.word(verb + 1) == "not" && self.tells_more(verb + 2),
                    "didn't" | "didn’t" | "wouldn't" | "wouldn’t" => self.tells_more(verb + 1),
                    "gave" | "offered" | "provided" => self.word(verb + 1) == "no" && self.tells_more(verb),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// True for "elaborate" and "give further details".
    fn tells_more(&self, verb: usize) -> bool {
        match self.word(verb) {
            "elaborate" | "elaborating" | "comment" | "commenting" | "specify" | "specifying" | "say"
            | "saying" | "explain" | "explaining" | "disclose" | "disclosing" => true,
            "give" | "giving" | "gave" | "offer" | "offering" | "offered" | "provide" | "providing"
            | "provided" => (verb + 1..verb + 4).any(|i| {
                matches!(
                    self.word(i),
                    "detail" | "details" | "specifics" | "explanation" | "reason" | "reasons"
                )
            }),
            _ => false,
        }
    }

    /// True if the clause whose subject begins at `from` only might be true: "if the army says", "asked whether it announced".
    pub(super) fn is_hypothetical(&self, from: usize) -> bool {
        let before = |n: usize| from.checked_sub(n).map_or("", |at| self.word(at));
        match before(1).to_ascii_lowercase().as_str() {
            "if" | "whether" | "unless" | "until" | "till" | "once" | "provided" | "providing" => true,
            "that" => matches!(before(2), "condition" | "provided" | "providing" | "proviso"),
            "as" => matches!(before(2), "long" | "soon") && before(3).eq_ignore_ascii_case("as"),
            "case" => before(2).eq_ignore_ascii_case("in"),
            _ => false,
        }
    }
}
