//! The markup of a page before it is parsed: balanced, shallow and without what nobody sees.
//!
//! The rules of HTML open formatting elements again and again where they were not closed, and search through all that
//! is open: small pages can be made that take hours. Here every element is closed where it ends, formatting elements
//! become plain ones (`span`), and what is nested too deep is refused.

use std::collections::BTreeMap;

/// Elements inside one another, at most: where browsers stop as well.
pub const NESTING: usize = 512;

/// Elements that are opened again after they were closed from outside, and those whose nesting is a matter of repair.
const FORMATTING: [&str; 20] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "button",
    "applet", "object", "marquee", "label", "form",
];
/// Those of them that say something of their text, which they keep to themselves as an attribute.
const TELLING: [&str; 3] = ["s", "strike", "u"];
/// The attribute of a plain element that says which one it was.
pub const MADE_PLAIN: &str = "data-formatting";
/// What has no content, or is not counted as an element that holds others: a paragraph ends where the next begins.
const UNCOUNTED: [&str; 19] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta",
    "param", "source", "wbr", "html", "body", "p",
];
/// What holds text in which `<` means nothing, and whether that text is shown.
const RAW: [(&str, bool); 9] = [
    ("script", false),
    ("style", false),
    ("title", false),
    ("iframe", false),
    ("noembed", false),
    ("noframes", false),
    ("noscript", false),
    ("textarea", true),
    ("xmp", true),
];
/// What an end of text does not reach beyond.
const TABLE_PARTS: [&str; 8] = ["table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"];
/// What an end of a formatting element does not reach beyond.
const BLOCKS: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "pre",
    "section",
    "summary",
    "ul",
];
/// What ends where the next of its group begins, unless it lies outside of one of the last names.
const SELF_CLOSING: [(&[&str], &[&str]); 6] = [
    (&["td", "th"], &["table"]),
    (&["tr"], &["table"]),
    (&["tbody", "thead", "tfoot"], &["table"]),
    (&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
    (&["dd", "dt"], &["dl", "table", "td", "th"]),
    (&["option"], &["select"]),
];

/// A page before it is parsed.
#[derive(Debug, PartialEq, Eq)]
pub struct Markup {
    pub text: String,
    /// What its style elements hold.
    pub styles: String,
}

/// The markup as it is parsed; none where elements are nested deeper than [`NESTING`].
pub fn balanced(text: &str) -> Option<Markup> {
    let mut styles = String::new();
    let mut balanced = Balanced { text: String::with_capacity(text.len()), ..Balanced::default() };
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        balanced.text.push_str(&rest[..start]);
        let tag = &rest[start..];
        let is_end = tag[1..].starts_with('/');
        let name_start = 1 + usize::from(is_end);
        if !tag[name_start..].starts_with(|sign: char| sign.is_ascii_alphabetic()) {
            let length = other_length(tag);
            if length == 1 {
                balanced.text.push_str("&lt;");
            }
            rest = &tag[length..];
            continue;
        }
        let length = tag_length(tag);
        let ends_name = |sign: char| sign.is_ascii_whitespace() || sign == '/' || sign == '>';
        let name_end = tag.find(|sign| sign == '>' || ends_name(sign) && sign != '/').unwrap_or(tag.len());
        let name_end = tag[name_start..name_end].find(ends_name).map_or(name_end, |end| name_start + end);
        let name = tag[name_start..name_end].to_ascii_lowercase();
        rest = &tag[length..];
        if is_end {
            balanced.end(&name);
        } else if let Some((_, is_shown)) = RAW.iter().find(|(raw, _)| *raw == name) {
            let end = end_of_raw(rest, &name);
            if *is_shown {
                balanced.text.push_str(&rest[..end].replace('<', "&lt;"));
            } else if name == "style" {
                styles.push_str(&rest[..end]);
            }
            rest = &rest[end..];
        } else {
            balanced.begin(name, &tag[name_end..length]);
            if balanced.open.len() > NESTING {
                return None;
            }
        }
    }
    balanced.text.push_str(rest);
    Some(Markup { text: balanced.text, styles })
}

/// What is written so far, and the elements that are open in it, found by name without a search.
#[derive(Default)]
struct Balanced {
    text: String,
    open: Vec<String>,
    depths: BTreeMap<String, Vec<usize>>,
}

impl Balanced {
    fn begin(&mut self, name: String, attributes: &str) {
        let made_plain = TELLING.iter().find(|telling| **telling == name);
        let name = if FORMATTING.contains(&name.as_str()) { "span".to_owned() } else { name };
        if let Some((group, within)) = SELF_CLOSING.iter().find(|(group, _)| group.contains(&name.as_str())) {
            let barrier = self.last(within);
            if let Some(depth) = self.last(group).filter(|depth| Some(*depth) > barrier) {
                self.close(depth);
            }
        }
        self.text.push('<');
        self.text.push_str(&name);
        if let Some(telling) = made_plain {
            self.text.extend([" ", MADE_PLAIN, "=", telling]);
            // A value without quotes would take in the end of `<s/>`.
            self.text.push_str(if attributes.starts_with('/') { " " } else { "" });
        }
        self.text.push_str(attributes);
        if !UNCOUNTED.contains(&name.as_str()) {
            self.depths.entry(name.clone()).or_default().push(self.open.len());
            self.open.push(name);
        }
    }

