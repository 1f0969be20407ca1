//! The features of frames: which questions are asked together, of every frame, of the main one, and of the text.

use super::context::Emit;
use super::facet::{Answers, Facet, Reads};
use super::key::join;
use super::reading::Unit;

use Facet::{
    After, Aside, Assembly, Before, Blame, Bystander, Channel, Connective, Contrasted, Demanded, Domestic,
    Governor, Holder, Negated, Nominal, Object, Order, Outer, Place, Polarity, Relative, Required, Sayer,
    Side, Stance, Subject, Talk, Tense, Time, Unbound, Voice, Year,
};

/// Questions asked together of every frame.
const FRAME: &[&[Facet]] = &[
    &[Talk, Governor, Side],
    &[Governor, Negated, Side],
    &[Governor, Negated, Tense],
    &[Governor, Negated, Subject],
    &[Governor, Outer],
    &[Governor, Nominal, Negated],
    &[Governor, Voice],
    &[Governor, Outer, Polarity],
    &[Negated, Tense, Subject],
    &[Governor, Negated, Tense, Subject],
    &[Governor, Polarity, Connective, Place],
    &[Talk, Before],
    &[Talk, After],
    &[Before, After],
    &[After, Governor],
    &[Before, Governor],
    &[Subject, Tense],
    &[Outer, Subject, Object],
    &[Sayer, Subject],
];

/// Questions asked together of every frame about what it amounts to.
const STANCE: &[&[Facet]] = &[
    &[Stance],
    &[Stance, Talk],
    &[Stance, Holder],
    &[Stance, Tense],
    &[Stance, Holder, Tense],
    &[Stance, Side],
    &[Stance, Polarity],
    &[Stance, Connective, Place],
    &[Stance, Holder, Connective, Place],
    &[Stance, Required],
    &[Stance, Unbound],
    &[Stance, Demanded],
    &[Stance, Demanded, Connective, Place],
    &[Stance, Sayer],
    &[Stance, Sayer, Holder],
    &[Stance, Holder, Voice],
    &[Stance, Order],
    &[Stance, Contrasted],
    &[Stance, Time],
    &[Stance, Channel],
    &[Stance, Before],
    &[Stance, Voice],
    &[Stance, Voice, Subject],
    &[Stance, Voice, Tense],
    &[Stance, Voice, Connective],
    &[Stance, Nominal],
    &[Stance, Nominal, Before],
    &[Stance, Relative],
    &[Stance, Blame],
    &[Stance, Assembly],
    &[Stance, Domestic],
    &[Stance, Year],
    &[Stance, Object],
    &[Stance, Aside],
    &[Stance, Bystander],
    &[Stance, After],
    &[Stance, Subject, Object],
];

/// Questions asked together of the main frame.
const MAIN: &[&[Facet]] = &[
    &[Stance],
    &[Stance, Talk],
    &[Stance, Holder],
    &[Stance, Tense],
    &[Stance, Holder, Tense],
    &[Stance, Connective],
    &[Stance, Connective, Place],
    &[Stance, Connective, Required],
    &[Stance, Required],
    &[Stance, Unbound],
    &[Stance, Sayer, Holder],
    &[Stance, Governor, Outer],
    &[Stance, Voice],
    &[Stance, Voice, Holder],
    &[Stance, Voice, Connective, Place],
    &[Stance, Nominal, Tense],
    &[Stance, Blame],
    &[Stance, Assembly],
    &[Stance, Domestic],
    &[Stance, Aside],
    &[Stance, Bystander],
];

/// Questions asked together of a predicate in a clause without a word of talking.
const LOOSE: &[&[Facet]] = &[
    &[Stance],
    &[Stance, Holder],
    &[Stance, Tense],
    &[Stance, Voice],
    &[Stance, Connective, Place],
    &[Governor, Negated, Tense],
];

/// Keys of the kinds, apart from all others.
const EVERY: u64 = 0x66_7261;
const MAINLY: u64 = 0x6d_6169;
const PAIR: u64 = 0x74_7769;
const ALONE: u64 = 0x61_6c6f;
const WHOLE: u64 = 0x77_686f;
const OBJECT: u64 = 0x6f_626a;

/// Words after a word of talking that say with whom and about what.
const COMPLEMENT: usize = 6;

