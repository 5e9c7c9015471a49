//! What changed since another version, in the words of those who review it: by what it means, each with a link to its row.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::links::ProjectLinks;
use crate::backend::{ChangeOwner, ChangedValue, ChangesSince, ToldChange};
use crate::diagnostic::Language;
use crate::diff::ChangeMeaning;
use crate::model::{Model, ProjectId};

/// So many changes of one meaning are listed where projects have pages of their own; the others stand there.
const LISTED: usize = 200;

/// The changes of a workspace, by whose they are.
pub(super) struct PageChanges<'a> {
    since: &'a ChangesSince,
    by_owner: BTreeMap<GroupNumber, Vec<&'a ToldChange>>,
    elsewhere: Vec<&'a ToldChange>,
    language: Language,
}

/// A department by its number among those of the workspace, from one; zero for the projects outside any.
pub(super) type GroupNumber = usize;

/// How many changes there are of each meaning, in the order of [`ChangeMeaning::ALL`].
pub(super) type MeaningCounts = [usize; ChangeMeaning::ALL.len()];

impl<'a> PageChanges<'a> {
    pub fn new(since: &'a ChangesSince, language: Language) -> Self {
        let mut changes = Self { since, by_owner: BTreeMap::new(), elsewhere: Vec::new(), language };
        for line in &since.lines {
            match line.owner {
                ChangeOwner::Department(number) => changes.by_owner.entry(number).or_default().push(line),
                ChangeOwner::Outside => changes.by_owner.entry(0).or_default().push(line),
                ChangeOwner::Elsewhere(_) => changes.elsewhere.push(line),
            }
        }
        changes
    }

