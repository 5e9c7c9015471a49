//! `jixiao new`: the folder of a new office, by what a person answers, or by options and defaults.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use clap::{Args, Command, ValueHint, value_parser};
use time::OffsetDateTime;

use super::asking::Questions;
use super::drafted::is_mistake;
use super::files::{self, Selection};
use super::options::told;
use super::output::{SeverityCounts, Terminal};
use super::writing::{self, NewFolder};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::drafting::{
    FIRST_PROJECT, NewOffice, WantedOffice, new_office, usual_budget, usual_file, wants_project_code,
};
use crate::findings::draw;
use crate::language::Keyword;
use crate::model::calendar::Day;
use crate::model::standard::{Library, Standard};
use crate::model::text::file_name;
use crate::model::{StandardId, number};
use crate::source::Span;
use crate::workspace::{Analysis, Input, analyse, library};

/// What `jixiao new` is asked.
#[derive(Args)]
#[group(skip)]
pub struct NewOptions {
    #[arg(value_hint = ValueHint::DirPath)]
    folder: Option<String>,
    #[arg(long)]
    name: Option<String>,
    #[arg(long)]
    code: Option<String>,
    #[arg(long, value_parser = value_parser!(u16).range(YEARS))]
    year: Option<u16>,
    #[arg(long)]
    standard: Option<String>,
    #[arg(long)]
    project: Option<String>,
    #[arg(long = "project-code")]
    code_of_project: Option<String>,
    #[arg(long)]
    budget: Option<String>,
}

const YEARS: std::ops::RangeInclusive<i64> = 1900..=2200;

pub fn command(language: Language) -> Command {
    let about = [
        "建一个单位的文件夹：部门和第一个项目；在终端里逐项问，别处用选项和默认",
        "make the folder of an office with its first project: asks at a terminal, else takes options and defaults",
    ];
    told(
        NewOptions::augment_args(Command::new("new")),
        language,
        about,
        &[
            (
                "folder",
                Some(["文件夹", "DIR"]),
                [
                    "新文件夹，不能已有内容；不写时按名称建",
                    "a new folder; must be empty; else one called as the office",
                ],
            ),
            (
                "name",
                Some(["名称", "NAME"]),
                ["部门的名称；不写时用文件夹的名称", "of the department; else that of the folder"],
            ),
            (
                "code",
                Some(["编码", "CODE"]),
                ["部门的编码，如 901；还没有就不写", "of the department, such as 901; none where there is none yet"],
            ),
            (
                "year",
                Some(["年度", "YEAR"]),
                ["预算年度；不写时是今天的下一年", "the fiscal year; else the one after today"],
            ),
            (
                "standard",
                Some(["标准", "STANDARD"]),
                [
                    "用哪一套标准；不写时用 jixiao.toml 里的，再没有用缺省的",
                    "the standard; else that of jixiao.toml, else the usual one",
                ],
            ),
            ("project", Some(["名称", "NAME"]), ["第一个项目的名称", "the name of the first project"]),
            (
                "code_of_project",
                Some(["编码", "CODE"]),
                ["第一个项目的编码；还没有就不写", "the code of the first project; none where there is none yet"],
            ),
            (
                "budget",
                Some(["金额", "AMOUNT"]),
                ["第一个项目的预算，如 20万元", "the budget of the first project, such as 20万元"],
            ),
        ],
    )
}

