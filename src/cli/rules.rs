//! `jixiao rules`: every rule of the field, its level under each standard, what it serves, and how sure that is.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::{ArgAction, Args, Command, ValueHint};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::checking::checked;
use super::files;
use super::options::{Asked, told};
use super::output::Terminal;
use super::{Failure, Outcome};
use crate::control::{Levels, Wishes};
use crate::diagnostic::{Code, Language, Text, json};
use crate::model::standard::{Level, Standard};
use crate::workspace::{Analysis, analyse};

/// What `jixiao rules` is asked.
#[derive(Args)]
#[group(skip)]
pub struct RulesOptions {
    #[arg(num_args = 0.., action = ArgAction::Set, value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    #[arg(long, default_value = files::STDIN)]
    stdin_filename: String,
    #[arg(long, value_parser = ["text", "json"], default_value = "text")]
    format: String,
}

pub fn command(language: Language) -> Command {
    let about = ["列出全部规则和各标准下的级别", "list every rule with its level under each standard"];
    told(
        RulesOptions::augment_args(Command::new("rules")),
        language,
        about,
        &[
            ("paths", Some(["路径", "PATH"]), ["也列出这里声明的标准", "with the standards declared there"]),
            Asked::STDIN_FILENAME,
            (
                "format",
                Some(["格式", "FORMAT"]),
                ["text 表格，json 供程序读取", "text is a table, json is for programs"],
            ),
        ],
    )
}

pub fn run(options: &RulesOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let wishes = Wishes::default();
    let analysis = if options.paths.is_empty() {
        analyse(Vec::new(), None)
    } else {
        checked(files::select(&options.paths, &options.stdin_filename)?, &wishes, terminal)
    };
    let Analysis { config, model, .. } = &analysis;
    let levels = Levels { wishes: &wishes, config, profile: None };
    let rules: Vec<RuleLine<'_>> = Code::ALL
        .iter()
        .copied()
        .filter(|code| code.has_level())
        .map(|code| RuleLine { code, levels: &levels, standards: &model.standards, main: analysis.main_standard() })
        .collect();
    let text = match options.format.as_str() {
        "json" => {
            let rules = rules.iter().map(|rule| rule.document(terminal.language)).collect();
            json::text(&RulesDocument { schema_version: SCHEMA_VERSION, rules })
        }
        _ => table(&rules, terminal.language),
    };
    terminal.print(&text)?;
    Ok(Outcome::Fine)
}

/// Raised when a key is renamed or removed; new keys do not raise it.
const SCHEMA_VERSION: u32 = 1;

/// Every rule of the field.
#[derive(Serialize, JsonSchema)]
struct RulesDocument {
    schema_version: u32,
    rules: Vec<JsonRule>,
}

/// A rule. Levels are `error`, `warning`, `note` or `off`: `level` under the main standard, `levels` under each.
#[derive(Serialize, JsonSchema)]
struct JsonRule {
    code: &'static str,
    slug: &'static str,
    title: String,
    level: &'static str,
    #[schemars(with = "BTreeMap<String, String>")]
    levels: serde_json::Map<String, Value>,
    criteria: String,
    document: String,
    sureness: String,
}

/// The JSON Schema of `--format json`.
pub fn schema() -> String {
    json::schema::<RulesDocument>()
}

struct RuleLine<'a> {
    code: Code,
    levels: &'a Levels<'a>,
    standards: &'a [Arc<Standard>],
    main: Option<&'a Standard>,
}

impl RuleLine<'_> {
    /// The level under the main standard.
    fn level(&self) -> Level {
        self.levels.level(self.code, self.main)
    }

    /// The standards under which its level is another.
    fn exceptions(&self) -> impl Iterator<Item = (&str, Level)> {
        let all = self.standards.iter().map(|standard| (standard.name.as_str(), self.level_under(standard)));
        all.filter(|(_, level)| *level != self.level())
    }

    /// A standard that is only a profile says nothing of most rules: there the level is that of the main standard.
    fn level_under(&self, standard: &Standard) -> Level {
        let is_profile = standard.categories.is_empty() && !standard.levels.contains_key(&self.code);
        if is_profile { self.level() } else { self.levels.level(self.code, Some(standard)) }
    }

    /// The review criteria, the document, and how sure we are of it.
    fn source(&self) -> (String, String, String) {
        let source = self.main.and_then(|standard| standard.rule_sources.get(&self.code));
        source.map_or_else(Default::default, |source| {
            let citation = source.citation.clone();
            (source.criteria.join("、"), citation.document.unwrap_or_default(), citation.sureness.unwrap_or_default())
        })
    }

    fn document(&self, language: Language) -> JsonRule {
        let (criteria, document, sureness) = self.source();
        let levels =
            self.standards.iter().map(|standard| (standard.name.clone(), id(self.level_under(standard)).into()));
        JsonRule {
            code: self.code.id(),
            slug: self.code.slug(),
            title: self.code.title().in_language(language).into_owned(),
            level: id(self.level()),
            levels: levels.collect(),
            criteria,
            document,
            sureness,
        }
    }

    fn row(&self, language: Language) -> [String; 6] {
        let (criteria, document, sureness) = self.source();
        let exceptions: Vec<String> =
            self.exceptions().map(|(name, level)| format!("{name} {}", word(level, language))).collect();
        let source = if document.is_empty() { sureness } else { format!("{document} {sureness}") };
        [
            self.code.id().to_owned(),
            word(self.level(), language).to_owned(),
            criteria,
            source,
            self.code.title().in_language(language).into_owned(),
            exceptions.join("，"),
        ]
    }
}

fn id(level: Level) -> &'static str {
    match level {
        Level::Report(severity) => severity.id(),
        Level::Off => "off",
    }
}

fn word(level: Level, language: Language) -> &'static str {
    match (level, language) {
        (Level::Report(severity), _) => severity.word(language),
        (Level::Off, Language::Chinese) => "关闭",
        (Level::Off, Language::English) => "off",
    }
}

/// The rules in columns that line up, Chinese or not.
fn table(rules: &[RuleLine<'_>], language: Language) -> String {
    let heads = [
        Text::new("代码", "code"),
        Text::new("级别", "level"),
        Text::new("审核", "criterion"),
        Text::new("出处", "source"),
        Text::new("规则", "rule"),
        Text::new("另有规定的标准", "other levels"),
    ];
    let mut rows = vec![heads.map(|head| head.in_language(language).into_owned())];
    rows.extend(rules.iter().map(|rule| rule.row(language)));
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
