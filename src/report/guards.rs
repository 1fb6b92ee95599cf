//! What each guard means, in the languages of the reports.

use super::Ui;
use crate::facet::Facet;

impl Ui {
    /// When a guard silences its rule, after “silent if”.
    pub fn guard(&self, facet: Facet) -> &'static str {
        let (en, fr) = words(facet);
        if self.code == "fr" { fr } else { en }
    }
}

fn words(facet: Facet) -> (&'static str, &'static str) {
    match facet {
        Facet::Revised => ("one is said to replace the other", "l’un est dit remplacer l’autre"),
        Facet::AttributedDifferently => ("different sources say so", "les sources diffèrent"),
        Facet::Attributed => ("a source is named", "une source est nommée"),
        Facet::Quoted => ("it stands in a quotation", "c’est dans une citation"),
        Facet::Hypothetical => {
            ("it is forecast, wished for, asked or a condition", "c’est prévu, souhaité, demandé ou au conditionnel")
        }
        Facet::Negated => ("it is denied", "c’est nié"),
        Facet::PartOf => ("one counts a part of the other", "l’un compte une partie de l’autre"),
        Facet::OtherPlace => ("it is about another place", "il s’agit d’un autre lieu"),
        Facet::OtherTime => ("it is about another time", "il s’agit d’un autre moment"),
        Facet::Approximate => ("a figure is given as approximate", "un chiffre est donné pour approché"),
        Facet::ArchiveImage => ("the picture is marked as a file photo", "l’image est dite d’archives ou d’illustration"),
        Facet::PlaceNamedInStory => {
            ("the story names the place, or one around it", "le papier nomme ce lieu, ou un lieu qui l’entoure")
        }
        Facet::DifferentGivenName => ("each has a first name of their own", "chacun a son prénom"),
        Facet::BothIntroduced => ("the story brings in two people", "le papier présente deux personnes"),
        Facet::KnownVariant => ("both spellings are names in their own right", "les deux graphies sont des noms connus"),
        Facet::Derived => (
            "one is a form of the other: a plural, a people, a numeral",
            "l’un est une forme de l’autre : pluriel, gentilé, chiffre",
        ),
        Facet::Sic => ("“(sic)” follows", "« (sic) » suit"),
        Facet::PictureSeries => {
            ("the pictures are a series from several countries", "les images forment une série de plusieurs pays")
        }
        Facet::Ranked => ("the figures are places in a ranking", "les chiffres sont des places dans un classement"),
        Facet::SumOfParts => ("other figures of the story add up to it", "d’autres chiffres du papier, additionnés, le donnent"),
        Facet::Abridged => ("a cut is marked", "une coupe est marquée"),
        Facet::Kin => ("a word of kinship stands near", "un mot de parenté est là"),
        Facet::Namesake => ("two well-known people bear the name", "deux personnes connues portent ce nom"),
        Facet::Corrected => ("it stands in a correction note", "c’est dans un rectificatif"),
        Facet::Template => ("the page repeats passages throughout", "la page se répète de bout en bout"),
    }
}
