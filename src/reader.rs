//! Drafts into documents.
//!
//! Each format has a module that turns text into blocks, each with its own map to the source. What no format knows, such
//! as that « (Photo : X) » closes a caption, is in `furniture`, with words from the languages' folders.

mod calls;
mod detect;
mod docx;
mod encoding;
mod feed;
mod fields;
mod format;
mod front_matter;
mod furniture;
mod html;
mod json;
mod mail;
mod markdown;
mod odt;
mod office;
mod package;
mod plain;
mod problem;
mod rtf;
mod run;
mod tale;
mod templates;
mod xml;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

pub use self::detect::refused_by_name;
pub use self::encoding::Encoding;
use self::fields::Stated;
pub use self::format::Format;
use self::furniture::Words;
pub use self::package::{part_of, repack, unpack};
pub(crate) use self::problem::LIMIT;
pub use self::problem::{Problem, ReadError};
use self::run::{Floor, Raw, Run, Seen};
use self::tale::{Tale, Teller};
use crate::document::{Block, BlockKind, Document, FigureId, Meta, Origin, Part, Picture, Places, SourceMap};
use crate::language::{Lang, Languages};
use crate::span::Span;

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

/// One story of a file.
#[derive(Clone, Debug)]
pub struct Story {
    /// What the reader made of it.
    pub document: Document,
    /// What could not be read of it.
    pub problems: Vec<Problem>,
}

const NO_STORY: &str = "there is no story in the file";

/// Takes the one draft of a file apart, or the first of several.
///
/// A fault of the draft itself is a [`Problem`], never an error: the rest is read.
///
/// # Errors
/// What is no draft: a PDF, an image, a file that is cut off or larger than a draft can be.
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
    let first = stories(bytes, format, languages, options)?.into_iter().next();
    first.map(|story| (story.document, story.problems)).ok_or_else(|| ReadError::refused(NO_STORY))
}

/// Takes a file apart into its stories, in the order of the file; never none. Their places count in the form that [`unpack`] gives.
///
/// # Errors
/// What is no draft: a PDF, an image, a file that is cut off or larger than a draft can be.
///
/// ```
/// use recoupe::language::Languages;
/// use recoupe::reader::{Format, Options, stories};
///
/// let wire = br#"[{"headline": "Port", "body_html": "<p>Un.</p>"}, {"headline": "Quai", "body_html": "<p>Deux.</p>"}]"#;
/// let all = stories(wire, Format::Json, Languages::shipped(), Options::default())?;
/// assert_eq!(all[1].document.text, "Quai\nDeux.");
/// # Ok::<(), recoupe::reader::ReadError>(())
/// ```
pub fn stories(bytes: &[u8], format: Format, languages: &Languages, options: Options) -> Result<Vec<Story>, ReadError> {
    if bytes.len() > LIMIT {
        return Err(ReadError::TooLarge);
    }
    if package::is_packed(bytes) {
        return stories(&unpack(bytes.to_vec())?, format, languages, options);
    }
    if let Some(name) = detect::binary(bytes).filter(|_| !matches!(format, Format::Docx | Format::Odt)) {
        return Err(ReadError::NotText(name));
    }
    let decoded = encoding::decode(bytes)?;
    let source: &str = &decoded.text;
    let words = Words::new(languages);
    let tales = match format {
        Format::Json => json::read(source, languages, &words),
        Format::Xml => feed::read(source, languages, &words),
        Format::Mail => mail::read(source, languages, &words).map(|tale| vec![tale]),
        _ => one(source, format, languages, &words).map(|tale| vec![tale]),
    };
    let tales = tales.map_err(|e| placed(e, decoded.map.as_ref()))?;
    if tales.is_empty() {
        return Err(ReadError::refused(NO_STORY));
    }
    let mut problems = decoded.problems;
    let reading = Reading { format, source, decoded: decoded.map.as_ref(), languages, options };
    Ok(tales.into_iter().enumerate().map(|(i, tale)| reading.finish(i, tale, std::mem::take(&mut problems))).collect())
}

/// The place of an error in the file, where it was found in the text that was decoded from it.
fn placed(e: ReadError, decoded: Option<&SourceMap>) -> ReadError {
    match (e, decoded) {
        (ReadError::Refused(Problem { message, span }), Some(inner)) => {
            ReadError::Refused(Problem { message, span: span.and_then(|s| inner.source(s)) })
        }
        (e, _) => e,
    }
}

