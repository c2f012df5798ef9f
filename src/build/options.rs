//! What a run is asked to do.

use crate::clearance::Audience;
use crate::disk;
use crate::publish::Cache;
use std::path::{Path, PathBuf};

/// Options of one run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site folder.
    pub site: PathBuf,
    /// Where the site goes.
    pub output: PathBuf,
    /// Where what was made is kept.
    pub cache: PathBuf,
    /// Where it is recorded what was published.
    pub records: PathBuf,
    /// Drafts are shown.
    pub drafts: bool,
    /// Seen from this instant, as typed.
    pub as_of: Option<String>,
    /// For whom.
    pub audience: Audience,
    /// Instead of site.toml's.
    pub base_url: Option<String>,
    /// Stills developed at the same time.
    pub jobs: usize,
    /// Warnings are errors.
    pub strict: bool,
}

impl Options {
    /// The defaults for a site folder.
    pub fn new(site: &Path) -> Self {
        Self::for_audience(site, Audience::Public)
    }

    /// The same for whoever writes the site, who sees what is held as well. That goes into the cache and nowhere else.
    pub fn for_insiders(self) -> Self {
        let output = Cache::new(&self.cache).insiders();
        Self { audience: Audience::Insiders, output, ..self }
    }

    /// The defaults for a site folder and an audience: each has an output of its own.
    pub fn for_audience(site: &Path, audience: Audience) -> Self {
        Self {
            site: site.to_owned(),
            output: site.join(audience.name()),
            cache: site.join(".backlot"),
            records: site.join("records"),
            drafts: false,
            as_of: None,
            audience,
            base_url: None,
            jobs: std::thread::available_parallelism().map_or(1, |n| n.get()),
            strict: false,
        }
    }

    /// The output's folder as the site's folder sees it: `public`, or a whole path.
    pub fn output_name(&self) -> String {
        let (site, output) = (disk::canonical(&self.site), disk::canonical(&self.output));
        output.strip_prefix(&site).unwrap_or(&output).display().to_string().replace('\\', "/")
    }
}
