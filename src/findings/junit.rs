//! JUnit XML: each rule is a test. It fails where its findings fail the run, is skipped where it is off or cannot tell,
//! and lists what it found short of an error in its output.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};

use super::{ByRule, FoundParts, OfRule};
use crate::backend::xml::plain;
use crate::control::{Verdict, VerdictState};
use crate::diagnostic::render::{Style, one_line};
use crate::diagnostic::{Code, Language, Severity, texts};

type JunitWriter<'a> = Writer<&'a mut dyn Write>;

pub fn write(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut rules = ByRule::<Vec<String>>::default();
    parts.each(&mut |part| {
        for diagnostic in &part.diagnostics {
            rules.of(diagnostic).kept.push(plain(&one_line(diagnostic, &part.sources, style.language)));
        }
        Ok(())
    })?;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let (rules, verdicts) = (rules.in_order(), parts.verdicts());
    suites(&mut Writer::new_with_indent(out, b' ', 2), &rules, &verdicts, style.language)?;
    writeln!(out)
}

fn suites(
    writer: &mut JunitWriter<'_>,
    rules: &[OfRule<Vec<String>>],
    verdicts: &[Verdict],
    language: Language,
) -> io::Result<()> {
    let mut codes: Vec<Code> = verdicts.iter().map(|verdict| verdict.code).collect();
    codes.extend(rules.iter().map(|rule| rule.code));
    codes.sort_unstable();
    codes.dedup();
    let verdict_of = |code: Code| verdicts.iter().find(|verdict| verdict.code == code);
    let found = |code: Code| rules.iter().filter(move |rule| rule.code == code);
    let failing = |code: &&Code| found(**code).any(|rule| rule.severity == Severity::Error);
    let counts = [
        ("tests", codes.len().to_string()),
        ("failures", codes.iter().filter(failing).count().to_string()),
        ("skipped", codes.iter().filter(|code| verdict_of(**code).is_some_and(is_skipped)).count().to_string()),
    ];
    let counts = || counts.iter().map(|(name, value)| (*name, value.as_str()));
    writer.create_element("testsuites").with_attributes(counts()).write_inner_content(|writer| {
        let suite = writer.create_element("testsuite").with_attribute(("name", "jixiao")).with_attributes(counts());
        suite.write_inner_content(|writer| {
            for code in &codes {
                let found: Vec<&OfRule<Vec<String>>> = found(*code).collect();
                test(writer, *code, &found, verdict_of(*code), language)?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn is_skipped(verdict: &Verdict) -> bool {
    matches!(verdict.state, VerdictState::Off | VerdictState::NotEnoughData)
}

fn test(
    writer: &mut JunitWriter<'_>,
    code: Code,
    found: &[&OfRule<Vec<String>>],
    verdict: Option<&Verdict>,
    language: Language,
) -> io::Result<()> {
    let title = code.title();
    let name = format!("{} {}", code.id(), title.in_language(language));
    let case = writer.create_element("testcase").with_attributes([("classname", code.slug()), ("name", name.as_str())]);
    case.write_inner_content(|writer| {
        let (failures, others): (Vec<_>, Vec<_>) =
            found.iter().copied().partition(|rule| rule.severity == Severity::Error);
        let lines = |writer: &mut JunitWriter<'_>, rules: &[&OfRule<Vec<String>>]| {
            rules.iter().flat_map(|rule| &rule.kept).enumerate().try_for_each(|(index, line)| {
                let end = if index == 0 { "" } else { "\n" };
                writer.write_event(Event::Text(BytesText::new(&format!("{end}{line}"))))
            })
        };
        if !failures.is_empty() {
            let message = texts::places(failures.iter().map(|rule| rule.count).sum::<usize>());
            let message = message.in_language(language).to_string();
            let attributes = [("type", Severity::Error.id()), ("message", message.as_str())];
            let failure = writer.create_element("failure").with_attributes(attributes);
            failure.write_inner_content(|writer| lines(writer, &failures))?;
        }
        if let Some(verdict) = verdict.filter(|verdict| is_skipped(verdict)) {
            writer.create_element("skipped").with_attribute(("message", verdict.state.id())).write_empty()?;
        }
        if !others.is_empty() {
            writer.create_element("system-out").write_inner_content(|writer| lines(writer, &others))?;
        }
        if failures.is_empty() && others.is_empty() && verdict.is_none_or(|verdict| !is_skipped(verdict)) {
            writer.write_event(Event::Text(BytesText::new("")))?;
        }
        Ok(())
    })?;
    Ok(())
}
