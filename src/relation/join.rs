//! The names of a story, read once for all relations that ask for them: how each is written, in which parts, where it stands, and
//! what the story says of whom it names.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::presented;
use super::support::{blocks, fold, repeats, says};
use crate::analysis::{
    Analysis, Case, Mention, NameForm as Form, NameKind as Kind, NamePart as Part, Names, Standing, Value, mark,
};
use crate::document::BlockKind;
use crate::language::cut::{is_apostrophe, is_hyphen};
use crate::language::names::first_names;
use crate::language::{Language, TokenKind};
use crate::mention::word::{is_item, title_cased};
use crate::syntax::{begins, is_verbless};

/// The names of a draft; read when a relation first asks.
pub(super) fn names<'a>(a: &'a Analysis) -> &'a Names {
    a.names.get_or_init(|| Names { forms: forms(a) })
}

/// The forms of people and bodies, of places of several words, and of other capitalised words that stand together.
fn forms(a: &Analysis) -> Vec<Form> {
    let repeated = repeats(a);
    // Two of a line-up may be called alike.
    let verbless: Vec<bool> =
        a.sentences.iter().map(|s| s.end - s.start > 2 && is_verbless(a, s.start as usize..s.end as usize)).collect();
    let listed = |m: &Mention| verbless[m.sentence as usize] && is_item(a, &(m.tokens.0 as usize..m.tokens.1 as usize));
    let mut by_parts: BTreeMap<Vec<Part>, Form> = BTreeMap::new();
    for m in a.mentions.iter().filter(|m| !repeated[m.sentence as usize]) {
        let tokens = m.tokens.0 as usize..m.tokens.1 as usize;
        let words = tokens.clone().filter(|&i| a.tokens[i].kind != TokenKind::Mark).count();
        match &m.value {
            Value::Person(p) => {
                let alone = p.given.0 == p.given.1;
                if words == 0 || words == 1 && (!alone || listed(m)) {
                    continue;
                }
                // A civil title introduces nobody: it stands again with each mention.
                let civil = says(a, "civil-title", p.title.0 as usize..p.title.1 as usize);
                let given = parts(a, p.given.0 as usize..p.given.1 as usize).len();
                let tabled = matches!(a.kind(tokens.start), BlockKind::TableCell | BlockKind::ListItem);
                let (name, given) =
                    if tabled { in_order(parts(a, tokens.clone()), given) } else { (parts(a, tokens.clone()), given) };
                let form = put_as(a, &mut by_parts, (Kind::Person, name, given), tokens);
                if given > 0 && words > 1 {
                    form.presented |= !civil && presented::titled(a, p.title) || presented::presented(a, m.tokens);
                    form.introduced |= !civil && presented::titled(a, p.title) || presented::introduced(a, m.tokens);
                    form.described.extend(presented::description(a, p.title, m.tokens));
                    form.brought_in |= presented::brought_in(a, m.tokens);
                    form.listed |= presented::listed(a, m.tokens);
                }
                form.human |= words > 1 || civil;
                form.person |= given > 0 || words == 1;
            }
            Value::Organisation(_) if words > 1 || hyphened(a, tokens.clone()) => _ = put(a, &mut by_parts, Kind::Body, tokens, 0),
            Value::Place(_) if words > 1 || hyphened(a, tokens.clone()) => _ = put(a, &mut by_parts, Kind::Place, tokens, 0),
            _ => {}
        }
    }
    for tokens in initialled(a) {
        let given = parts(a, tokens.clone()).len() - 1;
        let form = put(a, &mut by_parts, Kind::Person, tokens, given);
        (form.person, form.human) = (true, true);
    }
    for tokens in runs(a) {
        if !repeated[a.tokens[tokens.start].sentence as usize] {
            put(a, &mut by_parts, Kind::Thing, tokens, 0);
        }
    }
    let mut forms: Vec<Form> = by_parts.into_values().collect();
    forms.sort_by_key(|f| f.places[0].span);
    forms
}

/// Puts a place of a name among the places of its form.
fn put<'f>(a: &Analysis, forms: &'f mut BTreeMap<Vec<Part>, Form>, kind: Kind, tokens: Range<usize>, given: usize) -> &'f mut Form {
    let parts = parts(a, tokens.clone());
    put_as(a, forms, (kind, parts, given), tokens)
}

/// Puts a place among the places of a form that is known.
fn put_as<'f>(
    a: &Analysis,
    forms: &'f mut BTreeMap<Vec<Part>, Form>,
    (kind, parts, given): (Kind, Vec<Part>, usize),
    tokens: Range<usize>,
) -> &'f mut Form {
    let capitals = tokens.clone().any(|i| a.tokens[i].case == Case::Upper);
    let form = forms.entry(parts.clone()).or_insert_with(|| Form {
        kind,
        given: 0,
        parts,
        places: Vec::new(),
        person: false,
        human: false,
        presented: false,
        introduced: false,
        described: HashSet::new(),
        brought_in: false,
        listed: false,
        capitals: true,
    });
    form.capitals &= capitals;
    form.given = form.given.max(given.min(form.parts.len()));
    form.kind = form.kind.min(kind);
    let belongs = presented::belongs(a, tokens.start);
    form.places.push(Standing { span: a.span(tokens.clone()), tokens, belongs });
    form
}

