#![no_main]

const PARTS: [&str; 5] = [
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jixiao_fuzz::imported("甲.xlsx", &jixiao_fuzz::packed(&PARTS, bytes)));
