//! How sentences are read, for people and for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::columns::columns;
use super::json::SpanJson;
use super::plain;
use super::source::Source;
use crate::document::Document;
use crate::language::grammar::Class;
use crate::parsed::{Clause, Group, Said, Sentence, Word};
use crate::report::shown_span;
use crate::report::told::source_span;

/// The sentences of one file.
#[derive(Clone, Copy, Debug)]
pub struct Parse<'a> {
    /// The path as it is to be shown.
    pub path: &'a str,
    /// The file as it lies on disk.
    pub bytes: &'a [u8],
    /// What the reader made of it; `None` where it could not be read.
    pub document: Option<&'a Document>,
    /// Its sentences, in the order of the text.
    pub sentences: &'a [Sentence],
}

/// One form in which a parse is given out.
pub trait ParseReporter {
    /// Writes what stands before the first file.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;
    /// Writes one file's sentences.
    fn file(&mut self, parse: &Parse, out: &mut dyn Write) -> io::Result<()>;
    /// Writes what stands after the last file.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// Makes a form.
pub type Make = fn() -> Box<dyn ParseReporter>;

/// All forms by name, the default first. A new one is a line here.
pub const REPORTS: [(&str, Make); 2] = [("terminal", || Box::new(Table)), ("json", || Box::new(Json::default()))];

#[derive(Default)]
struct Json {
    files: usize,
}

#[derive(Serialize)]
struct FileJson<'a> {
    path: &'a str,
    sentences: Vec<SentenceJson<'a>>,
}

#[derive(Serialize)]
struct SentenceJson<'a> {
    tokens: Vec<TokenJson<'a>>,
    groups: &'a [Group],
    clauses: &'a [Clause],
    claims: &'a [Said],
}

#[derive(Serialize)]
struct TokenJson<'a> {
    span: SpanJson,
    text: &'a str,
    classes: Vec<&'static str>,
    ruled_out: Vec<&'static str>,
    lemma: Option<&'a str>,
    rule: Option<u16>,
}

impl ParseReporter for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"files\":[")
    }

    fn file(&mut self, parse: &Parse, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.files == 0 { b"\n" } else { b",\n" })?;
        self.files += 1;
        let sentences = parse.document.map_or_else(Vec::new, |doc| {
            let sentence = |s| sentence(s, doc);
            parse.sentences.iter().map(sentence).collect()
        });
        out.write_all(&serde_json::to_vec(&FileJson { path: parse.path, sentences })?)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]}}")
    }
}

fn sentence<'a>(s: &'a Sentence, doc: &'a Document) -> SentenceJson<'a> {
    SentenceJson {
        tokens: s.words.iter().map(|w| token(w, doc)).collect(),
        groups: &s.groups,
        clauses: &s.clauses,
        claims: &s.claims,
    }
}

fn token<'a>(word: &'a Word, doc: &'a Document) -> TokenJson<'a> {
    TokenJson {
        span: source_span(doc, word.span).into(),
        text: doc.text.get(word.span.range()).unwrap_or_default(),
        classes: names(&word.classes),
        ruled_out: names(&word.ruled_out),
        lemma: word.lemma.as_deref(),
        rule: word.rule,
    }
}

fn names(classes: &[Class]) -> Vec<&'static str> {
    classes.iter().map(|c| c.name()).collect()
}

/// A sentence with its groups in brackets, who does what to whom, then a line a word: where, the word, its dictionary form, its classes, those that a rule ruled out.
struct Table;

