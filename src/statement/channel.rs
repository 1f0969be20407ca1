//! Whether a statement speaks of direct or of indirect talks.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::table::{Classes, Item, Table};
use crate::text::TokenKind;

/// How the parties of the talks reach each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// Face to face.
    Direct,
    /// Through somebody else.
    Indirect,
}

impl Channel {
    /// The name as it stands in CSV files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
        }
    }
}

/// What a rule of `channel.txt` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Now(Channel),
    Through,
    Nothing,
}

struct Grammar {
    table: Table,
    rules: Vec<Says>,
    talk: Classes,
    article: Classes,
    person: Classes,
    no: Classes,
    turn: Classes,
    off: Classes,
}

static ENGLISH: LazyLock<Grammar> = LazyLock::new(|| {
    let table = Table::parse(include_str!("channel.txt"));
    let rules = table
        .heads()
        .map(|head| match head {
            "direct" => Says::Now(Channel::Direct),
            "indirect" => Says::Now(Channel::Indirect),
            "through" => Says::Through,
            _ => Says::Nothing,
        })
        .collect();
    let class = |name: &str| table.class(name);
    let (talk, article, person) = (class("@talk"), class("@a"), class("@person"));
    let (no, turn, off) = (class("@no"), class("@turn"), class("@off"));
    Grammar { table, rules, talk, article, person, no, turn, off }
});

/// How far from "through" a word of talks may stand, in words and marks.
const REACH: usize = 14;

/// A word that names a channel, and whether it is refused.
#[derive(Clone, Copy, Debug)]
struct Mention {
    channel: Channel,
    refused: bool,
}

/// The channel of the talks that `text` speaks of; `None` where it does not say.
///
/// Where it names both, the one that is not refused counts ("not directly, but through mediators" is
/// indirect), and indirect where that does not tell. Takes time linear in the text.
///
/// ```
/// # use demarche::statement::{channel, Channel};
/// assert_eq!(channel("We would talk only through mediators."), Some(Channel::Indirect));
/// assert_eq!(channel("There will be no direct talks."), Some(Channel::Direct));
/// assert_eq!(channel("There will be no talks."), None);
/// ```
#[must_use]
pub fn channel(text: &str) -> Option<Channel> {
    let grammar = &*ENGLISH;
    let items = grammar.table.read(text);
    let mut mentions = Vec::new();
    let (mut at, mut refused, mut clause) = (0, false, 0);
    while let Some(item) = items.get(at) {
        let hit = grammar.table.phrase_at(&items, at);
        let says = hit.and_then(|h| grammar.rules.get(h.rule).copied());
        let end = hit.map_or(at + 1, |h| h.end);
        if grammar.ends_clause(*item) {
            (refused, clause) = (false, mentions.len());
        }
        refused |= says != Some(Says::Nothing) && item.has(grammar.no);
        if item.has(grammar.off) {
            mentions.iter_mut().skip(clause).for_each(|m: &mut Mention| m.refused = true);
            clause = mentions.len();
        }
        match says {
            Some(Says::Now(channel)) => mentions.push(Mention { channel, refused }),
            Some(Says::Through) if grammar.names_go_between(text, &items, at, end) => {
                mentions.push(Mention { channel: Channel::Indirect, refused });
            }
            _ => (),
        }
        at = end;
    }
    settle(&mentions)
}

impl Grammar {
    /// True for a turn and for a mark, after which a refusal no longer holds.
    fn ends_clause(&self, item: Item) -> bool {
        item.has(self.turn) || matches!(item.kind, TokenKind::Pause | TokenKind::Stop)
    }

    /// True if a person, or a name that is not a talk word's, stands at `at` or after its article, and a word
    /// of talks near the "through" at `from`.
    fn names_go_between(&self, text: &str, items: &[Item], from: usize, at: usize) -> bool {
        let near = from.saturating_sub(REACH)..(at + REACH).min(items.len());
        if !items.get(near).is_some_and(|near| near.iter().any(|i| i.has(self.talk))) {
            return false;
        }
        let word = |i: usize| items.get(i).filter(|t| t.is_word());
        let at = if word(at).is_some_and(|i| i.has(self.article)) { at + 1 } else { at };
        let named = |i: &Item| i.span.of(text).chars().next().is_some_and(char::is_uppercase);
        let go_between = |i: usize| word(i).is_some_and(|t| t.has(self.person));
        go_between(at) || go_between(at + 1) || word(at).is_some_and(|t| named(t) && !t.has(self.talk))
    }
}

fn settle(mentions: &[Mention]) -> Option<Channel> {
    let says = |channel, refused| mentions.iter().any(|m| m.channel == channel && m.refused == refused);
    let order = [
        (Channel::Indirect, false),
        (Channel::Direct, false),
        (Channel::Indirect, true),
        (Channel::Direct, true),
    ];
    let (direct, indirect) = (says(Channel::Direct, true), says(Channel::Indirect, true));
    if direct && indirect && !says(Channel::Direct, false) && !says(Channel::Indirect, false) {
        return Some(Channel::Direct);
    }
    order.into_iter().find(|&(channel, refused)| says(channel, refused)).map(|(channel, _)| channel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<Channel>) {
        assert_eq!(channel(text), expect, "{text}");
    }

    #[test]
    fn every_class_has_words() {
        let Grammar { talk, article, person, no, turn, off, .. } = *ENGLISH;
        assert!([talk, article, person, no, turn, off].iter().all(|class| *class != 0));
    }

    #[test]
    fn words_that_name_one_channel() {
        for text in [
            "There will be no direct talks.",
            "They will meet face-to-face.",
            "She is ready to sit down with the rebels.",
            "He called off the summit.",
            "There is no need for a mediator in our talks.",
        ] {
            check(text, Some(Channel::Direct));
        }
        for text in [
            "We exchange views indirectly.",
            "They talk through a mediator.",
            "Messages are carried by the Swiss.",
            "The Swiss brought a letter to the rebels.",
            "We will negotiate through the Omanis.",
            "Proximity talks are possible.",
        ] {
            check(text, Some(Channel::Indirect));
        }
    }

    #[test]
    fn of_two_channels_the_accepted_one_counts() {
        check("We refuse direct talks but accept indirect ones.", Some(Channel::Indirect));
        check("Not directly, but through mediators.", Some(Channel::Indirect));
        check("Indirect talks are fine, direct talks are off the table.", Some(Channel::Indirect));
        check("No mediators; we want direct talks.", Some(Channel::Direct));
        check("We talk neither directly nor through the Omanis.", Some(Channel::Direct));
    }

    #[test]
    fn a_text_that_does_not_say_has_none() {
        for text in [
            "",
            "There will be no talks.",
            "Peace comes through dialogue.",
            "The bill went through the House.",
            "They are directly responsible.",
            "We will talk when they bring a serious offer.",
            "Talks may begin after the mediator has left.",
            "There will be no talks, direct or indirect.",
            "It conveyed the message that they would talk.",
            "They may talk after the Oslo summit.",
            "He took notes.",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn names_equal_the_serialized_ones() {
        for channel in [Channel::Direct, Channel::Indirect] {
            assert_eq!(serde_json::to_string(&channel).unwrap(), format!("\"{}\"", channel.name()));
        }
    }
}
