//! A rule switched off in the text of a configuration, which keeps its comments and its order.

use crate::rule::problem::{At, locate};
use crate::span::Span;

/// Where to write what, so that `levels:` says `rule: off`; `None` where the text is too odd to be edited blindly.
pub fn switch_off(text: &str, rule: &str) -> Option<(Span, String)> {
    let off = format!("{rule}: off");
    if let Some(value) = locate(text, &["levels", rule], At::Value) {
        return Some((value, "off".to_owned()));
    }
    let Some(key) = locate(text, &["levels"], At::Key) else {
        // A text that has keys and cannot be read is not to be made worse.
        let has_keys = text.lines().any(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#') && l.trim() != "---");
        if has_keys && first_key(text).is_none() {
            return None;
        }
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return Some((Span::new(text.len(), text.len()), format!("{gap}levels:\n  {off}\n")));
    };
    let line_end = |at: usize| text[at..].find(['\n', '\r']).map_or(text.len(), |i| at + i);
    let value = locate(text, &["levels"], At::Value)?;
    let written = value.of(text);
    if written.starts_with('{') {
        let at = value.range().start + 1;
        let after = if text[at..].trim_start().starts_with('}') { " " } else { "," };
        return Some((Span::new(at, at), format!(" {off}{after}")));
    }
    if written.is_empty() || value.start < key.end {
        let at = line_end(key.range().end);
        return Some((Span::new(at, at), format!("\n  {off}")));
    }
    // After the last line of the map, at its indent.
    let start = value.range().start;
    let line = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let indent = &text[line..start];
    if !indent.chars().all(|c| c == ' ') || indent.is_empty() {
        return None;
    }
    let at = line_end(value.range().end);
    Some((Span::new(at, at), format!("\n{indent}{off}")))
}

/// Some key that the text has as its own.
fn first_key(text: &str) -> Option<&str> {
    let keys = text.lines().filter_map(|l| l.split_once(':')).map(|(key, _)| key).filter(|k| !k.starts_with([' ', '#', '-']));
    keys.into_iter().find(|key| locate(text, &[key], At::Key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> String {
        let (span, new) = switch_off(text, "odd").unwrap();
        let mut out = text.to_owned();
        out.replace_range(span.range(), &new);
        out
    }

    #[test]
    fn a_rule_is_switched_off_wherever_levels_stand() {
        for (text, expected) in [
            ("", "levels:\n  odd: off\n"),
            ("# nothing yet\n", "# nothing yet\nlevels:\n  odd: off\n"),
            ("notes: true", "notes: true\nlevels:\n  odd: off\n"),
            ("levels:\n", "levels:\n  odd: off\n"),
            ("levels: # none yet\nnotes: true\n", "levels: # none yet\n  odd: off\nnotes: true\n"),
            ("levels: {}\n", "levels: { odd: off }\n"),
            ("levels: { form: off }\n", "levels: { odd: off, form: off }\n"),
            ("levels:\n  odd: warning # é\n", "levels:\n  odd: off # é\n"),
            (
                "levels:\n    # why\n    form: off # é\n\nnotes: true\n",
                "levels:\n    # why\n    form: off # é\n    odd: off\n\nnotes: true\n",
            ),
            ("levels:\n  form: \"off\"", "levels:\n  form: \"off\"\n  odd: off"),
        ] {
            assert_eq!(after(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        assert_eq!(switch_off("levels: [", "odd"), None);
        assert_eq!(switch_off("a: b: c\n  d\n", "odd"), None);
    }
}