    /// The version that all was compared with.
    pub fn version(&self) -> &'a str {
        &self.since.version
    }

    pub fn counts(&self, group: GroupNumber) -> MeaningCounts {
        counts(self.of_group(group))
    }

    /// Of the projects of a group, each by its number among those of the workspace.
    pub fn by_project(&self, group: GroupNumber) -> BTreeMap<usize, Vec<&'a ToldChange>> {
        let mut projects: BTreeMap<usize, Vec<&'a ToldChange>> = BTreeMap::new();
        for line in self.of_group(group) {
            if let Some(project) = line.project {
                projects.entry(project).or_default().push(line);
            }
        }
        projects
    }

    fn of_group(&self, group: GroupNumber) -> &[&'a ToldChange] {
        self.by_owner.get(&group).map_or(&[], Vec::as_slice)
    }

    /// The section of a group; of the only one with what is of none.
    pub fn section(
        &self,
        model: &Model,
        group: GroupNumber,
        anchor: &str,
        links: &ProjectLinks,
        is_only: bool,
    ) -> Markup {
        let elsewhere = if is_only { &self.elsewhere[..] } else { &[] };
        let told: Vec<&ToldChange> = elsewhere.iter().chain(self.of_group(group)).copied().collect();
        let href = |line: &ToldChange| {
            let before = model.before.map_or(0, |before| before.projects);
            let project = line.project?.checked_sub(before + 1)?;
            Some(links.href(ProjectId(u32::try_from(project).ok()?), &row(line)?))
        };
        let most = if links.are_split() { LISTED } else { usize::MAX };
        self.listed(&told, (&self.heading(), anchor), most, &href)
    }

    /// The section of a project's own page.
    pub fn of_project(&self, lines: &[&ToldChange], anchor: &str) -> Markup {
        let href = |line: &ToldChange| Some(format!("#{}", row(line)?));
        self.listed(lines, (&self.heading(), anchor), usize::MAX, &href)
    }

    /// The section of a page that shows nothing else.
    pub fn all(&self, href: &dyn Fn(usize) -> String) -> Markup {
        let lines: Vec<&ToldChange> = self.since.lines.iter().collect();
        self.listed(&lines, (&self.heading(), "since"), usize::MAX, &|line| line.project.map(href))
    }

    /// What is of no department that is there.
    pub fn elsewhere(&self) -> Option<Markup> {
        let heading = self.say("不在现有部门里的变化", "Changes of no department that is there");
        let lines = &self.elsewhere;
        (!lines.is_empty()).then(|| self.listed(lines, (heading, "changes-elsewhere"), usize::MAX, &|_| None))
    }

    pub fn elsewhere_count(&self) -> usize {
        self.elsewhere.len()
    }

    fn say(&self, chinese: &'static str, english: &'static str) -> &'static str {
        [chinese, english][self.language as usize]
    }

    /// `自 v1 以来的变化`
    pub fn heading(&self) -> String {
        let version = self.version();
        match self.language {
            Language::Chinese => format!("自 {version} 以来的变化"),
            Language::English => format!("Changes since {version}"),
        }
    }

    fn listed(
        &self,
        lines: &[&ToldChange],
        (heading, anchor): (&str, &str),
        most: usize,
        href: &dyn Fn(&ToldChange) -> Option<String>,
    ) -> Markup {
        html! {
            section.changes #(anchor) data-derived aria-labelledby={ (anchor) "-title" } {
                h2 #{ (anchor) "-title" } { (heading) @if !lines.is_empty() { " " span.count { (lines.len()) } } }
                @if lines.is_empty() { p.none { (self.say("没有变化。", "Nothing changed.")) } }
                @for meaning in ChangeMeaning::ALL {
                    @let of_it: Vec<&ToldChange> = lines.iter().filter(|line| line.class.meaning() == meaning).copied().collect();
                    @if !of_it.is_empty() {
                        div #{ (anchor) "-" (meaning.id()) } {
                            h3 { (meaning.title().in_language(self.language)) " " span.count { (of_it.len()) } }
                            (self.of_meaning(&of_it[..of_it.len().min(most)], href))
                            @if of_it.len() > most {
                                p.left-out { (self.say("列出前", "The first")) " " (most) " " (self.say("项，其余在各项目的页里。", "are listed, the others on the pages of the projects.")) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// By project, in their order.
    fn of_meaning(&self, lines: &[&ToldChange], href: &dyn Fn(&ToldChange) -> Option<String>) -> Markup {
        html! {
            ul {
                @for run in lines.chunk_by(|one, other| owner(one) == owner(other)) {
                    li {
                        @if let Some(owner) = owner(run[0]) { span.owner { (owner) } }
                        ul { @for line in run { li { (self.line(line, href(line))) } } }
                    }
                }
            }
        }
    }

    fn line(&self, line: &ToldChange, href: Option<String>) -> Markup {
        let title = line.class.title();
        let words = html! {
            (title.in_language(self.language))
            @if let Some(place) = &line.place { (self.say("：", ": ")) (place) }
        };
        html! {
            @match href { Some(href) => { a href=(href) { (words) } } None => (words) }
            @if let Some([old, new]) = &line.sides {
                span.values { (value(old, false)) " → " (value(new, true)) }
            }
            @for detail in &line.details { span.detail { (detail) } }
            @if let Some((source, is_old)) = &line.source {
                " " small.source { @if *is_old { (self.version()) " " } (source) }
            }
        }
    }
}

pub(super) fn counts(lines: &[&ToldChange]) -> MeaningCounts {
    let mut counts = MeaningCounts::default();
    for line in lines {
        counts[line.class.meaning() as usize] += 1;
    }
    counts
}

/// The row of a change, or the heading of its project.
fn row(line: &ToldChange) -> Option<String> {
    let project = line.project?;
    Some(line.indicator.map_or_else(|| format!("p{project}"), |indicator| format!("p{project}-i{indicator}")))
}

/// What a change is told under: its project, or what it is of where that has no page.
fn owner(line: &ToldChange) -> Option<&str> {
    let elsewhere = match &line.owner {
        ChangeOwner::Elsewhere(name) => Some(name.as_str()),
        ChangeOwner::Department(_) | ChangeOwner::Outside => None,
    };
    line.title.as_deref().or(elsewhere)
}

fn value(parts: &ChangedValue, is_new: bool) -> Markup {
    html! {
        @for (text, has_changed) in parts {
            @if !has_changed { (text) } @else if is_new { ins { (text) } } @else { del { (text) } }
        }
    }
}
