//! Making what the plan wants, and nothing else: the only writer.
//!
//! The entry points are [`develop`] (pixels into the cache), [`encode`] (renditions of clips, too), [`make`] (everything
//! else, in memory) and [`write()`] (the site into the output). What has been made is in the cache under its key; what is in the output is in its
//! manifest. It does not know where a plan comes from.

mod bench;
mod cache;
mod darkroom;
mod encoder;
mod finished;
mod ladders;
mod laid;
mod make;
mod manifest;
mod named;
mod output;
mod usage;
mod work;

pub use cache::{Cache, Kept, Usage};
pub use darkroom::{Developed, Errand, Forecast, develop, forecast};
pub use encoder::encode;
pub use finished::{Changes, Finished, Made};
pub use ladders::{judge, save_verdicts, verdicts};
pub use laid::Laid;
pub use make::{Press, cut, make};
pub use manifest::Manifest;
pub use named::Named;
pub use output::{Outcome, Output, Written, write};
pub use usage::{originals, usage};
pub use work::{Client, Patient, Progress, Silent};