/// The features of the frames themselves.
pub(super) fn frames(found: &[Answers], classes: &[String], emit: &mut Emit<'_>) {
    for answers in found {
        ask(answers, FRAME, EVERY, "", classes, emit);
    }
}

/// The features of what the frames amount to.
pub(super) fn stances(found: &[Answers], classes: &[String], emit: &mut Emit<'_>) {
    for answers in found {
        ask(answers, STANCE, EVERY, "", classes, emit);
    }
    for (left, right) in found.iter().zip(found.iter().skip(1)) {
        let but = u64::from(right.get(Contrasted));
        let pair = u64::from(left.get(Stance)) << 8 | u64::from(right.get(Stance)) << 1 | but;
        emit(join(PAIR, pair), &|| {
            let but = if but == 1 { "but then" } else { "then" };
            format!("[{}, {but} {}]", left.say(&[Stance], classes), right.say(&[Stance], classes))
        });
    }
    if let Some(main) = main_frame(found) {
        ask(main, MAIN, MAINLY, "main: ", classes, emit);
    }
    let set = found.iter().fold(0_u64, |set, f| set | 1 << f.get(Stance));
    emit(join(WHOLE, set), &|| {
        let mut seen: Vec<String> = found.iter().map(|f| f.say(&[Stance], classes)).collect();
        seen.sort_unstable();
        seen.dedup();
        format!("[all: {}]", seen.join(", "))
    });
    let many = found.len().min(4) as u64;
    emit(join(WHOLE, 1 << 32 | many), &|| format!("[{many} words of talking]"));
}

/// What the talks are about and with whom, under what their frame amounts to: "refusing: press".
///
/// `talks` are the places of the words of talking of the frames in `units`, `shown` says a word.
pub(super) fn complements<'a>(
    found: &[Answers],
    talks: &[usize],
    units: &[Unit],
    shown: impl Fn(&Unit) -> &'a str,
    emit: &mut Emit<'_>,
) {
    for (frame, &at) in found.iter().zip(talks) {
        let clause = units.get(at).map(|u| u.clause);
        let behind = units.iter().skip(at + 1).take(COMPLEMENT).take_while(|u| Some(u.clause) == clause);
        for unit in behind {
            let key = join(join(OBJECT, u64::from(frame.get(Stance))), unit.key);
            emit(key, &|| format!("[{}: {}]", frame.say(&[Stance], &[]), shown(unit)));
        }
    }
}

/// The features of predicates without a word of talking.
pub(super) fn loose(found: &[Answers], classes: &[String], emit: &mut Emit<'_>) {
    for answers in found {
        ask(answers, LOOSE, ALONE, "elsewhere: ", classes, emit);
    }
}

fn ask(
    a: &Answers,
    questions: &[&[Facet]],
    kind: u64,
    before: &str,
    classes: &[String],
    emit: &mut Emit<'_>,
) {
    for facets in questions {
        if facets.iter().any(|&f| f.is_optional() && a.get(f) == 0) {
            continue;
        }
        emit(a.key(kind, facets), &|| format!("[{before}{}]", a.say(facets, classes)));
    }
}

/// The frame that the text comes down to: the last that bears a stance of its own and is not inside a condition,
/// else the last.
pub(super) fn main_frame(found: &[Answers]) -> Option<&Answers> {
    let bears = |f: &&Answers| {
        let stance = f.get(Stance);
        let idle = [Reads::Mentioned, Reads::Happened, Reads::Claimed, Reads::Mediated, Reads::Undecided];
        idle.iter().all(|&i| stance != i as u8) && f.get(Place) != 2
    };
    found.iter().rev().find(bears).or_else(|| found.last())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(stance: Reads, place: u8) -> Answers {
        let mut answers = Answers::default();
        answers.set(Stance, stance as u8);
        answers.set(Place, place);
        answers
    }

    #[test]
    fn the_main_frame_is_the_last_with_a_stance_outside_conditions() {
        let (willing, mentioned) = (frame(Reads::Willing, 0), frame(Reads::Mentioned, 0));
        let inside = frame(Reads::Refusing, 2);
        assert_eq!(main_frame(&[willing, mentioned, inside]), Some(&willing));
        assert_eq!(main_frame(&[mentioned, inside]), Some(&inside));
        assert_eq!(main_frame(&[]), None);
    }
}
