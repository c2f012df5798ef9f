//! A page that was rendered, and the style sheet that it names.
//!
//! The name of a style sheet follows from its content, and every page names it. So pages are drawn and rendered with a
//! name that stands for it and is exchanged at last: another style sheet is another name in pages that are what they were.

use crate::disk::Digest;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What stands for the name of the style sheet's file while pages are drawn and rendered.
pub const STYLE: &str = "style-000000000000.css";

/// A page that was rendered.
#[derive(Debug)]
pub struct Rendered {
    /// Covers everything that decides about its bytes but the style sheet.
    key: Option<Digest>,
    named: Mutex<Named>,
}

#[derive(Debug)]
struct Named {
    style: String,
    html: Arc<[u8]>,
}

impl Rendered {
    /// A page with its key, which names the style sheet's file `style`.
    pub fn new(key: Option<Digest>, style: &str, html: Arc<[u8]>) -> Self {
        Self { key, named: Mutex::new(Named { style: style.to_owned(), html }) }
    }

    /// Its bytes, with the name of the style sheet that was asked for last.
    pub fn html(&self) -> Arc<[u8]> {
        Arc::clone(&self.lock().html)
    }

    /// Its bytes, with the name of a style sheet's file, and whether they had another one until now. They are the same
    /// ones each time as long as the name is.
    pub fn naming(&self, style: &str) -> (Arc<[u8]>, bool) {
        let mut named = self.lock();
        let is_other = named.style != style;
        if is_other {
            *named = Named { style: style.to_owned(), html: renamed(named.html.to_vec(), &named.style, style).into() };
        }
        (Arc::clone(&named.html), is_other)
    }

    /// What its bytes are remembered by; see [`remembered`].
    pub fn key(&self) -> Option<Digest> {
        self.key.map(|key| remembered(key, &self.lock().style))
    }

    /// What is in there is whole at every step.
    fn lock(&self) -> MutexGuard<'_, Named> {
        self.named.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the bytes of a page are remembered by: all that decides about them but the style sheet, and that.
pub fn remembered(key: Digest, style: &str) -> Digest {
    Digest::of_parts([key.to_string().as_bytes(), style.as_bytes()])
}

/// A page with another name for a file; mostly as long as the one before, and then it is written over it.
pub fn renamed(mut html: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    if from.len() == to.len() {
        let finder = memchr::memmem::Finder::new(from.as_bytes());
        let mut done = 0;
        while let Some(start) = finder.find(&html[done..]) {
            let end = done + start + to.len();
            html[done + start..end].copy_from_slice(to.as_bytes());
            done = end;
        }
        return html;
    }
    let mut out = Vec::with_capacity(html.len());
    let mut rest = &html[..];
    while let Some(start) = memchr::memmem::find(rest, from.as_bytes()) {
        out.extend_from_slice(&rest[..start]);
        out.extend_from_slice(to.as_bytes());
        rest = &rest[start + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_the_style_sheet_that_is_asked_for() {
        let html = format!("<link href=\"../assets/{STYLE}\"><link href=\"assets/{STYLE}\"><p>assets/");
        let page = Rendered::new(Some(Digest::of(b"page")), STYLE, html.as_bytes().into());
        let (first, is_other) = page.naming("style-a.css");
        assert!(is_other);
        assert_eq!(&*first, html.replace(STYLE, "style-a.css").as_bytes());
        let (again, is_other) = page.naming("style-a.css");
        assert!(Arc::ptr_eq(&first, &again) && !is_other, "made once");
        let key = page.key();
        assert_eq!(&*page.naming("style-b.css").0, html.replace(STYLE, "style-b.css").as_bytes());
        assert_ne!(page.key(), key);
        assert_eq!(&*page.naming("style-a.css").0, &*first);
        assert_eq!(page.key(), key);
    }
}
