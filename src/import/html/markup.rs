//! The markup of a page before it is parsed: made harmless, and measured.
//!
//! The rules of HTML open formatting elements again and again where they were not closed, and search through all that
//! is open: small pages can be made that take hours. As elements without such rules (`span`) they say the same here.

use std::collections::BTreeMap;

/// Elements inside one another, at most: where browsers stop as well.
pub const NESTING: usize = 512;

/// Elements that are opened again after they were closed from outside, and those whose nesting is a matter of repair.
const FORMATTING: [&str; 20] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "button",
    "applet", "object", "marquee", "label", "form",
];
/// What has no content.
const VOID: [&str; 16] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta",
    "param", "source", "wbr",
];
/// What holds text in which `<` means nothing.
const RAW: [&str; 9] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];
/// What closes itself where the next one begins, and the element in which it is looked for.
const SELF_CLOSING: [(&str, &str); 11] = [
    ("td", "table"),
    ("th", "table"),
    ("tr", "table"),
    ("tbody", "table"),
    ("thead", "table"),
    ("tfoot", "table"),
    ("li", "ul"),
    ("dd", "dl"),
    ("dt", "dl"),
    ("option", "select"),
    ("p", "td"),
];

/// The markup with formatting elements as `span`; none where elements are nested deeper than [`NESTING`].
pub fn softened(text: &str) -> Option<String> {
    let mut soft = String::with_capacity(text.len());
    let mut open = Open::default();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        soft.push_str(before);
        let is_end = tag[1..].starts_with('/');
        let name_start = 1 + usize::from(is_end);
        let name_length =
            tag[name_start..].find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(tag.len() - name_start);
        let name = tag[name_start..name_start + name_length].to_ascii_lowercase();
        let length =
            if name.starts_with(|sign: char| sign.is_ascii_alphabetic()) { tag_length(tag) } else { other_length(tag) };
        if FORMATTING.contains(&name.as_str()) {
            soft.push_str(&tag[..name_start]);
            soft.push_str("span");
            soft.push_str(&tag[name_start + name_length..length]);
        } else {
            soft.push_str(&tag[..length]);
        }
        rest = &tag[length..];
        if name.is_empty() || VOID.contains(&name.as_str()) {
            continue;
        }
        if is_end {
            open.end(&name);
        } else if RAW.contains(&name.as_str()) {
            let end = end_of_raw(rest, &name);
            soft.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if !open.begin(name) {
            return None;
        }
    }
    soft.push_str(rest);
    Some(soft)
}

/// The elements that are open, counted by name so that no search is needed.
#[derive(Default)]
struct Open {
    names: Vec<String>,
    depths: BTreeMap<String, Vec<usize>>,
}

impl Open {
    /// False where the element lies too deep.
    fn begin(&mut self, name: String) -> bool {
        if let Some((_, inside)) = SELF_CLOSING.iter().find(|(one, _)| *one == name) {
            let last = |name: &str| self.depths.get(name).and_then(|depths| depths.last()).copied();
            if let Some(depth) = last(&name).filter(|depth| last(inside).is_none_or(|outer| outer < *depth)) {
                self.cut(depth);
            }
        }
        self.depths.entry(name.clone()).or_default().push(self.names.len());
        self.names.push(name);
        self.names.len() <= NESTING
    }

    fn end(&mut self, name: &str) {
        if let Some(depth) = self.depths.get(name).and_then(|depths| depths.last()) {
            self.cut(*depth);
        }
    }

    fn cut(&mut self, depth: usize) {
        for name in self.names.drain(depth..) {
            if let Some(depths) = self.depths.get_mut(&name) {
                depths.pop();
            }
        }
    }
}

/// The bytes of a tag up to its `>`, which may stand in quotes before.
fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (None, b'>') => return at + 1,
            (None, _) => {}
        }
        after_equals = byte == b'=' || after_equals && byte.is_ascii_whitespace();
    }
    tag.len()
}

/// The bytes of a comment, a declaration, or a `<` that is text.
fn other_length(tag: &str) -> usize {
    if tag.starts_with("<!--") && !tag.starts_with("<!-->") && !tag.starts_with("<!--->") {
        let end = [("-->", 3), ("--!>", 4)].iter().filter_map(|(end, length)| Some(tag.find(end)? + length)).min();
        return end.unwrap_or(tag.len());
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
    fn formatting_is_softened_outside_raw_text_and_quotes() {
        for (text, expected) in [
            ("<B>甲</B> < 5 <i/>", "<span>甲</span> < 5 <span/>"),
            ("<!-- <b> --><b>", "<!-- <b> --><span>"),
            ("<td title='<b>'>", "<td title='<b>'>"),
            ("<script>if (a<b>c) '</td>'</script><u>", "<script>if (a<b>c) '</td>'</script><span>"),
            ("<a href=x>", "<span href=x>"),
            ("<b", "<span"),
        ] {
            assert_eq!(softened(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn depth_counts_what_is_really_open() {
        let row = "<tr><td>甲<td>乙<p>丙<p>丁";
        assert!(softened(&format!("<table>{}</table>", row.repeat(2000))).is_some());
        assert!(softened(&"<div>".repeat(NESTING + 1)).is_none());
        assert!(softened(&"<div></div>".repeat(NESTING * 2)).is_some());
    }
}
