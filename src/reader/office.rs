//! What the documents of word processors have in common: paragraphs, each with its style.

use super::furniture::Words;
use super::markdown::set_bold;
use super::run::{Face, Figures, Raw, Run};
use super::{html, plain};
use crate::document::BlockKind;

/// A paragraph as the program keeps it.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub run: Run,
    /// What its style, or where it stands, says that it is.
    pub kind: Option<BlockKind>,
    /// How large its largest words are set, in half points; 0 where nothing says.
    pub size: u32,
    /// Whether all of its words are bold.
    pub bold: bool,
    /// The pictures in it, and of each whether it has an alternative text.
    pub pictures: Vec<bool>,
}

/// The styles that the programs bring with them, in the names that their files bear whatever the language of the program.
const STYLES: &[(&[&str], BlockKind)] = &[
    (&["title", "titre"], BlockKind::Headline),
    (&["subtitle", "sous-titre", "abstract", "abstract title"], BlockKind::Standfirst),
    (&["author"], BlockKind::Byline),
    (
        &["caption", "image caption", "table caption", "captioned figure", "illustration", "figure", "legend", "drawing", "photo"],
        BlockKind::Caption,
    ),
    (&["quote", "intense quote", "quotations", "block text", "block quotation", "citation", "citation intense"], BlockKind::Quote),
    (&["footnote", "footnote text", "endnote", "endnote text"], BlockKind::Note),
];

/// What the name of a style says. Newsrooms name their own as they name classes: « Chapô », « Légende », « Crédit ».
pub(super) fn style(name: &str) -> Option<BlockKind> {
    let name = name.to_lowercase().replace("_20_", " ");
    let name = name.trim();
    let known = STYLES.iter().find(|(names, _)| names.contains(&name)).map(|(_, kind)| *kind);
    let level = || {
        let level = ["heading", "titre", "intertitre"].iter().find_map(|start| name.strip_prefix(start))?;
        level.trim().chars().all(|c| c.is_ascii_digit()).then_some(BlockKind::Heading)
    };
    let listed = || (name.starts_with("list ") && !name.starts_with("list heading")).then_some(BlockKind::ListItem);
    known.or_else(level).or_else(listed).or_else(|| html::named(&name.replace(' ', "-")))
}

/// A longer first paragraph is no headline, however large.
const HEADLINE_WORDS: usize = 30;

/// The blocks of a document. Where no style names the headline, it is the first large line, or what stands first as in plain text.
pub(super) fn blocks(paragraphs: Vec<Paragraph>, words: &Words, figures: &mut Figures) -> Vec<Raw> {
    let body = body_size(&paragraphs);
    let mut raws = Vec::with_capacity(paragraphs.len());
    let mut styled = false;
    let mut large = None;
    let mut above = None;
    for Paragraph { run, kind, size, bold, pictures } in paragraphs {
        for described in pictures {
            let figure = figures.next();
            figures.shows(figure, Run::default(), described);
            above = Some(figure);
        }
        let Some(run) = run.trimmed() else { continue };
        styled |= kind.is_some_and(|k| matches!(k, BlockKind::Heading));
        let first = raws.iter().all(|r: &Raw| r.kind == BlockKind::Kicker || r.kind == BlockKind::Note);
        if large.is_none()
            && first
            && kind.is_none()
            && size * 5 >= body * 6
            && size > body
            && run.text.split_whitespace().take(HEADLINE_WORDS + 1).count() <= HEADLINE_WORDS
        {
            large = Some(raws.len());
        }
        let mut raw = Raw::new(kind.unwrap_or(BlockKind::Body), run);
        // A caption stands below its picture.
        raw.figure = above.filter(|_| matches!(kind, Some(BlockKind::Caption | BlockKind::Credit)));
        above = above.filter(|_| raw.figure.is_some());
        raw.face = if bold { Face::Strong } else { Face::Plain };
        raws.push(raw);
    }
    headline(&mut raws, large);
    let titled = raws.iter().any(|r| r.kind == BlockKind::Headline);
    let mut raws = words.settle(raws, figures);
    for raw in raws.iter_mut().filter(|r| r.kind == BlockKind::Caption && r.figure.is_none()) {
        raw.figure = Some(figures.next());
    }
    if !titled {
        plain::head(&mut raws);
    }
    if !styled {
        set_bold(&mut raws);
        plain::headings(&mut raws);
    }
    words.cut_datelines(raws)
}

/// The size of most words.
fn body_size(paragraphs: &[Paragraph]) -> u32 {
    let mut sizes = std::collections::BTreeMap::<u32, usize>::new();
    for p in paragraphs {
        *sizes.entry(p.size).or_default() += p.run.text.len();
    }
    sizes.into_iter().max_by_key(|(_, n)| *n).map_or(0, |(size, _)| size)
}

/// Names the headline: of several titles the first; without one, a heading that opens the story, or the first large line.
fn headline(raws: &mut [Raw], large: Option<usize>) {
    let mut titled = false;
    for raw in raws.iter_mut().filter(|r| r.kind == BlockKind::Headline) {
        if std::mem::replace(&mut titled, true) {
            raw.kind = BlockKind::Heading;
        }
    }
    if titled {
        return;
    }
    let opens = raws.iter().position(|r| !matches!(r.kind, BlockKind::Kicker | BlockKind::Note | BlockKind::Byline));
    let heading = opens.filter(|i| raws[*i].kind == BlockKind::Heading);
    if let Some(raw) = large.or(heading).and_then(|i| raws.get_mut(i)) {
        raw.kind = BlockKind::Headline;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_tells_by_its_name_in_any_program() {
        for (name, kind) in [
            ("Title", Some(BlockKind::Headline)),
            ("heading 2", Some(BlockKind::Heading)),
            ("Heading_20_1", Some(BlockKind::Heading)),
            ("Titre 3", Some(BlockKind::Heading)),
            ("caption", Some(BlockKind::Caption)),
            ("Légende", Some(BlockKind::Caption)),
            ("Chapô", Some(BlockKind::Standfirst)),
            ("Photo credit", Some(BlockKind::Credit)),
            ("List Paragraph", Some(BlockKind::ListItem)),
            ("Normal", None),
            ("Text_20_body", None),
            ("First Paragraph", None),
        ] {
            assert_eq!(style(name), kind, "{name}");
        }
    }
}
