//! Hostile input: a clear error, in bounded time and memory, on any bytes.

use std::time::{Duration, Instant};

use crate::support::check;
use jixiao::diagnostic::{Code, Language};
use jixiao::syntax;

fn code_of(bytes: Vec<u8>) -> Code {
    syntax::decode("case.jx", bytes).expect_err("refused").code
}

fn within_time<T>(work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = work();
    assert!(started.elapsed() < Duration::from_secs(20), "took {:?}", started.elapsed());
    result
}

#[test]
fn ten_thousand_nested_braces_are_one_error() {
    let text = format!("项目 甲 {{\n{}", "预算 {\n".repeat(10_000));
    let errors = within_time(|| check(&text));
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].1.starts_with("JX902"), "{errors:?}");
}

#[test]
fn nesting_up_to_the_limit_is_parsed() {
    let depth = syntax::MAXIMUM_DEPTH as usize - 1;
    let text = format!("项目 甲 {{\n{}{}}}\n", "预算 {\n".repeat(depth), "}\n".repeat(depth));
    assert!(syntax::grammar_accepts(&text));
    assert!(check(&text).iter().all(|(_, message)| !message.starts_with("JX902")));
}

#[test]
fn a_file_of_64_mebibytes_is_refused_by_its_size() {
    assert_eq!(within_time(|| code_of(vec![b' '; 64 * 1024 * 1024])), Code::JX901);
}

#[test]
fn bytes_that_are_not_utf_8_name_their_line() {
    let refused = syntax::decode("case.jx", b"# \xE7\xBB\xA9\n\xFF\xFF".to_vec());
    let refused = refused.expect_err("refused");
    assert_eq!(refused.code, Code::JX904);
    assert!(
        refused.message.in_language(Language::English).contains("line 2"),
        "{}",
        refused.message.in_language(Language::English)
    );
}

#[test]
fn utf_16_is_told_from_other_encodings() {
    let utf_16: Vec<u8> = "\u{FEFF}项目 甲".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(code_of(utf_16), Code::JX905);
    assert_eq!(code_of(vec![0xFE, 0xFF, 0x98, 0x79]), Code::JX905);
}

#[test]
fn nul_bytes_are_refused_with_their_line() {
    let refused = syntax::decode("case.jx", b"a\n\0".to_vec()).expect_err("refused");
    assert_eq!(refused.code, Code::JX906);
    assert!(refused.message.in_language(Language::English).contains("line 2"));
}

#[test]
fn a_byte_order_mark_is_accepted() {
    let text = syntax::decode("case.jx", "\u{FEFF}标准 甲 {\n}\n".as_bytes().to_vec()).expect("text");
    assert!(check(&text).is_empty(), "{:?}", check(&text));
}

#[test]
fn more_errors_than_are_shown_are_counted() {
    let text = "项目 甲 {\n".to_owned() + &"  ?? ？\n".repeat(5_000) + "}\n";
    let errors = within_time(|| check(&text));
    let syntax_errors = errors.iter().filter(|(_, message)| message.starts_with("JX2")).count();
    assert_eq!(syntax_errors, syntax::MAXIMUM_SYNTAX_ERRORS);
}

/// Input on which a careless parser takes quadratic time.
#[test]
fn ten_times_the_mistakes_take_about_ten_times_the_time() {
    let hostile: [(&str, &dyn Fn(usize) -> String); 5] = [
        ("open text blocks", &|count| "描述 “““\n".repeat(count)),
        ("open texts", &|count| "描述 \"开\n".repeat(count)),
        ("bad lines", &|count| format!("项目 甲 {{\n{}}}\n", "  ≥≥≥\n".repeat(count))),
        ("stray braces", &|count| "}\n".repeat(count)),
        ("declarations without end", &|count| "项目 甲 {\n".repeat(count)),
    ];
    for (name, text) in hostile {
        let time = |count: usize| {
            let text = text(count);
            let started = Instant::now();
            check(&text);
            started.elapsed()
        };
        time(200);
        let (few, many) = (time(1_000), time(10_000));
        assert!(
            many < Duration::from_secs(15) && many < few * 60 + Duration::from_millis(500),
            "{name}: {few:?}, then {many:?}"
        );
    }
}
