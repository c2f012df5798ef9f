//! `backlot completions SHELL`.

use super::arguments::Arguments;
use clap::CommandFactory;

/// Prints the completions.
pub(super) fn run(shell: clap_complete::Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "backlot", &mut script);
    super::print(String::from_utf8_lossy(&script).trim_end());
    super::DONE
}
