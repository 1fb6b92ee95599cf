//! What stands for a picture in the sources of a site: `{{< figure caption="…" attr="…" >}}`, `{% include image.html caption="…" %}`,
//! `<Figure caption={…} />`, `![[quai.jpg|…]]`.

use std::ops::Range;

use crate::document::{BlockKind, FigureId};
use crate::language::Languages;
use crate::reader::run::{Figures, Floor, Raw, Run, says_nothing};
use crate::reader::templates::component;
use crate::reader::{front_matter, html};

/// What opens a tag, and what closes it.
const TAGS: [(&str, &str); 6] = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("![[", "]]"), ("<", ">")];
/// No picture's words are longer, in bytes.
const REACH: usize = 2000;

/// A tag of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// From its name to its end.
    pub inside: Range<usize>,
    /// Where the tag ends.
    pub end: usize,
}

/// The tags that open a paragraph, and whether it holds nothing else.
pub fn leading(source: &str, range: Range<usize>) -> (Vec<Code>, bool) {
    let end = range.start + source[range.clone()].trim_end().len();
    let mut at = range.start;
    let mut found = Vec::new();
    while at < end {
        let rest = &source[at..end];
        let Some((open, close)) = TAGS.into_iter().find(|(open, _)| rest.starts_with(open)) else { return (found, false) };
        // A component, and no element of HTML.
        if open == "<" && !rest[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_uppercase()) {
            return (found, false);
        }
        let length =
            if open == "<" { component(rest).map(|n| n - 1) } else { rest[open.len()..].find(close).map(|i| open.len() + i) };
        let Some(length) = length else { return (found, false) };
        let inner = rest[open.len()..length].trim_start();
        found.push(Code { inside: at + length - inner.len()..at + length, end: at + length + close.len() });
        at = end - rest[length + close.len()..].trim_start().len();
    }
    (found, range.start < end)
}

/// The part that a parameter plays, by its name.
fn part(name: &str, pictured: bool) -> Option<(BlockKind, bool)> {
    let name = name.to_lowercase();
    Some(match name.as_str() {
        "alt" | "alttext" | "alt_text" => (BlockKind::Caption, true),
        "caption" | "legend" | "legende" | "légende" | "figcaption" => (BlockKind::Caption, false),
        "description" | "desc" | "title" | "titre" | "text" if pictured => (BlockKind::Caption, false),
        "credit" | "credits" | "crédit" | "attr" | "attribution" | "photographer" | "photographe" | "copyright" => {
            (BlockKind::Credit, false)
        }
        "author" | "auteur" | "source" | "by" if pictured => (BlockKind::Credit, false),
        _ => return None,
    })
}

/// The words that a tag brings for its picture; none for one that shows no picture and brings none.
pub fn words(source: &str, code: &Code, languages: &Languages, figures: &mut Figures) -> Vec<Raw> {
    let inside = &source[code.inside.clone()];
    if inside.len() > REACH {
        return Vec::new();
    }
    let pictured = shows_picture(inside);
    if source[..code.inside.start].ends_with("[[") {
        return embedded(source, code, figures);
    }
    let mut found: Vec<(BlockKind, bool, Run)> = Vec::new();
    let mut bare: Vec<Run> = Vec::new();
    for (name, value) in values(source, code.inside.clone()) {
        let read = |value: &Range<usize>| {
            let mut run = Run::default();
            front_matter::escaped(source, value.clone(), &mut run);
            run.trimmed()
        };
        match name.map(|n| part(n, pictured)) {
            // « <>Le <em>quai</em></> »
            Some(Some((kind, alternative))) if source[..value.start].ends_with("<>") => {
                let raws = html::fragment(source, value, languages, figures);
                found.extend(raws.into_iter().map(|raw| (kind, alternative, raw.run)));
            }
            Some(Some((kind, alternative))) => found.extend(read(&value).map(|run| (kind, alternative, run))),
            Some(None) => {}
            None => bare.extend(read(&value)),
        }
    }
    if found.is_empty() && pictured {
        // « {{< img "quai.jpg" "Le quai, lundi." >}} »: what is no address is its words.
        found.extend(
            bare.into_iter().filter(|r| r.text.contains(' ') && !is_size(&r.text)).map(|run| (BlockKind::Caption, false, run)),
        );
    }
    if found.is_empty() && !pictured || inside.starts_with('/') || inside.starts_with("end") {
        return Vec::new();
    }
    let figure = figures.next();
    let described = found.iter().any(|(_, alternative, run)| *alternative && !says_nothing(&run.text));
    figures.shows(figure, place(source, code), described);
    let captions: Vec<String> =
        found.iter().filter(|(kind, alt, _)| *kind == BlockKind::Caption && !alt).map(|(.., run)| run.text.clone()).collect();
    found.retain(|(_, alt, run)| !alt || !says_nothing(&run.text) && !captions.iter().any(|c| c.contains(&run.text)));
    found.sort_by_key(|(kind, alternative, _)| (*kind == BlockKind::Credit, !alternative));
    found.into_iter().map(|(kind, _, run)| Raw { figure: Some(figure), ..Raw::new(kind, run) }).collect()
}

