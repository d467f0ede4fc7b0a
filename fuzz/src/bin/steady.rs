//! The fuzzer of the gate: for each target a number of inputs, the same in every run and on every machine. Sees nothing
//! of what an input reaches; finding what is new is `guided`'s work. `steady FOLDER [TIMES]`: inputs that broke
//! something are written to the folder; TIMES more inputs than usual.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use botiquette_fuzz::{Target, mutate, seeds};
use fastrand::Rng;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "crashes".to_owned()));
    let times = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);
    let waiting = Mutex::new(Target::all());
    let broken = Mutex::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let next = || waiting.lock().ok().and_then(|mut waiting| waiting.pop());
                while let Some((name, target)) = next() {
                    let found = fuzz(&name, target, times, &folder);
                    if let Ok(mut broken) = broken.lock() {
                        *broken += found;
                    }
                }
            });
        }
    });
    match broken.into_inner() {
        Ok(0) => ExitCode::SUCCESS,
        _ => {
            eprintln!("inputs that broke something are in {}", folder.display());
            ExitCode::FAILURE
        }
    }
}

/// Enough for some seconds.
const fn inputs_of(target: Target) -> u64 {
    match target {
        Target::Syntax(_) => 20_000,
        Target::Dialect(_) | Target::Dialects => 5_000,
        Target::Lint | Target::Settings | Target::Suppressions => 2_000,
        Target::Rules | Target::Writers => 600,
    }
}

/// Runs a target on its inputs; returns how many broke something.
fn fuzz(name: &str, target: Target, times: u64, folder: &Path) -> usize {
    let begin = seeds::inputs(target);
    let count = inputs_of(target).saturating_mul(times);
    let mut broken = 0;
    for number in 0..count {
        let mut random = Rng::with_seed(number);
        let mut input = random.choice(&begin).cloned().unwrap_or_default();
        for _ in 0..random.u8(0..6) {
            input = mutate(target, &input, &mut random);
        }
        if catch_unwind(AssertUnwindSafe(|| target.run(&input))).is_err() {
            broken += 1;
            let path = folder.join(format!("{name}-{number}"));
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, &input));
            eprintln!("{name} broke on {} ({written:?})", path.display());
        }
    }
    println!("{name:<32} {count:>8} inputs, {broken} broke it");
    broken
}
