//! One unit, ready to be read: its tokens and quotations, and where content begins and ends in it.

use std::cell::Cell;
use std::ops::Range;

use super::attribution::Attribution;
use super::lexicon::class;
use super::phrase::{self, finite_cue};
use super::quote::Quote;
use super::subject::subject;
use super::token::{Mark, Token, colon_before};

/// How far behind a cue its content is looked for, in tokens.
pub(super) const REACH: usize = 16;
/// The longest content, in tokens.
const LONGEST: usize = 160;
/// How far behind a semicolon the last member of its list is looked for, in tokens.
const LIST: usize = 60;

/// One unit, ready to be read.
pub(crate) struct Clause<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) quotes: &'a [Quote],
    /// No content ends at the tokens from the first up to the second: the last search saw them.
    searched: Cell<(usize, usize)>,
}

impl<'a> Clause<'a> {
    pub(crate) const fn new(text: &'a str, tokens: &'a [Token], quotes: &'a [Quote]) -> Self {
        Self { text, tokens, quotes, searched: Cell::new((0, 0)) }
    }
}

impl Clause<'_> {
    pub(super) fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    pub(super) fn word(&self, index: usize) -> &str {
        self.token(index).map_or("", |token| token.span.of(self.text))
    }

    pub(super) fn is(&self, index: usize, class: u32) -> bool {
        self.token(index).is_some_and(|token| token.is(class))
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        self.token(index).is_some_and(Token::is_word)
    }

    /// True for a finite verb as far as its form tells.
    pub(super) fn acts(&self, index: usize) -> bool {
        self.token(index).is_some_and(|token| phrase::acts(token, self.text))
    }

    pub(super) fn mark(&self, index: usize) -> Option<Mark> {
        self.token(index).map(|token| token.mark)
    }

    pub(super) fn quote(&self, index: usize) -> Option<&Quote> {
        self.token(index)?.quote().and_then(|number| self.quotes.get(number))
    }

    /// A quotation that is speech by itself: it begins like a sentence.
    pub(super) fn stands_alone(&self, index: usize) -> bool {
        let Some(quote) = self.quote(index) else { return false };
        let words = quote.inner.of(self.text);
        let first = words.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
        let sentence =
            first.is_some_and(|c| c.is_uppercase() || c.is_numeric()) || words.starts_with(['.', '…']);
        // "Never."
        let ended = words.ends_with(['.', '!', '?']);
        sentence && (ended || words.split_ascii_whitespace().nth(2).is_some())
    }

    /// The title of a broadcast or a paper in quotation marks: "on “Week in Vale”", "the Post's “Open Desk”".
    pub(super) fn is_title(&self, index: usize) -> bool {
        let Some(quote) = self.quote(index) else { return false };
        let words = quote.inner.of(self.text).split_ascii_whitespace();
        let small = |word: &str| word.len() > 3 && word.starts_with(char::is_lowercase);
        let named = !words.clone().any(small) && (2..7).contains(&words.count());
        let before = index.checked_sub(1).and_then(|before| self.token(before));
        let led = before.is_some_and(|t| t.capital || t.is(class::PREPOSITION) || t.entry.cue.is_some());
        named && led && !quote.inner.of(self.text).ends_with(['!', '?', ','])
    }

    /// A quotation that a tag may follow: it ends with a comma, a question or an exclamation.
    pub(super) fn takes_tag(&self, index: usize) -> bool {
        let Some(quote) = self.quote(index) else { return false };
        let words = quote.inner.of(self.text).trim_end_matches(['\'', '’', ' ', '"', '”']);
        words.ends_with([',', '?', '!', '…', '—', '–', '.', '-']) || self.mark(index + 1) == Some(Mark::Comma)
    }

    /// The quotation that ends right before token `from` and takes a tag.
    pub(super) fn tagged_quote(&self, from: usize) -> Option<usize> {
        let mut last = from.checked_sub(1)?;
        let dash = self.mark(last) == Some(Mark::Dash);
        last -= usize::from(dash && last > 0);
        if self.mark(last) == Some(Mark::Comma) {
            last = last.checked_sub(1)?;
        }
        (self.quote(last).is_some() && (dash || self.takes_tag(last))).then_some(last)
    }

    /// Where the content that ends at `end` begins: behind the last attribution or the last semicolon.
    pub(super) fn content_start(&self, end: usize, found: &[Attribution]) -> usize {
        if colon_before(self.tokens, end).is_some() && self.stands_alone(end) {
            return end;
        }
        let claimed = found.last().map_or(0, |a| {
            let spoken = a.speaker.as_ref().map_or(0, |s| s.end);
            a.cue.end.max(spoken).max(a.more.map_or(0, |m| m + 1)).min(end)
        });
        let low = claimed.max(end.saturating_sub(LONGEST));
        let low = if low == 0 { self.dateline().min(end) } else { low };
        let mut start = (low..end)
            .rev()
            .find(|&i| matches!(self.mark(i), Some(Mark::Semicolon | Mark::Stop)))
            .map_or(low, |i| i + 1);
        while start < end && matches!(self.mark(start), Some(Mark::Comma | Mark::Dash | Mark::Colon)) {
            start += 1;
        }
        // The time of an entry: "14:05 “We will not talk,” they said".
        let timed = start < end && self.mark(start) == Some(Mark::Number) && self.quote(start + 1).is_some();
        start + usize::from(timed)
    }

    /// Whoever speaks behind the colon that ends the unit: "the minister, Olu Bako, told parliament:".
    pub(super) fn announcer(&self) -> Option<Range<usize>> {
        let colon = self.tokens.len().checked_sub(1).filter(|&i| self.mark(i) == Some(Mark::Colon))?;
        let told = (0..colon).rev().take(REACH).find_map(|i| {
            let verb = self.verb(i).filter(|verb| !verb.participle)?;
            phrase::ending_at(self.tokens, verb.start)
        });
        told.or_else(|| subject(self.tokens, self.dateline(), colon))
    }

    /// The number of tokens in a place line: "GENEVA, March 3 (AP) -", "NEW DELHI:".
    pub(crate) fn dateline(&self) -> usize {
        let agency = self.agency_behind_date();
        if agency > 0 {
            return agency;
        }
        let shouts = |word: &str| word.len() > 2 && word.bytes().all(|b| !b.is_ascii_lowercase());
        if !shouts(self.word(0)) || !self.token(0).is_some_and(Token::is_word) {
            return 0;
        }
        let place =
            |&i: &usize| self.token(i).is_some_and(|t| t.is_word() && t.capital) && shouts(self.word(i));
        let colon = (0..4).take_while(place).count();
        if self.mark(colon) == Some(Mark::Colon) && colon + 2 < self.tokens.len() {
            return colon + 1;
        }
        // Not the hyphen of "U.S.-led".
        let glued = |i: usize| {
            self.word(i) == "-"
                && self.token(i).zip(self.token(i + 1)).is_some_and(|(t, next)| t.span.end == next.span.start)
        };
        let dash = (1..14).find(|&i| self.mark(i) == Some(Mark::Dash) && !glued(i));
        // "GENEVA, March 3 (news agency) -", but "UN inspectors - all of them - left".
        let mut open = false;
        let placed = |i: usize| {
            let mark = self.mark(i);
            open = mark == Some(Mark::Open) || open && mark != Some(Mark::Close);
            open || mark != Some(Mark::Word) || self.token(i).is_some_and(|t| t.capital)
        };
        dash.filter(|&dash| (0..dash).all(placed)).map_or(0, |dash| {
            let last = (dash..dash + 2).rev().find(|&i| self.mark(i) == Some(Mark::Dash)).unwrap_or(dash);
            last + 1
        })
    }

    /// The number of tokens in "New Vale, May 29 (IANS)", "New Vale, May 29:" and "Vale : ", which begin a paragraph.
    fn agency_behind_date(&self) -> usize {
        let place = |i: usize| self.token(i).is_some_and(|t| t.is_word() && t.capital);
        let name = (0..3).take_while(|&i| place(i)).count();
        let agency = self.mark(0) == Some(Mark::Open) && place(1) && self.mark(2) == Some(Mark::Close);
        if agency && self.mark(3) == Some(Mark::Dash) {
            return 4;
        }
        if name == 0 {
            return 0;
        }
        let parted = |i: usize| {
            self.token(i).zip(self.token(i - 1)).is_some_and(|(t, last)| t.span.start > last.span.end)
        };
        // "Vale : The crew", "Kabul: The crew".
        let known = self.is(name - 1, class::PLACE);
        if self.mark(name) == Some(Mark::Colon) && (parted(name) || known) && place(name + 1) {
            return name + 1;
        }
        // "(CNN) —" and "Geneva, Switzerland –".
        let dash = |i: usize| self.mark(i) == Some(Mark::Dash) && parted(i) && parted(i + 1);
        let country = (name + 1..name + 4).take_while(|&i| place(i)).count();
        let behind = name + 1 + country;
        if self.mark(name) == Some(Mark::Comma) && country > 0 && dash(behind) && place(behind + 1) {
            return behind + 1;
        }
        let dated = self.mark(name) == Some(Mark::Comma)
            && (self.is(name + 1, class::TIME)
                || matches!(
                    self.word(name + 1),
                    "Jan"
                        | "Feb"
                        | "Mar"
                        | "Apr"
                        | "Jun"
                        | "Jul"
                        | "Aug"
                        | "Sep"
                        | "Sept"
                        | "Oct"
                        | "Nov"
                        | "Dec"
                ))
            && self.mark(name + 2) == Some(Mark::Number);
        if dated && self.mark(name + 3) == Some(Mark::Colon) {
            return name + 4;
        }
        let agency = self.mark(name + 3) == Some(Mark::Open) && self.mark(name + 5) == Some(Mark::Close);
        if dated && agency && place(name + 6) { name + 6 } else { 0 }
    }

    /// A quotation behind the tag that ends at `after`.
    pub(super) fn continuation(&self, after: usize) -> Option<usize> {
        let end = (after + REACH).min(self.tokens.len());
        for i in after..end {
            match self.mark(i)? {
                Mark::Quote(_) if self.is_title(i) => {}
                Mark::Quote(_) => {
                    return (i > 0
                        && matches!(
                            self.mark(i - 1),
                            Some(Mark::Comma | Mark::Colon | Mark::Dash | Mark::Stop)
                        )
                        || self.stands_alone(i))
                    .then_some(i);
                }
                _ if self.token(i)?.entry.cue.is_some() => return None,
                _ => {}
            }
        }
        None
    }

    /// A quotation among the next words.
    pub(super) fn quote_near(&self, at: usize) -> bool {
        (at..(at + REACH).min(self.tokens.len()))
            .take_while(|&i| !matches!(self.mark(i), Some(Mark::Stop | Mark::Comma)))
            .any(|i| self.quote(i).is_some())
    }

    /// A quotation of several words among the next words.
    pub(super) fn words_near(&self, at: usize) -> bool {
        (at..(at + REACH).min(self.tokens.len()))
            .take_while(|&i| !matches!(self.mark(i), Some(Mark::Stop | Mark::Comma)))
            .any(|i| self.quote(i).is_some_and(|quote| quote.inner.of(self.text).contains(' ')))
    }

    /// The end of content that begins at `start`: the end of the sentence.
    pub(super) fn content_end(&self, start: usize) -> usize {
        let limit = (start + LONGEST).min(self.tokens.len());
        let mut end = if start + 1 < limit { self.next_end(start + 1, limit) } else { limit };
        while end > start
            && matches!(self.mark(end - 1), Some(Mark::Stop | Mark::Comma | Mark::Colon | Mark::Dash))
        {
            end -= 1;
        }
        end
    }

    /// The first token from `from` up to `limit` at which content ends, or `limit`. What was searched is kept, so
    /// that the searches of one long sentence together read it about once.
    fn next_end(&self, from: usize, limit: usize) -> usize {
        let ends = |i: &usize| match self.mark(*i) {
            Some(Mark::Stop) => true,
            // "...; that it was over; and that they would not come".
            Some(Mark::Semicolon) => {
                !self.is(i + 1, class::COMPLEMENT | class::COORDINATOR | class::PRONOUN) && !self.lists(*i)
            }
            Some(Mark::Comma) => {
                matches!(self.word(i + 1), "though" | "although") && !self.at_end(i + 3)
                    || self.is_remark(i + 1)
                    || self.is_silence(i + 1)
            }
            Some(Mark::Word) => self.is(*i, class::COORDINATOR) && self.is_silence(*i),
            _ => false,
        };
        let (begin, clear) = self.searched.get();
        let (begin, next) = if begin <= from && from <= clear { (begin, clear) } else { (from, from) };
        let end = (next..limit).find(ends).unwrap_or(limit.max(next));
        self.searched.set((begin, end));
        end.min(limit)
    }

    /// True if the semicolon at `at` parts the members of a list: "that talks are over; the offer stands; and nobody will come".
    fn lists(&self, at: usize) -> bool {
        let same = |&i: &usize| self.mark(i).is_some_and(|mark| mark != Mark::Stop);
        let last = |i: usize| self.mark(i) == Some(Mark::Semicolon) && self.is(i + 1, class::COORDINATOR);
        (at + 1..at + LIST).take_while(same).any(last)
    }

    fn at_end(&self, at: usize) -> bool {
        matches!(self.mark(at), None | Some(Mark::Stop))
    }

    /// True for what the reporter adds about the words before: ", something the rebels deny", ", a claim that he rejects".
    fn is_remark(&self, at: usize) -> bool {
        let noun = matches!(
            self.word(at + 1),
            "claim"
                | "charge"
                | "accusation"
                | "allegation"
                | "assertion"
                | "demand"
                | "move"
                | "step"
                | "statement"
                | "remark"
                | "position"
                | "suggestion"
                | "condition"
                | "view"
        );
        let clause = (at + 1..at + 8).any(|i| {
            self.is(i, class::RELATIVE | class::AUXILIARY)
                || self.token(i).is_some_and(|t| t.entry.cue.is_some())
        });
        // "Kerry said it was near, speaking in Vale."
        let place = self.word(at) == "speaking" && self.is(at + 1, class::PREPOSITION | class::TIME);
        // "..., an offer the army dismissed".
        let offer =
            matches!(self.word(at + 1), "offer" | "proposal" | "invitation" | "call" | "plan" | "idea");
        let article = matches!(self.word(at), "a" | "an");
        let answered = (at + 4..at + 7).any(|i| self.acts(i));
        let rejected = article && offer && self.is(at + 2, class::DETERMINER) && answered;
        place || rejected || (article && noun || self.word(at) == "something") && clause
    }

    /// True if the attribution at `from` opens the unit as a subordinate clause: "Although he said ...".
    pub(super) fn subordinate(&self, from: usize) -> bool {
        // "And while he said".
        let joined = self.is(0, class::COORDINATOR) && self.is(1, class::SUBORDINATOR);
        let opens = joined && matches!(self.word(1), "while" | "although" | "though" | "when" | "if");
        opens && (2..=3).contains(&from)
            || (1..=2).contains(&from)
                && matches!(
                    self.word(0),
                    "Although"
                        | "While"
                        | "Though"
                        | "When"
                        | "After"
                        | "If"
                        | "As"
                        | "Since"
                        | "Because"
                        | "Before"
                        | "With"
                        | "Despite"
                )
    }

    /// True if the verb at `start` is that of a relative clause between commas: "the firm, which called it a joke, left".
    pub(super) fn relative(&self, start: usize) -> bool {
        let comma = start.checked_sub(2).and_then(|at| self.mark(at)) == Some(Mark::Comma);
        comma && self.is(start - 1, class::RELATIVE)
    }

    /// True if the verb at `start` parts a subject from its own: "Dahl, saying that it was over, left".
    pub(super) fn parted(&self, start: usize) -> bool {
        let comma = start > 0 && self.mark(start - 1) == Some(Mark::Comma);
        let subject = self.dateline()..start;
        comma && subject.len() <= REACH && !subject.clone().any(|k| self.acts(k))
    }

    /// The comma between `start` and `end` behind which the verb of the main clause stands.
    pub(super) fn comma_before_verb(&self, start: usize, end: usize) -> usize {
        let verb = |i| self.is(i, class::PAST | class::AUXILIARY) || self.token(i).is_some_and(finite_cue);
        (start + 1..end).find(|&i| self.mark(i) == Some(Mark::Comma) && verb(i + 1)).unwrap_or(end)
    }

    /// Where what somebody else does begins behind a mere noun: "urged restraint and Pike demanded talks".
    pub(super) fn before_other_subject(&self, start: usize, end: usize) -> usize {
        let noun = |&i: &usize| {
            self.token(i).is_some_and(Token::is_word) && !self.acts(i) && !self.is(i, class::COMPLEMENT)
        };
        let and = (start..end).take_while(noun).find(|&i| self.is(i, class::COORDINATOR) && i > start);
        let Some(and) = and else { return end };
        let named = self.token(and + 1).is_some_and(|t| t.capital || t.is(class::DETERMINER));
        let behind = (and + 1..end.min(and + 5)).take_while(noun).last();
        // "an end to the war and the arrests, which had begun" goes on.
        let acts = behind.is_some_and(|last| self.acts(last + 1) && last + 1 < end);
        if named && acts { and } else { end }
    }

    /// The first comma or semicolon behind `start`, or behind a quotation that ends in one; `end` without.
    pub(super) fn first_comma(&self, start: usize, end: usize) -> usize {
        let parts = |i: usize| matches!(self.mark(i), Some(Mark::Comma | Mark::Semicolon));
        let quoted = |i: usize| self.quote(i).is_some_and(|q| q.inner.of(self.text).ends_with(','));
        (start + 1..end).find(|&i| parts(i) || quoted(i)).map_or(end, |i| if parts(i) { i } else { i + 1 })
    }
}
