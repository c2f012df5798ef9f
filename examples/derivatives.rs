//! Pictures of a folder of photographs in given widths, as WebP and JPEG: the darkroom without a site.
//!
//! `cargo run --release --example derivatives -- PHOTOGRAPHS TARGET JOBS WIDTH...`
//!
//! Made for benches/peers, which compares Backlot with others at exactly the same task. The work is
//! handed out as in a build: the largest photograph first, one to a worker, memory bounded.

#![allow(clippy::unwrap_used)] // a measurement that cannot be made has failed

use backlot::develop::{Metadata, Output, Quality, Recipe, Rights, develop, memory_estimate};
use backlot::still::{Facts, Limits, examine};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex};

/// As in the darkroom.
const MEMORY: u64 = 400 << 20;

struct Photograph {
    path: PathBuf,
    facts: Facts,
    recipes: Vec<Recipe>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, target, jobs, widths @ ..] = arguments.as_slice() else {
        eprintln!("derivatives PHOTOGRAPHS TARGET JOBS WIDTH...");
        std::process::exit(2);
    };
    let widths: Vec<u32> = widths.iter().map(|width| width.parse().unwrap()).collect();
    std::fs::create_dir_all(target).unwrap();
    let mut photographs: Vec<Photograph> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let facts = examine(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
        photographs.push(Photograph { path, recipes: recipes(&facts, &widths), facts });
    }
    photographs.sort_by_key(|photograph| photograph.facts.width * photograph.facts.height);
    let (waiting, taken, freed) = (Mutex::new(photographs), Mutex::new(0), Condvar::new());
    let next = || waiting.lock().unwrap().pop();
    std::thread::scope(|scope| {
        for _ in 0..jobs.parse().unwrap() {
            scope.spawn(|| {
                while let Some(photograph) = next() {
                    let need = memory_estimate(&photograph.facts, &photograph.recipes);
                    let free = |taken: &mut u64| *taken > 0 && *taken + need > MEMORY;
                    *freed.wait_while(taken.lock().unwrap(), free).unwrap() += need;
                    make(&photograph, Path::new(target));
                    *taken.lock().unwrap() -= need;
                    freed.notify_all();
                }
            });
        }
    });
}

fn recipes(facts: &Facts, widths: &[u32]) -> Vec<Recipe> {
    let outputs = [Output::WebP, Output::Jpeg];
    let one = |width: u32, output| Recipe {
        crop: None,
        width,
        height: (u64::from(facts.height) * u64::from(width)).div_ceil(u64::from(facts.width)) as u32,
        output,
        quality: Quality::High,
        background: [255; 3],
        rights: Rights::None,
        mark: None,
    };
    widths.iter().flat_map(|&width| outputs.map(|output| one(width.min(facts.width), output))).collect()
}

fn make(photograph: &Photograph, target: &Path) {
    let stem = photograph.path.file_stem().unwrap().to_string_lossy();
    let bytes = std::fs::read(&photograph.path).unwrap();
    develop(&bytes, &photograph.facts, &photograph.recipes, &Metadata::default(), &mut |index, file| {
        let recipe = &photograph.recipes[index];
        let name = format!("{stem}-{}.{}", recipe.width, recipe.output.extension());
        std::fs::write(target.join(name), file).unwrap();
        ControlFlow::Continue(())
    })
    .unwrap();
}
