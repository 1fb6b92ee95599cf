//! Time and memory of a check as a draft grows: whatever stands in it, twice as much must take at most [`MOST`] times as long.
//! `cargo bench --bench growth`, or with names of drafts, with `--to KILOBYTES` (1024 otherwise) for the longest of them and `--from
//! KILOBYTES` (128 otherwise) for the shortest.

use std::alloc::{GlobalAlloc, Layout, System};
use std::process::ExitCode;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use recoupe::check::check;
use recoupe::reader::{Format, Options, read};
use recoupe::rule::Ruleset;

/// The most by which time may grow where a draft doubles.
const MOST: f64 = 2.3;
/// What takes less is noise.
const SHORT: Duration = Duration::from_millis(100);
/// What takes longer is measured once.
const LONG: Duration = Duration::from_secs(1);

/// Counts what is held.
struct Counted;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// A kind of draft: its name, its format, the language, and its n-th piece.
type Kind = (&'static str, Format, &'static str, fn(usize) -> String);

const KINDS: &[Kind] = &[
    ("a story", Format::Text, "fr", |n| {
        format!("Le maire de Lyon a annoncé lundi que {} agents seraient recrutés.\n\n", n % 90 + 2)
    }),
    ("money converted", Format::Text, "fr", |n| format!("Le prix est de {} euros ({} dollars). ", n + 2, 2 * n + 3)),
    ("money in millions", Format::Text, "fr", |n| format!("Le fonds reçoit {} millions d'euros. ", n + 2)),
    ("one letter", Format::Text, "fr", |_| "a ".into()),
    ("names in HTML", Format::Html, "fr", |n| format!("<p>Jean {} a vu Paul {}.</p>\n", name(7919 * n), name(104_729 * n))),
    ("names", Format::Text, "fr", |n| format!("Jean {} a vu Paul {}. ", name(7919 * n), name(104_729 * n))),
    ("one surname", Format::Text, "fr", |n| format!("{} Dupont est là. ", name(7919 * n))),
    ("near names", Format::Text, "fr", |n| format!("M. Dup{}ont a vu Jean Du{}pont. ", letters(n % 15), letters(n % 13))),
    ("bare numbers", Format::Text, "fr", |n| format!("Le {n}.\n\n")),
    ("ages in brackets", Format::Text, "en", |n| format!("Then Peter Merrow ({}), won again. ", 20 + n % 60)),
    ("titles", Format::Text, "fr", |_| "Général ".into()),
    ("quotations", Format::Text, "fr", |n| format!("« Oui {} », a dit Paul. ", letters(n))),
    ("counts of one noun", Format::Text, "fr", |n| format!("On compte {} morts à Lyon. ", n % 50 + 2)),
    ("line-ups", Format::Text, "fr", |n| format!("Composition : Martin, Dupont, {}, Petit. ", name(n))),
    ("shares", Format::Text, "fr", |n| format!("Il y a {} % de femmes. ", n % 100)),
    ("dates", Format::Text, "fr", |n| format!("Le {} janvier {}, il est né. ", n % 28 + 1, 1900 + n % 120)),
    ("places", Format::Text, "fr", |_| "à Paris, en Californie, ".into()),
    ("initials", Format::Text, "fr", |n| format!("L'Organisation {} (O{}) existe. ", name(n), letters(n).to_uppercase())),
    ("verbs", Format::Text, "fr", |_| "il dit ".into()),
    ("one sentence", Format::Text, "fr", |_| "le maire de la ville a dit que ".into()),
    ("commas", Format::Text, "fr", |_| "maire, ".into()),
    ("sums", Format::Text, "fr", |n| format!("{} personnes, dont 25 hommes et 18 femmes. ", n % 60 + 40)),
    ("pronouns", Format::Text, "fr", |_| "Le maire a été vu par le préfet. Il parle. ".into()),
    ("brackets", Format::Text, "fr", |_| "[(]) ".into()),
    ("numbers", Format::Text, "fr", |_| "12 ".into()),
    ("numbers in words", Format::Text, "fr", |_| "vingt et un mille ".into()),
    ("credits", Format::Markdown, "fr", |n| format!("Photo : {}/AFP\n\n", name(n))),
    ("headings", Format::Markdown, "fr", |n| format!("# Le titre {n}\n\nLe maire.\n\n")),
    ("front matter without end", Format::Markdown, "fr", |n| if n == 0 { "---\ntitle: ".into() } else { "a: ".into() }),
    ("pairs of names", Format::Text, "fr", |n| format!("Paris {} ", name(n))),
    ("acts with their days", Format::Text, "fr", |n| {
        format!("Le pont a rouvert le {} mai. Il a été arrêté le {} juin. ", n % 28 + 1, n % 27 + 1)
    }),
    ("accusations", Format::Text, "en", |n| format!("Mr {} denies theft. The thief ran. ", name(n))),
    ("votes and scores", Format::Text, "fr", |n| {
        format!("La motion est adoptée par {} voix contre {}. Lens a gagné {}-{}. ", n % 40, n % 30, n % 5, n % 4)
    }),
    ("distances", Format::Text, "fr", |n| format!("À {} km au nord de Lyon, à {} km au sud de Paris. ", n % 90 + 2, n % 70 + 2)),
    ("two units", Format::Text, "en", |n| format!("It is {} miles long. It is {} km wide. ", n % 90 + 2, n % 70 + 2)),
    ("offices", Format::Text, "fr", |n| format!("Le maire de {}, Jean {}, parle. ", name(n), name(7919 * n))),
    ("captions", Format::Markdown, "fr", |n| format!("![Jean {} à Lyon mardi.](a.jpg)\n\n", name(n))),
    ("deals", Format::Text, "en", |n| format!("{} buys {}. {}, the seller, paid. ", name(n), name(n + 1), name(n + 2))),
    ("links", Format::Markdown, "fr", |_| "[a](".into()),
    ("emphasis", Format::Markdown, "fr", |_| "*_".into()),
    ("elements", Format::Html, "fr", |_| "<div>".into()),
    ("references", Format::Html, "fr", |_| "&amp;&#0;".into()),
];

