//! What the labels and headings of official tables mean. The words are data of the standards: their labels, headings,
//! fund sources, categories and extra fields, and the other spellings that they list (`读作`).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::comparators::Comparators;
pub use super::label_key::{LabelKey, key_of, ordinal_length, without_brackets, without_year};
use super::scales::Scales;
use super::year_content::{
    CLOSING_OF_YEAR, COLUMNS_OF_YEAR, PROJECT_OF_YEAR, PartsOfYear, YearContent, months_in, of_any_months, of_months,
};
use crate::language::{Block, Field, field, plain_fields};
use crate::model::standard::{Standard, WordList};
use crate::model::text;
use crate::model::year::SnapshotKind;

/// What a label or a heading announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    DepartmentName,
    DepartmentCode,
    Year,
    StandardName,
    OverallGoal,
    SubGoals,
    SubGoalIndicators,
    Safeguards,
    Code,
    Name,
    Unit,
    UnitCode,
    MoneyUnit,
    /// The fund sources of a flat table that are listed without an amount.
    BlankFunds,
    Budget,
    /// A fund source of some standard.
    Fund,
    /// The parts of the money of the whole period as the language writes them.
    InvestmentFunds,
    /// The money as a whole: what follows says which.
    Money,
    Purpose,
    Plan,
    Goal,
    Category,
    Subcategory,
    Indicator,
    Target,
    Nature,
    Value,
    Measure,
    /// The target as the language writes it.
    Written,
    Basis,
    BasisKind,
    Direction,
    WholePeriod,
    /// That of the whole period as the language writes it.
    WholePeriodWritten,
    /// The targets of checkpoints as the language writes them.
    Interim,
    /// A plain field of the schema.
    Plain(Field),
    /// A field that a standard declares for projects or indicators.
    Extra,
    /// A fact of the year.
    OfYear(YearContent),
    /// Printed on the form, and no content.
    Furniture,
}

/// Where a label stands: the same word may announce different things there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelRoom {
    /// The prose on the department.
    Department,
    /// The head of a project's form.
    Project,
    /// The headings of an indicator table.
    Columns,
}

/// The contents of each room, with the name under which a standard lists their spellings, its key.
const DEPARTMENT: &[(&str, Content)] = &[
    (Field::OverallGoal.row().name, Content::OverallGoal),
    (Field::SubGoal.row().name, Content::SubGoals),
    (Field::Safeguard.row().name, Content::Safeguards),
    (Field::Goal.row().name, Content::Goal),
    (Field::PeriodGoal.row().name, Content::Plain(Field::PeriodGoal)),
    ("分项指标", Content::SubGoalIndicators),
    ("部门名称", Content::DepartmentName),
    ("部门编码", Content::DepartmentCode),
    (Field::Year.row().name, Content::Year),
    (Field::DepartmentStandard.row().name, Content::StandardName),
    (Field::MoneyUnit.row().name, Content::MoneyUnit),
    ("单位编码", Content::UnitCode),
    (Field::ProjectUnit.row().name, Content::Unit),
    (Field::ProjectCode.row().name, Content::Code),
    ("项目名称", Content::Name),
    ("表上的字", Content::Furniture),
];
const PROJECT: &[(&str, Content)] = &[
    (Field::ProjectCode.row().name, Content::Code),
    ("项目名称", Content::Name),
    ("单位编码", Content::UnitCode),
    (Field::ProjectUnit.row().name, Content::Unit),
    ("部门名称", Content::DepartmentName),
    ("部门编码", Content::DepartmentCode),
    (Field::Year.row().name, Content::Year),
    (Field::DepartmentStandard.row().name, Content::StandardName),
    (Field::MoneyUnit.row().name, Content::MoneyUnit),
    ("金额留空", Content::BlankFunds),
    (Field::Budget.row().name, Content::Budget),
    (Field::Purpose.row().name, Content::Purpose),
    (Field::SpendingPlan.row().name, Content::Plan),
    (Field::Goal.row().name, Content::Goal),
    ("资金", Content::Money),
    ("表上的字", Content::Furniture),
];
const COLUMNS: &[(&str, Content)] = &[
    (Field::Category.row().name, Content::Category),
    (Field::Subcategory.row().name, Content::Subcategory),
    (Field::Leaf.row().name, Content::Indicator),
    ("指标值", Content::Target),
    ("指标性质", Content::Nature),
    ("数值", Content::Value),
    (Field::Measure.row().name, Content::Measure),
    ("目标值", Content::Written),
    (Field::Basis.row().name, Content::Basis),
    ("依据类别", Content::BasisKind),
    (Field::Direction.row().name, Content::Direction),
    (Field::WholePeriod.row().name, Content::WholePeriod),
    ("实施期写法", Content::WholePeriodWritten),
    (Field::Interim.row().name, Content::Interim),
];
/// Labels under which a form prints a content whose key is another word.
const LABELS: &[(&str, &str)] = &[
    ("绩效目标", Field::Goal.row().name),
    ("资金用途", Field::Purpose.row().name),
    ("部门整体", "表上的字"),
    ("预算项目", "表上的字"),
];

