//! Gives the build a name that changes whenever the program may: what was kept by another build is not read again.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// All that a program is made of, but for the machine that makes it.
const PARTS: [&str; 6] = ["src", "standards", "grammar", "Cargo.toml", "Cargo.lock", "build.rs"];

fn main() {
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        collect(Path::new(part), &mut files);
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        let text = fs::read(&file).unwrap_or_default();
        for bytes in [file.as_os_str().as_encoded_bytes(), &text] {
            hasher.write_usize(bytes.len());
            hasher.write(bytes);
        }
    }
    println!("cargo::rustc-env=JIXIAO_BUILD={:016x}", hasher.finish());
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.filter_map(Result::ok).for_each(|entry| collect(&entry.path(), files)),
        Err(_) => files.push(path.to_path_buf()),
    }
}
