//! Stories in JSON: ninjs, ANS, `NewsArticle`, and objects that have a title and a text.

mod ans;
mod tree;

use self::tree::{Kind, Value, sound, values};
use super::ReadError;
use super::fields::{self, Field};
use super::furniture::Words;
use super::run::Run;
use super::tale::{Tale, Teller};
use crate::document::BlockKind;
use crate::language::Languages;
use crate::span::Span;

/// Whether a file begins as JSON does that holds more than a number.
pub(super) fn looks_so(text: &str) -> bool {
    let inner = text.strip_prefix(['{', '[']).map(str::trim_start);
    inner.is_some_and(|inner| match text.as_bytes()[0] {
        b'{' => inner.starts_with(['"', '}']) && !text.starts_with("{}"),
        _ => inner.starts_with('{') && looks_so(inner) || text == "[]",
    })
}

/// Whether the text is JSON to its end.
pub(super) fn is_all(text: &str) -> bool {
    sound(text).is_ok()
}

/// Makes sure that there is a story in the JSON.
pub(super) fn holds_stories(text: &str) -> Result<(), ReadError> {
    let all = values(text)?;
    if stories(&all).is_empty() {
        let at = all.first().map_or(0, |v| v.source.start);
        let message = "JSON in which no story is known (ninjs, ANS, NewsArticle, or objects with a title and a text): say with --as what it is, or export it as one of these";
        return Err(ReadError::broken(message.to_owned(), Span::new(at, at)));
    }
    Ok(())
}

pub(super) fn read(source: &str, languages: &Languages, words: &Words) -> Result<Vec<Tale>, ReadError> {
    let all = values(source)?;
    Ok(stories(&all).into_iter().map(|story| tell(story, source, Teller::new(languages, words))).collect())
}

/// The keys under which a story's own words stand, the best first: markup says more than text without it.
const BODIES: &[&str] =
    &["body_xhtml", "body_html", "body_html5", "articleBody", "body_text", "body", "content", "html", "text", "texte"];
/// The keys of which a story has one beside its words.
const BESIDE: &[&str] = &[
    "headline",
    "headlines",
    "title",
    "titre",
    "uri",
    "guid",
    "versioncreated",
    "date",
    "published",
    "datePublished",
    "lang",
    "language",
    "byline",
    "author",
    "id",
    "url",
    "captions",
    "description_text",
    "pubstatus",
];

/// The keys under which the words stand that are told of a picture where it is not seen.
pub(super) const ALTERNATIVES: [&str; 5] = ["alt_text", "altText", "alttext", "alternative_text", "alt"];

fn is_story(value: &Value) -> bool {
    let has = |key: &&str| value.get(key).is_some();
    let written = |key: &&str| value.get(key).is_some_and(|v| matches!(v.kind, Kind::String(_)));
    let words = BODIES.iter().any(written) || value.get("bodies").is_some_and(|b| !b.items().is_empty());
    ans::is_story(value)
        || (words && BESIDE.iter().any(&has))
        || (has(&"headline") && (has(&"associations") || has(&"versioncreated")))
}

/// The stories among values: themselves, the items of lists, or those of a list that an object holds.
fn stories(all: &[Value]) -> Vec<&Value> {
    let mut out = Vec::new();
    for value in all {
        if is_story(value) {
            out.push(value);
            continue;
        }
        let lists = std::iter::once(value).chain(value.members().iter().map(|(_, v)| v));
        let list = lists.map(Value::items).find(|items| items.iter().any(is_story)).unwrap_or_default();
        out.extend(list.iter().filter(|v| is_story(v)));
        // Hits of a search wrap each story once more, and JSON-LD keeps several things in a graph.
        let wrapped = value.members().iter().map(|(_, v)| v).filter(|v| is_story(v));
        if list.is_empty() {
            out.extend(wrapped);
        }
    }
    out
}

fn tell(story: &Value, source: &str, mut teller: Teller) -> Tale {
    if ans::is_story(story) {
        ans::tell(story, source, &mut teller);
        return teller.finish();
    }
    let mut out = Vec::new();
    flat(story, source, "", &mut out);
    let fields = out.into_iter().map(|(path, run, range)| Field { path, run: run.on_one_line(), source: range }).collect();
    let Teller { figures, tale, .. } = &mut teller;
    tale.raws = fields::blocks(fields, figures, &mut tale.stated, &mut tale.problems);
    by_role(story, source, &mut teller);
    body(story, source, &mut teller);
    pictures(story, source, &mut teller);
    teller.finish()
}

/// The strings of an object by their paths, as fields of front matter are: not those that are read otherwise.
fn flat(value: &Value, source: &str, path: &str, out: &mut Vec<(String, Run, std::ops::Range<usize>)>) {
    for (key, value) in value.members() {
        let key = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let elsewhere = BODIES.iter().any(|b| *b == key)
            || matches!(&*key, "bodies" | "headlines" | "descriptions" | "associations" | "captions");
        if elsewhere || key.matches('.').count() > 1 || key.starts_with("recoupe") {
            continue;
        }
        match &value.kind {
            Kind::Object(_) => flat(value, source, &key, out),
            Kind::Array(items) => items.iter().for_each(|item| match item.run(source) {
                Some(run) => out.push((key.clone(), run, item.source.clone())),
                None => flat(item, source, &key, out),
            }),
            _ => out.extend(value.run(source).map(|run| (key, run, value.source.clone()))),
        }
    }
}

