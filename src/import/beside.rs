//! A form of the year of projects that are known already: what it says of the year goes beside their targets, which stay as
//! they are; where it prints other targets it is told.

use std::collections::BTreeSet;

use super::account::Use;
use super::document::Remark;
use super::kind::FileKind;
use super::known_year::{KnownOffice, KnownYear};
use super::recognise::draft::Reading;
use super::{Imported, Importing, STANDARD_FILE};
use crate::backend::source_text::{self, Comments, FilePart};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::model::text::key;
use crate::model::year::fingerprint::said_target;
use crate::model::year::{Occasion, YearSubject};
use crate::model::{Department, DepartmentId, Model, Project, ProjectId, written};
use crate::score::{Exact, ProjectInForce};

/// Where the targets are that a form of the year is about.
pub struct ReportedTargets<'a> {
    /// The department.
    pub known: KnownOffice<'a>,
    /// The number of the document that brings them; none where they lie in the workspace.
    pub document: Option<usize>,
    /// Texts of standards that they rest on, beside those of the workspace.
    standards: Vec<(String, String)>,
}

impl Imported {
    /// Whether the document is a form that says what happened in a year. Our own format states its targets, too.
    pub fn is_of_year(&self) -> bool {
        self.kind != FileKind::Json
            && self.model.departments.iter().any(|department| !department.record.occasions.is_empty())
    }

