//! Files that are archives of parts: the documents of word processors.
//!
//! What is read of one is its unpacked form: the parts that hold the story, one after another, each after a line that names it. Places
//! count in that form; a mended one is put back into the archive, whose other parts stay byte for byte as they were.

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Format, LIMIT, ReadError};

/// No byte of a part can be this one: XML forbids it. A line of the unpacked form that begins with it names a part.
const MARK: u8 = 0;

/// Whether a file is an archive.
pub(super) fn is_packed(file: &[u8]) -> bool {
    file.starts_with(b"PK\x03\x04")
}

/// What an archive, or the unpacked form of one, is; `None` for any other file.
pub(super) fn kind(bytes: &[u8]) -> Option<Result<Format, ReadError>> {
    if bytes.first() == Some(&MARK) {
        return [Format::Docx, Format::Odt].into_iter().find(|f| bytes[1..].starts_with(marked(*f).as_bytes())).map(Ok);
    }
    if bytes.starts_with(b"PK\x05\x06") {
        return Some(Err(ReadError::NotText("an empty ZIP archive")));
    }
    if !is_packed(bytes) {
        return None;
    }
    Some(ZipArchive::new(Cursor::new(bytes)).map_err(broken).and_then(|mut zip| of(&mut zip)))
}

fn marked(format: Format) -> String {
    format!("{} ", format.name())
}

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn of(zip: &mut Zip) -> Result<Format, ReadError> {
    let has = |zip: &Zip, start: &str| zip.file_names().any(|n| n.starts_with(start));
    if has(zip, "word/") {
        return Ok(Format::Docx);
    }
    if let Some(mime) = part(zip, "mimetype")? {
        let mime = String::from_utf8_lossy(&mime);
        let name = mime.trim().strip_prefix("application/vnd.oasis.opendocument.");
        return match name {
            Some("text" | "text-template" | "text-web") => Ok(Format::Odt),
            Some("spreadsheet") => Err(ReadError::NotText("a spreadsheet (ODS)")),
            Some("presentation") => Err(ReadError::NotText("a presentation (ODP)")),
            _ if mime.starts_with("application/epub") => Err(ReadError::NotText("a book (EPUB)")),
            _ => Err(ReadError::NotText("a ZIP archive")),
        };
    }
    for (start, name) in
        [("xl/", "a spreadsheet (XLSX)"), ("ppt/", "a presentation (PPTX)"), ("Index/", "a document of Pages, Numbers or Keynote")]
    {
        if has(zip, start) {
            return Err(ReadError::NotText(name));
        }
    }
    Err(ReadError::NotText("a ZIP archive"))
}

fn broken(e: ZipError) -> ReadError {
    match e {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => protected(),
        ZipError::UnsupportedArchive(why) => {
            ReadError::refused(format!("the archive cannot be unpacked ({why}): save the document again"))
        }
        _ => ReadError::refused("the archive is cut off or damaged: save the document again, or fetch it anew"),
    }
}

fn protected() -> ReadError {
    ReadError::refused("the document is protected by a password: save it without one")
}

/// A part of an archive; `None` where there is none of that name.
fn part(zip: &mut Zip, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
    let file = match zip.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(e) => return Err(broken(e)),
    };
    let mut bytes = Vec::new();
    // What an archive says of the size of its parts is not to be trusted.
    let read = file.take(LIMIT as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > LIMIT {
        return Err(ReadError::refused(format!("`{name}` unpacks to more than {} MB: that is no draft", LIMIT >> 20)));
    }
    match read {
        Ok(_) => Ok(Some(bytes)),
        Err(e) => Err(ReadError::refused(format!("`{name}` in the archive is damaged ({e}): save the document again"))),
    }
}

/// The names of the parts that hold the story, styles first.
fn wanted(format: Format, zip: &mut Zip) -> Result<Vec<String>, ReadError> {
    if format == Format::Odt {
        let manifest = part(zip, "META-INF/manifest.xml")?.unwrap_or_default();
        if String::from_utf8_lossy(&manifest).contains("encryption-data") {
            return Err(protected());
        }
        return Ok(["styles.xml", "content.xml"].map(str::to_owned).to_vec());
    }
    // Word on the web calls the main part otherwise than Word.
    let rels = part(zip, "_rels/.rels")?.unwrap_or_default();
    let rels = String::from_utf8_lossy(&rels);
    let main = rels.split('<').find(|tag| tag.contains("/relationships/officeDocument\""));
    let main =
        main.and_then(|tag| tag.split_once("Target=\"")?.1.split_once('"')).map(|(target, _)| target.trim_start_matches('/'));
    let main = main.unwrap_or("word/document.xml").to_owned();
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    Ok(vec![beside("styles.xml"), main.clone(), beside("footnotes.xml"), beside("endnotes.xml")])
}

