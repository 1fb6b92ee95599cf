//! A file is written beside itself and renamed, so that a run that ends early leaves the old one whole.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Puts these bytes in a file's place, with the permissions that it had. A link is followed: what it points to is replaced.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().ok_or_else(|| io::Error::other("this is no file"))?;
    let beside = target.with_file_name(format!(".{}.{}.recoupe", name.to_string_lossy(), std::process::id()));
    let written = fs::OpenOptions::new().write(true).create_new(true).open(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        if let Ok(old) = fs::metadata(&target) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, &target)
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_behind_its_link_and_keeps_its_permissions() {
        let dir = std::env::temp_dir().join(format!("recoupe-write-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        let file = dir.join("un été.md");
        replace(&file, b"a").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
            std::os::unix::fs::symlink(&file, dir.join("link")).unwrap();
            replace(&dir.join("link"), b"b").unwrap();
            assert!(fs::symlink_metadata(dir.join("link")).unwrap().is_symlink());
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
            assert_eq!(fs::read(&file).unwrap(), b"b");
            fs::remove_file(dir.join("link")).unwrap();
        }
        assert!(replace(&dir.join("none/a.md"), b"").is_err());
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "nothing is left beside it");
        fs::remove_dir_all(&dir).unwrap();
    }
}
