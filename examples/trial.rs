//! A picture with many numbers of the encoders' own, for benches/tune and benches/formats.
//!
//! `cargo run --release --example trial -- PICTURE TARGET WIDTH FORMAT:NUMBER,NUMBER…`
//!
//! Writes `TARGET/FORMAT-NUMBER.ext`, and `TARGET/exact.png` to compare with, and prints for each file: format, number,
//! bytes, milliseconds of processor.

#![allow(clippy::unwrap_used)] // a measurement that cannot be made has failed

use backlot::develop::{Output, Trial};
use backlot::still::{Limits, examine};
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [picture, target, width, formats @ ..] = arguments.as_slice() else {
        eprintln!("trial PICTURE TARGET WIDTH FORMAT:NUMBER,NUMBER…");
        std::process::exit(2);
    };
    let (bytes, target) = (std::fs::read(picture).unwrap(), Path::new(target));
    let facts = examine(&bytes, &Limits::default()).unwrap();
    let trial = Trial::new(&bytes, &facts, width.parse::<u32>().unwrap().min(facts.width)).unwrap();
    std::fs::create_dir_all(target).unwrap();
    std::fs::write(target.join("exact.png"), trial.file(Output::Png, 100).unwrap()).unwrap();
    for format in formats {
        let (name, numbers) = format.split_once(':').unwrap();
        let output = match name {
            "avif" => Output::Avif,
            "webp" => Output::WebP,
            "jpeg" => Output::Jpeg,
            "png" => Output::Png,
            other => {
                eprintln!("no such format: {other}");
                std::process::exit(2);
            }
        };
        for number in numbers.split(',') {
            let before = processor();
            let file = trial.file(output, number.parse().unwrap()).unwrap();
            let taken = processor() - before;
            println!("{name}\t{number}\t{}\t{taken:.2}", file.len());
            std::fs::write(target.join(format!("{name}-{number}.{}", output.extension())), file).unwrap();
        }
    }
}

/// Milliseconds that this thread has had the processor.
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6
}
