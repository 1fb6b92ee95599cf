//! Requests that carry a draft: how it is sent, what is asked of it, and what is answered.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::refusal::Refusal;
use super::service::in_turn;
use super::{Limits, Service, answer};
use crate::config::file::Setting;
use crate::config::{Effective, Origin, Settings, Sourced, day};
use crate::desk::Desk;
use crate::language::Languages;
use crate::reader::{Format, Story};
use crate::report::facts::Sheet;
use crate::report::{self, Checked, Summary, Ui};
use crate::rule::Ruleset;

/// A draft to be checked. Sent as it is, with its own content type, what is not the draft stands in the query.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckRequest {
    /// The draft; `content` is another name for it.
    #[serde(alias = "content")]
    text: String,
    /// `text`, `markdown`, `html`; otherwise the first characters tell.
    format: Option<String>,
    /// The language of the draft; otherwise the draft says, or it is recognised.
    lang: Option<String>,
    /// The day of publication (YYYY-MM-DD), against which "today" is read.
    published: Option<String>,
    /// The day of publication where the draft names none: weaker than what it says of itself.
    usually_published: Option<String>,
    /// The language of messages; otherwise that of the draft.
    ui_lang: Option<String>,
    /// Whether to show notes too; otherwise as the configuration says.
    notes: Option<bool>,
    /// Levels for this draft alone: by the id of a rule, by topic, or for `all`.
    #[serde(default)]
    rules: BTreeMap<String, Setting>,
}

/// A draft whose facts are to be listed. Sent as it is, with its own content type, what is not the draft stands in the query.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactsRequest {
    /// The draft; `content` is another name for it.
    #[serde(alias = "content")]
    text: String,
    /// `text`, `markdown`, `html`; otherwise the first characters tell.
    format: Option<String>,
    /// The language of the draft; otherwise the draft says, or it is recognised.
    lang: Option<String>,
    /// The day of publication (YYYY-MM-DD), against which "today" is read.
    published: Option<String>,
    /// The day of publication where the draft names none: weaker than what it says of itself.
    usually_published: Option<String>,
}

impl FactsRequest {
    /// The draft, where it stands in the request.
    pub(super) fn text(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// What holds for the draft.
    pub(super) fn settings(&self, sent: &Sent, service: &Service) -> Result<Effective, Refusal> {
        let languages = service.desk.rules.languages;
        let given = given(self.format.clone(), self.lang.clone(), self.published.clone(), sent, languages)?;
        usually(service.settings(given), self.usually_published.as_deref())
    }
}

/// What reports call a draft that has no file.
pub(super) const NAME: &str = "-";

/// `POST /check`.
pub(super) async fn check_route(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Refusal> {
    let sent = receive(request, &service.options.limits).await?;
    let report = in_turn(&service, move |service| {
        let (asked, draft): (CheckRequest, _) = sent.asked()?;
        let rules = &service.desk.rules;
        if let Some(name) = asked.rules.keys().find(|name| !rules.has_name(name)) {
            let hint = rules.nearest_name(name).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            return Err(Refusal::bad(
                "no-such-rule",
                format!("there is no rule or topic of that name{hint}; GET /rules lists them"),
            ));
        }
        let mut given = given(asked.format, asked.lang, asked.published, &sent, rules.languages)?;
        given.messages = asked.ui_lang.as_deref().map(message_language).transpose()?.map(str::to_owned);
        given.notes = asked.notes;
        given.levels = asked.rules.into_iter().collect();
        let bytes = draft.as_deref().unwrap_or(asked.text.as_bytes());
        let settings = usually(service.settings(given), asked.usually_published.as_deref())?;
        let Story { document: doc, mut problems } = read(bytes, &settings, &service.desk)?;
        let mut proof = service.desk.check(service.desk.analyse(&doc), &settings);
        problems.append(&mut proof.problems);
        let findings = proof.shown();
        let ui = service.desk.ui(&settings, Some(&doc));
        let checked = Checked { path: NAME, bytes, document: Some(&doc), findings: &findings, problems: &problems, ui };
        written(|out| json(&checked, rules, out))
    });
    Ok(answer::json_text(report.await?))
}

/// `POST /facts`.
pub(super) async fn facts_route(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Refusal> {
    let sent = receive(request, &service.options.limits).await?;
    let sheet = in_turn(&service, move |service| {
        let (asked, draft): (FactsRequest, _) = sent.asked()?;
        let bytes = draft.as_deref().unwrap_or(asked.text());
        let doc = read(bytes, &asked.settings(&sent, service)?, &service.desk)?.document;
        let analysis = service.desk.analyse(&doc);
        let (facts, cards) = (crate::facts::sheet(&analysis), crate::facts::cards(&analysis));
        let sheet = Sheet { path: NAME, bytes, document: Some(&doc), facts: &facts, cards: &cards, derivations: &[], ui: "" };
        written(|out| {
            let mut reporter = report::facts::json();
            reporter.begin(out)?;
            reporter.file(&sheet, out)?;
            reporter.end("", out)
        })
    });
    Ok(answer::json_text(sheet.await?))
}

fn json(checked: &Checked, rules: &Ruleset, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    use report::Reporter;
    let mut summary = Summary { files: 1, ..Summary::default() };
    checked.findings.iter().for_each(|f| summary.count(f.level));
    let mut reporter = report::json::Json::default();
    reporter.begin(out)?;
    reporter.file(checked, rules, out)?;
    reporter.end(&summary, checked.ui, out)
}

fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    write(&mut out).map_err(|_| Refusal::fault())?;
    Ok(out)
}

/// A request's body with what its head says of it.
pub(super) struct Sent {
    pub(super) media: Option<String>,
    pub(super) query: String,
    pub(super) body: Vec<u8>,
}

/// Media types, and the formats that they tell. A file of no type is recognised by its first bytes.
const MEDIA: &[(&str, Option<Format>)] = &[
    ("text/plain", Some(Format::Text)),
    ("text/markdown", Some(Format::Markdown)),
    ("text/x-markdown", Some(Format::Markdown)),
    ("text/html", Some(Format::Html)),
    ("application/xhtml+xml", Some(Format::Html)),
    ("application/octet-stream", None),
];

/// The media types in which a draft may be sent as it is.
pub(super) fn media_types() -> impl Iterator<Item = &'static str> {
    MEDIA.iter().map(|(name, _)| *name)
}

/// What is asked, and the draft where it is the body itself.
pub(super) type Asked<'a, T> = (T, Option<Cow<'a, [u8]>>);

