//! Fixes, put into the author's own bytes.
//!
//! Nothing is written that would not be read back as meant: after each fix the bytes are read again, and their text must be the old text
//! with the edits in it. What an entity, markup or another encoding makes different from the text is left alone.

use crate::document::Document;
use crate::finding::{Finding, Fix};
use crate::language::Languages;
use crate::reader::{Encoding, Format, Options, Story, stories};
use crate::span::Span;

/// A draft with fixes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The draft, in its own encoding, with its byte-order mark and line ends as they were.
    pub bytes: Vec<u8>,
    /// The findings whose fixes are in it, by their index.
    pub applied: Vec<usize>,
    /// The findings whose fixes are not, and why; those without a safe fix are in neither list.
    pub refused: Vec<(usize, Refusal)>,
}

/// Why a safe fix was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It overlaps a fix that came before it.
    Overlaps,
    /// What it replaces is written otherwise in the file: with an entity, markup, a line break inside.
    WrittenOtherwise,
    /// The file's encoding has no such character.
    NotInEncoding,
    /// The mended file would not be read as meant.
    ReadOtherwise,
}

/// An edit of the text and of the bytes.
struct Edit {
    text: Span,
    source: Span,
    new: String,
    bytes: Vec<u8>,
}

/// Applies every safe fix, in the order of the findings, each whole or not at all.
///
/// `doc` is what reading `bytes` gives with this format and these options, or one of several stories that it gives, and `findings` are of
/// it. The bytes of a document that is an archive are its unpacked form.
///
/// ```
/// use recoupe::check::check;
/// use recoupe::fix::mend;
/// use recoupe::language::Languages;
/// use recoupe::reader::{Format, Options, read};
/// use recoupe::rule::Ruleset;
///
/// let rule = r#"
/// id: doubled-word
/// topic: form
/// find: { en: "{words: the the}" }
/// fix: { replace: { words: "the" }, safe: true }
/// message: { en: "“{words}”" }
/// "#;
/// let rules = Ruleset::with(vec![("doubled-word.yaml".into(), rule.to_owned())]).map_err(|e| e.to_string())?;
/// let draft = b"\xEF\xBB\xBFIn the the harbour.\r\n";
/// let options = Options { lang: Languages::shipped().by_code("en"), ..Options::default() };
/// let (doc, _) = read(draft, Format::Text, Languages::shipped(), options).map_err(|e| e.to_string())?;
/// let mended = mend(draft, &doc, &check(&doc, &rules), Format::Text, rules.languages, options);
/// assert_eq!(mended.bytes, b"\xEF\xBB\xBFIn the harbour.\r\n");
/// # Ok::<(), String>(())
/// ```
pub fn mend(bytes: &[u8], doc: &Document, findings: &[Finding], format: Format, languages: &Languages, options: Options) -> Mended {
    let encoding = Encoding::of(bytes);
    let before = stories(bytes, format, languages, options).unwrap_or_default();
    let reads_as = |bytes: &[u8], text: &str| {
        let Ok(after) = stories(bytes, format, languages, options) else { return false };
        let same = |(old, new): (&Story, &Story)| {
            let text = if new.document.number == doc.number { text } else { &old.document.text };
            new.document.text == text && new.problems.len() <= old.problems.len()
        };
        after.len() == before.len() && before.iter().zip(&after).all(same)
    };
    let mut refused = Vec::new();
    let mut taken: Vec<(usize, Vec<Edit>)> = Vec::new();
    for (i, fix) in findings.iter().enumerate().filter_map(|(i, f)| Some((i, f.fix.as_ref()?))).filter(|(_, fix)| fix.safe) {
        match edits(fix, bytes, doc, encoding) {
            Ok(new) if new.is_empty() => {}
            Ok(new) if taken.iter().flat_map(|(_, old)| old).any(|old| new.iter().any(|new| overlap(old, new))) => {
                refused.push((i, Refusal::Overlaps));
            }
            Ok(new) => taken.push((i, new)),
            Err(why) => refused.push((i, why)),
        }
    }
    let all: Vec<&Edit> = taken.iter().flat_map(|(_, edits)| edits).collect();
    if !all.is_empty() && !reads_as(&in_bytes(bytes, &all), &in_text(&doc.text, &all)) {
        // One of them is not read as meant: find it, keeping the others.
        let mut kept: Vec<(usize, Vec<Edit>)> = Vec::new();
        for (i, edits) in taken {
            kept.push((i, edits));
            let all: Vec<&Edit> = kept.iter().flat_map(|(_, edits)| edits).collect();
            if !reads_as(&in_bytes(bytes, &all), &in_text(&doc.text, &all)) {
                kept.pop();
                refused.push((i, Refusal::ReadOtherwise));
            }
        }
        taken = kept;
    }
    let all: Vec<&Edit> = taken.iter().flat_map(|(_, edits)| edits).collect();
    Mended { bytes: in_bytes(bytes, &all), applied: taken.iter().map(|(i, _)| *i).collect(), refused }
}

