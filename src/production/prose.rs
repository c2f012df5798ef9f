//! Resolving what Markdown refers to.

use super::library::{Asker, Library};
use super::model::Gallery;
use super::people::Directory;
use super::text::{Compare, Detail, Figure, Outside, Piece, Target, Text};
use crate::clip;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, codes};
use crate::source::prose::{Block, FigureRef, GalleryBlock, Heading, Node, Prose, VideoBlock, VideoSource};
use crate::source::{Sources, StaticFile, slug_of, slugify};
use std::collections::BTreeMap;

/// The pages that the site makes by itself, and their addresses.
pub(super) const INDEX_PAGES: [&str; 5] = ["", "stories", "crew", "galleries", "timeline"];
const INDEX_ADDRESSES: [&str; 5] = ["", "stories/", "crew/", "galleries/", "timeline/"];

/// Everything that can be named.
#[derive(Debug)]
pub(super) struct Names<'a> {
    directory: &'a Directory<'a>,
    stories: BTreeMap<&'a str, Titled<'a>>,
    pages: BTreeMap<&'a str, Titled<'a>>,
    galleries: &'a BTreeMap<String, Gallery>,
    statics: &'a BTreeMap<String, StaticFile>,
}

#[derive(Debug)]
struct Titled<'a> {
    title: &'a str,
    headings: &'a [Heading],
}

impl<'a> Names<'a> {
    /// Of all that was written.
    pub(super) fn new(
        sources: &'a Sources,
        galleries: &'a BTreeMap<String, Gallery>,
        directory: &'a Directory<'a>,
        statics: &'a BTreeMap<String, StaticFile>,
    ) -> Self {
        let stories = sources
            .stories
            .iter()
            .map(|s| (s.slug.as_str(), Titled { title: &s.fields.title.value, headings: &s.prose.headings }));
        let pages = sources
            .pages
            .iter()
            .map(|p| (p.slug.as_str(), Titled { title: &p.title.value, headings: &p.prose.headings }));
        Self { directory, stories: stories.collect(), pages: pages.collect(), galleries, statics }
    }

    /// The slug of a person named in a field.
    pub(super) fn person(&self, who: &str, name: &Located<String>, messages: &mut Diagnostics) -> Option<String> {
        self.directory.require(who, name, messages)
    }

    /// The slug of a gallery named in a field.
    pub(super) fn gallery(&self, who: &str, name: &Located<String>, messages: &mut Diagnostics) -> Option<String> {
        let slug = slugify(&name.value);
        if self.galleries.contains_key(&slug) {
            return Some(slug);
        }
        if self.directory.is_unread(&slug) {
            return None;
        }
        messages.push(
            Diagnostic::error(
                codes::UNKNOWN_GALLERY,
                format!("{who} names the gallery `{}`, which does not exist", name.value),
            )
            .at(&name.origin)
            .did_you_mean(&name.value, self.galleries.keys().map(String::as_str))
            .hint("A gallery is a folder in media/ whose gallery.toml has a `title`."),
        );
        None
    }

