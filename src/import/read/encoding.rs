//! Bytes to text: what the file says of its encoding, else what its bytes look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostic::texts;

use crate::import::document::Remark;

/// A file as text.
pub struct Decoded {
    pub text: String,
    /// What had to be guessed, and what could not be read.
    pub remarks: Vec<Remark>,
}

/// The text of `bytes`. `declared` is the name of the encoding that the file gives itself.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..], false);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decoded(encoding, bytes, true);
    }
    let as_utf_8 = std::str::from_utf8(bytes);
    // Declarations are copied from page to page; three bytes that form a sign of UTF-8 hardly ever come by chance.
    if as_utf_8.is_ok_and(|text| text.is_ascii() || text.chars().any(|sign| sign.len_utf8() == 3)) {
        return decoded(UTF_8, bytes, false);
    }
    let declared = declared.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|encoding| encoding.decode_without_bom_handling(bytes).1.eq(&false)) {
        return decoded(encoding, bytes, false);
    }
    if as_utf_8.is_ok() {
        return decoded(UTF_8, bytes, false);
    }
    // Bytes that are wrong here and there are still of the encoding that the others are of.
    if is_mostly_utf_8(bytes) {
        return decoded(UTF_8, bytes, false);
    }
    decoded(guessed(bytes), bytes, true)
}

/// The text of a part of a packed document, which is UTF-8 or UTF-16, and whether bytes of it are wrong.
pub fn decode_xml(bytes: Vec<u8>) -> (String, bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, is_lossy) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text.into_owned(), is_lossy);
    }
    if let Some(encoding) = utf_16_without_mark(&bytes) {
        let (text, is_lossy) = encoding.decode_without_bom_handling(&bytes);
        return (text.into_owned(), is_lossy);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
    }
}

/// The text of bytes that are UTF-16; none where they are not.
pub fn in_16_bits(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (utf_16_without_mark(bytes)?, 0),
    };
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    is_wide.then(|| encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned())
}

fn decoded(encoding: &'static Encoding, bytes: &[u8], is_guessed: bool) -> Decoded {
    let (text, is_lossy) = encoding.decode_without_bom_handling(bytes);
    let mut remarks = Vec::new();
    if is_guessed {
        remarks.push(Remark::guess(None, texts::encoding_guessed(shown(encoding))));
    }
    if is_lossy {
        let lost = text.chars().filter(|sign| *sign == char::REPLACEMENT_CHARACTER).count();
        remarks.push(Remark::partial(None, texts::signs_unreadable(lost, shown(encoding))));
    }
    Decoded { text: text.into_owned(), remarks }
}

/// The name by which offices know it.
fn shown(encoding: &'static Encoding) -> &'static str {
    if encoding == GBK { "GBK" } else { encoding.name() }
}

/// Blanks, digits and markup take a zero byte each in UTF-16, always on the same side; a few Han signs, such as 一, on the
/// other. Which side it is, is told by what reads as signs that the texts of offices have.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let is_text =
        |sign: char| (!sign.is_control() || matches!(sign, '\t' | '\n' | '\r')) && sign != char::REPLACEMENT_CHARACTER;
    let is_usual = |sign: char| {
        sign.is_ascii() || matches!(sign, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
    };
    let unusual = |(encoding, side): (&'static Encoding, usize)| {
        let zeros = head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
        if zeros < (head.len() / 40).max(1) {
            return None;
        }
        let (text, _) = encoding.decode_without_bom_handling(head);
        // The head may end inside a sign.
        let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
        let count = text.chars().filter(|sign| !is_usual(*sign)).count();
        let is_likely = count * 4 <= text.chars().count();
        (is_likely && text.chars().all(is_text)).then_some((count, encoding))
    };
    [(UTF_16LE, 1), (UTF_16BE, 0)].into_iter().filter_map(unusual).min_by_key(|(count, _)| *count).map(|(_, one)| one)
}

/// Whether wrong bytes are rarer than one in a hundred signs of several bytes.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let mut long = 0_usize;
    let mut wrong = 0_usize;
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().chars().filter(|sign| sign.len_utf8() > 2).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    long > wrong.saturating_mul(100)
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    let reads_as = |encoding: &'static Encoding| encoding.decode_without_bom_handling(bytes).1.eq(&false);
    if guess == GBK || guess == GB18030 || guess == BIG5 {
        return guess;
    }
    // Short texts look like many encodings: a table of a Chinese office is rarely in another one.
    if reads_as(GBK) { GBK } else { guess }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "项目名称,预算数\n校园安全,516541.09\n";

    #[test]
    fn every_usual_encoding_is_told() {
        let (gbk, _, _) = GBK.encode(TEXT);
        let utf_16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let with_ones: Vec<u8> = "一级,一\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&with_ones, None).text, "一级,一\n");
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf_16.clone()).collect();
        for bytes in [TEXT.as_bytes().to_vec(), format!("\u{feff}{TEXT}").into_bytes(), gbk.to_vec(), utf_16, marked] {
            assert_eq!(decode(&bytes, None).text, TEXT);
        }
        assert!(decode(TEXT.as_bytes(), Some("gb2312")).remarks.is_empty(), "a copied declaration");
        assert_eq!(decode(&gbk, Some("utf-8")).text, TEXT);
        assert_eq!(decode(&gbk, None).remarks.len(), 1);
        assert!(decode(&gbk, Some("gb2312")).remarks.is_empty());
    }

    #[test]
    fn a_wrong_byte_is_told_and_spoils_no_other() {
        let mut bytes = TEXT.repeat(30).into_bytes();
        bytes[1] = 0xFF;
        let decoded = decode(&bytes, None);
        assert!(decoded.text.ends_with(TEXT));
        assert_eq!(decoded.remarks.len(), 1);
    }
}
