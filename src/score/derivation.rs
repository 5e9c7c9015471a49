//! 推导: how a number came about, as data. Text, JSON, HTML and documents print these steps and nothing else.

use std::fmt::Write;

use super::Exact;
use crate::diagnostic::{Language, Text};
use crate::source::Span;

/// A number, as it is shown, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// In the unit of the target.
    pub value: Exact,
    /// As the author wrote it, where it stands in a text.
    pub written: String,
    /// Where it comes from.
    pub origin: FigureOrigin,
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureOrigin {
    /// A line of a source text.
    Stated(Span),
    /// A line of a standard.
    Rule(Span),
    /// Numbers that stand before it.
    Computed,
}

/// One line of a derivation.
#[derive(Clone, Debug)]
pub struct DerivationStep {
    /// What the line is about.
    pub kind: StepKind,
    /// What it says, from the left.
    pub pieces: Vec<FormulaPiece>,
}

/// What a line of a derivation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// 取值: how a value follows from other facts.
    Computed,
    /// 偏差: how far from the target.
    Deviation,
    /// 状态: what was reached, where that is no number.
    State,
    /// 执行率
    Execution,
    /// 得分
    Points,
    /// 总分
    Total,
}

/// A piece of a line.
#[derive(Clone, Debug)]
pub enum FormulaPiece {
    /// A number.
    Figure(Figure),
    /// What stands between numbers, with its blanks.
    Sign(&'static str),
    /// Words.
    Words(Text),
}

impl Figure {
    /// A number of a text or of a standard.
    pub fn new(value: Exact, written: impl Into<String>, origin: FigureOrigin) -> Self {
        Self { value, written: written.into(), origin }
    }

    /// A number that follows from others, with its decimals as far as they are shown.
    pub fn computed(value: Exact) -> Self {
        let written = value.shown();
        Self { value, written, origin: FigureOrigin::Computed }
    }

    /// A share that follows from others: `7.27%`.
    pub fn rate(value: Exact) -> Self {
        let written = value.as_percent();
        Self { value, written, origin: FigureOrigin::Computed }
    }

    /// A number of points, with the decimals of a score.
    pub fn rounded(value: Exact, places: u32) -> Self {
        let written = value.fixed(places);
        Self { value, written, origin: FigureOrigin::Computed }
    }
}

impl From<Figure> for FormulaPiece {
    fn from(figure: Figure) -> Self {
        Self::Figure(figure)
    }
}

impl From<&Figure> for FormulaPiece {
    fn from(figure: &Figure) -> Self {
        Self::Figure(figure.clone())
    }
}

impl From<&'static str> for FormulaPiece {
    fn from(sign: &'static str) -> Self {
        Self::Sign(sign)
    }
}

impl From<Text> for FormulaPiece {
    fn from(text: Text) -> Self {
        Self::Words(text)
    }
}

/// A line of pieces: `formula![Deviation; &actual, " − ", &target]`.
macro_rules! formula {
    ($kind:ident; $($piece:expr),* $(,)?) => {
        $crate::score::DerivationStep {
            kind: $crate::score::StepKind::$kind,
            pieces: vec![$( $crate::score::FormulaPiece::from($piece) ),*],
        }
    };
}
pub(crate) use formula;

impl StepKind {
    /// Its name in both languages.
    pub fn title(self) -> Text {
        use crate::diagnostic::texts;
        match self {
            StepKind::Computed => texts::score_computed(),
            StepKind::Deviation => texts::score_deviation(),
            StepKind::State => texts::score_state(),
            StepKind::Execution => texts::score_execution(),
            StepKind::Points => texts::score_points(),
            StepKind::Total => texts::score_total(),
        }
    }

    /// Its key in machine output.
    pub fn id(self) -> &'static str {
        match self {
            StepKind::Computed => "computed",
            StepKind::Deviation => "deviation",
            StepKind::State => "state",
            StepKind::Execution => "execution",
            StepKind::Points => "points",
            StepKind::Total => "total",
        }
    }
}

impl DerivationStep {
    /// The line as people read it.
    pub fn text(&self, language: Language) -> String {
        let mut line = String::new();
        for piece in &self.pieces {
            match piece {
                FormulaPiece::Figure(figure) => line.push_str(&figure.written),
                FormulaPiece::Sign(sign) => line.push_str(sign),
                FormulaPiece::Words(words) => {
                    let _ = write!(line, "{}", words.in_language(language));
                }
            }
        }
        line
    }
}
