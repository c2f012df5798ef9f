//! The progress bar: what is being developed and how long it will take. Only on a terminal.

use crate::publish::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar that counts megapixels, because those take the time, not files.
#[derive(Debug)]
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::hidden();
        if !quiet && std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Self { bar }
    }

    fn show(&self, what: &str, length: u64) {
        let template = "{prefix} {bar:28} {percent:>3} %  {eta} left  {wide_msg:.dim}";
        // The template is fixed; a wrong one would show the default bar.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar.set_style(style.progress_chars("━╸─"));
        self.bar.set_prefix(what.to_owned());
        self.bar.set_length(length);
    }
}

impl Progress for Bar {
    fn begin(&self, stills: usize, megapixels: f64) {
        self.show(&format!("Developing {stills} stills"), (megapixels * 10.0).ceil() as u64);
    }

    fn begin_clips(&self, clips: usize) {
        self.bar.reset();
        self.show(&format!("Encoding {clips} clips"), clips as u64);
    }

    fn start(&self, path: &str) {
        self.bar.set_message(path.rsplit('/').next().unwrap_or(path).to_owned());
    }

    fn done(&self, _: &str, megapixels: f64) {
        self.bar.inc((megapixels * 10.0).round() as u64);
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
