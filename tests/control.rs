//! Which findings count: levels, profiles, comments that excuse, baselines, and what a run says of each rule.

use jixiao::control::baseline::Baseline;
use jixiao::control::{VerdictState, Wishes};
use jixiao::diagnostic::{Code, Diagnostic, Severity, fix};
use jixiao::workspace::{Analysis, Input, analyse_with};

/// A project with one JX061 and one JX064, on lines 5 and 6.
const PROJECT: &str = "项目 河道清淤 {
  预算 20 万元
  目标 \"汛期前清淤10公里。\"
  指标 数量 清淤长度 ≥ 10 公里
  指标 质量 断面恢复情况 定性 \"断面恢复情况\"
  指标 时效 工程款支付及时率 ≥ 100%
  指标 社会效益 受淹村庄 ≤ 1 村
  指标 满意度 沿河村民满意度 ≥ 90%
}
";

fn run(text: &str, settings: &str, wishes: &Wishes) -> Analysis {
    let input = |path: &str, text: &str| Input { path: path.to_owned(), text: text.into() };
    analyse_with(vec![input("例.jx", text)], Some(input("jixiao.toml", settings)), wishes)
}

fn told(analysis: &Analysis) -> Vec<(Code, Severity)> {
    analysis.diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.severity)).collect()
}

fn levels(text: &str, settings: &str, wishes: &Wishes) -> Vec<(Code, Severity)> {
    told(&run(text, settings, wishes))
}

