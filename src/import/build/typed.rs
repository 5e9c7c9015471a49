//! A draft by the rules of a standard: texts, amounts and targets with their types, and the account of where each went.
//!
//! What cannot be typed stays words; what cannot stand anywhere is not claimed, and so is left over.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::parallel::prelude::*;

use super::builder::{Built, PartBuilder, field_rules};
use super::of_year::{self, ProjectYear, StatedFigure};
use super::{fit, indicator, occasions, stated};
use crate::diagnostic::{Language, texts};
use crate::import::account::{CellPiece, Use};
use crate::import::recognise::draft::{Again, DepartmentDraft, ProjectDraft, Reading};
use crate::import::recognise::lexicon::{Lexicon, key_of};
use crate::import::recognise::signs::year_of;
use crate::language::{Block, Field, PlainKind, WHOLE_DEPARTMENT};
use crate::model::cells;
use crate::model::standard::Standard;
use crate::model::{
    Damage, Department, DepartmentId, ExtraField, ExtraValue, IndicatorId, Model, Plain, Project, ProjectId, Reference,
    Safeguard, StandardId, SubGoal, Text, UnitOfAccount, YearRecord, code, text,
};
use crate::source::{Span, Spanned};

/// How many projects are built before what they claim is put down.
const PROJECTS_AT_ONCE: usize = 256;

/// A project with what its form says besides.
struct OfForm {
    project: Project,
    /// The unit of account that it names, or the name of one without a code.
    unit: Option<UnitOfAccount>,
    nameless: Option<String>,
    year: Option<ProjectYear>,
}

/// What a department has as a whole, with what its form says besides.
struct OfWhole {
    /// None where it has neither money nor indicators.
    whole: Option<Project>,
    extra: Vec<ExtraField>,
    nameless: Option<String>,
    year: Option<ProjectYear>,
}

