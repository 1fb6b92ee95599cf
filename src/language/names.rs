//! First names (stand-in until the data lands).
#![allow(missing_docs)]
pub struct FirstNames;
pub fn first_names() -> &'static FirstNames { &FirstNames }
impl FirstNames { pub fn frequency(&self, _l: &str) -> u32 { 0 } pub fn female_share(&self, _l: &str) -> Option<u8> { None } }