/// Reads a format in which a file is one story.
fn one(source: &str, format: Format, languages: &Languages, words: &Words) -> Result<Tale, ReadError> {
    let Teller { mut figures, mut tale, .. } = Teller::new(languages, words);
    let Tale { stated, calls, problems, .. } = &mut tale;
    if matches!(format, Format::Markdown | Format::Html) {
        calls.extend(calls::in_comments(source, format == Format::Html, problems));
    }
    tale.raws = match format {
        Format::Markdown => markdown::read(source, languages, words, &mut figures, stated, problems),
        Format::Html => {
            let raws = html::read(source, languages, &mut figures, stated);
            words.cut_datelines(words.settle(raws, &mut figures))
        }
        Format::Docx => docx::read(source, words, &mut figures)?,
        Format::Odt => odt::read(source, words, &mut figures)?,
        Format::Rtf => rtf::read(source, words, &mut figures)?,
        _ => plain::read(source, words, &mut figures, calls, problems),
    };
    tale.pictures = figures.seen;
    Ok(tale)
}

/// What all stories of a file have in common.
struct Reading<'a> {
    format: Format,
    source: &'a str,
    decoded: Option<&'a SourceMap>,
    languages: &'a Languages,
    options: Options,
}

impl Reading<'_> {
    /// Makes a document of a story.
    fn finish(&self, number: usize, tale: Tale, mut problems: Vec<Problem>) -> Story {
        let Reading { format, source, decoded, languages, options } = *self;
        let Tale { raws, pictures, twins, mut stated, calls: mut said, problems: mut found } = tale;
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
        let pictures = shown(pictures, &mut text, &blocks, &mut map);
        let mut pictures = pictures;
        if matches!(format, Format::Text | Format::Rtf | Format::Mail) {
            // These show no pictures that are read, only their words: whether they have alternative texts nobody can tell.
            let figures: BTreeSet<FigureId> = blocks.iter().filter_map(|b| b.figure).collect();
            pictures = figures.into_iter().map(|figure| Picture { figure, span: None, described: true }).collect();
        }
        let twins = twins
            .into_iter()
            .map(|twin| twin.into_iter().filter_map(|raw| behind(raw.run, &mut text, &mut map)).collect())
            .collect();
        let given = options.published.map(|d| (d, Origin::Given));
        let usual = options.usual_date.map(|d| (d, Origin::Given));
        let named = options.named_date.map(|d| (d, Origin::FileName));
        let line = || blocks.iter().find(|b| b.kind == BlockKind::Dateline).and_then(|b| fields::date(b.span.of(&text)));
        let own = stated.published.map(|d| (d, Origin::Metadata)).or(named).or_else(|| line().map(|d| (d, Origin::Dateline)));
        let published = given.or(own).or(usual);
        if let Some(inner) = decoded {
            for p in &mut found {
                p.span = p.span.and_then(|s| inner.source(s));
            }
        }
        problems.extend(found);
        let map = decoded.map_or_else(|| map.clone(), |inner| map.through(inner));
        let meta = Meta { lang, published, levels: stated.levels, kinds: stated.kinds, unseen: stated.unseen };
        let document = Document { text, blocks, map, meta, pictures, twins, suppressions, places: places(format, source), number };
        Story { document, problems }
    }
}

/// How places in a draft of that format are told.
fn places(format: Format, source: &str) -> Places {
    if !format.is_by_paragraph() {
        return Places::Lines;
    }
    let part = |(name, range): (&str, std::ops::Range<usize>)| Part { name: name.to_owned(), start: range.start as u32 };
    Places::Paragraphs(package::parts(source).into_iter().map(part).collect())
}

/// Puts words behind the story, where no rule reads.
fn behind(run: Run, text: &mut String, map: &mut SourceMap) -> Option<Span> {
    let run = run.trimmed()?;
    text.push('\n');
    let start = text.len();
    text.push_str(&run.text);
    map.append(&run.map, start);
    Some(Span::new(start, text.len()))
}

/// The pictures of a story; the words of the file that show them are put after it, where no rule reads.
fn shown(seen: Vec<Seen>, text: &mut String, blocks: &[Block], map: &mut SourceMap) -> Vec<Picture> {
    let worded: BTreeSet<FigureId> = blocks.iter().filter_map(|b| b.figure).collect();
    let mut out = Vec::new();
    for Seen { figure, place, described, .. } in seen.into_iter().filter(|s| !s.decorative || worded.contains(&s.figure)) {
        let span = behind(place, text, map);
        out.push(Picture { figure, span, described });
    }
    out
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

/// The language that a draft is plainly in, where it was read as another.
pub fn plainly_in(doc: &Document, languages: &Languages) -> Option<Lang> {
    contradicting(doc.meta.lang, &doc.text, &doc.blocks, languages)
}

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

#[cfg(test)]
mod tests;
