//! Requests that carry a draft: how it is sent, what is asked of it, and what is answered.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::{Service, Limits, in_turn, routes};
use crate::analysis::Analysis;
use crate::check::check;
use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::language::Languages;
use crate::pattern::nearest;
use crate::reader::{self, Format, Problem};
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
    /// The language of messages; otherwise that of the draft.
    ui_lang: Option<String>,
    /// Whether to show notes too.
    #[serde(default)]
    notes: bool,
    /// Levels of rules for this draft alone, by id.
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
}

/// What to make of a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Setting {
    /// Leave them out.
    Off,
    /// Show them as notes.
    Note,
    /// Show them as warnings.
    Warning,
    /// Show them as errors.
    Error,
}

impl Setting {
    fn level(self) -> Option<Level> {
        match self {
            Setting::Off => None,
            Setting::Note => Some(Level::Note),
            Setting::Warning => Some(Level::Warning),
            Setting::Error => Some(Level::Error),
        }
    }
}

/// What reports call a draft that has no file.
const NAME: &str = "-";

/// `POST /check`.
pub(super) async fn check_route(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Refusal> {
    let sent = receive(request, &service.options.limits).await?;
    let report = in_turn(&service, move |service| {
        let (asked, draft): (CheckRequest, _) = sent.asked()?;
        let given = Given::new(asked.format, asked.lang, asked.published, service.rules.languages)?;
        let bytes = draft.as_deref().unwrap_or(asked.text.as_bytes());
        let (doc, problems) = given.read(bytes, sent.format(), service.rules.languages)?;
        let levels = levels(&asked.rules, &service.rules)?;
        let ui = ui(asked.ui_lang.as_deref(), service, &doc)?;
        let mut findings = check(&doc, &service.rules);
        set_levels(&mut findings, &levels);
        if !asked.notes {
            findings.retain(|f| f.level > Level::Note);
        }
        let checked = Checked { path: NAME, bytes, document: Some(&doc), findings: &findings, problems: &problems, ui };
        written(|out| json(&checked, &service.rules, out))
    });
    Ok(routes::json_text(report.await?))
}

/// `POST /facts`.
pub(super) async fn facts_route(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Refusal> {
    let sent = receive(request, &service.options.limits).await?;
    let sheet = in_turn(&service, move |service| {
        let (asked, draft): (FactsRequest, _) = sent.asked()?;
        let languages = service.rules.languages;
        let given = Given::new(asked.format, asked.lang, asked.published, languages)?;
        let bytes = draft.as_deref().unwrap_or(asked.text.as_bytes());
        let (doc, _) = given.read(bytes, sent.format(), languages)?;
        let facts = crate::facts::sheet(&Analysis::of(&doc, languages));
        let sheet = Sheet { path: NAME, bytes, document: Some(&doc), facts: &facts, derivations: &[] };
        written(|out| {
            let mut reporter = report::facts::json();
            reporter.begin(out)?;
            reporter.file(&sheet, out)?;
            reporter.end("", out)
        })
    });
    Ok(routes::json_text(sheet.await?))
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

impl Sent {
    fn is_json(&self) -> bool {
        self.media.as_deref() == Some("application/json")
    }

    /// The format that the content type tells.
    fn format(&self) -> Option<Format> {
        MEDIA.iter().find(|(name, _)| self.media.as_deref() == Some(name)).and_then(|(_, format)| *format)
    }

    /// What is asked, and the draft where it is the body itself.
    fn asked<T: DeserializeOwned>(&self) -> Result<(T, Option<Cow<'_, [u8]>>), Refusal> {
        if self.is_json() {
            if !self.query.is_empty() {
                return Err(Refusal::bad("bad-query", "with JSON, write into the JSON what is asked, not into the query"));
            }
            let body = self.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.body);
            let asked = serde_json::from_slice(body).map_err(|e| Refusal::bad("bad-json", format!("the JSON cannot be used: {e}")))?;
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
struct Given {
    format: Option<Format>,
    options: reader::Options,
}

impl Given {
    fn new(
        format: Option<String>,
        lang: Option<String>,
        published: Option<String>,
        languages: &Languages,
    ) -> Result<Given, Refusal> {
        let format = format.map(|name| {
            let known = || Format::all().map(Format::name).collect::<Vec<_>>().join(", ");
            Format::by_name(&name).ok_or_else(|| Refusal::bad("bad-format", format!("there is no such format; there are: {}", known())))
        });
        let lang = lang.map(|code| {
            let known = || languages.iter().map(|(_, l)| l.code.as_str()).collect::<Vec<_>>().join(", ");
            let lang = languages.by_code(&code);
            lang.ok_or_else(|| Refusal::bad("bad-language", format!("there are no rules for this language; there are for: {}", known())))
        });
        let published = published.map(|day| {
            let shaped = day.len() == 10 && day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-';
            let date = day.parse::<Date>().ok().filter(|_| shaped);
            date.ok_or_else(|| Refusal::bad("bad-date", "`published` is a day of the calendar, written like 2024-05-17"))
        });
        let options = reader::Options { lang: lang.transpose()?, published: published.transpose()? };
        Ok(Given { format: format.transpose()?, options })
    }

    fn read(&self, bytes: &[u8], told: Option<Format>, languages: &Languages) -> Result<(Document, Vec<Problem>), Refusal> {
        let format = self.format.or(told).unwrap_or_else(|| Format::sniff(bytes));
        reader::read(bytes, format, languages, self.options)
            .map_err(|e| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "unreadable", e.to_string()))
    }
}

/// The language of messages: asked for, else the service's, else the draft's.
pub(super) fn ui(asked: Option<&str>, service: &Service, doc: &Document) -> Result<&'static str, Refusal> {
    let of_draft = service.rules.languages.code(doc.meta.lang);
    asked.map_or_else(|| Ok(Ui::of(service.options.ui.as_deref().unwrap_or(of_draft)).code), message_language)
}

/// A language that messages exist in.
pub(super) fn message_language(code: &str) -> Result<&'static str, Refusal> {
    let base = code.split(['-', '_']).next().unwrap_or(code);
    let known = Ui::ALL.map(|ui| ui.code);
    let found = known.into_iter().find(|known| known.eq_ignore_ascii_case(base));
    found.ok_or_else(|| Refusal::bad("bad-language", format!("messages exist in: {}", known.join(", "))))
}

/// The levels that were asked for, by the index of the rule.
fn levels(asked: &BTreeMap<String, Setting>, rules: &Ruleset) -> Result<BTreeMap<usize, Setting>, Refusal> {
    let level = |(id, setting): (&String, &Setting)| match rules.get(id) {
        Some((_, rule)) if !rule.enabled && *setting != Setting::Off => {
            Err(Refusal::bad("rule-off", format!("the rule `{}` is switched off in this service", rule.id)))
        }
        Some((index, _)) => Ok((index, *setting)),
        None => {
            let near = nearest(id, rules.rules.iter().map(|r| r.id.as_str()));
            let hint = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            Err(Refusal::bad("no-such-rule", format!("there is no rule of that name{hint}; GET /rules lists them")))
        }
    };
    asked.iter().map(level).collect()
}

fn set_levels(findings: &mut Vec<Finding>, levels: &BTreeMap<usize, Setting>) {
    findings.retain_mut(|f| match levels.get(&f.rule) {
        None => true,
        Some(setting) => setting.level().map(|level| f.level = level).is_some(),
    });
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
