//! A credit names somebody in each of its parts.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::furniture::Furniture;
use crate::span::Span;

/// `well-formed`: between the slashes of a credit stands a name, and its brackets close.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WellFormed {
    /// What would be wrong.
    #[serde(default)]
    pub but: Fault,
    /// What cameras put before the number of a picture: `img`.
    #[serde(default)]
    pub cameras: Vec<String>,
    /// What names of files end in: `jpg`.
    #[serde(default)]
    pub endings: Vec<String>,
}

/// What may be wrong with a credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A part is missing.
    #[default]
    Missing,
    /// It says something twice.
    Doubled,
    /// The name of a file stands where somebody is named.
    File,
    /// It is nearly the name of an agency.
    Misspelt,
}

impl Relation for WellFormed {
    fn roles(&self) -> &'static [&'static str] {
        &["credit"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let conflict = |span| Conflict { roles: vec![("credit", span)], values: Bindings::default(), facets: Facets::default() };
        let credits = self.credits(a);
        if self.but == Fault::Misspelt {
            let furniture: Vec<&Furniture> = a.languages.iter().map(|(_, l)| &*l.furniture).collect();
            return credits.into_iter().flat_map(|span| misspelt(span, &a.doc.text, &furniture)).map(conflict).collect();
        }
        let bare = if self.but == Fault::Missing { nobody(a) } else { Vec::new() };
        let broken = credits
            .into_iter()
            .map(|span| {
                let open = span.of(&a.doc.text).starts_with(['(', '[']) && !span.of(&a.doc.text).ends_with([')', ']']);
                if self.but == Fault::Doubled || open { span } else { name(span, &a.doc.text) }
            })
            .filter(|span| {
                let words = span.of(&a.doc.text);
                match self.but {
                    Fault::Missing => is_broken(words),
                    Fault::Doubled => is_doubled(words),
                    Fault::File => self.names_file(words),
                    Fault::Misspelt => false,
                }
            });
        broken.chain(bare).map(conflict).collect()
    }
}

/// What stands in a bracket that nobody has closed is no longer.
const OPEN: usize = 60;

impl WellFormed {
    /// The credits of a draft: those that stand by themselves, and those in brackets behind a text, closed or not.
    fn credits(&self, a: &Analysis) -> Vec<Span> {
        let mut out = Vec::new();
        for block in &a.doc.blocks {
            if block.kind == BlockKind::Credit {
                out.push(block.span);
            } else if let Some(language) = a.languages.get(block.lang) {
                let (text, start) = (block.span.of(&a.doc.text), block.span.start as usize);
                let open = empty_end(text, &language.furniture).filter(|_| block.kind == BlockKind::Caption);
                out.extend(open.map(|at| Span::new(start + at, start + text.trim_end().len())));
                for (at, _) in text.match_indices(['(', '[']) {
                    let inside = &text[at + 1..];
                    if self.labelled(inside, &language.furniture) {
                        // A bracket that closes is none of the credit's words.
                        let end = inside.find([')', ']']).map(|close| at + 1 + close);
                        let from = if end.is_some() { at + 1 } else { at };
                        out.push(Span::new(start + from, start + end.unwrap_or(text.len())));
                    }
                }
            }
        }
        out
    }

    /// Whether a text begins with the label of a credit and its colon, or with one and a name: « Photo : », « photo IMG_4471.jpg ».
    fn labelled(&self, text: &str, furniture: &Furniture) -> bool {
        let letters: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
        let after = |label: &String| {
            let rest = letters.strip_prefix(label.as_str())?;
            let rest = rest.trim_start();
            let open = !text.contains([')', ']']) && text.chars().count() <= OPEN;
            let named =
                open && text[label.len().min(text.len())..].trim_start().starts_with(|c: char| c.is_uppercase() || c == '©');
            let nobody = furniture
                .credit_joiners
                .iter()
                .any(|j| rest.strip_prefix(j.as_str()).is_some_and(|r| r.trim_start().starts_with([')', ']'])));
            Some(rest.starts_with(':') || nobody || named || self.names_file(rest.split_whitespace().next()?))
        };
        furniture.credit_labels.iter().filter_map(after).any(|sure| sure)
    }

