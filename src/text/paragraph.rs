//! Tells line breaks that end a paragraph from those of lines that are merely wrapped.

/// A shorter line, in characters, is a headline, a byline or the end of a paragraph.
const SHORT: usize = 40;
/// How long wrapped lines are, in characters.
const WIDTH: std::ops::RangeInclusive<usize> = 50..=90;
/// So many wrapped lines show that a text is wrapped.
const ENOUGH: usize = 4;

/// The paragraphs of one text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paragraphs<'a> {
    text: &'a str,
    /// All lines are wrapped, and blank lines part the paragraphs.
    wrapped: bool,
}

impl<'a> Paragraphs<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, wrapped: is_wrapped(text) }
    }

    /// True if the line feed at byte `at` ends a paragraph. Reads no more than two lines before it and the
    /// first word behind.
    pub(crate) fn breaks(&self, at: usize) -> bool {
        let next = self.text.get(at + 1..).unwrap_or_default();
        let next = next.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        let lower = next.starts_with(char::is_lowercase);
        if next.is_empty() || next.starts_with('\n') || !(lower || self.wrapped) {
            return true;
        }
        let mut lines = self.text.get(..at).unwrap_or_default().rsplit('\n').map(str::trim);
        let line = lines.next().unwrap_or_default();
        let short = line.chars().count() < SHORT;
        if !self.wrapped {
            return short || ends_sentence(line);
        }
        let first = lines.next().is_none_or(str::is_empty);
        !lower && (short || first && shouts(line) && !shouts(first_word(next))) || begins_item(line, next)
    }

    /// True if a paragraph ends between the bytes `from` and `to`.
    pub(crate) fn break_between(&self, from: usize, to: usize) -> bool {
        let gap = self.text.get(from..to).unwrap_or_default();
        gap.match_indices('\n').any(|(at, _)| self.breaks(from + at))
    }
}

/// True if blank lines part the paragraphs of `text`, and the lines inside them are as long as wrapped ones are and break
/// in the middle of sentences, so that at least every sixth begins in lower case, as no list of headlines does.
fn is_wrapped(text: &str) -> bool {
    let (mut parted, mut inner, mut wide, mut lower) = (false, 0, 0, 0);
    let mut lines = text.trim().lines().map(str::trim_end).peekable();
    while let (Some(line), Some(next)) = (lines.next(), lines.peek()) {
        if line.is_empty() || next.is_empty() {
            parted = true;
            continue;
        }
        inner += 1;
        wide += usize::from(WIDTH.contains(&line.chars().count()));
        lower += usize::from(next.trim_start().starts_with(char::is_lowercase));
    }
    parted && wide >= ENOUGH && 2 * wide > inner && 6 * lower >= inner
}

/// Without a letter of lower case, as a headline.
fn shouts(line: &str) -> bool {
    !line.contains(char::is_lowercase)
}

fn first_word(line: &str) -> &str {
    line.split(char::is_whitespace).next().unwrap_or_default()
}

/// The words behind the bullet or the number with which `words` begin, if they do.
pub(super) fn bullet(words: &str) -> Option<&str> {
    let rest = words.trim_start_matches(['•', '·', '●', '◦', '▪', '■', '‣', '*', '–', '—', '-']);
    let numbered = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - numbered.len();
    let rest = match numbered.strip_prefix(['.', ')']) {
        Some(item) if (1..=2).contains(&digits) => item,
        _ => rest,
    };
    (rest.len() < words.len() && rest.starts_with([' ', '\t', '\u{a0}'])).then(|| rest.trim_start())
}

/// True if `line` ends with a mark that ends a sentence, closed or not, or with a colon.
fn ends_sentence(line: &str) -> bool {
    let words = line.trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', ']', ' ']);
    words.ends_with(['.', '!', '?', '…', '。', ':'])
}

