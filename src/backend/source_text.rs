//! `--to jx`: the model as canonical source text, one file a department and one a project.
//!
//! What the text says is the model, whole: reading it again gives the same model (a property test). Comments are not part
//! of the model, so a file that people keep is never rewritten by this.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;

use super::stream::FilesOfEach;
use super::{Backend, RenderOptions, Scope, Sink, Stream, file_name, project_stem};
use crate::language::{Block, Field, INDICATOR, PlainKind, fields_of, own};
use crate::model::calendar::Date;
use crate::model::literal::literal;
use crate::model::resolve;
use crate::model::standard::Standard;
use crate::model::standard::year_form::YearForm;
use crate::model::unit::Quantity;
use crate::model::year::{Occasion, YearLine};
use crate::model::{
    Basis, Budget, Department, DepartmentId, ExtraField, ExtraValue, FundLine, Indicator, Interim, Model, Plain,
    PlainFields, Project, ProjectId, Reference,
};
use crate::syntax::vocabulary::written_name;

pub(super) use crate::model::written::{quantity, target};

pub struct SourceText;

impl Backend for SourceText {
    fn name(&self) -> &'static str {
        "jx"
    }

    fn holds(&self, _: YearForm) -> bool {
        false
    }

    fn is_default(&self) -> bool {
        false
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(FilesOfEach::of(self))
    }

    fn render(&self, model: &Model, scope: Scope, _: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let comments = Comments::default();
        for (path, owner) in owners(model, scope) {
            let path = format!("jx/{path}");
            sink.artifact(path.as_ref(), &mut |out| out.write_all(owner.text(model, &comments).as_bytes()))?;
        }
        Ok(())
    }
}

/// Comments to write beside the model, without their `#`.
#[derive(Debug, Default)]
pub struct Comments {
    /// At the end of a department.
    pub departments: BTreeMap<u32, Vec<String>>,
    /// By project and the index of the indicator before which they stand; at its end where there is none.
    pub indicators: BTreeMap<(u32, u32), Vec<String>>,
}

/// The files of a model: paths and texts, one file a department and one a project.
pub fn files(model: &Model, comments: &Comments) -> Vec<(String, String)> {
    owners(model, Scope::Workspace).map(|(path, owner)| (path, owner.text(model, comments))).collect()
}

/// All that is published of a scope, in one text.
pub(super) fn whole(model: &Model, scope: Scope) -> String {
    let comments = Comments::default();
    owners(model, scope).map(|(_, owner)| owner.text(model, &comments)).collect::<Vec<_>>().join("\n")
}

/// What a file of a model holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilePart {
    /// A department.
    Department,
    /// A project.
    Project(ProjectId),
    /// A declaration of the year.
    Year,
}

/// The same files with what each holds.
pub(crate) fn parts(model: &Model, comments: &Comments) -> Vec<(FilePart, String, String)> {
    let part = |owner: FileOwner| match owner {
        FileOwner::Department(_) => FilePart::Department,
        FileOwner::Project(id) => FilePart::Project(id),
        FileOwner::Occasion(..) => FilePart::Year,
    };
    let all = owners(model, Scope::Workspace);
    all.map(|(path, owner)| (part(owner), path, owner.text(model, comments))).collect()
}

/// What a file is about.
#[derive(Clone, Copy)]
enum FileOwner {
    Department(DepartmentId),
    Project(ProjectId),
    /// By its place in the record.
    Occasion(Option<DepartmentId>, usize),
}

impl FileOwner {
    fn text(self, model: &Model, comments: &Comments) -> String {
        match self {
            FileOwner::Department(id) => {
                let of_department = comments.departments.get(&id.0).map_or(&[][..], Vec::as_slice);
                department(model, &model[id], of_department)
            }
            FileOwner::Project(id) => project(model, id, &model[id], comments),
            FileOwner::Occasion(id, index) => {
                occasion(&model.record(id).occasions[index], super::official::standard_of(model, id))
            }
        }
    }
}

