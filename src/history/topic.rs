//! What a history is of, and what it was called before.

use super::TopicValue;
use crate::diff::{Change, Class, Comparison};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::text::key;
use crate::model::unit::Quantity;
use crate::model::{IndicatorId, Model, Project, ProjectId, similarity, written};

/// What a history is of, by the names it has in the version that was looked at last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// All that a selection of files holds.
    Everything,
    Project(ProjectName),
    Indicator(ProjectName, TopicIndicator),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectName {
    code: Option<String>,
    name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicIndicator {
    category: Option<String>,
    name: String,
}

/// Words that name no one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The most similar names.
    Nothing(Vec<String>),
    /// All that they may mean.
    Several(Vec<String>),
}

impl Topic {
    /// What `项目.指标`, `项目`, a project's code, or the name of an indicator that only one project has, means in a
    /// model.
    pub fn find(model: &Model, words: &str) -> Result<Topic, Unknown> {
        let projects = || model.project_ids().map(|id| (id, &model[id]));
        let names = |project: &Project, words: &str| {
            key(&project.name.value) == key(words) || project.code.as_ref().is_some_and(|code| *code.value == *words)
        };
        let mut found: Vec<Topic> = projects()
            .filter(|(_, one)| names(one, words))
            .map(|(_, one)| Topic::Project(ProjectName::of(one)))
            .collect();
        let parted = words.char_indices().filter(|(_, sign)| matches!(sign, '.' | '．'));
        for (at, sign) in parted {
            let (project, indicator) = (&words[..at], &words[at + sign.len_utf8()..]);
            let owners = projects().filter(|(_, one)| names(one, project));
            found.extend(owners.flat_map(|(id, _)| indicators_named(model, id, indicator)));
        }
        if found.is_empty() {
            found.extend(projects().flat_map(|(id, _)| indicators_named(model, id, words)));
        }
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => Err(Unknown::Nothing(similar(model, words))),
            _ => Err(Unknown::Several(found.iter().map(Topic::name).collect())),
        }
    }

    /// As people call it: `项目.指标`.
    pub fn name(&self) -> String {
        match self {
            Topic::Everything => String::new(),
            Topic::Project(project) => project.written(),
            Topic::Indicator(project, indicator) => {
                let category = indicator.category.as_ref().map(|path| format!("（{path}）")).unwrap_or_default();
                format!("{}.{}{category}", project.name, indicator.name)
            }
        }
    }

    /// A project as a topic.
    pub fn project(model: &Model, id: ProjectId) -> Topic {
        Topic::Project(ProjectName::of(&model[id]))
    }

    /// The indicators of a topic in a model, each as a topic.
    pub fn indicators(&self, model: &Model) -> Vec<Topic> {
        let of = |id: ProjectId| {
            let ids = (0..model[id].indicators.len() as u32).map(move |index| IndicatorId { project: id, index });
            ids.map(move |one| Topic::Indicator(ProjectName::of(&model[id]), TopicIndicator::of(model, one)))
        };
        match self {
            Topic::Everything => model.project_ids().flat_map(of).collect(),
            Topic::Project(project) => project.find(model).into_iter().flat_map(of).collect(),
            Topic::Indicator(..) => vec![self.clone()],
        }
    }

    /// The project and the indicator, as far as the topic has them.
    pub(super) fn words(&self) -> (String, String) {
        match self {
            Topic::Everything => (String::new(), String::new()),
            Topic::Project(project) => (project.written(), String::new()),
            Topic::Indicator(project, indicator) => (project.written(), indicator.name.clone()),
        }
    }

    /// Finds in a comparison what touches the topic, by its number there, and names the topic as the older side does.
    pub fn step(&mut self, old: &Model, new: &Model, comparison: &Comparison) -> Vec<usize> {
        let Comparison { changes, matches } = comparison;
        let numbers = |touches: &dyn Fn(&Change) -> bool| {
            changes.iter().enumerate().filter(|(_, change)| touches(change)).map(|(number, _)| number).collect()
        };
        let (project, indicator) = match self {
            Topic::Everything => return numbers(&|_| true),
            Topic::Project(project) => (project, None),
            Topic::Indicator(project, indicator) => (project, Some(indicator)),
        };
        let new_project = project.find(new);
        let matched = new_project.and_then(|id| matches.iter().find(|one| one.new == id)).map(|one| one.old);
        let old_project = matched.or_else(|| if new_project.is_none() { project.find(old) } else { None });
        let name = project.name.clone();
        let touches_project = |change: &Change| {
            let subject = &change.subject;
            is_in_year_of(change, &name)
                || new_project.is_some_and(|id| subject.new_project == Some(id))
                || old_project.is_some_and(|id| subject.old_project == Some(id))
        };
        let kept = match indicator {
            None => numbers(&touches_project),
            Some(indicator) => {
                let new_id = new_project.and_then(|id| indicator.find(new, id));
                let renamed = changes.iter().find(|change| {
                    new_id.is_some() && change.subject.new_indicator == new_id && change.subject.old_indicator.is_some()
                });
                let same = || old_project.and_then(|id| indicator.find(old, id));
                let old_id = renamed.and_then(|change| change.subject.old_indicator).or_else(same);
                let path = format!("{}.{}", project.name, indicator.name);
                let touches = |change: &Change| {
                    let subject = &change.subject;
                    let own = new_id.is_some() && subject.new_indicator == new_id
                        || old_id.is_some() && subject.old_indicator == old_id;
                    let whole = match change.class {
                        Class::ProjectAdded => new_id.is_some(),
                        Class::ProjectRemoved => old_id.is_some(),
                        _ => false,
                    };
                    let of_project = subject.new_indicator.is_none() && touches_project(change);
                    own || is_in_year_of(change, &path) || whole && of_project
                };
                let kept = numbers(&touches);
                if let Some(id) = old_id {
                    *indicator = TopicIndicator::of(old, id);
                }
                kept
            }
        };
        if let Some(id) = old_project {
            *project = ProjectName::of(&old[id]);
        }
        kept
    }

    /// Whether a version has it word for word like the one it is compared with, so that no more than its name was read.
    pub(super) fn is_kept(&self, model: &Model) -> bool {
        match self {
            Topic::Everything => false,
            Topic::Project(project) | Topic::Indicator(project, _) => {
                project.find(model).is_some_and(|id| model[id].is_head)
            }
        }
    }

    /// The value in a version: an indicator's target, a project's budget.
    pub fn value(&self, model: &Model) -> Option<TopicValue> {
        match self {
            Topic::Everything => None,
            Topic::Project(project) => {
                let project = &model[project.find(model)?];
                let standard = &model[project.standard];
                let total = project.budget.as_ref()?.total.as_ref()?;
                Some(value_of(written::quantity(total, standard), Some(total), standard))
            }
            Topic::Indicator(project, indicator) => {
                let id = project.find(model)?;
                let standard = &model[model[id].standard];
                let target = &model[indicator.find(model, id)?].target.value;
                let quantity = match target {
                    Target::Quantity { quantity, .. } => Some(quantity),
                    _ => None,
                };
                Some(value_of(written::target(target, standard), quantity, standard))
            }
        }
    }
}

