//! Smallest edits: the laws that hold of each one, over the examples, the cases and generated offices; then what single
//! ones look like.

mod support;

use std::collections::BTreeMap;

use jixiao::diff::{Entity, Field as Fact, Kind, Place as Spot, Side, Value, form};
use jixiao::edit::{At, Comments, ConflictKind, Field, Patch, Place, Refusal, Request, find, plan, plan_all};
use jixiao::format::{Options, format};
use jixiao::model::{DepartmentId, IndicatorId, ProjectId};
use jixiao::source::{FileId, Sources, Span};
use jixiao::syntax;
use jixiao::workspace::{Analysis, Input, analyse};
use similar::{ChangeTag, TextDiff};
use support::offices::{Facts, office};
use support::{Generator, examples, review_cases};

/// A workspace with its files as they were handed in.
struct Office {
    name: String,
    files: Vec<Input>,
    settings: Option<Input>,
    analysis: Analysis,
}

impl Office {
    fn new(name: impl Into<String>, files: Vec<Input>, settings: Option<Input>) -> Self {
        let analysis = analyse(files.clone(), settings.clone());
        Self { name: name.into(), files, settings, analysis }
    }

    fn of(text: &str) -> Self {
        Self::new("甲", vec![Input { path: "甲.jx".to_owned(), text: text.into() }], None)
    }

    fn plan(&self, request: &Request) -> Result<Patch, Refusal> {
        plan(&self.analysis.model, &self.analysis.sources, request)
    }

    fn after(&self, patch: &Patch) -> Self {
        let texts = patch.apply(&self.analysis.sources);
        let mut files = self.files.clone();
        for (file, text) in texts {
            let path = &self.analysis.sources.get(file).path;
            files.iter_mut().find(|one| one.path == *path).expect("a file of the office").text = text.into();
        }
        Self::new(self.name.clone(), files, self.settings.clone())
    }

    /// The only text after a request.
    fn edited(&self, request: &Request) -> String {
        let patch = self.plan(request).unwrap_or_else(|refusal| panic!("{}: {request:?}", refusal.text().english));
        self.after(&patch).files[0].text.to_string()
    }

    fn facts(&self) -> BTreeMap<Spot, Value> {
        form(Side { model: &self.analysis.model, sources: &self.analysis.sources }).facts
    }

    fn indicators(&self) -> Vec<IndicatorId> {
        let all = self.analysis.model.project_ids();
        let of = |project: ProjectId| {
            (0..self.analysis.model[project].indicators.len() as u32).map(move |index| IndicatorId { project, index })
        };
        all.flat_map(of).collect()
    }

    fn file(&self, path: &str) -> FileId {
        self.analysis.sources.iter().find(|(_, one)| one.path == path).expect("a file").0
    }
}

/// Examples, cases, and offices as they are generated and as they are laid out.
fn offices() -> Vec<Office> {
    let mut all: Vec<Office> =
        examples().into_iter().map(|one| Office::new(one.name, one.files, one.settings)).collect();
    for (path, text) in review_cases() {
        all.push(Office::new(path.clone(), vec![Input { path, text: text.into() }], None));
    }
    let mut generator = Generator::new(31);
    for number in 0..24 {
        let mut files = office(&mut generator, Facts::Every).files;
        if number % 2 == 0 {
            for file in &mut files {
                file.text = format(&file.text, &Options::default()).text.into();
            }
        }
        if number % 3 == 0 {
            for file in &mut files {
                file.text = file.text.replace('\n', "\r\n").into();
            }
        }
        all.push(Office::new(format!("office {number}"), files, None));
    }
    all
}

fn comments(text: &str) -> Vec<String> {
    let file = Sources::default().add("", "");
    let tree = syntax::parse(file, text).0;
    let words = |comment: &syntax::Bytes| text[comment.start as usize..comment.end as usize].trim().to_owned();
    let mut all: Vec<String> = tree.comments.iter().map(words).collect();
    all.sort();
    all
}

/// Lines gone and lines new.
fn lines(old: &str, new: &str) -> (usize, usize) {
    let diff = TextDiff::from_lines(old, new);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    (count(ChangeTag::Delete), count(ChangeTag::Insert))
}

/// The laws of every patch: layout, comments, undo, and facts that differ only where they may.
fn check(before: &Office, patch: &Patch, told: &str, may_change: &dyn Fn(&Spot) -> bool) -> Office {
    let after = before.after(patch);
    for (old, new) in before.files.iter().zip(&after.files) {
        let is_laid_out = |text: &str| format(text, &Options::default()).text == text;
        let told = || {
            let diff = TextDiff::from_lines(&*old.text, &*new.text);
            format!("{}: {told}\n{}", before.name, diff.unified_diff().context_radius(2))
        };
        assert!(!is_laid_out(&old.text) || is_laid_out(&new.text), "layout: {}", told());
        assert_eq!(comments(&old.text), comments(&new.text), "comments: {}", told());
        assert_eq!(old.text.contains("\r\n"), new.text.contains("\r\n"));
        assert_eq!(
            new.text.matches('\n').count() - new.text.matches("\r\n").count(),
            old.text.matches('\n').count() - old.text.matches("\r\n").count()
                + if old.text.contains("\r\n") { 0 } else { new.text.matches('\n').count() }
                - if old.text.contains("\r\n") { 0 } else { old.text.matches('\n').count() },
            "line ends: {}",
            told()
        );
    }
    let back = after.after(&patch.inverse(&before.analysis.sources));
    for (old, back) in before.files.iter().zip(&back.files) {
        assert_eq!(old.text, back.text, "undo: {}: {told}", before.name);
    }
    let (old, new) = (before.facts(), after.facts());
    let spots = old.keys().chain(new.keys());
    for spot in spots.filter(|spot| old.get(spot) != new.get(spot)) {
        assert!(may_change(spot), "{}: {told} changes {spot:?}: {:?} {:?}", before.name, old.get(spot), new.get(spot));
    }
    after
}

