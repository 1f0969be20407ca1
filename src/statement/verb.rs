//! The verb around a cue: its auxiliaries, and whether the word is a verb at all.

use super::clause::Clause;
use super::lexicon::{class, form};
use super::token::{Mark, Token};

/// A verb of saying with its auxiliaries.
pub(super) struct Verb {
    /// The first auxiliary, adverb or negation.
    pub(super) start: usize,
    /// The form has no subject of its own.
    pub(super) participle: bool,
}

/// Cues that are nouns as often as verbs.
const AMBIGUOUS: [&str; 24] = [
    "state", "report", "claim", "point", "remark", "question", "joke", "request", "estimate", "forecast",
    "post", "blog", "tweet", "promise", "demand", "pledge", "stress", "text", "brief", "counsel", "view",
    "voice", "detail", "call",
];

/// What stands before a cue and belongs to it.
struct Group {
    start: usize,
    /// A form of "be" is among it.
    be: bool,
    auxiliary: bool,
}

impl Clause<'_> {
    /// The finite verb or participle around the cue at `i`, if it is one.
    pub(super) fn verb(&self, i: usize) -> Option<Verb> {
        let token = self.token(i)?;
        let forms = token.entry.cue?.forms;
        if token.capital && i > 0 && self.quote(i - 1).is_none() && self.mark(i - 1) != Some(Mark::Stop) {
            return None;
        }
        let Group { start, be, auxiliary } = self.group(i);
        let passive = be && forms & form::PARTICIPLE != 0;
        // "have claims in the sea".
        if passive || auxiliary && forms == form::THIRD {
            return None;
        }
        let before = start.checked_sub(1);
        if before.is_some_and(|b| self.word(b).eq_ignore_ascii_case("to")) {
            return self.chained(start - 1);
        }
        // "Dahl, having warned that", but "he was named as having warned".
        if let Some(having) = before.filter(|&b| self.word(b).eq_ignore_ascii_case("having")) {
            return self.participle(i, having).filter(|_| having == 0 || self.word(having - 1) != "as");
        }
        if let Some(keeps) = before.filter(|&b| matches!(self.word(b), "keeps" | "kept" | "keep")) {
            return (forms & form::ING != 0).then_some(Verb { start: keeps, participle: false });
        }
        if forms & form::ING != 0 && !be {
            return self.participle(i, start);
        }
        let no_verb = || {
            let past = forms & form::PAST != 0;
            before.is_some_and(|b| self.makes_noun(b, i, forms))
                || !past && self.reads_as_noun(i, forms)
                || past && self.describes(i, before)
        };
        (auxiliary || !no_verb()).then_some(Verb { start, participle: false })
    }

    /// The auxiliaries, adverbs and negations right before the cue at `i`.
    fn group(&self, i: usize) -> Group {
        let mut group = Group { start: i, be: false, auxiliary: false };
        while i - group.start < 6 {
            let Some(before) = group.start.checked_sub(1) else { break };
            if !self.in_verb_group(before) {
                let Some(time) = self.time_before(group.start) else { break };
                group.start = time;
                continue;
            }
            group.start = before;
            group.auxiliary |= self.is(before, class::AUXILIARY);
            group.be |= self.is(before, class::BE);
        }
        group
    }

    /// True if the word at `b` makes a noun of the cue at `i` behind it: "the claim", "of claims", "their claims".
    fn makes_noun(&self, b: usize, i: usize, forms: u8) -> bool {
        // "Some said", "another said".
        let finite = forms & (form::PAST | form::THIRD) != 0 || self.word(i) == "say";
        let parenthesis = self.word(i) == "say" && self.is(i + 1, class::PREPOSITION | class::SUBORDINATOR);
        let pronoun = self.is(b, class::PERSON) && finite && !parenthesis;
        self.is(b, class::DETERMINER) && !pronoun
            || self.is(b, class::PREPOSITION)
            || self.token(b).is_some_and(|t| t.possessive)
    }

    /// True if the past form at `i` describes the word at `before`: "claims made by", "people accused of".
    fn describes(&self, i: usize, before: Option<usize>) -> bool {
        let means =
            matches!(self.word(i + 2), "phone" | "telephone" | "email" | "e-mail" | "text" | "letter");
        let by = self.word(i + 1) == "by" && !means;
        // "people accused of murder".
        let of = self.word(i) == "accused" && self.word(i + 1) == "of";
        // "the deal agreed on late last year".
        let thing = before.is_some_and(|b| {
            matches!(self.word(b), "deal" | "truce" | "accord" | "agreement" | "terms" | "plan" | "ceasefire")
        });
        by || of || thing && self.word(i) == "agreed"
    }

    /// The beginning of a phrase of time that ends before `end`, between the subject and its verb: "on Monday", "last week",
    /// "on May 9". A month alone may be a name.
    pub(super) fn time_before(&self, end: usize) -> Option<usize> {
        // "on Thursday, July 5, said".
        let comma = |back: usize| end.checked_sub(back).is_some_and(|i| self.mark(i) == Some(Mark::Comma));
        if comma(1) && comma(4) && self.mark(end - 2) == Some(Mark::Number) && self.is(end - 3, class::TIME) {
            return self.time_before(end - 4);
        }
        let mut start = end.checked_sub(1)?;
        let dated = self.mark(start) == Some(Mark::Number);
        start -= usize::from(dated && start > 0);
        let before = start.checked_sub(1).map_or("", |before| self.word(before));
        let ago = match self.word(start) {
            "weeks" | "months" | "days" | "years" => before == "recent",
            "day" => matches!(before, "that" | "same" | "this"),
            _ => self.is(start, class::TIME),
        };
        if !ago {
            return None;
        }
        let named = self.token(start)?.capital && !self.word(start).ends_with("day");
        while start > 1
            && (self.is(start - 1, class::TIME) || matches!(self.word(start - 1), "recent" | "that" | "same"))
        {
            start -= 1;
        }
        let led = start > 1 && matches!(self.word(start - 1), "on" | "in" | "this" | "late" | "early");
        start -= usize::from(led);
        (start > 0 && (dated || led || !named)).then_some(start)
    }

    pub(super) fn in_verb_group(&self, index: usize) -> bool {
        const GROUP: u32 = class::AUXILIARY | class::NEGATION | class::ADVERB;
        // "Reilly" ends like an adverb.
        let name = self.token(index).is_some_and(|t| t.capital) && self.word(index).ends_with("ly");
        !name && self.is(index, GROUP) && !self.is(index, class::PRONOUN | class::DETERMINER)
            || matches!(self.word(index), "all" | "both" | "each")
    }

    pub(super) fn participle(&self, i: usize, start: usize) -> Option<Verb> {
        let free = match start.checked_sub(1) {
            None => true,
            Some(b) => {
                matches!(self.mark(b), Some(Mark::Comma | Mark::Dash | Mark::Quote(_)))
                    || self.is(b, class::COORDINATOR | class::SUBORDINATOR)
                    || matches!(self.word(b), "by" | "despite")
                    || self.word(i) == "saying" && !matches!(self.word(b), "without" | "of" | "not")
                    // "sent a letter on Friday stating that".
                    || self.word(i + 1) == "that" && self.is(b, class::TIME | class::DOCUMENT)
            }
        };
        // "with one aide adding that", but "with softer words calling for".
        let speaks = class::DETERMINER | class::ROLE | class::ORGANISATION | class::TITLE | class::PERSON;
        let known = |k: usize| self.is(k, speaks) || self.token(k).is_some_and(|t| t.capital);
        let own = || self.absolute_subject(start).is_some_and(|mut own| own.any(known));
        (free || own()).then_some(Verb { start, participle: true })
    }

    /// "went on to say", "continued to argue": the verb before "to" has the subject.
    pub(super) fn chained(&self, to: usize) -> Option<Verb> {
        let last = to.checked_sub(1)?;
        let chain = match self.word(last) {
            "on" => last
                .checked_sub(1)
                .filter(|&go| matches!(self.word(go), "went" | "go" | "goes" | "going" | "gone"))?,
            "continued" | "continues" | "continue" | "began" | "begins" | "used" | "refused" | "appeared"
            | "appears" | "seemed" | "proceeded" => last,
            _ => return None,
        };
        let mut start = chain;
        while start > 0 && self.is(start - 1, class::AUXILIARY | class::ADVERB) {
            start -= 1;
        }
        Some(Verb { start, participle: self.word(chain) == "going" })
    }

    /// The words before token `i` that may be of its phrase, from the last to the first.
    fn before_in_phrase(&self, i: usize) -> impl Iterator<Item = &Token> {
        const OUTSIDE: u32 = class::PREPOSITION | class::AUXILIARY | class::COMPLEMENT;
        let before = self.tokens.get(..i).unwrap_or_default().iter().rev();
        before.take(6).take_while(|t| t.is_word() && !t.is(OUTSIDE))
    }

    /// "a strong signal": no verb of one has this form.
    fn is_single(&self, token: &Token) -> bool {
        matches!(token.span.of(self.text), "a" | "an" | "A" | "An" | "another" | "every")
    }

    /// "claims", "report", "calls" between nouns.
    pub(super) fn reads_as_noun(&self, i: usize, forms: u8) -> bool {
        let Some(b) = i.checked_sub(1) else { return true };
        let next = self.word(i + 1);
        if i + 1 >= self.tokens.len() || self.is(i + 1, class::AUXILIARY) {
            return self.word(i) != "says";
        }
        // "renewed calls for talks".
        let told = matches!(self.word(i), "say" | "says" | "tell" | "tells");
        let acted = self.token(b).is_some_and(|t| {
            let said = t.entry.cue.is_some_and(|cue| cue.forms & form::PAST != 0);
            (t.is(class::PAST) || said) && !t.capital
        });
        if acted && !told {
            return true;
        }
        // "drawing protests".
        if self.word(b).ends_with("ing")
            && self.word(b).len() > 5
            && !self.token(b).is_some_and(|t| t.capital)
        {
            return true;
        }
        if forms & form::THIRD == 0 && self.before_in_phrase(i).any(|t| self.is_single(t)) {
            return true;
        }
        let word = self.word(i).trim_end_matches('s');
        let governed = matches!(next, "of" | "by" | "from" | "and" | "or" | "as" | "in" | "at" | "with")
            || next == "to" && word == "state";
        let subject = b - usize::from(b > 0 && self.is(b, class::ADVERB));
        let pronoun =
            self.is(subject, class::MALE | class::FEMALE | class::PLURAL) || self.word(subject) == "I";
        if AMBIGUOUS.contains(&word) && !pronoun {
            return governed || !self.tells(i, forms);
        }
        if governed && !matches!(word, "say" | "tell") {
            return true;
        }
        if forms & form::THIRD != 0 {
            return self.mark(b) == Some(Mark::Number) && !told
                || self.is(b, class::PERSON)
                    && !matches!(self.word(b), "who" | "one" | "someone" | "everyone" | "another");
        }
        let coordinated = (b.saturating_sub(8)..b).any(|k| self.word(k) == "and");
        let plural = self.word(b).ends_with('s')
            || self.is(b, class::PLURAL | class::PERSON | class::RELATIVE | class::ADVERB)
            || ["people", "men", "women", "police", "him", "her"]
                .iter()
                .any(|plural| self.word(b).eq_ignore_ascii_case(plural))
            || matches!(self.mark(b), Some(Mark::Close | Mark::Comma));
        !plural && !coordinated
    }

    /// True if the cue at `i`, a noun as often as a verb, stands as a verb does: what is said follows, and nothing before
    /// it counts or names it.
    fn tells(&self, i: usize, forms: u8) -> bool {
        let Some(b) = i.checked_sub(1) else { return false };
        let third = forms & form::THIRD != 0;
        let next = self.word(i + 1);
        let name = self.token(b).is_some_and(|t| t.capital) && third;
        // "The ministry claims the strike has cost lives".
        let clause = third
            && self.is(i + 1, class::DETERMINER)
            && (i + 2..i + 6).any(|k| self.is(k, class::AUXILIARY));
        let subject = self.is(i + 1, class::MALE | class::FEMALE | class::PLURAL) || next == "it" || clause;
        let opens =
            self.is(i + 1, class::COMPLEMENT) || self.quote_near(i + 1) || subject || name && next != "to";
        let counted = self.is(b, class::DETERMINER | class::PERSON) || self.mark(b) == Some(Mark::Number);
        // "False claims that ...": one who claims has an article or a name.
        // "The suit, filed in May, claims that".
        let parted = self.mark(b) == Some(Mark::Comma);
        let bare = third && !parted && !self.before_in_phrase(i).any(determines);
        opens && !counted && !bare
    }
}

fn determines(token: &Token) -> bool {
    token.is(class::DETERMINER | class::PRONOUN) || token.capital || token.possessive
}

/// Verbs that stand before their subject without a quotation.
pub(super) fn inverts(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "say"
            | "added"
            | "wrote"
            | "writes"
            | "reported"
            | "reports"
            | "argued"
            | "warned"
            | "noted"
            | "explained"
            | "announced"
    )
}
