//! Whatever the bytes, the chain from reader to report neither panics nor loses its way, and takes time in proportion.

use proptest::prelude::*;
use recoupe::analysis::Analysis;
use recoupe::check::check;
use recoupe::document::{Block, BlockKind, Document, Meta, Places, SourceMap};
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, read};
use recoupe::report::{Checked, REPORTS, Settings, Summary};
use recoupe::rule::Ruleset;
use recoupe::span::Span;

const FORMATS: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];

/// The rules are compiled once for all tests.
fn rules() -> &'static Ruleset {
    static RULES: std::sync::OnceLock<Ruleset> = std::sync::OnceLock::new();
    RULES.get_or_init(Ruleset::shipped)
}

/// Reads, analyses, checks, and reports in every form; the reports, one below the other.
fn chain(bytes: &[u8], format: Format, lang: Option<&str>) -> Vec<u8> {
    let rules = rules();
    let options = Options { lang: lang.and_then(|code| rules.languages.by_code(code)), ..Options::default() };
    let Ok((doc, problems)) = read(bytes, format, rules.languages, options) else { return Vec::new() };
    let findings = check(&doc, rules);
    let ui = rules.languages.code(doc.meta.lang);
    let file = Checked { path: "draft", bytes, document: Some(&doc), findings: &findings, problems: &problems, ui };
    let mut out = Vec::new();
    for (_, make) in REPORTS {
        let mut report = make(Settings::default());
        report.begin(&mut out).unwrap();
        report.file(&file, rules, &mut out).unwrap();
        report.end(&Summary { files: 1, ..Summary::default() }, ui, &mut out).unwrap();
    }
    recoupe::facts::sheet(&Analysis::of(&doc, rules.languages));
    out
}

/// Bytes of a long line: what nests or repeats so often breaks whatever counts on less. How time grows with more, up to megabytes, is
/// what the bench `growth` measures.
const LONG: usize = if cfg!(debug_assertions) { 2 << 10 } else { 64 << 10 };

fn fill(piece: &str) -> String {
    piece.repeat(LONG / piece.len())
}

fn odd_drafts() -> Vec<(&'static str, Vec<u8>)> {
    let text: Vec<(&str, String)> = vec![
        ("nothing", String::new()),
        ("one line feed", "\n".to_owned()),
        ("words", fill("le maire de la ville a dit que ")),
        ("one sentence", fill("mot ")),
        ("one word", fill("a")),
        ("words with hyphens", fill("peut-être-")),
        ("digits", fill("7")),
        ("numbers", fill("12 ")),
        ("numbers in words", fill("vingt et un mille ")),
        ("grouped digits", fill("000 000,")),
        ("percentages", fill("12 % ")),
        ("dates", fill("mardi 6 janvier 2022 ")),
        ("tolls", fill("12 morts et 14 blessés. ")),
        ("ranges", fill("entre 9 et 6 ")),
        ("sums", fill("40 personnes, dont 25 hommes et 18 femmes. ")),
        ("quotes", fill("\"")),
        ("opening quotes", fill("« ")),
        ("quotes in turn", fill("« oui » \"non\" ")),
        ("capitals", fill("A")),
        ("capitalised words", fill("Jean Dupont ")),
        ("titles", fill("Général ")),
        ("civil titles", fill("M. ")),
        ("many names", (0..60).map(|i| format!("Jean {}. ", surname(i))).collect()),
        (
            "near names",
            (0..LONG / 40).map(|i| format!("M. Dup{}ont a vu Jean Du{}pont. ", letters(i % 15), letters(i % 13))).collect(),
        ),
        ("places", fill("à Paris, en Californie, ")),
        ("brackets", fill("[")),
        ("brackets in turn", fill("[(]) ")),
        ("emphasis", fill("*_")),
        ("links", fill("[a](")),
        ("images", fill("![Photo : ././X](a) ")),
        ("entities", fill("&amp;&#0;&eacute;&x;")),
        ("elements", fill("<div>")),
        ("half a tag", "<p>Un texte <a href=\"http".to_owned()),
        ("half a comment", "<p>Un texte</p><!-- ".to_owned()),
        ("half a script", "<script>let a = '</".to_owned()),
        ("nested quotes", fill(">")),
        ("nested lists", (0..400).map(|i| format!("{}- a\n", " ".repeat(2 * i))).collect()),
        ("NULs", fill("\0")),
        ("NULs in words", fill("mo\0t ")),
        ("combining marks", fill("\u{301}")),
        ("invisible", fill("\u{200B}\u{AD}\u{2060}")),
        ("spaces", fill(" ")),
        ("spaces of all widths", fill("\u{A0}\u{202F}\t")),
        ("line ends", fill("\r\n\r")),
        ("right to left", fill("قال المتحدث إن 12 شخصا قتلوا. ")),
        ("overrides", fill("\u{202E}abc\u{202C} ")),
        ("no spaces between words", fill("数字是十二。")),
        ("emoji", fill("👩‍👩‍👧‍👦 ")),
        ("front matter without end", format!("---\ntitle: {}", fill("a: "))),
        ("front matter that is none", format!("---\n{}\n---\n", fill("- {[\"\n"))),
        ("small paragraphs", (0..100).map(|i| format!("Il y a {i} morts à Lyon.\n\n")).collect()),
        (
            "one paragraph again and again",
            "Le maire de la ville a dit que tout allait bien et que rien ne changerait jamais ici.\n\n".repeat(50),
        ),
    ];
    let mut out: Vec<(&str, Vec<u8>)> = text.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    out.push(("broken UTF-8", b"Le feu a fait \xC3 12 morts \xE2\x82, puis \xFF 14 morts \xF0\x9F.".repeat(200)));
    out.push(("half a character", "Le feu a fait 12 blessés".as_bytes()[..23].to_vec()));
    out.push(("UTF-16 cut short", b"\xFF\xFEL\0e\0 \0f".to_vec()));
    out.push(("a byte-order mark alone", b"\xEF\xBB\xBF".to_vec()));
    out
}

