//! Running the program and looking at what it says.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What one run said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A run with `input` on standard input.
pub(crate) fn piped<A: AsRef<OsStr>>(arguments: &[A], input: &[u8]) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that has seen enough may close its input early.
    let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A run without input.
pub(crate) fn demarche<A: AsRef<OsStr>>(arguments: &[A]) -> Said {
    piped(arguments, b"")
}

/// A file of `bytes` called `name` in `folder`, as an argument.
pub(crate) fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

/// The rows of a CSV text as maps from column to field.
pub(crate) fn rows(csv: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// A small labelled table: `each` rows of every stance, worded so that they can be told apart.
pub(crate) fn labelled_rows(each: usize) -> String {
    let mut csv = "id,text,label,group\n".to_owned();
    let towns = ["Ard", "Bel", "Cor", "Dun", "Esk", "Fol", "Gan", "Hod"];
    for i in 0..each {
        let (town, day) = (towns[i % 8], i + 1);
        for (label, text) in [
            ("open", format!("The envoy from {town} is ready to meet them on day {day} of the fair.")),
            ("conditional", format!("On day {day} {town} said it would talk only if the road is opened.")),
            ("rejecting", format!("There will be no negotiations, the {town} council ruled on day {day}.")),
            ("none", format!("Grain prices in {town} rose by {day} percent after a dry spring.")),
        ] {
            csv.push_str(&format!("{label}{i},\"{text}\",{label},g{i}\n"));
        }
    }
    csv
}
