//! Reading costs less than checking, in every format: the one story of `tests/formats`, and of each file how long it takes to read it and
//! how long to check what was read. `cargo bench --bench formats`; fails where reading is the dearer.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use recoupe::check::check;
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, Story, stories, unpack};
use recoupe::rule::Ruleset;

/// Of so many runs the fastest counts.
const RUNS: usize = 30;

fn fastest<T>(mut work: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

fn read(file: &[u8], name: &str) -> Vec<Story> {
    let bytes = unpack(file.to_vec()).unwrap();
    let format = Format::of(&bytes, Format::of_path(Path::new(name))).unwrap();
    stories(&bytes, format, Languages::shipped(), Options::default()).unwrap()
}

fn main() -> ExitCode {
    let rules = Ruleset::shipped();
    let mut names: Vec<String> =
        std::fs::read_dir("tests/formats").unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|n| n != "README.md");
    names.sort();
    let mut dear = false;
    println!("{:22} {:>10} {:>10} {:>6}", "", "read", "check", "share");
    for name in names {
        let file = std::fs::read(Path::new("tests/formats").join(&name)).unwrap();
        let known = read(&file, &name);
        let (reading, checking) =
            (fastest(|| read(&file, &name)), fastest(|| known.iter().map(|s| check(&s.document, &rules).len()).sum::<usize>()));
        let share = reading.as_secs_f64() / checking.as_secs_f64();
        println!("{name:22} {:>7} µs {:>7} µs {share:>6.2}", reading.as_micros(), checking.as_micros());
        dear |= share >= 1.0;
    }
    if dear {
        eprintln!("a format costs more to read than to check");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
