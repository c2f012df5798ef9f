//! The clearance desk: lists out and in, what becomes public when and why, and taking somebody off.

mod approvals;
mod report;
mod schedule;
mod withdraw;

use crate::support::{Ran, SiteTest, backlot, ran};

/// A command of several words, then the site, then more, as of the site's day.
fn typed(site: &SiteTest, command: &[&str], more: &[&str]) -> Ran {
    let mut program = backlot();
    program.args(command).arg(site.root()).args(["--as-of", &site.as_of]).args(more);
    ran(program.output().unwrap())
}

/// The good site with Ana, who has a say about the stills that show her: `rain.jpg` alone, `ana.jpg` alone, `gust.jpg`
/// with Bo.
fn with_approval(right: &str) -> SiteTest {
    let site = SiteTest::good();
    site.edit("crew/ana-reyes.md", "[consent]", &format!("[approval]\n{right}\n[consent]"));
    site
}
