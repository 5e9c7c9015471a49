//! The language server as a person sees it in Emacs, with the mode that `editors/emacs` gives.

use std::process::Command;

use crate::support::{has, root, works};
use serde_json::Value;

/// A sign that takes two units of UTF-16, and signs of full width, before what is wrong.
const FILE: &str = "项目 𠮷村防火 {
  预算 20000 元
  目标 \"全年进村宣传六次以上，火灾明显减少。\"
  指标　数量　𠮷村宣传场次　＞＝　６　次次
  指标 社会效益 𠮷村火灾起数 ≤ 2 趟趟
}
";

#[test]
fn a_person_in_emacs_sees_and_completes() {
    if !has("Emacs", works("emacs", "--version")) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    // A file with a Chinese name; the settings say where the workspace ends.
    let (file, seen) = (folder.path().join("防火.jx"), folder.path().join("seen.json"));
    std::fs::write(&file, FILE).expect("written");
    std::fs::write(folder.path().join("jixiao.toml"), "").expect("written");
    let mut emacs = Command::new("emacs");
    emacs.args(["--batch", "-L"]).arg(root().join("editors/emacs")).arg("-l").arg(root().join("tests/emacs/drive.el"));
    emacs.env("JIXIAO_PROGRAM", env!("CARGO_BIN_EXE_jixiao")).env("JIXIAO_FILE", &file).env("JIXIAO_OUT", &seen);
    emacs.env("HOME", folder.path()).env("LC_ALL", "C.UTF-8").env_remove("XDG_CONFIG_HOME");
    let output = emacs.output().expect("it runs");
    let text = std::fs::read_to_string(&seen)
        .unwrap_or_else(|_| panic!("nothing seen: {}", String::from_utf8_lossy(&output.stderr)));
    let seen: Value = serde_json::from_str(&text).expect("JSON");
    if !has("eglot", !seen.is_null()) {
        return;
    }
    assert_eq!(seen["mode"], "jixiao-ts-mode");
    let told = seen["told"].as_array().expect("findings");
    let mut places: Vec<&str> =
        told.iter().filter(|one| one[1].to_string().contains("JX304")).filter_map(|one| one[0].as_str()).collect();
    places.sort_unstable();
    assert_eq!(places, ["次次", "趟趟"], "{told:#?}");
    let expected = ["  指标 数量", "  指标 产出指标.质量指标", "  指标 满意度", "  用途 \"\""];
    assert_eq!(seen["completed"], serde_json::json!(expected));
}
