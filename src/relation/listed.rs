//! As many as are announced.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure, parted, stance};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, mark};
use crate::document::BlockKind;
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;

/// `listed`: « trois villes : Lyon, Nantes et Lille »: as many follow the colon as were announced before it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The cue set of words that leave a list open.
    #[schemars(with = "SetName")]
    pub open: String,
}

impl Relation for Listed {
    fn roles(&self) -> &'static [&'static str] {
        &["number", "list"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["list.count"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Approximate]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let figures = || a.mentions.iter().filter_map(figure);
        figures().filter_map(|f| self.judge(a, &f).or_else(|| self.below(a, &f))).collect()
    }
}

/// Words of an item of a list, at most: longer ones may be parts of one.
const ITEM: usize = 40;

impl Listed {
    /// « ses cinq lauréats : », and below it the items of a list, one a line.
    fn below(&self, a: &Analysis, f: &Figure) -> Option<Conflict> {
        let counted = matches!(f.unit, Unit::Count(_));
        if !counted || parted(a, f.mention) || f.amount.written < Ratio::whole(2) || f.amount.written > Ratio::whole(20) {
            return None;
        }
        let end = f.tokens().end;
        let sentence = a.sentence(end - 1);
        let block = a.tokens[end - 1].block as usize;
        let last = sentence.end - 1;
        // « cinq lauréats : », or "Pubs up for the award: five."
        let colon = mark(a, last) == Some(':');
        let named = matches!(f.unit, Unit::Count(None));
        let answers = named && mark(a, f.tokens().start.checked_sub(1)?) == Some(':') && end == last;
        let ends = a.tokens.get(sentence.end).is_none_or(|t| t.block as usize != block);
        let counts = || a.mentions_in(sentence.clone()).iter().filter_map(figure).filter(|o| matches!(o.unit, Unit::Count(_)));
        let told = ends && (colon && !named || answers);
        if !told || counts().take(2).count() != 1 || cue_in(a, &self.open, sentence.clone()) {
            return None;
        }
        let items: Vec<_> = a.doc.blocks[block + 1..].iter().take_while(|b| b.kind == BlockKind::ListItem).collect();
        let words = |b: &crate::document::Block| b.span.of(&a.doc.text).split_whitespace().count();
        let count = i128::try_from(items.len()).ok()?;
        if !(2..=20).contains(&count) || f.amount.written == Ratio::whole(count) || items.iter().any(|b| words(b) > ITEM) {
            return None;
        }
        let mut values = Bindings::default();
        values.bind("list.count", Bound::Amount(Amount::whole(count)));
        let mut facets = stance(f.mention);
        facets.insert_if(!f.amount.is_exact(), Facet::Approximate);
        let list = items[0].span.cover(items[items.len() - 1].span);
        Some(Conflict { roles: vec![("number", f.span(a)), ("list", list)], values, facets })
    }

    fn judge(&self, a: &Analysis, f: &Figure) -> Option<Conflict> {
        let counted = matches!(f.unit, Unit::Count(Some(_)));
        if !counted || parted(a, f.mention) || f.amount.written < Ratio::whole(2) || f.amount.written > Ratio::whole(12) {
            return None;
        }
        let end = f.tokens().end;
        let sentence = a.sentence(end - 1);
        let colon = (end..sentence.end.min(end + 3)).find(|&i| mark(a, i) == Some(':'))?;
        let list = colon + 1..sentence.end - usize::from(matches!(mark(a, sentence.end - 1), Some('.' | '!' | '?' | ';')));
        // A list that gives examples, counts, explains or quotes is no bare list of names.
        let plain = |i: usize| {
            let c = a.classes[i];
            mark(a, i).is_none_or(|m| m == ',' || m == '-' || crate::language::cut::is_apostrophe(m))
                && !c.has(Class::Verb)
                && !c.has(Class::Infinitive)
                && !c.has(Class::Relative)
                && a.tokens[i].kind != TokenKind::Digits
        };
        if list.len() < 3 || !list.clone().all(plain) || cue_in(a, &self.open, list.clone()) {
            return None;
        }
        let last = list.clone().rfind(|&i| a.classes[i].has(Class::Coordinator))?;
        let commas: Vec<usize> = list.clone().filter(|&i| mark(a, i) == Some(',')).collect();
        let coordinators = list.clone().filter(|&i| a.classes[i].has(Class::Coordinator)).count();
        let serial = commas.last().is_some_and(|c| c + 1 == last);
        let items = commas.len() + 2 - usize::from(serial);
        let capital = |i: usize| a.tokens.get(i).is_some_and(|t| t.case.is_capital() && t.kind == TokenKind::Word);
        let starts = std::iter::once(list.start).chain(commas.iter().filter(|c| **c + 1 != last).map(|c| c + 1)).chain([last + 1]);
        // Names are one item each; of other things, « le pain et le vin » may be one.
        if coordinators != 1 || commas.iter().any(|c| *c > last) || !starts.clone().all(capital) {
            return None;
        }
        let count = i128::try_from(items).ok()?;
        if f.amount.written == Ratio::whole(count) {
            return None;
        }
        let mut values = Bindings::default();
        values.bind("list.count", Bound::Amount(Amount::whole(count)));
        let mut facets = stance(f.mention);
        facets.insert_if(!f.amount.is_exact(), Facet::Approximate);
        Some(Conflict { roles: vec![("number", f.span(a)), ("list", a.span(list))], values, facets })
    }
}
