//! Articles of 10 MB in shapes that make a careless extractor quadratic: all of them come to an end.

use crate::run::piped;
use crate::shapes::{SHAPES, shaped};

#[test]
fn ten_megabytes_in_any_shape_come_to_an_end() {
    for (name, piece) in SHAPES {
        let said = piped(&["extract", "-", "--input-format", "text"], shaped(piece, 10_000_000).as_bytes());
        assert_eq!(said.code, 0, "{name}: {}", said.err);
        assert!(said.err.contains("in 1 article"), "{name}: {}", said.err);
        assert!(said.out.starts_with("article,start,end,kind,"), "{name}");
    }
}
