//! When the site becomes another one by itself: an embargo ends, something expires, the film is released.

use jiff::Timestamp;
use std::time::Duration;

/// What is known of the coming instants.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    /// When the site was looked at last.
    looked: Option<Timestamp>,
    next: Option<Timestamp>,
}

impl Calendar {
    /// The site was looked at, and `next` is the first later instant that is written in it.
    pub(super) fn note(&mut self, looked: Timestamp, next: Option<Timestamp>) {
        *self = Self { looked: Some(looked), next };
    }

    /// Whether to look again. A clock that was set back makes everything uncertain, too.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.next.is_some_and(|next| now >= next) || self.looked.is_some_and(|looked| now < looked)
    }

    /// How long until then, if that is known. A machine may sleep meanwhile, so ask again now and then.
    pub(super) fn rest(&self, now: Timestamp) -> Option<Duration> {
        self.next.map(|next| now.duration_until(next).try_into().unwrap_or(Duration::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn it_is_due_at_the_instant_and_after_a_sleep() {
        let mut calendar = Calendar::default();
        assert!(!calendar.is_due(at("2026-03-01T00:00:00Z")));
        calendar.note(at("2026-03-01T00:00:00Z"), Some(at("2026-03-01T00:01:00Z")));
        assert!(!calendar.is_due(at("2026-03-01T00:00:59Z")));
        assert!(calendar.is_due(at("2026-03-01T00:01:00Z")) && calendar.is_due(at("2026-03-03T00:00:00Z")));
        assert_eq!(calendar.rest(at("2026-03-01T00:00:20Z")), Some(Duration::from_secs(40)));
        assert_eq!(calendar.rest(at("2026-03-01T00:02:00Z")), Some(Duration::ZERO));
    }

    #[test]
    fn a_clock_that_is_set_back_is_a_reason_to_look() {
        let mut calendar = Calendar::default();
        calendar.note(at("2026-03-01T00:00:00Z"), None);
        assert!(calendar.is_due(at("2026-02-28T00:00:00Z")) && !calendar.is_due(at("2030-01-01T00:00:00Z")));
        assert_eq!(calendar.rest(at("2026-03-01T00:00:00Z")), None);
    }
}
