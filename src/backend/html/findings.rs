//! The findings in the report: by rule, each with a link to the row, goal or project it is about.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::links::ProjectLinks;
use super::{goal_id, group_id, indicator_id, project_id};
use crate::backend::CheckOutcome;
use crate::backend::anchors::{Anchor, anchor_of, anchors};
use crate::diagnostic::{Code, Diagnostic, Language, Severity};
use crate::model::{DepartmentId, IndicatorId, Model, ProjectId};
use crate::source::{Sources, Span};

/// The rules that say of a target that nobody can tell whether it is reached.
pub(super) const UNMEASURABLE: [Code; 5] = [Code::JX060, Code::JX061, Code::JX062, Code::JX070, Code::JX075];

/// So many findings of a department are shown at once; more are folded away, rule by rule.
const FEW: usize = 12;

/// The findings of a run, each at its place in the page.
pub(super) struct PageFindings<'a> {
    by_group: BTreeMap<Option<DepartmentId>, Vec<Finding<'a>>>,
    /// Those about no department and no project: they have no place in the page.
    elsewhere: Vec<&'a Diagnostic>,
    unmeasurable: BTreeSet<IndicatorId>,
    sources: &'a Sources,
    language: Language,
    pub in_print: bool,
}

/// So many projects are named under a rule where projects have pages of their own.
const NAMED: usize = 20;

#[derive(Clone, Copy)]
pub(super) struct Finding<'a> {
    anchor: Anchor,
    diagnostic: &'a Diagnostic,
}

impl Finding<'_> {
    pub fn severity(&self) -> Severity {
        self.diagnostic.severity
    }
}

impl<'a> PageFindings<'a> {
    pub fn new(model: &Model, review: CheckOutcome<'a>, language: Language) -> Self {
        let anchors = anchors(model);
        let mut found = Self {
            by_group: BTreeMap::new(),
            elsewhere: Vec::new(),
            unmeasurable: BTreeSet::new(),
            sources: review.sources,
            language,
            in_print: review.in_print,
        };
        for diagnostic in review.diagnostics {
            let Some(anchor) = diagnostic.span().and_then(|span| anchor_of(span, &anchors)) else {
                found.elsewhere.push(diagnostic);
                continue;
            };
            let group = anchor.department(model);
            if let (Anchor::Project(project, Some(index)), true) = (anchor, UNMEASURABLE.contains(&diagnostic.code)) {
                found.unmeasurable.insert(IndicatorId { project, index: index as u32 });
            }
            found.by_group.entry(group).or_default().push(Finding { anchor, diagnostic });
        }
        found
    }

    /// Whether no finding says that the target cannot be measured.
    pub fn is_measurable(&self, project: ProjectId, index: usize) -> bool {
        !self.unmeasurable.contains(&IndicatorId { project, index: index as u32 })
    }

    /// How many findings of a department there are of each severity.
    pub fn count(&self, id: Option<DepartmentId>, severity: Severity) -> usize {
        let found = self.by_group.get(&id).map_or(&[][..], Vec::as_slice);
        found.iter().filter(|one| one.diagnostic.severity == severity).count()
    }

    /// What was found outside departments and projects, each as a line.
    pub fn lines_elsewhere(&self) -> Vec<String> {
        let line = |one: &&Diagnostic| {
            let place = one.span().map(|span| format!("{} ", self.place(span))).unwrap_or_default();
            let message = message(one, self.language).into_string();
            format!("{} {} {place}{message}", one.severity.word(self.language), one.code.id())
        };
        self.elsewhere.iter().map(line).collect()
    }

    /// The file's name only: the page does not tell where somebody keeps it.
    fn place(&self, span: Span) -> String {
        let source = self.sources.get(span.file);
        let name = source.path.rsplit('/').next().unwrap_or_default();
        format!("{name}:{}", source.location(span.start).line)
    }

