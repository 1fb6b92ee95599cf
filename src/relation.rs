//! Relations between mentions: what a rule's `expect:` names. They speak of facts, never of words of a language.

mod add_up;
mod age_fits;
mod agree;
mod as_many;
mod as_worded;
mod ascending;
mod balanced;
mod ballot;
mod borne_out;
mod change;
mod complete;
mod conflict;
mod converted;
mod counts_to;
mod credited;
mod dated;
mod day_before;
mod day_in_story;
mod described_in;
mod distinct;
mod each_weekday;
mod echoed;
mod event;
mod excluded;
mod finished;
mod fits_subject;
mod foremost;
mod forward;
mod furnished;
mod goes_as_said;
mod hangs;
mod hard_spaced;
mod holds;
mod human;
mod in_calendar;
mod in_office;
mod in_order;
mod in_range;
mod in_stages;
mod in_use;
mod introduced;
mod join;
mod kept_up;
mod lasts;
mod late_by;
mod lies_in;
mod listed;
mod lives;
mod moment;
mod names;
mod not_both;
mod number_form;
mod of_age;
mod office;
mod on_clock;
mod one_age;
mod one_bearer;
mod one_count;
mod one_day;
mod one_expansion;
mod one_form;
mod one_here;
mod one_person;
mod one_post;
mod one_scale;
mod one_side;
mod one_site;
mod one_voice;
mod one_way;
mod one_weekday;
mod opposed;
mod outcome;
mod pictured;
mod presented;
mod presumed;
mod quoted;
mod ranked;
mod reworded;
mod same_choice;
mod same_claim;
mod same_day;
mod same_name;
mod same_people;
mod same_place;
mod same_scale;
mod same_sex;
mod scores;
mod settled;
mod shares_fit;
mod site;
mod spelled_out;
mod spoken;
mod stray_form;
mod stretch;
mod support;
mod suppresses;
mod surpasses;
mod taken_up;
mod twinned;
mod verbatim;
mod voice;
mod well_formed;
mod within;
mod years_apart;
mod years_since;

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

pub(crate) use crate::tie::figure;
pub use conflict::{Conflict, Relation};
pub(crate) use names::Named;
pub use suppresses::Suppresses;

