//! Notes to the desk, bylines, slugs and sign-offs.

use super::{BYLINE_WORDS, Words, after, words};
use crate::language::Furniture;

impl Words<'_> {
    /// « NDLR : … », "(EDS: …)".
    pub fn is_note(&self, text: &str) -> bool {
        let inner = text.trim_start_matches(['(', '[', '*', '/', ' ']);
        let bracketed = inner.len() < text.len();
        if bracketed && text.ends_with([')', ']', '/']) && self.opens_with(inner, |f| &f.bracketed_notes) || self.is_slug(text) {
            return true;
        }
        self.0.iter().flat_map(|f| &f.note_openers).any(|opener| {
            inner.strip_prefix(opener.as_str()).is_some_and(|rest| {
                let rest = rest.trim_start();
                rest.is_empty()
                    || rest.starts_with([':', '/', ']', ')'])
                    || (rest.starts_with(['-', '–', '—']) && (bracketed || opener.chars().all(|c| !c.is_lowercase())))
            })
        })
    }

    /// « Par Jeanne Martin », "By Jane Martin in Almaty".
    pub fn is_byline(&self, text: &str) -> bool {
        if self.is_shared(text) {
            return true;
        }
        if text.len() > 200 || text.ends_with(['.', '!', '?', ':', ';', ',']) || words(text) > BYLINE_WORDS {
            return false;
        }
        self.0.iter().flat_map(|f| &f.byline_openers).any(|opener| {
            after(text, opener).is_some_and(|at| {
                let rest = text[at..].trim_start_matches([' ', ':', '\u{A0}', ',']);
                let mut names = rest.split_whitespace().filter(|w| w.starts_with(char::is_uppercase));
                rest.starts_with(char::is_uppercase) && names.nth(1).is_some()
            })
        })
    }

    /// Whether a text opens with one of the words, as written.
    fn opens_with(&self, text: &str, list: impl Fn(&Furniture) -> &Vec<String>) -> bool {
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        self.0.iter().any(|f| list(f).iter().any(|w| text.strip_prefix(w.as_str()).is_some_and(ends)))
    }

    /// « URGENT », « LEAD- », « ACTU »: a slug that stands alone.
    fn is_slug(&self, text: &str) -> bool {
        let bare = text.trim_matches(['-', '–', '—', ':', '/', ' ', '(', ')', '*']);
        !bare.is_empty()
            && !bare.chars().any(char::is_lowercase)
            && self.0.iter().flat_map(|f| &f.slugs).any(|slug| after(bare, slug).is_some_and(|at| at == bare.len()))
    }

    /// « avec AFP », « Le Courrier, avec AFP et Reuters »: who shares the story.
    fn is_shared(&self, text: &str) -> bool {
        let bare = text.trim_matches(['(', ')', '[', ']', ' ', '.']);
        if words(bare) > BYLINE_WORDS {
            return false;
        }
        self.0.iter().flat_map(|f| &f.shared_openers).any(|opener| {
            let at = after(bare, opener).or_else(|| {
                let spaced = format!(" {opener} ");
                bare.rfind(&spaced).map(|i| i + spaced.len())
            });
            at.is_some_and(|at| {
                let before = bare[..at].trim_end();
                let before = before.get(..before.len().saturating_sub(opener.len())).unwrap_or_default();
                let named = before.split_whitespace().all(|w| !w.starts_with(char::is_lowercase));
                named && self.is_agency_form(bare[at..].trim_start_matches([' ', ':']), false)
            })
        })
    }
}

/// `jmp/ab/cbn`, `bur-jmp/ab`: the initials of those who wrote and edited.
pub(super) fn is_sign_off(text: &str) -> bool {
    let initials = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    let text = text.trim_matches(['(', ')', ' ']);
    text.contains('/') && text.split(['/', '-']).count() >= 2 && text.split(['/', '-']).all(initials)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Languages;

    #[test]
    fn bylines_and_notes() {
        let words = Words::new(Languages::shipped());
        for text in [
            "Par Jeanne Martin",
            "By Jane Martin in Almaty",
            "Propos recueillis par Ana Lis",
            "avec AFP",
            "(avec AFP)",
            "Le Courrier, avec AFP et Reuters",
        ] {
            assert!(words.is_byline(text), "{text}");
        }
        for text in
            ["Par temps de neige, le port ferme", "By Friday the port was shut", "Par Toutatis", "Il est venu avec AFP", "avec Ana"]
        {
            assert!(!words.is_byline(text), "{text}");
        }
        for text in [
            "NDLR : le maire a été joint.",
            "(EDS: adds quote)",
            "Editor's note: this was changed.",
            "ATTENTION - AJOUTE détails ///",
            "ATTENTION - actualise ///",
            "(Adds quote, background)",
            "(Actualisé avec le bilan)",
            "URGENT",
            "LEAD-",
            "ACTU",
        ] {
            assert!(words.is_note(text), "{text}");
        }
        for text in [
            "Correction des copies : le calvaire",
            "Attention : travaux",
            "Mise à jour des listes électorales",
            "Urgent",
            "(Il ajoute un mot)",
        ] {
            assert!(!words.is_note(text), "{text}");
        }
    }

    #[test]
    fn sign_offs() {
        for text in ["jmp/ab/cbn", "bur-jmp/ab", "(jmp/ab)"] {
            assert!(is_sign_off(text), "{text}");
        }
        for text in ["24/7", "Il/elle", "et/ou bien", "km"] {
            assert!(!is_sign_off(text), "{text}");
        }
    }
}
