//! What is said below the options of a command: examples, exit codes.

pub const EXAMPLES: &str = "\
Examples:
  recoupe check story.md                 check one draft
  recoupe check --notes drafts/          check a folder, and show what is merely worth a glance
  pbpaste | recoupe check -              check what was copied
  recoupe facts story.md                 list every number, date, place, name and quotation in it
  recoupe explain caption-place-mismatch say why a rule exists, with examples

Nothing leaves your machine, and the same draft and rules always give the same findings.";

pub const CHECK_HELP: &str = "\
Exit status:
  0  nothing at or above the failing level (see --fail-on)
  1  findings at or above it
  2  the work could not be done, or not all of it: bad usage, bad rules or configuration, an
     unreadable file; what could be read is still checked and reported

A draft may silence a rule in a comment before a passage, or in its front matter for all of it:
  <!-- recoupe: ignore two-spellings by M. Rey -- both spellings are right -->

Examples:
  recoupe check story.md caption.txt
  recoupe check --format json drafts/ > report.json
  recoupe check --report html=report.html --report short drafts/
  recoupe check --redact --report sarif=recoupe.sarif drafts/
  recoupe check --rules desk-rules/ --fail-on error drafts/
  recoupe check --level form=off --level two-spellings=error story.md
  recoupe check --summary drafts/
  cat story.html | recoupe check --as html --date 2024-05-17 -";

pub const FACTS_HELP: &str = "\
Examples:
  recoupe facts story.md
  recoupe facts --format csv story.md > facts.csv
  recoupe facts --format json drafts/ > facts.json";

pub const PARSE_HELP: &str = "\
What a rule's author looks at when a pattern does not match: which classes each word was left with, and which rule of \
`grammar.yaml` decided; which words make a noun group [ ] or a verb group { }; where a clause | begins; who does what to whom.

Examples:
  echo \"The police said that two men died.\" | recoupe parse --lang en -
  recoupe parse --format json story.md > parse.json";

pub const RULES_HELP: &str = "\
Examples:
  recoupe rules
  recoupe rules --rules desk-rules/ --format json
  recoupe rules --schema > rule.schema.json    for completion in an editor";

pub const TEST_HELP: &str = "\
Every rule carries small drafts that it must flag and others that it must leave alone.

Examples:
  recoupe test                run the examples of the rules that come with recoupe
  recoupe test desk-rules/    and of those in a folder

Exit status: 0 if all pass, 1 if one fails, 2 if the rules cannot be loaded.";

#[cfg(feature = "lsp")]
pub const LSP_HELP: &str = "\
An editor starts this command itself; docs/editors.md has the settings for VS Code, Neovim, Helix, Emacs, Sublime Text \
and Kate. Drafts in Markdown, HTML and plain text are checked as they are typed, saved or not; rule files and \
configurations in YAML are checked and completed.

Exit status: 0 if the editor shut the server down, 1 if it left without a word.";

pub const CONFIG_HELP: &str = "\
The nearest `recoupe.yaml` in the folder of the draft or above holds. What it says is weaker than the draft's own front \
matter, and that weaker than the command line.

Examples:
  recoupe config                          what holds in this folder
  recoupe config sport/match.md           what holds for a draft, line by line
  recoupe config --schema > recoupe.schema.json    for completion in an editor";

pub const INIT_HELP: &str = "\
Examples:
  recoupe init                 write recoupe.yaml here
  recoupe init newsroom/       or there; what is there already is left alone";

pub const COMPLETIONS_HELP: &str = "\
Examples:
  recoupe completions bash > ~/.local/share/bash-completion/completions/recoupe
  recoupe completions zsh > ~/.zfunc/_recoupe
  recoupe completions fish > ~/.config/fish/completions/recoupe.fish";

pub const MAN_HELP: &str = "\
Examples:
  recoupe man | man -l -                                   read it
  recoupe man check > ~/.local/share/man/man1/recoupe-check.1    keep the page of a command";

#[cfg(feature = "serve")]
pub const SERVE_HELP: &str = "\
It listens on this machine alone unless --listen says otherwise, and answers no page of another origin unless \
--allow-origin says so. No draft is written or logged. Ctrl-C ends it, once what was begun is answered.

Examples:
  recoupe serve                                          then open http://127.0.0.1:8750
  curl --data-binary @story.md -H 'Content-Type: text/markdown' http://127.0.0.1:8750/check
  recoupe serve --allow-origin https://cms.example       let the pages of a CMS ask
  recoupe serve --listen 0.0.0.0:8750 --allow-host checks.desk.example

LanguageTool's clients take http://127.0.0.1:8750/v2 as the address of their server.";

pub const REPLAY_HELP: &str = "\
A rule that looks right on its examples may still cry wolf. Before switching it on, run it over what you published: \
that was read and corrected, so nearly every hit should be one that you wish you had seen. Read the sample; make each \
false hit an example of the rule; keep as a warning what is right six times in seven, as a note what is worth a glance \
every other time.

The archive is a folder of drafts, or a file of JSON Lines with, for each article, `text` and, where known, `title`, \
`date` (YYYY-MM-DD), `lang`, `captions` (a list) and `id`; `archive:` in recoupe.yaml gives these keys other names. The same \
archive, rules and seed give the same sample, with any number of --jobs.

Examples:
  recoupe replay conflicting-tolls --over archive.jsonl
  recoupe replay house-names house-numbers --rules desk-rules/ --over published/ --sample 50
  recoupe replay scale-slip --over archive.jsonl --seed 2      another sample
  recoupe replay scale-slip --over archive.jsonl --format json > hits.json

Exit status: 0 if the whole archive was read, 2 otherwise.";
