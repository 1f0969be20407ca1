//! Copies of one text in a stream: every text is compared with all before it, of which only a small sketch is kept.
//!
//! A sketch estimates the resemblance |A ∩ B| / |A ∪ B| of two sets of lower-cased word 3-grams by `MinHash` (A. Z.
//! Broder, *On the resemblance and containment of documents*, 1997): one permutation cut into bins (P. Li, A. Owen and
//! C.-H. Zhang, NIPS 2012), empty bins filled from others (A. Shrivastava, ICML 2017), eight bits a bin (P. Li and A. C.
//! König, WWW 2010). Candidates share one of 21 bands of three bins: at a resemblance of r that happens with a
//! probability of 1 − (1 − r³)²¹, which is 0.94 at 0.5 and 0.9998 at 0.7.
//!
//! A kept text takes 64 bytes for its sketch, 112 to 224 for its places in the bands' tables (fullest, and after they
//! have grown), and its name with 16 bytes. Texts that are copies are not kept.

use crate::random::mix;

/// Bins of a sketch.
const BINS: usize = 64;

/// Bands, of three bins each.
const BANDS: usize = 21;

/// Equal bins of two sketches from which on the estimated resemblance is at least one half, as in A. Z. Broder, S. C.
/// Glassman, M. S. Manasse and G. Zweig, *Syntactic clustering of the Web*, 1997. Bins that differ have equal bits once
/// in 256: the estimate is (m / 64 − 1 / 256) / (1 − 1 / 256), and m = 33 is the first for which it reaches ½.
const EQUAL: usize = 33;

/// Distinct texts in a generation. The last generation and the one before are remembered.
const GENERATION: usize = 1 << 19;

/// Texts in one band that are compared with a text, at most: what bounds the time on form letters.
const COMPARED: usize = 64;

type Sketch = [u8; BINS];

/// The texts of a stream that are no copies of earlier ones.
///
/// A copy resembles an earlier text by at least one half of all word 3-grams that the two have. Texts are forgotten
/// when from 524,288 to 1,048,576 other distinct ones have come after them, so memory is bounded.
///
/// ```
/// use demarche::text::first_copies::FirstCopies;
///
/// let mut texts = FirstCopies::default();
/// let wire = "The union said on Monday that it would return to the table if the bonus is paid in full.";
/// assert_eq!(texts.first("a", wire), None);
/// assert_eq!(texts.first("b", "Ferry fares rise in spring, the company said."), None);
/// assert_eq!(texts.first("c", &format!("{wire} It gave no date.")).as_deref(), Some("a"));
/// ```
#[derive(Debug, Default)]
pub struct FirstCopies {
    generation: Option<usize>,
    earlier: Generation,
    current: Generation,
}

/// Distinct texts in the order of their coming.
#[derive(Debug, Default)]
struct Generation {
    names: Vec<Box<str>>,
    sketches: Vec<Sketch>,
    /// For each band open addressing: 1 + the number of a text whose band belongs there, 0 where free.
    tables: Vec<Vec<u32>>,
}

impl FirstCopies {
    /// The name of the earliest text that `text` is a copy of, the most alike of several; if there is none, `text` is
    /// kept under `name`. A text without words is no copy of any.
    pub fn first(&mut self, name: &str, text: &str) -> Option<String> {
        let sketch = sketch(text)?;
        let found = [&self.earlier, &self.current].map(|generation| generation.most_alike(&sketch));
        let best = match found {
            [Some(old), Some(new)] if new.0 > old.0 => Some(new),
            [Some(old), _] => Some(old),
            [None, new] => new,
        };
        if let Some((_, name)) = best {
            return Some(name.to_owned());
        }
        if self.current.names.len() >= self.generation.unwrap_or(GENERATION) {
            self.earlier = std::mem::take(&mut self.current);
        }
        self.current.keep(name, sketch);
        None
    }

    #[cfg(test)]
    fn of_generation(size: usize) -> Self {
        Self { generation: Some(size), ..Self::default() }
    }
}

impl Generation {
    /// The most equal bins of an earlier text, and its name; none if no text has enough of them.
    fn most_alike(&self, sketch: &Sketch) -> Option<(usize, &str)> {
        let mut best: Option<(usize, u32)> = None;
        for (band, table) in self.tables.iter().enumerate() {
            let key = key_of(sketch, band);
            for number in Probe::new(table, key) {
                let Some(other) = self.sketches.get(number as usize) else { continue };
                if key_of(other, band) != key {
                    continue;
                }
                let equal = sketch.iter().zip(other).filter(|(a, b)| a == b).count();
                if equal >= EQUAL && best.is_none_or(|(most, at)| (equal, at) > (most, number)) {
                    best = Some((equal, number));
                }
            }
        }
        best.and_then(|(equal, number)| Some((equal, &**self.names.get(number as usize)?)))
    }

