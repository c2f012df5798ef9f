//! The progress bar: what is being developed and how long it will take. Only on a terminal.

use crate::publish::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::time::Duration;

/// A bar that counts work and not files, so that it moves evenly whatever is large, missing or slow.
#[derive(Debug)]
pub(super) struct Bar {
    bar: ProgressBar,
}

/// Parts of a unit of work that the bar can show.
const FINE: f64 = 100.0;
/// Before this much of the time and of the work has passed, nobody can say how long it will take.
const FIRST_SECONDS: f64 = 2.0;
const FIRST_PART: f64 = 0.005;

impl Bar {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::hidden();
        if !quiet && std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Self { bar }
    }

    fn show(&self, what: String, work: f64) {
        let template = "{prefix} {bar:28} {percent:>3} %  {left}  {wide_msg:.dim}";
        // The template is fixed; a wrong one would show the default bar.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let style = style.progress_chars("━╸─").with_key("left", |state: &ProgressState, text: &mut dyn Write| {
            // Writing to the terminal's own buffer cannot fail.
            let _ = text.write_str(&left(state.elapsed().as_secs_f64(), f64::from(state.fraction())));
        });
        self.bar.reset();
        self.bar.set_style(style);
        self.bar.set_prefix(what);
        self.bar.set_length((work * FINE).ceil() as u64);
        if !self.bar.is_hidden() {
            // A slow format makes a picture in many seconds: the time left must not stand still meanwhile.
            self.bar.enable_steady_tick(Duration::from_millis(500));
        }
    }
}

impl Progress for Bar {
    fn begin(&self, stills: usize, work: f64) {
        self.show(format!("Developing {stills} stills"), work);
    }

    fn begin_clips(&self, clips: usize) {
        self.show(format!("Encoding {clips} clips"), clips as f64);
    }

    fn start(&self, path: &str) {
        self.bar.set_message(path.rsplit('/').next().unwrap_or(path).to_owned());
    }

    fn advance(&self, work: f64) {
        self.bar.inc((work * FINE).round() as u64);
    }

    fn end(&self) {
        self.bar.disable_steady_tick();
        self.bar.finish_and_clear();
    }
}

/// How long it still takes, when `part` of the work was done in `elapsed` seconds.
fn left(elapsed: f64, part: f64) -> String {
    if elapsed < FIRST_SECONDS || part < FIRST_PART {
        return "measuring the time left".to_owned();
    }
    let seconds = (elapsed / part - elapsed).max(0.0);
    if seconds < 10.0 {
        "a few seconds left".to_owned()
    } else if seconds < 55.0 {
        format!("about {:.0} s left", (seconds / 5.0).ceil() * 5.0)
    } else if seconds < 90.0 * 60.0 {
        format!("about {:.0} min left", (seconds / 60.0).ceil())
    } else {
        format!("about {:.1} h left", seconds / 3600.0)
    }
}

#[cfg(test)]
mod tests {
    use super::left;

    #[test]
    fn the_time_left_is_measured_and_said_roughly() {
        assert_eq!(left(0.5, 0.4), "measuring the time left");
        assert_eq!(left(60.0, 0.001), "measuring the time left");
        assert_eq!(left(10.0, 0.9), "a few seconds left");
        assert_eq!(left(20.0, 0.5), "about 20 s left");
        assert_eq!(left(60.0, 0.25), "about 3 min left");
        assert_eq!(left(600.0, 0.05), "about 3.2 h left");
        assert_eq!(left(5.0, 1.0), "a few seconds left");
    }
}
