//! Options of `recoupe serve`.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::value_parser;

use super::{Chosen, Color, message_language};
use crate::serve::Limits;

#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8750")]
    pub listen: SocketAddr,
    /// An origin whose pages may call the service, as https://cms.example (may be given again; `*` for all)
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub allow_origin: Vec<String>,
    /// A name under which the service may be called, beside `localhost` and addresses (may be given again)
    #[arg(long, value_name = "NAME", value_parser = host)]
    pub allow_host: Vec<String>,
    /// A folder of more rules, which may replace shipped ones or switch them off (may be given again)
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    #[command(flatten)]
    pub chosen: Chosen,
    /// The language of messages; otherwise that of each draft, or English
    #[arg(long, value_name = "CODE", value_parser = message_language)]
    pub ui_lang: Option<String>,
    /// The largest draft, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body as u64, value_parser = value_parser!(u64).range(1..=1 << 30))]
    pub max_size: u64,
    /// How long one check may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().check.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
    /// How long a request may take to arrive, or an answer to be taken, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().transfer.as_secs(), value_parser = value_parser!(u64).range(1..=3600))]
    pub patience: u64,
    /// How many drafts to check at once; otherwise as many as there are processors
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

fn origin(text: &str) -> Result<String, String> {
    let (scheme, host) = text.split_once("://").unwrap_or_default();
    let whole = !scheme.is_empty() && !host.is_empty() && !host.trim_end_matches('/').contains(['/', '?', '#', ' ']);
    let known = whole || text == "*" || text == "null";
    known
        .then(|| text.trim_end_matches('/').to_owned())
        .ok_or_else(|| "an origin is written like https://cms.example:8080".to_owned())
}

fn host(text: &str) -> Result<String, String> {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if plain { Ok(text.to_owned()) } else { Err("a name is written like checks.desk.example, without a port".to_owned()) }
}
