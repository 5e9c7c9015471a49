//! Messages on standard input and output.
//!
//! A message that is none is passed over: only the end of the input ends the reading.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message};
use serde_json::Value;

/// A longer message is passed over. The largest file there may be is an eighth of it.
const MAXIMUM_BYTES: usize = 256 * 1024 * 1024;
/// A header line that is longer is none.
const MAXIMUM_HEADER: u64 = 4096;

const LENGTH: &str = "content-length:";

/// The notification that stands for what was no message.
pub const NOT_UNDERSTOOD: &str = "jixiao/notUnderstood";

/// The server's end of standard input and output, and the thread that writes: it ends with the connection.
pub fn standard_streams() -> (Connection, JoinHandle<()>) {
    let (server, client) = Connection::memory();
    let Connection { sender, receiver } = client;
    thread::spawn(move || {
        let mut input = BufReader::new(io::stdin());
        loop {
            let Ok(message) = read(&mut input) else { return };
            let message = message.unwrap_or_else(|| super::notification(NOT_UNDERSTOOD, ()));
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    let writer = thread::spawn(move || {
        let mut output = io::stdout();
        for message in receiver {
            if message.write(&mut output).and_then(|()| output.flush()).is_err() {
                return;
            }
        }
    });
    (server, writer)
}

/// The next message; none where there is something else.
fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    if length > MAXIMUM_BYTES {
        io::copy(&mut input.take(length as u64), &mut io::sink())?;
        return Ok(None);
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(serde_json::from_slice::<Value>(&body).ok().and_then(message))
}

fn message(value: Value) -> Option<Message> {
    // An identity that is no number of 32 bits would make a request pass for a notification.
    let has_identity = value.get("id").is_some();
    let message = serde_json::from_value(value).ok()?;
    (!has_identity || !matches!(message, Message::Notification(_))).then_some(message)
}

/// The length that the header states; none where it states none.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(MAXIMUM_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return Ok(length);
        }
        // After a wrong length the rest of a body stands before the next header, on its line.
        if let Some(start) = line.to_ascii_lowercase().rfind(LENGTH) {
            length = line[start + LENGTH.len()..].trim().parse().ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_passed_over_and_the_next_one_read() {
        let sound = r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#;
        let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let strange = ["{", "[]", "null", "{\"id\":1.5,\"method\":\"x\"}", "\"\u{1F600}\""];
        let mut text = "nonsense\r\n\r\n".to_owned();
        text += &strange.map(framed).concat();
        // Lengths that are none or too small: what is left of the body stands before the next header.
        text += "Content-Length: many\r\n\r\n{}";
        text += &framed("{").replacen("Content", "content", 1);
        text += "Content-Length: 3\r\n\r\n{\"jsonrpc\":\"2.0\"}";
        text += &framed(sound);
        let mut input = text.as_bytes();
        for _ in 0..4 + strange.len() {
            assert!(read(&mut input).expect("goes on").is_none());
        }
        assert!(matches!(read(&mut input).expect("goes on"), Some(Message::Notification(_))));
        assert!(read(&mut input).is_err());
    }
}
