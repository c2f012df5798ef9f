//! Icons and the web manifest, made from one picture.

use super::draft::Draft;
use super::outputs::{Job, Outputs};
use crate::develop::Output;
use crate::diagnostic::Diagnostics;
use crate::production::Production;
use crate::theme::Aspect;
use serde_json::json;

/// Edges in pixels: browser tab, phone's home screen, web manifest.
const MANIFEST_SIZES: [u32; 2] = [192, 512];

/// The picture that icons are made from.
#[derive(Debug)]
pub(super) struct Icons {
    still: Option<String>,
}

impl Icons {
    /// What site.toml names for it, or the poster, or the hero.
    pub(super) fn choose(shown: &Production) -> Self {
        let site = &shown.site;
        Self { still: [&site.icon, &site.poster, &site.hero].into_iter().flatten().next().cloned() }
    }

    pub(super) fn there(&self) -> bool {
        self.still.is_some()
    }

    /// Path of the icon of one size.
    pub(super) fn path(&self, draft: &Draft<'_>, size: u32) -> Option<String> {
        let still = draft.shown.stills.get(self.still.as_ref()?)?;
        Some(draft.with_prints(|prints| prints.single(still, Aspect(1, 1), size, Output::Png)).0)
    }

    pub(super) fn plan(&self, draft: &Draft<'_>, outputs: &mut Outputs, messages: &mut Diagnostics) {
        let icon = |size: u32| {
            let src = self.path(draft, size)?;
            Some(json!({ "src": src, "sizes": format!("{size}x{size}"), "type": "image/png" }))
        };
        let icons: Vec<_> = MANIFEST_SIZES.into_iter().filter_map(icon).collect();
        if icons.is_empty() {
            return;
        }
        let site = &draft.shown.site;
        let manifest = json!({
            "name": site.title.value,
            "short_name": site.title.value,
            "description": site.tagline.as_ref().map(|t| &t.value),
            "lang": draft.language().tag(),
            "dir": draft.language().direction(),
            "start_url": "./index.html",
            "scope": "./",
            "display": "browser",
            "background_color": draft.theme.surface.to_string(),
            "theme_color": draft.theme.surface.to_string(),
            "icons": icons,
        });
        let text = format!("{manifest:#}\n");
        outputs.add("site.webmanifest".to_owned(), Job::Bytes(text.as_bytes().into()), messages);
    }
}
