//! A folder of files for one test, the program run in it, and a corpus to put there.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of files for one test, deleted with it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives the folder back.
    pub(crate) fn with(self, name: &str, contents: &str) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, contents).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the program in this folder with arguments split at spaces.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        run_in(self.0.path(), arguments)
    }
}

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The same, after making sure of the exit code.
    pub(crate) fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out:\n{}\nerr:\n{}", self.out, self.err);
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

fn run_in(folder: &Path, arguments: &str) -> Ran {
    let ran = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments.split(' ').filter(|a| !a.is_empty()))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran {
        code: ran.status.code().unwrap(),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

const WORDS: [&str; 48] = [
    "amber", "barge", "cedar", "dune", "ember", "fjord", "glade", "heron", "inlet", "jetty", "kelp",
    "lagoon", "marsh", "nettle", "orchard", "pebble", "quarry", "reed", "saddle", "thicket", "upland",
    "valley", "willow", "yarrow", "anvil", "beacon", "copper", "dial", "easel", "flint", "gimlet", "hamper",
    "ingot", "joist", "kettle", "ladle", "mallet", "needle", "oar", "pulley", "quill", "rivet", "spindle",
    "trowel", "urn", "vessel", "wicket", "yoke",
];
const PHRASES: [[&str; 5]; 4] = [
    [
        "will gladly sit down for talks",
        "welcome any chance to negotiate",
        "are ready for a dialogue",
        "accept the invitation to the table",
        "hope to resume negotiations soon",
    ],
    [
        "will talk only if shelling stops",
        "negotiate provided that wages rise",
        "come to the table once prisoners walk",
        "cannot meet unless the fleet leaves",
        "accept a dialogue on equal terms alone",
    ],
    [
        "refuse every form of negotiation",
        "have ruled out any talks for good",
        "reject the dialogue as a farce",
        "broke off the negotiations in anger",
        "call the summit a waste of breath",
    ],
    [
        "repaired nine lanterns before dusk",
        "counted the votes in a warm hall",
        "said the earlier talks lasted an hour",
        "blamed fog for the slow trains",
        "sold barley to neighbours at cost",
    ],
];
const LABELS: [&str; 4] = ["open", "conditional", "rejecting", "none"];

/// A labelled table that can be learnt: `rows` rows of four labels, in groups of four rows, every seventh group for
/// the test, some rows with a hard case.
pub(crate) fn corpus(rows: usize) -> String {
    let mut csv = "id,text,label,condition,group,split,case,topic,kind\n".to_owned();
    for row in 0..rows {
        let class = row % 4;
        let phrase = PHRASES[class][(row / 4) % 5];
        let word = |slot: usize| {
            let mixed = (row * 8 + slot + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            WORDS[((mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) % 48]
        };
        let holder = format!("{} and {} of {}", word(0), word(1), word(2));
        let tail = format!("by {} and {} {}", word(3), word(4), word(5));
        let condition = if class == 1 { phrase } else { "" };
        let split = if (row / 4) % 7 == 6 { "test" } else { "train" };
        let case = if row % 3 == 0 { "8" } else { "" };
        writeln!(
            csv,
            "r{row},{holder} {phrase} {tail},{},{condition},g{},{split},{case},t{},direct",
            LABELS[class],
            row / 4,
            row % 2
        )
        .unwrap();
    }
    csv
}

/// The same, but every other refusal is labelled none, so that nobody can be sure of those.
pub(crate) fn doubtful_corpus(rows: usize) -> String {
    let doubtful = |(row, line): (usize, &str)| {
        if row % 8 == 3 { line.replace(",rejecting,", ",none,") } else { line.to_owned() }
    };
    corpus(rows).lines().enumerate().map(doubtful).collect::<Vec<_>>().join("\n")
}