/// The project with a comment at the end of its fifth line, or above it.
fn with_comment(comment: &str, is_above: bool) -> String {
    let lines = PROJECT.lines().enumerate().map(|(index, line)| match index {
        4 if is_above => format!("  {comment}\n{line}\n"),
        4 => format!("{line}  {comment}\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn the_nearer_level_wins() {
    use Severity::{Error, Note, Warning};
    let plain = Wishes::default();
    assert_eq!(levels(PROJECT, "", &plain), [(Code::JX061, Warning), (Code::JX064, Warning)]);
    let strict = "profile = \"严格\"\n";
    assert_eq!(levels(PROJECT, strict, &plain), [(Code::JX061, Error), (Code::JX064, Warning)]);
    let settings = "profile = \"严格\"\n[levels]\nJX061 = \"note\"\nJX064 = \"allow\"\n";
    assert_eq!(levels(PROJECT, settings, &plain), [(Code::JX061, Note)]);
    let deny = Wishes { deny: vec![Code::JX061, Code::JX064], ..Wishes::default() };
    assert_eq!(levels(PROJECT, settings, &deny), [(Code::JX061, Error), (Code::JX064, Error)]);
    let deny_warnings = Wishes { deny_warnings: true, ..Wishes::default() };
    assert_eq!(levels(PROJECT, "", &deny_warnings), [(Code::JX061, Error), (Code::JX064, Error)]);
    let select = Wishes { select: vec![Code::JX064], ..Wishes::default() };
    assert_eq!(levels(PROJECT, "", &select), [(Code::JX064, Warning)]);
    let ignore = Wishes { ignore: vec![Code::JX064], ..Wishes::default() };
    assert_eq!(levels(PROJECT, "", &ignore), [(Code::JX061, Warning)]);
}

#[test]
fn a_rule_that_is_off_runs_where_it_is_named() {
    let text = PROJECT.replace("= 10 公里", "= 10 公里 {\n    依据 \"水务局清淤任务书\"\n  }");
    let text = text.replace("≥ 10 公里", "≥ 10 公里 {\n    依据 \"水务局清淤任务书\"\n  }");
    let has = |wishes: &Wishes| levels(&text, "", wishes).iter().any(|(code, _)| *code == Code::JX086);
    assert!(!has(&Wishes::default()));
    assert!(has(&Wishes { select: Code::matching("JX08"), ..Wishes::default() }));
}

#[test]
fn an_unknown_profile_is_an_error() {
    let wishes = Wishes { profile: Some("宽松".to_owned()), ..Wishes::default() };
    assert_eq!(levels(PROJECT, "", &wishes)[0], (Code::JX303, Severity::Error));
    assert!(levels(PROJECT, "profile = \"宽松\"\n", &Wishes::default()).contains(&(Code::JX303, Severity::Error)));
}

#[test]
fn names_on_the_command_line_mean_codes_slugs_and_beginnings() {
    assert_eq!(Code::matching("jx061"), [Code::JX061]);
    assert_eq!(Code::matching("target-repeats-name"), [Code::JX061]);
    assert!(
        Code::matching("JX06").len() > 5 && Code::matching("JX06").iter().all(|code| code.id().starts_with("JX06"))
    );
    assert!(Code::matching("JX777").is_empty() && Code::matching("").is_empty() && Code::matching("指").is_empty());
}

#[test]
fn a_comment_excuses_its_line_or_the_next_statement_and_says_why() {
    for (comment, is_above) in [
        ("# 允许 JX061：县里统一的说法", false),
        ("# 允许 JX061：县里统一的说法", true),
        ("＃允许　JX061: 县里统一的说法", false),
        ("# allow target-repeats-name: 县里统一的说法", true),
    ] {
        let analysis = run(&with_comment(comment, is_above), "", &Wishes::default());
        assert_eq!(told(&analysis), [(Code::JX064, Severity::Warning)], "{comment}");
        let [excused] = &analysis.excused[..] else { panic!("{comment}: {:?}", analysis.excused) };
        assert_eq!((excused.diagnostic.code, &*excused.reason), (Code::JX061, "县里统一的说法"));
    }
    // Above a project: the project with all it holds.
    let whole = format!("# 允许 JX061、JX064：旧表照搬\n{PROJECT}");
    assert_eq!(told(&run(&whole, "", &Wishes::default())), []);
    // A comment above the first project says nothing of the second.
    let second = format!("# 允许 JX061、JX064：旧表照搬\n{PROJECT}{}", PROJECT.replace("河道", "沟渠"));
    let of_second = told(&run(&second, "", &Wishes::default()));
    assert_eq!(of_second.iter().filter(|(code, _)| matches!(code, Code::JX061 | Code::JX064)).count(), 2);
}

#[test]
fn a_comment_without_a_reason_or_with_an_unusable_code_is_told_and_excuses_nothing() {
    let told_for = |comment: &str| told(&run(&with_comment(comment, false), "", &Wishes::default()));
    for comment in ["# 允许 JX061", "# 允许 JX061：", "# 允许 JX961：旧表照搬", "# 允许 JX301：旧表照搬"]
    {
        let told = told_for(comment);
        assert!(told.contains(&(Code::JX513, Severity::Warning)), "{comment}: {told:?}");
        assert!(told.contains(&(Code::JX061, Severity::Warning)), "{comment}");
    }
    // Ordinary remarks are no such comments.
    for comment in ["# 允许超支", "# 允许 超支 5%：见会议纪要", "# allow some slack: see the minutes"] {
        assert_eq!(told_for(comment).len(), 2, "{comment}");
    }
}

#[test]
fn a_comment_that_excuses_nothing_is_told_and_its_fix_deletes_just_that() {
    let mended = |comment: &str| {
        let text = with_comment(comment, false);
        let analysis = run(&text, "", &Wishes::default());
        let unused: Vec<&Diagnostic> = analysis.diagnostics.iter().filter(|one| one.code == Code::JX514).collect();
        assert!(!unused.is_empty(), "{comment}");
        let fixed = fix::apply(unused.into_iter(), &analysis.sources, false);
        fixed.texts.into_values().next().expect("a text")
    };
    assert_eq!(mended("# 允许 JX060：旧表照搬"), PROJECT);
    assert_eq!(mended("# 允许 JX060、JX061：旧表照搬"), with_comment("# 允许 JX061：旧表照搬", false));
    assert_eq!(mended("# 允许 JX061、JX060：旧表照搬"), with_comment("# 允许 JX061：旧表照搬", false));
    // A rule that is off was not looked for.
    let off = run(&with_comment("# 允许 JX061：旧表照搬", false), "[levels]\nJX061 = \"allow\"\n", &Wishes::default());
    assert_eq!(told(&off), [(Code::JX064, Severity::Warning)]);
}

#[test]
fn a_baseline_leaves_only_what_is_new() {
    let name = str::to_owned;
    let known = run(PROJECT, "", &Wishes::default());
    let baseline = Baseline::of(&known.diagnostics, &known.sources, name);
    let read = Baseline::from_json(&baseline.to_json()).expect("a baseline");
    assert_eq!(read, baseline);
    // Lines move, one finding is mended, one is new.
    let changed = format!("# 清淤\n\n{PROJECT}")
        .replace("≥ 100%", "= 100%")
        .replace("沿河村民满意度 ≥ 90%", "沿河村民满意度 定性 \"沿河村民满意度\"");
    let mut now = run(&changed, "", &Wishes::default());
    let (left_out, gone) = baseline.subtract(&mut now.diagnostics, &now.sources, name);
    assert_eq!((left_out, gone), (1, 1));
    assert_eq!(told(&now), [(Code::JX061, Severity::Warning)]);
    for bad in ["", "[]", "{\"schema_version\": 9, \"findings\": []}"] {
        assert!(Baseline::from_json(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_run_says_of_each_rule_whether_it_found_nothing_or_could_not_tell() {
    let state = |analysis: &Analysis, code: Code| {
        analysis.verdicts.iter().find(|verdict| verdict.code == code).expect("a verdict").state
    };
    let analysis = run(PROJECT, "", &Wishes::default());
    assert_eq!(state(&analysis, Code::JX061), VerdictState::Found);
    assert_eq!(state(&analysis, Code::JX063), VerdictState::NothingFound);
    assert_eq!(state(&analysis, Code::JX086), VerdictState::Off);
    // Without a purpose nobody can say that the goal repeats it.
    assert_eq!(state(&analysis, Code::JX030), VerdictState::NotEnoughData);
    let nothing = run("", "", &Wishes::default());
    assert_eq!(state(&nothing, Code::JX061), VerdictState::NotEnoughData);
    assert_eq!(analysis.verdicts.len(), Code::ALL.iter().filter(|code| code.has_level()).count());
}