    /// The department of a model whose year the document reports: it has the same name or code and year, and a project of
    /// the document, or its own targets as a whole.
    fn known_in<'a>(&self, model: &'a Model) -> Option<KnownOffice<'a>> {
        let [own] = &self.model.departments[..] else { return None };
        if !self.is_of_year() {
            return None;
        }
        let is_same = |other: &Department| {
            let codes = own.code.as_ref().zip(other.code.as_ref());
            let years = own.year.as_ref().zip(other.year.as_ref());
            let is_called = key(&own.name.value) == key(&other.name.value)
                || codes.is_some_and(|(one, other)| key(&one.value) == key(&other.value));
            is_called && years.is_none_or(|(one, other)| one.value == other.value)
        };
        let index = model.departments.iter().position(is_same)?;
        let known = KnownOffice { model, id: DepartmentId(index as u32) };
        let is_whole = own.whole.is_some() && model[known.id].whole.is_some();
        let has_any = is_whole || self.model.projects.iter().any(|project| known.project(project).is_some());
        has_any.then_some(known)
    }

    /// Where the targets are whose year the document reports: in the workspace, else in another of the documents, each with
    /// its number.
    pub fn known_place<'a>(
        &self,
        workspace: Option<&'a Model>,
        documents: impl IntoIterator<Item = (usize, &'a Imported)>,
    ) -> Option<ReportedTargets<'a>> {
        let place = |known| ReportedTargets { known, document: None, standards: Vec::new() };
        let among = || {
            documents.into_iter().find_map(|(index, base)| {
                let known = self.known_in(&base.model)?;
                let standards = base.files.iter().filter(|(path, _)| path == STANDARD_FILE).cloned().collect();
                // Of several departments each has a folder of its own, which only a check of what is written finds.
                let is_alone = base.model.departments.len() == 1;
                is_alone.then_some(ReportedTargets { known, document: Some(index), standards })
            })
        };
        workspace.and_then(|model| self.known_in(model)).map(place).or_else(among)
    }

    /// The document read once more, in the words of what is known, with what it says of the year beside that; none where it
    /// cannot be read so.
    pub fn read_beside(
        place: &ReportedTargets<'_>,
        options: &Importing,
        stem: &str,
        import: impl FnOnce(&Importing) -> Result<Imported, Diagnostic>,
    ) -> Option<Imported> {
        let ReportedTargets { known, standards, .. } = place;
        let standard = known.model[known.model[known.id].standard].name.clone();
        let mut options = Importing { standard: Some(standard), ..options.clone() };
        options.standards.extend(standards.iter().cloned());
        let mut again = import(&options).ok()?;
        again.put_beside(*known, stem);
        Some(again)
    }

    /// Keeps of the files what happened in the year, and the projects that are not known. `stem` is the name of the document
    /// without its ending: where it is about a part of the department, its files are called by its project, or by it.
    fn put_beside(&mut self, known: KnownOffice<'_>, stem: &str) {
        let met: Vec<Option<ProjectId>> = self.model.projects.iter().map(|project| known.project(project)).collect();
        let year = KnownYear::of(known);
        self.tell_differences(known, &year, &met);
        for (index, id) in met.iter().enumerate() {
            if let Some(id) = id {
                self.call(index, &known.model[*id]);
            }
        }
        self.leave_out_known(&year);
        self.settle_figures(&year, &met);
        let all = known.model.projects_of(Some(known.id)).map(|(id, _)| id);
        let reported: BTreeSet<ProjectId> = met.iter().flatten().copied().collect();
        let is_part = self.model.departments[0].whole.is_none() && all.into_iter().any(|id| !reported.contains(&id));
        let part = match &met[..] {
            [Some(id)] => known.model[*id].name.value.to_string(),
            _ => stem.to_owned(),
        };
        let part = is_part.then(|| crate::backend::file_name(&part));
        let is_kept = |one: &FilePart| match one {
            FilePart::Department => false,
            FilePart::Project(id) => met[id.0 as usize].is_none(),
            FilePart::Year => true,
        };
        let parts = source_text::parts(&self.model, &Comments::default()).into_iter();
        let parts = parts.filter(|(one, ..)| is_kept(one)).map(|(one, path, text)| match (&one, &part) {
            (FilePart::Year, Some(part)) => (path.replace(ENDING, &format!("/{part}{ENDING}")), text),
            _ => (path, text),
        });
        self.files = parts.collect();
        let left = self.left_over_comments();
        if let Some((_, text)) = self.files.last_mut() {
            text.extend(left.iter().flat_map(|line| ["# ", line, "\n"]));
        }
    }

    /// Gives a project and its lines the name that is known.
    fn call(&mut self, index: usize, known: &Project) {
        let own = key(&self.model.projects[index].name.value);
        if own == key(&known.name.value) {
            return;
        }
        let name = &known.name.value;
        self.model.projects[index].name.value = name.clone();
        let rename = |subject: &mut YearSubject| {
            if subject.project.as_deref().is_some_and(|project| key(project) == own) {
                subject.project = Some(name.clone());
            }
        };
        for occasion in &mut self.model.departments[0].record.occasions {
            match occasion {
                Occasion::Snapshot(one) => {
                    one.spent.iter_mut().for_each(|line| rename(&mut line.subject));
                    one.reached.iter_mut().for_each(|line| rename(&mut line.subject));
                    one.texts.iter_mut().for_each(|line| rename(&mut line.subject));
                }
                Occasion::Adjustment(one) => one.changes.iter_mut().for_each(|line| rename(&mut line.subject)),
                // No form gives these.
                Occasion::Approval(_) | Occasion::Review(_) | Occasion::Evaluation(_) | Occasion::Area(_) => {}
            }
        }
    }

    /// Figures of the form that follow from what is known: of money that was adjusted since, of what other forms report.
    fn settle_figures(&mut self, year: &KnownYear<'_>, met: &[Option<ProjectId>]) {
        let occasions = &self.model.departments[0].record.occasions;
        let snapshot = occasions.iter().find_map(|one| match one {
            Occasion::Snapshot(one) => Some((one.kind, one.checkpoint.as_ref().map(|date| date.value))),
            _ => None,
        });
        let Some((kind, date)) = snapshot else { return };
        let own = &self.model.standards[self.model.departments[0].standard.0 as usize];
        for (id, figure) in std::mem::take(&mut self.open_figures) {
            let id = match id.whole_of() {
                Some(_) => Some(year.whole()),
                None => met.get(id.0 as usize).copied().flatten(),
            };
            if !id.is_some_and(|id| year.comes_to(id, (kind, date), &figure, own, &self.reading)) {
                continue;
            }
            let Reading { cells, account, draft, .. } = &mut self.reading;
            account.claim(&figure.piece, Use::Repeat, cells);
            let place = cells.place(&figure.piece);
            draft.guesses.retain(|one| one.code != Code::JX612 || one.place.as_ref() != Some(place));
        }
    }

    /// Leaves out what is known already, and tells how much that is. An adjustment that is made needs no date any more.
    fn leave_out_known(&mut self, year: &KnownYear<'_>) {
        let Model { departments, standards, .. } = &mut self.model;
        let own = &standards[departments[0].standard.0 as usize];
        let occasions = &mut departments[0].record.occasions;
        let adjusted = |occasions: &[Occasion]| -> Vec<Text> {
            let adjustments = occasions.iter().filter(|one| matches!(one, Occasion::Adjustment(_)));
            adjustments.filter_map(|one| Some(texts::guessed_adjustment(source_text::day_name(one.date()?)))).collect()
        };
        let before = adjusted(occasions);
        let left_out = year.leave_out(occasions, own);
        let after = adjusted(occasions);
        let guesses = &mut self.reading.draft.guesses;
        guesses.retain(|one| !before.contains(&one.text) || after.contains(&one.text));
        if left_out > 0 {
            guesses.push(Remark::guess(None, texts::known_left_out(left_out)));
        }
    }

    fn tell_differences(&mut self, known: KnownOffice<'_>, year: &KnownYear<'_>, met: &[Option<ProjectId>]) {
        // The last checkpoint of the form; none for the whole year.
        let occasions = &self.model.departments[0].record.occasions;
        let is_of_year = |one: &Occasion| matches!(one, Occasion::Snapshot(one) if one.checkpoint.is_none());
        let snapshots = occasions.iter().filter(|one| matches!(one, Occasion::Snapshot(_)));
        let date = snapshots.filter_map(Occasion::date).max_by_key(|date| date.order());
        let date = date.filter(|_| !occasions.iter().any(is_of_year));
        let mut told = vec![texts::beside_known(&*known.model[known.id].name.value)];
        for (own, id) in self.model.projects.iter().zip(met) {
            match id {
                Some(id) => {
                    let project = year.in_force(*id, date);
                    compare((own, &self.model), (&project, known.model), &mut told);
                }
                None => told.push(texts::project_not_known(&*own.name.value)),
            }
        }
        if let [Department { whole: Some(own), .. }] = &self.model.departments[..]
            && known.model[known.id].whole.is_some()
        {
            let project = year.in_force(ProjectId::of_whole(known.id), date);
            compare((own, &self.model), (&project, known.model), &mut told);
        }
        self.reading.draft.guesses.extend(told.into_iter().map(|text| Remark::guess(None, text)));
    }
}

