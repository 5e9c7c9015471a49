//! What a person sees of a Word document or a page is what comes in: each kind in a small form of its own.

use std::io::{Cursor, Write};

use jixiao::diagnostic::{Code, Language};
use jixiao::import::{Imported, Importing, import};

/// A packed document with these parts beside its body.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |path: &str, text: &str| {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its bytes");
    };
    let relation = |path: &str| {
        let file = path.strip_prefix("word/").expect("a part of Word");
        let kind = file.split('.').next().expect("a name");
        format!("<Relationship Id=\"{kind}\" Type=\"http://x/{kind}\" Target=\"{file}\"/>")
    };
    let relations: String = parts.iter().map(|(path, _)| relation(path)).collect();
    put("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    put(
        "word/document.xml",
        &format!(
            r#"<w:document xmlns:w="w" xmlns:m="m" xmlns:r="r" xmlns:w14="w14"><w:body>{body}</w:body></w:document>"#
        ),
    );
    for (path, text) in parts {
        put(path, text);
    }
    zip.finish().expect("a package").into_inner()
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
}

fn plain(text: &str) -> String {
    format!("<w:p>{}</w:p>", run("", text))
}

/// A form with one indicator, whose value and basis are made of these paragraphs.
fn form(value: &str, basis: &str) -> String {
    let row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect();
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let texts = |texts: &[&str]| {
        let cells: Vec<String> = texts.iter().map(|text| plain(text)).collect();
        row(&cells.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let (level, kind, name, text) =
        (plain("产出指标"), plain("数量指标"), plain("建成监测站"), plain("建成并验收的座数"));
    let rows = [
        texts(&["项目名称", "水质监测", "预算数", "20000"]),
        texts(&["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]),
        row(&[&level, &kind, &name, &text, value, basis]),
    ];
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

fn imported(name: &str, bytes: &[u8]) -> Imported {
    import(name, bytes, &Importing::default()).unwrap_or_else(|problem| {
        panic!("{}", problem.message.in_language(Language::Chinese));
    })
}

fn of_word(value: &str, basis: &str, parts: &[(&str, &str)]) -> Imported {
    imported("甲.docx", &docx(&form(value, basis), parts))
}

fn text(imported: &Imported) -> String {
    imported.files.iter().map(|(_, text)| text.as_str()).collect()
}

/// The line of the indicator.
fn target(imported: &Imported) -> String {
    let text = text(imported);
    let line = text.lines().find(|line| line.trim_start().starts_with("指标 数量")).expect("an indicator");
    line.trim().trim_end_matches(" {").to_owned()
}

/// Where the code is told, with what it says.
fn told(imported: &Imported, code: Code) -> Vec<String> {
    let findings = imported.findings();
    let of_code = findings.iter().filter(|finding| finding.code == code);
    of_code.map(|finding| finding.text.in_language(Language::Chinese).into_owned()).collect()
}

fn tells(imported: &Imported, code: Code, words: &str) {
    let told = told(imported, code);
    assert!(told.iter().any(|text| text.contains(words)), "{words} is not in {told:?}");
}

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:rPrDefault></w:docDefaults>
    <w:style w:type="character" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="older"><w:basedOn w:val="old"/></w:style>
    <w:style w:type="character" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="signs"><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="note"><w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="item"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>"#;

#[test]
fn struck_out_and_deleted_words_are_no_value() {
    for struck in ["<w:strike/>", "<w:dstrike w:val=\"true\"/>", "<w:rStyle w:val=\"older\"/>"] {
        let value = format!("<w:p>{}{}{}{}</w:p>", run("", "≥"), run(struck, "1"), run(struck, "0"), run("", "12座"));
        let imported = of_word(&value, &plain("计划"), &[("word/styles.xml", STYLES)]);
        assert_eq!(target(&imported), "指标 数量 建成监测站 ≥ 12 座", "{struck}");
        tells(&imported, Code::JX606, "划掉的文字没有读取：10");
    }
    let kept = format!("<w:p>{}</w:p>", run("<w:rStyle w:val=\"old\"/><w:strike w:val=\"0\"/>", "≥12座"));
    let imported = of_word(&kept, &plain("计划"), &[("word/styles.xml", STYLES)]);
    assert_eq!(target(&imported), "指标 数量 建成监测站 ≥ 12 座");
    let deleted = "<w:p><w:r><w:t>≥</w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del><w:r><w:t>12座</w:t></w:r></w:p>";
    let imported = of_word(deleted, &plain("计划"), &[]);
    assert_eq!(target(&imported), "指标 数量 建成监测站 ≥ 12 座");
    tells(&imported, Code::JX606, "修订中删除的文字没有读取：10");
}

#[test]
fn hidden_words_are_told_whatever_hides_them() {
    let by_sign = format!("<w:p>{}{}</w:p>", run("", "年度计划"), run("<w:rStyle w:val=\"secret\"/>", "（内部）"));
    let by_paragraph =
        format!("{}<w:p><w:pPr><w:pStyle w:val=\"note\"/></w:pPr>{}</w:p>", plain("年度计划"), run("", "（内部）"));
    for basis in [by_sign, by_paragraph] {
        let imported = of_word(&plain("≥12座"), &basis, &[("word/styles.xml", STYLES)]);
        assert!(text(&imported).contains("\"年度计划\"") && !text(&imported).contains("内部"), "{}", text(&imported));
        tells(&imported, Code::JX607, "（内部）");
    }
    // Hidden twice is shown.
    let twice = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"note\"/></w:pPr>{}</w:p>",
        run("<w:rStyle w:val=\"secret\"/>", "年度计划")
    );
    assert!(text(&of_word(&plain("≥12座"), &twice, &[("word/styles.xml", STYLES)])).contains("年度计划"));
}

#[test]
fn signs_of_symbol_fonts_and_drawn_comparators() {
    let font = "<w:rFonts w:ascii=\"Symbol\" w:hAnsi=\"Symbol\" w:hint=\"default\"/>";
    for (properties, sign, expected) in [
        (font, "\u{f0b3}", "≥ 12 座"),
        ("<w:rFonts w:cs=\"Symbol\"/>", "\u{f0a3}", "≤ 12 座"),
        ("<w:rStyle w:val=\"signs\"/>", "\u{b3}", "≥ 12 座"),
        ("<w:u w:val=\"single\"/>", "&gt;", "≥ 12 座"),
        ("<w:u w:val=\"none\"/>", "&gt;", "> 12 座"),
    ] {
        let value = format!("<w:p>{}{}</w:p>", run(properties, sign), run("", "12座"));
        let imported = of_word(&value, &plain("计划"), &[("word/styles.xml", STYLES)]);
        assert_eq!(target(&imported), format!("指标 数量 建成监测站 {expected}"), "{properties}");
    }
    let drawn = format!("<w:p>{}{}</w:p>", run("<w:u w:val=\"single\"/>", "&lt;"), run("", "12座"));
    tells(&of_word(&drawn, &plain("计划"), &[]), Code::JX606, "`<` 下面画了线，读作 ≤");
    let unknown = format!("<w:p>{}</w:p>", run("", "计划\u{f0b3}"));
    tells(&of_word(&plain("≥12座"), &unknown, &[]), Code::JX606, "U+F0B3");
}

#[test]
fn powers_and_fractions_are_not_run_together() {
    let raised =
        format!("<w:p>{}{}{}</w:p>", run("", "≥10"), run("<w:vertAlign w:val=\"superscript\"/>", "3"), run("", "座"));
    let power =
        "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>";
    let equation = format!("<w:p>{}{power}{}</w:p>", run("", "≥"), run("", "座"));
    for value in [raised, equation] {
        let imported = of_word(&value, &plain("计划"), &[]);
        assert!(text(&imported).contains("10³座") && !text(&imported).contains("103"), "{}", text(&imported));
    }
    let area = format!("<w:p>{}{}</w:p>", run("", "≥120m"), run("<w:vertAlign w:val=\"superscript\"/>", "2"));
    let as_sign = of_word(&plain("≥120m²"), &plain("计划"), &[]);
    assert_eq!(target(&of_word(&area, &plain("计划"), &[])), target(&as_sign));
    let part = |name: &str, text: &str| format!("<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>");
    let fraction = format!(
        "<w:p>{}<m:oMath><m:f>{}{}</m:f></m:oMath></w:p>",
        run("", "不少于总数的"),
        part("num", "2"),
        part("den", "3")
    );
    assert!(text(&of_word(&plain("≥12座"), &fraction, &[])).contains("不少于总数的2/3"));
}

const LISTS: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
    <w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
    <w:suff w:val="nothing"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;

#[test]
fn automatic_numbers_are_part_of_the_text() {
    let direct = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>",
            run("", text)
        )
    };
    let by_style = |text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"item\"/></w:pPr>{}</w:p>", run("", text));
    let off = |text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"item\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>{}</w:p>",
            run("", text)
        )
    };
    let basis = direct("计划") + &direct("合同") + &by_style("甲") + &off("乙") + &by_style("丙") + &by_style("");
    let imported = of_word(&plain("≥12座"), &basis, &[("word/styles.xml", STYLES), ("word/numbering.xml", LISTS)]);
    let text = text(&imported);
    for line in ["1.计划", "2.合同", "（一）甲", "乙", "（二）丙"] {
        assert!(
            text.lines().any(|written| written.trim().trim_matches('"').ends_with(line)),
            "{line} is not in {text}"
        );
    }
}