/// The relation of a rule, with what the rule says of it: `expect: { distinct: { words: 12 } }`.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expect {
    /// Parts make their total, or do not exceed it.
    AddUp(add_up::AddUp),
    /// An age is that of somebody born in that year.
    AgeFits(age_fits::AgeFits),
    /// Counts of one thing agree.
    Agree(agree::Agree),
    /// As many are named as were counted.
    AsMany(as_many::AsMany),
    /// A number is what the vague word beside it allows.
    AsWorded(as_worded::AsWorded),
    /// The first number of a range is the smaller.
    Ascending(ascending::Ascending),
    /// Every quotation mark has its partner.
    Balanced(balanced::Balanced),
    /// A number above the story is in the story.
    BorneOut(borne_out::BorneOut),
    /// One measure in two units is one measure.
    Converted(converted::Converted),
    /// What is counted from one moment leads to the other.
    CountsTo(counts_to::CountsTo),
    /// Who made what a page shows is told once, and alike.
    Credited(credited::Credited),
    /// Days go with the day of publication.
    Dated(dated::Dated),
    /// A town lies in the region by which it is told of.
    DescribedIn(described_in::DescribedIn),
    /// No paragraph stands twice.
    Distinct(distinct::Distinct),
    /// What is said to rise ends higher.
    GoesAsSaid(goes_as_said::GoesAsSaid),
    /// A story, a picture, a reference has what belongs to it.
    Complete(complete::Complete),
    /// Whoever stands in the furniture stands in the story.
    Echoed(echoed::Echoed),
    /// What excludes something stands beside none of it.
    Excluded(excluded::Excluded),
    /// A story, and each of its pictures, has what the newsroom asks for.
    Furnished(furnished::Furnished),
    /// The space before a high mark does not break the line.
    HardSpaced(hard_spaced::HardSpaced),
    /// Figures that the story ties to each other fit.
    Holds(holds::Holds),
    /// A date exists.
    InCalendar(in_calendar::InCalendar),
    /// A sentence goes on to its end.
    Finished(finished::Finished),
    /// What is told of persons is told of persons.
    FitsSubject(fits_subject::FitsSubject),
    /// What is the first of a region stands in it.
    Foremost(foremost::Foremost),
    /// A stretch ends after it begins.
    Forward(forward::Forward),
    /// An office is given to whoever holds it on the day.
    InOffice(in_office::InOffice),
    /// A place bears the name of the day.
    InUse(in_use::InUse),
    /// Nobody enters a story unannounced.
    Introduced(introduced::Introduced),
    /// Headline and captions follow when the text is updated.
    KeptUp(kept_up::KeptUp),
    /// What lasts from one hour to another lasts as long as is said.
    Lasts(lasts::Lasts),
    /// What follows does not happen the day before.
    DayBefore(day_before::DayBefore),
    /// The day above a story is told in it.
    DayInStory(day_in_story::DayInStory),
    /// Each day of a list falls on the weekday of the list.
    EachWeekday(each_weekday::EachWeekday),
    /// What comes late comes as much later as is said.
    LateBy(late_by::LateBy),
    /// A place lies where the story says.
    LiesIn(lies_in::LiesIn),
    /// What somebody does in a year goes with how old somebody is.
    OfAge(of_age::OfAge),
    /// Of two things one at most is said of a person.
    NotBoth(not_both::NotBoth),
    /// An office that one person holds has one bearer.
    OneBearer(one_bearer::OneBearer),
    /// Of offices of one kind somebody holds one.
    OnePost(one_post::OnePost),
    /// Initials stand for one name.
    OneExpansion(one_expansion::OneExpansion),
    /// What comes first is dated first.
    InOrder(in_order::InOrder),
    /// The most and the least of a range lie in it.
    InRange(in_range::InRange),
    /// Nobody is third of two.
    Ranked(ranked::Ranked),
    /// What outdoes another is told with the larger figure.
    Surpasses(surpasses::Surpasses),
    /// What comes first in the nature of things is dated first.
    InStages(in_stages::InStages),
    /// As many are listed as announced.
    Listed(listed::Listed),
    /// A number is written as numbers are.
    NumberForm(number_form::NumberForm),
    /// What is counted again is counted the same.
    OneCount(one_count::OneCount),
    /// A time of day is one that a clock shows.
    OnClock(on_clock::OnClock),
    /// What happens once happens on one day.
    OneDay(one_day::OneDay),
    /// What is quoted twice has one speaker.
    OneVoice(one_voice::OneVoice),
    /// A quotation that comes again has the same words.
    Reworded(reworded::Reworded),
    /// A person has one age.
    OneAge(one_age::OneAge),
    /// Here is where the date line says.
    OneHere(one_here::OneHere),
    /// What lies on one side of a town lies on no other.
    OneSide(one_side::OneSide),
    /// Headline and captions are set where the story is.
    OneSite(one_site::OneSite),
    /// What recurs has one form.
    OneForm(one_form::OneForm),
    /// The same digits have the same scale.
    OneScale(one_scale::OneScale),
    /// A day of the year falls on one weekday.
    OneWeekday(one_weekday::OneWeekday),
    /// Nothing is at both ends of an axis.
    Opposed(opposed::Opposed),
    /// Who does something to another does not suffer it from them.
    OneWay(one_way::OneWay),
    /// What comes of a vote or a match is what its figures say.
    Outcome(outcome::Outcome),
    /// The one picture of a story shows whom the story is of.
    Pictured(pictured::Pictured),
    /// One person has one full name.
    OnePerson(one_person::OnePerson),
    /// Whoever is accused is not called guilty.
    Presumed(presumed::Presumed),
    /// What can be written in several ways is written in one.
    SameChoice(same_choice::SameChoice),
    /// One claim is made with one certainty.
    SameClaim(same_claim::SameClaim),
    /// A weekday is that of its date.
    SameDay(same_day::SameDay),
    /// A name is spelled one way.
    SameName(same_name::SameName),
    /// The authorities of a place are those of its country.
    SamePeople(same_people::SamePeople),
    /// A caption is set where the story is.
    SamePlace(same_place::SamePlace),
    /// Few are not many.
    SameScale(same_scale::SameScale),
    /// Title, first name and pronoun agree.
    SameSex(same_sex::SameSex),
    /// The shares of a whole do not exceed it.
    SharesFit(shares_fit::SharesFit),
    /// What a noun takes for known was told as a fact.
    TakenUp(taken_up::TakenUp),
    /// Initials are those of their words.
    SpelledOut(spelled_out::SpelledOut),
    /// What can be read two ways is settled.
    Settled(settled::Settled),
    /// Every quotation has a speaker, and one.
    Spoken(spoken::Spoken),
    /// No word is nearly a name of the story.
    StrayForm(stray_form::StrayForm),
    /// A suppression takes effect.
    Suppresses(suppresses::Suppresses),
    /// The renditions of one body tell the same words.
    Twinned(twinned::Twinned),
    /// What the furniture quotes was said so.
    Verbatim(verbatim::Verbatim),
    /// A credit names somebody.
    WellFormed(well_formed::WellFormed),
    /// A value can be.
    Within(within::Within),
    /// So many years ago was that year.
    YearsApart(years_apart::YearsApart),
    /// So many years since it began make the year of publication.
    YearsSince(years_since::YearsSince),
}