/// True if `next` begins an item of a list. In the middle of a sentence a number is a date, and a dash parts it.
fn begins_item(line: &str, next: &str) -> bool {
    let Some(item) = bullet(next) else { return false };
    let sentence = !ends_sentence(line) && bullet(line).is_none();
    let number = next.starts_with(|c: char| c.is_ascii_digit());
    let dash = next.starts_with(['–', '—']) || next.starts_with("--");
    let dash = dash || next.starts_with('-') && item.starts_with(char::is_lowercase);
    !(sentence && (number || dash))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` stands where a line feed ends a paragraph, `~` where it does not.
    fn check(case: &str) {
        let text = case.replace(['|', '~'], "\n");
        let paragraphs = Paragraphs::of(&text);
        let marks = text.char_indices().map(|(at, c)| match c {
            '\n' if paragraphs.breaks(at) => '|',
            '\n' => '~',
            c => c,
        });
        assert_eq!(marks.collect::<String>(), case);
    }

    #[test]
    fn a_line_that_goes_on_in_lower_case_continues_its_paragraph() {
        for case in [
            "The council of the valley would not come back to~the table before the spring.",
            "The council of the valley would not come back to~\t the table before the spring.",
            "The council of the valley would not come back to\r~the table before the spring.",
            "The council called the whole proposal “a mere joke”~and left the room.",
            "The council of the valley would not come back.|the table is empty.",
            "The council of the valley said “we will not come.”|the table is empty.",
            "The council of the valley wants three things now:|the road and the mill.",
            "The council of the valley would not come back to|Brandt and his men.",
            "The council of the valley would not come back to||the table.",
            "The council of the valley would not come back to| |the table.",
            "Council stays away|the table is empty.",
            "The council of the valley would not come back to|",
        ] {
            check(case);
        }
    }

    const WRAPPED: &str = "The council of the valley has met the men of the mill again and~ \
        they spoke about the road that leads over the bridge. Its~ \
        chairman, Harlan Pike, called it a good beginning, and the~ \
        miller said nothing at all about it. The talks will go on in~ \
        May.||";

    fn check_wrapped(case: &str) {
        check(&format!("{WRAPPED}{case}"));
    }

    #[test]
    fn in_a_wrapped_text_lines_go_on_whatever_they_begin_with() {
        for case in [
            "The council will not come before the end of the winter.~Brandt stays at home.",
            "The council will not come before the end of the winter, on May~12. The road is closed.",
            "The council will not come before the end of the winter, or so~- as Brandt said - it hopes.",
            "The council wants these things before the end of the winter:|- a road|- a mill|- a bridge",
            "The council wants these things before the end of the winter|• a road|• a mill",
            "The council wants these things before the end of the winter:|1. A road|2. A mill",
            "By Anna Reed|The council will not come before the end of the winter.",
            "COUNCIL WILL NOT COME BEFORE THE END OF WINTER, PIKE SAYS|Brandt stays at home.",
            "THE COUNCIL WILL NOT COME BEFORE THE END OF ANOTHER WINTER~THAN THIS, Brandt wrote.",
            "The council shouted that its members WOULD CERTAINLY WAIT~FOR THE END OF THE WINTER BEFORE IT CAME BACK TO THE TABLE~Brandt left.",
            "The council will not come before the end of the winter, as~— I mean it — we know.",
            "A very short line|Brandt stays at home.",
        ] {
            check_wrapped(case);
        }
    }

    #[test]
    fn a_list_of_headlines_is_no_wrapped_text() {
        check(
            "The council met.||\
             Council of the valley meets the men of the mill once again|\
             Road over the bridge closed until the end of this winter|\
             Miller silent on the plans of the council for the old mill|\
             Pike calls the talks with Brandt a beginning of good things|\
             Brandt stays at home while the council talks about the road||More.",
        );
    }

    #[test]
    fn paragraphs_of_one_line_each_end_with_their_lines() {
        check(&WRAPPED.replace(['~', '|'], "|").replace("| ", "|Then "));
    }
}
