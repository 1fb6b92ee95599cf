//! What a newsroom asks of its stories and of their pictures, by kind of story.

use std::path::Path;

use super::file::ProfileFile;
use super::globs::Globs;
use super::validate::Problems;
use crate::document::{Document, Furnishing};
use crate::near::nearest;
use crate::rule::file::Ordered;
use crate::rule::problem::At;

/// The profile of the stories that no other is for.
const ALL: &str = "all";

/// A kind of story, how it is known, and what it must have.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    name: String,
    paths: Globs,
    sections: Vec<String>,
    needs: Vec<Furnishing>,
}

/// What may be asked of one draft: that depends on what kind of story it says that it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    kinds: Vec<Kind>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    name: String,
    /// Whether the draft stands at a path of this kind.
    here: bool,
    sections: Vec<String>,
    needs: Vec<Furnishing>,
}

impl Asked {
    pub(super) fn at(profiles: &[Profile], path: &Path) -> Asked {
        let kind = |p: &Profile| {
            let Profile { name, paths, sections, needs } = p;
            Kind { name: name.clone(), here: paths.fit(path), sections: sections.clone(), needs: needs.clone() }
        };
        Asked { kinds: profiles.iter().map(kind).collect() }
    }

    /// The profile that a story has, and what it asks: the last that fits, else the one for all.
    pub fn of(&self, doc: &Document) -> Option<(&str, &[Furnishing])> {
        let own = |k: &&Kind| k.name != ALL && (k.here || doc.meta.kinds.iter().any(|kind| k.is_called(kind)));
        let kind = self.kinds.iter().rfind(own).or_else(|| self.kinds.iter().find(|k| k.name == ALL))?;
        Some((&kind.name, &kind.needs))
    }
}

impl Kind {
    /// Whether what a draft says of its kind is this one: « Monde », « monde/europe ».
    fn is_called(&self, said: &str) -> bool {
        let fits = |said: &str| self.name.to_lowercase() == said || self.sections.iter().any(|s| s == said);
        fits(said) || said.split('/').map(str::trim).any(fits)
    }
}

/// The profiles of a file; what is wrong with one is told at its place.
pub(super) fn profiles(file: &Ordered<ProfileFile>, problems: &mut Problems) -> Vec<Profile> {
    let mut out = Vec::new();
    for (name, ProfileFile { paths, sections, needs }) in &file.0 {
        if name == ALL && !(paths.0.is_empty() && sections.0.is_empty()) {
            let hint = Some("give the profile another name".to_owned());
            let key = if paths.0.is_empty() { "sections" } else { "paths" };
            problems.add(
                &["furniture", name, key],
                At::Key,
                "`all` is for the stories that no other profile is for".to_owned(),
                hint,
            );
        }
        let Some(needs) = needs else {
            let hint = "write `needs: [byline, credit]`, or `needs: []` where nothing is asked";
            problems.add(&["furniture", name], At::Key, format!("`{name}` does not say what it needs"), Some(hint.to_owned()));
            continue;
        };
        let mut asked = Vec::new();
        for (i, need) in needs.0.iter().enumerate() {
            match Furnishing::by_name(need) {
                Some(known) => asked.push(known),
                None => {
                    let names = Furnishing::ALL.map(Furnishing::name);
                    let hint = match nearest(need, names) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("one of {}", names.join(", ")),
                    };
                    let at = i.to_string();
                    problems.add(
                        &["furniture", name, "needs", &at],
                        At::Value,
                        format!("`{need}` is nothing that a story or a picture has"),
                        Some(hint),
                    );
                }
            }
        }
        out.push(Profile {
            name: name.clone(),
            paths: super::validate::globs(paths, &["furniture", name, "paths"], problems),
            sections: sections.0.iter().map(|s| s.trim().to_lowercase()).collect(),
            needs: asked,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Config, Settings};
    use crate::document::Furnishing;
    use crate::language::Languages;
    use crate::reader::{Format, Options, read};
    use crate::rule::RuleProblems;

    const PROFILES: &str = "\
furniture:
  all: { needs: [headline, byline] }
  dispatch: { paths: [\"wire/**\"], sections: [Monde], needs: [headline, dateline] }
  brief: { needs: [] }
  gallery: { sections: images, needs: [credit, alternative-text] }
";

    fn asked(path: &str, draft: &str) -> (String, Vec<&'static str>) {
        let config = Config::parse(Path::new("/desk/recoupe.yaml"), PROFILES).unwrap_or_else(|p| panic!("{}", RuleProblems(p)));
        let (doc, _) = read(draft.as_bytes(), Format::Markdown, Languages::shipped(), Options::default()).unwrap();
        let settings = config.effective(&Path::new("/desk").join(path), &Settings::default());
        let (name, needs) = settings.asked.of(&doc).unwrap();
        (name.to_owned(), needs.iter().copied().map(Furnishing::name).collect())
    }

    #[test]
    fn a_story_is_of_the_last_profile_that_fits() {
        let with = |field: &str| format!("---\ntitle: Un\n{field}\n---\nLe port.\n");
        for (path, field, name, needs) in [
            ("a.md", "lang: fr", "all", &["headline", "byline"][..]),
            ("wire/a.md", "lang: fr", "dispatch", &["headline", "dateline"]),
            ("a.md", "section: monde", "dispatch", &["headline", "dateline"]),
            ("a.md", "categories: [Sport, Monde/Europe]", "dispatch", &["headline", "dateline"]),
            ("wire/a.md", "type: Brief", "brief", &[]),
            ("a.md", "genre: images", "gallery", &["credit", "alternative-text"]),
            ("a.md", "section: sport", "all", &["headline", "byline"]),
        ] {
            assert_eq!(asked(path, &with(field)), (name.to_owned(), needs.to_vec()), "{path} {field}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_profile_is_told_at_its_line() {
        let text = "\
furniture:
  all:
    paths: wire
    needs: [byline]
  dispatch:
    needs: [bylines, weather, credit]
  brief: { section: [x] }
  court:
    paths: [a]
";
        let told = RuleProblems(Config::parse(Path::new("/desk/recoupe.yaml"), text).unwrap_err()).to_string();
        assert_eq!(
            told.replace("/desk/recoupe.yaml:", ""),
            "3: `all` is for the stories that no other profile is for (give the profile another name)
6: `bylines` is nothing that a story or a picture has (did you mean `byline`?)
6: `weather` is nothing that a story or a picture has (one of kicker, headline, standfirst, byline, dateline, caption, credit, alternative-text)
7: `brief` does not say what it needs (write `needs: [byline, credit]`, or `needs: []` where nothing is asked)
7: unknown key `section` (did you mean `sections`?)
8: `court` does not say what it needs (write `needs: [byline, credit]`, or `needs: []` where nothing is asked)"
        );
    }
}
