//! Patterns as programs: words, sets and lemmas resolved against a language, then a list of instructions.

use std::sync::{Arc, OnceLock};

use regex::Regex;
use rustc_hash::FxHashMap;

use super::phrases::{PhraseToken, Phrases};
use super::{Ast, MentionKind, Node, PatternError, SharedPhrases, nearest, words};
use crate::language::lexicon::LemmaId;
use crate::language::{Language, Lexicon};

/// A pattern that is ready to run on drafts of its language.
#[derive(Debug)]
pub struct Pattern {
    pub(super) program: Vec<Inst>,
    pub(super) roles: Vec<String>,
    pub(super) triggers: Vec<Trigger>,
    /// Roles that hold an entry of the rule's table and nothing else.
    pub(super) tables: Vec<(usize, SharedPhrases)>,
}

impl Pattern {
    /// The names of its roles, in the order in which they are first written.
    pub fn roles(&self) -> &[String] {
        &self.roles
    }
}

/// One step of a program. Numbers are indexes into the program.
#[derive(Debug)]
pub(super) enum Inst {
    Word(Box<str>),
    Exact(Box<str>),
    Lemma(LemmaId),
    Regex(Arc<LazyRegex>),
    Phrases(SharedPhrases),
    Mention(MentionKind),
    /// One token of a gap.
    Skip,
    /// The first, else the second.
    Split(usize, usize),
    Jump(usize),
    /// Role `slot / 2` starts, or with an odd slot ends, here.
    Save(usize),
    /// The program from the next instruction to its `Match` must fail; then go on at the given one.
    Not(usize),
    Start,
    End,
    Match,
}

/// A regular expression for one token; compiled when a token first needs it.
#[derive(Debug)]
pub(super) struct LazyRegex {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl LazyRegex {
    /// `lower` is the word in lower case, which is what is asked; behind `(?-i)` it is the word as it is written.
    pub(super) fn fits(&self, lower: &str, written: &str) -> bool {
        let word = if self.source.starts_with("(?-i)") { written } else { lower };
        self.compiled.get_or_init(|| whole(&self.source).ok()).as_ref().is_some_and(|r| r.is_match(word))
    }
}

fn whole(source: &str) -> Result<Regex, regex::Error> {
    Regex::new(&format!("^(?:{source})$"))
}

/// What must stand in a sentence for a pattern to match there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    /// Words in lower case, parted by one space.
    Words(String),
    Lemma(LemmaId),
    Mention(MentionKind),
    /// Nothing is necessary: every sentence.
    Always,
}

/// Whether a language has every set that a pattern names.
pub(crate) fn has_sets(node: &Node, language: &Language) -> bool {
    let mut all = true;
    node.walk(&mut |n| {
        if let Ast::Set(name) = &n.ast {
            all &= name == "table" || language.sets.get(name).is_some();
        }
    });
    all
}

/// Compiles the patterns of a language; each set is compiled once, when a pattern first names it.
#[derive(Debug)]
pub struct Compiler<'l> {
    language: &'l Language,
    sets: FxHashMap<String, SharedPhrases>,
    regexes: FxHashMap<String, Arc<LazyRegex>>,
    /// Whether regular expressions are compiled at once, to see whether they can be: for rules that no test has seen.
    pub checked: bool,
}

