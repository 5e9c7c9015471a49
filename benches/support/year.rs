//! A department with its year: the example office's projects so often, each with all that was reported of it.

use std::fs;
use std::path::{Path, PathBuf};

/// The file of the example that is not repeated.
const DEPARTMENT: &str = "部门.jx";

/// Files by path: the targets, and what was reported of them.
pub struct DepartmentYear {
    pub targets: Vec<(String, String)>,
    pub reports: Vec<(String, String)>,
}

impl DepartmentYear {
    /// A department of so many projects at least. Approval and adjustment are left out: they are about single projects.
    pub fn of(projects: usize) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/yutian-2025");
        let texts: Vec<(String, String)> = files(&folder)
            .into_iter()
            .map(|path| {
                let text = fs::read_to_string(&path).expect("a file of the example");
                (path.strip_prefix(&folder).expect("below it").to_str().expect("a path").to_owned(), text)
            })
            .collect();
        let is_report = |text: &str| ["监控 ", "自评 "].iter().any(|keyword| text.starts_with(keyword));
        let heads = texts.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| line.strip_prefix("项目 "));
        let heads: Vec<(&str, &str)> = heads.filter_map(|head| head.trim_end_matches(" {").split_once(' ')).collect();
        let times = projects.div_ceil(heads.len());
        let copied = |text: &str, number: usize| {
            heads.iter().fold(text.to_owned(), |text, (code, name)| {
                // A code of the same form: three of its digits count the copies.
                let own = format!("{}{number:03}{}", &code[..9], &code[12..]);
                text.replace(code, &own).replace(name, &format!("{name}{number}"))
            })
        };
        let (mut targets, mut reports) = (Vec::new(), Vec::new());
        for (path, text) in &texts {
            if path == DEPARTMENT {
                targets.push((path.clone(), copied(text, 0)));
            } else if text.starts_with("项目 ") {
                targets.extend((0..times).map(|number| (format!("{number}/{path}"), copied(text, number))));
            } else if is_report(text) {
                let (head, lines) = text.split_once('\n').expect("a head");
                let (dates, lines): (Vec<&str>, Vec<&str>) = lines
                    .trim_end()
                    .trim_end_matches('}')
                    .split_inclusive('\n')
                    .partition(|line| line.starts_with("  填报 "));
                let lines = (0..times).map(|number| copied(&lines.concat(), number)).collect::<String>();
                reports.push((path.clone(), format!("{head}\n{}{lines}}}\n", dates.concat())));
            }
        }
        Self { targets, reports }
    }

    pub fn write(&self, folder: &Path) {
        for (path, text) in self.targets.iter().chain(&self.reports) {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("written");
        }
    }
}

/// The source files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the example") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "jx") {
            all.push(path);
        }
    }
    all.sort();
    all
}