/// Builds the whole of a reading into a model, each department by its standard; claims and guesses go into the reading. And
/// the figures that the form states and that are not what the model comes to.
pub fn office(
    reading: &mut Reading,
    lexicon: &Lexicon,
    standards: Vec<Arc<Standard>>,
    ids: &[StandardId],
    place: Span,
    otherwise: OtherwiseCalled<'_>,
) -> (Model, Vec<(ProjectId, StatedFigure)>) {
    let mut account = std::mem::take(&mut reading.account);
    let read = &*reading;
    let builder = |department: usize, project: Option<u32>| PartBuilder {
        reading: read,
        lexicon,
        standard: &standards[ids[department].0 as usize],
        standard_id: ids[department],
        place,
        claims: Vec::new(),
        guesses: Vec::new(),
        project,
        indicator: None,
        indicator_rules: OnceCell::new(),
    };
    let drafts = &read.draft.projects;
    // What each claims is put down before others are built: the claims of all are as large as the document.
    let projects = drafts.chunks(PROJECTS_AT_ONCE).enumerate().flat_map(|(chunk, drafts)| {
        let numbered = drafts.par_iter().enumerate();
        let built = numbered.map(|(index, draft)| {
            let project = (chunk * PROJECTS_AT_ONCE + index) as u32;
            builder(draft.department, Some(project)).project(draft)
        });
        built.collect::<Vec<Built<OfForm>>>()
    });
    let mut accounts: Vec<Accounts> = ids.iter().map(|_| Accounts::default()).collect();
    let (mut guesses, mut built) = (Vec::new(), Vec::with_capacity(drafts.len()));
    let mut put_down = |claims: Vec<(CellPiece, Use)>| {
        for (piece, use_) in claims {
            account.claim(&piece, use_, &read.cells);
        }
    };
    let mut years: Vec<(ProjectId, ProjectYear)> = Vec::new();
    for (one, draft) in projects.zip(drafts) {
        let OfForm { project, unit, nameless, year } = one.value;
        years.extend(year.map(|year| (ProjectId(built.len() as u32), year)));
        let Accounts { units, names: unit_names } = &mut accounts[draft.department];
        let unit_piece = draft.unit.as_ref().map(|unit| unit.value.clone());
        if let Some(unit) = unit {
            if let Some(name) = &unit.name {
                unit_names.push((unit_piece, name.value.to_string()));
            }
            match units.iter_mut().find(|known| known.code == unit.code) {
                Some(known) if known.name.is_none() => known.name = unit.name,
                Some(_) => {}
                None => units.push(unit),
            }
        } else if let Some(name) = nameless {
            unit_names.push((unit_piece, name));
        }
        put_down(one.claims);
        guesses.extend(one.guesses);
        built.push(project);
    }
    let mut wholes: Vec<Option<OfWhole>> = ids.iter().map(|_| None).collect();
    for draft in &read.draft.wholes {
        let own = ids[draft.department];
        let framed = standards[own.0 as usize].in_framework(own, WHOLE_DEPARTMENT.0);
        let mut part = builder(draft.department, None);
        (part.standard_id, part.standard) = framed.unwrap_or((own, &standards[own.0 as usize]));
        let one = part.whole(draft);
        put_down(one.claims);
        guesses.extend(one.guesses);
        let mut whole = one.value;
        let id = ProjectId::of_whole(DepartmentId(draft.department as u32));
        years.extend(whole.year.take().map(|year| (id, year)));
        let unit = draft.unit.as_ref().map(|unit| unit.value.clone());
        accounts[draft.department].names.extend(whole.nameless.take().map(|name| (unit, name)));
        wholes[draft.department] = Some(whole);
    }
    let mut departments = Vec::with_capacity(ids.len());
    for (index, (draft, accounts)) in read.draft.departments.iter().zip(accounts).enumerate() {
        let department = builder(index, None).department(draft, accounts, (index, &built), otherwise);
        put_down(department.claims);
        guesses.extend(department.guesses);
        let mut department = department.value;
        if let Some(of) = wholes[index].take() {
            (department.whole, department.extra) = (of.whole.map(Box::new), of.extra);
        }
        departments.push(department);
    }
    reading.account = account;
    reading.draft.guesses.extend(guesses);
    let mut model = Model { standards, departments, projects: built, ..Model::default() };
    let stated = occasions::put(&mut model, years, place, reading);
    let open = stated::compare(&model, stated, reading);
    (model, open)
}

/// What a department is called that a document does not name.
#[derive(Clone, Copy)]
pub struct OtherwiseCalled<'a> {
    /// The department that it is imported into.
    pub known: Option<&'a str>,
    /// The name of the file without its ending.
    pub file_name: &'a str,
}

/// The units of account of a department, and the names of those that its projects name, with their places.
#[derive(Default)]
struct Accounts {
    units: Vec<UnitOfAccount>,
    names: Vec<(Option<CellPiece>, String)>,
}

