//! Who may call: the name in the `Host` header and the origin of the page that asks, before anything else is read.
//!
//! A page on the web cannot read the service's answers: its origin is refused. Nor by a name of its own that it lets point to this
//! machine (DNS rebinding): only IP addresses, `localhost` and the names that were configured are answered to.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;
use super::{Options, Service};

/// Headers of every answer.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// What an answer that is no page may load.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// Lets a request pass, or refuses it; and puts the headers on the answer.
pub(super) async fn guard(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let asks_first = request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let (mut response, foreign) = match admit(request.headers(), request.uri().authority().map(|a| a.as_str()), &service.options) {
        Err(refusal) => (refusal.into_response(), None),
        Ok(foreign) if asks_first => (StatusCode::NO_CONTENT.into_response(), foreign),
        Ok(foreign) => (next.run(request).await, foreign),
    };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    let own = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(own, HeaderValue::from_static(if foreign.is_some() { "cross-origin" } else { "same-origin" }));
    if let Some(origin) = foreign {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if asks_first {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
            // Chromium asks whether a page of the web may call a machine of the local network.
            let private = HeaderName::from_static("access-control-allow-private-network");
            headers.insert(private, HeaderValue::from_static("true"));
        }
    }
    response
}

/// The foreign origin that was let in; `None` where the request comes from no page or from the service's own.
fn admit(headers: &HeaderMap, authority: Option<&str>, options: &Options) -> Result<Option<HeaderValue>, Refusal> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok(),
        (None, _) => authority,
        _ => None,
    };
    let host = host.ok_or_else(|| Refusal::bad("no-host", "the request needs one `Host` header"))?;
    if !is_known(host, &options.hosts) {
        let message = "the service does not answer to this name: call it by its address, or start it with --allow-host NAME";
        return Err(Refusal::new(StatusCode::FORBIDDEN, "host-not-allowed", message));
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(None) };
    let text = origin.to_str().unwrap_or_default();
    // Behind a proxy the scheme may be another one; the name and port are the same.
    if text.split_once("://").is_some_and(|(scheme, rest)| matches!(scheme, "http" | "https") && rest.eq_ignore_ascii_case(host)) {
        return Ok(None);
    }
    if options.origins.iter().any(|o| o == "*" || o.trim_end_matches('/').eq_ignore_ascii_case(text)) {
        return Ok(Some(origin.clone()));
    }
    let message = "pages of other origins may not call the service, unless it is started with --allow-origin ORIGIN";
    Err(Refusal::new(StatusCode::FORBIDDEN, "origin-not-allowed", message))
}

/// Whether a `Host` header names this machine in a way that nobody else can make point here.
fn is_known(host: &str, names: &[String]) -> bool {
    if let Some(rest) = host.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        return address.parse::<Ipv6Addr>().is_ok() && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    port.is_none_or(is_port)
        && (name.parse::<Ipv4Addr>().is_ok()
            || name.eq_ignore_ascii_case("localhost")
            || names.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

fn is_port(port: &str) -> bool {
    port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(origins: &[&str], hosts: &[&str]) -> Options {
        let owned = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        Options { origins: owned(origins), hosts: owned(hosts), messages: None, limits: super::super::Limits::default() }
    }

    /// `let in`, `let in as ORIGIN`, or the code of the refusal.
    fn asked(host: &str, origin: Option<&str>, options: &Options) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        match admit(&headers, None, options) {
            Ok(None) => "let in".to_owned(),
            Ok(Some(origin)) => format!("let in as {}", origin.to_str().unwrap()),
            Err(refusal) => refusal.code().to_owned(),
        }
    }

    #[test]
    fn names_that_others_can_make_point_here_are_refused() {
        let o = options(&[], &["checks.desk.example"]);
        for host in ["127.0.0.1:8750", "localhost", "LOCALHOST:1", "[::1]:8750", "192.168.1.7:80", "checks.desk.example:8750"] {
            assert_eq!(asked(host, None, &o), "let in", "{host}");
        }
        for host in ["evil.example:8750", "localhost.evil.example", "127.0.0.1.evil.example", "[evil]", "", "localhost:x", "a:b:c"]
        {
            assert_eq!(asked(host, None, &o), "host-not-allowed", "{host}");
        }
        assert_eq!(admit(&HeaderMap::new(), None, &o).unwrap_err().code(), "no-host");
    }

    #[test]
    fn other_origins_are_refused_unless_configured() {
        let o = options(&["https://cms.example/"], &[]);
        assert_eq!(asked("127.0.0.1:8750", Some("http://127.0.0.1:8750"), &o), "let in");
        assert_eq!(asked("127.0.0.1:8750", Some("https://cms.example"), &o), "let in as https://cms.example");
        for origin in ["http://127.0.0.1:8751", "http://localhost:8750", "null", "https://cms.example.evil", "file://", "x"] {
            assert_eq!(asked("127.0.0.1:8750", Some(origin), &o), "origin-not-allowed", "{origin}");
        }
        assert_eq!(asked("127.0.0.1:8750", Some("null"), &options(&["*"], &[])), "let in as null");
    }
}
