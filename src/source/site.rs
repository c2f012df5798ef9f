//! `site.toml`.

use super::fields::{Fields, TomlText, with_fields};
use crate::diagnostic::{Diagnostics, Located, Origin, SourceFile};
use std::sync::Arc;
use toml::value::Datetime;

/// Kinds of production.
pub const PRODUCTION_KINDS: &[&str] = &["film", "series", "short", "documentary", "stage"];
/// Stages of a production, in order; stories use them as `phase`.
pub const PHASES: &[&str] = &["development", "pre-production", "production", "post-production", "release"];

/// All of `site.toml`.
#[derive(Debug, Clone)]
pub struct SiteDoc {
    /// `[production]`.
    pub production: ProductionFields,
    /// `[site] base_url`, with a slash at the end.
    pub base_url: Option<Located<String>>,
    /// `[site] language`, BCP 47.
    pub language: Located<String>,
    /// `[site] timezone`, IANA.
    pub timezone: Located<String>,
    /// `[site] theme`.
    pub theme: Located<String>,
    /// `[site] description`.
    pub description: Option<String>,
    /// `[photos]`.
    pub photos: PhotoFields,
    /// `[clips]`.
    pub clips: ClipSettings,
    /// `[clearance]`.
    pub clearance: ClearanceFields,
    /// `[theme]`.
    pub theme_settings: ThemeFields,
}

/// `[production]`.
#[derive(Debug, Clone)]
pub struct ProductionFields {
    /// The title of the film.
    pub title: Located<String>,
    /// One of [`PRODUCTION_KINDS`].
    pub kind: &'static str,
    /// One line.
    pub tagline: Option<Located<String>>,
    /// A paragraph.
    pub synopsis: Option<Located<String>>,
    /// Day of release.
    pub release: Option<Located<Datetime>>,
    /// One of [`PHASES`].
    pub status: Option<&'static str>,
    /// Name of the director.
    pub director: Option<Located<String>>,
    /// Production company.
    pub company: Option<Located<String>>,
    /// Country of origin.
    pub country: Option<String>,
    /// Year of production.
    pub year: Option<i64>,
    /// Minutes.
    pub runtime: Option<i64>,
    /// Upright poster.
    pub poster: Option<Located<String>>,
    /// The home page's wide picture.
    pub hero: Option<Located<String>>,
    /// Label and address.
    pub links: Vec<(Located<String>, Located<String>)>,
}

/// `[photos]`.
#[derive(Debug, Clone)]
pub struct PhotoFields {
    /// `webp`, `jpeg`, best first.
    pub formats: Vec<Located<String>>,
    /// `draft`, `standard` or `high`.
    pub quality: &'static str,
    /// Most pixels a still may have.
    pub max_pixels: Option<i64>,
    /// For so many days what nothing uses stays in the cache.
    pub keep_days: u64,
}

/// `[clips]`: what ffmpeg is to make of clips.
#[derive(Debug, Clone)]
pub struct ClipSettings {
    /// A frame stands for each clip without a poster.
    pub frames: bool,
    /// Heights in pixels; none: clips are shown as they are.
    pub renditions: Vec<u32>,
    /// `av1`, `h264`.
    pub codecs: Vec<Located<String>>,
    /// The table.
    pub origin: Origin,
}

/// `[clearance]`.
#[derive(Debug, Clone)]
pub struct ClearanceFields {
    /// `recorded`: people without a consent table may be shown; `required`: they are held.
    pub consent: &'static str,
    /// `publish` or `hold`: stills on which nobody is named.
    pub unnamed: &'static str,
    /// `hold` or `approve`: stills on which somebody with approval has not decided in time.
    pub undecided: &'static str,
}

/// `[theme]`.
#[derive(Debug, Clone, Default)]
pub struct ThemeFields {
    /// CSS hex colour.
    pub accent: Option<Located<String>>,
    /// CSS hex colour of the page.
    pub background: Option<Located<String>>,
    /// `auto`, `dark` or `light`.
    pub color_scheme: Option<&'static str>,
    /// How much air there is: `airy`, `normal` or `compact`.
    pub density: Option<&'static str>,
    /// `picture` or `words`: how the home page begins.
    pub hero: Option<&'static str>,
    /// A picture instead of the written title.
    pub logo: Option<Located<String>>,
    /// The picture icons are made from.
    pub icon: Option<Located<String>>,
    /// File in `theme/fonts/`, or one of the theme's families, for titles.
    pub title_font: Option<Located<String>>,
    /// One of the theme's families, for stories.
    pub text_font: Option<Located<String>>,
    /// The same for labels, dates and navigation.
    pub label_font: Option<Located<String>>,
}

/// Parses `site.toml`. `None` when so much is missing that nothing else can be read.
pub fn parse(file: &Arc<SourceFile>, messages: &mut Diagnostics) -> Option<SiteDoc> {
    let toml = TomlText { file, offset: 0, text: &file.text };
    with_fields(&toml, "site.toml", messages, |fields| {
        let whole = Origin::new(file, 0..0);
        let production = match fields.table("production", "[production]", production) {
            Some(production) => production,
            None => {
                fields.required_text("production", "… a table `[production]` with `title = \"…\"`");
                None
            }
        };
        let mut site = SiteTable::default();
        fields.table("site", "[site]", |f| site = SiteTable::read(f));
        let photos = fields.table("photos", "[photos]", photos).unwrap_or_else(default_photos);
        let clips = fields.table("clips", "[clips]", clips).unwrap_or_else(default_clips);
        let clearance = fields.table("clearance", "[clearance]", clearance).unwrap_or_else(default_clearance);
        let theme_settings = fields.table("theme", "[theme]", theme).unwrap_or_default();
        let default = |value: &str| Located::new(value.to_owned(), whole.clone());
        Some(SiteDoc {
            production: production?,
            base_url: site.base_url,
            language: site.language.unwrap_or_else(|| default("en")),
            timezone: site.timezone.unwrap_or_else(|| default("UTC")),
            theme: site.theme.unwrap_or_else(|| default("premiere")),
            description: site.description,
            photos,
            clips,
            clearance,
            theme_settings,
        })
    })?
}

