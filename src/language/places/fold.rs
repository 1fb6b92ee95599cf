//! The form of a name under which it is looked up. The build script compiles this file too, so it uses nothing of the crate.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Writes a name without what writers vary: case, accents, hyphens, ligatures, the shape of apostrophes, full stops.
///
/// `Saint-Étienne` becomes `saint etienne`, `Nursultʻan` becomes `nursult'an`, `Washington, D.C.` becomes `washington dc`.
pub fn fold(name: &str, out: &mut String) {
    out.clear();
    // Most names are: nothing of them is composed, and a letter is a byte.
    if name.is_ascii() {
        for c in name.chars() {
            match c {
                '.' | ',' => {}
                '-' => push_space(out),
                c if c.is_ascii_whitespace() => push_space(out),
                '`' => out.push('\''),
                c => out.push(c.to_ascii_lowercase()),
            }
        }
        out.truncate(out.trim_end().len());
        return;
    }
    for c in name.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            '.' | ',' => {}
            '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2014}' => push_space(out),
            c if c.is_whitespace() => push_space(out),
            '’' | '‘' | 'ʼ' | 'ʻ' | 'ʹ' | '`' | '´' | '′' => out.push('\''),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ħ' => out.push('h'),
            'ə' => out.push('a'),
            'þ' => out.push_str("th"),
            // What remains of `İ` in lower case.
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
}

fn push_space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}
