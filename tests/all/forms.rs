//! The forms in which sites write pictures with their captions, each a small page of our own: `tests/forms`.

use std::path::Path;

use recoupe::language::Languages;
use recoupe::reader::{Format, Options, read};

/// The blocks of a file as lines, `kind: text`; `refused` for one that is no draft.
fn told(source: &str, name: &str, dated: bool) -> String {
    let format = match Format::of(source.as_bytes(), Format::of_path(Path::new(name))) {
        Ok(format) => format,
        Err(_) => return "refused".to_owned(),
    };
    let Ok((doc, problems)) = read(source.as_bytes(), format, Languages::shipped(), Options::default()) else {
        return "refused".to_owned();
    };
    let problems = problems.iter().map(|p| format!("problem: {}", p.message));
    let day = doc.meta.published.map(|(day, _)| format!("date: {day}"));
    let day = day.filter(|_| dated).into_iter();
    day.chain(problems)
        .chain(doc.blocks.iter().map(|b| format!("{}: {}", b.kind.name(), b.span.of(&doc.text))))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn sites_write_captions_in_many_forms() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in ["strangers.txt", "more.txt"] {
        let all = std::fs::read_to_string(format!("tests/forms/{file}")).unwrap();
        for form in all.split("=== ").skip(1) {
            let (head, rest) = form.split_once('\n').unwrap();
            let (title, name) = head.split_once(" · ").unwrap();
            let (source, expected) = rest.rsplit_once("\n---\n").unwrap();
            let expected: Vec<&str> = expected.trim_end().lines().collect();
            let found = told(&format!("{source}\n"), name, expected.first().is_some_and(|l| l.starts_with("date: ")));
            count += 1;
            if found.lines().ne(expected.iter().copied()) {
                wrong.push(format!(
                    "{title} ({name})\n  expected:\n    {}\n  found:\n    {}",
                    expected.join("\n    "),
                    found.replace('\n', "\n    ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} forms are read otherwise:\n\n{}", wrong.len(), wrong.join("\n\n"));
}
