//! What a page prints around an article (`furniture.txt`): captions, credits and invitations, which nobody says.

use std::sync::LazyLock;

/// How such sentences begin, in order, and how they end.
static LINES: LazyLock<(Vec<&str>, Vec<&str>)> = LazyLock::new(|| {
    let lines = include_str!("furniture.txt").lines().filter(|line| !line.starts_with('#'));
    let (ends, mut begins): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("..."));
    begins.sort_unstable();
    (begins, ends.into_iter().map(|line| line.trim_start_matches('.')).collect())
});

/// True for a sentence that is no part of the article's text.
pub(super) fn is_furniture(sentence: &str) -> bool {
    let (begins, ends) = &*LINES;
    let first = sentence.bytes().next().map(|byte| byte.to_ascii_lowercase());
    let at = begins.partition_point(|line| line.bytes().next() < first);
    let alike = begins.iter().skip(at).take_while(|line| line.bytes().next() == first);
    let begins = |line: &&str| sentence.get(..line.len()).is_some_and(|head| head.eq_ignore_ascii_case(line));
    alike.into_iter().any(begins) || ends.iter().any(|end| sentence.ends_with(end))
}
