//! 项目表: how the printed form of a project is laid out. Its title, the rows above and below the indicators, each a row of
//! cells; a cell is a label, a fact, or both.

use super::super::calendar::Date;
use super::super::number;
use super::super::read::{self, FieldEntry, any_name, content};
use super::Standard;
use super::parts::{report, word_of};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{Block, Field, field, own, quoted};
use crate::source::Span;
use crate::syntax::vocabulary::written_name;
use crate::syntax::{Value, ValueKind};

/// A declared layout; what is empty is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectForm {
    /// 表题, from the top.
    pub titles: Vec<LayoutCell>,
    /// 表上, from the top.
    pub above: Vec<Vec<LayoutCell>>,
    /// The rows above the indicators.
    pub before: Vec<LayoutLine>,
    /// What stands at the left of the indicators.
    pub beside: Option<LayoutCell>,
    /// The rows below them.
    pub after: Vec<LayoutLine>,
    /// 表下, from the top.
    pub below: Vec<Vec<LayoutCell>>,
}

/// A line of the layout, which may print as several rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutLine {
    /// 表行
    Row(Vec<LayoutCell>),
    /// 逐项: rows for each fund source or checkpoint, so many side by side.
    Each {
        /// What they are for.
        of: GroupItem,
        /// How many stand side by side, at least one.
        across: usize,
        /// The rows of each.
        rows: Vec<Vec<LayoutCell>>,
    },
}

/// A cell of the layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutCell {
    /// Texts and facts, one behind the other; a blank cell has none.
    pub parts: Vec<LayoutPart>,
    /// The columns of the grid that it takes, at least one.
    pub columns: usize,
    /// The lines of the layout that it takes, at least one: a group of rows is one line.
    pub lines: usize,
}

/// A part of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutPart {
    /// Printed as it stands.
    Text(String),
    /// Printed as the project has it.
    Fact(ProjectFact),
}

/// A fact that a cell prints. Names of the standard are looked up when it is printed: a standard over this one may declare
/// them anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectFact {
    /// One that has a word.
    Word(FactWord),
    /// A plain field of projects.
    Plain(Field),
    /// The budget from a fund source: `预算.财政拨款`.
    Fund(String),
    /// The money of the whole period from a fund source: `总投资.财政拨款`.
    Investment(String),
    /// The share that is to be spent by a day.
    Share(Date),
    /// A field that the standard adds to projects.
    Own(String),
    /// A field that the standard adds to departments: `部门.联系人`.
    OfDepartment(String),
    /// What a group of rows has of its item.
    Item(ItemPart),
}

/// A fact that has a word of its own in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactWord {
    /// 序号: the number of the project in its department.
    Number,
    /// 项目名称
    Name,
    /// 项目编码
    Code,
    /// 主管部门: the department.
    Department,
    /// 部门编码
    DepartmentCode,
    /// 单位: the name of the unit of account.
    Unit,
    /// 单位编码
    UnitCode,
    /// 年度
    Year,
    /// 金额单位
    MoneyUnit,
    /// 预算: the whole of it.
    Budget,
}

/// What a group of rows is repeated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupItem {
    /// Each fund source of the standard.
    FundSource,
    /// Each checkpoint of the standard.
    Checkpoint,
}

/// What a group of rows has of its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemPart {
    /// What tables call the fund source.
    FundSource,
    /// What tables call the checkpoint.
    Checkpoint,
    /// The budget from the fund source.
    Amount,
    /// The money of the whole period from it.
    Investment,
    /// The share that is to be spent by the checkpoint.
    Share,
}

impl FactWord {
    /// The words in both languages.
    pub const ALL: [(FactWord, &'static str, &'static str); 10] = [
        (FactWord::Number, "序号", "number"),
        (FactWord::Name, "项目名称", "name"),
        (FactWord::Code, Field::ProjectCode.row().name, Field::ProjectCode.row().english),
        (FactWord::Department, "主管部门", "department"),
        (FactWord::DepartmentCode, "部门编码", "department_code"),
        (FactWord::Unit, Field::ProjectUnit.row().name, Field::ProjectUnit.row().english),
        (FactWord::UnitCode, "单位编码", "unit_code"),
        (FactWord::Year, Field::Year.row().name, Field::Year.row().english),
        (FactWord::MoneyUnit, Field::MoneyUnit.row().name, Field::MoneyUnit.row().english),
        (FactWord::Budget, Field::Budget.row().name, Field::Budget.row().english),
    ];
}

