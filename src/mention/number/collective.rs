//! About so many, and many of so many: « une quinzaine », « des milliers », "several hundred".

use super::parts::{Parts, finish};
use super::{Number, NumberKind};
use crate::amount::{Amount, Ratio};
use crate::language::numbers::NumberGrammar;

/// « une quinzaine », « des milliers », « plusieurs dizaines de milliers », "several hundred".
pub(super) fn collective(parts: &Parts, at: usize, g: &NumberGrammar) -> Option<Number> {
    let first = parts.text(0)?;
    let listed = |list: &[String]| list.iter().any(|w| w == first);
    let (plural, vague, article) = (listed(&g.plurals), listed(&g.vague), listed(&g.articles));
    let from = usize::from(plural || vague || article);
    let text = parts.text(from)?;
    let some = |value: Ratio| Amount { written: value, low: value.add(value), high: None, precision: value };
    let (mut value, mut p) = if let Some(&c) = g.collective_plurals.get(text) {
        (some(Ratio::whole(c)), from + 1)
    } else if vague && let Some((c, _)) = g.scale(text) {
        (some(Ratio::whole(c)), from + 1)
    } else if article && let Some(&c) = g.collectives.get(text) {
        let mut one = Number::new(at..at, Amount::exact(Ratio::whole(c), Ratio::whole(c)), NumberKind::Collective);
        one.blur()?;
        (one.amount, from + 1)
    } else {
        return None;
    };
    // « des dizaines de milliers », « une dizaine de millions »
    loop {
        let link = parts.link(g, p);
        let Some((by, _)) = parts.text(p + link).and_then(|t| g.scale(t)) else { break };
        let mut n = Number::new(at..at, value, NumberKind::Collective);
        n.times(Ratio::whole(by))?;
        (value, p) = (n.amount, p + link + 1);
    }
    finish(parts, p, at, value, NumberKind::Collective)
}
