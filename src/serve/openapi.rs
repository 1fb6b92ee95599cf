//! The description of the service, OpenAPI 3.1, made from the table of routes and the types of the answers.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::draft;
use super::refusal::Error;
use super::routes::{Gives, Operation, ROUTES, Takes};

/// The whole description.
pub(super) fn describe() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|s| {
            s.definitions_path = "/components/schemas".into();
            s.meta_schema = None;
        })
        .into_generator();
    let mut paths = Map::new();
    for route in ROUTES {
        let operations = route.operations.iter().map(|o| (o.method.to_owned(), operation(o, route.path, &mut generator)));
        paths.insert(route.path.to_owned(), Value::Object(operations.collect()));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "recoupe",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Holds a news draft against itself",
            "description": "Spans are half-open byte ranges of the draft as it was sent, in UTF-8; lines and columns count from 1, \
                columns in characters. No draft is kept or logged.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": generator.take_definitions(true)},
    })
}

fn operation(o: &Operation, path: &str, generator: &mut SchemaGenerator) -> Value {
    let id: String = format!("{}{path}", o.method).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let query = o.query.iter().map(
        |(name, what)| json!({"name": name, "in": "query", "required": false, "description": what, "schema": {"type": "string"}}),
    );
    let answer = match o.gives {
        Gives::Json(of) => json!({"application/json": {"schema": of(generator)}}),
        Gives::Any => json!({"application/json": {"schema": {"type": "object"}}}),
        Gives::Text => json!({"text/plain": {"schema": {"type": "string"}}}),
    };
    let error = match path.starts_with("/v2/") {
        true => json!({"text/plain": {"schema": {"type": "string"}}}),
        false => json!({"application/json": {"schema": generator.subschema_for::<Error>()}}),
    };
    let mut out = json!({
        "operationId": id,
        "summary": o.summary,
        "parameters": query.collect::<Vec<Value>>(),
        "responses": {
            "200": {"description": "The answer", "content": answer},
            "default": {"description": "What is wrong, and how to mend it", "content": error},
        },
    });
    let body = match o.takes {
        Takes::Nothing => return out,
        Takes::Form(of) => Map::from_iter([("application/x-www-form-urlencoded".to_owned(), json!({"schema": of(generator)}))]),
        Takes::Draft(of) => {
            let json = [("application/json".to_owned(), json!({"schema": of(generator)}))];
            json.into_iter().chain(draft::media_types().map(|name| (name.to_owned(), json!({})))).collect()
        }
    };
    out["requestBody"] = json!({"required": true, "content": body});
    out
}
