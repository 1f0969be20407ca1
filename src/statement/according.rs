//! Attributions without a verb of saying: "according to the ministry", "in the minister's view".

use super::attribution::Attribution;
use super::clause::{Clause, REACH};
use super::lexicon::class;
use super::phrase;
use super::token::{Mark, Token};

pub(super) const ACCORDING: &str = "according";

impl Clause<'_> {
    /// "According to X, ..." and "..., according to X".
    pub(super) fn according(&self, i: usize, found: &[Attribution]) -> Option<Attribution> {
        if self.word(i + 1) != "to" {
            return None;
        }
        // "an estimate" is none of saying behind its article.
        let noun = i + 2 + usize::from(self.is(i + 2, class::DETERMINER));
        let alone = matches!(self.mark(i + 3), None | Some(Mark::Comma | Mark::Stop));
        let named = if alone { i + 3 } else { phrase::beginning_at(self.tokens, noun)?.end };
        // "according to Arab reports,".
        let reports =
            self.word(named).ends_with('s') && self.token(named).is_some_and(|t| t.entry.cue.is_some());
        let ended = matches!(self.mark(named + 1), None | Some(Mark::Comma | Mark::Stop));
        let named = named + usize::from(reports && ended);
        // "a statement from the ministry".
        let from = self.word(named) == "from" && self.is(named - 1, class::DOCUMENT);
        let author = if from { phrase::beginning_at(self.tokens, named + 1) } else { None };
        let end = author.map_or(named, |author| author.end);
        let speaker = i + 2..end;
        let cue = i..i + 2;
        let begin = self.content_start(i, found);
        let opening = begin + usize::from(self.is(begin, class::COMPLEMENT | class::ADVERB));
        // "It is not recognised, and according to the treaty, it never was".
        let joined = i > 1 && self.is(i - 1, class::COORDINATOR) && self.mark(i - 2) == Some(Mark::Comma);
        if i <= opening + 1 && self.quote(begin).is_none() || joined {
            let comma = (speaker.end..(speaker.end + REACH).min(self.tokens.len()))
                .find(|&k| self.mark(k) == Some(Mark::Comma))?;
            let behind = self.behind_apposition(comma);
            let comma = if self.mark(behind) == Some(Mark::Comma) { behind } else { comma };
            let end = self.content_end(comma + 1);
            return (end > comma + 1).then_some(Attribution::leading(cue, Some(speaker), comma + 1..end));
        }
        if found.last().is_some_and(|a| a.tag) {
            return None;
        }
        let comma = self.mark(i - 1) == Some(Mark::Comma);
        let behind = self.behind_apposition(speaker.end);
        let end = if comma && self.resumes(behind) && !self.only_names(behind) {
            self.content_end(behind)
        } else if comma {
            i - 1
        } else {
            i
        };
        Some(Attribution::tagging(cue, Some(speaker), self.told_start(i, found)..end))
    }

    /// "In X's words, ...", "In the view of X, ..." and "As X put it, ..." at the beginning of a sentence.
    pub(super) fn in_words_of(&self, i: usize) -> Option<Attribution> {
        let comma = (i + 2..i + REACH).find(|&k| matches!(self.mark(k), Some(Mark::Comma | Mark::Colon)))?;
        let says = |k| matches!(self.word(k), "words" | "view" | "opinion" | "telling" | "account" | "eyes");
        let (speaker, cue) = match self.word(i) {
            "As" if self.word(comma - 1) == "it" && matches!(self.word(comma - 2), "put" | "puts") => {
                (i + 1..comma - 2, comma - 2..comma)
            }
            "In" if says(comma - 1)
                && (self.token(comma - 2)?.possessive
                    || matches!(self.word(comma - 2), "his" | "her" | "their" | "its")) =>
            {
                (i + 1..comma - 1, comma - 1..comma)
            }
            "In" if self.word(i + 1) == "the" && says(i + 2) && self.word(i + 3) == "of" => {
                (i + 4..comma, i + 2..i + 4)
            }
            _ => return None,
        };
        let content = comma + 1..self.content_end(comma + 1);
        let named = !speaker.is_empty() && !content.is_empty();
        let speaker = Some(speaker);
        named.then_some(Attribution::leading(cue, speaker, content))
    }

    /// Where the appositions end that begin at the comma `at`: "Ada Lind, 43, a miner,".
    fn behind_apposition(&self, at: usize) -> usize {
        let mut end = at;
        while self.mark(end) == Some(Mark::Comma) {
            let words = (end + 1..self.tokens.len().min(end + REACH))
                .take_while(|&i| self.token(i).is_some_and(Token::is_word));
            let next = words.last().map_or(end, |last| last + 1);
            let bounded = matches!(self.mark(next), None | Some(Mark::Comma | Mark::Stop | Mark::Close));
            let Some(words) = self.tokens.get(end + 1..next).filter(|_| bounded) else { break };
            if !self.is_apposition(words, end) || self.is(next + 1, class::RELATIVE) {
                break;
            }
            end = next;
        }
        end
    }

    /// True if nothing but nouns stands behind the comma at `comma`: ", shipowners and lawyers."
    fn only_names(&self, comma: usize) -> bool {
        let led = self.is(comma + 1, class::PREPOSITION | class::ADVERB | class::TIME | class::NEGATION);
        let verb = |i: usize| self.acts(i) || self.is(i, class::COMPLEMENT | class::PREPOSITION);
        let end = self.tokens.len();
        !led && end - comma <= REACH && !(comma + 1..end).any(|i| verb(i) || self.quote(i).is_some())
    }

    /// True if the words behind the comma at `comma` only say who somebody is: an age, a role, or the name behind a role.
    fn is_apposition(&self, words: &[Token], comma: usize) -> bool {
        const VERB: u32 = class::AUXILIARY | class::PAST | class::COMPLEMENT | class::RELATIVE;
        const WHO: u32 = class::ROLE | class::TITLE;
        let says = |t: &Token| !t.capital && (t.is(VERB) || phrase::finite_cue(t));
        let head = words.iter().take_while(|t| !t.is(class::PREPOSITION));
        let role = head.clone().last().is_some_and(|t| t.is(WHO) && !t.possessive);
        let named = comma.checked_sub(1).is_some_and(|i| self.is(i, WHO)) && words.iter().all(|t| t.capital);
        let aged = matches!(words, [age] if age.mark == Mark::Number);
        !words.iter().any(says) && (aged || role || named)
    }
}