    /// Whether a word is the name of a file: « IMG_4471.jpg ».
    fn names_file(&self, credit: &str) -> bool {
        !credit.contains("://")
            && credit.split_whitespace().any(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                let ends =
                    word.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && self.endings.iter().any(|e| e == end));
                let camera = word.split_once(['_', '-']).is_some_and(|(head, rest)| {
                    self.cameras.iter().any(|c| c == head) && rest.chars().take_while(char::is_ascii_digit).count() >= 3
                });
                ends || camera
            })
    }
}

/// Where a line or a caption ends in a label and its preposition, with nobody behind them: "Photograph by", "Additional reporting by".
fn nobody(a: &Analysis) -> Vec<Span> {
    let mut out = Vec::new();
    for block in &a.doc.blocks {
        let Some(language) = a.languages.get(block.lang) else { continue };
        let text = block.span.of(&a.doc.text).trim_end_matches([' ', ':', '*', '_']);
        let lower = text.to_lowercase();
        let end = |tail: &str| lower.strip_suffix(tail).map(str::trim_end);
        let furniture = &language.furniture;
        let labelled = furniture.credit_joiners.iter().filter(|j| j.len() > 1).filter_map(|j| end(j)).find_map(|before| {
            let label = furniture.credit_labels.iter().find(|l| before.ends_with(l.as_str()))?;
            let ahead = before[..before.len() - label.len()].trim_end();
            (ahead.is_empty() || ahead.ends_with(['.', '!', '?', '»'])).then_some(before.len() - label.len())
        });
        let tokens = a.tokens_in(block.span);
        let helps = !tokens.is_empty()
            && language
                .cues
                .get("help-credit")
                .at(a, tokens.start)
                .is_some_and(|len| tokens.start + len >= tokens.end.saturating_sub(1));
        let open = helps && furniture.credit_joiners.iter().any(|j| end(j).is_some());
        let start = if open { Some(0) } else { labelled.filter(|_| lower.len() == text.len()) };
        out.extend(start.map(|at| Span::new(block.span.start as usize + at, block.span.start as usize + text.len())));
    }
    out
}

/// The parts of a credit that are an agency's name but for a letter or two.
fn misspelt(credit: Span, text: &str, furniture: &[&Furniture]) -> Vec<Span> {
    let words = credit.of(text);
    let known = || furniture.iter().flat_map(|f| &f.agencies);
    let mut out = Vec::new();
    let mut at = 0;
    for part in words.split(['/', ',', ';', '|', '(', ')', '–', '—', ':']) {
        let name = part.trim();
        let start = credit.start as usize + at + (part.len() - part.trim_start().len());
        at += part.len() + words[at + part.len()..].chars().next().map_or(0, char::len_utf8);
        let letters = name.chars().count();
        let near = |agency: &String| {
            let allowed = if letters >= 9 { 2 } else { 1 };
            agency.chars().count() >= 5
                && agency.chars().next().map(|c| c.to_ascii_lowercase()) == name.chars().next().map(|c| c.to_ascii_lowercase())
                && strsim::osa_distance(&agency.to_lowercase(), &name.to_lowercase()) <= allowed
        };
        let is = |other: &String| other.to_lowercase() == name.to_lowercase();
        let label = || furniture.iter().any(|f| f.credit_labels.iter().chain(&f.credit_names).any(is));
        if letters >= 5 && !known().any(is) && !label() && known().any(near) {
            out.push(Span::new(start, start + name.len()));
        }
    }
    out
}

/// Where a caption ends in the label of a credit, with nobody behind it: « … en avril. Photo : ».
fn empty_end(text: &str, furniture: &Furniture) -> Option<usize> {
    let text = text.trim_end();
    let bare = text.strip_suffix(':')?.trim_end();
    let lower = bare.to_lowercase();
    let label = furniture.credit_labels.iter().find(|label| {
        let before = lower.strip_suffix(label.as_str());
        before.is_some_and(|before| before.trim_end().ends_with(['.', '!', '?', '…', '»']))
    })?;
    let at = bare.char_indices().rev().nth(label.chars().count().saturating_sub(1))?.0;
    Some(at)
}

