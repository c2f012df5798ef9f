//! How many connections there may be at once, and who goes when another one comes: whoever has been
//! silent for longest. So a thousand idle connections do not keep a browser out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::AbortHandle;

/// Connections at once; below the number of open files that systems allow a program.
const MOST: usize = 200;

/// Everybody who is connected, by the moment of the last request.
#[derive(Debug, Default, Clone)]
pub(super) struct Guests(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    clock: u64,
    seats: BTreeMap<u64, AbortHandle>,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Guest {
    book: Guests,
    seat: Mutex<u64>,
}

impl Guests {
    fn lock(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more. When all are taken, whoever has been silent for longest is sent away.
    pub(super) fn admit(&self) -> Arc<Guest> {
        let mut book = self.lock();
        while book.seats.len() >= MOST
            && let Some((_, oldest)) = book.seats.pop_first()
        {
            oldest.abort();
        }
        book.clock += 1;
        Arc::new(Guest { book: self.clone(), seat: Mutex::new(book.clock) })
    }
}

impl Guest {
    fn seat(&self) -> MutexGuard<'_, u64> {
        self.seat.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// This is what to stop when the guest has to go.
    pub(super) fn sit(&self, task: AbortHandle) {
        let seat = self.seat();
        self.book.lock().seats.insert(*seat, task);
    }

    /// The guest has asked for something.
    pub(super) fn stir(&self) {
        let mut seat = self.seat();
        let mut book = self.book.lock();
        book.clock += 1;
        if let Some(task) = book.seats.remove(&*seat) {
            *seat = book.clock;
            let now = book.clock;
            book.seats.insert(now, task);
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let seat = *self.seat();
        self.book.lock().seats.remove(&seat);
    }
}
