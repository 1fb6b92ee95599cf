//! A page for people: the story as it reads with its marks, and notes beside it. It holds all that it needs and asks for nothing.

pub mod story;

use std::fmt::Write as _;
use std::io::{self, Write};

use super::told::{self, Told, told};
use super::{Checked, Reporter, Settings, Summary, Ui, plain};
use crate::rule::Ruleset;
use story::{Esc, Mark, class};

/// The look of the page.
pub const STYLE: &str = include_str!("html/page.css");
/// What lights up places and sets notes beside them.
pub const SCRIPT: &str = include_str!("html/page.js");
/// SHA-256 of [`STYLE`] and of [`SCRIPT`] in base64: no other style or script runs in the page, whatever a draft holds.
const HASHES: [&str; 2] = ["CP0rWvIVq3P3TIIi/6kqWxlNEYrKI4UnWHkocfrweY8=", "BZiadytx40luZs8lERi5d14ou8VBGAYN9VwBZQe5d0M="];

/// Writes a page with a section for each draft.
#[derive(Debug)]
pub struct Html {
    settings: Settings,
    /// Whether the head of the page stands.
    begun: bool,
    drafts: usize,
}

impl Html {
    /// A page with the words of the draft or without.
    pub fn new(settings: Settings) -> Html {
        Html { settings, begun: false, drafts: 0 }
    }

    /// The page speaks the language of its first draft's messages; a draft in another says so.
    fn head(&mut self, ui: &Ui, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let [style, script] = HASHES;
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{style}'; \
             script-src 'sha256-{script}'; img-src data:; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"recoupe {}\">\n\
             <title>recoupe – {}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <header class=\"masthead\">\n<h1>recoupe</h1>\n<p>{}</p>\n</header>\n<main>\n",
            ui.code,
            env!("CARGO_PKG_VERSION"),
            ui.page.title,
            ui.page.how,
        )
    }
}

impl Reporter for Html {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let ui = Ui::of(file.ui);
        self.head(ui, out)?;
        self.drafts += 1;
        let (source, all) = told(file, rules, self.settings);
        let id = format!("d{}", self.drafts);
        let clear = all.is_empty() && file.problems.is_empty();
        let mut page = format!(
            "<section class=\"{}\" lang=\"{}\" aria-labelledby=\"{id}\">\n",
            ["draft", "clear"][usize::from(clear)],
            ui.code
        );
        about(&mut page, &id, file, &all, rules, self.settings);
        if !file.problems.is_empty() {
            page.push_str("<ul class=\"problems\">\n");
            for p in file.problems {
                let line = p.span.map(|span| source.position(span.range().start).line);
                let at = line.map_or_else(String::new, |line| format!("{} {line}{}", ui.page.line, ui.colon));
                let _ = writeln!(page, "<li>{}{}</li>", Esc(&at), Esc(&plain(&told::problem(p, file.ui, self.settings))));
            }
            page.push_str("</ul>\n");
        }
        if let Some(doc) = file.document.filter(|_| !all.is_empty()) {
            let marks: Vec<Mark> =
                all.iter().zip(file.findings).enumerate().flat_map(|(i, (t, f))| marks(&id, i, t, f, ui)).collect();
            let code = rules.languages.code(doc.meta.lang);
            let veiled = if self.settings.redact { " veiled" } else { "" };
            let _ = writeln!(page, "<article class=\"story{veiled}\" lang=\"{code}\" aria-label=\"{}\">", ui.page.story);
            if self.settings.redact {
                let _ = writeln!(page, "<p class=\"withheld\" lang=\"{}\">{}</p>", ui.code, ui.page.withheld);
            }
            story::write(&mut page, doc, &marks, rules.languages, self.settings.redact);
            let _ = writeln!(page, "</article>\n<ol class=\"notes\" aria-label=\"{}\">", ui.page.findings);
            for (i, t) in all.iter().enumerate() {
                note(&mut page, &id, i, t, ui);
            }
            page.push_str("</ol>\n");
        }
        page.push_str("</section>\n");
        out.write_all(page.as_bytes())
    }

    fn end(&mut self, summary: &Summary, ui: &str, out: &mut dyn Write) -> io::Result<()> {
        let ui = Ui::of(ui);
        self.head(ui, out)?;
        writeln!(
            out,
            "</main>\n<footer class=\"closing\" lang=\"{}\"><p>{}</p></footer>\n<script>{SCRIPT}</script>\n</body>\n</html>",
            ui.code,
            Esc(&ui.summary(summary))
        )
    }

    fn tells_problems(&self) -> bool {
        true
    }
}

