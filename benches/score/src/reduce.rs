//! The best reduction there is, without haste: one step, floating point, rounded once.

use crate::picture::Picture;

const LOBES: f64 = 3.0;

/// A picture at another size.
pub fn lanczos(source: &Picture, width: u32, height: u32) -> Picture {
    let (across, down) = (taps(source.width, width), taps(source.height, height));
    let stride = source.width as usize * 3;
    let mut data = Vec::with_capacity(width as usize * height as usize * 3);
    let mut line = vec![0.0_f32; stride];
    for (top, weights) in &down {
        line.fill(0.0);
        for (row, weight) in source.data[top * stride..].chunks_exact(stride).zip(weights) {
            line.iter_mut().zip(row).for_each(|(sum, value)| *sum += f32::from(*value) * weight);
        }
        for (left, weights) in &across {
            let mut sums = [0.0_f32; 3];
            for (pixel, weight) in line[left * 3..].as_chunks::<3>().0.iter().zip(weights) {
                sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += value * weight);
            }
            data.extend(sums.map(|sum| sum.round().clamp(0.0, 255.0) as u8));
        }
    }
    Picture { width, height, data }
}

/// For every line of the target the first line of the source that it needs, and weights.
fn taps(source: u32, target: u32) -> Vec<(usize, Vec<f32>)> {
    let step = f64::from(source) / f64::from(target);
    let stretch = step.max(1.0);
    let reach = LOBES * stretch;
    let one = |index: u32| {
        let centre = (f64::from(index) + 0.5) * step;
        let first = (centre - reach).floor().max(0.0) as u32;
        let last = ((centre + reach).ceil() as u32).min(source);
        let raw: Vec<f64> = (first..last).map(|line| kernel((f64::from(line) + 0.5 - centre) / stretch)).collect();
        let sum: f64 = raw.iter().sum();
        (first as usize, raw.iter().map(|weight| (weight / sum) as f32).collect())
    };
    (0..target).map(one).collect()
}

fn kernel(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    if x.abs() >= LOBES {
        return 0.0;
    }
    let angle = std::f64::consts::PI * x;
    LOBES * angle.sin() * (angle / LOBES).sin() / (angle * angle)
}
