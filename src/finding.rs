//! What a check reports: places, facts, a level. Words are made at the edge, in [`crate::report`].

use crate::amount::Amount;
use crate::span::Span;
use jiff::civil::{Date, Weekday};

/// How sure and how grave, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth a glance; off unless asked for.
    Note,
    /// A careful editor would look.
    Warning,
    /// Arithmetic, the calendar or form decides.
    Error,
}

impl Level {
    /// All levels, the weakest first.
    pub const ALL: [Level; 3] = [Level::Note, Level::Warning, Level::Error];

    /// The name in rules and reports.
    pub fn name(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// What a rule is about; the letters of a copy desk's checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// People, organisations, places as spelled.
    Names,
    /// Counts, money, shares, sums.
    Numbers,
    /// The calendar, ages, elapsed time.
    Dates,
    /// Where things happen.
    Places,
    /// Headline, caption, credit, placeholders, repeated text.
    Furniture,
    /// Quotations and attribution.
    Quotes,
    /// What the sentences assert.
    Claims,
    /// Typography.
    Form,
}

impl Topic {
    /// All topics, in the order of a copy desk's checklist.
    pub const ALL: [Topic; 8] =
        [Topic::Names, Topic::Numbers, Topic::Dates, Topic::Places, Topic::Furniture, Topic::Quotes, Topic::Claims, Topic::Form];

    /// The name in rules and reports.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Names => "names",
            Topic::Numbers => "numbers",
            Topic::Dates => "dates",
            Topic::Places => "places",
            Topic::Furniture => "furniture",
            Topic::Quotes => "quotes",
            Topic::Claims => "claims",
            Topic::Form => "form",
        }
    }
}

/// Two or more places of a draft that do not go together, and the facts that a message tells of them.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Index of the rule in the [`Ruleset`](crate::rule::Ruleset) that was checked with.
    pub rule: usize,
    /// The level after the ruleset's overrides.
    pub level: Level,
    /// The places, the primary one first; never empty.
    pub labels: Vec<Label>,
    /// What the message may name beside the labels' own words.
    pub bindings: Bindings,
    /// A replacement, where the rule offers one.
    pub fix: Option<Fix>,
    /// Survives edits elsewhere: a version, a colon, and 16 hexadecimal digits.
    pub fingerprint: String,
}

/// One place of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The part that the place plays, as the rule's `labels:` names it.
    pub role: String,
    /// Bytes of [`Document::text`](crate::document::Document::text).
    pub span: Span,
}

/// A proposed edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied unseen.
    pub safe: bool,
    /// What to write where; spans of [`Document::text`](crate::document::Document::text).
    pub edits: Vec<(Span, String)>,
}

/// Named facts, in the order in which the relation or pattern gave them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bindings(Vec<(String, Bound)>);

impl Bindings {
    /// Names a fact. A name that is given twice keeps its first fact.
    pub fn bind(&mut self, name: impl Into<String>, fact: Bound) {
        let name = name.into();
        if self.get(&name).is_none() {
            self.0.push((name, fact));
        }
    }

    /// The fact of that name.
    pub fn get(&self, name: &str) -> Option<&Bound> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, b)| b)
    }

    /// All facts with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Bound)> {
        self.0.iter().map(|(n, b)| (n.as_str(), b))
    }
}

/// A fact that a message may name. It becomes words only in the message's language.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// Words of the draft.
    Text(Span),
    /// Words that are in no language, or that the rule itself gave in the right one.
    Literal(String),
    /// A number.
    Amount(Amount),
    /// A share of a hundred.
    Percent(Amount),
    /// How many times something stands in the draft.
    Count(usize),
    /// A day of the week.
    Weekday(Weekday),
    /// A day of the calendar.
    Date(Date),
    /// A day of a month.
    Day(i8),
}
