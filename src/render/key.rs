//! What decides about the bytes of a page, in one digest.

use crate::disk::Digest;
use crate::plan::context::{PageContext, Production, Same, Site};
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// Raised when the same template and context give another page.
const VERSION: u32 = 1;

/// Keys of the pages of one plan.
#[derive(Debug)]
pub struct Keys<'t> {
    theme: &'t Theme,
    /// Digests of what pages have in common, by its place in memory. It is kept, so that nothing else can be there:
    /// pages, and with them what they see, go while keys are made.
    common: Mutex<BTreeMap<[usize; 3], (Common, Digest)>>,
}

/// What pages have in common.
type Common = (Arc<Same<Site>>, Arc<Same<Production>>, Arc<Same<BTreeMap<String, String>>>);

impl<'t> Keys<'t> {
    /// For pages in a theme.
    pub fn new(theme: &'t Theme) -> Self {
        Self { theme, common: Mutex::default() }
    }

    /// Covers the templates, which one it is, and all that it sees.
    pub fn of(&self, template: &str, context: &PageContext) -> io::Result<Digest> {
        // Named one by one, so that nobody adds one that is left out here.
        let PageContext { page, site, production, nav, footer, words, assets, breadcrumbs, json_ld, subject } = context;
        let common = self.common(site, production, words)?;
        let own = Digest::of_json(&(page, nav, footer, assets, breadcrumbs, json_ld, subject))?;
        let parts = [self.theme.digest, common, own].map(|digest| digest.to_string());
        let [theme, common, own] = parts.each_ref().map(String::as_bytes);
        Ok(Digest::of_parts([&VERSION.to_le_bytes()[..], theme, template.as_bytes(), common, own]))
    }

    fn common(
        &self,
        site: &Arc<Same<Site>>,
        production: &Arc<Same<Production>>,
        words: &Arc<Same<BTreeMap<String, String>>>,
    ) -> io::Result<Digest> {
        let place = [Arc::as_ptr(site).addr(), Arc::as_ptr(production).addr(), Arc::as_ptr(words).addr()];
        // What is in there is whole at every step.
        let mut known = self.common.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, digest)) = known.get(&place) {
            return Ok(*digest);
        }
        let shared: (&Site, &Production, &BTreeMap<String, String>) = (site, production, words);
        let digest = Digest::of_json(&shared)?;
        known.insert(place, ((Arc::clone(site), Arc::clone(production), Arc::clone(words)), digest));
        Ok(digest)
    }
}
