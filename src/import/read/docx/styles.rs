//! The heading level of each paragraph style: by its outline level, its name, or the style that it is based on.

use std::collections::BTreeMap;

use crate::import::read::xml::{XmlPiece, XmlPieces};

/// The styles by their ids.
#[derive(Default)]
pub struct DocxStyles(BTreeMap<String, DocxStyle>);

#[derive(Default)]
struct DocxStyle {
    name: String,
    based_on: String,
    outline: Option<u8>,
}

/// How many styles may be based on one another before it counts as a circle.
const GENERATIONS: usize = 32;

impl DocxStyles {
    /// The styles of `styles.xml`, as far as it can be read.
    pub fn read(text: &str) -> Self {
        let mut styles = BTreeMap::new();
        let (mut id, mut style) = (String::new(), DocxStyle::default());
        let mut xml = XmlPieces::new(text);
        while let Ok(Some(piece)) = xml.next() {
            let XmlPiece::Open(element) = piece else { continue };
            let value = || element.attribute("val").unwrap_or_default().into_owned();
            match element.name() {
                "style" => {
                    styles.insert(id, style);
                    (id, style) = (element.attribute("styleId").unwrap_or_default().into_owned(), DocxStyle::default());
                }
                "name" => style.name = value(),
                "basedOn" => style.based_on = value(),
                "outlineLvl" => style.outline = element.number("val"),
                _ => {}
            }
        }
        styles.insert(id, style);
        Self(styles)
    }

    /// The heading level of a style, 0 for text.
    pub fn level(&self, id: &str) -> u8 {
        let mut id = id;
        for _ in 0..GENERATIONS {
            let Some(style) = self.0.get(id) else { return level_of_name(id) };
            if let Some(outline) = style.outline {
                return level_of_outline(outline);
            }
            let level = level_of_name(&style.name);
            if level > 0 || style.based_on.is_empty() || is_contents(&style.name) {
                return level;
            }
            id = &style.based_on;
        }
        0
    }
}

/// Outlines count from 0 to 8; 9 is text.
pub fn level_of_outline(outline: u8) -> u8 {
    if outline < 9 { outline + 1 } else { 0 }
}

/// `heading 2`, `Heading2`, `标题 2`; the title of a document is its highest heading.
fn level_of_name(name: &str) -> u8 {
    let name = name.trim().to_lowercase();
    if name == "title" || name == "标题" {
        return 1;
    }
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"));
    number.and_then(|number| number.trim().parse::<u8>().ok()).filter(|level| (1..=9).contains(level)).unwrap_or(0)
}

/// The lines of a table of contents look like headings and are none.
fn is_contents(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with("toc") || name.starts_with("目录")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_come_from_outline_name_and_ancestors() {
        let styles = DocxStyles::read(
            r#"<w:styles xmlns:w="w"><w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>
            <w:style w:styleId="a"><w:name w:val="项目"/><w:basedOn w:val="2"/></w:style>
            <w:style w:styleId="b"><w:name w:val="正文标题"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="c"><w:name w:val="toc 1"/><w:basedOn w:val="2"/></w:style>
            <w:style w:styleId="d"><w:name w:val="x"/><w:basedOn w:val="d"/></w:style></w:styles>"#,
        );
        let levels = ["2", "a", "b", "c", "d", "Heading3", "标题 1", "nothing"].map(|id| styles.level(id));
        assert_eq!(levels, [2, 2, 1, 0, 0, 3, 1, 0]);
    }
}
