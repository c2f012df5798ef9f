//! The command line: arguments in, a run, messages and an exit code out.

mod add;
mod arguments;
mod completions;
mod new;
mod progress;
mod serve;
mod summary;

use crate::build::{self, Options, Report};
use crate::diagnostic::human::Style;
use crate::diagnostic::{human, json};
use arguments::{Arguments, Command, Common, Format};
use clap::Parser;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// Everything went well.
const DONE: u8 = 0;
/// The site has errors.
const SITE_HAS_ERRORS: u8 = 1;
/// The command line was wrong.
const WRONG_USE: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are errors to clap; a closed pipe is nobody's mistake.
            let code = if error.use_stderr() { WRONG_USE } else { DONE };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    ExitCode::from(match arguments.command {
        Command::Build(common) => build(&common),
        Command::Add(arguments) => add::run(&arguments),
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Watch(arguments) => serve::watch(&arguments),
        Command::Check(common) => check(&common),
        Command::New { folder } => new::run(&folder),
        Command::Completions { shell } => completions::run(shell),
    })
}

fn build(common: &Common) -> u8 {
    let options = options(common);
    let bar = progress::Bar::new(common.quiet || common.format == Format::Json);
    let started = std::time::Instant::now();
    let report = build::run(&options, &bar, || tell("Another build of this site is running; waiting for it to end."));
    show(&report, common);
    if common.format == Format::Json {
        print(&summary::json(&report, &options));
    } else if !common.quiet {
        tell(&summary::text(&report, &options, started.elapsed()));
    }
    code(&report)
}

fn check(common: &Common) -> u8 {
    let options = options(common);
    let report = build::check(&options);
    show(&report, common);
    if common.format == Format::Json {
        print(&summary::json(&report, &options));
    } else if !common.quiet {
        tell(&summary::checked(&report));
    }
    code(&report)
}

fn code(report: &Report) -> u8 {
    if report.is_good() { DONE } else { SITE_HAS_ERRORS }
}

fn options(common: &Common) -> Options {
    let mut options = Options::for_audience(&common.site, common.audience.into());
    if let Some(output) = &common.output {
        options.output.clone_from(output);
    }
    options.drafts = common.drafts;
    options.as_of.clone_from(&common.as_of);
    options.base_url.clone_from(&common.base_url);
    options.strict = common.strict;
    if let Some(jobs) = common.jobs {
        options.jobs = usize::from(jobs.get());
    }
    options
}

/// Messages: for people to stderr, for programs as JSON lines to stdout.
fn show(report: &Report, common: &Common) {
    let style = if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        Style::Coloured
    } else {
        Style::Plain
    };
    for message in report.messages.sorted() {
        let is_note = message.severity == crate::diagnostic::Severity::Note;
        match common.format {
            Format::Json => print(&json::object(message).to_string()),
            Format::Human if common.quiet && is_note => {}
            Format::Human => tell(&format!("{}\n", human::draw(message, style))),
        }
    }
}

/// To stderr. A closed pipe is nobody's mistake.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// To stdout. A closed pipe is nobody's mistake.
fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
