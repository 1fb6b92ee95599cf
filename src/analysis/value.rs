//! The facts of a story, each with its value, its stance and its frame.

use jiff::civil::{Date, Weekday};

use crate::amount::Amount;
use crate::language::calendar::Modifier;
use crate::language::places::PlaceId;
use crate::span::Span;

/// A fact as the story words it.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Bytes of [`Document::text`](crate::document::Document::text).
    pub span: Span,
    /// First and one past the last token.
    pub tokens: (u32, u32),
    /// Index into [`Document::blocks`](crate::document::Document::blocks).
    pub block: u32,
    /// Index into [`Analysis::sentences`](crate::analysis::Analysis::sentences).
    pub sentence: u32,
    /// Index into [`Analysis::clauses`](crate::analysis::Analysis::clauses).
    pub clause: u32,
    /// What it says.
    pub value: Value,
    /// Who says so, and how surely.
    pub stance: Stance,
    /// Where and when the clause says that it happens.
    pub frame: Frame,
}

/// What a mention says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A count of something.
    Quantity(Quantity),
    /// A share of a hundred; the amount is in per cent.
    Percent(Amount),
    /// An amount of money.
    Money(Money),
    /// A difference of two shares, in percentage points.
    Points(Amount),
    /// A measure.
    Measure(MeasureValue),
    /// A rank: « 3e », "third".
    Ordinal(Amount),
    /// How old somebody is, in years.
    Age(Amount),
    /// A day of the week, with no date beside it.
    Weekday(Weekday),
    /// A day, month or year of the calendar, as far as it is given.
    Date(DateValue),
    /// A stretch of the calendar: a range of dates, a week, a decade.
    Period(PeriodValue),
    /// A time of day, minutes after midnight.
    Time(u16),
    /// A length of time.
    Duration(DurationValue),
    /// A place.
    Place(PlaceValue),
    /// A person, by what is written of the name.
    Person(PersonValue),
    /// An organisation.
    Organisation(EntityId),
    /// Words between quotation marks.
    Quotation(Quotation),
}

/// A count, and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// How many.
    pub amount: Amount,
    /// The tokens of the noun group that is counted, where there is one.
    pub counted: Option<Counted>,
}

/// What a quantity counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// Token of the head noun.
    pub head: u32,
    /// The concept that the head, or the head with its predicate, stands for: an entry of the `concepts` of a language.
    pub concept: Option<String>,
    /// Whether words narrow the head: « blessés *graves* », « dont », « parmi ».
    pub narrowed: bool,
    /// Whether the group refers back: « *les* 18 victimes ».
    pub definite: bool,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// How much, in whole units of the currency.
    pub amount: Amount,
    /// ISO 4217 code.
    pub currency: String,
}

/// A day of the calendar as far as the words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateValue {
    /// The year, where it is written or can be inferred without doubt.
    pub year: Option<i16>,
    /// The year that the words around tell, where none is written: « *en 2016*, le jeudi 7 janvier ».
    pub passage: Option<i16>,
    /// The month, 1 to 12 in a real date; what is written otherwise is kept.
    pub month: Option<i8>,
    /// The day as written: 31 April keeps its 31.
    pub day: Option<i8>,
    /// The weekday written beside it, and where.
    pub weekday: Option<(Weekday, Span)>,
    /// Where the date itself stands, without its weekday.
    pub core: Span,
    /// The day that is meant, by the publication date or an anchor; `None` where it stays partial or does not exist.
    pub resolved: Option<Date>,
    /// Which part of it is meant, or that it opens or closes a stretch: « *fin* mars », « *depuis* 2018 ».
    pub modifier: Option<Modifier>,
}

/// A stretch of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodValue {
    /// In the notation of TIMEX3: `(2018-03-03,2018-03-12,P9D)`, `2018-W23`, `19XX`.
    pub iso: String,
    /// Its first day, where that is known.
    pub from: Option<Date>,
    /// The first day after it, or of a range of days the last, where that is known.
    pub past: Option<Date>,
    /// Which part of it is meant, or that it opens or closes a longer stretch: "*late* last week".
    pub modifier: Option<Modifier>,
}

impl PeriodValue {
    /// A stretch of which the words do not say where in the calendar it lies: `PAST_REF`, `XXXX-WXX`.
    pub(crate) fn unplaced(iso: String) -> PeriodValue {
        PeriodValue { iso, from: None, past: None, modifier: None }
    }
}

/// A length of time.
#[derive(Clone, Debug, PartialEq)]
pub struct DurationValue {
    /// How many units.
    pub amount: Amount,
    /// Which unit: `Y`, `M`, `W`, `D`, `TH`, `TM`, `TS` in the notation of ISO 8601.
    pub unit: String,
}

/// A measure.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureValue {
    /// How many units.
    pub amount: Amount,
    /// The unit's symbol.
    pub unit: String,
}

/// A place, and the part that it plays in its clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceValue {
    /// The place that the story means, the best of those that bear the name.
    pub id: PlaceId,
    /// All places that bear the name, the best first.
    pub candidates: Vec<PlaceId>,
    /// What the place does here.
    pub role: PlaceRole,
    /// The entity.
    pub entity: EntityId,
    /// The whole locative phrase: « en Californie ».
    pub phrase: Span,
}

/// What a place name does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceRole {
    /// It places the scene: « à Almaty ».
    Locative,
    /// Something or somebody comes from it.
    Origin,
    /// It acts: « Washington a réagi ».
    Actor,
    /// It stands in an apposition, a list or beside a locative, and places as little as it acts.
    Other,
}

/// A person as named here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonValue {
    /// The entity.
    pub entity: EntityId,
    /// Tokens of the given names; empty where none is written.
    pub given: (u32, u32),
    /// Tokens of the surname with its particles.
    pub surname: (u32, u32),
    /// Tokens of the title or function that stands before the name; empty where none does.
    pub title: (u32, u32),
}

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words without their marks.
    pub inner: Span,
    /// Who speaks, where it is known.
    pub speaker: Option<EntityId>,
}

/// An index into [`Analysis::entities`](crate::analysis::Analysis::entities).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// One person, organisation or place of the story, with all its mentions.
#[derive(Clone, Debug)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name by which the story calls it.
    pub name: String,
    /// Indexes into [`Analysis::mentions`](crate::analysis::Analysis::mentions).
    pub mentions: Vec<u32>,
    /// A person's sex, where title, function or first name tells it.
    pub sex: Option<Sex>,
}

/// A person's sex, as titles and first names tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// « Mme », "Mrs", « la ministre », « Marie ».
    Female,
    /// « M. », "Mr", « le ministre », « Jean ».
    Male,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
}

/// Who says a thing, and how surely.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stance {
    /// The words that name the source: « selon *la préfecture* ».
    pub source: Option<Span>,
    /// It stands in a quotation.
    pub quoted: bool,
    /// It is denied.
    pub negated: bool,
    /// Condition, question, forecast, goal, or the conditional of hearsay.
    pub hypothetical: bool,
}

/// Where and when a clause says that it happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The place that its clause, sentence, paragraph or story gives, and how near that is.
    pub place: Option<PlaceId>,
    /// The year that its clause or sentence gives, where that is not the story's own.
    pub year: Option<i16>,
    /// The day that its clause or sentence gives.
    pub day: Option<Date>,
    /// The clause tells of another time than the story: a pluperfect, « lors du précédent », another year.
    pub background: bool,
}
