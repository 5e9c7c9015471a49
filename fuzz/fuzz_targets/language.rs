#![no_main]

use jixiao::backend::{ALL, Memory, RenderOptions, Scope};
use jixiao::diagnostic::Language;
use jixiao::diagnostic::render::Style;
use jixiao::findings::Format;
use jixiao::workspace::{Input, analyse};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = jixiao::syntax::decode("甲.jx", bytes.to_vec()) else { return };
    let analysis = analyse(vec![Input { path: "甲.jx".to_owned(), text: text.into() }], None);
    let style = Style { language: Language::Chinese, colour: false, width: 100 };
    let _ = Format::Full.write(&mut &analysis, style, &mut std::io::sink());
    if !analysis.has_errors() {
        for backend in ALL {
            let mut memory = Memory::default();
            backend
                .render(&analysis.model, Scope::Workspace, &RenderOptions::default(), &mut memory)
                .expect("memory takes everything");
        }
    }
});
