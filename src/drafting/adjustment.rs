//! An adjustment: each wish becomes a line that states what is in force that day and what is from then on.

use std::collections::BTreeMap;

use super::{declaration, no_such_thing, refused, several_things};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{BECOMES, Field, Keyword, quoted};
use crate::model::calendar::Day;
use crate::model::standard::Standard;
use crate::model::text::key;
use crate::model::unit::Quantity;
use crate::model::year::AdjustedFact;
use crate::model::{DepartmentId, Model, ProjectId, YearRecord, written};
use crate::score::{AdjustmentsInForce, ProjectInForce};
use crate::syntax::point_of;
use crate::syntax::vocabulary::written_name;

/// What is to become of something.
#[derive(Clone, Debug)]
pub struct WantedChange {
    /// `项目.指标`, `项目`, or `项目.资金来源`; an indicator alone where only one project has it.
    pub about: String,
    /// The new value as the language writes it; or, led by the label of a line of an adjustment, what that line says:
    /// `权重 12`, `结转 5 万元`, `目标 "…"`, `撤销指标 "理由"`, `增加指标 数量 ≥ 2 场`.
    pub to: String,
}

/// `调整 2025-09-10 "文号" { 理由 "…" … }`.
pub fn adjustment(day: Day, document: &str, reason: &str, lines: &[String]) -> String {
    let head = format!("{day} {}", quoted(document));
    let reason = format!("{} {}", Field::AdjustmentReason.name, quoted(reason));
    declaration(Keyword::Adjustment, &head, &[&[reason], lines].concat())
}

/// The lines of an adjustment: money by project, then the rest in the order of the wishes.
///
/// # Errors
/// JX707 where nothing or several things are called so, where the old value is not stated or not understood, and where
/// money by source has no total beside it.
pub fn adjustment_lines(
    model: &Model,
    department: DepartmentId,
    day: Day,
    wanted: &[WantedChange],
) -> Result<Vec<String>, Diagnostic> {
    let office = OfficeInForce::of(model, department, day);
    let mut money: BTreeMap<usize, WantedMoney<'_>> = BTreeMap::new();
    let mut lines = Vec::new();
    for wish in wanted {
        let (label, rest) = led_by(wish.to.trim());
        if label == Some(Field::AddedIndicator) {
            lines.push(office.added(&wish.about, rest)?);
            continue;
        }
        let line = match (office.find(&wish.about)?, label) {
            (AdjustedThing::Indicator(project, index), None) => office.target(project, index, rest)?,
            (AdjustedThing::Indicator(project, index), Some(Field::AdjustedWeight)) => {
                office.weight(project, index, rest)?
            }
            (AdjustedThing::Indicator(project, index), Some(Field::WithdrawnIndicator)) => {
                let (path, _) = office.indicator(project, index);
                format!("{} {path} {}", Field::WithdrawnIndicator.name, in_quotes(rest))
            }
            (AdjustedThing::Project(project), None) => {
                money.entry(project).or_default().total = Some(rest);
                continue;
            }
            (AdjustedThing::Fund(project, source), None) => {
                money.entry(project).or_default().funds.push((source, rest));
                continue;
            }
            (AdjustedThing::Project(project), Some(label @ Field::CarryOver)) => {
                format!("{} {} {rest}", label.name, office.path(project))
            }
            (AdjustedThing::Project(project), Some(label @ Field::AdjustedGoal)) => {
                format!("{} {} {}", label.name, office.path(project), in_quotes(rest))
            }
            (_, label) => {
                let label = label.map_or("", |label| label.name);
                return Err(refused(texts::adjust_not_of(label, &*wish.about), Some(texts::adjust_forms())));
            }
        };
        lines.push(line);
    }
    let mut all = Vec::new();
    for (project, wanted) in money {
        all.push(office.budget(project, &wanted)?);
    }
    all.extend(lines);
    Ok(all)
}

/// The label that a wish is led by, where it is not a plain value.
fn led_by(to: &str) -> (Option<Field>, &str) {
    let labels = [
        Field::AdjustedWeight,
        Field::CarryOver,
        Field::AdjustedGoal,
        Field::WithdrawnIndicator,
        Field::AddedIndicator,
    ];
    let (word, rest) = to.split_once([' ', '\u{3000}']).unwrap_or((to, ""));
    match labels.into_iter().find(|label| label.is_called(word)) {
        Some(label) => (Some(label), rest.trim()),
        None => (None, to),
    }
}

