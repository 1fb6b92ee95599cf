//! Numbers that are spelled out read back to their value, and weekdays are judged as another formula has them.

use recoupe::facts::FactValue;

use super::readings::facts;

/// A way to spell numbers, written from the rules of grammars and not from recoupe's data.
#[derive(Clone, Copy)]
enum Speller {
    France,
    Belgium,
    Switzerland,
    English,
}

const FRENCH: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize",
];
const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

impl Speller {
    fn below_hundred(self, n: u64) -> String {
        if let Speller::English = self {
            return match (n / 10, n % 10) {
                (0 | 1, _) => ENGLISH[n as usize].to_owned(),
                (t, 0) => ENGLISH_TENS[t as usize - 2].to_owned(),
                (t, u) => format!("{}-{}", ENGLISH_TENS[t as usize - 2], ENGLISH[u as usize]),
            };
        }
        if n <= 16 {
            return FRENCH[n as usize].to_owned();
        }
        if n < 20 {
            return format!("dix-{}", FRENCH[n as usize - 10]);
        }
        let (base, ten) = match (n / 10, self) {
            (2, _) => (20, "vingt"),
            (3, _) => (30, "trente"),
            (4, _) => (40, "quarante"),
            (5, _) => (50, "cinquante"),
            (7, Speller::Belgium | Speller::Switzerland) => (70, "septante"),
            (6 | 7, _) => (60, "soixante"),
            (8, Speller::Switzerland) => (80, "huitante"),
            (9, Speller::Belgium | Speller::Switzerland) => (90, "nonante"),
            _ => (80, "quatre-vingt"),
        };
        match n - base {
            0 if base == 80 && ten == "quatre-vingt" => "quatre-vingts".to_owned(),
            0 => ten.to_owned(),
            rest @ (1 | 11) if ten != "quatre-vingt" => format!("{ten} et {}", FRENCH[rest as usize]),
            rest => format!("{ten}-{}", self.below_hundred(rest)),
        }
    }

    fn below_thousand(self, n: u64) -> String {
        let (hundreds, rest) = (n / 100, n % 100);
        match (self, hundreds, rest) {
            (_, 0, _) => self.below_hundred(rest),
            (Speller::English, h, 0) => format!("{} hundred", ENGLISH[h as usize]),
            (Speller::English, h, r) => format!("{} hundred and {}", ENGLISH[h as usize], self.below_hundred(r)),
            (_, 1, 0) => "cent".to_owned(),
            (_, 1, r) => format!("cent {}", self.below_hundred(r)),
            (_, h, 0) => format!("{} cents", FRENCH[h as usize]),
            (_, h, r) => format!("{} cent {}", FRENCH[h as usize], self.below_hundred(r)),
        }
    }

    fn spell(self, n: u64) -> String {
        let french = !matches!(self, Speller::English);
        let mut out = Vec::new();
        let mut rest = n;
        for (worth, one, many) in [
            (1_000_000_000_000u64, ["billion", "trillion"], ["billions", "trillion"]),
            (1_000_000_000, ["milliard", "billion"], ["milliards", "billion"]),
            (1_000_000, ["million", "million"], ["millions", "million"]),
        ] {
            let count = rest / worth;
            rest %= worth;
            if count > 0 {
                let names = if count == 1 { one } else { many };
                out.push(format!("{} {}", self.below_thousand(count), names[usize::from(!french)]));
            }
        }
        let thousands = rest / 1000;
        if thousands > 0 {
            // « mille » takes no « un » before it, and what multiplies it no plural.
            let count = self.below_thousand(thousands);
            out.push(match (french, thousands) {
                (true, 1) => "mille".to_owned(),
                (true, _) => format!(
                    "{} mille",
                    if thousands % 100 == 80 || thousands.is_multiple_of(100) { count.trim_end_matches('s') } else { &count }
                ),
                (false, _) => format!("{count} thousand"),
            });
        }
        let last = rest % 1000;
        if last > 0 || n == 0 {
            let and = !french && last < 100 && n > 100;
            out.push(format!("{}{}", if and { "and " } else { "" }, self.below_thousand(last)));
        }
        out.join(" ")
    }
}

