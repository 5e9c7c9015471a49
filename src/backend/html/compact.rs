//! Markup without what a browser reads the same without: the ends of cells, rows and entries, and quotes around plain values.
//! In a table of a thousand rows that is a third of the page.

use std::io::{self, Write};

/// Elements that end where the next of their kind begins or what they lie in ends: in our pages, always right there.
const ENDED_BY_THE_NEXT: [&str; 8] = ["td", "th", "tr", "tbody", "thead", "li", "dt", "dd"];

/// Writes markup as it comes from our templates, in which `<` and `>` are of tags only and all values stand in quotes.
pub(super) fn write(out: &mut dyn Write, markup: &str) -> io::Result<()> {
    let mut compact = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((text, after)) = rest.split_once('<') {
        compact.push_str(text);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        rest = after;
        if !tag.strip_prefix('/').is_some_and(|name| ENDED_BY_THE_NEXT.contains(&name)) {
            push_tag(&mut compact, tag);
        }
    }
    compact.push_str(rest);
    out.write_all(compact.as_bytes())
}

/// Every second part between quotes is a value.
fn push_tag(compact: &mut String, tag: &str) {
    compact.push('<');
    for (index, part) in tag.split('"').enumerate() {
        if index % 2 == 0 || is_plain(part) {
            compact.push_str(part);
        } else {
            compact.extend(["\"", part, "\""]);
        }
    }
    compact.push('>');
}

/// Fewer signs than HTML allows without quotes, so that no reader stumbles.
fn is_plain(value: &str) -> bool {
    let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '#' | '-' | '_' | '.' | '%');
    !value.is_empty() && value.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_supplies_is_left_out() {
        for (markup, expected) in [
            (
                r#"<tr id="p1-i1"><td>甲 &lt; 乙</td><td class="a b">=</td></tr>"#,
                r#"<tr id=p1-i1><td>甲 &lt; 乙<td class="a b">="#,
            ),
            (r##"<ul><li><a href="#p1">甲</a></li></ul>"##, "<ul><li><a href=#p1>甲</a></ul>"),
            (r#"<p title="">甲</p><p title="a=b">"乙"</p>"#, r#"<p title="">甲</p><p title="a=b">"乙"</p>"#),
            (r#"<rect width="57.5%" data-derived></rect>"#, "<rect width=57.5% data-derived></rect>"),
            ("<!DOCTYPE html>", "<!DOCTYPE html>"),
        ] {
            let mut out = Vec::new();
            write(&mut out, markup).expect("memory");
            assert_eq!(String::from_utf8(out).expect("text"), expected);
        }
    }
}
