//! Paths into drafts: folders are walked, names are put in order.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use ignore::{DirEntry, WalkBuilder};

use super::draft::{once, take};
use crate::config::absolute;
use crate::desk::Desks;
use crate::reader::Format;
use crate::rule::RuleProblem;

/// A draft to be read.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The path as reports show it: as given, with `/` between its parts and no `./` before it; `-` for standard input.
    pub name: String,
    /// Where it is.
    pub from: From,
}

/// Where a draft is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// Nowhere that can be reached: why.
    Nowhere(String),
}

/// What paths stand for.
#[derive(Debug, Default)]
pub struct Expanded {
    /// The drafts in the order of their names, each once.
    pub inputs: Vec<Input>,
    /// The folders in which no draft was found.
    pub empty: Vec<String>,
    /// The files of the folders that are no drafts.
    pub skipped: Vec<String>,
    /// What is wrong with the configurations that were met.
    pub problems: Vec<RuleProblem>,
}

/// Finds the drafts that paths stand for, as the configurations in the folders say.
pub fn expand(paths: &[PathBuf], desks: &mut Desks) -> Expanded {
    let mut out = Expanded::default();
    for path in paths {
        if path.as_os_str() == "-" {
            out.inputs.push(Input { name: "-".to_owned(), from: From::Stdin });
        } else if path.is_dir() {
            let before = out.inputs.len();
            walk(path, desks, &mut out);
            if out.inputs.len() == before {
                out.empty.push(name(path));
            }
        } else {
            out.inputs.push(Input { name: name(path), from: From::File(path.clone()) });
        }
    }
    out.inputs.sort();
    out.inputs.dedup_by(|a, b| a.name == b.name);
    once(&mut out.problems);
    out
}

fn walk(folder: &Path, desks: &mut Desks, out: &mut Expanded) {
    let Expanded { inputs, problems, skipped, .. } = out;
    let mut config = |path: &Path| {
        desks.config(path).unwrap_or_else(|found| {
            problems.extend(found.0);
            Arc::default()
        })
    };
    let mut excluded: Option<PathBuf> = None;
    for entry in walker(folder) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                let why = e.io_error().map_or_else(|| "loop".to_owned(), ToString::to_string);
                inputs.push(Input { name: place(&e).map_or_else(|| name(folder), |p| name(&p)), from: From::Nowhere(why) });
                continue;
            }
        };
        let path = entry.path();
        if entry.depth() == 0 || excluded.as_ref().is_some_and(|e| path.starts_with(e)) {
            continue;
        }
        let holds = config(path);
        if holds.excludes(&absolute(path)) {
            excluded = Some(path.to_owned());
        } else if is_file(&entry) {
            match holds.format(&absolute(path)) {
                Some(format) if !format.is_common() || holds_a_story(path, format) => {
                    inputs.push(Input { name: name(path), from: From::File(entry.into_path()) });
                }
                _ => skipped.push(name(path)),
            }
        }
    }
}

/// Walks through a folder as git would show it: without what is hidden, and without what a `.gitignore` names.
fn walker(folder: &Path) -> ignore::Walk {
    let mut walk = WalkBuilder::new(folder);
    walk.git_global(false).ignore(false).require_git(false);
    walk.filter_entry(|e| {
        e.depth() == 0 || !e.path().is_dir() || !matches!(e.file_name().to_str(), Some("target" | "node_modules"))
    });
    walk.build()
}