/// Whether a change is of a line of the year about `项目.指标`; or about a project or anything of it.
fn is_in_year_of(change: &Change, path: &str) -> bool {
    let Some(item) = change.subject.item.as_ref().filter(|_| change.class.is_of_the_year()) else { return false };
    let starts = item.match_indices(path).filter(|(at, _)| *at == 0 || item[..*at].ends_with(' '));
    starts.map(|(at, _)| &item[at + path.len()..]).any(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn value_of(written: String, quantity: Option<&Quantity>, standard: &Standard) -> TopicValue {
    let base = quantity.and_then(|one| one.base_value(standard));
    let number = base.or_else(|| quantity.map(|one| one.value));
    // Numbers of one dimension are counted in its base unit, whatever they were written in.
    let dimension = quantity.and_then(|one| one.dimension(standard)).filter(|_| base.is_some());
    let unit = match (dimension, quantity) {
        (Some(dimension), _) => dimension.id().to_owned(),
        (None, Some(quantity)) => quantity.unit_label(standard),
        (None, None) => String::new(),
    };
    TopicValue { written, number, unit }
}

fn indicators_named(model: &Model, id: ProjectId, words: &str) -> Vec<Topic> {
    let all = &model[id].indicators;
    let named = all.iter().enumerate().filter(|(_, one)| key(&one.name.value) == key(words));
    let topic = |index: usize| {
        let name = TopicIndicator::of(model, IndicatorId { project: id, index: index as u32 });
        Topic::Indicator(ProjectName::of(&model[id]), name)
    };
    named.map(|(index, _)| topic(index)).collect()
}

/// The names nearest to words that name nothing.
fn similar(model: &Model, words: &str) -> Vec<String> {
    let projects = model.projects.iter().map(|project| project.name.value.to_string());
    let indicators = model
        .projects
        .iter()
        .flat_map(|project| project.indicators.iter().map(|one| format!("{}.{}", project.name.value, one.name.value)));
    let mut near: Vec<(usize, String)> = projects
        .chain(indicators)
        .filter_map(|name| similarity::are_alike(words, &name, 60).map(|alike| (alike.percent(), name)))
        .collect();
    near.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

impl ProjectName {
    fn of(project: &Project) -> Self {
        Self { code: project.code.as_ref().map(|code| code.value.to_string()), name: project.name.value.to_string() }
    }

    fn written(&self) -> String {
        self.code.as_ref().map_or_else(|| self.name.clone(), |code| format!("{code} {}", self.name))
    }

    fn find(&self, model: &Model) -> Option<ProjectId> {
        let by_code = |id: &ProjectId| {
            self.code.is_some() && model[*id].code.as_ref().map(|code| &*code.value) == self.code.as_deref()
        };
        let by_name = |id: &ProjectId| key(&model[*id].name.value) == key(&self.name);
        model.project_ids().find(by_code).or_else(|| model.project_ids().find(by_name))
    }
}

impl TopicIndicator {
    fn of(model: &Model, id: IndicatorId) -> Self {
        let (indicator, standard) = (&model[id], &model[model[id.project].standard]);
        Self {
            category: indicator.category.map(|category| standard.shortest_category(category)),
            name: indicator.name.value.to_string(),
        }
    }

    fn find(&self, model: &Model, project: ProjectId) -> Option<IndicatorId> {
        let all = &model[project].indicators;
        let ids = || (0..all.len() as u32).map(|index| IndicatorId { project, index });
        let same_name = |id: &IndicatorId| key(&model[*id].name.value) == key(&self.name);
        let same = |id: &IndicatorId| same_name(id) && TopicIndicator::of(model, *id).category == self.category;
        ids().find(same).or_else(|| ids().find(same_name))
    }
}
