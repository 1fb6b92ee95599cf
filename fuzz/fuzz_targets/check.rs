//! A draft through the whole chain: read, analysed, checked, mended, reported in each form, its facts told. The first byte chooses the
//! format, the second the language and the report.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use recoupe::analysis::Analysis;
use recoupe::check::check_analysis;
use recoupe::fix::mend;
use recoupe::reader::{Format, Options, read};
use recoupe::report::{Checked, REPORTS, Settings, Summary};
use recoupe::rule::Ruleset;

static RULES: LazyLock<Ruleset> = LazyLock::new(Ruleset::shipped);

fuzz_target!(|data: &[u8]| {
    let [which, how, bytes @ ..] = data else { return };
    let rules = &*RULES;
    let formats = [Format::Text, Format::Markdown, Format::Html];
    let format = formats[usize::from(*which) % formats.len()];
    let lang = [None, Some("fr"), Some("en")][usize::from(*how) % 3].and_then(|code| rules.languages.by_code(code));
    let options = Options { lang, ..Options::default() };
    let Ok((doc, problems)) = read(bytes, format, rules.languages, options) else { return };
    let analysis = Analysis::of(&doc, rules.languages);
    let findings = check_analysis(&analysis, rules);
    mend(bytes, &doc, &findings, format, rules.languages, options);
    let ui = rules.languages.code(doc.meta.lang);
    let file = Checked { path: "draft", bytes, document: Some(&doc), findings: &findings, problems: &problems, ui };
    let mut out = Vec::new();
    let mut report = REPORTS[usize::from(*how) / 3 % REPORTS.len()].1(Settings::default());
    let told = report
        .begin(&mut out)
        .and_then(|()| report.file(&file, rules, &mut out))
        .and_then(|()| report.end(&Summary { files: 1, ..Summary::default() }, ui, &mut out));
    told.expect("memory takes all that is written");
    recoupe::facts::explained(&analysis);
    recoupe::parsed::sentences(&analysis);
});
