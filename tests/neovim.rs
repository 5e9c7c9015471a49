//! The language server as a person sees it in Neovim, with the set-up that `editors/neovim` gives.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{has, root, works};
use serde_json::Value;

/// A project with a text that does not close, loose spelling, and a wrong unit.
const WITH_MISTAKES: &str = "项目 防火宣传 {
  预算 20000 元
  用途 “印制宣传材料\"
  目标 \"全年进村宣传六次以上，火灾明显减少。\"
  指标　数量　宣传场次＞＝６次
  指标 社会效益 火灾起数 ≤ 2 趟趟
  指标 满意度 村民满意度 ≥ 90%
}
";

const INDENTED: &str = "项目 甲 {
  预算 1 元 {
    财政拨款 1 元
  }
  目标 \"\"\"
    甲。
    \"\"\"
  用途 \"乙\"
}
";

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("neovim");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// What Neovim saw, and what the command line says of the same file.
fn session() -> Option<(Value, Value)> {
    if !has("Neovim", works("nvim", "--version")) {
        return None;
    }
    let folder = folder();
    let file = folder.join("防火宣传.jx");
    std::fs::write(&file, WITH_MISTAKES).expect("written");
    // Where the workspace ends.
    std::fs::write(folder.join("jixiao.toml"), "").expect("written");
    let mut check = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    check.args(["--lang", "zh", "check", "--format", "json"]).arg(&file);
    let checked = serde_json::from_slice(&check.output().expect("it runs").stdout).expect("JSON");
    let seen = folder.join("seen.json");
    let mut nvim = Command::new("nvim");
    nvim.args(["--headless", "-u", "NONE", "-i", "NONE", "-n"]);
    nvim.arg("--cmd").arg(format!("set runtimepath^={}", root().join("editors/neovim").display()));
    nvim.args(["--cmd", "filetype plugin indent on | syntax on"]);
    nvim.arg("-S").arg(root().join("tests/neovim/drive.lua"));
    nvim.env("JIXIAO_PROGRAM", env!("CARGO_BIN_EXE_jixiao")).env("JIXIAO_FILE", &file).env("JIXIAO_OUT", &seen);
    // Its own home, so that what a person has set up counts for nothing.
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_DIRS"] {
        nvim.env(variable, folder.join("home"));
    }
    let output = nvim.output().expect("it runs");
    let text = std::fs::read_to_string(&seen)
        .unwrap_or_else(|_| panic!("nothing seen: {}", String::from_utf8_lossy(&output.stderr)));
    Some((serde_json::from_str(&text).expect("JSON"), checked))
}

fn lines(seen: &Value) -> Vec<&str> {
    seen.as_array().expect("lines").iter().filter_map(Value::as_str).collect()
}

fn codes(found: &Value) -> Vec<&str> {
    found.as_array().expect("findings").iter().filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn a_person_in_neovim_sees_mends_completes_and_formats() {
    let Some((seen, checked)) = session() else { return };
    assert_eq!(seen["problem"], Value::Null, "{seen:#}");
    assert_eq!(seen["filetype"], "jixiao");
    assert_eq!(seen["attached"], true, "the server answers");

    // The findings are those of the command line: the same objects, in the same order.
    let found = seen["opened"].as_array().expect("findings").iter().map(|one| plain(&one["data"])).collect::<Vec<_>>();
    let expected = checked["findings"].as_array().expect("findings").iter().map(plain).collect::<Vec<_>>();
    assert!(expected.len() >= 3, "{checked:#}");
    assert_eq!(found, expected);

    // Completion by the first letters of the pinyin: 用途.
    let offered = &seen["completion"]["result"];
    let items =
        offered["items"].as_array().or(offered.as_array()).unwrap_or_else(|| panic!("{:#}", seen["completion"]));
    let labels: Vec<&str> = items.iter().filter_map(|item| item["label"].as_str()).collect();
    assert!(labels.iter().any(|label| label.starts_with("用途")), "{labels:?}");

    let hover = seen["hover"]["result"]["contents"].to_string();
    assert!(hover.contains("宣传场次"), "{:#}", seen["hover"]);

    // The lamp mends the quotes, and nothing else.
    assert!(!lines(&seen["actions"]).is_empty(), "{seen:#}");
    assert_eq!(seen["is_mended"], true);
    let mended = lines(&seen["mended"]);
    let changed: Vec<(&str, &str)> =
        mended.iter().copied().zip(WITH_MISTAKES.lines()).filter(|(one, other)| one != other).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].0.ends_with('”'), "{changed:?}");

    // Formatting gives what `jixiao fmt` gives.
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mended.jx");
    std::fs::write(&file, mended.join("\n") + "\n").expect("written");
    let mut format = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    assert!(format.arg("fmt").arg(&file).output().expect("it runs").status.success());
    let expected = std::fs::read_to_string(&file).expect("text");
    assert_eq!(lines(&seen["formatted"]).join("\n") + "\n", expected);

    // A half-typed target is told at its line; the finding of another line stays.
    assert_eq!(seen["is_half_typed_told"], true, "{:#}", seen["half_typed"]);
    assert!(codes(&seen["half_typed"]).contains(&"JX304"), "{:#}", seen["half_typed"]);

    // What is typed line by line stands where the formatter would put it.
    assert_eq!(lines(&seen["typed"]), INDENTED.lines().collect::<Vec<_>>());
}

/// A finding without what Lua does not keep (nothing) and with the names of files for their paths.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries.iter().filter(|(_, value)| !value.is_null());
            let entry = |(key, value): (&String, &Value)| match (key.as_str(), value) {
                ("path", Value::String(path)) => (key.clone(), path.rsplit('/').next().into()),
                _ => (key.clone(), plain(value)),
            };
            Value::Object(kept.map(entry).collect())
        }
        Value::Array(values) => values.iter().map(plain).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}
