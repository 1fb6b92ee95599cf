//! What is left of a total when its other parts are taken: « 900 000 euros … les 150 000 euros *restants* », "the *remaining* 40".

use super::listing::Listed;
use crate::amount::Ratio;
use crate::analysis::Analysis;
use crate::language::Language;
use crate::relation::figure::{Figure, Unit, cue_in, figure};
use crate::tie::aligned;

/// Sentences before the rest in which the total and the other parts stand.
const BACK: u32 = 2;

/// Parts beside the rest, at most.
const MOST: usize = 6;

/// The rests that, with the parts told before them, do not make the total.
pub(super) fn rests<'a>(a: &'a Analysis<'_>) -> Vec<Listed<'a>> {
    let figures: Vec<Figure> = a.mentions.iter().filter_map(figure).filter(|f| !f.year_like(a)).collect();
    (0..figures.len()).filter_map(|i| rest(a, &figures[..i], &figures[i])).collect()
}

fn rest<'a>(a: &'a Analysis<'_>, before: &[Figure<'a>], rest: &Figure<'a>) -> Option<Listed<'a>> {
    let at = rest.mention.tokens.0 as usize;
    let language = a.language(at)?;
    if !left(a, rest, language) || !a.kind(at).is_running() || !rest.amount.is_exact() {
        return None;
    }
    let near = |f: &&Figure<'a>| f.mention.sentence + BACK >= rest.mention.sentence && f.mention.block == rest.mention.block;
    let around: Vec<Figure> = before.iter().rev().take_while(near).take(MOST + 2).copied().collect();
    let sentences = around.last().map_or(at, |f| a.sentence(f.mention.tokens.0 as usize).start)..a.sentence(at).end;
    if around.iter().any(|f| matches!(f.unit, Unit::Percent)) || cue_in(a, "including", sentences) {
        return None;
    }
    let mut parts: Vec<Figure> = around.into_iter().filter(|f| kin(a, f, rest)).collect();
    parts.reverse();
    let exact = parts.iter().all(|f| f.amount.is_exact());
    if !exact || parts.len() < 2 || parts.len() > MOST {
        return None;
    }
    let total = parts.remove(0);
    let worth = |f: &Figure| aligned(f, &total).map(|(x, _)| x.written);
    let whole = total.amount.written;
    let sum = parts.iter().chain([rest]).try_fold(Ratio::ZERO, |sum, f| sum.add(worth(f)?))?;
    let every = parts.iter().all(|f| worth(f).is_some_and(|n| n < whole));
    let (least, most) = (whole.mul(Ratio::new(3, 5)?)?, whole.mul(Ratio::new(8, 5)?)?);
    // Parts may be told twice, or the first be one of them: any rest that fits is right.
    let fits = |taken: &[Figure]| {
        let made = taken.iter().chain([rest]).try_fold(Ratio::ZERO, |sum, f| sum.add(worth(f)?));
        made.is_some_and(|n| close(n, whole, total.amount.precision.max(rest.amount.precision)))
    };
    let other = (0..=parts.len()).any(|n| fits(&parts[n..]) || fits(&parts[..n]));
    let start = parts.first()?.mention.tokens.0 as usize;
    parts.push(*rest);
    let tokens = start..rest.tokens().end;
    (every && !other && sum >= least && sum <= most).then_some(Listed { total, parts, sum, tokens })
}

/// Whether two numbers are one where they are rounded to a step.
fn close(x: Ratio, y: Ratio, step: Ratio) -> bool {
    let apart = if x > y { x.sub(y) } else { y.sub(x) };
    let slack = if step > Ratio::ONE { step } else { Ratio::ZERO };
    apart.is_some_and(|d| d <= slack)
}

/// Whether words say that a figure is what is left.
fn left(a: &Analysis, f: &Figure, language: &Language) -> bool {
    let sentence = a.sentence(f.mention.tokens.0 as usize);
    let at = f.mention.tokens.0 as usize;
    let end = f.tokens().end;
    let ahead =
        (0..=1).filter_map(|n| at.checked_sub(n)).any(|i| language.cues.get("left-before").before(a, i, sentence.start).is_some());
    ahead || language.cues.get("left-behind-part").at(a, end).is_some_and(|len| end + len <= sentence.end)
}

/// Whether two figures may be parts of one whole.
fn kin(a: &Analysis, f: &Figure, rest: &Figure) -> bool {
    let bare = |f: &Figure| f.unit == Unit::Count(None);
    match rest.unit {
        Unit::Money(_) | Unit::Measure(_) => {
            f.unit == rest.unit
                || bare(f) && aligned(f, rest).is_some_and(|(x, _)| x.written != f.amount.written)
                || bare(f) && f.amount.precision >= Ratio::whole(1000)
        }
        Unit::Count(Some(_)) => matches!(f.unit, Unit::Count(_)) && (bare(f) || f.same_unit(a, rest)),
        Unit::Count(None) => matches!(f.unit, Unit::Count(_)),
        _ => false,
    }
}