/// The files of a scope: their paths, and what each is about.
fn owners(model: &Model, scope: Scope) -> impl Iterator<Item = (String, FileOwner)> {
    let several = model.has_several_groups();
    scope.groups(model).flat_map(move |(index, id)| {
        let folder = match id.map(|id| &model[id]) {
            Some(department) if several => format!("{:02}-{}/", index + 1, file_name(&department.name.value)),
            _ => String::new(),
        };
        let of_department = id.filter(|_| scope.project().is_none()).map(FileOwner::Department);
        let of_department = of_department.map(|owner| (format!("{folder}部门.jx"), owner));
        let of_year = if scope.project().is_none() { occasions(model, id, &folder) } else { Vec::new() };
        let count = model.projects_of(id).count();
        let projects = scope.projects_of(model, id).map(move |(number, id, one)| {
            (format!("{folder}{}.jx", project_stem(number, count, one)), FileOwner::Project(id))
        });
        of_department.into_iter().chain(projects).chain(of_year)
    })
}

/// The file of each project, without the end of its name.
pub fn project_files(model: &Model) -> impl Iterator<Item = (ProjectId, String)> {
    owners(model, Scope::Workspace).filter_map(|(path, owner)| match owner {
        FileOwner::Project(id) => Some((id, path.strip_suffix(".jx").unwrap_or(&path).to_owned())),
        FileOwner::Department(_) | FileOwner::Occasion(..) => None,
    })
}

/// The files of a department's year: one a declaration, by what it is and when.
fn occasions(model: &Model, id: Option<DepartmentId>, folder: &str) -> Vec<(String, FileOwner)> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let record = model.record(id).occasions.iter().enumerate();
    record
        .map(|(index, one)| {
            let (word, _) = Block::declared_by(one.keyword()).word();
            let stem = match (one.date(), one) {
                (_, Occasion::Area(area)) => format!("{word}/{}", file_name(&area.name.value)),
                (Some(date), Occasion::Snapshot(_)) if date.day.is_none() => format!("{word}/{:02}月底", date.month),
                (Some(date), _) => format!("{word}/{}", file_name(&day_name(date))),
                (None, _) => word.to_owned(),
            };
            let count = taken.entry(stem.clone()).or_default();
            *count += 1;
            let path = if *count == 1 { format!("{folder}{stem}.jx") } else { format!("{folder}{stem}-{count}.jx") };
            (path, FileOwner::Occasion(id, index))
        })
        .collect()
}

/// A day in the name of a file, so that names stand in the order of days.
pub(crate) fn day_name(date: Date) -> String {
    match (date.year, date.day) {
        (Some(year), Some(day)) => format!("{year:04}-{:02}-{day:02}", date.month),
        (Some(_) | None, _) => date.to_string(),
    }
}

fn occasion(occasion: &Occasion, standard: &Standard) -> String {
    let (word, _) = Block::declared_by(occasion.keyword()).word();
    let head = [word, &occasion.head()].join(" ");
    let mut lines = SourceLines::default();
    lines.line(&format!("{} {{", head.trim_end()));
    lines.depth += 1;
    for line in occasion.lines(standard) {
        year_line(&mut lines, &line, standard);
    }
    lines.depth -= 1;
    lines.line("}");
    lines.text
}

fn year_line(lines: &mut SourceLines, line: &YearLine<'_>, standard: &Standard) {
    let of_area = line.indicator.filter(|_| line.field == Some(Field::AreaIndicator));
    if let Some(one) = of_area {
        return indicator(lines, one, standard);
    }
    lines.block(&line.head(), |lines| {
        line.inner.iter().for_each(|inner| year_line(lines, inner, standard));
        if let Some(one) = line.indicator {
            fields_of_indicator(lines, one, standard);
        }
    });
}

/// Lines of a block, each indented by its depth.
#[derive(Default)]
struct SourceLines {
    text: String,
    depth: usize,
}

impl SourceLines {
    fn line(&mut self, content: &str) {
        if !content.is_empty() {
            let _ = write!(self.text, "{:1$}{content}", "", self.depth * 2);
        }
        self.text.push('\n');
    }

    fn comments(&mut self, comments: Option<&[String]>) {
        for comment in comments.into_iter().flatten() {
            self.line(&format!("# {comment}"));
        }
    }

    /// `head { … }`; only the head where the block would be empty.
    fn block(&mut self, head: &str, inside: impl FnOnce(&mut SourceLines)) {
        let mut inner = SourceLines { text: String::new(), depth: self.depth + 1 };
        inside(&mut inner);
        if inner.text.is_empty() {
            self.line(head);
            return;
        }
        self.line(&format!("{head} {{"));
        self.text += &inner.text;
        self.line("}");
    }

