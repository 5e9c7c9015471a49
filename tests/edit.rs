//! Smallest edits: the laws that hold of each one, over the examples, the cases and generated offices; then what single
//! ones look like.

use jixiao::diagnostic::{Code, Language};
use std::collections::BTreeMap;

use crate::support::offices::{Facts, office};
use crate::support::{Generator, examples, review_cases};
use jixiao::diff::{Entity, Fact, Item, Kind, Place as Spot, Side, Value, form};
use jixiao::edit::{
    At, ConflictKind, EditPlace, EditRefusal, Field, Patch, RemovedComments, Request, find, plan, plan_all,
};
use jixiao::format::{Formatting, format};
use jixiao::language::Field as Row;
use jixiao::model::{DepartmentId, IndicatorId, ProjectId};
use jixiao::source::{FileId, Sources, Span};
use jixiao::syntax;
use jixiao::workspace::{Analysis, Input, analyse};
use similar::{ChangeTag, TextDiff};

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

    fn plan(&self, request: &Request) -> Result<Patch, EditRefusal> {
        plan(&self.analysis.model, &self.analysis.sources, request)
    }

    fn after(&self, patch: &Patch) -> Self {
        let texts = patch.apply(&self.analysis.sources);
        let mut files = self.files.clone();
        for (file, text) in texts {
            let changed = &self.analysis.sources.get(file).path;
            files.iter_mut().find(|one| one.path == *changed).expect("a file of the office").text = text.into();
        }
        Self::new(self.name.clone(), files, self.settings.clone())
    }

    /// The only text after a request.
    fn edited(&self, request: &Request) -> String {
        let patch = self
            .plan(request)
            .unwrap_or_else(|refusal| panic!("{}: {request:?}", refusal.text().in_language(Language::English)));
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
                file.text = format(&file.text, &Formatting::default()).text.into();
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
        let is_laid_out = |text: &str| format(text, &Formatting::default()).text == text;
        let told = || {
            let diff = TextDiff::from_lines(&*old.text, &*new.text);
            format!("{}: {told}\n{}", before.name, diff.unified_diff().context_radius(2))
        };
        assert!(!is_laid_out(&old.text) || is_laid_out(&new.text), "layout: {}", told());
        assert_eq!(comments(&old.text), comments(&new.text), "comments: {}", told());
        let ends_with_both = |text: &str| text.matches('\n').count() == text.matches("\r\n").count();
        assert!(!ends_with_both(&old.text) || ends_with_both(&new.text), "line ends: {}", told());
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

/// What was laid out and edited, and then edited back by another request, is as it was.
fn same(before: &Office, after: &Office, told: &str) {
    for (old, new) in before.files.iter().zip(&after.files) {
        if old.text != new.text && format(&old.text, &Formatting::default()).text == *old.text {
            let diff = TextDiff::from_lines(&*old.text, &*new.text);
            panic!("{}: {told}\n{}", before.name, diff.unified_diff().context_radius(2));
        }
    }
}

/// Values for the fields of an indicator, as an author may write them.
const FIELDS: [(&str, &str, Fact); 6] = [
    ("描述", "“改过的描述”", Fact::Plain(Row::Description)),
    ("依据", "\"年度工作计划第3条\"", Fact::Basis),
    ("来源", "\"第一句。第二句。\"", Fact::Plain(Row::Source)),
    ("权重", "７", Fact::Plain(Row::Weight)),
    ("计分", "\"按比例\"", Fact::Plain(Row::Scoring)),
    ("表述", "\"照此印出\"", Fact::Plain(Row::Wording)),
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
            let changed = &before.analysis.sources.get(file).path;
            let index = before.files.iter().position(|one| one.path == *changed).expect("a file");
            let (gone, new) = lines(&before.files[index].text, &after.files[index].text);
            assert!(gone <= 8 && new <= 8, "{}: {told}: {gone} and {new} lines", before.name);
            // Said again it changes nothing; taken out of what it was put into, nothing is left of it.
            assert!(after.plan(&set(Some(value))).expect("said again").is_empty(), "{}: {told}", before.name);
            let out = after.plan(&set(None)).expect("taken out");
            let without = check(&after, &out, &format!("{told} taken out"), &may_change);
            if before.plan(&set(None)).expect("taken out").is_empty() {
                assert_eq!(without.facts(), before.facts(), "{}: {told}", before.name);
                same(&before, &without, &told);
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
                place: EditPlace::After(At::Indicator(id)),
                statement: format!("指标 {category} 另起的名称 ＞＝８　% ｛ 描述：“新的” ｝"),
            };
            let patch = before.plan(&add).unwrap_or_else(|refusal| panic!("{}: {refusal:?}", before.name));
            let after = check(&before, &patch, &format!("after {name}"), &of_new);
            let new = IndicatorId { index: id.index + 1, ..id };
            assert_eq!(&*after.analysis.model[new].name.value, "另起的名称", "{}", before.name);
            let remove = Request::Remove { what: At::Indicator(new), comments: RemovedComments::Stay };
            let patch = after.plan(&remove).expect("removed");
            let without = check(&after, &patch, &format!("added after {name} and removed"), &of_new);
            same(&before, &without, &format!("added after {name} and removed"));

            let remove = Request::Remove { what: At::Indicator(id), comments: RemovedComments::Stay };
            if let Ok(patch) = before.plan(&remove) {
                // What was reported of it stays, under a name that nothing has any more, which the check tells.
                let is_about = |item: &Item| match item {
                    Item::Of(of) => is_called(of, Kind::Indicator, &name),
                    Item::Named(written) => written.trim_end_matches('"').ends_with(&name),
                    Item::Whole => false,
                };
                let may_change = |spot: &Spot| {
                    spot.field == Fact::IndicatorOrder
                        || matches!(spot.field, Fact::Reference | Fact::ReferenceOrder)
                        || is_called(&spot.entity, Kind::Indicator, &name)
                        || is_about(&spot.item)
                        || spot.entity.0.iter().any(|(kind, key)| *kind == Kind::Indicator && key.contains(&name))
                };
                check(&before, &patch, &format!("without {name}"), &may_change);
            }
            for place in [EditPlace::First, EditPlace::Usual] {
                let shift = Request::Move { what: At::Indicator(id), to: project.clone(), place };
                let patch = match before.plan(&shift) {
                    Ok(patch) => patch,
                    Err(EditRefusal::SharesLine) => continue,
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
                // What is called otherwise is not what was approved, no member of an area that sums up others, and no
                // rate of change that may be negative.
                let by_name = [Code::JX066, Code::JX110, Code::JX131, Code::JX169];
                let all = all.filter(|one| !by_name.contains(&one.code));
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
            let remove = Request::Remove { what: At::Indicator(pair[0]), comments: RemovedComments::Go };
            let refused = plan_all(model, &before.analysis.sources, &[remove, one]);
            if let Err(refused) = refused {
                assert!(
                    refused.iter().all(|(_, why)| matches!(why, EditRefusal::Conflict(_) | EditRefusal::Mistake(_)))
                );
            } else {
                panic!("{}: an edit inside what another removes was dropped", before.name);
            }
        }
    }
}

#[test]
fn mutated_texts_are_edited_or_refused() {
    let texts: Vec<String> = examples().iter().flat_map(crate::support::Example::as_single_files).collect();
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
                1 => Request::Remove { what: at, comments: RemovedComments::Stay },
                2 => Request::Add {
                    to: at, place: EditPlace::Usual, statement: "指标 数量 新的 ≥ 1 人".to_owned()
                },
                _ => Request::Move { what: at.clone(), to: At::File(file), place: EditPlace::First },
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

const OFFICE: &str = "部门 1 示例局 {
  年度 2025
  标准 河北2025
  分项目标 \"办好会议\" {
    指标 政府业务费.会议场次
    指标 满意率
  }
}

