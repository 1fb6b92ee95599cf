//! A headline's share, sum, measure, age or length of time, where the story gives another one and no second.

use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Value};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::grammar::Class;
use crate::relation::figure::{Figure, Unit, figure, significant};
use crate::relation::{Conflict, agree};

use super::sets::{Place, place};

/// How many sentences of the story a headline is held against.
pub(super) const FIRST: usize = 4;

/// The figures with a unit above the story that it gives otherwise.
pub(super) fn conflicts(a: &Analysis) -> Vec<Conflict> {
    let of = |m: &Mention| place(a.doc.blocks[m.block as usize].kind);
    let with_unit = |f: &Figure| !matches!(f.unit, Unit::Count(_));
    let all: Vec<Figure> = a.mentions.iter().filter_map(figure).collect();
    let above: Vec<&Figure> = all.iter().filter(|f| of(f.mention) == Some(Place::Above)).filter(|f| with_unit(f)).collect();
    let story: Vec<&Figure> = all.iter().filter(|f| of(f.mention) != Some(Place::Above)).collect();
    let first = a.sentences.iter().position(|s| a.doc.blocks[s.block as usize].kind.is_running()).unwrap_or(0);
    let early = |f: &Figure| of(f.mention) == Some(Place::Story) && (f.mention.sentence as usize) < first + FIRST;
    let mut found: Vec<Conflict> = streak(a, first).into_iter().collect();
    for f in above {
        let age = |f: &Figure| matches!(f.mention.value, Value::Age(_));
        let mut rivals = story.iter().filter(|s| s.unit == f.unit && age(s) == age(f));
        let Some(s) = rivals.next() else { continue };
        let one = rivals.all(|r| meets(r.amount, s.amount));
        let told = story.iter().any(|s| meets(s.amount, f.amount))
            || all.iter().filter(|o| o.unit == f.unit && of(o.mention) == Some(Place::Above)).any(|o| !meets(o.amount, f.amount));
        if !one || told || !early(s) || shared(a, f.mention, s.mention) < 1 {
            continue;
        }
        let mut facets: Facets = agree::facets_of(a, s.mention, f.mention);
        // "rents *rose* 7%" revises nothing; « l'État débloque » above, « la ministre a annoncé » below are one source.
        facets.remove(Facet::Revised);
        if !crate::relation::figure::cue_in(a, "by-source", a.sentence(f.mention.tokens.0 as usize)) {
            facets.remove(Facet::AttributedDifferently);
        }
        let mut values = Bindings::default();
        values.bind("first.amount", Bound::Amount(*s.amount));
        values.bind("other.amount", Bound::Amount(*f.amount));
        found.push(Conflict { roles: vec![("first", s.span(a)), ("other", f.span(a))], values, facets });
    }
    found
}

/// A run of events of one kind, with how many there are: "a *fourth consecutive* rise", « onze défaites *d'affilée* ».
struct Streak<'a> {
    mention: &'a Mention,
    tokens: std::ops::Range<usize>,
    count: Ratio,
}

fn streaks<'a>(a: &'a Analysis<'_>) -> Vec<Streak<'a>> {
    let streak = |m: &'a Mention| {
        let count = match &m.value {
            Value::Ordinal(n) => n.written,
            Value::Quantity(q) if q.amount.is_exact() => q.amount.written,
            _ => return None,
        };
        let (at, past) = (m.tokens.0 as usize, a.sentence(m.tokens.0 as usize).end.min(m.tokens.1 as usize + 4));
        let cue = crate::relation::figure::find_cue(a, "streak", m.tokens.1 as usize..past)?;
        (count >= Ratio::whole(2)).then_some(Streak { mention: m, tokens: at..cue.end, count })
    };
    a.mentions.iter().filter_map(streak).collect()
}

/// A run of events that the headline counts otherwise than the story does in its first sentences.
fn streak(a: &Analysis, first: usize) -> Option<Conflict> {
    let all = streaks(a);
    let above = |s: &&Streak| place(a.doc.blocks[s.mention.block as usize].kind) == Some(Place::Above);
    let (above, below): (Vec<&Streak>, Vec<&Streak>) = all.iter().partition(above);
    let (x, y) = (above.first()?, below.first()?);
    let early =
        (y.mention.sentence as usize) < first + FIRST && place(a.doc.blocks[y.mention.block as usize].kind) == Some(Place::Story);
    let apart = if x.count > y.count { x.count.sub(y.count)? } else { y.count.sub(x.count)? };
    let told =
        a.mentions.iter().filter(|m| place(a.doc.blocks[m.block as usize].kind) == Some(Place::Story)).any(|m| match &m.value {
            Value::Ordinal(n) => n.written == x.count,
            Value::Quantity(q) => q.amount.written == x.count,
            _ => false,
        });
    let one = above.iter().all(|s| s.count == x.count) && below.iter().all(|s| s.count == y.count);
    if !one || !early || told || apart != Ratio::ONE && (apart == Ratio::ZERO || shared(a, x.mention, y.mention) < 1) {
        return None;
    }
    let mut values = Bindings::default();
    values.bind("first.amount", Bound::Amount(Amount::exact(y.count, Ratio::ONE)));
    values.bind("other.amount", Bound::Amount(Amount::exact(x.count, Ratio::ONE)));
    let roles = vec![("first", a.span(y.tokens.clone())), ("other", a.span(x.tokens.clone()))];
    Some(Conflict { roles, values, facets: Facets::default() })
}

/// How many words of meaning the sentences of two figures share, beside their units.
fn shared(a: &Analysis, x: &Mention, y: &Mention) -> usize {
    let words = |m: &Mention| {
        let own = m.tokens.0 as usize..m.tokens.1 as usize;
        let open = |i: usize| {
            [Class::Noun, Class::Proper, Class::Verb, Class::Infinitive, Class::PastParticiple].iter().any(|c| a.classes[i].has(*c))
        };
        let closed = |i: usize| a.language(i).is_some_and(|l| l.grammar.closed(a.lower(i)).is_some());
        let about = a.sentence(m.tokens.0 as usize);
        about.filter(move |i| !own.contains(i) && open(*i) && !closed(*i)).collect::<Vec<usize>>()
    };
    let (one, other) = (words(x), words(y));
    one.iter().filter(|i| other.iter().any(|j| crate::relation::figure::same_word(a, **i, *j))).count()
}

/// Whether one number can be meant by both, rounded as they are: « 100 000 entrées » for 103 500.
pub(super) fn meets(x: &Amount, y: &Amount) -> bool {
    let coarse = |x: &Amount| x.precision > Ratio::ONE;
    let (one, other) = (x.written, y.written);
    let near = |x: Ratio, y: Ratio| x.mul(Ratio::whole(20)).zip(y.mul(Ratio::whole(21))).is_some_and(|(x, y)| x <= y);
    let large = one >= Ratio::whole(100) && other >= Ratio::whole(100);
    let round = large && (significant(one).len() < 2 || significant(other).len() < 2) && near(one, other) && near(other, one);
    round || x.overlaps(y) || x.rounded().overlaps(&y.rounded()) && (coarse(x) || coarse(y) || x.precision != y.precision)
}
