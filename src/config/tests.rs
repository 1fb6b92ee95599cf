use super::*;
use crate::rule::RuleProblems;

fn parsed(text: &str) -> Config {
    Config::parse(Path::new("/desk/recoupe.yaml"), text).unwrap_or_else(|p| panic!("{}", RuleProblems(p)))
}

/// The problems as `line: message (hint)`.
fn problems(text: &str) -> String {
    RuleProblems(Config::parse(Path::new("/desk/recoupe.yaml"), text).unwrap_err()).to_string().replace("/desk/recoupe.yaml:", "")
}

#[test]
fn an_empty_file_changes_nothing() {
    let none = Config::default().effective(Path::new("a.md"), &Settings::default());
    for text in ["", "# levels:\n", "levels: {}\n", "overrides: []\n"] {
        assert_eq!(parsed(text).effective(Path::new("/desk/a.md"), &Settings::default()), none, "{text}");
    }
}

#[test]
fn every_problem_is_told_at_its_line() {
    let text = "\
lang: xx
levles: {}
levels:
  form: of
  two-spellings: info
formats: { '*.story': htm, '[a': text }
lists:
  de: { agency: [dpa] }
fail-on: warnings
overrides:
  - paths: sport
    date: 2023-02-29
    levels: { numbers: 3, form: maybe }
  - messages: es
    notes: please
";
    assert_eq!(
        problems(text),
        "1: there is no language `xx` here (one of en, fr)
2: unknown key `levles` (did you mean `levels`?)
4: unknown value `of` (did you mean `off`?)
5: unknown value `info` (one of off, note, warning, error)
6: there is no format `htm` (did you mean `html`?)
6: no glob: unclosed character class; missing ']'
8: there is no language `de` here (one of en, fr)
9: unknown value `warnings` (did you mean `warning`?)
12: there is no such day
13: invalid type: integer `3`, expected string or map
13: unknown value `maybe` (one of off, note, warning, error)
14: an override without `paths:` (name the drafts that it is for: `paths: [\"sport/**\"]`)
14: there is no language `es` here (one of en, fr)
15: invalid type: string \"please\", expected a boolean"
    );
    let shaped = "\
lang: xx
formats: { '*.story': htm, '[a': text }
lists:
  de: { agency: [dpa] }
exclude: [a, '[b']
overrides:
  - paths: sport
    date: 2023-02-29
  - messages: es
";
    assert_eq!(
        problems(shaped),
        "1: there is no language `xx` here (one of en, fr)
2: there is no format `htm` (did you mean `html`?)
2: no glob: unclosed character class; missing ']'
4: there is no language `de` here (one of en, fr)
5: no glob: unclosed character class; missing ']'
8: there is no such day
9: an override without `paths:` (name the drafts that it is for: `paths: [\"sport/**\"]`)
9: there is no language `es` here (one of en, fr)"
    );
}

#[test]
fn a_broken_file_is_told_where_it_breaks() {
    assert!(problems("levels: [\n").starts_with("2:") || problems("levels: [\n").starts_with("1:"));
    assert!(problems("lang: fr\nlang: en\n").contains("duplicate"), "{}", problems("lang: fr\nlang: en\n"));
    assert!(problems("- a\n- b\n").contains("invalid type"), "{}", problems("- a\n- b\n"));
}

const LAYERS: &str = "\
lang: fr
fail-on: error
formats: { '*.story': html }
exclude: archive
levels:
  two-spellings: error
  form: off
  all: warning