    fn keep(&mut self, name: &str, sketch: Sketch) {
        self.names.push(name.into());
        self.sketches.push(sketch);
        // At most three quarters of the slots are taken.
        if self.names.len() * 4 > self.tables.first().map_or(0, Vec::len) * 3 {
            let size = (self.names.len() * 2).next_power_of_two().max(64);
            self.tables = vec![vec![0; size]; BANDS];
            for number in 0..self.sketches.len() {
                self.enter(number);
            }
        } else {
            self.enter(self.sketches.len() - 1);
        }
    }

    fn enter(&mut self, number: usize) {
        let Some(sketch) = self.sketches.get(number) else { return };
        let entry = u32::try_from(number + 1).unwrap_or(u32::MAX);
        for (band, table) in self.tables.iter_mut().enumerate() {
            let key = key_of(sketch, band);
            if let Some(free) = Probe::new(table, key).free()
                && let Some(slot) = table.get_mut(free)
            {
                *slot = entry;
            }
        }
    }
}

/// The texts that stand where a key belongs.
struct Probe<'a> {
    table: &'a [u32],
    slot: usize,
    left: usize,
}

impl<'a> Probe<'a> {
    fn new(table: &'a [u32], key: u64) -> Self {
        Self { table, slot: mix(key) as usize & table.len().wrapping_sub(1), left: COMPARED }
    }

    /// The first free slot; none if too many texts stand before it.
    fn free(mut self) -> Option<usize> {
        while self.next().is_some() {}
        (self.left > 0).then_some(self.slot)
    }
}

impl Iterator for Probe<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let entry = self.table.get(self.slot).copied().filter(|entry| *entry > 0)?;
        self.left = self.left.checked_sub(1)?;
        self.slot = (self.slot + 1) & (self.table.len() - 1);
        Some(entry - 1)
    }
}

/// The three bins of a band.
fn key_of(sketch: &Sketch, band: usize) -> u64 {
    let bins = sketch.get(band * 3..band * 3 + 3).unwrap_or_default();
    bins.iter().fold(band as u64, |key, bin| key << 8 | u64::from(*bin))
}

/// The sketch of a text; none if it has no word. A text of one or two words is taken as one 3-gram.
fn sketch(text: &str) -> Option<Sketch> {
    let mut least = [u64::MAX; BINS];
    let (mut last, mut count) = ([0_u64; 2], 0_usize);
    let mut take = |gram: u64| {
        let hash = mix(gram);
        if let Some(bin) = least.get_mut((hash >> 58) as usize) {
            *bin = (*bin).min(hash << 6 >> 6);
        }
    };
    each_word(text, |word| {
        count += 1;
        if count > 2 {
            take(last[0].wrapping_mul(FIRST) ^ last[1].wrapping_mul(SECOND) ^ word);
        }
        last = [last[1], word];
    });
    match count {
        0 => return None,
        1 | 2 => take(last[0].wrapping_mul(FIRST) ^ last[1]),
        _ => (),
    }
    Some(filled(&least))
}

/// Odd constants that keep the order of words (from π and e).
const FIRST: u64 = 0x2438_6A88_85A3_08D3;
const SECOND: u64 = 0xADF8_5458_A2BB_4A9B;

/// The low bits of every bin; an empty bin takes those of one that is not, sought in an order of its own.
fn filled(least: &[u64; BINS]) -> Sketch {
    let mut sketch = [0; BINS];
    for (bin, slot) in sketch.iter_mut().enumerate() {
        let mut from = bin;
        let mut tries = 0;
        while least.get(from).is_none_or(|hash| *hash == u64::MAX) {
            tries += 1;
            from = mix((bin as u64) << 32 | tries) as usize % BINS;
        }
        *slot = least.get(from).map_or(0, |hash| (hash & 0xFF) as u8);
    }
    sketch
}