/// How the files of the language end.
const ENDING: &str = ".jx";

impl KnownOffice<'_> {
    /// By its code, else by its name.
    fn project(&self, own: &Project) -> Option<ProjectId> {
        let all = || self.model.projects_of(Some(self.id));
        let code = |project: &Project| project.code.as_ref().map(|code| key(&code.value));
        let by_code = code(own).and_then(|own| all().find(|(_, project)| code(project).as_ref() == Some(&own)));
        let name = key(&own.name.value);
        // A project of another code is another one.
        let is_called = |project: &Project| {
            let differ = code(own).zip(code(project)).is_some_and(|(one, other)| one != other);
            key(&project.name.value) == name && !differ
        };
        by_code.or_else(|| all().find(|(_, project)| is_called(project))).map(|(id, _)| id)
    }
}

/// What a form prints of a project, beside what is known of it: as it was approved, or as it is in force on the day of the
/// form.
fn compare(
    (own, in_own): (&Project, &Model),
    (in_force, in_other): (&ProjectInForce<'_>, &Model),
    told: &mut Vec<Text>,
) {
    let other = in_force.project;
    let standards = (&in_own[own.standard], &in_other[other.standard]);
    let total = |project: &'_ Project| project.budget.as_ref().and_then(|budget| budget.total.clone());
    if let (Some(printed), Some(known)) = (total(own), total(other))
        && let Some(base) = printed.base_value(standards.0)
        && Some(base) != known.base_value(standards.1)
        && in_force.money.total.as_ref().is_none_or(|figure| figure.value != Exact::from(base))
    {
        let (printed, known) = (written::quantity(&printed, standards.0), written::quantity(&known, standards.1));
        told.push(texts::known_budget_differs(&*other.name.value, printed, known));
    }
    let year = in_other.year_of(other);
    for one in &own.indicators {
        let path = other.path_to(&one.name.value);
        let name = key(&one.name.value);
        let of_day = in_force.indicators.iter().find(|known| key(&known.indicator.name.value) == name);
        let known = other.indicators.iter().find(|known| key(&known.name.value) == name);
        let Some(known) = known.or(of_day.map(|one| one.indicator)) else {
            told.push(texts::indicator_not_known(path));
            continue;
        };
        let said = said_target(&one.target.value, standards.0, year);
        let mut targets = of_day.map(|one| &one.target.value).into_iter().chain([&known.target.value]);
        if targets.all(|target| said != said_target(target, standards.1, year)) {
            let printed = written::target(&one.target.value, standards.0);
            told.push(texts::known_target_differs(&path, printed, written::target(&known.target.value, standards.1)));
        }
        let is_of_day = |stated| {
            of_day.and_then(|one| one.weight.as_ref()).is_some_and(|weight| weight.value == Exact::from(stated))
        };
        let weights = one.weight().zip(known.weight());
        if let Some((printed, known)) = weights.filter(|(one, known)| one.value != known.value && !is_of_day(one.value))
        {
            let [printed, known] = [printed, known].map(|weight| weight.value.normalize().to_string());
            told.push(texts::known_weight_differs(path, printed, known));
        }
    }
}
