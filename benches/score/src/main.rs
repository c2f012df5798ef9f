//! How faithful pictures are: `score REFERENCE FILE...` prints a line for each file with its
//! ssimulacra2 score (100 is the same, 70 is good, 50 middling), its bytes and its path.
//!
//! What a file is compared with is made here from the reference, at the file's size: decoded whole,
//! upright, in sRGB, and reduced in one step by Lanczos with three lobes in floating point.

mod picture;
mod reduce;

use fast_ssim2::{PixelDescriptor, PixelSlice, Ssimulacra2Reference};
use picture::Picture;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let mut paths = std::env::args_os().skip(1);
    let (Some(reference), files) = (paths.next(), paths.collect::<Vec<_>>()) else {
        eprintln!("score REFERENCE FILE...");
        return ExitCode::from(2);
    };
    let reference = match picture::open(Path::new(&reference)) {
        Ok(picture) => picture,
        Err(error) => {
            eprintln!("{}: {error}", Path::new(&reference).display());
            return ExitCode::FAILURE;
        }
    };
    let mut reduced = BTreeMap::new();
    let mut status = ExitCode::SUCCESS;
    for file in &files {
        let file = Path::new(file);
        match score(&reference, file, &mut reduced) {
            Ok((score, bytes)) => println!("{score:.3}\t{bytes}\t{}", file.display()),
            Err(error) => {
                eprintln!("{}: {error}", file.display());
                status = ExitCode::FAILURE;
            }
        }
    }
    status
}

/// The score and the length of a file. Reductions are kept for files of the same size.
fn score(
    reference: &Picture,
    file: &Path,
    reduced: &mut BTreeMap<(u32, u32), Ssimulacra2Reference>,
) -> Result<(f64, u64), Failure> {
    let bytes = std::fs::metadata(file)?.len();
    let candidate = picture::open(file)?;
    let size = (candidate.width, candidate.height);
    if !reduced.contains_key(&size) {
        let exact = reduce::lanczos(reference, size.0, size.1);
        reduced.insert(size, Ssimulacra2Reference::new(&pixels(&exact)?)?);
    }
    let Some(reference) = reduced.get(&size) else { return Err("no reference".into()) };
    Ok((reference.compare(&pixels(&candidate)?)?, bytes))
}

fn pixels(picture: &Picture) -> Result<PixelSlice<'_>, Failure> {
    let stride = picture.width as usize * 3;
    let slice = PixelSlice::new(&picture.data, picture.width, picture.height, stride, PixelDescriptor::RGB8_SRGB);
    slice.map_err(|error| format!("{error:?}").into())
}
