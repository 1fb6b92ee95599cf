//! What is known of a draft before any rule looks at it: tokens, readings, chunks, mentions, entities.

mod card;
mod chunk;
mod cue;
mod marks;
mod names;
mod sense;
mod stances;
mod tie;
mod token;
mod value;

use crate::document::{Block, BlockKind, Document, Furnishing};
use crate::language::cut::is_apostrophe;
use crate::language::grammar::{Classes, Tense};
use crate::language::lexicon::Reading;
use crate::language::{Lang, Language, Languages};
use crate::span::Span;

pub(crate) use card::{Cards, Claim, Form, Joined, Thing, ThingId, Word};
pub use chunk::{Chunk, ChunkKind, Clause, Roles, VerbGroup};
pub(crate) use marks::mark;
pub(crate) use names::{NameForm, NameKind, NamePart, Names, Standing};
pub(crate) use stances::Stances;
pub use tie::{Join, Right, Tie, TieKind};
pub use token::{Case, NumberRange, Sentence, Token};
pub use value::{
    Counted, DateValue, DurationValue, Entity, EntityId, EntityKind, Frame, MeasureValue, Mention, Money, PeriodValue, PersonValue,
    PlaceRole, PlaceValue, Quantity, Quotation, Sex, Stance, Value,
};

/// Everything that is read from a draft, once, before the rules run.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// The draft.
    pub doc: &'a Document,
    /// The languages that it was read with.
    pub languages: &'a Languages,
    /// The words of the draft in lower case, each cut out by [`Token::lower`], parted by one space.
    pub lower: String,
    /// All tokens, in the order of the text.
    pub tokens: Vec<Token>,
    /// The readings that disambiguation left, by token.
    pub readings: Vec<Reading>,
    /// What each token may be once its neighbours have ruled readings out, by token.
    pub classes: Vec<Classes>,
    /// Which rule of disambiguation decided it, counted from 1; 0 where none did, by token.
    pub decided: Vec<u16>,
    /// All sentences, in the order of the text.
    pub sentences: Vec<Sentence>,
    /// Noun groups and verb groups, in the order of the text; they do not overlap.
    pub chunks: Vec<Chunk>,
    /// Who does what to whom, by group; empty for noun groups.
    pub roles: Vec<Roles>,
    /// Clauses, in the order of the text; together they cover every sentence.
    pub clauses: Vec<Clause>,
    /// Numbers, dates, places, people, quotations, in the order of the text.
    pub mentions: Vec<Mention>,
    /// One for each person, organisation and place.
    pub entities: Vec<Entity>,
    /// The version before, where the draft is held against one.
    pub previous: Option<&'a Analysis<'a>>,
    /// What the newsroom asks of a story of this kind and of its pictures.
    pub asked: Vec<Furnishing>,
    /// Pairs of numbers that a range joins: « entre 10 et 20 ».
    pub ranges: Vec<NumberRange>,
    /// The correction notes, once somebody has asked for them: few drafts have a finding, and fewer a note.
    pub(crate) corrections: std::sync::OnceLock<Vec<Span>>,
    /// What the story tells of each thing, once somebody has asked.
    pub(crate) cards: std::sync::OnceLock<Cards>,
    /// Figures that the story binds to each other, once a rule has asked for them.
    pub(crate) ties: std::sync::OnceLock<Vec<Tie>>,
    /// The names of the story, once a relation has asked for them.
    pub(crate) names: std::sync::OnceLock<Names>,
    /// How words are said, once a finding has asked.
    pub(crate) stances: std::sync::OnceLock<Stances>,
}

/// What a writer sets after a fault that is not theirs; Latin, in every language.
const SIC: &str = "sic";

