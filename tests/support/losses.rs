//! What each format cannot hold, as changes that make a model such as the format can.

use jixiao::language::Field;
use jixiao::model::standard::Standard;
use jixiao::model::target::Target;
use jixiao::model::unit::{Measure, Multiplier, Quantity};
use jixiao::model::{
    Basis, Budget, Department, FundLine, Indicator, Model, PlainFields, Project, Text, UnitOfAccount, number, print,
};
use jixiao::source::Words;

/// A format that is written and read again.
pub struct Format {
    /// The word after `--to`.
    pub backend: &'static str,
    /// Whether it is the official form: it prints targets, and has no place for what no column of the form is for.
    pub is_form: bool,
    /// Whether the document names the standard that it follows.
    pub says_standard: bool,
    pub losses: &'static [&'static Loss],
    /// Losses that are parts of others.
    pub implied: &'static [&'static Loss],
}

/// Facts that do not come back.
pub struct Loss {
    pub chinese: &'static str,
    pub english: &'static str,
    /// Takes the facts out of what was exported; and out of what came back, where the importer has to guess them.
    pub erase: fn(&mut Model, &mut Model),
}

pub const FORMATS: &[Format] = &[
    Format { backend: "docx", is_form: true, says_standard: false, losses: FORM, implied: &[] },
    Format {
        backend: "xlsx",
        is_form: false,
        says_standard: true,
        losses: &[
            &DEPARTMENT_FIELDS,
            &OTHER_UNITS,
            &NO_YEAR,
            &SAFEGUARD_LINES,
            &ORDER,
            &BLANKS,
            &SAME_NAMES,
            &OF_THE_YEAR,
        ],
        implied: &[],
    },
    Format { backend: "text", is_form: true, says_standard: false, losses: TEXT, implied: &[&NO_YEAR] },
    Format { backend: "html", is_form: true, says_standard: false, losses: FORM, implied: &[] },
    Format { backend: "ofd", is_form: true, says_standard: false, losses: PAGE, implied: &[] },
    Format {
        backend: "csv",
        is_form: false,
        says_standard: true,
        losses: &[&DEPARTMENT_PROSE, &DEPARTMENT_FIELDS, &OTHER_UNITS, &NO_YEAR, &ORDER, &BLANKS, &OF_THE_YEAR],
        implied: &[&SAFEGUARD_LINES, &SAME_NAMES],
    },
    Format { backend: "json", is_form: false, says_standard: true, losses: &[], implied: &[] },
];

/// What the official form has no place for, whatever the file is.
const FORM: &[&Loss] = &[
    &DEPARTMENT_CODE,
    &DEPARTMENT_FIELDS,
    &OTHER_UNITS,
    &NO_YEAR,
    &SAFEGUARD_LINES,
    &SAME_NAMES,
    &ORDER,
    &ALL_FUNDS,
    &MONEY_UNITS,
    &COLUMNS,
    &WORDINGS,
    &BLANKS,
    &OF_THE_YEAR,
];

/// A page says where signs stand, not why a line ends.
const PAGE: &[&Loss] = &[
    &DEPARTMENT_CODE,
    &DEPARTMENT_FIELDS,
    &OTHER_UNITS,
    &NO_YEAR,
    &SAFEGUARD_LINES,
    &SAME_NAMES,
    &ORDER,
    &ALL_FUNDS,
    &MONEY_UNITS,
    &COLUMNS,
    &WORDINGS,
    &BLANKS,
    &LINE_ENDS,
    &OF_THE_YEAR,
];

/// The text has no title: the name of its file is it.
const TEXT: &[&Loss] = &[
    &DEPARTMENT_CODE,
    &DEPARTMENT_FIELDS,
    &OTHER_UNITS,
    &SAFEGUARD_LINES,
    &SAME_NAMES,
    &ORDER,
    &ALL_FUNDS,
    &MONEY_UNITS,
    &COLUMNS,
    &WORDINGS,
    &BLANKS,
    &TITLE,
    &OF_THE_YEAR,
];

