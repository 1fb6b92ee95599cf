//! Which paragraph is furniture: byline, dateline, note, caption with its credit. Shared by all formats.
//!
//! Every function looks at one short block or at the first or last few bytes of a long one: reading stays linear.

mod notes;

use std::ops::Range;

use super::run::{Figures, Raw};
use crate::document::BlockKind;
use crate::language::{Furniture, Languages};
use notes::is_sign_off;

/// A body paragraph of more words is no caption, however it ends.
const CAPTION_WORDS: usize = 60;
/// A credit is a few names.
const CREDIT_WORDS: usize = 8;
/// How far from the end of a block its credit may begin, in bytes.
const CREDIT_REACH: usize = 240;
/// A byline names its authors, and what they are.
const BYLINE_WORDS: usize = 14;
/// How far into a paragraph the dash after a dateline may stand, in bytes.
const DATELINE_REACH: usize = 100;

/// The furniture words of all loaded languages: a draft's language is not known yet when its blocks are told apart.
pub(super) struct Words<'a>(Vec<&'a Furniture>);

/// Where a caption's own words end, and its credit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Credit {
    words: usize,
    credit: Range<usize>,
}

impl<'a> Words<'a> {
    pub fn new(languages: &'a Languages) -> Words<'a> {
        Words(languages.iter().map(|(_, l)| &*l.furniture).collect())
    }

    /// Tells notes, bylines, captions and credits from the paragraphs of the story.
    pub fn settle(&self, raws: Vec<Raw>, figures: &mut Figures) -> Vec<Raw> {
        let mut out: Vec<Raw> = Vec::with_capacity(raws.len());
        let last = raws.len().saturating_sub(1);
        for (i, mut raw) in raws.into_iter().enumerate() {
            if matches!(raw.kind, BlockKind::Body | BlockKind::Standfirst)
                && let Some(inside) = classic_caption(&raw.run.text).or_else(|| self.labelled_caption(&raw.run.text))
            {
                let Some(part) = raw.part(BlockKind::Caption, inside) else { continue };
                raw = part;
            }
            let text = raw.run.text.as_str();
            if raw.kind == BlockKind::Body && (self.is_note(text) || (i + 1 >= last && is_sign_off(text))) {
                raw.kind = BlockKind::Note;
            } else if raw.kind == BlockKind::Body && (i < 8 || i + 1 >= last) && self.is_byline(text) {
                raw.kind = BlockKind::Byline;
            }
            let picture = raw.kind == BlockKind::Caption;
            let found = if picture || raw.kind == BlockKind::Body { self.credit(text, picture) } else { None };
            let Some(Credit { words, credit }) = found else {
                out.push(raw);
                continue;
            };
            let before = out.last().filter(|b| b.kind == BlockKind::Caption).and_then(|b| b.figure);
            if raw.figure.is_none() {
                raw.figure = before.filter(|_| words == 0).or_else(|| Some(figures.next()));
            }
            out.extend(raw.part(BlockKind::Caption, 0..words));
            out.extend(raw.part(BlockKind::Credit, credit));
        }
        out
    }

    /// Cuts the dateline from the first paragraphs of the story.
    pub fn cut_datelines(&self, raws: Vec<Raw>) -> Vec<Raw> {
        if raws.iter().any(|r| r.kind == BlockKind::Dateline) {
            // A dateline of its own, in the metadata or in an element: the body may still repeat it, as agencies do.
            return self.cut_first(raws, 1);
        }
        self.cut_first(raws, 2)
    }

    fn cut_first(&self, raws: Vec<Raw>, mut paragraphs: usize) -> Vec<Raw> {
        let mut out = Vec::with_capacity(raws.len() + 1);
        for raw in raws {
            if raw.kind != BlockKind::Body || paragraphs == 0 {
                out.push(raw);
                continue;
            }
            paragraphs -= 1;
            match self.dateline(&raw.run.text) {
                Some((words, rest)) => {
                    paragraphs = 0;
                    let end = raw.run.text.len();
                    out.extend(raw.part(BlockKind::Dateline, 0..words));
                    out.extend(raw.part(BlockKind::Body, rest..end));
                }
                None => out.push(raw),
            }
        }
        out
    }

    /// The credit that closes a caption. `picture`: the block stands under a picture; else it is a paragraph like any other.
    pub fn credit(&self, text: &str, picture: bool) -> Option<Credit> {
        if !picture && (text.len() > CAPTION_WORDS * 16 || words(text) > CAPTION_WORDS) {
            return None;
        }
        // « (AP Photo/Ana Lis) AP Photo »: a page that names the agency again behind the credit.
        let close = text.rfind([')', ']']).filter(|at| picture && self.is_agency_form(text[at + 1..].trim(), false));
        let again = close.and_then(|at| self.bracketed_credit(&text[..=at], picture));
        again.or_else(|| self.bracketed_credit(text, picture)).or_else(|| self.bare_credit(text, picture))
    }

    /// « … (Photo : X) ».
    fn bracketed_credit(&self, text: &str, picture: bool) -> Option<Credit> {
        let end = text.trim_end_matches(['.', ' ', '\u{A0}']);
        let close = end.len().checked_sub(1)?;
        let (open_mark, close_mark) = match end.as_bytes()[close] {
            b')' => ('(', ')'),
            b']' => ('[', ']'),
            _ => return None,
        };
        let mut depth = 0;
        let open = end[floor(end, close.saturating_sub(CREDIT_REACH))..].char_indices().rev().find_map(|(i, c)| {
            depth += i32::from(c == close_mark) - i32::from(c == open_mark);
            (depth == 0).then_some(i)
        })? + floor(end, close.saturating_sub(CREDIT_REACH));
        let credit = trim(text, open + 1..close);
        let inner = &text[credit.clone()];
        // A word in brackets after a paragraph is the agency that wrote it; under a picture it is who took it.
        let named = picture && (self.is_agency_form(inner, false) || self.is_credit_name(inner));
        (named || self.is_labelled(inner, picture)).then(|| Credit { words: rtrim_marks(text, open), credit })
    }

    /// « …. Photo : X », « … © X », "… X/Getty Images".
    fn bare_credit(&self, text: &str, picture: bool) -> Option<Credit> {
        let from = floor(text, text.len().saturating_sub(CREDIT_REACH));
        let mut previous = text[..from].chars().rev().find(|c| !c.is_whitespace());
        let mut at_word = from == 0 || text[..from].ends_with(char::is_whitespace);
        let mut agency = None;
        for (i, c) in text[from..].char_indices().map(|(i, c)| (i + from, c)) {
            if c.is_whitespace() {
                at_word = true;
                continue;
            }
            // « (Photo : X)Agence »: the credit ends where its bracket does.
            let enclosed = previous == Some('(') && at_word;
            let end = if enclosed { text[i..].find(')').map_or(text.len(), |close| i + close) } else { text.len() };
            let rest = &text[i..end];
            if c == '©' && is_rights(rest) {
                return Some(Credit { words: rtrim_marks(text, i), credit: trim(text, i..text.len()) });
            }
            // « …company.Credit…Jo Ito »: a page that sets the two apart by layout alone.
            at_word |= picture && previous == Some('.') && c.is_uppercase();
            if at_word {
                let closed = i == 0
                    || previous
                        .is_some_and(|p| matches!(p, '.' | '!' | '?' | '…' | '»' | '”' | '"' | ')' | '–' | '—' | '|' | '/' | '-'));
                if closed || picture {
                    // Without brackets, only a colon or a joiner tells a label from a word of the sentence.
                    let labelled = c.is_uppercase() && self.is_labelled(rest, false) && words(rest) <= CREDIT_WORDS + 3;
                    if labelled {
                        // A bracket that nobody closes is the credit's: « (Photo : X ».
                        let open = text[..i].trim_end().strip_suffix('(').filter(|_| enclosed && !text[i..].contains(')'));
                        return Some(Credit { words: rtrim_marks(text, i), credit: trim(text, open.map_or(i, str::len)..end) });
                    }
                }
                if closed && agency.is_none() && c.is_uppercase() && self.is_agency_form(rest, !picture) {
                    agency = Some(i);
                }
            }
            at_word = matches!(c, '(' | '[' | '—' | '–' | '|');
            previous = Some(c);
        }
        agency.map(|i| Credit { words: rtrim_marks(text, i), credit: trim(text, i..text.len()) })
    }

    /// A label, then a colon, a joiner, or an agency: « Photo : X », "Photo by X", « Photo X/AFP ».
    fn is_labelled(&self, text: &str, picture: bool) -> bool {
        if text.starts_with('©') {
            return is_rights(text);
        }
        if self.is_credit_name(text) && self.label_end(text).is_some() {
            return true;
        }
        let Some(end) = self.label_end(text) else { return false };
        let rest = text[end..].trim_start();
        if let Some(value) = rest.strip_prefix(':') {
            // « ././X »: the marks before a name are no name, and a credit of marks alone is one that was forgotten.
            let name = value.trim_start_matches([' ', '\u{A0}', '\u{202F}', '.']);
            let names = name.chars().next().is_none_or(|c| picture || !c.is_lowercase()) || self.is_credit_name(name);
            return !value.trim().is_empty() && names && words(name) <= CREDIT_WORDS + 2;
        }
        if let Some(dots) = rest.strip_prefix("...").or_else(|| rest.strip_prefix('…')) {
            return dots.starts_with(char::is_uppercase) && words(dots) <= CREDIT_WORDS;
        }
        if let Some(name) = rest.strip_prefix(['/', '©']) {
            return name.trim_start().starts_with(char::is_uppercase);
        }
        for joiner in self.0.iter().flat_map(|f| &f.credit_joiners) {
            if let Some(at) = after(rest, joiner) {
                let name = rest[at..].trim_start_matches([' ', '\u{A0}', ':']);
                return name.starts_with(char::is_uppercase) && words(name) <= CREDIT_WORDS && (picture || names_only(name));
            }
        }
        self.is_agency_form(rest.trim_start_matches(['-', '–', '—', ' ', ',']), false)
    }

    /// What stands behind the label of a short paragraph that is a caption: « Légende : le quai ».
    fn labelled_caption(&self, text: &str) -> Option<Range<usize>> {
        let bracketed = text.starts_with('(') && text.ends_with(')');
        let end = text.len() - usize::from(bracketed);
        let start = text.find(char::is_alphanumeric)?;
        let label = |labels: fn(&Furniture) -> &[String]| {
            self.0.iter().flat_map(|f| labels(f)).filter_map(|label| after(&text[start..], label)).max()
        };
        // « (Photo : le chanteur reçoit les clés de la ville, hier, à Mende.) »: more than a credit.
        let sure = label(|f| &f.caption_labels);
        let past = start + sure.or_else(|| label(|f| &f.credit_labels))?;
        let rest = text[past..end].trim_start_matches([' ', '\u{A0}', '\u{202F}']);
        let told = rest.strip_prefix([':', '—', '–'])?.trim_start();
        let least = if sure.is_some() { 0 } else { CREDIT_WORDS };
        (least + 1..=CAPTION_WORDS).contains(&words(told)).then(|| end - told.len()..end)
    }

    fn label_end(&self, text: &str) -> Option<usize> {
        self.0.iter().flat_map(|f| &f.credit_labels).filter_map(|label| after(text, label)).max()
    }

    fn is_credit_name(&self, text: &str) -> bool {
        let text = text.trim_end_matches(['.', ' ']);
        self.0.iter().flat_map(|f| &f.credit_names).any(|name| after(text, name).is_some_and(|at| at == text.len()))
    }

    /// An agency alone, or names around a slash or a dash with an agency among them; `slash`: the slash is needed.
    fn is_agency_form(&self, text: &str, slash: bool) -> bool {
        let text = text.trim_end_matches(['.', ' ']);
        if text.is_empty() || text.len() > CREDIT_REACH || words(text) > CREDIT_WORDS || !names_only(text) {
            return false;
        }
        let is_agency =
            |part: &str| self.0.iter().flat_map(|f| &f.agencies).any(|a| after(part, a).is_some_and(|at| at == part.len()));
        if text.contains('/') {
            return text.split(['/', '–', '—']).map(str::trim).any(|part| {
                // "AP file", "AFP via Getty Images", "Reuters Photo"
                is_agency(part) || part.split_once(' ').is_some_and(|(first, last)| is_agency(first) || is_agency(last))
            });
        }
        if slash {
            return false;
        }
        is_agency(text)
            || text.split([',', '–', '—']).map(str::trim).any(is_agency)
            || self.0.iter().flat_map(|f| &f.credit_joiners).any(|j| {
                let spaced = format!(" {j} ");
                text.rsplit_once(spaced.as_str()).is_some_and(|(_, name)| is_agency(name.trim()))
            })
    }

    /// Where the words of a dateline end, and where the story begins: « PARIS (AFP) – », "LONDON, March 3 (Reuters) -".
    pub fn dateline(&self, text: &str) -> Option<(usize, usize)> {
        let head = &text[..floor(text, DATELINE_REACH.min(text.len()))];
        let (dash, mark) = head.char_indices().find(|&(i, c)| {
            let after = &head[i + c.len_utf8()..];
            match c {
                '–' | '—' => true,
                '-' => head[..i].ends_with([' ', '\u{A0}']) && (after.starts_with([' ', '\u{A0}', '-'])),
                _ => false,
            }
        })?;
        let rest = dash
            + mark.len_utf8()
            + (text[dash + mark.len_utf8()..].len() - text[dash + mark.len_utf8()..].trim_start_matches(['-', '–', '—']).len());
        if text[rest..].trim().is_empty() {
            return None;
        }
        let words_end = head[..dash].trim_end().len();
        let line = &head[..words_end];
        let place = match line.strip_suffix(')').and_then(|l| l.rsplit_once('(')) {
            Some((place, agency)) => {
                let agency = agency.trim();
                let known =
                    self.0.iter().flat_map(|f| &f.agencies).any(|a| agency.split(['/', '-', ' ']).any(|p| p == a) || a == agency);
                if known && (place.trim().is_empty() || place.starts_with(char::is_uppercase)) && words(place) <= 9 {
                    return Some((words_end, rest));
                }
                place.trim()
            }
            None => line,
        };
        (self.is_capital_place(place) || is_written_date(place)).then_some((words_end, rest))
    }

    /// « ALMATY, Kazakhstan », but no « EXCLUSIF ».
    fn is_capital_place(&self, text: &str) -> bool {
        let (place, more) = text.split_once(',').unwrap_or((text, ""));
        let letters = place.chars().filter(|c| c.is_alphabetic()).count();
        (3..=30).contains(&letters)
            && words(place) <= 4
            && words(more) <= 5
            && place.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '-' | '\'' | '’' | '.'))
            && !self.0.iter().flat_map(|f| &f.slugs).any(|s| after(place, s).is_some())
    }
}