impl Sent {
    fn is_json(&self) -> bool {
        self.media.as_deref() == Some("application/json")
    }

    /// The format that the content type tells.
    fn format(&self) -> Option<Format> {
        MEDIA.iter().find(|(name, _)| self.media.as_deref() == Some(name)).and_then(|(_, format)| *format)
    }

    pub(super) fn asked<T: DeserializeOwned>(&self) -> Result<Asked<'_, T>, Refusal> {
        if self.is_json() {
            if !self.query.is_empty() {
                return Err(Refusal::bad("bad-query", "with JSON, write into the JSON what is asked, not into the query"));
            }
            let body = self.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.body);
            let asked =
                serde_json::from_slice(body).map_err(|e| Refusal::bad("bad-json", format!("the JSON cannot be used: {e}")))?;
            return Ok((asked, None));
        }
        if self.media.is_some() && !media_types().any(|known| self.media.as_deref() == Some(known)) {
            let known: Vec<&str> = media_types().collect();
            let message = format!("the content type must be application/json, or that of the draft: {}", known.join(", "));
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad-content-type", message));
        }
        let bad = |message: String| Refusal::bad("bad-query", message);
        let mut asked = serde_json::Map::from_iter([("text".to_owned(), "".into())]);
        for (key, value) in form_urlencoded::parse(self.query.as_bytes()) {
            let value = match (&*key, &*value) {
                ("text" | "content" | "rules", _) => return Err(bad(format!("`{key}` can only be given in JSON"))),
                ("notes", "true") => true.into(),
                ("notes", "false") => false.into(),
                ("notes", _) => return Err(bad("`notes` is `true` or `false`".to_owned())),
                (_, value) => serde_json::Value::from(value),
            };
            if asked.insert(key.to_string(), value).is_some() {
                return Err(bad(format!("`{key}` is given twice")));
            }
        }
        let asked = serde_json::from_value(asked.into()).map_err(|e| bad(format!("the query cannot be used: {e}")))?;
        Ok((asked, Some(Cow::Borrowed(&self.body))))
    }
}

