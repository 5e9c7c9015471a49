//! How much the streams of a PDF unpack to, before anything unpacks them.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Where the bytes of a stream begin.
const MARK: &[u8] = b"stream";
/// How far before it the description of a stream is looked for.
const BEFORE: usize = 2048;

/// Whether all streams together unpack to so many bytes at most. A stream that is packed twice is not unpacked to find out.
pub fn unpack_to_at_most(bytes: &[u8], limit: u64) -> bool {
    let mut all = 0;
    let mut buffer = vec![0; 64 * 1024];
    let mut from = 0;
    while let Some(found) = bytes[from..].windows(MARK.len()).position(|window| window == MARK) {
        let (mark, mut start) = (from + found, from + found + MARK.len());
        from = start;
        if bytes[..mark].ends_with(b"end") {
            continue;
        }
        if is_packed_twice(&bytes[mark.saturating_sub(BEFORE)..mark]) {
            return false;
        }
        while bytes.get(start).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            start += 1;
        }
        let mut unpacked = ZlibDecoder::new(&bytes[start..]);
        while let Ok(count @ 1..) = unpacked.read(&mut buffer) {
            all += count as u64;
            if all > limit {
                return false;
            }
        }
    }
    true
}

/// Whether a description names two ways of packing that make much of little.
fn is_packed_twice(before: &[u8]) -> bool {
    let start = before.windows(3).rposition(|window| window == b"obj").unwrap_or(0);
    let description = String::from_utf8_lossy(&before[start..]);
    let named = |names: &[&str]| names.iter().map(|name| description.matches(name).count()).sum::<usize>();
    named(&["/FlateDecode", "/LZWDecode", "/BrotliDecode"]) > 1 || named(&["/Fl/Fl", "/Fl /Fl", "/LZW/", "/LZW /"]) > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(description: &str, unpacked: usize) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b' '; unpacked]).expect("packed");
        let packed = packed.finish().expect("packed");
        let mut file = format!("%PDF-1.7\n1 0 obj\n<<{description}>>\nstream\n").into_bytes();
        file.extend(packed);
        file.extend(b"\nendstream\nendobj\n");
        file
    }

    #[test]
    fn what_would_fill_memory_is_refused() {
        assert!(unpack_to_at_most(&file("/Filter/FlateDecode", 10_000), 10_000));
        assert!(!unpack_to_at_most(&file("/Filter/FlateDecode", 10_001), 10_000));
        assert!(!unpack_to_at_most(&file("/Filter[/FlateDecode/FlateDecode]", 10), 10_000));
        let mut two = file("/Filter/FlateDecode", 6_000);
        two.extend(file("/Filter/FlateDecode", 6_000));
        assert!(!unpack_to_at_most(&two, 10_000));
        assert!(unpack_to_at_most(b"%PDF-1.7 stream endstream stream", 0));
    }
}
