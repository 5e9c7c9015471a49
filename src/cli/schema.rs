//! `jixiao schema`: the JSON Schema of what is written as JSON.

use clap::{Args, Command};

use super::options::told;
use super::output::Terminal;
use super::{Failure, Outcome, rules};
use crate::control::baseline;
use crate::diagnostic::Language;
use crate::{backend, findings, history, import, review, standing};

/// Makes a schema.
type Schema = fn() -> String;

/// Every document that the program writes as JSON in a form of its own, by its name.
const DOCUMENTS: [(&str, Schema); 10] = [
    ("targets", backend::schema),
    ("forms", backend::schema_of_forms),
    ("findings", findings::schema),
    ("changes", review::schema),
    ("history", history::schema),
    ("rules", rules::schema),
    ("import", import::report::schema),
    ("baseline", baseline::schema),
    ("scores", standing::schema_of_scores),
    ("lights", standing::schema_of_lights),
];

/// What `jixiao schema` is asked.
#[derive(Args)]
#[group(skip)]
pub struct SchemaOptions {
    #[arg(value_parser = DOCUMENTS.map(|(name, _)| name), default_value = DOCUMENTS[0].0)]
    document: String,
}

pub fn command(language: Language) -> Command {
    told(
        SchemaOptions::augment_args(Command::new("schema")),
        language,
        ["打印 JSON 输出的结构定义（JSON Schema）", "print the JSON Schema of a JSON output"],
        &[(
            "document",
            Some(["输出", "OUTPUT"]),
            [
                "targets 编译结果，forms 全年的表，findings 检查结果，changes 变更，history 历史，rules 规则，import 导入去处，baseline 已知问题，scores 得分，lights 监控",
                "targets of build, forms of the year, findings of check, changes of diff, history of log, rules, import account, baseline of check, scores, lights of monitor",
            ],
        )],
    )
}

/// Prints a schema.
pub fn run(options: &SchemaOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let schema = DOCUMENTS.iter().find(|(name, _)| *name == options.document).map(|(_, schema)| schema());
    terminal.print(&schema.unwrap_or_default())?;
    Ok(Outcome::Fine)
}
