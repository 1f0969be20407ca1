//! What a run reads is not written over, and its outputs keep out of each other's way.

use std::fs;
use std::process::{Command, Stdio};

use crate::folder::Folder;

const ARTICLE: &str = "The ministry spoke at noon. “We will not sit down with them,” the minister said.";

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
