//! Bytes with a JSON text before them: the form of questions and answers.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A file: its name and what it holds.
pub type NamedBytes = (String, Vec<u8>);

/// The text and the bytes behind it; none where it is no such piece.
pub fn read<T: DeserializeOwned>(piece: &[u8]) -> Option<(T, &[u8])> {
    let (length, rest) = piece.split_first_chunk::<4>()?;
    let (text, bytes) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((serde_json::from_slice(text).ok()?, bytes))
}

/// A text with the bytes of files behind it.
pub fn written(text: &impl Serialize, files: &[NamedBytes]) -> Vec<u8> {
    // Invariant: no answer holds a map with keys that are no strings.
    let text = serde_json::to_vec(text).expect("JSON of plain values");
    let all: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let mut piece = Vec::with_capacity(4 + text.len() + all);
    piece.extend((text.len() as u32).to_le_bytes());
    piece.extend(text);
    for (_, bytes) in files {
        piece.extend(bytes);
    }
    piece
}