/// The value of the first of a list of `{"role": …, "value": …}` whose role fits; ninjs 2 and 3 keep headlines and bodies so.
fn of_role<'v>(list: Option<&'v Value>, source: &str, fits: impl Fn(&str) -> bool) -> Option<(&'v Value, Run)> {
    list?.items().iter().find_map(|item| {
        let role = item.get("role").and_then(|r| r.run(source)).map(|r| r.text).unwrap_or_default();
        let value = item.get("value").filter(|_| fits(&role))?;
        Some((item, value.run(source)?))
    })
}

fn by_role(story: &Value, source: &str, teller: &mut Teller) {
    let headlines = story.get("headlines");
    let main = of_role(headlines, source, |role| matches!(role, "" | "main" | "headline" | "title"))
        .or_else(|| of_role(headlines, source, |_| true));
    if let Some((_, run)) = main.filter(|_| !teller.has(BlockKind::Headline)) {
        teller.marked(BlockKind::Headline, &run);
    }
    let told = |role: &str| matches!(role, "" | "summary" | "abstract" | "lead" | "standfirst" | "drol:summary");
    if let Some((_, run)) = of_role(story.get("descriptions"), source, told) {
        teller.marked(BlockKind::Standfirst, &run);
    }
}

fn body(story: &Value, source: &str, teller: &mut Teller) {
    let kept = BODIES.iter().find_map(|key| story.get(key)?.run(source));
    let run = kept.or_else(|| {
        let bodies = story.get("bodies")?.items();
        let marked = |b: &&Value| {
            b.get("contentType")
                .or_else(|| b.get("contenttype"))
                .and_then(|t| t.run(source))
                .is_some_and(|t| t.text.contains("html"))
        };
        let first = bodies.iter().find(marked).or_else(|| bodies.first())?;
        first.get("value").or_else(|| first.get("body"))?.run(source)
    });
    let Some(run) = run else { return };
    let own = run.map.source(Span::new(0, run.text.len()));
    let run = untitled(run, teller);
    teller.body(&run);
    // What brings the body again in another form is held against it.
    let again = BODIES.iter().filter_map(|key| story.get(key)?.run(source));
    let listed = story.get("bodies").map(Value::items).unwrap_or_default().iter();
    let listed = listed.filter_map(|b| b.get("value").or_else(|| b.get("body"))?.run(source));
    for twin in again.chain(listed).filter(|twin| !twin.text.is_empty() && twin.map.source(Span::new(0, twin.text.len())) != own) {
        let twin = untitled(twin, teller);
        teller.twin(|teller| teller.body(&twin));
    }
}

/// A body without the headline, where it opens with it.
fn untitled(run: Run, teller: &Teller) -> Run {
    // Archives often give the headline again as the first line.
    let title = teller.tale.raws.iter().find(|r| r.kind == BlockKind::Headline).map(|r| r.run.text.as_str());
    let line = run.text.find('\n').unwrap_or(run.text.len());
    if title == Some(run.text[..line].trim()) {
        return run.slice(line..run.text.len());
    }
    run
}

/// What stands under pictures: a list of captions, and the items that are associated with a story.
fn pictures(story: &Value, source: &str, teller: &mut Teller) {
    for caption in story.get("captions").map(Value::items).unwrap_or_default() {
        teller.picture(None, caption.run(source).as_ref(), &[]);
    }
    let associated = story.get("associations");
    let items = associated.map(|a| a.members().iter().map(|(_, v)| v).chain(a.items()));
    for item in items.into_iter().flatten() {
        if item.get("type").and_then(|t| t.run(source)).is_some_and(|t| t.text == "text") {
            continue;
        }
        let string = |key: &str| item.get(key).and_then(|v| v.run(source));
        let said = of_role(item.get("descriptions"), source, |role| matches!(role, "" | "caption" | "summary")).map(|(_, run)| run);
        let caption = string("description_text").or_else(|| string("description_html")).or(said).or_else(|| string("body_text"));
        let line = of_role(item.get("descriptions"), source, |role| role == "creditline").map(|(_, run)| run);
        let credits: Vec<Run> =
            [string("byline").or_else(|| string("by")), string("creditline").or(line).or_else(|| string("copyrightholder"))]
                .into_iter()
                .flatten()
                .collect();
        if caption.is_some() || !credits.is_empty() {
            let alternative = ALTERNATIVES
                .iter()
                .find_map(|key| string(key))
                .or_else(|| of_role(item.get("descriptions"), source, |role| role.contains("alt")).map(|(_, run)| run));
            teller.picture(alternative.as_ref(), caption.as_ref(), &credits);
        }
    }
}
