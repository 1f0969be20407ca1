//! Verbs of saying that tell of nothing said: negated ones, and those of what might come true.

use super::clause::Clause;
use super::lexicon::class;
use super::token::Token;

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
                | "mention"
                | "mentioned"
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
            .any(|k| self.word(k).eq_ignore_ascii_case("neither"));
        says && (nobody || neither || (start..i).any(|k| self.is(k, class::NEGATION)))
    }

    /// True if the clause whose subject begins at `from` only might come true: "if the army says", "until it announces".
    pub(super) fn is_hypothetical(&self, from: usize) -> bool {
        let before = |n: usize| from.checked_sub(n).map_or("", |at| self.word(at));
        match before(1).to_ascii_lowercase().as_str() {
            "if" | "unless" | "until" | "till" | "once" | "provided" | "providing" => true,
            "that" => matches!(before(2), "condition" | "provided" | "providing" | "proviso"),
            "as" => matches!(before(2), "long" | "soon") && before(3).eq_ignore_ascii_case("as"),
            "case" => before(2).eq_ignore_ascii_case("in"),
            _ => false,
        }
    }
}
