//! Lists whose parts have no noun of their own: « 60 emplois : 35 à l'emboutissage, 20 à la peinture et 15 dans les bureaux ».

use std::ops::Range;

use super::apart::{exclusive, heads, of_class};
use super::run::{Run, is_coordinator, runs};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, mark};
use crate::language::grammar::Class;
use crate::language::lexicon::{LemmaId, Pos, Tag, VerbForm};
use crate::relation::ballot::side;
use crate::relation::figure::{Figure, Unit, cue_in, figure, people, same_word};

/// A total and the parts that are listed for it.
pub(super) struct Listed<'a> {
    pub total: Figure<'a>,
    pub parts: Vec<Figure<'a>>,
    /// The sum of the parts.
    pub sum: Ratio,
    /// First and one past the last token of the parts.
    pub tokens: Range<usize>,
}

/// Sentences before the list in which its total may stand.
const BACK: u32 = 2;

/// How the words lead from a total to its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// A colon, a dash, a bracket, a word that divides: the parts are all of it.
    Whole,
    /// « dont », "of whom": they are some of it.
    Some,
    /// A comma, or nothing.
    Loose,
}

/// The lists of parts that do not make their total.
pub(super) fn listed<'a>(a: &'a Analysis<'_>) -> Vec<Listed<'a>> {
    runs(a).iter().filter_map(|run| summed(a, run).or_else(|| broken(a, run))).collect()
}

/// A list that ends in its total, where they do not fit: "ten goats, four sheep and two donkeys, 18 animals in all".
fn summed<'a>(a: &'a Analysis<'_>, run: &Run<'a>) -> Option<Listed<'a>> {
    let (total, parts) = run.parts.split_last()?;
    let last = total.mention.tokens.0 as usize;
    let told = cue_in(a, "in-all", last..run.end) && !closes(a, run);
    let alike = parts.iter().all(|f| std::mem::discriminant(&f.unit) == std::mem::discriminant(&total.unit) && f.amount.is_exact());
    let sum = parts.iter().try_fold(Ratio::ZERO, |sum, f| sum.add(f.amount.written))?;
    let whole = total.amount.written;
    let near = sum >= whole.mul(Ratio::new(3, 5)?)? && sum <= whole.mul(Ratio::new(7, 5)?)?;
    let start = parts.first()?.mention.tokens.0 as usize;
    let broken = told && alike && parts.len() > 1 && near && !meets(total.amount, sum);
    broken.then(|| Listed { total: *total, parts: parts.to_vec(), sum, tokens: start..run.joint.start })
}

