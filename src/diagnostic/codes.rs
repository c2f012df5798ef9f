//! The stable names of all messages. A name is never used again for something else.

/// Stable name of a kind of message, such as `unknown-key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($name:ident = $text:literal, $about:literal;)*) => {
        $(#[doc = $about] pub const $name: Code = Code($text);)*
        /// All codes with one line about each, in the order of this file.
        pub const ALL: &[(Code, &str)] = &[$(($name, $about)),*];
    };
}

codes! {
    SITE_MISSING = "site-missing", "The folder has no site.toml.";
    UNREADABLE = "unreadable", "A file cannot be read, or is not UTF-8 text.";
    BAD_TOML = "bad-toml", "Front matter, site.toml, gallery.toml or a block is not valid TOML.";
    NO_FRONT_MATTER = "no-front-matter", "A Markdown file does not begin with `+++` front matter.";
    UNKNOWN_KEY = "unknown-key", "A key that Backlot does not know.";
    MISSING_KEY = "missing-key", "A key that has to be there is not.";
    WRONG_TYPE = "wrong-type", "A value of the wrong type.";
    WRONG_VALUE = "wrong-value", "A value outside the legal ones.";
    WRONG_DATE = "wrong-date", "A date or time that does not exist, or exists twice.";
    UNKNOWN_STILL = "unknown-still", "A still that does not exist is shown or named.";
    UNKNOWN_CLIP = "unknown-clip", "A clip or captions file that does not exist is shown or named.";
    UNKNOWN_PERSON = "unknown-person", "A person without a profile is named by slug.";
    UNKNOWN_STORY = "unknown-story", "A story that does not exist is linked.";
    UNKNOWN_GALLERY = "unknown-gallery", "A gallery that does not exist is shown or named.";
    UNKNOWN_LINK = "unknown-link", "A link within the site that leads nowhere.";
    UNKNOWN_ANCHOR = "unknown-anchor", "A link to a heading that is not there.";
    AMBIGUOUS = "ambiguous", "A file name that several folders have.";
    DUPLICATE_SLUG = "duplicate-slug", "Two things of one kind with the same slug.";
    SAME_ADDRESS = "same-address", "Two things that would be published at the same address.";
    UNUSED_MEDIA = "unused-media", "Media that nothing shows.";
    MISPLACED = "misplaced", "A file in a place where Backlot does not look for it.";
    BAD_TABLE = "bad-table", "A CSV table that cannot be used as written.";
    BAD_BLOCK = "bad-block", "A fenced block that cannot be used as written.";
    HTML_NOT_ALLOWED = "html-not-allowed", "HTML in Markdown.";
    IMAGE_PLACE = "image-place", "A picture where none can stand.";
    STILL_FORMAT = "still-format", "A picture in a format that has to be exported first.";
    STILL_BROKEN = "still-broken", "A picture that is truncated or corrupt.";
    STILL_TOO_LARGE = "still-too-large", "A picture with more pixels than the limit.";
    STILL_MISNAMED = "still-misnamed", "A picture whose name has another format's ending.";
    STILL_ANIMATED = "still-animated", "An animated picture, of which the first frame is shown.";
    CLIP_BROKEN = "clip-broken", "A clip that cannot be read or shown in a browser.";
    CLIP_TRIMMED = "clip-trimmed", "A clip that still holds what was cut out of it.";
    PLACEHOLDER_TEXT = "placeholder-text", "A caption or credit that is still to be written.";
    MISSING_ALT = "missing-alt", "A still without a text for those who cannot see it.";
    MISSING_CREDIT = "missing-credit", "A still without a credit.";
    MISSING_CAPTIONS = "missing-captions", "A clip without captions.";
    MISSING_POSTER = "missing-poster", "A clip without a picture to show before it plays.";
    NO_FFMPEG = "no-ffmpeg", "Clips are to be made ready, but ffmpeg is not there or lacks an encoder.";
    NAMED_IN_TEXT = "named-in-text", "Published text names somebody who is held.";
    LINKS_TO_HELD = "links-to-held", "Published text links to something that is held.";
    OTHER_PICTURE = "other-picture", "A still that is another picture than the one that was decided about.";
    CONTRADICTION = "contradiction", "Two decisions about one still that cannot both hold.";
    NOT_ON_IT = "not-on-it", "A decision of somebody who is not named on the still.";
    OVER_QUOTA = "over-quota", "Somebody has refused more stills than their contract allows.";
    LOW_CONTRAST = "low-contrast", "A colour on which text cannot be read well.";
    THEME_BROKEN = "theme-broken", "A theme, template or strings file that cannot be used.";
    UNKNOWN_THEME = "unknown-theme", "A theme that does not exist.";
    FONT_BROKEN = "font-broken", "A font that cannot be used.";
    NO_BASE_URL = "no-base-url", "No base_url, so no feed, sitemap and social pictures.";
    OUTPUT_NOT_OURS = "output-not-ours", "The output folder holds files that Backlot did not write.";
    NOTHING_TO_SHOW = "nothing-to-show", "Nothing is cleared for this audience.";
    DEVELOP_FAILED = "develop-failed", "A still that could not be developed.";
    WRITE_FAILED = "write-failed", "The output cannot be written.";
}