    /// What `[[written]]` means.
    fn mention(&self, written: &str) -> Option<Target> {
        let slug = slugify(written);
        let by_title = |list: &BTreeMap<&str, Titled<'_>>| {
            list.iter().find(|(_, t)| slugify(t.title) == slug).map(|(slug, _)| (*slug).to_owned())
        };
        if let Some(person) = self.directory.find(written) {
            Some(Target::Person(person.to_owned()))
        } else if self.stories.contains_key(slug.as_str()) {
            Some(Target::Story(slug))
        } else if self.galleries.contains_key(&slug) {
            Some(Target::Gallery(slug))
        } else if self.pages.contains_key(slug.as_str()) {
            Some(Target::Page(slug))
        } else {
            by_title(&self.stories).map(Target::Story).or_else(|| by_title(&self.pages).map(Target::Page))
        }
    }

    fn unknown_mention(&self, written: &Located<String>, who: &str) -> Diagnostic {
        let galleries = self.galleries.keys().map(String::as_str);
        let candidates =
            self.directory.candidates().chain(self.stories.keys().copied()).chain(self.pages.keys().copied());
        let message =
            format!("{who} links to `[[{}]]`, and no person, story, gallery or page has that name", written.value);
        let looks_like_a_person = written.value.contains(' ');
        let code = if looks_like_a_person { codes::UNKNOWN_PERSON } else { codes::UNKNOWN_STORY };
        Diagnostic::error(code, message).at(&written.origin).did_you_mean(&written.value, candidates.chain(galleries))
    }

    /// What a Markdown link within the site leads to. `folder` is the asking file's.
    fn link(&self, written: &str, folder: &str) -> Option<(Target, Option<String>)> {
        let (path, fragment) = match written.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment.to_owned())),
            None => (written, None),
        };
        let path = percent_decoded(path);
        let joined = if let Some(rooted) = path.strip_prefix('/') { rooted.to_owned() } else { join(folder, &path) };
        let target = self.address(&joined).or_else(|| self.address(path.trim_start_matches("./")))?;
        Some((target, fragment))
    }

    /// What lies at a path of the source folder or an address of the site.
    fn address(&self, path: &str) -> Option<Target> {
        let tidy = path.trim_end_matches("index.html").trim_end_matches('/');
        if let Some(found) = INDEX_PAGES.iter().position(|known| *known == tidy) {
            return Some(Target::Index(INDEX_ADDRESSES[found]));
        }
        if let Some((address, _)) = self.statics.get_key_value(path) {
            return Some(Target::Static(address.clone()));
        }
        let slug = slug_of(path.trim_end_matches('/'));
        let top = tidy.split('/').next().unwrap_or("");
        match top {
            "stories" if self.stories.contains_key(slug.as_str()) => Some(Target::Story(slug)),
            "crew" => self.directory.find(&slug).map(|slug| Target::Person(slug.to_owned())),
            "media" | "galleries" => {
                let below = tidy.split_once('/').map_or("", |(_, rest)| rest);
                let slug = slugify(below.trim_end_matches("gallery.toml"));
                self.galleries.contains_key(&slug).then_some(Target::Gallery(slug))
            }
            "pages" if self.pages.contains_key(slug.as_str()) => Some(Target::Page(slug)),
            _ if !tidy.contains('/') && self.pages.contains_key(slug.as_str()) => Some(Target::Page(slug)),
            _ => None,
        }
    }

    /// Anchors of a target; `None` when it has no text of its own.
    fn anchors(&self, target: &Target) -> Option<&[Heading]> {
        match target {
            Target::Story(slug) => self.stories.get(slug.as_str()).map(|t| t.headings),
            Target::Page(slug) => self.pages.get(slug.as_str()).map(|t| t.headings),
            _ => None,
        }
    }
}

fn percent_decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// A relative path joined to a folder, with `.` and `..` resolved.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// Resolves everything that a text refers to. What leads nowhere is a message and left out.
pub(super) fn resolve(
    prose: &Prose,
    asker: Asker<'_>,
    library: &mut Library<'_>,
    names: &Names<'_>,
    galleries: &BTreeMap<String, Gallery>,
    messages: &mut Diagnostics,
) -> Text {
    let mut resolver = Resolver { asker, library, names, galleries, messages };
    // There are thousands of texts, and each stays as long as the site is worked on: none takes more room than it needs.
    let mut pieces = Vec::with_capacity(prose.nodes.len());
    pieces.extend(prose.nodes.iter().filter_map(|node| resolver.node(node)));
    Text { pieces, headings: prose.headings.clone(), words: prose.words }
}

struct Resolver<'r, 'm> {
    asker: Asker<'r>,
    library: &'r mut Library<'m>,
    names: &'r Names<'r>,
    galleries: &'r BTreeMap<String, Gallery>,
    messages: &'r mut Diagnostics,
}

impl Resolver<'_, '_> {
    fn node(&mut self, node: &Node) -> Option<Piece> {
        match node {
            Node::Html { html, origin } => Some(Piece::Html { html: html.clone(), origin: origin.clone() }),
            Node::Word(key) => Some(Piece::Word(key)),
            Node::Href(written) => self.href(written),
            Node::Mention { target, words } => {
                let found = self.names.mention(&target.value);
                if found.is_none() && !self.names.directory.is_unread(&target.value) {
                    self.messages.push(self.names.unknown_mention(target, self.asker.who));
                }
                Some(Piece::Mention { target: found?, words: words.clone(), origin: target.origin.clone() })
            }
            Node::Figure(figure) => self.figure(figure).map(Piece::Figure),
            Node::Row(figures) => Some(Piece::Row(figures.iter().filter_map(|f| self.figure(f)).collect())),
            Node::Block(block) => self.block(block),
        }
    }

