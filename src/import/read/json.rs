//! `targets.json` back to a model: the same facts, by the standards at hand.
//!
//! What the format derives (printed cells, totals, segments of codes, base values) is left aside and made anew. Everything
//! else is read or refused with its path: a key of no known name is an error, so that nothing is dropped in silence. The
//! spans of the model lie in no file: it is to be written as source text, and that text to be checked.

mod facts;
mod tree;
mod year;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{Block, Field, WHOLE_DEPARTMENT};
use crate::model::standard::Library;
use crate::model::year::tie::tie;
use crate::model::{
    Department, DepartmentId, Indicator, IndicatorId, Model, Project, ProjectId, Reference, Safeguard, StandardId,
    SubGoal, UnitOfAccount, YearRecord,
};
use crate::source::{Sources, Span, Words};
use facts::Reader;
use tree::{JsonTree, Object, Problem, Read};

/// The version of the format that [`crate::backend`] writes; those before are read as well.
const SCHEMA_VERSION: u32 = 2;

/// Reads a file by the standards of a run. Reports JX602 for what is not of the format, with the path of the place, and
/// JX30x for names that the standard does not declare.
pub fn read(name: &str, bytes: &[u8], library: &Library) -> Result<Model, Diagnostic> {
    let span = Span::new(Sources::default().add(name, ""), 0, 0);
    let read = tree::parse(bytes).and_then(|tree| document(&tree, library, span));
    read.map_err(|problem| {
        let problem = problem.told();
        let reason = match problem.path() {
            Some(path) => texts::at_path(path, problem.what),
            None => problem.what,
        };
        let diagnostic = Diagnostic::without_place(problem.code, texts::damaged_document(name, reason));
        match problem.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    })
}

fn document(tree: &JsonTree, library: &Library, span: Span) -> Read<Model> {
    if tree.member("schema_version").is_none() {
        return Err(Problem::new(texts::foreign_json()).help(texts::foreign_json_help()));
    }
    // Before anything else: keys of another version are not unknown keys.
    if let Some(JsonTree::Whole(version)) = tree.member("schema_version")
        && !(1..=u64::from(SCHEMA_VERSION)).contains(version)
    {
        let what = texts::other_schema_version(version.to_string(), SCHEMA_VERSION);
        return Err(Problem::new(what).at_key("schema_version"));
    }
    let groups = Object::read(tree, |object| {
        object.required("schema_version", JsonTree::whole::<u32>)?;
        object.derived(&["tool"]);
        object.list("departments", |one| group(one, library, span))
    })?;
    assemble(groups, library)
}

/// A department, or the projects outside any, with the `id`s that the document gives.
struct DepartmentGroup {
    department: Option<Department>,
    /// What happened in the year outside any.
    outside: YearRecord,
    projects: Vec<(Project, Ids)>,
    /// By sub-goal: what each names.
    references: Vec<Vec<Pointer>>,
}

/// The `id` of a project and of its indicators.
struct Ids {
    own: Option<Words>,
    indicators: Vec<Option<Words>>,
}

/// An indicator as a sub-goal names it.
struct Pointer {
    project: Words,
    indicator: Words,
    id: Option<Words>,
}

fn group(tree: &JsonTree, library: &Library, span: Span) -> Read<DepartmentGroup> {
    Object::read(tree, |object| {
        let standard_id = object.required("standard", |one| standard(one, library))?;
        let reader = Reader { standard: &library.standards[standard_id.0 as usize], span };
        let name = object.optional("name", JsonTree::words)?;
        let code = object.optional("code", |one| reader.code(one))?;
        let year = object.optional("year", |one| Ok(reader.spanned(one.whole::<u16>()?)))?;
        let units_of_account = object.list("units_of_account", |one| unit_of_account(one, &reader))?;
        let plain = reader.plain(object, Block::Department)?;
        let whole = whole(object, standard_id, &reader)?;
        let goals = object.list("sub_goals", |one| sub_goal(one, &reader))?;
        let safeguards = object.list("safeguards", |one| safeguard(one, &reader))?;
        let extra = object.optional("extra", |one| reader.extra(one, Block::Department))?;
        let projects = object.list("projects", |one| project(one, standard_id, &reader))?;
        let framework_of = |name: &str| {
            let (project, _) = projects.iter().find(|(project, _)| &*project.name.value == name)?;
            let framework = project.plain.text(Field::ProjectFramework)?;
            reader.standard.in_framework(standard_id, &framework.value).map(|(_, standard)| standard)
        };
        let occasions = object.list("occasions", |one| year::occasion(one, &reader, &framework_of))?;
        let record = YearRecord { occasions };
        object.derived(&["derived"]);
        let (sub_goals, references): (Vec<SubGoal>, Vec<Vec<Pointer>>) = goals.into_iter().unzip();
        let Some(name) = name else {
            let is_bare = code.is_none()
                && year.is_none()
                && units_of_account.is_empty()
                && plain.is_empty()
                && whole.is_none()
                && sub_goals.is_empty()
                && safeguards.is_empty()
                && extra.is_none_or(|fields| fields.is_empty());
            // Projects outside any department have nothing of one.
            return if is_bare {
                Ok(DepartmentGroup { department: None, outside: record, projects, references: Vec::new() })
            } else {
                Err(Problem::new(texts::missing_value("name")))
            };
        };
        let department = Department {
            span,
            code,
            name: reader.spanned(name),
            year,
            standard: standard_id,
            units_of_account,
            plain,
            sub_goals,
            safeguards,
            whole,
            extra: extra.unwrap_or_default(),
            record,
            is_damaged: false,
        };
        let outside = YearRecord::default();
        Ok(DepartmentGroup { department: Some(department), outside, projects, references })
    })
}

