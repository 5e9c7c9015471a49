//! Whole offices as source text, at random and without errors: for round trips through every format.
//!
//! What a standard declares is read from the standard, so that every one of them can be written for. The same seed gives
//! the same office on every machine.

#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::format_push_string,
    clippy::range_plus_one,
    reason = "small numbers, small texts"
)]

use std::collections::BTreeSet;

use jixiao::model::CategoryId;
use jixiao::model::code;
use jixiao::model::standard::{FieldKind, FieldRule, Standard};
use jixiao::model::text::key;
use jixiao::model::unit::{Dimension, Unit};
use jixiao::syntax::vocabulary::{Block, quoted, written_name};
use jixiao::workspace::{self, Input};
use rust_decimal::Decimal;

use super::Generator;

/// Which facts an office may state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facts {
    /// All that the language can say.
    Every,
    /// What the official form has a place for, and nothing that it prints alike.
    Printed,
}

/// The files of one department, and the standard that it follows.
pub struct Office {
    pub standard: String,
    pub files: Vec<Input>,
}

/// An office under one of the built-in standards that have a form, or under one of its own that extends such a one.
pub fn office(generator: &mut Generator, facts: Facts) -> Office {
    let library = workspace::library(Vec::new());
    let mut forms: Vec<&str> =
        library.standards.iter().filter(|one| !one.columns.is_empty()).map(|one| one.name.as_str()).collect();
    forms.sort_unstable();
    let base = pick(generator, &forms);
    office_under(generator, facts, base)
}

/// An office under a built-in standard; where every fact may be stated, one time in three with more fields.
pub fn office_under(generator: &mut Generator, facts: Facts, base: &str) -> Office {
    let extends = facts == Facts::Every && generator.below(3) == 0;
    let own = extends.then(|| Input { path: "标准.jx".to_owned(), text: OWN_STANDARD.replace("BASE", base).into() });
    let name = if extends { "示例标准" } else { base };
    let library = workspace::library(own.iter().cloned().collect());
    let id = library.find(name).expect("a standard");
    let mut author = Author {
        generator,
        facts,
        standard: &library.standards[id.0 as usize],
        projects: BTreeSet::new(),
        indicators: BTreeSet::new(),
    };
    let mut files = author.files();
    files.extend(own);
    Office { standard: name.to_owned(), files }
}

const OWN_STANDARD: &str = "标准 示例标准 扩展 BASE {
  计量单位 校车日 { 量纲 计数；整数 }
  字段 部门.分管领导 { 类型 文本；标签 \"分管领导\" }
  字段 部门.在编人数 { 类型 数值 }
  字段 项目.开工日期 { 类型 日期；标签 \"开工日期\" }
  字段 项目.总投资 { 类型 金额 }
  字段 项目.配套比例 { 类型 比例 }
  字段 项目.新增项目 { 类型 是否 }
  字段 项目.备注 { 类型 文本；标签 \"备注（可不填）\" }
  字段 指标.备注 { 类型 文本 }
  字段 指标.核心指标 { 类型 是否 }
  字段 指标.三年平均 { 类型 数值 }
}
";

const DEPARTMENTS: [&str; 5] =
    ["示例县农业农村局", "示例市第一人民医院（本部）", "示例县“双减”工作专班", "12345热线中心", "示例县 民政局"];
const UNITS: [&str; 4] = ["示例县本级", "乡镇（街道）服务站", "示例县“两中心”", "示例县档案馆"];
const PROJECTS: [&str; 12] = [
    "农村道路维修",
    "老旧小区改造（二期）",
    "12345热线运行",
    "“春雨”行动经费",
    "A级景区-厕所革命",
    "道路、桥梁养护",
    "信息系统 运维",
    "指标",
    "3.15消费维权",
    "高标准农田：提质增效",
    "《地方志》编纂",
    "项目",
];
const MEASURES: [&str; 16] = [
    "维修里程",
    "进村宣传场次安排",
    "“一户一档”建档",
    "12345来电接听",
    "A/B类设备配置",
    "指标",
    "定性",
    "平均等候（含高峰）",
    "节约开支",
    "年底前完工",
    "群众反映：热点问题",
    "村民 自治章程",
    "≥90分学校",
    "是",
    "上年结余消化",
    "《章程》修订",
];
const RATIOS: [&str; 5] = ["验收合格率", "按时办结率（30日内）", "“一次办好”率", "接听率", "群众满意率"];
const SENTENCES: [&str; 16] = [
    "支付劳务派遣人员工资，缴纳社会保险及相关费用。",
    "开展“春雨”行动：进村入户、逐户走访；年内覆盖率达到95%以上。",
    "按照《预算法》（2018年修正）第三十二条的要求编制。",
    "投资1,200.50万元，其中：设备980万元、安装220.50万元。",
    "A类设备≥3台，B类设备<10台，C&D类不设。",
    "联系电话：0315-6112345（工作日8:30—17:30）。",
    "做到‘应保尽保’，不落一户、不漏一人！",
    "“一站式”办理——最多跑一次？",
    "Wi-Fi 覆盖 12 个村, 24/7 运行.",
    "验收合格率100％，返工0次。",
    "由𠮷林路街道办事处组织实施；",
    "# 不是注释 { 也不是花括号 }",
    "=1+1 写在表格里不是公式。",
    "@全体村民：@一下，+86 也行，-5℃不停工。",
    "资金到位后30日内拨付",
    "保障人民群众用水安全",
];
const STRANGE: [&str; 5] =
    ["引号\"嵌套\"与反斜杠\\。", "制表\t符", "  前后都有空格 ", "🎯 命中目标", "\u{FEFF}看不见的字"];
const GRADES: [&str; 3] = ["优 良 中 差", "好 一般 差", "达标 基本达标 不达标"];

fn pick<'a>(generator: &mut Generator, from: &[&'a str]) -> &'a str {
    from[generator.below(from.len())]
}

