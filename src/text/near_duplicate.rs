//! Texts that share more than a given part of their word 3-grams.
//!
//! The share is |A ∩ B| / min(|A|, |B|) over the sets of lower-cased word 3-grams, so that a text copied into a
//! longer one counts. `MinHash` with banding finds pairs by |A ∩ B| / |A ∪ B| and, with a probability, misses just
//! those: eight 3-grams of which five stand in a text of twenty have a union share of 0.22. So the candidates come
//! from a prefix filter, which misses none (S. Chaudhuri, V. Ganti and R. Kaushik, ICDE 2006; R. J. Bayardo, Y. Ma
//! and R. Srikant, WWW 2007): a text of s 3-grams that shares at least t of them shares one of its s − t + 1
//! rarest, and the rarest 3-grams have the shortest lists of other texts.

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use crate::grouping::Grouping;

/// The other texts that one text is compared with, at most, the rarest common 3-gram first. Only a text whose
/// rarest 3-grams stand in more texts than this can miss a neighbour; it bounds the time on form letters.
const MAX_COMPARED: usize = 1_000;

/// Texts whose pairs are held in memory at a time.
const CHUNK: usize = 4_096;

/// A text and the earlier one that it shares most with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The later text's number.
    pub text: usize,
    /// The earlier text's number.
    pub earlier: usize,
    /// The 3-grams in both / the 3-grams of the one that has fewer, above the wanted share and at most 1.
    pub share: f64,
}

/// Texts as sets of word 3-grams, indexed once.
///
/// A text of one or two words is taken as one 3-gram; a text without words is like no other.
///
/// ```
/// use demarche::text::near_duplicate::NearDuplicates;
///
/// let texts = [
///     "The union said it would return to the table on Monday.",
///     "Ferry fares rise in spring.",
///     "On Friday the union said it would return to the table.",
/// ];
/// let index = NearDuplicates::new(&texts, 0.5);
/// let links = index.links(|_, _| true);
/// assert_eq!((links[0].text, links[0].earlier), (2, 0));
/// assert_eq!(index.clusters().ids(), [0, 1, 0]);
/// ```
#[derive(Clone, Debug)]
pub struct NearDuplicates {
    share: f64,
    /// Text numbers by size of their sets; what stands below are places in this order.
    order: Vec<usize>,
    /// The 3-grams of each place, ascending.
    sets: Vec<Vec<usize>>,
    /// The places that hold each 3-gram, ascending.
    holders: Vec<Vec<usize>>,
}

struct Pair {
    smaller: usize,
    larger: usize,
    shared: usize,
}

impl NearDuplicates {
    /// Indexes `texts`. Two of them are near-duplicates if they share more than `share` (from 0 to below 1) of the
    /// smaller set's 3-grams.
    #[must_use]
    pub fn new<T: AsRef<str> + Sync>(texts: &[T], share: f64) -> Self {
        let mut hashed: Vec<(usize, Vec<u64>)> =
            texts.par_iter().map(|text| trigrams(text.as_ref())).enumerate().collect();
        hashed.sort_by_key(|(text, set)| (set.len(), *text));
        let mut postings: Vec<(u64, usize)> = Vec::new();
        for (place, (_, set)) in hashed.iter().enumerate() {
            postings.extend(set.iter().map(|&gram| (gram, place)));
        }
        postings.par_sort_unstable();

        let mut sets: Vec<Vec<usize>> = hashed.iter().map(|(_, set)| Vec::with_capacity(set.len())).collect();
        let mut holders: Vec<Vec<usize>> = Vec::new();
        for same in postings.chunk_by(|a, b| a.0 == b.0) {
            for &(_, place) in same {
                if let Some(set) = sets.get_mut(place) {
                    set.push(holders.len());
                }
            }
            holders.push(same.iter().map(|&(_, place)| place).collect());
        }
        Self { share, order: hashed.into_iter().map(|(text, _)| text).collect(), sets, holders }
    }

    /// For every text with an earlier near-duplicate that `counts(earlier, text)`, the one it shares most with, the
    /// first of equals; in the order of the texts.
    pub fn links(&self, counts: impl Fn(usize, usize) -> bool) -> Vec<Link> {
        let mut best: Vec<Option<Link>> = vec![None; self.order.len()];
        self.for_each_pair(|a, b, share| {
            let link = Link { text: a.max(b), earlier: a.min(b), share };
            let Some(slot) = best.get_mut(link.text) else { return };
            let better = slot
                .is_none_or(|old| share.total_cmp(&old.share).then(old.earlier.cmp(&link.earlier)).is_gt());
            if better && counts(link.earlier, link.text) {
                *slot = Some(link);
            }
        });
        best.into_iter().flatten().collect()
    }

    /// The texts grouped so that near-duplicates are together, and theirs in turn.
    #[must_use]
    pub fn clusters(&self) -> Grouping {
        let mut clusters = Grouping::new(self.order.len());
        self.for_each_pair(|a, b, _| {
            clusters.join(a, b);
        });
        clusters
    }

    /// Calls `found(text, other text, share)` for every near-duplicate pair, in a fixed order.
    fn for_each_pair(&self, mut found: impl FnMut(usize, usize, f64)) {
        let places: Vec<usize> = (0..self.sets.len()).collect();
        for chunk in places.chunks(CHUNK) {
            let pairs: Vec<Vec<Pair>> = chunk.par_iter().map(|&place| self.pairs_of(place)).collect();
            for pair in pairs.into_iter().flatten() {
                let text = |place: usize| self.order.get(place).copied();
                let size = self.set(pair.smaller).len();
                if let (Some(a), Some(b)) = (text(pair.smaller), text(pair.larger)) {
                    found(a, b, pair.shared as f64 / size as f64);
                }
            }
        }
    }