/// A surname that is far from all others.
fn surname(n: usize) -> String {
    let letters = |n: usize| ["Ba", "Co", "Du", "Fi", "Ga", "Lo", "Mu", "Pe", "Ri", "Zo"][n % 10];
    letters(n).to_owned() + &[n / 10, n / 100].map(letters).concat().to_lowercase().repeat(2)
}

/// A suffix of letters that differs for each number.
fn letters(mut n: usize) -> String {
    let mut out = String::new();
    loop {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
        if n == 0 {
            return out;
        }
    }
}

#[test]
fn no_draft_is_too_odd() {
    for (_, bytes) in odd_drafts() {
        for format in FORMATS {
            chain(&bytes, format, Some("fr"));
        }
        if bytes.len() < 10_000 {
            chain(&bytes, Format::Markdown, Some("en"));
        }
    }
}

#[test]
fn a_line_of_a_megabyte_is_read() {
    let line = "Le maire a parlé aux habitants de la ville ".repeat((1 << 20) / 43);
    let (doc, _) = read(line.as_bytes(), Format::Text, rules().languages, Options::default()).unwrap();
    assert!(Analysis::of(&doc, rules().languages).tokens.len() > 200_000);
}

#[test]
fn two_runs_give_the_same_bytes() {
    for name in ["almaty", "glasgow", "leith", "saint-malo"] {
        let bytes = std::fs::read(format!("examples/{name}.md")).unwrap();
        let once = chain(&bytes, Format::Markdown, None);
        // Rules that are compiled anew hash anew.
        let again = std::thread::spawn({
            let bytes = bytes.clone();
            move || {
                let rules = Ruleset::shipped();
                let (doc, _) = read(&bytes, Format::Markdown, rules.languages, Options::default()).unwrap();
                check(&doc, &rules).into_iter().map(|f| (f.rule, f.fingerprint, f.labels)).collect::<Vec<_>>()
            }
        });
        assert!(once == chain(&bytes, Format::Markdown, None), "{name}");
        let (doc, _) = read(&bytes, Format::Markdown, rules().languages, Options::default()).unwrap();
        let here: Vec<_> = check(&doc, rules()).into_iter().map(|f| (f.rule, f.fingerprint, f.labels)).collect();
        assert_eq!(again.join().unwrap(), here, "{name}");
    }
}