/// A list with its total, where they do not fit.
fn broken<'a>(a: &'a Analysis<'_>, run: &Run<'a>) -> Option<Listed<'a>> {
    let mut run = run.clone();
    // « 31 points, 12 en première période et 21 en seconde »: the first is the total of the others.
    let headed = run.parts.len() > 2 && leads_list(a, &run.parts);
    let own = headed.then(|| run.parts.remove(0));
    // « treize victoires, huit nuls et neuf défaites », "60 points, from 17 wins, nine draws": results make matches.
    let results = run
        .parts
        .iter()
        .filter(|f| {
            cue_in(
                a,
                "match-result",
                f.mention.tokens.1 as usize..(f.mention.tokens.1 as usize + 2).min(run.end.max(f.mention.tokens.1 as usize)),
            )
        })
        .count();
    if results > 1 || own.is_some_and(|total| parallel(a, &total, &run.parts)) || compared(a, &run.parts) {
        return None;
    }
    // « en trois étapes, 35 le vendredi, … »
    let number = |f: &Figure| f.amount.written.as_whole();
    if own.is_none()
        && number(&run.parts[0]) == Some(run.parts.len() as i128 - 1)
        && matches!(run.parts[0].unit, Unit::Count(Some(_)))
    {
        run.parts.remove(0);
    }
    let (first, last) = (run.parts.first()?.mention, run.parts.last()?.mention);
    let (start, sentence) = (first.tokens.0 as usize, a.sentence(first.tokens.0 as usize));
    let tokens = start..run.end;
    let opening = opening(a, start, sentence.start);
    let closed = closes(a, &run);
    // « dont » in a part takes some of it; but "50,000 *of them* French".
    let behind = |i: usize| run.parts.iter().any(|f| f.mention.tokens.1 as usize == i);
    let some = |i: usize| a.language(i).is_some_and(|l| l.cues.get("including").at(a, i).is_some());
    if !(closed || run.parts.len() > 2) || tokens.clone().any(|i| some(i) && !behind(i)) {
        return None;
    }
    let sum = run.parts.iter().try_fold(Ratio::ZERO, |sum, f| sum.add(f.amount.written))?;
    let (total, here) = match own {
        Some(total) => kin(a, &total, &run.parts).then_some((total, true))?,
        None => total(a, &run, opening)?,
    };
    let whole = total.amount.written;
    let fits = |m: &Mention| figure(m).is_some_and(|f| meets(f.amount, sum));
    let all = &a.mentions;
    let from = all.partition_point(|m| m.sentence + BACK < first.sentence);
    let (before, behind) =
        (all.partition_point(|m| m.span.start < first.span.start), all.partition_point(|m| m.span.start <= last.span.start));
    let past = all.partition_point(|m| m.sentence <= last.sentence + 1);
    let elsewhere = all[from..before].iter().chain(&all[behind..past.max(behind)]).any(fits);
    let more = cue_in(a, "besides", run.end..sentence.end) || is_coordinator(a, run.end) || is_coordinator(a, run.end + 1);
    let (most, least) = (whole.mul(Ratio::new(7, 5)?)?, whole.mul(Ratio::new(4, 5)?)?);
    let exceeds = sum > whole && sum <= most && total.amount.high.is_some();
    let everybody = polled(a, &run.parts) && cue_in(a, "nobody-missing", a.sentence(total.mention.tokens.0 as usize));
    let exhausts = everybody || opening == Opening::Whole || here && opening == Opening::Loose && run.parts.len() > 2;
    let lacks = exhausts && (closed || everybody) && sum < whole && sum >= least && !more && total.amount.low.is_some();
    let broken = !elsewhere && !meets(total.amount, sum) && (exceeds || lacks);
    broken.then_some(Listed { total, parts: run.parts, sum, tokens })
}

/// Whether a number, as it is rounded, may be that.
fn meets(amount: &Amount, n: Ratio) -> bool {
    let r = amount.rounded();
    r.low.is_none_or(|low| low <= n) && r.high.is_none_or(|high| n <= high)
}

/// Whether the first of a run has a noun and nothing hung on it, where the others have none.
fn leads_list(a: &Analysis, parts: &[Figure]) -> bool {
    let [first, rest @ ..] = parts else { return false };
    let Unit::Count(Some(head)) = first.unit else { return false };
    let past = rest[0].mention.tokens.0 as usize;
    let hung = (head + 1..past).any(|i| a.classes[i].has(Class::Preposition));
    !hung && rest.iter().all(|f| first.amount.written > f.amount.written && !own(a, f, head))
}

/// « treize dépenses sont augmentées, neuf réduites et neuf supprimées »: of the first, too, it is told what became of it.
fn parallel(a: &Analysis, total: &Figure, parts: &[Figure]) -> bool {
    let past = |f: &Figure| f.mention.tokens.1 as usize;
    let form = |i: usize| i < a.tokens.len() && reads(a, i, |tag| tag.verb_form() == Some(VerbForm::PastParticiple));
    let told = past(total)..parts.first().map_or(past(total), |f| f.mention.tokens.0 as usize);
    told.clone().any(|i| a.classes[i].has(Class::Auxiliary) && i + 1 < told.end && form(i + 1))
        && parts.iter().all(|f| form(past(f)))
}

/// « *contre* trois habituellement, et quatre mardi »: numbers of other times.
fn compared(a: &Analysis, parts: &[Figure]) -> bool {
    let Some(at) = parts.first().map(|f| f.mention.tokens.0 as usize) else { return false };
    let start = a.sentence(at).start;
    a.language(at).is_some_and(|l| l.cues.get("compared").before(a, at, start).is_some())
}

