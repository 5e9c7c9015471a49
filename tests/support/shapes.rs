//! Texts of every shape that might cost more than it says: what offices write, many times over, and what nobody would.

/// A text, or a folder of them, of about so many bytes.
pub struct Shape {
    pub name: &'static str,
    /// Paths and texts for a number of bytes.
    pub files: fn(usize) -> Vec<(String, String)>,
}

/// Repeats what a number makes until there are so many bytes.
fn repeated(bytes: usize, part: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < bytes {
        text += &part(number);
        number += 1;
    }
    text
}

fn one(text: String) -> Vec<(String, String)> {
    vec![("甲.jx".to_owned(), text)]
}

/// Lines inside a project.
fn in_project(bytes: usize, line: impl Fn(usize) -> String) -> Vec<(String, String)> {
    one(format!("项目 甲 {{\n{}}}\n", repeated(bytes, line)))
}

/// A sound project of so many indicators.
fn project(number: usize, indicators: usize) -> String {
    let lines = |index: usize| {
        format!(
            "  指标 数量 第{number}项第{index}类场次 ≥ {} 次 {{\n    描述 \"场次{index}\"\n    依据 \"年度工作计划\"\n  }}\n\n",
            index + 3
        )
    };
    let indicators: String = (0..indicators).map(lines).collect();
    format!(
        "项目 第{number}号项目 {{\n  预算 {} 元\n  目标 \"办好第{number}件事。\"\n\n{indicators}}}\n\n",
        number + 10
    )
}

const DEPARTMENT: &str = "部门 所 {\n  年度 2026\n  总体目标 \"办好。\"\n";

/// A department with sub-goals and a project, so many lines of each.
fn referring(
    bytes: usize,
    reference: impl Fn(usize) -> String,
    name: impl Fn(usize) -> String,
) -> Vec<(String, String)> {
    let goals =
        repeated(bytes / 2, |number| format!("  分项目标 \"第{number}件\" {{\n    指标 {}\n  }}\n", reference(number)));
    let projects = repeated(bytes / 2, |number| {
        let project = project(number, 2);
        project.replace(&format!("项目 第{number}号项目"), &format!("项目 {}", name(number)))
    });
    one(format!("{DEPARTMENT}{goals}}}\n\n{projects}"))
}