/// A draft of one block a line, without a reader.
fn document(text: &str, lang: &str) -> Document {
    let lang = Languages::shipped().by_code(lang).unwrap();
    let kinds = [BlockKind::Headline, BlockKind::Body, BlockKind::Caption, BlockKind::Body];
    let mut blocks = Vec::new();
    let mut at = 0;
    for (i, line) in text.split('\n').enumerate() {
        blocks.push(Block { kind: kinds[i % kinds.len()], span: Span::new(at, at + line.len()), lang, figure: None });
        at += line.len() + 1;
    }
    let mut map = SourceMap::default();
    map.push_verbatim(0, 0, text.len());
    Document {
        text: text.to_owned(),
        blocks,
        map,
        meta: Meta { lang, ..Meta::default() },
        suppressions: Vec::new(),
        pictures: Vec::new(),
        twins: Vec::new(),
        places: Places::Lines,
        number: 0,
    }
}

fn holds(a: &Analysis) -> Result<(), TestCaseError> {
    let text = &a.doc.text;
    let on_characters = |s: Span| text.is_char_boundary(s.range().start) && text.is_char_boundary(s.range().end);
    let mut at = 0;
    for t in &a.tokens {
        prop_assert!(on_characters(t.span) && !t.span.is_empty(), "a token cuts a character");
        prop_assert!(t.span.start >= at, "tokens overlap");
        prop_assert!(a.doc.blocks[t.block as usize].span.contains(t.span), "a token leaves its block");
        prop_assert!(a.lower.get(t.lower.range()).is_some());
        at = t.span.end;
    }
    let count = a.tokens.len() as u32;
    let mut next = 0;
    for (i, s) in a.sentences.iter().enumerate() {
        prop_assert_eq!(s.start, next, "sentences leave a gap");
        prop_assert!(s.end > s.start, "an empty sentence");
        for t in &a.tokens[s.start as usize..s.end as usize] {
            prop_assert_eq!((t.sentence as usize, t.block), (i, s.block));
        }
        next = s.end;
    }
    prop_assert_eq!(next, count, "sentences cover all tokens");
    let mut next = 0;
    for c in &a.clauses {
        prop_assert_eq!(c.tokens.0, next, "clauses leave a gap");
        prop_assert!(c.tokens.1 > c.tokens.0, "an empty clause");
        let s = a.sentences[c.sentence as usize];
        prop_assert!(s.start <= c.tokens.0 && c.tokens.1 <= s.end, "a clause leaves its sentence");
        prop_assert!(c.verb.is_none_or(|v| (v as usize) < a.chunks.len()));
        next = c.tokens.1;
    }
    prop_assert_eq!(next, count, "clauses cover all tokens");
    let mut past = 0;
    for c in &a.chunks {
        prop_assert!(c.tokens.0 >= past && c.tokens.0 <= c.head && c.head < c.tokens.1, "chunks overlap, or a head is outside");
        past = c.tokens.1;
    }
    prop_assert!(past <= count);
    let mut last = 0;
    for m in &a.mentions {
        prop_assert!(m.tokens.0 >= last && m.tokens.0 < m.tokens.1 && m.tokens.1 <= count, "mentions are out of order");
        prop_assert!(on_characters(m.span), "a mention cuts a character");
        prop_assert!(a.doc.blocks[m.block as usize].span.contains(m.span), "a mention leaves its block");
        let s = a.sentences[m.sentence as usize];
        prop_assert!(s.start <= m.tokens.0 && m.tokens.0 < s.end, "a mention begins outside its sentence");
        last = m.tokens.0;
    }
    for e in &a.entities {
        prop_assert!(e.mentions.iter().all(|m| (*m as usize) < a.mentions.len()));
    }
    Ok(())
}