    /// `label value`, prose as a text block with one sentence a line.
    fn plain(&mut self, field: Field, fields: &PlainFields, standard: &Standard) {
        let value = match fields.get(field) {
            None => return,
            Some(Plain::Text(text)) if field.plain == Some(PlainKind::Name) => written_name(&text.value),
            Some(Plain::Text(text)) => self.literal(&text.value),
            Some(Plain::Number(number)) => number.value.to_string(),
            Some(Plain::Quantity(one)) => quantity(one, standard),
            Some(Plain::Date(date)) => date.value.to_string(),
            Some(Plain::Period(period)) => period.value.to_string(),
        };
        self.line(&format!("{} {value}", field.name));
    }

    fn literal(&self, text: &str) -> String {
        literal(text, self.depth)
    }
}

fn department(model: &Model, department: &Department, comments: &[String]) -> String {
    let standard = &model[department.standard];
    let mut lines = SourceLines::default();
    let code = department.code.as_ref().map(|code| format!("{} ", code.value)).unwrap_or_default();
    lines.block(&format!("{} {code}{}", Block::Department.word().0, written_name(&department.name.value)), |lines| {
        for field in fields_of(Block::Department) {
            let label = field.name;
            match own::Department::of(*field) {
                Some(own::Department::Year) => {
                    if let Some(year) = &department.year {
                        lines.line(&format!("{label} {}", year.value));
                    }
                }
                Some(own::Department::Standard) => lines.line(&format!("{label} {}", written_name(&standard.name))),
                Some(own::Department::Unit) => {
                    for unit in &department.units_of_account {
                        let name = unit.name.as_ref().map(|one| format!(" {}", written_name(&one.value)));
                        lines.line(&format!("{label} {}{}", unit.code.value, name.unwrap_or_default()));
                    }
                    extra(lines, &department.extra, standard);
                }
                Some(own::Department::SubGoal) => {
                    for goal in &department.sub_goals {
                        let text = goal.goal.as_ref().map(|text| lines.literal(&text.value)).unwrap_or_default();
                        lines.block(&format!("{label} {text}"), |lines| {
                            for reference in &goal.indicators {
                                let path = reference_path(model, reference);
                                lines.line(&format!("{} {path}", Field::SubGoalIndicator.name));
                            }
                        });
                    }
                }
                Some(own::Department::Safeguard) => {
                    for one in &department.safeguards {
                        let text = one.text.as_ref().map(|text| format!(" {}", lines.literal(&text.value)));
                        let name = written_name(&one.name.value);
                        lines.line(&format!("{label} {name}{}", text.unwrap_or_default()));
                    }
                }
                Some(own::Department::Budget) => {
                    let money = department.whole.as_ref().and_then(|whole| Some((whole, whole.budget.as_ref()?)));
                    if let Some((of, money)) = money {
                        budget(lines, *field, money, &model[of.standard]);
                    }
                }
                Some(own::Department::Indicator) => {
                    for (whole, one) in
                        department.whole.iter().flat_map(|of| of.indicators.iter().map(move |one| (of, one)))
                    {
                        lines.line("");
                        indicator(lines, one, &model[whole.standard]);
                    }
                }
                None => lines.plain(*field, &department.plain, standard),
            }
        }
        lines.comments(Some(comments));
    });
    lines.text
}

fn reference_path(model: &Model, reference: &Reference) -> String {
    reference.target.map_or_else(|| written_name(&reference.indicator), |id| resolve::path(model, id))
}