/// A name of a table with the first name first: « Desgranges Paul ».
fn in_order(mut parts: Vec<Part>, given: usize) -> (Vec<Part>, usize) {
    let first = |p: &Part| first_names().frequency(&p.lower) > 0;
    if parts.len() == 2 && first(&parts[1]) && !first(&parts[0]) {
        parts.reverse();
        return (parts, 1);
    }
    (parts, given)
}

/// Whether a name is one word whose parts hyphens join.
fn hyphened(a: &Analysis, tokens: Range<usize>) -> bool {
    tokens.len() == 1 && a.text(tokens.start).contains(is_hyphen)
}

/// The words of a name, cut at hyphens; what an apostrophe elides belongs to the word behind it.
fn parts(a: &Analysis, tokens: Range<usize>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut elided = String::new();
    for i in tokens.filter(|&i| a.tokens[i].kind != TokenKind::Mark) {
        for (n, part) in a.lower(i).split(is_hyphen).filter(|p| !p.is_empty()).enumerate() {
            if part.ends_with(is_apostrophe) && part.chars().count() <= 3 {
                elided.push_str(part.trim_end_matches(is_apostrophe));
                continue;
            }
            let before = std::mem::take(&mut elided);
            let (elided, lower) = (!before.is_empty(), before + &part.replace(is_apostrophe, ""));
            out.push(Part { folded: fold(&lower), lower, joined: n > 0, elided });
        }
    }
    out
}

/// Surnames behind initials that no mention has read as such: in lists and captions, « P.-J. Kervadec ».
fn initialled(a: &Analysis) -> Vec<Range<usize>> {
    let joins = |i: usize| mark(a, i).is_some_and(|c| c == '.' || is_hyphen(c));
    let letter = |i: usize| a.tokens[i].kind == TokenKind::Word && a.text(i).trim_matches(is_hyphen).chars().count() == 1;
    let mut out = Vec::new();
    for i in blocks(a, &[]).into_iter().flatten() {
        if a.tokens[i].case != Case::Capitalised || i == 0 || mark(a, i - 1) != Some('.') {
            continue;
        }
        let sentence = a.sentence(i).start;
        let mut first = i;
        while first > sentence + 1 && joins(first - 1) && (letter(first - 2) || joins(first - 2)) {
            first -= if letter(first - 2) { 2 } else { 1 };
        }
        let read = |m: &Mention| matches!(&m.value, Value::Person(p) if p.given.0 < p.given.1 || p.title.0 < p.title.1);
        let capital = first < i
            && a.tokens[first].case.is_capital()
            && (first == sentence || !a.tokens[first].glued || mark(a, first - 1) == Some('('));
        if capital && !a.mentions_in(first..i + 1).iter().any(read) {
            out.push(first..i + 1);
        }
    }
    out
}

/// Capitalised words that stand together and are read as no person, body or place of as many words: "Cawthorne Street".
fn runs(a: &Analysis) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for block in blocks(a, &[]) {
        if title_cased(a, block.start) {
            continue;
        }
        let mut i = block.start;
        while i < block.end {
            let run = run(a, i, block.end);
            if run.len() > 1 || run.len() == 1 && hyphened(a, run.clone()) {
                out.extend(Some(run.clone()).filter(|run| !named(a, run)));
            }
            i = run.end.max(i + 1);
        }
    }
    out
}

/// The run of capitalised words that begins at a token; what only its place gives a capital is no part of it.
fn run(a: &Analysis, at: usize, end: usize) -> Range<usize> {
    let capital = |i: usize| {
        let t = a.tokens[i];
        t.kind == TokenKind::Word && matches!(t.case, Case::Capitalised | Case::Mixed) && a.language(i).is_some()
    };
    let closed = |i: usize| a.language(i).is_none_or(|l| l.grammar.closed(a.lower(i)).is_some());
    let plain = |l: &Language| l.lexicon.contains(a.lower(at));
    if !capital(at)
        || closed(at)
        || begins(a, at) && !hyphened(a, at..at + 1) && a.language(at).is_none_or(plain) && !capital_next(a, at)
    {
        return at..at;
    }
    let goes_on = |i: usize| {
        i < end
            && capital(i)
            && !closed(i)
            && a.tokens[i].sentence == a.tokens[at].sentence
            && !(a.tokens[i].glued && mark(a, i - 1).is_some())
    };
    let past = (at + 1..end).find(|&i| !goes_on(i)).unwrap_or(end.max(at + 1));
    // « Le-vrai-débat.fr », "anti-Semitic"
    let address = a.tokens.get(past + 1).is_some_and(|t| t.glued && t.kind == TokenKind::Word && mark(a, past) == Some('.'));
    if address || past == at + 1 && a.text(at).split(is_hyphen).any(|p| p.starts_with(char::is_lowercase) && p.chars().count() > 3)
    {
        return at..at;
    }
    at..past
}

fn capital_next(a: &Analysis, i: usize) -> bool {
    a.tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Capitalised && !t.glued)
}

/// Whether a run is within what a mention already names.
fn named(a: &Analysis, run: &Range<usize>) -> bool {
    let near = a.mentions_in(run.start.saturating_sub(6)..run.end);
    near.iter().any(|m| {
        let whole = m.tokens.0 as usize <= run.start && run.end <= m.tokens.1 as usize;
        let person = matches!(m.value, Value::Person(_)) && (m.tokens.1 as usize) > run.start;
        // « Parti de Guémené-sur-Scorff »
        let body = matches!(m.value, Value::Organisation(_)) && !hyphened(a, run.clone());
        person || whole && (body || matches!(m.value, Value::Place(_)))
    })
}
