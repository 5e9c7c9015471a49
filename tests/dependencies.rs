//! What `deny.toml` says of the crates that we use, checked without a tool of its own.

use std::path::Path;

use crate::support::{metadata, root};
use serde_json::Value;

fn policy() -> toml::Table {
    std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml").parse().expect("TOML")
}

fn packages(metadata: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let packages = metadata["packages"].as_array().expect("packages");
    packages.iter().map(|package| (package["name"].as_str().expect("a name"), package))
}

/// Whether an expression as crates write them (`(MIT OR Apache-2.0) AND Unicode-3.0`, of old `MIT/Apache-2.0`) is met by
/// licences that are allowed.
fn is_met(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "\u{1}");
    let words: Vec<String> = spaced.split_whitespace().map(|word| word.replace('\u{1}', " WITH ")).collect();
    let mut rest = words.as_slice();
    let is_met = any_of(&mut rest, is_allowed);
    assert!(rest.is_empty(), "no expression of licences: {expression}");
    is_met
}

fn any_of(rest: &mut &[String], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut is_met = all_of(rest, is_allowed);
    while take(rest, "OR") {
        is_met |= all_of(rest, is_allowed);
    }
    is_met
}

fn all_of(rest: &mut &[String], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut is_met = one(rest, is_allowed);
    while take(rest, "AND") {
        is_met &= one(rest, is_allowed);
    }
    is_met
}

fn one(rest: &mut &[String], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    if take(rest, "(") {
        let is_met = any_of(rest, is_allowed);
        assert!(take(rest, ")"), "no end of a bracket");
        return is_met;
    }
    let (licence, after) = rest.split_first().expect("a licence");
    *rest = after;
    is_allowed(licence)
}

fn take(rest: &mut &[String], word: &str) -> bool {
    let is_next = rest.first().is_some_and(|next| next == word);
    if is_next {
        *rest = &rest[1..];
    }
    is_next
}

#[test]
fn expressions_of_licences_are_understood() {
    let is_allowed = |licence: &str| ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"].contains(&licence);
    for (expression, wanted) in [
        ("MIT", true),
        ("MPL-2.0", false),
        ("MPL-2.0/MIT", true),
        ("Apache-2.0", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("MIT AND MPL-2.0", false),
        ("(MPL-2.0 OR MIT) AND Zlib", true),
        ("MPL-2.0 OR MIT AND BSD-2-Clause", false),
    ] {
        assert_eq!(is_met(expression, &is_allowed), wanted, "{expression}");
    }
}

#[test]
fn every_licence_is_allowed_and_every_allowed_licence_is_needed() {
    let (metadata, policy) = (metadata(), policy());
    let allowed: Vec<&str> =
        policy["licenses"]["allow"].as_array().expect("a list").iter().filter_map(toml::Value::as_str).collect();
    let refused = |allowed: &[&str]| -> Vec<String> {
        let is_met = |package: &Value| {
            package["license"].as_str().is_some_and(|text| is_met(text, &|licence| allowed.contains(&licence)))
        };
        let refused = packages(&metadata).filter(|(_, package)| !is_met(package));
        refused.map(|(name, package)| format!("{name}: {}", package["license"])).collect()
    };
    assert_eq!(refused(&allowed), Vec::<String>::new());
    for licence in &allowed {
        let others: Vec<&str> = allowed.iter().copied().filter(|other| other != licence).collect();
        assert!(!refused(&others).is_empty(), "no crate needs {licence}");
    }
}

#[test]
fn every_crate_comes_from_the_registry_or_from_this_repository() {
    let (metadata, policy) = (metadata(), policy());
    for setting in ["unknown-registry", "unknown-git"] {
        assert_eq!(policy["sources"][setting].as_str(), Some("deny"));
    }
    for (name, package) in packages(&metadata) {
        let is_ours = Path::new(package["manifest_path"].as_str().expect("a path")).starts_with(root());
        match package["source"].as_str() {
            Some(source) => assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}"),
            None => assert!(is_ours, "{name} lies outside"),
        }
    }
}

#[test]
fn no_version_is_left_open() {
    let (metadata, policy) = (metadata(), policy());
    assert_eq!(policy["bans"]["wildcards"].as_str(), Some("deny"));
    for (name, package) in packages(&metadata).filter(|(_, package)| package["source"].is_null()) {
        for wanted in package["dependencies"].as_array().expect("a list") {
            let is_open = wanted["req"] == "*" && wanted["path"].is_null();
            assert!(!is_open, "{name} takes any version of {}", wanted["name"]);
        }
    }
}