/// The words of `[caption id="…"]…[/caption]`, as WordPress writes captions; of old it kept them among the attributes.
fn classic_caption(text: &str) -> Option<Range<usize>> {
    const OPEN: &str = "[caption";
    let attributes = text.strip_prefix(OPEN)?;
    let words = attributes.strip_suffix("[/caption]")?;
    let named = words.find(" caption=").map(|i| i + " caption=".len());
    let value = named.and_then(|at| {
        let mark = words[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let end = words[at + 1..].find(mark)?;
        Some(at + 1..at + 1 + end)
    });
    let open = value.as_ref().map_or(0, |v| v.end) + words[value.as_ref().map_or(0, |v| v.end)..].find(']')?;
    let inside = if words[open + 1..].trim().is_empty() { value? } else { open + 1..words.len() };
    Some(OPEN.len() + inside.start..OPEN.len() + inside.end)
}

/// « 16 juin 2012. » before the dash: a day, a word, a year.
fn is_written_date(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_end_matches('.').split_whitespace().take(5).collect();
    let day = |s: &str| s.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u8>().is_ok_and(|d| (1..=31).contains(&d));
    let year = |s: &str| s.len() == 4 && s.parse::<u16>().is_ok();
    matches!(parts.as_slice(), [d, _, y] if day(d) && year(y))
}

/// « © X », but not "© 2021 The Paper. All rights reserved."
fn is_rights(text: &str) -> bool {
    let name = text.trim_start_matches(['©', ' ', '\u{A0}']);
    !name.is_empty() && words(name) <= CREDIT_WORDS && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether every word could be part of a name: small words of three letters at most, the others with a capital.
fn names_only(text: &str) -> bool {
    text.split([' ', '\u{A0}', '/', ',', '–', '—', '-'])
        .all(|w| w.chars().count() <= 4 || w.chars().next().is_some_and(|c| !c.is_lowercase()) || w.starts_with("iS"))
        && !text.contains(['!', '?', ';', '«', '»', '“', '”'])
}

/// How many words, counting no further than matters.
fn words(text: &str) -> usize {
    text.split_whitespace().take(CAPTION_WORDS + 2).filter(|w| w.contains(char::is_alphanumeric)).count()
}

/// The end of `word` at the start of `text`, in any case; any space is a space, any apostrophe an apostrophe.
pub(super) fn after(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    let mut end = 0;
    for w in word.chars() {
        let (i, c) = rest.next()?;
        let same = match w {
            ' ' => c.is_whitespace(),
            '\'' | '’' => matches!(c, '\'' | '’'),
            _ if c.is_ascii() && w.is_ascii() => c.eq_ignore_ascii_case(&w),
            _ => c == w || c.to_lowercase().eq(w.to_lowercase()),
        };
        if !same {
            return None;
        }
        end = i + c.len_utf8();
    }
    let edge = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    edge.then_some(end)
}

/// The greatest character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let end = range.start + text[range.clone()].trim_end().len();
    end - text[range.start..end].trim_start().len()..end
}

/// The end of the words before a credit, without the dash that parts the two.
fn rtrim_marks(text: &str, end: usize) -> usize {
    text[..end].trim_end_matches([' ', '\u{A0}', '\u{202F}', '—', '–', '-', '|', '(', '[', '/']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `words | credit`, or `none`.
    #[track_caller]
    fn credit(text: &str, picture: bool, expected: &str) {
        let words = Words::new(Languages::shipped());
        let got = match words.credit(text, picture) {
            Some(c) => format!("{} | {}", &text[..c.words], &text[c.credit]),
            None => "none".to_owned(),
        };
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn a_paragraph_that_closes_on_a_credit_is_a_caption() {
        credit("Le port au matin (Photo : Ana Lis/AFP)", false, "Le port au matin | Photo : Ana Lis/AFP");
        credit("Le port au matin. La grue fume (Photo : NORD/.)", false, "Le port au matin. La grue fume | Photo : NORD/.");
        credit("The quay (Photo: ././Coast)", false, "The quay | Photo: ././Coast");
        credit("Le port (Crédit photo : D. Ro).", false, "Le port | Crédit photo : D. Ro");
        credit("Le port en 1950 (photo d’archives)", false, "Le port en 1950 | photo d’archives");
        credit("Le port au matin © Ana Lis", false, "Le port au matin | © Ana Lis");
        credit("The quay at dawn. Photo by Ana Lis", false, "The quay at dawn. | Photo by Ana Lis");
        credit("The quay at dawn. Photograph: Ana Lis/Reuters", false, "The quay at dawn. | Photograph: Ana Lis/Reuters");
        credit("Le port au matin. ANA LIS/REUTERS", false, "Le port au matin. | ANA LIS/REUTERS");
        credit("Crédits photo : ANA LIS/AFP", false, " | Crédits photo : ANA LIS/AFP");
        credit("© DR", false, " | © DR");
    }

    #[test]
    fn a_paragraph_that_speaks_of_pictures_is_none() {
        for text in [
            "Le quai a brûlé cette nuit (photo ci-dessous)",
            "Le quai a brûlé cette nuit (PHOTOS + VIDEO)",
            "The quay burned last night (Photo: see below)",
            "Le quai a brûlé, a constaté un photographe de l'AFP.",
            "Le maire l'a dit à l'agence. (Avec AFP)",
            "Le ministre (Renaissance) l'a dit à Reuters.",
            "© 2021 Le Quai. Tous droits réservés",
            "Elle a pris une photo : celle du quai, où dormaient encore trois hommes",
            "Il a demandé un crédit : la banque a refusé.",
            "Photo by photo, she rebuilt the quay",
        ] {
            credit(text, false, "none");
        }
        let long = format!("{} (Photo : AFP)", "Le quai a brûlé cette nuit. ".repeat(12));
        credit(&long, false, "none");
    }

    #[test]
    fn under_a_picture_less_is_needed() {
        credit("The quay at dawn. (AP)", true, "The quay at dawn. | AP");
        credit("The quay at dawn (Ana Lis/Getty Images)", true, "The quay at dawn | Ana Lis/Getty Images");
        credit("The quay at dawn. Ana Lis / AP file", true, "The quay at dawn. | Ana Lis / AP file");
        credit("The quay at dawn. EPA-EFE/Ana Lis", true, "The quay at dawn. | EPA-EFE/Ana Lis");
        credit("Le quai à l'aube. — Ana Lis/AP", true, "Le quai à l'aube. | Ana Lis/AP");
        credit("The quay Photo: Ana Lis", true, "The quay | Photo: Ana Lis");
        credit("Coast News / Getty Images", true, " | Coast News / Getty Images");
        credit("The quay at dawn (Photo: Ana Lis)Lis", true, "The quay at dawn | Photo: Ana Lis");
        credit("The quay. (AP Photo/Ana Lis) AP Photo", true, "The quay. | AP Photo/Ana Lis");
        credit("The quay (FILE)", true, "The quay | FILE");
        credit("The quay at dawn. Getty", true, "The quay at dawn. | Getty");
        credit("The quay at dawn.Credit...Ana Lis for The Quay", true, "The quay at dawn. | Credit...Ana Lis for The Quay");
        credit("Ana Lis", true, "none");
        credit("The quay, seen from the north (left).", true, "none");
    }

    #[track_caller]
    fn dateline(text: &str, expected: &str) {
        let words = Words::new(Languages::shipped());
        let got = match words.dateline(text) {
            Some((end, rest)) => format!("{} | {}", &text[..end], text[rest..].trim_start()),
            None => "none".to_owned(),
        };
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn datelines() {
        dateline("PARIS (AFP) – Le port ferme.", "PARIS (AFP) | Le port ferme.");
        dateline("LONDON, March 3 (Reuters) - The port shuts.", "LONDON, March 3 (Reuters) | The port shuts.");
        dateline("Brest, 3 mars (AFP) -- Le port ferme.", "Brest, 3 mars (AFP) | Le port ferme.");
        dateline("(Reuters) - The port shuts.", "(Reuters) | The port shuts.");
        dateline("ALMATY, Kazakhstan — The port shuts.", "ALMATY, Kazakhstan | The port shuts.");
        dateline("SAINT-MALO – Le port ferme.", "SAINT-MALO | Le port ferme.");
        dateline("16 juin 2012. - Le port ferme.", "16 juin 2012. | Le port ferme.");
        dateline("EXCLUSIF – Le port ferme.", "none");
        dateline("Le maire (LREM) – qui a fermé le port – se tait.", "none");
        dateline("Le port – le plus grand – ferme.", "none");
        dateline("Saint-Malo ferme son port.", "none");
    }
}
