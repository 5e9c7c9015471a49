#![no_main]

const PARTS: [&str; 3] = ["word/document.xml", "word/styles.xml", "word/numbering.xml"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jixiao_fuzz::imported("甲.docx", &jixiao_fuzz::packed(&PARTS, bytes)));
