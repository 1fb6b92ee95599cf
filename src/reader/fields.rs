//! What a draft says of itself, field by field: headline, author, date, language.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;

use super::Problem;
use super::calls::{self, Call};
use super::run::{Figures, Raw, Run};
use crate::document::{BlockKind, Furnishing, StatedLevel};
use crate::language::Languages;
use crate::near::nearest;
use crate::span::Span;

/// One field with the names that lead to it: `cover.caption`. A list gives one field for each item.
#[derive(Debug)]
pub(super) struct Field {
    pub path: String,
    pub run: Run,
    pub source: Range<usize>,
}

/// What metadata say, as far as it is no block.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub lang: Option<(String, Range<usize>)>,
    pub published: Option<Date>,
    pub levels: Vec<StatedLevel>,
    pub ignored: Vec<Call>,
    /// What kind of story it is, in lower case.
    pub kinds: Vec<String>,
    /// What it tells that no reader of the page sees.
    pub unseen: Vec<Furnishing>,
}

enum Use {
    Block(BlockKind),
    Published,
    Lang,
    Kind,
    /// The alternative text of the leading picture.
    Alternative,
}

/// The field names of the site generators and of newsrooms, in the order in which their blocks stand on a page.
const FIELDS: &[(&[&str], Use)] = &[
    (&["kicker", "surtitre", "overline", "eyebrow"], Use::Block(BlockKind::Kicker)),
    (&["title", "headline", "titre"], Use::Block(BlockKind::Headline)),
    (
        &[
            "standfirst",
            "chapo",
            "chapô",
            "chapeau",
            "dek",
            "excerpt",
            "subtitle",
            "subheadline",
            "sous-titre",
            "summary",
            "description",
            "description_text",
            "alternativeheadline",
        ],
        Use::Block(BlockKind::Standfirst),
    ),
    (
        &["author", "authors", "auteur", "auteurs", "byline", "author.name", "authors.name", "author.display_name"],
        Use::Block(BlockKind::Byline),
    ),
    (&["dateline", "location", "place", "lieu", "located"], Use::Block(BlockKind::Dateline)),
    (
        &["alt", "image_alt", "image-alt", "cover.alt", "image.alt", "photo.alt", "figure.alt", "hero.alt", "featured_image_alt"],
        Use::Alternative,
    ),
    (
        &[
            "caption",
            "légende",
            "legende",
            "image_caption",
            "image-caption",
            "photo_caption",
            "cover.caption",
            "image.caption",
            "photo.caption",
            "figure.caption",
            "featured_image_caption",
            "hero.caption",
        ],
        Use::Block(BlockKind::Caption),
    ),
    (
        &[
            "credit",
            "crédit",
            "image_credit",
            "image-credit",
            "photo_credit",
            "photo-credit",
            "cover.credit",
            "image.credit",
            "photo.credit",
            "figure.credit",
            "hero.credit",
            "image.credittext",
        ],
        Use::Block(BlockKind::Credit),
    ),
    (
        &[
            "recoupe.date",
            "published",
            "publishdate",
            "published_at",
            "pubdate",
            "datepublished",
            "publication_date",
            "date",
            "versioncreated",
        ],
        Use::Published,
    ),
    (
        &[
            "kind",
            "genre",
            "genres",
            "genres.name",
            "section",
            "sections",
            "rubrique",
            "category",
            "categories",
            "catégorie",
            "desk",
            "type",
            "layout",
            "articlesection",
            "taxonomies.categories",
        ],
        Use::Kind,
    ),
    (&["recoupe.lang", "lang", "language", "locale", "langue", "inlanguage"], Use::Lang),
];

/// Turns fields into the blocks that open a draft, in the order of a page.
pub(super) fn blocks(fields: Vec<Field>, figures: &mut Figures, stated: &mut Stated, problems: &mut Vec<Problem>) -> Vec<Raw> {
    let own = |f: &Field| f.path == OWN || f.path.starts_with("recoupe.");
    let (ours, fields): (Vec<Field>, Vec<Field>) = fields.into_iter().partition(|f| own(f) && !SHARED.contains(&f.path.as_str()));
    told(ours, stated, problems);
    let mut fields: Vec<Option<Field>> = fields.into_iter().map(Some).collect();
    let mut raws = Vec::new();
    let mut lead = None;
    for (names, what) in FIELDS {
        let mut seen = BTreeSet::new();
        for name in *names {
            for slot in &mut fields {
                let hit = slot.as_ref().is_some_and(|f| same_name(&f.path, name));
                let Some(Field { run, source, .. }) = slot.take_if(|_| hit) else { continue };
                let Some(run) = run.trimmed() else { continue };
                match what {
                    Use::Block(kind) => {
                        if !seen.insert(run.text.clone()) {
                            continue;
                        }
                        let mut raw = Raw::new(*kind, run);
                        if matches!(kind, BlockKind::Caption | BlockKind::Credit) {
                            let figure = *lead.get_or_insert_with(|| figures.next());
                            figures.shows(figure, Run::default(), false);
                            raw.figure = Some(figure);
                        }
                        raws.push(raw);
                    }
                    Use::Published => match date(&run.text) {
                        Some(date) => {
                            stated.published.get_or_insert(date);
                        }
                        // « published: true » is a switch of the site generator.
                        None if is_switch(&run.text) => {}
                        None => problems.push(Problem {
                            message: format!("`{}` is no date: write it as 2022-01-05", run.text),
                            span: Some(Span::new(source.start, source.end)),
                        }),
                    },
                    Use::Alternative => {
                        if seen.insert(run.text.clone()) {
                            let figure = *lead.get_or_insert_with(|| figures.next());
                            figures.shows(figure, run.clone(), true);
                            raws.push(Raw { figure: Some(figure), ..Raw::new(BlockKind::Caption, run) });
                        }
                    }
                    // « [Sport, Monde] » of a field that is one line.
                    Use::Kind => {
                        let kinds = run.text.split(',').map(|k| k.trim().to_lowercase());
                        stated.kinds.extend(kinds.filter(|k| !k.is_empty()));
                    }
                    Use::Lang => {
                        stated.lang.get_or_insert((run.text, source));
                    }
                }
            }
        }
    }
    raws
}