/// Pieces of drafts, in an order that no one would write.
fn salad() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "le ",
        "la police ",
        "a dit ",
        "que ",
        "« ",
        " »",
        "“",
        "”",
        "\"",
        "'",
        "’",
        "l'",
        "d’",
        "12",
        " ",
        "\u{A0}",
        ",",
        ".",
        "…",
        "-",
        "–",
        "%",
        " % ",
        "€",
        "$",
        "£ ",
        "mardi ",
        "6 janvier ",
        "January ",
        "Tuesday, ",
        "2022",
        "14h30",
        "10:30 ",
        "entre ",
        "et ",
        "between ",
        "and ",
        "dont ",
        "soit ",
        "including ",
        "Jean ",
        "M. ",
        "Dupont",
        "Mr ",
        "Smith",
        "Paris",
        "à ",
        "en Californie",
        "in London",
        "morts",
        "dead",
        "(",
        ")",
        "Photo : ",
        "/.",
        "\n",
        "vingt",
        "-",
        "deux ",
        "cent",
        "thousand ",
        "million ",
        "près de ",
        "about ",
        "plus de ",
        "31 avril",
        "February 30",
        "3/4",
        "1,5",
        "1 000",
        "\u{301}",
        "\u{200B}",
        "é",
        "ª",
        "½",
        "²",
        "Ⅷ",
        "٣",
        "𝟛",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|v| v.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => salad(), 1 => any::<String>(), 1 => "[ -~éàç«»“”’\u{A0}\n]{0,200}"]
}

/// A fault as a draft words it, and the rule that finds it.
const FAULTS: &[(&str, &str)] = &[
    ("La réunion aura lieu le 31 avril.", "impossible-date"),
    ("Il faudra entre neuf et six mois.", "inverted-range"),
    ("Le bilan est de 12 blessés (à vérifier).", "placeholder-left"),
];

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["quai", "marée", "été", "façade", "œuvre", "forêt", "hôtel", "rue"]).prop_map(str::to_owned)
}

/// The same words, their letters now and then as a reference.
fn referenced(text: &str, every: usize) -> String {
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if c.is_alphabetic() && i % every == 0 {
            out.push_str(&format!("&#{};", c as u32));
        } else {
            out.push(c);
        }
    }
    out
}

/// What a reader sees of a piece of source that holds references and emphasis only.
fn decoded(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let reference = rest.strip_prefix("&#").and_then(|r| r.split_once(';'));
        if let Some((c, after)) = reference.and_then(|(n, after)| Some((char::from_u32(n.parse().ok()?)?, after))) {
            out.push(c);
            rest = after;
            continue;
        }
        if let Some(after) = ["<em>", "</em>", "<b>", "</b>"].iter().find_map(|tag| rest.strip_prefix(tag)) {
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c != '*' {
            out.push(c);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_analysis_holds_together(text in any_text(), lang in prop::sample::select(vec!["fr", "en"])) {
        let doc = document(&text, lang);
        holds(&Analysis::of(&doc, Languages::shipped()))?;
    }

    #[test]
    fn any_bytes_go_through(bytes in prop::collection::vec(any::<u8>(), 0..300), text in any_text(), format in prop::sample::select(FORMATS.to_vec())) {
        chain(&bytes, format, Some("fr"));
        chain(text.as_bytes(), format, Some("en"));
        prop_assert!(chain(text.as_bytes(), format, None) == chain(text.as_bytes(), format, None));
    }

    #[test]
    fn a_finding_leads_to_the_bytes_of_its_words(
        fault in prop::sample::select(FAULTS),
        before in word(),
        after in word(),
        every in 2..9usize,
        html in any::<bool>(),
    ) {
        let (words, id) = fault;
        let source = if html {
            format!("<h1>La {before}</h1><p>Une {before} <em>calme</em>. {} Une <b>{after}</b>.</p>", referenced(words, every))
        } else {
            format!("# La {before}\n\nUne {before} *calme*. {} Une **{after}**.\n", referenced(words, every))
        };
        let format = if html { Format::Html } else { Format::Markdown };
        let rules = rules();
        let options = Options { lang: rules.languages.by_code("fr"), ..Options::default() };
        let (doc, _) = read(source.as_bytes(), format, rules.languages, options).unwrap();
        let findings = check(&doc, rules);
        let found = findings.iter().find(|f| rules.rules[f.rule].id == id);
        prop_assert!(found.is_some(), "{id} in {source}\n{}", doc.text);
        for label in findings.iter().flat_map(|f| &f.labels) {
            let place = doc.map.source(label.span).unwrap();
            prop_assert_eq!(decoded(&source[place.range()]), label.span.of(&doc.text));
        }
    }
}