impl GroupItem {
    /// The words in both languages.
    pub const ALL: [(GroupItem, &'static str, &'static str); 2] = [
        (GroupItem::FundSource, Field::FundSource.row().name, Field::FundSource.row().english),
        (GroupItem::Checkpoint, Field::Checkpoint.row().name, Field::Checkpoint.row().english),
    ];
}

impl ItemPart {
    /// The words in both languages.
    pub const ALL: [(ItemPart, &'static str, &'static str); 5] = [
        (ItemPart::FundSource, Field::FundSource.row().name, Field::FundSource.row().english),
        (ItemPart::Checkpoint, Field::Checkpoint.row().name, Field::Checkpoint.row().english),
        (ItemPart::Amount, "金额", "amount"),
        (ItemPart::Investment, Field::TotalInvestment.row().name, Field::TotalInvestment.row().english),
        (ItemPart::Share, "比例", "share"),
    ];

    fn is_of(self, item: GroupItem) -> bool {
        match self {
            ItemPart::FundSource | ItemPart::Amount | ItemPart::Investment => item == GroupItem::FundSource,
            ItemPart::Checkpoint | ItemPart::Share => item == GroupItem::Checkpoint,
        }
    }
}

/// The plain fields that a cell may print: those of projects.
pub const PLAIN: [Field; 7] = [
    Field::ProjectFramework,
    Field::ProjectKind,
    Field::Period,
    Field::TotalInvestment,
    Field::Purpose,
    Field::PeriodGoal,
    Field::Goal,
];

/// Every word of a cell, in both languages.
pub fn words() -> Vec<(&'static str, &'static str)> {
    let facts = FactWord::ALL.iter().map(|(_, chinese, english)| (*chinese, *english));
    let plain = PLAIN.iter().map(|field| (field.name, field.english));
    facts.chain(plain).chain(ItemPart::ALL.iter().map(|(_, chinese, english)| (*chinese, *english))).collect()
}

impl LayoutCell {
    /// A cell of one column and one line.
    pub fn new(parts: Vec<LayoutPart>) -> Self {
        Self { parts, columns: 1, lines: 1 }
    }

    /// Whether it holds words of the form, and beside them no fact of a project: the year and the unit of the amounts are
    /// those of the whole.
    pub fn is_label(&self) -> bool {
        let is_of_form = |part: &LayoutPart| match part {
            LayoutPart::Text(_) => true,
            LayoutPart::Fact(fact) => matches!(fact, ProjectFact::Word(FactWord::Year | FactWord::MoneyUnit)),
        };
        self.parts.iter().any(|part| matches!(part, LayoutPart::Text(_))) && self.parts.iter().all(is_of_form)
    }

    /// As the language writes it.
    pub fn written(&self) -> String {
        let size = match (self.columns, self.lines) {
            (1, 1) => String::new(),
            (columns, 1) => format!(" {columns}"),
            (columns, lines) => format!(" {columns} × {lines}"),
        };
        // A field of the standard may be called as a field of the block is: in quotes it is none.
        let word = match &self.parts[..] {
            [LayoutPart::Fact(fact)] => fact.word().filter(|word| field(Block::ProjectForm, word).is_none()),
            _ => None,
        };
        format!("{}{size}", word.unwrap_or_else(|| quoted(&self.text())))
    }

    fn text(&self) -> String {
        let part = |part: &LayoutPart| match part {
            LayoutPart::Text(text) => text.replace('{', "{{").replace('}', "}}"),
            LayoutPart::Fact(fact) => format!("{{{}}}", fact.name()),
        };
        self.parts.iter().map(part).collect()
    }
}

impl ProjectFact {
    /// What stands between the braces of a text.
    fn name(&self) -> String {
        let of = |field: Field, name: &str| format!("{}.{name}", field.name);
        match self {
            ProjectFact::Word(word) => word_in(&FactWord::ALL, *word).to_owned(),
            ProjectFact::Plain(field) => field.name.to_owned(),
            ProjectFact::Fund(name) => of(Field::Budget, name),
            ProjectFact::Investment(name) => of(Field::TotalInvestment, name),
            ProjectFact::Share(date) => date.to_string(),
            ProjectFact::Own(name) => name.clone(),
            ProjectFact::OfDepartment(name) => format!("{}.{name}", Block::Department.word().0),
            ProjectFact::Item(part) => word_in(&ItemPart::ALL, *part).to_owned(),
        }
    }

    /// The same as a value of its own; none where that is no bare name.
    fn word(&self) -> Option<String> {
        let name = self.name();
        let is_bare = name.split('.').all(|part| written_name(part) == part);
        (is_bare || matches!(self, ProjectFact::Share(_))).then_some(name)
    }
}

