//! The HTTP interface of LanguageTool, so that the clients that exist today underline recoupe's findings by a change of address.
//!
//! A LanguageTool match is one place; a finding is two or more. A finding is one match: at the place that a fix would mend, else at its first.
//! Its message names the others.

mod annotated;
mod utf16;

use std::sync::Arc;

use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;

use super::refusal::Refusal;
use super::service::in_turn;
use super::{Service, answer, draft};
use crate::analysis::Analysis;
use crate::config::Settings;
use crate::document::Document;
use crate::finding::{Finding, Label, Level, Topic};
use crate::language::{Lang, Languages};
use crate::reader::{self, Format, Options};
use crate::report::Ui;
use crate::report::page::address;
use crate::report::told::source_span;
use crate::rule::{Rule, Ruleset, message};
use annotated::Annotated;
use utf16::Utf16;

/// What a client asks. Parameters of LanguageTool that mean nothing here (`motherTongue`, `apiKey` …) are passed over: its
/// clients send them unasked.
#[derive(Debug, Default, JsonSchema)]
#[schemars(rename = "LanguageToolRequest", rename_all = "camelCase")]
pub(super) struct Form {
    /// The text: this or `data`.
    text: Option<String>,
    /// `{"annotation": [{"text": "…"}, {"markup": "<p>", "interpretAs": "\n\n"}]}`, as text.
    data: Option<String>,
    /// `auto`, or a code such as `fr` or `en-GB`.
    language: Option<String>,
    /// Which variants `auto` may answer with, parted by commas.
    preferred_variants: Option<String>,
    /// `picky` shows notes too.
    level: Option<String>,
    /// Ids of rules, parted by commas: shown though they be notes.
    enabled_rules: Option<String>,
    /// Ids of rules, parted by commas.
    disabled_rules: Option<String>,
    /// Topics, parted by commas: their notes are shown.
    enabled_categories: Option<String>,
    /// Topics, parted by commas.
    disabled_categories: Option<String>,
    /// `true`: nothing but the rules and topics that are enabled.
    enabled_only: Option<String>,
}

/// What is answered.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LanguageToolAnswer")]
pub(super) struct Answer {
    software: Software,
    warnings: Warnings,
    language: Told,
    matches: Vec<Match>,
    /// First code unit of each sentence, and the one after its last, in the order of the text.
    sentence_ranges: Vec<(usize, usize)>,
}

