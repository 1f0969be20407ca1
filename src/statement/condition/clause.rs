//! Where clauses and sentences begin and end.

use crate::statement::table::{Classes, Item};
use crate::text::TokenKind;

use super::grammar::Named;

/// Words that must stand before a comma for it to end a clause: fewer are a bare subject ("if the blockade, …").
const BARE_SUBJECT: usize = 2;
/// Words of a clause after which a new subject with its verb may begin without a comma.
const FULL_CLAUSE: usize = 4;
/// Words of a clause with subject and verb.
const SHORT_CLAUSE: usize = 3;
/// Words that one member of a list may have.
const MEMBER: usize = 7;
/// How far the look ahead from a comma goes.
const REACH: usize = 12;

/// The items of one text, to be asked about clauses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clauses<'a> {
    pub(super) text: &'a str,
    pub(super) items: &'a [Item],
    pub(super) named: Named,
}

impl Clauses<'_> {
    fn item(&self, at: usize) -> Option<Item> {
        self.items.get(at).copied()
    }

    pub(super) fn has(&self, at: usize, classes: Classes) -> bool {
        self.item(at).is_some_and(|i| i.has(classes))
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.item(at).map_or("", |i| i.span.of(self.text))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// True if the mark at `at` ends a sentence; points of initials and abbreviations do not.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        let Some(item) = self.item(at).filter(|i| i.kind == TokenKind::Stop) else { return false };
        if item.span.of(self.text) != "." || at == 0 {
            return true;
        }
        let before = self.word(at - 1);
        let initials =
            before.len() <= 7 && before.contains('.') || before.len() == 1 && self.is_capital(at - 1);
        let abbreviated = self.has(at - 1, self.named.abbreviation) && self.is_capital(at - 1);
        let next_is_lower = self.item(at + 1).is_some_and(Item::is_word) && !self.is_capital(at + 1);
        !initials && !abbreviated && !next_is_lower
    }

    /// True for a double quotation mark.
    fn is_quote(&self, at: usize) -> bool {
        self.item(at).is_some_and(|i| i.kind == TokenKind::Quote)
            && !matches!(self.word(at), "'" | "’" | "‘" | "ʼ")
    }

    /// True if a verb of saying comes before the clause that begins at `at` is over.
    fn is_attribution(&self, at: usize) -> bool {
        (at..at + REACH)
            .take_while(|&i| self.item(i).is_some_and(|t| t.is_word() || t.kind == TokenKind::Quote))
            .any(|i| self.has(i, self.named.say))
    }

    /// True if a subject and its modal verb stand at `at` ("the union would", "they'll", "there can").
    fn begins_main_clause(&self, at: usize) -> bool {
        let short = self.has(at, self.named.subject);
        short && (self.has(at, self.named.modal) || self.has(at + 1, self.named.modal))
    }

    /// True if, up to the end of the sentence without a comma, a noun and the verb of a main clause stand at `at`: "the
    /// union would", "will the union", "Norway can".
    fn begins_unmarked_clause(&self, at: usize) -> bool {
        let named = self.named;
        let plain = |i: usize| {
            self.item(i).is_some_and(Item::is_word)
                && !self.has(i, named.preposition | named.and | named.subject | named.that)
        };
        let after = at.checked_sub(1).is_some_and(plain);
        let subject =
            |i: usize| (self.has(i, named.article) || self.is_capital(i)) && !self.has(i, named.that);
        let verb = (at + 1..at + 4).find(|&i| self.has(i, named.modal | named.be));
        let follows = verb.is_some_and(|v| (at + 1..v).all(plain));
        let turned = self.has(at, named.modal) && (subject(at + 1) || self.has(at + 1, named.subject));
        let marked = (at..at + REACH).any(|i| self.item(i).is_some_and(|t| t.kind == TokenKind::Pause));
        after && !marked && (turned || subject(at) && follows)
    }

    /// True if a modal verb comes within the segment at `at`.
    fn has_modal(&self, at: usize) -> bool {
        (at..at + REACH)
            .take_while(|&i| self.item(i).is_some_and(Item::is_word))
            .any(|i| self.has(i, self.named.modal))
    }

    /// True if what follows a comma at `at - 1` is one more member of a list.
    fn is_list_member(&self, at: usize) -> bool {
        if self.has(at, self.named.subject) || self.has_modal(at) {
            return false;
        }
        let mut words = 0;
        for i in at..at + REACH {
            let Some(item) = self.item(i) else { return false };
            match item.kind {
                TokenKind::Word if i > at && item.has(self.named.and) => return words <= MEMBER,
                TokenKind::Word => words += 1,
                TokenKind::Pause if words > MEMBER => return false,
                TokenKind::Pause if self.has(i + 1, self.named.and) => return true,
                TokenKind::Pause => words = 0,
                TokenKind::Quote => (),
                TokenKind::Stop => return false,
            }
        }
        false
    }

    /// True if the clause goes on after the comma at `at`, having had `words` words.
    fn passes_comma(&self, at: usize, words: usize, opening: Opening) -> bool {
        let mut next = at + 1;
        if self.is_quote(next) {
            next += 1;
        }
        if self.has(next, self.named.and) {
            let fresh = self.has(next + 1, self.named.fresh);
            return !fresh && !self.has_modal(next) && !self.is_attribution(next);
        }
        if self.is_attribution(next) {
            return false;
        }
        words <= opening.bare()
            || self.has(next, self.named.goes_on) && !(opening.initial && self.has_modal(next))
            || self.is_list_member(next)
    }

    /// One past the last item of the clause whose connective ends at `from`.
    pub(super) fn end(&self, from: usize, opening: Opening) -> usize {
        let mut walk = Walk { words: opening.begun, open_quote: false, aside: false, hyphens: false };
        let mut at = from;
        while let Some(item) = self.item(at) {
            let over = match item.kind {
                TokenKind::Stop => self.ends_sentence(at),
                TokenKind::Quote => self.quote_ends(at, &mut walk),
                TokenKind::Pause => self.pause_ends(at, &mut walk, opening),
                TokenKind::Word => self.word_ends(at, &mut walk, opening),
            };
            if over {
                break;
            }
            at += 1;
        }
        self.without_marks(from, at)
    }

    fn quote_ends(&self, at: usize, walk: &mut Walk) -> bool {
        if !self.is_quote(at) {
            return false;
        }
        let closes = match self.word(at) {
            "“" | "«" | "„" | "「" => false,
            "”" | "»" | "」" => true,
            _ => {
                walk.open_quote
                    || self.item(at + 1).is_none_or(|i| !i.is_word())
                    || walk.words > 0 && !self.touches_next(at)
            }
        };
        if closes && !walk.open_quote {
            return walk.words > 0;
        }
        walk.open_quote = !closes;
        closes && self.is_attribution(at + 1) && self.attribution_is_near(at + 1)
    }

    /// True if no blank stands between the mark at `at` and the next item.
    fn touches_next(&self, at: usize) -> bool {
        match (self.item(at), self.item(at + 1)) {
            (Some(mark), Some(next)) => mark.span.end == next.span.start,
            _ => false,
        }
    }

    fn attribution_is_near(&self, at: usize) -> bool {
        (at..at + 6).any(|i| self.has(i, self.named.say))
    }

    fn pause_ends(&self, at: usize, walk: &mut Walk, opening: Opening) -> bool {
        match self.word(at) {
            ";" | ":" | "；" | "：" => walk.words > 0,
            "," | "，" | "、" | "،" => {
                if walk.aside {
                    walk.aside = false;
                    return false;
                }
                let bare = walk.words <= opening.bare();
                let named = self.names_subject(at);
                let passes = walk.words == 0 || named || self.passes_comma(at, walk.words, opening);
                walk.aside = (bare || named) && passes && walk.words > 0;
                !passes
            }
            "(" | ")" | "[" | "]" => false,
            _ => walk.words > 0 && !self.dash_closes(at),
        }
    }

    /// True if a name between the comma at `at` and another one parts a subject from its verb: "while another leader, Ada Lind,
    /// remains in jail".
    fn names_subject(&self, at: usize) -> bool {
        let name = |&i: &usize| self.item(i).is_some_and(Item::is_word) && self.is_capital(i);
        let close = at + 1 + (at + 1..at + 5).take_while(name).count();
        let verb = self.word(close + 1);
        let third = verb.ends_with('s') && !self.is_capital(close + 1) && verb != "as";
        close > at + 1
            && self.word(close) == ","
            && (third || self.has(close + 1, self.named.modal | self.named.be))
    }

    /// True if another dash follows the one at `at` soon: the words between are an aside.
    fn dash_closes(&self, at: usize) -> bool {
        (at + 1..at + 2 * REACH)
            .take_while(|&i| !self.ends_sentence(i))
            .any(|i| matches!(self.word(i), "–" | "—" | "―" | "--"))
    }

    /// True if a hyphen between blanks, used as a dash, stands before the item at `at`.
    fn follows_hyphen(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| self.item(i)) else { return false };
        let Some(item) = self.item(at) else { return false };
        self.text.get(before.span.end..item.span.start).is_some_and(|gap| gap.contains(" - "))
    }

    fn word_ends(&self, at: usize, walk: &mut Walk, opening: Opening) -> bool {
        let quoted = walk.open_quote;
        if walk.words > 0 && self.follows_hyphen(at) {
            walk.aside = !walk.aside && (at + 1..at + 2 * REACH).any(|i| self.follows_hyphen(i));
            if !walk.aside && !walk.hyphens {
                return true;
            }
            walk.hyphens = walk.aside;
        }
        if walk.words > 0 && !quoted && self.has(at, self.named.stop) {
            return true;
        }
        let short = self.begins_main_clause(at) && !(at > 0 && self.has(at - 1, self.named.that));
        let begins = walk.words >= opening.full() && (short || self.word(at) == "then")
            || walk.words >= opening.full().min(SHORT_CLAUSE) && self.begins_unmarked_clause(at);
        if opening.initial && begins {
            return true;
        }
        walk.words += 1;
        false
    }

    /// `end` moved back over marks, but not over the quotation mark that closes one opened inside.
    fn without_marks(&self, from: usize, mut end: usize) -> usize {
        while end > from && self.item(end - 1).is_some_and(|i| !i.is_word()) {
            end -= 1;
        }
        let opened = (from..end).filter(|&i| self.is_quote(i)).count() % 2 == 1;
        if opened && self.is_quote(end) { end + 1 } else { end }
    }

    /// True if the items are all of the text and ask whether something will be: "if talks would resume".
    pub(super) fn asks(&self, start: usize, end: usize) -> bool {
        let alone = start == 0 && self.items.iter().skip(end).all(|i| !i.is_word());
        alone && self.word(0) == "if" && (start..end).any(|i| matches!(self.word(i), "will" | "would"))
    }

    /// True if a verb of saying stands one or two words before `at` ("told reporters after").
    pub(super) fn follows_saying(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at).any(|i| self.has(i, self.named.say))
    }

    /// The first item of the clause of `at`.
    pub(super) fn start(&self, at: usize) -> usize {
        let mut first = at;
        while first > 0 {
            let before = first - 1;
            let Some(item) = self.item(before) else { break };
            let bound = match item.kind {
                TokenKind::Stop => self.ends_sentence(before),
                TokenKind::Pause => true,
                TokenKind::Quote => self.is_quote(before) && at - before > 1,
                TokenKind::Word => item.has(self.named.that),
            };
            if bound {
                break;
            }
            first = before;
        }
        first
    }
}

/// How the words begin whose end is sought.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opening {
    /// The connective opens its sentence, so the main clause may follow without any mark.
    pub(super) initial: bool,
    /// Words of the clause that the connective itself holds: the subject's article in "were the".
    pub(super) begun: usize,
    /// The connective takes a noun, so no verb is to be waited for.
    pub(super) noun: bool,
}

impl Opening {
    const fn bare(self) -> usize {
        if self.noun { 0 } else { BARE_SUBJECT }
    }

    /// Words after which a main clause may follow without a mark.
    const fn full(self) -> usize {
        if self.noun { 1 } else { FULL_CLAUSE }
    }
}

/// What the walk to the end of a clause has met.
#[derive(Clone, Copy, Debug)]
struct Walk {
    words: usize,
    open_quote: bool,
    /// Inside an aside between commas or hyphens.
    aside: bool,
    /// That aside is between hyphens.
    hyphens: bool,
}
