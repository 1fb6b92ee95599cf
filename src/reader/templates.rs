//! What a draft says to the program that makes the page: comments, shortcodes, the tags of Liquid and its like. None of it is text.

mod expressions;

use std::ops::Range;

use super::run::Floor;

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
pub(super) const LONGEST: usize = 2000;
/// No attributes of a picture are.
const ATTRIBUTES: usize = 300;

/// The templates of a draft, in its order, and the draft with letters in their place: as long, and with nothing in it that
/// Markdown would take for a mark.
pub(super) struct Masked {
    pub text: String,
    pub cuts: Vec<Range<usize>>,
    /// The blocks that the draft fences as figures: « ::: {.figure} ».
    pub figures: Vec<Range<usize>>,
}

/// Finds the templates behind a place of the source.
pub(super) fn mask(source: &str, from: usize) -> Masked {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut bytes = source.as_bytes().to_vec();
    // What nothing closes further on is looked for once.
    let mut unclosed = [false; COMMENTS.len() + 1];
    let mut at = from;
    let scripted = expressions::are_in(source, from);
    let mut fences = Fences::default();
    // Where the line begins that holds `at`.
    let mut line = source[..from].rfind('\n').map_or(0, |i| i + 1);
    while at < source.len() {
        let marks = if at == line {
            fences.line(source, at).or_else(|| scripted.then(|| expressions::script(source, at)).flatten())
        } else {
            None
        };
        let cut = marks.map(|end| (end, Cut::Marks)).or_else(|| {
            let found = comment(source, at, &mut unclosed).map(|end| (end, Cut::Comment));
            let found = found.or_else(|| tag(source, at).map(|end| (end, Cut::Tag)));
            let found = found.or_else(|| attributes(source, line, at).map(|end| (end, Cut::Marks)));
            found.or_else(|| scripted.then(|| expressions::end(source, at)).flatten().map(|end| (end, Cut::Tag)))
        });
        let Some((end, cut)) = cut else {
            // On to what may open one.
            let bytes = source.as_bytes();
            at += usize::from(bytes[at] != b'\n');
            let Some(next) = bytes[at..].iter().position(|b| matches!(b, b'{' | b'%' | b'<' | b'!' | b'\n')) else { break };
            at += next;
            if source.as_bytes()[at] == b'\n' {
                at += 1;
                line = at;
            }
            continue;
        };
        let alone = || source[line..at].trim().is_empty() && source[end..].lines().next().is_none_or(|rest| rest.trim().is_empty());
        let blank = cut == Cut::Marks || (cut == Cut::Comment && alone());
        for b in &mut bytes[at..end] {
            // A comment between two blocks parts them; all else is a word of its paragraph.
            *b = match (blank, *b) {
                (true, b'\n' | b'\r') => *b,
                (true, _) => b' ',
                (false, _) => b'x',
            };
        }
        cuts.push(at..end);
        line = source[at..end].rfind('\n').map_or(line, |i| at + i + 1);
        at = end;
    }
    let text = if cuts.is_empty() { source.to_owned() } else { String::from_utf8(bytes).unwrap_or_else(|_| source.to_owned()) };
    Masked { text, cuts, figures: fences.figures }
}

/// The first boundary of a character at or behind a byte.
fn ceil(text: &str, byte: usize) -> usize {
    (byte..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

/// What is cut from a draft.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Comment,
    /// A tag, which is a word of its paragraph.
    Tag,
    /// Marks that leave nothing: `{: .caption}`.
    Marks,
}

/// The end of attributes that open there, behind a picture or a link or on a line of their own: `{: .wide}`, `{width=50%}`.
fn attributes(source: &str, line: usize, at: usize) -> Option<usize> {
    let inside = source[at..].strip_prefix('{')?;
    let inside = &inside[..inside.floor_char_boundary_at(ATTRIBUTES)];
    let inside = &inside[..inside.find(['}', '\n'])?];
    let end = at + inside.len() + 2;
    if source.as_bytes().get(end - 1) != Some(&b'}') {
        return None;
    }
    let near = line.max(ceil(source, at.saturating_sub(LONGEST)));
    let behind = source[..at].ends_with(')') && source[near..at].contains("](");
    let alone = source[line..at].trim().is_empty();
    let name = |word: &str| word.starts_with(['.', '#']) || word.contains('=') || word.ends_with('%');
    let plain = inside.split_whitespace().all(name) && !inside.trim().is_empty();
    ((inside.starts_with(':') && (alone || behind)) || (plain && behind)).then_some(end)
}

/// Blocks between lines of colons: « ::: {.figure} », « ::: ».
#[derive(Default)]
struct Fences {
    open: Vec<Option<usize>>,
    figures: Vec<Range<usize>>,
}

impl Fences {
    /// The end of such a line that begins there.
    fn line(&mut self, source: &str, at: usize) -> Option<usize> {
        if !source[at..].starts_with(":::") {
            return None;
        }
        let text = source[at..].lines().next().unwrap_or_default();
        let named = text.trim_start_matches(':').trim();
        if named.is_empty() {
            if let Some(Some(start)) = self.open.pop() {
                self.figures.push(start..at);
            }
        } else {
            let lower = named.to_lowercase();
            let picture = ["figure", "image", "photo", "picture"].iter().any(|w| lower.contains(w));
            self.open.push(picture.then_some(at));
        }
        Some(at + text.len())
    }
}

/// How long a component of JSX is that opens a text: to its `>`, past braces and marks.
pub(super) fn component(text: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary_at(LONGEST)];
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut at = 1;
    while let Some(b) = bytes.get(at).copied() {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return Some(at + 1),
            b'"' | b'`' => at += 1 + text[at + 1..].find(char::from(b))?,
            _ => {}
        }
        at += 1;
    }
    None
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
    let most = source.floor_char_boundary_at(at + LONGEST);
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