/// What `/v2/info` says.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LanguageToolInfo")]
pub(super) struct Info {
    software: Software,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Software {
    name: &'static str,
    version: &'static str,
    build_date: &'static str,
    api_version: u32,
    premium: bool,
    status: &'static str,
}

const SOFTWARE: Software =
    Software { name: "recoupe", version: env!("CARGO_PKG_VERSION"), build_date: "", api_version: 1, premium: false, status: "" };

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Warnings {
    incomplete_results: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Told {
    name: String,
    code: String,
    detected_language: Detected,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Detected {
    name: String,
    code: String,
    confidence: f32,
    source: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Match {
    message: String,
    short_message: String,
    replacements: Vec<Replacement>,
    /// UTF-16 code units of the text, markup included.
    offset: usize,
    /// UTF-16 code units.
    length: usize,
    context: Context,
    sentence: String,
    r#type: Type,
    rule: RuleOf,
    ignore_for_incomplete_sentence: bool,
    context_for_sure_match: i32,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Replacement {
    value: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Context {
    text: String,
    offset: usize,
    length: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Type {
    type_name: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct RuleOf {
    id: String,
    description: String,
    issue_type: &'static str,
    category: Category,
    /// The page of the rule.
    urls: Vec<Replacement>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Category {
    id: String,
    name: &'static str,
}

/// A language of the list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LanguageToolLanguage")]
pub(super) struct Spoken {
    name: String,
    code: String,
    long_code: String,
}

/// Regions whose codes clients know and send; the rules are those of the language.
const REGIONS: &[(&str, &[&str])] = &[("en", &["AU", "CA", "GB", "IE", "NZ", "US", "ZA"]), ("fr", &["BE", "CA", "CH", "FR", "LU"])];

/// What `/v2/words` and what is under it say: words are not kept here, a newsroom's lists are.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "LanguageToolWords")]
pub(super) struct Kept {
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted: Option<bool>,
}

/// `GET /v2/words`.
pub(super) async fn words() -> Response {
    answer::json(&Kept { words: Some(Vec::new()), ..Kept::default() })
}

/// `POST /v2/words/add`.
pub(super) async fn add_word() -> Response {
    answer::json(&Kept { added: Some(false), ..Kept::default() })
}

/// `POST /v2/words/delete`.
pub(super) async fn delete_word() -> Response {
    answer::json(&Kept { deleted: Some(false), ..Kept::default() })
}

/// The address under which a client calls, for links to what the service shows itself.
fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}

/// `POST /v2/check`.
pub(super) async fn check_form(State(service): State<Arc<Service>>, request: Request) -> Response {
    let origin = origin(request.headers());
    let done = async {
        let sent = draft::receive(request, &service.options.limits).await?;
        if sent.media.as_deref().is_some_and(|m| m != "application/x-www-form-urlencoded") {
            let message = "the content type must be application/x-www-form-urlencoded; POST /check takes other ones";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad-content-type", message));
        }
        answer(&service, sent.body, origin).await
    };
    done.await.unwrap_or_else(|refusal| refusal.as_line())
}

/// `GET /v2/check`.
pub(super) async fn check_query(State(service): State<Arc<Service>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    answer(&service, query.unwrap_or_default().into_bytes(), origin(&headers)).await.unwrap_or_else(|refusal| refusal.as_line())
}

/// `GET /v2/languages`.
pub(super) async fn languages(State(service): State<Arc<Service>>) -> Response {
    let mut all = Vec::new();
    for (_, l) in service.desk.rules.languages.iter() {
        let (name, code) = (&l.manifest.name, &l.code);
        all.push(Spoken { name: name.clone(), code: code.clone(), long_code: code.clone() });
        let regions = REGIONS.iter().find(|(c, _)| c == code).map_or(&[][..], |(_, regions)| regions);
        all.extend(regions.iter().map(|region| Spoken {
            name: format!("{name} ({region})"),
            code: code.clone(),
            long_code: format!("{code}-{region}"),
        }));
    }
    answer::json(&all)
}

/// `GET /v2/info`.
pub(super) async fn info() -> Response {
    answer::json(&Info { software: SOFTWARE })
}

/// `GET /v2/maxtextlength`.
pub(super) async fn max_text_length(State(service): State<Arc<Service>>) -> String {
    service.options.limits.body.to_string()
}

async fn answer(service: &Arc<Service>, form: Vec<u8>, origin: String) -> Result<Response, Refusal> {
    let answer = in_turn(service, move |service| checked(&Form::parse(&form), service, &origin));
    Ok(answer::json(&answer.await?))
}

impl Form {
    fn parse(bytes: &[u8]) -> Form {
        let mut form = Form::default();
        for (key, value) in form_urlencoded::parse(bytes) {
            let field = match &*key {
                "text" => &mut form.text,
                "data" => &mut form.data,
                "language" => &mut form.language,
                "preferredVariants" => &mut form.preferred_variants,
                "level" => &mut form.level,
                "enabledRules" => &mut form.enabled_rules,
                "disabledRules" => &mut form.disabled_rules,
                "enabledCategories" => &mut form.enabled_categories,
                "disabledCategories" => &mut form.disabled_categories,
                "enabledOnly" => &mut form.enabled_only,
                _ => continue,
            };
            *field = Some(value.into_owned());
        }
        form
    }

    /// Whether the client wants to see a finding.
    fn wants(&self, rule: &Rule, level: Level, notes: bool) -> bool {
        let named = |list: &Option<String>, name: &str| {
            list.as_deref().is_some_and(|list| list.split(',').any(|id| id.trim().eq_ignore_ascii_case(name)))
        };
        let topic = rule.topic.name();
        let enabled = named(&self.enabled_rules, &rule.id) || named(&self.enabled_categories, topic);
        let disabled = named(&self.disabled_rules, &rule.id) || named(&self.disabled_categories, topic);
        let only = self.enabled_only.as_deref().is_some_and(|v| v.eq_ignore_ascii_case("true") || v.eq_ignore_ascii_case("yes"));
        let picky = self.level.as_deref().is_some_and(|level| level.eq_ignore_ascii_case("picky"));
        !disabled && (enabled || (!only && (level > Level::Note || notes || picky)))
    }
}

fn checked(form: &Form, service: &Service, origin: &str) -> Result<Answer, Refusal> {
    let bad = |message: String| Refusal::bad("bad-request", message);
    let text = match (&form.text, &form.data) {
        (Some(text), None) => Annotated::plain(text),
        (None, Some(data)) => Annotated::parse(data).map_err(|e| bad(format!("`data` cannot be used: {e}")))?,
        (Some(_), Some(_)) => return Err(bad("send `text` or `data`, not both".to_owned())),
        (None, None) => return Err(bad("the parameter `text` or `data` is missing".to_owned())),
    };
    let rules = &*service.desk.rules;
    let languages = rules.languages;
    let asked = form.language.as_deref().filter(|code| !code.eq_ignore_ascii_case("auto"));
    // In a language without rules only form is checked, as on the command line.
    let lang = match asked {
        None => None,
        Some(code) if is_code(code) => Some(languages.by_code(code).unwrap_or(Lang::UNKNOWN)),
        Some(_) => return Err(bad("the language is no code such as `fr` or `en-GB`".to_owned())),
    };
    let settings = service.settings(Settings { format: Some(Format::Text), ..Settings::default() });
    let options = Options { lang, ..settings.options(languages) };
    let (mut doc, _) = reader::read(text.plain.as_bytes(), Format::Text, languages, options).map_err(draft::unreadable)?;
    if let Some(map) = &text.map {
        doc.map = doc.map.through(map);
    }
    let proof = service.desk.check(service.desk.analyse(&doc), &settings);
    let ui = service.desk.ui(&settings, Some(&doc));
    let page = Page { doc: &doc, analysis: &proof.analysis, source: Utf16::new(&text.source), rules, ui, origin };
    let mut matches: Vec<Match> = proof
        .findings
        .iter()
        .filter(|f| form.wants(&rules.rules[f.rule], f.level, settings.notes.value))
        .map(|f| page.told(f))
        .collect();
    matches.sort_by_key(|m| m.offset);
    // BCP 47 has a code for what nobody could tell.
    let found = Some(languages.code(doc.meta.lang)).filter(|code| !code.is_empty()).unwrap_or("und").to_owned();
    let code = asked.map_or_else(|| variant(form, &found, languages), str::to_owned);
    let name = languages.get(doc.meta.lang).map_or_else(|| code.clone(), |l| l.manifest.name.clone());
    let detected_language = Detected { name: name.clone(), code: code.clone(), confidence: 1.0, source: "recoupe" };
    let language = Told { name, code, detected_language };
    let sentence_ranges = page.sentences();
    Ok(Answer { software: SOFTWARE, warnings: Warnings { incomplete_results: false }, language, matches, sentence_ranges })
}

/// Whether a text has the form of a language code: `de`, `pt-BR`, `ca-ES-valencia`.
fn is_code(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let base = parts.next().unwrap_or_default();
    let letters = |part: &str| !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    (2..=3).contains(&base.len()) && base.bytes().all(|b| b.is_ascii_alphabetic()) && parts.all(letters)
}

/// The variant that a client prefers for a language, else the language.
fn variant(form: &Form, found: &str, languages: &Languages) -> String {
    let preferred = form.preferred_variants.as_deref().unwrap_or_default().split(',').map(str::trim);
    let of_language = |code: &&str| languages.by_code(code).is_some_and(|lang| languages.code(lang) == found);
    preferred.filter(|code| !code.is_empty()).find(of_language).unwrap_or(found).to_owned()
}

/// What is needed to tell of findings.
struct Page<'a> {
    doc: &'a Document,
    analysis: &'a Analysis<'a>,
    source: Utf16<'a>,
    rules: &'a Ruleset,
    ui: &'static str,
    /// The address of the service.
    origin: &'a str,
}

impl Page<'_> {
    fn told(&self, finding: &Finding) -> Match {
        let rule = &self.rules.rules[finding.rule];
        let words = |words| message::render(words, finding, self.doc, self.rules.languages, self.ui);
        let (said, help, ui) = (words(&rule.message), words(&rule.help), Ui::of(self.ui));
        let mended = finding.labels.iter().find_map(|label| Some((label, self.replacement(finding, label)?)));
        let (label, replacement) = mended.map_or((&finding.labels[0], None), |(label, text)| (label, Some(text)));
        let range = source_span(self.doc, label.span).range();
        let (offset, length) = self.source.place(&range);
        let message = [said, help].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" – ");
        let page = address(self.rules, rule, self.ui);
        let page = page.unwrap_or_else(|| format!("{}/rules/{}?ui_lang={}", self.origin, rule.id, self.ui));
        Match {
            message,
            short_message: rule.title.get(self.ui).to_owned(),
            replacements: replacement.into_iter().map(|value| Replacement { value }).collect(),
            offset,
            length,
            context: self.context(range),
            sentence: self.sentence(label),
            r#type: Type { type_name: if finding.level > Level::Note { "Other" } else { "Hint" } },
            rule: RuleOf {
                id: rule.id.clone(),
                description: rule.title.get(self.ui).to_owned(),
                issue_type: issue_type(rule.topic),
                category: Category { id: rule.topic.name().to_ascii_uppercase(), name: ui.topic(rule.topic) },
                urls: vec![Replacement { value: page }],
            },
            ignore_for_incomplete_sentence: false,
            context_for_sure_match: 0,
        }
    }

    /// Where each sentence stands.
    fn sentences(&self) -> Vec<(usize, usize)> {
        let a = self.analysis;
        let ranges = a.sentences.iter().map(|s| source_span(self.doc, a.span(s.start as usize..s.end as usize)).range());
        ranges
            .filter(|range| !range.is_empty())
            .map(|range| self.source.place(&range))
            .map(|(at, length)| (at, at + length))
            .collect()
    }

    /// The words of a place with the fix made in them, where the place can be replaced as a whole.
    fn replacement(&self, finding: &Finding, label: &Label) -> Option<String> {
        let fix = finding.fix.as_ref()?;
        let mut within = fix.edits.iter().filter(|(span, _)| label.span.start <= span.start && span.end <= label.span.end);
        let ((span, text), None) = (within.next()?, within.next()) else { return None };
        let written = label.span.of(&self.doc.text);
        // Over markup there is nothing that a client could put in its place.
        if self.source.text.get(source_span(self.doc, label.span).range()) != Some(written) {
            return None;
        }
        let (from, to) = ((span.start - label.span.start) as usize, (span.end - label.span.start) as usize);
        Some(format!("{}{text}{}", written.get(..from)?, written.get(to..)?))
    }

    fn context(&self, range: std::ops::Range<usize>) -> Context {
        let (text, marked) = self.source.around(range);
        let flat = |c: char| if c.is_control() { ' ' } else { c };
        let units = |text: &str| text.encode_utf16().count();
        Context { offset: units(&text[..marked.start]), length: units(&text[marked]), text: text.chars().map(flat).collect() }
    }

    fn sentence(&self, label: &Label) -> String {
        let a = self.analysis;
        let token = a.tokens.partition_point(|t| t.span.end <= label.span.start);
        if token >= a.tokens.len() {
            return String::new();
        }
        message::fold(a.span(a.sentence(token)).of(&self.doc.text))
    }
}

/// The type of a match. Clients know few of those that there are, and some show no other: Superdesk passes over `numbers` and
/// `inconsistency`. What a match is about stands in its category.
fn issue_type(topic: Topic) -> &'static str {
    if topic == Topic::Form { "typographical" } else { "grammar" }
}