/// Whether the last part is joined by a word: the list is whole.
fn closes(a: &Analysis, run: &Run) -> bool {
    run.joint.clone().any(|i| a.classes[i].has(Class::Coordinator))
}

/// How the words before a list open it.
fn opening(a: &Analysis, start: usize, from: usize) -> Opening {
    let near = start.saturating_sub(6).max(from)..start;
    if cue_in(a, "including", near.clone()) {
        return Opening::Some;
    }
    let Some(before) = start.checked_sub(1).filter(|b| *b >= from) else { return Opening::Loose };
    let dash = matches!(mark(a, before), Some('–' | '—' | '-')) && !a.tokens[before].glued && !a.tokens[start].glued;
    let colon = near.clone().any(|i| mark(a, i) == Some(':'));
    if colon || mark(a, before) == Some('(') || dash || cue_in(a, "divides", near) { Opening::Whole } else { Opening::Loose }
}

/// The figure that the parts may be parts of, and whether it stands in their sentence.
fn total<'a>(a: &'a Analysis<'_>, run: &Run<'a>, opening: Opening) -> Option<(Figure<'a>, bool)> {
    let first = run.parts.first()?.mention;
    let largest = run.parts.iter().map(|f| f.amount.written).max()?;
    let told = |m: &&Mention| a.doc.blocks[m.block as usize].kind.is_running();
    let before = a.mentions.partition_point(|m| m.span.start < first.span.start);
    let wholes = a.mentions[..before].iter().rev().filter(told).take_while(|m| m.sentence + BACK >= first.sentence);
    let wholes = wholes.filter_map(figure).filter(|f| !f.year_like(a) && f.amount.written > largest && kin(a, f, &run.parts));
    let wholes: Vec<Figure> = wholes.collect();
    if let Some(total) = wholes.first().filter(|f| f.mention.sentence == first.sentence) {
        return Some((*total, true));
    }
    // In another sentence it is the only one around.
    let measured = !matches!(run.parts[0].unit, Unit::Count(_));
    match wholes[..] {
        [only]
            if opening == Opening::Whole
                || !measured && (run.parts.len() > 2 || polled(a, &run.parts)) && opening == Opening::Loose =>
        {
            Some((only, false))
        }
        _ => None,
    }
}

/// Whether parts can be of a total by what they count.
fn kin(a: &Analysis, total: &Figure, parts: &[Figure]) -> bool {
    let bare = |f: &Figure| matches!(f.unit, Unit::Count(None));
    // « une facture de 6 millions d'euros : 3 millions pour la région »
    let large = |f: &Figure| bare(f) && f.amount.precision >= Ratio::whole(1000);
    match total.unit {
        Unit::Money(_) if parts.iter().all(|f| f.unit == total.unit || large(f)) => true,
        Unit::Measure(_) if parts.iter().all(|f| f.unit == total.unit) => true,
        Unit::Money(_) | Unit::Measure(_) => {
            let first = parts[0].unit == total.unit || matches!(total.unit, Unit::Measure(_)) && bare(&parts[0]);
            first && parts.iter().skip(1).all(bare) && parts.iter().all(|f| !acts(a, f))
        }
        Unit::Count(Some(head)) if became(a, head, parts) => false,
        Unit::Count(Some(head)) => apart(a, head, parts) || of_one_class(a, head, parts) || elliptic(a, head, parts),
        _ => false,
    }
}

/// Whether the parts tell what became of people whom nothing struck: « un car de 13 enfants se renverse : deux morts ».
fn became(a: &Analysis, head: usize, parts: &[Figure]) -> bool {
    let Some(language) = a.language(head) else { return false };
    let fate = |l: LemmaId| language.grammar.ids.concepts.iter().any(|(c, _, predicate)| !predicate && *c == l);
    language.cues.get("casualty").at(a, head).is_none() && parts.iter().any(|f| heads(a, f.mention).any(fate))
}

/// Whether a verb follows a number.
fn acts(a: &Analysis, f: &Figure) -> bool {
    let c = a.classes.get(f.mention.tokens.1 as usize).copied().unwrap_or_default();
    (c.has(Class::Verb) || c.has(Class::Auxiliary)) && !c.has(Class::Noun)
}

