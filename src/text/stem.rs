//! The one door to the stemmer.

use rust_stemmers::{Algorithm, Stemmer};

/// Name and version of the algorithm, recorded in every model: a model made with another one is refused.
pub const STEMMER: &str = "snowball-english rust-stemmers 1.2";

/// Snowball's English stemmer.
pub(super) struct EnglishStemmer(Stemmer);

impl EnglishStemmer {
    /// Ready to use.
    #[must_use]
    pub(super) fn new() -> Self {
        Self(Stemmer::create(Algorithm::English))
    }

    /// The stem of one lower-case word.
    #[must_use]
    pub(super) fn stem(&self, word: &str) -> String {
        if is_stem(word) { word.to_owned() } else { self.0.stem(word).into_owned() }
    }
}

/// True if no rule of Snowball's English stemmer is about a word with such an end: none of the suffixes that it removes or
/// replaces ends so. Three words of ten are told so without the stemmer.
fn is_stem(word: &str) -> bool {
    let [.., before, last] = word.as_bytes() else { return false };
    let free = match last {
        b'a' | b'b' | b'f' | b'h' | b'j' | b'k' | b'o'..=b'q' | b'u'..=b'x' | b'z' => true,
        b'c' => *before != b'i',
        b'd' => *before != b'e',
        b'g' | b't' => *before != b'n',
        b'i' => !matches!(before, b'c' | b'g' | b'l' | b't'),
        b'm' => *before != b's',
        b'n' => *before != b'o',
        b'r' => !matches!(before, b'e' | b'o'),
        _ => false,
    };
    free && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

impl Default for EnglishStemmer {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for EnglishStemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(STEMMER)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The suffixes of the algorithm's description at snowballstem.org, and words that it excepts.
    const ENDS: &str = "s sses ied ies us ss eed eedly ed edly ing ingly tional enci anci abli entli izer ization ational \
                        ation ator alism aliti alli fulness ousli ousness iveness iviti biliti bli ogi fulli lessli li \
                        alize icate iciti ical ful ness ative al ance ence er ic able ible ant ement ment ent ism ate iti \
                        ous ive ize ion e l ll y skis skies dying lying tying idly gently ugly early only singly sky news \
                        howe atlas cosmos bias andes inning outing canning herring earring proceed exceed succeed";

    #[test]
    fn no_end_that_the_stemmer_knows_is_left_to_itself() {
        assert!(ENDS.split_whitespace().all(|end| !is_stem(&format!("gener{end}"))));
    }

    proptest! {
        #[test]
        fn what_is_told_to_be_its_own_stem_is(word in "[a-z]{1,4}[a-z']{0,6}", end in "[a-z]{2}") {
            let stemmer = EnglishStemmer::new();
            for word in [&word, &end, &format!("{word}{end}")] {
                prop_assert_eq!(stemmer.stem(word), stemmer.0.stem(word).into_owned());
            }
        }
    }

    #[test]
    fn inflections_share_a_stem() {
        let stemmer = EnglishStemmer::new();
        for (word, stem) in
            [("negotiations", "negoti"), ("negotiate", "negoti"), ("talks", "talk"), ("refused", "refus")]
        {
            assert_eq!(stemmer.stem(word), stem);
        }
    }
}