fn word_in<T: PartialEq>(table: &[(T, &'static str, &'static str)], wanted: T) -> &'static str {
    table.iter().find(|(one, ..)| *one == wanted).map_or("", |(_, word, _)| word)
}

impl ProjectForm {
    /// As the language writes it, line by line, without the braces around it.
    pub fn written(&self) -> Vec<String> {
        let cells = |cells: &[LayoutCell]| cells.iter().map(LayoutCell::written).collect::<Vec<_>>().join(" ");
        let named = |field: Field, rest: String| format!("{} {rest}", field.name).trim_end().to_owned();
        let line = |line: &LayoutLine| match line {
            LayoutLine::Row(row) => vec![named(Field::ProjectFormRow, cells(row))],
            LayoutLine::Each { of, across, rows } => {
                let across = if *across == 1 { String::new() } else { format!(" {across}") };
                let head = format!("{} {}{across} {{", Field::ProjectFormEach.name, word_in(&GroupItem::ALL, *of));
                let rows = rows.iter().map(|row| format!("  {}", named(Field::FormGroupRow, cells(row))));
                std::iter::once(head).chain(rows).chain(["}".to_owned()]).collect()
            }
        };
        let titles = self.titles.iter().map(|title| named(Field::ProjectFormTitle, quoted(&title.text())));
        let above = self.above.iter().map(|row| named(Field::ProjectFormAbove, cells(row)));
        let has_indicators = self.beside.is_some() || !self.after.is_empty();
        let beside = has_indicators.then(|| {
            named(Field::ProjectFormIndicators, self.beside.as_ref().map_or_else(String::new, LayoutCell::written))
        });
        titles
            .chain(above)
            .chain(self.before.iter().flat_map(line))
            .chain(beside)
            .chain(self.after.iter().flat_map(line))
            .chain(self.below.iter().map(|row| named(Field::ProjectFormBelow, cells(row))))
            .collect()
    }

    /// Its declaration in a standard.
    pub fn declared(&self) -> Vec<String> {
        let inside = self.written().into_iter().map(|line| format!("  {line}"));
        let head = format!("{} {{", Field::ProjectForm.name);
        std::iter::once(head).chain(inside).chain(["}".to_owned()]).collect()
    }
}

/// `项目表 { … }`; none where it declares nothing, which is the usual form again.
pub(super) fn declare(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<ProjectForm> {
    let mut form = ProjectForm::default();
    let mut is_after = false;
    read::fields(entry.node, Block::ProjectForm, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::ProjectForm::of) else { return };
        let rows = if is_after { &mut form.after } else { &mut form.before };
        match part {
            own::ProjectForm::Title => {
                if let Some(text) = read::one_text(entry, found) {
                    let parts = parts(&text.value, text.span, standard, None, found);
                    form.titles.extend(parts.map(LayoutCell::new));
                }
            }
            own::ProjectForm::Above => form.above.extend(cells(entry, standard, None, found)),
            own::ProjectForm::Row => rows.extend(cells(entry, standard, None, found).map(LayoutLine::Row)),
            own::ProjectForm::Each => rows.extend(group(entry, standard, found)),
            own::ProjectForm::Indicators => {
                is_after = true;
                if !entry.values.is_empty() {
                    form.beside = cells(entry, standard, None, found).and_then(|cells| cells.into_iter().next());
                }
            }
            own::ProjectForm::Below => form.below.extend(cells(entry, standard, None, found)),
            own::ProjectForm::CitedFrom | own::ProjectForm::Sureness => {}
        }
    });
    (form != ProjectForm::default()).then_some(form)
}

