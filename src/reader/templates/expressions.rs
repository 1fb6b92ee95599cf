//! What stands in a draft that is a program as well (MDX, Astro): none of it is text.

use super::{LONGEST, component};

/// Whether a draft imports or exports anything, or shows components.
pub fn are_in(source: &str, from: usize) -> bool {
    let script = |l: &str| is_script(l);
    source[from..].lines().any(script)
        || source[from..].match_indices('<').any(|(i, _)| source[from + i + 1..].starts_with(|c: char| c.is_ascii_uppercase()))
}

fn is_script(line: &str) -> bool {
    let import = line
        .strip_prefix("import ")
        .is_some_and(|l| l.contains(['\'', '"']) && (l.contains(" from ") || l.starts_with(['\'', '"'])));
    let declares = |l: &str| ["const ", "default ", "function ", "let ", "{"].iter().any(|w| l.starts_with(w));
    import || line.strip_prefix("export ").is_some_and(declares)
}

/// The end of a line of script, with those below it to a blank one.
pub fn script(source: &str, at: usize) -> Option<usize> {
    if !is_script(source[at..].lines().next()?) {
        return None;
    }
    let end = source[at..].find("\n\n").map_or(source.len(), |i| at + i);
    Some(end)
}

/// The end of an expression, or of a component that Markdown does not know for an element.
pub fn end(source: &str, at: usize) -> Option<usize> {
    let rest = &source[at..];
    if rest.starts_with('<') {
        let length = component(rest).filter(|_| rest[1..].starts_with(|c: char| c.is_ascii_uppercase()))?;
        return rest[..length].contains(['{', '\n']).then_some(at + length);
    }
    if !rest.starts_with('{') {
        return None;
    }
    let mut depth = 0usize;
    for (i, b) in rest.bytes().enumerate().take(LONGEST) {
        match b {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at + i + 1),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}
