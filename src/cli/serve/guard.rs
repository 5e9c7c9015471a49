//! Who may ask: a page of this run, on this machine, and no other.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The secret of a run and the names of its server.
pub struct Guard {
    secret: String,
    hosts: [String; 2],
}

/// Nothing from anywhere but this server, and no page around this one.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What every answer says.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

impl Guard {
    /// # Errors
    /// Where the system gives no chance.
    pub fn new(address: SocketAddr) -> io::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let secret = format!("{:032x}", u128::from_be_bytes(bytes));
        Ok(Self { secret, hosts: [address.to_string(), format!("localhost:{}", address.port())] })
    }

    /// The page to begin with.
    pub fn address(&self) -> String {
        format!("http://{}{}", self.hosts[0], self.root())
    }

    /// What every path begins with.
    pub fn root(&self) -> String {
        format!("/{}/", self.secret)
    }

    /// Why an asker is sent away; none where it may ask.
    fn refuses(&self, method: &Method, path: &str, headers: &HeaderMap) -> Option<StatusCode> {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        // A name that leads to this machine is no name of this server.
        let host = text(header::HOST).filter(|host| self.hosts.iter().any(|own| own == host));
        let Some(host) = host else { return Some(StatusCode::MISDIRECTED_REQUEST) };
        let given = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        if !is_same(given.as_bytes(), self.secret.as_bytes()) {
            return Some(StatusCode::NOT_FOUND);
        }
        let is_own = |origin: &str| origin == format!("http://{host}");
        let origin = text(header::ORIGIN);
        let is_safe = matches!(*method, Method::GET | Method::HEAD);
        let comes_from_here = match origin {
            Some(origin) => is_own(origin),
            None => is_safe,
        };
        let site = text(HeaderName::from_static("sec-fetch-site"));
        let is_of_other_site = site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
        (!comes_from_here || is_of_other_site).then_some(StatusCode::FORBIDDEN)
    }
}

/// Takes the same time wherever they differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (one, other)| all | (one ^ other)) == 0
}

/// Asks the guard before anything else.
pub async fn ask(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let refused = guard.refuses(request.method(), request.uri().path(), request.headers());
    let mut response = match refused {
        Some(status) => status.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(method: &Method, path: &str, headers: &[(HeaderName, &str)]) -> Option<u16> {
        let guard = Guard { secret: "abc".to_owned(), hosts: ["127.0.0.1:8".to_owned(), "localhost:8".to_owned()] };
        let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("text")));
        guard.refuses(method, path, &headers.collect()).map(|status| status.as_u16())
    }

    #[test]
    fn only_a_page_of_this_run_may_ask() {
        let (host, origin) = ((header::HOST, "127.0.0.1:8"), (header::ORIGIN, "http://127.0.0.1:8"));
        assert_eq!(refused(&Method::GET, "/abc/", std::slice::from_ref(&host)), None);
        assert_eq!(refused(&Method::POST, "/abc/make", &[host.clone(), origin.clone()]), None);
        assert_eq!(refused(&Method::GET, "/abc/", &[(header::HOST, "evil.example:8")]), Some(421));
        assert_eq!(refused(&Method::GET, "/abc/", &[]), Some(421));
        for path in ["/", "/abd/", "/ab/", "/abcd/", "//"] {
            assert_eq!(refused(&Method::GET, path, std::slice::from_ref(&host)), Some(404), "{path}");
        }
        assert_eq!(refused(&Method::POST, "/abc/make", std::slice::from_ref(&host)), Some(403));
        let foreign = (header::ORIGIN, "http://localhost:9");
        assert_eq!(refused(&Method::POST, "/abc/make", &[host.clone(), foreign.clone()]), Some(403));
        assert_eq!(refused(&Method::GET, "/abc/", &[host.clone(), foreign]), Some(403));
        let site = (HeaderName::from_static("sec-fetch-site"), "cross-site");
        assert_eq!(refused(&Method::GET, "/abc/", &[host, site]), Some(403));
    }
}