#[test]
fn fields_show_their_results_and_forms_what_was_chosen() {
    let mark = |kind: &str, form: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\">{form}</w:fldChar></w:r>");
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let (begin, separate, end) = (mark("begin", ""), mark("separate", ""), mark("end", ""));
    let nested = format!(
        "<w:p>{begin}{}{begin}{}{separate}{}{end}{}{separate}{}{end}</w:p>",
        code(" IF "),
        code(" REF b "),
        run("", "甲"),
        code(" = \"甲\" "),
        run("", "年度计划")
    );
    let imported = of_word(&plain("≥12座"), &nested, &[]);
    assert!(text(&imported).contains("\"年度计划\""), "{}", text(&imported));

    let list = |chosen: &str| {
        let entries = "<w:listEntry w:val=\"≥\"/><w:listEntry w:val=\"≤\"/>";
        mark("begin", &format!("<w:ffData><w:ddList>{chosen}<w:default w:val=\"0\"/>{entries}</w:ddList></w:ffData>"))
    };
    for (chosen, expected) in [("<w:result w:val=\"1\"/>", "≤ 12 座"), ("", "≥ 12 座")] {
        let value = format!("<w:p>{}{}{end}{}</w:p>", list(chosen), code(" FORMDROPDOWN "), run("", "12座"));
        assert_eq!(target(&of_word(&value, &plain("计划"), &[])), format!("指标 数量 建成监测站 {expected}"));
        let with_result = format!(
            "<w:p>{}{}{separate}{}{end}{}</w:p>",
            list(chosen),
            code(" FORMDROPDOWN "),
            run("", "≤"),
            run("", "12座")
        );
        assert_eq!(target(&of_word(&with_result, &plain("计划"), &[])), "指标 数量 建成监测站 ≤ 12 座");
    }
    let tick = |state: &str| {
        mark("begin", &format!("<w:ffData><w:checkBox><w:default w:val=\"0\"/>{state}</w:checkBox></w:ffData>"))
    };
    let boxes =
        format!("<w:p>{}{end}{}{}{end}{}</w:p>", tick("<w:checked/>"), run("", "计划"), tick(""), run("", "合同"));
    assert!(text(&of_word(&plain("≥12座"), &boxes, &[])).contains("☑计划☐合同"));

    let unfinished = format!("<w:p>{begin}{}{}</w:p>", code(" IF "), run("", "年度计划"));
    tells(&of_word(&plain("≥12座"), &unfinished, &[]), Code::JX607, "年度计划");
    let drawn = format!("<w:p>{}{begin}{}{end}</w:p>", run("", "计划"), code(" EQ \\f(1,2) "));
    tells(&of_word(&plain("≥12座"), &drawn, &[]), Code::JX607, "EQ \\f(1,2)");
}