fn project(model: &Model, id: ProjectId, project: &Project, comments: &Comments) -> String {
    let standard = &model[project.standard];
    let mut lines = SourceLines::default();
    let code = project.code.as_ref().map(|code| format!("{} ", code.value)).unwrap_or_default();
    lines.block(&format!("{} {code}{}", Block::Project.word().0, written_name(&project.name.value)), |lines| {
        for field in fields_of(Block::Project) {
            match own::Project::of(*field) {
                Some(own::Project::Unit) => {
                    if let Some(unit) = &project.unit_of_account {
                        lines.line(&format!("{} {}", field.name, unit.value));
                    }
                    extra(lines, &project.extra, standard);
                }
                Some(own::Project::Budget) => {
                    project.budget.iter().for_each(|money| budget(lines, *field, money, standard));
                }
                Some(own::Project::SpendingPlan) => {
                    let plan = project.plan.iter();
                    plan.for_each(|plan| {
                        lines.block(field.name, |lines| {
                            for line in &plan.lines {
                                let label = &standard.checkpoints[line.checkpoint].label;
                                lines.line(&format!("{label} {}", quantity(&line.share, standard)));
                            }
                        });
                    });
                }
                None if *field == Field::TotalInvestment && !project.investment.is_empty() => {
                    let total = project.plain.quantity(*field);
                    parted(lines, *field, total, &project.investment, standard);
                }
                None => lines.plain(*field, &project.plain, standard),
            }
        }
        for (index, one) in (0..).zip(&project.indicators) {
            lines.line("");
            lines.comments(comments.indicators.get(&(id.0, index)).map(Vec::as_slice));
            indicator(lines, one, standard);
        }
        let end = project.indicators.len() as u32;
        lines.comments(comments.indicators.get(&(id.0, end)).map(Vec::as_slice));
    });
    lines.text
}

fn budget(lines: &mut SourceLines, field: Field, budget: &Budget, standard: &Standard) {
    parted(lines, field, budget.total.as_ref(), &budget.funds, standard);
}

/// An amount and its parts by fund source.
fn parted(lines: &mut SourceLines, field: Field, total: Option<&Quantity>, funds: &[FundLine], standard: &Standard) {
    let total = total.map(|one| format!(" {}", quantity(one, standard))).unwrap_or_default();
    lines.block(&format!("{}{total}", field.name), |lines| {
        for line in funds {
            lines.line(&fund(line, standard));
        }
    });
}

/// `财政拨款 20 万元`, `其他资金`
pub(super) fn fund(line: &FundLine, standard: &Standard) -> String {
    let source = written_name(&standard.fund_sources[line.source].name);
    let amount = line.amount.as_ref().map(|one| format!(" {}", quantity(one, standard))).unwrap_or_default();
    source + &amount
}

fn indicator(lines: &mut SourceLines, indicator: &Indicator, standard: &Standard) {
    let category = indicator.category.map(|id| standard.shortest_category(id)).unwrap_or_default();
    let target_text = target(&indicator.target.value, standard);
    lines.block(
        &format!("{} {category} {} {target_text}", INDICATOR.0, written_name(&indicator.name.value)),
        |lines| {
            fields_of_indicator(lines, indicator, standard);
        },
    );
}

fn fields_of_indicator(lines: &mut SourceLines, indicator: &Indicator, standard: &Standard) {
    for field in fields_of(Block::Indicator) {
        match own::Indicator::of(*field) {
            Some(own::Indicator::Basis) => {
                if let Some(Basis { kind, text }) = &indicator.basis {
                    let kind = kind.as_ref().map(|kind| format!("{} ", written_name(&kind.value)));
                    let text = lines.literal(&text.value);
                    lines.line(&format!("{} {}{text}", field.name, kind.unwrap_or_default()));
                }
            }
            Some(own::Indicator::Direction) => {
                if let Some(direction) = &indicator.direction {
                    lines.line(&format!("{} {}", field.name, direction.value.word()));
                }
            }
            Some(own::Indicator::WholePeriod) => {
                if let Some(whole_period) = &indicator.whole_period {
                    lines.line(&format!("{} {}", field.name, target(&whole_period.value, standard)));
                }
            }
            Some(own::Indicator::Interim) => {
                for Interim { date, target: due, .. } in &indicator.interim {
                    lines.line(&format!("{} {date} {}", field.name, target(&due.value, standard)));
                }
            }
            None if *field == Field::Scoring && indicator.method(standard).is_some() => {
                if let Some((method, _)) = indicator.method(standard) {
                    lines.line(&format!("{} {}", field.name, method.written(standard)));
                }
            }
            None => lines.plain(*field, &indicator.plain, standard),
        }
    }
    extra(lines, &indicator.extra, standard);
}

fn extra(lines: &mut SourceLines, fields: &[ExtraField], standard: &Standard) {
    for field in fields {
        let value = match &field.value {
            ExtraValue::Text(text) => lines.literal(text),
            ExtraValue::Number(number) => number.to_string(),
            ExtraValue::Quantity(one) => quantity(one, standard),
            ExtraValue::Date(date) => date.to_string(),
            ExtraValue::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        };
        lines.line(&format!("{} {value}", written_name(&standard.field_rules[field.rule].name)));
    }
}