/// Writes the first texts of an office into a new or empty folder.
pub fn run(options: &NewOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let questions = Questions::new(terminal);
    let mut assumed = Vec::new();
    let (folder, name) = folder_and_name(options, &questions, &mut assumed)?;
    let place = Surroundings::around(&folder)?;
    let office = place.answers(options, name, &questions, &mut assumed)?;
    let files = place.files(&office);
    let after = place.read_back(&files);
    if let Err(finding) = place.says(&files, &after, &office) {
        let _ = draw(finding, &after, terminal.style, &mut anstream::stderr().lock());
        let told = Diagnostic::without_place(Code::JX911, texts::draft_not_sound());
        return Err(Failure::Told(told.help(texts::new_not_sound())));
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
    let written: Vec<PathBuf> = files.iter().map(|(path, _)| place.folder.join(path)).collect();
    writing::write_folders(&[NewFolder { path: place.folder.clone(), files }])?;
    if !questions.may_ask && !assumed.is_empty() {
        terminal.note(&texts::new_assumed());
        for text in &assumed {
            terminal.note(text);
        }
    }
    for path in &written {
        terminal.note(&texts::written(files::shown(path)));
    }
    let own: Vec<Diagnostic> = after.diagnostics.iter().filter(|one| place.is_own(one, &after)).cloned().collect();
    let mut counts = SeverityCounts::default();
    counts.add(&own, 0);
    if !own.is_empty() {
        terminal.note(&texts::new_findings(counts.summary()));
    }
    terminal.note(&texts::what_next(folder));
    Ok(Outcome::Fine)
}

/// The folder as it was given or asked for, and the name of the office.
fn folder_and_name(
    options: &NewOptions,
    questions: &Questions<'_>,
    assumed: &mut Vec<Text>,
) -> Result<(String, String), Failure> {
    let some = |answer: &str| if answer.is_empty() { Err(texts::answer_wanted()) } else { Ok(answer.to_owned()) };
    if let Some(folder) = &options.folder {
        refuse_taken(folder)?;
    }
    let of_folder = options.folder.as_deref().map(name_of).unwrap_or_default();
    let name = match &options.name {
        Some(name) => name.trim().to_owned(),
        None if questions.may_ask => questions.ask(&texts::new_name(), &of_folder, some)?,
        None => {
            assumed.push(texts::new_assumed_one("--name", &*of_folder));
            of_folder
        }
    };
    let folder = match &options.folder {
        Some(folder) => folder.clone(),
        None if questions.may_ask => questions.ask(&texts::new_folder(), &file_name(&name), some)?,
        None => file_name(&name),
    };
    if name.is_empty() || folder.is_empty() {
        let missing = Diagnostic::without_place(Code::JX911, texts::new_without_name());
        return Err(Failure::Told(missing.help(texts::new_without_name_help())));
    }
    refuse_taken(&folder)?;
    Ok((folder, name))
}

fn refuse_taken(folder: &str) -> Result<(), Failure> {
    let path = Path::new(folder);
    let is_there = path.symlink_metadata().is_ok();
    if is_there && std::fs::read_dir(path).map_or(true, |mut entries| entries.next().is_some()) {
        let taken = Diagnostic::without_place(Code::JX909, texts::cannot_write(folder, texts::exists_already()));
        return Err(Failure::Told(taken.help(texts::new_folder_taken())));
    }
    Ok(())
}

/// What a folder is called, also where it is written as `.`.
fn name_of(folder: &str) -> String {
    let full = std::fs::canonicalize(folder).unwrap_or_else(|_| PathBuf::from(folder));
    full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What a person said of the new office, or what is taken where nobody said anything.
struct OfficeAnswers {
    name: String,
    code: String,
    year: u16,
    standard: StandardId,
    project: String,
    project_code: String,
    budget: String,
}

/// Where an office is going to be: the standards that are known there, and what will be beside it.
struct Surroundings {
    folder: PathBuf,
    inputs: Vec<Input>,
    settings: Option<Input>,
    library: Library,
    /// Used where a department names none.
    usual: StandardId,
}

impl Surroundings {
    fn around(folder: &str) -> Result<Self, Failure> {
        let folder = PathBuf::from(folder);
        let Selection { inputs, settings, mut unreadable, .. } = files::surroundings(&folder);
        // A standard or a setting could be in it.
        if let Some(first) = unreadable.drain(..).next() {
            return Err(Failure::Told(first));
        }
        let library = library(inputs.clone());
        let configured = analyse(inputs.clone(), settings.clone()).config.standard;
        let configured = configured.and_then(|(name, _)| library.find(&name));
        let usual = configured.filter(|id| has_form(&library.standards[id.0 as usize]));
        Ok(Self { folder, inputs, settings, usual: usual.unwrap_or(library.fallback()), library })
    }

    fn standard(&self, id: StandardId) -> &Standard {
        &self.library.standards[id.0 as usize]
    }

    /// The standards that a department can follow, by name.
    fn standards(&self) -> Vec<StandardId> {
        let ids = self.library.names().into_iter().filter_map(|name| self.library.find(name));
        ids.filter(|id| has_form(self.standard(*id))).collect()
    }

    fn answers(
        &self,
        options: &NewOptions,
        name: String,
        questions: &Questions<'_>,
        assumed: &mut Vec<Text>,
    ) -> Result<OfficeAnswers, Failure> {
        let today = today();
        let coming = today.year.saturating_add(1);
        let mut office = OfficeAnswers {
            name,
            code: trimmed(options.code.as_deref()),
            year: options.year.unwrap_or(coming),
            standard: self.usual,
            project: trimmed(options.project.as_deref()),
            project_code: trimmed(options.code_of_project.as_deref()),
            budget: trimmed(options.budget.as_deref()),
        };
        let asks = questions.may_ask;
        if asks && options.code.is_none() {
            office.code = questions.ask(&texts::new_code(), "", |answer| {
                self.sound(&OfficeAnswers { code: answer.to_owned(), ..office.copied() }).map(|()| answer.to_owned())
            })?;
        }
        if asks && options.year.is_none() {
            let in_range = |year: &u16| YEARS.contains(&i64::from(*year));
            office.year = questions.ask(&texts::new_year(today.to_string()), &coming.to_string(), |answer| {
                number::whole(answer).filter(in_range).ok_or_else(texts::whole_number_wanted)
            })?;
        } else if options.year.is_none() {
            assumed.push(texts::new_assumed_year(u32::from(coming), today.to_string()));
        }
        match &options.standard {
            Some(name) => office.standard = self.find(name.trim()).map_err(Failure::Told)?,
            None if asks => office.standard = self.ask_standard(questions)?,
            None => assumed.push(texts::new_assumed_one("--standard", &*self.standard(self.usual).name)),
        }
        if asks && options.project.is_none() {
            office.project = questions.ask(&texts::new_project(), FIRST_PROJECT, |answer| Ok(answer.to_owned()))?;
        } else if office.project.is_empty() {
            assumed.push(texts::new_assumed_one("--project", FIRST_PROJECT));
        }
        if asks && options.code_of_project.is_none() && wants_project_code(self.standard(office.standard)) {
            office.project_code = questions.ask(&texts::new_project_code(), "", |answer| {
                self.sound(&OfficeAnswers { project_code: answer.to_owned(), ..office.copied() })
                    .map(|()| answer.to_owned())
            })?;
        }
        if asks && options.budget.is_none() {
            let usual = usual_budget(self.standard(office.standard));
            office.budget = questions.ask(&texts::new_budget(), &usual, |answer| {
                self.sound(&OfficeAnswers { budget: answer.to_owned(), ..office.copied() }).map(|()| answer.to_owned())
            })?;
        }
        Ok(office)
    }

    /// The standard of a name.
    fn find(&self, name: &str) -> Result<StandardId, Diagnostic> {
        let ids = self.standards();
        let found = ids.iter().copied().find(|id| self.standard(*id).name == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = ids.iter().map(|id| self.standard(*id).name.as_str()).collect();
            Diagnostic::without_place(Code::JX303, texts::unknown_standard(name))
                .help(texts::standards_are(names.join(" ")))
        })
    }

    /// Lists the standards, and takes a number of the list or a name.
    fn ask_standard(&self, questions: &Questions<'_>) -> Result<StandardId, Failure> {
        let ids = self.standards();
        for (index, id) in ids.iter().enumerate() {
            let standard = self.standard(*id);
            let title = standard.title.as_deref().unwrap_or_default();
            questions.say(&texts::new_standard_line(index + 1, &*standard.name, title));
        }
        questions.ask(&texts::new_standard(), &self.standard(self.usual).name, |answer| {
            let by_name = self.find(answer);
            let by_number = number::whole::<usize>(answer).and_then(|number| ids.get(number.checked_sub(1)?).copied());
            by_name.or_else(|unknown| by_number.ok_or_else(|| unknown.message.clone()))
        })
    }

    fn files(&self, office: &OfficeAnswers) -> [(PathBuf, String); 2] {
        let OfficeAnswers { name, code, year, standard, project, project_code, budget } = office;
        let wanted = WantedOffice { name, code, year: *year, standard: *standard, project, project_code, budget };
        let NewOffice { department, project: first } = new_office(&self.library, wanted);
        let project = file_name(if project.is_empty() { FIRST_PROJECT } else { project });
        [(usual_file(Keyword::Department), department), (format!("01-{project}.jx").into(), first)]
    }

    fn read_back(&self, files: &[(PathBuf, String); 2]) -> Analysis {
        let own = files.iter().map(|(path, text)| Input { path: self.shown(path), text: text.as_str().into() });
        analyse(self.inputs.iter().cloned().chain(own).collect(), self.settings.clone())
    }

    fn shown(&self, path: &Path) -> String {
        files::shown(&self.folder.join(path))
    }

    fn is_own(&self, finding: &Diagnostic, after: &Analysis) -> bool {
        let folder = files::shown(&self.folder);
        let path = finding.span().map(|span| Path::new(&*after.sources.get(span.file).path));
        path.is_some_and(|path| path.starts_with(&folder) || path.starts_with(&self.folder))
    }

    /// Whether the texts say what they were made to say; else the mistake of writing in them, where there is one to show.
    fn says<'a>(
        &self,
        files: &[(PathBuf, String); 2],
        after: &'a Analysis,
        office: &OfficeAnswers,
    ) -> Result<(), Option<&'a Diagnostic>> {
        // In quotes a name could hold a line break, and nothing that is printed may.
        let OfficeAnswers { name, code, project, project_code, budget, .. } = office;
        if [name, code, project, project_code, budget].iter().any(|text| text.chars().any(char::is_control)) {
            return Err(None);
        }
        let mistake = after.diagnostics.iter().find(|one| is_mistake(one) && self.is_own(one, after));
        let lies_in = |span: Span, index: usize| *after.sources.get(span.file).path == *self.shown(&files[index].0);
        let departments: Vec<_> = after.model.departments.iter().filter(|one| lies_in(one.span, 0)).collect();
        let projects: Vec<_> = after.model.projects.iter().filter(|one| lies_in(one.span, 1)).collect();
        let project = if project.is_empty() { FIRST_PROJECT } else { project };
        let is_meant = matches!((&departments[..], &projects[..]), ([department], [first])
            if *department.name.value == **name && *first.name.value == *project);
        if mistake.is_none() && is_meant { Ok(()) } else { Err(mistake) }
    }

    /// Whether an office can be written like this; else why not.
    fn sound(&self, office: &OfficeAnswers) -> Result<(), Text> {
        let files = self.files(office);
        let after = self.read_back(&files);
        let why = |finding: Option<&Diagnostic>| finding.map_or_else(texts::draft_not_sound, |one| one.message.clone());
        self.says(&files, &after, office).map_err(why)
    }
}