const TITLE: Loss = Loss {
    chinese: "部门名称和年度：由单位名称、文件名和项目编码推定",
    english: "the name and the year of the department: they are inferred from units, the name of the file and codes",
    erase: |original, back| {
        for (one, other) in original.departments.iter().zip(&mut back.departments) {
            other.name.clone_from(&one.name);
            other.year.clone_from(&one.year);
        }
    },
};

const DEPARTMENT_CODE: Loss = Loss {
    chinese: "部门编码",
    english: "the code of the department",
    erase: |original, _| original.departments.iter_mut().for_each(|one| one.code = None),
};

const DEPARTMENT_FIELDS: Loss = Loss {
    chinese: "标准为部门增加的字段",
    english: "fields that a standard adds to departments",
    erase: |original, _| original.departments.iter_mut().for_each(|one| one.extra.clear()),
};

const DEPARTMENT_PROSE: Loss = Loss {
    chinese: "部门的总体目标、分项目标、保障措施",
    english: "the goals, sub-goals and safeguards of the department",
    erase: |original, _| {
        for one in &mut original.departments {
            one.plain = PlainFields::default();
            one.sub_goals.clear();
            one.safeguards.clear();
        }
    },
};

const OTHER_UNITS: Loss = Loss {
    chinese: "没有项目的单位；单位按项目的先后排列",
    english: "units of account without a project; units come in the order of the projects",
    erase: |original, _| {
        for index in 0..original.departments.len() {
            let id = jixiao::model::DepartmentId(index as u32);
            let named: Vec<Words> = original
                .projects_of(Some(id))
                .filter_map(|(_, one)| Some(one.unit_of_account.as_ref()?.value.clone()))
                .collect();
            let place = |unit: &UnitOfAccount| named.iter().position(|code| *code == unit.code.value);
            let units = &mut original.departments[index].units_of_account;
            units.retain(|unit| place(unit).is_some());
            units.sort_by_key(place);
        }
    },
};

const NO_YEAR: Loss = Loss {
    chinese: "年度没有写：由项目编码推定",
    english: "that no year is stated: it is inferred from the codes of the projects",
    erase: |original, back| {
        for (one, other) in original.departments.iter().zip(&mut back.departments) {
            if one.year.is_none() {
                other.year = None;
            }
        }
    },
};

const OF_THE_YEAR: Loss = Loss {
    chinese: "批复、调整、监控、自评：目标的文档只有目标",
    english: "approval, adjustments, monitoring and self-evaluation: a document of targets holds targets",
    erase: |original, _| {
        original.outside.occasions.clear();
        original.departments.iter_mut().for_each(|one| one.record.occasions.clear());
    },
};

const SAFEGUARD_LINES: Loss = Loss {
    chinese: "保障措施的分段",
    english: "paragraphs within a safeguard",
    erase: |original, _| {
        let safeguards = original.departments.iter_mut().flat_map(|one| &mut one.safeguards);
        safeguards
            .filter_map(|one| one.text.as_mut())
            .for_each(|text| text.value = text.value.replace('\n', "").into());
    },
};

const SAME_NAMES: Loss = Loss {
    chinese: "分项目标所列的指标在几个项目里同名时，是哪个项目的",
    english: "of which project an indicator under a sub-goal is, where several have one of that name",
    erase: |original, back| {
        let all = |model: &Model, name: &str| {
            model.projects.iter().flat_map(|one| &one.indicators).filter(|one| &*one.name.value == name).count()
        };
        for index in 0..original.departments.len() {
            for goal in 0..original.departments[index].sub_goals.len() {
                let count = original.departments[index].sub_goals[goal].indicators.len();
                for place in 0..count {
                    let target = original.departments[index].sub_goals[goal].indicators[place].target;
                    let Some(target) = target else { continue };
                    let name = original[target].name.value.to_string();
                    let is_there = back.projects.get(target.project.0 as usize);
                    let is_there = is_there.is_some_and(|one| one.indicators.len() > target.index as usize);
                    let found = back.departments.get_mut(index).and_then(|one| one.sub_goals.get_mut(goal));
                    let found = found.and_then(|goal| goal.indicators.get_mut(place));
                    let Some(found) = found.filter(|found| *found.indicator == *name) else { continue };
                    if all(original, &name) > 1 && is_there {
                        found.target = Some(target);
                    }
                }
            }
        }
    },
};

