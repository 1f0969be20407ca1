//! Cue features: what stands how near to which word of talking, and the frame around each such word: the verb
//! that governs it, its negation, tense and subject, and the conditions in its sentence.

use super::cues::{CueSet, Cues};
use super::key::{join, key};
use super::reading::{NAME, Unit};

/// The classes that the features below tell apart, as sets.
#[derive(Clone, Copy, Debug)]
pub struct Roles {
    /// Words of talking and meeting.
    pub talk: CueSet,
    governor: CueSet,
    negation: CueSet,
    tense: CueSet,
    subject: CueSet,
    condition: CueSet,
    requirement: CueSet,
    say: CueSet,
    channel: CueSet,
}

impl Roles {
    /// Looks the classes up by their names.
    #[must_use]
    pub fn new(cues: &Cues) -> Self {
        Self {
            talk: cues.set(&["talk", "meet"]),
            governor: cues.set(&[
                "refuse",
                "break",
                "willing",
                "futile",
                "undecided",
                "outsider",
                "describe",
            ]),
            negation: cues.set(&["neg"]),
            tense: cues.set(&["future", "can", "past", "perfect", "present"]),
            subject: cues.set(&["first", "second", "third", "role", "outsider"]) | NAME,
            condition: cues.set(&["if"]),
            requirement: cues.set(&["require"]),
            say: cues.set(&["say"]),
            channel: cues.set(&["mediator", "direct"]),
        }
    }
}

/// A word with a cue class.
#[derive(Clone, Copy, Debug)]
struct Cue {
    at: usize,
    classes: CueSet,
    clause: u32,
    sentence: u32,
}

/// A term made of classes: its key, and how to say it.
struct Term<'a> {
    key: u64,
    parts: &'a [(&'static str, u64)],
}

/// The cue features of one text. `names` are the classes in the order of their bits.
pub struct Frames<'a> {
    roles: &'a Roles,
    names: &'a [String],
    units: &'a [Unit],
    cues: Vec<Cue>,
}

/// Words this far from a word of talking no longer belong to it.
const REACH: usize = 12;

impl<'a> Frames<'a> {
    /// Collects the cues of a text.
    #[must_use]
    pub fn new(roles: &'a Roles, names: &'a [String], units: &'a [Unit]) -> Self {
        let cues = units
            .iter()
            .enumerate()
            .filter(|(_, u)| u.classes != 0)
            .map(|(at, u)| Cue { at, classes: u.classes, clause: u.clause, sentence: u.sentence })
            .collect();
        Self { roles, names, units, cues }
    }

    /// The name of a set of classes, joined by `/`.
    fn say(&self, classes: u64) -> String {
        if classes == 0 {
            return "-".to_owned();
        }
        (0..31)
            .filter(|bit| classes & (1 << bit) != 0)
            .map(|bit| self.names.get(bit).map_or("name", String::as_str))
            .collect::<Vec<_>>()
            .join("/")
    }

    fn emit(&self, term: &Term<'_>, sink: &mut impl FnMut(u64, &dyn Fn() -> String)) {
        sink(term.key, &|| {
            let parts: Vec<String> = term
                .parts
                .iter()
                .map(|&(what, value)| match what {
                    "" => self.say(value),
                    "near" => ["beside", "near", "far"].get(value as usize).unwrap_or(&"far").to_string(),
                    "side" => ["after", "before"].get(value as usize).unwrap_or(&"").to_string(),
                    _ => format!(
                        "{what}={}",
                        if what == "negated" || what.ends_with('?') {
                            yes(value).to_owned()
                        } else {
                            self.say(value)
                        }
                    ),
                })
                .collect();
            format!("[{}]", parts.join(" "))
        });
    }

