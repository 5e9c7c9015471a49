#![no_main]

// The first byte chooses the name: where bytes do not tell the kind, the name does.
const NAMES: [&str; 8] = ["甲.docx", "甲.xlsx", "甲.html", "甲.csv", "甲.txt", "甲.json", "甲.xls", "甲"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let [first, rest @ ..] = bytes {
        jixiao_fuzz::imported(NAMES[usize::from(*first) % NAMES.len()], rest);
    }
});
