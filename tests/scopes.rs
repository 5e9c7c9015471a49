//! A part of a workspace, published alone, is what it is in the whole: a department at a time makes a county, and a preview
//! of a project shows its page. Formats write as they go, and what cannot be written is told.

use std::io::{self, Write};
use std::path::Path;

use crate::support::offices::{Facts, office};
use crate::support::{Generator, artifacts, examples, rendered};
use jixiao::backend::{ALL, Artifact, ArtifactNames, CheckOutcome, Contents, RenderOptions, Scope, Sink};
use jixiao::model::{Model, ProjectId};
use jixiao::workspace::{Analysis, analyse};

/// Every example, among them a county of several departments, and some generated offices.
fn models() -> Vec<(String, Model)> {
    let mut models: Vec<(String, Model)> =
        examples().iter().map(|example| (example.name.clone(), example.analyse().model)).collect();
    for seed in 1..=8 {
        let office = office(&mut Generator::new(seed * 6151), Facts::Every);
        models.push((format!("office-{seed}"), analyse(office.files, None).model));
    }
    models
}

fn part(model: &Model, format: &str, scope: Scope) -> Vec<Artifact> {
    rendered(model, format, scope, &RenderOptions::default())
}

fn departments(model: &Model) -> Vec<Scope> {
    model.groups().map(Scope::Department).collect()
}

fn projects(model: &Model) -> Vec<Scope> {
    model.project_ids().map(Scope::Project).collect()
}

fn text(artifact: &Artifact) -> &str {
    std::str::from_utf8(&artifact.bytes).expect("text")
}

fn same(one: &[Artifact], other: &[Artifact], what: &str) {
    let facts = |artifacts: &[Artifact]| -> Vec<_> {
        artifacts.iter().map(|artifact| (artifact.path.clone(), artifact.bytes.clone())).collect()
    };
    assert!(facts(one) == facts(other), "{what}");
}

/// Formats with a file a department or a project: the files of the parts are those of the whole.
#[test]
fn departments_one_by_one_are_the_files_of_the_whole() {
    for (name, model) in models() {
        for format in ["text", "markdown", "docx", "xlsx", "jx"] {
            let parts: Vec<Artifact> =
                departments(&model).into_iter().flat_map(|scope| part(&model, format, scope)).collect();
            same(&parts, &artifacts(&model, format), &format!("{name} as {format}"));
        }
    }
}

#[test]
fn projects_one_by_one_are_the_end_of_their_departments() {
    for (name, model) in models() {
        let sources: Vec<Artifact> = projects(&model).into_iter().flat_map(|scope| part(&model, "jx", scope)).collect();
        let mut whole = artifacts(&model, "jx");
        // The department, and what happened in its year, have files of their own.
        whole.retain(|artifact| sources.iter().any(|one| one.path == artifact.path));
        same(&sources, &whole, &name);
        for (format, between) in [("text", ""), ("markdown", "\n")] {
            for id in model.groups() {
                let scopes = model.projects_of(id).map(|(id, _)| Scope::Project(id));
                let parts: Vec<Artifact> = scopes.flat_map(|scope| part(&model, format, scope)).collect();
                let parts: Vec<&str> = parts.iter().map(text).collect();
                let whole = part(&model, format, Scope::Department(id));
                assert!(text(&whole[0]).ends_with(&parts.join(between)), "{name} as {format}");
            }
        }
    }
}

/// The rows of the parts under the heading of the whole.
#[test]
fn the_rows_of_the_parts_are_those_of_the_table() {
    for (name, model) in models() {
        let whole = artifacts(&model, "csv").remove(0);
        let (heading, rows) = text(&whole).split_once("\r\n").expect("a heading");
        for scopes in [departments(&model), projects(&model)] {
            let mut together = String::new();
            for scope in scopes {
                let part = part(&model, "csv", scope).remove(0);
                let (own, rows) = text(&part).split_once("\r\n").expect("a heading");
                assert_eq!(own, heading, "{name}");
                together += rows;
            }
            assert!(together == rows, "{name}");
        }
    }
}