/// `逐项 资金来源 3 { … }`
fn group(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<LayoutLine> {
    let (first, rest) = entry.values.split_at(entry.values.len().min(1));
    let of = word_of(FieldEntry { values: first, ..entry }, &GroupItem::ALL, found)?;
    let across = match rest {
        [] => 1,
        _ => read::one_whole::<usize>(FieldEntry { values: rest, ..entry }, found)?.value.clamp(1, MOST_COLUMNS),
    };
    let mut rows = Vec::new();
    read::fields(entry.node, Block::FormGroup, &[], found, |name, entry, found| {
        match name.word().and_then(own::FormGroup::of) {
            Some(own::FormGroup::Row) => rows.extend(cells(entry, standard, Some(of), found)),
            None => {}
        }
    });
    (!rows.is_empty()).then_some(LayoutLine::Each { of, across, rows })
}

/// The most columns and lines that a cell takes, and the most groups side by side.
const MOST_COLUMNS: usize = 200;

/// `"项目名称" 项目名称 5 "项目编码" 项目编码 2 × 3`
fn cells(
    entry: FieldEntry<'_>,
    standard: &Standard,
    group: Option<GroupItem>,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<LayoutCell>> {
    let size = |value: &Value| number::whole(entry.slice(value)).filter(|size| (1..=MOST_COLUMNS).contains(size));
    let mut cells: Vec<LayoutCell> = Vec::new();
    let mut index = 0;
    while let Some(value) = entry.values.get(index) {
        index += 1;
        match (value.kind, cells.last_mut()) {
            (ValueKind::Number, Some(last)) if last.columns == 1 && last.lines == 1 => {
                let lines = match entry.values.get(index..index + 2) {
                    Some([times, lines]) if times.kind == ValueKind::Times && lines.kind == ValueKind::Number => {
                        index += 2;
                        size(lines)
                    }
                    _ => Some(1),
                };
                let Some((columns, lines)) = size(value).zip(lines) else {
                    read::wrong_kind(entry, texts::expect_cells(), found);
                    return None;
                };
                (last.columns, last.lines) = (columns, lines);
            }
            (ValueKind::Quoted | ValueKind::TextBlock, _) => {
                let text = content(entry, value, found)?;
                cells.push(LayoutCell::new(parts(&text.value, text.span, standard, group, found)?));
            }
            (_, _) => {
                let Some(name) = any_name(entry, value) else {
                    read::wrong_kind(entry, texts::expect_cells(), found);
                    return None;
                };
                let fact = known_fact(&name.value, name.span, standard, group, found)?;
                cells.push(LayoutCell::new(vec![LayoutPart::Fact(fact)]));
            }
        }
    }
    if cells.is_empty() {
        read::wrong_kind(entry, texts::expect_cells(), found);
        return None;
    }
    Some(cells)
}

/// A text with facts in braces; `{{` and `}}` are braces.
fn parts(
    text: &str,
    span: Span,
    standard: &Standard,
    group: Option<GroupItem>,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<LayoutPart>> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        plain.push_str(before);
        if let Some(after) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
            plain.push_str(&brace[..1]);
            rest = after;
            continue;
        }
        let Some((name, after)) = brace[1..].split_once('}').filter(|_| brace.starts_with('{')) else {
            report(span, texts::reason_brace(), found);
            return None;
        };
        if !plain.is_empty() {
            parts.push(LayoutPart::Text(std::mem::take(&mut plain)));
        }
        parts.push(LayoutPart::Fact(known_fact(name.trim(), span, standard, group, found)?));
        rest = after;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(LayoutPart::Text(plain));
    }
    Some(parts)
}

fn known_fact(
    name: &str,
    span: Span,
    standard: &Standard,
    group: Option<GroupItem>,
    found: &mut Vec<Diagnostic>,
) -> Option<ProjectFact> {
    let fact = fact(name, standard, group);
    if fact.is_none() {
        report(span, texts::reason_unknown_word(name), found);
    }
    fact
}

/// What a name means: of the group around it, a field of the standard, a word, a name of the standard.
pub fn fact(name: &str, standard: &Standard, group: Option<GroupItem>) -> Option<ProjectFact> {
    let own = |block: Block, name: &str| {
        standard.field_rules.iter().any(|rule| rule.block == block && rule.kind.is_some() && rule.name == name)
    };
    if let Some(item) = group
        && let Some((part, ..)) = ItemPart::ALL
            .iter()
            .find(|(part, chinese, english)| part.is_of(item) && [*chinese, *english].contains(&name))
    {
        return Some(ProjectFact::Item(*part));
    }
    if own(Block::Project, name) {
        return Some(ProjectFact::Own(name.to_owned()));
    }
    if let Some((word, ..)) = FactWord::ALL.iter().find(|(_, chinese, english)| [*chinese, *english].contains(&name)) {
        return Some(ProjectFact::Word(*word));
    }
    if let Some(field) = PLAIN.iter().find(|field| field.is_called(name)) {
        return Some(ProjectFact::Plain(*field));
    }
    let (of, rest) = name.split_once(['.', '．']).unwrap_or((name, ""));
    let is_fund = standard.fund_sources.iter().any(|source| source.name == rest);
    if is_fund && Field::Budget.is_called(of) {
        return Some(ProjectFact::Fund(rest.to_owned()));
    }
    if is_fund && Field::TotalInvestment.is_called(of) {
        return Some(ProjectFact::Investment(rest.to_owned()));
    }
    let (chinese, english) = Block::Department.word();
    if [chinese, english].contains(&of) && own(Block::Department, rest) {
        return Some(ProjectFact::OfDepartment(rest.to_owned()));
    }
    let date = Date::read(name)?;
    standard.checkpoints.iter().any(|one| one.date == date).then_some(ProjectFact::Share(date))
}
