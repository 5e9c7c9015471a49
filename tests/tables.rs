//! Tables for engines: what they are documented as, that equal texts give equal bytes, and what is refused.

#![allow(clippy::format_push_string, reason = "small numbers, small texts")]

use std::path::Path;
use std::process::Command;

use crate::support::root;
use jixiao::backend::tables::{TABLES, views};

/// What a run said on its standard error, and its status.
fn built(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["--lang", "en", "build", "--to", "parquet"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs");
    (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code().expect("a status"))
}

fn page() -> String {
    let mut page = String::from(
        "# 各表的列 · The columns of the tables\n\n\
         *由 `jixiao schema --tables` 所用的同一份数据生成，`JIXIAO_BLESS=1` 更新。Made of the data that `jixiao schema --tables` \
         prints. How to read them: [engines.md](engines.md).*\n\n\
         `jixiao build 县/ --to parquet -o 表` 写出 `表/表名/年度-区划.parquet`，每张表、每年、每个区划一个文件，另有 `views.sql`，是中文名称的视图。\
         加粗的列是键，各行按键排序。金额和目标值是 `DECIMAL(18,4)`，比例和分值是 `DECIMAL(9,4)`；放不下的数为空，原文在写法一列，从不舍入或溢出。\n\n\
         *A file for each table, year and region, and `views.sql` with views of Chinese names. Bold columns are the key, by which rows \
         are sorted. A number that does not fit its column is NULL and stays in the column of what is written: it is never cut, and \
         never wraps.*\n",
    );
    for table in &TABLES {
        let [chinese, english] = table.row;
        page += &format!(
            "\n## `{}` · {}\n\n{chinese} · {english}\n\n| 列 | 类型 | 空 | 名称 | 意思 | meaning |\n|---|---|---|---|---|---|\n",
            table.name, table.label
        );
        for (index, column) in table.columns.iter().enumerate() {
            let mark = if index < table.key { "**" } else { "" };
            let null = if column.may_be_null { "✓" } else { "" };
            let [chinese, english] = column.meaning;
            page += &format!(
                "| {mark}`{}`{mark} | `{}` | {null} | {} | {chinese} | {english} |\n",
                column.name,
                column.kind.sql(),
                column.label
            );
        }
    }
    page
}

#[test]
fn the_page_of_the_columns_is_what_the_files_have() {
    let path = root().join("docs/tables.md");
    let wanted = page();
    if std::env::var_os("JIXIAO_BLESS").is_some() {
        std::fs::write(&path, &wanted).expect("written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, wanted, "docs/tables.md is renewed by JIXIAO_BLESS=1 cargo test --test suites tables::");
}

/// What engines reserve, or read otherwise, in any of them.
#[test]
fn names_need_no_quotes_and_labels_tell_columns_apart() {
    let reserved =
        ["column", "order", "group", "from", "to", "select", "table", "user", "index", "desc", "end", "start", "rows"];
    for table in &TABLES {
        let mut labels: Vec<&str> = table.columns.iter().map(|column| column.label).collect();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), table.columns.len(), "{}", table.name);
        for name in table.columns.iter().map(|column| column.name).chain([table.name]) {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
            assert!(!reserved.contains(&name), "{name}");
        }
    }
    // A statement ends where a semicolon stands, and nowhere else.
    assert_eq!(views().matches(';').count(), TABLES.len());
}

#[test]
fn equal_texts_give_equal_bytes_wherever_they_lie() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = root().join("examples/yutian-2025");
    let example = example.to_str().expect("a path");
    let copied = folder.path().join("又一处/县政府办公室");
    std::fs::create_dir_all(copied.parent().expect("a folder")).expect("a folder");
    let copy = Command::new("cp").arg("-r").arg(example).arg(&copied).status();
    assert!(copy.is_ok_and(|status| status.success()));
    assert_eq!(built(folder.path(), &[example, "-o", "one"]).1, 0);
    assert_eq!(built(&copied, &[".", "-o", "../../other"]).1, 0);
    let mut files = 0;
    for entry in walkdir::WalkDir::new(folder.path().join("one")) {
        let entry = entry.expect("an entry");
        if entry.file_type().is_file() && !entry.file_name().to_string_lossy().starts_with('.') {
            let name = entry.path().strip_prefix(folder.path().join("one")).expect("below");
            let other = std::fs::read(folder.path().join("other").join(name)).expect("the same file");
            assert_eq!(std::fs::read(entry.path()).expect("a file"), other, "{}", name.display());
            files += 1;
        }
    }
    assert_eq!(files, TABLES.len() + 1);
}