/// A text in quotes, whether its author wrote them or not.
fn in_quotes(words: &str) -> String {
    if words.starts_with(['"', '“']) { words.to_owned() } else { quoted(words) }
}

/// Money that is to be changed together.
#[derive(Default)]
struct WantedMoney<'w> {
    total: Option<&'w str>,
    funds: Vec<(usize, &'w str)>,
}

/// What a wish is about: a project by its number in the department, an indicator by its number among those in force.
#[derive(Clone, Copy)]
enum AdjustedThing {
    Project(usize),
    Fund(usize, usize),
    Indicator(usize, usize),
}

/// A department before the adjustments of a day.
struct OfficeInForce<'a> {
    model: &'a Model,
    department: Option<DepartmentId>,
    record: &'a YearRecord,
    day: Day,
    year: u16,
    projects: Vec<(ProjectId, ProjectInForce<'a>)>,
}

impl<'a> OfficeInForce<'a> {
    fn of(model: &'a Model, department: DepartmentId, day: Day) -> Self {
        let record = model.record(Some(department));
        let year = model[department].year.as_ref().map_or(day.year, |year| year.value);
        let adjustments = AdjustmentsInForce::of(model, Some(department));
        let whole = model.whole_of(Some(department)).into_iter();
        let of_department = whole.chain(model.projects_of(Some(department)));
        let projects = of_department.map(|(id, _)| (id, adjustments.project_before(model, id, day))).collect();
        Self { model, department: Some(department), record, day, year, projects }
    }

