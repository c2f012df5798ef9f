//! What is the same on every page, made ready for templates once.

use serde::Serialize;
use std::ops::Deref;
use std::sync::OnceLock;
use tera::{TeraResult, Value};

/// Something that all pages of a plan share.
#[derive(Debug)]
pub struct Same<T> {
    it: T,
    ready: OnceLock<Value>,
}

impl<T: Serialize> Same<T> {
    /// Of something.
    pub fn new(it: T) -> Self {
        Self { it, ready: OnceLock::new() }
    }

    /// As templates take it. Cheap from the second time on.
    pub fn ready(&self) -> TeraResult<Value> {
        match self.ready.get() {
            Some(value) => Ok(value.clone()),
            None => {
                let value = Value::try_from_serializable(&self.it)?;
                Ok(self.ready.get_or_init(|| value).clone())
            }
        }
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.it
    }
}
