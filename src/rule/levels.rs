//! The levels at which rules run over one draft.

use super::Ruleset;
use crate::finding::{Level, Topic};

/// The level of every rule of a [`Ruleset`] for one draft; `None` for one that is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levels(Vec<Option<Level>>);

/// The name that stands for every rule where levels are set.
pub const ALL: &str = "all";

impl Levels {
    /// The levels that the rules themselves give.
    pub fn of(rules: &Ruleset) -> Levels {
        Levels(rules.rules.iter().map(|r| r.enabled.then_some(r.level)).collect())
    }

    /// The level of a rule, by its index.
    pub fn get(&self, rule: usize) -> Option<Level> {
        self.0.get(rule).copied().flatten()
    }

    /// Sets the level of each rule that a name means; `false` if it means none.
    pub fn set(&mut self, rules: &Ruleset, name: &str, level: Option<Level>) -> bool {
        let mut any = false;
        for (old, _) in self.0.iter_mut().zip(&rules.rules).filter(|(_, r)| means(name, &r.id, r.topic)) {
            (*old, any) = (level, true);
        }
        any
    }
}

/// Whether a name means a rule: its id, its topic, or `all`.
pub(crate) fn means(name: &str, id: &str, topic: Topic) -> bool {
    name == id || name == topic.name() || name == ALL
}

impl Ruleset {
    /// Whether a name means any rule: an id, a topic, or `all`.
    pub fn has_name(&self, name: &str) -> bool {
        self.get(name).is_some() || name == ALL || self.rules.iter().any(|r| r.topic.name() == name)
    }

    /// The rule or topic that was perhaps meant by a name that means none.
    pub fn nearest_name(&self, wrong: &str) -> Option<&str> {
        let topics = self.rules.iter().map(|r| r.topic.name());
        crate::near::nearest(&wrong.to_lowercase(), self.rules.iter().map(|r| r.id.as_str()).chain(topics).chain([ALL]))
    }
}