const ORDER: Loss = Loss {
    chinese: "资金来源、支出节点的先后：按标准排列",
    english: "the order of fund sources and checkpoints: they come as the standard has them",
    erase: |original, _| {
        for project in &mut original.projects {
            project.budget.iter_mut().for_each(|budget| budget.funds.sort_by_key(|line| line.source));
            project.plan.iter_mut().for_each(|plan| plan.lines.sort_by_key(|line| line.checkpoint));
        }
    },
};

const ALL_FUNDS: Loss = Loss {
    chinese: "资金来源没有写和写了不填金额的区别：表上一律印出",
    english: "the difference between a fund source that is left out and a blank one: forms print all",
    erase: |original, _| {
        each_project(original, |project, standard| {
            let span = project.span;
            let sources = 0..standard.fund_sources.len();
            let budget = project.budget.get_or_insert_with(|| Budget { span, total: None, funds: Vec::new() });
            for source in sources {
                if budget.funds.iter().all(|line| line.source != source) {
                    budget.funds.insert(source, FundLine { span, source, amount: None });
                }
            }
        });
    },
};

const MONEY_UNITS: Loss = Loss {
    chinese: "金额的单位：换算成标准的金额单位",
    english: "the units of amounts: they are converted into the one of the standard",
    erase: |original, _| {
        each_project(original, |project, standard| {
            let Some(budget) = &mut project.budget else { return };
            let amounts = budget.funds.iter_mut().filter_map(|line| line.amount.as_mut()).chain(&mut budget.total);
            for amount in amounts {
                let value = number::decimal(&print::amount(amount, standard)).expect("a decimal");
                let measure = Measure::Unit(standard.money_unit.expect("a unit of money"));
                *amount = Quantity { span: amount.span, value, multiplier: Multiplier::One, measure };
            }
        });
    },
};

const COLUMNS: Loss = Loss {
    chinese: "指标表没有那一列的字段（没有上年一列的，相对上年的目标值只留文字）；依据类别、方向；自己写的分级",
    english: "fields for which the table has no column (without one for last year, targets relative to it are mere words); the kind of a basis, the direction, and a scale of one's own",
    erase: |original, _| {
        each_project(original, |project, standard| {
            project.indicators.iter_mut().for_each(|one| keep_columns(one, standard));
        });
    },
};

fn keep_columns(one: &mut Indicator, standard: &Standard) {
    let has = |content: &str| standard.columns.iter().any(|column| column.content == content);
    // A table without a column for sources prints them in that of the bases.
    if !has("来源") && one.basis.is_none() {
        one.basis = one.source().cloned().map(|text| Basis { kind: None, text });
        one.plain.retain(|field| field != Field::Source);
    }
    if let Some(basis) = &mut one.basis {
        basis.kind = None;
    }
    one.basis.take_if(|_| !has("依据"));
    // The wording stands in the column of the target.
    one.plain.retain(|field| field == Field::Wording || has(field.name));
    if !has("上年")
        && let Target::LastYear { .. } = one.target.value
    {
        one.target.value = Target::Words(print::printed(&one.target.value, standard).glued().into());
    }
    one.whole_period.take_if(|_| !has("实施期"));
    if !has("节点") {
        one.interim = Box::default();
    }
    one.direction = None;
    if let Target::Grade { grade, scale } = &one.target.value
        && !scale.iter().map(|one| &**one).eq(standard.grades.iter().map(String::as_str))
    {
        one.target.value = Target::Words(grade.to_string().into());
    }
    let kept = std::mem::take(&mut one.extra).into_vec().into_iter();
    one.extra = kept.filter(|field| has(&standard.field_rules[field.rule].name)).collect();
}

const WORDINGS: Loss = Loss {
    chinese: "写了表述的指标：只有表述，没有它所代替的目标值",
    english: "the target that a wording stands for: only the wording is printed",
    erase: |original, back| {
        let Model { standards, projects, .. } = original;
        for (project, other) in projects.iter_mut().zip(&mut back.projects) {
            let (standard, others) =
                (&standards[project.standard.0 as usize], &back.standards[other.standard.0 as usize]);
            for (one, other) in project.indicators.iter_mut().zip(&mut other.indicators) {
                if one.wording().is_some() {
                    only_words(one, standard);
                    only_words(other, others);
                }
            }
        }
    },
};

