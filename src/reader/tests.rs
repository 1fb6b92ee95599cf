//! Drafts in, lines of `kind| text` out.

use std::path::Path;

use super::*;

#[track_caller]
fn check(format: Format, source: &str, expected: &str) {
    let languages = Languages::shipped();
    let (doc, problems) = read(source.as_bytes(), format, languages, Options::default()).unwrap();
    let mut got = Vec::new();
    for b in &doc.blocks {
        let figure = b.figure.map_or(String::new(), |f| format!("#{}", f.0));
        let lang = if b.lang == doc.meta.lang { String::new() } else { format!("@{}", languages.code(b.lang)) };
        got.push(format!("{}{figure}{lang}| {}", b.kind.name(), b.span.of(&doc.text)));
    }
    got.extend(doc.meta.published.map(|(d, _)| format!("published {d}")));
    got.extend(problems.iter().map(|p| format!("! {}", p.message)));
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(got, expected);
}

#[test]
fn plain_text() {
    check(
        Format::Text,
        "Le port de Brest ferme\n\nPar Jeanne Le Goff\n\nLe quai a brûlé toute la nuit\n\nBREST (AFP) – Le quai a\nbrûlé.\n\nLa grue (Photo : Ana Lis/.)\n\nDeux vies\n\n- la grue\n- le quai\n\nTout est perdu.",
        "headline| Le port de Brest ferme
         byline| Par Jeanne Le Goff
         standfirst| Le quai a brûlé toute la nuit
         dateline| BREST (AFP)
         body| Le quai a brûlé.
         caption#0| La grue
         credit#0| Photo : Ana Lis/.
         body| Deux vies
         list-item| la grue
         list-item| le quai
         body| Tout est perdu.",
    );
    check(
        Format::Text,
        "La grue brûle (Photo: ././Quai)\n\nLe quai a brûlé cette nuit.\n\nTout est perdu.",
        "caption#0| La grue brûle
         credit#0| Photo: ././Quai
         body| Le quai a brûlé cette nuit.
         body| Tout est perdu.",
    );
    check(
        Format::Text,
        "Le quai brûle\nLa grue est tombée.\nTout est perdu.",
        "headline| Le quai brûle\nbody| La grue est tombée.\nbody| Tout est perdu.",
    );
    check(Format::Text, "", "");
}

#[test]
fn markdown() {
    check(
        Format::Markdown,
        "---\ntitle: \"Le port ferme\"\ndescription: Un chapô.\nauthor: Ana Lis\ndate: 2022-01-05\nlang: fr\n---\n\n# Le port ferme\n\nLe *quai* a\nbr&ucirc;l&eacute; ~~12~~ 14 fois \\*.\n\n![La grue (Photo : Bo/AFP)](a.jpg \"Le quai \\\"nord\\\"\")\n\n## Deux vies\n\n> On m'a dit.\n\n1. Un\n2. Deux\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n{{< figure src=\"x\" caption=\"Le feu\" attr=\"Bo\" >}}\n\n<figure><figcaption>Le mur <span class=\"credit\">Bo</span></figcaption></figure>\n\n![](b.jpg)\n*Le môle*\n",
        "headline| Le port ferme
         standfirst| Un chapô.
         byline| Ana Lis
         body| Le quai a brûlé 14 fois *.
         caption#0| La grue
         credit#0| Photo : Bo/AFP
         caption#0| Le quai \"nord\"
         heading| Deux vies
         quote| On m'a dit.
         list-item| Un
         list-item| Deux
         table-cell| a
         table-cell| b
         table-cell| c
         table-cell| d
         caption#1| Le feu
         credit#1| Bo
         caption#2| Le mur
         credit#2| Bo
         caption#3| Le môle
         published 2022-01-05",
    );
    check(
        Format::Markdown,
        "# Un\n\n**Un chapô qui tient en une phrase entière, et rien de plus que cela.**\n\nLe corps.\n\n**Un intertitre**\n\nFin.",
        "headline| Un
         standfirst| Un chapô qui tient en une phrase entière, et rien de plus que cela.
         body| Le corps.
         heading| Un intertitre
         body| Fin.",
    );
    check(
        Format::Markdown,
        "---\ntitle: Un\nlang: tlhIngan\ndate: hier\n---\nLe corps.",
        "headline| Un\nbody| Le corps.\n! `hier` is no date: write it as 2022-01-05\n! `tlhIngan` is no language code: write it as `fr` or `en`",
    );
}

