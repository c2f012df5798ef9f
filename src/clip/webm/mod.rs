//! WebM: what is in the file ([`Film::read`]) and the same file without what must not go out
//! ([`scrub`]). Facts are from RFC 8794 (EBML) and RFC 9559 (Matroska).

mod element;
mod film;
mod id;
mod scrub;

pub(super) use film::Film;
pub(super) use scrub::scrub;