# 主要项目
项目 政府业务费 {
  预算 20 万元 {
    财政资金 20 万元
  }
  用途 \"开会。\"
  支出计划 {
    3月底 25%
    10月底 75%
  }

  # 重点
  指标 数量 会议场次 ≥ 12 次 {  # 不含例会
    描述 \"场次\"  # 手工数
  }

  指标 满意度 满意率 ≥ 90%  # 问卷
}
";

/// A place in the only project, and what stands there after a request.
fn is_edited(request: impl Fn(&Office) -> Request, from: &str, to: &str) {
    let office = Office::of(OFFICE);
    assert!(OFFICE.contains(from) && format(OFFICE, &Formatting::default()).text == OFFICE, "{from}");
    assert_eq!(office.edited(&request(&office)), OFFICE.replacen(from, to, 1));
}

fn indicator(office: &Office, name: &str) -> At {
    find(&office.analysis.model, None, None, Some(name)).expect("an indicator")
}

fn project(office: &Office) -> At {
    find(&office.analysis.model, Some("示例局"), Some("政府业务费"), None).expect("a project")
}

fn set(of: At, values: &[(&str, Option<&str>)]) -> Request {
    let value = |(label, value): &(&str, Option<&str>)| {
        let field = match *label {
            "编码" => Field::Code,
            "类别" => Field::Category,
            "目标值" => Field::Target,
            label => Field::Line(label.to_owned()),
        };
        (field, value.map(str::to_owned))
    };
    Request::Set { of, values: values.iter().map(value).collect() }
}

