//! What can be asked for, and the words that teach it.

mod asked;
mod changes;
mod help;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "serve")]
mod serve;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::config::file::{FailOn, Setting};
use crate::config::{Settings, day};
use crate::desk::Which;
use crate::language::Languages;
use crate::reader::Format;
use crate::report::{self, Ui};
use crate::rule::Ruleset;

pub use asked::Asked;
pub use changes::{Changed, Mend};
use help::{
    CHECK_HELP, COMPLETIONS_HELP, CONFIG_HELP, EXAMPLES, FACTS_HELP, INIT_HELP, MAN_HELP, PARSE_HELP, REPLAY_HELP, RULES_HELP,
    TEST_HELP,
};
#[cfg(feature = "lsp")]
pub use lsp::Lsp;
#[cfg(feature = "serve")]
pub use serve::Serve;

/// Holds a news draft against itself: numbers, dates, names, places, captions, quotations.
#[derive(Debug, Parser)]
#[command(name = "recoupe", version, propagate_version = true, max_term_width = 100, after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find what does not go together in drafts
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    /// List the facts that drafts state, each with its place and value
    #[command(after_help = FACTS_HELP)]
    Facts(Facts),
    /// Show how the sentences of drafts are read: words with their classes, groups, clauses, roles
    #[command(after_help = PARSE_HELP)]
    Parse(Parse),
    /// List the rules
    #[command(after_help = RULES_HELP)]
    Rules(Rules),
    /// Say what a rule finds and why, with its examples
    Explain(Explain),
    /// Run rules over an archive: how often would they have spoken, and were they right?
    #[command(after_help = REPLAY_HELP)]
    Replay(Replay),
    /// Check drafts over HTTP: a page to write in, an API, and that of LanguageTool for the clients that exist
    #[cfg(feature = "serve")]
    #[command(after_help = help::SERVE_HELP)]
    Serve(Serve),
    /// Run the examples that rules carry
    #[command(after_help = TEST_HELP)]
    Test(Test),
    /// Serve an editor: findings underlined as one types (Language Server Protocol, on standard input and output)
    #[cfg(feature = "lsp")]
    #[command(after_help = help::LSP_HELP)]
    Lsp(Lsp),
    /// Print what holds for a draft, and where each value came from
    #[command(after_help = CONFIG_HELP)]
    Config(Configuration),
    /// Write a configuration in which every key is explained
    #[command(after_help = INIT_HELP)]
    Init(Init),
    /// Print the completions for a shell
    #[command(after_help = COMPLETIONS_HELP)]
    Completions(Completions),
    /// Print a page of the manual
    #[command(after_help = MAN_HELP)]
    Man(Man),
    /// Print whose work recoupe is made with, data and crates, and on which terms
    #[command(visible_alias = "licenses")]
    Licences,
}

#[derive(Debug, clap::Args)]
pub struct Drafts {
    /// Drafts, folders of drafts, or `-` for standard input
    ///
    /// In a folder, plain text, Markdown, HTML, DOCX, ODT, RTF, mails, and stories in JSON and XML are found, also in the folders
    /// inside it. Hidden files, what `.gitignore` names, and the folders `target` and `node_modules` are left out; other files are
    /// counted.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub stated: Stated,
    /// The language of messages; otherwise that of the draft, or English
    #[arg(long, value_name = "CODE", value_parser = message_language)]
    pub ui_lang: Option<String>,
    #[command(flatten)]
    pub chosen: Chosen,
    /// Name every file of a folder that is not read
    #[arg(long)]
    pub all_files: bool,
    /// How many drafts to read at once; by default as many as there are processors
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

impl Drafts {
    /// How many drafts to read at once.
    pub fn at_once(&self) -> NonZeroUsize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }

    /// What the command line sets for every draft.
    pub fn given(&self) -> Settings {
        Settings {
            lang: self.stated.lang.clone(),
            date: self.stated.date,
            messages: self.ui_lang.clone(),
            format: self.stated.read_as,
            ..Settings::default()
        }
    }
}

/// What the command line says of drafts, whatever they state.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Stated {
    /// The language of the drafts; otherwise the draft says, or it is recognised
    #[arg(long, value_name = "CODE", value_parser = loaded_language)]
    pub lang: Option<String>,
    /// The day of publication, against which "today" and "Tuesday" are read
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<Date>,
    /// How to read the drafts, whatever their names say and whatever stands in them
    #[arg(long = "as", alias = "input-format", value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::all().map(Format::name)).map(|name| named(&name)))]
    pub read_as: Option<Format>,
}

/// Which configuration holds.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Chosen {
    /// A configuration for all drafts; otherwise the nearest `recoupe.yaml` in the folder of the draft or above
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Heed no configuration file
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