struct Author<'a> {
    generator: &'a mut Generator,
    facts: Facts,
    standard: &'a Standard,
    /// The names so far, folded. Indicators are told apart within the department where the form prints names alone.
    projects: BTreeSet<String>,
    indicators: BTreeSet<String>,
}

/// A project as it goes to its file, and what others say of it.
struct Written {
    name: String,
    indicators: Vec<String>,
    text: String,
}

impl<'a> Author<'a> {
    fn below(&mut self, limit: usize) -> usize {
        self.generator.below(limit)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn is_printed(&self) -> bool {
        self.facts == Facts::Printed
    }

    fn files(&mut self) -> Vec<Input> {
        let count = 1 + self.below(4);
        let codes: Vec<String> =
            (0..1 + self.below(2).min(count - 1)).map(|index| format!("90500{}", index + 1)).collect();
        let projects: Vec<Written> = (0..count).map(|index| self.project(index, &codes)).collect();
        let mut files = vec![Input { path: "部门.jx".to_owned(), text: self.department(&codes, &projects).into() }];
        files.extend(
            (1..)
                .zip(projects)
                .map(|(number, project)| Input { path: format!("{number:02}.jx"), text: project.text.into() }),
        );
        files
    }

    fn department(&mut self, codes: &[String], projects: &[Written]) -> String {
        let code = if self.is_printed() || self.one_in(3) { "" } else { "905 " };
        let mut text = format!("部门 {code}{} {{\n", written_name(pick(self.generator, &DEPARTMENTS)));
        // In force under every built-in standard.
        text += "  年度 2025\n";
        text += &format!("  标准 {}\n", written_name(&self.standard.name));
        for (index, code) in codes.iter().enumerate() {
            let name = if self.one_in(5) { String::new() } else { format!(" {}", written_name(UNITS[index])) };
            text += &format!("  单位 {code}{name}\n");
        }
        text += &self.extra(Block::Department, "  ");
        let goal = self.paragraphs(3);
        text += &format!("  总体目标 {}\n", self.literal(&goal, "  "));
        for _ in 0..1 + self.below(3) {
            let goal = self.sentence();
            text += &format!("  分项目标 {} {{\n", self.literal(&goal, "  "));
            for _ in 0..1 + self.below(3) {
                let project = &projects[self.below(projects.len())];
                let indicator = &project.indicators[self.below(project.indicators.len())];
                text += &format!("    指标 {}.{}\n", written_name(&project.name), written_name(indicator));
            }
            text += "  }\n";
        }
        for name in ["落实责任", "加强“过程”管理", "第3方评估"].iter().take(1 + self.below(3)) {
            let words = self.sentence();
            text += &format!("  保障措施 {} {}\n", written_name(name), self.literal(&words, "  "));
        }
        text + "}\n"
    }

    fn project(&mut self, index: usize, codes: &[String]) -> Written {
        let name = self.project_name();
        let code =
            if self.needs(Block::Project, "编码") || !self.one_in(3) { self.code(index) } else { String::new() };
        let mut text = format!("项目 {code}{} {{\n", written_name(&name));
        // Every unit has a project, the first unit the first.
        text += &format!("  单位 {}\n", codes[index % codes.len()]);
        text += &self.extra(Block::Project, "  ");
        let (budget, total) = self.budget();
        text += &budget;
        if self.needs(Block::Project, "用途") || !self.one_in(4) {
            let purpose = self.paragraphs(2);
            text += &format!("  用途 {}\n", self.literal(&purpose, "  "));
        }
        text += &self.plan();
        let goal = self.paragraphs(2);
        text += &format!("  目标 {}\n", self.literal(&goal, "  "));
        if !self.is_printed() {
            self.indicators.clear();
        }
        let mut indicators = Vec::new();
        for (category, weight) in self.categories() {
            let (name, indicator) = self.indicator(category, weight, &total);
            text += &indicator;
            indicators.push(name);
        }
        Written { name, indicators, text: text + "}\n" }
    }

    fn needs(&self, block: Block, field: &str) -> bool {
        self.standard.required_fields(block).any(|rule| rule.name == field)
    }

    fn has_column(&self, content: &str) -> bool {
        self.standard.columns.iter().any(|column| column.content == content)
    }

    /// Whether an indicator states a field.
    fn states(&mut self, field: &str, one_in: usize) -> bool {
        if self.is_printed() && !self.has_column(field) {
            return false;
        }
        self.needs(Block::Indicator, field) || self.one_in(one_in)
    }

    fn project_name(&mut self) -> String {
        let name = pick(self.generator, &PROJECTS).to_owned();
        let name = if self.one_in(8) && !self.is_printed() { format!("{name}\"甲\\乙\"") } else { name };
        fresh(name, &mut self.projects)
    }

    /// A code of the standard's form, with its check sign.
    fn code(&mut self, index: usize) -> String {
        let Some(form) = &self.standard.code_form else { return format!("99010325T{:012} ", index + 1) };
        let letters: Vec<char> = form.alphabet.chars().filter(char::is_ascii_alphabetic).collect();
        let mut written = String::new();
        for (place, (name, length)) in form.segments.iter().enumerate() {
            written += &match (place, name.as_str(), length) {
                (0, ..) => format!("{:0<1$}", "990103", length),
                (_, "年度", _) => "25".to_owned(),
                (_, _, 1) if !letters.is_empty() => letters[self.generator.below(letters.len())].to_string(),
                _ => format!("{:01$}", index * 7 + 1, length),
            };
        }
        if let Some(sign) = code::check_sign(form, &written) {
            written.pop();
            written.push(sign);
        }
        written + " "
    }

    /// The budget with its parts, and the total as it is written.
    fn budget(&mut self) -> (String, String) {
        let unit = if self.is_printed() || self.one_in(2) {
            self.standard.money_unit_name()
        } else {
            ["元", "万元", "千元"][self.below(3)].to_owned()
        };
        let scale = self.below(3) as u32;
        let total = Decimal::new(1_000_000 + self.below(90_000_000) as i64, scale);
        let written = format!("{total} {unit}");
        let sources = &self.standard.fund_sources;
        if sources.is_empty() || self.one_in(6) && !self.is_printed() {
            return (format!("  预算 {written}\n"), written);
        }
        let mut text = format!("  预算 {written} {{\n");
        let paying = self.below(sources.len());
        let second = (paying + 1) % sources.len();
        let part = Decimal::new(1 + self.below(900_000) as i64, scale);
        let splits = second != paying && self.one_in(2);
        for (index, source) in sources.iter().enumerate() {
            let amount = match index {
                _ if index == paying => Some(if splits { total - part } else { total }),
                _ if index == second && splits => Some(part),
                _ if self.one_in(4) => Some(Decimal::new(0, scale)),
                _ => None,
            };
            if amount.is_none() && !self.is_printed() && self.one_in(2) {
                continue;
            }
            let amount = amount.map(|amount| format!(" {amount} {unit}")).unwrap_or_default();
            text += &format!("    {}{amount}\n", written_name(&source.name));
        }
        (text + "  }\n", written)
    }

    fn plan(&mut self) -> String {
        let checkpoints = &self.standard.checkpoints;
        if checkpoints.is_empty() || !self.needs(Block::Project, "支出计划") && self.one_in(4) {
            return String::new();
        }
        let mut text = "  支出计划 {\n".to_owned();
        let mut share = Decimal::ZERO;
        for (index, checkpoint) in checkpoints.iter().enumerate() {
            let is_last = index + 1 == checkpoints.len();
            if !is_last && self.one_in(6) {
                continue;
            }
            let scale = self.below(2) as u32;
            let room = (Decimal::ONE_HUNDRED - share).trunc().mantissa().max(1) as usize;
            let step = Decimal::new(self.below(room * 10usize.pow(scale)) as i64, scale);
            share = if is_last { Decimal::ONE_HUNDRED } else { (share + step).min(Decimal::ONE_HUNDRED) };
            text += &format!("    {} {share}%\n", checkpoint.label);
        }
        text + "  }\n"
    }

    /// The categories of a project's indicators with their weights, as a scheme of the standard demands.
    fn categories(&mut self) -> Vec<(CategoryId, Option<Decimal>)> {
        let standard = self.standard;
        let scheme = (!standard.weight_schemes.is_empty())
            .then(|| &standard.weight_schemes[self.generator.below(standard.weight_schemes.len())]);
        let mut all = Vec::new();
        for (index, category) in standard.categories.iter().enumerate() {
            let weight = scheme.map(|scheme| scheme.weights.iter().find(|(name, _)| *name == category.name));
            let weight = match weight {
                Some(Some((_, weight))) => Some(*weight),
                None if category.is_compulsory || self.one_in(2) => None,
                Some(None) | None => continue,
            };
            let count = 1 + self.below(4);
            let weights = weight.map(|weight| self.shares(weight, count));
            let mut subcategories: Vec<u32> = (0..count)
                .filter(|_| !category.subcategories.is_empty())
                .map(|_| self.below(category.subcategories.len()) as u32)
                .collect();
            if self.is_printed() || !self.one_in(4) {
                subcategories.sort_unstable();
            }
            for place in 0..count {
                let subcategory = subcategories.get(place).copied();
                let weight = weights.as_ref().map(|weights| weights[place]);
                all.push((CategoryId { category: index as u32, subcategory }, weight));
            }
        }
        all
    }

    /// A weight in so many parts, in tenths.
    fn shares(&mut self, weight: Decimal, count: usize) -> Vec<Decimal> {
        let mut rest = (weight * Decimal::TEN).trunc().mantissa() as i64;
        let mut shares = Vec::new();
        for left in (0..count as i64).rev() {
            let share = if left == 0 {
                rest
            } else if self.one_in(3) {
                1 + self.below((rest - left) as usize) as i64
            } else {
                (rest / (left + 1) / 10 * 10).max(1)
            };
            rest -= share;
            let share = Decimal::new(share, 1);
            shares.push(if self.one_in(4) { share } else { share.normalize() });
        }
        shares
    }

    fn indicator(&mut self, category: CategoryId, weight: Option<Decimal>, budget: &str) -> (String, String) {
        let is_cost = self.standard.is_cost(category);
        let target = self.target(is_cost, budget);
        let names: &[&str] = if target.is_ratio { &RATIOS } else { &MEASURES };
        let name = pick(self.generator, names).to_owned();
        let name = fresh(name, &mut self.indicators);
        let mut fields = String::new();
        for (field, one_in) in [("描述", 2), ("依据", 2), ("来源", 2)] {
            if !self.states(field, one_in) {
                continue;
            }
            let words = self.sentence();
            let kinds = ["计划标准", "行业标准", "历史 标准"];
            let kind = if field == "依据" && !self.is_printed() && self.one_in(2) {
                format!("{} ", written_name(pick(self.generator, &kinds)))
            } else {
                String::new()
            };
            fields += &format!("    {field} {kind}{}\n", self.literal(&words, "    "));
        }
        let weight = match weight {
            None if self.states("权重", 4) => Some(Decimal::new(1 + self.below(300) as i64, 1)),
            weight => weight,
        };
        fields += &weight.map(|weight| format!("    权重 {weight}\n")).unwrap_or_default();
        if self.states("方向", 4) {
            let word = if target.text.starts_with(['≤', '<']) { "反向" } else { "正向" };
            fields += &format!("    方向 {word}\n");
        }
        if let Some(last_year) = &target.last_year
            && (target.needs_last_year || self.states("上年", 3))
        {
            fields += &format!("    上年 {last_year}\n");
        }
        for (field, one_in) in [("计分", 6), ("表述", 6)] {
            if self.states(field, one_in) {
                let words = self.sentence();
                fields += &format!("    {field} {}\n", self.literal(&words, "    "));
            }
        }
        if self.states("实施期", 6) {
            let whole = loop {
                let whole = self.target(is_cost, budget);
                // The braces of a field are its block: they hold no scale.
                if !whole.needs_last_year && !whole.text.ends_with('}') {
                    break whole;
                }
            };
            fields += &format!("    实施期 {}\n", whole.text);
        }
        if !self.is_printed() {
            fields += &self.extra(Block::Indicator, "    ");
        }
        let path = self.standard.category_path(category);
        let head = format!("  指标 {path} {} {}", written_name(&name), target.text);
        let text = if fields.is_empty() { format!("{head}\n") } else { format!("{head} {{\n{fields}  }}\n") };
        (name, text)
    }

    /// A target of any type.
    fn target(&mut self, is_cost: bool, budget: &str) -> WrittenTarget {
        let plain = |text: String| WrittenTarget { text, last_year: None, needs_last_year: false, is_ratio: false };
        loop {
            return match self.below(14) {
                0..=5 => {
                    let Some((quantity, other, unit)) = self.quantity() else { continue };
                    if is_cost && unit.dimension == Dimension::Money {
                        return plain(format!("≤ {budget}"));
                    }
                    let sign = ["≥ ", "≤ ", "> ", "< ", "= ", ""][self.below(6)];
                    let is_ratio = unit.dimension == Dimension::Ratio;
                    WrittenTarget {
                        text: sign.to_owned() + &quantity,
                        last_year: Some(other),
                        needs_last_year: false,
                        is_ratio,
                    }
                }
                6 => {
                    let Some((_, _, unit)) = self.quantity() else { continue };
                    let (low, high) = (self.below(40), 40 + self.below(60));
                    WrittenTarget { is_ratio: false, ..plain(format!("{low} .. {high}{}", after_number(unit))) }
                }
                7 => plain(["≤ 10月底", "≤ 2025-11-30", "6月15日", "≤ 2025年底"][self.below(4)].to_owned()),
                8 => plain(["是", "否"][self.below(2)].to_owned()),
                9 if self.is_printed() && self.standard.grades.is_empty() => continue,
                9 if self.is_printed() || self.one_in(2) && !self.standard.grades.is_empty() => {
                    let grades = &self.standard.grades;
                    plain(format!("定性 {}", grades[self.generator.below(grades.len())]))
                }
                9 => {
                    let scale = pick(self.generator, &GRADES);
                    let grade = pick(self.generator, &scale.split(' ').collect::<Vec<_>>());
                    plain(format!("定性 {grade} {{ {scale} }}"))
                }
                10 => {
                    let words = self.sentence();
                    plain(format!("定性 {}", quoted(&words)))
                }
                11 if !self.is_printed() => {
                    let funds: Vec<&str> = self.standard.fund_sources.iter().map(|one| one.name.as_str()).collect();
                    let of = if funds.is_empty() || self.one_in(2) { "预算" } else { pick(self.generator, &funds) };
                    plain(format!("≤ {of}{}", ["", " × 95%", " × 80.5%"][self.below(3)]))
                }
                12 if !self.is_printed() => {
                    let Some((quantity, last_year, unit)) = self.quantity() else { continue };
                    let change = match self.below(4) {
                        0 => String::new(),
                        1 => " × 105%".to_owned(),
                        2 => format!(" + {quantity}"),
                        _ => format!(" - {quantity}"),
                    };
                    WrittenTarget {
                        text: format!("{} 上年{change}", ["≥", ">", "≤"][self.below(3)]),
                        last_year: Some(last_year),
                        needs_last_year: true,
                        is_ratio: unit.dimension == Dimension::Ratio,
                    }
                }
                13 => {
                    let compound = ["元/亩", "元/人·月", "次/人", "万元/公里"][self.below(4)];
                    let last_year = Some(format!("30 {compound}"));
                    WrittenTarget { last_year, ..plain(format!("≤ 28.40 {compound}")) }
                }
                _ => continue,
            };
        }
    }

    /// Two quantities in one unit of the standard, and the unit. None where its written form means another unit.
    fn quantity(&mut self) -> Option<(String, String, &'a Unit)> {
        let standard = self.standard;
        let usual = standard.words("常用单位").words();
        let index = if self.one_in(2) {
            standard.unit(&usual[self.generator.below(usual.len())])? as usize
        } else {
            self.below(standard.units.len())
        };
        let unit = &standard.units[index];
        let means_itself = |form: &str| standard.unit(form) == Some(index as u32);
        if !means_itself(unit.written()) || self.is_printed() && !means_itself(unit.label()) {
            return None;
        }
        let multiplier = if unit.dimension == Dimension::Count && self.one_in(6) { "万" } else { "" };
        // What starts with a multiplier is another unit.
        if !multiplier.is_empty() && standard.unit(&format!("{multiplier}{}", unit.written())).is_some() {
            return None;
        }
        let scale = if unit.is_whole && multiplier.is_empty() { 0 } else { self.below(3) as u32 };
        let mut number =
            || Decimal::new(10i64.pow(scale) + self.generator.below(90 * 10usize.pow(scale)) as i64, scale);
        let after = if multiplier.is_empty() { after_number(unit) } else { format!(" {multiplier}{}", unit.written()) };
        Some((format!("{}{after}", number()), format!("{}{after}", number()), unit))
    }

    /// The fields that the standard declares for a block.
    fn extra(&mut self, block: Block, indent: &str) -> String {
        let mut text = String::new();
        let declared: Vec<&FieldRule> =
            self.standard.field_rules.iter().filter(|rule| rule.block == block && rule.kind.is_some()).collect();
        for rule in declared {
            if !rule.is_required && self.one_in(2) {
                continue;
            }
            let value = match rule.kind {
                Some(FieldKind::Text) | None => {
                    let words = self.sentence();
                    self.literal(&words, indent)
                }
                Some(FieldKind::Number) => Decimal::new(self.below(10_000) as i64, self.below(3) as u32).to_string(),
                Some(FieldKind::Amount) => format!("{} {}", self.below(10_000), self.standard.money_unit_name()),
                Some(FieldKind::Ratio) => format!("{}%", self.below(100)),
                Some(FieldKind::Date) => ["2025-03-01", "10月底", "2025年底"][self.below(3)].to_owned(),
                Some(FieldKind::YesNo) => ["是", "否"][self.below(2)].to_owned(),
            };
            text += &format!("{indent}{} {value}\n", written_name(&rule.name));
        }
        text
    }

    fn sentence(&mut self) -> String {
        if !self.is_printed() && self.one_in(8) {
            return pick(self.generator, &STRANGE).to_owned();
        }
        pick(self.generator, &SENTENCES).to_owned()
    }

    fn paragraphs(&mut self, most: usize) -> String {
        let paragraph = |author: &mut Self| {
            let count = 1 + author.below(3);
            (0..count).map(|_| author.sentence()).collect::<String>()
        };
        let count = 1 + self.below(most);
        (0..count).map(|_| paragraph(self)).collect::<Vec<_>>().join("\n")
    }

    /// A text in one of the ways in which people write it.
    fn literal(&mut self, text: &str, indent: &str) -> String {
        let is_plain = !text.contains(['\\', '\t', '\u{FEFF}', '"']);
        let fits_block =
            is_plain && text.lines().all(|line| line == line.trim() && !line.starts_with(['“', '”', '＂']));
        match self.below(3) {
            0 if is_plain && !text.contains(['”', '\n']) => format!("“{text}”"),
            1 if fits_block => {
                let lines: Vec<String> = text.lines().map(|line| format!("{indent}  {line}\n")).collect();
                format!("\"\"\"\n{}{indent}  \"\"\"", lines.join("\n"))
            }
            _ => quoted(text),
        }
    }
}

struct WrittenTarget {
    text: String,
    /// A value of last year that fits it.
    last_year: Option<String>,
    needs_last_year: bool,
    is_ratio: bool,
}

/// A unit as it stands after its number.
fn after_number(unit: &Unit) -> String {
    let written = unit.written();
    if written.starts_with(char::is_alphabetic) { format!(" {written}") } else { written.to_owned() }
}

/// The name, numbered where it is taken.
fn fresh(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.clone();
    let mut number = 1;
    while !taken.insert(key(&candidate)) {
        number += 1;
        candidate = format!("{name}（{number}）");
    }
    candidate
}
