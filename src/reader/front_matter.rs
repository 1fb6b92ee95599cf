//! The fields above a Markdown draft: YAML between lines of `---`, or the plain part of TOML between lines of `+++`.

mod scalar;

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

pub(super) use self::scalar::escaped;
use self::scalar::{CharPlaces, decode, folded, scalar};

use super::Problem;
use super::fields::Field;
use super::run::Run;
use crate::span::Span;

/// The fields, and where the draft begins.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub fields: Vec<Field>,
    pub body: usize,
}

/// Reads the front matter of a draft, if it has one.
pub(super) fn read(source: &str, problems: &mut Vec<Problem>) -> FrontMatter {
    // « ---toml »: the site generator Eleventy lets a fence name what stands in it.
    let named_after =
        |f: &str| source.strip_prefix(f).map(|r| first_line(r).trim()).filter(|n| ["", "yaml", "toml", "json"].contains(n));
    let opened = ["---", "+++", ";;;"].into_iter().find_map(|f| Some((f, named_after(f)?)));
    let Some((fence, form)) = opened else { return json(source, problems).or_else(|| bare(source)).unwrap_or_default() };
    let is_toml = form == "toml" || fence == "+++";
    let start = first_line(source).len();
    let mut at = start;
    let mut named = false;
    while at < source.len() {
        let line = first_line(&source[at..]);
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            let body = at + line.len();
            let mut fields = if is_toml { toml(source, start..at, problems) } else { yaml(source, start..at, problems) };
            fields.retain(|f| !f.run.text.trim().is_empty());
            return FrontMatter { fields, body };
        }
        // A rule above a story is no front matter: fields have names.
        if !named && !bare.is_empty() && !bare.starts_with(['#', '[', '{']) {
            let sign = if is_toml { '=' } else { ':' };
            named = bare.split_once(sign).is_some_and(|(name, _)| !name.trim().contains(char::is_whitespace));
            // The script of a component of Astro.
            if is_script(bare) {
                let close = source[at..].find(&format!("\n{fence}"));
                let body = close.map(|i| at + i + 1).map(|i| i + first_line(&source[i..]).len());
                return FrontMatter { fields: Vec::new(), body: body.unwrap_or_default() };
            }
            if !named {
                return FrontMatter::default();
            }
        }
        at += line.len();
    }
    if named {
        problems.push(Problem {
            message: format!("the front matter has no end: close it with a line `{fence}`"),
            span: Some(Span::new(0, fence.len())),
        });
    }
    FrontMatter::default()
}

fn is_script(line: &str) -> bool {
    ["import ", "export ", "const ", "let ", "//"].iter().any(|w| line.starts_with(w))
}

/// An object of JSON above the draft, as Hugo reads it: YAML in braces, which close on a line of their own.
fn json(source: &str, problems: &mut Vec<Problem>) -> Option<FrontMatter> {
    let inside = source.strip_prefix('{').filter(|r| r.trim_start().starts_with('"'))?;
    let close = inside.find("\n}")? + 2;
    let rest = &source[close + 1..];
    if !first_line(rest).trim().is_empty() {
        return None;
    }
    let mut fields = yaml(source, 0..close + 1, problems);
    fields.retain(|f| !f.run.text.trim().is_empty());
    Some(FrontMatter { fields, body: close + 1 + first_line(rest).len() })
}

/// Names and values above a blank line, with no fence around them, as Pelican and MultiMarkdown write them. A title is among them:
/// a story may begin with a word and a colon.
fn bare(source: &str) -> Option<FrontMatter> {
    const MOST: usize = 40;
    let mut at = 0;
    let mut names = Vec::new();
    loop {
        let line = first_line(&source[at..]);
        at += line.len();
        if line.trim().is_empty() {
            break;
        }
        let (name, _) = line.split_once(':')?;
        let words = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        if name.is_empty() || !name.chars().all(words) || names.len() > MOST {
            return None;
        }
        names.push(name.to_lowercase());
    }
    if names.len() < 2 || !names.iter().any(|n| n == "title") {
        return None;
    }
    let mut fields = lines(source, 0..at);
    fields.retain(|f| !f.run.text.trim().is_empty());
    Some(FrontMatter { fields, body: at })
}