impl Expect {
    /// Whether it holds what the story tells against the day of publication.
    pub fn asks_day(&self) -> bool {
        use Expect::{Dated, InOffice, InUse, OneWeekday, SameDay, YearsApart};
        matches!(self, Dated(_) | InOffice(_) | InUse(_) | OneWeekday(_) | SameDay(_) | YearsApart(_))
    }

    /// The relation: the one list of all of them.
    pub fn relation(&self) -> &dyn Relation {
        match self {
            Expect::AddUp(r) => r,
            Expect::AgeFits(r) => r,
            Expect::Agree(r) => r,
            Expect::AsMany(r) => r,
            Expect::AsWorded(r) => r,
            Expect::Ascending(r) => r,
            Expect::Balanced(r) => r,
            Expect::BorneOut(r) => r,
            Expect::Converted(r) => r,
            Expect::CountsTo(r) => r,
            Expect::Credited(r) => r,
            Expect::Dated(r) => r,
            Expect::DescribedIn(r) => r,
            Expect::Distinct(r) => r,
            Expect::GoesAsSaid(r) => r,
            Expect::Complete(r) => r,
            Expect::Echoed(r) => r,
            Expect::Excluded(r) => r,
            Expect::Furnished(r) => r,
            Expect::HardSpaced(r) => r,
            Expect::Holds(r) => r,
            Expect::InCalendar(r) => r,
            Expect::Finished(r) => r,
            Expect::FitsSubject(r) => r,
            Expect::Foremost(r) => r,
            Expect::Forward(r) => r,
            Expect::InOffice(r) => r,
            Expect::InUse(r) => r,
            Expect::Introduced(r) => r,
            Expect::KeptUp(r) => r,
            Expect::Lasts(r) => r,
            Expect::DayBefore(r) => r,
            Expect::DayInStory(r) => r,
            Expect::EachWeekday(r) => r,
            Expect::LateBy(r) => r,
            Expect::LiesIn(r) => r,
            Expect::OfAge(r) => r,
            Expect::NotBoth(r) => r,
            Expect::OneBearer(r) => r,
            Expect::OnePost(r) => r,
            Expect::OneExpansion(r) => r,
            Expect::InOrder(r) => r,
            Expect::InRange(r) => r,
            Expect::Ranked(r) => r,
            Expect::Surpasses(r) => r,
            Expect::InStages(r) => r,
            Expect::Listed(r) => r,
            Expect::NumberForm(r) => r,
            Expect::OneAge(r) => r,
            Expect::OneVoice(r) => r,
            Expect::OneWay(r) => r,
            Expect::Reworded(r) => r,
            Expect::OneCount(r) => r,
            Expect::OnClock(r) => r,
            Expect::OneDay(r) => r,
            Expect::OneForm(r) => r,
            Expect::OneHere(r) => r,
            Expect::OneSide(r) => r,
            Expect::OneSite(r) => r,
            Expect::OneScale(r) => r,
            Expect::OneWeekday(r) => r,
            Expect::OnePerson(r) => r,
            Expect::Outcome(r) => r,
            Expect::Opposed(r) => r,
            Expect::Presumed(r) => r,
            Expect::Pictured(r) => r,
            Expect::SameChoice(r) => r,
            Expect::SameClaim(r) => r,
            Expect::SameDay(r) => r,
            Expect::SameName(r) => r,
            Expect::SamePeople(r) => r,
            Expect::SamePlace(r) => r,
            Expect::SameScale(r) => r,
            Expect::SameSex(r) => r,
            Expect::SharesFit(r) => r,
            Expect::TakenUp(r) => r,
            Expect::Settled(r) => r,
            Expect::SpelledOut(r) => r,
            Expect::Spoken(r) => r,
            Expect::StrayForm(r) => r,
            Expect::Suppresses(r) => r,
            Expect::Twinned(r) => r,
            Expect::Verbatim(r) => r,
            Expect::WellFormed(r) => r,
            Expect::Within(r) => r,
            Expect::YearsApart(r) => r,
            Expect::YearsSince(r) => r,
        }
    }
}

/// All names in the value of `expect:`.
pub(crate) fn named(expect: &Value) -> Vec<Named> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(Expect).to_value());
    names::of(&SCHEMA, expect)
}
