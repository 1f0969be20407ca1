//! Tables of word classes and phrases, and texts read with them: the ground under conditions and channels.
//!
//! A table has one line a class (`@name: word, word`) or a rule (`head: phrase, phrase`). A phrase is words
//! in lower case, `@class` for any word of a class defined above it, and `*` for any one word. What a head
//! means is the reader's business.

use super::words::{Word, Words};
use crate::span::Span;
use crate::text::{Token, TokenKind, tokens};

/// A set of word classes: one bit a class, in the order of the table.
pub(super) type Classes = u64;

/// The id of a word that stands in no table line.
const UNKNOWN: u32 = 0;

/// One word of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Word(u32),
    Class(Classes),
    Any,
}

#[derive(Clone, Debug)]
struct Phrase {
    /// The word behind the first, which most often tells.
    second: Option<Part>,
    /// The words behind that.
    rest: Box<[Part]>,
    rule: usize,
}

/// A table, ready to read texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    ids: Words<u32>,
    /// The classes of each word id.
    classes: Vec<Classes>,
    names: Vec<Box<str>>,
    heads: Vec<Box<str>>,
    /// The phrases that begin with each word id, longest first.
    phrases: Vec<Vec<Phrase>>,
}

/// A word or mark of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Where it stands.
    pub(super) span: Span,
    /// Word, stop, pause or quotation mark.
    pub(super) kind: TokenKind,
    /// What the table says of the word.
    pub(super) classes: Classes,
    id: u32,
}

impl Item {
    /// True for a word.
    pub(super) fn is_word(self) -> bool {
        self.kind == TokenKind::Word
    }

    /// True if its first letter is upper case in `text`.
    pub(super) fn is_capital(self, text: &str) -> bool {
        self.span.of(text).chars().next().is_some_and(char::is_uppercase)
    }

    /// True if the word has one of `classes`.
    pub(super) const fn has(self, classes: Classes) -> bool {
        self.classes & classes != 0
    }
}

/// A phrase found in a text: its rule, and the items that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Index of the rule.
    pub(super) rule: usize,
    /// First item.
    pub(super) start: usize,
    /// One past the last item.
    pub(super) end: usize,
}

