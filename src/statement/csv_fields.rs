//! Splits the lines of a comma-separated table. Fields may be quoted; a quoted field ends on its own line.

use std::borrow::Cow;

/// A line that cannot be split: a quotation mark in it never closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnclosedQuote;

/// The fields of one line, without the blanks around them.
pub(super) fn fields(line: &str) -> Result<Vec<Cow<'_, str>>, UnclosedQuote> {
    if !line.contains('"') {
        return Ok(line.split(',').map(|field| field.trim().into()).collect());
    }
    let mut found = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            ',' if !quoted => found.push(std::mem::take(&mut field).trim().to_owned().into()),
            _ => field.push(c),
        }
    }
    found.push(field.trim().to_owned().into());
    if quoted { Err(UnclosedQuote) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_split_at_commas_outside_quotation_marks() {
        for (line, expect) in [
            ("a,b", vec!["a", "b"]),
            (" a , b ,", vec!["a", "b", ""]),
            ("\"a, b\",c", vec!["a, b", "c"]),
            ("\"say \"\"no\"\"\",c", vec!["say \"no\"", "c"]),
            ("", vec![""]),
        ] {
            assert_eq!(fields(line).unwrap(), expect, "{line}");
        }
        assert_eq!(fields("\"a,b"), Err(UnclosedQuote));
    }
}