/// The first line with its end.
fn first_line(text: &str) -> &str {
    text.find('\n').map_or(text, |i| &text[..=i])
}

/// Deeper nesting holds no field of a draft.
const DEPTH: usize = 8;

fn yaml(source: &str, range: Range<usize>, problems: &mut Vec<Problem>) -> Vec<Field> {
    enum Level {
        /// A mapping, and the key whose value comes next.
        Map(Option<String>),
        List,
    }
    let text = &source[range.clone()];
    let mut place = CharPlaces { text, at: 0, chars: 0 };
    let mut levels: Vec<Level> = Vec::new();
    let mut fields = Vec::new();
    let mut known_end = range.start;
    let mut parser = Parser::new_from_str(text);
    let fault = loop {
        let (event, mark) = match parser.next_event() {
            None => break None,
            Some(Err(e)) => break Some(e),
            Some(Ok(next)) => next,
        };
        match event {
            Event::Scalar(value, style, ..) => {
                let span = place.byte(mark.start.index())..place.byte(mark.end.index());
                if let Some(Level::Map(key @ None)) = levels.last_mut() {
                    *key = Some(value.into_owned());
                    continue;
                }
                let span = span.start + range.start..span.end + range.start;
                known_end = known_end.max(span.end);
                if levels.len() <= DEPTH {
                    let path: Vec<&str> =
                        levels.iter().filter_map(|l| if let Level::Map(Some(k)) = l { Some(k.as_str()) } else { None }).collect();
                    let run = scalar(source, span.clone(), style, &value);
                    fields.push(Field { path: path.join("."), run, source: span });
                }
                value_read(&mut levels);
            }
            Event::Alias(_) => value_read(&mut levels),
            Event::MappingStart(..) => levels.push(Level::Map(None)),
            Event::SequenceStart(..) => levels.push(Level::List),
            Event::MappingEnd | Event::SequenceEnd => {
                levels.pop();
                value_read(&mut levels);
            }
            Event::StreamEnd => break None,
            _ => {}
        }
        fn value_read(levels: &mut [Level]) {
            if let Some(Level::Map(key)) = levels.last_mut() {
                *key = None;
            }
        }
    };
    if let Some(e) = fault {
        let at = range.start + CharPlaces { text, at: 0, chars: 0 }.byte(e.marker().index());
        let line_start = source[..at].rfind('\n').map_or(0, |i| i + 1).max(range.start);
        let line = first_line(&source[line_start..range.end]).trim_end();
        // Tools that write JSON strings write a character beyond 16 bits as two escapes, which YAML does not know.
        let pair = line.contains("\\ud") || line.contains("\\uD");
        let problem = Problem {
            message: format!("the front matter is no valid YAML ({}): put the value between quotation marks", e.info()),
            span: Some(Span::new(line_start, line_start + line.len())),
        };
        // A quoted value whose next lines are not indented is read by every site generator, and is read below.
        let unindented = e.info().contains("indentation in quoted scalar");
        problems.extend((!pair && !unindented).then_some(problem));
        // A title with a colon in it is the usual fault. Its line is still a name and a value, of which the parser may have
        // read the first half.
        let from = source[..at.min(known_end)].rfind('\n').map_or(0, |i| i + 1);
        fields.retain(|f| f.source.start < from);
        fields.extend(lines(source, from..range.end));
    }
    fields
}

/// Fields that stand on one line each, for front matter that the parser gave up.
fn lines(source: &str, range: Range<usize>) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let line = first_line(&source[at..range.end]);
        if let Some((name, value)) = line.split_once(':')
            && !name.is_empty()
            && !name.starts_with([' ', '\t', '#', '-'])
        {
            let mut words = value.trim();
            let start = at + name.len() + 1 + (value.len() - value.trim_start().len());
            let mut span = start..start + words.len();
            let mut style = ScalarStyle::Plain;
            if let Some(end) = open_quotation(words).and_then(|mark| closing(source, span.end..range.end, mark)) {
                span.end = end;
                words = &source[span.clone()];
                at = end - 1 - line.len() + first_line(&source[end - 1..range.end]).len();
            }
            for (mark, quoted) in [('"', ScalarStyle::DoubleQuoted), ('\'', ScalarStyle::SingleQuoted)] {
                if words.len() > 1 && words.starts_with(mark) && words.ends_with(mark) {
                    style = quoted;
                }
            }
            if style == ScalarStyle::Plain && words.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']) {
                span.start += 1;
            }
            let run = decode(source, span.clone(), style);
            out.push(Field { path: name.trim().to_owned(), run, source: span });
        }
        at += line.len();
    }
    out
}

