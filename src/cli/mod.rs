//! The command line: arguments in, a run, messages and an exit code out.

mod add;
mod approvals;
mod arguments;
mod clean;
mod clearance;
mod completions;
mod develop;
mod new;
mod progress;
mod schedule;
mod serve;
mod summary;
mod theme;
mod withdraw;

use crate::build::{self, Options, Report};
use crate::diagnostic::human::Style;
use crate::diagnostic::{Diagnostics, Severity, human, json};
use crate::heap;
use arguments::{Arguments, Command, Common, Format, View};
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
        Command::Clearance(arguments) => clearance::run(&arguments),
        Command::Schedule(arguments) => schedule::run(&arguments),
        Command::Approvals(arguments) => approvals::run(&arguments),
        Command::Withdraw(arguments) => withdraw::run(&arguments),
        Command::Theme(command) => theme::run(&command),
        Command::New { folder } => new::run(&folder),
        Command::Develop(arguments) => develop::run(&arguments),
        Command::Clean { site, held } => clean::run(&site, held),
        Command::Completions { shell } => completions::run(shell),
    })
}

fn build(common: &Common) -> u8 {
    let options = options(common);
    let bar = progress::Bar::new(common.quiet || common.format == Format::Json);
    let started = std::time::Instant::now();
    heap::keep_all();
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

fn seen(view: &View) -> Options {
    let mut options = Options::for_audience(&view.site, view.audience.into());
    if let Some(output) = &view.output {
        options.output.clone_from(output);
    }
    options.drafts = view.drafts;
    options.as_of.clone_from(&view.as_of);
    options
}

/// Warnings and errors of a site about which something was asked; whether it can be answered well.
fn complain(messages: &Diagnostics) -> bool {
    let grave = messages.sorted().into_iter().filter(|message| message.severity > Severity::Note);
    grave.for_each(|message| tell(&format!("{}\n", human::draw(message, style()))));
    !messages.has_errors()
}

fn style() -> Style {
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if coloured { Style::Coloured } else { Style::Plain }
}

/// Messages: for people to stderr, for programs as JSON lines to stdout.
fn show(report: &Report, common: &Common) {
    let style = style();
    for message in report.messages.sorted() {
        let is_note = message.severity == Severity::Note;
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