#[test]
fn a_region_or_a_year_that_nobody_says_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    let project = |code: &str| {
        format!(
            "项目 {code} 宣传 {{\n  预算 1 万元\n  目标 \"办六场。\"\n  指标 数量 场次 ≥ 6 场\n  指标 社会效益 知晓率 ≥ 90%\n  指标 满意度 群众满意度 ≥ 90%\n}}\n"
        )
    };
    let department = |name: &str, year: &str| format!("部门 {name} {{\n  {year}\n}}\n");
    write("无编码/部门.jx", &(department("甲局", "年度 2025") + &project("")));
    let (said, status) = built(folder.path(), &["无编码"]);
    assert!(
        status == 2 && said.contains("no code of a project says which region") && said.contains("--region"),
        "{said}"
    );
    assert_eq!(built(folder.path(), &["无编码", "--region", "013000", "-o", "out"]).1, 0);
    assert!(folder.path().join("out/funds/2025-013000.parquet").exists());
    for wrong in ["../x", "", "县", "1234567890123"] {
        let (said, status) = built(folder.path(), &["无编码", "--region", wrong]);
        assert!(status == 2 && said.contains("is no code of a region"), "{said}");
    }

    write("两县/甲/部门.jx", &(department("901 甲局", "年度 2025") + &project("13022925T000000000001")));
    write("两县/乙/部门.jx", &(department("902 乙局", "年度 2025") + &project("13023025T000000000001")));
    let (said, status) = built(folder.path(), &["两县"]);
    assert!(status == 2 && said.contains("130229（1）、130230（1）"), "{said}");
    assert!(!folder.path().join("jixiao-out").exists());

    write("无年度/甲/部门.jx", &(department("901 甲局", "") + &project("13022925T000000000001")));
    let (said, status) = built(folder.path(), &["无年度"]);
    assert!(status == 2 && said.contains("甲局") && said.contains("--year 2025"), "{said}");
    let (said, status) = built(folder.path(), &["无年度", "--year", "2024", "-o", "out"]);
    assert!(status == 0 && said.contains("taken to 2024: 甲局"), "{said}");
    assert!(folder.path().join("out/funds/2024-130229.parquet").exists());

    // What the others say holds for it, and is told.
    write("无年度/乙/部门.jx", &(department("902 乙局", "年度 2023") + &project("13022925T000000000002")));
    let (said, status) = built(folder.path(), &["无年度", "-o", "out"]);
    assert!(status == 0 && said.contains("taken to 2023: 甲局"), "{said}");

    write("无部门/项目.jx", &project("13022925T000000000001"));
    let (said, status) = built(folder.path(), &["无部门"]);
    assert!(status == 2 && said.contains("belongs to no department"), "{said}");
}

/// Counties one after another: errors are a result, what did not run is a failure, and only that is run again.
#[cfg(unix)]
#[test]
fn a_province_goes_on_where_it_stopped() {
    use std::io::Write;
    use std::process::Stdio;

    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    let run = |program: &str| {
        let mut command = Command::new(root().join("examples/province/county.sh"));
        command.arg("全省").current_dir(folder.path()).env("JIXIAO", program);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        child.stdin.take().expect("a pipe").write_all("各县/甲\n各县/乙\n各县/丙\n".as_bytes()).expect("written");
        let output = child.wait_with_output().expect("it ends");
        (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
    };
    let jixiao = env!("CARGO_BIN_EXE_jixiao");
    let office = |name: &str| format!("部门 901 {name} {{\n  年度 2025\n}}\n");
    let project = "项目 13022925T000000000001 宣传 {\n  预算 1 万元\n  目标 \"办六场。\"\n  指标 数量 场次 ≥ 6 场\n  指标 社会效益 知晓率 ≥ 90%\n  指标 满意度 群众满意度 ≥ 90%\n}\n";
    write("各县/甲/部门.jx", &(office("甲局") + project));
    write("各县/乙/部门.jx", &(office("乙局") + "项目 甲 {\n  预算 1 趟\n}\n"));
    // Nothing to check is no result.
    std::fs::create_dir_all(folder.path().join("各县/丙")).expect("a folder");
    assert_eq!(run(jixiao), ("0\t各县/甲\n1\t各县/乙\n2\t各县/丙\n".to_owned(), Some(2)));
    assert!(folder.path().join("全省/projects/2025-130229.parquet").exists());
    let found = std::fs::read_to_string(folder.path().join("全省/检查/乙.csv")).expect("findings");
    assert!(found.contains("JX"), "{found}");

    // Only what failed is run again: the others need no program.
    write("各县/丙/部门.jx", &(office("丙局") + &project.replace("130229", "130230")));
    assert_eq!(run("/nowhere"), ("0\t各县/甲\n1\t各县/乙\n127\t各县/丙\n".to_owned(), Some(2)));
    assert_eq!(run(jixiao), ("0\t各县/甲\n1\t各县/乙\n0\t各县/丙\n".to_owned(), Some(0)));
    assert_eq!(run("/nowhere"), ("0\t各县/甲\n1\t各县/乙\n0\t各县/丙\n".to_owned(), Some(0)));
    assert!(folder.path().join("全省/projects/2025-130230.parquet").exists());
}
