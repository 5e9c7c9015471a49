//! The text of the document: title, contents, parts, headings, paragraphs.

use std::io::{self, Write};

use super::table;
use crate::backend::official::paper::Paper;
use crate::backend::official::{CONTENTS, Drawn, FormBlock, FormTable};
use crate::backend::xml::{Attributes, XmlWriter};

/// Writes the document.
pub(super) fn document(out: &mut dyn Write, drawn: Drawn<'_>) -> io::Result<()> {
    let names = [
        ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ];
    let paper = Paper::of(drawn.is_wide);
    XmlWriter::write(out, |xml| {
        xml.element("w:document", &names, |xml| {
            xml.element("w:body", &[], |xml| {
                if !drawn.contents.is_empty() {
                    title(xml, drawn.title, drawn.owner);
                    contents(xml, &drawn.contents);
                    // The front matter is a section of its own, without page numbers.
                    xml.element("w:p", &[], |xml| xml.element("w:pPr", &[], |xml| section(xml, None, paper)));
                }
                blocks(xml, drawn.blocks, paper);
                section(xml, Some(1), paper);
            });
        });
    })
}

/// Page and margins; from which number on pages are numbered, if they are.
fn section(xml: &mut XmlWriter<'_>, first_number: Option<usize>, paper: Paper) {
    xml.element("w:sectPr", &[], |xml| {
        if first_number.is_some() {
            xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId4")]);
        }
        xml.empty("w:type", &[("w:val", "nextPage")]);
        let (width, height) = (paper.width.to_string(), paper.height.to_string());
        let turned = paper.is_wide.then_some(("w:orient", "landscape"));
        let size: Vec<(&str, &str)> = [("w:w", width.as_str()), ("w:h", &height)].into_iter().chain(turned).collect();
        xml.empty("w:pgSz", &size);
        let [margin, top, bottom, foot] =
            [paper.margin(), paper.top, paper.bottom, paper.foot].map(|one| one.to_string());
        let margins = [
            ("w:top", top.as_str()),
            ("w:right", &margin),
            ("w:bottom", &bottom),
            ("w:left", &margin),
            ("w:header", "851"),
            ("w:footer", &foot),
            ("w:gutter", "0"),
        ];
        xml.empty("w:pgMar", &margins);
        if let Some(number) = first_number {
            xml.empty("w:pgNumType", &[("w:start", &number.to_string())]);
        }
    });
}

/// The department on a line, what the document is on the next.
fn title(xml: &mut XmlWriter<'_>, title: &str, owner: &str) {
    let rest = title.strip_prefix(owner).unwrap_or(title);
    paragraph(xml, "Title", &[], |xml| {
        if !owner.is_empty() {
            run(xml, &[], owner);
            xml.element("w:r", &[], |xml| xml.empty("w:br", &[]));
        }
        run(xml, &[], rest);
    });
}

/// A field of contents, filled with the headings. The numbers of the pages come when the reader renews it: only then are
/// they known, and wrong ones would be worse than none.
fn contents(xml: &mut XmlWriter<'_>, headings: &[(u8, String)]) {
    xml.element("w:sdt", &[], |xml| {
        xml.element("w:sdtPr", &[], |xml| {
            xml.element("w:docPartObj", &[], |xml| {
                xml.empty("w:docPartGallery", &[("w:val", "Table of Contents")]);
                xml.empty("w:docPartUnique", &[]);
            });
        });
        xml.element("w:sdtContent", &[], |xml| {
            paragraph(xml, "TOCHeading", &[], |xml| run(xml, &[], CONTENTS));
            for (index, (level, text)) in headings.iter().enumerate() {
                paragraph(xml, &format!("TOC{level}"), &[], |xml| {
                    if index == 0 {
                        field_mark(xml, "begin");
                        xml.element("w:r", &[], |xml| {
                            xml.element("w:instrText", &[("xml:space", "preserve")], |xml| {
                                xml.text(" TOC \\o \"1-3\" \\h \\u ");
                            });
                        });
                        field_mark(xml, "separate");
                    }
                    xml.element("w:hyperlink", &[("w:anchor", &bookmark(index)), ("w:history", "1")], |xml| {
                        run(xml, &[], text);
                    });
                    if index + 1 == headings.len() {
                        field_mark(xml, "end");
                    }
                });
            }
        });
    });
}

