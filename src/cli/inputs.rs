//! Paths into drafts: folders are walked, names are put in order.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::reader::Format;

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

/// What the paths stand for, in the order of their names, each once; and the folders in which no draft was found.
pub fn expand(paths: &[PathBuf]) -> (Vec<Input>, Vec<String>) {
    let (mut inputs, mut empty) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input { name: "-".to_owned(), from: From::Stdin });
        } else if path.is_dir() {
            let before = inputs.len();
            walk(path, &mut inputs);
            if inputs.len() == before {
                empty.push(name(path));
            }
        } else {
            inputs.push(Input { name: name(path), from: From::File(path.clone()) });
        }
    }
    inputs.sort();
    inputs.dedup_by(|a, b| a.name == b.name);
    (inputs, empty)
}

fn walk(folder: &Path, inputs: &mut Vec<Input>) {
    let wanted = |e: &DirEntry| e.depth() == 0 || !is_skipped(e);
    for entry in WalkDir::new(folder).into_iter().filter_entry(wanted) {
        match entry {
            Ok(e) if Format::of_path(e.path()).is_some() && is_file(&e) => {
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
        let (inputs, empty) = expand(&[dir.join("z.txt"), dir.clone()]);
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
        let (inputs, empty) = expand(std::slice::from_ref(&dir));
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
        assert_eq!(expand(&[PathBuf::from("-")]).0[0].from, From::Stdin);
    }
}