impl PartBuilder<'_> {
    fn project(mut self, draft: &ProjectDraft) -> Built<OfForm> {
        let (in_name, name) = self.project_name(draft);
        let code = draft.code.clone().filter(|piece| is_code(&text::key(self.text(piece))));
        if let (Some(code), Some(again)) = (&code, &in_name)
            && self.text(code) == self.text(again)
        {
            self.repeat(again);
        }
        let code = code.or(in_name).map(|piece| self.code(&piece));
        let (unit, nameless, unit_extra) = self.unit(draft);
        let budget = self.budget(draft);
        let purpose = self.joined(&draft.purpose, Field::Purpose.name);
        let plan = self.plan(draft);
        let goal = self.goal(draft);
        let known =
            [(Field::Purpose, purpose), (Field::Goal, goal)].map(|(field, text)| Some((field, Plain::Text(text?))));
        let mut stated: Vec<(Field, Plain)> = known.into_iter().flatten().collect();
        let money_unit = self.money_unit_of(draft);
        for (field, piece) in &draft.plain {
            let value = match field.plain {
                // In the unit of the form's amounts.
                Some(PlainKind::Amount) => {
                    let amount = self.amount(piece, money_unit.as_deref(), field.name);
                    amount.map(|amount| Plain::Quantity(Box::new(amount)))
                }
                _ => self.plain(*field, piece),
            };
            stated.extend(value.map(|value| (*field, value)));
        }
        let investment = self.investment(draft);
        let mut extra = self.extra_fields(draft, Block::Project);
        extra.extend(unit_extra);
        let (indicators, rows) = indicator::all(&mut self, draft);
        let project = Project {
            span: self.place,
            department: Some(DepartmentId(draft.department as u32)),
            standard: self.standard_id,
            code,
            name,
            unit_of_account: unit.as_ref().map(|unit| unit.code.clone()),
            budget,
            plan,
            investment,
            plain: stated.into_iter().collect(),
            indicators,
            extra,
            damage: Damage::default(),
            is_head: false,
        };
        let year = of_year::of_project(&mut self, draft, &rows, &project);
        Built { value: OfForm { project, unit, nameless, year }, claims: self.claims, guesses: self.guesses }
    }

    /// The department as a whole: read like a project, in the framework of the standard that is its own.
    fn whole(mut self, draft: &ProjectDraft) -> Built<OfWhole> {
        let (_, nameless, _) = self.unit(draft);
        let mut whole = Project::whole(self.place, self.standard_id);
        whole.budget = self.budget(draft);
        let extra = self.extra_fields(draft, Block::Department);
        let (indicators, rows) = indicator::all(&mut self, draft);
        whole.indicators = indicators;
        let year = of_year::of_project(&mut self, draft, &rows, &whole);
        let has_any = whole.budget.is_some() || !whole.indicators.is_empty();
        let value = OfWhole { whole: has_any.then_some(whole), extra, nameless, year };
        Built { value, claims: self.claims, guesses: self.guesses }
    }

    /// A code in signs of any width.
    fn code(&mut self, piece: &CellPiece) -> Text {
        self.placed(piece, "编码");
        let code = text::key(self.text(piece));
        self.spanned(code.into())
    }

    /// The name of a project, and the code that stands before it in its cell.
    fn project_name(&mut self, draft: &ProjectDraft) -> (Option<CellPiece>, Text) {
        let Some(piece) = &draft.name else { return (None, self.name_elsewhere(draft)) };
        let written = self.text(piece);
        let Some((code, name)) = code_before_name(written) else { return (None, self.stated_name(draft, piece)) };
        let [code, between, name] = [0..code, code..name, name..written.len()].map(|bytes| piece.part(written, bytes));
        self.furniture(&between);
        (Some(code), self.stated_name(draft, &name))
    }

    /// What a project without a name of its own is called.
    fn name_elsewhere(&mut self, draft: &ProjectDraft) -> Text {
        if let Some(title) = &draft.title {
            return self.name(title, "名称");
        }
        let number = self.project.map_or(1, |project| project + 1);
        // A sheet may be called by the project; `Sheet1` and `表1` say nothing.
        let sheet = draft.sheet.as_ref().filter(|name| self.lexicon.names_project(name)).cloned();
        let name = sheet.unwrap_or_else(|| texts::unnamed_project(number).in_language(Language::Chinese).into_owned());
        self.guess(draft.code.as_ref(), texts::guessed_name(&name));
        self.spanned(name.into())
    }

    fn stated_name(&mut self, draft: &ProjectDraft, piece: &CellPiece) -> Text {
        let name = self.name(piece, "名称");
        let key = key_of(&name.value).text;
        if let Some(title) = &draft.title
            && let title_key = key_of(self.text(title)).text
            // The title leaves out what titles hold anyway: 村路维修 of 村路维修项目.
            && (title_key.contains(&key) || title_key == self.lexicon.before_title_words(&key))
        {
            self.repeat(title);
        }
        name
    }

    /// `434001某某局本级`: code and name; a name alone is no unit of account, but may be the department's.
    fn unit(&mut self, draft: &ProjectDraft) -> (Option<UnitOfAccount>, Option<String>, Option<ExtraField>) {
        let code_piece = draft.unit_code.clone().filter(|piece| is_code(self.text(piece)));
        let Some(unit) = &draft.unit else {
            let code = code_piece.map(|piece| self.name(&piece, Field::ProjectUnit.name));
            return (code.map(|code| UnitOfAccount { code, name: None }), None, None);
        };
        let text = self.text(&unit.value).to_owned();
        if let Some(piece) = &code_piece {
            if !text.starts_with(self.text(piece)) {
                let code = self.name(piece, Field::ProjectUnit.name);
                let name = self.name(&unit.value, Field::ProjectUnit.name);
                return (Some(UnitOfAccount { code, name: Some(name) }), None, None);
            }
            self.repeat(piece);
        }
        let trimmed = text.trim_start_matches(['[', '【', '(', '（']);
        let start = text.len() - trimmed.len();
        let length = trimmed.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(trimmed.len());
        let code = &trimmed[..length];
        let name_start = trimmed[length..].find(|sign: char| sign.is_alphabetic()).map(|at| start + length + at);
        if code.len() >= 3 && code.starts_with(|sign: char| sign.is_ascii_digit()) {
            let piece = unit.value.part(&text, start..start + length);
            let code = self.name(&piece, Field::ProjectUnit.name);
            let name = name_start.map(|at| {
                let name = unit.value.part(&text, at..text.len());
                self.furniture(&unit.value.part(&text, start + length..at));
                self.name(&name, Field::ProjectUnit.name)
            });
            return (Some(UnitOfAccount { code, name }), None, None);
        }
        let key = unit.label.as_ref().map(|label| key_of(self.text(label)).text);
        let extra = key.and_then(|key| {
            let rule = fit::field_rule(self.standard, Block::Project, &key)?;
            let text = self.name(&unit.value, "标准的字段");
            unit.label.iter().for_each(|label| self.furniture(label));
            Some(ExtraField { rule, span: self.place, value: ExtraValue::Text(text.value) })
        });
        (None, Some(text.split_whitespace().collect()), extra)
    }

    /// The goal; where the form numbers its paragraphs by itself, the numbers are the form's.
    fn goal(&mut self, draft: &ProjectDraft) -> Option<Text> {
        if !self.standard.goal_number(1).is_empty() {
            let mut lines = Vec::new();
            for piece in &draft.goal {
                let text = self.text(piece);
                let mut start = 0;
                for line in text.split('\n') {
                    if !line.trim().is_empty() {
                        lines.push(piece.part(text, start..start + line.len()));
                    }
                    start += line.len() + 1;
                }
            }
            let number = |index: usize| self.standard.goal_number(index + 1);
            let is_numbered = lines.iter().enumerate().all(|(index, line)| self.text(line).starts_with(&number(index)));
            if is_numbered && !draft.is_typed {
                let mut pieces = Vec::new();
                for (index, line) in lines.iter().enumerate() {
                    let text = self.text(line).to_owned();
                    let length = number(index).len();
                    self.furniture(&line.part(&text, 0..length));
                    pieces.push(line.part(&text, length..text.len()));
                }
                return self.joined(&pieces, Field::Goal.name);
            }
        }
        let goal = self.joined(&draft.goal, Field::Goal.name);
        for again in &draft.again {
            let Again::Goal(piece) = again else { continue };
            let lines = goal.iter().flat_map(|goal| goal.value.lines());
            let printed: Vec<String> =
                (1..).zip(lines).map(|(number, line)| format!("{}{line}", self.standard.goal_number(number))).collect();
            if cells::same_but_blanks(&printed.concat(), self.text(piece)) {
                self.repeat(piece);
            }
        }
        goal
    }

    fn extra_fields(&mut self, draft: &ProjectDraft, block: Block) -> Vec<ExtraField> {
        let mut fields: Vec<ExtraField> = Vec::new();
        let rules = field_rules(self.standard, block);
        let mut known: BTreeMap<usize, usize> = BTreeMap::new();
        for one in &draft.extra {
            let (Some(label), Some(words)) = (&one.label, self.reading.label_of(one)) else { continue };
            let Some(rule) = rules.get(&key_of(&words).text).copied() else { continue };
            if one.value.is_empty() {
                self.furniture(label);
                continue;
            }
            if let Some(known) = known.get(&rule).map(|index| &fields[*index]) {
                if self.says_field(&one.value, known) {
                    self.furniture(label);
                    self.repeat(&one.value);
                }
                continue;
            }
            if let Some(field) = self.extra_field(rule, &one.value) {
                self.furniture(label);
                known.insert(rule, fields.len());
                fields.push(field);
            }
        }
        for again in &draft.again {
            let Again::Field(one) = again else { continue };
            if fields.iter().any(|known| self.says_field(&one.value, known)) {
                self.repeat(&one.value);
            }
        }
        fields
    }

    fn department(
        mut self,
        draft: &DepartmentDraft,
        accounts: Accounts,
        (index, all): (usize, &[Project]),
        otherwise: OtherwiseCalled<'_>,
    ) -> Built<Department> {
        let is_own = |project: &&Project| project.department == Some(DepartmentId(index as u32));
        let start = all.iter().take_while(|project| !is_own(project)).count();
        let projects = &all[start..start + all.iter().filter(is_own).count()];
        let name = self.department_name(draft, &accounts.names, otherwise);
        let code =
            draft.code.as_ref().filter(|piece| is_code(self.reading.text(piece))).map(|piece| self.name(piece, "编码"));
        let year = self.year(draft, projects);
        let overall_goal = self.joined(&draft.overall_goal, Field::OverallGoal.name);
        let by_name = indicators_by_name(projects, start as u32);
        let mut sub_goals = Vec::new();
        for one in &draft.sub_goals {
            // The language has no goal without words: what would hang on it is left over.
            let Some(goal) = self.joined(&one.goal, Field::SubGoal.name) else { continue };
            let indicators = one.indicators.iter().map(|piece| self.reference(piece, &by_name)).collect();
            sub_goals.push(SubGoal { span: self.place, goal: Some(goal), indicators });
        }
        let mut safeguards = Vec::new();
        for one in &draft.safeguards {
            let name = self.name(&one.name, Field::Safeguard.name);
            let text = self.joined(&one.text, Field::Safeguard.name);
            safeguards.push(Safeguard { name, text });
        }
        let department = Department {
            span: self.place,
            code,
            name,
            year,
            standard: self.standard_id,
            units_of_account: accounts.units,
            sub_goals,
            safeguards,
            whole: None,
            plain: overall_goal.map(|goal| (Field::OverallGoal, Plain::Text(goal))).into_iter().collect(),
            extra: Vec::new(),
            record: YearRecord::default(),
            is_damaged: false,
        };
        Built { value: department, claims: self.claims, guesses: self.guesses }
    }

    /// As stated; else by the name of the unit of account; else as the department it is imported into; else by the name of
    /// the file.
    fn department_name(
        &mut self,
        draft: &DepartmentDraft,
        units: &[(Option<CellPiece>, String)],
        OtherwiseCalled { known, file_name }: OtherwiseCalled<'_>,
    ) -> Text {
        let of_known = |first: &String| known.filter(|known| first.starts_with(known));
        let name = match (&draft.name, units) {
            (Some(piece), _) => self.name(piece, "名称"),
            (None, [(piece, first), ..]) if of_known(first).is_some() => {
                let known = known.unwrap_or_default();
                self.guess(piece.as_ref(), texts::guessed_known_department(known));
                self.spanned(known.to_owned().into())
            }
            // The name of a file that begins as a unit's does, such as 某局 beside 某局机关.
            (None, [(piece, first), ..]) if file_name.chars().count() > 2 && first.starts_with(file_name) => {
                self.guess(piece.as_ref(), texts::guessed_department(file_name));
                self.spanned(file_name.to_owned().into())
            }
            (None, [(piece, first), ..]) => {
                let name = self.lexicon.without_unit_end(first);
                self.guess(piece.as_ref(), texts::guessed_department(name));
                self.spanned(name.to_owned().into())
            }
            (None, []) => {
                let name = known.unwrap_or(file_name);
                let guess = if known.is_some() { texts::guessed_known_department } else { texts::guessed_department };
                self.guess(None, guess(name));
                self.spanned(name.to_owned().into())
            }
        };
        // A unit without a code that bears the department's name says it again.
        for (piece, unit) in units {
            if let Some(piece) =
                piece.as_ref().filter(|_| **unit == *name.value || self.lexicon.without_unit_end(unit) == &*name.value)
            {
                self.repeat(piece);
            }
        }
        name
    }

    /// As stated; else as all codes of the projects have it.
    fn year(&mut self, draft: &DepartmentDraft, projects: &[Project]) -> Option<Spanned<u16>> {
        if let Some(piece) = &draft.year {
            let year = year_of(self.text(piece))?;
            self.placed(piece, Field::Year.name);
            return Some(Spanned::new(year, self.place));
        }
        let form = self.standard.code_form.as_ref()?;
        let in_code = |project: &Project| {
            let segments = code::segments(form, &project.code.as_ref()?.value).ok()?;
            let (_, year) = segments.into_iter().find(|(name, _)| *name == "年度")?;
            year.parse::<u16>().ok()
        };
        let first = projects.iter().find_map(in_code)?;
        if projects.iter().filter_map(in_code).any(|year| year != first) {
            return None;
        }
        let year = if first < 100 { 2000 + first } else { first };
        self.guess(None, texts::guessed_year(usize::from(year)));
        Some(Spanned::new(year, self.place))
    }

    fn reference(&mut self, piece: &CellPiece, by_name: &BTreeMap<String, Vec<IndicatorId>>) -> Reference {
        let indicator = self.name(piece, Field::SubGoal.name).value;
        let by_key = |key: String| by_name.get(&key).map_or(&[][..], Vec::as_slice);
        // A list of names may leave brackets out.
        let found = Some(by_key(text::key(&indicator))).filter(|found| !found.is_empty());
        let found = found.unwrap_or_else(|| by_key(key_of(&indicator).text));
        match found {
            [] => self.guess(Some(piece), texts::reference_not_found(&*indicator)),
            [_] => {}
            [_, ..] => self.guess(Some(piece), texts::guessed_reference(&*indicator, found.len())),
        }
        Reference { span: self.place, project: None, indicator, target: found.first().copied() }
    }
}

