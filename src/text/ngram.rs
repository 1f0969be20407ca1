//! Word n-grams and character n-grams.

use super::key::{join, key};

/// Calls `emit(key, first, last)` for every run of 1 to `longest` keys; a run of one has the key itself.
pub(super) fn words(keys: &[u64], longest: usize, mut emit: impl FnMut(u64, usize, usize)) {
    for first in 0..keys.len() {
        let run = keys.get(first..keys.len().min(first.saturating_add(longest))).unwrap_or_default();
        let mut gram = 0;
        for (more, &next) in run.iter().enumerate() {
            gram = if more == 0 { next } else { join(gram, next) };
            emit(gram, first, first + more);
        }
    }
}

/// Calls `emit` with every run of `shortest` to `longest` characters of one word with a space at both ends, as
/// scikit-learn's `char_wb` analyzer does for words that are not shorter than the run.
pub(super) fn characters(word: &str, shortest: usize, longest: usize, mut emit: impl FnMut(&str)) {
    let padded = format!(" {word} ");
    let mut starts: Vec<usize> = padded.char_indices().map(|(i, _)| i).collect();
    starts.push(padded.len());
    for length in shortest..=longest.min(starts.len() - 1) {
        for ends in starts.windows(length + 1) {
            if let (Some(&start), Some(&end)) = (ends.first(), ends.last())
                && let Some(run) = padded.get(start..end)
            {
                emit(run);
            }
        }
    }
}

/// The key of a run of characters, apart from the keys of words.
pub(super) fn character_key(run: &str) -> u64 {
    join(0x63_68_61_72, key(run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_runs_come_by_start_then_length() {
        let mut runs = Vec::new();
        words(&[1, 2, 3], 2, |_, first, last| runs.push((first, last)));
        assert_eq!(runs, [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)]);
    }

    #[test]
    fn character_runs_have_the_spaces_at_the_ends() {
        let mut runs = Vec::new();
        characters("né", 2, 3, |run| runs.push(run.to_owned()));
        assert_eq!(runs, [" n", "né", "é ", " né", "né "]);
        let mut longest = 0;
        characters("né", 1, usize::MAX, |run| longest = longest.max(run.len()));
        assert_eq!(longest, " né ".len());
    }
}