/// The lists of words by which a heading of the year is known that no standard has.
const YEAR_COLUMN_WORDS: [&str; 6] = ["完成结尾", "得分结尾", "预计用字", "往年用字", "原因用字", "措施用字"];

/// The most signs of a place for a seal.
const SEAL_SIGNS: usize = 24;

type Announcements = HashMap<String, Content>;

/// The words of all standards that a run knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    department: Announcements,
    project: Announcements,
    columns: Announcements,
    categories: BTreeMap<String, CategoryLevel>,
    title_ends: Vec<String>,
    title_words: Vec<String>,
    department_words: Vec<String>,
    fund_ends: Vec<String>,
    period_words: Vec<String>,
    year_words: Vec<String>,
    pub all_words: Vec<String>,
    pub comparators: Comparators,
    unit_ends: Vec<String>,
    money_unit_ends: Vec<String>,
    currencies: Vec<String>,
    money_sum_ends: Vec<String>,
    heading_leads: Vec<String>,
    monitoring_words: Vec<String>,
    evaluation_words: Vec<String>,
    whole_words: Vec<String>,
    /// In the order of [`YEAR_COLUMN_WORDS`].
    year_column_words: [Vec<String>; 6],
    sum_words: Vec<String>,
    subtotal_words: Vec<String>,
    /// The bytes of the longest label.
    longest: usize,
    detail_amounts: Vec<String>,
    target_ends: Vec<String>,
    reached_words: Vec<String>,
    continued_words: Vec<String>,
    seal_words: Vec<String>,
    seal_ends: Vec<String>,
    office_ends: Vec<String>,
    pub parts_of_year: PartsOfYear,
    execution_words: Vec<String>,
    /// The grades of a total, and the words for how likely a target will be reached.
    score_grades: Vec<String>,
    possibilities: Vec<String>,
    deviation_kinds: Vec<String>,
    pub scales: Scales,
}

/// The level of a category's name in a taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryLevel {
    First,
    Second,
}

impl Lexicon {
    /// `own` are the names of the standards that the workspace declares: a field of theirs is meant where its name is also
    /// another spelling of a content.
    pub fn new(standards: &[Arc<Standard>], own: &[String]) -> Self {
        let mut lexicon = Self::default();
        for standard in standards {
            lexicon.add_labels(standard);
        }
        for standard in standards {
            lexicon.add_declared(standard);
        }
        // The headings of our own flat table.
        for field in [Block::Project, Block::Indicator].into_iter().flat_map(plain_fields) {
            lexicon.words_of(field.block).entry(key_of(field.heading).text).or_insert(Content::Plain(field));
        }
        lexicon.project.entry(key_of(crate::backend::flat::INVESTMENT_FUNDS).text).or_insert(Content::InvestmentFunds);
        for standard in standards.iter().filter(|standard| own.contains(&standard.name)) {
            for rule in standard.field_rules.iter().filter(|rule| rule.kind.is_some()) {
                lexicon.words_of(rule.block).insert(key_of(&rule.name).text, Content::Extra);
            }
        }
        for words in
            [&mut lexicon.title_ends, &mut lexicon.fund_ends, &mut lexicon.period_words, &mut lexicon.heading_leads]
        {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.dedup();
        }
        let rooms = [&lexicon.department, &lexicon.project, &lexicon.columns];
        lexicon.longest = rooms.into_iter().flat_map(|words| words.keys()).map(String::len).max().unwrap_or(0);
        lexicon
    }

