//! What a newsroom may ask of its stories and of each of their pictures.

use serde::{Deserialize, Serialize};

use super::{BlockKind, FigureId};
use crate::span::Span;

/// Something that belongs to a story, or to a picture.
///
/// ```
/// use recoupe::document::Furnishing;
///
/// assert_eq!(Furnishing::by_name("alternative-text"), Some(Furnishing::AlternativeText));
/// assert!(Furnishing::Credit.is_of_pictures() && !Furnishing::Byline.is_of_pictures());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Furnishing {
    /// The line above the headline.
    Kicker,
    /// The title.
    Headline,
    /// The summary under the headline.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// Where it was written.
    Dateline,
    /// The words under each picture.
    Caption,
    /// Who made each picture.
    Credit,
    /// The words that stand for each picture where it is not seen.
    AlternativeText,
}

impl Furnishing {
    /// All, in the order of a page.
    pub const ALL: [Furnishing; 8] = [
        Furnishing::Kicker,
        Furnishing::Headline,
        Furnishing::Standfirst,
        Furnishing::Byline,
        Furnishing::Dateline,
        Furnishing::Caption,
        Furnishing::Credit,
        Furnishing::AlternativeText,
    ];

    /// The kind of block that it is; alternative texts are read as captions.
    pub fn kind(self) -> Option<BlockKind> {
        match self {
            Furnishing::Kicker => Some(BlockKind::Kicker),
            Furnishing::Headline => Some(BlockKind::Headline),
            Furnishing::Standfirst => Some(BlockKind::Standfirst),
            Furnishing::Byline => Some(BlockKind::Byline),
            Furnishing::Dateline => Some(BlockKind::Dateline),
            Furnishing::Caption => Some(BlockKind::Caption),
            Furnishing::Credit => Some(BlockKind::Credit),
            Furnishing::AlternativeText => None,
        }
    }

    /// The name in rules and configurations.
    pub fn name(self) -> &'static str {
        self.kind().map_or("alternative-text", BlockKind::name)
    }

    /// That of a name.
    pub fn by_name(name: &str) -> Option<Furnishing> {
        Furnishing::ALL.into_iter().find(|f| f.name() == name)
    }

    /// Whether each picture has it, and not the story as a whole.
    pub fn is_of_pictures(self) -> bool {
        matches!(self, Furnishing::Caption | Furnishing::Credit | Furnishing::AlternativeText)
    }
}

/// A picture that a draft shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its number, which its caption and its credit bear too.
    pub figure: FigureId,
    /// The words of the file that show it; they stand in [`Document::text`](super::Document::text) after the last block. `None` where
    /// the file has no words for it.
    pub span: Option<Span>,
    /// Whether it has an alternative text.
    pub described: bool,
}