#[test]
fn single_edits_look_as_a_careful_hand_would_make_them() {
    is_edited(
        |office| set(indicator(office, "满意率"), &[("来源", Some("“问卷”")), ("权重", Some("１０"))]),
        "≥ 90%  # 问卷\n",
        "≥ 90% {  # 问卷\n    来源 \"问卷\"\n    权重 10\n  }\n",
    );
    is_edited(
        |office| set(indicator(office, "会议场次"), &[("描述", None), ("上年", Some("11次"))]),
        "    描述 \"场次\"  # 手工数\n",
        "    上年 11 次\n    # 手工数\n",
    );
    is_edited(
        |office| set(indicator(office, "会议场次"), &[("目标值", Some("＞＝１５次")), ("类别", Some("产出．数量"))]),
        "数量 会议场次 ≥ 12 次",
        "产出.数量 会议场次 ≥ 15 次",
    );
    is_edited(
        |office| set(project(office).line("预算"), &[("财政资金", Some("18 万元")), ("其他资金", Some("2 万元"))]),
        "    财政资金 20 万元\n",
        "    财政资金 18 万元\n    其他资金 2 万元\n",
    );
    is_edited(
        |office| set(project(office).line("支出计划"), &[("６月底", Some("50%"))]),
        "25%\n",
        "25%\n    6月底 50%\n",
    );
    is_edited(
        |office| set(project(office), &[("目标", Some("\"开好会。省着花。\""))]),
        "75%\n  }\n",
        "75%\n  }\n  目标 \"\"\"\n    开好会。\n    省着花。\n    \"\"\"\n",
    );
    is_edited(|office| set(project(office), &[("编码", Some("AB12"))]), "项目 政府", "项目 AB12 政府");
    is_edited(
        |office| Request::Remove { what: indicator(office, "会议场次"), comments: RemovedComments::Go },
        "  # 重点\n  指标 数量 会议场次 ≥ 12 次 {  # 不含例会\n    描述 \"场次\"  # 手工数\n  }\n\n",
        "",
    );
    is_edited(
        |office| Request::Remove {
            what: project(office).line("支出计划").line("3月底"),
            comments: RemovedComments::Stay,
        },
        "    3月底 25%\n",
        "",
    );
    is_edited(
        |office| Request::Move { what: indicator(office, "满意率"), to: project(office), place: EditPlace::First },
        "  # 重点\n  指标 数量 会议场次 ≥ 12 次 {  # 不含例会\n    描述 \"场次\"  # 手工数\n  }\n\n  指标 满意度 满意率 ≥ 90%  # 问卷\n",
        "  指标 满意度 满意率 ≥ 90%  # 问卷\n\n  # 重点\n  指标 数量 会议场次 ≥ 12 次 {  # 不含例会\n    描述 \"场次\"  # 手工数\n  }\n",
    );
    is_edited(
        |office| Request::Move { what: project(office), to: At::File(office.file("甲.jx")), place: EditPlace::First },
        OFFICE,
        &{
            let (department, rest) = OFFICE.split_once("\n# 主要").expect("two declarations");
            format!("# 主要{rest}\n{department}")
        },
    );
    is_edited(
        |_| Request::Add {
            to: At::Department(DepartmentId(0)).line("分项目标"),
            place: EditPlace::First,
            statement: "指标：“会议场次”".to_owned(),
        },
        "    指标 政府",
        "    指标 会议场次\n    指标 政府",
    );
}