    fn standard(&self, project: usize) -> &'a Standard {
        &self.model[self.projects[project].1.project.standard]
    }

    fn path(&self, project: usize) -> String {
        written_name(&self.projects[project].1.project.name.value)
    }

    fn indicator(&self, project: usize, index: usize) -> (String, &crate::score::InForce<'a>) {
        let (_, in_force) = &self.projects[project];
        let indicator = &in_force.indicators[index];
        (in_force.project.path_to(&indicator.indicator.name.value), indicator)
    }

    /// Everything that has a path of its own, with the path.
    fn things(&self) -> Vec<(String, AdjustedThing)> {
        let mut all = Vec::new();
        for (project, (_, in_force)) in self.projects.iter().enumerate() {
            all.push((self.path(project), AdjustedThing::Project(project)));
            all.extend((0..in_force.indicators.len()).map(|index| {
                let (path, _) = self.indicator(project, index);
                (path, AdjustedThing::Indicator(project, index))
            }));
            let sources = self.standard(project).fund_sources.iter().enumerate();
            all.extend(
                sources
                    .map(|(source, one)| (in_force.project.path_to(&one.name), AdjustedThing::Fund(project, source))),
            );
        }
        all
    }

    /// The one thing of a path, or the one indicator of a name.
    fn find(&self, words: &str) -> Result<AdjustedThing, Diagnostic> {
        let (things, meant) = (self.things(), key(words));
        let mut found: Vec<_> = things.iter().filter(|(path, _)| key(path) == meant).collect();
        if found.is_empty() {
            let is_called = |thing: &AdjustedThing| match *thing {
                AdjustedThing::Indicator(project, index) => {
                    key(&self.indicator(project, index).1.indicator.name.value) == meant
                }
                AdjustedThing::Project(project) => {
                    let code = self.projects[project].1.project.code.as_ref();
                    code.is_some_and(|code| key(&code.value) == meant)
                }
                AdjustedThing::Fund(..) => false,
            };
            found = things.iter().filter(|(_, thing)| is_called(thing)).collect();
        }
        match found[..] {
            // An indicator that is called like a fund source is meant before it.
            [(_, only), ..] if found.len() == 1 || matches!(found[1].1, AdjustedThing::Fund(..)) => Ok(*only),
            [] => Err(no_such_thing(words, things.iter().map(|(path, _)| path.as_str()))),
            _ => {
                let names: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
                Err(several_things(words, &names))
            }
        }
    }

    fn target(&self, project: usize, index: usize, to: &str) -> Result<String, Diagnostic> {
        let (path, one) = self.indicator(project, index);
        let from = written::target(&one.target.value, self.standard(project));
        if from.is_empty() {
            return Err(refused(texts::adjust_old_unknown(path), Some(texts::adjust_old_unknown_help())));
        }
        Ok(format!("{} {path} {from} {} {to}", Field::AdjustedTarget.name, BECOMES.0))
    }

    fn weight(&self, project: usize, index: usize, to: &str) -> Result<String, Diagnostic> {
        let (path, one) = self.indicator(project, index);
        let Some(from) = &one.weight else {
            return Err(refused(texts::adjust_no_weight(path), Some(texts::adjust_no_weight_help())));
        };
        let unit = |points: &str| if points.ends_with('分') { points.to_owned() } else { format!("{points} 分") };
        let (from, to) = (unit(&from.written), unit(to));
        Ok(format!("{} {path} {from} {} {to}", Field::AdjustedWeight.name, BECOMES.0))
    }

    fn added(&self, about: &str, rest: &str) -> Result<String, Diagnostic> {
        let point = point_of(about).filter(|point| point.start > 0);
        let Some((project, name)) = point.map(|point| (&about[..point.start], &about[point.end..])) else {
            return Err(no_such_thing(about, []));
        };
        let AdjustedThing::Project(project) = self.find(project)? else {
            return Err(no_such_thing(project, []));
        };
        let path = self.projects[project].1.project.path_to(name.trim().trim_matches('"'));
        Ok(format!("{} {path} {rest}", Field::AddedIndicator.name))
    }

    /// `预算 项目 原额 改为 新额 { 来源 原额 改为 新额 }`. Where all the money has one source, that follows the total.
    fn budget(&self, project: usize, wanted: &WantedMoney<'_>) -> Result<String, Diagnostic> {
        let (standard, path) = (self.standard(project), self.path(project));
        let (old, old_funds) = self.money(project);
        let Some(old) = old else {
            return Err(refused(texts::adjust_old_unknown(&*path), Some(texts::adjust_old_unknown_help())));
        };
        let Some(to) = wanted.total else {
            return Err(refused(texts::adjust_total_missing(&*path), Some(texts::adjust_total_missing_help(&*path))));
        };
        let is_nothing = |amount: &Quantity| amount.value.is_zero();
        let mut funds = wanted.funds.clone();
        let with_money: Vec<usize> =
            old_funds.iter().filter(|(_, amount)| !is_nothing(amount)).map(|(source, _)| *source).collect();
        if funds.is_empty() {
            match with_money[..] {
                [] => {}
                [only] => funds.push((only, to)),
                _ => {
                    let names = with_money.iter().map(|source| standard.fund_sources[*source].name.as_str());
                    let names = names.collect::<Vec<_>>().join("、");
                    let help = texts::adjust_by_source(&*path, names);
                    return Err(refused(texts::adjust_several_sources(&*path), Some(help)));
                }
            }
        }
        let mut text =
            format!("{} {path} {} {} {to}", Field::AdjustmentBudget.name, written::quantity(old, standard), BECOMES.0);
        let inner: Vec<String> = funds
            .iter()
            .map(|(source, to)| {
                let name = written_name(&standard.fund_sources[*source].name);
                let old = old_funds.get(source).map(|amount| written::quantity(amount, standard));
                // A source without money before has none of the same unit.
                let old = old.unwrap_or_else(|| format!("0 {}", unit_of(to)));
                format!("{name} {old} {} {to}", BECOMES.0)
            })
            .collect();
        if !inner.is_empty() {
            text.extend([" {\n", &inner.join("\n"), "\n}"]);
        }
        Ok(text)
    }

    /// The money of a project as its texts state it, before the adjustments of the day.
    fn money(&self, project: usize) -> (Option<&'a Quantity>, BTreeMap<usize, &'a Quantity>) {
        let (id, in_force) = &self.projects[project];
        let budget = in_force.project.budget.as_ref();
        let mut total = budget.and_then(|budget| budget.total.as_ref());
        let stated = budget.into_iter().flat_map(|budget| &budget.funds);
        let mut funds: BTreeMap<usize, &Quantity> =
            stated.filter_map(|line| Some((line.source, line.amount.as_ref()?))).collect();
        let mut earlier: Vec<_> = self
            .record
            .adjustments()
            .filter_map(|one| Some((one.date.as_ref()?.value.in_year(self.year), one)))
            .filter(|(day, _)| *day < self.day)
            .collect();
        earlier.sort_by_key(|(day, _)| *day);
        for change in earlier.into_iter().flat_map(|(_, one)| &one.changes) {
            if let (AdjustedFact::Budget { to, funds: changed, .. }, Some(named)) = (&change.fact, change.subject.named)
                && named.holder(self.model, self.department) == Some(*id)
            {
                total = Some(to);
                funds.extend(changed.iter().map(|fund| (fund.source, &fund.to)));
            }
        }
        (total, funds)
    }
}

/// The letters behind the figures of an amount.
fn unit_of(amount: &str) -> &str {
    amount.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',' | ' '))
}
