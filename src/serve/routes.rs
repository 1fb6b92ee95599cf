//! What can be asked: one table, from which the router and the OpenAPI description are made.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::answer::json;
use super::refusal::Refusal;
use super::{Service, draft, guard, languagetool, openapi, page, story};
use crate::report;
use crate::report::rules::Listed;

/// One address with what answers there.
pub(super) struct Route {
    pub(super) path: &'static str,
    pub(super) answer: fn() -> MethodRouter<Arc<Service>>,
    pub(super) operations: &'static [Operation],
}

/// What one method of an address does, for the description.
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) summary: &'static str,
    /// What may stand in the query: name, and what it is.
    pub(super) query: &'static [(&'static str, &'static str)],
    pub(super) takes: Takes,
    pub(super) gives: Gives,
}

type Of = fn(&mut SchemaGenerator) -> Schema;

/// What a request's body may be.
pub(super) enum Takes {
    Nothing,
    /// A draft as it is, or in JSON.
    Draft(Of),
    Form(Of),
}

/// What an answer is.
pub(super) enum Gives {
    Json(Of),
    /// A document that its own standard describes.
    Any,
    Text,
}

const DRAFT_QUERY: &[(&str, &str)] = &[
    ("format", "How to read the draft, where its content type does not say."),
    ("lang", "The language of the draft; otherwise the draft says, or it is recognised."),
    ("published", "The day of publication (YYYY-MM-DD), against which \"today\" is read."),
    ("usually_published", "The day of publication where the draft names none."),
];

const CHECK_QUERY: &[(&str, &str)] = &[
    DRAFT_QUERY[0],
    DRAFT_QUERY[1],
    DRAFT_QUERY[2],
    DRAFT_QUERY[3],
    ("ui_lang", "The language of messages; otherwise that of the draft."),
    ("notes", "`true` to show notes too, `false` not to; otherwise as the configuration says."),
];