    /// The spellings that a standard lists, and the labels that it prints.
    fn add_labels(&mut self, standard: &Standard) {
        let rooms = [
            (&mut self.department, DEPARTMENT, [&[], CLOSING_OF_YEAR], None),
            (&mut self.project, PROJECT, [PROJECT_OF_YEAR, CLOSING_OF_YEAR], Some(Block::Project)),
            (&mut self.columns, COLUMNS, [COLUMNS_OF_YEAR, &[]], Some(Block::Indicator)),
        ];
        for (words, contents, of_year, block) in rooms {
            let plain = block.into_iter().flat_map(plain_fields).map(|field| (field.name, Content::Plain(field)));
            let plain = plain.filter(|(key, _)| contents.iter().all(|(known, _)| known != key));
            // A word that is also another's is the year's: 总分 is more than a word of the form.
            let of_year = of_year.into_iter().flatten().map(|(key, content)| (*key, Content::OfYear(*content)));
            for (key, content) in of_year.chain(contents.iter().copied()).chain(plain) {
                let label = LABELS.iter().filter(|(_, meant)| *meant == key).map(|(label, _)| *label);
                let listed = standard.readings.get(key).into_iter().flat_map(WordList::words);
                let labels = std::iter::once(key).chain(label).filter_map(|label| standard.labels.get(label));
                for word in listed.chain(labels) {
                    words.entry(of_any_months(&key_of(word).text)).or_insert(content);
                }
            }
        }
        let list = |key: &str| standard.readings.get(key).into_iter().flat_map(|list| list.words().to_vec());
        let title = standard.labels.get(Field::ProjectForm.name).cloned();
        self.title_ends.extend(list("表名结尾").chain(title).map(|word| key_of(&word).text));
        self.period_words.extend(list("整个实施期"));
        self.year_words.extend(list("一个年度"));
        self.all_words.extend(list("总目标用字"));
        self.comparators.add(standard);
        self.title_words.extend(standard.words("标题用语").words().iter().cloned());
        self.department_words.extend(standard.words("部门标题").words().iter().cloned());
        self.fund_ends.extend(standard.words("资金结尾").words().iter().cloned());
        self.money_sum_ends.extend(standard.words("资金总额结尾").words().iter().cloned());
        self.money_unit_ends.extend(standard.words("金额单位标签结尾").words().iter().cloned());
        self.currencies.extend(standard.words("币种用语").words().iter().cloned());
        self.unit_ends.extend(standard.words("单位结尾").words().iter().cloned());
        self.heading_leads.extend(standard.words("表头可省").words().iter().cloned());
        self.monitoring_words.extend(list("监控表名"));
        self.evaluation_words.extend(list("自评表名"));
        for (words, name) in self.year_column_words.iter_mut().zip(YEAR_COLUMN_WORDS) {
            words.extend(list(name));
        }
        self.whole_words.extend(list("部门整体表名").map(|word| text::folded(&word).into_owned()));
        self.sum_words.extend(list("合计行"));
        self.subtotal_words.extend(list("小计行"));
        self.detail_amounts.extend(list("明细金额").map(|word| key_of(&word).text));
        self.target_ends.extend(list("目标结尾"));
        self.reached_words.extend(list("完成用字"));
        self.continued_words.extend(list("续表"));
        self.seal_words.extend(standard.words("签章用字").words().iter().cloned());
        self.seal_ends.extend(standard.words("签章结尾").words().iter().cloned());
        self.office_ends.extend(standard.words("机构结尾").words().iter().cloned());
        self.execution_words.extend(list("执行率所在"));
        self.parts_of_year.add(standard);
        self.score_grades.extend(standard.scoring.grades.iter().map(|grade| grade.name.clone()));
        self.possibilities.extend(standard.monitoring.possibilities.iter().cloned());
        self.deviation_kinds.extend(standard.monitoring.deviation_kinds.iter().cloned());
        self.scales.add(standard);
    }

