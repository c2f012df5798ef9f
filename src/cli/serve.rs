//! `backlot serve` and `backlot watch`: the loop, told in a terminal or as JSON lines.

use super::arguments::{Common, Format, Serve, Watch};
use super::{progress, summary};
use crate::build::Options;
use crate::preview::{self, Address, Audience, Editor, News, Task};
use jiff::Zoned;
use serde_json::json;
use std::io::ErrorKind;
use std::time::Duration;

/// Serves until it is stopped.
pub(super) fn serve(arguments: &Serve) -> u8 {
    let environment = |name: &str| std::env::var(name).ok();
    let address = Address {
        host: arguments.host.clone(),
        port: arguments.port,
        editor: Editor::choose(arguments.editor.as_deref(), environment),
    };
    let open = |url: &str| {
        if arguments.open && open::that_detached(url).is_err() {
            super::tell(&format!("No browser could be opened. Type {url} into yours."));
        }
    };
    let common = &arguments.watch.common;
    let mut options = super::options(common);
    if arguments.show_held {
        options = options.for_insiders();
    }
    let told = Told { common, options };
    let bar = told.bar();
    let Err(error) = preview::serve(&told.task(&arguments.watch, &bar), &address, open) else { return super::DONE };
    super::tell(&match (error.kind(), arguments.port) {
        (ErrorKind::AddrInUse, Some(port)) => format!(
            "Port {port} is taken by another program, perhaps by another preview. Name another one with `--port`, or leave `--port` out: then a free one is found."
        ),
        (ErrorKind::PermissionDenied, Some(port)) => {
            format!("This system does not let you use port {port}. Name one above 1023 with `--port`.")
        }
        _ => format!("The preview cannot be shown at `{}`: {error}", arguments.host.as_deref().unwrap_or("localhost")),
    });
    super::WRONG_USE
}

/// Watches until it is stopped.
pub(super) fn watch(arguments: &Watch) -> u8 {
    let told = Told { common: &arguments.common, options: super::options(&arguments.common) };
    let bar = told.bar();
    preview::watch(&told.task(arguments, &bar))
}

/// Tells what happens.
struct Told<'a> {
    common: &'a Common,
    options: Options,
}

impl<'a> Told<'a> {
    fn bar(&self) -> progress::Bar {
        progress::Bar::new(self.common.quiet || self.common.format == Format::Json)
    }

    fn task(&'a self, watch: &Watch, bar: &'a progress::Bar) -> Task<'a> {
        Task { options: self.options.clone(), poll: watch.poll, audience: self, progress: bar }
    }

    fn say(&self, text: &str) {
        if !self.common.quiet {
            super::tell(text);
        }
    }
}

impl Audience for Told<'_> {
    fn hear(&self, news: News<'_>) {
        if self.common.format == Format::Json {
            return json_line(&news, self.common, &self.options);
        }
        match news {
            // Whoever wants quiet still has to know where to look.
            News::Open(url) => super::tell(&format!(
                "The preview is at {url}\nEvery file that you save is shown there at once. Ctrl+C ends it.\n"
            )),
            News::OtherPort(port) => self.say(&format!("The usual port is taken, so this is port {port}.")),
            News::Exposed => super::tell(
                "Careful: everybody on your network can see this preview, drafts and all that you let it show.",
            ),
            News::Built { report, time, version } => {
                super::show(report, self.common);
                if report.is_unfinished() {
                    self.say(&format!("{}  {}", clock(), built(report, time)));
                } else if version <= 2 && report.is_good() {
                    self.say(&format!("{}\n", summary::text(report, &self.options, time)));
                } else {
                    self.say(&format!("{}  {}", clock(), built(report, time)));
                }
            }
            News::Watching(why) => self.say(why),
            News::Idle { .. } => {}
        }
    }
}

fn json_line(news: &News<'_>, common: &Common, options: &Options) {
    let line = match news {
        News::Open(url) => json!({ "open": url }),
        News::OtherPort(port) => json!({ "port": port }),
        News::Exposed => json!({ "exposed": true }),
        News::Built { report, version, .. } => {
            super::show(report, common);
            super::print(&summary::json(report, options));
            json!({ "built": version })
        }
        News::Watching(why) => json!({ "watching": why }),
        News::Idle { version } => json!({ "idle": version }),
    };
    super::print(&line.to_string());
}

/// One line about a run that was not the first.
fn built(report: &crate::build::Report, time: Duration) -> String {
    if !report.is_good() {
        return "Something has to be mended first; the last good site is still shown.".to_owned();
    }
    let (changed, removed) = (&report.changes.changed, &report.changes.removed);
    let what = match (changed.as_slice(), removed.as_slice()) {
        ([], []) => "All is well; nothing looks different".to_owned(),
        ([one], []) => format!("Changed: {one}"),
        ([], [one]) => format!("Gone: {one}"),
        (changed, []) => format!("{} files changed", changed.len()),
        (changed, removed) => format!("{} files changed, {} gone", changed.len(), removed.len()),
    };
    format!("{what} ({} ms)", time.as_millis())
}

fn clock() -> String {
    Zoned::now().strftime("%H:%M:%S").to_string()
}
