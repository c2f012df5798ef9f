//! Embargo and expiry as written, before the site's time zone is known.

use super::fields::Fields;
use crate::diagnostic::Located;
use toml::value::Datetime;

/// The span of time in which something may be public, as written.
#[derive(Debug, Clone, Default)]
pub struct WindowFields {
    /// Not before.
    pub embargo: Option<Located<Datetime>>,
    /// Not before, for the press, which may get it earlier than everybody.
    pub press: Option<Located<Datetime>>,
    /// Not from then on.
    pub expires: Option<Located<Datetime>>,
}

/// Reads `embargo`, `press_embargo` and `expires`.
pub fn read(fields: &mut Fields<'_>) -> WindowFields {
    WindowFields {
        embargo: fields.datetime("embargo"),
        press: fields.datetime("press_embargo"),
        expires: fields.datetime("expires"),
    }
}
