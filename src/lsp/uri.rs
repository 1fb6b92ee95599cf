//! `file:` addresses, to paths and back.

use std::path::{Component, Path, PathBuf, Prefix};

/// The path of a `file:` address on this machine; `None` for any other address, such as that of a draft never saved.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.get(..5).filter(|s| s.eq_ignore_ascii_case("file:")).map(|_| &uri[5..])?;
    let rest = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, path) = rest.split_at(rest.find('/')?);
            (host.is_empty() || host.eq_ignore_ascii_case("localhost")).then_some(path)?
        }
        None => rest,
    };
    let text = decode(rest)?;
    // « /C:/stories »
    let drive = cfg!(windows) && text.len() > 2 && text.as_bytes()[2] == b':';
    Some(PathBuf::from(if drive { &text[1..] } else { &text }))
}

fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        if b != b'%' {
            out.push(b);
            continue;
        }
        let mut digit = || bytes.next().and_then(|d| char::from(d).to_digit(16));
        out.push((digit()? * 16 + digit()?) as u8);
    }
    String::from_utf8(out).ok()
}

/// The address of a file; `None` for a path that is not absolute, or no text.
pub fn of_path(path: &Path) -> Option<String> {
    if !path.is_absolute() {
        return None;
    }
    let mut out = String::from("file://");
    for part in path.components() {
        match part {
            Component::Prefix(prefix) => match prefix.kind() {
                Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => {
                    out.push('/');
                    out.push(char::from(letter));
                    out.push_str("%3A");
                }
                _ => return None,
            },
            Component::RootDir => {}
            Component::CurDir => {}
            Component::ParentDir => out.push_str("/.."),
            Component::Normal(name) => {
                out.push('/');
                for b in name.to_str()?.bytes() {
                    if b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@".contains(&b) {
                        out.push(char::from(b));
                    } else {
                        out.push_str(&format!("%{b:02X}"));
                    }
                }
            }
        }
    }
    if out.len() == "file://".len() {
        out.push('/');
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn an_address_and_a_path_are_one() {
        for (uri, file) in [
            ("file:///home/desk/%C3%A9t%C3%A9%20%231.md", "/home/desk/été #1.md"),
            ("file:///", "/"),
            ("file:///a/100%25.txt", "/a/100%.txt"),
        ] {
            assert_eq!(path(uri).as_deref(), Some(Path::new(file)));
            assert_eq!(of_path(Path::new(file)).as_deref(), Some(uri));
        }
        assert_eq!(path("FILE://localhost/a"), Some(PathBuf::from("/a")));
        assert_eq!(path("file:/a"), Some(PathBuf::from("/a")));
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for odd in
            ["untitled:Untitled-1", "file://server/share", "file:///%", "file:///%G0", "file:///%FF", "fil", "", "é", "file://"]
        {
            assert_eq!(path(odd), None, "{odd}");
        }
        assert_eq!(of_path(Path::new("story.md")), None);
    }
}
