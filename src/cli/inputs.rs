//! Paths into drafts: folders are walked, names are put in order.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::draft::once;
use crate::config::{Desks, absolute};
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
    let Expanded { inputs, problems, .. } = out;
    let mut config = |path: &Path| {
        desks.config(path).unwrap_or_else(|found| {
            problems.extend(found.0);
            Arc::default()
        })
    };
    let mut entries = WalkDir::new(folder).into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(e) if e.depth() == 0 => {}
            Ok(e) if is_skipped(&e) || config(e.path()).excludes(&absolute(e.path())) => {
                if e.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(e) if is_file(&e) && config(e.path()).format(&absolute(e.path())).is_some() => {
                inputs.push(Input { name: name(e.path()), from: From::File(e.into_path()) });
            }
            Ok(_) => {}
            Err(e) => {
                let path = name(e.path().unwrap_or(folder));
                let why = e.into_io_error().unwrap_or_else(|| io::Error::other("loop")).to_string();
                inputs.push(Input { name: path, from: From::Nowhere(why) });
            }
        }
    }
}

/// Folders behind links are not entered, so that no walk goes in circles; a link to a file is a file.
fn is_file(e: &DirEntry) -> bool {
    e.file_type().is_file() || (e.path_is_symlink() && fs::metadata(e.path()).is_ok_and(|m| m.is_file()))
}

fn is_skipped(e: &DirEntry) -> bool {
    let name = e.file_name().to_string_lossy();
    name.starts_with('.') || (e.file_type().is_dir() && matches!(&*name, "target" | "node_modules"))
}

fn name(path: &Path) -> String {
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
        let Expanded { inputs, empty, .. } = expand(&[dir.join("z.txt"), dir.clone()], &mut Desks::default());
        let names: Vec<String> =
            inputs.iter().map(|i| i.name.rsplit_once("-order-").unwrap().1.split_once('/').unwrap().1.to_owned()).collect();
        assert_eq!(names, ["a.md", "b/inner.md", "z.txt"]);
        assert!(empty.is_empty());
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