/// Calls `found` with the hash of every word, a run of letters and digits in lower case.
fn each_word(text: &str, mut found: impl FnMut(u64)) {
    let (mut hash, mut inside) = (0_u64, false);
    let mut step = |c: Option<char>| match c {
        Some(c) => {
            hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(FIRST).rotate_left(29);
            inside = true;
        }
        None if inside => {
            found(hash);
            (hash, inside) = (0, false);
        }
        None => (),
    };
    for c in text.chars() {
        if c.is_ascii() {
            step(c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()));
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| step(Some(c)));
        } else {
            step(None);
        }
    }
    step(None);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::random::SplitMix64;

    /// A text of random words.
    fn text(random: &mut SplitMix64, words: usize) -> Vec<String> {
        (0..words).map(|_| format!("w{}", random.next_u64() % 5_000)).collect()
    }

    /// The first `kept` words of `whole`, and then others.
    fn changed(whole: &[String], kept: usize, random: &mut SplitMix64) -> String {
        [&whole[..kept], &text(random, whole.len() - kept)].concat().join(" ")
    }

    fn resemblance(a: &str, b: &str) -> f64 {
        let grams = |text: &str| -> BTreeSet<Vec<String>> {
            text.split(' ').map(str::to_owned).collect::<Vec<_>>().windows(3).map(<[_]>::to_vec).collect()
        };
        let (a, b) = (grams(a), grams(b));
        a.intersection(&b).count() as f64 / a.union(&b).count() as f64
    }

    #[test]
    fn estimates_are_near_the_resemblance() {
        let mut random = SplitMix64::new(3);
        let mut squares = 0.0;
        for round in 0..200 {
            let whole = text(&mut random, 300);
            let other = changed(&whole, 100 + round, &mut random);
            let (a, b) = (sketch(&whole.join(" ")).unwrap(), sketch(&other).unwrap());
            let equal = a.iter().zip(&b).filter(|(a, b)| a == b).count() as f64;
            let estimate = (equal / 64.0 - 1.0 / 256.0) / (1.0 - 1.0 / 256.0);
            squares += (estimate - resemblance(&whole.join(" "), &other)).powi(2);
        }
        // Sampling 64 bins alone leaves √(r (1 − r) / 64), which is 0.06 at most.
        assert!((squares / 200.0_f64).sqrt() < 0.07, "{}", (squares / 200.0_f64).sqrt());
    }

    #[test]
    fn copies_are_found_among_thousands_and_nothing_else_is_one() {
        let mut random = SplitMix64::new(1);
        let mut copies = FirstCopies::default();
        let texts: Vec<Vec<String>> = (0..3_000).map(|_| text(&mut random, 200)).collect();
        for (number, words) in texts.iter().enumerate() {
            assert_eq!(copies.first(&number.to_string(), &words.join(" ")), None);
        }
        let mut found = 0;
        for (number, words) in texts.iter().enumerate() {
            let copy = copies.first("copy", &changed(words, 170, &mut random));
            found += usize::from(copy.as_deref() == Some(&*number.to_string()));
        }
        // 170 of 200 words in one piece are a resemblance of about 0.74.
        assert!(found >= 2_970, "{found}");
    }

    #[test]
    fn case_punctuation_and_spaces_do_not_count_and_no_words_are_like_none() {
        let mut copies = FirstCopies::default();
        assert_eq!(copies.first("a", "No, never! Not “GENÈVE” again."), None);
        assert_eq!(copies.first("b", "no never\nnot genève — again").as_deref(), Some("a"));
        for (name, text) in [("c", ""), ("d", "…"), ("e", "never no not genève again")] {
            assert_eq!(copies.first(name, text), None, "{name}");
        }
        assert_eq!(copies.first("f", "Yes."), None);
        assert_eq!(copies.first("g", "yes").as_deref(), Some("f"));
    }

    #[test]
    fn the_first_of_equal_texts_is_named_and_old_ones_are_forgotten() {
        let mut random = SplitMix64::new(9);
        let mut copies = FirstCopies::of_generation(10);
        let wire = text(&mut random, 50).join(" ");
        assert_eq!(copies.first("wire", &wire), None);
        let mut name = |copies: &mut FirstCopies, count: usize| {
            for _ in 0..count {
                assert_eq!(copies.first("x", &text(&mut random, 50).join(" ")), None);
            }
            copies.first("later", &wire)
        };
        assert_eq!(name(&mut copies, 0).as_deref(), Some("wire"));
        assert_eq!(name(&mut copies, 10).as_deref(), Some("wire"));
        assert_eq!(name(&mut copies, 10), None);
    }

    #[test]
    fn a_thousand_texts_with_one_beginning_do_not_take_ever_longer() {
        let mut copies = FirstCopies::default();
        let head = "all rights reserved by the agency and its subscribers in every country";
        for number in 0..2_000_u64 {
            let tail = text(&mut SplitMix64::new(number), 20).join(" ");
            copies.first("x", &format!("{head} {tail}"));
        }
        let table = &copies.current.tables[0];
        let longest = table.split(|entry| *entry == 0).map(<[u32]>::len).max().unwrap();
        assert!(longest < 8 * COMPARED, "{longest}");
    }
}