#[test]
fn content_controls_show_their_state_and_no_prompt() {
    let control = |properties: &str, content: &str| {
        format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
    };
    let value = format!("<w:p>{}{}</w:p>", control("<w:dropDownList/>", &run("", "≥")), run("", "12座"));
    let prompt = format!("<w:p>{}</w:p>", control("<w:showingPlcHdr/><w:text/>", &run("", "单击此处输入文字。")));
    let imported = of_word(&value, &prompt, &[]);
    assert_eq!(target(&imported), "指标 数量 建成监测站 ≥ 12 座");
    assert!(!text(&imported).contains("单击"), "{}", text(&imported));
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
    let state = |checked: &str| format!("<w14:checkbox><w14:checked w14:val=\"{checked}\"/></w14:checkbox>");
    let boxes = format!(
        "<w:p>{}{}{}{}</w:p>",
        control(&state("1"), &run("", "☒")),
        run("", "计划"),
        control(&state("0"), "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r>"),
        run("", "合同")
    );
    assert!(text(&of_word(&plain("≥12座"), &boxes, &[])).contains("☑计划☐合同"));
}

#[test]
fn a_frame_around_words_is_no_table_of_its_own() {
    let frame = |rows: &[&str]| {
        let rows: Vec<String> = rows.iter().map(|text| format!("<w:tr><w:tc>{}</w:tc></w:tr>", plain(text))).collect();
        format!("<w:tbl>{}</w:tbl><w:p/>", rows.concat())
    };
    let imported = of_word(&plain("≥12座"), &frame(&["年度计划", "合同"]), &[]);
    assert!(text(&imported).contains("年度计划") && text(&imported).contains("合同"), "{}", text(&imported));
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
}

