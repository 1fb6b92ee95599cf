//! (in the making)

use serde::Deserialize;

/// `calendar.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Calendar {}

impl Calendar {
    /// The name of a day of the week.
    pub fn weekday_name(&self, _day: jiff::civil::Weekday) -> &str {
        "?"
    }

    /// A day as the language writes it.
    pub fn date(&self, date: jiff::civil::Date) -> String {
        date.to_string()
    }
}
