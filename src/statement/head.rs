//! Which of the names in a phrase is its head: "the premier's envoy to Norland, Ada Lind".

use super::lexicon::{Entry, class};
use super::speaker::Speakers;
use super::token::{Mark, Token};

impl Speakers<'_> {
    /// The person whose name is the head of the phrase.
    pub(super) fn named(&self, words: &[Token], here: usize) -> Option<usize> {
        let from = self.mentions.partition_point(|mention| mention.end <= here);
        let inside =
            self.mentions.get(from..)?.iter().take_while(|mention| mention.first < here + words.len());
        let mut head = None;
        for mention in inside {
            let last = mention.end.checked_sub(1 + here).and_then(|i| words.get(i))?;
            let start = mention.first.saturating_sub(here);
            let place = self.entities.get(mention.entity).is_none_or(|entity| entity.place);
            let of = Self::governed(words, start)
                && (place || !self.is_portfolio(words, start, mention.end - mention.first));
            let owner = last.possessive && mention.end < here + words.len();
            let modifies =
                mention.end.checked_sub(here).and_then(|i| words.get(i)).is_some_and(|next| {
                    next.mark == Mark::Word && !next.is(class::PREPOSITION | class::HONOUR)
                });
            // "The Brotherhood of Locomotive Engineers".
            let body = self
                .entities
                .get(mention.entity)
                .is_some_and(|entity| !entity.person && !entity.name.contains(' '));
            let behind = mention.end.checked_sub(here).and_then(|i| words.get(i..)).unwrap_or_default();
            let of_it = behind.first().is_some_and(|t| t.span.of(self.text) == "of")
                && behind.get(1).is_some_and(|t| t.capital);
            if !(owner || of || modifies || body && of_it) {
                head = Some(mention.entity);
            }
        }
        head
    }

    /// True if an office and its department stand before the `length` words at `at`: "Secretary of State", "Minister for Trade".
    fn is_portfolio(&self, words: &[Token], at: usize, length: usize) -> bool {
        let before = words.get(..at).unwrap_or_default().iter().rev().take(6);
        let office = |t: &&Token| t.is(class::ROLE) && t.is(class::TITLE);
        let department =
            |t: &&Token| !office(t) && (t.capital || matches!(t.span.of(self.text), "of" | "for" | "the"));
        // "President Ada Lind of Norland" has none, "Speaker of the House Ada Lind" has.
        let small = before.clone().take_while(|t| !t.capital).count();
        let named = small > 0 && before.clone().nth(small).is_some_and(|t| !office(&t));
        // "The president of the union" has no department before its name.
        let parted = length > 1 || before.clone().take_while(department).any(|t| t.capital);
        let mut title = before.skip_while(department);
        !named && parted && title.next().is_some_and(|t| t.capital && office(&t))
    }

    /// True if a preposition stands before the word at `at`, with or without an article and what is said of the name: "in the
    /// eastern Congo", "to the outgoing President Brand", "of the slain mayor Ada Lind".
    fn governed(words: &[Token], at: usize) -> bool {
        const TITLE: u32 = class::TITLE | class::ROLE;
        let before = words.get(..at).unwrap_or_default().iter().rev();
        let said_of_it = |t: &&Token| {
            let plain =
                t.is(TITLE | class::DETERMINER | class::TIME | class::PAST) || t.entry == Entry::default();
            t.mark == Mark::Word
                && !t.possessive
                && (if t.capital { t.is(TITLE | class::PLACE) } else { plain })
        };
        before.take(5).find(|t| !said_of_it(t)).is_some_and(|t| t.is(class::PREPOSITION))
    }
}