fn is_called(entity: &Entity, kind: Kind, name: &str) -> bool {
    entity.0.iter().any(|(one, key)| *one == kind && (key == name || key.ends_with(&format!(" {name}"))))
}

/// Values for the fields of an indicator, as an author may write them.
const FIELDS: [(&str, &str, Fact); 6] = [
    ("描述", "“改过的描述”", Fact::Description),
    ("依据", "\"年度工作计划第3条\"", Fact::Basis),
    ("来源", "\"第一句。第二句。\"", Fact::Source),
    ("权重", "７", Fact::Weight),
    ("计分", "\"按比例\"", Fact::Scoring),
    ("表述", "\"照此印出\"", Fact::Wording),
];

#[test]
fn a_field_is_set_and_taken_out_and_nothing_else_changes() {
    let mut made = 0;
    for before in offices() {
        let indicators = before.indicators();
        let step = (indicators.len() / 4).max(1);
        for (count, id) in indicators.into_iter().step_by(step).enumerate() {
            let (label, value, fact) = FIELDS[count % FIELDS.len()];
            let name = before.analysis.model[id].name.value.to_string();
            let may_change = |spot: &Spot| {
                let is_kind = fact == Fact::Basis && spot.field == Fact::BasisKind;
                (spot.field == fact || is_kind) && is_called(&spot.entity, Kind::Indicator, &name)
            };
            let set = |value: Option<&str>| Request::Set {
                of: At::Indicator(id),
                values: vec![(Field::Line(label.to_owned()), value.map(str::to_owned))],
            };
            let told = format!("{label} of {name}");
            let Ok(patch) = before.plan(&set(Some(value))) else { panic!("{}: {told}", before.name) };
            let after = check(&before, &patch, &told, &may_change);
            let file = before.analysis.model[id].span.file;
            let path = &before.analysis.sources.get(file).path;
            let index = before.files.iter().position(|one| one.path == *path).expect("a file");
            let (gone, new) = lines(&before.files[index].text, &after.files[index].text);
            assert!(gone <= 8 && new <= 8, "{}: {told}: {gone} and {new} lines", before.name);
            // Said again it changes nothing; taken out of what it was put into, nothing is left of it.
            assert!(after.plan(&set(Some(value))).expect("said again").is_empty(), "{}: {told}", before.name);
            let out = after.plan(&set(None)).expect("taken out");
            let without = check(&after, &out, &format!("{told} taken out"), &may_change);
            if before.plan(&set(None)).expect("taken out").is_empty() {
                assert_eq!(without.facts(), before.facts(), "{}: {told}", before.name);
                assert_eq!(without.files[index].text, before.files[index].text, "{}: {told}", before.name);
            }
            made += 1;
        }
    }
    assert!(made > 200, "only {made} fields were set");
}

