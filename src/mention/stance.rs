//! Who says so, how surely, where and when: the stance and the frame of every mention.

use std::ops::Range;

use crate::analysis::{Analysis, ChunkKind, Frame, PlaceRole, Stance, Stances, Value, VerbGroup, mark};
use crate::facet::{Facet, Facets};
use crate::language::grammar::Tense;
use crate::language::places::PlaceId;
use crate::span::Span;

impl Analysis<'_> {
    /// What may clear a finding at these words, from how they are said: quoted, attributed, denied, hypothetical.
    pub fn facets_at(&self, span: Span) -> Facets {
        let tokens = self.tokens_in(span);
        if tokens.is_empty() {
            return Facets::default();
        }
        let stance = stance_at(self, tokens.start);
        let mut facets = Facets::default();
        facets.insert_if(stance.quoted, Facet::Quoted);
        facets.insert_if(stance.negated, Facet::Negated);
        facets.insert_if(stance.hypothetical, Facet::Hypothetical);
        facets.insert_if(stance.source.is_some(), Facet::Attributed);
        facets
    }
}

/// Sets the stance and the frame of every mention.
pub(super) fn set(a: &mut Analysis) {
    let story_year = a.doc.meta.published.map(|(d, _)| d.year());
    let mut frames: Vec<Option<(Stance, Frame)>> = vec![None; a.clauses.len()];
    // What holds of a whole sentence is looked for once: a sentence may have thousands of clauses.
    let mut said: Option<(u32, Said)> = None;
    let mut quoted_until = 0;
    for i in 0..a.mentions.len() {
        let (clause, token) = (a.mentions[i].clause as usize, a.mentions[i].tokens.0 as usize);
        if frames[clause].is_none() {
            let sentence = a.clauses[clause].sentence;
            let said = match &said {
                Some((s, known)) if *s == sentence => known,
                _ => &said.insert((sentence, of_sentence(a, a.sentence(token)))).1,
            };
            let stance = of_clause(a, clause, said.source);
            let frame = frame(a, clause, story_year, said);
            frames[clause] = Some((stance, frame));
        }
        if let Some((stance, frame)) = &frames[clause] {
            if matches!(a.mentions[i].value, Value::Quotation(_)) {
                quoted_until = a.mentions[i].tokens.1 as usize;
            }
            let quoted = token < quoted_until;
            a.mentions[i].stance = Stance { quoted, ..stance.clone() };
            a.mentions[i].frame = frame.clone();
        }
    }
}

/// The stance in which a token stands.
fn stance_at(a: &Analysis, token: usize) -> Stance {
    if a.clauses.is_empty() {
        return Stance::default();
    }
    let stances = a.stances.get_or_init(|| Stances::of(a));
    let clause = a.clause(token);
    let stance = stances.clauses[clause].get_or_init(|| {
        let sentence = a.clauses[clause].sentence;
        let words = a.sentence(a.clauses[clause].tokens.0 as usize);
        of_clause(a, clause, *stances.sources[sentence as usize].get_or_init(|| source(a, words)))
    });
    Stance { quoted: stances.quoted(a, token), ..stance.clone() }
}

/// What all clauses of a sentence share.
struct Said {
    source: Option<Span>,
    place: Option<PlaceId>,
    date: Option<(Option<i16>, Option<jiff::civil::Date>)>,
    background: bool,
}

fn of_sentence(a: &Analysis, sentence: Range<usize>) -> Said {
    let background = a.language(sentence.start).is_some_and(|l| l.cues.get("background").stands_in(a, sentence.clone()));
    Said { source: source(a, sentence.clone()), place: locative(a, sentence.clone()), date: date(a, sentence), background }
}

