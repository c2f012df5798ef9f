//! Tests of clips, with files made here.

mod captions;
mod films;
mod fixture;
mod hostile;
mod outside;
