//! A report as it is asked for.

use std::path::PathBuf;

use crate::report;

/// A report that was asked for: its name, and the file that it goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub name: String,
    /// `None` for standard output.
    pub file: Option<PathBuf>,
}

impl Asked {
    /// Reads `sarif=out.sarif` or `terminal`.
    pub fn parse(text: &str) -> Result<Asked, String> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        if report::by_name(name).is_none() {
            let known: Vec<&str> = report::REPORTS.iter().map(|(name, _)| *name).collect();
            return Err(format!("the reports are: {}", known.join(", ")));
        }
        match file {
            Some("") => Err(format!("name a file after the equals sign, or write `{name}` for standard output")),
            file => Ok(Asked { name: name.to_owned(), file: file.filter(|f| *f != "-").map(PathBuf::from) }),
        }
    }
}
