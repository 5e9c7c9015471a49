//! What fields take.

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    /// A text in quotes or a text block; a bare name where the text is one word.
    Text,
    Name,
    Path,
    WholeNumber,
    Number,
    Date,
    Amount,
    Target,
    Range,
    /// A code and, where wanted, a name.
    CodeAndName,
    /// A name, then a text.
    NameAndText,
    /// A kind of basis, where wanted, and a text.
    KindedText,
    /// A name, then names or texts.
    NameAndTexts,
    Names,
    Quantity,
    Labelled,
}

/// What a plain field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainKind {
    Text,
    Name,
    Number,
    Quantity,
    Amount,
    Date,
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
            Takes::Nothing
            | Takes::Path
            | Takes::WholeNumber
            | Takes::Target
            | Takes::Range
            | Takes::CodeAndName
            | Takes::NameAndText
            | Takes::KindedText
            | Takes::NameAndTexts
            | Takes::Names
            | Takes::Labelled => panic!("a field that takes this has a form of its own: give it a name in brackets"),
        }
    }
}

/// Whose names the values of a field are: what an editor offers there, and which words exist in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// The author's own, or none.
    None,
    Standards,
    UnitsOfAccount,
    References,
    BasisKinds,
    Directions,
    MoneyUnits,
    Measures,
    /// Spellings of a unit.
    MeasureForms,
    FundSources,
    Checkpoints,
    Categories,
    Subcategories,
    Grades,
    /// A field by its block.
    FieldPaths,
    Labels,
    WordLists,
    Readings,
    /// The codes of rules.
    Rules,
    /// A rule's code, then a level.
    RuleLevels,
    Columns,
    Dimensions,
    /// What a category measures.
    Roles,
    FieldKinds,
    /// The words that the field's meaning lists.
    Listed,
}