pub const SHAPES: &[Shape] = &[
    Shape { name: "a county", files: |bytes| one(repeated(bytes, |number| project(number, 10))) },
    Shape { name: "projects of one indicator", files: |bytes| one(repeated(bytes, |number| project(number, 1))) },
    Shape { name: "a project of many indicators", files: |bytes| one(project(0, bytes / 130)) },
    Shape { name: "open braces", files: |bytes| one("{".repeat(bytes)) },
    Shape { name: "closed braces", files: |bytes| one("}".repeat(bytes)) },
    Shape { name: "open and closed braces", files: |bytes| one("{}".repeat(bytes / 2)) },
    Shape { name: "lines of braces", files: |bytes| one("{\n}\n".repeat(bytes / 4)) },
    Shape { name: "lines that close", files: |bytes| one("}\n".repeat(bytes / 2)) },
    Shape { name: "closed braces in a project", files: |bytes| in_project(bytes, |_| "  }\n".to_owned()) },
    Shape { name: "empty blocks", files: |bytes| in_project(bytes, |_| "  预算 {\n  }\n".to_owned()) },
    Shape {
        name: "nested blocks that close",
        files: |bytes| in_project(bytes, |_| format!("{}{}", "预算 {\n".repeat(40), "}\n".repeat(40))),
    },
    Shape { name: "opened projects", files: |bytes| one("项目 甲 {\n".repeat(bytes / 10)) },
    Shape {
        name: "opened projects of many names",
        files: |bytes| one(repeated(bytes, |number| format!("项目 甲{number} {{\n"))),
    },
    Shape { name: "opened departments", files: |bytes| one("部门 甲 {\n".repeat(bytes / 10)) },
    Shape { name: "opened standards", files: |bytes| one("标准 甲 {\n".repeat(bytes / 10)) },
    Shape { name: "projects without braces", files: |bytes| one("项目 甲\n".repeat(bytes / 11)) },
    Shape {
        name: "crossed blocks",
        files: |bytes| {
            in_project(bytes, |_| "  指标 数量 场次 ≥ 6 次 {\n  预算 10 元 {\n    描述 \"场次\"\n".to_owned())
        },
    },
    Shape {
        name: "opened indicators", files: |bytes| in_project(bytes, |_| "  指标 数量 场次 ≥ 6 次 {\n".to_owned())
    },
    Shape { name: "stray blocks", files: |bytes| in_project(bytes, |_| "  {\n  预算 1 元\n  }\n".to_owned()) },
    Shape { name: "one word", files: |bytes| one("预".repeat(bytes / 3)) },
    Shape { name: "one number", files: |bytes| in_project(1, |_| format!("  预算 {} 元\n", "9".repeat(bytes))) },
    Shape { name: "one name", files: |bytes| one(format!("项目 {} {{\n}}\n", "甲".repeat(bytes / 3))) },
    Shape {
        name: "one text", files: |bytes| in_project(1, |_| format!("  用途 \"{}\"\n", "办好".repeat(bytes / 6)))
    },
    Shape {
        name: "one text of many sentences",
        files: |bytes| {
            in_project(1, |_| {
                format!("  用途 \"{}\"\n", repeated(bytes, |number| format!("办好第{number}件事，共{number}次。")))
            })
        },
    },
    Shape {
        name: "one text that does not close",
        files: |bytes| in_project(1, |_| format!("  用途 \"{}\n", "办".repeat(bytes / 3))),
    },
    Shape { name: "one line of fields", files: |bytes| in_project(1, |_| "预算 1 元; ".repeat(bytes / 14)) },
    Shape {
        name: "one line of scales",
        files: |bytes| in_project(1, |_| "指标 质量 甲 定性 优 { 优 良 中 差 }; ".repeat(bytes / 48)),
    },
    Shape {
        name: "one line of indicators",
        files: |bytes| in_project(1, |_| "指标 数量 场次 ≥ 6 次 { 描述 \"甲\" } ".repeat(bytes / 47)),
    },
    Shape { name: "one line of separators", files: |bytes| in_project(1, |_| ";".repeat(bytes)) },
    Shape {
        name: "one line of words",
        files: |bytes| in_project(1, |_| format!("  用途 {}\n", "甲 ".repeat(bytes / 4))),
    },
    Shape { name: "one comment", files: |bytes| one(format!("# {}\n", "办".repeat(bytes / 3))) },
    Shape { name: "blanks", files: |bytes| one(" ".repeat(bytes)) },
    Shape { name: "blank lines", files: |bytes| one("\n".repeat(bytes)) },
    Shape {
        name: "deep indents",
        files: |bytes| in_project(bytes, |number| format!("{}预算 1 元\n", " ".repeat(number % 500))),
    },
    Shape { name: "comments", files: |bytes| in_project(bytes, |number| format!("  # 第 {number} 条说明\n")) },
    Shape {
        name: "comments before a project",
        files: |bytes| one(format!("{}项目 甲 {{\n}}\n", repeated(bytes, |number| format!("# 第 {number} 条说明\n")))),
    },
    Shape {
        name: "excuses",
        files: |bytes| in_project(bytes, |number| format!("  # 允许 JX0{:02}：第 {number} 条\n", number % 60 + 10)),
    },
    Shape {
        name: "excuses of findings",
        files: |bytes| {
            in_project(bytes, |number| {
                format!("  # 允许 JX061：如此\n  指标 质量 好评{number} 定性 \"好评{number}\"\n")
            })
        },
    },
    Shape {
        name: "excuses of many codes",
        files: |bytes| in_project(1, |_| format!("  # 允许 {}：如此\n", "JX061 ".repeat(bytes / 6))),
    },
    Shape { name: "fields that are not understood", files: |bytes| in_project(bytes, |_| "  ?? ？\n".to_owned()) },
    Shape {
        name: "unknown fields",
        files: |bytes| in_project(bytes, |number| format!("  未知的字段{number} \"甲\"\n")),
    },
    Shape { name: "repeated fields", files: |bytes| in_project(bytes, |_| "  用途 \"甲\"\n".to_owned()) },
    Shape { name: "repeated budgets", files: |bytes| in_project(bytes, |number| format!("  预算 {number} 元\n")) },
    Shape {
        name: "unknown units",
        files: |bytes| in_project(bytes, |number| format!("  指标 数量 第{number}类 ≥ 6 斛\n")),
    },
    Shape {
        name: "unknown categories",
        files: |bytes| in_project(bytes, |number| format!("  指标 没有 第{number}类 ≥ 6 次\n")),
    },
    Shape { name: "unknown words", files: |bytes| one(repeated(bytes, |number| format!("胡写{number} 甲\n"))) },
    Shape {
        name: "unknown standards",
        files: |bytes| {
            one(repeated(bytes, |number| format!("部门 第{number}所 {{\n  标准 没有{number}\n  年度 2026\n}}\n")))
        },
    },
    Shape { name: "texts that do not close", files: |bytes| in_project(bytes, |_| "  用途 \"开\n".to_owned()) },
    Shape {
        name: "text blocks that do not close", files: |bytes| in_project(bytes, |_| "  用途 “““\n".to_owned())
    },
    Shape {
        name: "text blocks", files: |bytes| in_project(bytes, |_| "  用途 \"\"\"\n    甲\n  \"\"\"\n".to_owned())
    },
    Shape { name: "quotes", files: |bytes| one("\"".repeat(bytes)) },
    Shape {
        name: "quotes of all kinds", files: |bytes| in_project(bytes, |_| "  用途 “甲\" ”乙＂ \"“\n".to_owned())
    },
    Shape {
        name: "escapes",
        files: |bytes| in_project(1, |_| format!("  用途 \"{}\"\n", "\\u{4E00}\\n\\x".repeat(bytes / 12))),
    },
    Shape { name: "projects of one name", files: |bytes| one(project(1, 1).repeat(bytes / 260)) },
    Shape {
        name: "indicators of one name",
        files: |bytes| in_project(bytes, |_| "  指标 数量 场次 ≥ 6 次\n".to_owned()),
    },
    Shape {
        name: "indicators of like names",
        files: |bytes| in_project(bytes, |number| format!("  指标 数量 举办各类宣传培训活动场次{number} ≥ 6 次\n")),
    },
    Shape {
        name: "projects of like texts",
        files: |bytes| {
            one(repeated(bytes, |number| {
                format!(
                    "项目 甲{number} {{\n  用途 \"用于组织开展全县范围内的各项宣传培训活动{number}\"\n  目标 \"组织开展全县范围内的各项宣传培训活动{number}次\"\n}}\n"
                )
            }))
        },
    },
    Shape {
        name: "departments",
        files: |bytes| one(repeated(bytes, |number| format!("部门 第{number}所 {{\n  年度 2026\n}}\n"))),
    },
    Shape {
        name: "departments of one name", files: |bytes| one("部门 所 {\n  年度 2026\n}\n".repeat(bytes / 33))
    },
    Shape {
        name: "standards",
        files: |bytes| {
            one(repeated(bytes, |number| {
                format!("标准 第{number}号 扩展 财预2015 {{\n  计量单位 篓 {{\n    量纲 计数\n  }}\n}}\n")
            }))
        },
    },
    Shape { name: "standards of one name", files: |bytes| one("标准 甲 {\n}\n".repeat(bytes / 15)) },
    Shape {
        name: "standards that extend one another",
        files: |bytes| one(repeated(bytes, |number| format!("标准 第{number}号 扩展 第{}号 {{\n}}\n", number + 1))),
    },
    Shape {
        name: "units",
        files: |bytes| {
            one(format!(
                "标准 甲 扩展 财预2015 {{\n{}}}\n",
                repeated(bytes, |number| format!("  计量单位 单位{number} {{\n    量纲 计数\n  }}\n"))
            ))
        },
    },
    Shape {
        name: "categories",
        files: |bytes| {
            one(format!(
                "标准 甲 扩展 财预2015 {{\n{}}}\n",
                repeated(bytes, |number| format!("  一级指标 类{number} {{\n    二级指标 型{number}\n  }}\n"))
            ))
        },
    },
    Shape {
        name: "words of a list",
        files: |bytes| {
            one(format!(
                "标准 甲 扩展 财预2015 {{\n  词表 空话 {{\n{}  }}\n}}\n",
                repeated(bytes, |number| format!("    词{number}\n"))
            ))
        },
    },
    Shape {
        name: "references",
        files: |bytes| {
            referring(
                bytes,
                |number| format!("第{number}号项目.第{number}项第0类场次"),
                |number| format!("第{number}号项目"),
            )
        },
    },
    Shape {
        name: "references to nothing",
        files: |bytes| {
            referring(
                bytes,
                |number| format!("没有这个项目{number}.没有这个指标"),
                |number| format!("第{number}号项目"),
            )
        },
    },
    Shape {
        name: "references that are nearly right",
        files: |bytes| {
            referring(
                bytes,
                |number| format!("第{number}号项日.第{number}项第0类场次"),
                |number| format!("第{number}号项目"),
            )
        },
    },
    Shape {
        name: "references without a project",
        files: |bytes| {
            referring(bytes, |number| format!("第{number}项第9类场次"), |number| format!("第{number}号项目"))
        },
    },
    Shape {
        name: "references with several answers",
        files: |bytes| {
            let (mut files, goals) = (
                in_project(bytes / 2, |_| "  指标 数量 场次 ≥ 6 次\n".to_owned()),
                "  分项目标 \"甲\" {\n    指标 场次\n  }\n",
            );
            files[0].1.extend([DEPARTMENT, &goals.repeat(bytes / 2 / goals.len()), "}\n"]);
            files
        },
    },
    Shape {
        name: "units of account",
        files: |bytes| {
            let units = repeated(bytes / 2, |number| format!("  单位 {:06} \"第{number}家\"\n", number + 100_000));
            let projects = repeated(bytes / 2, |number| format!("项目 第{number}号项目 {{\n  单位 9{number:05}\n}}\n"));
            one(format!("{DEPARTMENT}{units}}}\n{projects}"))
        },
    },
    Shape {
        name: "goals",
        files: |bytes| {
            one(format!(
                "{DEPARTMENT}{}}}\n",
                repeated(bytes, |number| format!("  分项目标 \"第{number}件\" {{\n  }}\n"))
            ))
        },
    },
    Shape {
        name: "fund sources",
        files: |bytes| {
            in_project(1, |_| {
                format!(
                    "  预算 10 元 {{\n{}  }}\n",
                    repeated(bytes, |number| format!("    来源{number} {number} 元\n"))
                )
            })
        },
    },
    Shape {
        name: "plans of spending",
        files: |bytes| {
            in_project(1, |_| {
                format!(
                    "  支出计划 {{\n{}  }}\n",
                    repeated(bytes, |number| format!("    {}月底 {}%\n", number % 12 + 1, number % 101))
                )
            })
        },
    },
    Shape {
        name: "conflicts",
        files: |bytes| {
            in_project(bytes, |number| {
                format!("<<<<<<< ours\n  预算 {number} 元\n=======\n  预算 1 元\n>>>>>>> theirs\n")
            })
        },
    },
    Shape {
        name: "conflicts among projects",
        files: |bytes| {
            one(repeated(bytes, |number| {
                format!(
                    "项目 甲{number} {{\n<<<<<<< ours\n  预算 {number} 元\n=======\n  预算 1 元\n>>>>>>> theirs\n}}\n"
                )
            }))
        },
    },
    Shape { name: "markers that open", files: |bytes| one("<<<<<<< ours\n".repeat(bytes / 13)) },
    Shape { name: "markers that close", files: |bytes| one(">>>>>>> theirs\n".repeat(bytes / 15)) },
    Shape { name: "comparators", files: |bytes| in_project(bytes, |_| "  ≥≥≥\n".to_owned()) },
    Shape {
        name: "targets that go wrong",
        files: |bytes| in_project(bytes, |number| format!("  指标 数量 第{number}类 ≥≥ 6 次\n")),
    },
    Shape {
        name: "small files",
        files: |bytes| {
            (0..bytes / 64)
                .map(|number| (format!("{number:06}.jx"), format!("项目 第{number}号项目 {{\n  预算 1 元\n}}\n")))
                .collect()
        },
    },
    Shape {
        name: "empty files",
        files: |bytes| (0..bytes / 64).map(|number| (format!("{number:06}.jx"), String::new())).collect(),
    },
    Shape {
        name: "files of a department",
        files: |bytes| {
            let mut files: Vec<_> = (0..bytes / 64)
                .map(|number| (format!("{number:06}.jx"), format!("项目 第{number}号项目 {{\n}}\n")))
                .collect();
            files.push(("部门.jx".to_owned(), format!("{DEPARTMENT}}}\n")));
            files
        },
    },
    Shape {
        name: "folders of departments",
        files: |bytes| {
            let file = |number: usize| {
                (format!("{number:05}/部门.jx"), format!("部门 第{number}所 {{\n  年度 2026\n}}\n项目 甲 {{\n}}\n"))
            };
            (0..bytes / 64).map(file).collect()
        },
    },
    Shape {
        name: "deep folders",
        files: |bytes| {
            let file = |number: usize| {
                (format!("{}甲{number}.jx", "深/".repeat(number % 60)), format!("项目 第{number}号项目 {{\n}}\n"))
            };
            (0..bytes / 64).map(file).collect()
        },
    },
];

impl Shape {
    /// Writes it into a folder. The bytes of its texts.
    pub fn write(&self, bytes: usize, folder: &std::path::Path) -> usize {
        let files = (self.files)(bytes);
        for (name, text) in &files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("written");
        }
        files.iter().map(|(_, text)| text.len()).sum()
    }
}
