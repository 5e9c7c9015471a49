//! What an indicator says for the year that follows: how it is scored and counted, and what is due by a checkpoint.

use super::calendar::Date;
use super::comparator::Comparator;
use super::computed::ComputedQuantity;
use super::read::{self, FieldEntry, content};
use super::standard::method::{GoalShape, Method, MethodKind};
use super::standard::monitoring::Counting;
use super::standard::{Standard, of_method};
use super::target::Target;
use super::{Indicator, Interim, Plain, mend};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{self, Field};
use crate::source::Spanned;
use crate::syntax::{Value, ValueKind};

/// A plain field, with a look at the words of those that take only some.
pub(super) fn plain(
    entry: FieldEntry<'_>,
    field: Field,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<(Field, Plain)> {
    match field {
        Field::Scoring => scoring(entry, standard, found),
        Field::Counting => one_of(entry, field, &Counting::ALL.map(|(_, chinese, english)| (chinese, english)), found),
        Field::Core => one_of(entry, field, &ANSWERS, found),
        Field::Computed => {
            one_of(entry, field, &ComputedQuantity::ALL.map(|(_, chinese, english)| (chinese, english)), found)
        }
        Field::ProjectKind if !standard.project_kinds.is_empty() => project_kind(entry, standard, found),
        _ => mend::plain(entry, field, standard, found),
    }
}

const ANSWERS: [(&str, &str); 2] = [("是", "yes"), ("否", "no")];

/// One of some words, kept in Chinese.
fn one_of(
    entry: FieldEntry<'_>,
    field: Field,
    words: &[(&'static str, &'static str)],
    found: &mut Vec<Diagnostic>,
) -> Option<(Field, Plain)> {
    let name = read::one_name(entry, found)?;
    let meant = words.iter().find(|(chinese, english)| *chinese == &*name.value || *english == &*name.value);
    let Some((chinese, _)) = meant else {
        let all: Vec<&str> = words.iter().map(|(chinese, _)| *chinese).collect();
        read::wrong_kind(entry, texts::expect_one_of(all.join(" ")), found);
        return None;
    };
    let value = if *chinese == &*name.value { name.value } else { (*chinese).into() };
    Some((field, Plain::Text(Spanned::new(value, name.span))))
}

/// 类型: one of the kinds that the standard lists.
fn project_kind(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<(Field, Plain)> {
    let name = read::one_name(entry, found)?;
    if standard.project_kinds.iter().any(|kind| *kind == *name.value) {
        return Some((Field::ProjectKind, Plain::Text(name)));
    }
    read::wrong_kind(entry, texts::expect_one_of(standard.project_kinds.join(" ")), found);
    None
}

/// `计分 "按比例得分"`, `计分 逐次 { 每 10 天；扣 10% }`: free words stay as they are; a method is kept as the language writes it.
fn scoring(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<(Field, Plain)> {
    let field = Field::Scoring;
    let has_block = entry.node.statement().has_block;
    let word = match entry.values {
        [value] if matches!(value.kind, ValueKind::Path | ValueKind::Code | ValueKind::Quoted) => {
            content(entry, value, &mut Vec::new())
        }
        _ => None,
    };
    let kind = word.as_ref().and_then(|word| MethodKind::find(&word.value));
    let (Some(word), Some(kind)) = (&word, kind) else {
        let bare = word.filter(|_| entry.values[0].kind != ValueKind::Quoted || has_block);
        let names = MethodKind::ALL.iter().flat_map(|(_, word, english)| [*word, *english]);
        let meant = bare.as_ref().and_then(|word| language::nearest(&word.value, names.map(|name| (name, name))));
        if let (Some(word), Some(right)) = (&bare, meant) {
            let message = texts::wrong_kind(field.name, texts::expect_one_of(methods()));
            found.push(Diagnostic::new(Code::JX401, message, word.span, texts::did_you_mean(right)).fix(
                texts::replace_by(right),
                word.span,
                right,
            ));
            return None;
        }
        if has_block && !entry.is_broken {
            read::wrong_kind(entry, texts::expect_one_of(methods()), found);
            return None;
        }
        return mend::plain(entry, field, standard, found);
    };
    let method = of_method::method(kind, entry, standard, found, |_, _, _| {})?;
    let text = if has_block {
        method.written(standard).into()
    } else if &*word.value == kind.word() {
        word.value.clone()
    } else {
        kind.word().into()
    };
    Some((field, Plain::Text(Spanned::new(text, word.span))))
}

fn methods() -> String {
    MethodKind::ALL.map(|(_, word, _)| word).join(" ")
}

/// `节点 6月底 ≥ 25 份`. Reports JX302 for a checkpoint that is stated twice.
pub(super) fn interim(
    entry: FieldEntry<'_>,
    before: &[Interim],
    found: &mut Vec<Diagnostic>,
    read_target: impl FnOnce(&[Value], &mut Vec<Diagnostic>) -> Target,
) -> Option<Interim> {
    let [day, rest @ ..] = entry.values else {
        read::wrong_kind(entry, texts::expect_interim(), found);
        return None;
    };
    if day.kind != ValueKind::Date || rest.is_empty() {
        read::wrong_kind(entry, texts::expect_interim(), found);
        return None;
    }
    let date: Date = read::date_of(entry, day, found)?;
    if let Some(first) = before.iter().find(|one| one.date == date) {
        let message = texts::repeated_field(date.to_string());
        found.push(
            Diagnostic::new(Code::JX302, message, entry.span(), texts::stated_again_here())
                .label(first.span, texts::stated_first_here()),
        );
        return None;
    }
    let target = if entry.is_broken { Target::Damaged } else { read_target(rest, found) };
    let place = rest.first().zip(rest.last()).map(|(first, last)| entry.value_span(first).to(entry.value_span(last)));
    Some(Interim { span: entry.span(), date, target: Spanned::new(target, place.unwrap_or(entry.values_span())) })
}

/// JX411: a method that cannot score such a target, or needs a value of last year that is not there.
pub(super) fn check_method(indicator: &Indicator, standard: &Standard, found: &mut Vec<Diagnostic>) {
    let Some((method, place)) = indicator.method(standard) else { return };
    let kind = method.kind();
    let Some(shape) = GoalShape::of(&indicator.target.value) else { return };
    if !kind.fits(shape) {
        let target = super::written::target(&indicator.target.value, standard);
        let fitting = MethodKind::ALL.iter().filter(|(other, ..)| other.fits(shape)).map(|(_, word, _)| *word);
        let help = texts::methods_that_fit(fitting.collect::<Vec<_>>().join(" "));
        found.push(
            Diagnostic::new(
                Code::JX411,
                texts::method_does_not_fit(kind.word(), target),
                place,
                texts::method_chosen_here(),
            )
            .label(indicator.target.span, texts::scored_target_here())
            .help(help),
        );
    } else if kind == MethodKind::Increment && indicator.last_year().is_none() {
        found.push(
            Diagnostic::new(Code::JX411, texts::needs_last_year(kind.word()), place, texts::method_chosen_here())
                .help(texts::state_baseline()),
        );
    }
}

impl GoalShape {
    /// None for a target that was not understood.
    pub fn of(target: &Target) -> Option<Self> {
        Some(match target {
            Target::Quantity { comparator, .. } => Self::compared(comparator.unwrap_or(Comparator::Equal)),
            Target::Money { comparator, .. } | Target::LastYear { comparator, .. } => Self::compared(*comparator),
            Target::Range { .. } => GoalShape::Range,
            Target::Deadline { .. } => GoalShape::Deadline,
            Target::YesNo(_) => GoalShape::YesNo,
            Target::Grade { .. } => GoalShape::Grade,
            Target::Words(_) => GoalShape::Words,
            Target::Damaged => return None,
        })
    }
}

impl Indicator {
    /// The method that its scoring names, and the place of that; none where it is in words, or not stated.
    pub fn method(&self, standard: &Standard) -> Option<(Method, crate::source::Span)> {
        let scoring = self.scoring()?;
        of_method::of_text(&scoring.value, standard).map(|method| (method, scoring.span))
    }

    /// 核心: whether it is said to be a core indicator.
    pub fn is_core(&self) -> bool {
        self.plain.text(Field::Core).is_some_and(|word| &*word.value == ANSWERS[0].0)
    }
}
