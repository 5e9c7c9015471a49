//! What each word is, for colours that the shape of a line alone does not give.

use super::declaration::Declaration;
use super::entity::NameResolver;
use super::is_built_in;
use super::tokens::{TokenRole, tokens};
use crate::source::Span;
use crate::syntax::split;
use crate::workspace::Analysis;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal,)*) => {
        /// What a word is. The order is that of [`TokenKind::NAMES`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum TokenKind { $($(#[$doc])* #[doc = concat!("`", $name, "` in the protocol.")] $kind,)* }

        impl TokenKind {
            /// The names that clients know for them.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];
        }
    };
}

kinds! {
    Keyword "keyword",
    /// The label of a field.
    Field "property",
    Department "namespace",
    Project "class",
    Indicator "function",
    Standard "interface",
    Category "type",
    /// A fund source, a checkpoint, a unit of account.
    Name "variable",
    Unit "macro",
    Number "number",
    Operator "operator",
    /// A word out of a given list: a grade, yes, a symbol.
    Word "enumMember",
    Text "string",
    Comment "comment",
    Code "decorator",
}

/// The modifiers, by their bits.
pub const MODIFIERS: [&str; 3] = ["declaration", "defaultLibrary", "deprecated"];
/// The name stands where it is declared.
pub const DECLARATION: u32 = 1;
/// Declared in a built-in standard.
pub const BUILT_IN: u32 = 1 << 1;

/// A coloured stretch within one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coloured {
    /// Never over a line end.
    pub span: Span,
    /// What the word is.
    pub kind: TokenKind,
    /// Of [`MODIFIERS`], as bits.
    pub modifiers: u32,
}

/// The coloured stretches of the declarations that a stretch of a file touches, in order.
pub fn coloured(analysis: &Analysis, within: Span) -> Vec<Coloured> {
    let text = &analysis.sources.get(within.file).text;
    let names = NameResolver::new(analysis);
    let mut all = Vec::new();
    for chunk in split(within.file, text).unwrap_or_default() {
        if chunk.bytes.end < within.start as usize || chunk.bytes.start > within.end as usize {
            continue;
        }
        let declaration = Declaration::of(within.file, text, &chunk);
        let setting = names.setting(&declaration);
        for token in tokens(&declaration) {
            let (kind, is_declaration) = kind(token.role);
            let mut modifiers = if is_declaration { DECLARATION } else { 0 };
            if matches!(kind, TokenKind::Standard | TokenKind::Category | TokenKind::Unit | TokenKind::Name) {
                let entity = names.entity(&declaration, &setting, &token);
                let declared = entity.and_then(|entity| entity.declared_at(analysis));
                if declared.is_some_and(|span| is_built_in(analysis.sources.get(span.file))) {
                    modifiers |= BUILT_IN;
                }
            }
            let span = declaration.span(token.bytes);
            all.extend(lines(text, span).map(|span| Coloured { span, kind, modifiers }));
        }
    }
    all.retain(|one| one.span.start < within.end && within.start < one.span.end);
    all
}

/// The parts of a stretch on each of its lines.
fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let stretch = &text[span.range()];
    let base = span.start;
    stretch.split_inclusive(['\n', '\r']).filter_map(move |line| {
        let start = base + (line.as_ptr().addr() - stretch.as_ptr().addr()) as u32;
        let length = line.trim_end_matches(['\n', '\r']).len() as u32;
        (length > 0).then_some(Span { start, end: start + length, ..span })
    })
}

fn kind(role: TokenRole) -> (TokenKind, bool) {
    match role {
        TokenRole::Keyword | TokenRole::Qualitative => (TokenKind::Keyword, false),
        TokenRole::Field(_) | TokenRole::OtherLabel | TokenRole::Key => (TokenKind::Field, false),
        TokenRole::FieldRule => (TokenKind::Field, true),
        TokenRole::DepartmentName => (TokenKind::Department, true),
        TokenRole::ProjectName => (TokenKind::Project, true),
        TokenRole::ReferenceProject => (TokenKind::Project, false),
        TokenRole::IndicatorName => (TokenKind::Indicator, true),
        TokenRole::ReferenceIndicator => (TokenKind::Indicator, false),
        TokenRole::Standard { is_declared } => (TokenKind::Standard, is_declared),
        TokenRole::Category | TokenRole::CategoryParent => (TokenKind::Category, false),
        TokenRole::FirstLevel { is_declared } => (TokenKind::Category, is_declared),
        TokenRole::SecondLevel => (TokenKind::Category, true),
        TokenRole::Account { is_declared }
        | TokenRole::FundSource { is_declared }
        | TokenRole::Checkpoint { is_declared } => (TokenKind::Name, is_declared),
        TokenRole::Measure { is_declared } => (TokenKind::Unit, is_declared),
        TokenRole::MeasureForm => (TokenKind::Unit, false),
        TokenRole::DepartmentCode | TokenRole::ProjectCode | TokenRole::RuleCode => (TokenKind::Code, false),
        TokenRole::Comparator | TokenRole::Operator => (TokenKind::Operator, false),
        TokenRole::Number | TokenRole::Date => (TokenKind::Number, false),
        TokenRole::YesOrNo | TokenRole::Grade | TokenRole::Symbol | TokenRole::Choice | TokenRole::BasisKind => {
            (TokenKind::Word, false)
        }
        TokenRole::AccountName | TokenRole::Text => (TokenKind::Text, false),
        TokenRole::Comment => (TokenKind::Comment, false),
    }
}
