//! The words that only the editor shows, in each language that messages exist in: one table a language.

/// One language's words.
#[derive(Debug)]
pub struct Words {
    code: &'static str,
    /// Before the line of another place, for clients that show no related places.
    pub line: &'static str,
    /// Writes a suggestion.
    write: &'static str,
    /// Removes words.
    remove: &'static str,
    /// Writes all suggestions that are safe.
    pub write_all: &'static str,
    /// Silences a finding where it stands.
    ignore_here: &'static str,
    /// Silences a rule everywhere.
    ignore_rule: &'static str,
    /// What stands for a reason until the author writes one.
    pub reason: &'static str,
    /// The kinds of facts, in the order of [`KINDS`].
    kinds: [&'static str; KINDS.len()],
    /// How a number was read.
    pub read_as: &'static str,
}

/// The kinds of facts, as the fact sheet names them.
const KINDS: [&str; 14] = [
    "quantity",
    "percent",
    "money",
    "measure",
    "ordinal",
    "age",
    "date",
    "weekday",
    "time",
    "duration",
    "place",
    "person",
    "organisation",
    "quotation",
];

static EN: Words = Words {
    code: "en",
    line: "line",
    write: "Write “{}”",
    remove: "Remove “{}”",
    write_all: "Apply all safe suggestions",
    ignore_here: "Ignore {} here, with a reason",
    ignore_rule: "Switch {} off in {file}",
    reason: "say why",
    kinds: KINDS,
    read_as: "read from",
};

static FR: Words = Words {
    code: "fr",
    line: "ligne",
    write: "Écrire « {} »",
    remove: "Supprimer « {} »",
    write_all: "Appliquer toutes les suggestions sûres",
    ignore_here: "Ignorer {} ici, en disant pourquoi",
    ignore_rule: "Désactiver {} dans {file}",
    reason: "dire pourquoi",
    kinds: [
        "quantité",
        "pourcentage",
        "somme d'argent",
        "mesure",
        "rang",
        "âge",
        "date",
        "jour de la semaine",
        "heure",
        "durée",
        "lieu",
        "personne",
        "organisation",
        "citation",
    ],
    read_as: "lu dans",
};

impl Words {
    /// The words in a language, else in English.
    pub fn of(code: &str) -> &'static Words {
        if code == FR.code { &FR } else { &EN }
    }

    /// « Écrire « Strasbourg » ».
    pub fn write(&self, old: &str, new: &str) -> String {
        if new.is_empty() { self.remove.replace("{}", old) } else { self.write.replace("{}", new) }
    }

    /// « Ignorer two-spellings ici ».
    pub fn ignore_here(&self, rule: &str) -> String {
        self.ignore_here.replace("{}", rule)
    }

    /// « Désactiver two-spellings dans recoupe.yaml ».
    pub fn ignore_rule(&self, rule: &str, file: &str) -> String {
        self.ignore_rule.replace("{}", rule).replace("{file}", file)
    }

    /// The name of a kind of fact.
    pub fn kind(&self, kind: &'static str) -> &'static str {
        KINDS.iter().position(|k| *k == kind).map_or(kind, |i| self.kinds[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_in() {
        assert_eq!(Words::of("fr").write("a", "b"), "Écrire « b »");
        assert_eq!(Words::of("fr").write("a", ""), "Supprimer « a »");
        assert_eq!(Words::of("xx").ignore_rule("odd", "recoupe.yaml"), "Switch odd off in recoupe.yaml");
        assert_eq!(Words::of("fr").kind("money"), "somme d'argent");
        assert!(KINDS.iter().zip(FR.kinds).all(|(en, fr)| !fr.is_empty() && EN.kind(en) == *en));
    }
}