/// Letters that differ for each number.
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

/// A name that differs for each number.
fn name(n: usize) -> String {
    let letters = letters(n + 700);
    letters[..1].to_uppercase() + &letters[1..]
}

fn draft(piece: fn(usize) -> String, length: usize) -> String {
    let mut text = String::with_capacity(length + 100);
    for n in 0.. {
        if text.len() >= length {
            break;
        }
        text.push_str(&piece(n));
    }
    text
}

/// The time that this process has worked, as the system counts it: what else runs on the machine is no cost of a draft. Elsewhere the
/// clock's.
fn worked() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/self/stat").ok().and_then(|stat| {
        // Behind the name in brackets, in hundredths: in the program, and in the system for it.
        let fields: Vec<u64> = stat.rsplit_once(") ")?.1.split(' ').skip(11).take(2).filter_map(|n| n.parse().ok()).collect();
        Some(Duration::from_millis(10 * fields.iter().sum::<u64>()))
    });
    told.unwrap_or_else(|| START.elapsed())
}

/// How long a check takes, the best of three where it is short, and the most bytes that it holds.
fn cost(text: &str, format: Format, lang: &str, rules: &Ruleset) -> (Duration, usize) {
    let before = HELD.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let once = || {
        let start = worked();
        let options = Options { lang: rules.languages.by_code(lang), ..Options::default() };
        if let Ok((doc, _)) = read(text.as_bytes(), format, rules.languages, options) {
            check(&doc, rules);
        }
        worked() - start
    };
    let first = once();
    let more = if first < LONG { 2 } else { 0 };
    let best = (0..more).map(|_| once()).fold(first, Duration::min);
    (best, PEAK.load(Ordering::Relaxed) - before)
}

fn main() -> ExitCode {
    let mut names: Vec<String> = Vec::new();
    let (mut from, mut to) = (128 << 10, 1 << 20);
    let mut args = std::env::args().skip(1).filter(|a| a != "--bench");
    while let Some(arg) = args.next() {
        let kilobytes = |next: Option<String>| next.and_then(|n| n.parse::<usize>().ok()).expect("a number of kilobytes") << 10;
        match arg.as_str() {
            "--from" => from = kilobytes(args.next()),
            "--to" => to = kilobytes(args.next()),
            _ => names.push(arg),
        }
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|a| a == name);
    let rules = Ruleset::shipped();
    let mut worst = 0.0_f64;
    for &(name, format, lang, piece) in KINDS.iter().filter(|(name, ..)| wanted(name)) {
        // What is read once in a process is no cost of a draft.
        cost(&draft(piece, 1 << 10), format, lang, &rules);
        print!("{name:26}");
        let mut last = Duration::ZERO;
        let mut held = 0.0;
        for length in (0..).map(|n| from << n).take_while(|length| *length <= to) {
            let text = draft(piece, length);
            let (time, bytes) = cost(&text, format, lang, &rules);
            print!(" {:8.1} ms", time.as_secs_f64() * 1e3);
            if last > SHORT {
                let ratio = time.as_secs_f64() / last.as_secs_f64();
                print!(" (× {ratio:.2})");
                worst = worst.max(ratio);
            }
            last = time;
            held = bytes as f64 / text.len() as f64;
        }
        println!("  {held:.0} bytes a byte");
    }
    println!("time grows by {worst:.2} at most where a draft doubles");
    if worst > MOST { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