fn field_mark(xml: &mut XmlWriter<'_>, kind: &str) {
    xml.element("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", kind)]));
}

fn bookmark(index: usize) -> String {
    format!("_Toc{:09}", index + 1)
}

fn blocks(xml: &mut XmlWriter<'_>, blocks: impl Iterator<Item = FormBlock>, paper: Paper) {
    let mut listed_so_far = 0;
    let (mut is_first, mut follows_part) = (true, false);
    for block in blocks {
        match &block {
            FormBlock::Part { ordinal, .. } => {
                // The section begins on a new page as it is.
                let first = page_break(!is_first);
                match ordinal {
                    Some(ordinal) => {
                        paragraph(xml, "PartOrdinal", &first, |xml| run(xml, &[], ordinal));
                        heading(xml, &block, listed_so_far, &[]);
                    }
                    None => heading(xml, &block, listed_so_far, &first),
                }
            }
            FormBlock::Heading(_) => heading(xml, &block, listed_so_far, &[]),
            FormBlock::Ordinal(text) => paragraph(xml, "Ordinal", &[], |xml| run(xml, &[], text)),
            FormBlock::Paragraph { lead, text } => paragraph(xml, "BodyText", &[], |xml| {
                if !lead.is_empty() {
                    run(xml, &[("w:rStyle", "Lead")], lead);
                }
                if !text.is_empty() {
                    run(xml, &[], text);
                }
            }),
            FormBlock::Project(tables) => {
                heading(xml, &block, listed_so_far, &page_break(!is_first && !follows_part));
                draw(xml, tables.drawn().iter().map(|table| &**table), &tables.listed, paper);
            }
            FormBlock::Form(sheet) => {
                heading(xml, &block, listed_so_far, &page_break(!is_first && !follows_part));
                draw(xml, &sheet.tables, &sheet.heading, paper);
            }
            FormBlock::Table { caption, table } => {
                paragraph(xml, "TableHeading", &[("w:keepNext", "1")], |xml| run(xml, &[], caption));
                draw(xml, [&**table], caption, paper);
            }
        }
        listed_so_far += usize::from(block.listed().is_some());
        (is_first, follows_part) = (false, matches!(block, FormBlock::Part { .. }));
    }
}

fn page_break(is_wanted: bool) -> Vec<(&'static str, &'static str)> {
    if is_wanted { vec![("w:pageBreakBefore", "1")] } else { Vec::new() }
}

/// A heading with the bookmark to which the contents lead.
fn heading(xml: &mut XmlWriter<'_>, block: &FormBlock, index: usize, more: Attributes<'_>) {
    let Some((level, listed)) = block.listed() else { return };
    let text = if let FormBlock::Project(tables) = block { &tables.heading } else { &listed };
    paragraph(xml, &format!("Heading{level}"), more, |xml| {
        let id = index.to_string();
        xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &bookmark(index))]);
        run(xml, &[], text);
        xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
    });
}

/// Word processors join tables without a paragraph between.
fn draw<'a>(xml: &mut XmlWriter<'_>, tables: impl IntoIterator<Item = &'a FormTable>, description: &str, paper: Paper) {
    for one in tables {
        table::draw(xml, one, description, paper.text);
        paragraph(xml, "BetweenTables", &[], |_| {});
    }
}

/// A paragraph of a style; `more` are its properties after the style, each with its value.
pub(super) fn paragraph(
    xml: &mut XmlWriter<'_>,
    style: &str,
    more: Attributes<'_>,
    inside: impl FnOnce(&mut XmlWriter<'_>),
) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.empty("w:pStyle", &[("w:val", style)]);
            for (name, value) in more {
                xml.empty(name, &[("w:val", value)]);
            }
        });
        inside(xml);
    });
}

/// Words with properties of their own, each with its value.
pub(super) fn run(xml: &mut XmlWriter<'_>, properties: Attributes<'_>, text: &str) {
    xml.element("w:r", &[], |xml| {
        if !properties.is_empty() {
            xml.element("w:rPr", &[], |xml| {
                for (name, value) in properties {
                    xml.empty(name, &[("w:val", value)]);
                }
            });
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                xml.empty("w:br", &[]);
            }
            xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(line));
        }
    });
}