/// The edits of a fix in terms of the file; those that change nothing are left out.
fn edits(fix: &Fix, bytes: &[u8], doc: &Document, encoding: Encoding) -> Result<Vec<Edit>, Refusal> {
    let mut out: Vec<Edit> = Vec::new();
    for (span, new) in &fix.edits {
        let old = doc.text.get(span.range()).ok_or(Refusal::WrittenOtherwise)?;
        if old == new {
            continue;
        }
        let source = doc.map.source(*span).ok_or(Refusal::WrittenOtherwise)?;
        if encoding.encode(old).as_deref() != bytes.get(source.range()) {
            return Err(Refusal::WrittenOtherwise);
        }
        let encoded = encoding.encode(new).ok_or(Refusal::NotInEncoding)?;
        let edit = Edit { text: *span, source, new: new.clone(), bytes: encoded };
        if out.iter().any(|old| overlap(old, &edit)) {
            return Err(Refusal::Overlaps);
        }
        out.push(edit);
    }
    Ok(out)
}

/// Whether two edits share a byte of the file, or begin at the same one.
fn overlap(a: &Edit, b: &Edit) -> bool {
    a.source.start == b.source.start || (a.source.start < b.source.end && b.source.start < a.source.end)
}

fn in_bytes(bytes: &[u8], edits: &[&Edit]) -> Vec<u8> {
    let mut sorted: Vec<&&Edit> = edits.iter().collect();
    sorted.sort_by_key(|e| e.source.start);
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    for edit in sorted {
        let range = edit.source.range();
        out.extend_from_slice(&bytes[at..range.start]);
        out.extend_from_slice(&edit.bytes);
        at = range.end;
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

fn in_text(text: &str, edits: &[&Edit]) -> String {
    let mut sorted: Vec<&&Edit> = edits.iter().collect();
    sorted.sort_by_key(|e| std::cmp::Reverse(e.text.start));
    let mut out = text.to_owned();
    sorted.iter().for_each(|e| out.replace_range(e.text.range(), &e.new));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Bindings, Label, Level};
    use crate::reader::read;

    /// Replaces words of a draft by others, each a finding of its own, and shows what comes of it.
    fn check(bytes: &[u8], format: Format, edits: &[(&str, &str)], expected: &[u8], refusals: &[Refusal]) {
        let languages = Languages::shipped();
        let options = Options { lang: languages.by_code("fr"), ..Options::default() };
        let (doc, _) = read(bytes, format, languages, options).unwrap();
        let finding = |(old, new): &(&str, &str)| {
            let at = doc.text.find(old).unwrap_or_else(|| panic!("{old:?} is not in {:?}", doc.text));
            let span = Span::new(at, at + old.len());
            Finding {
                rule: 0,
                level: Level::Note,
                labels: vec![Label { role: "word".into(), span }],
                bindings: Bindings::default(),
                fix: Some(Fix { safe: true, edits: vec![(span, (*new).to_owned())] }),
                fingerprint: String::new(),
            }
        };
        let findings: Vec<Finding> = edits.iter().map(finding).collect();
        let mended = mend(bytes, &doc, &findings, format, languages, options);
        assert_eq!(mended.bytes, expected, "{:?}", String::from_utf8_lossy(&mended.bytes));
        assert_eq!(mended.refused.iter().map(|(_, why)| *why).collect::<Vec<_>>(), refusals);
        assert_eq!(mended.applied.len() + refusals.len(), edits.len());
    }

    #[test]
    fn line_ends_marks_and_encodings_stay() {
        check(
            b"\xEF\xBB\xBFUn mot.\r\nDeux mots.\r\n",
            Format::Text,
            &[("Un mot", "Un été")],
            b"\xEF\xBB\xBFUn \xC3\xA9t\xC3\xA9.\r\nDeux mots.\r\n",
            &[],
        );
        check(
            b"L'\xE9t\xE9 vient\r\n",
            Format::Text,
            &[("été", "éclair"), ("vient", "part à l'est")],
            b"L'\xE9clair part \xE0 l'est\r\n",
            &[],
        );
        check(b"\xFF\xFEU\0n\0 \0m\0o\0t\0", Format::Text, &[("mot", "été")], b"\xFF\xFEU\0n\0 \0\xE9\0t\0\xE9\0", &[]);
        check(b"\xFE\xFF\0U\0n", Format::Text, &[("Un", "😀")], b"\xFE\xFF\xD8\x3D\xDE\x00", &[]);
    }

    #[test]
    fn a_character_that_the_encoding_lacks_is_refused() {
        check(b"L'\xE9t\xE9 vient", Format::Text, &[("vient", "vient\u{202f}!")], b"L'\xE9t\xE9 vient", &[Refusal::NotInEncoding]);
        check(b"L'\xE9t\xE9 vient", Format::Text, &[(" ", "\u{a0}")], b"L'\xE9t\xE9\xA0vient", &[]);
    }

    #[test]
    fn what_is_written_otherwise_is_left_alone() {
        check(
            b"<p>L'&eacute;t&eacute; vient</p>",
            Format::Html,
            &[("été", "hiver"), ("vient", "part")],
            b"<p>L'&eacute;t&eacute; part</p>",
            &[Refusal::WrittenOtherwise],
        );
        check(b"Un **gros** mot", Format::Markdown, &[("gros mot", "petit mot")], b"Un **gros** mot", &[Refusal::WrittenOtherwise]);
        check(b"<p>un\nmot</p>", Format::Html, &[("un mot", "des mots")], b"<p>un\nmot</p>", &[Refusal::WrittenOtherwise]);
    }

    #[test]
    fn what_would_be_read_otherwise_is_refused_and_the_rest_kept() {
        let edits = [("vient", "<b>"), ("pluie", "neige"), ("vent", "&amp;")];
        check(
            b"<p>La pluie vient, le vent part</p>",
            Format::Html,
            &edits,
            b"<p>La neige vient, le vent part</p>",
            &[Refusal::ReadOtherwise, Refusal::ReadOtherwise],
        );
        let title = b"---\ntitle: \"La pluie\"\n---\n\nElle vient.\n";
        check(title, Format::Markdown, &[("pluie", "\"neige\"")], title, &[Refusal::ReadOtherwise]);
        check(title, Format::Markdown, &[("pluie", "neige")], b"---\ntitle: \"La neige\"\n---\n\nElle vient.\n", &[]);
    }

    #[test]
    fn of_two_that_overlap_the_first_stands() {
        check(b"Un gros mot", Format::Text, &[("gros mot", "mot"), ("Un gros", "Le")], b"Un mot", &[Refusal::Overlaps]);
        check(b"Un gros mot", Format::Text, &[("Un", "Le"), (" gros", "")], b"Le mot", &[]);
    }
}
