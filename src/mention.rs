//! The facts of a story: numbers, money, dates, places, people, quotations, each with its value and its stance.

pub(crate) mod correction;
mod date;
pub(crate) mod name;
mod naming;
pub(crate) mod number;
pub(crate) mod organisation;
pub(crate) mod people;
pub(crate) mod place;
pub(crate) mod quantity;
pub(crate) mod quotation;
mod range;
mod read;
mod run;
mod stance;
pub(crate) mod word;

pub(crate) use read::read;
pub(crate) use stance::source;