/// What a request says of its draft, made sure of.
fn given(
    format: Option<String>,
    lang: Option<String>,
    published: Option<String>,
    sent: &Sent,
    languages: &Languages,
) -> Result<Settings, Refusal> {
    let format = format.map(|name| {
        let known = || Format::all().map(Format::name).collect::<Vec<_>>().join(", ");
        Format::by_name(&name).ok_or_else(|| Refusal::bad("bad-format", format!("there is no such format; there are: {}", known())))
    });
    let lang = lang.map(|code| {
        let known = || languages.iter().map(|(_, l)| l.code.as_str()).collect::<Vec<_>>().join(", ");
        let lang = languages.by_code(&code).map(|lang| languages.code(lang).to_owned());
        lang.ok_or_else(|| {
            Refusal::bad("bad-language", format!("there are no rules for this language; there are for: {}", known()))
        })
    });
    let date = published.map(|text| day(&text).map_err(|why| Refusal::bad("bad-date", format!("`published`: {why}"))));
    let format = format.transpose()?.or(sent.format());
    Ok(Settings { lang: lang.transpose()?, date: date.transpose()?, format, ..Settings::default() })
}

/// The day that holds for a draft that names none, where nothing stronger says it.
fn usually(mut settings: Effective, published: Option<&str>) -> Result<Effective, Refusal> {
    if let Some(text) = published {
        let day = day(text).map_err(|why| Refusal::bad("bad-date", format!("`usually_published`: {why}")))?;
        settings.date.get_or_insert(Sourced { value: day, origin: Origin::Default });
    }
    Ok(settings)
}

/// The format of a draft: as those settings say, or as its first bytes do.
pub(super) fn format(bytes: &[u8], settings: &Effective, desk: &Desk) -> Result<Format, Refusal> {
    desk.format(bytes, Path::new(NAME), settings).map_err(unreadable)
}

/// Reads a draft as those settings say: the first story of what was sent.
pub(super) fn read(bytes: &[u8], settings: &Effective, desk: &Desk) -> Result<Story, Refusal> {
    let stories = desk.stories(bytes, Path::new(NAME), settings).map_err(unreadable)?;
    Ok(stories.into_iter().next().expect("a file has a story"))
}

pub(super) fn unreadable(e: impl std::fmt::Display) -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "unreadable", e.to_string())
}

/// A language that messages exist in.
pub(super) fn message_language(code: &str) -> Result<&'static str, Refusal> {
    let base = code.split(['-', '_']).next().unwrap_or(code);
    let known = Ui::ALL.map(|ui| ui.code);
    let found = known.into_iter().find(|known| known.eq_ignore_ascii_case(base));
    found.ok_or_else(|| Refusal::bad("bad-language", format!("messages exist in: {}", known.join(", "))))
}

/// Takes a request's body in, as far as it is not too large and comes soon enough.
pub(super) async fn receive(request: Request, limits: &Limits) -> Result<Sent, Refusal> {
    let (head, body) = request.into_parts();
    if head.headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad-encoding", "send the draft without a content encoding"));
    }
    let length = head.headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    let asks_first = head.headers.contains_key(header::EXPECT);
    if asks_first && length.is_some_and(|n| n > limits.body) {
        return Err(Refusal::too_large(limits.body));
    }
    let body = tokio::time::timeout(limits.transfer, take(body, limits.body, length.unwrap_or(0)));
    let body = body.await.map_err(|_| Refusal::too_slow(limits.transfer))??;
    Ok(Sent { media: media(&head.headers), query: head.uri.query().unwrap_or_default().to_owned(), body })
}

fn media(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().unwrap_or("?");
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// The most that is read and thrown away of a body that is too large, so that who sends it comes to read the answer.
const THROWN: usize = 256 << 20;

async fn take(mut body: Body, limit: usize, length: usize) -> Result<Vec<u8>, Refusal> {
    let mut taken = Vec::with_capacity(if length <= limit { length } else { 0 });
    let mut thrown = 0;
    while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let frame = frame.map_err(|_| Refusal::bad("broken-off", "the request broke off before its end"))?;
        let Some(data) = frame.data_ref() else { continue };
        if thrown == 0 && length <= limit && taken.len() + data.len() <= limit {
            taken.extend_from_slice(data);
            continue;
        }
        taken = Vec::new();
        thrown += data.len();
        if thrown > THROWN {
            break;
        }
    }
    if thrown > 0 { Err(Refusal::too_large(limit)) } else { Ok(taken) }
}
