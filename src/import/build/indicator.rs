//! The indicators of a draft, each with its category, its typed target and its texts.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::builder::PartBuilder;
use super::fit;
use super::written_figures::{self, FigureTold};
use crate::diagnostic::texts;
use crate::import::account::CellPiece;
use crate::import::recognise::draft::{FormColumn, IndicatorDraft, ProjectDraft};
use crate::import::recognise::lexicon::{Content, key_of};
use crate::import::recognise::signs::points_in_bracket;
use crate::language::{Block, Field, INDICATOR, plain_fields};
use crate::model::calendar::Date;
use crate::model::cells::{self, Doubt, Typed};
use crate::model::standard::Role;
use crate::model::target::Target;
use crate::model::unit;
use crate::model::{Basis, CategoryId, ExtraField, Indicator, Interim, Plain, Text};
use crate::model::{print, text};
use crate::source::{Spanned, Words};

/// All indicators of a project, and the rows of the form by the places of their indicators.
pub(super) fn all<'d>(
    builder: &mut PartBuilder<'_>,
    draft: &'d ProjectDraft,
) -> (Vec<Indicator>, Vec<(u32, &'d IndicatorDraft)>) {
    let mut indicators = Vec::with_capacity(draft.indicators.len());
    let mut rows = Vec::with_capacity(draft.indicators.len());
    let is_of_year = draft.is_of_year(&builder.reading.draft.columns);
    for one in &draft.indicators {
        let index = indicators.len() as u32;
        builder.indicator = Some(index);
        if let Some(read) = indicator(builder, one, is_of_year) {
            indicators.push(read);
            rows.push((index, one));
        }
    }
    for period in &draft.whole_period {
        if whole_period(builder, period, &mut indicators) {
            continue;
        }
        // Only the half about more than a year has it: the year's target is blank.
        builder.indicator = Some(indicators.len() as u32);
        let (targets, fields) = parted(builder, period);
        let Some(mut one) = indicator(builder, &IndicatorDraft { fields, ..period.clone() }, is_of_year) else {
            continue;
        };
        one.whole_period = of_whole_period(builder, &targets, false);
        indicators.push(one);
    }
    builder.indicator = None;
    weights_in_brackets(builder, &rows, &mut indicators);
    (indicators, rows)
}

/// `数量指标（20分）`, `下乡场次（10分）`: in a form without a column of weights the bracket is the weight of the only
/// indicator below it. Beside such a column it says the sum of these again. What it says otherwise is left over.
fn weights_in_brackets(builder: &mut PartBuilder<'_>, rows: &[(u32, &IndicatorDraft)], indicators: &mut [Indicator]) {
    for level in [|row: &IndicatorDraft| row.subcategory.clone(), |row: &IndicatorDraft| row.category.clone()] {
        let mut start = 0;
        while start < rows.len() {
            let piece = level(rows[start].1);
            let length = rows[start..].iter().take_while(|(_, row)| level(row) == piece).count();
            let below = &rows[start..start + length];
            start += length;
            let Some(piece) = piece else { continue };
            let Some((bytes, points)) = points_of(builder, &piece) else { continue };
            let weights: Option<Decimal> =
                below.iter().map(|(index, _)| indicators[*index as usize].weight().map(|weight| weight.value)).sum();
            let bracket = piece.part(builder.text(&piece), bytes);
            match (&below, weights) {
                (_, Some(sum)) if sum == points => builder.repeat(&bracket),
                ([(index, _)], None) => {
                    let one = &mut indicators[*index as usize];
                    let weight = (Field::Weight, Plain::Number(Spanned::new(points, builder.place)));
                    one.plain = std::mem::take(&mut one.plain).into_iter().chain([weight]).collect();
                    builder.placed(&bracket, Field::Weight.name);
                }
                _ => {}
            }
        }
    }
}

/// The points that stand in a bracket of a cell, and where.
fn points_of(builder: &PartBuilder<'_>, piece: &CellPiece) -> Option<(std::ops::Range<usize>, Decimal)> {
    let text = builder.text(piece);
    let bytes = points_in_bracket(text)?;
    let (points, _) = cells::leading_number(&text[bytes.clone()])?;
    Some((bytes, points))
}

/// The cell under a heading that means the source of the actual value in a form of targets, and what proves it in one of
/// the year: 佐证材料.
pub(super) fn evidence_in_source(builder: &PartBuilder<'_>, row: &IndicatorDraft) -> Option<CellPiece> {
    let columns = &builder.reading.draft.columns;
    let of_row = row.fields.iter().map(|(column, piece)| (&columns[usize::from(*column)], piece));
    // The first of them is the source, where it is one.
    let (column, piece) = of_row.into_iter().find(|(column, _)| column.content == Content::Plain(Field::Source))?;
    column.holds_evidence(builder.standard).then(|| piece.clone())
}

/// None where no category of the standard is meant: the language has no indicator without one, and its row is left over.
fn indicator(builder: &mut PartBuilder<'_>, draft: &IndicatorDraft, is_of_year: bool) -> Option<Indicator> {
    let columns = &builder.reading.draft.columns;
    let first = |content: Content| draft.field(content, columns).cloned();
    let category = Some(category(builder, draft)?);
    let name = match &draft.name {
        Some(piece) => {
            let text = builder.text(piece).to_owned();
            let start = template_number(&text);
            builder.furniture(&piece.part(&text, 0..start));
            builder.name(&piece.part(&text, start..text.len()), "名称")
        }
        None => Spanned::new(Words::from(String::new()), builder.place),
    };
    let mut plain: BTreeMap<Field, Plain> = BTreeMap::new();
    let proven = if is_of_year { evidence_in_source(builder, draft) } else { None };
    for field in plain_fields(Block::Indicator).filter(|field| *field != Field::Source || proven.is_none()) {
        plain.extend(first(Content::Plain(field)).and_then(|piece| Some((field, builder.plain(field, &piece)?))));
    }
    let has_last_year = plain.contains_key(&Field::LastYear);
    let (target, wording) = target(builder, draft, has_last_year, category);
    if let Some(wording) = wording {
        plain.entry(Field::Wording).or_insert(Plain::Text(wording));
    }
    let basis = first(Content::Basis).map(|piece| {
        let kind = first(Content::BasisKind).map(|piece| Box::new(builder.name(&piece, Field::Basis.name)));
        Basis { kind, text: builder.prose(&piece, Field::Basis.name) }
    });
    // 指标方向 and 指标性质 are headings of one another's columns: the cell tells.
    let direction = first(Content::Direction).or_else(|| first(Content::Nature)).and_then(|piece| {
        let direction = cells::direction(builder.text(&piece), builder.standard)?;
        builder.placed(&piece, Field::Direction.name);
        Some(Spanned::new(direction, builder.place))
    });
    let written_period = first(Content::WholePeriodWritten)
        .and_then(|piece| Some((as_written(builder.text(&piece), draft, builder)?, piece)));
    let written_period = written_period.map(|(target, piece)| {
        builder.placed(&piece, Field::WholePeriod.name);
        Box::new(Spanned::new(target, builder.place))
    });
    let printed_period = if written_period.is_none() { printed_period(builder, draft, has_last_year) } else { None };
    let interim = first(Content::Interim).and_then(|piece| {
        let all = interims(builder.text(&piece), builder)?;
        builder.placed(&piece, Field::Interim.name);
        Some(all)
    });
    let indicator = Indicator {
        span: builder.place,
        category,
        category_span: builder.place,
        name,
        target: Spanned::new(target, builder.place),
        whole_period: written_period.or(printed_period),
        basis,
        direction,
        interim: interim.unwrap_or_default(),
        plain: plain.into_iter().collect(),
        extra: extra(builder, draft).into(),
    };
    said_again(builder, draft, &indicator);
    Some(indicator)
}

/// Cells of another table that say the same in their own way.
fn said_again(builder: &mut PartBuilder<'_>, draft: &IndicatorDraft, indicator: &Indicator) {
    for (column, piece) in &draft.again {
        let FormColumn { content, heading, .. } = &builder.reading.draft.columns[*column as usize];
        let text = builder.text(piece);
        let is_said = match content {
            Content::Target | Content::Value => {
                cells::same_but_blanks(&print::target_cell(indicator, builder.standard), text)
            }
            Content::Plain(field) if *field == Field::LastYear => {
                cells::quantity(text, builder.standard, builder.place).as_ref() == indicator.last_year()
            }
            Content::WholePeriod => indicator
                .whole_period
                .as_ref()
                .is_some_and(|one| cells::same_but_blanks(&print::printed(&one.value, builder.standard).glued(), text)),
            Content::Extra => {
                let rule = builder.indicator_rule(heading);
                indicator.extra.iter().any(|field| Some(field.rule) == rule && builder.says_field(piece, field))
            }
            _ => false,
        };
        if is_said {
            builder.repeat(piece);
        }
    }
}

/// The category; where a form leaves a level out, the only one that fits.
fn category(builder: &mut PartBuilder<'_>, draft: &IndicatorDraft) -> Option<crate::model::CategoryId> {
    let key = |piece: &Option<CellPiece>| {
        piece.as_ref().map(|piece| key_of(builder.reading.text(piece)).text).unwrap_or_default()
    };
    let (first, second) = (key(&draft.category), key(&draft.subcategory));
    let found = fit::category(builder.standard, &first, &second)
        .or_else(|| fit::unsorted(builder.standard, if first.is_empty() { &second } else { &first }))?;
    for piece in draft.category.iter().chain(&draft.subcategory) {
        // The points in its bracket are no part of a category.
        let text = builder.text(piece).to_owned();
        let bracket = points_in_bracket(&text);
        let end = bracket.clone().map_or(text.len(), |bytes| text[..bytes.start].trim_end_matches(['（', '(']).len());
        builder.placed(&piece.part(&text, 0..end), "类别");
        if let Some(bytes) = bracket {
            builder.furniture(&piece.part(&text, end..bytes.start));
            builder.furniture(&piece.part(&text, bytes.end..text.len()));
        }
    }
    let has_second = builder.standard.subcategory(found).is_some();
    if second.is_empty() && (first.is_empty() || has_second) {
        builder.guess(draft.name.as_ref(), texts::guessed_category(builder.standard.category_path(found)));
    }
    Some(found)
}

/// The target and the wording that the table prints instead of it.
fn target(
    builder: &mut PartBuilder<'_>,
    draft: &IndicatorDraft,
    has_last_year: bool,
    category: Option<CategoryId>,
) -> (Target, Option<Text>) {
    let columns: &[FormColumn] = &builder.reading.draft.columns;
    let piece = |content: Content| draft.field(content, columns).cloned();
    let (whole, nature, value) = (piece(Content::Target), piece(Content::Nature), piece(Content::Value));
    let unit = piece(Content::Measure).filter(|unit| !is_none(builder, unit));
    if let Some(none) = piece(Content::Measure).filter(|_| unit.is_none()) {
        builder.furniture(&none);
    }
    let text = |piece: &Option<CellPiece>| piece.as_ref().map(|piece| builder.reading.text(piece));
    let has_parts = value.is_some() || nature.is_some();
    // `=` before words says no more than that they are the target.
    let equals_words = text(&nature).is_some_and(|nature| matches!(nature.trim(), "=" | "＝"))
        && unit.is_none()
        && text(&value).is_some_and(|value| value.chars().all(char::is_alphabetic));
    let cells = cells::TargetCells {
        whole: text(&whole).filter(|_| !has_parts),
        nature: if equals_words { Some(cells::QUALITATIVE) } else { text(&nature) },
        value: text(&value),
        unit: text(&unit),
        is_of_time: category.is_some_and(|id| builder.standard.role(id) == Some(Role::Timeliness)),
    };
    let mut told = None;
    let written =
        piece(Content::Written).and_then(|piece| Some((as_written(builder.text(&piece), draft, builder)?, piece)));
    let typed = if let Some((target, _)) = &written {
        Typed { target: target.clone(), wording: None, doubts: Vec::new() }
    } else {
        let unit = unit_in_name(builder, draft);
        let read = |cells| written_figures::read(cells, has_last_year, builder.standard, builder.place);
        let typed;
        (typed, told) = read(cells);
        match &unit {
            Some(unit) if typed.doubts.contains(&Doubt::NoUnit) => {
                let value = cells.whole.or(cells.value);
                read(cells::TargetCells { whole: None, value, unit: Some(unit), ..cells }).0
            }
            _ => typed,
        }
    };
    if whole.is_none() && !has_parts && written.is_none() {
        builder.guess(draft.name.as_ref(), texts::guessed_no_target());
    }
    let at = whole.clone().or(value.clone()).or(nature.clone());
    if let Some(value) = value.as_ref().filter(|_| equals_words) {
        builder.guess(nature.as_ref(), texts::doubt_other_sign(builder.text(value).to_owned()));
    }
    for doubt in &typed.doubts {
        tell_doubt(builder, *doubt, at.as_ref());
    }
    if let Some(told) = told {
        let shown = at.as_ref().map(|piece| builder.text(piece).to_owned()).unwrap_or_default();
        let text = match told {
            FigureTold::Power(number) => texts::guessed_power(shown, number),
            FigureTold::UnreadPower => texts::doubt_power(shown),
            FigureTold::Quantitative => texts::doubt_quantitative(shown),
        };
        builder.guess(at.as_ref(), text);
    }
    if let Some((_, piece)) = &written {
        builder.placed(piece, "目标值");
    }
    for piece in [&nature, &value, &unit].into_iter().flatten() {
        builder.placed(piece, "目标值");
    }
    if let Some(piece) = &whole {
        let prints = print::printed(&typed.target, builder.standard).glued();
        let same = cells::same_but_blanks(&prints, builder.text(piece));
        if !has_parts && written.is_none() {
            builder.placed(piece, "目标值");
        } else if same {
            builder.repeat(piece);
        } else {
            // The printed cell says it in the author's words.
            let wording = builder.prose(piece, Field::Wording.name);
            return (typed.target, Some(wording));
        }
    }
    let wording = typed.wording.filter(|wording| !is_words(&typed.target, wording));
    let wording = wording.map(|wording| Spanned::new(Words::from(wording), builder.place));
    (typed.target, wording)
}

/// `合格率（%）`: the name states the unit of its target.
fn unit_in_name(builder: &PartBuilder<'_>, draft: &IndicatorDraft) -> Option<String> {
    let bracket = key_of(builder.text(draft.name.as_ref()?)).bracket?;
    unit::find(builder.standard, &bracket).is_some().then_some(bracket)
}

/// Words print as they are: they need no other wording, but for line ends.
fn is_words(target: &Target, wording: &str) -> bool {
    matches!(target, Target::Words(words) if cells::same_but_blanks(words, wording))
}

fn tell_doubt(builder: &mut PartBuilder<'_>, doubt: Doubt, piece: Option<&CellPiece>) {
    let shown = piece.map(|piece| builder.text(piece).to_owned()).unwrap_or_default();
    let text = match doubt {
        Doubt::SpeltOut => texts::doubt_spelt_out(shown),
        Doubt::NoUnit => texts::doubt_no_unit(shown),
        Doubt::Noted => texts::doubt_noted(shown),
        Doubt::WholeScale => texts::doubt_whole_scale(shown),
        Doubt::DamagedSign => {
            builder.suspect(piece, texts::doubt_damaged_sign(shown));
            return;
        }
        Doubt::OtherSign => texts::doubt_other_sign(shown),
        Doubt::UnreadDate => texts::doubt_unread_date(shown),
        Doubt::Fraction => texts::doubt_fraction(shown),
    };
    builder.guess(piece, text);
}

/// A target in the words of the language, as our own tables hold it; none where it is none.
fn as_written(text: &str, draft: &IndicatorDraft, builder: &PartBuilder<'_>) -> Option<Target> {
    let last_year =
        draft.field(Content::Plain(Field::LastYear), &builder.reading.draft.columns).map(|piece| builder.text(piece));
    let alone = |last_year| crate::model::alone::target_alone(text, last_year, builder.standard);
    alone(None).or_else(|| alone(Some(last_year?)))
}

/// `6月底 ≥ 25 份；10月底 ≥ 40 份`, as our own tables hold it; none where a part of it is none.
fn interims(text: &str, builder: &PartBuilder<'_>) -> Option<Box<[Interim]>> {
    let one = |part: &str| {
        let (day, target) = part.trim().split_once(' ')?;
        let target = crate::model::alone::target_alone(target, None, builder.standard)?;
        let place = builder.place;
        Some(Interim { span: place, date: Date::read(day)?, target: Spanned::new(target, place) })
    };
    text.split(['；', ';']).map(one).collect()
}

/// A target that prints as the cell has it: typed where that is so, else its words.
fn exact(cell: &str, builder: &PartBuilder<'_>, has_last_year: bool) -> Target {
    let cells = cells::TargetCells { whole: Some(cell), ..cells::TargetCells::default() };
    let typed = cells::read(cells, has_last_year, builder.standard, builder.place);
    if typed.wording.is_none() { typed.target } else { Target::Words(cell.to_owned().into()) }
}

/// The bytes of `指标1：` before a name, as the blank form has it.
fn template_number(text: &str) -> usize {
    let rest = text.strip_prefix(INDICATOR.0).map(str::trim_start);
    let after = rest.map(|rest| rest.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    let name = rest.zip(after).filter(|(rest, after)| after.len() < rest.len());
    let name = name.and_then(|(_, after)| after.trim_start().strip_prefix(['：', ':', '.', '、']));
    name.filter(|name| !name.trim().is_empty()).map_or(0, |name| text.len() - name.len())
}

/// The target of more than a year in cells beside those of the year, whose comparator and unit hold for it, too.
fn printed_period(
    builder: &mut PartBuilder<'_>,
    draft: &IndicatorDraft,
    has_last_year: bool,
) -> Option<Box<Spanned<Target>>> {
    let columns = &builder.reading.draft.columns;
    let pieces: Vec<CellPiece> = (draft.fields.iter())
        .filter(|(column, _)| columns[usize::from(*column)].content == Content::WholePeriod)
        .map(|(_, piece)| piece.clone())
        .collect();
    let beside = |content: Content| draft.field(content, columns).filter(|piece| !is_none(builder, piece));
    let (nature, unit) = (beside(Content::Nature), beside(Content::Measure));
    let [nature, unit] = [nature, unit].map(|piece| piece.map(|piece| builder.text(piece)));
    let texts: Vec<&str> = pieces.iter().map(|piece| builder.text(piece)).collect();
    let starts_with_number = texts.first()?.starts_with(|sign: char| sign.is_ascii_digit());
    let is_number = |text: &str| cells::leading_number(text.trim()).is_some_and(|(_, rest)| rest.is_empty());
    let parts = match texts[..] {
        [value] if is_number(value) => Some((nature, value, unit)),
        [value, unit] if starts_with_number => Some((nature, value, Some(unit))),
        [nature, value] => Some((Some(nature), value, unit)),
        [nature, value, unit] => Some((Some(nature), value, Some(unit))),
        _ => None,
    };
    let target = match parts {
        Some((nature, value, unit)) => {
            let cells = cells::TargetCells { nature, value: Some(value), unit, ..cells::TargetCells::default() };
            let typed = cells::read(cells, has_last_year, builder.standard, builder.place);
            if typed.wording.is_none() { typed.target } else { Target::Words(texts.concat().into()) }
        }
        None => exact(&texts.concat(), builder, has_last_year),
    };
    for piece in &pieces {
        builder.placed(piece, Field::WholePeriod.name);
    }
    Some(Box::new(Spanned::new(target, builder.place)))
}

/// Whether a cell says that there is nothing to say.
fn is_none(builder: &PartBuilder<'_>, piece: &CellPiece) -> bool {
    builder.standard.words("空白说明").words().contains(&text::key(builder.text(piece)))
}

/// A row about more than a year goes to the indicator of the same name. Whether there is one.
fn whole_period(builder: &mut PartBuilder<'_>, draft: &IndicatorDraft, indicators: &mut [Indicator]) -> bool {
    let Some(name) = &draft.name else { return true };
    let key = text::key(builder.text(name));
    let found = indicators.iter().position(|one| one.whole_period.is_none() && text::key(&one.name.value) == key);
    let Some(index) = found else { return false };
    builder.indicator = Some(index as u32);
    let (targets, _) = parted(builder, draft);
    let has_last_year = indicators[index].last_year().is_some();
    indicators[index].whole_period = of_whole_period(builder, &targets, has_last_year);
    for piece in [&draft.name, &draft.category, &draft.subcategory].into_iter().flatten() {
        builder.repeat(piece);
    }
    true
}

/// The cells of a row that make up its target, in the order in which they are said, and the others.
fn parted(builder: &PartBuilder<'_>, draft: &IndicatorDraft) -> (Vec<CellPiece>, Vec<(u16, CellPiece)>) {
    let columns = &builder.reading.draft.columns;
    let parts = [Content::Nature, Content::Target, Content::WholePeriod, Content::Value, Content::Measure];
    let order = |column: u16| parts.iter().position(|part| *part == columns[usize::from(column)].content);
    let mut targets: Vec<(usize, CellPiece)> =
        draft.fields.iter().filter_map(|(column, piece)| Some((order(*column)?, piece.clone()))).collect();
    targets.sort_by_key(|(order, _)| *order);
    let fields = draft.fields.iter().filter(|(column, _)| order(*column).is_none()).cloned().collect();
    (targets.into_iter().map(|(_, piece)| piece).collect(), fields)
}

/// The target of more than a year, as the cells say it one after the other.
fn of_whole_period(
    builder: &mut PartBuilder<'_>,
    cells: &[CellPiece],
    has_last_year: bool,
) -> Option<Box<Spanned<Target>>> {
    let text: String = cells.iter().map(|piece| builder.text(piece)).collect();
    if text.is_empty() {
        return None;
    }
    for piece in cells {
        builder.placed(piece, Field::WholePeriod.name);
    }
    Some(Box::new(Spanned::new(exact(&text, builder, has_last_year), builder.place)))
}

fn extra(builder: &mut PartBuilder<'_>, draft: &IndicatorDraft) -> Vec<ExtraField> {
    let mut fields: Vec<ExtraField> = Vec::new();
    for (column, piece) in &draft.fields {
        let column = &builder.reading.draft.columns[*column as usize];
        if column.content != Content::Extra {
            continue;
        }
        let Some(rule) = builder.indicator_rule(&column.heading) else { continue };
        if fields.iter().all(|known| known.rule != rule) {
            fields.extend(builder.extra_field(rule, piece));
        }
    }
    fields
}
