//! The grammar of patterns.

use std::iter::Peekable;
use std::str::CharIndices;

use super::{MentionKind, PatternError, nearest};
use crate::span::Span;

/// A part of a pattern, and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the pattern.
    pub span: Span,
    /// What it is.
    pub ast: Ast,
}

/// What a pattern says, before any language is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Ast {
    /// One after the other.
    Seq(Vec<Node>),
    /// The first that fits.
    Alt(Vec<Node>),
    /// The thing or nothing.
    Opt(Box<Node>),
    /// Nothing, where the thing does not follow.
    Not(Box<Node>),
    /// The thing, with a name.
    Role(String, Box<Node>),
    /// At most so many tokens.
    Gap(u8),
    /// The start of a clause.
    Start,
    /// The end of a sentence.
    End,
    /// Words in any case.
    Word(String),
    /// Words or marks as they are written.
    Exact(String),
    /// Any form of a word.
    Lemma(String),
    /// An entry of a set, or of the rule's table.
    Set(String),
    /// A mention.
    Mention(MentionKind),
    /// One token, in lower case; as it is written where the expression begins with `(?-i)`.
    Regex(String),
}

impl Node {
    /// The names of all roles, in the order in which they are first written.
    pub fn roles(&self) -> Vec<&str> {
        let mut out = Vec::new();
        self.walk(&mut |node| {
            if let Ast::Role(name, _) = &node.ast
                && !out.contains(&name.as_str())
            {
                out.push(name);
            }
        });
        out
    }

    /// Visits this part and all parts in it, in the order in which they are written.
    pub(crate) fn walk<'n>(&'n self, visit: &mut impl FnMut(&'n Node)) {
        visit(self);
        match &self.ast {
            Ast::Seq(all) | Ast::Alt(all) => all.iter().for_each(|n| n.walk(visit)),
            Ast::Opt(one) | Ast::Not(one) | Ast::Role(_, one) => one.walk(visit),
            _ => {}
        }
    }
}

/// Reads a pattern.
///
/// ```
/// let pattern = recoupe::pattern::parse("{group: [la | le] @institution} ..3 {death: ~être ~décéder}").unwrap();
/// assert_eq!(pattern.roles(), ["group", "death"]);
/// ```
pub fn parse(text: &str) -> Result<Node, PatternError> {
    let mut parser = Parser { text, chars: text.char_indices().peekable() };
    let node = parser.alternatives()?;
    if let Some(&(at, c)) = parser.chars.peek() {
        return Err(parser.error(at, at + c.len_utf8(), format!("a `{c}` that closes nothing"), None));
    }
    if matches!(&node.ast, Ast::Seq(all) if all.is_empty()) {
        return Err(parser.error(0, text.len(), "an empty pattern".into(), None));
    }
    Ok(node)
}

struct Parser<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
}

/// Gaps are unrolled, and nobody reads farther than this in one breath.
const WIDEST_GAP: u8 = 20;