impl ParseReporter for Table {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, parse: &Parse, out: &mut dyn Write) -> io::Result<()> {
        let Some(doc) = parse.document else { return Ok(()) };
        let source = Source::of(doc, parse.bytes);
        for sentence in parse.sentences {
            let Some(first) = sentence.words.first() else { continue };
            let place = source.position(shown_span(doc, first.span).range().start);
            writeln!(out, "{}:{}:{}  {}", plain(parse.path), place.line, place.column, plain(&bracketed(sentence, doc)))?;
            roles(sentence, doc, out)?;
            claims(sentence, doc, out)?;
            words(sentence, doc, out)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// The words with noun groups in square brackets, verb groups in braces and a bar before each clause but the first.
fn bracketed(sentence: &Sentence, doc: &Document) -> String {
    let mut out = String::new();
    let verbs = |i: usize| sentence.groups.iter().any(|g| g.verb.is_some() && (g.tokens[0]..g.tokens[1]).contains(&i));
    let whole = |g: &&Group| g.verb.is_some() || !verbs(g.head);
    let opens = |i: usize| sentence.groups.iter().filter(whole).find(|g| g.tokens[0] == i);
    let closes = |i: usize| sentence.groups.iter().filter(whole).find(|g| g.tokens[1] == i + 1);
    let mark = |g: &Group, noun: char, verb: char| if g.verb.is_some() { verb } else { noun };
    for (i, word) in sentence.words.iter().enumerate() {
        if i > 0 && sentence.words[i - 1].span.end < word.span.start {
            out.push(' ');
        }
        if i > 0 && sentence.clauses.iter().any(|c| c.tokens[0] == i) {
            out.push_str("| ");
        }
        out.extend(opens(i).map(|g| mark(g, '[', '{')));
        out.push_str(doc.text.get(word.span.range()).unwrap_or_default());
        out.extend(closes(i).map(|g| mark(g, ']', '}')));
    }
    out
}

/// A line for each verb that has roles: `said: subject the mayor`.
fn roles(sentence: &Sentence, doc: &Document, out: &mut dyn Write) -> io::Result<()> {
    let text = |g: &Group| {
        let span = sentence.words[g.tokens[0]].span.cover(sentence.words[g.tokens[1] - 1].span);
        plain(doc.text.get(span.range()).unwrap_or_default())
    };
    for group in &sentence.groups {
        let Some(verb) = &group.verb else { continue };
        let named = [("subject", verb.subject), ("object", verb.object), ("predicate", verb.predicate), ("agent", verb.agent)];
        let told: Vec<String> =
            named.iter().filter_map(|(name, index)| Some(format!("{name} {}", text(sentence.groups.get((*index)?)?)))).collect();
        if !told.is_empty() {
            writeln!(out, "  {}: {}", text(group), told.join(", "))?;
        }
    }
    Ok(())
}

/// A line for each claim: `closed: open-closed other of bridge (attribute, persists)`.
fn claims(sentence: &Sentence, doc: &Document, out: &mut dyn Write) -> io::Result<()> {
    for claim in &sentence.claims {
        let span = sentence.words[claim.tokens[0]].span.cover(sentence.words[claim.tokens[1] - 1].span);
        let text = plain(doc.text.get(span.range()).unwrap_or_default());
        let of = claim.of.as_deref().map(|of| format!(" of {}", plain(of))).unwrap_or_default();
        writeln!(out, "  {text}: {}{of} ({})", claim.sense, claim.how.join(", "))?;
    }
    Ok(())
}

fn words(sentence: &Sentence, doc: &Document, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<[String; 4]> = sentence
        .words
        .iter()
        .filter(|w| !w.classes.is_empty())
        .map(|w| {
            let classes = names(&w.classes).join(" ");
            let rule = w.rule.map(|r| format!("not {} (rule {r})", names(&w.ruled_out).join(", "))).unwrap_or_default();
            let text = plain(doc.text.get(w.span.range()).unwrap_or_default());
            [text, w.lemma.clone().unwrap_or_default(), classes, rule]
        })
        .collect();
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, tests::document};
    use crate::language::Languages;

    fn report(name: &str, text: &str) -> String {
        let doc = document("en", text);
        let a = Analysis::of(&doc, Languages::shipped());
        let sentences = crate::parsed::sentences(&a);
        let mut out = Vec::new();
        let mut reporter = REPORTS.iter().find(|(n, _)| *n == name).unwrap().1();
        reporter.begin(&mut out).unwrap();
        let parse = Parse { path: "a.txt", bytes: text.as_bytes(), document: Some(&doc), sentences: &sentences };
        reporter.file(&parse, &mut out).unwrap();
        reporter.file(&Parse { path: "b.txt", document: None, sentences: &[], ..parse }, &mut out).unwrap();
        reporter.end(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_person_sees_the_groups_and_each_word() {
        let told = report("terminal", "The police said. Two officers were hurt.");
        assert!(
            told.starts_with("a.txt:1:1  [The police] {said}.\n  said: subject The police\n  The     the     determiner"),
            "{told}"
        );
        assert!(told.contains("\na.txt:1:18  [Two officers] {were hurt}.\n  were hurt: subject Two officers\n"), "{told}");
    }

    #[test]
    fn a_program_gets_words_and_groups_sentence_by_sentence() {
        let json: serde_json::Value = serde_json::from_str(&report("json", "The police said. Two officers were hurt.")).unwrap();
        let second = &json["files"][0]["sentences"][1];
        assert_eq!(second["tokens"][1]["span"], serde_json::json!({"start": 21, "end": 29}));
        assert_eq!(second["tokens"][1]["lemma"], "officer");
        let verb = &second["groups"][1];
        assert_eq!((&verb["kind"], &verb["tokens"]), (&serde_json::json!("verb"), &serde_json::json!([2, 4])));
        assert_eq!((&verb["subject"], &verb["object"]), (&serde_json::json!(0), &serde_json::Value::Null));
        assert_eq!((&verb["finite"], &verb["passive"]), (&serde_json::json!(true), &serde_json::json!(true)));
        assert_eq!(json["files"][1]["sentences"], serde_json::json!([]));
    }
}
