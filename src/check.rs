//! Rules over a draft.

mod suppress;
mod trial;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use crate::analysis::Analysis;
use crate::beside;
use crate::document::{Block, Document};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound, Finding, Fix, Label, Level, Topic};
use crate::language::Lang;
use crate::pattern::{Match, RoleMatch};
use crate::rule::message::{fact_words, fill, fold};
use crate::rule::{Body, Levels, Rule, Ruleset, WHOLE};
use crate::span::Span;

/// Every finding in a draft, in the order of primary start, then rule id. Cannot fail and does no I/O.
pub fn check(doc: &Document, rules: &Ruleset) -> Vec<Finding> {
    check_analysis(&Analysis::of(doc, rules.languages), rules)
}

/// Every finding in a draft that was read already.
pub fn check_analysis(a: &Analysis, rules: &Ruleset) -> Vec<Finding> {
    check_at(a, rules, &Levels::of(rules))
}

/// Every finding in a draft that was read already, at the levels that hold for it.
pub fn check_at(a: &Analysis, rules: &Ruleset, levels: &Levels) -> Vec<Finding> {
    let asked = |i: usize| levels.get(i).filter(|_| suppress::relation_of(&rules.rules[i]).is_none());
    let judge = |i: usize, level: Level, matches: Vec<Match>| -> Vec<Finding> {
        let rule = &rules.rules[i];
        let found = findings(a, i, rule, matches, rule.unless);
        let counts = |f: &Finding| rule.topic != Topic::Names || !spans(f).any(|span| exempt(a, span));
        found.into_iter().filter(counts).map(|f| Finding { level, ..f }).collect()
    };
    // Rules know nothing of each other: first those that look for words, all at once, then each that holds places against places.
    let found_by_words = || -> Vec<Finding> {
        let mut matches: BTreeMap<usize, Vec<Match>> = BTreeMap::new();
        let languages: BTreeSet<Lang> = a.tokens.iter().map(|t| a.doc.blocks[t.block as usize].lang).collect();
        for m in languages.into_iter().filter_map(|lang| rules.matcher(lang)).flat_map(|matcher| matcher.matches(a)) {
            matches.entry(m.rule).or_default().push(m);
        }
        matches.into_iter().filter_map(|(i, matches)| Some(judge(i, asked(i)?, matches))).flatten().collect()
    };
    let relations: Vec<(usize, Level)> = (0..rules.rules.len())
        .filter(|i| matches!(rules.rules[*i].body, Body::Expect(_)))
        .filter_map(|i| Some((i, asked(i)?)))
        .collect();
    let found = beside::map(a.tokens.len(), 1 + relations.len(), |n| match n.checked_sub(1) {
        None => found_by_words(),
        Some(n) => judge(relations[n].0, relations[n].1, Vec::new()),
    });
    let mut out: Vec<Finding> = found.into_iter().flatten().collect();
    yield_to_better(rules, &mut out);
    out.sort_by_key(|f| (f.labels[0].span.start, f.rule));
    stamp(a, rules, &mut out);
    // After the fingerprints, which count equals: what is suppressed leaves those of the others alone.
    let mut idle = suppress::heed(a, rules, levels, &mut out);
    stamp(a, rules, &mut idle);
    out.extend(idle);
    out
}

/// Whether a place is a name, or part of one, that the newsroom's list exempts.
fn exempt(a: &Analysis, span: Span) -> bool {
    let tokens = a.tokens_in(span);
    if tokens.is_empty() {
        return false;
    }
    let sentence = a.sentence(tokens.start);
    let Some(language) = a.language(tokens.start) else { return false };
    let names = language.cues.get("exempt-name");
    // A name that began earlier is of few words.
    let from = tokens.start.saturating_sub(8).max(sentence.start);
    (from..tokens.end).any(|i| names.at(a, i).is_some_and(|len| i < tokens.end && i + len > tokens.start))
}

/// How far before a place another that touches it can begin, in bytes.
const REACH: u32 = 400;

