//! Messages: templates in which `{name}` stands for a role's words or a bound fact, made words in the reader's language.

use super::Words;
use crate::amount::Amount;
use crate::document::Document;
use crate::finding::{Bound, Finding};
use crate::language::{Language, Languages};

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words as they are; `{{` stands for one brace.
    Words(&'t str),
    /// What is between braces.
    Name(&'t str),
    /// A name and the forms of a word of which its number chooses one: `{n|time|times}`.
    Forms(&'t str, &'t str),
}

/// Takes a template apart; `Err` with the byte of a brace that nothing closes.
pub fn parse(template: &str) -> Result<Vec<Piece<'_>>, usize> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        if rest[open..].starts_with("{{") {
            out.push(Piece::Words(&rest[..=open]));
            rest = &rest[open + 2..];
            continue;
        }
        let close = rest[open..].find('}').ok_or(template.len() - rest.len() + open)? + open;
        out.push(Piece::Words(&rest[..open]));
        let inside = rest[open + 1..close].trim();
        out.push(inside.split_once('|').map_or(Piece::Name(inside), |(name, forms)| Piece::Forms(name.trim(), forms)));
        rest = &rest[close + 1..];
    }
    out.push(Piece::Words(rest));
    out.retain(|p| *p != Piece::Words(""));
    Ok(out)
}

/// The names in a template; none where it is malformed.
pub fn names(template: &str) -> Vec<&str> {
    let pieces = parse(template).unwrap_or_default();
    let name = |piece| match piece {
        Piece::Name(name) | Piece::Forms(name, _) => Some(name),
        Piece::Words(_) => None,
    };
    pieces.into_iter().filter_map(name).collect()
}

/// The form that a number asks for: the first is for one alone.
fn form<'t>(forms: &'t str, fact: Option<&Bound>) -> &'t str {
    let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
    if matches!(fact, Some(Bound::Count(1))) { one } else { many }
}

/// A rule's words about a finding, in the language of that code: its message, a label, its help.
pub fn render(words: &Words, finding: &Finding, doc: &Document, languages: &Languages, code: &str) -> String {
    let language = languages.by_code(code).and_then(|l| languages.get(l));
    let mut out = String::new();
    for piece in parse(words.get(code)).unwrap_or_default() {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Forms(name, forms) => out.push_str(form(forms, finding.bindings.get(name))),
            Piece::Name(name) => match finding.bindings.get(name) {
                Some(fact) => out.push_str(&fact_words(fact, doc, language)),
                None => {
                    let labels = finding.labels.iter().filter(|l| l.role == name);
                    out.push_str(&labels.map(|l| fold(l.span.of(&doc.text))).collect::<Vec<_>>().join(", "));
                }
            },
        }
    }
    out
}

/// A template in which each name stands for what is found for it; `None` where nothing is.
pub(crate) fn fill(template: &str, find: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    for piece in parse(template).ok()? {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Forms(..) => return None,
            Piece::Name(name) => out.push_str(&find(name)?),
        }
    }
    Some(out)
}

/// A template without what it tells of a draft: an ellipsis stands wherever a role's words or a bound value would.
pub fn blank(template: &str) -> String {
    let pieces = parse(template).unwrap_or_default();
    let shown = |piece| match piece {
        Piece::Words(words) => words,
        Piece::Name(_) => "…",
        Piece::Forms(_, forms) => form(forms, None),
    };
    pieces.into_iter().map(shown).collect()
}

/// One space for every run of white space.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn fact_words(fact: &Bound, doc: &Document, language: Option<&Language>) -> String {
    match fact {
        Bound::Text(span) => fold(span.of(&doc.text)),
        Bound::Literal(words) => words.clone(),
        Bound::Amount(amount) => number(amount, language),
        Bound::Percent(amount) => {
            language.map_or_else(|| format!("{}%", amount.written), |l| l.numbers.format_percent(amount.written))
        }
        Bound::Count(n) => n.to_string(),
        Bound::Weekday(day) => language.map_or(String::new(), |l| l.calendar.weekday_in_text(*day)),
        Bound::Day(day) => language.map_or_else(|| day.to_string(), |l| l.calendar.day_of_month(*day)),
        Bound::Date(date) => language.map_or_else(|| date.to_string(), |l| l.calendar.date(*date)),
    }
}

fn number(amount: &Amount, language: Option<&Language>) -> String {
    language.map_or_else(|| amount.written.to_string(), |l| l.numbers.format(amount.written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_message_keeps_the_words_of_the_rule() {
        assert_eq!(blank("« {a} » vaut {{ {b.suggested}"), "« … » vaut { …");
        assert_eq!(blank("{n} {n|time|times}"), "… times");
    }

    #[test]
    fn a_number_chooses_its_form() {
        let of = |forms, n| form(forms, Some(&Bound::Count(n)));
        assert_eq!([1, 2, 0].map(|n| of("time|times", n)), ["time", "times", "times"]);
    }

    #[test]
    fn templates_come_apart() {
        let pieces = parse("« {a} » {{ {b.suggested}").unwrap();
        assert_eq!(
            pieces,
            [Piece::Words("« "), Piece::Name("a"), Piece::Words(" » {"), Piece::Words(" "), Piece::Name("b.suggested"),]
        );
        assert_eq!(parse("ab {c"), Err(3));
        assert_eq!(names("{x} and {y}"), ["x", "y"]);
    }
}
