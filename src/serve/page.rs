//! The page at `/`, and what it loads: files that are built in.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// One file.
#[derive(Clone, Copy)]
pub(super) struct File {
    pub(super) path: &'static str,
    media: &'static str,
    text: &'static str,
}

/// All files. A new one is a line here.
pub(super) const FILES: &[File] = &[
    File { path: "/", media: "text/html; charset=utf-8", text: include_str!("page/index.html") },
    File { path: "/page.css", media: "text/css; charset=utf-8", text: include_str!("page/page.css") },
    File { path: "/page.js", media: "text/javascript; charset=utf-8", text: include_str!("page/page.js") },
    File { path: "/words.js", media: "text/javascript; charset=utf-8", text: include_str!("page/words.js") },
    File { path: "/icon.svg", media: "image/svg+xml", text: include_str!("page/icon.svg") },
];

/// The page loads its own files and asks its own service: nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

impl File {
    pub(super) fn answer(self) -> Response {
        ([(header::CONTENT_TYPE, self.media), (header::CONTENT_SECURITY_POLICY, POLICY)], self.text).into_response()
    }
}
