//! JX023: a stated calculation does not come to its amount: `10人×500元×12月=6000元`.
//!
//! Only products and sums of numbers with units are read (`8元/人×200人` among them), where every sign between them is one
//! of `× * + =` and nothing before the first belongs to the calculation.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::prose::{Mention, mentions};
use crate::model::standard::Standard;
use crate::model::unit::Dimension;
use crate::model::{Project, Text};

pub const RULE: Rule = Rule { codes: &[Code::JX023], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    for text in project.texts().filter(|text| text.value.contains('=') || text.value.contains('＝')) {
        check_text(context, text, standard, found);
    }
}

fn check_text(context: &Context<'_>, text: &Text, standard: &Standard, found: &mut Findings) {
    let all: Vec<Mention> = mentions(&text.value, standard).collect();
    let mut start = 0;
    for index in 0..all.len() {
        let sign = all.get(index + 1).and_then(|next| sign_between(&text.value, &all[index], next));
        match sign {
            Some(Sign::Equals) if index > start && is_first(&text.value, &all[start]) => {
                let stated = &all[index + 1];
                if let Some((value, stated_value)) = evaluate(&text.value, &all[start..=index], stated, standard) {
                    let bytes = all[start].bytes.start..stated.bytes.end;
                    let message = texts::formula(&text.value[bytes], plain(value), plain(stated_value));
                    let place = context.place_in(&text.value, text.span, stated.bytes.clone());
                    let mut diagnostic =
                        Diagnostic::new(Code::JX023, message, place, texts::formula_here(plain(value)));
                    if place != text.span {
                        let unit = &text.value[stated.bytes.clone()].trim_start_matches(|sign: char| {
                            sign.is_numeric() || matches!(sign, '.' | ',' | '，' | '．')
                        });
                        let right = format!("{}{unit}", plain(value));
                        diagnostic = diagnostic.fix(texts::replace_by(&right), place, right);
                    }
                    found.push(diagnostic);
                }
                start = index + 1;
            }
            Some(Sign::Times | Sign::Plus) => {}
            Some(Sign::Equals) | None => start = index + 1,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Times,
    Plus,
    Equals,
}

/// Whether no operator stands before a number, whose own terms could not be read.
fn is_first(text: &str, mention: &Mention) -> bool {
    let before = text[..mention.bytes.start].trim_end().chars().next_back();
    !before.is_some_and(|sign| "×*xX＊╳+＋-－−–—÷/／(（".contains(sign))
}

/// The sign that stands between two numbers, after what a price is for (`/人`); other words make it unclear, and then there
/// is none.
fn sign_between(text: &str, one: &Mention, next: &Mention) -> Option<Sign> {
    let mut between = text[one.bytes.end..next.bytes.start].trim();
    if let Some(rest) = between.strip_prefix(['/', '／']) {
        between = rest.trim_start_matches(|sign: char| {
            matches!(sign, '/' | '／') || sign.is_alphabetic() && !"xX".contains(sign)
        });
    }
    match between.trim() {
        "×" | "*" | "x" | "X" | "＊" | "╳" => Some(Sign::Times),
        "+" | "＋" => Some(Sign::Plus),
        "=" | "＝" => Some(Sign::Equals),
        _ => None,
    }
}

/// What the terms come to and what is stated, in the unit of the stated number, where they differ by more than rounding.
fn evaluate(text: &str, terms: &[Mention], stated: &Mention, standard: &Standard) -> Option<(Decimal, Decimal)> {
    let is_money = |mention: &Mention| mention.dimension(standard) == Some(Dimension::Money);
    let is_measured = |mention: &Mention| {
        let dimension = mention.dimension(standard);
        matches!(dimension, Some(Dimension::Length | Dimension::Area | Dimension::Volume | Dimension::Mass))
    };
    // Kilometres by metres come to square metres only after a conversion that is not ours to guess.
    if !is_money(stated) && terms.iter().any(is_measured) {
        return None;
    }
    // An amount in 万元 scales; counts, months and shares do not.
    let scale = |mention: &Mention| {
        let factor = if is_money(mention) {
            mention.base_value(standard)?.checked_div(mention.value)?
        } else {
            mention.multiplier.factor()
        };
        let is_ratio = mention.dimension(standard) == Some(Dimension::Ratio);
        if is_ratio {
            mention.base_value(standard)?.checked_div(Decimal::ONE_HUNDRED)
        } else {
            mention.value.checked_mul(factor)
        }
    };
    let mut sum = Decimal::ZERO;
    let mut product = scale(&terms[0])?;
    for pair in terms.windows(2) {
        let value = scale(&pair[1])?;
        if sign_between(text, &pair[0], &pair[1])? == Sign::Times {
            product = product.checked_mul(value)?;
        } else {
            sum = sum.checked_add(product)?;
            product = value;
        }
    }
    let unit = if is_money(stated) {
        stated.base_value(standard)?.checked_div(stated.value)?
    } else {
        stated.multiplier.factor()
    };
    let value = sum.checked_add(product)?.checked_div(unit)?;
    let rounding = Decimal::new(5, stated.value.scale() + 1);
    let differs = (value - stated.value).abs() > rounding && !stated.value.is_zero();
    differs.then_some((value.round_dp(stated.value.scale().max(2)), stated.value))
}