/// The form of a file in which its places count: the unpacked form of a document that is an archive, any other file as it is.
///
/// # Errors
/// An archive that is damaged, protected, or larger than a draft can be.
pub fn unpack(file: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    if !is_packed(&file) {
        return Ok(file);
    }
    let mut zip = ZipArchive::new(Cursor::new(file.as_slice())).map_err(broken)?;
    let format = of(&mut zip)?;
    let mut out = Vec::new();
    let mut any = false;
    for name in wanted(format, &mut zip)? {
        let Some(bytes) = part(&mut zip, &name)? else { continue };
        if bytes.contains(&MARK) {
            return Err(ReadError::refused(format!("`{name}` in the archive is no XML in UTF-8: save the document again")));
        }
        any |= !name.ends_with("styles.xml");
        out.push(MARK);
        out.extend_from_slice(marked(format).as_bytes());
        out.extend_from_slice(name.as_bytes());
        out.push(b'\n');
        out.extend_from_slice(&bytes);
        if out.len() > LIMIT {
            return Err(ReadError::TooLarge);
        }
    }
    if any { Ok(out) } else { Err(ReadError::refused("there is no text in the archive: save the document again")) }
}

/// The parts of an unpacked form: their names, and where they stand.
pub(super) fn parts(unpacked: &str) -> Vec<(&str, Range<usize>)> {
    let mark = char::from(MARK);
    let mut at = 0;
    let mut out = Vec::new();
    for piece in unpacked.split(mark) {
        if let Some((line, part)) = piece.split_once('\n') {
            let start = at + line.len() + 1;
            out.push((line.split_once(' ').map_or(line, |(_, name)| name), start..start + part.len()));
        }
        at += piece.len() + 1;
    }
    out
}

/// The part of an unpacked form in which a byte stands, and which byte of it that is; `None` in any other file.
pub fn part_of(unpacked: &[u8], byte: usize) -> Option<(String, usize)> {
    let text = std::str::from_utf8(unpacked).ok().filter(|t| t.starts_with(char::from(MARK)))?;
    let (name, range) = parts(text).into_iter().rfind(|(_, range)| range.start <= byte)?;
    Some((name.to_owned(), byte - range.start))
}

/// The file with the parts of a mended unpacked form in it; the form itself where the file is no archive.
///
/// # Errors
/// An archive that cannot be read.
pub fn repack<'m>(file: &[u8], mended: &'m [u8]) -> Result<Cow<'m, [u8]>, ReadError> {
    if !is_packed(file) {
        return Ok(Cow::Borrowed(mended));
    }
    let text = std::str::from_utf8(mended).map_err(|_| ReadError::Encoding("another encoding than UTF-8"))?;
    let parts = parts(text);
    let mut zip = ZipArchive::new(Cursor::new(file)).map_err(broken)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(file.len())));
    for i in 0..zip.len() {
        let entry = zip.by_index_raw(i).map_err(broken)?;
        let name = entry.name().to_owned();
        let new = parts.iter().find(|(part, _)| *part == name).map(|(_, range)| &text[range.clone()]);
        let Some(new) = new else {
            out.raw_copy_file(entry).map_err(broken)?;
            continue;
        };
        let mut options = SimpleFileOptions::default().compression_method(entry.compression());
        options = entry.last_modified().map_or(options, |time| options.last_modified_time(time));
        drop(entry);
        if part(&mut zip, &name)?.as_deref() == Some(new.as_bytes()) {
            out.raw_copy_file(zip.by_index_raw(i).map_err(broken)?).map_err(broken)?;
            continue;
        }
        out.start_file(name, options).map_err(broken)?;
        out.write_all(new.as_bytes()).map_err(|e| broken(e.into()))?;
    }
    out.finish().map(|cursor| Cow::Owned(cursor.into_inner())).map_err(broken)
}
