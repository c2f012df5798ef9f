//! MP4 and QuickTime: what is in the file ([`Movie::read`]) and the same file without what must
//! not go out ([`scrub`]). Facts are from ISO/IEC 14496-12 and Apple's QuickTime File Format.

mod atoms;
mod edits;
mod fragments;
mod movie;
mod samples;
mod scrub;
mod track;

pub(super) use movie::Movie;
pub(super) use scrub::scrub;
