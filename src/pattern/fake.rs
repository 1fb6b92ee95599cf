//! A reader for tests of the engine: white space, a handful of readings, clauses at a handful of words.

use crate::analysis::{Analysis, Case, Reading, Sentence, Token, TokenKind};
use crate::document::{Block, BlockKind, Document, Meta, SourceMap};
use crate::language::lexicon::{LemmaId, Tag};
use crate::language::{Languages, Manifest};
use crate::mention::{Amount, Frame, Mention, Quantity, Quotation, Stance, Value};
use crate::pattern::words;
use crate::span::Span;
use crate::syntax::{Chunk, ChunkKind, Clause, Tense, VerbGroup};

const READINGS: [(&str, &str); 12] = [
    ("est", "être"),
    ("était", "être"),
    ("sont", "être"),
    ("décédé", "décéder"),
    ("décédée", "décéder"),
    ("confirme", "confirmer"),
    ("arrive", "arriver"),
    ("ferme", "ferme"),
    ("ferme", "fermer"),
    ("was", "be"),
    ("agents", "agent"),
    ("agent", "agent"),
];
const FINITE: [&str; 7] = ["est", "était", "sont", "confirme", "arrive", "ferme", "was"];
const SUBORDINATORS: [&str; 4] = ["qui", "que", "dont", "that"];

/// A draft of paragraphs of body text in one language.
pub(crate) fn doc(code: &str, paragraphs: &[&str]) -> Document {
    let lang = Languages::shipped().by_code(code).unwrap();
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for p in paragraphs {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(p);
        blocks.push(Block { kind: BlockKind::Body, span: Span::new(start, text.len()), lang, figure: None });
    }
    Document { text, blocks, map: SourceMap::default(), meta: Meta { lang, published: None } }
}

/// Reads a draft.
pub(crate) fn analyse<'a>(doc: &'a Document, languages: &'a Languages) -> Analysis<'a> {
    let mut a = Analysis {
        doc,
        languages,
        lower: String::new(),
        tokens: Vec::new(),
        readings: Vec::new(),
        classes: Vec::new(),
        ranges: Vec::new(),
        sentences: Vec::new(),
        chunks: Vec::new(),
        clauses: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
    };
    for (index, block) in doc.blocks.iter().enumerate() {
        let Some(language) = languages.get(block.lang) else { continue };
        let mut sentence = a.tokens.len();
        for (start, word) in cut(block.span.of(&doc.text), &language.manifest) {
            let at = block.span.start as usize + start;
            let lower = words::normalise(&word);
            if !a.lower.is_empty() {
                a.lower.push(' ');
            }
            let lower_span = Span::new(a.lower.len(), a.lower.len() + lower.len());
            a.lower.push_str(&lower);
            let readings_start = a.readings.len() as u32;
            for (_, lemma) in READINGS.iter().filter(|(form, _)| *form == lower) {
                let lemma = language.lexicon.lemma(lemma).unwrap_or(LemmaId(u32::MAX));
                a.readings.push(Reading { lemma, tag: Tag(0) });
            }
            a.readings.extend(language.lexicon.readings(&lower).map(|(lemma, tag)| Reading { lemma, tag }));
            let first = word.chars().next().unwrap();
            let kind = match first {
                _ if word.chars().all(|c| c.is_ascii_digit()) => TokenKind::Digits,
                c if c.is_alphanumeric() => TokenKind::Word,
                _ => TokenKind::Mark,
            };
            a.tokens.push(Token {
                span: Span::new(at, at + word.len()),
                lower: lower_span,
                kind,
                case: if first.is_uppercase() { Case::Capitalised } else { Case::Lower },
                glued: false,
                block: index as u32,
                sentence: a.sentences.len() as u32,
                readings_start,
                readings_len: (a.readings.len() as u32 - readings_start) as u16,
            });
            if word == "." {
                close(&mut a, sentence, index);
                sentence = a.tokens.len();
            }
        }
        close(&mut a, sentence, index);
    }
    a
}

/// The words of a composed text with their bytes; an apostrophe may be straight or not.
fn cut(text: &str, manifest: &Manifest) -> Vec<(usize, String)> {
    let mut rest = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let mut out = Vec::new();
    for word in words::split(text, manifest) {
        let taken: Vec<(usize, char)> = rest.by_ref().take(word.chars().count()).collect();
        out.push((taken[0].0, taken.iter().map(|(_, c)| c).collect()));
    }
    out
}

/// Ends a sentence, with its clauses, verb groups and mentions.
fn close(a: &mut Analysis, start: usize, block: usize) {
    let end = a.tokens.len();
    if start == end {
        return;
    }
    let sentence = a.sentences.len() as u32;
    a.sentences.push(Sentence { start: start as u32, end: end as u32, block: block as u32 });
    let mut from = start;
    for t in start..=end {
        if t == end || (t > from && SUBORDINATORS.contains(&a.lower(t))) {
            let subordinate = SUBORDINATORS.contains(&a.lower(from));
            a.clauses.push(Clause { tokens: (from as u32, t as u32), sentence, verb: None, subordinate });
            from = t;
        }
    }
    let mut quote = None;
    for t in start..end {
        if FINITE.contains(&a.lower(t)) {
            let lemma = a.readings(t)[0].lemma;
            let group = VerbGroup { lemma, tense: Tense::Present, passive: false, negated: false, finite: true };
            let kind = ChunkKind::Verb(group);
            a.chunks.push(Chunk { tokens: (t as u32, t as u32 + 1), head: t as u32, clause: 0, kind });
        }
        if a.tokens[t].kind == TokenKind::Digits {
            let amount = Amount::whole(a.text(t).parse().unwrap());
            mention(a, t, t + 1, Value::Quantity(Quantity { amount, counted: None }));
        }
        match (a.text(t), quote) {
            ("«", _) => quote = Some(t),
            ("»", Some(open)) => {
                let inner = a.span(open + 1..t);
                mention(a, open, t + 1, Value::Quotation(Quotation { inner, speaker: None }));
            }
            _ => {}
        }
    }
}

fn mention(a: &mut Analysis, from: usize, to: usize, value: Value) {
    let t = a.tokens[from];
    let (span, tokens) = (a.span(from..to), (from as u32, to as u32));
    let (stance, frame) = (Stance::default(), Frame::default());
    a.mentions.push(Mention { span, tokens, block: t.block, sentence: t.sentence, clause: 0, value, stance, frame });
    a.mentions.sort_by_key(|m| m.tokens.0);
}