/// Whether the parts have no noun but the total's: a verb is told once, with the first of them, or none at all.
fn elliptic(a: &Analysis, head: usize, parts: &[Figure]) -> bool {
    let counts = parts.iter().all(|f| matches!(f.unit, Unit::Count(_)));
    let after = |f: &Figure| f.mention.tokens.1 as usize;
    let form = |i: usize| reads(a, i, |tag| tag.verb_form() == Some(VerbForm::PastParticiple));
    let participle = |f: &Figure| after(f) < a.tokens.len() && form(after(f));
    // "40 were accepted, 25 rejected": the auxiliary is told once too.
    let auxiliary = a.classes.get(after(&parts[0])).is_some_and(|c| c.has(Class::Auxiliary));
    // "four held whisky, three gin"
    let holds = |f: &Figure| matches!(f.unit, Unit::Count(Some(h)) if h > after(f)) && reads(a, after(f), Tag::is_finite);
    let told_once =
        (acts(a, &parts[0]) || holds(&parts[0])) && parts[1..].iter().all(|f| !acts(a, f) || auxiliary && participle(f));
    let led = |f: &Figure| !own(a, f, head) && !acts(a, f) && (leads(a, after(f)) || matches!(f.unit, Unit::Count(Some(_))));
    counts && (told_once || polled(a, parts) || parts.iter().all(led))
}

/// Whether the parts are votes: for, against, neither.
fn polled(a: &Analysis, parts: &[Figure]) -> bool {
    let past = a.sentence(parts[0].mention.tokens.0 as usize).end;
    let starts = parts.iter().skip(1).map(|f| f.mention.tokens.0 as usize).chain([past]);
    let words = |(f, next): (&Figure, usize)| f.mention.tokens.1 as usize..next;
    parts.iter().zip(starts).map(words).all(|words| !words.is_empty() && side(a, words).is_some())
}

/// Whether a part has a noun of its own right behind its number.
fn own(a: &Analysis, f: &Figure, head: usize) -> bool {
    let Unit::Count(Some(h)) = f.unit else { return false };
    let describes = reads(a, h, |tag| tag.pos() == Pos::Adjective || tag.verb_form() == Some(VerbForm::PastParticiple));
    h == f.mention.tokens.1 as usize && !same_word(a, h, head) && !describes
}

/// Whether the dictionary has a reading for a word.
fn reads(a: &Analysis, i: usize, is: impl Fn(Tag) -> bool) -> bool {
    a.language(i).is_some_and(|l| l.lexicon.readings(a.lower(i)).any(|(_, tag)| is(tag)))
}

/// "The party, *made up of* 25 adults and 18 children": people who are told apart, with a word that divides.
fn apart(a: &Analysis, head: usize, parts: &[Figure]) -> bool {
    let start = parts[0].mention.tokens.0 as usize;
    let all: Vec<&Mention> = parts.iter().map(|f| f.mention).collect();
    let divided = cue_in(a, "divides", start.saturating_sub(6).max(a.sentence(start).start)..start);
    divided && people(a, head) && a.language(start).is_some_and(|l| exclusive(a, &all, l))
}

/// Whether the total has the noun of a class and each part that of one kind in it: 45 weapons, of which 20 knives and 25 rifles.
fn of_one_class(a: &Analysis, head: usize, parts: &[Figure]) -> bool {
    let heads: Option<Vec<usize>> = parts
        .iter()
        .map(|f| match f.unit {
            Unit::Count(Some(h)) => Some(h),
            _ => None,
        })
        .collect();
    heads.is_some_and(|h| of_class(a, head, &h))
}

/// Whether a preposition, or what describes, follows a number that has no noun of its own.
fn leads(a: &Analysis, i: usize) -> bool {
    let Some(language) = a.language(i.min(a.tokens.len() - 1)).filter(|_| i < a.tokens.len()) else { return false };
    let contracted = language.grammar.contractions.iter().any(|w| w == a.lower(i));
    let describes = [Class::Preposition, Class::Adjective, Class::Adverb, Class::PastParticiple];
    contracted || describes.iter().any(|c| a.classes[i].has(*c)) || mark(a, i).is_some() || !a.mentions_in(i..i + 1).is_empty()
}