    /// The near-duplicates of a text among those that come after it in the order of size.
    fn pairs_of(&self, smaller: usize) -> Vec<Pair> {
        let set = self.set(smaller);
        let wanted = more_than(self.share, set.len());
        let shared_with = |larger: usize| {
            let shared = intersection(set, self.set(larger));
            (shared >= wanted).then_some(Pair { smaller, larger, shared })
        };
        self.candidates(smaller, wanted).into_iter().filter_map(shared_with).collect()
    }

    /// The places after `place` that hold one of its rarest 3-grams, ascending.
    fn candidates(&self, place: usize, wanted: usize) -> Vec<usize> {
        let mut rarest: Vec<&[usize]> = self.set(place).iter().map(|&gram| self.holders(gram)).collect();
        rarest.sort_by_key(|holders| holders.len());
        rarest.truncate((rarest.len() + 1).saturating_sub(wanted));
        let mut found: Vec<usize> = Vec::new();
        for holders in rarest {
            let after = holders.partition_point(|&other| other <= place);
            let room = MAX_COMPARED - found.len();
            found.extend(holders.iter().skip(after).take(room));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn set(&self, place: usize) -> &[usize] {
        self.sets.get(place).map_or(&[], Vec::as_slice)
    }

    fn holders(&self, gram: usize) -> &[usize] {
        self.holders.get(gram).map_or(&[], Vec::as_slice)
    }
}

/// The smallest number of 3-grams that is more than `share` of `size`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast clips to 0 and to the top"
)]
fn more_than(share: f64, size: usize) -> usize {
    ((share * size as f64).floor() as usize).saturating_add(1)
}

/// The distinct hashes of a text's word 3-grams, ascending.
fn trigrams(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text.unicode_words().map(|word| xxh3_64(word.to_lowercase().as_bytes())).collect();
    let hash = |words: &[u64]| {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        xxh3_64(&bytes)
    };
    let mut grams: Vec<u64> = match words.len() {
        0 => Vec::new(),
        1 | 2 => vec![hash(&words)],
        _ => words.windows(3).map(hash).collect(),
    };
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// How many numbers stand in both of two ascending lists.
fn intersection(a: &[usize], b: &[usize]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                a.next();
                b.next();
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Every pair by the definition itself.
    fn plain(texts: &[String], share: f64) -> Vec<(usize, usize)> {
        let sets: Vec<BTreeSet<u64>> =
            texts.iter().map(|text| trigrams(text).into_iter().collect()).collect();
        let mut pairs = Vec::new();
        for (b, later) in sets.iter().enumerate() {
            for (a, earlier) in sets.iter().enumerate().take(b) {
                let shared = later.intersection(earlier).count() as f64;
                if shared > share * later.len().min(earlier.len()) as f64 {
                    pairs.push((a, b));
                }
            }
        }
        pairs
    }

    fn found(texts: &[String], share: f64) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        NearDuplicates::new(texts, share).for_each_pair(|a, b, _| pairs.push((a.min(b), a.max(b))));
        pairs.sort_unstable_by_key(|&(a, b)| (b, a));
        pairs
    }

    fn links(texts: &[&str]) -> Vec<(usize, usize, f64)> {
        let index = NearDuplicates::new(texts, 0.5);
        index.links(|_, _| true).into_iter().map(|link| (link.text, link.earlier, link.share)).collect()
    }

    #[test]
    fn exactly_half_is_not_more_than_half() {
        // Four 3-grams each, of which two and three are the same.
        assert_eq!(links(&["a b c d e f", "a b c d x y"]), []);
        assert_eq!(links(&["a b c d e f", "a b c d e y"]), [(1, 0, 0.75)]);
    }

    #[test]
    fn a_short_text_inside_a_long_one_is_found() {
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
        assert_eq!(links(&[long, "so five six seven eight nine"]), [(1, 0, 0.75)]);
    }

    #[test]
    fn case_and_punctuation_do_not_count_and_texts_without_words_are_alike_to_none() {
        assert_eq!(links(&["No, never!", "", "…", "no never", "Never. No."]), [(3, 0, 1.0)]);
    }

    #[test]
    fn the_closest_earlier_text_that_counts_is_linked() {
        let texts = ["a b c d e f g", "a b c d e f x", "a b c d e f g h"];
        let index = NearDuplicates::new(&texts, 0.5);
        let of = |counts: fn(usize, usize) -> bool| -> Vec<_> {
            index.links(counts).into_iter().map(|link| (link.text, link.earlier)).collect()
        };
        assert_eq!(of(|_, _| true), [(1, 0), (2, 0)]);
        assert_eq!(of(|earlier, _| earlier != 0), [(2, 1)]);
    }

    #[test]
    fn neighbours_of_neighbours_are_one_cluster() {
        let texts = ["a b c d e f", "c d e f g h x", "z z z z", "f g h x i j k", "d e f g h x i"];
        assert_eq!(NearDuplicates::new(&texts, 0.5).clusters().ids(), [0, 1, 2, 1, 1]);
    }

    #[test]
    fn a_thousand_and_more_equal_texts_are_one_cluster() {
        let texts = vec!["nothing new was said today"; 3 * MAX_COMPARED];
        assert!(NearDuplicates::new(&texts, 0.5).clusters().ids().iter().all(|&id| id == 0));
    }

    proptest! {
        #[test]
        fn no_pair_is_missed_and_none_invented(
            texts in prop::collection::vec("([abc] ){0,9}", 0..14),
            share in prop::sample::select(vec![0.0, 0.3, 0.5, 0.8]),
        ) {
            prop_assert_eq!(found(&texts, share), plain(&texts, share));
        }
    }
}
