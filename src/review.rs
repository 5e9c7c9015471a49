//! A comparison as those read it who answer for it: by project, with what was approved, in the formats they use.
//!
//! To add a format: a file here, and its line in [`Format`].

pub mod approvals;
mod github;
mod html;
mod json;
mod markdown;
mod marked;
mod terminal;
mod told;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Language, Text, formats, texts};
use crate::diff::{Change, Class, Risk, Side, Subject};
use crate::model::{Project, ProjectId};
use crate::source::signs;

use approvals::Approval;
pub use json::schema;
// By themselves: a page has no room for the formats that nobody asks of it.
#[cfg(feature = "office")]
pub(crate) use self::{html::write as as_html, json::write as as_json, markdown::write as as_markdown};
pub use terminal::counts;
pub use told::told;
pub use wanted::classes;

formats! {
    /// How changes are written.
    Format of &Review<'_>:
    Text     "text"     "按项目列出，旧新对照"   "by project, old beside new"      => terminal::write,
    Json     "json"     "供程序读取"             "for programs"                    => json::write,
    Markdown "markdown" "合并请求里的说明"       "for a comment on a pull request" => markdown::write,
    Html     "html"     "一个网页，供会议审阅"   "one web page, for a meeting"     => html::write,
    Github   "github"   "GitHub 的批注"          "GitHub annotations"              => github::write,
}

/// A comparison with what people decided about it.
#[derive(Debug)]
pub struct Review<'a> {
    pub old: Version<'a>,
    pub new: Version<'a>,
    pub entries: Vec<Entry<'a>>,
    /// Approvals of changes that are not there.
    pub unused: Vec<&'a Approval>,
}

/// One of the two sides, as people call it.
#[derive(Debug)]
pub struct Version<'a> {
    pub name: Text,
    pub side: Side<'a>,
    /// How much in it is not understood, and so is not compared.
    pub errors: usize,
}

/// A change in its review.
#[derive(Debug)]
pub struct Entry<'a> {
    pub change: &'a Change,
    pub fingerprint: String,
    pub standing: Standing<'a>,
    /// Whether it is one of those for which the person asked to fail.
    pub fails: bool,
}

/// Whether a change is approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    Approved(&'a Approval),
    /// It needs an approval and has none.
    Unapproved,
    /// None is needed, or nobody asked.
    Free,
}

impl Standing<'_> {
    /// The word in machine output.
    pub fn id(self) -> &'static str {
        match self {
            Standing::Approved(_) => "approved",
            Standing::Unapproved => "unapproved",
            Standing::Free => "free",
        }
    }
}

/// The changes of one project; of a department or of the standards, where they are of no project.
pub(crate) struct ReviewGroup<'a, 'b> {
    pub department: Option<&'b str>,
    /// The project as it is called now, and its code.
    pub title: Option<String>,
    pub entries: Vec<(usize, &'b Entry<'a>)>,
}

impl ReviewGroup<'_, '_> {
    /// The department; where there is none, what these changes are of.
    pub fn heading(&self) -> Text {
        let is_standard = self.entries.iter().any(|(_, entry)| entry.change.subject.standard.is_some());
        match self.department {
            Some(department) => one_line(department),
            None if is_standard => texts::of_standards(),
            None => texts::of_no_department(),
        }
    }
}

impl<'a> Review<'a> {
    /// A comparison that nobody was asked about.
    pub fn unasked(changes: &'a [Change], old: Version<'a>, new: Version<'a>) -> Self {
        let entry = |change| Entry { change, fingerprint: String::new(), standing: Standing::Free, fails: false };
        Self { old, new, entries: changes.iter().map(entry).collect(), unused: Vec::new() }
    }