/// Drops each finding whose every place another finding touches, of a rule that its own yields to, and no less grave.
fn yield_to_better(rules: &Ruleset, out: &mut Vec<Finding>) {
    let rule = |f: &Finding| &rules.rules[f.rule];
    // The places of all findings, by their start, with the finding.
    let mut places: Vec<(Span, usize)> = out.iter().enumerate().flat_map(|(i, f)| spans(f).map(move |s| (s, i))).collect();
    places.sort_by_key(|(span, i)| (span.start, *i));
    let touching = |x: Span| {
        let end = places.partition_point(|(s, _)| s.start < x.end);
        places[..end].iter().rev().take_while(move |(s, _)| s.start + REACH >= x.start).filter(move |(s, _)| s.end > x.start)
    };
    let better = |mine: &Finding, theirs: &Finding| {
        theirs.level >= mine.level
            && rule(mine).yields_to.contains(&rule(theirs).id)
            && spans(mine).all(|x| spans(theirs).any(|y| x.start < y.end && y.start < x.end))
    };
    let stays: Vec<bool> =
        out.iter().map(|f| rule(f).yields_to.is_empty() || !touching(f.labels[0].span).any(|(_, i)| better(f, &out[*i]))).collect();
    let mut stays = stays.into_iter();
    out.retain(|_| stays.next().unwrap_or(true));
}

/// The findings of one rule under given guards, sorted, each once; fingerprints are not yet set.
pub(crate) fn findings(a: &Analysis, index: usize, rule: &Rule, matches: Vec<Match>, unless: Facets) -> Vec<Finding> {
    let mut out: Vec<Finding> = match &rule.body {
        Body::Expect(expect) => {
            let conflicts = expect.relation().conflicts(a).into_iter().filter(|c| !c.facets.intersects(unless));
            conflicts.filter_map(|c| finding(a, index, rule, &c.roles, c.values)).collect()
        }
        Body::Find(_) => matches.into_iter().filter_map(|m| matched(a, index, rule, &m, unless)).collect(),
    };
    if unless.contains(Facet::Corrected) {
        out.retain(|f| !spans(f).any(|span| a.in_correction(span)));
    }
    out.sort_by(|x, y| x.labels[0].span.start.cmp(&y.labels[0].span.start).then_with(|| spans(x).cmp(spans(y))));
    out.dedup_by(|x, y| x.labels == y.labels);
    if rule.once {
        out.truncate(1);
    }
    out
}

fn spans(finding: &Finding) -> impl Iterator<Item = Span> {
    finding.labels.iter().map(|l| l.span)
}

fn matched(a: &Analysis, index: usize, rule: &Rule, m: &Match, unless: Facets) -> Option<Finding> {
    let mut values = Bindings::default();
    let mut edits = Vec::new();
    for role in &m.roles {
        let Some(advice) = advice(a, rule, m, role) else { continue };
        if let Some(note) = advice.note {
            values.bind(format!("{}.note", role.name), Bound::Literal(note));
        }
        if let Some(suggested) = advice.suggested {
            let suggested = cased_like(a.text(role.tokens.0), suggested);
            if advice.edits {
                edits.push((role.span, suggested.clone()));
            }
            values.bind(format!("{}.suggested", role.name), Bound::Literal(suggested));
        }
    }
    let roles: Vec<(&str, Span)> = m.roles.iter().map(|r| (r.name.as_str(), r.span)).collect();
    let whole = roles.is_empty().then(|| (WHOLE, a.span(m.tokens.0..m.tokens.1)));
    let mut finding = finding(a, index, rule, &roles.into_iter().chain(whole).collect::<Vec<_>>(), values)?;
    let mut said = unless;
    said.remove(Facet::Corrected);
    if said != Facets::default() && a.facets_at(finding.labels[0].span).intersects(said) {
        return None;
    }
    if !edits.is_empty() {
        finding.fix.get_or_insert(Fix { safe: rule.advice.safe, edits: Vec::new() }).edits.extend(edits);
    }
    Some(finding)
}

