//! The bytes of an answer: at hand, or read from a file piece by piece.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::task::JoinHandle;

/// So much of a file is in memory at a time.
const PIECE: u64 = 256 << 10;

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Answer {
    /// All of it, or nothing more.
    Whole(Option<Bytes>),
    /// Part of a file.
    File {
        /// Where it is.
        path: PathBuf,
        /// What is still to be read.
        rest: Range<u64>,
        /// What is being read.
        reading: Option<JoinHandle<io::Result<Vec<u8>>>>,
    },
}

impl Answer {
    /// These bytes.
    pub(super) fn of(bytes: impl Into<Bytes>) -> Self {
        Self::Whole(Some(bytes.into()))
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Self::Whole(bytes) => {
                Poll::Ready(bytes.take().filter(|b| !b.is_empty()).map(|bytes| Ok(Frame::data(bytes))))
            }
            Self::File { rest, .. } if rest.is_empty() => Poll::Ready(None),
            Self::File { path, rest, reading } => {
                let task = reading.get_or_insert_with(|| {
                    let (path, start, length) = (path.clone(), rest.start, (rest.end - rest.start).min(PIECE));
                    // A drive may be slow: others are answered meanwhile.
                    tokio::task::spawn_blocking(move || crate::disk::read_part(&path, start, length as usize))
                });
                let read = std::task::ready!(Pin::new(task).poll(cx));
                *reading = None;
                let bytes = read.map_err(io::Error::other).flatten()?;
                if bytes.is_empty() {
                    return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
                }
                rest.start += bytes.len() as u64;
                Poll::Ready(Some(Ok(Frame::data(bytes.into()))))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |b| b.len() as u64)),
            Self::File { rest, .. } => SizeHint::with_exact(rest.end - rest.start),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) => bytes.is_none(),
            Self::File { rest, .. } => rest.is_empty(),
        }
    }
}
