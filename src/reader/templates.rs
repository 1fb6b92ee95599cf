//! What a draft says to the program that makes the page: comments, shortcodes, the tags of Liquid and its like. None of it is text.

use std::ops::Range;

/// The comments of Markdown's relatives, each with what closes it.
pub(super) const COMMENTS: [(&str, &str); 7] = [
    ("<!--", "-->"),
    ("{/*", "*/}"),
    ("{{/*", "*/}}"),
    ("{{!--", "--}}"),
    ("{# ", "#}"),
    ("{% comment %}", "{% endcomment %}"),
    ("%%", "%%"),
];
/// The tags, the longer opening before the shorter.
const TAGS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")];
/// No tag is longer, in bytes: two braces that nothing closes nearby are two braces.
const LONGEST: usize = 2000;

/// The templates of a draft, in its order, and the draft with letters in their place: as long, and with nothing in it that
/// Markdown would take for a mark.
pub(super) struct Masked {
    pub text: String,
    pub cuts: Vec<Range<usize>>,
}

/// Finds the templates behind a place of the source.
pub(super) fn mask(source: &str, from: usize) -> Masked {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut bytes = source.as_bytes().to_vec();
    // What nothing closes further on is looked for once.
    let mut unclosed = [false; COMMENTS.len() + 1];
    let mut at = from;
    while let Some(next) = source[at..].find(['{', '%']) {
        at += next;
        let (end, comment) = match comment(source, at, &mut unclosed) {
            Some(end) => (end, true),
            None => match tag(source, at) {
                Some(end) => (end, false),
                None => {
                    at += 1;
                    continue;
                }
            },
        };
        let line = source[..at].rfind('\n').map_or(0, |i| i + 1);
        let alone = source[line..at].trim().is_empty() && source[end..].lines().next().is_none_or(|rest| rest.trim().is_empty());
        for b in &mut bytes[at..end] {
            // A comment between two blocks parts them; all else is a word of its paragraph.
            *b = match (comment && alone, *b) {
                (true, b'\n' | b'\r') => *b,
                (true, _) => b' ',
                (false, _) => b'x',
            };
        }
        cuts.push(at..end);
        at = end;
    }
    let text = if cuts.is_empty() { source.to_owned() } else { String::from_utf8(bytes).unwrap_or_else(|_| source.to_owned()) };
    Masked { text, cuts }
}

/// The end of a comment that opens there; those of HTML are Markdown's own.
fn comment(source: &str, at: usize, unclosed: &mut [bool]) -> Option<usize> {
    let rest = &source[at..];
    let mut find = |slot: usize, from: usize, close: &str| {
        if unclosed[slot] {
            return None;
        }
        let found = source[from..].find(close).map(|i| from + i);
        unclosed[slot] = found.is_none();
        found
    };
    // « {{< comment >}} … {{< /comment >}} »
    let named = ["{{<", "{{%"].iter().find_map(|open| rest.strip_prefix(open)).map(str::trim_start);
    if named.is_some_and(|n| n.strip_prefix("comment").is_some_and(|n| n.trim_start().starts_with(['>', '%']))) {
        let end = find(COMMENTS.len(), at, "/comment")?;
        return source[end..].find("}}").map(|i| end + i + 2);
    }
    COMMENTS.iter().enumerate().skip(1).find_map(|(slot, (open, close))| {
        if !rest.starts_with(open) || (*open == "%%" && source[..at].ends_with(|c: char| !c.is_whitespace())) {
            return None;
        }
        find(slot, at + open.len(), close).map(|i| i + close.len())
    })
}

/// The end of a tag that opens there: on its line, or on lines that no blank one parts.
fn tag(source: &str, at: usize) -> Option<usize> {
    let (open, close) = TAGS.iter().find(|(open, _)| source[at..].starts_with(open))?;
    let mut most = source.len().min(at + LONGEST);
    while !source.is_char_boundary(most) {
        most -= 1;
    }
    let inside = &source[at + open.len()..most.max(at + open.len())];
    let length = inside.find(close).filter(|i| !inside[..*i].contains("\n\n"))?;
    Some(at + open.len() + length + close.len())
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let masked = mask(source, 0);
        assert_eq!(masked.text, expected, "{source}");
        assert_eq!(masked.text.len(), source.len());
    }

    #[test]
    fn templates_are_no_text() {
        check("a {{ x }} b", "a xxxxxxx b");
        check("[l]({{ \"/é\" | url }})", "[l](xxxxxxxxxxxxxxxxx)");
        check("{{< figure\n  src=\"a\"\n>}}", "xxxxxxxxxxxxxxxxxxxxxxxx");
        check("{/* a\n\nb */}\nText", "     \n\n     \nText");
        check("{/* a */} Text", "xxxxxxxxx Text");
        check("{{< comment >}}\na\n{{< /comment >}}\nb", "               \n \n                \nb");
        check("%% a %% b", "xxxxxxx b");
        check("# T {#id}", "# T {#id}");
    }

    #[test]
    fn braces_that_nothing_closes_are_braces() {
        check("{{ a", "{{ a");
        check("a 5%% b", "a 5%% b");
        check("{{ a\n\nb }}", "{{ a\n\nb }}");
    }
}