/// Where a walk could not go on.
fn place(e: &ignore::Error) -> Option<PathBuf> {
    match e {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

/// Many files of this format hold none: a folder of a site has its settings in it.
fn holds_a_story(path: &Path, format: Format) -> bool {
    take(path).is_ok_and(|bytes| Format::of(&bytes, Some(format)).is_ok())
}

/// Folders behind links are not entered, so that no walk goes in circles; a link to a file is a file.
fn is_file(e: &DirEntry) -> bool {
    e.file_type().is_some_and(|t| t.is_file()) || (e.path_is_symlink() && fs::metadata(e.path()).is_ok_and(|m| m.is_file()))
}

/// The kind of a file that is not read: its extension.
pub fn kind(name: &str) -> String {
    let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase());
    extension.filter(|e| !e.is_empty()).map_or_else(String::new, |e| format!(".{e}"))
}

/// A path as reports show it.
pub fn name(path: &Path) -> String {
    let parts: PathBuf = path.components().filter(|c| *c != Component::CurDir).collect();
    let name = parts.to_string_lossy();
    if name.is_empty() {
        ".".to_owned()
    } else if cfg!(windows) {
        name.replace('\\', "/")
    } else {
        name.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(test: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("recoupe-inputs-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        for sub in ["b", ".git", "node_modules", "target"] {
            fs::create_dir_all(dir.join(sub)).unwrap();
            fs::write(dir.join(sub).join("inner.md"), "x").unwrap();
        }
        for file in ["z.txt", "a.md", ".hidden.md", "photo.jpg"] {
            fs::write(dir.join(file), "x").unwrap();
        }
        dir
    }

    #[test]
    fn a_folder_gives_its_drafts_in_order() {
        let dir = folder("order");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&dir, dir.join("b/up")).unwrap();
        let Expanded { inputs, empty, skipped, .. } = expand(&[dir.join("z.txt"), dir.clone()], &mut Desks::default());
        let names: Vec<String> =
            inputs.iter().map(|i| i.name.rsplit_once("-order-").unwrap().1.split_once('/').unwrap().1.to_owned()).collect();
        assert_eq!(names, ["a.md", "b/inner.md", "z.txt"]);
        assert_eq!(skipped.iter().map(|n| kind(n)).collect::<Vec<_>>(), [".jpg"]);
        assert!(empty.is_empty());
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn what_git_ignores_and_data_without_a_story_are_no_drafts() {
        let dir = folder("ignored");
        for (file, text) in [
            (".gitignore", "b/\nz.*\n"),
            ("package.json", "{\"name\": \"site\", \"version\": \"1\"}"),
            ("wire.json", "{\"headline\": \"Port\", \"body_text\": \"Le port ferme.\"}"),
            ("plan.svg", "<svg/>"),
            ("feed.xml", "<urlset/>"),
        ] {
            fs::write(dir.join(file), text).unwrap();
        }
        let Expanded { inputs, mut skipped, .. } = expand(std::slice::from_ref(&dir), &mut Desks::default());
        let bare = |name: &str| name.rsplit_once('/').unwrap().1.to_owned();
        assert_eq!(inputs.iter().map(|i| bare(&i.name)).collect::<Vec<_>>(), ["a.md", "wire.json"]);
        skipped.sort();
        assert_eq!(skipped.iter().map(|n| bare(n)).collect::<Vec<_>>(), ["feed.xml", "package.json", "photo.jpg", "plan.svg"]);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_folder_without_drafts_is_told() {
        let dir = folder("empty").join("b");
        fs::remove_file(dir.join("inner.md")).unwrap();
        let Expanded { inputs, empty, .. } = expand(std::slice::from_ref(&dir), &mut Desks::default());
        assert!(inputs.is_empty());
        assert_eq!(empty, [name(&dir)]);
        fs::remove_dir_all(dir.parent().unwrap()).unwrap();
    }

    #[test]
    fn names_lose_their_leading_dot() {
        assert_eq!(name(Path::new("./a.md")), "a.md");
        assert_eq!(name(Path::new("./b/./c.md")), "b/c.md");
        assert_eq!(name(Path::new("../b/c.md")), "../b/c.md");
        assert_eq!(name(Path::new("/b/c.md")), "/b/c.md");
        assert_eq!(name(Path::new(".")), ".");
        assert_eq!(expand(&[PathBuf::from("-")], &mut Desks::default()).inputs[0].from, From::Stdin);
    }
}
