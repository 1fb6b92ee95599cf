//! How times of day are written.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::language::phrases::{Cut, Phrases};

/// How times of day are written.
#[derive(Clone, Debug)]
pub struct Clock {
    /// What is glued to the hour: `14h`, `2pm`; the first two are the halves of the day.
    pub glued: Vec<String>,
    /// Which of these minutes may follow: `14h30`.
    pub separators: Vec<String>,
    /// Words after the hour that may also count hours.
    pub words: Vec<String>,
    /// Words after the hour that count none: "o'clock".
    pub sure_words: Vec<String>,
    /// Words before a time.
    pub markers: Vec<String>,
    /// Words before a length of time.
    pub lengths: Vec<String>,
    /// Whether a full stop may part hour and minutes: "at 6.45".
    pub dotted: bool,
    /// Hours that have names.
    pub noon: FxHashMap<String, i16>,
    /// Words between minutes and an hour, and which way they count: "twenty *past* seven".
    pub past_words: FxHashMap<String, i16>,
    /// What may stand after those minutes.
    pub minute_words: Vec<String>,
    before_phrases: Phrases<i16>,
    after_phrases: Phrases<i16>,
    half_phrases: Phrases<u16>,
    zone_phrases: Phrases<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ClockFile {
    #[serde(default)]
    glued: Vec<String>,
    #[serde(default)]
    separators: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    sure_words: Vec<String>,
    #[serde(default)]
    markers: Vec<String>,
    #[serde(default)]
    lengths: Vec<String>,
    #[serde(default)]
    dotted: bool,
    noon: FxHashMap<String, i16>,
    /// Before the hour, with the minutes that they add.
    #[serde(default)]
    before: FxHashMap<String, i16>,
    /// After the hour, with the minutes that they add.
    #[serde(default)]
    after: FxHashMap<String, i16>,
    /// Between minutes and an hour, with the sign of the minutes.
    #[serde(default)]
    past_words: FxHashMap<String, i16>,
    #[serde(default)]
    minute_words: Vec<String>,
    /// Parts of the day, with the hours that they add.
    halves: FxHashMap<String, u16>,
    zones: Vec<String>,
}

impl Clock {
    pub(super) fn new(f: ClockFile, cut: Cut) -> Clock {
        Clock {
            before_phrases: Phrases::of(&f.before, cut),
            after_phrases: Phrases::of(&f.after, cut),
            half_phrases: Phrases::of(&f.halves, cut),
            zone_phrases: Phrases::flat(&f.zones, cut),
            minute_words: f.minute_words,
            past_words: f.past_words,
            glued: f.glued,
            separators: f.separators,
            words: f.words,
            sure_words: f.sure_words,
            markers: f.markers,
            lengths: f.lengths,
            dotted: f.dotted,
            noon: f.noon,
        }
    }
}

impl Clock {
    /// Phrases before the hour, with the minutes that they add: "half past".
    pub fn before_phrases(&self) -> &Phrases<i16> {
        &self.before_phrases
    }

    /// Phrases after the hour, with the minutes that they add: « et demie ».
    pub fn after_phrases(&self) -> &Phrases<i16> {
        &self.after_phrases
    }

    /// Parts of the day, with the hours that they add: « du soir ».
    pub fn half_phrases(&self) -> &Phrases<u16> {
        &self.half_phrases
    }

    /// Names of zones.
    pub fn zone_phrases(&self) -> &Phrases<()> {
        &self.zone_phrases
    }
}
