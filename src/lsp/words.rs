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
    /// How a number was read.
    pub read_as: &'static str,
}

static EN: Words = Words {
    code: "en",
    line: "line",
    write: "Write “{}”",
    remove: "Remove “{}”",
    write_all: "Apply all safe suggestions",
    ignore_here: "Ignore {} here, with a reason",
    ignore_rule: "Switch {} off in {file}",
    reason: "say why",
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_in() {
        assert_eq!(Words::of("fr").write("a", "b"), "Écrire « b »");
        assert_eq!(Words::of("fr").write("a", ""), "Supprimer « a »");
        assert_eq!(Words::of("xx").ignore_rule("odd", "recoupe.yaml"), "Switch odd off in recoupe.yaml");
    }
}
