//! What fields take.

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// The label says all.
    Nothing,
    /// A text in quotes or a text block; a bare name where the text is one word.
    Text,
    /// A bare name, or one in quotes.
    Name,
    /// Names joined by points: `项目.指标`.
    Path,
    /// A number without point and unit.
    WholeNumber,
    /// A number without a unit.
    Number,
    /// `10月31日`, or `10月底`.
    Date,
    /// `2024-01-01 .. 2026-12-31`
    Period,
    /// A quantity of money.
    Amount,
    /// A comparator and what it compares with, words, a grade.
    Target,
    /// Two quantities with `..` between.
    Range,
    /// A code and, where wanted, a name.
    CodeAndName,
    /// A name, then a text.
    NameAndText,
    /// A kind of basis, where wanted, and a text.
    KindedText,
    /// A name, then names or texts.
    NameAndTexts,
    /// Texts and names in any order, each with the columns and lines that it takes where these are not one.
    Cells,
    /// Any number of names.
    Names,
    /// A number and its unit.
    Quantity,
    /// A label of the author's, then a value.
    Labelled,
    /// What a line of the year is about, in full (`项目.指标`, `项目`, `部门`), then what is said of it.
    Subject,
    /// A leaf of a framework, then points or what they are taken from.
    Scored,
    /// A value that was reached: `96%`, `2025-10-20`, `良`, `部分达成`.
    Reached,
    /// Points, with or without 分.
    Points,
    /// Category, name and target, as an indicator's head.
    Indicator,
}

/// What a plain field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainKind {
    /// As [`Takes::Text`].
    Text,
    /// As [`Takes::Name`].
    Name,
    /// As [`Takes::Number`].
    Number,
    /// As [`Takes::Quantity`].
    Quantity,
    /// As [`Takes::Amount`].
    Amount,
    /// As [`Takes::Date`].
    Date,
    /// As [`Takes::Period`].
    Period,
}

impl Takes {
    /// The kind of its one plain value. The schema does not compile with a plain field that takes something else.
    pub(super) const fn plain(self) -> PlainKind {
        match self {
            Takes::Text => PlainKind::Text,
            Takes::Name => PlainKind::Name,
            Takes::Number => PlainKind::Number,
            Takes::Quantity => PlainKind::Quantity,
            Takes::Amount => PlainKind::Amount,
            Takes::Date => PlainKind::Date,
            Takes::Period => PlainKind::Period,
            Takes::Nothing
            | Takes::Path
            | Takes::WholeNumber
            | Takes::Target
            | Takes::Range
            | Takes::CodeAndName
            | Takes::NameAndText
            | Takes::KindedText
            | Takes::NameAndTexts
            | Takes::Cells
            | Takes::Names
            | Takes::Labelled
            | Takes::Subject
            | Takes::Scored
            | Takes::Reached
            | Takes::Points
            | Takes::Indicator => panic!("a field that takes this has a form of its own: give it a name in brackets"),
        }
    }
}

/// Whose names the values of a field are: what an editor offers there, and which words exist in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// The author's own, or none.
    None,
    /// Of the workspace and built in.
    Standards,
    /// Codes of the department's units of account.
    UnitsOfAccount,
    /// Indicators of the department's projects.
    References,
    /// Projects, and the department.
    Subjects,
    /// What kind a basis may be.
    BasisKinds,
    /// 正向 and 反向.
    Directions,
    /// Units of money that the standard declares.
    MoneyUnits,
    /// Units that the standard declares.
    Measures,
    /// Spellings of a unit.
    MeasureForms,
    /// Of the standard.
    FundSources,
    /// Of the standard, by date.
    Checkpoints,
    /// The first level of the standard's taxonomy.
    Categories,
    /// The second level of the standard's taxonomy.
    Subcategories,
    /// Frameworks of indicators that the standard declares.
    Frameworks,
    /// The kinds of projects that the standard lists.
    ProjectKinds,
    /// Of a qualitative target, best first.
    Grades,
    /// A field by its block.
    FieldPaths,
    /// What the official form prints, by key.
    Labels,
    /// What rules look for, by list.
    WordLists,
    /// What an import takes for a content, by content.
    Readings,
    /// The codes of rules.
    Rules,
    /// A rule's code, then a level.
    RuleLevels,
    /// Contents of the indicator table's columns.
    Columns,
    /// What a unit may measure.
    Dimensions,
    /// What a category measures.
    Roles,
    /// What an extra field may hold.
    FieldKinds,
    /// The words that the field's meaning lists.
    Listed,
    /// Words of a table of the field's own, in both languages.
    Choices,
}