impl Chosen {
    pub fn which(&self) -> Which {
        match &self.config {
            Some(file) => Which::File(file.clone()),
            None if self.no_config => Which::None,
            None => Which::Nearest,
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Check {
    #[command(flatten)]
    pub drafts: Drafts,
    /// How to report on standard output [default: terminal]
    #[arg(long, value_name = "REPORT", value_parser = PossibleValuesParser::new(report::REPORTS.map(|r| r.0)))]
    pub format: Option<String>,
    /// A report, and the file that it goes to; without a file, on standard output (may be given again)
    ///
    /// A file is replaced once the report is whole; where it cannot be written, the old one stays and the exit status is 2.
    #[arg(long, value_name = "REPORT[=FILE]", value_parser = Asked::parse)]
    pub report: Vec<Asked>,
    /// Leave the words of the drafts out of every report and message
    ///
    /// Paths, places, rules and counts remain. Fingerprints are made from the words: see `--fingerprint-key-file`.
    #[arg(long)]
    pub redact: bool,
    /// A file with a key for the fingerprints, so that nobody without it can guess words from them
    ///
    /// A key is 32 hexadecimal digits, as `openssl rand -hex 16` makes one. The variable RECOUPE_FINGERPRINT_KEY can hold it instead.
    /// Under another key the fingerprints are others.
    #[arg(long, value_name = "FILE")]
    pub fingerprint_key_file: Option<PathBuf>,
    /// A folder of more rules, which may replace shipped ones or switch them off (may be given again)
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    #[command(flatten)]
    pub heed: Heed,
    /// Close with how many findings each rule and each file has
    #[arg(long)]
    pub summary: bool,
    #[command(flatten)]
    pub changed: Changed,
    #[command(flatten)]
    pub mend: Mend,
}

impl Check {
    /// What the command line sets for every draft.
    pub fn given(&self) -> Settings {
        Settings {
            notes: self.heed.notes.then_some(true),
            fail_on: self.heed.fail_on,
            levels: self.heed.levels.clone(),
            ..self.drafts.given()
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Facts {
    #[command(flatten)]
    pub drafts: Drafts,
    /// How to report
    #[arg(long, default_value = report::facts::REPORTS[0].0, value_parser = PossibleValuesParser::new(report::facts::REPORTS.map(|r| r.0)))]
    pub format: String,
    /// Say which words gave each number, its scale, its bound and its unit
    #[arg(long)]
    pub explain: bool,
}

#[derive(Debug, clap::Args)]
pub struct Parse {
    #[command(flatten)]
    pub drafts: Drafts,
    /// How to report
    #[arg(long, default_value = report::parsed::REPORTS[0].0, value_parser = PossibleValuesParser::new(report::parsed::REPORTS.map(|r| r.0)))]
    pub format: String,
}

#[derive(Debug, clap::Args)]
pub struct Rules {
    /// A folder of more rules (may be given again)
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// How to list them
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// Print the JSON Schema of a rule file instead
    #[arg(long)]
    pub schema: bool,
    #[command(flatten)]
    pub chosen: Chosen,
    #[command(flatten)]
    pub words: Wording,
}

/// What of the findings matters.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Heed {
    /// Show notes too: what is worth no more than a glance
    #[arg(long)]
    pub notes: bool,
    /// The level of a rule, of a topic, or of `all` rules: off, note, warning or error (may be given again)
    #[arg(long = "level", value_name = "RULE=LEVEL", value_parser = rule_level)]
    pub levels: Vec<(String, Setting)>,
    /// The least level that makes the exit status 1 [default: warning]; `note` shows notes too
    #[arg(long, value_name = "LEVEL", value_parser = PossibleValuesParser::new(FailOn::ALL.map(FailOn::name)).map(|name| FailOn::by_name(&name).unwrap_or_default()))]
    pub fail_on: Option<FailOn>,
}

#[derive(Debug, clap::Args)]
pub struct Configuration {
    /// The draft, or the folder
    #[arg(default_value = ".", value_name = "PATH")]
    pub path: PathBuf,
    /// Print the JSON Schema of `recoupe.yaml` instead
    #[arg(long)]
    pub schema: bool,
    #[command(flatten)]
    pub stated: Stated,
    /// The language of messages
    #[arg(long, value_name = "CODE", value_parser = message_language)]
    pub ui_lang: Option<String>,
    /// A folder of more rules (may be given again)
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    #[command(flatten)]
    pub heed: Heed,
    #[command(flatten)]
    pub chosen: Chosen,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

impl Configuration {
    /// What the command line sets.
    pub fn given(&self) -> Settings {
        Settings {
            lang: self.stated.lang.clone(),
            date: self.stated.date,
            messages: self.ui_lang.clone(),
            notes: self.heed.notes.then_some(true),
            fail_on: self.heed.fail_on,
            format: self.stated.read_as,
            levels: self.heed.levels.clone(),
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Init {
    /// The folder that the configuration is for
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Write it anew where there is one
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub struct Man {
    /// The page of a command; without it, that of recoupe
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The rule's id, as a finding gives it between brackets
    #[arg(value_name = "RULE", value_parser = RuleId, hide_possible_values = true)]
    pub rule: String,
    /// A folder of more rules (may be given again)
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    #[command(flatten)]
    pub chosen: Chosen,
    #[command(flatten)]
    pub words: Wording,
}

#[derive(Debug, clap::Args)]
pub struct Test {
    /// A folder of more rules to test beside the shipped ones (may be given again)
    #[arg(value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
    #[command(flatten)]
    pub chosen: Chosen,
    #[command(flatten)]
    pub words: Wording,
}

#[derive(Debug, clap::Args)]
pub struct Replay {
    /// The rules to run, by id; notes and rules that are switched off run too
    #[arg(required = true, value_name = "RULE", value_parser = RuleId, hide_possible_values = true)]
    pub rules: Vec<String>,
    /// A folder of drafts, or a file of articles in JSON Lines
    #[arg(long, required = true, value_name = "ARCHIVE")]
    pub over: PathBuf,
    /// How many hits of each rule to show
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub sample: usize,
    /// Which sample to draw
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// How many drafts to read at once; by default as many as there are processors
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// A folder of more rules (may be given again)
    #[arg(long = "rules", value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
    #[command(flatten)]
    pub chosen: Chosen,
    #[command(flatten)]
    pub words: Wording,
}

#[derive(Debug, clap::Args)]
pub struct Wording {
    /// The language of messages
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = message_language)]
    pub ui_lang: String,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set, TERM is dumb or CLICOLOR is 0; anywhere if CLICOLOR_FORCE is set
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ListFormat {
    #[default]
    Terminal,
    Json,
}

impl Check {
    /// The reports that were asked for; the first of all if none was.
    pub fn reports(&self) -> Vec<Asked> {
        let on_stdout = self.format.iter().map(|name| Asked { name: name.clone(), file: None });
        let mut all: Vec<Asked> = on_stdout.chain(self.report.iter().cloned()).collect();
        if all.is_empty() {
            all.push(Asked { name: report::REPORTS[0].0.to_owned(), file: None });
        }
        all
    }
}

/// The id of a rule: any, for a newsroom has its own; shells complete those that ship.
#[derive(Clone)]
struct RuleId;

impl TypedValueParser for RuleId {
    type Value = String;

    fn parse_ref(&self, cmd: &clap::Command, arg: Option<&clap::Arg>, value: &std::ffi::OsStr) -> Result<Self::Value, clap::Error> {
        clap::builder::StringValueParser::new().parse_ref(cmd, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let rules = Ruleset::shipped().rules;
        Some(Box::new(rules.into_iter().map(|rule| PossibleValue::new(rule.id))))
    }
}

/// Why there are no arguments to go by: help was asked for, or something is wrong.
pub struct Unread {
    error: clap::Error,
    french: bool,
}

impl Unread {
    /// Whether something is wrong.
    pub fn is_wrong(&self) -> bool {
        self.error.use_stderr()
    }

    /// What to write.
    pub fn text(&self, color: bool) -> String {
        let french = if self.french { super::french::wrong(&self.error) } else { None };
        french.unwrap_or_else(|| {
            let text = self.error.render();
            if color { text.ansi().to_string() } else { text.to_string() }
        })
    }
}

/// Reads the arguments; help, and what is wrong, is in the language that `--ui-lang` names, else in that of the system.
pub fn parse(args: &[OsString], locale: Option<&str>) -> Result<Args, Unread> {
    let mut named = args.iter().skip_while(|a| *a != "--ui-lang").nth(1).and_then(|code| code.to_str());
    if named.is_none() {
        named = args.iter().find_map(|a| a.to_str()?.strip_prefix("--ui-lang="));
    }
    let asked = named.or(locale).and_then(|code| code.split(['-', '_', '.']).next()).unwrap_or_default();
    let mut command = Args::command();
    let french = asked.eq_ignore_ascii_case("fr");
    if french {
        command = super::french::told(command);
    }
    let read = command.try_get_matches_from(args).and_then(|found| Args::from_arg_matches(&found));
    read.map_err(|error| Unread { error, french })
}

fn named(format: &str) -> Format {
    Format::by_name(format).expect("clap lets known names pass")
}

fn loaded_language(code: &str) -> Result<String, String> {
    let languages = Languages::shipped();
    let known = || languages.iter().map(|(_, l)| l.code.as_str()).collect::<Vec<_>>().join(", ");
    languages.by_code(code).map(|lang| languages.code(lang).to_owned()).ok_or_else(|| format!("known languages: {}", known()))
}

fn message_language(code: &str) -> Result<String, String> {
    let known = Ui::ALL.map(|ui| ui.code);
    let base = code.split(['-', '_']).next().unwrap_or(code).to_ascii_lowercase();
    if known.contains(&base.as_str()) { Ok(base) } else { Err(format!("messages exist in: {}", known.join(", "))) }
}

fn rule_level(text: &str) -> Result<(String, Setting), String> {
    let (name, level) = text.split_once('=').ok_or("write a rule, an equals sign and a level: `two-spellings=off`")?;
    let names = Setting::ALL.map(Setting::name);
    match Setting::by_name(level) {
        Some(set) => Ok((name.to_owned(), set)),
        None => Err(format!("the levels are {}", names.join(", "))),
    }
}