#[test]
fn a_line_among_several_of_its_label_is_named_by_its_first_value() {
    is_edited(
        |_| {
            let goal = At::Department(DepartmentId(0)).line_of("分项目标", "办好会议");
            Request::Remove { what: goal.line_of("指标", "满意率"), comments: RemovedComments::Stay }
        },
        "    指标 满意率\n",
        "",
    );
}

#[test]
fn references_keep_their_parts_when_a_name_changes() {
    let office = Office::of(OFFICE);
    let name = |what: At, name: &str| office.edited(&Request::Rename { what, name: name.to_owned() });
    let text = name(indicator(&office, "会议场次"), "开会 场次");
    assert!(text.contains("指标 政府业务费.\"开会 场次\"") && text.contains("指标 数量 \"开会 场次\" ≥"), "{text}");
    let text = name(indicator(&office, "满意率"), "群众满意率");
    assert!(text.contains("    指标 群众满意率\n") && text.contains("指标 满意度 群众满意率 ≥"), "{text}");
    let text = name(project(&office), "业务费");
    assert!(text.contains("    指标 业务费.会议场次\n    指标 满意率\n") && text.contains("项目 业务费 {"), "{text}");
}

#[test]
fn what_would_not_read_back_is_refused() {
    let office = Office::of(OFFICE);
    let refused = |request: Request| office.plan(&request).expect_err("refused");
    for value in ["\"甲\" # 乙", "\"甲\"\n依据 \"乙\"", "\"甲\"；依据 \"乙\"", "\"甲\" }", "\"甲", "\"甲\" { }"]
    {
        let refusal = refused(set(indicator(&office, "会议场次"), &[("描述", Some(value))]));
        assert!(matches!(refusal, EditRefusal::NotOne | EditRefusal::Mistake(_)), "{value}: {refusal:?}");
    }
    for (label, value) in [("权重", "很重"), ("上年", "\"十二\""), ("方向", "向上"), ("没有的字段", "1")]
    {
        let refusal = refused(set(indicator(&office, "会议场次"), &[(label, Some(value))]));
        assert!(matches!(refusal, EditRefusal::Mistake(_)), "{label}: {refusal:?}");
    }
    for target in ["很多", "≥", "12 次 { 描述 \"甲\" }", "≥ 12 次\n指标 数量 乙 ≥ 1 次"] {
        let refusal = refused(set(indicator(&office, "会议场次"), &[("目标值", Some(target))]));
        assert!(matches!(refusal, EditRefusal::NotOne | EditRefusal::Mistake(_)), "{target}: {refusal:?}");
    }
    let rename = |name: &str| Request::Rename { what: indicator(&office, "满意率"), name: name.to_owned() };
    assert_eq!(refused(rename("会议场次")), EditRefusal::Taken);
    assert_eq!(refused(rename(" ")), EditRefusal::NotOne);
    assert_eq!(find(&office.analysis.model, None, None, Some("没有")), Err(EditRefusal::NotFound));
    let to = project(&office).line("预算");
    let shift = Request::Move { what: indicator(&office, "满意率"), to, place: EditPlace::Usual };
    assert_eq!(refused(shift), EditRefusal::NotHere);
}

#[test]
fn edits_that_meet_are_told_and_none_is_lost() {
    let office = Office::of(OFFICE);
    let (model, sources) = (&office.analysis.model, &office.analysis.sources);
    let kind = |requests: &[Request]| match plan_all(model, sources, requests) {
        Err(refused) => match &refused[..] {
            [(1, EditRefusal::Conflict(conflict)), ..] => conflict.kind,
            other => panic!("{other:?}"),
        },
        Ok(_) => panic!("no conflict: {requests:?}"),
    };
    let described = || set(indicator(&office, "会议场次"), &[("描述", Some("\"甲\""))]);
    assert_eq!(kind(&[described(), described()]), ConflictKind::SamePlace);
    let remove = Request::Remove { what: indicator(&office, "会议场次"), comments: RemovedComments::Go };
    assert_eq!(kind(&[remove.clone(), described()]), ConflictKind::InsideRemoved);
    let weight = |value| set(indicator(&office, "满意率"), &[("权重", Some(value))]);
    assert_eq!(kind(&[weight("1"), weight("2")]), ConflictKind::SamePlace);
    assert!(plan_all(model, sources, &[remove, weight("1")]).is_ok());
}