    /// The findings of a department, by severity and rule, the most frequent first.
    pub fn of_group(
        &self,
        model: &Model,
        id: Option<DepartmentId>,
        links: &ProjectLinks,
        say: &dyn Fn(&str, &str) -> String,
    ) -> Markup {
        let found = self.by_group.get(&id).map_or(&[][..], Vec::as_slice);
        if found.is_empty() {
            return html! { p.none { (say("检查没有发现问题。", "The check found nothing.")) } };
        }
        let mut rules: BTreeMap<(Severity, Code), Vec<Finding<'_>>> = BTreeMap::new();
        for one in found {
            rules.entry((one.diagnostic.severity, one.diagnostic.code)).or_default().push(*one);
        }
        let most = rules.values().map(Vec::len).max().unwrap_or(1);
        let is_open = self.in_print || found.len() <= FEW;
        let numbers = numbers(model, id);
        html! {
            div.findings {
                @for severity in [Severity::Error, Severity::Warning, Severity::Note] {
                    @let mut listed: Vec<_> = rules.iter().filter(|((one, _), _)| *one == severity).collect();
                    @if !listed.is_empty() {
                        @let () = listed.sort_by_key(|((_, code), found)| (Reverse(found.len()), *code));
                        @let count: usize = listed.iter().map(|(_, found)| found.len()).sum();
                        div class=(severity.id()) {
                            h3 { (severity.word(self.language)) " " span.count { (count) } }
                            @for ((_, code), found) in listed {
                                details open[is_open] {
                                    summary {
                                        span.code { (code.id()) } " "
                                        span.rule { (code.title().in_language(self.language)) } " "
                                        span.count { (found.len()) }
                                        (self.bar(*code, found.len(), most))
                                    }
                                    @if links.are_split() { (self.owners(model, found, &numbers, links, say)) } @else { (self.list(model, found, &numbers)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn bar(&self, code: Code, count: usize, most: usize) -> Markup {
        let width = super::charts::place(count.into(), most.into(), 100);
        html! {
            svg.length role="img" aria-label={ (code.title().in_language(self.language)) " " (count) } {
                rect.bar-fill width={ (width) "%" } height="100%" {}
            }
        }
    }

    /// The findings of one rule in the order of the page, under the name of what they are about.
    fn list(&self, model: &Model, found: &[Finding<'_>], numbers: &BTreeMap<ProjectId, usize>) -> Markup {
        let mut found = found.to_vec();
        found.sort_by_key(|one| one.anchor);
        let owner = |anchor: Anchor| match anchor {
            Anchor::Project(id, _) => {
                format!("{}.{}", numbers.get(&id).copied().unwrap_or_default(), model[id].name.value)
            }
            Anchor::Department(id) | Anchor::FirstPart(id) | Anchor::SubGoal(id, _) => model[id].name.value.to_string(),
        };
        html! {
            ul {
                @for run in found.chunk_by(|one, other| owner_key(one.anchor) == owner_key(other.anchor)) {
                    li {
                        span { (owner(run[0].anchor)) }
                        ul {
                            @for one in run {
                                li {
                                    a href={ "#" (anchor_id(model, one.anchor)) } {
                                        @if let Some(name) = unnamed(model, one, self.language) { q { (name) } (match self.language { Language::Chinese => "：", Language::English => ": " }) }
                                        (message(one.diagnostic, self.language))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Whom the findings of one rule are about, those with the most first, each with the way to them.
    fn owners(
        &self,
        model: &Model,
        found: &[Finding<'_>],
        numbers: &BTreeMap<ProjectId, usize>,
        links: &ProjectLinks,
        say: &dyn Fn(&str, &str) -> String,
    ) -> Markup {
        let mut counts: BTreeMap<Option<ProjectId>, Vec<Finding<'_>>> = BTreeMap::new();
        for one in found {
            counts.entry(owner_key(one.anchor)).or_default().push(*one);
        }
        let own = counts.remove(&None).unwrap_or_default();
        let mut counts: Vec<(ProjectId, usize)> =
            counts.into_iter().filter_map(|(id, found)| Some((id?, found.len()))).collect();
        counts.sort_by_key(|(id, count)| (Reverse(*count), *id));
        html! {
            @if !own.is_empty() { (self.list(model, &own, numbers)) }
            ul {
                @for (id, count) in counts.iter().take(NAMED) {
                    li {
                        a href=(links.href(*id, &format!("{}-review", project_id(model, *id)))) {
                            q { (numbers.get(id).copied().unwrap_or_default()) "." (model[*id].name.value) }
                        }
                        " " span.count { (count) }
                    }
                }
                @if counts.len() > NAMED { li { (say("其余 {} 个项目见各项目的页", "{} other projects: see their pages").replace("{}", &(counts.len() - NAMED).to_string())) } }
            }
        }
    }

    /// The findings of the projects of a department.
    pub fn by_project(&self, id: Option<DepartmentId>) -> BTreeMap<ProjectId, Vec<Finding<'a>>> {
        let mut projects: BTreeMap<ProjectId, Vec<Finding<'a>>> = BTreeMap::new();
        for one in self.by_group.get(&id).map_or(&[][..], Vec::as_slice) {
            if let Anchor::Project(project, _) = one.anchor {
                projects.entry(project).or_default().push(*one);
            }
        }
        projects
    }

    /// The findings of one project on its own page, in the order of its rows.
    pub fn of_project(model: &Model, found: Option<&Vec<Finding<'_>>>, language: Language) -> Markup {
        let mut found = found.cloned().unwrap_or_default();
        found.sort_by_key(|one| (one.anchor, one.diagnostic.severity, one.diagnostic.code));
        html! {
            @if found.is_empty() {
                p.none { (match language { Language::Chinese => "检查没有发现问题。", Language::English => "The check found nothing." }) }
            } @else {
                div.findings.own { ul {
                    @for one in &found {
                        li {
                            a href={ "#" (anchor_id(model, one.anchor)) } {
                                span.owner { (one.diagnostic.severity.word(language)) " " (one.diagnostic.code.id()) } " "
                                @if let Some(name) = unnamed(model, one, language) { q { (name) } (match language { Language::Chinese => "：", Language::English => ": " }) }
                                (message(one.diagnostic, language))
                            }
                        }
                    }
                } }
            }
        }
    }

    /// What was found outside departments and projects: in the settings, in comments above a declaration.
    pub fn elsewhere(&self, say: &dyn Fn(&str, &str) -> String) -> Option<Markup> {
        if self.elsewhere.is_empty() {
            return None;
        }
        Some(html! {
            section.review.paper[self.in_print] #findings-elsewhere data-derived {
                h2 { (say("其他检查发现", "Other findings")) }
                ul.elsewhere {
                    @for one in &self.elsewhere {
                        li {
                            (one.severity.word(self.language)) " " (one.code.id()) " "
                            @if let Some(span) = one.span() { span.owner { (self.place(span)) } " " }
                            (message(one, self.language))
                        }
                    }
                }
            }
        })
    }
}

fn anchor_id(model: &Model, anchor: Anchor) -> String {
    match anchor {
        Anchor::Department(id) => group_id(model, Some(id)),
        Anchor::FirstPart(id) => format!("{}-part1", group_id(model, Some(id))),
        Anchor::SubGoal(id, index) => goal_id(model, id, index),
        Anchor::Project(id, None) => project_id(model, id),
        Anchor::Project(id, Some(index)) => indicator_id(model, id, index),
    }
}

/// The project, none for what the department says of itself.
fn owner_key(anchor: Anchor) -> Option<ProjectId> {
    match anchor {
        Anchor::Project(id, _) => Some(id),
        Anchor::Department(_) | Anchor::FirstPart(_) | Anchor::SubGoal(..) => None,
    }
}

/// The name of the indicator, where the message does not hold it.
fn unnamed<'a>(model: &'a Model, one: &Finding<'_>, language: Language) -> Option<&'a str> {
    let Anchor::Project(id, Some(index)) = one.anchor else { return None };
    let name = &*model[id].indicators[index].name.value;
    (!one.diagnostic.message.in_language(language).contains(name)).then_some(name)
}

/// The numbers under which the projects of a department stand in the page.
fn numbers(model: &Model, id: Option<DepartmentId>) -> BTreeMap<ProjectId, usize> {
    model.projects_of(id).zip(1..).map(|((project, _), number)| (project, number)).collect()
}

/// The message, with the author's own words set off as they are in the terminal.
fn message(diagnostic: &Diagnostic, language: Language) -> Markup {
    let text = diagnostic.message.in_language(language);
    let is_paired = text.matches('`').count().is_multiple_of(2);
    html! {
        @if is_paired {
            @for (index, part) in text.split('`').enumerate() {
                @if index % 2 == 1 { q { (part) } } @else { (part) }
            }
        } @else { (text) }
    }
}
