//! Places that changed their name, with the days of the change.

use jiff::civil::Date;
use serde::Deserialize;

use super::offices::day;

/// An entry of `renamed.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    /// The name as written.
    pub name: String,
    /// The first day of the name; none where it is older than any draft.
    #[serde(default, deserialize_with = "day")]
    pub from: Option<Date>,
    /// The last day of the name; none where it is in use.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
    /// The name in use before or after.
    pub other: String,
}

impl Renamed {
    /// Whether the name is in use on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
