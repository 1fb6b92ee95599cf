//! What is known of a draft before any rule looks at it: tokens, readings, chunks, mentions, entities.

use crate::document::{Block, BlockKind, Document};
use crate::language::grammar::Classes;
use crate::language::lexicon::{LemmaId, Tag};
use crate::language::{Lang, Language, Languages, Opens};
use crate::mention::{Entity, Mention};
use crate::relation::{Facet, Facets};
use crate::span::Span;
use crate::syntax::{Chunk, ChunkKind, Clause, Roles, Tense};

/// A word, a number, a mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Bytes of [`Document::text`].
    pub span: Span,
    /// Bytes of [`Analysis::lower`]: the word in lower case, apostrophes straight, letters composed.
    pub lower: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How its letters are cased.
    pub case: Case,
    /// No space stands before it.
    pub glued: bool,
    /// Index into [`Document::blocks`].
    pub block: u32,
    /// Index into [`Analysis::sentences`].
    pub sentence: u32,
    /// What may begin with it.
    pub opens: Opens,
    /// First of its readings in [`Analysis::readings`].
    pub(crate) readings_start: u32,
    /// Number of its readings.
    pub(crate) readings_len: u16,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with the hyphens and digits inside: `rendez-vous`, `East2West`, `l'`.
    Word,
    /// Decimal digits only.
    Digits,
    /// A mark of punctuation or a symbol, one character.
    Mark,
}

/// How a word's letters are cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No capital at the start: `président`.
    Lower,
    /// A capital first, lower case after: `Almaty`.
    Capitalised,
    /// Two or more letters, all capitals: `OTAN`.
    Upper,
    /// One capital letter alone: `M`, `A`.
    Initial,
    /// Capitals inside: `McDonald`, `iPhone`, `East2West`.
    Mixed,
}

impl Case {
    /// Whether the word begins with a capital.
    pub fn is_capital(self) -> bool {
        self != Case::Lower
    }
}

/// One way to read a word: what the lexicon or the closed classes say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The dictionary form.
    pub lemma: LemmaId,
    /// Part of speech and inflection.
    pub tag: Tag,
}

/// A run of tokens that ends in a full stop, or with its block.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Index into [`Document::blocks`].
    pub block: u32,
}

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
    /// Pairs of numbers that a range joins: « entre 10 et 20 ».
    pub ranges: Vec<NumberRange>,
    /// The correction notes, once somebody has asked for them: few drafts have a finding, and fewer a note.
    pub(crate) corrections: std::sync::OnceLock<Vec<Span>>,
}

/// What a writer sets after a fault that is not theirs; Latin, in every language.
const SIC: &str = "sic";

/// Two numbers that a range joins, as first and one past the last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberRange {
    /// The token of the word that opens the range.
    pub open: u32,
    /// The first number.
    pub first: (u32, u32),
    /// The second number.
    pub second: (u32, u32),
    /// Whether the first must be the smaller.
    pub ordered: bool,
}

impl<'a> Analysis<'a> {
    /// Reads a draft.
    pub fn of(doc: &'a Document, languages: &'a Languages) -> Analysis<'a> {
        let mut a = crate::text::cut(doc, languages);
        crate::beside::go_on();
        crate::syntax::parse(&mut a);
        crate::beside::go_on();
        crate::mention::read(&mut a);
        a
    }

    /// The same draft, to be held against the version before it.
    #[must_use]
    pub fn after(self, previous: &'a Analysis<'a>) -> Analysis<'a> {
        Analysis { previous: Some(previous), ..self }
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
        self.tokens.get(token).is_some_and(|t| t.glued) && self.text(token).starts_with(crate::text::is_apostrophe)
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
        let opens = crate::text::mark(self, token).is_some_and(|c| matches!(c, '(' | '['));
        opens && self.tokens.get(token + 1).is_some_and(|_| self.lower(token + 1) == SIC)
    }

    /// The clause in which a token stands.
    pub fn clause(&self, token: usize) -> usize {
        self.clauses.partition_point(|c| c.tokens.1 as usize <= token).min(self.clauses.len().saturating_sub(1))
    }

    /// Whether a place is in a note that corrects the story: the wrong value stands there on purpose.
    pub fn in_correction(&self, span: Span) -> bool {
        let notes = self.corrections.get_or_init(|| crate::mention::corrections(self));
        let after = notes.partition_point(|n| n.start <= span.start);
        after > 0 && span.start < notes[after - 1].end
    }

    /// What may clear a finding at these words, from how they are said: quoted, attributed, denied, hypothetical.
    pub fn facets_at(&self, span: Span) -> Facets {
        let tokens = self.tokens_in(span);
        if tokens.is_empty() {
            return Facets::default();
        }
        let stance = crate::mention::stance_at(self, tokens.start);
        let mut facets = Facets::default();
        facets.insert_if(stance.quoted, Facet::Quoted);
        facets.insert_if(stance.negated, Facet::Negated);
        facets.insert_if(stance.hypothetical, Facet::Hypothetical);
        facets.insert_if(stance.source.is_some(), Facet::Attributed);
        facets
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
            meta: Meta { lang, published: None, levels: Vec::new() },
            suppressions: Vec::new(),
            places: Places::Lines,
            number: 0,
        }
    }
}
