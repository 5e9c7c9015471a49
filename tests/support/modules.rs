//! The modules of `src/` and which uses which, read from their texts: `crate::a::b`, `super::super::a`, and every leaf of
//! `use crate::{a::b, c::{self, d}}`.

use std::collections::{BTreeMap, BTreeSet};

/// A path from the root of the crate.
pub type Path = Vec<String>;

/// The module of a file: `src/diff/walk.rs` is `diff::walk`.
pub fn module(file: &str) -> Path {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    if matches!(path, "lib" | "main") { Path::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// Everything that the code of a module names by a path.
pub fn uses(module: &[String], code: &str) -> BTreeSet<Path> {
    let mut found = BTreeSet::new();
    for start in ["crate::", "super::", "self::"] {
        for (offset, _) in code.match_indices(start) {
            let is_inside = code[..offset].ends_with(|sign: char| sign.is_alphanumeric() || "_:$".contains(sign));
            if !is_inside {
                leaves(&mut code[offset..].trim_start(), module.to_vec(), &mut found);
            }
        }
    }
    found
}

/// Reads a tree of uses and notes where its branches end.
fn leaves(rest: &mut &str, mut path: Path, found: &mut BTreeSet<Path>) {
    loop {
        let end = rest.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        *rest = after;
        match name {
            "crate" => path.clear(),
            "super" => drop(path.pop()),
            "self" | "" => {}
            name => path.push(name.to_owned()),
        }
        let Some(after) = rest.strip_prefix("::") else { break };
        *rest = after;
        if let Some(after) = rest.strip_prefix('{') {
            *rest = after.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                let before = rest.len();
                leaves(rest, path.clone(), found);
                // What follows a name in a tree is a comma, or `as` and another name.
                let next = rest.find([',', '}', '{']).unwrap_or(rest.len());
                *rest = rest[next..].trim_start_matches(',').trim_start();
                if rest.len() == before {
                    return;
                }
            }
            *rest = rest.strip_prefix('}').unwrap_or(rest);
            return;
        }
    }
    found.insert(path);
}

/// Modules that use each other in a circle, of each folder, without what lies below them.
pub fn circles(files: &[(String, String)]) -> Vec<String> {
    let modules: BTreeSet<Path> = files.iter().map(|(file, _)| module(file)).collect();
    let mut arrows: BTreeMap<Path, BTreeSet<Path>> = BTreeMap::new();
    for (file, code) in files {
        let own = module(file);
        for mut used in uses(&own, code) {
            while !modules.contains(&used) {
                used.pop();
            }
            let common = own.iter().zip(&used).take_while(|(one, other)| one == other).count();
            if common < own.len() && common < used.len() {
                arrows.entry(own[..=common].to_vec()).or_default().insert(used[..=common].to_vec());
            }
        }
    }
    let mut circles = BTreeSet::new();
    for start in arrows.keys() {
        let reached = reached(start, &arrows);
        let circle: Vec<&str> = reached
            .iter()
            .filter(|other| self::reached(other, &arrows).contains(start))
            .map(|other| other.last().expect("a name").as_str())
            .collect();
        if !circle.is_empty() {
            circles.insert(format!("{}: {}", start[..start.len() - 1].join("::"), circle.join(" ")));
        }
    }
    circles.into_iter().collect()
}

fn reached(start: &Path, arrows: &BTreeMap<Path, BTreeSet<Path>>) -> BTreeSet<Path> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(next) = open.pop() {
        open.extend(arrows.get(next).into_iter().flatten().filter(|other| reached.insert((*other).clone())));
    }
    reached
}

/// The names of types that are defined more than once, with how often. What stands inside a function or an implementation
/// is its own.
pub fn names_taken_twice(files: &[(String, String)]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let lines = files.iter().flat_map(|(_, code)| code.lines());
    for line in lines.filter(|line| !line.starts_with(' ')) {
        let mut words = line.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
        let kind = words.find(|word| !matches!(*word, "" | "pub" | "crate" | "super" | "in"));
        if let (Some("struct" | "enum" | "trait" | "type" | "union"), Some(name)) = (kind, words.next()) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(name, count)| format!("{name} {count}")).collect()
}
