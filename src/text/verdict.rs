//! What a frame amounts to: its predicates, polarity and tense taken together.

use super::chain::Chain;
use super::cues::CueSet;
use super::facet::{Answers, Facet, PLUPERFECT, Reads, SIMPLE_PAST, Voice};
use super::frame::Frames;

impl Frames<'_> {
    /// What the frame amounts to.
    pub(super) fn reads(&self, chain: &Chain, answers: &Answers) -> Reads {
        let (roles, classes) = (self.roles, chain.classes());
        let has = |set: CueSet| classes & set != 0;
        let against = answers.get(Facet::Polarity) == 2;
        match () {
            () if has(roles.mediate) => Reads::Mediated,
            () if has(roles.undecided) && !has(roles.ready) => Reads::Undecided,
            () if has(roles.think) => Reads::Claimed,
            () if has(roles.urge) => Reads::Urged,
            () if has(roles.breaking) && against => Reads::Broken,
            () if has(roles.adverse) && against => Reads::Refusing,
            () if has(roles.adverse) => Reads::Willing,
            () if has(roles.happen) => self.held(answers, against),
            () if against && has(roles.plan) => Reads::Undecided,
            () if against && has(roles.ready) => Reads::Refusing,
            () if against => self.denied(answers),
            () if has(roles.hope) => Reads::Hoped,
            () if has(roles.plan) => Reads::Planned,
            () if has(roles.favourable & !roles.enter) => Reads::Willing,
            () => self.bare(answers),
        }
    }

    /// Talks that take place: they are planned or ruled out as long as they are to come.
    fn held(&self, answers: &Answers, against: bool) -> Reads {
        let tense = answers.get(Facet::Tense);
        if tense != self.roles.future_tense && tense != self.roles.would_tense {
            Reads::Happened
        } else if against {
            Reads::Refusing
        } else {
            Reads::Planned
        }
    }

    /// A negation without an adverse predicate: of what has not happened, or of what shall not.
    fn denied(&self, answers: &Answers) -> Reads {
        if self.is_over(answers) { Reads::Happened } else { Reads::Refusing }
    }

    /// No predicate: the tense says what there is to say.
    fn bare(&self, answers: &Answers) -> Reads {
        let roles = self.roles;
        match answers.get(Facet::Tense) {
            t if t == roles.future_tense || t == roles.would_tense && is_reported(answers) => Reads::Planned,
            t if t == roles.should_tense => Reads::Obliged,
            t if t == roles.can_tense || t == roles.would_tense => Reads::Possible,
            _ if self.is_over(answers) => Reads::Happened,
            _ => Reads::Mentioned,
        }
    }

    /// True if the tense is of the past. Reported words are moved one step back ("she said it was"), so that "was"
    /// tells of the present there.
    fn is_over(&self, answers: &Answers) -> bool {
        let roles = self.roles;
        match answers.get(Facet::Tense) {
            t if t == roles.past_tense => !is_reported(answers),
            t => t == roles.perfect_tense || t == SIMPLE_PAST || t == PLUPERFECT,
        }
    }
}

/// True if the frame is in words that somebody is said to have said.
fn is_reported(answers: &Answers) -> bool {
    let reported = [Voice::Sayer, Voice::OwnReported, Voice::Reported, Voice::OtherReported];
    reported.iter().any(|&v| answers.get(Facet::Voice) == v as u8)
}