impl Table {
    /// Reads a table; lines without a colon and lines that begin with `#` say nothing.
    pub(super) fn parse(source: &str) -> Self {
        let mut table = Self { classes: vec![0], phrases: vec![Vec::new()], ..Self::default() };
        for line in source.lines().filter(|l| !l.starts_with('#')) {
            match line.split_once(": ") {
                Some((head, words)) if head.starts_with('@') => table.add_class(head, words),
                Some((head, phrases)) => table.add_rule(head, phrases),
                None => (),
            }
        }
        for phrases in &mut table.phrases {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len() + usize::from(p.second.is_some())));
        }
        table
    }

    fn add_class(&mut self, head: &str, words: &str) {
        debug_assert!(self.names.len() < 64, "a bit a class");
        let bit = 1 << (self.names.len() & 63);
        self.names.push(head.into());
        for word in words.split(", ") {
            let id = self.intern(word.trim()) as usize;
            if let Some(classes) = self.classes.get_mut(id) {
                *classes |= bit;
            }
        }
    }

    fn add_rule(&mut self, head: &str, phrases: &str) {
        let rule = self.heads.len();
        self.heads.push(head.into());
        for phrase in phrases.split(", ") {
            let parts: Vec<Part> = phrase.split_whitespace().map(|w| self.part(w)).collect();
            for id in self.firsts(parts.first().copied()) {
                if let Some(list) = self.phrases.get_mut(id) {
                    let rest = parts.get(2..).unwrap_or_default().into();
                    list.push(Phrase { second: parts.get(1).copied(), rest, rule });
                }
            }
        }
    }

    fn part(&mut self, word: &str) -> Part {
        match word {
            "*" => Part::Any,
            _ if word.starts_with('@') => Part::Class(self.class(word)),
            _ => Part::Word(self.intern(word)),
        }
    }

    /// The ids of the words that a phrase may begin with; a phrase cannot begin with any word at all.
    fn firsts(&self, part: Option<Part>) -> Vec<usize> {
        match part {
            Some(Part::Word(id)) => vec![id as usize],
            Some(Part::Class(class)) => (0..self.classes.len())
                .filter(|&i| self.classes.get(i).is_some_and(|c| c & class != 0))
                .collect(),
            Some(Part::Any) | None => Vec::new(),
        }
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(Word::whole(word)) {
            return id;
        }
        let id = u32::try_from(self.classes.len()).unwrap_or(UNKNOWN);
        *self.ids.entry(word) = id;
        self.classes.push(0);
        self.phrases.push(Vec::new());
        id
    }

    /// The bit of the class called `name`, with its `@`; none for an unknown name.
    pub(super) fn class(&self, name: &str) -> Classes {
        self.names.iter().position(|n| **n == *name).map_or(0, |i| 1 << (i & 63))
    }

    /// The heads of the rules, in the order of the table.
    pub(super) fn heads(&self) -> impl Iterator<Item = &str> {
        self.heads.iter().map(AsRef::as_ref)
    }

    /// The words and marks of `text`, with what the table says of them.
    pub(super) fn read(&self, text: &str) -> Vec<Item> {
        self.items(text, tokens(text))
    }

    /// As [`Table::read`], of a text whose tokens are known.
    pub(super) fn items(&self, text: &str, tokens: impl IntoIterator<Item = Token>) -> Vec<Item> {
        let mut lower = String::new();
        let mut items = Vec::with_capacity(text.len() / 5);
        items.extend(tokens.into_iter().map(|token| {
            let id = match token.kind {
                TokenKind::Word => self.lookup(Word::of(text, token.span), &mut lower),
                _ => UNKNOWN,
            };
            let classes = self.classes.get(id as usize).copied().unwrap_or(0);
            Item { span: token.span, kind: token.kind, classes, id }
        }));
        items
    }

    fn lookup(&self, word: Word<'_>, lower: &mut String) -> u32 {
        if word.is_ascii() {
            return self.ids.get_lower(word).copied().unwrap_or(UNKNOWN);
        }
        lower.clear();
        word.spelled().chars().for_each(|c| match c {
            '’' | '‘' | 'ʼ' => lower.push('\''),
            _ => lower.extend(c.to_lowercase()),
        });
        self.ids.get(Word::whole(lower)).copied().unwrap_or(UNKNOWN)
    }

    /// The longest phrase that begins at item `at`; the earlier rule on a tie. Quotation marks between its
    /// words do not count, other marks break it.
    pub(super) fn phrase_at(&self, items: &[Item], at: usize) -> Option<Hit> {
        let first = items.get(at).filter(|i| i.is_word())?;
        let phrases = self.phrases.get(first.id as usize)?;
        phrases.iter().find_map(|phrase| {
            let end = phrase.end(items, at + 1)?;
            Some(Hit { rule: phrase.rule, start: at, end })
        })
    }
}

impl Phrase {
    /// One past the last item of the phrase, if all but its first word stand at `at`.
    fn end(&self, items: &[Item], mut at: usize) -> Option<usize> {
        for &part in self.second.iter().chain(&self.rest) {
            while items.get(at).is_some_and(|i| i.kind == TokenKind::Quote) {
                at += 1;
            }
            let item = items.get(at).filter(|i| i.is_word())?;
            let fits = match part {
                Part::Word(id) => item.id == id,
                Part::Class(class) => item.has(class),
                Part::Any => true,
            };
            if !fits {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# a table\n@talk: talk, talks\nfirst: no @talk, no\nsecond: no * about, @talk\n";

    fn check(text: &str, expect: &[(usize, usize, usize)]) {
        let table = Table::parse(TABLE);
        let items = table.read(text);
        let hits: Vec<_> = (0..items.len())
            .filter_map(|i| table.phrase_at(&items, i))
            .map(|h| (h.rule, h.start, h.end))
            .collect();
        assert_eq!(hits, expect, "{text}");
    }

    #[test]
    fn the_longest_phrase_wins_and_classes_and_wildcards_stand_for_words() {
        check("No talks.", &[(0, 0, 2), (1, 1, 2)]);
        check("no words about", &[(1, 0, 3)]);
        check("no, talk", &[(0, 0, 1), (1, 2, 3)]);
        check("no “talk”", &[(0, 0, 3), (1, 2, 3)]);
        check("words", &[]);
    }

    #[test]
    fn words_are_read_in_lower_case_with_straight_apostrophes() {
        let table = Table::parse("@a: won't, élan, talk\n");
        let classes: Vec<Classes> =
            table.read("Won’t WON'T Élan TALK talks").iter().map(|i| i.classes).collect();
        assert_eq!(classes, [1, 1, 1, 1, 0]);
    }

    #[test]
    fn heads_and_classes_are_known_by_name() {
        let table = Table::parse(TABLE);
        assert_eq!(table.heads().collect::<Vec<_>>(), ["first", "second"]);
        assert_eq!((table.class("@talk"), table.class("@walk")), (1, 0));
    }
}
