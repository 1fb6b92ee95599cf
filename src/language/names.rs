//! First names.