    /// What a standard declares by name: fund sources, categories, extra fields, the headings of its table.
    fn add_declared(&mut self, standard: &Standard) {
        for source in &standard.fund_sources {
            let others = standard.readings.get(&source.name).into_iter().flat_map(WordList::words);
            for word in std::iter::once(&source.name).chain(&source.label).chain(others) {
                self.project.entry(key_of(word).text).or_insert(Content::Fund);
            }
        }
        for category in &standard.categories {
            self.categories.entry(key_of(&category.name).text).or_insert(CategoryLevel::First);
            for subcategory in &category.subcategories {
                self.categories.entry(key_of(&subcategory.name).text).or_insert(CategoryLevel::Second);
            }
        }
        for rule in standard.field_rules.iter().filter(|rule| rule.kind.is_some()) {
            for word in std::iter::once(&rule.name).chain(&rule.label) {
                self.words_of(rule.block).entry(key_of(word).text).or_insert(Content::Extra);
            }
        }
        for column in &standard.columns {
            let content = column_content(&column.content).unwrap_or(Content::Extra);
            self.columns.entry(key_of(&column.heading).text).or_insert(content);
        }
    }

    /// The words under which the fields of a block stand.
    fn words_of(&mut self, block: Block) -> &mut Announcements {
        if block == Block::Indicator { &mut self.columns } else { &mut self.project }
    }

    /// What a label means in a room; none where no standard knows it.
    pub fn find(&self, room: LabelRoom, label: &str) -> Option<Content> {
        let key = key_of(label).text;
        // 年度目标1
        let numbered = || {
            let plain = key.trim_end_matches(|sign: char| sign.is_ascii_digit());
            (plain.len() < key.len()).then(|| self.find_key(room, plain)).flatten().filter(|one| *one == Content::Goal)
        };
        self.find_key(room, &key).or_else(numbered).or_else(|| {
            // 全年（程）指标值 is 全年指标值; 绩效度量单位 is 度量单位.
            let plain =
                if key.contains(['(', '（', ')', '）']) { without_brackets(&key).into() } else { Cow::from(&key) };
            let found = (*plain != key).then(|| self.find_key(room, &plain)).flatten();
            let leads = self.heading_leads.iter().filter(|_| room == LabelRoom::Columns);
            found.or_else(|| {
                leads.filter_map(|lead| plain.strip_prefix(lead.as_str())).find_map(|rest| self.find_key(room, rest))
            })
        })
    }

    fn find_key(&self, room: LabelRoom, key: &str) -> Option<Content> {
        /// A year and the months of it.
        const OF_YEAR: usize = 64;
        // Most cells are no labels, but texts.
        if key.len() > self.longest + OF_YEAR {
            return None;
        }
        let words = match room {
            LabelRoom::Department => &self.department,
            LabelRoom::Project => &self.project,
            LabelRoom::Columns => &self.columns,
        };
        let found = words.get(key).copied();
        // 2025年度绩效目标 is 年度绩效目标; 1—7月执行数 is 1—N月执行数.
        let found = found.or_else(|| {
            let rest = without_year(key)?;
            words.get(rest).or_else(|| words.get(&format!("年度{rest}"))).copied()
        });
        found.or_else(|| {
            let key = without_year(key).unwrap_or(key);
            if let Some((part, _)) = months_in(key) {
                return words.get(&of_months(key, &part)).copied();
            }
            // 上半年完成值
            let (part, _) = self.parts_of_year.named_in(key).filter(|(part, _)| part.start == 0)?;
            words.get(&of_months(key, &part)).copied()
        })
    }

    /// Of what a title speaks; none where it names no form of the year.
    pub fn form_of_year(&self, title: &str) -> Option<SnapshotKind> {
        let says = |words: &[String]| words.iter().any(|word| title.contains(word.as_str()));
        match (says(&self.monitoring_words), says(&self.evaluation_words)) {
            (true, false) => Some(SnapshotKind::Monitoring),
            (false, true) => Some(SnapshotKind::SelfEvaluation),
            (true, true) | (false, false) => None,
        }
    }

    /// Whether the title of a form says that it is about a department as a whole.
    pub fn is_of_whole(&self, title: &str) -> bool {
        self.whole_words.iter().any(|word| title.contains(word.as_str()))
    }

    /// What a heading that no standard lists announces in a table of what was reached, by words that it holds.
    pub fn like_year_column(&self, heading: &str) -> Option<YearContent> {
        let key = key_of(heading).text;
        let holds = |list: &[String]| list.iter().any(|word| key.contains(word.as_str()));
        let ends = |list: &[String]| list.iter().any(|word| key.ends_with(word.as_str()));
        let [reached, points, expected, earlier, cause, remedy] = &self.year_column_words;
        if holds(earlier) {
            None
        } else if holds(cause) {
            Some(if holds(remedy) { YearContent::DeviationAndRemedy } else { YearContent::Deviation })
        } else if ends(reached) {
            Some(if holds(expected) { YearContent::Expected } else { YearContent::Reached })
        } else {
            ends(points).then_some(YearContent::Points)
        }
    }

