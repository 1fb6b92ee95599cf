//! The words of the reports that no rule supplies, in each language that messages exist in: one table a language.

use std::collections::BTreeMap;

use crate::finding::{Level, Topic};
use crate::fix::Refusal;

/// A noun with its plural, after a number.
#[derive(Debug)]
pub struct Noun {
    one: &'static str,
    many: &'static str,
}

/// One language's words.
#[derive(Debug)]
pub struct Ui {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// Whether a noun after 0 stands in the singular.
    nought_is_singular: bool,
    /// What parts a heading from what follows, the space after it included.
    pub colon: &'static str,
    /// What parts two remarks in one bracket, the space after it included.
    pub semicolon: &'static str,
    levels: [&'static str; 3],
    counts: [Noun; 3],
    file: Noun,
    unread: Noun,
    hidden: Noun,
    hidden_how: &'static str,
    known: Noun,
    elsewhere: Noun,
    elsewhere_how: &'static str,
    skipped: Noun,
    /// Said of a file of a folder that is no draft.
    pub not_read: &'static str,
    /// Files whose names have no extension, and those of kinds that are not told one by one.
    skipped_kinds: [&'static str; 2],
    skipped_how: &'static str,
    undated: Noun,
    /// What cannot be checked without it, and how to give it.
    undated_how: [&'static str; 2],
    gone: Noun,
    /// How to take out of the baseline what is gone.
    pub prune_how: &'static str,
    written: Noun,
    fact: Noun,
    /// Before what could be written instead.
    pub fix: &'static str,
    offers: [&'static str; 2],
    /// After a fix that `--fix` writes.
    pub fix_how: &'static str,
    mended: Noun,
    /// Why a draft was not written.
    pub changed_meanwhile: &'static str,
    refusals: [&'static str; 4],
    /// Before the version before.
    pub before: &'static str,
    /// Before the version after it.
    pub after: &'static str,
    /// No finding at all.
    pub nothing: &'static str,
    /// A passage that could not be read, where its words may not be shown.
    pub unreadable: &'static str,
    /// Before what to do.
    pub help: &'static str,
    /// Before why a rule exists.
    pub why: &'static str,
    /// Before the documents that say so.
    pub source: &'static str,
    /// Before the level.
    pub level: &'static str,
    /// Before the topic.
    pub topic: &'static str,
    /// Before the message of a rule.
    pub message: &'static str,
    /// Before the blocks that a rule looks at.
    pub blocks: &'static str,
    /// Before what clears a finding.
    pub guards: &'static str,
    /// Before the rules to which a rule leaves what they say better.
    pub yields_to: &'static str,
    /// Over the list of all rules.
    pub rules: &'static str,
    /// Before the version that first had a rule.
    pub since: &'static str,
    /// Over examples that a rule finds.
    pub bad: &'static str,
    /// Over examples on which a rule is silent.
    pub good: &'static str,
    /// Before the reason of silence.
    pub because: &'static str,
    /// Before the guard that keeps a rule silent.
    pub thanks_to: &'static str,
    /// Before what an example asks for.
    pub expected: &'static str,
    /// Before what a rule did on it.
    pub found: &'static str,
    /// A rule that is switched off.
    pub off: &'static str,
    /// Before a spelling that was perhaps meant.
    pub did_you_mean: &'static str,
    /// A rule that does not exist.
    pub no_such_rule: &'static str,
    /// Of the folder of a whole language.
    pub language_left: &'static str,
    /// Over how many findings each rule has.
    pub by_rule: &'static str,
    /// Over how many findings each file has.
    pub by_file: &'static str,
    topics: [&'static str; 8],
    /// What only the page says.
    pub page: Page,
}

/// The words of the page.
#[derive(Debug)]
pub struct Page {
    /// Its title, after the name of the program.
    pub title: &'static str,
    /// How to read it.
    pub how: &'static str,
    /// The part with the story.
    pub story: &'static str,
    /// The part with the notes.
    pub findings: &'static str,
    /// One finding, before its number.
    pub finding: &'static str,
    /// A place of which a rule says nothing.
    pub place: &'static str,
    /// Before what to write instead.
    pub write: &'static str,
    /// Before the number of a line.
    pub line: &'static str,
    /// That the story's words are not shown.
    pub withheld: &'static str,
    quotes: [&'static str; 2],
}

static EN: Ui = Ui {
    code: "en",
    nought_is_singular: false,
    colon: ": ",
    semicolon: "; ",
    levels: ["note", "warning", "error"],
    counts: [Noun { one: "note", many: "notes" }, Noun { one: "warning", many: "warnings" }, Noun { one: "error", many: "errors" }],
    file: Noun { one: "file", many: "files" },
    unread: Noun { one: "file could not be read", many: "files could not be read" },
    hidden: Noun { one: "note hidden", many: "notes hidden" },
    hidden_how: "--notes shows them",
    known: Noun { one: "known finding left out", many: "known findings left out" },
    elsewhere: Noun { one: "finding in unchanged lines", many: "findings in unchanged lines" },
    elsewhere_how: "--all-lines shows them",
    not_read: "not read",
    skipped: Noun { one: "file not read", many: "files not read" },
    skipped_kinds: ["without an extension", "others"],
    skipped_how: "--all-files names them",
    undated: Noun { one: "story without a day of publication", many: "stories without a day of publication" },
    undated_how: ["weekdays, “tomorrow”, “ten years ago” not checked", "--date gives it"],
    gone: Noun { one: "known finding is gone", many: "known findings are gone" },
    prune_how: "--prune takes out what is gone",
    written: Noun { one: "known finding written", many: "known findings written" },
    fact: Noun { one: "fact", many: "facts" },
    fix: "fix",
    offers: ["suggested; a person decides", "certain; --fix writes it"],
    fix_how: "--fix writes it",
    mended: Noun { one: "fix written", many: "fixes written" },
    changed_meanwhile: "not written: the file was changed meanwhile",
    refusals: [
        "fix left out: it overlaps another",
        "fix left out: the file has an entity, markup or a line break in that place",
        "fix left out: the file's encoding has no such character",
        "fix left out: the file would be read otherwise",
    ],
    before: "before",
    after: "after",
    nothing: "nothing to report",
    unreadable: "a passage could not be read",
    help: "help",
    why: "why",
    source: "source",
    level: "level",
    topic: "topic",
    message: "says",
    blocks: "looks at",
    guards: "silent if",
    yields_to: "yields to",
    rules: "Rules",
    since: "since",
    bad: "found",
    good: "left alone",
    because: "because",
    thanks_to: "thanks to",
    expected: "expected",
    found: "found",
    off: "off",
    did_you_mean: "did you mean",
    no_such_rule: "there is no rule",
    language_left: "the rules there are run; the words of the language are those built in (build recoupe to try others)",
    by_rule: "by rule",
    by_file: "by file",
    topics: ["names", "numbers", "dates", "places", "furniture", "quotes", "claims", "form"],
    page: Page {
        title: "the story held against itself",
        how: "Places that bear the same number do not go together.",
        story: "the story",
        findings: "what was found",
        finding: "finding",
        place: "here",
        write: "write instead",
        line: "line",
        withheld: "The words of the story are withheld.",
        quotes: ["“", "”"],
    },
};

static FR: Ui = Ui {
    code: "fr",
    nought_is_singular: true,
    colon: "\u{a0}: ",
    semicolon: "\u{a0}; ",
    levels: ["note", "avertissement", "erreur"],
    counts: [
        Noun { one: "note", many: "notes" },
        Noun { one: "avertissement", many: "avertissements" },
        Noun { one: "erreur", many: "erreurs" },
    ],
    file: Noun { one: "fichier", many: "fichiers" },
    unread: Noun { one: "fichier illisible", many: "fichiers illisibles" },
    hidden: Noun { one: "note masquée", many: "notes masquées" },
    hidden_how: "--notes les montre",
    known: Noun { one: "constat connu laissé de côté", many: "constats connus laissés de côté" },
    elsewhere: Noun { one: "constat hors des lignes modifiées", many: "constats hors des lignes modifiées" },
    elsewhere_how: "--all-lines les montre",
    not_read: "non lu",
    skipped: Noun { one: "fichier non lu", many: "fichiers non lus" },
    skipped_kinds: ["sans extension", "autres"],
    skipped_how: "--all-files les nomme",
    undated: Noun { one: "texte sans jour de parution", many: "textes sans jour de parution" },
    undated_how: ["jours de la semaine, «\u{a0}demain\u{a0}», «\u{a0}il y a dix ans\u{a0}» non vérifiés", "--date le donne"],
    gone: Noun { one: "constat connu a disparu", many: "constats connus ont disparu" },
    prune_how: "--prune retire ce qui a disparu",
    written: Noun { one: "constat connu inscrit", many: "constats connus inscrits" },
    fact: Noun { one: "fait", many: "faits" },
    fix: "correction",
    offers: ["proposée, à décider", "certaine, --fix l’écrit"],
    fix_how: "--fix l’écrit",
    mended: Noun { one: "correction écrite", many: "corrections écrites" },
    changed_meanwhile: "non écrit\u{a0}: le fichier a changé entre-temps",
    refusals: [
        "correction écartée\u{a0}: elle en recouvre une autre",
        "correction écartée\u{a0}: le fichier a là une entité, une balise ou un retour à la ligne",
        "correction écartée\u{a0}: l’encodage du fichier n’a pas ce caractère",
        "correction écartée\u{a0}: le fichier se lirait autrement",
    ],
    before: "avant",
    after: "après",
    nothing: "rien à signaler",
    unreadable: "un passage n’a pas pu être lu",
    help: "aide",
    why: "pourquoi",
    source: "source",
    level: "niveau",
    topic: "sujet",
    message: "message",
    blocks: "porte sur",
    guards: "muette si",
    yields_to: "cède à",
    rules: "Règles",
    since: "depuis",
    bad: "signalé",
    good: "non signalé",
    because: "raison",
    thanks_to: "grâce à",
    expected: "attendu",
    found: "obtenu",
    off: "désactivée",
    did_you_mean: "vouliez-vous dire",
    no_such_rule: "aucune règle ne s’appelle",
    language_left: "les règles y sont passées ; les mots de la langue sont ceux du programme (le construire pour en essayer d’autres)",
    by_rule: "par règle",
    by_file: "par fichier",
    topics: ["noms", "nombres", "dates", "lieux", "habillage", "citations", "affirmations", "forme"],
    page: Page {
        title: "l’article recoupé avec lui-même",
        how: "Les passages qui portent le même numéro ne s’accordent pas.",
        story: "l’article",
        findings: "les constats",
        finding: "constat",
        place: "ici",
        write: "écrire plutôt",
        line: "ligne",
        withheld: "Les mots de l’article sont masqués.",
        quotes: ["«\u{a0}", "\u{a0}»"],
    },
};

impl Ui {
    /// All languages that have words, the one to fall back on first.
    pub const ALL: [&'static Ui; 2] = [&EN, &FR];

    /// The words of a language, `fr` or `fr-CA`; English where it has none.
    pub fn of(code: &str) -> &'static Ui {
        let code = code.split(['-', '_']).next().unwrap_or(code);
        Ui::ALL.into_iter().find(|ui| ui.code.eq_ignore_ascii_case(code)).unwrap_or(&EN)
    }

    /// The name of a level.
    pub fn level(&self, level: Level) -> &'static str {
        self.levels[level as usize]
    }

    /// The name of a topic.
    pub fn topic(&self, topic: Topic) -> &'static str {
        self.topics[topic as usize]
    }

    /// So many facts.
    pub fn facts(&self, n: usize) -> String {
        self.count(n, &self.fact)
    }

    fn count(&self, n: usize, noun: &Noun) -> String {
        let singular = n == 1 || (n == 0 && self.nought_is_singular);
        format!("{n} {}", if singular { noun.one } else { noun.many })
    }

    /// Words of a draft between quotation marks.
    pub fn quoted(&self, words: &str) -> String {
        format!("{}{words}{}", self.page.quotes[0], self.page.quotes[1])
    }

    /// How many findings of each level.
    pub fn found(&self, s: &super::Summary) -> String {
        let parts = self.parts(s);
        if parts.is_empty() { self.nothing.to_owned() } else { parts.join(", ") }
    }

    fn parts(&self, s: &super::Summary) -> Vec<String> {
        [(s.error, Level::Error), (s.warning, Level::Warning), (s.note, Level::Note)]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, level)| self.count(n, &self.counts[level as usize]))
            .collect()
    }

    /// The closing line: how many files, how many findings of each level, and what was kept back.
    pub fn summary(&self, s: &super::Summary) -> String {
        let mut parts = self.parts(s);
        if parts.is_empty() && s.files > s.unread {
            parts.push(self.nothing.to_owned());
        }
        if s.unread > 0 {
            parts.push(self.count(s.unread, &self.unread));
        }
        let mut line = self.count(s.files, &self.file);
        if !parts.is_empty() {
            line.push_str(self.colon);
            line.push_str(&parts.join(", "));
        }
        let mut kept_back = Vec::new();
        if s.known > 0 {
            kept_back.push(self.count(s.known, &self.known));
        }
        if s.elsewhere > 0 {
            kept_back.extend([self.count(s.elsewhere, &self.elsewhere), self.elsewhere_how.to_owned()]);
        }
        if s.hidden > 0 {
            kept_back.extend([self.count(s.hidden, &self.hidden), self.hidden_how.to_owned()]);
        }
        if !s.skipped.is_empty() {
            kept_back.extend([self.skipped(&s.skipped), self.skipped_how.to_owned()]);
        }
        if s.undated > 0 {
            let [unchecked, how] = self.undated_how;
            let told = format!("{}{}{unchecked}", self.count(s.undated, &self.undated), self.colon);
            kept_back.extend([told, how.to_owned()]);
        }
        if !kept_back.is_empty() {
            line.push_str(&format!(" ({})", kept_back.join(self.semicolon)));
        }
        line
    }

    /// How many files were not read, the commonest kinds first.
    fn skipped(&self, kinds: &BTreeMap<String, usize>) -> String {
        const TOLD: usize = 4;
        let mut kinds: Vec<(&str, usize)> = kinds.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
        kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let all: usize = kinds.iter().map(|(_, n)| n).sum();
        let rest: usize = kinds.iter().skip(TOLD).map(|(_, n)| n).sum();
        let [bare, others] = self.skipped_kinds;
        let told = kinds.iter().take(TOLD).map(|(kind, n)| format!("{n} {}", if kind.is_empty() { bare } else { kind }));
        let told: Vec<String> = told.chain((rest > 0).then(|| format!("{rest} {others}"))).collect();
        format!("{}{}{}", self.count(all, &self.skipped), self.colon, told.join(", "))
    }

    /// How certain a fix is that a rule offers; nothing where it offers none.
    pub fn offers(&self, safe: Option<bool>) -> &'static str {
        safe.map_or("", |safe| self.offers[usize::from(safe)])
    }

    /// So many fixes were written.
    pub fn mended(&self, n: usize) -> String {
        self.count(n, &self.mended)
    }

    /// Why a safe fix was not written.
    pub fn refusal(&self, why: Refusal) -> &'static str {
        self.refusals[why as usize]
    }

    /// So many known findings are gone.
    pub fn gone(&self, n: usize) -> String {
        self.count(n, &self.gone)
    }

    /// So many findings were written to a baseline.
    pub fn written(&self, n: usize) -> String {
        self.count(n, &self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Summary;
    use super::*;

    #[test]
    fn the_closing_line_counts_in_both_languages() {
        let s = Summary { files: 3, error: 2, warning: 5, hidden: 4, ..Summary::default() };
        assert_eq!(Ui::of("en").summary(&s), "3 files: 2 errors, 5 warnings (4 notes hidden; --notes shows them)");
        assert_eq!(
            Ui::of("fr").summary(&s),
            "3 fichiers\u{a0}: 2 erreurs, 5 avertissements (4 notes masquées\u{a0}; --notes les montre)"
        );
        let kinds = [(".jpg", 1_200), (".pdf", 2), ("", 3), (".csv", 1), (".js", 1), (".css", 1)];
        let skipped = kinds.map(|(kind, n)| (kind.to_owned(), n)).into();
        let folder = Summary { files: 1, skipped, ..Summary::default() };
        assert_eq!(
            Ui::of("en").summary(&folder),
            "1 file: nothing to report (1208 files not read: 1200 .jpg, 3 without an extension, 2 .pdf, 1 .css, 2 others; --all-files names them)"
        );
        let quiet = Summary { files: 1, ..Summary::default() };
        assert_eq!(Ui::of("fr-CA").summary(&quiet), "1 fichier\u{a0}: rien à signaler");
        assert_eq!(Ui::of("de").summary(&quiet), "1 file: nothing to report");
        assert_eq!(Ui::of("en").summary(&Summary::default()), "0 files");
        assert_eq!(Ui::of("fr").summary(&Summary::default()), "0 fichier");
        let unread = Summary { files: 2, unread: 1, note: 1, ..Summary::default() };
        assert_eq!(Ui::of("en").summary(&unread), "2 files: 1 note, 1 file could not be read");
        let undated = Summary { files: 1, undated: 1, ..Summary::default() };
        assert_eq!(
            Ui::of("en").summary(&undated),
            "1 file: nothing to report (1 story without a day of publication: weekdays, “tomorrow”, “ten years ago” not checked; --date gives it)"
        );
    }

    #[test]
    fn tables_follow_the_order_of_their_enums() {
        for level in Level::ALL {
            assert_eq!(EN.level(level), level.name());
        }
        assert_eq!(EN.topic(Topic::Form), Topic::Form.name());
        assert_eq!(EN.topic(Topic::Names), Topic::Names.name());
        assert_eq!(EN.topic(Topic::Quotes), Topic::Quotes.name());
    }
}
