//! What all parts of an office are built with: words, fields and their claims.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Text as Message};
use crate::import::account::{CellPiece, Destination, Use};
use crate::import::document::Remark;
use crate::import::recognise::draft::Reading;
use crate::import::recognise::lexicon::{Lexicon, key_of};
use crate::import::recognise::signs::period_in;
use crate::language::{Block, Field, PlainKind};
use crate::model::calendar::Date;
use crate::model::cells;
use crate::model::standard::{FieldKind, FieldRule, Standard};
use crate::model::{ExtraField, ExtraValue, Plain, StandardId, Text};
use crate::source::{Span, Spanned, Words};

/// What a part of a draft came to.
pub struct Built<T> {
    pub value: T,
    pub claims: Vec<(CellPiece, Use)>,
    pub guesses: Vec<Remark>,
}

/// What building a part needs to know.
pub struct PartBuilder<'a> {
    pub reading: &'a Reading,
    pub lexicon: &'a Lexicon,
    pub standard: &'a Standard,
    pub standard_id: StandardId,
    /// Where everything is said to stand: the document has no places of the language.
    pub place: Span,
    pub claims: Vec<(CellPiece, Use)>,
    pub guesses: Vec<Remark>,
    pub project: Option<u32>,
    pub indicator: Option<u32>,
    /// The extra fields of indicators by their keys: each row asks for each of its own.
    pub indicator_rules: OnceCell<BTreeMap<String, usize>>,
}