fn page(value: &str) -> String {
    format!(
        "<table><tr><td>项目名称<td>水质监测<td>预算数<td>20000</table>
        <table><tr><td>一级指标<td>二级指标<td>三级指标<td>指标值
        <tr><td>产出指标<td>数量指标<td>建成监测站<td>{value}</table>"
    )
}

#[test]
fn a_page_inside_a_document_is_read_in_its_place() {
    let page = page("≥12座");
    let mht = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n{page}\r\n--x--\r\n"
    );
    for (path, text) in [("word/chunk.mht", &mht), ("word/chunk.html", &format!("<html><body>{page}</body></html>"))] {
        let body = "<w:altChunk r:id=\"chunk\"/>".to_owned() + &plain("完");
        let imported = imported("甲.docx", &docx(&body, &[(path, text)]));
        assert_eq!(target(&imported), "指标 数量 建成监测站 ≥ 12 座", "{path}");
    }
    let body = form(&plain("≥12座"), &plain("计划")) + "<w:altChunk r:id=\"chunk\"/>";
    let imported = imported("甲.docx", &docx(&body, &[("word/chunk.rtf", "{\\rtf1 x}")]));
    tells(&imported, Code::JX607, "嵌入的另一份文档没有读取");
}

#[test]
fn a_page_is_read_as_it_looks() {
    for (value, told) in [
        ("≥<s>10</s>12座", Some("划掉的文字没有读取：10")),
        ("≥<del>10</del>12座", Some("划掉的文字没有读取：10")),
        ("≥<span style='text-decoration: line-through'>1<b>0</b></span>12座", Some("划掉的文字没有读取：10")),
        ("<u>&gt;</u>12座", Some("`>` 下面画了线，读作 ≥")),
        ("<span style='font-family:Symbol'>\u{b3}</span>12座", None),
        ("<select><option>≤<option selected>≥</select><input value=12>座", None),
    ] {
        let imported = imported("甲.html", page(value).as_bytes());
        assert_eq!(target(&imported), "指标 数量 建成监测站 ≥ 12 座", "{value}");
        if let Some(told) = told {
            tells(&imported, Code::JX606, told);
        }
    }
    let imported = imported("甲.html", page("≥10<sup>3</sup>座").as_bytes());
    assert!(text(&imported).contains("10³座"), "{}", text(&imported));
    let area = |written: &str| target(&self::imported("甲.html", page(written).as_bytes()));
    assert_eq!(area("≥120m<sup>2</sup>"), area("≥120m²"));
}
