//! Ties: what a story says of several figures at once, and whether it can be: a share of a whole, a change from one number to another.
//!
//! A *reading* gives a part of a tie: two figures side by side ([`pair`]), or what is said of two ([`said`]). The *joins* ([`join`]) put
//! such parts together where one sentence, or the next that resumes it, tells that they belong together. What fits is closed: the figures of
//! a tie that holds are held against nothing else, and a share that fits any two figures near it is held against no others.

mod apart;
mod bounds;
mod equated;
pub(crate) mod figure;
mod join;
mod pair;
mod product;
mod said;
mod two;

pub(crate) use bounds::{Bounds, round};
pub(crate) use equated::{Equated, equated};
pub(crate) use pair::{aligned, shares};
pub(crate) use said::{Meaning, Worth, said};

use crate::analysis::{Analysis, Tie};

/// All ties of a draft, in the order of the text; read when they are first asked for.
pub(crate) fn ties<'a>(a: &'a Analysis) -> &'a [Tie] {
    a.ties.get_or_init(|| join::ties(a))
}