/// The indicators of neighbouring projects, of which the first has a number.
fn indicators_by_name(projects: &[Project], first: u32) -> BTreeMap<String, Vec<IndicatorId>> {
    let mut by_name: BTreeMap<String, Vec<IndicatorId>> = BTreeMap::new();
    for (project, one) in (first..).map(ProjectId).zip(projects) {
        for (index, indicator) in (0u32..).zip(&one.indicators) {
            let id = IndicatorId { project, index };
            let (whole, without) = (text::key(&indicator.name.value), key_of(&indicator.name.value).text);
            if without != whole {
                by_name.entry(without).or_default().push(id);
            }
            by_name.entry(whole).or_default().push(id);
        }
    }
    by_name
}

/// `51000024T000000019951-村路维修`: where the code ends, and where the name starts. A short number is part of a name.
fn code_before_name(text: &str) -> Option<(usize, usize)> {
    const LEAST_SIGNS: usize = 12;
    let code = text.find(|sign: char| !sign.is_ascii_alphanumeric()).filter(|end| *end >= LEAST_SIGNS)?;
    let name = text[code..].trim_start_matches(|sign: char| sign.is_whitespace() || "-－—–_:：".contains(sign));
    let is_name = name.starts_with(char::is_alphabetic) && name.len() + code < text.len();
    let digits = text[..code].bytes().filter(u8::is_ascii_digit).count();
    (is_name && digits * 2 > code).then_some((code, text.len() - name.len()))
}

/// Whether a text can be written as a code.
fn is_code(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_alphanumeric())
        && text.chars().any(|sign| sign.is_ascii_digit())
        && !text.contains(|sign: char| {
            sign.is_whitespace() || matches!(sign, '{' | '｛' | '"' | '“' | '”' | '＂' | '#' | '＃')
        })
}