    /// Whether a level over 预算执行率 says that it is no indicator, but the points for execution.
    pub fn is_execution(&self, level: &str) -> bool {
        self.execution_words.contains(&key_of(level).text)
    }

    /// Whether the label of a row of an indicator table says that it is the sum of all rows.
    pub fn is_sum(&self, label: &str) -> bool {
        self.find(LabelRoom::Project, label) == Some(Content::OfYear(YearContent::Total))
            || self.sum_words.contains(&key_of(label).text)
    }

    /// Whether the label of a row says that it is the sum of some of the rows.
    pub fn is_subtotal(&self, label: &str) -> bool {
        self.subtotal_words.contains(&key_of(label).text)
    }

    /// Whether a heading stands over the amounts into which money is broken down.
    pub fn is_detail_amount(&self, heading: &str) -> bool {
        let key = key_of(heading).text;
        self.detail_amounts.contains(&key)
            || without_year(&key).is_some_and(|rest| self.detail_amounts.iter().any(|one| one == rest))
    }

    /// Whether a heading that no standard lists ends as those of targets do.
    pub fn is_like_target(&self, heading: &str) -> bool {
        let key = key_of(heading).text;
        self.target_ends.iter().any(|end| key.ends_with(end.as_str()))
            && [&self.year_column_words[3], &self.reached_words]
                .into_iter()
                .flatten()
                .all(|word| !key.contains(word.as_str()))
    }

    /// Whether a line says that a table goes on: `续表`, `（接上页）`, `续表1`.
    pub fn says_continued(&self, text: &str) -> bool {
        let is_word = |sign: &char| sign.is_alphabetic();
        let plain: String = text::folded(text).chars().filter(is_word).collect();
        self.continued_words.contains(&plain)
    }

    /// Whether a cell is left for a seal or for what a reviewer says: `主管部门审核意见（盖章）`, with nothing said.
    pub fn is_for_seal(&self, text: &str) -> bool {
        let is_blank_day = |line: &&str| {
            line.chars().any(char::is_alphabetic)
                && line.chars().all(|sign| "年月日".contains(sign) || !sign.is_alphanumeric())
        };
        let folded: Vec<String> = text.lines().map(|line| text::folded(line).into_owned()).collect();
        let said: String = folded.iter().map(String::as_str).filter(|line| !is_blank_day(line)).collect();
        let said = said
            .trim_end_matches(|sign: char| "年月日".contains(sign) || !sign.is_alphanumeric() && !")]".contains(sign));
        let LabelKey { text: label, bracket } = key_of(said);
        let is_seal = |text: &str| self.seal_words.iter().any(|word| text.ends_with(word.as_str()));
        let is_opinion = || self.seal_ends.iter().any(|end| label.ends_with(end.as_str()));
        (label.chars().count() + bracket.as_ref().map_or(0, |inner| inner.chars().count()) <= SEAL_SIGNS)
            && (is_seal(&label)
                || bracket
                    .as_deref()
                    .is_some_and(|inner| self.seal_words.iter().any(|word| inner.contains(word.as_str())))
                || is_opinion())
    }

    /// Whether a name ends as those of offices do.
    pub fn names_office(&self, name: &str) -> bool {
        let plain = without_brackets(name);
        self.office_ends.iter().any(|end| plain.ends_with(end.as_str()))
    }

    /// Whether a cell is the grade of a total.
    pub fn is_score_grade(&self, text: &str) -> bool {
        self.score_grades.contains(&text::key(text))
    }

    /// Whether a heading is one of the words for how likely a target will be reached.
    pub fn is_possibility(&self, text: &str) -> bool {
        self.possibilities.contains(&key_of(text).text)
    }

    /// Whether a heading is a kind of deviation.
    pub fn is_deviation_kind(&self, text: &str) -> bool {
        self.deviation_kinds.contains(&key_of(text).text)
    }