/// Reads the numbers back, a few hundred a draft.
fn check(speller: Speller, numbers: &[u64]) {
    let lang = if matches!(speller, Speller::English) { "en" } else { "fr" };
    let mut wrong = Vec::new();
    for some in numbers.chunks(500) {
        let noun = if lang == "fr" { "moutons" } else { "sheep" };
        let text: String = some.iter().map(|n| format!("{} {noun}\n\n", speller.spell(*n))).collect();
        let read: Vec<String> = facts(lang, &text)
            .into_iter()
            .filter_map(|(f, _)| match f.value {
                FactValue::Number { written, .. } => Some(written),
                _ => None,
            })
            .collect();
        if read.len() != some.len() || read.iter().zip(some).any(|(r, n)| *r != n.to_string()) {
            for n in some {
                let phrase = format!("{} {noun}", speller.spell(*n));
                let read: Vec<FactValue> = facts(lang, &phrase).into_iter().map(|(f, _)| f.value).collect();
                if !matches!(&read[..], [FactValue::Number { written, .. }] if *written == n.to_string()) {
                    wrong.push(format!("{n}: {phrase}: {read:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong, such as\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

/// The numbers from 2 to 10,000 (one alone is an article) and some from there to 10^12, always the same.
fn sample() -> Vec<u64> {
    let mut all: Vec<u64> = (2..=10_000).filter(|n| *n != 1).collect();
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    for i in 0..1500 {
        // xorshift64* of Vigna, from a fixed seed.
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        let most = 10u64.pow(5 + i % 8);
        all.push(state.wrapping_mul(0x2545_F491_4F6C_DD1D) % most + 2);
    }
    all
}

#[test]
fn french_numbers_of_france() {
    check(Speller::France, &sample());
}

#[test]
fn french_numbers_of_belgium() {
    check(Speller::Belgium, &sample());
}

#[test]
fn french_numbers_of_switzerland() {
    check(Speller::Switzerland, &sample());
}

#[test]
fn english_numbers() {
    check(Speller::English, &sample());
}

/// The weekday of a Gregorian date after Zeller (1886): 0 for Saturday.
fn zeller(year: i64, month: i64, day: i64) -> usize {
    let (y, m) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let (k, j) = (y.rem_euclid(100), y.div_euclid(100));
    (day + 13 * (m + 1) / 5 + k + k / 4 + j / 4 + 5 * j).rem_euclid(7) as usize
}

/// One day of every month from 1400 to 2100, with its own weekday and with the next: only the second is a fault, and none is
/// before the calendar came.
fn weekdays(lang: &str, weekdays: [&str; 7], months: [&str; 12], came: (i64, i64, i64)) {
    use recoupe::language::Languages;
    use recoupe::reader::{Format, Options, read};
    let rules = recoupe::rule::Ruleset::shipped();
    let languages = Languages::shipped();
    for years in (1400..=2100).collect::<Vec<i64>>().chunks(60) {
        let mut text = String::new();
        let mut expected = Vec::new();
        for &year in years {
            for month in 1..=12i64 {
                let day = (year * 7 + month * 5) % 28 + 1;
                let own = zeller(year, month, day);
                let wrong = (year + month) % 2 == 0;
                let weekday = weekdays[(own + usize::from(wrong)) % 7];
                let date = if lang == "fr" {
                    format!("{weekday} {day} {} {year}", months[month as usize - 1])
                } else {
                    format!("{weekday}, {day} {} {year}", months[month as usize - 1])
                };
                if wrong && (year, month, day) >= came {
                    expected.push(date.clone());
                }
                text.push_str(&date);
                text.push_str(".\n\n");
            }
        }
        let options = Options { lang: languages.by_code(lang), ..Options::default() };
        let (doc, _) = read(text.as_bytes(), Format::Text, languages, options).unwrap();
        let found: Vec<String> = recoupe::check::check(&doc, &rules)
            .into_iter()
            .filter(|f| rules.rules[f.rule].id == "weekday-mismatch")
            .map(|f| {
                let at = f.labels[0].span.start as usize;
                let from = doc.text[..at].rfind('\n').map_or(0, |i| i + 1);
                doc.text[from..].split(".\n").next().unwrap_or_default().trim_end_matches('.').to_owned()
            })
            .collect();
        let missing: Vec<&String> = expected.iter().filter(|d| !found.contains(d)).collect();
        let false_alarms: Vec<&String> = found.iter().filter(|d| !expected.contains(d)).collect();
        assert!(missing.is_empty() && false_alarms.is_empty(), "missing {missing:?}\nfalse {false_alarms:?}");
    }
}

#[test]
fn french_weekdays() {
    let days = ["samedi", "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi"];
    let months =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
    weekdays("fr", days, months, (1582, 12, 20));
}

#[test]
fn english_weekdays() {
    let days = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
    let months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    weekdays("en", days, months, (1752, 9, 14));
}
