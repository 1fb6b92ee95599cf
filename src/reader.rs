//! Drafts into documents.
//!
//! Each format has a module that turns text into blocks, each with its own map to the source. What no format knows, such
//! as that « (Photo : X) » closes a caption, is in `furniture`, with words from the languages' folders.

mod calls;
mod encoding;
mod fields;
mod front_matter;
mod furniture;
mod html;
mod markdown;
mod plain;
mod run;
mod templates;

use std::fmt;
use std::path::Path;

use jiff::civil::Date;

pub use self::encoding::Encoding;
use self::fields::Stated;
use self::furniture::Words;
use self::run::{Figures, Raw};
use crate::document::{Block, BlockKind, Document, Meta, Origin, SourceMap};
use crate::language::{Lang, Languages};
use crate::span::Span;

/// A file format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with YAML or TOML front matter.
    Markdown,
    /// HTML.
    Html,
}

/// The formats, their names, and the extensions of their files.
const FORMATS: &[(Format, &str, &[&str])] = &[
    (Format::Text, "text", &["txt", "text"]),
    (Format::Markdown, "markdown", &["md", "markdown"]),
    (Format::Html, "html", &["html", "htm", "xhtml"]),
];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        FORMATS.iter().map(|(format, ..)| *format)
    }

    /// The format's name on the command line.
    pub fn name(self) -> &'static str {
        FORMATS.iter().find(|(f, ..)| *f == self).map_or("", |(_, name, _)| name)
    }

    /// The extensions of the format's files, without a dot.
    pub fn extensions(self) -> &'static [&'static str] {
        FORMATS.iter().find(|(f, ..)| *f == self).map_or(&[], |(_, _, extensions)| extensions)
    }

    /// The format of that name: `markdown`.
    pub fn by_name(name: &str) -> Option<Format> {
        FORMATS.iter().find(|(_, n, _)| n.eq_ignore_ascii_case(name)).map(|(f, ..)| *f)
    }

    /// The format that a file's extension tells; `None` for any other.
    ///
    /// ```
    /// use std::path::Path;
    /// use recoupe::reader::Format;
    ///
    /// assert_eq!(Format::of_path(Path::new("draft.MD")), Some(Format::Markdown));
    /// assert_eq!(Format::of_path(Path::new("draft.pdf")), None);
    /// ```
    pub fn of_path(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?;
        FORMATS.iter().find(|(_, _, all)| all.iter().any(|e| e.eq_ignore_ascii_case(extension))).map(|(f, ..)| *f)
    }

    /// The format that the first bytes look like, for standard input and files of another extension.
    pub fn sniff(bytes: &[u8]) -> Format {
        let head = &bytes[..bytes.len().min(4096)];
        let head = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
        let text = head.trim_start();
        let tag = |name: &str| {
            text.get(1..=name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name))
                && text[1 + name.len()..].starts_with(|c: char| !c.is_alphanumeric())
        };
        const TAGS: [&str; 8] = ["html", "head", "body", "article", "main", "div", "p", "h1"];
        if ["<!--", "<!", "<?xml"].iter().any(|s| text.starts_with(s)) || (text.starts_with('<') && TAGS.iter().any(|n| tag(n))) {
            return Format::Html;
        }
        let fenced = ["---\n", "---\r\n", "+++\n", "+++\r\n"].iter().any(|f| head.starts_with(f));
        let marked = text.lines().any(|l| {
            (l.starts_with('#') && l.trim_start_matches('#').starts_with(' ')) || (l.starts_with("![") && l.contains("]("))
        });
        if fenced || marked { Format::Markdown } else { Format::Text }
    }
}

/// What the caller knows: better than the draft, or where the draft says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The language of the draft.
    pub lang: Option<Lang>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The language of a draft that does not state its own.
    pub usual_lang: Option<Lang>,
    /// The day of publication of a draft that does not state its own.
    pub usual_date: Option<Date>,
    /// The day that the name of the draft's file gives: weaker than what the draft states in its fields.
    pub named_date: Option<Date>,
}

/// The day with which the name of a file opens, as site generators want it.
///
/// ```
/// use std::path::Path;
/// use recoupe::reader::named_date;
///
/// assert_eq!(named_date(Path::new("_posts/2022-01-07-le-port.md")).map(|d| d.to_string()).as_deref(), Some("2022-01-07"));
/// assert_eq!(named_date(Path::new("2022-01-075.md")), None);
/// ```
pub fn named_date(path: &Path) -> Option<Date> {
    let stem = path.file_stem()?.to_str()?;
    let (day, rest) = stem.split_at_checked("2022-01-07".len())?;
    let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
    ends.then(|| fields::date(day)).flatten().filter(|d| d.to_string() == day)
}

