//! What paragraphs and signs get from their styles: the level of a heading, how signs look, automatic numbers.

use std::collections::BTreeMap;

use super::looks::{RunLook, is_on};
use super::numbering::NumberReference;
use crate::import::read::xml::{XmlElement, XmlPiece, XmlPieces};

/// The styles by their ids, each with what it has from those that it is based on.
#[derive(Default)]
pub struct DocxStyles {
    styles: BTreeMap<String, DocxStyle>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    /// What holds for all signs.
    all: RunLook,
}

#[derive(Clone, Default)]
struct DocxStyle {
    name: String,
    based_on: String,
    outline: Option<u8>,
    level: u8,
    look: RunLook,
    number: NumberReference,
}

/// What a part of the styles belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StylePart {
    /// What holds for all signs.
    Defaults,
    Style,
    ParagraphProperties,
    RunProperties {
        of_all: bool,
    },
    NumberProperties,
    Other,
}

/// How many styles may be based on one another before it counts as a circle.
const GENERATIONS: usize = 32;

impl DocxStyles {
    /// The styles of `styles.xml`, as far as it can be read.
    pub fn read(text: &str) -> Self {
        let mut styles = Self::default();
        let (mut id, mut style) = (String::new(), DocxStyle::default());
        let mut parts = Vec::new();
        let mut xml = XmlPieces::new(text);
        while let Ok(Some(piece)) = xml.next() {
            match piece {
                XmlPiece::Open(element) if is_of_another(&element) => {
                    if xml.skip().is_err() {
                        break;
                    }
                }
                XmlPiece::Open(element) => {
                    let parent = parts.last().copied().unwrap_or(StylePart::Other);
                    if element.name() == "style" {
                        (id, style) = (attribute(&element, "styleId"), DocxStyle::default());
                        let is_usual = element.attribute("default").is_some_and(|value| is_on(&value));
                        if is_usual && element.attribute("type").is_none_or(|kind| kind == "paragraph") {
                            styles.usual = Some(id.clone());
                        }
                    }
                    parts.push(styles.open(parent, &element, &mut style));
                }
                XmlPiece::Close => {
                    if parts.pop() == Some(StylePart::Style) {
                        styles.styles.insert(std::mem::take(&mut id), std::mem::take(&mut style));
                    }
                }
                XmlPiece::Text(_) => {}
            }
        }
        styles.inherited()
    }

    fn open(&mut self, parent: StylePart, element: &XmlElement, style: &mut DocxStyle) -> StylePart {
        match (parent, element.name()) {
            (_, "style") => return StylePart::Style,
            (_, "rPrDefault") => return StylePart::Defaults,
            (StylePart::Defaults, "rPr") => return StylePart::RunProperties { of_all: true },
            (StylePart::Style, "rPr") => return StylePart::RunProperties { of_all: false },
            (StylePart::RunProperties { of_all: true }, _) => self.all.take(element),
            (StylePart::RunProperties { of_all: false }, _) => style.look.take(element),
            (StylePart::Style, "name") => style.name = attribute(element, "val"),
            (StylePart::Style, "basedOn") => style.based_on = attribute(element, "val"),
            (StylePart::Style, "pPr") => return StylePart::ParagraphProperties,
            (StylePart::ParagraphProperties, "outlineLvl") => style.outline = element.number("val"),
            (StylePart::ParagraphProperties, "numPr") => return StylePart::NumberProperties,
            (StylePart::NumberProperties, _) => style.number.take(element),
            (_, _) => {}
        }
        StylePart::Other
    }

    /// Each style with what it has from those before it.
    fn inherited(mut self) -> Self {
        let inherit = |id: &String| {
            let own = self.styles.get(id)?;
            let mut style = DocxStyle { level: self.level_of(id), ..own.clone() };
            let mut older = own;
            for _ in 0..GENERATIONS {
                let Some(next) = self.styles.get(&older.based_on) else { break };
                style.look = style.look.over(next.look);
                style.number = style.number.over(next.number);
                older = next;
            }
            Some((id.clone(), style))
        };
        self.styles = self.styles.keys().filter_map(inherit).collect();
        self
    }

    fn level_of(&self, id: &str) -> u8 {
        let mut id = id;
        for _ in 0..GENERATIONS {
            let Some(style) = self.styles.get(id) else { return level_of_name(id) };
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

    /// The heading level of a style, 0 for text.
    pub fn level(&self, id: &str) -> u8 {
        self.styles.get(id).map_or_else(|| level_of_name(id), |style| style.level)
    }

    /// The automatic numbers that a style of paragraphs has.
    pub fn number(&self, id: Option<&str>) -> NumberReference {
        let style = id.or(self.usual.as_deref()).and_then(|id| self.styles.get(id));
        style.map(|style| style.number).unwrap_or_default()
    }

    /// How signs look in a paragraph of a style, in a style of their own.
    pub fn look(&self, paragraph: Option<&str>, signs: Option<&str>) -> RunLook {
        let of = |id: Option<&str>| id.and_then(|id| self.styles.get(id)).map(|style| style.look).unwrap_or_default();
        of(signs).toggled_over(of(paragraph.or(self.usual.as_deref()))).over(self.all)
    }
}

/// What a style says of parts of tables, and what it said before a change.
fn is_of_another(element: &XmlElement) -> bool {
    matches!(element.name(), "tblStylePr" | "rPrChange" | "pPrChange")
}

fn attribute(element: &XmlElement, name: &str) -> String {
    element.attribute(name).unwrap_or_default().into_owned()
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
