#![no_main]

const PARTS: [&str; 3] = ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jixiao_fuzz::imported("甲.ofd", &jixiao_fuzz::packed(&PARTS, bytes)));
