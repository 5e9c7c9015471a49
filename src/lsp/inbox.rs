//! Messages that wait. What a client no longer wants is never begun.

use std::collections::VecDeque;

use lsp_server::{Connection, ErrorCode, Message, Request, RequestId, Response};

pub struct Inbox<'a> {
    connection: &'a Connection,
    waiting: VecDeque<Message>,
}

impl<'a> Inbox<'a> {
    pub fn new(connection: &'a Connection) -> Self {
        Self { connection, waiting: VecDeque::new() }
    }

    pub fn send(&self, message: Message) {
        // A client that went away is noticed when the next message is read.
        let _ = self.connection.sender.send(message);
    }

    pub fn refuse(&self, request: Request, code: ErrorCode) {
        self.send(Response::new_err(request.id, code as i32, request.method).into());
    }

    /// Whether nothing waits that may change what is to be told. Questions do not: what was found is told before they are
    /// answered.
    pub fn is_quiet(&mut self) -> bool {
        self.collect();
        !self.waiting.iter().any(|message| matches!(message, Message::Notification(_)))
    }

    /// The next message, after those that came before; none when the client is gone.
    pub fn next(&mut self) -> Option<Message> {
        self.collect();
        while self.waiting.is_empty() {
            let message = self.connection.receiver.recv().ok()?;
            self.add(message);
        }
        self.waiting.pop_front()
    }

    fn collect(&mut self) {
        while let Ok(message) = self.connection.receiver.try_recv() {
            self.add(message);
        }
    }

    /// Puts a message behind those that wait. A cancellation takes the request it names out, and answers it.
    fn add(&mut self, message: Message) {
        let Message::Notification(notification) = &message else { return self.waiting.push_back(message) };
        if notification.method != "$/cancelRequest" {
            return self.waiting.push_back(message);
        }
        let Some(id) =
            notification.params.get("id").and_then(|id| serde_json::from_value::<RequestId>(id.clone()).ok())
        else {
            return;
        };
        let is_named = |message: &Message| matches!(message, Message::Request(request) if request.id == id);
        if let Some(index) = self.waiting.iter().position(is_named)
            && let Some(Message::Request(request)) = self.waiting.remove(index)
        {
            self.refuse(request, ErrorCode::RequestCanceled);
        }
    }
}
