//! The words by which a reader tells headline, byline, caption and credit.

use serde::Deserialize;

/// `furniture.yaml`. Entries are in lower case and match in any case, unless a field says otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Furniture {
    /// What opens a picture's credit, before a colon or the name of an agency: « photo », « crédit photo ».
    pub credit_labels: Vec<String>,
    /// What may stand between such a label and a name in place of the colon: "by".
    pub credit_joiners: Vec<String>,
    /// What stands in a credit in place of a name: « archives », « dr ».
    pub credit_names: Vec<String>,
    /// What opens a paragraph that is a caption, before a colon or a dash: « légende ».
    pub caption_labels: Vec<String>,
    /// What opens the author's line, before a name: « par », "by".
    pub byline_openers: Vec<String>,
    /// News and picture agencies.
    pub agencies: Vec<String>,
    /// What opens a note to the desk or to the reader, as written: an entry in capitals matches capitals only.
    pub note_openers: Vec<String>,
    /// What opens a note to the desk that stands in brackets, as written: "(Adds quote)".
    pub bracketed_notes: Vec<String>,
    /// What opens the name of an agency with which a story is shared: « avec AFP ».
    pub shared_openers: Vec<String>,
    /// Words that are set in capitals before a dash, as a place would be, and are no place: « vidéo », "exclusive".
    pub slugs: Vec<String>,
}
