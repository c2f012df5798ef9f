//! Times within a clip as people write them. Entry points: [`timestamp`] and [`clock`].

/// The seconds that `0:42`, `1:02:03`, `42` or `0:42.5` mean; `None` if it is no such time.
/// Seconds and minutes go up to 59 where something larger stands before them.
pub fn timestamp(text: &str) -> Option<f64> {
    let (whole, fraction) = match text.trim().split_once('.') {
        Some((whole, fraction)) => (whole, digits(fraction, 9).map(|_| fraction)?),
        None => (text.trim(), "0"),
    };
    let parts: Vec<u32> = whole.split(':').map(|part| digits(part, 6)).collect::<Option<_>>()?;
    let seconds = match parts[..] {
        [seconds] => f64::from(seconds),
        [minutes, seconds] if seconds < 60 => f64::from(minutes) * 60.0 + f64::from(seconds),
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => {
            f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + f64::from(seconds)
        }
        _ => return None,
    };
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    Some(seconds + fraction)
}

fn digits(text: &str, most: usize) -> Option<u32> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// `0:42` or `1:02:03`, whole seconds rounded down. What is no length of time is `0:00`.
pub fn clock(seconds: f64) -> String {
    // A float cast to an integer saturates and makes NaN zero, so no value can fail here.
    let whole = seconds as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
