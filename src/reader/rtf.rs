//! Rich Text Format: control words, groups, and characters in three spellings.

use std::collections::HashMap;
use std::ops::Range;

use super::ReadError;
use super::encoding::Encoding;
use super::furniture::Words;
use super::office::{self, Paragraph};
use super::run::{Figures, Raw};
use crate::document::BlockKind;
use crate::span::Span;

/// Groups that are no text of the story, by the control word that opens them.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "annotation",
    "atnid",
    "atnauthor",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "xmlnstbl",
    "filetbl",
    "sp",
    "nonshppict",
    "bkmkstart",
    "bkmkend",
    "tc",
    "xe",
    "pntext",
    "listtext",
    "pnseclvl",
    "ftnsep",
    "ftnsepc",
    "aftnsep",
];
/// Deeper groups are no story's.
const DEPTH: usize = 500;

/// Control words that stand for a character.
const CHARACTERS: &[(&str, &str)] = &[
    ("emdash", "—"),
    ("endash", "–"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("bullet", "•"),
    ("emspace", "\u{2003}"),
    ("enspace", "\u{2002}"),
    ("qmspace", "\u{2005}"),
];

pub(super) fn read(source: &str, words: &Words, figures: &mut Figures) -> Result<Vec<Raw>, ReadError> {
    let mut reader = Reader::new(source);
    reader.all()?;
    Ok(office::blocks(reader.out, words, figures))
}

/// What holds in a group.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    skipped: bool,
    /// The table of styles: names are read from it.
    sheet: bool,
    note: bool,
    hidden: bool,
    bold: bool,
    size: u32,
    style: i32,
    /// How many characters after a `\u` stand for it too.
    follow: usize,
    table: bool,
    list: bool,
    font: i32,
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    states: Vec<State>,
    page: Encoding,
    /// The encodings of fonts that are of another alphabet.
    fonts: HashMap<i32, Encoding>,
    styles: HashMap<i32, BlockKind>,
    /// The name of a style while it is being read.
    name: String,
    paragraph: Paragraph,
    plain: bool,
    /// The paragraphs of notes, which stand after the one that is being read.
    notes: Vec<Paragraph>,
    held: Option<(Paragraph, bool)>,
    out: Vec<Paragraph>,
    /// A first half of a character in UTF-16, and where it stands.
    half: Option<(u16, usize)>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Reader<'a> {
        let first = State { follow: 1, size: 24, ..State::default() };
        Reader {
            source,
            at: 0,
            states: vec![first],
            page: Encoding::of(b"\xE9 "),
            fonts: HashMap::new(),
            styles: HashMap::new(),
            name: String::new(),
            paragraph: Paragraph::default(),
            plain: false,
            notes: Vec::new(),
            held: None,
            out: Vec::new(),
            half: None,
        }
    }

    fn state(&mut self) -> &mut State {
        if self.states.is_empty() {
            self.states.push(State::default());
        }
        let last = self.states.len() - 1;
        &mut self.states[last]
    }

    fn all(&mut self) -> Result<(), ReadError> {
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() {
            let start = self.at;
            match bytes[start] {
                b'{' => {
                    let state = *self.state();
                    self.states.push(state);
                    self.at += 1;
                    if self.states.len() > DEPTH {
                        let message = format!("more than {DEPTH} groups stand in one another: that is no draft");
                        return Err(ReadError::broken(message, Span::new(start, start)));
                    }
                }
                b'}' => {
                    self.at += 1;
                    self.close();
                    if self.states.is_empty() {
                        self.end_paragraph();
                        return Ok(());
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => self.at += 1,
                _ => {
                    let rest = &self.source[start..];
                    let len = rest
                        .find(['{', '}', '\\', '\r', '\n', '\t', ';'])
                        .unwrap_or(rest.len())
                        .max(rest.chars().next().map_or(1, char::len_utf8));
                    self.at += len;
                    self.words(start..start + len);
                }
            }
        }
        if self.states.len() > 1 {
            let at = bytes.len();
            return Err(ReadError::broken("the file is cut off: save the document again".to_owned(), Span::new(at, at)));
        }
        self.end_paragraph();
        Ok(())
    }

    fn close(&mut self) {
        let ends_a_note = match self.states.as_slice() {
            [.., outer, inner] => inner.note && !outer.note,
            _ => false,
        };
        if ends_a_note {
            self.end_paragraph();
        }
        self.states.pop();
        if ends_a_note && let Some((paragraph, plain)) = self.held.take() {
            (self.paragraph, self.plain) = (paragraph, plain);
        }
    }

    /// Reads what a backslash begins.
    fn control(&mut self) {
        let start = self.at;
        let rest = &self.source[start + 1..];
        let Some(first) = rest.chars().next() else {
            self.at += 1;
            return;
        };
        if !first.is_ascii_alphabetic() {
            self.at = start + 1 + first.len_utf8();
            match first {
                '\'' => self.byte(start),
                '~' => self.stands_for("\u{A0}", start..self.at),
                '_' => self.stands_for("\u{2011}", start..self.at),
                '\\' | '{' | '}' => self.stands_for(first.encode_utf8(&mut [0; 4]), start..self.at),
                '*' => self.state().skipped = true,
                '\n' | '\r' => self.end_paragraph(),
                _ => {}
            }
            return;
        }
        let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (word, rest) = rest.split_at(name);
        let sign = usize::from(rest.starts_with('-'));
        let digits = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
        let number = rest.get(..sign + digits).and_then(|n| n.parse::<i32>().ok());
        let used = if digits > 0 { sign + digits } else { 0 };
        self.at = start + 1 + name + used + usize::from(rest[used..].starts_with(' '));
        self.word(word, number, start);
    }

    /// `\'e9`: a byte of the code page.
    fn byte(&mut self, start: usize) {
        let hex = self.source.get(self.at..self.at + 2).and_then(|h| u8::from_str_radix(h, 16).ok());
        let Some(byte) = hex else { return };
        self.at += 2;
        let font = self.state().font;
        let encoding = self.fonts.get(&font).copied().unwrap_or(self.page);
        if let Some(c) = encoding.character(byte) {
            self.stands_for(c.encode_utf8(&mut [0; 4]), start..self.at);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, start: usize) {
        let on = number != Some(0);
        match word {
            "par" | "sect" | "page" => self.end_paragraph(),
            "row" | "cell" | "nestcell" => self.end_paragraph(),
            "line" | "tab" => self.paragraph.run.line_break(start..self.at),
            "u" => self.unicode(number.unwrap_or(0), start),
            "uc" => self.state().follow = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            "b" => self.state().bold = on,
            "v" | "deleted" => self.state().hidden = on,
            "fs" => self.state().size = number.and_then(|n| u32::try_from(n).ok()).unwrap_or(24),
            "plain" => {
                let state = self.state();
                (state.bold, state.hidden, state.size) = (false, false, 24);
            }
            "pard" => {
                let state = self.state();
                (state.style, state.table, state.list) = (0, false, false);
            }
            "s" => {
                self.state().style = number.unwrap_or(0);
                self.name.clear();
            }
            "intbl" => self.state().table = true,
            "ls" => self.state().list = on,
            "f" => self.state().font = number.unwrap_or(0),
            "fcharset" => self.charset(number.unwrap_or(0)),
            "mac" => self.page = Encoding::named("macintosh").unwrap_or(self.page),
            "ansicpg" => {
                let named = if number == Some(10000) {
                    Encoding::named("macintosh")
                } else {
                    Encoding::named(&format!("windows-{}", number.unwrap_or(1252)))
                };
                self.page = named.unwrap_or(self.page);
            }
            "stylesheet" => {
                let state = self.state();
                (state.sheet, state.skipped) = (true, true);
            }
            "footnote" => {
                let (paragraph, plain) = (std::mem::take(&mut self.paragraph), std::mem::take(&mut self.plain));
                self.held.get_or_insert((paragraph, plain));
                self.state().note = true;
            }
            // A text box is marked as what an old program may leave out, and holds words all the same.
            "shptxt" | "shpinst" => self.state().skipped = false,
            _ if SKIPPED.contains(&word) => self.state().skipped = true,
            _ => {
                if let Some((_, text)) = CHARACTERS.iter().find(|(name, _)| *name == word) {
                    self.stands_for(text, start..self.at);
                }
            }
        }
    }

    /// A font whose alphabet is another: what Windows calls its character set.
    fn charset(&mut self, set: i32) {
        let page = match set {
            77 => "macintosh",
            161 => "windows-1253",
            162 => "windows-1254",
            163 => "windows-1258",
            177 => "windows-1255",
            178 => "windows-1256",
            186 => "windows-1257",
            204 => "windows-1251",
            238 => "windows-1250",
            _ => return,
        };
        let font = self.state().font;
        if let Some(encoding) = Encoding::named(page) {
            self.fonts.insert(font, encoding);
        }
    }

    /// `\u8217?`: a unit of UTF-16, with what stands for it in old programs.
    fn unicode(&mut self, number: i32, start: usize) {
        for _ in 0..self.state().follow {
            let rest = &self.source[self.at..];
            let len = match rest.as_bytes() {
                [b'\\', b'\'', _, _, ..] if rest.is_char_boundary(4) => 4,
                [] | [b'\\' | b'{' | b'}' | b'\r' | b'\n', ..] => break,
                _ => rest.chars().next().map_or(0, char::len_utf8),
            };
            self.at += len;
        }
        let unit = (number & 0xFFFF) as u16;
        let (units, from) = match self.half.take() {
            Some((high, from)) if (0xDC00..0xE000).contains(&unit) => (vec![high, unit], from),
            _ if (0xD800..0xDC00).contains(&unit) => {
                self.half = Some((unit, start));
                return;
            }
            _ => (vec![unit], start),
        };
        self.stands_for(&String::from_utf16_lossy(&units), from..self.at);
    }

    fn words(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        let state = *self.state();
        if state.sheet {
            self.style_name(text);
        }
        if state.skipped || state.hidden {
            return;
        }
        if text == "\t" {
            self.paragraph.run.line_break(range);
            return;
        }
        self.paragraph.run.verbatim(self.source, range);
        self.saw(text);
    }

    /// Names end with a semicolon in the table of styles.
    fn style_name(&mut self, text: &str) {
        if text.starts_with(';') {
            let style = self.state().style;
            if let Some(kind) = office::style(&std::mem::take(&mut self.name)) {
                self.styles.insert(style, kind);
            }
        } else {
            self.name.push_str(text);
        }
    }

    fn stands_for(&mut self, text: &str, range: Range<usize>) {
        let state = *self.state();
        if state.sheet {
            self.style_name(text);
        }
        if !state.skipped && !state.hidden {
            self.paragraph.run.decoded(text, range);
            self.saw(text);
        }
    }

    fn saw(&mut self, text: &str) {
        let state = *self.state();
        if text.contains(|c: char| !c.is_whitespace()) {
            self.paragraph.size = self.paragraph.size.max(state.size);
            self.plain |= !state.bold;
        }
    }

    fn end_paragraph(&mut self) {
        let state = *self.state();
        if state.skipped {
            return;
        }
        let mut paragraph = std::mem::take(&mut self.paragraph);
        let plain = std::mem::take(&mut self.plain);
        paragraph.bold = !plain && !paragraph.run.text.is_empty();
        paragraph.kind = match () {
            () if state.note => Some(BlockKind::Note),
            () => self.styles.get(&state.style).copied(),
        };
        paragraph.kind =
            paragraph.kind.or(state.table.then_some(BlockKind::TableCell)).or(state.list.then_some(BlockKind::ListItem));
        if state.note {
            self.notes.push(paragraph);
        } else {
            self.out.push(paragraph);
            self.out.append(&mut self.notes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Languages;

    fn check(source: &str, expected: &[(BlockKind, &str)]) {
        let raws = read(source, &Words::new(Languages::shipped()), &mut Figures::default()).unwrap();
        let got: Vec<(BlockKind, &str)> = raws.iter().map(|r| (r.kind, r.run.text.as_str())).collect();
        assert_eq!(got, expected);
        for raw in &raws {
            for (i, c) in raw.run.text.char_indices() {
                assert!(raw.run.map.source(Span::new(i, i + c.len_utf8())).is_some(), "{c:?} in {:?}", raw.run.text);
            }
        }
    }

    #[test]
    fn characters_in_three_spellings_and_groups_that_are_no_text() {
        check(
            r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\stylesheet{\s0 Normal;}{\s3 heading 1;}{\s4 caption;}}{\info{\title Non}}
\pard\s3\b Le port ferme\b0\par
\pard L\'e9t\'e9 \u8217?est l\u224\'e0, \{vraiment\}{\v cach\'e9}.\~Fin{\deleted supprim\'e9}.{\footnote Une note.} Suite.\par
\pard\s4 Le quai.\par}",
            &[
                (BlockKind::Headline, "Le port ferme"),
                (BlockKind::Body, "Lété ’est là, {vraiment}.\u{A0}Fin. Suite."),
                (BlockKind::Note, "Une note."),
                (BlockKind::Caption, "Le quai."),
            ],
        );
        check(r"{\rtf1\mac Caf\'8e \u55357?\u56832? noir.}", &[(BlockKind::Body, "Café 😀 noir.")]);
    }

    #[test]
    fn what_is_cut_off_is_told() {
        let words = Words::new(Languages::shipped());
        for source in [r"{\rtf1\ansi Un mot", r"{\rtf1 {\b Un"] {
            let told = read(source, &words, &mut Figures::default()).unwrap_err();
            assert!(told.to_string().starts_with("the file is cut off"), "{told}");
        }
        assert!(read(&"{".repeat(100_000), &words, &mut Figures::default()).is_err());
    }
}