impl<'l> Compiler<'l> {
    /// A compiler for one of the loaded languages.
    pub fn new(language: &'l Language) -> Compiler<'l> {
        Compiler { language, sets: FxHashMap::default(), regexes: FxHashMap::default(), checked: true }
    }

    /// Compiles a pattern. `@table` stands for the given list.
    pub fn compile(&mut self, node: &Node, table: Option<&SharedPhrases>) -> Result<Pattern, Vec<PatternError>> {
        let roles: Vec<String> = node.roles().into_iter().map(str::to_owned).collect();
        let mut build = Build { compiler: self, table, roles: &roles, program: Vec::new(), tables: Vec::new(), errors: Vec::new() };
        build.emit(node);
        build.program.push(Inst::Match);
        let (program, tables, errors) = (build.program, build.tables, build.errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let triggers = self.necessary(node, table).map_or(vec![Trigger::Always], |(_, t)| t);
        Ok(Pattern { program, roles, triggers, tables })
    }

    /// Whether a pattern has named a set.
    pub(crate) fn has_named(&self, set: &str) -> bool {
        self.sets.contains_key(set)
    }

    fn set(&mut self, name: &str) -> Option<SharedPhrases> {
        if let Some(known) = self.sets.get(name) {
            return Some(known.clone());
        }
        let entries = self.language.sets.get(name)?;
        let (phrases, _) = Phrases::new(entries.iter().map(String::as_str), self.language);
        let phrases = Arc::new(phrases);
        self.sets.insert(name.to_owned(), phrases.clone());
        Some(phrases)
    }

    fn words(&self, text: &str) -> Vec<String> {
        words::split(text, self.language).iter().map(|w| words::normalise(w)).collect()
    }

    /// The rarest thing that every match must hold, and how common it is.
    fn necessary(&mut self, node: &Node, table: Option<&SharedPhrases>) -> Option<(u32, Vec<Trigger>)> {
        match &node.ast {
            Ast::Seq(all) => all.iter().filter_map(|n| self.necessary(n, table)).min_by_key(|(cost, _)| *cost),
            Ast::Alt(all) => {
                let each: Option<Vec<_>> = all.iter().map(|n| self.necessary(n, table)).collect();
                each.map(|each| each.into_iter().fold((0, Vec::new()), join))
            }
            Ast::Role(_, inner) => self.necessary(inner, table),
            Ast::Word(text) | Ast::Exact(text) => {
                let phrase: Vec<PhraseToken> = self.words(text).into_iter().map(|w| PhraseToken::Word(w.into())).collect();
                rarest(&phrase, &self.language.lexicon)
            }
            Ast::Lemma(word) => {
                let id = self.language.lexicon.lemma(&words::normalise(word))?;
                rarest(&[PhraseToken::Lemma(id)], &self.language.lexicon)
            }
            Ast::Set(name) => {
                let phrases = if name == "table" { table.cloned() } else { self.set(name) }?;
                let each = phrases.entries().iter().filter_map(|e| rarest(e, &self.language.lexicon));
                Some(each.fold((0, Vec::new()), join))
            }
            Ast::Mention(kind) => Some((60, vec![Trigger::Mention(*kind)])),
            Ast::Opt(_) | Ast::Not(_) | Ast::Gap(_) | Ast::Start | Ast::End | Ast::Regex(_) => None,
        }
    }
}

fn join(mut sum: (u32, Vec<Trigger>), one: (u32, Vec<Trigger>)) -> (u32, Vec<Trigger>) {
    sum.0 = sum.0.saturating_add(one.0);
    sum.1.extend(one.1);
    sum
}

/// The longest run of plain words of a phrase, or its longest lemma. Long words are rare ones.
fn rarest(phrase: &[PhraseToken], lexicon: &Lexicon) -> Option<(u32, Vec<Trigger>)> {
    let words = phrase.split(|t| matches!(t, PhraseToken::Lemma(_))).filter(|run| !run.is_empty()).map(|run| {
        let run: Vec<&str> = run.iter().map(|t| if let PhraseToken::Word(w) = t { &**w } else { "" }).collect();
        let longest = run.iter().map(|w| w.chars().count()).max().unwrap_or(0);
        let cost = match longest + 2 * (run.len() - 1) {
            0..=1 => 600,
            2 => 400,
            3 => 120,
            4 => 40,
            5 => 15,
            6..=7 => 6,
            _ => 3,
        };
        (cost, vec![Trigger::Words(run.join(" "))])
    });
    let lemmas = phrase.iter().filter_map(|t| if let PhraseToken::Lemma(id) = t { Some(*id) } else { None }).map(|id| {
        let cost = match lexicon.lemma_text(id).chars().count() {
            0..=5 => 150,
            6..=7 => 30,
            _ => 10,
        };
        (cost, vec![Trigger::Lemma(id)])
    });
    words.chain(lemmas).min_by_key(|(cost, _)| *cost)
}

struct Build<'b, 'l> {
    compiler: &'b mut Compiler<'l>,
    table: Option<&'b SharedPhrases>,
    roles: &'b [String],
    program: Vec<Inst>,
    tables: Vec<(usize, SharedPhrases)>,
    errors: Vec<PatternError>,
}

impl Build<'_, '_> {
    fn fail(&mut self, node: &Node, message: String, hint: Option<String>) {
        self.errors.push(PatternError { span: node.span, message, hint });
    }

    fn emit(&mut self, node: &Node) {
        match &node.ast {
            Ast::Seq(all) => all.iter().for_each(|n| self.emit(n)),
            Ast::Alt(all) => self.alternatives(all),
            Ast::Opt(inner) => {
                let split = self.placeholder();
                self.emit(inner);
                self.program[split] = Inst::Split(split + 1, self.program.len());
            }
            Ast::Not(inner) => {
                let not = self.placeholder();
                self.emit(inner);
                self.program.push(Inst::Match);
                self.program[not] = Inst::Not(self.program.len());
            }
            Ast::Role(name, inner) => self.role(name, inner),
            Ast::Gap(n) => {
                let after = self.program.len() + 2 * usize::from(*n);
                for _ in 0..*n {
                    // The fewest tokens first: leaving the gap is preferred.
                    let here = self.program.len();
                    self.program.push(Inst::Split(after, here + 1));
                    self.program.push(Inst::Skip);
                }
            }
            Ast::Start => self.program.push(Inst::Start),
            Ast::End => self.program.push(Inst::End),
            Ast::Word(text) => {
                if self.compiler.checked && text.ends_with(['+', '*']) {
                    let hint = "`x?` is x or nothing, `..3` leaves out three words; what is meant as it stands is `\"…\"`";
                    self.fail(node, format!("`{text}` repeats nothing"), Some(hint.into()));
                }
                let words = self.compiler.words(text);
                self.program.extend(words.into_iter().map(|w| Inst::Word(w.into())));
            }
            Ast::Exact(text) => {
                let words = words::split(text, self.compiler.language);
                self.program.extend(words.into_iter().map(|w| Inst::Exact(w.into())));
            }
            Ast::Lemma(word) => self.lemma(node, word),
            Ast::Set(name) => self.set(node, name),
            Ast::Mention(kind) => self.program.push(Inst::Mention(*kind)),
            Ast::Regex(source) => self.regex(node, source),
        }
    }

    fn placeholder(&mut self) -> usize {
        self.program.push(Inst::Match);
        self.program.len() - 1
    }

    fn alternatives(&mut self, all: &[Node]) {
        let mut jumps = Vec::new();
        for (i, one) in all.iter().enumerate() {
            if i + 1 == all.len() {
                self.emit(one);
                break;
            }
            let split = self.placeholder();
            self.emit(one);
            jumps.push(self.placeholder());
            self.program[split] = Inst::Split(split + 1, self.program.len());
        }
        for jump in jumps {
            self.program[jump] = Inst::Jump(self.program.len());
        }
    }

    fn role(&mut self, name: &str, inner: &Node) {
        let role = self.roles.iter().position(|r| r == name).unwrap_or(0);
        if is_table(inner)
            && let Some(table) = self.table
            && !self.tables.iter().any(|(r, _)| *r == role)
        {
            self.tables.push((role, table.clone()));
        }
        self.program.push(Inst::Save(2 * role));
        self.emit(inner);
        self.program.push(Inst::Save(2 * role + 1));
    }

    fn regex(&mut self, node: &Node, source: &str) {
        let fresh = || Arc::new(LazyRegex { source: source.to_owned(), compiled: OnceLock::new() });
        let regex = self.compiler.regexes.entry(source.to_owned()).or_insert_with(fresh).clone();
        if self.compiler.checked && source.contains(' ') {
            let hint = Some("a word for each, or `[a | b]`".into());
            self.fail(node, "a regular expression is for one word, and a space stands in none".into(), hint);
        }
        if self.compiler.checked
            && regex.compiled.get_or_init(|| whole(source).ok()).is_none()
            && let Err(e) = whole(source)
        {
            let reason = e.to_string().lines().last().unwrap_or_default().to_owned();
            self.fail(node, "the regular expression is malformed".into(), Some(reason));
        }
        self.program.push(Inst::Regex(regex));
    }

    fn lemma(&mut self, node: &Node, word: &str) {
        let word = words::normalise(word);
        match self.compiler.language.lexicon.lemma(&word) {
            Some(id) => self.program.push(Inst::Lemma(id)),
            None => {
                let hint = one_edit_away(&word, &self.compiler.language.lexicon)
                    .map(|near| format!("did you mean `~{near}`?"))
                    .or_else(|| Some("write the dictionary form: the infinitive, the masculine singular".into()));
                self.fail(node, format!("the lexicon knows no word `{word}`"), hint);
            }
        }
    }

    fn set(&mut self, node: &Node, name: &str) {
        if name == "table" {
            match self.table {
                Some(table) => self.program.push(Inst::Phrases(table.clone())),
                None => self.fail(node, "the rule has no `table:` in this language".into(), None),
            }
            return;
        }
        if let Some(phrases) = self.compiler.set(name) {
            self.program.push(Inst::Phrases(phrases));
            return;
        }
        let code = &self.compiler.language.code;
        let hint = nearest(name, self.compiler.language.sets.names())
            .map(|near| format!("did you mean `@{near}`?"))
            .unwrap_or_else(|| format!("add it to {code}/sets.yaml"));
        self.fail(node, format!("there is no set `@{name}` in {code}"), Some(hint));
    }
}

fn is_table(node: &Node) -> bool {
    match &node.ast {
        Ast::Set(name) => name == "table",
        Ast::Seq(all) => all.len() == 1 && is_table(&all[0]),
        _ => false,
    }
}

/// A word that the lexicon knows and that one letter more, less, other or elsewhere makes of this one.
fn one_edit_away(word: &str, lexicon: &Lexicon) -> Option<String> {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüœæ";
    let chars: Vec<char> = word.chars().collect();
    let known = |chars: &[char]| {
        let word: String = chars.iter().collect();
        lexicon.lemma(&word).map(|_| word)
    };
    for at in 0..=chars.len() {
        let (head, tail) = chars.split_at(at);
        let swapped = (tail.len() > 1).then(|| [head, &[tail[1], tail[0]], &tail[2..]].concat());
        let dropped = (!tail.is_empty()).then(|| [head, &tail[1..]].concat());
        let changed = LETTERS.chars().filter(|_| !tail.is_empty()).map(|c| [head, &[c], &tail[1..]].concat());
        let added = LETTERS.chars().map(|c| [head, &[c], tail].concat());
        let found = swapped.into_iter().chain(dropped).chain(changed).chain(added).find_map(|c| known(&c));
        if found.is_some() {
            return found;
        }
    }
    None
}