struct Said {
    suggested: Option<String>,
    note: Option<String>,
    edits: bool,
}

fn advice(a: &Analysis, rule: &Rule, m: &Match, role: &RoleMatch) -> Option<Said> {
    let Body::Find(find) = &rule.body else { return None };
    let ready = find.ready(m.lang)?;
    if let Some(entry) = role.entry {
        let entry = ready.table.get(entry)?;
        return Some(Said { suggested: entry.suggested.clone(), note: entry.note.clone(), edits: entry.edits });
    }
    let words: Vec<&str> = (role.tokens.0..role.tokens.1).map(|t| a.lower(t)).collect();
    let suggested = ready.suggest.get(&role.name)?.get(&words.join(" "))?;
    Some(Said { suggested: Some(suggested.clone()), note: None, edits: true })
}

fn cased_like(written: &str, suggested: String) -> String {
    let mut chars = suggested.chars();
    match chars.next() {
        Some(first) if written.starts_with(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        _ => suggested,
    }
}

fn finding(a: &Analysis, index: usize, rule: &Rule, roles: &[(&str, Span)], values: Bindings) -> Option<Finding> {
    let mut labels = Vec::new();
    for (name, _) in &rule.labels {
        let mine = roles.iter().filter(|(role, span)| role == name && !span.is_empty());
        labels.extend(mine.map(|(role, span)| Label { role: (*role).to_owned(), span: *span }));
    }
    let primary = labels.first()?;
    let looks_here = rule.blocks.is_empty() || block_at(a.doc, primary.span).is_some_and(|b| rule.blocks.contains(&b.kind));
    if !looks_here {
        return None;
    }
    let fix = replacements(a, rule, roles, &values);
    Some(Finding { rule: index, level: rule.level, labels, bindings: values, fix, fingerprint: String::new() })
}

/// What the rule offers to write, in the language of each place; nothing where a part of it is not known.
fn replacements(a: &Analysis, rule: &Rule, roles: &[(&str, Span)], values: &Bindings) -> Option<Fix> {
    let mut edits = Vec::new();
    for (role, template) in &rule.advice.replace {
        for (_, span) in roles.iter().filter(|(r, span)| r == role && !span.is_empty()) {
            let language = a.languages.get(block_at(a.doc, *span)?.lang)?;
            let words = |name: &str| match values.get(name) {
                Some(fact) => Some(fact_words(fact, a.doc, Some(language))),
                None => roles.iter().find(|(r, _)| *r == name).map(|(_, span)| fold(span.of(&a.doc.text))),
            };
            edits.push((*span, cased_like(span.of(&a.doc.text), fill(template, words)?)));
        }
    }
    (!edits.is_empty()).then_some(Fix { safe: rule.advice.safe, edits })
}

fn block_at(doc: &Document, span: Span) -> Option<&Block> {
    let after = doc.blocks.partition_point(|b| b.span.start <= span.start);
    after.checked_sub(1).map(|i| &doc.blocks[i])
}

/// Sets the fingerprints: a hash of the rule, the roles, their words, and which it is among equals.
fn stamp(a: &Analysis, rules: &Ruleset, findings: &mut [Finding]) {
    let mut equals: HashMap<u64, u32> = HashMap::new();
    for finding in findings {
        let mut hash = fnv(FNV_START, rules.rules[finding.rule].id.as_bytes());
        for label in &finding.labels {
            hash = fnv(fnv(hash, &[0]), label.role.as_bytes());
            let words: String = fold(label.span.of(&a.doc.text)).nfc().collect();
            hash = fnv(fnv(hash, &[1]), words.to_lowercase().as_bytes());
        }
        let ordinal = equals.entry(hash).or_default();
        finding.fingerprint = format!("1:{:016x}", fnv(fnv(hash, &[2]), &ordinal.to_le_bytes()));
        *ordinal += 1;
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits: fixed for all time, unlike the standard library's hashes.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
