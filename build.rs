//! Stems the words of the cue table, so that no start of the program has to: a quarter of the time that it takes to read
//! a model.

use std::{env, fs, io, path::Path};

#[allow(dead_code, unreachable_pub, reason = "the name of the stemmer is recorded in models, not here")]
#[path = "src/text/stem.rs"]
mod stem;

const TABLE: &str = "src/text/cues.txt";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={TABLE}");
    println!("cargo::rerun-if-changed=src/text/stem.rs");
    let stemmer = stem::EnglishStemmer::new();
    let stemmed = |entry: &str| match entry.strip_prefix('=') {
        Some(_) => entry.to_owned(),
        None => entry.split([' ', '-']).map(|word| stemmer.stem(word)).collect::<Vec<_>>().join(" "),
    };
    let table = fs::read_to_string(TABLE)?;
    let classes =
        table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let classes = classes.map(|(name, entries)| {
        format!("{name}: {}\n", entries.split(", ").map(stemmed).collect::<Vec<_>>().join(", "))
    });
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&folder).join("cues.txt"), classes.collect::<String>())
}
