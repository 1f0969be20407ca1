//! The floors of the house: a room imports only from lower floors, and some crates only from some rooms.

#![allow(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms by floor, from the ground up; `cmd` and `main` stand above the library.
const FLOORS: [&[&str]; 4] = [
    &["stance", "span", "features", "random", "grouping", "shape", "figures", "pages", "day"],
    &["text", "article"],
    &["statement", "model", "row"],
    &["read", "write", "eval", "batch", "report", "check"],
];

/// What a room must not import although its floor would allow it: rooms of its own floor that have to stay apart.
const APART: [(&str, &[&str]); 5] = [
    ("model", &["statement", "row"]),
    ("statement", &["model", "row"]),
    ("eval", &["read", "write", "batch", "report", "check", "model", "statement"]),
    ("batch", &["eval", "report", "check", "model"]),
    ("features", &["stance", "span"]),
];

/// Crates that only some places may name.
const DOORS: [(&str, &[&str]); 10] = [
    ("linfa", &["model/train"]),
    ("ndarray", &["model/train"]),
    ("rust_stemmers", &["text/stem.rs"]),
    ("csv", &["read", "write", "row.rs"]),
    ("parquet", &["read", "write"]),
    ("arrow_array", &["read", "write", "batch"]),
    ("arrow_cast", &["read", "batch"]),
    ("arrow_schema", &["read", "write", "batch"]),
    ("clap", &["cmd", "main.rs"]),
    ("anyhow", &["cmd", "main.rs"]),
];

/// What the library never does.
const FORBIDDEN: [&str; 6] = ["std::env", "std::process", "std::fs", "std::time", "println!", "std::net"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its place below `src`, without comments and without its tests.
fn library() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 30);
    let code = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    paths.iter().map(|p| (p.strip_prefix(&root).unwrap().display().to_string(), code(p))).collect()
}

fn room(place: &str) -> &str {
    place.split('/').next().unwrap().trim_end_matches(".rs")
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The rooms that a source file names after `crate::`.
fn imports(code: &str) -> Vec<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    code.split("crate::").skip(1).map(name).filter(|n| !n.is_empty()).collect()
}

#[test]
fn every_room_imports_only_from_lower_floors() {
    for (place, code) in library() {
        let from = room(&place);
        if ["lib", "main", "cmd"].contains(&from) {
            continue;
        }
        let Some(height) = floor(from) else { panic!("{place} stands on no floor: add its room to FLOORS") };
        for target in imports(&code).iter().filter(|t| *t != from) {
            let Some(below) = floor(target) else {
                panic!("{place} imports {target}, which stands on no floor")
            };
            assert!(below <= height, "{place} imports {target} from a higher floor");
            let apart =
                APART.iter().find(|(r, _)| *r == from).is_some_and(|(_, t)| t.contains(&target.as_str()));
            assert!(!apart, "{place} imports {target}, from which it must stay apart");
        }
    }
}

#[test]
fn outside_crates_come_in_by_their_doors_alone() {
    for (place, code) in library() {
        for (name, doors) in DOORS {
            let named = code.contains(&format!("use {name}::")) || code.contains(&format!(" {name}::"));
            let open = doors.iter().any(|door| place.starts_with(door));
            assert!(!named || open, "{place} names {name}; its doors are {doors:?}");
        }
    }
}

#[test]
fn the_library_touches_neither_files_nor_clock_nor_process() {
    for (place, code) in library().into_iter().filter(|(p, _)| !["cmd", "main"].contains(&room(p))) {
        for word in FORBIDDEN {
            assert!(!code.contains(word), "{place} says {word}");
        }
    }
}

#[test]
fn the_architecture_page_names_every_room() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    for room in FLOORS.concat() {
        assert!(page.contains(&format!("`{room}")), "ARCHITECTURE.md does not name {room}");
    }
}

/// The files of the same folder that a file names after `super::`.
fn siblings(place: &str, code: &str, all: &[(String, String)]) -> Vec<String> {
    let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder);
    let names = |rest: &str| -> Vec<String> {
        let words = rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let several = if rest.starts_with('{') { usize::MAX } else { 1 };
        words.take(several).map(|word| format!("{folder}/{word}.rs")).collect()
    };
    let after = code.lines().filter_map(|line| line.split_once("super::"));
    after
        .flat_map(|(_, rest)| names(rest))
        .filter(|name| all.iter().any(|(place, _)| place == name))
        .collect()
}

#[test]
fn no_files_of_a_folder_import_each_other_in_a_loop() {
    let mut files = library();
    files.retain(|(place, _)| !place.ends_with("mod.rs"));
    let mut left: Vec<(String, Vec<String>)> =
        files.iter().map(|(place, code)| (place.clone(), siblings(place, code, &files))).collect();
    assert!(left.iter().map(|(_, to)| to.len()).sum::<usize>() > 100, "imports are found");
    // What imports nothing that is left can be taken away; a loop cannot.
    loop {
        let places: Vec<String> = left.iter().map(|(place, _)| place.clone()).collect();
        left.retain(|(place, to)| to.iter().any(|to| to != place && places.contains(to)));
        if left.len() == places.len() {
            break;
        }
    }
    assert_eq!(left, [], "each of these imports another of them");
}