    /// The level of a category's name; none where no standard has it.
    pub fn category(&self, name: &str) -> Option<CategoryLevel> {
        let key = key_of(name).text;
        self.categories
            .get(&key)
            .or_else(|| self.categories.get(&format!("{key}{}", crate::syntax::vocabulary::INDICATOR.0)))
            .copied()
    }

    /// The end that makes a paragraph the title of a project's form, such as 绩效目标表.
    pub fn title_end(&self, key: &str) -> Option<&str> {
        self.title_ends.iter().map(String::as_str).find(|end| key.ends_with(end))
    }

    /// Whether a word is no more than what titles hold beside a name and a year.
    pub fn is_title_word(&self, key: &str) -> bool {
        let mut rest = key.to_owned();
        for word in &self.title_words {
            if rest.contains(word.as_str()) {
                rest = rest.replace(word.as_str(), "");
            }
        }
        rest.is_empty()
    }

    /// Whether what follows a name in a title says that it is a department's.
    pub fn is_of_department(&self, rest: &str) -> bool {
        self.department_words.iter().any(|word| rest == word)
    }

    /// Whether the name of a sheet can be a project's: it is no word of forms, and more than a number.
    pub fn names_project(&self, sheet: &str) -> bool {
        let key = key_of(sheet).text;
        let is_numbered = key.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '-').chars().count() < 3
            || key.is_ascii();
        !is_numbered
            && !self.is_title_word(&key)
            && self.title_end(&key).is_none()
            && self.find(LabelRoom::Project, sheet).is_none()
    }

    /// A text up to the words that titles hold.
    pub fn before_title_words<'a>(&self, key: &'a str) -> &'a str {
        let mut rest = key;
        while let Some(shorter) = self.title_words.iter().find_map(|word| rest.strip_suffix(word.as_str())) {
            rest = shorter;
        }
        rest
    }

    /// Whether a label ends as the names of fund sources do.
    pub fn names_fund(&self, key: &str) -> bool {
        self.fund_ends.iter().any(|end| key.ends_with(end.as_str()))
    }

    /// Whether the label of a row of money ends as that of the sum of all sources does.
    pub fn is_money_sum(&self, label: &str) -> bool {
        let key = key_of(label).text;
        self.money_sum_ends.iter().any(|end| key.ends_with(end.as_str()))
    }

    /// Whether a heading stands over the targets of more than a year.
    pub fn names_whole_period(&self, heading: &str) -> bool {
        self.period_word(heading).is_some()
    }

    /// Whether a heading says of how many years its columns are.
    pub fn names_period(&self, heading: &str) -> bool {
        let key = key_of(heading).text;
        let ends = |words: &[String]| words.iter().any(|word| key.ends_with(word.as_str()));
        ends(&self.period_words) || ends(&self.year_words)
    }

    /// Whether a heading says that what it is about is of one year.
    pub fn names_a_year(&self, heading: &str) -> bool {
        self.year_words.iter().any(|word| heading.contains(word.as_str()))
    }

    /// The word by which a heading says that it is about more than a year.
    pub fn period_word(&self, heading: &str) -> Option<&str> {
        let is_of_a_year = self.year_words.iter().any(|word| heading.contains(word.as_str()));
        self.period_words.iter().map(String::as_str).find(|word| !is_of_a_year && heading.contains(word))
    }

    /// The ends of the labels that state the unit of amounts, and what currencies are called beside it.
    pub fn money_unit_words(&self) -> (&[String], &[String]) {
        (&self.money_unit_ends, &self.currencies)
    }

    /// The name of a department by the name of a unit of account: without 本级.
    pub fn without_unit_end<'a>(&self, name: &'a str) -> &'a str {
        self.unit_ends.iter().find_map(|end| name.strip_suffix(end.as_str())).unwrap_or(name)
    }
}

/// What the column of a key holds; none for a field of a standard.
pub fn column_content(key: &str) -> Option<Content> {
    let own = COLUMNS.iter().find(|(known, _)| *known == key).map(|(_, content)| *content);
    own.or_else(|| field(Block::Indicator, key).filter(|field| field.plain.is_some()).map(Content::Plain))
}

/// The key of a column by what it holds.
pub fn column_key(content: Content) -> Option<&'static str> {
    match content {
        Content::Plain(field) => Some(field.name),
        _ => COLUMNS.iter().find(|(_, known)| *known == content).map(|(key, _)| *key),
    }
}