/// The mark of a quoted value that its line does not close.
fn open_quotation(words: &str) -> Option<char> {
    let mark = words.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    (words.len() == 1 || !words.ends_with(mark) || words.ends_with("\\\"")).then_some(mark)
}

/// Where a value ends that goes on below its line: before the next line that is a field of its own.
fn closing(source: &str, range: Range<usize>, mark: char) -> Option<usize> {
    let mut at = range.start + first_line(&source[range.clone()]).len();
    while at < range.end {
        let line = first_line(&source[at..range.end]);
        let bare = line.trim_end();
        if bare.ends_with(mark) && !bare.ends_with("\\\"") {
            return Some(at + bare.len());
        }
        let field = bare.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains([' ', '\t', mark]));
        if field {
            return None;
        }
        at += line.len();
    }
    None
}

/// The plain part of TOML: strings, dates, lists of strings, tables. What else there is holds no words of a draft.
fn toml(source: &str, range: Range<usize>, problems: &mut Vec<Problem>) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut table = String::new();
    let mut at = range.start;
    while at < range.end {
        let line_start = at;
        let line = first_line(&source[at..range.end]);
        at += line.len();
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        if let Some(name) = bare.strip_prefix('[') {
            table = name.trim_start_matches('[').split(']').next().unwrap_or_default().trim().to_owned() + ".";
            continue;
        }
        let Some((name, value)) = line.split_once('=') else {
            problems.push(Problem {
                message: "no line of TOML: write `name = \"value\"`".to_owned(),
                span: Some(Span::new(line_start, line_start + line.trim_end().len())),
            });
            continue;
        };
        let path = format!("{table}{}", name.trim().trim_matches(['"', '\'']));
        let mut start = line_start + name.len() + 1 + (value.len() - value.trim_start().len());
        let list = source[start..range.end].starts_with('[');
        if list {
            start += 1;
        }
        loop {
            match toml_value(source, start..range.end) {
                Some((run, span, end)) => {
                    fields.push(Field { path: path.clone(), run, source: span });
                    start = end;
                }
                None => {
                    if !list {
                        problems.push(Problem {
                            message: format!("the value of `{path}` is not closed: end it with the mark that opens it"),
                            span: Some(Span::new(line_start, line_start + line.trim_end().len())),
                        });
                        start = at;
                    }
                    break;
                }
            }
            let rest = source[start..range.end].trim_start();
            if !list || !rest.starts_with(',') {
                break;
            }
            start = range.end - rest[1..].trim_start().len();
        }
        if start > at {
            at = start + first_line(&source[start..range.end]).len();
        }
    }
    fields
}

