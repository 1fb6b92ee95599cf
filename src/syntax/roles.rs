//! Who does what to whom: the subject, the object, the agent and the predicate of each verb group.
//!
//! One walk over a sentence with a stack of clauses that have begun. A noun without a preposition waits for the verb of its clause; behind
//! a verb it is its object, until another verb wants it as its subject.

mod look;
mod subject;
#[cfg(test)]
mod tests;
mod understood;
mod verb;
mod walk;

use crate::analysis::{Analysis, Roles};
use walk::{State, Walk};

/// Fills [`Analysis::roles`].
pub(super) fn assign(a: &mut Analysis) {
    let mut roles = vec![Roles::default(); a.chunks.len()];
    let (mut stack, mut chunk) = (Vec::new(), 0);
    for s in &a.sentences {
        let tokens = s.start as usize..s.end as usize;
        if let Some(language) = a.language(tokens.start) {
            let walk =
                Walk { a, language, tokens: tokens.clone(), stack: &mut stack, roles: &mut roles, chunk, state: State::default() };
            walk.run();
        }
        while a.chunks.get(chunk).is_some_and(|c| (c.tokens.0 as usize) < tokens.end) {
            chunk += 1;
        }
    }
    a.roles = roles;
}
