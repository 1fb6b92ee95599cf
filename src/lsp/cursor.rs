//! Where the cursor is in a YAML text that is being written, and so is rarely well formed: read off indents and brackets, backwards
//! from the cursor.

use super::schema::Step;

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The keys and lists around it.
    pub path: Vec<Step>,
    /// Whether a key is being written, or a value.
    pub slot: Slot,
    /// The word so far: bytes of the text up to the cursor.
    pub start: usize,
    /// The keys that stand beside it in its map.
    pub beside: Vec<String>,
}

/// What may stand at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A key.
    Key,
    /// A value.
    Value,
    /// A value, or the first key of a map below: the line after `key:` and after `- `.
    Either,
}

/// Reads where a byte of the text is; `None` in a comment.
pub fn cursor(text: &str, byte: usize) -> Option<Cursor> {
    let line_start = text[..byte].rfind('\n').map_or(0, |i| i + 1);
    let before = &text[line_start..byte];
    let (indent, dashes, content) = opened(before);
    if content.starts_with('#') {
        return None;
    }
    let above: Vec<&str> = text[..line_start].lines().collect();
    let own_indent = indent + dashes * 2;
    let mut path = parents(&above, indent, dashes > 0);
    path.extend(std::iter::repeat_n(Step::Item, dashes));
    let mut beside = siblings(&above, text[byte..].lines().skip(1), own_indent, dashes > 0);
    let mut slot = if dashes > 0 || content.is_empty() { Slot::Either } else { Slot::Key };
    let mut rest = content;
    let offset = |rest: &str| byte - rest.len();
    if let Some((key, value)) = split_key(rest) {
        path.push(Step::Key(key.to_owned()));
        (rest, slot) = (value.trim_start(), Slot::Value);
        beside.clear();
    }
    // Brackets on the line, the innermost last: its kind, the path before it.
    let mut open: Vec<(char, usize, Vec<String>)> = Vec::new();
    let mut word = offset(rest);
    let mut quote = None;
    let mut chars = rest.char_indices().peekable();
    let base = offset(rest);
    while let Some((i, c)) = chars.next() {
        if let Some(q) = quote {
            if c == q {
                quote = None;
            } else if c == '\\' && q == '"' {
                chars.next();
            }
            continue;
        }
        let after = base + i + c.len_utf8();
        match c {
            '"' | '\'' if base + i == word => (quote, word) = (Some(c), after),
            '[' | '{' if base + i == word && slot != Slot::Key => {
                open.push((c, path.len(), Vec::new()));
                if c == '[' {
                    path.push(Step::Item);
                }
                slot = if c == '{' { Slot::Key } else { Slot::Value };
                word = after;
            }
            ']' | '}' => {
                if let Some((_, depth, _)) = open.pop() {
                    path.truncate(depth);
                }
                (slot, word) = (Slot::Value, after);
            }
            ',' if !open.is_empty() => {
                let (kind, depth, keys) = open.last_mut()?;
                if *kind == '{' {
                    if let Some(Step::Key(key)) = path.get(*depth) {
                        keys.push(key.clone());
                    }
                    path.truncate(*depth);
                    slot = Slot::Key;
                }
                word = after;
            }
            ':' if slot == Slot::Key && !open.is_empty() && rest[i + 1..].starts_with([' ', '\t']) => {
                let key = text[word..base + i].trim_matches(['"', '\'', ' ']);
                path.push(Step::Key(key.to_owned()));
                (slot, word) = (Slot::Value, after);
            }
            '#' if rest[..i].ends_with(' ') => return None,
            ' ' | '\t' if base + i == word => word = after,
            _ => {}
        }
    }
    if let Some((_, _, keys)) = open.last() {
        beside = keys.clone();
    }
    Some(Cursor { path, slot, start: word, beside })
}

/// Indent, number of dashes that open list items, and what follows.
fn opened(line: &str) -> (usize, usize, &str) {
    let mut rest = line.trim_start_matches(' ');
    let indent = line.len() - rest.len();
    let mut dashes = 0;
    while let Some(after) = rest.strip_prefix("- ") {
        (rest, dashes) = (after.trim_start_matches(' '), dashes + 1);
    }
    (indent, dashes, rest)
}

/// `key: value`, as far as it is written.
fn split_key(content: &str) -> Option<(&str, &str)> {
    let (key, value) = content.split_once(':')?;
    let is_key = !key.is_empty() && !key.starts_with(['"', '\'', '[', '{', '#']) && (value.is_empty() || value.starts_with(' '));
    is_key.then(|| (key.trim(), value))
}