    fn href(&mut self, written: &Located<String>) -> Option<Piece> {
        let Some((target, fragment)) = self.names.link(&written.value, self.asker.folder) else {
            let path = written.value.split('#').next().unwrap_or_default().trim_end_matches('/');
            if self.names.directory.is_unread(&slug_of(path)) {
                return None;
            }
            self.messages.push(
                Diagnostic::error(codes::UNKNOWN_LINK, format!("{} links to `{}`, and nothing is there", self.asker.who, written.value))
                    .at(&written.origin)
                    .hint("Link to a story or person with `[[name]]`, to a file of static/ with `/file.pdf`, to the web with `https://…`."),
            );
            return None;
        };
        if let (Some(anchor), Some(headings)) = (&fragment, self.names.anchors(&target))
            && !headings.iter().any(|heading| heading.id == *anchor)
        {
            let message =
                format!("{} links to `#{anchor}`, and the text it leads to has no such heading", self.asker.who);
            self.messages.push(
                Diagnostic::error(codes::UNKNOWN_ANCHOR, message)
                    .at(&written.origin)
                    .did_you_mean(anchor, headings.iter().map(|h| h.id.as_str())),
            );
        }
        Some(Piece::Href { target, fragment, origin: written.origin.clone() })
    }

    fn still(&mut self, name: &Located<String>) -> Option<String> {
        self.library.still(self.asker, name, self.messages)
    }

    fn figure(&mut self, figure: &FigureRef) -> Option<Figure> {
        Some(Figure {
            still: self.still(&figure.still)?,
            alt: figure.alt.as_ref().map(|alt| alt.value.clone()),
            caption: figure.caption.clone(),
            origin: figure.still.origin.clone(),
        })
    }

    fn block(&mut self, block: &Block) -> Option<Piece> {
        match block {
            Block::Gallery(block) => self.gallery(block),
            Block::Compare(block) => {
                let (before, after) = (self.still(&block.before), self.still(&block.after));
                Some(Piece::Compare(Box::new(Compare {
                    before: before?,
                    after: after?,
                    before_label: block.before_label.clone(),
                    after_label: block.after_label.clone(),
                    caption: block.caption.clone(),
                    origin: block.origin.clone(),
                })))
            }
            Block::Video(block) => self.video(block),
            Block::Quote(block) => Some(Piece::Quote {
                person: match &block.person {
                    Some(name) => Some(self.names.person(self.asker.who, name, self.messages)?),
                    None => None,
                },
                attribution: block.attribution.as_ref().map(|words| words.value.clone()),
                text: block.text.value.clone(),
                origin: block.origin.clone(),
            }),
            Block::Zoom(block) => {
                let details = block.details.iter();
                Some(Piece::Zoom {
                    still: self.still(&block.still)?,
                    caption: block.caption.clone(),
                    details: details.map(|d| Detail { title: d.title.clone(), at: d.at, size: d.size }).collect(),
                    origin: block.origin.clone(),
                })
            }
        }
    }

    fn gallery(&mut self, block: &GalleryBlock) -> Option<Piece> {
        let slug = match &block.gallery {
            Some(name) => Some(self.names.gallery(self.asker.who, name, self.messages)?),
            None => None,
        };
        let gallery = slug.as_ref().and_then(|slug| self.galleries.get(slug));
        let mut stills: Vec<String> = Vec::new();
        for name in &block.stills {
            let folder = gallery.map_or(self.asker.folder, |g| g.folder.as_str());
            if name.value.contains(['*', '?', '[', '{']) {
                let found = self.library.glob(folder, &name.value);
                if found.is_empty() {
                    let message = format!("no still has a name like `{}`", name.value);
                    self.messages.push(Diagnostic::error(codes::UNKNOWN_STILL, message).at(&name.origin));
                }
                stills.extend(found.into_iter().filter(|path| !stills.contains(path)).collect::<Vec<_>>());
            } else {
                let asker = Asker { who: self.asker.who, folder };
                stills.extend(self.library.still(asker, name, self.messages));
            }
        }
        if let Some(gallery) = gallery.filter(|_| block.stills.is_empty()) {
            stills.clone_from(&gallery.stills);
        }
        Some(Piece::Gallery {
            gallery: slug,
            stills,
            layout: block.layout,
            title: block.title.clone(),
            origin: block.origin.clone(),
        })
    }

    fn video(&mut self, block: &VideoBlock) -> Option<Piece> {
        let (caption, origin) = (block.caption.clone(), block.origin.clone());
        match &block.source {
            VideoSource::Clip(name) => {
                let clip = self.library.clip(self.asker, name, self.messages)?;
                Some(Piece::Clip { clip, caption, origin })
            }
            VideoSource::Outside { url, title, poster } => {
                let poster = poster.as_ref().and_then(|name| self.still(name));
                let Some(video) = clip::outside::parse(&url.value) else {
                    self.messages.push(
                        Diagnostic::error(
                            codes::BAD_BLOCK,
                            format!("`{}` is no address of a YouTube or Vimeo video", url.value),
                        )
                        .at(&url.origin)
                        .hint("Copy the address of the video's own page, beginning with `https://`."),
                    );
                    return None;
                };
                Some(Piece::Outside(Box::new(Outside { video, title: title.value.clone(), poster, caption, origin })))
            }
        }
    }
}
