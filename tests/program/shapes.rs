//! Articles that are hard on an extractor: shapes that make a careless one slow. The benchmarks read them too.

/// The shapes by name, as the piece that each repeats.
pub(crate) const SHAPES: [(&str, &str); 10] = [
    ("all quotes", "“"),
    ("straight quotes", "\""),
    ("apostrophes", " 'a"),
    ("nested quotes", "“We ‘may’ «talk» to „them“,” "),
    ("no periods", "the talks with the other side went on and the envoys of the north stayed for dinner "),
    ("he said", "he said, "),
    ("and said", "and said "),
    ("capitals", "Abc Def said "),
    ("turns", "PIKE: We are ready.\n\nVALE: No.\n\n"),
    ("one paragraph", "The minister said on Monday that talks would resume. “We are ready,” he added. "),
];

/// An article of at least `bytes` bytes in one shape.
pub(crate) fn shaped(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes.div_ceil(piece.len()))
}
