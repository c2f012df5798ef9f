//! One page while it is drawn: links and pictures as seen from there.

use super::address;
use super::context as see;
use super::draft::Draft;
use super::prints::View;
use crate::language::Language;
use crate::production::text::Target;
use crate::production::{Notice, Production, Still};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// A page and where it stands.
pub(super) struct Sheet<'a> {
    pub(super) draft: &'a Draft<'a>,
    /// `stories/rain-rig/`; empty for the home page.
    pub(super) address: String,
    /// The way to the top of the site.
    pub(super) root: String,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(draft: &'a Draft<'a>, address: impl Into<String>) -> Self {
        let address = address.into();
        let root = address::root(&address);
        Self { draft, address, root }
    }

    pub(super) fn shown(&self) -> &'a Production {
        self.draft.shown
    }

    pub(super) fn language(&self) -> &'a Language {
        self.draft.language()
    }

    /// A link to a file of the site.
    pub(super) fn file(&self, path: &str) -> String {
        format!("{}{}", self.root, address::encoded(path))
    }

    /// A link to a page of the site.
    pub(super) fn page(&self, page_address: &str) -> String {
        self.file(&address::file(page_address))
    }

    /// A link to whatever a text refers to.
    pub(super) fn target(&self, target: &Target, fragment: Option<&str>) -> String {
        let path = address::target(target);
        let fragment = fragment.map(|f| format!("#{f}")).unwrap_or_default();
        if path == address::file(&self.address) && !fragment.is_empty() {
            return fragment;
        }
        format!("{}{fragment}", self.file(&path))
    }

    pub(super) fn date(&self, date: Option<Date>) -> Option<see::Date> {
        date.map(|date| see::Date { iso: date.to_string(), text: self.language().date(date) })
    }

    pub(super) fn still(&self, path: &str) -> Option<&'a Still> {
        self.shown().stills.get(path)
    }

    /// A picture of a still in a role of the theme.
    pub(super) fn picture(&self, still: &Still, role: &str) -> see::Picture {
        self.picture_with_alt(still, role, None)
    }

    pub(super) fn picture_with_alt(&self, still: &Still, role: &str, alt: Option<&str>) -> see::Picture {
        let role = self.draft.role(role);
        let mut picture = self.draft.remembered(&self.root, still, role, || {
            self.draft.with_prints(|prints| prints.picture(still, role, self.view(still)))
        });
        if let Some(alt) = alt {
            alt.clone_into(&mut picture.alt);
        }
        picture
    }

    pub(super) fn view(&self, still: &Still) -> View<'_> {
        // Behind a picture with transparent parts its stand-in would show for ever.
        let preview = self.draft.preview(still).filter(|_| !still.facts.has_alpha);
        let from_right = self.language().direction() == "rtl";
        View { root: &self.root, preview, verdicts: &self.draft.learnt.verdicts, from_right }
    }

    pub(super) fn maybe_picture(&self, path: Option<&str>, role: &str) -> Option<see::Picture> {
        self.still(path?).map(|still| self.picture(still, role))
    }

    pub(super) fn detail(&self, still: &Still, at: [f64; 2], size: f64) -> see::Picture {
        let role = self.draft.role("detail");
        self.draft.with_prints(|prints| prints.detail(still, role, at, size, self.view(still)))
    }

    /// A still in a grid.
    pub(super) fn thumb(&self, still: &Still, number: usize, role: &str) -> see::Thumb {
        let thumb = self.thumb_in(still, number, role);
        see::Thumb { closeup: self.closeup(still, &thumb.picture), ..thumb }
    }

    pub(super) fn thumb_in(&self, still: &Still, number: usize, role: &str) -> see::Thumb {
        see::Thumb {
            picture: self.picture(still, role),
            href: self.draft.still_address(still).map(|address| self.page(&address)),
            caption: still.caption.clone().or_else(|| still.headline.clone()),
            credit: still.credit.clone(),
            number,
            mark: self.mark(still.notice.as_ref()),
            closeup: None,
        }
    }

    /// What has to be said beside something, in words.
    pub(super) fn mark(&self, notice: Option<&Notice>) -> Option<see::Mark> {
        let language = self.language();
        Some(match notice? {
            Notice::Embargoed(until) => {
                let clock = &self.shown().site.clock;
                let say = |at: DateTime| format!("{}, {}", language.date(at.date()), time_of_day(at.time()));
                let local = format!("{} {}", say(clock.local(*until)), clock.zone_name());
                let utc = say(TimeZone::UTC.to_datetime(*until));
                see::Mark {
                    kind: "embargo",
                    text: language.fill("embargoed_until", &[("local", &local), ("utc", &utc)]),
                }
            }
            // Only those who write the site read this, and the preview speaks to them in English.
            Notice::Held(why) => see::Mark { kind: "held", text: format!("Held: {why}") },
        })
    }
}

/// `00:01`, and the seconds where there are any.
fn time_of_day(time: Time) -> String {
    let form = if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    time.strftime(form).to_string()
}