/// What the department has as a whole, in the framework of its standard for that.
fn whole(object: &mut Object<'_>, standard: StandardId, reader: &Reader<'_>) -> Read<Option<Box<Project>>> {
    let own = reader.standard.in_framework(standard, WHOLE_DEPARTMENT.0);
    let (id, standard) = own.unwrap_or((standard, reader.standard));
    let in_whole = Reader { standard, span: reader.span };
    let budget = object.optional(Field::OverallBudget.english, |one| in_whole.budget(one))?;
    let indicators: Vec<_> = object.list("indicators", |one| in_whole.indicator(one))?;
    let whole = Project::whole(reader.span, id);
    let is_stated = budget.is_some() || !indicators.is_empty();
    let indicators = indicators.into_iter().map(|(indicator, _)| indicator).collect();
    Ok(is_stated.then(|| Box::new(Project { budget, indicators, ..whole })))
}

fn standard(tree: &JsonTree, library: &Library) -> Read<StandardId> {
    Object::read(tree, |object| {
        // What else the format says of the standard is the standard's own.
        object.derived(&["title", "documents", Field::MoneyUnit.english]);
        object.required("name", |one| {
            let name = one.words()?;
            library.find(&name).ok_or_else(|| {
                let names = library.names().join(" ");
                Problem::new(texts::unknown_standard(&*name)).code(Code::JX303).help(texts::standards_are(names))
            })
        })
    })
}

fn unit_of_account(tree: &JsonTree, reader: &Reader<'_>) -> Read<UnitOfAccount> {
    Object::read(tree, |object| {
        Ok(UnitOfAccount {
            code: object.required("code", |one| reader.code(one))?,
            name: object.optional("name", |one| reader.text(one))?,
        })
    })
}

fn safeguard(tree: &JsonTree, reader: &Reader<'_>) -> Read<Safeguard> {
    Object::read(tree, |object| {
        Ok(Safeguard {
            name: object.required("name", |one| reader.text(one))?,
            text: object.optional("text", |one| reader.text(one))?,
        })
    })
}

fn sub_goal(tree: &JsonTree, reader: &Reader<'_>) -> Read<(SubGoal, Vec<Pointer>)> {
    Object::read(tree, |object| {
        let goal = Some(object.required("goal", |one| reader.text(one))?);
        let pointers = object.list("indicators", |one| {
            Object::read(one, |object| {
                Ok(Pointer {
                    project: object.required("project", JsonTree::words)?,
                    indicator: object.required("indicator", JsonTree::words)?,
                    id: object.optional("id", JsonTree::words)?,
                })
            })
        })?;
        Ok((SubGoal { span: reader.span, goal, indicators: Vec::new() }, pointers))
    })
}

fn project(tree: &JsonTree, standard: StandardId, reader: &Reader<'_>) -> Read<(Project, Ids)> {
    Object::read(tree, |object| {
        let own = object.optional("id", JsonTree::words)?;
        object.derived(&["code_segments"]);
        let plain = reader.plain(object, Block::Project)?;
        let framework = plain.text(Field::ProjectFramework).map(|name| name.value.to_string());
        let (standard, in_framework) = match framework {
            None => (standard, reader.standard),
            Some(name) => reader.standard.in_framework(standard, &name).ok_or_else(|| {
                Problem::new(texts::unknown_framework(&name, &reader.standard.name)).code(Code::JX313)
            })?,
        };
        let reader = &Reader { standard: in_framework, span: reader.span };
        let (indicators, ids): (Vec<Indicator>, Vec<Option<Words>>) =
            object.list("indicators", |one| reader.indicator(one))?.into_iter().unzip();
        let project = Project {
            span: reader.span,
            department: None,
            standard,
            code: object.optional("code", |one| reader.code(one))?,
            name: object.required("name", |one| reader.text(one))?,
            unit_of_account: object.optional("unit_of_account", |one| reader.code(one))?,
            budget: object.optional("budget", |one| reader.budget(one))?,
            plain,
            investment: reader.funds(object, "total_investment_funds")?,
            plan: reader.plan(object)?,
            indicators,
            extra: object.optional("extra", |one| reader.extra(one, Block::Project))?.unwrap_or_default(),
            damage: crate::model::Damage::default(),
            is_head: false,
        };
        Ok((project, Ids { own, indicators: ids }))
    })
}