impl OfficeAnswers {
    fn copied(&self) -> Self {
        Self {
            name: self.name.clone(),
            code: self.code.clone(),
            project: self.project.clone(),
            project_code: self.project_code.clone(),
            budget: self.budget.clone(),
            ..*self
        }
    }
}

/// A profile holds levels and no form: no department can follow it.
fn has_form(standard: &Standard) -> bool {
    !standard.categories.is_empty()
}

fn trimmed(option: Option<&str>) -> String {
    option.unwrap_or_default().trim().to_owned()
}

/// The day by the clock of those who write budgets: all of China has that of Beijing. `SOURCE_DATE_EPOCH` stands for it.
fn today() -> Day {
    const AHEAD: Duration = Duration::from_hours(8);
    let wanted = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse::<u64>().ok());
    let wanted = wanted.and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
    let now = wanted.unwrap_or_else(SystemTime::now).checked_add(AHEAD);
    let now = now.and_then(|now| now.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |since| since.as_secs());
    let date = i64::try_from(now).ok().and_then(|now| OffsetDateTime::from_unix_timestamp(now).ok());
    let date = date.unwrap_or(OffsetDateTime::UNIX_EPOCH).date();
    Day { year: u16::try_from(date.year()).unwrap_or_default(), month: date.month().into(), day: date.day() }
}