impl PartBuilder<'_> {
    /// The extra field of an indicator that a heading names.
    pub fn indicator_rule(&self, heading: &str) -> Option<usize> {
        let rules = self.indicator_rules.get_or_init(|| field_rules(self.standard, Block::Indicator));
        rules.get(&key_of(heading).text).copied()
    }

    pub fn text(&self, piece: &CellPiece) -> &str {
        self.reading.text(piece)
    }

    pub fn placed(&mut self, piece: &CellPiece, field: &'static str) {
        let destination = Destination { project: self.project, indicator: self.indicator, field };
        self.claims.push((piece.clone(), Use::Placed(destination)));
    }

    pub fn furniture(&mut self, piece: &CellPiece) {
        self.claims.push((piece.clone(), Use::Furniture));
    }

    pub fn repeat(&mut self, piece: &CellPiece) {
        self.claims.push((piece.clone(), Use::Repeat));
    }

    pub fn guess(&mut self, piece: Option<&CellPiece>, text: Message) {
        let place = piece.map(|piece| self.reading.cells.place(piece).clone());
        self.guesses.push(Remark::guess(place, text));
    }

    /// A comparator that looks damaged.
    pub fn suspect(&mut self, piece: Option<&CellPiece>, text: Message) {
        let place = piece.map(|piece| self.reading.cells.place(piece).clone());
        self.guesses.push(Remark { code: Code::JX610, place, text });
    }

    pub fn spanned(&self, words: Words) -> Text {
        Spanned::new(words, self.place)
    }

    /// A name: on one line.
    pub fn name(&mut self, piece: &CellPiece, field: &'static str) -> Text {
        self.placed(piece, field);
        let words = self.words(piece, |text| text.split_whitespace().fold(String::new(), join_line));
        self.spanned(words)
    }

    /// Prose: blanks folded, line ends kept as paragraphs.
    pub fn prose(&mut self, piece: &CellPiece, field: &'static str) -> Text {
        self.placed(piece, field);
        let words = self.words(piece, paragraphs);
        self.spanned(words)
    }

    /// The words of a piece, shared with the document where they stand there as they should be.
    fn words(&self, piece: &CellPiece, clean: impl Fn(&str) -> String) -> Words {
        let text = self.text(piece);
        let cleaned = clean(text);
        if cleaned == text {
            let bytes = piece.bytes.start as usize..piece.bytes.end as usize;
            return self.reading.cells.get(piece.cell).text.part(bytes);
        }
        cleaned.into()
    }

    /// Several pieces as the paragraphs of one text.
    pub fn joined(&mut self, pieces: &[CellPiece], field: &'static str) -> Option<Text> {
        let parts: Vec<Text> =
            pieces.iter().map(|piece| self.prose(piece, field)).filter(|text| !text.value.is_empty()).collect();
        match &parts[..] {
            [] => None,
            [only] => Some(only.clone()),
            several => {
                let joined = several.iter().map(|text| &*text.value).collect::<Vec<_>>().join("\n");
                Some(self.spanned(joined.into()))
            }
        }
    }

    /// Whether a cell says a known field again, as tables print it.
    pub fn says_field(&self, piece: &CellPiece, known: &ExtraField) -> bool {
        self.extra_value(known.rule, piece).is_some_and(|value| value == known.value)
    }

    /// A plain field out of a cell; none where the cell is not of its kind, and is left over.
    pub fn plain(&mut self, field: Field, piece: &CellPiece) -> Option<Plain> {
        let value = match field.plain? {
            PlainKind::Text => return Some(Plain::Text(self.prose(piece, field.name))),
            PlainKind::Name => return Some(Plain::Text(self.name(piece, field.name))),
            PlainKind::Number => {
                let text: String = self.text(piece).split_whitespace().collect();
                let (value, rest) = cells::leading_number(&text)?;
                matches!(rest, "" | "%" | "％" | "分").then(|| Plain::Number(Spanned::new(value, self.place)))?
            }
            PlainKind::Quantity | PlainKind::Amount => {
                Plain::Quantity(Box::new(cells::quantity(self.text(piece), self.standard, self.place)?))
            }
            PlainKind::Period => Plain::Period(Spanned::new(period_in(self.text(piece))?, self.place)),
            PlainKind::Date => Plain::Date(Spanned::new(Date::read(self.text(piece).trim())?, self.place)),
        };
        self.placed(piece, field.name);
        Some(value)
    }

    /// A field of the standard by its kind; none where the value is not of the kind.
    pub fn extra_field(&mut self, rule: usize, piece: &CellPiece) -> Option<ExtraField> {
        let value = self.extra_value(rule, piece)?;
        self.placed(piece, "标准的字段");
        Some(ExtraField { rule, span: self.place, value })
    }

    fn extra_value(&self, rule: usize, piece: &CellPiece) -> Option<ExtraValue> {
        let folded: String = self.text(piece).split_whitespace().collect();
        Some(match self.standard.field_rules[rule].kind? {
            FieldKind::Text => ExtraValue::Text(self.words(piece, paragraphs)),
            FieldKind::Number => {
                ExtraValue::Number(cells::leading_number(&folded).filter(|(_, rest)| rest.is_empty())?.0)
            }
            FieldKind::Amount | FieldKind::Ratio => {
                ExtraValue::Quantity(cells::quantity(&folded, self.standard, self.place)?)
            }
            FieldKind::Date => ExtraValue::Date(Date::read(&folded)?),
            FieldKind::YesNo => ExtraValue::YesNo(match folded.as_str() {
                "是" => true,
                "否" => false,
                _ => return None,
            }),
        })
    }
}

/// Parts of a name put behind each other: a blank parts two words in letters, and is none beside a Han sign.
fn join_line(mut text: String, line: &str) -> String {
    let parts = |before: char, after: char| before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    if let (Some(before), Some(after)) = (text.chars().next_back(), line.chars().next())
        && parts(before, after)
    {
        text.push(' ');
    }
    text + line
}

/// Blanks folded to one, blank lines dropped.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The extra fields of a block by the keys of their names and labels.
pub fn field_rules(standard: &Standard, block: Block) -> BTreeMap<String, usize> {
    let mut rules = BTreeMap::new();
    let of_block = |(_, rule): &(usize, &FieldRule)| rule.block == block && rule.kind.is_some();
    for (index, rule) in standard.field_rules.iter().enumerate().filter(of_block) {
        for word in std::iter::once(&rule.name).chain(&rule.label) {
            rules.entry(key_of(word).text).or_insert(index);
        }
    }
    rules
}
