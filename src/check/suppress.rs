//! What a draft says to recoupe is heeded, and told where it takes no effect.

use super::finding;
use crate::analysis::Analysis;
use crate::document::{Reach, Suppression};
use crate::finding::{Bound, Finding, Fix};
use crate::near::nearest;
use crate::relation::{Expect, Relation, Suppresses};
use crate::rule::{Body, Levels, Rule, Ruleset, means};
use crate::span::Span;

/// What a rule holds suppressions to, if that is what it is about.
pub(super) fn relation_of(rule: &Rule) -> Option<Suppresses> {
    if let Body::Expect(Expect::Suppresses(relation)) = &rule.body { Some(*relation) } else { None }
}

/// Drops the findings that the draft suppresses, and adds those on suppressions that take no effect.
pub(super) fn heed(a: &Analysis, rules: &Ruleset, levels: &Levels, found: &mut Vec<Finding>) -> Vec<Finding> {
    let all = &a.doc.suppressions;
    if all.is_empty() {
        return Vec::new();
    }
    // The names that took effect, by their place.
    let mut used: Vec<Span> = Vec::new();
    found.retain(|f| {
        let rule = &rules.rules[f.rule];
        let before = used.len();
        for s in all.iter().filter(|s| reaches(a, s, f)) {
            used.extend(s.rules.iter().filter(|(name, _)| means(name, &rule.id, rule.topic)).map(|(_, span)| *span));
        }
        used.len() == before
    });
    let mut out = Vec::new();
    for (i, rule) in rules.rules.iter().enumerate() {
        let (Some(level), Some(relation)) = (levels.get(i), relation_of(rule)) else { continue };
        for conflict in relation.conflicts(a) {
            let Some((_, span)) = conflict.roles.first().copied() else { continue };
            let name = span.of(&a.doc.text);
            let wrong = match relation {
                Suppresses::Known => !rules.has_name(name),
                // A rule that is off cannot be silenced: nobody knows what it would have said.
                Suppresses::Anything => !used.contains(&span) && speaks(rules, levels, name),
            };
            if !wrong {
                continue;
            }
            let (mut values, mut fix) = (conflict.values, None);
            if relation == Suppresses::Known {
                values.bind("meant", Bound::Literal(likeliest(rules, name)));
                let edit = nearest(name, rules.rules.iter().map(|r| r.id.as_str()));
                fix = edit.map(|near| Fix { safe: false, edits: vec![(span, near.to_owned())] });
            }
            let told = finding(a, i, rule, &conflict.roles, values);
            out.extend(told.map(|f| Finding { level, fix, ..f }));
        }
    }
    out
}

/// Whether a finding has a place where a suppression holds.
fn reaches(a: &Analysis, s: &Suppression, f: &Finding) -> bool {
    let blocks = match &s.reach {
        Reach::Document => return true,
        Reach::Blocks(blocks) => blocks,
    };
    let held = || blocks.iter().filter_map(|i| a.doc.blocks.get(*i));
    f.labels.iter().any(|l| held().any(|b| b.span.start <= l.span.start && l.span.start < b.span.end))
}

/// Whether a rule that a name means is on, and speaks of stories.
fn speaks(rules: &Ruleset, levels: &Levels, name: &str) -> bool {
    let all = rules.rules.iter().enumerate();
    let mut meant = all.filter(|(_, r)| means(name, &r.id, r.topic) && relation_of(r).is_none());
    meant.any(|(i, _)| levels.get(i).is_some())
}

/// The rule whose id looks most like a name, however little that is.
fn likeliest(rules: &Ruleset, name: &str) -> String {
    let ids = rules.rules.iter().map(|r| r.id.as_str());
    let scored = ids.map(|id| (strsim::jaro_winkler(name, id), id));
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map_or_else(String::new, |(_, id)| id.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::reader::{Format, Options, read};
    use crate::rule::Ruleset;

    /// The rules that speak of a draft, in their order.
    fn found(draft: &str, format: Format) -> Vec<String> {
        let rules = Ruleset::shipped();
        let options = Options { lang: rules.languages.by_code("fr"), ..Options::default() };
        let (doc, problems) = read(draft.as_bytes(), format, rules.languages, options).unwrap();
        assert_eq!(problems, []);
        let all = check(&doc, &rules);
        let shown = all.iter().filter(|f| f.level > crate::finding::Level::Note);
        shown.map(|f| format!("{} « {} »", rules.rules[f.rule].id, f.labels[0].span.of(&doc.text))).collect()
    }

    const WRONG: &str = "L'accident a fait 14 morts, dont 9 hommes et 6 femmes.";

    #[test]
    fn a_suppression_stays_with_its_place_across_versions() {
        let said = "<!-- recoupe: ignore sum-mismatch -- la préfecture compte ainsi -->";
        let first = format!("# Un accident\n\n{said}\n\n{WRONG}\n");
        assert_eq!(found(&first, Format::Markdown), [""; 0]);
        let later =
            format!("# Un accident\n\nLe préfet est sur place.\n\nLa route est fermée.\n\n{said}\n\nHier, {WRONG}\n\nFin.\n");
        assert_eq!(found(&later, Format::Markdown), [""; 0]);
        let away = format!("# Un accident\n\n{said}\n\nLe préfet est sur place.\n\n{WRONG}\n");
        assert_eq!(found(&away, Format::Markdown), ["sum-mismatch « 14 morts »", "useless-suppression « sum-mismatch »"]);
    }

    #[test]
    fn it_reaches_the_block_that_holds_it_and_what_belongs_to_it() {
        for draft in [
            format!("{} <!-- recoupe: ignore sum-mismatch --> Fin.", WRONG),
            format!("<!-- recoupe: ignore sum-mismatch -->\n\nBREST (AFP) – {WRONG}\n\nFin du récit de la journée."),
        ] {
            assert_eq!(found(&draft, Format::Markdown), [""; 0], "{draft}");
        }
        let html = format!("<p>Le préfet est là.</p><p><!-- recoupe: ignore sum-mismatch -->{WRONG}</p>");
        assert_eq!(found(&html, Format::Html), [""; 0]);
        let text = format!("Le préfet est là.\n\n{WRONG}\nrecoupe: ignore sum-mismatch\nFin.\n");
        assert_eq!(found(&text, Format::Text), [""; 0]);
        let fields = format!("---\nrecoupe:\n  ignore: sum-mismatch\n---\n{WRONG}\n\nLa route est fermée.\n\nHier, {WRONG}\n");
        assert_eq!(found(&fields, Format::Markdown), [""; 0]);
        let toml = format!("+++\n[recoupe]\nignore = [\"numbers by M. Rey -- vu\"]\n+++\n{WRONG}\n");
        assert_eq!(found(&toml, Format::Markdown), [""; 0]);
    }

    #[test]
    fn a_comment_that_nothing_closes_silences_nothing() {
        assert_eq!(found(&format!("{WRONG}\n\n<!-- recoupe: ignore sum-mismatch"), Format::Markdown).len(), 1);
    }
}