/// A value, the bytes between its marks, and where it ends; `None` if it does not end.
fn toml_value(source: &str, range: Range<usize>) -> Option<(Run, Range<usize>, usize)> {
    let text = &source[range.clone()];
    let mut run = Run::default();
    for (mark, escapes) in [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)] {
        let Some(inner) = text.strip_prefix(mark) else { continue };
        let mut end = 0;
        loop {
            let i = end + inner[end..].find(if escapes { ['\\', '"'] } else { ['\'', '\''] })?;
            if inner[i..].starts_with('\\') {
                end = i + 1 + inner[i + 1..].chars().next()?.len_utf8();
            } else if inner[i..].starts_with(mark) {
                end = i;
                break;
            } else {
                end = i + 1;
            }
        }
        if mark.len() == 1 && inner[..end].contains('\n') {
            return None;
        }
        let start = range.start + mark.len();
        let span = start..start + end;
        if escapes {
            escaped(source, span.clone(), &mut run);
        } else {
            folded(source, span.clone(), &mut run);
        }
        return Some((run, span.clone(), span.end + mark.len()));
    }
    let line = first_line(text);
    let bare = line.split([',', ']', '#', '\n', '\r', '}']).next().unwrap_or_default().trim_end();
    run.verbatim(source, range.start..range.start + bare.len());
    Some((run, range.start..range.start + bare.len(), range.start + bare.len()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Fields as `path = text`, each character that is not its own byte with its source, then the problems.
    #[track_caller]
    fn check(source: &str, expected: &str) {
        let mut problems = Vec::new();
        let front = read(source, &mut problems);
        let mut got = String::new();
        for f in &front.fields {
            let _ = write!(got, "{} = {}", f.path, f.run.text);
            for (i, c) in f.run.text.char_indices() {
                let bytes = f.run.map.source(Span::new(i, i + c.len_utf8())).unwrap().of(source);
                if bytes != c.to_string() {
                    let _ = write!(got, " ({c}: {bytes:?})");
                }
            }
            got.push('\n');
        }
        for p in &problems {
            let _ = writeln!(got, "! {} @ {:?}", p.message, p.span.map(|s| s.of(source)));
        }
        let _ = write!(got, "body: {:?}", &source[front.body..]);
        assert_eq!(got, expected);
    }

    #[test]
    fn yaml_scalars_keep_their_bytes() {
        check(
            "---\ntitle: \"Feu \\\"vif\\\" \\u00e0 Brest\"\nsubtitle: 'L''été'\nplace: Côte  d’Azur # ici\n---\nCorps",
            "title = Feu \"vif\" à Brest (\": \"\\\\\\\"\") (\": \"\\\\\\\"\") (à: \"\\\\u00e0\")\n\
             subtitle = L'été (': \"''\")\n\
             place = Côte  d’Azur\n\
             body: \"Corps\"",
        );
    }

    #[test]
    fn yaml_nests_and_folds() {
        check(
            "---\nauthors:\n  - Ana Lis\n  - {name: Bo Ré}\ncover: {caption: Le quai}\nsummary: >\n  Deux\n  lignes.\nempty:\n---\n",
            "authors = Ana Lis\nauthors.name = Bo Ré\ncover.caption = Le quai\nsummary = Deux lignes. ( : \"\\n\")\nbody: \"\"",
        );
    }

    #[test]
    fn a_colon_in_a_title_is_told_and_the_rest_is_read() {
        check(
            "---\nlang: fr\ntitle: Brest : le quai: fermé\ndate: 2022-01-05\n---\nCorps",
            "lang = fr\ntitle = Brest : le quai: fermé\ndate = 2022-01-05\n\
             ! the front matter is no valid YAML (mapping values are not allowed in this context): put the value between quotation marks @ Some(\"title: Brest : le quai: fermé\")\n\
             body: \"Corps\"",
        );
    }

    #[test]
    fn toml() {
        check(
            "+++\ntitle = \"Feu \\\"vif\\\"\" # oui\ndate = 2022-01-05T10:00:00Z\nauthors = [\"Ana\", 'Bo']\ndraft = true\n[params]\nsubtitle = '''\nDeux\nlignes'''\nbad\n+++\nCorps",
            "title = Feu \"vif\" (\": \"\\\\\\\"\") (\": \"\\\\\\\"\")\ndate = 2022-01-05T10:00:00Z\nauthors = Ana\nauthors = Bo\ndraft = true\n\
             params.subtitle = Deux lignes ( : \"\\n\")\n! no line of TOML: write `name = \"value\"` @ Some(\"bad\")\nbody: \"Corps\"",
        );
    }

    #[test]
    fn what_is_no_front_matter() {
        check("---\n\nUn paragraphe.\n\n---\n", "body: \"---\\n\\nUn paragraphe.\\n\\n---\\n\"");
        check(
            "---\ntitle: a\n",
            "! the front matter has no end: close it with a line `---` @ Some(\"---\")\nbody: \"---\\ntitle: a\\n\"",
        );
        check("--- a\n", "body: \"--- a\\n\"");
    }
}
