//! Runs that are killed, stopped or changed under way, and what `--resume` and `--since` make of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::output::{names, statements};
use crate::run::{Said, demarche, file, piped, rows};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    fn arguments(&self, output: &str, more: &[&str]) -> Vec<String> {
        let (input, output) = (self.file("in.csv"), self.file(output));
        let mut arguments: Vec<String> =
            ["classify", "--as", "statements", "--checkpoint-rows", "500"].map(str::to_owned).to_vec();
        arguments.extend([input, "-o".into(), output].map(|p| p.display().to_string()));
        arguments.extend(more.iter().map(|&a| a.to_owned()));
        arguments
    }

    fn run(&self, output: &str, more: &[&str]) -> Said {
        demarche(&self.arguments(output, more))
    }

    /// Starts a run and stops it with `signal` as soon as it has written a checkpoint.
    fn stop(&self, output: &str, more: &[&str], signal: &str) -> Option<i32> {
        let mut child: Child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(self.arguments(output, more))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let checkpoint = self.file(&format!("{output}.demarche-resume"));
        while !checkpoint.exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success(), "it was too fast");
        child.wait().unwrap().code()
    }
}

/// Rows enough for a run that takes a while.
const ROWS: usize = 60_000;

#[test]
fn a_killed_run_goes_on_and_writes_the_same_bytes() {
    let place = Place::new();
    let rejects = |name: &str| place.file(name).display().to_string();
    file(place.path(), "in.csv", format!("{}odd\n{}", statements(20), &statements(ROWS)[8..]));
    for (output, more) in [("a.csv", vec![]), ("a.csv.gz", vec![]), ("a.jsonl", vec!["--split-rows", "7001"])]
    {
        let undisturbed = format!("u{output}");
        let reject = [rejects("r1.csv"), rejects("r2.csv")];
        let with = |path: &str| {
            [&more[..], &["--rejects", path]].concat().into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let (first, second) = (with(&reject[0]), with(&reject[1]));
        let list = |more: &[String]| more.iter().map(String::as_str).collect::<Vec<_>>().join("\u{1}");
        let (first, second) = (list(&first), list(&second));
        let (first, second): (Vec<&str>, Vec<&str>) =
            (first.split('\u{1}').collect(), second.split('\u{1}').collect());
        assert_eq!(place.run(&undisturbed, &first).code, 1);
        assert_eq!(place.stop(output, &second, "-KILL"), None);
        assert!(!place.file(output).exists());
        let said = place.run(output, &[&second[..], &["--resume"]].concat());
        assert!(said.code == 1 && said.err.contains("going on after"), "{}", said.err);
        for name in names(place.path()).iter().filter(|n| n.starts_with("ua")) {
            let (expect, found) =
                (fs::read(place.file(name)).unwrap(), fs::read(place.file(&name[1..])).unwrap());
            assert!(expect == found, "{name}: {} and {} bytes", expect.len(), found.len());
        }
        assert_eq!(fs::read(&reject[0]).unwrap(), fs::read(&reject[1]).unwrap());
        assert!(names(place.path()).iter().all(|n| !n.contains("demarche-")), "{:?}", names(place.path()));
    }
}

#[test]
fn ctrl_c_ends_in_order_and_says_how_to_go_on() {
    let place = Place::new();
    file(place.path(), "in.csv", statements(ROWS));
    let whole = place.run("whole.csv", &[]);
    assert_eq!(whole.code, 0);
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(place.arguments("a.csv", &[]))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !place.file("a.csv.demarche-resume").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let mut err = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{err}");
    assert!(err.contains("interrupted") && err.contains("--resume goes on from there"), "{err}");
    let said = place.run("a.csv", &["--resume"]);
    assert!(said.code == 0 && said.err.contains("going on after"), "{}", said.err);
    let last = |s: &Said| s.err.lines().last().unwrap().to_owned();
    assert_eq!(last(&said), last(&whole));
    assert!(fs::read(place.file("a.csv")).unwrap() == fs::read(place.file("whole.csv")).unwrap());
}

#[test]
fn a_changed_input_model_or_option_starts_over_and_says_so() {
    let place = Place::new();
    file(place.path(), "in.csv", statements(ROWS));
    place.stop("a.csv", &[], "-KILL");
    let kept: Vec<(String, Vec<u8>)> = ["a.csv.demarche-resume", "a.csv.demarche-partial"]
        .map(|n| (n.to_owned(), fs::read(place.file(n)).unwrap()))
        .into();
    let restore = || kept.iter().for_each(|(name, bytes)| fs::write(place.file(name), bytes).unwrap());
    let check = |more: &[&str], words: &str| {
        let said = place.run("a.csv", &[&["--resume"], more].concat());
        assert!(said.code == 0 && said.err.contains(words), "{words}: {}", said.err);
        assert!(said.err.contains("starting from the beginning"), "{}", said.err);
        let fresh = place.run("b.csv", more);
        assert_eq!(fresh.code, 0);
        assert!(fs::read(place.file("a.csv")).unwrap() == fs::read(place.file("b.csv")).unwrap(), "{words}");
    };
    check(&["--columns", "id,label"], "had another columns");
    restore();
    let model = file(place.path(), "m", fs::read("models/talks.demarche").unwrap());
    let table = crate::run::labelled_rows(6);
    let data = file(place.path(), "d.csv", table);
    assert_eq!(demarche(&["train", &data, "--folds", "0", "-o", &model]).code, 0);
    check(&["-m", &model], "had another model");
    restore();
    let mut partial = kept[1].1.clone();
    partial[100] ^= 1;
    fs::write(place.file("a.csv.demarche-partial"), &partial).unwrap();
    check(&[], "gone or changed");
    restore();
    file(place.path(), "in.csv", statements(ROWS).replacen("day 3 ", "day 4 ", 1));
    check(&[], "the input is not what the interrupted run has read");
    fs::write(place.file("a.csv.demarche-resume"), b"no checkpoint").unwrap();
    let said = place.run("a.csv", &["--resume"]);
    assert!(said.code == 2 && said.err.contains("is damaged"), "{said:?}");
    assert_eq!(place.run("a.csv", &[]).code, 0);
    assert!(place.run("a.csv", &["--resume"]).err.contains("there is no interrupted run"));
}

#[test]
fn two_runs_do_not_write_the_same_file() {
    let place = Place::new();
    file(place.path(), "in.csv", statements(ROWS));
    let mut first = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(place.arguments("a.csv", &["--quiet"]))
        .spawn()
        .unwrap();
    while !place.file("a.csv.demarche-resume").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let second = place.run("a.csv", &[]);
    assert!(second.code == 2 && second.err.contains("another run is writing"), "{second:?}");
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(fs::read_to_string(place.file("a.csv")).unwrap().lines().count(), ROWS + 1);
}

#[test]
fn since_takes_over_what_has_not_changed() {
    let place = Place::new();
    let articles = place.file("articles");
    fs::create_dir(&articles).unwrap();
    for (name, text) in [
        ("a.txt", "“We will not sit down with them,” the minister said. It rained."),
        ("b.txt", "The envoy said that he would talk if the road is opened."),
        ("c.txt", "Grain prices rose."),
    ] {
        file(&articles, name, text);
    }
    let path = |name: &str| place.file(name).display().to_string();
    let folder = articles.display().to_string();
    let (old, new, fresh) = (path("old.csv"), path("new.csv"), path("fresh.csv"));
    assert_eq!(demarche(&["classify", &folder, "-o", &old]).code, 0);
    let since =
        |more: &[&str]| demarche(&[&["classify", &folder, "--since", &old, "-o", &new], more].concat());
    assert!(since(&[]).err.contains("3 articles taken over unchanged"), "{}", since(&[]).err);
    file(&articles, "b.txt", "The envoy said that he would never talk.");
    file(&articles, "ab.txt", "The council is ready to meet them, it said.");
    let said = since(&[]);
    assert!(said.err.contains("2 articles taken over unchanged"), "{}", said.err);
    let all = demarche(&["classify", &folder, "-o", &fresh]);
    assert_eq!(fs::read_to_string(&new).unwrap(), fs::read_to_string(&fresh).unwrap());
    let counts = |said: &Said| said.err.lines().last().unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(counts(&said), counts(&all));
    let again = demarche(&["classify", &folder, "--since", &new, "-o", &new]);
    assert!(again.err.contains("4 articles taken over"), "{}", again.err);
    assert_eq!(fs::read_to_string(&new).unwrap(), fs::read_to_string(&fresh).unwrap());
    assert!(since(&["--columns", "text,label"]).err.contains("was made with another columns"));
    let changed = fs::read_to_string(&old).unwrap().replacen("minister", "governor", 1);
    fs::write(&old, changed).unwrap();
    let said = since(&[]);
    assert!(
        said.err.contains("was changed after it was made") && !said.err.contains("taken over"),
        "{}",
        said.err
    );
    assert_eq!(fs::read_to_string(&new).unwrap(), fs::read_to_string(&fresh).unwrap());
}

#[test]
fn standard_input_is_continued_when_it_is_given_again() {
    let place = Place::new();
    let out = place.file("a.csv").display().to_string();
    let table = statements(ROWS);
    let arguments = ["classify", "-", "--as", "statements", "-o", &out, "--checkpoint-rows", "500"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let half = table.as_bytes()[..table.len() / 2].to_vec();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        std::io::Write::write_all(&mut stdin, &half).ok();
        stdin
    });
    while !place.file("a.csv.demarche-resume").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    drop(writer.join().unwrap());
    let said = piped(&[&arguments[..], &["--resume"]].concat(), table.as_bytes());
    assert!(said.code == 0 && said.err.contains("going on after"), "{}", said.err);
    let found = rows(&fs::read_to_string(&out).unwrap());
    assert_eq!((found.len(), found[ROWS - 1]["id"].as_str()), (ROWS, &*format!("s{}", ROWS - 1)));
}

#[test]
fn other_speakers_in_the_same_file_decide_anew() {
    let place = Place::new();
    let speakers = |side: &str| {
        file(
            place.path(),
            "sp.csv",
            format!("name,alias,role,side,valid_from,valid_to\nOrla Venn,,Envoy,{side},,\n"),
        )
    };
    let own = speakers("North");
    file(place.path(), "in.csv", statements(ROWS));
    place.stop("a.csv", &["--speakers", &own], "-KILL");
    speakers("South");
    let said = place.run("a.csv", &["--speakers", &own, "--resume"]);
    assert!(said.code == 0 && said.err.contains("had another speakers"), "{said:?}");
    let article = file(place.path(), "a.txt", "“We will not sit down,” Orla Venn said.");
    let out = place.file("b.csv").display().to_string();
    let since = || demarche(&["classify", &article, "--speakers", &own, "--since", &out, "-o", &out]);
    since();
    assert!(since().err.contains("1 article taken over unchanged"));
    speakers("North");
    assert!(since().err.contains("was made with another speakers"));
    let fresh = demarche(&["classify", &article, "--speakers", &own]).out;
    assert_eq!(fs::read_to_string(&out).unwrap(), fresh);
}