/// The picture that a tag shows, where its words come behind it: « {{< figure >}} … {{< /figure >}} »; and where they end.
pub fn opens(source: &str, code: &Code, figures: &mut Figures) -> Option<(usize, FigureId)> {
    let inside = &source[code.inside.clone()];
    if inside.len() > REACH || !shows_picture(inside) || inside.trim_end().ends_with('/') {
        return None;
    }
    let name: &str = inside.split(|c: char| c.is_whitespace() || c == '(').next()?;
    let most = source.floor_char_boundary_at(code.end + REACH);
    let rest = source.get(code.end..most)?;
    let closings = [format!("/{name}"), format!("/ {name}"), format!("end{name}")];
    let bare = ["{% end %}", "{%- end -%}"].iter().filter_map(|c| rest.find(c).map(|i| i + 2)).min();
    let close = closings.iter().filter_map(|c| rest.find(c.as_str())).chain(bare).min()?;
    let open = rest[..close].rfind(['{', '<'])?;
    // Its own words made it a picture already.
    let last = figures.seen.last().filter(|s| s.place.text == place(source, code).text).map(|s| s.figure);
    Some((code.end + open, last.unwrap_or_else(|| figures.next())))
}

fn place(source: &str, code: &Code) -> Run {
    let mut run = Run::default();
    run.collapsed(source, code.inside.clone());
    run
}

/// « ![[quai.jpg|Le quai, lundi.]] »; a figure behind the bar is the width.
fn embedded(source: &str, code: &Code, figures: &mut Figures) -> Vec<Raw> {
    let figure = figures.next();
    let inside = &source[code.inside.clone()];
    let mut run = Run::default();
    if let Some(bar) = inside.find('|').filter(|bar| inside[bar + 1..].contains(char::is_alphabetic)) {
        run.collapsed(source, code.inside.start + bar + 1..code.inside.end);
    }
    let words = run.trimmed();
    figures.shows(figure, place(source, code), words.is_some());
    words.into_iter().map(|run| Raw { figure: Some(figure), ..Raw::new(BlockKind::Caption, run) }).collect()
}

/// The values of a tag between marks, each with the name before it: `caption="…"`, `alt: '…'`, `caption={`…`}`.
fn values(source: &str, code: Range<usize>) -> Vec<(Option<&str>, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = code.start;
    while let Some(i) = source[at..code.end].find(['"', '\'', '`', '{']) {
        let open = at + i;
        let before = source[code.start..open].trim_end();
        let name = before.strip_suffix(['=', ':']).map(|b| {
            let b = b.trim_end().trim_end_matches(['"', '\'']);
            b.rsplit(|c: char| c.is_whitespace() || matches!(c, '{' | '(' | ',' | '"' | '\'')).next().unwrap_or_default()
        });
        let mark = source[open..].chars().next().unwrap_or('"');
        if mark == '{' {
            let inner = &source[open + 1..code.end];
            // « caption={<>…</>} »
            let fragment = inner.trim_start().starts_with("<>").then(|| inner.find("</>")).flatten();
            if let (Some(end), Some(name)) = (fragment, name) {
                let start = open + 1 + inner.find("<>").unwrap_or_default() + "<>".len();
                out.push((Some(name), start..open + 1 + end));
                at = open + 1 + end + 3;
                continue;
            }
            // « caption={"…"} »: the name stands before the brace.
            let quoted = inner.trim_start();
            let mark = quoted.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
            if let (Some(mark), Some(name)) = (mark, name) {
                let start = code.end - quoted.len() + 1;
                let Some(length) = closed_by(mark, &source[start..code.end]) else { break };
                out.push((Some(name), start..start + length));
                at = start + length + 1;
                continue;
            }
            at = open + 1;
            continue;
        }
        // « l'image »: a mark inside a word opens nothing.
        if mark == '\'' && before.len() == open - code.start && source[..open].ends_with(char::is_alphanumeric) {
            at = open + 1;
            continue;
        }
        let Some(length) = closed_by(mark, &source[open + 1..code.end]) else { break };
        // A key that stands between marks itself: « "caption": "…" ».
        let key = source[open + 2 + length..code.end].trim_start().starts_with(':');
        if !key {
            out.push((name, open + 1..open + 1 + length));
        }
        at = open + 2 + length;
    }
    out
}

/// Whether a value says how wide a picture is: `(min-width: 30em) 50vw, 100vw`.
fn is_size(text: &str) -> bool {
    text.starts_with('(')
        || text
            .split([' ', ','])
            .any(|w| w.trim_end_matches("vw").trim_end_matches("px").parse::<f32>().is_ok() && w.ends_with(['w', 'x']))
}

/// The bytes of a value before the mark that closes it; a backslash escapes the next character but between backticks.
fn closed_by(mark: char, value: &str) -> Option<usize> {
    let mut end = 0;
    loop {
        let at = end + value[end..].find([mark, '\\'])?;
        if value[at..].starts_with(mark) {
            return Some(at);
        }
        end = at + 1 + if mark == '`' { 0 } else { value[at + 1..].chars().next().map_or(0, char::len_utf8) };
    }
}

/// Whether a tag shows a picture, by its name or by that of what it includes: `figure`, `include image.html`.
fn shows_picture(code: &str) -> bool {
    let named = code.find(['=', '"', '\'', '{', ',']).map_or(code, |i| &code[..i]);
    let name = named.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|w| {
        let pictures = ["figure", "fig", "image", "img", "photo", "picture", "responsive", "media", "gallery", "illustration"];
        pictures.contains(&w)
    })
}