/// The field under which a draft speaks to recoupe.
const OWN: &str = "recoupe";
/// What may stand there as well as at the top.
const SHARED: [&str; 2] = ["recoupe.lang", "recoupe.date"];

/// Hears what a draft says to recoupe itself.
fn told(fields: Vec<Field>, stated: &mut Stated, problems: &mut Vec<Problem>) {
    const KEYS: [&str; 4] = ["ignore", "levels", "lang", "date"];
    for Field { path, run, source } in fields {
        let key = path.strip_prefix("recoupe.").unwrap_or_default();
        if key == "ignore" {
            stated.ignored.extend(calls::in_field(run, &source));
            continue;
        }
        let source = Span::new(source.start, source.end);
        match key.split_once('.') {
            Some(("levels", rule)) => stated.levels.push(StatedLevel { rule: rule.to_owned(), level: run.text, source }),
            _ => {
                let wrong = key.split('.').next().unwrap_or_default();
                let hint = match nearest(wrong, KEYS).filter(|near| *near != wrong) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if wrong == "levels" => "write `levels: {two-spellings: off}`".to_owned(),
                    None => format!("what may stand below it: {}", KEYS.join(", ")),
                };
                let message = format!("`{path}` says nothing to recoupe: {hint}");
                problems.push(Problem { message, span: Some(source) });
            }
        }
    }
}

/// Field names differ in case, and `params.` is where Hugo keeps a site's own.
fn same_name(path: &str, name: &str) -> bool {
    let path = path.strip_prefix("params.").unwrap_or(path);
    path.len() == name.len() && path.to_lowercase() == name
}

fn is_switch(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "oui", "non", "null", "~", "draft", "0", "1"];
    words.iter().any(|w| text.eq_ignore_ascii_case(w))
}

/// A day: `2022-01-05` with or without a time, `2022/01/05`, `05/01/2022`, `5.1.2022`.
pub(super) fn date(text: &str) -> Option<Date> {
    in_figures(text).or_else(|| in_words(text))
}

/// `January 7, 2022`, `Fri, 07 Jan 2022 10:00:00 GMT`, « 7 janvier 2022 »: the name of a month in any language.
fn in_words(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let figure = |i: usize| words.get(i).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let named = |w: &str| Languages::shipped().iter().find_map(|(_, l)| l.calendar.month(w));
    // "MAR DEL PLATA, Jan 7, 2022": a month stands beside a figure.
    let (at, month) =
        (0..words.len()).filter(|&i| figure(i + 1) || i > 0 && figure(i - 1)).find_map(|i| Some((i, named(words[i])?)))?;
    let words = || words[at.saturating_sub(2)..(at + 4).min(words.len())].iter().copied();
    let figures = |w: &str| w.trim_end_matches(char::is_alphabetic).to_owned();
    let year = words().filter(|w| w.len() == 4).find_map(|w| w.parse::<i16>().ok())?;
    let day = words().map(figures).filter(|w| w.len() <= 2).find_map(|w| w.parse::<i8>().ok())?;
    Date::new(year, month, day).ok()
}

fn in_figures(text: &str) -> Option<Date> {
    let day = text.trim().split(['T', ' ', 't']).next()?;
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        // As news formats write it: `20220105T100000Z`.
        let n = |range: Range<usize>| day[range].parse::<i16>().ok();
        return Date::new(n(0..4)?, i8::try_from(n(4..6)?).ok()?, i8::try_from(n(6..8)?).ok()?).ok();
    }
    let mut parts = day.split(['-', '/', '.']);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || [a, b, c].iter().any(|p| p.is_empty() || p.len() > 4 || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let n = |s: &str| s.parse::<i16>().ok();
    let (year, month, day) = match (a.len(), c.len()) {
        (4, 1..=2) => (n(a)?, n(b)?, n(c)?),
        // The day comes first, unless there is no such month.
        (1..=2, 4) if n(b)? > 12 => (n(c)?, n(a)?, n(b)?),
        (1..=2, 4) => (n(c)?, n(b)?, n(a)?),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (text, expected) in [
            ("2022-01-05", "2022-01-05"),
            ("2022-01-05T23:59:00+02:00", "2022-01-05"),
            ("2022-01-05 10:00", "2022-01-05"),
            ("2022/1/5", "2022-01-05"),
            ("05/01/2022", "2022-01-05"),
            ("01/25/2022", "2022-01-25"),
            ("5.1.2022", "2022-01-05"),
            ("20220105T100000+0100", "2022-01-05"),
            ("31/02/2022", "none"),
            ("January 5, 2022", "2022-01-05"),
            ("Fri, 07 Jan 2022 10:00:00 GMT", "2022-01-07"),
            ("7th of January 2022", "2022-01-07"),
            ("1er mars 2022", "2022-03-01"),
            ("31 juin 2022", "none"),
            ("March 2022", "none"),
            ("MAR DEL PLATA, Jan 7, 2022 (Reuters)", "2022-01-07"),
            ("PARIS, 7 janv. 2022 (AFP)", "2022-01-07"),
            ("PARIS, 7 janv (AFP)", "none"),
            ("2022", "none"),
            ("", "none"),
        ] {
            assert_eq!(date(text).map_or("none".to_owned(), |d| d.to_string()), expected, "{text}");
        }
    }
}