overrides:
  - paths: [sport, '*.wire.md']
    lang: en
    levels: { two-spellings: note }
  - paths: sport/live/**
    notes: true
    date: 2024-05-17
    fail-on: never
";

#[test]
fn what_is_set_later_is_stronger() {
    let config = parsed(LAYERS);
    let given = Settings { fail_on: Some(FailOn::Warning), ..Settings::default() };
    let of = |path: &str| config.effective(Path::new(path), &Settings::default());
    let lang = |e: &Effective| e.lang.as_ref().map(|l| (l.value.clone(), config.line(&l.origin)));
    assert_eq!(lang(&of("/desk/news/a.md")), Some(("fr".to_owned(), Some(1))));
    assert_eq!(lang(&of("/desk/sport/a.md")), Some(("en".to_owned(), Some(11))));
    assert_eq!(lang(&of("news/b.wire.md")), Some(("en".to_owned(), Some(11))));
    let live = of("/desk/sport/live/a.md");
    assert_eq!((live.fail_on.value, config.line(&live.fail_on.origin)), (FailOn::Never, Some(16)));
    assert!(live.notes.value && live.date.is_some() && !of("/desk/sport/a.md").notes.value);
    let names: Vec<&str> = live.levels.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["all", "form", "two-spellings", "two-spellings"]);
    let told = config.effective(Path::new("/desk/sport/live/a.md"), &given);
    assert_eq!((told.fail_on.value, told.fail_on.origin), (FailOn::Warning, Origin::Given));
    assert!(config.excludes(Path::new("/desk/archive/a.md")) && !config.excludes(Path::new("/desk/a.md")));
    assert_eq!(config.format(Path::new("/desk/a.story")), Some(Format::Html));
    assert_eq!(config.format(Path::new("/desk/a.pdf")), None);
}

#[test]
fn a_run_that_fails_for_a_note_shows_it() {
    let config = parsed("fail-on: note\nnotes: false\n");
    assert!(config.effective(Path::new("a.md"), &Settings::default()).notes.value);
}

#[test]
fn a_given_language_is_stronger_than_the_draft_and_a_usual_one_weaker() {
    let languages = Languages::shipped();
    let config = parsed("lang: fr\n");
    let read = |draft: &str, given: &Settings| {
        let options = config.effective(Path::new("a.md"), given).options(languages);
        let (doc, _) = crate::reader::read(draft.as_bytes(), Format::Markdown, languages, options).unwrap();
        languages.code(doc.meta.lang).to_owned()
    };
    let stated = "---\nlang: en\n---\nBrest.\n";
    let english = Settings { lang: Some("en".to_owned()), ..Settings::default() };
    assert_eq!(read(stated, &Settings::default()), "en");
    assert_eq!(read("Brest.", &Settings::default()), "fr");
    assert_eq!(read("Brest.", &english), "en");
}

#[test]
fn front_matter_sets_levels_between_the_file_and_the_command_line() {
    let rules = Ruleset::shipped();
    let config = parsed("levels: { impossible-date: note, sum-mismatch: note }\n");
    let draft = "---\nrecoupe:\n  levels: { impossible-date: off, sum-mismatch: warning, dates: error, no-such: off, age-birth-mismatch: on }\n---\nA.\n";
    let (doc, found) =
        crate::reader::read(draft.as_bytes(), Format::Markdown, rules.languages, crate::reader::Options::default()).unwrap();
    assert_eq!(found, []);
    let given = Settings { levels: vec![("sum-mismatch".to_owned(), Setting::Error)], ..Settings::default() };
    let (levels, problems) = config.effective(Path::new("a.md"), &given).levels(&rules, &doc);
    let of = |id: &str| levels.get(rules.get(id).unwrap().0);
    assert_eq!(of("impossible-date"), None);
    assert_eq!(of("sum-mismatch"), Some(crate::finding::Level::Error));
    assert_eq!(of("weekday-mismatch"), Some(crate::finding::Level::Error));
    let said: Vec<(&str, &str)> = problems.iter().map(|p| (p.message.as_str(), p.span.unwrap().of(draft))).collect();
    assert_eq!(said, [("there is no rule `no-such`", "off"), ("`on` is no level: write one of off, note, warning, error", "on")]);
}

#[test]
fn front_matter_that_says_nothing_is_told() {
    let languages = Languages::shipped();
    let draft = "---\nrecoupe:\n  lang: en\n  levles: {a: off}\n  colour: red\n---\nA.\n";
    let (doc, found) =
        crate::reader::read(draft.as_bytes(), Format::Markdown, languages, crate::reader::Options::default()).unwrap();
    assert_eq!(languages.code(doc.meta.lang), "en");
    let said: Vec<&str> = found.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "`recoupe.levles.a` says nothing to recoupe: did you mean `levels`?",
            "`recoupe.colour` says nothing to recoupe: what may stand below it: ignore, levels, lang, date"
        ]
    );
}