/// The keys and lists above a line of that indent, the outermost first.
fn parents(above: &[&str], indent: usize, is_item: bool) -> Vec<Step> {
    let mut path = Vec::new();
    // A list may stand at the indent of its key.
    let (mut limit, mut own) = (indent, is_item);
    for line in above.iter().rev() {
        let (at, dashes, content) = opened(line);
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let inner = at + dashes * 2;
        let Some((key, _)) = split_key(content) else { continue };
        if dashes > 0 && inner <= limit && at < limit && !(own && inner == limit) {
            // The first key of the item in which the line stands, or one above it.
            if inner < limit {
                path.push(Step::Key(key.to_owned()));
            }
            path.extend(std::iter::repeat_n(Step::Item, dashes));
            (limit, own) = (at, true);
        } else if dashes == 0 && (at < limit || (own && at == limit)) {
            path.push(Step::Key(key.to_owned()));
            (limit, own) = (at, false);
        }
        if limit == 0 && !own {
            break;
        }
    }
    path.reverse();
    path
}

/// The keys at an indent around a line, up to where their map ends.
fn siblings<'t>(above: &[&'t str], below: impl Iterator<Item = &'t str>, indent: usize, starts_item: bool) -> Vec<String> {
    let mut keys = Vec::new();
    let mut take = |line: &str| {
        let (at, dashes, content) = opened(line);
        if content.is_empty() || content.starts_with('#') {
            return true;
        }
        let inner = at + dashes * 2;
        if inner == indent
            && let Some((key, _)) = split_key(content)
        {
            keys.push(key.to_owned());
        }
        // An item's dash starts its map.
        inner > indent || (inner == indent && dashes == 0)
    };
    if !starts_item {
        for line in above.iter().rev() {
            if !take(line) {
                break;
            }
        }
    }
    for line in below {
        let (at, dashes, content) = opened(line);
        if !content.is_empty() && dashes > 0 && at + dashes * 2 <= indent || !take(line) {
            break;
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path, the slot and the word at `|`.
    fn at(marked: &str) -> String {
        let byte = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let Some(c) = cursor(&text, byte) else { return "comment".to_owned() };
        let path: Vec<&str> = c.path.iter().map(|s| if let Step::Key(k) = s { k } else { "-" }).collect();
        format!("{} {:?} `{}`", path.join("."), c.slot, &text[c.start..byte])
    }

    #[test]
    fn places_in_a_rule() {
        for (text, place) in [
            ("le|", " Key `le`"),
            ("id: x\n|", " Either ``"),
            ("level: w|", "level Value `w`"),
            ("level: \"w|", "level Value `w`"),
            ("level:|", "level Value ``"),
            ("unless: [revised, pa|", "unless.- Value `pa`"),
            ("unless: [revised, part-of]\nin:\n  - he|", "in.- Either `he`"),
            ("in:\n- he|", "in.- Either `he`"),
            ("find:\n  fr: \"la @ti|", "find.fr Value `la @ti`"),
            ("message: { fr: \"a\", e|", "message Key `e`"),
            ("message: { fr: \"a: b\", en: \"x|", "message.en Value `x`"),
            ("expect:\n  agree: { ab|", "expect.agree Key `ab`"),
            ("expect: { agree: { about: d|", "expect.agree.about Value `d`"),
            ("examples:\n  - lang: fr\n    ba|", "examples.- Key `ba`"),
            ("examples:\n  - la|", "examples.- Either `la`"),
            ("examples:\n  - lang: f|", "examples.-.lang Value `f`"),
            ("examples:\n- lang: fr\n  bad: { b|", "examples.-.bad Key `b`"),
            ("examples:\n  - lang: fr\n    bad:\n      he|", "examples.-.bad Key `he`"),
            ("examples:\n  - bad: { body: \"x\" }\n  - lang: fr\n    good:\n      body: x\n    th|", "examples.- Key `th`"),
            ("examples:\n  - bad:\n      body: x\n      he|", "examples.-.bad Key `he`"),
            ("labels:\n  first: { fr: x }\nle|", " Key `le`"),
            ("a: b # c|", "comment"),
            ("  # c|", "comment"),
            ("source: https://a.b/c|", "source Value `https://a.b/c`"),
        ] {
            assert_eq!(at(text), place, "{text}");
        }
    }

    #[test]
    fn keys_that_stand_there_are_known() {
        let keys = |marked: &str| {
            let byte = marked.find('|').unwrap();
            cursor(&marked.replacen('|', "", 1), byte).unwrap().beside.join(" ")
        };
        assert_eq!(keys("id: x\n|\nlevel: note\n"), "id level");
        assert_eq!(keys("examples:\n  - lang: fr\n    |\n    good: x\n  - bad: y\n"), "lang good");
        assert_eq!(keys("message: { fr: a, |"), "fr");
        assert_eq!(keys("a:\n  b: 1\n  |\nc: 2\n"), "b");
    }

    #[test]
    fn no_text_is_too_odd() {
        let odd = "é: [{]}\"'- - -: :\n\t- {{{[[\n'\"\\\n - a:\n  #\n,,]]}}\r\n- - x: y: z\u{2028}🦊";
        for (byte, _) in odd.char_indices() {
            cursor(odd, byte);
            cursor(&odd[byte..], 0);
        }
    }
}
