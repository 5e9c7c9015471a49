//! A county made of the example office: as dense in findings as the published document is.

use std::fmt::Write;
use std::path::Path;

/// The offices and projects to make, and how they lie in files.
#[derive(Clone, Copy)]
pub struct County {
    pub projects: usize,
    pub projects_an_office: usize,
    pub a_file_a_project: bool,
}

impl County {
    /// Offices of seven projects, each office in one file.
    pub fn of(projects: usize) -> Self {
        Self { projects, projects_an_office: 7, a_file_a_project: false }
    }

    /// Writes it below a folder; the bytes written.
    pub fn write(self, folder: &Path) -> u64 {
        let (office, projects) = example();
        let mut bytes = 0;
        let mut put = |path: &str, text: &str| {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("written");
            bytes += text.len() as u64;
        };
        for (number, first) in (0..self.projects).step_by(self.projects_an_office).enumerate() {
            let last = (first + self.projects_an_office).min(self.projects);
            let code = 1_000 + number;
            let mut text = office.replace("部门 434", &format!("部门 {code}")).replace("434001", &format!("{code}001"));
            // The office names indicators of all its projects.
            if last - first < projects.len() {
                text = text
                    .lines()
                    .filter(|line| !line.starts_with("    指标 "))
                    .fold(String::new(), |all, line| all + line + "\n");
            }
            for index in first..last {
                let (head, name, body) = &projects[(index - first) % projects.len()];
                let mut project = String::new();
                let again = (index - first) / projects.len();
                let name = if again == 0 { name.clone() } else { format!("{name}第{again}期") };
                let _ = write!(
                    project,
                    "\n项目 {head}{index:07} {name} {{{}",
                    body.replace("434001", &format!("{code}001"))
                );
                if self.a_file_a_project {
                    put(&format!("{code}/{index:07}.jx"), project.trim_start());
                } else {
                    text += &project;
                }
            }
            put(&format!("{code}/部门.jx"), &text);
        }
        bytes
    }
}

/// The office's own file, and of each project what its code begins with, its name and what stands behind its brace.
fn example() -> (String, Vec<(String, String, String)>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/yutian-2025");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("the example")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jx"))
        .collect();
    paths.sort();
    let mut office = String::new();
    let mut projects = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("text");
        let Some(at) = text.find("项目 1").filter(|at| *at == 0) else {
            office = text;
            continue;
        };
        let (head, body) = text[at + "项目 ".len()..].split_once('{').expect("a brace");
        let (code, name) = head.trim().split_once(' ').expect("a code and a name");
        projects.push((code[..14].to_owned(), name.to_owned(), body.to_owned()));
    }
    assert!(projects.len() == 7 && !office.is_empty(), "the example has changed: {} projects", projects.len());
    (office, projects)
}
