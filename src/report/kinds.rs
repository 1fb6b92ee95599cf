//! The names of facts and of what they tell, in the languages of the reports.

use super::Ui;

impl Ui {
    /// The name of a kind of fact, of a place's part in its sentence, or of the part of a stretch of time that is meant.
    pub fn kind(&self, name: &'static str) -> &'static str {
        if self.code == "fr" { french(name) } else { name }
    }

    /// What stands above the columns of a table of facts: file, line, column, kind, words, value.
    pub(super) fn fact_columns(&self) -> [&'static str; 6] {
        if self.code == "fr" {
            ["fichier", "ligne", "colonne", "fait", "dans le papier", "lu comme"]
        } else {
            ["file", "line", "column", "fact", "in the draft", "read as"]
        }
    }

    /// How many cards were listed.
    pub(super) fn cards(&self, n: usize) -> String {
        match (self.code, n) {
            ("fr", 0 | 1) => format!("{n} fiche"),
            ("fr", _) => format!("{n} fiches"),
            (_, 1) => "1 card".to_owned(),
            _ => format!("{n} cards"),
        }
    }

    /// Above the column that a checker fills.
    pub(super) fn fact_note(&self) -> &'static str {
        if self.code == "fr" { "source, remarque" } else { "source, remark" }
    }

    /// The title of a table of facts.
    pub(super) fn fact_sheet(&self) -> &'static str {
        if self.code == "fr" { "Fiche des faits" } else { "Fact sheet" }
    }

    /// The name of what a count is of, whichever words name it.
    pub fn concept<'c>(&self, name: &'c str) -> &'c str {
        match name {
            "dead" if self.code == "fr" => "morts",
            "injured" if self.code == "fr" => "blessés",
            "missing" if self.code == "fr" => "disparus",
            "arrested" if self.code == "fr" => "interpellés",
            "complaint" if self.code == "fr" => "plaintes",
            "hospitalised" if self.code == "fr" => "hospitalisés",
            "evacuated" if self.code == "fr" => "évacués",
            "dismissal" if self.code == "fr" => "licenciements",
            same => same,
        }
    }
}

fn french(name: &'static str) -> &'static str {
    match name {
        "quantity" => "quantité",
        "percent" => "pourcentage",
        "money" => "somme d'argent",
        "measure" => "mesure",
        "ordinal" => "rang",
        "age" => "âge",
        "weekday" => "jour de la semaine",
        "time" => "heure",
        "duration" => "durée",
        "place" => "lieu",
        "person" => "personne",
        "quotation" => "citation",
        "locative" => "où",
        "origin" => "d’où",
        "actor" => "acteur",
        "other" => "autre",
        "start" => "début",
        "mid" => "milieu",
        "end" => "fin",
        "number" => "nombre",
        "scale" => "échelle",
        "unit" => "unité",
        "bound" => "borne",
        "of" => "de",
        "before" => "avant",
        "after" => "après",
        "since" => "depuis",
        "until" => "jusqu’à",
        "thing" => "chose",
        "introduced" => "introduit",
        "name" => "nom",
        "resumed" => "repris",
        "kind" => "autre nom",
        "pronoun" => "pronom",
        "apposed" => "apposition",
        "part" => "en partie",
        "title" => "fonction",
        "claim" => "dit",
        // « date », « organisation ».
        same => same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_named_in_the_language_asked_for() {
        assert_eq!(Ui::of("fr").kind("money"), "somme d'argent");
        assert_eq!(Ui::of("fr").kind("date"), "date");
        assert_eq!(Ui::of("en").kind("locative"), "locative");
    }
}
