//! `jixiao schema`: the JSON Schema of what is written as JSON, and the columns of the tables for engines.

use clap::{Args, Command};

use super::options::told;
use super::output::Terminal;
use super::{Failure, Outcome, rules, table_columns};
use crate::control::baseline;
use crate::diagnostic::Language;
use crate::{backend, findings, history, import, review, standing};

/// Makes a schema.
type Schema = fn() -> String;

/// Every document that the program writes as JSON in a form of its own, by its name.
const DOCUMENTS: [(&str, Schema); 11] = [
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
    ("tables", table_columns::schema),
];

/// What `jixiao schema` is asked.
#[derive(Args)]
#[group(skip)]
pub struct SchemaOptions {
    #[arg(value_parser = DOCUMENTS.map(|(name, _)| name), default_value = DOCUMENTS[0].0)]
    document: String,
    #[arg(long, conflicts_with = "document")]
    tables: bool,
    #[arg(long, value_parser = ["text", "json"], default_value = "text", requires = "tables")]
    format: String,
}

pub fn command(language: Language) -> Command {
    told(
        SchemaOptions::augment_args(Command::new("schema")),
        language,
        [
            "打印 JSON 输出的结构定义（JSON Schema），或 parquet 各表的列",
            "print the JSON Schema of a JSON output, or the columns of the tables in parquet",
        ],
        &[
            (
                "document",
                Some(["输出", "OUTPUT"]),
                [
                    "targets 编译结果，forms 全年的表，findings 检查结果，changes 变更，history 历史，rules 规则，import 导入去处，baseline 已知问题，scores 得分，lights 监控，tables 各表的列",
                    "targets of build, forms of the year, findings of check, changes of diff, history of log, rules, import account, baseline of check, scores, lights of monitor, columns of tables",
                ],
            ),
            (
                "tables",
                None,
                [
                    "列出 parquet 各表：列、类型、键、意思",
                    "list the tables in parquet: columns, types, keys and what they mean",
                ],
            ),
            (
                "format",
                Some(["格式", "FORMAT"]),
                ["text 表格，json 供程序读取", "text is a table, json is for programs"],
            ),
        ],
    )
}

/// Prints a schema, or the tables.
pub fn run(options: &SchemaOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    if options.tables {
        let is_json = options.format == "json";
        let text = if is_json { table_columns::json() } else { table_columns::text(terminal.language) };
        terminal.print(&text)?;
        return Ok(Outcome::Fine);
    }
    let schema = DOCUMENTS.iter().find(|(name, _)| *name == options.document).map(|(_, schema)| schema());
    terminal.print(&schema.unwrap_or_default())?;
    Ok(Outcome::Fine)
}
