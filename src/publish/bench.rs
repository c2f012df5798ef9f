//! The queue of what is to be developed: handed out in order as long as there is memory for the next one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Memory that all workers together may take, in bytes. A still that needs more is developed alone.
const MEMORY: u64 = 400 << 20;

/// Tasks by their numbers, and what came of each.
#[derive(Debug)]
pub(super) struct Bench<T> {
    state: Mutex<State<T>>,
    freed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    queue: VecDeque<usize>,
    stopped: bool,
    taken: u64,
    /// Bytes by the task in hand.
    held: BTreeMap<usize, u64>,
    results: BTreeMap<usize, T>,
}

impl<T> Bench<T> {
    /// For tasks with the numbers below `count`, in that order.
    pub(super) fn new(count: usize) -> Self {
        let state = State {
            queue: (0..count).collect(),
            stopped: false,
            taken: 0,
            held: BTreeMap::new(),
            results: BTreeMap::new(),
        };
        Self { state: Mutex::new(state), freed: Condvar::new() }
    }

    /// The state is plain bookkeeping, whole at every step, so a worker that panicked spoils nothing.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next task, once there is memory for it; `needs` says how many bytes a task takes.
    pub(super) fn take(&self, needs: impl Fn(usize) -> u64) -> Option<usize> {
        let mut state = self.lock();
        loop {
            let index = state.queue.front().copied().filter(|_| !state.stopped)?;
            let need = needs(index);
            if state.taken == 0 || state.taken + need <= MEMORY {
                state.queue.pop_front();
                state.taken += need;
                state.held.insert(index, need);
                return Some(index);
            }
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// What came of a task.
    pub(super) fn give_back(&self, index: usize, outcome: T) {
        let mut state = self.lock();
        state.taken -= state.held.remove(&index).unwrap_or(0);
        state.results.insert(index, outcome);
        drop(state);
        self.freed.notify_all();
    }

    /// Puts some tasks before all others; those that are in hand or done stay as they are.
    pub(super) fn bring_forward(&self, urgent: &BTreeSet<usize>) {
        let mut state = self.lock();
        let (first, rest): (Vec<usize>, Vec<usize>) = state.queue.iter().partition(|index| urgent.contains(index));
        state.queue = first.into_iter().chain(rest).collect();
    }

    /// Hands out nothing more.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.freed.notify_all();
    }

    /// Whether what is in hand is to be put down.
    pub(super) fn is_stopped(&self) -> bool {
        self.lock().stopped
    }

    /// Waits until nothing is in hand and nothing will be, at most for some time; whether it is so.
    pub(super) fn is_cleared_within(&self, time: Duration) -> bool {
        let cleared = |state: &State<T>| state.held.is_empty() && (state.stopped || state.queue.is_empty());
        let state = self.lock();
        let waited = self.freed.wait_timeout_while(state, time, |state| !cleared(state));
        cleared(&waited.unwrap_or_else(PoisonError::into_inner).0)
    }

    /// What came of the tasks, by their numbers.
    pub(super) fn results(self) -> BTreeMap<usize, T> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).results
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_urgent_comes_first() {
        let bench = Bench::<()>::new(5);
        assert_eq!(bench.take(|_| 1), Some(0));
        bench.bring_forward(&[3, 4, 0].into());
        let order: Vec<_> = std::iter::from_fn(|| bench.take(|_| 1)).collect();
        assert_eq!(order, [3, 4, 1, 2]);
    }

    #[test]
    fn after_a_stop_nothing_is_handed_out() {
        let bench = Bench::new(3);
        let first = bench.take(|_| 1).expect("a task");
        bench.stop();
        assert_eq!(bench.take(|_| 1), None);
        assert!(bench.is_stopped() && !bench.is_cleared_within(Duration::ZERO));
        bench.give_back(first, "done");
        assert!(bench.is_cleared_within(Duration::ZERO));
        assert_eq!(bench.results(), [(0, "done")].into());
    }

    #[test]
    fn two_that_need_much_are_not_taken_together() {
        let bench = Bench::new(2);
        let needs = |_| MEMORY / 2 + 1;
        assert_eq!(bench.take(needs), Some(0));
        std::thread::scope(|scope| {
            let other = scope.spawn(|| bench.take(needs));
            bench.give_back(0, ());
            assert_eq!(other.join().expect("no panic"), Some(1));
        });
    }
}
