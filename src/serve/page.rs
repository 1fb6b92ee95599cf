//! The page at `/`, and what it loads: files that are built in.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use pulldown_cmark::{Event, Parser, Tag, html};

use super::refusal::Refusal;
use super::{Service, draft};
use crate::report::html::story::Esc;
use crate::report::page;

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

/// `GET /rules/{id}`: the page of a rule.
pub(super) async fn rule(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let mut code = service.options.messages.as_deref().unwrap_or("en");
    for (key, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match &*key {
            "ui_lang" => code = draft::message_language(&value)?,
            _ => return Err(Refusal::bad("bad-query", "the query may only hold `ui_lang`")),
        }
    }
    let Some((_, rule)) = service.desk.rules.get(&id) else {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "no-such-page", "there is no rule of that name; GET /rules lists them"));
    };
    // Pages name each other as files of the documentation.
    let linked = |event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = match dest_url.strip_suffix(".md") {
                Some(other) => format!("{other}?ui_lang={code}").into(),
                None => dest_url,
            };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        event => event,
    };
    let told = page::page(rule, code);
    let mut body = String::new();
    html::push_html(&mut body, Parser::new(&told).map(linked));
    // What may be scrolled sideways can be reached by the keyboard.
    let body = body.replace("<pre>", "<pre tabindex=\"0\">");
    let text = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{id} – recoupe</title>\n<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"/page.css\">\n</head>\n<body class=\"rule-page\">\n<main>\n{body}</main>\n</body>\n</html>\n",
        id = Esc(&rule.id),
    );
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)], text).into_response())
}
