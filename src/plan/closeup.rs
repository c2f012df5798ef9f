//! What the viewer shows of a still that lies on a page: larger prints, and what is known of it.

use super::address;
use super::context as see;
use super::sheet::Sheet;
use crate::html::escape;
use crate::production::{Gallery, Still};

impl Sheet<'_> {
    /// For a still that a page shows as `picture`; none for one that is in no gallery and so has no address.
    pub(super) fn closeup(&self, still: &Still, picture: &see::Picture) -> Option<see::Closeup> {
        let gallery = self.shown().galleries.get(still.gallery.as_ref()?)?;
        let full = self.picture(still, "still");
        let people = still.people.iter().filter_map(|slug| self.shown().people.get(slug));
        let link = |label: &str, address: &str| see::Link { label: label.to_owned(), href: self.page(address) };
        Some(see::Closeup {
            title: self.still_title(still, gallery),
            larger: larger(&full, picture),
            caption: still.caption.as_deref().map(escape),
            credit: still.credit.clone(),
            description: still.description.clone(),
            copyright: still.copyright.clone(),
            date: self.date(still.captured),
            people: people.map(|person| link(&person.name.value, &address::person(&person.slug))).collect(),
            gallery: link(&gallery.title.value, &address::gallery(&gallery.slug)),
            position: None,
            mark: self.mark(still.notice.as_ref()),
        })
    }

    /// What a still is called: its headline, or its place in its gallery.
    pub(super) fn still_title(&self, still: &Still, gallery: &Gallery) -> String {
        let number = self.draft.place_of_still(&still.path).map_or(1, |place| place + 1).to_string();
        let said = [("n", number.as_str()), ("gallery", &gallery.title.value)];
        still.headline.clone().unwrap_or_else(|| self.language().fill("still_title", &said))
    }
}

/// The prints of `full` that are wider than those of `shown`, as a `srcset`: in the format that most browsers choose of
/// `shown`, where there is one.
fn larger(full: &see::Picture, shown: &see::Picture) -> String {
    let best = shown.sources.first();
    let known = best.map_or(&shown.srcset, |source| &source.srcset);
    let same = best.and_then(|best| full.sources.iter().find(|source| source.mime == best.mime));
    let wider = widths(known).map(|(_, width)| width).max().unwrap_or(0);
    let found = widths(same.map_or(&full.srcset, |source| &source.srcset)).filter(|(_, width)| *width > wider);
    found.map(|(file, _)| file).collect::<Vec<_>>().join(", ")
}

/// The files of a `srcset`, each with its width.
fn widths(srcset: &str) -> impl Iterator<Item = (&str, u32)> {
    let width = |file: &str| file.rsplit_once(' ')?.1.strip_suffix('w')?.parse().ok();
    srcset.split(", ").filter_map(move |file| Some((file, width(file)?)))
}

#[cfg(test)]
mod tests {
    use super::widths;

    #[test]
    fn a_srcset_is_read_as_it_is_written() {
        let read: Vec<_> = widths("../media/1w.webp 480w, ../media/b.webp 1920w").collect();
        assert_eq!(read, [("../media/1w.webp 480w", 480), ("../media/b.webp 1920w", 1920)]);
        assert_eq!(widths("").count(), 0);
    }
}
