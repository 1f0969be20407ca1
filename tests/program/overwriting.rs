//! What a run reads is not written over, and its outputs keep out of each other's way.

use std::fs;
use std::process::{Command, Stdio};

use crate::folder::{Folder, corpus};

const ARTICLE: &str = "The ministry spoke at noon. “We will not sit down with them,” the minister said.";
const SPEAKERS: &str = "name,alias,role,side,valid_from,valid_to\nAnna Vance,,Minister,North,2020-01-01,\n";

/// The names of all files of a folder and what is in them.
fn contents(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let names = crate::output::names(&folder.path(""));
    names.into_iter().map(|name| (name.clone(), fs::read(folder.path(&name)).unwrap())).collect()
}

#[test]
fn a_file_is_not_written_that_is_read_or_written_already() {
    let folder = Folder::new()
        .with("d.csv", &corpus(40))
        .with("e.csv", "id,label\nr0,open\n")
        .with("a.txt", ARTICLE)
        .with("sp.csv", SPEAKERS)
        .with("s.svg", "")
        .with("m.card.md", "text,label\n")
        .with("out-00002.csv", "id,text\n1,We will talk.\n")
        .with("out-00001.csv", "id,text\n1,We will talk.\n");
    let before = contents(&folder);
    for (arguments, words) in [
        ("train d.csv -o d.csv", "-o d.csv is also DATA"),
        ("train d.csv --add e.csv -o e.csv", "-o e.csv is also --add"),
        ("train m.card.md -o m.demarche", "the card m.card.md is also DATA"),
        ("agree d.csv e.csv -o ./e.csv", "-o ./e.csv is also FILE"),
        ("evaluate d.csv --html d.csv", "--html d.csv is also DATA"),
        ("evaluate d.csv --learning-curve d.csv", "--learning-curve d.csv is also DATA"),
        ("evaluate s.svg --learning-curve s.csv", "the plot of --learning-curve s.svg is also DATA"),
        ("evaluate d.csv -m e.csv --html e.csv", "--html e.csv is also --model"),
        ("explain Yes. -m e.csv --html e.csv", "--html e.csv is also --model"),
        ("extract a.txt -o a.txt", "-o a.txt is also INPUT"),
        ("extract a.txt --speakers sp.csv -o sp.csv", "-o sp.csv is also --speakers"),
        ("classify a.txt -o a.txt", "-o a.txt is also INPUT"),
        ("classify *.txt -o a.txt", "-o a.txt is also INPUT"),
        ("classify a.txt --rejects a.txt", "--rejects a.txt is also INPUT"),
        ("classify a.txt --summary a.txt", "--summary a.txt is also INPUT"),
        ("classify a.txt --speakers sp.csv -o sp.csv", "-o sp.csv is also --speakers"),
        ("classify a.txt -m e.csv -o e.csv", "-o e.csv is also --model"),
        ("classify a.txt --since e.csv -o n.csv --rejects e.csv", "--rejects e.csv is also --since"),
        ("classify a.txt -o n.csv --summary n.csv", "--summary n.csv is also -o"),
        ("classify a.txt -o n.csv --rejects ./n.csv", "--rejects ./n.csv is also -o"),
        ("classify a.txt --rejects n.csv --review n.csv", "--review n.csv is also --rejects"),
        (
            "classify out-00002.csv --as statements -o out.csv --split-rows 9",
            "-o out-00002.csv is also INPUT",
        ),
    ] {
        let said = folder.run(arguments).with_code(2);
        assert_eq!(said.err, format!("demarche: {words}: it would be overwritten\n"), "{arguments}");
    }
    assert_eq!(contents(&folder), before);
}

#[test]
fn a_run_does_not_read_what_it_writes_into_its_folder() {
    let folder = Folder::new().with("a.txt", ARTICLE).with("b.txt", ARTICLE);
    for run in [
        "classify . -o scored.csv --rejects rejected.csv",
        "classify . -o parts.csv --split-rows 1",
        "extract . -o found.csv",
    ] {
        folder.run(run).with_code(0);
        let before = contents(&folder);
        let again = folder.run(run).with_code(0);
        assert!(again.err.contains("which this run writes") && contents(&folder) == before, "{}", again.err);
        for (name, _) in before.iter().filter(|(name, _)| !["a.txt", "b.txt"].contains(&name.as_str())) {
            fs::remove_file(folder.path(name)).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_the_file_behind_it_is_written() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new().with("a.txt", ARTICLE).with("old.csv", "earlier");
    symlink("old.csv", folder.path("link.csv")).unwrap();
    symlink("new.csv", folder.path("first.csv")).unwrap();
    let expect = folder.run("classify a.txt").with_code(0).out;
    for (link, file) in [("link.csv", "old.csv"), ("first.csv", "new.csv")] {
        folder.run(&format!("classify a.txt -o {link}")).with_code(0);
        assert!(folder.path(link).is_symlink() && !folder.path(file).is_symlink());
        assert_eq!(folder.read(file), expect);
    }
    folder.run("extract a.txt -o link.csv").with_code(0);
    assert!(folder.path("link.csv").is_symlink());
    assert_eq!(folder.read("old.csv"), folder.run("extract a.txt").out);
    let said = folder.run("classify old.csv --as statements -o link.csv").with_code(2);
    assert!(said.err.contains("-o link.csv is also INPUT"), "{}", said.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_link_to_an_open_file_is_written_to_as_a_stream() {
    let folder = Folder::new().with("a.txt", ARTICLE);
    std::os::unix::fs::symlink("/proc/self/fd/1", folder.path("link")).unwrap();
    for verb in ["classify", "extract"] {
        let expect = folder.run(&format!("{verb} a.txt")).with_code(0).out;
        for output in ["link", "/dev/stdout"] {
            let status = Command::new(env!("CARGO_BIN_EXE_demarche"))
                .args([verb, "a.txt", "-o", output])
                .current_dir(folder.path(""))
                .stdout(fs::File::create(folder.path("out.csv")).unwrap())
                .stderr(Stdio::null())
                .status()
                .unwrap();
            assert!(status.success() && folder.path("link").is_symlink());
            assert_eq!(folder.read("out.csv"), expect, "{verb} -o {output}");
        }
    }
}

#[test]
fn what_cannot_be_written_is_told_before_the_work() {
    let folder = Folder::new().with("a.txt", ARTICLE).with("d.csv", &corpus(40));
    let before = contents(&folder);
    for arguments in [
        "classify a.txt -o out.csv --summary none/x",
        "classify a.txt -o out.csv --rejects none/x",
        "classify a.txt -o out.csv --review none/x",
        "evaluate d.csv --html none/x",
        "train d.csv -o none/x",
    ] {
        let said = folder.run(arguments).with_code(2);
        assert_eq!(said.err, "demarche: cannot write none/x: there is no folder none\n", "{arguments}");
    }
    assert_eq!(contents(&folder), before);
}
