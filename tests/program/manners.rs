//! How the program behaves at a terminal and in a pipe.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::run::demarche;

#[test]
fn typos_get_a_suggestion() {
    let verb = demarche(&["clasify", "seeds"]);
    assert_eq!(verb.code, 2);
    assert!(verb.err.contains("'classify'"), "{}", verb.err);
    let flag = demarche(&["classify", "seeds", "--treads", "2"]);
    assert!(flag.err.contains("'--threads'"), "{}", flag.err);
    let value = demarche(&["classify", "seeds", "--format", "cvs"]);
    assert!(value.err.contains("csv"), "{}", value.err);
}

#[test]
fn the_help_of_every_verb_has_an_example_and_the_version_is_told() {
    for verb in ["classify", "extract", "train", "evaluate", "check", "agree", "card", "explain"] {
        let said = demarche(&[verb, "--help"]);
        assert!(said.code == 0 && said.out.contains("Example:\n  demarche "), "{verb}: {}", said.out);
    }
    assert_eq!(demarche(&["--version"]).out, format!("demarche {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn quiet_says_nothing_and_words_never_reach_standard_output() {
    let quiet = demarche(&["classify", "seeds", "--quiet"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    assert_eq!(quiet.out, demarche(&["classify", "seeds"]).out);
}

/// The exit code and the words of a run whose output nobody reads.
fn unread(more: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["classify", "seeds", "seeds", "seeds", "seeds"])
        .args(more)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    (child.wait().unwrap().code(), err)
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    assert_eq!(unread(&["--quiet"]), (Some(0), String::new()));
}

#[test]
fn a_reader_that_goes_away_is_told_where_other_files_were_to_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (code, err) = unread(&["--rejects", &path("r.csv"), "--summary", &path("run.json")]);
    assert!(code == Some(2) && err.contains("not written: --rejects, --summary"), "{code:?} {err}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn words_that_nobody_can_be_told_do_not_end_the_work() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for (arguments, code) in [(["classify", "seeds"], 0), (["classify", "no-such-file"], 2)] {
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(full())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert_eq!(output.stdout.is_empty(), code == 2);
    }
}
