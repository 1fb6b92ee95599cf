//! Votes: what was adopted had more for it than against it.

use std::ops::Range;

use crate::analysis::{Analysis, ChunkKind, Mention, Value, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::relation::Conflict;
use crate::relation::ballot::{Ballot, ballots};
use crate::relation::figure::{Figure, Unit, cue_in, figure, find_cue};

/// The votes whose result is not what their numbers say.
pub(super) fn conflicts(a: &Analysis) -> Vec<Conflict> {
    let all = ballots(a);
    let mut found: Vec<Conflict> = all.iter().filter_map(|b| conflict(a, b, all.len() == 1)).collect();
    found.extend(above(a, &all));
    if let [only] = &all[..] {
        found.extend(dissent(a, only));
    }
    found
}

/// What the words around a vote say came of it.
struct Result {
    tokens: Range<usize>,
    carried: bool,
}

fn conflict(a: &Analysis, b: &Ballot, alone: bool) -> Option<Conflict> {
    let sentence = a.sentence(b.tokens.start);
    let block = a.tokens_in(a.block(b.tokens.start).span);
    let before = sentence.start.checked_sub(1).filter(|i| block.contains(i)).map(|i| a.sentence(i));
    // « le groupe vert, divisé (14 oui, 9 non) »: another count than the one that decided.
    let aside = b.tokens.start.checked_sub(1).is_some_and(|i| mark(a, i) == Some('('));
    // Another majority is needed where one is named.
    let past = if block.contains(&sentence.end) { a.sentence(sentence.end).end } else { sentence.end };
    let wide = before.clone().map_or(sentence.start, |s| s.start)..past;
    let simple = cue_in(a, "simple-majority", wide.clone());
    if aside || !simple && cue_in(a, "vote-threshold", wide) {
        return None;
    }
    let headline = || {
        let headline = a.doc.blocks.iter().find(|b| b.kind == BlockKind::Headline).filter(|_| alone)?;
        result(a, a.tokens_in(headline.span), b)
    };
    let result = result(a, sentence, b).or_else(|| result(a, before?, b)).or_else(headline)?;
    let broken = if result.carried { b.ayes < b.noes } else { b.told && b.ayes > b.noes };
    let mut facets = Facets::default();
    facets.insert_if(negated(a, result.tokens.start), Facet::Negated);
    let roles = vec![("result", a.span(result.tokens)), ("count", a.span(b.tokens.clone()))];
    broken.then(|| Conflict { roles, values: Bindings::default(), facets })
}

/// The one result that a sentence tells outside its numbers.
fn result(a: &Analysis, sentence: Range<usize>, b: &Ballot) -> Option<Result> {
    let outside = |set: &str| -> Option<Range<usize>> {
        let (ahead, behind) = (
            sentence.start..b.tokens.start.clamp(sentence.start, sentence.end),
            b.tokens.end.clamp(sentence.start, sentence.end)..sentence.end,
        );
        find_cue(a, set, ahead).or_else(|| find_cue(a, set, behind))
    };
    match (outside("vote-carried"), outside("vote-lost")) {
        (Some(tokens), None) => Some(Result { tokens, carried: true }),
        (None, Some(tokens)) => Some(Result { tokens, carried: false }),
        _ => None,
    }
}

/// How many are said to dissent from a vote, or by how many it was won, in its sentence or those beside it.
fn dissent(a: &Analysis, b: &Ballot) -> Option<Conflict> {
    let sentence = a.sentence(b.tokens.start);
    let block = a.tokens_in(a.block(b.tokens.start).span);
    let from = sentence.start.checked_sub(1).filter(|i| block.contains(i)).map_or(sentence.start, |i| a.sentence(i).start);
    let past = if block.contains(&sentence.end) { a.sentence(sentence.end).end } else { sentence.end };
    let (most, least) = (b.ayes.max(b.noes), b.ayes.min(b.noes));
    let apart = most.sub(least)?;
    let outside = |f: &Figure| f.tokens().end <= b.tokens.start || f.tokens().start >= b.tokens.end;
    let told: Vec<Figure> = a.mentions_in(from..past).iter().filter_map(figure).filter(outside).collect();
    told.iter().find_map(|f| {
        let at = f.mention.tokens.0 as usize;
        let language = a.language(at)?;
        let Unit::Count(head) = f.unit else { return None };
        let noun = head.unwrap_or(f.tokens().end).min(a.tokens.len() - 1);
        let dissents = language.cues.get("dissenter-noun").at(a, noun).is_some() && f.amount.written != least;
        // "a majority *of 12*"; « une majorité de 27 voix » may be those who won.
        let majority = language.cues.get("majority-of").before(a, at, a.sentence(at).start).is_some()
            && ![most, least, apart].contains(&f.amount.written);
        // "a majority of 8,114 *in 2019*": of another vote.
        let past = f.tokens().end;
        let dated = |m: &Mention| matches!(m.value, Value::Date(_) | Value::Period(_));
        let other = a.mentions_in(past..(past + 4).min(a.sentence(at).end)).iter().any(dated);
        let majority = majority && !other;
        let roles = vec![("result", f.span(a)), ("count", a.span(b.tokens.clone()))];
        (f.amount.is_exact() && (dissents || majority)).then(|| Conflict {
            roles,
            values: Bindings::default(),
            facets: Facets::default(),
        })
    })
}

/// Whether the verb that a token belongs to is denied.
fn negated(a: &Analysis, token: usize) -> bool {
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= token);
    a.chunks.get(at).is_some_and(|c| matches!(c.kind, ChunkKind::Verb(v) if v.negated && c.tokens.0 as usize <= token))
}

/// The vote of the headline, where the story counts its one vote otherwise.
fn above(a: &Analysis, all: &[Ballot]) -> Option<Conflict> {
    let head = |b: &&Ballot| matches!(a.kind(b.tokens.start), BlockKind::Headline | BlockKind::Standfirst);
    let (above, below): (Vec<&Ballot>, Vec<&Ballot>) = all.iter().partition(head);
    let ([above], [below]) = (&above[..], &below[..]) else { return None };
    let pair = |b: &Ballot| (b.ayes.max(b.noes), b.ayes.min(b.noes));
    let ((x, y), (v, w)) = (pair(above), pair(below));
    // One of the two numbers says that it is the same vote.
    let one = (x == v) != (y == w);
    let roles = vec![("result", a.span(above.tokens.clone())), ("count", a.span(below.tokens.clone()))];
    one.then(|| Conflict { roles, values: Bindings::default(), facets: Facets::default() })
}
