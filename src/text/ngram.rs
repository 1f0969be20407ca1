//! Word n-grams and character n-grams.

use super::key::{join, key};

/// Calls `take(length, runs)` with the keys of all runs of 2 to `longest` keys, those of one length together and the
/// shorter ones first; makes them in `runs`.
pub(super) fn longer(keys: &[u64], longest: usize, runs: &mut Vec<u64>, mut take: impl FnMut(usize, &[u64])) {
    runs.clear();
    runs.extend_from_slice(keys);
    for more in 1..longest.min(keys.len()) {
        let ends = keys.get(more..).unwrap_or_default();
        for (run, &end) in runs.iter_mut().zip(ends) {
            *run = join(*run, end);
        }
        runs.truncate(ends.len());
        take(more + 1, runs);
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
    fn word_runs_come_by_length_then_start() {
        let check = |longest, expect: &[(usize, Vec<u64>)]| {
            let mut all = Vec::new();
            longer(&[1, 2, 3], longest, &mut vec![7], |length, runs| all.push((length, runs.to_vec())));
            assert_eq!(all, expect);
        };
        let (pairs, all) = (vec![join(1, 2), join(2, 3)], vec![join(join(1, 2), 3)]);
        check(1, &[]);
        check(2, &[(2, pairs.clone())]);
        check(usize::MAX, &[(2, pairs), (3, all)]);
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
