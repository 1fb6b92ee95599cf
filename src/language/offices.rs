//! Who holds an office on which days.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

/// An entry of `offices.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// What the office is called, in each way that papers write it, in lower case.
    pub office: Vec<String>,
    /// Who holds it, with first name and surname.
    pub holder: String,
    /// The first day; none where it is older than any draft.
    #[serde(default, deserialize_with = "day")]
    pub from: Option<Date>,
    /// The last day; none where it lasts.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
}

impl Office {
    /// Whether the term includes a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether two entries are of one office: they share a name of it.
    pub fn is_office_of(&self, other: &Office) -> bool {
        self.office.iter().any(|name| other.office.contains(name))
    }
}

pub(super) fn day<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Date>, D::Error> {
    String::deserialize(d)?.parse().map(Some).map_err(serde::de::Error::custom)
}