fn only_words(indicator: &mut Indicator, standard: &Standard) {
    indicator.target.value = Target::Words(print::target_cell(indicator, standard).into());
    indicator.plain.retain(|field| field != Field::Wording);
}

const BLANKS: Loss = Loss {
    chinese: "文字里连着的空白和首尾的空白、空行；名称里汉字之间的空白",
    english: "runs of blanks, blanks at ends and blank lines in texts; blanks between Han signs in names",
    erase: |original, back| {
        each_text(original, fold);
        each_text(back, fold);
        each_name(original, fold_name);
    },
};

const LINE_ENDS: Loss = Loss {
    chinese: "文字里在哪里换行、换行处的空白：由行满不满推定（附件 `source.txt` 里有原文）",
    english: "where lines end in texts, and blanks there: inferred from how full lines are (the attachment `source.txt` has it)",
    erase: |original, back| {
        each_text(original, run_on);
        each_text(back, run_on);
    },
};

/// The number of a goal stays where its paragraph comes back as two.
fn run_on(text: &mut Words) {
    let joined = text.split_whitespace().collect::<String>();
    *text = joined.strip_prefix("1.").unwrap_or(&joined).into();
}

/// Names are on one line, without blanks between Han signs.
fn fold_name(name: &mut Words) {
    let mut folded = String::new();
    for part in name.split_whitespace() {
        let is_latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
        if !folded.is_empty() && (is_latin(folded.chars().next_back()) || is_latin(part.chars().next())) {
            folded.push(' ');
        }
        folded += part;
    }
    if folded != **name {
        *name = folded.into();
    }
}

fn each_name(model: &mut Model, change: fn(&mut Words)) {
    for department in &mut model.departments {
        change(&mut department.name.value);
        department
            .units_of_account
            .iter_mut()
            .filter_map(|unit| unit.name.as_mut())
            .for_each(|name| change(&mut name.value));
        department.safeguards.iter_mut().for_each(|one| change(&mut one.name.value));
        for reference in department.sub_goals.iter_mut().flat_map(|goal| &mut goal.indicators) {
            change(&mut reference.indicator);
            reference.project.iter_mut().for_each(change);
        }
    }
    for project in &mut model.projects {
        change(&mut project.name.value);
        for one in &mut project.indicators {
            change(&mut one.name.value);
            one.basis.iter_mut().filter_map(|basis| basis.kind.as_mut()).for_each(|kind| change(&mut kind.value));
        }
    }
}

fn fold(text: &mut Words) {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let folded = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if folded != **text {
        *text = folded.into();
    }
}

fn each_project(model: &mut Model, change: impl Fn(&mut Project, &Standard)) {
    let Model { standards, projects, .. } = model;
    for project in projects {
        change(project, &standards[project.standard.0 as usize]);
    }
}

fn each_text(model: &mut Model, change: fn(&mut Words)) {
    let text = |text: &mut Text| change(&mut text.value);
    for Department { plain, sub_goals, safeguards, .. } in &mut model.departments {
        plain.texts_mut().for_each(text);
        sub_goals.iter_mut().filter_map(|goal| goal.goal.as_mut()).for_each(text);
        safeguards.iter_mut().filter_map(|one| one.text.as_mut()).for_each(text);
    }
    for project in &mut model.projects {
        project.plain.texts_mut().for_each(text);
        for one in &mut project.extra {
            change_field(one, change);
        }
        for one in &mut project.indicators {
            one.plain.texts_mut().for_each(text);
            one.basis.iter_mut().for_each(|basis| text(&mut basis.text));
            for target in std::iter::once(&mut one.target).chain(one.whole_period.as_deref_mut()) {
                if let Target::Words(words) = &mut target.value {
                    change(words);
                }
            }
            one.extra.iter_mut().for_each(|field| change_field(field, change));
        }
    }
}

fn change_field(field: &mut jixiao::model::ExtraField, change: fn(&mut Words)) {
    if let jixiao::model::ExtraValue::Text(words) = &mut field.value {
        change(words);
    }
}
