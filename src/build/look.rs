//! The look of the site, put together again only when site.toml or a file of the theme is another.

use crate::diagnostic::Diagnostics;
use crate::disk::{self, Digest};
use crate::source::{self, Sources};
use crate::theme::{self, Theme};
use std::sync::Arc;

/// All that decides about a look.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Written {
    all: Digest,
    /// Without style sheets, on which no page depends but by their name.
    drawn_from: Digest,
}

/// The look that was used last.
#[derive(Debug, Default)]
pub(super) struct Look {
    last: Option<(Written, Arc<Theme>)>,
}

impl Look {
    /// The look that the site wants. With a broken one the rest of the site is judged in another.
    pub(super) fn theme(&mut self, sources: &Sources, messages: &mut Diagnostics) -> Option<Arc<Theme>> {
        let written = written(sources);
        if let Some((known, theme)) = &self.last
            && written == Some(*known)
        {
            return Some(Arc::clone(theme));
        }
        let mut own = Diagnostics::new();
        let loaded = theme::load(&sources.site, sources.theme_folder.as_ref(), &sources.theme, &mut own);
        let drawn_from = written.map(|written| written.drawn_from);
        let loaded = loaded.map(|mut theme| {
            theme.drawn_from = drawn_from;
            Arc::new(theme)
        });
        // Mistakes and advice are told in every run.
        let is_silent = own.sorted().is_empty();
        messages.extend(own);
        self.last = loaded.clone().zip(written.filter(|_| is_silent)).map(|(theme, written)| (written, theme));
        loaded.or_else(|| theme::load(&source::site::stand_in(), None, &[], &mut Diagnostics::new()).map(Arc::new))
    }
}

/// All that decides about a look; `None` when something of it cannot be read.
fn written(sources: &Sources) -> Option<Written> {
    let site = &sources.site.production.title.origin.file.text;
    let files: Option<Vec<(&str, Vec<u8>)>> =
        sources.theme.iter().map(|file| Some((file.path.as_str(), disk::read(&file.on_disk).ok()?))).collect();
    let files = files?;
    let folder = sources.theme_folder.iter().flat_map(|folder| &folder.files);
    let folder = folder.map(|(path, text)| (path.as_str(), text.as_bytes()));
    let files: Vec<(&str, &[u8])> = folder.chain(files.iter().map(|(path, bytes)| (*path, bytes.as_slice()))).collect();
    let of = |wanted: &dyn Fn(&str) -> bool| {
        let files = files.iter().filter(|(path, _)| wanted(path)).flat_map(|(path, bytes)| [path.as_bytes(), bytes]);
        Digest::of_parts([site.as_bytes()].into_iter().chain(files))
    };
    // Without its text site.toml has not been understood.
    (!site.is_empty()).then(|| Written { all: of(&|_| true), drawn_from: of(&|path| !path.ends_with(".css")) })
}
