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

/// Makes `Expect` of the list of all relations, each with what it holds: a variant of the relation's name around what a rule says of it.
macro_rules! relations {
    ($($(#[$doc:meta])+ $file:ident::$name:ident,)+) => {
        /// The relation of a rule, with what the rule says of it: `expect: { distinct: { words: 12 } }`.
        #[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Expect {
            $($(#[$doc])+ $name($file::$name),)+
        }

        impl Expect {
            /// The relation itself.
            pub fn relation(&self) -> &dyn Relation {
                match self {
                    $(Expect::$name(relation) => relation,)+
                }
            }
        }
    };
}

relations! {
    /// Parts make their total, or do not exceed it.
    add_up::AddUp,
    /// An age is that of somebody born in that year.
    age_fits::AgeFits,
    /// Counts of one thing agree.
    agree::Agree,
    /// As many are named as were counted.
    as_many::AsMany,
    /// A number is what the vague word beside it allows.
    as_worded::AsWorded,
    /// The first number of a range is the smaller.
    ascending::Ascending,
    /// Every quotation mark has its partner.
    balanced::Balanced,
    /// A number above the story is in the story.
    borne_out::BorneOut,
    /// A story, a picture, a reference has what belongs to it.
    complete::Complete,
    /// One measure in two units is one measure.
    converted::Converted,
    /// What is counted from one moment leads to the other.
    counts_to::CountsTo,
    /// Who made what a page shows is told once, and alike.
    credited::Credited,
    /// Days go with the day of publication.
    dated::Dated,
    /// What follows does not happen the day before.
    day_before::DayBefore,
    /// The day above a story is told in it.
    day_in_story::DayInStory,
    /// A town lies in the region by which it is told of.
    described_in::DescribedIn,
    /// No paragraph stands twice.
    distinct::Distinct,
    /// Each day of a list falls on the weekday of the list.
    each_weekday::EachWeekday,
    /// Whoever stands in the furniture stands in the story.
    echoed::Echoed,
    /// What excludes something stands beside none of it.
    excluded::Excluded,
    /// A sentence goes on to its end.
    finished::Finished,
    /// What is told of persons is told of persons.
    fits_subject::FitsSubject,
    /// What is the first of a region stands in it.
    foremost::Foremost,
    /// A stretch ends after it begins.
    forward::Forward,
    /// A story, and each of its pictures, has what the newsroom asks for.
    furnished::Furnished,
    /// What is said to rise ends higher.
    goes_as_said::GoesAsSaid,
    /// The space before a high mark does not break the line.
    hard_spaced::HardSpaced,
    /// Figures that the story ties to each other fit.
    holds::Holds,
    /// A date exists.
    in_calendar::InCalendar,
    /// An office is given to whoever holds it on the day.
    in_office::InOffice,
    /// What comes first is dated first.
    in_order::InOrder,
    /// The most and the least of a range lie in it.
    in_range::InRange,
    /// What comes first in the nature of things is dated first.
    in_stages::InStages,
    /// A place bears the name of the day.
    in_use::InUse,
    /// Nobody enters a story unannounced.
    introduced::Introduced,
    /// Headline and captions follow when the text is updated.
    kept_up::KeptUp,
    /// What lasts from one hour to another lasts as long as is said.
    lasts::Lasts,
    /// What comes late comes as much later as is said.
    late_by::LateBy,
    /// A place lies where the story says.
    lies_in::LiesIn,
    /// As many are listed as announced.
    listed::Listed,
    /// Of two things one at most is said of a person.
    not_both::NotBoth,
    /// A number is written as numbers are.
    number_form::NumberForm,
    /// What somebody does in a year goes with how old somebody is.
    of_age::OfAge,
    /// A time of day is one that a clock shows.
    on_clock::OnClock,
    /// A person has one age.
    one_age::OneAge,
    /// An office that one person holds has one bearer.
    one_bearer::OneBearer,
    /// What is counted again is counted the same.
    one_count::OneCount,
    /// What happens once happens on one day.
    one_day::OneDay,
    /// Initials stand for one name.
    one_expansion::OneExpansion,
    /// What recurs has one form.
    one_form::OneForm,
    /// Here is where the date line says.
    one_here::OneHere,
    /// One person has one full name.
    one_person::OnePerson,
    /// Of offices of one kind somebody holds one.
    one_post::OnePost,
    /// The same digits have the same scale.
    one_scale::OneScale,
    /// What lies on one side of a town lies on no other.
    one_side::OneSide,
    /// Headline and captions are set where the story is.
    one_site::OneSite,
    /// What is quoted twice has one speaker.
    one_voice::OneVoice,
    /// Who does something to another does not suffer it from them.
    one_way::OneWay,
    /// A day of the year falls on one weekday.
    one_weekday::OneWeekday,
    /// Nothing is at both ends of an axis.
    opposed::Opposed,
    /// What comes of a vote or a match is what its figures say.
    outcome::Outcome,
    /// The one picture of a story shows whom the story is of.
    pictured::Pictured,
    /// Whoever is accused is not called guilty.
    presumed::Presumed,
    /// Nobody is third of two.
    ranked::Ranked,
    /// A quotation that comes again has the same words.
    reworded::Reworded,
    /// What can be written in several ways is written in one.
    same_choice::SameChoice,
    /// One claim is made with one certainty.
    same_claim::SameClaim,
    /// A weekday is that of its date.
    same_day::SameDay,
    /// A name is spelled one way.
    same_name::SameName,
    /// The authorities of a place are those of its country.
    same_people::SamePeople,
    /// A caption is set where the story is.
    same_place::SamePlace,
    /// Few are not many.
    same_scale::SameScale,
    /// Title, first name and pronoun agree.
    same_sex::SameSex,
    /// What can be read two ways is settled.
    settled::Settled,
    /// The shares of a whole do not exceed it.
    shares_fit::SharesFit,
    /// Initials are those of their words.
    spelled_out::SpelledOut,
    /// Every quotation has a speaker, and one.
    spoken::Spoken,
    /// No word is nearly a name of the story.
    stray_form::StrayForm,
    /// A suppression takes effect.
    suppresses::Suppresses,
    /// What outdoes another is told with the larger figure.
    surpasses::Surpasses,
    /// What a noun takes for known was told as a fact.
    taken_up::TakenUp,
    /// The renditions of one body tell the same words.
    twinned::Twinned,
    /// What the furniture quotes was said so.
    verbatim::Verbatim,
    /// A credit names somebody.
    well_formed::WellFormed,
    /// A value can be.
    within::Within,
    /// So many years ago was that year.
    years_apart::YearsApart,
    /// So many years since it began make the year of publication.
    years_since::YearsSince,
}

impl Expect {
    /// Whether it holds what the story tells against the day of publication.
    pub fn asks_day(&self) -> bool {
        use Expect::{Dated, InOffice, InUse, OneWeekday, SameDay, YearsApart};
        matches!(self, Dated(_) | InOffice(_) | InUse(_) | OneWeekday(_) | SameDay(_) | YearsApart(_))
    }
}

/// All names in the value of `expect:`.
pub(crate) fn named(expect: &Value) -> Vec<Named> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(Expect).to_value());
    names::of(&SCHEMA, expect)
}
