//! Globs as newsrooms write them: one without `/` fits at any depth, one that fits a folder fits all inside it.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Some globs, any of which may fit.
#[derive(Clone, Debug, Default)]
pub(super) struct Globs(GlobSet);

impl Globs {
    /// Compiles globs; `Err` with the index of the first that is malformed, and what is wrong with it.
    pub(super) fn new(globs: &[&str]) -> Result<Globs, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (i, glob) in globs.iter().enumerate() {
            let bare = glob.trim_start_matches("./").trim_end_matches('/');
            if bare.is_empty() {
                return Err((i, "an empty glob fits nothing".to_owned()));
            }
            let rooted = match bare.strip_prefix('/') {
                Some(rooted) => rooted.to_owned(),
                None if bare.contains('/') => bare.to_owned(),
                None => format!("**/{bare}"),
            };
            for glob in [format!("{rooted}/**"), rooted] {
                let built = GlobBuilder::new(&glob).literal_separator(true).build();
                set.add(built.map_err(|e| (i, e.kind().to_string()))?);
            }
        }
        set.build().map(Globs).map_err(|e| (0, e.kind().to_string()))
    }

    /// Whether one fits a path that counts from the folder of the configuration.
    pub(super) fn fit(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_fit_as_written() {
        for (glob, path, fits) in [
            ("*.md", "a.md", true),
            ("*.md", "x/y/a.md", true),
            ("sport", "sport/a.md", true),
            ("sport/", "desk/sport/b/a.md", true),
            ("./sport/*.md", "sport/a.md", true),
            ("sport/*.md", "sport/b/a.md", false),
            ("sport/**/*.md", "sport/b/a.md", true),
            ("/sport", "desk/sport/a.md", false),
            ("/sport", "sport/a.md", true),
            ("*.{md,txt}", "a.txt", true),
            ("été/*", "été/a.md", true),
            ("a?.md", "a/.md", false),
        ] {
            assert_eq!(Globs::new(&[glob]).unwrap().fit(Path::new(path)), fits, "{glob} {path}");
        }
        assert!(!Globs::default().fit(Path::new("a.md")));
    }

    #[test]
    fn malformed_globs_are_told() {
        assert_eq!(Globs::new(&["*.md", "[a"]).unwrap_err().0, 1);
        assert_eq!(Globs::new(&["./"]).unwrap_err().1, "an empty glob fits nothing");
    }
}