/// Lines of projects and indicators, and sections of the page.
#[test]
fn the_fragments_of_a_part_are_in_the_whole() {
    for (name, model) in models() {
        let page: String = artifacts(&model, "html").iter().map(text).collect();
        let json = artifacts(&model, "json").remove(0);
        for id in model.project_ids() {
            let page_of_one = part(&model, "html", Scope::Project(id)).remove(0);
            let section = section(text(&page_of_one), id);
            assert!(section.matches("<section").count() == 1 && page.contains(section), "{name}: {section}");
            let json_of_one = part(&model, "json", Scope::Project(id)).remove(0);
            let own: Vec<&str> = text(&json_of_one).lines().filter(|line| line.starts_with("   {\"id\"")).collect();
            assert_eq!(own.len(), model[id].indicators.len(), "{name}");
            for line in own {
                // The last one also closes what it stands in.
                let printed = line.find("\"printed\":").expect("what is printed");
                let end = printed + line[printed..].find('}').expect("an end");
                assert!(text(&json).contains(&line[..end]), "{name}: {line}");
            }
        }
        for scope in departments(&model) {
            let of_department = part(&model, "html", scope).remove(0);
            let start = text(&of_department).find("<section class=department").expect("a department");
            let end = text(&of_department).find("<p class=empty").expect("an end");
            assert!(page.contains(&text(&of_department)[start..end]), "{name}");
        }
    }
}

fn section(page: &str, id: ProjectId) -> &str {
    let start = page.find(&format!("<section class=project id=p{} ", id.0 + 1)).expect("a section");
    let length = page[start..].find("</section>").expect("an end");
    &page[start..start + length]
}

/// The findings of a department are in its page; those of no place only in that of the whole.
#[test]
fn a_department_has_its_findings() {
    let analysis: Analysis = examples().iter().find(|example| example.name == "一个县").expect("a county").analyse();
    let review = CheckOutcome { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print: false };
    let options = RenderOptions { review: Some(review), ..RenderOptions::default() };
    let page = |scope| rendered(&analysis.model, "html", scope, &options).iter().map(text).collect::<String>();
    let whole = page(Scope::Workspace);
    let of_page = |page: &str| page.matches("<li><a href=#p").count() + page.matches("<li><a href=#d").count();
    let parts: Vec<String> = departments(&analysis.model).into_iter().map(page).collect();
    assert!(parts.len() > 1 && parts.iter().all(|part| of_page(part) > 0));
    for part in &parts {
        let review = part.split("<section class=review").nth(1).expect("findings");
        assert!(whole.contains(review.split("</section>").next().expect("an end")));
    }
    assert!(!page(Scope::Project(ProjectId(0))).contains("<section class=review"));
}

/// What a project alone says can be read back.
#[test]
fn the_json_of_a_project_is_a_document() {
    for example in examples() {
        let model = example.analyse().model;
        let library = jixiao::workspace::library(example.files.clone());
        for id in model.project_ids() {
            let artifact = part(&model, "json", Scope::Project(id)).remove(0);
            let read = jixiao::import::json::read("targets.json", &artifact.bytes, &library)
                .unwrap_or_else(|problem| panic!("{}: {:?}", example.name, problem.message));
            assert_eq!(read.projects.len(), 1);
            assert_eq!(read.projects[0].name.value, model[id].name.value);
        }
    }
}

/// Takes so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Full {
    fn artifact(&mut self, _: &Path, contents: Contents<'_>) -> io::Result<()> {
        contents(self)
    }
}

#[test]
fn every_format_tells_when_it_cannot_be_written_and_names_its_files_beforehand() {
    let analysis = examples()[0].analyse();
    for backend in ALL {
        let whole = artifacts(&analysis.model, backend.name());
        let mut names = ArtifactNames::default();
        let options = RenderOptions::default();
        backend.render(&analysis.model, Scope::Workspace, &options, &mut names).expect("nothing is written");
        assert!(names.0.iter().eq(whole.iter().map(|artifact| &artifact.path)), "{}", backend.name());
        let bytes: usize = whole.iter().map(|artifact| artifact.bytes.len()).sum();
        for room in [0, 100, bytes / 2, bytes - 1] {
            let result = backend.render(&analysis.model, Scope::Workspace, &options, &mut Full(room));
            assert_eq!(
                result.map_err(|error| error.kind()),
                Err(io::ErrorKind::StorageFull),
                "{} {room}",
                backend.name()
            );
        }
    }
}