fn of_clause(a: &Analysis, clause: usize, source: Option<Span>) -> Stance {
    let c = a.clauses[clause];
    let tokens = c.tokens.0 as usize..c.tokens.1 as usize;
    let sentence = a.sentence(tokens.start);
    let Some(language) = a.language(tokens.start) else { return Stance::default() };
    let cues = &language.cues;
    let verb = c.verb.and_then(|v| match a.chunks[v as usize].kind {
        ChunkKind::Verb(v) => Some(v),
        ChunkKind::Noun { .. } => None,
    });
    let asked = mark(a, sentence.end - 1) == Some('?') || (sentence.len() > 1 && mark(a, sentence.end - 2) == Some('?'));
    let hypothetical = asked
        || matches!(verb, Some(VerbGroup { tense: Tense::Conditional | Tense::Future | Tense::Subjunctive, .. }))
        || cues.get("condition").stands_in(a, tokens.clone())
        || cues.get("hearsay").stands_in(a, tokens.clone());
    Stance { source, quoted: false, negated: verb.is_some_and(|v| v.negated), hypothetical }
}

/// The words that name who says what a sentence says: after « selon », or the subject of a verb of saying.
pub(crate) fn source(a: &Analysis, sentence: Range<usize>) -> Option<Span> {
    let language = a.language(sentence.start)?;
    let cues = &language.cues;
    for i in sentence.clone() {
        if let Some(len) = cues.get("attribution").at(a, i) {
            let from = i + len;
            let past = (from..sentence.end).find(|&j| mark(a, j).is_some()).unwrap_or(sentence.end).min(from + 8);
            if from < past {
                return Some(a.span(from..past));
            }
        }
    }
    for c in clauses_in(a, &sentence) {
        let clause = a.clauses[c];
        let Some(verb) = clause.verb.map(|v| a.chunks[v as usize]) else { continue };
        if cues.get("saying").at(a, verb.head as usize).is_none() {
            continue;
        }
        let first = a.chunks.partition_point(|k| k.tokens.0 < clause.tokens.0);
        let groups = || a.chunks[first..].iter().take_while(|k| k.tokens.0 < clause.tokens.1);
        let bare = |k: &&crate::analysis::Chunk| matches!(k.kind, ChunkKind::Noun { preposition: None, .. });
        let subject = groups()
            .filter(bare)
            .find(|k| k.tokens.1 <= verb.tokens.0)
            .or_else(|| groups().filter(bare).find(|k| k.tokens.0 >= verb.tokens.1));
        if let Some(k) = subject {
            return Some(a.span(k.tokens.0 as usize..k.tokens.1 as usize));
        }
    }
    None
}

fn clauses_in(a: &Analysis, sentence: &Range<usize>) -> Range<usize> {
    let from = a.clauses.partition_point(|c| (c.tokens.0 as usize) < sentence.start);
    let to = a.clauses.partition_point(|c| (c.tokens.0 as usize) < sentence.end);
    from..to
}

/// Where and when a clause says that it happens: what the clause itself says, else its sentence.
fn frame(a: &Analysis, clause: usize, story_year: Option<i16>, said: &Said) -> Frame {
    let c = a.clauses[clause];
    let tokens = c.tokens.0 as usize..c.tokens.1 as usize;
    if a.language(tokens.start).is_none() {
        return Frame::default();
    }
    let place = locative(a, tokens.clone()).or(said.place);
    let (year, day) = date(a, tokens.clone()).or(said.date).unwrap_or((None, None));
    let background =
        a.tense(clause) == Some(Tense::Pluperfect) || year.is_some_and(|y| story_year.is_none_or(|s| s != y)) || said.background;
    Frame { place, year, day, background }
}

fn locative(a: &Analysis, tokens: Range<usize>) -> Option<PlaceId> {
    a.mentions_in(tokens).iter().find_map(|m| match &m.value {
        Value::Place(p) if p.role == PlaceRole::Locative => Some(p.id),
        _ => None,
    })
}

fn date(a: &Analysis, tokens: Range<usize>) -> Option<(Option<i16>, Option<jiff::civil::Date>)> {
    a.mentions_in(tokens).iter().find_map(|m| match &m.value {
        Value::Date(d) => Some((d.year.or(d.resolved.map(|r| r.year())), d.resolved)),
        _ => None,
    })
}