/// Something in the draft that could not be read, and where in the file, in bytes; the rest was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What, and how to mend it.
    pub message: String,
    /// Bytes of the file.
    pub span: Option<Span>,
}

/// Why a file is no draft at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are not text: what they seem to be.
    NotText(&'static str),
    /// The file is 1 GiB or larger.
    TooLarge,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NotText(what) if what.starts_with("text") => write!(f, "this is {what}: save the draft as UTF-8"),
            ReadError::NotText(what) => write!(f, "this is {what}, not text: export the draft as plain text, Markdown or HTML"),
            ReadError::TooLarge => f.write_str("the file is 1 GiB or larger: split it into its drafts"),
        }
    }
}

impl std::error::Error for ReadError {}

/// Takes a draft apart.
///
/// A fault of the draft itself is a [`Problem`], never an error: the rest is read.
///
/// # Errors
/// Bytes that are no text (a PDF, a ZIP archive, an image), or 1 GiB and more of them.
///
/// ```
/// use recoupe::document::BlockKind;
/// use recoupe::language::Languages;
/// use recoupe::reader::{Format, Options, read};
///
/// let draft = b"# Le port ferme\n\nLe quai a br&ucirc;l&eacute;.";
/// let (doc, problems) = read(draft, Format::Markdown, Languages::shipped(), Options::default())?;
/// assert_eq!(doc.text, "Le port ferme\nLe quai a brûlé.");
/// assert_eq!(doc.blocks[0].kind, BlockKind::Headline);
/// assert!(problems.is_empty());
/// # Ok::<(), recoupe::reader::ReadError>(())
/// ```
pub fn read(bytes: &[u8], format: Format, languages: &Languages, options: Options) -> Result<(Document, Vec<Problem>), ReadError> {
    let decoded = encoding::decode(bytes)?;
    let source: &str = &decoded.text;
    let words = Words::new(languages);
    let mut figures = Figures::default();
    let mut stated = Stated::default();
    let mut found = Vec::new();
    let mut said = Vec::new();
    if format != Format::Text {
        said = calls::in_comments(source, format == Format::Html, &mut found);
    }
    let raws = match format {
        Format::Text => plain::read(source, &words, &mut figures, &mut said, &mut found),
        Format::Markdown => markdown::read(source, languages, &words, &mut figures, &mut stated, &mut found),
        Format::Html => {
            let raws = html::read(source, languages, &mut figures, &mut stated);
            words.cut_datelines(words.settle(raws, &mut figures))
        }
    };
    let (mut text, mut blocks, mut map, own) = join(raws);
    let lang = options.lang.unwrap_or_else(|| language(&text, &blocks, languages, &stated, options.usual_lang, &mut found));
    for (block, own) in blocks.iter_mut().zip(own) {
        block.lang = match (options.lang, own) {
            (Some(given), _) => given,
            (None, Some(own)) => own,
            (None, None) => of_block(block.span.of(&text), lang, languages),
        };
    }
    said.splice(0..0, stated.ignored.drain(..));
    let suppressions = calls::settle(said, &mut text, &blocks, &mut map);
    let given = options.published.map(|d| (d, Origin::Given));
    let usual = options.usual_date.map(|d| (d, Origin::Given));
    let named = options.named_date.map(|d| (d, Origin::FileName));
    let line = || blocks.iter().find(|b| b.kind == BlockKind::Dateline).and_then(|b| fields::date(b.span.of(&text)));
    let own = stated.published.map(|d| (d, Origin::Metadata)).or(named).or_else(|| line().map(|d| (d, Origin::Dateline)));
    let published = given.or(own).or(usual);
    let mut problems = decoded.problems;
    if let Some(inner) = &decoded.map {
        for p in &mut found {
            p.span = p.span.and_then(|s| inner.source(s));
        }
    }
    problems.extend(found);
    let map = match &decoded.map {
        Some(inner) => map.through(inner),
        None => map,
    };
    Ok((Document { text, blocks, map, meta: Meta { lang, published, levels: stated.levels }, suppressions }, problems))
}

/// Puts the blocks one below the other.
fn join(raws: Vec<Raw>) -> (String, Vec<Block>, SourceMap, Vec<Option<Lang>>) {
    let mut text = String::with_capacity(raws.iter().map(|r| r.run.text.len() + 1).sum());
    let mut map = SourceMap::default();
    let (mut blocks, mut own) = (Vec::with_capacity(raws.len()), Vec::with_capacity(raws.len()));
    for Raw { kind, run, lang, figure, .. } in raws {
        let Some(run) = run.trimmed() else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&run.text);
        map.append(&run.map, start);
        blocks.push(Block { kind, span: Span::new(start, text.len()), lang: Lang::UNKNOWN, figure });
        own.push(lang);
    }
    (text, blocks, map, own)
}