#[test]
fn indicators_come_go_move_and_get_other_names() {
    for before in offices() {
        let indicators = before.indicators();
        let step = (indicators.len() / 3).max(1);
        for id in indicators.into_iter().step_by(step) {
            let model = &before.analysis.model;
            let project = At::Project(id.project);
            let name = model[id].name.value.to_string();
            let category = before.analysis.sources.slice(model[id].category_span);
            let of_new = |spot: &Spot| {
                spot.field == Fact::IndicatorOrder || is_called(&spot.entity, Kind::Indicator, "另起的名称")
            };
            let add = Request::Add {
                to: project.clone(),
                place: Place::After(At::Indicator(id)),
                statement: format!("指标 {category} 另起的名称 ＞＝８　% ｛ 描述：“新的” ｝"),
            };
            let patch = before.plan(&add).unwrap_or_else(|refusal| panic!("{}: {refusal:?}", before.name));
            let after = check(&before, &patch, &format!("after {name}"), &of_new);
            let new = IndicatorId { index: id.index + 1, ..id };
            assert_eq!(&*after.analysis.model[new].name.value, "另起的名称", "{}", before.name);
            let remove = Request::Remove { what: At::Indicator(new), comments: Comments::Stay };
            let patch = after.plan(&remove).expect("removed");
            let without = check(&after, &patch, &format!("added after {name} and removed"), &of_new);
            assert_eq!(without.files[0].text, before.files[0].text, "{}: after {name}", before.name);

            let remove = Request::Remove { what: At::Indicator(id), comments: Comments::Stay };
            if let Ok(patch) = before.plan(&remove) {
                let may_change = |spot: &Spot| {
                    spot.field == Fact::IndicatorOrder
                        || matches!(spot.field, Fact::Reference | Fact::ReferenceOrder)
                        || is_called(&spot.entity, Kind::Indicator, &name)
                        || spot.entity.0.iter().any(|(kind, key)| *kind == Kind::Indicator && key.contains(&name))
                };
                check(&before, &patch, &format!("without {name}"), &may_change);
            }
            for place in [Place::First, Place::Usual] {
                let shift = Request::Move { what: At::Indicator(id), to: project.clone(), place };
                let patch = match before.plan(&shift) {
                    Ok(patch) => patch,
                    Err(Refusal::SharesLine) => continue,
                    Err(refusal) => panic!("{}: {name}: {refusal:?}", before.name),
                };
                let may_change = |spot: &Spot| spot.field == Fact::IndicatorOrder;
                check(&before, &patch, &format!("{shift:?} {name}"), &may_change);
            }
            let rename = Request::Rename { what: At::Indicator(id), name: "另起 的名称".to_owned() };
            let patch = before.plan(&rename).expect("renamed");
            let after = before.after(&patch);
            assert_eq!(after.facts().len(), before.facts().len(), "{}: {name}", before.name);
            let errors = |office: &Office| {
                let all = office.analysis.diagnostics.iter().filter(|one| one.is_error());
                all.map(|one| one.code).collect::<Vec<_>>()
            };
            assert_eq!(errors(&before), errors(&after), "{}: {name}", before.name);
        }
    }
}

#[test]
fn independent_edits_commute_and_others_are_told() {
    for before in offices() {
        let indicators = before.indicators();
        for pair in indicators.windows(2).step_by(5) {
            let set = |id: IndicatorId, label: &str, value: &str| Request::Set {
                of: At::Indicator(id),
                values: vec![(Field::Line(label.to_owned()), Some(value.to_owned()))],
            };
            let (one, other) = (set(pair[0], "描述", "\"甲\""), set(pair[1], "计分", "\"乙\""));
            let model = &before.analysis.model;
            let both = plan_all(model, &before.analysis.sources, &[one.clone(), other.clone()]);
            let both = before.after(&both.unwrap_or_else(|refused| panic!("{}: {refused:?}", before.name)));
            for (first, second) in [(&one, &other), (&other, &one)] {
                let after = before.after(&before.plan(first).expect("set"));
                let after = after.after(&after.plan(second).expect("set"));
                let texts = |office: &Office| office.files.iter().map(|file| file.text.clone()).collect::<Vec<_>>();
                assert_eq!(texts(&after), texts(&both), "{}", before.name);
            }
            let remove = Request::Remove { what: At::Indicator(pair[0]), comments: Comments::Go };
            let refused = plan_all(model, &before.analysis.sources, &[remove, one]);
            if let Err(refused) = refused {
                assert!(refused.iter().all(|(_, why)| matches!(why, Refusal::Conflict(_) | Refusal::Mistake(_))));
            } else {
                panic!("{}: an edit inside what another removes was dropped", before.name);
            }
        }
    }
}

#[test]
fn mutated_texts_are_edited_or_refused() {
    let texts: Vec<String> = examples().iter().flat_map(support::Example::as_single_files).collect();
    let mut generator = Generator::new(17);
    let pieces =
        ["{", "}", "\"", "“", "\"\"\"", "#", "\n", "\r", "；", "指标 ", "≥", "项目 ", "定性 优 {", "\t", "\u{FEFF}"];
    let (mut made, mut refused) = (0, 0);
    for _ in 0..160 {
        let mut text = texts[generator.below(texts.len())].clone();
        for _ in 0..=generator.below(3) {
            let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
            text.insert_str(places[generator.below(places.len())], pieces[generator.below(pieces.len())]);
        }
        let before = Office::of(&text);
        let file = before.file("甲.jx");
        for _ in 0..6 {
            let place = generator.below(text.len());
            let at = At::Span(Span::new(file, place, place));
            let request = match generator.below(4) {
                0 => Request::Set {
                    of: at, values: vec![(Field::Line("描述".to_owned()), Some("\"新\"".to_owned()))]
                },
                1 => Request::Remove { what: at, comments: Comments::Stay },
                2 => {
                    Request::Add { to: at, place: Place::Usual, statement: "指标 数量 新的 ≥ 1 人".to_owned() }
                }
                _ => Request::Move { what: at.clone(), to: At::File(file), place: Place::First },
            };
            match before.plan(&request) {
                Ok(patch) => {
                    let after = before.after(&patch);
                    let back = after.after(&patch.inverse(&before.analysis.sources));
                    assert_eq!(*back.files[0].text, *text);
                    assert_eq!(comments(&text), comments(&after.files[0].text), "{request:?}\n{text}");
                    made += 1;
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(made > 100 && refused > 100, "{made} made, {refused} refused");
}