impl Parser<'_> {
    fn at(&mut self) -> usize {
        self.chars.peek().map_or(self.text.len(), |&(at, _)| at)
    }

    fn error(&self, start: usize, end: usize, message: String, hint: Option<String>) -> PatternError {
        PatternError { span: Span::new(start, end), message, hint }
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.chars.next_if(|&(_, c)| c == wanted).is_some()
    }

    fn spaces(&mut self) {
        while self.chars.next_if(|&(_, c)| c.is_whitespace()).is_some() {}
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &str {
        let start = self.at();
        while self.chars.next_if(|&(_, c)| keep(c)).is_some() {}
        let end = self.at();
        &self.text[start..end]
    }

    fn alternatives(&mut self) -> Result<Node, PatternError> {
        let start = self.at();
        let mut all = vec![self.sequence()?];
        while self.eat('|') {
            all.push(self.sequence()?);
        }
        let span = Span::new(start, self.at());
        if all.len() > 1
            && let Some(empty) = all.iter().find(|n| matches!(&n.ast, Ast::Seq(s) if s.is_empty()))
        {
            let at = empty.span.start as usize;
            return Err(self.error(at, at, "an alternative is empty".into(), Some("write `[a | b]?` for a, b or nothing".into())));
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node { span, ast: Ast::Alt(all) } })
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut all = Vec::new();
        self.spaces();
        let start = self.at();
        let mut end = start;
        while let Some(&(_, c)) = self.chars.peek() {
            if matches!(c, ']' | '}' | '|') {
                break;
            }
            let node = self.item()?;
            end = node.span.end as usize;
            all.push(node);
            self.spaces();
        }
        Ok(Node { span: Span::new(start, end), ast: Ast::Seq(all) })
    }

    fn item(&mut self) -> Result<Node, PatternError> {
        let start = self.at();
        let ast = self.atom(start)?;
        let mut node = Node { span: Span::new(start, self.at()), ast };
        if self.eat('?') {
            node = Node { span: Span::new(start, self.at()), ast: Ast::Opt(Box::new(node)) };
        }
        Ok(node)
    }

    fn atom(&mut self, start: usize) -> Result<Ast, PatternError> {
        let Some(&(_, c)) = self.chars.peek() else {
            return Err(self.error(start, start, "something must follow here".into(), None));
        };
        match c {
            '{' => self.role(start),
            '[' => {
                self.chars.next();
                let inner = self.alternatives()?;
                self.close(']', start)?;
                Ok(inner.ast)
            }
            '<' => self.mention(start),
            '~' => {
                self.chars.next();
                let name = self.take_while(is_word).to_owned();
                self.named(start, name, "`~` needs a word right after it", Ast::Lemma)
            }
            '@' => {
                self.chars.next();
                let name = self.take_while(|c| c.is_alphanumeric() || c == '-' || c == '_').to_owned();
                self.named(start, name, "`@` needs the name of a set right after it", Ast::Set)
            }
            '/' => Ok(Ast::Regex(self.quoted('/', start)?)),
            '"' => {
                let words = self.quoted('"', start)?;
                self.named(start, words, "nothing between the quotation marks", Ast::Exact)
            }
            '!' => {
                self.chars.next();
                let inner_start = self.at();
                if self.chars.peek().is_none_or(|&(_, c)| c.is_whitespace() || matches!(c, ']' | '}' | '|')) {
                    let hint = Some("for the mark itself write `\"!\"`".into());
                    return Err(self.error(start, start + 1, "`!` needs an item right after it".into(), hint));
                }
                let ast = self.atom(inner_start)?;
                Ok(Ast::Not(Box::new(Node { span: Span::new(inner_start, self.at()), ast })))
            }
            '^' => {
                self.chars.next();
                Ok(Ast::Start)
            }
            '$' => {
                self.chars.next();
                Ok(Ast::End)
            }
            '?' | '>' => {
                let hint = Some(format!("for the mark itself write `\"{c}\"`"));
                Err(self.error(start, start + 1, format!("a `{c}` that follows nothing"), hint))
            }
            '.' if self.text[start..].starts_with("..") && !self.text[start..].starts_with("...") => self.gap(start),
            _ => {
                let word =
                    self.take_while(|c| !c.is_whitespace() && !matches!(c, '{' | '}' | '[' | ']' | '|' | '?' | '"')).to_owned();
                Ok(Ast::Word(word))
            }
        }
    }

    fn role(&mut self, start: usize) -> Result<Ast, PatternError> {
        self.chars.next();
        self.spaces();
        let name = self.take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-').to_owned();
        self.spaces();
        if name.is_empty() || !self.eat(':') {
            let end = self.at();
            let hint = Some("write `{role: …}`, the role in lower case".into());
            return Err(self.error(start, end, "a role needs a name and a colon".into(), hint));
        }
        let inner = self.alternatives()?;
        self.close('}', start)?;
        if matches!(&inner.ast, Ast::Seq(all) if all.is_empty()) {
            let end = self.at();
            return Err(self.error(start, end, format!("the role `{name}` is empty"), None));
        }
        Ok(Ast::Role(name, Box::new(inner)))
    }

    fn mention(&mut self, start: usize) -> Result<Ast, PatternError> {
        self.chars.next();
        let name = self.take_while(|c| c.is_alphanumeric() || c == '-').to_owned();
        self.close('>', start)?;
        let end = self.at();
        // Every whole number is a quantity, whether or not it counts something.
        let wanted = if name == "number" { "quantity" } else { &name };
        match MentionKind::ALL.iter().find(|(known, _)| *known == wanted) {
            Some(&(_, kind)) => Ok(Ast::Mention(kind)),
            None => {
                let names = MentionKind::ALL.map(|(n, _)| n);
                let hint = match nearest(&name, names) {
                    Some(near) => format!("did you mean `<{near}>`?"),
                    None => format!("the kinds are {}", names.join(", ")),
                };
                Err(self.error(start, end, format!("`<{name}>` is no kind of mention"), Some(hint)))
            }
        }
    }

    fn gap(&mut self, start: usize) -> Result<Ast, PatternError> {
        self.chars.next();
        self.chars.next();
        let digits = self.take_while(|c| c.is_ascii_digit()).to_owned();
        let end = self.at();
        match digits.parse() {
            Ok(n) if (1..=WIDEST_GAP).contains(&n) => Ok(Ast::Gap(n)),
            _ => {
                let hint = Some(format!("write `..3`; the widest gap is `..{WIDEST_GAP}`"));
                Err(self.error(start, end, "a gap needs a number of tokens".into(), hint))
            }
        }
    }

    fn quoted(&mut self, mark: char, start: usize) -> Result<String, PatternError> {
        self.chars.next();
        let mut out = String::new();
        while let Some((_, c)) = self.chars.next() {
            match c {
                _ if c == mark => return Ok(out),
                '\\' if self.chars.peek().is_some_and(|&(_, next)| next == mark) => {
                    out.extend(self.chars.next().map(|(_, next)| next));
                }
                _ => out.push(c),
            }
        }
        Err(self.error(start, self.text.len(), format!("the closing `{mark}` is missing"), None))
    }

    fn named(&mut self, start: usize, name: String, missing: &str, make: impl Fn(String) -> Ast) -> Result<Ast, PatternError> {
        let end = self.at();
        if name.trim().is_empty() { Err(self.error(start, end, missing.into(), None)) } else { Ok(make(name)) }
    }

    fn close(&mut self, mark: char, start: usize) -> Result<(), PatternError> {
        if self.eat(mark) {
            return Ok(());
        }
        let end = self.at();
        Err(self.error(start, end, format!("the closing `{mark}` is missing"), None))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let e = parse(text).unwrap_err();
        format!("{}..{} {}{}", e.span.start, e.span.end, e.message, e.hint.map(|h| format!(" ({h})")).unwrap_or_default())
    }

    #[test]
    fn mistakes_are_shown_in_place() {
        assert_eq!(
            problem("la {group police}"),
            "3..10 a role needs a name and a colon (write `{role: …}`, the role in lower case)"
        );
        assert_eq!(problem("[la | le police"), "0..15 the closing `]` is missing");
        assert_eq!(problem("<plaec>"), "0..7 `<plaec>` is no kind of mention (did you mean `<place>`?)");
        assert_eq!(problem("a ..0 b"), "2..5 a gap needs a number of tokens (write `..3`; the widest gap is `..20`)");
        assert_eq!(problem("a ? b"), "2..3 a `?` that follows nothing (for the mark itself write `\"?\"`)");
        assert_eq!(problem("a } b"), "2..3 a `}` that closes nothing");
        assert_eq!(problem("[a | ]"), "5..5 an alternative is empty (write `[a | b]?` for a, b or nothing)");
        assert_eq!(problem("/ab"), "0..3 the closing `/` is missing");
    }

    #[test]
    fn roles_come_in_the_order_of_the_pattern() {
        let node = parse("[{b: x} | {a: y}] {b: z}?").unwrap();
        assert_eq!(node.roles(), ["b", "a"]);
    }
}
