//! Options of `recoupe lsp`.

use std::path::PathBuf;

use jiff::civil::Date;

use super::{Chosen, loaded_language, message_language};
use crate::config::day;

#[derive(Debug, clap::Args)]
pub struct Lsp {
    #[command(flatten)]
    pub chosen: Chosen,
    /// A folder of more rules, which may replace shipped ones or switch them off (may be given again)
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// Show notes too: what is worth no more than a glance
    #[arg(long)]
    pub notes: bool,
    /// The language of the drafts; otherwise the draft says, or it is recognised
    #[arg(long, value_name = "CODE", value_parser = loaded_language)]
    pub lang: Option<String>,
    /// The language of messages; otherwise that of the configuration, of the editor, or of the draft
    #[arg(long, value_name = "CODE", value_parser = message_language)]
    pub ui_lang: Option<String>,
    /// The day of publication, against which "today" and "Tuesday" are read
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<Date>,
    /// Nothing: editors give it to say what is always so
    #[arg(long, hide = true)]
    pub stdio: bool,
}
