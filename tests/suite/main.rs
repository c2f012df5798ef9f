//! What a publicist can rely on, tried on small sites that are written in code.
//!
//! One binary, one module a concern. `support` builds the sites. Nothing here looks inside the
//! library: sites go in, messages and bytes come out.

#![allow(clippy::unwrap_used, clippy::panic)]

mod adding;
mod audiences;
mod clearance;
mod cli;
mod desk;
mod developing;
mod hostile;
mod incremental;
mod ladders;
mod mistakes;
mod own_themes;
mod pictures;
mod preview;
mod random_edits;
mod reels;
mod search;
mod support;
mod themes;
mod viewing;
