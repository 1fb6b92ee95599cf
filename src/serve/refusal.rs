//! What is answered where a request cannot be: why, and how to mend it.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

/// Why a request was not answered.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

/// The body of every answer that is an error.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Error<'a> {
    error: What<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct What<'a> {
    /// For programs: does not change with the wording.
    code: &'a str,
    /// For people: what is wrong, and how to mend it.
    message: &'a str,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { status, code, message: message.into() }
    }

    /// Something in the request is wrong.
    pub(super) fn bad(code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, code, message)
    }

    pub(super) fn busy() -> Refusal {
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many drafts are being checked: try again in a moment")
    }

    pub(super) fn too_long(limit: Duration) -> Refusal {
        let message = format!("the check was given up after {} s: send a shorter draft", limit.as_secs_f32());
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "too-long", message)
    }

    pub(super) fn too_large(limit: usize) -> Refusal {
        let message = format!(
            "the request is larger than {limit} bytes: send one draft at a time, or start the service with a larger --max-size"
        );
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message)
    }

    pub(super) fn too_slow(limit: Duration) -> Refusal {
        let message = format!("the request did not arrive within {} s", limit.as_secs_f32());
        Refusal::new(StatusCode::REQUEST_TIMEOUT, "too-slow", message)
    }

    /// A fault of the program. What it was may quote the draft, and is not told.
    pub(super) fn fault() -> Refusal {
        let message = "the check failed: this is a fault of recoupe; please report it with a sentence of your own that shows it";
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", message)
    }

    /// The name of the reason, for programs.
    #[cfg(test)]
    pub(super) fn code(&self) -> &str {
        self.code
    }

    /// As the clients of LanguageTool expect it: a line of text.
    pub(super) fn as_line(&self) -> Response {
        let body = format!("Error: {}", self.message);
        self.dress((self.status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response())
    }

    fn dress(&self, mut response: Response<Body>) -> Response {
        let headers = response.headers_mut();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        // What is left of such a request is not read.
        if matches!(self.status, StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT) {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = Error { error: What { code: self.code, message: &self.message } };
        self.dress((self.status, super::answer::json(&error)).into_response())
    }
}
