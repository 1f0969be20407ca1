//! What stands how near to which word of talking: runs of cue classes, and classes beside words of talking.

use super::cues::{CueSet, class, lowest};
use super::key::join;
use super::roles::Roles;
use super::unit::Unit;

/// Takes a term's key and its name, which is called only where somebody reads it.
pub(super) type Emit<'a> = dyn FnMut(u64, &dyn Fn() -> String) + 'a;

/// A word with a cue class.
#[derive(Clone, Copy, Debug)]
struct Cue {
    at: usize,
    classes: CueSet,
    clause: u32,
    sentence: u32,
}

/// The cues of one text. The buffer is reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Context {
    cues: Vec<Cue>,
}

/// Words this far from a word of talking no longer belong to it.
const REACH: usize = 12;

/// Keys of runs and of neighbours, apart from all others.
const RUN: u64 = 0x72_756e;
const BESIDE: u64 = 0x62_6573;
const FORMS: u64 = 0x66_6f72;

/// Forms of talks that one text is read for.
const MOST_FORMS: usize = 3;

impl Context {
    /// Collects the cues of a text.
    pub(super) fn read(&mut self, units: &[Unit]) {
        self.cues.clear();
        self.cues.extend(units.iter().enumerate().filter(|(_, u)| u.classes != 0).map(|(at, u)| Cue {
            at,
            classes: u.classes,
            clause: u.clause,
            sentence: u.sentence,
        }));
    }

    /// Runs of two and three classes in one sentence.
    pub(super) fn sequences(&self, names: &[String], emit: &mut Emit<'_>) {
        let mut run = |classes: &[u8]| {
            let key = classes.iter().fold(RUN, |k, &c| join(k, u64::from(c)));
            emit(key, &|| {
                let said: Vec<&str> = classes.iter().map(|&c| name(names, c)).collect();
                format!("[{}]", said.join(" → "))
            });
        };
        for (i, cue) in self.cues.iter().enumerate() {
            let Some(next) = self.cues.get(i + 1).filter(|n| n.sentence == cue.sentence) else { continue };
            for left in bits(cue.classes) {
                bits(next.classes).for_each(|right| run(&[left, right]));
            }
            if let Some(third) = self.cues.get(i + 2).filter(|n| n.sentence == cue.sentence) {
                run(&[cue.classes, next.classes, third.classes].map(|c| class(lowest(c))));
            }
        }
    }

    /// Each class within reach of a word of talking, with side and distance.
    pub(super) fn skips(&self, roles: &Roles, names: &[String], emit: &mut Emit<'_>) {
        for (i, talk) in self.cues.iter().enumerate().filter(|(_, c)| c.classes & roles.talk != 0) {
            let word = class(lowest(talk.classes & roles.talk));
            for (before, cue) in self.around(i) {
                let near = match cue.at.abs_diff(talk.at) {
                    0..=2 => "beside",
                    3..=5 => "near",
                    _ => "far",
                };
                let clause = if cue.clause == talk.clause { "same clause" } else { "other clause" };
                for (which, how) in [near, clause].into_iter().enumerate() {
                    for c in bits(cue.classes) {
                        let place = u64::from(before) << 8 | (which as u64) << 4 | how.len() as u64;
                        let key = join(join(join(BESIDE, place), u64::from(c)), u64::from(word));
                        emit(key, &|| {
                            let side = if before { "before" } else { "after" };
                            format!("[{} {side} {}, {how}]", name(names, c), name(names, word))
                        });
                    }
                }
            }
        }
    }

    /// Which forms of talks the text names, in order, each alone or behind a contrast or an "only"; and whether
    /// predicates for and against anything stand around. That one form is refused and the other is not makes a
    /// condition of the form.
    pub(super) fn forms(&self, roles: &Roles, names: &[String], emit: &mut Emit<'_>) {
        let (mut key, mut forms, mut turned) = (FORMS, Vec::new(), false);
        for cue in &self.cues {
            turned |= cue.classes & (roles.contrast | roles.only) != 0;
            if cue.classes & roles.channel != 0 && forms.len() < MOST_FORMS {
                let form = class(lowest(cue.classes & roles.channel));
                if forms.last() != Some(&(form, turned)) {
                    key = join(join(key, u64::from(form)), u64::from(turned));
                    forms.push((form, turned));
                }
            }
        }
        if forms.is_empty() {
            return;
        }
        let said = || {
            let form =
                |&(c, turned): &(u8, bool)| format!("{}{}", if turned { "but " } else { "" }, name(names, c));
            forms.iter().map(form).collect::<Vec<_>>().join(", ")
        };
        let any = |set: CueSet| self.cues.iter().any(|c| c.classes & set != 0);
        let (against, for_it) = (any(roles.adverse | roles.negation), any(roles.favourable));
        emit(key, &|| format!("[forms: {}]", said()));
        let around = u64::from(against) << 1 | u64::from(for_it);
        emit(join(key, around), &|| {
            let yes = |b: bool| if b { "yes" } else { "no" };
            format!("[forms: {}; against {}, for {}]", said(), yes(against), yes(for_it))
        });
    }

    /// The cues within reach of cue `i` in its sentence, and whether they stand before it.
    fn around(&self, i: usize) -> impl Iterator<Item = (bool, &Cue)> {
        let center = self.cues.get(i).copied();
        let first = i.saturating_sub(REACH);
        self.cues.iter().enumerate().skip(first).take(2 * REACH + 1).filter_map(move |(j, cue)| {
            let center = center?;
            let near = j != i && cue.sentence == center.sentence && cue.at.abs_diff(center.at) <= REACH;
            near.then_some((j < i, cue))
        })
    }
}

/// The name of class number `c` − 1.
fn name(names: &[String], c: u8) -> &str {
    usize::from(c).checked_sub(1).and_then(|i| names.get(i)).map_or("name", String::as_str)
}

/// The numbers, plus 1, of the classes of a set.
fn bits(mut set: CueSet) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let low = lowest(set);
        set &= !low;
        (low != 0).then(|| class(low))
    })
}

#[cfg(test)]
mod tests {
    use super::super::cues::Cues;
    use super::super::lexicon::Lexicon;
    use super::super::reading::Reading;
    use super::super::stem::EnglishStemmer;
    use super::*;

    #[test]
    fn neighbours_and_runs_are_said_in_words() {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english();
        let roles = Roles::new(&cues);
        let mut lexicon = Lexicon::new(Some(&stemmer), &cues, None);
        let (mut reading, mut context) = (Reading::default(), Context::default());
        reading.read("rebels refused new negotiations", &mut lexicon, true, Some(&cues));
        context.read(&reading.units);
        let mut said = Vec::new();
        context.sequences(cues.names(), &mut |_, name| said.push(name()));
        context.skips(&roles, cues.names(), &mut |_, name| said.push(name()));
        for term in [
            "[body → refuse]",
            "[body → refuse → talk]",
            "[refuse before talk, beside]",
            "[refuse before talk, same clause]",
        ] {
            assert!(said.iter().any(|s| s == term), "{term} in {said:?}");
        }
    }
}