/// What stands over a story: its path, its day, how many findings.
fn about(page: &mut String, id: &str, file: &Checked, all: &[Told], rules: &Ruleset, settings: Settings) {
    let ui = Ui::of(file.ui);
    let mut counted = Summary::default();
    all.iter().for_each(|t| counted.count(t.level));
    let _ = writeln!(page, "<div class=\"about\">\n<h2 id=\"{id}\">{}</h2>", Esc(&plain(file.path)));
    if let Some((date, _)) = file.document.and_then(|d| d.meta.published) {
        // The name of a month may be a word of the draft.
        let language = rules.languages.by_code(ui.code).and_then(|l| rules.languages.get(l)).filter(|_| !settings.redact);
        let day = language.map_or_else(|| date.to_string(), |l| l.calendar.date(date));
        let _ = writeln!(page, "<p><time datetime=\"{date}\">{}</time></p>", Esc(&day));
    }
    if file.document.is_some() {
        let _ = writeln!(page, "<p>{}</p>", Esc(&ui.found(&counted)));
    }
    page.push_str("</div>\n");
}

/// The places of a finding in the story, each with what the screen reader says of it.
fn marks(id: &str, i: usize, t: &Told, f: &crate::finding::Finding, ui: &Ui) -> Vec<Mark> {
    let n = i + 1;
    let holds = |p: usize, q: usize| {
        let (inner, outer) = (f.labels[p].span, f.labels[q].span);
        p != q && outer.start <= inner.start && inner.end <= outer.end && (outer != inner || q < p)
    };
    let marks = f.labels.iter().zip(&t.places).enumerate().map(|(p, (label, place))| Mark {
        span: label.span,
        level: t.level,
        id: format!("{id}f{n}"),
        number: n,
        place: p + 1,
        inside: (0..f.labels.len()).any(|q| holds(p, q)),
        says: format!("{} {n}, {}{}{}", ui.page.finding, ui.level(t.level), ui.colon, plain(&place.message)),
    });
    marks.collect()
}

/// What is said of a finding, beside the story.
fn note(page: &mut String, id: &str, i: usize, t: &Told, ui: &Ui) {
    let (n, level) = (i + 1, class(t.level));
    let id = format!("{id}f{n}");
    let _ = writeln!(page, "<li class=\"finding {level}\" id=\"{id}\" data-f=\"{id}\" tabindex=\"-1\">");
    let _ = writeln!(page, "<p class=\"level\"><b>{n}</b>{} · {}</p>", ui.level(t.level), Esc(&t.rule.id));
    let _ = writeln!(page, "<p class=\"message\">{}</p>\n<ul>", Esc(&bound(&t.message)));
    for (p, place) in t.places.iter().enumerate() {
        let words = if place.text.is_empty() { String::new() } else { ui.quoted(&shortened(&plain(place.text))) };
        let says = bound(&place.message);
        let colon = if says.is_empty() || words.is_empty() { "" } else { ui.colon };
        let (says, words) = if says.is_empty() && words.is_empty() { (ui.page.place, words) } else { (says.as_str(), words) };
        let _ = writeln!(page, "<li><a href=\"#{id}p{}\">{}{}{}</a></li>", p + 1, Esc(says), Esc(colon), Esc(&words));
    }
    page.push_str("</ul>\n");
    if !t.help.is_empty() {
        let _ = writeln!(page, "<p class=\"help\">{}</p>", Esc(&bound(&t.help)));
    }
    // Of spaces nothing could be seen; the help says it.
    for (_, text) in t.fix.iter().flat_map(|fix| &fix.edits).filter(|(_, text)| !text.trim().is_empty()) {
        let _ =
            writeln!(page, "<p class=\"help\">{}{}{}</p>", ui.page.write, Esc(ui.colon), Esc(&ui.quoted(&shortened(&plain(text)))));
    }
    page.push_str("</li>\n");
}

/// A message whose marks of punctuation stay with their words at the end of a line.
fn bound(text: &str) -> String {
    let mut out = plain(text).replace("« ", "«\u{a0}");
    for mark in ['»', ':', ';', '?', '!'] {
        out = out.replace(&format!(" {mark}"), &format!("\u{a0}{mark}"));
    }
    out
}

/// The beginning and the end of what is long: a paragraph that stands twice need not stand a third time.
fn shortened(text: &str) -> String {
    const MOST: usize = 72;
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= MOST {
        return text.to_owned();
    }
    let (start, end): (String, String) = (chars[..MOST / 2].iter().collect(), chars[chars.len() - MOST / 3..].iter().collect());
    let start = start.rsplit_once(' ').map_or(start.as_str(), |(s, _)| s).to_owned();
    let end = end.split_once(' ').map_or(end.as_str(), |(_, e)| e).to_owned();
    format!("{start} … {end}")
}

#[cfg(test)]
mod tests;