/// How much of a draft tells its language, in bytes.
const SAMPLE: usize = 8192;

/// The draft's language: what it says of itself, else the usual one, else what its words look like.
fn language(
    text: &str,
    blocks: &[Block],
    languages: &Languages,
    stated: &Stated,
    usual: Option<Lang>,
    problems: &mut Vec<Problem>,
) -> Lang {
    if let Some((code, source)) = &stated.lang {
        let span = Some(Span::new(source.start, source.end));
        let named = || languages.iter().find(|(_, l)| l.manifest.name.to_lowercase() == code.to_lowercase()).map(|(lang, _)| lang);
        if let Some(lang) = languages.by_code(code).or_else(named) {
            let other = contradicting(lang, text, blocks, languages);
            if let Some(other) = other {
                let name = |l: Lang| languages.get(l).map_or("", |l| l.manifest.name.as_str());
                let message = format!("the draft states `{code}` and is written in {0}: it is read as {0}", name(other));
                problems.push(Problem { message, span });
            }
            return other.unwrap_or(lang);
        }
        let first = code.split(['-', '_']).next().unwrap_or_default();
        if (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()) {
            problems.push(Problem { message: format!("no rules for the language `{code}`: only form is checked"), span });
            return Lang::UNKNOWN;
        }
        problems.push(Problem { message: format!("`{code}` is no language code: write it as `fr` or `en`"), span });
    }
    if let Some(usual) = usual {
        return usual;
    }
    let mut sample = String::new();
    for running in [true, false] {
        for block in blocks.iter().filter(|b| b.kind.is_running() == running) {
            if sample.len() >= SAMPLE || (!running && sample.len() > 200) {
                break;
            }
            let words = block.span.of(text);
            sample.push_str(&words[..words.floor_char_boundary_at(SAMPLE)]);
            sample.push(' ');
        }
    }
    if !sample.chars().any(char::is_alphabetic) {
        return Lang::UNKNOWN;
    }
    let few = if sample.len() < FEW { languages.of_few_words(&sample) } else { Lang::UNKNOWN };
    if few == Lang::UNKNOWN { languages.detect(&sample) } else { few }
}

/// Letters tell the language of a text of so many bytes.
const FEW: usize = 120;
/// A text of fewer bytes does not contradict the language that it states.
const PLAIN: usize = 400;

/// The language that the story is plainly in, where that is another than the stated one.
fn contradicting(stated: Lang, text: &str, blocks: &[Block], languages: &Languages) -> Option<Lang> {
    let mut told = String::new();
    for block in blocks.iter().filter(|b| b.kind.is_running()) {
        if told.len() < SAMPLE {
            told.push_str(block.span.of(text));
            told.push(' ');
        }
    }
    if told.len() < PLAIN {
        return None;
    }
    let part = |n: usize| {
        let cut = |i: usize| told.floor_char_boundary_at(told.len() * i / 3);
        languages.detect(&told[cut(n)..cut(n + 1)])
    };
    let other = part(0);
    (other != stated && other != Lang::UNKNOWN && part(1) == other && part(2) == other).then_some(other)
}

/// A block of fewer bytes is in the draft's language.
const LONG_BLOCK: usize = 200;

/// The language of a block: the draft's, unless the block is long and both its halves are clearly in another.
fn of_block(words: &str, lang: Lang, languages: &Languages) -> Lang {
    if words.len() < LONG_BLOCK {
        return lang;
    }
    let words = &words[..words.floor_char_boundary_at(1200)];
    let (a, b) = words.split_at(words.floor_char_boundary_at(words.len() / 2));
    let other = languages.detect(a);
    // Most blocks are in the draft's language, and half of them is enough to see it.
    if other == lang || languages.detect(words) != other || languages.detect(b) != other {
        return lang;
    }
    // A list of names looks like the language of the names.
    let (mut common, mut all) = (0, 0);
    for word in words.split_whitespace() {
        let first = word.chars().find(|c| c.is_alphanumeric());
        all += 1;
        common += usize::from(first.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase()));
    }
    if common * 2 < all { lang } else { other }
}

trait Floor {
    fn floor_char_boundary_at(&self, at: usize) -> usize;
}

impl Floor for str {
    fn floor_char_boundary_at(&self, at: usize) -> usize {
        let mut at = at.min(self.len());
        while !self.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests;
