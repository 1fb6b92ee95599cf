//! Role marks in examples: `[words]{role}`; a bracket that is none is written `\[`.

use crate::span::Span;

/// Text without its marks, and where each role stands in it, in the order in which the marks close.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// Roles with their bytes of `text`.
    pub roles: Vec<(String, Span)>,
}

/// Takes the marks out of a text; `Err` with the byte of the fault and what it is.
pub fn parse(raw: &str) -> Result<Marked, (usize, &'static str)> {
    let mut out = Marked::default();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = raw[at..].chars().next() {
        let next = at + c.len_utf8();
        match c {
            '\\' if raw[next..].starts_with(['[', ']', '\\']) => {
                out.text.push_str(&raw[next..=next]);
                at = next + 1;
                continue;
            }
            '[' => open.push((at, out.text.len())),
            ']' => {
                let (_, start) = open.pop().ok_or((at, "a `]` that closes nothing; the mark itself is written `\\]`"))?;
                let tail = raw[next..].strip_prefix('{').and_then(|t| t.find('}').map(|end| &t[..end]));
                let role = tail.ok_or((at, "a role must follow: `[words]{role}`; a bracket that is none is written `\\[`"))?;
                if start == out.text.len() {
                    return Err((at, "nothing is marked"));
                }
                out.roles.push((role.to_owned(), Span::new(start, out.text.len())));
                at = next + role.len() + 2;
                continue;
            }
            _ => out.text.push(c),
        }
        at = next;
    }
    match open.first() {
        Some(&(at, _)) => Err((at, "a `[` that nothing closes; the mark itself is written `\\[`")),
        None => Ok(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_out_and_escapes_stay() {
        let m = parse(r"[dans [la police]{b}]{a} \[NOM\]").unwrap();
        assert_eq!(m.text, "dans la police [NOM]");
        let roles: Vec<_> = m.roles.iter().map(|(r, s)| (r.as_str(), s.of(&m.text))).collect();
        assert_eq!(roles, [("b", "la police"), ("a", "dans la police")]);
    }

    #[test]
    fn malformed_marks_are_told_with_their_place() {
        assert_eq!(parse("a [b").unwrap_err().0, 2);
        assert_eq!(parse("a b]{c}").unwrap_err().0, 3);
        assert_eq!(parse("a [b] c").unwrap_err().0, 4);
        assert_eq!(parse("[]{c}").unwrap_err().1, "nothing is marked");
    }
}
