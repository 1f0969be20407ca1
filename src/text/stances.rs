//! The features of frames: what the main one amounts to, and the words behind every word of talking.

use super::context::Emit;
use super::facet::{Facet, Frame};
use super::key::join;
use super::unit::Unit;

/// Keys of the kinds, apart from all others.
const MAIN: u64 = 0x6d_6169;
const OBJECT: u64 = 0x6f_626a;

/// Words after a word of talking that say with whom and about what.
const COMPLEMENT: usize = 6;

/// What the main frame amounts to, alone and with each facet.
pub(super) fn main_stance(found: &[Frame], classes: &[String], emit: &mut Emit<'_>) {
    let Some(main) = main_frame(found) else { return };
    let stance = join(MAIN, u64::from(main.stance as u8));
    emit(stance, &|| format!("[main: {}]", main.stance.name()));
    for facet in Facet::ALL {
        let answer = u64::from(facet as u8) << 8 | u64::from(main.get(facet));
        emit(join(stance, answer), &|| {
            format!("[main: {}, {}]", main.stance.name(), main.say(facet, classes))
        });
    }
}

/// What the talks are about and with whom, under what their frame amounts to: "refusing: press".
///
/// `talks` are the places of the words of talking of the frames in `units`, `shown` says a word.
pub(super) fn complements<'a>(
    found: &[Frame],
    talks: &[usize],
    units: &[Unit],
    shown: impl Fn(&Unit) -> &'a str,
    emit: &mut Emit<'_>,
) {
    for (frame, &at) in found.iter().zip(talks) {
        let clause = units.get(at).map(|u| u.clause);
        let behind = units.iter().skip(at + 1).take(COMPLEMENT).take_while(|u| Some(u.clause) == clause);
        let stance = join(OBJECT, u64::from(frame.stance as u8));
        for unit in behind {
            emit(join(stance, unit.key), &|| format!("[{}: {}]", frame.stance.name(), shown(unit)));
        }
    }
}

/// The frame that the text comes down to: the last that bears a stance of its own and is not inside a condition,
/// else the last.
fn main_frame(found: &[Frame]) -> Option<&Frame> {
    let bears = |f: &&Frame| f.stance.is_somebodys() && !f.conditional;
    found.iter().rev().find(bears).or_else(|| found.last())
}

#[cfg(test)]
mod tests {
    use super::super::cues::Cues;
    use super::super::facet::{Holder, Reads, Voice};
    use super::super::lexicon::Lexicon;
    use super::super::reading::Reading;
    use super::super::stem::EnglishStemmer;
    use super::*;

    fn frame(stance: Reads, conditional: bool) -> Frame {
        let (holder, voice) = (Holder::Party, Voice::Narrated);
        Frame { stance, holder, tense: 0, connective: 0, conditional, voice }
    }

    #[test]
    fn the_main_frame_is_the_last_with_a_stance_outside_conditions() {
        let (willing, inside) = (frame(Reads::Willing, false), frame(Reads::Refusing, true));
        for stance in [Reads::Mentioned, Reads::Happened, Reads::Claimed, Reads::Mediated, Reads::Undecided] {
            let idle = frame(stance, false);
            assert_eq!(main_frame(&[willing, idle, inside]), Some(&willing), "{stance:?}");
            assert_eq!(main_frame(&[idle, inside]), Some(&inside), "{stance:?}");
        }
        assert_eq!(main_frame(&[]), None);
    }

    #[test]
    fn the_main_stance_is_said_alone_and_with_each_facet() {
        let (mut said, mut keys) = (Vec::new(), Vec::new());
        for stance in [Reads::Refusing, Reads::Willing] {
            main_stance(&[frame(stance, false)], &[], &mut |key, name| {
                keys.push(key);
                said.push(name());
            });
        }
        let rest = ["", ", holder party", ", tense none", ", connective none", ", voice narrated"];
        let expect = ["refusing", "willing"].map(|stance| rest.map(|rest| format!("[main: {stance}{rest}]")));
        assert_eq!(said, expect.concat());
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), said.len());
    }

    #[test]
    fn the_words_behind_talks_are_said_under_their_stance() {
        let stemmer = EnglishStemmer::new();
        let cues = Cues::english();
        let mut lexicon = Lexicon::new(Some(&stemmer), &cues, None);
        let mut reading = Reading::default();
        reading.read("talks with the press about the price of bread, soup", &mut lexicon, true, Some(&cues));
        let shown = |unit: &Unit| lexicon.stem(unit.word);
        let mut said = Vec::new();
        let frames = [frame(Reads::Refusing, false)];
        complements(&frames, &[0], &reading.units, shown, &mut |_, name| said.push(name()));
        let words = ["with", "the", "press", "about", "the", "price"];
        assert_eq!(said, words.map(|word| format!("[refusing: {word}]")));
        said.clear();
        complements(&frames, &[6], &reading.units, shown, &mut |_, name| said.push(name()));
        assert_eq!(said, ["[refusing: of]", "[refusing: bread]"]);
    }
}
