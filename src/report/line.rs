//! Words on lines: what would break or steer them is taken out, what is too long is wrapped.

use super::source;

/// The words of `text` without line breaks and without characters that would steer a terminal.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' if out.ends_with(' ') => {}
            '\n' | '\r' | '\t' => out.push(' '),
            c if source::is_hidden(c) => {}
            c => out.push(source::visible(c)),
        }
    }
    out
}

/// `text` on lines of at most `width` columns, broken at spaces; a word that is wider stands on a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split([' ', '\n', '\t']).filter(|w| !w.is_empty()) {
        let w = word.width();
        if used > 0 && used + 1 + w > width {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("there is always a line");
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += w;
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::report::REPORTS;
    use crate::report::fixture::{checked, draft, finding, report};

    #[test]
    fn a_file_name_steers_no_terminal_and_makes_no_line() {
        let text = "neuf bateaux à quai\nsept bateaux";
        let doc = draft(text);
        let all = [finding(text, &[("first", "neuf bateaux"), ("other", "sept bateaux")])];
        let file = checked("port\u{1b}[31m\n::error::\r.md", text.as_bytes(), &doc, &all, "fr");
        for (name, _) in REPORTS {
            let said = report(name, false, &file);
            assert!(!said.contains(['\u{1b}', '\r']), "{name}: {said}");
            assert!(!said.lines().any(|line| line.starts_with("::error::")), "{name}: {said}");
        }
    }
}
