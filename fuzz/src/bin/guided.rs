//! The fuzzer: libFuzzer's loop around the target that `BOTIQUETTE_FUZZ_TARGET` names. One binary for all targets, so
//! that one build is enough.

#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use botiquette_fuzz::{Target, mutate, seeds};
use fastrand::Rng;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

/// The target of this process.
fn target() -> Target {
    static TARGET: OnceLock<Target> = OnceLock::new();
    *TARGET.get_or_init(|| {
        let name = std::env::var("BOTIQUETTE_FUZZ_TARGET").unwrap_or_default();
        Target::find(&name).unwrap_or_else(|| {
            let known: Vec<String> = Target::all().into_iter().map(|(name, _)| name).collect();
            eprintln!("BOTIQUETTE_FUZZ_TARGET names none of these targets:\n{}", known.join("\n"));
            std::process::exit(2)
        })
    })
}

/// Writes the inputs to begin with, where `BOTIQUETTE_FUZZ_SEEDS` says so.
fn begin() {
    let target = target();
    if let Some(folder) = std::env::var_os("BOTIQUETTE_FUZZ_SEEDS").map(PathBuf::from)
        && let Err(error) = seeds::write(target, &folder)
    {
        eprintln!("{}: {error}", folder.display());
        std::process::exit(2)
    }
}

fuzz_target!(init: begin(), |data: &[u8]| {
    target().run(&String::from_utf8_lossy(data));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = Rng::with_seed(u64::from(seed));
    // Some are libFuzzer's own: it knows which bytes were compared with what, and is quick.
    let of_libfuzzer = if target().takes_a_case() { 1 } else { 3 };
    if random.u8(..4) < of_libfuzzer {
        return fuzzer_mutate(data, size, max_size);
    }
    let input = String::from_utf8_lossy(data.get(..size).unwrap_or_default()).into_owned();
    let mutated = mutate(target(), &input, &mut random);
    let length = mutated.len().min(max_size);
    match (data.get_mut(..length), mutated.as_bytes().get(..length)) {
        (Some(place), Some(bytes)) => place.copy_from_slice(bytes),
        _ => return size,
    }
    length
});