#[test]
fn html() {
    check(
        Format::Html,
        "<!doctype html><html lang=fr><head><title>Port | Le Quai</title><script type=\"application/ld+json\">{\"datePublished\":\"2022-01-05T10:00:00Z\"}</script></head>\
         <body><nav>Menu</nav><h1>Le port&nbsp;ferme</h1><article><p class=\"article__chapo\">Un chapô.</p><div class=byline>Ana Lis</div>\
         <p><span class=dateline>BREST (AFP) –</span> Le quai <b>a</b>\n  brûlé.<p>La nuit.<br>La grue.<script>x<y</script></p>\
         <figure><img><figcaption>La grue <small class=credit>Bo/AFP</small></figcaption></figure><h2>Deux vies</h2>\
         <blockquote><p>On m'a dit.</p></blockquote><aside class=exergue>Tout brûle</aside><ul><li>Un<li>Deux</ul>\
         <p lang=en>The quay.</p><footer>Pied</footer></article><p>Ailleurs.</p></body>",
        "headline| Le port\u{A0}ferme
         standfirst| Un chapô.
         byline| Ana Lis
         dateline| BREST (AFP)
         body| Le quai a brûlé.
         body| La nuit. La grue.
         caption#0| La grue
         credit#0| Bo/AFP
         heading| Deux vies
         quote| On m'a dit.
         pull-quote| Tout brûle
         list-item| Un
         list-item| Deux
         body@en| The quay.
         published 2022-01-05",
    );
    check(Format::Html, "<title>Le &eacute;t&eacute;</title><p>Le corps", "headline| Le été\nbody| Le corps");
}

#[test]
fn the_day_of_publication_is_told_by_fields_then_the_file_then_the_date_line() {
    let wire = "LONDON, Jan 7, 2022 (Reuters) - The quay burned.";
    check(Format::Text, wire, "dateline| LONDON, Jan 7, 2022 (Reuters)\nbody| The quay burned.\npublished 2022-01-07");
    let named = Options { named_date: named_date(Path::new("2022-01-09-quay.md")), ..Options::default() };
    for (source, expected) in [(wire, "2022-01-09"), ("---\ndate: 2022-01-08\n---\n\nThe quay burned.", "2022-01-08")] {
        let (doc, _) = read(source.as_bytes(), Format::Markdown, Languages::shipped(), named).unwrap();
        assert_eq!(doc.meta.published.map(|(d, _)| d.to_string()).as_deref(), Some(expected));
    }
}

#[test]
fn formats_are_told_by_name_and_by_sight() {
    assert_eq!(Format::of_path(Path::new("a/b.HTM")), Some(Format::Html));
    assert_eq!(Format::of_path(Path::new("b")), None);
    for (text, format) in [
        ("---\ntitle: a\n---\n", Format::Markdown),
        ("Un\n\n## Deux\n", Format::Markdown),
        ("\u{FEFF}  <!DOCTYPE html>", Format::Html),
        ("<p>Un", Format::Html),
        ("<prix> Un", Format::Text),
        ("Le quai #brûle", Format::Text),
    ] {
        assert_eq!(Format::of(text.as_bytes(), None), Ok(format), "{text}");
    }
}

#[test]
fn a_file_that_is_read_has_a_story() {
    let graph = br#"{"@type": "NewsArticle", "headline": "Le port ferme"}"#;
    for source in [&graph[..], b"[]", b"[1, 2]"] {
        assert!(stories(source, Format::Json, Languages::shipped(), Options::default()).is_err());
    }
}
