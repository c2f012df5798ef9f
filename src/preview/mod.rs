//! Seeing the site while it is being written: `backlot serve` and `backlot watch`.
//!
//! The entry points are [`watch`], which never comes back while all is well, and [`serve`], the same
//! with a server before it. Watching is a build in a loop: the loop waits for a hint that something
//! changed, lets [`Workshop`](crate::build::Workshop) build by the same path as ever, and puts what
//! came of it on the [`Stage`], from which the server answers. It decides nothing about the site.

mod address;
mod body;
mod calendar;
mod door;
mod editor;
mod guests;
mod hints;
mod kinds;
mod links;
mod looper;
mod news;
mod pages;
mod poll;
mod report;
mod routes;
mod server;
mod stage;
mod watcher;

pub use editor::Editor;
pub use looper::{Task, watch};
pub use news::{Audience, News};
pub use server::{Address, serve};

/// Everything that the preview itself answers is below this; no site can have it, because no output
/// begins with an underscore followed by our name.
const OWN: &str = "_backlot/";
