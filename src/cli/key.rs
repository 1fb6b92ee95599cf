//! Fingerprints under a newsroom's own key, so that nobody else can guess words from them.

use std::fs;
use std::hash::Hasher;
use std::path::Path;

use siphasher::sip::SipHasher24;

use crate::finding::Finding;

/// The environment variable that holds a key where no file is named.
pub const VARIABLE: &str = "RECOUPE_FINGERPRINT_KEY";

/// 128 bits that a newsroom keeps to itself.
#[derive(Clone, Copy)]
pub struct Key([u8; 16]);

impl Key {
    /// The key in a file, else in the environment, if there is one; or what is wrong with it, without showing it.
    pub fn find(file: Option<&Path>) -> Result<Option<Key>, String> {
        if let Some(path) = file {
            let text = fs::read_to_string(path).map_err(|e| format!("the key {} cannot be read: {e}", path.display()))?;
            return Key::parse(&text).map(Some).ok_or_else(|| format!("{}: {WANTED}", path.display()));
        }
        match std::env::var(VARIABLE) {
            Ok(text) if !text.is_empty() => Key::parse(&text).map(Some).ok_or_else(|| format!("{VARIABLE}: {WANTED}")),
            Err(std::env::VarError::NotUnicode(_)) => Err(format!("{VARIABLE}: {WANTED}")),
            _ => Ok(None),
        }
    }

    fn parse(text: &str) -> Option<Key> {
        let text = text.trim();
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(text, 16).ok().map(|n| Key(n.to_be_bytes()))
    }

    /// Puts a fingerprint under the key: SipHash-2-4 is a pseudo-random function, so that without the key nobody can tell which words a
    /// fingerprint stands for, by trying words or otherwise. The letter in front tells such fingerprints from open ones.
    pub fn seal(self, finding: &mut Finding) {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        hasher.write(finding.fingerprint.as_bytes());
        let version = finding.fingerprint.split(':').next().unwrap_or_default();
        finding.fingerprint = format!("{version}k:{:016x}", hasher.finish());
    }
}

const WANTED: &str = "a key is 32 hexadecimal digits: make one with `openssl rand -hex 16`";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Bindings, Level};

    fn sealed(key: &str) -> String {
        let mut finding = Finding {
            rule: 0,
            level: Level::Note,
            labels: Vec::new(),
            bindings: Bindings::default(),
            fix: None,
            fingerprint: "1:0123456789abcdef".to_owned(),
        };
        Key::parse(key).unwrap().seal(&mut finding);
        finding.fingerprint
    }

    #[test]
    fn a_key_gives_other_fingerprints_and_always_the_same() {
        let one = sealed("000102030405060708090a0b0c0d0e0f\n");
        // By the reference implementation of SipHash-2-4.
        assert_eq!(one, "1k:8f131ae6f4089d1b");
        assert_eq!(one, sealed("000102030405060708090A0B0C0D0E0F"));
        assert_ne!(one, sealed("100102030405060708090a0b0c0d0e0f"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in
            ["", "0123", "+00102030405060708090a0b0c0d0e0f", "000102030405060708090a0b0c0d0e0g", "clef de la rédaction, 32 octets"]
        {
            assert!(Key::parse(text).is_none(), "{text}");
        }
    }
}
