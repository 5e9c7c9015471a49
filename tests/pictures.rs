//! The pictures of the README: they show what the pages say now, and none is heavy.

use std::process::Command;

use crate::serve::Served;
use crate::support::{has_browser, root};

/// What a page with all of them takes to load stays small.
const MOST_BYTES: u64 = 150_000;

#[test]
fn every_picture_is_shown_small_and_described() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let mut pictures = 0;
    for entry in std::fs::read_dir(root().join("docs/pictures")).expect("pictures") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !name.ends_with(".png") {
            continue;
        }
        pictures += 1;
        let size = path.metadata().expect("a file").len();
        assert!(size > 0 && size < MOST_BYTES, "{name} has {size} bytes");
        assert!(path.with_extension("txt").exists(), "{name}: nothing says what it shows");
        let shown = readme.lines().find(|line| line.contains(&format!("](docs/pictures/{name})")));
        let described = shown.and_then(|line| line.split_once("![")).is_some_and(|(_, rest)| !rest.starts_with(']'));
        assert!(described, "README.md does not show {name} with a description");
    }
    assert!(pictures > 0);
}

#[test]
fn every_picture_shows_what_its_page_says_now() {
    if !has_browser("playwright-core") {
        return;
    }
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    let built = Command::new(assert_cmd::cargo::cargo_bin("jixiao"))
        .current_dir(root())
        .args(["build", "examples/yutian-2025", "--to", "html", "--lang", "zh", "--quiet", "-o"])
        .arg(&folder)
        .status();
    assert!(built.is_ok_and(|status| status.success()));
    let served = Served::of(&root().join("examples/yutian-2025"), &[]);
    let output = Command::new("node")
        .arg(root().join("tests/browser/pictures.mjs"))
        .arg(folder.join("report.html"))
        .arg(&served.address)
        .arg(root().join("docs/pictures"))
        .arg("--check")
        .output()
        .expect("node");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}