    /// The changes by department and project, in their order, numbered from one.
    pub(crate) fn groups(&self) -> Vec<ReviewGroup<'a, '_>> {
        let mut groups: Vec<ReviewGroup<'a, '_>> = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let subject = &entry.change.subject;
            let department = subject.department.as_deref();
            let title = subject.project.as_ref().map(crate::diff::Named::written).or_else(|| subject.standard.clone());
            let title = title.map(|title| signs::in_one_line(&title).into_owned());
            let same = |group: &ReviewGroup<'_, '_>| group.department == department && group.title == title;
            match groups.iter_mut().find(|group| same(group)) {
                Some(group) => group.entries.push((index + 1, entry)),
                None => groups.push(ReviewGroup { department, title, entries: vec![(index + 1, entry)] }),
            }
        }
        groups
    }

    /// How many changes there are of each class: the gravest first.
    pub(crate) fn counts(&self) -> Vec<(Class, usize)> {
        let mut counts: BTreeMap<(Risk, Class), usize> = BTreeMap::new();
        for entry in &self.entries {
            *counts.entry((entry.change.class.risk(), entry.change.class)).or_default() += 1;
        }
        counts.into_iter().map(|((_, class), count)| (class, count)).collect()
    }

    pub(crate) fn count(&self, risk: Risk) -> usize {
        self.entries.iter().filter(|entry| entry.change.class.risk() == risk).count()
    }

    pub(crate) fn unapproved(&self) -> usize {
        self.entries.iter().filter(|entry| entry.standing == Standing::Unapproved).count()
    }

    pub(crate) fn approved(&self) -> usize {
        self.entries.iter().filter(|entry| matches!(entry.standing, Standing::Approved(_))).count()
    }

    /// The departments and the projects that changes are about.
    pub(crate) fn reach(&self) -> (usize, usize) {
        let subjects = || self.entries.iter().map(|entry| &entry.change.subject);
        let departments: BTreeSet<&str> = subjects().filter_map(|subject| subject.department.as_deref()).collect();
        let projects: BTreeSet<(Option<&str>, String)> = subjects()
            .filter_map(|subject| Some((subject.department.as_deref(), subject.project.as_ref()?.written())))
            .collect();
        (departments.len(), projects.len())
    }

    /// Where a change stands on the new side: itself, else the indicator or the project that it is about.
    pub(crate) fn new_place(&self, change: &Change) -> Option<crate::source::Span> {
        let project = |id: ProjectId| -> &Project { &self.new.side.model[id] };
        let subject = &change.subject;
        change
            .new_span()
            .or_else(|| subject.new_indicator.map(|id| self.new.side.model[id].span))
            .or_else(|| subject.new_project.map(|id| project(id).span))
    }
}

/// What within the project, the department or the standard changed; none where it is that itself.
pub(crate) fn place(change: &Change) -> Option<Text> {
    let Subject { indicator, field, item, .. } = &change.subject;
    let mut parts: Vec<Text> = Vec::new();
    if let Some(indicator) = indicator {
        parts.extend(indicator.category.as_deref().map(one_line));
        parts.push(one_line(&indicator.name));
    }
    let names_field = matches!(
        change.class,
        Class::FieldChanged
            | Class::FigureRewritten
            | Class::AmountRewritten
            | Class::Reordered
            | Class::StandardPartAdded
            | Class::StandardPartRemoved
            | Class::StandardPartChanged
            | Class::NotUnderstood
            | Class::Understood
    );
    parts.extend(field.clone().filter(|_| names_field));
    parts.extend(item.as_deref().map(one_line));
    let join =
        |language| parts.iter().map(|text| text.in_language(language).to_string()).collect::<Vec<_>>().join(" · ");
    (!parts.is_empty()).then(|| Text::new(join(Language::Chinese), join(Language::English)))
}

/// A name of somebody else's, which cannot end its line.
fn one_line(name: &str) -> Text {
    Text::same(signs::in_one_line(name))
}

/// What stands for a side that says nothing.
pub(crate) fn nothing() -> Text {
    Text::new("（无）", "(none)")
}

/// What stands for a value that is left blank.
pub(crate) fn blank() -> Text {
    Text::new("（空白）", "(blank)")
}