impl<'a> Analysis<'a> {
    /// The same draft, to be held against the version before it.
    #[must_use]
    pub fn after(self, previous: &'a Analysis<'a>) -> Analysis<'a> {
        Analysis { previous: Some(previous), ..self }
    }

    /// The same draft, of which that is asked.
    #[must_use]
    pub fn asked_for(self, asked: Vec<Furnishing>) -> Analysis<'a> {
        Analysis { asked, ..self }
    }

    /// The words of a token, as written.
    pub fn text(&self, token: usize) -> &'a str {
        self.tokens[token].span.of(&self.doc.text)
    }

    /// The words of a token in lower case.
    pub fn lower(&self, token: usize) -> &str {
        self.tokens[token].lower.of(&self.lower)
    }

    /// Whether a token hangs on the word before with an apostrophe, as the sign of a possessive does: "Leeds*'s*", "James*'*".
    pub fn is_clitic(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.glued) && self.text(token).starts_with(is_apostrophe)
    }

    /// The readings of a token that disambiguation left.
    pub fn readings(&self, token: usize) -> &[Reading] {
        let t = &self.tokens[token];
        &self.readings[t.readings_start as usize..t.readings_start as usize + t.readings_len as usize]
    }

    /// The span from the first to the last token of a non-empty range.
    pub fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        self.tokens[tokens.start].span.cover(self.tokens[tokens.end - 1].span)
    }

    /// The block in which a token stands.
    pub fn block(&self, token: usize) -> &'a Block {
        &self.doc.blocks[self.tokens[token].block as usize]
    }

    /// The kind of block in which a token stands.
    pub fn kind(&self, token: usize) -> BlockKind {
        self.block(token).kind
    }

    /// The language of the block in which a token stands.
    pub fn lang(&self, token: usize) -> Lang {
        self.block(token).lang
    }

    /// The folder of that language, if it is one that was loaded.
    pub fn language(&self, token: usize) -> Option<&'a Language> {
        self.languages.get(self.lang(token))
    }

    /// The tokens of a sentence.
    pub fn sentence(&self, token: usize) -> std::ops::Range<usize> {
        let s = self.sentences[self.tokens[token].sentence as usize];
        s.start as usize..s.end as usize
    }

    /// The tense of the verb of a clause.
    pub fn tense(&self, clause: usize) -> Option<Tense> {
        let verb = self.clauses.get(clause)?.verb?;
        match self.chunks[verb as usize].kind {
            ChunkKind::Verb(v) => Some(v.tense),
            ChunkKind::Noun { .. } => None,
        }
    }

    /// The mentions of a sentence, clause or block, by the tokens that it covers.
    pub fn mentions_in(&self, tokens: std::ops::Range<usize>) -> &[Mention] {
        let from = self.mentions.partition_point(|m| (m.tokens.0 as usize) < tokens.start);
        let to = self.mentions.partition_point(|m| (m.tokens.0 as usize) < tokens.end);
        &self.mentions[from..to.max(from)]
    }

    /// Whether « (sic) » or « \[sic\] » stands at a token: the writer knows.
    pub fn is_sic(&self, token: usize) -> bool {
        let opens = mark(self, token).is_some_and(|c| matches!(c, '(' | '['));
        opens && self.tokens.get(token + 1).is_some_and(|_| self.lower(token + 1) == SIC)
    }

    /// The clause in which a token stands.
    pub fn clause(&self, token: usize) -> usize {
        self.clauses.partition_point(|c| c.tokens.1 as usize <= token).min(self.clauses.len().saturating_sub(1))
    }

    /// The tokens whose spans begin within `span`.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::document::{Meta, Places, SourceMap};

    /// A draft of one body paragraph a line.
    pub(crate) fn document(lang: &str, text: &str) -> Document {
        let lang = Languages::shipped().by_code(lang).expect("a shipped language");
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            blocks.push(Block { kind: BlockKind::Body, span: Span::new(at, at + line.len()), lang, figure: None });
            at += line.len() + 1;
        }
        let mut map = SourceMap::default();
        map.push_verbatim(0, 0, text.len());
        Document {
            text: text.to_owned(),
            blocks,
            map,
            meta: Meta { lang, ..Meta::default() },
            suppressions: Vec::new(),
            pictures: Vec::new(),
            twins: Vec::new(),
            places: Places::Lines,
            number: 0,
        }
    }
}
