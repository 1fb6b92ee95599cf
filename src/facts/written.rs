//! A fact in one line, as lists of readings write it down.

use super::{Fact, FactValue};

impl Fact {
    /// Its kind and its value: `quantity 15000 of people`, `money 2 [2, …] GBP`, `date 2018-03`, `person Anna Merrow`. Bounds stand in brackets where
    /// the words allow more than one value, with `…` for an open end; a day that is meant follows `=`.
    pub fn written(&self) -> String {
        let bounds = |written: &String, low: &Option<String>, high: &Option<String>| {
            let end = |b: &Option<String>| b.clone().unwrap_or_else(|| "…".to_owned());
            let exact = low.as_ref() == Some(written) && high.as_ref() == Some(written);
            (!exact).then(|| format!("[{}, {}]", end(low), end(high)))
        };
        let mut parts = vec![Some(self.kind.to_owned())];
        match &self.value {
            FactValue::Number { written, low, high, unit, of, .. } => parts.extend([
                Some(written.clone()),
                bounds(written, low, high),
                unit.clone(),
                of.as_ref().map(|of| format!("of {of}")),
            ]),
            FactValue::When { iso, resolved, modifier } => {
                parts.extend([modifier.map(str::to_owned), Some(iso.clone()), resolved.as_ref().map(|day| format!("= {day}"))]);
            }
            FactValue::Length { iso, written, low, high } => parts.extend([Some(iso.clone()), bounds(written, low, high)]),
            FactValue::Place { name, .. } | FactValue::Person { name, .. } | FactValue::Organisation { name } => {
                parts.push(Some(name.clone()));
            }
            FactValue::Quotation { speaker, .. } => parts.push(speaker.clone()),
        }
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}
