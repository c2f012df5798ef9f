//! Backlot: behind-the-scenes microsites from a folder of stories, people and stills.
pub mod build;
pub mod clearance;
pub mod cli;
pub mod clip;
pub mod desk;
pub mod develop;
pub mod diagnostic;
pub mod disk;
#[cfg_attr(all(target_os = "linux", target_env = "gnu"), expect(unsafe_code, reason = "calls the C library"))]
pub mod heap;
pub mod html;
pub mod language;
pub mod plan;
pub mod preview;
pub mod production;
pub mod publish;
pub mod reel;
pub mod render;
pub mod source;
pub mod still;
pub mod survey;
pub mod theme;
pub mod trail;
pub mod typeface;