    /// Ends the innermost element of a name, where it can be ended from here; else the end tag is stray.
    fn end(&mut self, name: &str) {
        let name = if FORMATTING.contains(&name) { "span" } else { name };
        match name {
            "p" => self.text.push_str("</p>"),
            "br" => self.text.push_str("<br>"),
            _ => {}
        }
        let barrier = if name == "table" {
            None
        } else if TABLE_PARTS.contains(&name) {
            self.last(&["table"])
        } else if BLOCKS.contains(&name) {
            self.last(&TABLE_PARTS)
        } else {
            self.last(&TABLE_PARTS).max(self.last(&BLOCKS))
        };
        if let Some(depth) = self.last(&[name]).filter(|depth| Some(*depth) > barrier) {
            self.close(depth);
        }
    }

    /// How deep the innermost element lies that has one of the names.
    fn last(&self, names: &[&str]) -> Option<usize> {
        names.iter().filter_map(|name| self.depths.get(*name)?.last().copied()).max()
    }

    fn close(&mut self, depth: usize) {
        for name in self.open.drain(depth..).rev() {
            self.text.push_str("</");
            self.text.push_str(&name);
            self.text.push('>');
            if let Some(depths) = self.depths.get_mut(&name) {
                depths.pop();
            }
        }
    }
}

/// What a sign of a tag belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Value,
    Quotes(u8),
}

/// The bytes of a tag up to its `>`, which may stand in quotes before: as the standard reads it, sign by sign.
fn tag_length(tag: &str) -> usize {
    let mut within = Within::TagName;
    for (at, byte) in tag.bytes().enumerate() {
        within = match (within, byte) {
            (Within::Quotes(quote), byte) => {
                if byte == quote {
                    Within::BeforeName
                } else {
                    within
                }
            }
            (_, b'>') => return at + 1,
            (Within::BeforeValue, b'"' | b'\'') => Within::Quotes(byte),
            (Within::BeforeValue, byte) if byte.is_ascii_whitespace() => within,
            (Within::BeforeValue, _) => Within::Value,
            (Within::Name | Within::AfterName, b'=') => Within::BeforeValue,
            (Within::Name | Within::AfterName, byte) if byte.is_ascii_whitespace() => Within::AfterName,
            (Within::TagName | Within::Value | Within::BeforeName, byte) if byte.is_ascii_whitespace() => {
                Within::BeforeName
            }
            (Within::TagName | Within::BeforeName | Within::Name | Within::AfterName, b'/') if at > 1 => {
                Within::BeforeName
            }
            (Within::BeforeName | Within::Name | Within::AfterName, _) => Within::Name,
            (Within::TagName | Within::Value, _) => within,
        };
    }
    tag.len()
}

/// The bytes of a comment, a declaration, or one for a `<` that is text.
fn other_length(tag: &str) -> usize {
    if tag.starts_with("<!--") && !tag.starts_with("<!-->") && !tag.starts_with("<!--->") {
        let ends = tag[4..].match_indices("--").map(|(at, _)| at + 4);
        let after = |at: usize| tag[at + 2..].strip_prefix('!').unwrap_or(&tag[at + 2..]);
        return ends
            .map(after)
            .find(|after| after.starts_with('>'))
            .map_or(tag.len(), |after| tag.len() - after.len() + 1);
    }
    if tag.starts_with("<!") || tag.starts_with("<?") || tag.starts_with("</") {
        return tag.find('>').map_or(tag.len(), |end| end + 1);
    }
    1
}

/// The bytes before the end tag of an element that holds raw text.
fn end_of_raw(text: &str, name: &str) -> usize {
    let is_end =
        |at: usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    text.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_closes_where_it_ends() {
        for (text, expected) in [
            ("<B>甲</B> < 5 <br/>", "<span>甲</span> &lt; 5 <br/>"),
            ("<!-- <b> --><!----><b>", "<span>"),
            ("<td title='<b>' x>", "<td title='<b>' x>"),
            ("<div =\"><b>\">", "<div =\"><span>\">"),
            ("<script>if (a<b>c) '</td>'</script><em>", "<span>"),
            ("<u>甲</u><S class=x>", "<span data-formatting=u>甲</span><span data-formatting=s class=x>"),
            ("<textarea><b></textarea>", "&lt;b>"),
            ("<<!-- -->div>", "&lt;div>"),
            ("<div><table><tr><td></div>甲<td>", "<div><table><tr><td>甲</td><td>"),
            ("<div><font><div></font>甲</div></div>乙", "<div><span><div>甲</div></span></div>乙"),
            ("<o:p>甲</o:p><b", "<o:p>甲</o:p><span"),
        ] {
            assert_eq!(balanced(text).map(|page| page.text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn depth_counts_what_is_really_open() {
        let row = "<tr><td>甲<td>乙<p>丙<p>丁";
        assert!(balanced(&format!("<table>{}</table>", row.repeat(2000))).is_some());
        assert!(balanced(&"<div></div>".repeat(NESTING * 2)).is_some());
        for deep in ["<div>", "<div><table><tr><td></div>", "<span><div></span>", "<div><b></div x=<i>"] {
            assert_eq!(balanced(&deep.repeat(NESTING + 1)).is_none(), !deep.contains("x="), "{deep}");
        }
    }
}
