//! What is known of a draft before any rule looks at it: tokens, readings, chunks, mentions, entities.

use crate::document::{Block, BlockKind, Document};
use crate::language::lexicon::{LemmaId, Tag};
use crate::language::{Lang, Language, Languages};
use crate::mention::{Entity, Mention};
use crate::span::Span;
use crate::syntax::{Chunk, Clause};

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
    /// All sentences, in the order of the text.
    pub sentences: Vec<Sentence>,
    /// Noun groups and verb groups, in the order of the text; they do not overlap.
    pub chunks: Vec<Chunk>,
    /// Clauses, in the order of the text; together they cover every sentence.
    pub clauses: Vec<Clause>,
    /// Numbers, dates, places, people, quotations, in the order of the text.
    pub mentions: Vec<Mention>,
    /// One for each person, organisation and place.
    pub entities: Vec<Entity>,
}

impl<'a> Analysis<'a> {
    /// Reads a draft.
    pub fn of(doc: &'a Document, languages: &'a Languages) -> Analysis<'a> {
        Analysis {
            doc,
            languages,
            lower: String::new(),
            tokens: Vec::new(),
            readings: Vec::new(),
            sentences: Vec::new(),
            chunks: Vec::new(),
            clauses: Vec::new(),
            mentions: Vec::new(),
            entities: Vec::new(),
        }
    }

    /// The words of a token, as written.
    pub fn text(&self, token: usize) -> &'a str {
        self.tokens[token].span.of(&self.doc.text)
    }

    /// The words of a token in lower case.
    pub fn lower(&self, token: usize) -> &str {
        self.tokens[token].lower.of(&self.lower)
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

    /// The tokens whose spans begin within `span`.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }
}
