//! Fixes mend: after each one its finding is gone and no error is new, over every explained example, every review case and
//! every example workspace.

use std::collections::{BTreeMap, BTreeSet};

use jixiao::diagnostic::{Code, Diagnostic, Language, Safety, fix};
use jixiao::model::target::Target;
use jixiao::workspace::{Analysis, Input, analyse};

struct Workspace {
    name: String,
    inputs: Vec<Input>,
}

fn input(path: &str, text: &str) -> Input {
    Input { path: path.to_owned(), text: text.into() }
}

/// The failing examples of the pages, the labelled cases, and the examples.
fn workspaces() -> Vec<Workspace> {
    let mut all = Vec::new();
    for code in Code::ALL.iter().filter(|code| code.id() < "JX900") {
        for (index, block) in code.explanation().split("```").skip(1).step_by(2).enumerate() {
            if let Some(text) = block.strip_prefix("jx,fails\n") {
                all.push(Workspace { name: format!("{} {index}", code.id()), inputs: vec![input("例.jx", text)] });
            }
        }
    }
    for (name, text) in crate::support::review_cases() {
        all.push(Workspace { inputs: vec![input(&name, &text)], name });
    }
    for example in crate::support::examples() {
        all.push(Workspace { name: example.name, inputs: example.files });
    }
    all
}

fn check(inputs: &[Input]) -> Analysis {
    analyse(inputs.to_vec(), None)
}

fn mended(inputs: &[Input], analysis: &Analysis, diagnostics: &[&Diagnostic], with_suggested: bool) -> Vec<Input> {
    let fixed = fix::apply(diagnostics.iter().copied(), &analysis.sources, with_suggested);
    let mut inputs = inputs.to_vec();
    for (file, text) in fixed.texts {
        let path = &analysis.sources.get(file).path;
        let input = inputs.iter_mut().find(|input| input.path == *path).expect("a file of the workspace");
        input.text = text.into();
    }
    inputs
}

fn errors(analysis: &Analysis) -> BTreeMap<Code, usize> {
    let mut errors = BTreeMap::new();
    for diagnostic in analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
        *errors.entry(diagnostic.code).or_default() += 1;
    }
    errors
}

fn count(analysis: &Analysis, code: Code) -> usize {
    analysis.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count()
}

#[test]
fn after_a_fix_its_finding_is_gone_and_no_error_is_new() {
    let mut mending: BTreeSet<Code> = BTreeSet::new();
    for workspace in workspaces() {
        let before = check(&workspace.inputs);
        for diagnostic in before.diagnostics.iter().filter(|diagnostic| diagnostic.fix.is_some()) {
            let (code, message) = (diagnostic.code, &diagnostic.message.in_language(Language::Chinese));
            let inputs = mended(&workspace.inputs, &before, &[diagnostic], true);
            let after = check(&inputs);
            let texts = || inputs.iter().map(|input| &*input.text).collect::<Vec<_>>().join("\n");
            assert!(
                count(&after, code) < count(&before, code),
                "{}: {} `{message}` stays after its fix\n{}",
                workspace.name,
                code.id(),
                texts()
            );
            for (other, errors_after) in errors(&after) {
                let errors_before = errors(&before).get(&other).copied().unwrap_or(0);
                // A line that can be read again may show what was hidden in it; a rule of the field may not appear.
                let was_hidden = code.id() >= "JX200";
                assert!(
                    errors_after <= errors_before || was_hidden,
                    "{}: the fix of {} `{message}` brings {}\n{}",
                    workspace.name,
                    code.id(),
                    other.id(),
                    texts()
                );
            }
            mending.insert(code);
        }
    }
    let rules = mending.iter().filter(|code| code.has_level()).count();
    assert!(rules >= 15, "only {rules} rules with fixes were seen: {mending:?}");
}

#[test]
fn fixing_ends_and_a_second_run_changes_nothing() {
    for workspace in workspaces() {
        for with_suggested in [false, true] {
            let mut inputs = workspace.inputs.clone();
            let mut rounds = 0;
            loop {
                let analysis = check(&inputs);
                let all: Vec<&Diagnostic> = analysis.diagnostics.iter().collect();
                let next = mended(&inputs, &analysis, &all, with_suggested);
                if next.iter().zip(&inputs).all(|(one, other)| one.text == other.text) {
                    break;
                }
                inputs = next;
                rounds += 1;
                assert!(rounds < 10, "{} is never done", workspace.name);
            }
        }
    }
}

#[test]
fn safe_fixes_leave_the_numbers_of_the_tables_alone() {
    for workspace in workspaces() {
        let before = check(&workspace.inputs);
        let safe: Vec<&Diagnostic> = before
            .diagnostics
            .iter()
            .filter(|one| one.code.has_level() && one.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe))
            .collect();
        let after = check(&mended(&workspace.inputs, &before, &safe, false));
        let numbers = |analysis: &Analysis| -> Vec<String> {
            let indicators = analysis.model.projects.iter().flat_map(|project| &project.indicators);
            indicators
                .filter_map(|indicator| match &indicator.target.value {
                    Target::Quantity { quantity, .. } => Some(quantity.value.to_string()),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(numbers(&before), numbers(&after), "{}", workspace.name);
    }
}