/// Settings in place of those that cannot be read, so that the rest of the site can be judged.
pub fn stand_in() -> SiteDoc {
    let file = SourceFile::new("site.toml", "[production]\ntitle = \"?\"\n");
    parse(&file, &mut Diagnostics::new()).expect("a title is all that is needed")
}

#[derive(Default)]
struct SiteTable {
    base_url: Option<Located<String>>,
    language: Option<Located<String>>,
    timezone: Option<Located<String>>,
    theme: Option<Located<String>>,
    description: Option<String>,
}

impl SiteTable {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            base_url: fields.text("base_url"),
            language: fields.text("language"),
            timezone: fields.text("timezone"),
            theme: fields.text("theme"),
            description: fields.text("description").map(|t| t.value),
        }
    }
}

fn production(fields: &mut Fields<'_>) -> Option<ProductionFields> {
    let title = fields.required_text("title", "\"Saltlight\"");
    let rest = ProductionFields {
        title: title.clone().unwrap_or_else(|| Located::new(String::new(), fields.origin())),
        kind: fields.choice("kind", PRODUCTION_KINDS).map_or("film", |k| k.value),
        tagline: fields.text("tagline"),
        synopsis: fields.text("synopsis"),
        release: fields.datetime("release"),
        status: fields.choice("status", PHASES).map(|s| s.value),
        director: fields.text("director"),
        company: fields.text("company"),
        country: fields.text("country").map(|t| t.value),
        year: fields.whole("year", 1880..=2200).map(|n| n.value),
        runtime: fields.whole("runtime", 1..=6000).map(|n| n.value),
        poster: fields.text("poster"),
        hero: fields.text("hero"),
        links: fields.named_texts("links"),
    };
    title.map(|_| rest)
}

fn photos(fields: &mut Fields<'_>) -> PhotoFields {
    let formats = fields.texts("formats");
    PhotoFields {
        formats: if formats.is_empty() { default_photos().formats } else { formats },
        quality: fields.choice("quality", &["draft", "standard", "high"]).map_or("standard", |q| q.value),
        max_pixels: fields.whole("max_pixels", 1_000_000..=2_000_000_000).map(|n| n.value),
        keep_days: fields.whole("keep_days", 1..=3650).map_or(KEEP_DAYS, |n| n.value.unsigned_abs()),
    }
}

/// What a site that says nothing has: long enough to come back to a draft after a shoot.
const KEEP_DAYS: u64 = 30;

fn default_photos() -> PhotoFields {
    let nowhere = Origin::whole("site.toml");
    let format = |name: &str| Located::new(name.to_owned(), nowhere.clone());
    PhotoFields {
        formats: vec![format("webp"), format("jpeg")],
        quality: "standard",
        max_pixels: None,
        keep_days: KEEP_DAYS,
    }
}

fn clips(fields: &mut Fields<'_>) -> ClipSettings {
    let heights = fields.whole_numbers("renditions", 144..=2160);
    let codecs = fields.texts("codecs");
    ClipSettings {
        frames: fields.choice("poster", &["own", "ffmpeg"]).is_some_and(|poster| poster.value == "ffmpeg"),
        renditions: heights.iter().filter_map(|height| u32::try_from(*height).ok()).collect(),
        codecs: if codecs.is_empty() { default_clips().codecs } else { codecs },
        origin: fields.origin(),
    }
}

fn default_clips() -> ClipSettings {
    let origin = Origin::whole("site.toml");
    let codec = |name: &str| Located::new(name.to_owned(), origin.clone());
    ClipSettings {
        frames: false,
        renditions: Vec::new(),
        codecs: vec![codec("av1"), codec("h264")],
        origin: origin.clone(),
    }
}

fn clearance(fields: &mut Fields<'_>) -> ClearanceFields {
    ClearanceFields {
        consent: fields.choice("consent", &["recorded", "required"]).map_or("recorded", |c| c.value),
        unnamed: fields.choice("unnamed", &["publish", "hold"]).map_or("publish", |c| c.value),
        undecided: fields.choice("undecided", &["hold", "approve"]).map_or("hold", |c| c.value),
    }
}

fn default_clearance() -> ClearanceFields {
    ClearanceFields { consent: "recorded", unnamed: "publish", undecided: "hold" }
}

fn theme(fields: &mut Fields<'_>) -> ThemeFields {
    ThemeFields {
        accent: fields.text("accent"),
        background: fields.text("background"),
        color_scheme: fields.choice("color_scheme", &["auto", "dark", "light"]).map(|c| c.value),
        density: fields.choice("density", &["airy", "normal", "compact"]).map(|c| c.value),
        hero: fields.choice("hero", &["picture", "words"]).map(|c| c.value),
        logo: fields.text("logo"),
        icon: fields.text("icon"),
        title_font: fields.text("title_font"),
        text_font: fields.text("text_font"),
        label_font: fields.text("label_font"),
    }
}
