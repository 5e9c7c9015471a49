//! `jixiao.toml`: the settings of a workspace. All are optional.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Severity, Text, texts};
use crate::model::standard::Level;
use crate::source::{FileId, Span};
use crate::syntax::vocabulary::nearest;

/// What the file is called.
pub const SETTINGS_FILE: &str = "jixiao.toml";

/// The settings, each as the file states it.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The standard of departments that name none.
    pub standard: Option<(Arc<str>, Span)>,
    /// A standard whose levels hold over those of the departments' standards.
    pub profile: Option<(Arc<str>, Span)>,
    /// Where `build` writes, from the folder of the file.
    pub output: Option<String>,
    /// Levels of rules, over those of standards.
    pub levels: BTreeMap<Code, Level>,
}

const SETTINGS: [&str; 4] = ["standard", "profile", "output", "levels"];

/// Reads the text of a `jixiao.toml`. Reports JX511 and JX512.
pub fn read(file: FileId, text: &str) -> (Config, Vec<Diagnostic>) {
    let mut config = Config::default();
    let mut found = Vec::new();
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let span = error.span().map_or(0..text.len().min(1), |span| span.start..span.end.max(span.start + 1));
            found.push(bad(
                Span::new(file, span.start, span.end),
                texts::reason_toml(error.message().lines().next().unwrap_or("")),
            ));
            return (config, found);
        }
    };
    for (key, value) in sorted(table.get_ref()) {
        let span = Span::new(file, value.span().start, value.span().end);
        let text_of = |found: &mut Vec<Diagnostic>| {
            if let DeValue::String(text) = value.get_ref() {
                Some(text.to_string())
            } else {
                found.push(bad(span, texts::reason_type(&**key.get_ref(), texts::what_text())));
                None
            }
        };
        match &**key.get_ref() {
            "standard" => config.standard = text_of(&mut found).map(|name| (name.into(), span)),
            "profile" => config.profile = text_of(&mut found).map(|name| (name.into(), span)),
            "output" => {
                config.output = text_of(&mut found);
                if let Some(path) = config.output.take_if(|path| !stays_inside(path)) {
                    found.push(bad(span, texts::reason_output(path)));
                }
            }
            "levels" => match value.get_ref() {
                DeValue::Table(table) => read_levels(file, table, &mut config, &mut found),
                _ => found.push(bad(span, texts::reason_type("levels", texts::what_table()))),
            },
            name => found.push(unknown(name, &SETTINGS, Span::new(file, key.span().start, key.span().end))),
        }
    }
    (config, found)
}

/// Whether a path, from the folder of the settings, leads to that folder or below.
fn stays_inside(path: &str) -> bool {
    let is_rooted = path.starts_with(['/', '\\']) || path.chars().nth(1) == Some(':');
    let depth = path.split(['/', '\\']).try_fold(0_usize, |depth, part| match part {
        "" | "." => Some(depth),
        ".." => depth.checked_sub(1),
        _ => Some(depth + 1),
    });
    !is_rooted && depth.is_some()
}

fn sorted<'a, 'b>(table: &'a DeTable<'b>) -> Vec<(&'a Spanned<std::borrow::Cow<'b, str>>, &'a Spanned<DeValue<'b>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn read_levels(file: FileId, table: &DeTable<'_>, config: &mut Config, found: &mut Vec<Diagnostic>) {
    for (key, value) in sorted(table) {
        let key_span = Span::new(file, key.span().start, key.span().end);
        let span = Span::new(file, value.span().start, value.span().end);
        let name: &str = key.get_ref();
        let Some(code) = Code::find(name) else {
            let meant = Code::meant_by(name).map(Code::id);
            found.push(unknown(name, meant.as_slice(), key_span));
            continue;
        };
        let word = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let level = match word.as_str() {
            "deny" => Level::Report(Severity::Error),
            "warn" => Level::Report(Severity::Warning),
            "note" => Level::Report(Severity::Note),
            "allow" => Level::Off,
            _ => {
                found.push(bad(span, texts::reason_level(word)));
                continue;
            }
        };
        if !code.has_level() {
            found.push(bad(key_span, texts::reason_fixed_level(code.id())));
            continue;
        }
        config.levels.insert(code, level);
    }
}

fn bad(span: Span, reason: Text) -> Diagnostic {
    Diagnostic::new(Code::JX512, texts::bad_setting(reason), span, texts::bad_setting_here())
}

fn unknown(name: &str, known: &[&str], span: Span) -> Diagnostic {
    let message = texts::unknown_setting(name);
    match nearest(name, known.iter().map(|known| (*known, *known))) {
        Some(right) => Diagnostic::new(Code::JX511, message, span, texts::did_you_mean(right)).fix(
            texts::replace_by(right),
            span,
            right,
        ),
        None => Diagnostic::new(Code::JX511, message, span, texts::not_found_here())
            .help(texts::settings_are(SETTINGS.join(" "))),
    }
}