/// What stands after the label of a credit: « TASS » in « Photo : TASS ».
pub(super) fn name(credit: Span, text: &str) -> Span {
    let words = credit.of(text);
    let Some(colon) = words.find(':').filter(|i| !words[*i..].starts_with("://")) else { return credit };
    let after = &words[colon + 1..];
    let start = credit.start as usize + colon + 1 + (after.len() - after.trim_start().len());
    if after.trim().is_empty() { credit } else { Span::new(start, credit.end as usize) }
}

/// Whether a part between slashes names nobody, or a bracket stands alone. A credit with no slash and no bracket is one name.
pub(super) fn is_broken(name: &str) -> bool {
    if name.contains("://") {
        return false;
    }
    let nameless = |part: &str| !part.chars().any(char::is_alphanumeric);
    let mut depth = 0i32;
    let balanced = name.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0;
    (name.contains('/') && name.split('/').any(nameless))
        || !balanced
        || nameless(name)
        || name.trim_end().ends_with(':')
        || name.split_whitespace().count() == 2 && name.ends_with(' ')
}

/// Whether a sign, or a part of two words or more, stands twice side by side.
fn is_doubled(credit: &str) -> bool {
    let signs: String = credit.chars().filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<String> = credit
        .split([',', ';', '|', '/', '–', '—'])
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect();
    // The label may stand once or twice: « Photo : Michel Astier, Michel Astier ».
    let bare = |part: &str| part.split([':', '©']).next_back().unwrap_or_default().trim().to_owned();
    let labels: Vec<&str> = credit.split(':').map(|part| part.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let label = labels.windows(2).any(|two| !two[0].is_empty() && two[0].eq_ignore_ascii_case(two[1]));
    let long = |part: &str| part.split_whitespace().count() >= 2;
    // « Photo photo Anne Roy », and an agency that stands at the end of a chain twice: "Ann Roy/AFP/AFP".
    let first: Vec<&str> = credit.split_whitespace().take(2).collect();
    let stammers = matches!(first[..], [x, y] if x.len() > 2 && x.eq_ignore_ascii_case(y));
    let chain = parts.len() >= 3 && parts.windows(2).any(|two| !two[0].is_empty() && two[0] == two[1]);
    signs.contains("©©")
        || label
        || stammers
        || chain
        || parts.windows(2).any(|two| long(&bare(&two[0])) && bare(&two[0]) == bare(&two[1]))
}

#[cfg(test)]
mod tests {
    use super::{WellFormed, is_broken, is_doubled};

    #[test]
    fn what_stands_twice_is_told() {
        for doubled in [
            "© © Office",
            "(Photo Michel Astier, photo Michel Astier)",
            "Photo : Ann Roy/Ann Roy",
            "Photo : Ann Roy, photo : Ann Roy",
            "(Photo: Photo: Ann Roy)",
        ] {
            assert!(is_doubled(doubled), "{doubled}");
        }
        for sound in ["© Office", "Photo : Ann Roy/AFP", "Ann Roy, Luc Roy", "AFP/AFP"] {
            assert!(!is_doubled(sound), "{sound}");
        }
    }

    #[test]
    fn names_of_files_are_known_by_their_form() {
        let list = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect();
        let rule = WellFormed { but: super::Fault::File, cameras: list(&["img", "dsc"]), endings: list(&["jpg", "jpeg", "cr2"]) };
        for file in ["(Photo IMG_4471.jpg)", "Pic by DSC_0098.CR2", "img-2231", "vue-port.JPEG"] {
            assert!(rule.names_file(file), "{file}");
        }
        for sound in ["Photo : Ann Roy", "https://example.org/a.jpg", "P. Roy", "M.-P. Roy"] {
            assert!(!rule.names_file(sound), "{sound}");
        }
    }

    #[test]
    fn a_part_without_a_name_breaks_a_credit() {
        for broken in ["././Agence", "AFP/.", "/AP", "AFP/", ". /EPA", "A//B", ".", "AFP)"] {
            assert!(is_broken(broken), "{broken}");
        }
        for sound in ["AFP", "Jeanne Roy/AFP", "J. Roy / AFP", "AFP (archives)", "https://example.org/a//b", "© DR"] {
            assert!(!is_broken(sound), "{sound}");
        }
    }
}
