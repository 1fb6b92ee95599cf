//! What a draft says to recoupe: which rules are not to speak of it, where, by whom and why.
//!
//! `recoupe: ignore two-spellings, sum-mismatch by M. Rey -- both are right` is for the next block, `ignore-all` for the
//! whole draft. It stands in a comment, or on a line of its own in plain text; the place in the draft is what it is bound to.

use crate::near::nearest;
use crate::span::Span;

/// Rules that are not to speak of a place of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Its words: bytes of [`Document::text`](super::Document::text), after the last block.
    pub span: Span,
    /// The ids or topics that it names, each with its bytes of the text.
    pub rules: Vec<(String, Span)>,
    /// What it is for.
    pub reach: Reach,
    /// Who says so.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// How far a suppression reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole draft.
    Document,
    /// These blocks: those of the paragraph or picture that comes next.
    Blocks(Vec<usize>),
}

/// What was heard in a comment; places are bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Whether it is for the whole draft.
    pub all: bool,
    /// The names of rules, in their order.
    pub names: Vec<Span>,
    /// Who says so.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What begins a word to recoupe.
pub const CALL: &str = "recoupe:";
const VERBS: [&str; 2] = ["ignore", "ignore-all"];

/// Hears a comment that begins with [`CALL`], and is in error where it is not understood: what is wrong, and where.
///
/// # Errors
/// Another word than `ignore` and `ignore-all`, or no rule.
///
/// ```
/// use recoupe::document::suppression::hear;
///
/// let said = "recoupe: ignore two-spellings by M. Rey -- both are right";
/// let heard = hear(said).unwrap();
/// assert_eq!(heard.names[0].of(said), "two-spellings");
/// assert_eq!((heard.by.as_deref(), heard.reason.as_deref()), (Some("M. Rey"), Some("both are right")));
/// assert_eq!(hear("recoupe: ingore x").unwrap_err().0, "`ingore` says nothing to recoupe: did you mean `ignore`?");
/// ```
pub fn hear(text: &str) -> Result<Heard, (String, Span)> {
    let start = text.find(CALL).map_or(0, |at| at + CALL.len());
    let verb = word(text, start);
    match verb.of(text) {
        "ignore" | "ignore-all" => {}
        wrong => {
            let hint = match nearest(wrong, VERBS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write `{CALL} ignore two-spellings -- why`"),
            };
            return Err((format!("`{wrong}` says nothing to recoupe: {hint}"), verb));
        }
    }
    let end = verb.range().end;
    names(text, end, verb.of(text) == "ignore-all").ok_or_else(|| {
        let message = format!("name the rules that are not to speak: `{CALL} {} two-spellings -- why`", verb.of(text));
        (message, verb)
    })
}

/// Whether a line of plain text speaks to recoupe: it may be misspelt, but is no sentence of a story.
pub fn is_call(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix(CALL);
    rest.is_some_and(|_| {
        let verb = word(line, line.find(CALL).unwrap_or_default() + CALL.len());
        nearest(verb.of(line), VERBS).is_some()
    })
}

/// The rules, who and why: what follows the verb, and what stands in front matter under `recoupe.ignore`.
pub fn names(text: &str, from: usize, all: bool) -> Option<Heard> {
    let rest = text.get(from..)?;
    let words = || words(text, from);
    let dash = words().find(|w| matches!(w.of(text), "--" | "—" | "–"));
    let until = dash.map_or(text.len(), |d| d.range().start);
    let by = words().find(|w| w.of(text) == "by" && w.range().end < until);
    let named = by.map_or(until, |w| w.range().start);
    let mut names = Vec::new();
    let mut at = from;
    for part in rest[..named - from].split([',', ';', ' ', '\t', '\r', '\n', '\u{a0}']) {
        if !part.is_empty() {
            names.push(Span::new(at, at + part.len()));
        }
        // Every mark that parts two names is one character.
        at += part.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    let told = |range: std::ops::Range<usize>| {
        let told = text[range].split_whitespace().collect::<Vec<_>>().join(" ");
        Some(told).filter(|t| !t.is_empty())
    };
    let by = by.and_then(|w| told(w.range().end..until));
    let reason = dash.and_then(|d| told(d.range().end..text.len()));
    (!names.is_empty()).then_some(Heard { all, names, by, reason })
}

fn word(text: &str, from: usize) -> Span {
    words(text, from).next().unwrap_or(Span::new(from, from))
}

fn words(text: &str, from: usize) -> impl Iterator<Item = Span> {
    let rest = &text[from..];
    rest.split_whitespace().map(move |word| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(at, at + word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> String {
        match hear(text) {
            Ok(h) => {
                let names: Vec<&str> = h.names.iter().map(|s| s.of(text)).collect();
                format!(
                    "{}{} | {} | {}",
                    if h.all { "all " } else { "" },
                    names.join(" "),
                    h.by.unwrap_or_default(),
                    h.reason.unwrap_or_default()
                )
            }
            Err((message, span)) => format!("{message} @ {}", span.of(text)),
        }
    }

    #[test]
    fn what_is_said_is_heard() {
        for (text, expected) in [
            ("recoupe: ignore two-spellings", "two-spellings |  | "),
            ("recoupe:ignore a,b;c\u{a0}d", "a b c d |  | "),
            ("recoupe: ignore-all names -- la famille\n  l'écrit ainsi", "all names |  | la famille l'écrit ainsi"),
            ("recoupe: ignore a by M. Rey — vérifié -- deux fois", "a | M. Rey | vérifié -- deux fois"),
            ("recoupe: ignore a by É. Noé", "a | É. Noé | "),
            ("recoupe: ignore a -- said by M. Rey", "a |  | said by M. Rey"),
            ("recoupe: ignore", "name the rules that are not to speak: `recoupe: ignore two-spellings -- why` @ ignore"),
            ("recoupe: ignore -- why", "name the rules that are not to speak: `recoupe: ignore two-spellings -- why` @ ignore"),
            ("recoupe: ignroe a", "`ignroe` says nothing to recoupe: did you mean `ignore`? @ ignroe"),
            ("recoupe:", "`` says nothing to recoupe: write `recoupe: ignore two-spellings -- why` @ "),
        ] {
            assert_eq!(heard(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_of_a_story_is_no_call() {
        assert!(is_call("  recoupe: ignroe a"));
        assert!(!is_call("recoupe: la police a relu le dossier"));
        assert!(!is_call("Il recoupe: ignore tout"));
        assert!(!is_call("recoupe:"));
    }
}