/// All addresses. A new one is a line here.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/check",
        answer: || post(draft::check_route),
        operations: &[Operation {
            method: "post",
            summary: "Find what does not go together in a draft",
            query: CHECK_QUERY,
            takes: Takes::Draft(|g| g.subschema_for::<draft::CheckRequest>()),
            gives: Gives::Json(report::json::schema),
        }],
    },
    Route {
        path: "/facts",
        answer: || post(draft::facts_route),
        operations: &[Operation {
            method: "post",
            summary: "List the facts that a draft states, each with its place and value",
            query: DRAFT_QUERY,
            takes: Takes::Draft(|g| g.subschema_for::<draft::FactsRequest>()),
            gives: Gives::Json(report::facts::schema),
        }],
    },
    Route {
        path: "/story",
        answer: || post(story::route),
        operations: &[Operation {
            method: "post",
            summary: "Give a draft as it reads, block by block, each piece with its place in what was sent",
            query: DRAFT_QUERY,
            takes: Takes::Draft(|g| g.subschema_for::<draft::FactsRequest>()),
            gives: Gives::Json(|g| g.subschema_for::<story::Story>()),
        }],
    },
    Route {
        path: "/rules",
        answer: || get(rules),
        operations: &[Operation {
            method: "get",
            summary: "List the rules",
            query: &[("ui_lang", "The language of titles; otherwise that of the service, or English.")],
            takes: Takes::Nothing,
            gives: Gives::Json(|g| g.subschema_for::<Vec<Listed>>()),
        }],
    },
    Route {
        path: "/health",
        answer: || get(health),
        operations: &[Operation {
            method: "get",
            summary: "Say that the service is there",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Json(|g| g.subschema_for::<Health>()),
        }],
    },
    Route {
        path: "/openapi.json",
        answer: || get(description),
        operations: &[Operation {
            method: "get",
            summary: "This description",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Any,
        }],
    },
    Route {
        path: "/v2/check",
        answer: || get(languagetool::check_query).post(languagetool::check_form),
        operations: &[
            Operation {
                method: "post",
                summary: "As LanguageTool: matches with their offsets, in UTF-16 code units",
                query: &[],
                takes: Takes::Form(|g| g.subschema_for::<languagetool::Form>()),
                gives: Gives::Json(|g| g.subschema_for::<languagetool::Answer>()),
            },
            Operation {
                method: "get",
                summary: "As LanguageTool, for short texts",
                query: &[
                    ("text", "The text."),
                    ("data", "The text in annotations, as JSON."),
                    ("language", "`auto`, or a code such as `fr` or `en-GB`."),
                    ("level", "`picky` shows notes too."),
                    ("enabledRules", "Ids parted by commas."),
                    ("disabledRules", "Ids parted by commas."),
                    ("enabledCategories", "Ids parted by commas."),
                    ("disabledCategories", "Ids parted by commas."),
                    ("enabledOnly", "`true`: nothing but the rules and categories that are named."),
                ],
                takes: Takes::Nothing,
                gives: Gives::Json(|g| g.subschema_for::<languagetool::Answer>()),
            },
        ],
    },
    Route {
        path: "/v2/languages",
        answer: || get(languagetool::languages),
        operations: &[Operation {
            method: "get",
            summary: "As LanguageTool: the languages that there are rules for",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Json(|g| g.subschema_for::<Vec<languagetool::Spoken>>()),
        }],
    },
    Route {
        path: "/v2/info",
        answer: || get(languagetool::info),
        operations: &[Operation {
            method: "get",
            summary: "As LanguageTool: what answers",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Json(|g| g.subschema_for::<languagetool::Info>()),
        }],
    },
    Route {
        path: "/v2/words",
        answer: || get(languagetool::words),
        operations: &[Operation {
            method: "get",
            summary: "As LanguageTool: the words of a user's own dictionary; there are none",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Json(|g| g.subschema_for::<languagetool::Kept>()),
        }],
    },
    Route {
        path: "/v2/words/add",
        answer: || post(languagetool::add_word),
        operations: &[Operation {
            method: "post",
            summary: "As LanguageTool: `false`, for no word is kept",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Json(|g| g.subschema_for::<languagetool::Kept>()),
        }],
    },
    Route {
        path: "/v2/words/delete",
        answer: || post(languagetool::delete_word),
        operations: &[Operation {
            method: "post",
            summary: "As LanguageTool: `false`, for no word is kept",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Json(|g| g.subschema_for::<languagetool::Kept>()),
        }],
    },
    Route {
        path: "/v2/maxtextlength",
        answer: || get(languagetool::max_text_length),
        operations: &[Operation {
            method: "get",
            summary: "As LanguageTool: the most bytes of a request",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Text,
        }],
    },
    Route {
        path: "/v2/healthcheck",
        answer: || get(|| async { "OK" }),
        operations: &[Operation {
            method: "get",
            summary: "As LanguageTool: `OK`",
            query: &[],
            takes: Takes::Nothing,
            gives: Gives::Text,
        }],
    },
];

/// Everything that is answered: the table, the page, and refusals elsewhere.
pub(super) fn router(service: Arc<Service>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.answer)());
    }
    for file in page::FILES {
        router = router.route(file.path, get(move || async move { file.answer() }));
    }
    router
        .route("/rules/{id}", get(page::rule))
        .fallback(|| async {
            Refusal::new(StatusCode::NOT_FOUND, "no-such-page", "there is nothing here; /openapi.json lists what there is")
        })
        .method_not_allowed_fallback(|| async {
            Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "bad-method",
                "this address takes another method; /openapi.json says which",
            )
        })
        .layer(from_fn_with_state(service.clone(), guard::guard))
        .with_state(service)
}

/// What `GET /health` says.
#[derive(Debug, Serialize, JsonSchema)]
struct Health {
    /// `ok`.
    status: &'static str,
    /// That of recoupe.
    version: &'static str,
}

async fn health() -> Response {
    json(&Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

async fn rules(State(service): State<Arc<Service>>, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let mut code = service.options.messages.as_deref().unwrap_or("en");
    for (key, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match &*key {
            "ui_lang" => code = draft::message_language(&value)?,
            _ => return Err(Refusal::bad("bad-query", "the query may only hold `ui_lang`")),
        }
    }
    Ok(json(&report::rules::list(&service.desk.rules, code)))
}

async fn description() -> Response {
    json(&openapi::describe())
}