/// Puts the groups in the order of a model, and ties the references.
fn assemble(groups: Vec<DepartmentGroup>, library: &Library) -> Read<Model> {
    let mut model = Model { standards: library.standards.clone(), ..Model::default() };
    let mut known = Known::default();
    let mut pointers = Vec::new();
    let (outside, inside): (Vec<_>, Vec<_>) =
        groups.into_iter().enumerate().partition(|(_, group)| group.department.is_none());
    for (place, group) in inside.into_iter().chain(outside) {
        let id = group.department.as_ref().map(|_| DepartmentId(model.departments.len() as u32));
        model.departments.extend(group.department.zip(id).map(|(department, id)| department.with_id(id)));
        model.outside.occasions.extend(group.outside.occasions);
        for (number, (project, ids)) in group.projects.into_iter().enumerate() {
            known
                .add(ProjectId(model.projects.len() as u32), ids)
                .map_err(|problem| problem.at_index(number).at_key("projects").at_index(place).at_key("departments"))?;
            model.projects.push(Project { department: id, ..project });
        }
        pointers.extend(id.map(|id| (place, id, group.references)));
    }
    for (place, id, references) in pointers {
        for (goal, pointers) in references.into_iter().enumerate() {
            for (number, pointer) in pointers.into_iter().enumerate() {
                let reference = known.reference(&model, id, pointer).map_err(|problem| {
                    let goal = problem.at_index(number).at_key("indicators").at_index(goal).at_key("sub_goals");
                    goal.at_index(place).at_key("departments")
                })?;
                model.departments[id.0 as usize].sub_goals[goal].indicators.push(reference);
            }
        }
    }
    let ids = (0..model.departments.len() as u32).map(|index| Some(DepartmentId(index)));
    for id in ids.chain([None]) {
        // What the lines name is told when the files are checked.
        let _ = tie(&mut model, id);
    }
    Ok(model)
}

/// The `id`s of a document, each given once.
#[derive(Default)]
struct Known {
    projects: BTreeSet<Box<str>>,
    indicators: BTreeMap<Box<str>, IndicatorId>,
}

impl Known {
    fn add(&mut self, project: ProjectId, ids: Ids) -> Read<()> {
        let repeated = |id: &str| Problem::new(texts::repeated_field(id)).at_key("id");
        if let Some(id) = &ids.own
            && !self.projects.insert((&**id).into())
        {
            return Err(repeated(id));
        }
        for (index, id) in ids.indicators.iter().enumerate() {
            let Some(id) = id else { continue };
            let indicator = IndicatorId { project, index: index as u32 };
            if self.indicators.insert((&**id).into(), indicator).is_some() {
                return Err(repeated(id).at_index(index).at_key("indicators"));
            }
        }
        Ok(())
    }

    /// By the `id`, which must lead to what the names say; by the names where there is none.
    fn reference(&self, model: &Model, department: DepartmentId, pointer: Pointer) -> Read<Reference> {
        let is_meant = |id: &IndicatorId| {
            model[id.project].department == Some(department)
                && model[id.project].name.value == pointer.project
                && model[*id].name.value == pointer.indicator
        };
        let by_names = || {
            model.projects_of(Some(department)).find_map(|(project, one)| {
                let ids = (0..one.indicators.len() as u32).map(|index| IndicatorId { project, index });
                ids.into_iter().find(is_meant)
            })
        };
        let target = match &pointer.id {
            Some(id) => self.indicators.get(&**id).copied().filter(is_meant),
            None => by_names(),
        };
        if target.is_none() {
            let path = format!("{}.{}", pointer.project, pointer.indicator);
            return Err(Problem::new(texts::unresolved_reference(path)).code(Code::JX100));
        }
        let span = model[department].span;
        Ok(Reference { span, project: Some(pointer.project), indicator: pointer.indicator, target })
    }
}