    fn term(&self, parts: &[(&'static str, u64)], sink: &mut impl FnMut(u64, &dyn Fn() -> String)) {
        let key = parts.iter().fold(0x6375_6573, |k, &(what, value)| join(join(k, key(what)), value));
        self.emit(&Term { key, parts }, sink);
    }

    /// Classes alone, and runs of two and three classes in one sentence.
    pub fn sequences(&self, sink: &mut impl FnMut(u64, &dyn Fn() -> String)) {
        for (i, cue) in self.cues.iter().enumerate() {
            for class in bits(cue.classes) {
                self.term(&[("", class)], sink);
            }
            let Some(next) = self.cues.get(i + 1).filter(|n| n.sentence == cue.sentence) else { continue };
            for left in bits(cue.classes) {
                for right in bits(next.classes) {
                    self.term(&[("", left), ("", right)], sink);
                }
            }
            if let Some(third) = self.cues.get(i + 2).filter(|n| n.sentence == cue.sentence) {
                self.term(
                    &[("", lowest(cue.classes)), ("", lowest(next.classes)), ("", lowest(third.classes))],
                    sink,
                );
            }
        }
    }

    /// Each class within reach of a word of talking, with side and distance.
    pub fn skips(&self, sink: &mut impl FnMut(u64, &dyn Fn() -> String)) {
        for (i, talk) in self.cues.iter().enumerate().filter(|(_, c)| c.classes & self.roles.talk != 0) {
            let subject = u64::from(talk.classes & self.roles.talk);
            for (j, cue) in self.around(i) {
                let distance = cue.at.abs_diff(talk.at);
                let near = match distance {
                    0..=2 => 0,
                    3..=5 => 1,
                    _ => 2,
                };
                let side = u64::from(j < i);
                let together = u64::from(cue.clause == talk.clause);
                for class in bits(cue.classes) {
                    self.term(&[("", class), ("side", side), ("", lowest_of(subject)), ("near", near)], sink);
                    self.term(
                        &[("", class), ("side", side), ("", lowest_of(subject)), ("same clause?", together)],
                        sink,
                    );
                }
            }
        }
    }

    /// The cues within reach of cue `i` in its sentence.
    fn around(&self, i: usize) -> impl Iterator<Item = (usize, &Cue)> {
        let center = self.cues.get(i).copied();
        let first = i.saturating_sub(REACH);
        self.cues.iter().enumerate().skip(first).take(2 * REACH + 1).filter(move |&(j, cue)| {
            center.is_some_and(|c| j != i && cue.sentence == c.sentence && cue.at.abs_diff(c.at) <= REACH)
        })
    }

    /// The frame of each word of talking, and parts of it.
    pub fn frames(&self, sink: &mut impl FnMut(u64, &dyn Fn() -> String)) {
        for (i, talk) in self.cues.iter().enumerate().filter(|(_, c)| c.classes & self.roles.talk != 0) {
            self.frame(i, *talk, sink);
        }
    }

    fn frame(&self, i: usize, talk: Cue, sink: &mut impl FnMut(u64, &dyn Fn() -> String)) {
        let roles = self.roles;
        let before = |set: CueSet, from: usize| {
            self.cues
                .iter()
                .take(from)
                .rev()
                .take_while(|c| c.clause == talk.clause && c.sentence == talk.sentence)
                .find(move |c| c.classes & set != 0)
        };
        let after = self
            .cues
            .iter()
            .enumerate()
            .skip(i + 1)
            .take_while(|(_, c)| c.clause == talk.clause && c.at - talk.at <= 8)
            .find(|(_, c)| c.classes & roles.governor != 0);
        let left = before(roles.governor, i);
        let (governor, place, side) = match (left, after) {
            (Some(cue), _) => (lowest(cue.classes & roles.governor), self.position(cue.at), 1),
            (None, Some((j, cue))) => (lowest(cue.classes & roles.governor), j, 0),
            (None, None) => (0, i, 1),
        };
        let upto = place.max(i);
        let negations = self
            .cues
            .iter()
            .take(upto)
            .rev()
            .take_while(|c| c.clause == talk.clause)
            .filter(|c| c.classes & roles.negation != 0)
            .count();
        let negated = (negations % 2) as u64;
        let nearest = |set: CueSet| before(set, place.min(i)).map_or(0, |c| lowest(c.classes & set));
        let (tense, subject) = (nearest(roles.tense), nearest(roles.subject));
        let sentence = || self.cues.iter().filter(|c| c.sentence == talk.sentence);
        let condition = sentence()
            .find(|c| c.classes & roles.condition != 0)
            .map_or(0, |c| if c.at < talk.at { 1 } else { 2 });
        let required = u64::from(sentence().any(|c| c.classes & roles.requirement != 0));
        let said = u64::from(sentence().any(|c| c.at < talk.at && c.classes & roles.say != 0));
        let channel = sentence().fold(0, |set, c| set | u64::from(c.classes & roles.channel));
        let word = lowest_of(u64::from(talk.classes & roles.talk));
        let g = ("governor", governor);
        let n = ("negated", negated);
        let (t, s) = (("tense", tense), ("subject", subject));
        let c = ("condition?", condition);
        for parts in [
            &[("", word), g, ("side", side)][..],
            &[g, n, ("side", side)],
            &[g, n, t],
            &[g, n, s],
            &[g, n, c],
            &[n, t, s],
            &[g, n, t, s],
            &[g, n, t, c],
            &[s, c, ("required?", required)],
            &[g, n, c, ("required?", required)],
            &[g, n, ("said?", said), s],
            &[g, n, ("channel", channel)],
        ] {
            self.term(parts, sink);
        }
    }

    /// The index among the cues of the one at unit `at`.
    fn position(&self, at: usize) -> usize {
        self.cues.partition_point(|c| c.at < at)
    }
}

fn yes(value: u64) -> &'static str {
    match value {
        0 => "no",
        1 => "yes",
        _ => "later",
    }
}

/// The classes of a set, one by one.
fn bits(set: CueSet) -> impl Iterator<Item = u64> {
    (0..32).filter(move |bit| set & (1 << bit) != 0).map(|bit| 1 << bit)
}

/// The class of a set that stands first in the table.
fn lowest(set: CueSet) -> u64 {
    lowest_of(u64::from(set))
}

fn lowest_of(set: u64) -> u64 {
    set & set.wrapping_neg()
}
