//! What is shown just now: the last good site, the mistakes, and a number for every state that was
//! ever shown. The loop puts things here, the server answers from here.

use super::editor::Editor;
use super::kinds;
use super::report;
use crate::build::{Options, Report};
use crate::publish::{Changes, Finished, Made};
use serde_json::{Value, json};
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// So many earlier sites are remembered, to tell a tab what is new to it. They share what is equal.
const PAST: usize = 12;
/// Of some only the pages that are looked at, when what they do not share takes more bytes than this.
const PAST_BYTES: usize = 1 << 20;
/// So long the rest of the first site is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// So many pages are shown before all others are made.
const LOOKS: usize = 4;
/// So many changed files other than pages are remembered.
const LOG: usize = 2000;

/// What is shown, for the loop and the server together.
#[derive(Debug)]
pub(super) struct Stage {
    state: Mutex<State>,
    version: watch::Sender<u64>,
    /// Tells this run of the server from one before or after it.
    pub(super) run: String,
    editor: Editor,
}

#[derive(Debug, Default)]
struct State {
    site: Option<Finished>,
    /// Earlier sites, the last of which is shown.
    past: VecDeque<Past>,
    /// Files other than pages that changed, with the version since when.
    files: VecDeque<(u64, String)>,
    /// Up to this version the log of files is not complete.
    forgotten: u64,
    problems: Vec<Value>,
    errors: usize,
    held: Vec<Value>,
    options: Value,
    /// The last story that came: version, address and title.
    arrived: Option<(u64, String, String)>,
    /// Pictures that a browser has asked for and that are not developed yet: their addresses, and
    /// where they will be.
    awaited: BTreeSet<(String, PathBuf)>,
    /// Paths of the pages that were looked at last, with the version that was shown then.
    looks: VecDeque<(String, u64)>,
    counters: Counters,
}

/// A site that was shown.
#[derive(Debug)]
struct Past {
    /// From this version on.
    from: u64,
    site: Finished,
    /// What the site before it has not.
    bytes: usize,
    /// It has only a few of its pages left.
    is_thin: bool,
}

/// Leaves of the oldest sites only these pages, until what all but the last hold for themselves is little. A tab that
/// shows one of these is told how it differs all the same.
fn thin(past: &mut VecDeque<Past>, pages: &VecDeque<(String, u64)>) {
    let is_held = |past: &VecDeque<Past>, place: usize| place + 1 < past.len() && !past[place].is_thin;
    // What a site holds for itself is what the next one has otherwise.
    let held = |past: &VecDeque<Past>| -> usize {
        (0..past.len()).filter(|place| is_held(past, *place)).map(|place| past[place + 1].bytes).sum()
    };
    while held(past) > PAST_BYTES
        && let Some(place) = (0..past.len()).find(|place| is_held(past, *place))
    {
        past[place].site = past[place].site.only(pages.iter().map(|(path, _)| path.as_str()));
        past[place].is_thin = true;
    }
}

/// What the loop has done, for whoever wants to see that it does no more than it has to.
#[derive(Debug, Default, Clone, Copy)]
struct Counters {
    /// Batches of hints that concerned the site.
    hints: u64,
    /// Runs that looked and found something different.
    builds: u64,
    /// Runs that looked and found everything as it was.
    looks: u64,
    idle: bool,
    polling: bool,
    done: bool,
}

/// A file of the site to be sent, with the state that it belongs to.
pub(super) struct Shown {
    pub(super) version: u64,
    pub(super) site: Option<Finished>,
}

impl Stage {
    /// Nothing is shown yet.
    pub(super) fn new(editor: Editor) -> Self {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        Self {
            state: Mutex::default(),
            version: watch::Sender::new(0),
            run: format!("{now:x}-{:x}", std::process::id()),
            editor,
        }
    }

    /// The state is plain bookkeeping, whole at every step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state that is shown.
    pub(super) fn version(&self) -> u64 {
        *self.version.borrow()
    }

    /// Hears of every new state.
    pub(super) fn follow(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Shows another site, and what was said of it.
    pub(super) fn show(&self, site: &Finished, changes: &Changes, report: &Report, options: &Options) {
        let mut state = self.lock();
        self.take_down(&mut state, report, options);
        let now = self.version() + 1;
        let state_before = state.site.replace(site.clone());
        // What is no part of the site any more will not come: another picture is offered in its place.
        state.awaited.retain(|(path, place)| site.get(path).and_then(Made::file) == Some(place));
        if let Some(before) = &state_before {
            let new = |path: &&String| is_story(path) && before.file(path).is_none();
            if let Some(path) = changes.changed.iter().find(new) {
                state.arrived = Some((now, address_of(path), title_of(site.get(path))));
            }
        }
        let files = changes.changed.iter().chain(&changes.removed).filter(|path| !kinds::is_page(path));
        state.files.extend(files.map(|path| (now, path.clone())));
        while state.files.len() > LOG {
            state.forgotten = state.files.pop_front().map_or(0, |(version, _)| version);
        }
        let sizes = changes.changed.iter().map(|path| match site.file(path) {
            Some(Made::Bytes(bytes)) => bytes.len(),
            _ => 0,
        });
        state.past.push_back(Past { from: now, site: site.clone(), bytes: sizes.sum(), is_thin: false });
        if state.past.len() > PAST {
            state.past.pop_front();
        }
        let looks = std::mem::take(&mut state.looks);
        thin(&mut state.past, &looks);
        state.looks = looks;
        self.version.send_replace(now);
    }

    /// A run has ended, and whether another site was seen in it. Gives the version that is shown, and whether anything came of it.
    pub(super) fn finish(&self, report: &Report, options: &Options, seen: bool) -> (u64, bool) {
        let mut state = self.lock();
        let different = self.take_down(&mut state, report, options) || !state.counters.done;
        state.counters.done = true;
        let came = different || seen;
        let counters = &mut state.counters;
        *(if came { &mut counters.builds } else { &mut counters.looks }) += 1;
        if different {
            self.version.send_modify(|version| *version += 1);
        }
        (self.version(), came)
    }

    /// Takes down what was said; whether it is something else than before.
    fn take_down(&self, state: &mut State, report: &Report, options: &Options) -> bool {
        let problems = report::problems(&report.messages, &options.site, &self.editor);
        let mut different = problems != state.problems;
        if report.is_good() {
            let (held, said) = (report::held(report, &options.site, &self.editor), report::options(options, report));
            different |= held != state.held || said != state.options;
            state.held = held;
            state.options = said;
        }
        state.problems = problems;
        state.errors = report.messages.count(crate::diagnostic::Severity::Error);
        different
    }

    /// Whether the loop waits for something to happen.
    pub(super) fn is_idle(&self, idle: bool) {
        self.lock().counters.idle = idle;
    }

    /// A batch of hints has come.
    pub(super) fn hinted(&self) {
        self.lock().counters.hints += 1;
    }

    /// The loop looks by itself.
    pub(super) fn polls(&self) {
        self.lock().counters.polling = true;
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> Shown {
        let state = self.lock();
        Shown { version: self.version(), site: state.site.clone() }
    }

    /// What is shown once what is wanted is `there`: while the first site is coming, with the pages that are looked at
    /// before all others, the next state is waited for once.
    pub(super) async fn shown_with(&self, there: impl Fn(&Finished) -> bool) -> Shown {
        let shown = self.shown();
        let comes = shown.site.as_ref().is_some_and(|site| !site.is_whole() && !there(site));
        if !comes {
            return shown;
        }
        // That it never comes is known with the next state, too.
        let _ = tokio::time::timeout(PATIENCE, self.follow().wait_for(|now| *now > shown.version)).await;
        self.shown()
    }

    /// Somebody looks at the page with this path, or would if it were there.
    pub(super) fn look_at(&self, page: String) {
        let mut state = self.lock();
        state.looks.retain(|(other, _)| *other != page);
        state.looks.push_back((page, self.version()));
        while state.looks.len() > LOOKS {
            state.looks.pop_front();
        }
    }

    /// Paths of the pages that somebody looks at: those that were asked for since this site is shown, as every tab does
    /// that is seen, and the last one, whenever that was. The first one who comes begins at home.
    pub(super) fn looks_at(&self) -> BTreeSet<String> {
        let state = self.lock();
        let shown = state.past.back().map_or(0, |past| past.from);
        let now = state.looks.iter().filter(|(_, version)| *version >= shown).chain(state.looks.back());
        let looks: BTreeSet<String> = now.map(|(path, _)| path.clone()).collect();
        if looks.is_empty() { ["index.html".to_owned()].into() } else { looks }
    }

    /// A browser waits for a picture that will be at `place`.
    pub(super) fn wait_for(&self, path: &str, place: PathBuf) {
        self.lock().awaited.insert((path.to_owned(), place));
    }

    /// Pictures that are waited for.
    pub(super) fn awaited(&self) -> Vec<(String, PathBuf)> {
        self.lock().awaited.iter().cloned().collect()
    }

    /// These have come, or are no more part of the site.
    pub(super) fn have_come(&self, pictures: &[(String, PathBuf)]) {
        let mut state = self.lock();
        let now = self.version() + 1;
        for picture in pictures {
            state.awaited.remove(picture);
            state.files.push_back((now, picture.0.clone()));
        }
        self.version.send_replace(now);
    }

    /// What a tab has to know when it shows an older state, as JSON. A visitor from elsewhere is not
    /// told names of what is held, nor places on this machine.
    pub(super) fn news(&self, from_here: bool) -> Value {
        let state = self.lock();
        let arrived = state
            .arrived
            .as_ref()
            .map(|(version, address, title)| json!({ "version": version, "address": address, "title": title }));
        json!({
            "run": self.run,
            "version": self.version(),
            "shown": state.site.is_some(),
            "errors": state.errors,
            "problems": if from_here { state.problems.clone() } else { Vec::new() },
            "held": state.held.len(),
            "heldWhy": report::why(&state.held),
            "options": state.options,
            "arrived": arrived,
        })
    }

    /// Everything that `/_backlot/` lists, as JSON.
    pub(super) fn everything(&self, from_here: bool) -> Value {
        let mut all = self.news(from_here);
        let state = self.lock();
        let pages: Vec<Value> = state
            .site
            .iter()
            .flat_map(|site| site.iter())
            .filter(|(path, _)| kinds::is_page(path))
            .map(|(path, _)| json!(address_of(path)))
            .collect();
        all["pages"] = json!(pages);
        all["heldItems"] = json!(if from_here { state.held.clone() } else { Vec::new() });
        all
    }

    /// What the loop has done, as JSON.
    pub(super) fn counters(&self) -> Value {
        let state = self.lock();
        let Counters { hints, builds, looks, idle, polling, done } = state.counters;
        json!({
            "run": self.run, "version": self.version(), "hints": hints, "builds": builds, "looks": looks,
            "idle": idle && done, "watching": if polling { "polling" } else { "events" },
            "errors": state.errors, "awaited": state.awaited.len(), "files": state.site.as_ref().map_or(0, Finished::len),
        })
    }

    /// How a page differs between a version and now, and which other files changed since, as JSON.
    pub(super) fn since(&self, version: u64, page: &str) -> Value {
        let state = self.lock();
        let then = state.past.iter().rev().find(|past| past.from <= version);
        let before = then.and_then(|past| past.site.get(page));
        let now = state.site.as_ref().and_then(|site| site.get(page));
        let word = match (then, before, now) {
            (None, ..) => "changed",
            (_, None, None) => "same",
            (_, None, Some(_)) => "new",
            (_, Some(_), None) => "gone",
            (_, Some(before), Some(now)) => compare(before, now),
        };
        let files: BTreeSet<&str> =
            state.files.iter().filter(|(from, _)| *from > version).map(|(_, path)| path.as_str()).collect();
        json!({ "run": self.run, "version": self.version(), "page": word, "files": files, "all": version < state.forgotten })
    }
}

/// Whether a page differs, and if so, whether only in its pictures and style sheets.
fn compare(before: &Made, now: &Made) -> &'static str {
    match (before, now) {
        (Made::Bytes(a), Made::Bytes(b)) if a == b => "same",
        (Made::Bytes(a), Made::Bytes(b)) if skeleton(a) == skeleton(b) => "soft",
        (Made::Bytes(_), Made::Bytes(_)) => "changed",
        (Made::Cached(a), Made::Cached(b)) if a == b => "same",
        _ => "changed",
    }
}

/// Tags whose attributes can be exchanged: page/update.js does it.
const EXCHANGEABLE: [&str; 6] = ["<img ", SOURCE, "<source ", "<link ", "<meta ", "<template class=\"closeup\""];
const SOURCE: &str = "<source type=\"image/";

/// What stands in a tag before and after how bright the picture is below its words.
fn around_light(tag: &str) -> (&str, &str) {
    const LIGHT: &str = " style=\"--light-";
    let light = tag
        .find(LIGHT)
        .and_then(|start| Some((start, start + LIGHT.len() + tag[start + LIGHT.len()..].find('"')? + 1)));
    light.map_or((tag, ""), |(start, end)| (&tag[..start], &tag[end..]))
}

/// A page without what can be exchanged while it stands: style sheets, pictures, and words for
/// machines about them.
fn skeleton(page: &[u8]) -> String {
    let text = String::from_utf8_lossy(page);
    let mut rest: &str = &text;
    let mut bare = String::with_capacity(text.len());
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        let Some(end) = tag.find('>') else { break };
        let exchangeable = EXCHANGEABLE.iter().any(|known| tag.starts_with(known));
        let end = if tag.starts_with("<script type=\"application/ld+json\"") {
            tag.find("</script>").unwrap_or(end)
        } else {
            end
        };
        bare.push_str(&rest[..start]);
        // The name stays, so that one picture more or less is seen.
        if tag.starts_with(SOURCE) {
            // A picture may be offered in one format more or less.
        } else if exchangeable {
            bare.push_str(&tag[..5]);
        } else if tag.starts_with("<script type=\"application/ld+json\"") {
            bare.push_str("<json");
        } else {
            let (before, after) = around_light(&tag[..=end]);
            bare.push_str(before);
            bare.push_str(after);
        }
        rest = &tag[end + 1..];
    }
    bare.push_str(rest);
    bare
}

fn is_story(path: &str) -> bool {
    path.strip_prefix("stories/")
        .and_then(|rest| rest.strip_suffix("/index.html"))
        .is_some_and(|slug| !slug.contains('/'))
}

/// The address of a page below the root, without the file's name.
fn address_of(path: &str) -> String {
    let clean =
        path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path);
    format!("/{clean}")
}

/// What stands in a page's `<h1>`, or nothing.
fn title_of(page: Option<&Made>) -> String {
    let Some(Made::Bytes(bytes)) = page else { return String::new() };
    let text = String::from_utf8_lossy(bytes);
    let inside = text
        .split_once("<h1")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</h1>"));
    inside.map(|(html, _)| crate::html::without_tags(html).trim().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_can_be_compared_with_when_a_site_is_too_large_to_be_kept() {
        let site = |page: &str| Finished::of_pages(&[("a.html", page), ("b.html", page)]);
        let past = |from, bytes| Past { from, site: site(&from.to_string()), bytes, is_thin: false };
        let mut all: VecDeque<Past> = [past(1, 10), past(2, 10), past(3, PAST_BYTES + 1), past(4, 10)].into();
        thin(&mut all, &[("a.html".to_owned(), 0)].into());
        let there = |page: &str| all.iter().map(|past| past.site.get(page).is_some()).collect::<Vec<_>>();
        assert_eq!(there("a.html"), [true; 4]);
        assert_eq!(there("b.html"), [false, false, true, true], "the oldest go, and no more than have to");
    }

    #[test]
    fn who_has_not_asked_since_a_change_looks_at_nothing_any_more() {
        let stage = Stage::new(Editor::default());
        let looks = || stage.looks_at().into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(looks(), "index.html", "the first one begins at home");
        let change = || {
            let report = Report::default();
            stage.show(&Finished::of_pages(&[]), &Changes::default(), &report, &Options::new(std::path::Path::new("")));
        };
        let ask = |pages: &[&str]| pages.iter().for_each(|page| stage.look_at((*page).to_owned()));
        ask(&["a.html", "b.html"]);
        assert_eq!(looks(), "a.html b.html");
        change();
        assert_eq!(looks(), "b.html", "a tab that is seen asks at once; only the last one may be just writing");
        ask(&["b.html", "c.html"]);
        change();
        ask(&["b.html", "c.html"]);
        assert_eq!(looks(), "b.html c.html");
    }

    fn bytes(text: &str) -> Made {
        Made::Bytes(text.as_bytes().into())
    }

    #[test]
    fn pictures_and_style_sheets_can_be_exchanged_and_words_cannot() {
        let page = |css: &str, picture: &str, words: &str| {
            bytes(&format!("<link rel=\"stylesheet\" href=\"{css}\"><p>{words}<img src=\"{picture}\" alt=\"\"></p>"))
        };
        let before = page("a.css", "a.webp", "Rain");
        assert_eq!(compare(&before, &page("a.css", "a.webp", "Rain")), "same");
        assert_eq!(compare(&before, &page("b.css", "b.webp", "Rain")), "soft");
        assert_eq!(compare(&before, &page("b.css", "b.webp", "Snow")), "changed");
        assert_eq!(compare(&before, &bytes("<p>Rain")), "changed");
        // A picture brings a format more, another brightness, and other larger files for the viewer.
        let shown = |light: &str, source: &str, larger: &str| {
            bytes(&format!(
                "<body class=\"a\" style=\"--light-above:{light}\"><picture>{source}<img src=\"a.jpg\"></picture><template class=\"closeup\" data-larger=\"{larger}\">Rain</template>"
            ))
        };
        let webp = "<source type=\"image/webp\" srcset=\"a.webp 480w\">";
        assert_eq!(compare(&shown("0.2", "", "a.jpg"), &shown("0.9", webp, "b.jpg")), "soft");
    }

    #[test]
    fn addresses_and_titles_are_those_a_reader_sees() {
        assert_eq!(address_of("index.html"), "/");
        assert_eq!(address_of("stories/rain/index.html"), "/stories/rain/");
        assert_eq!(address_of("404.html"), "/404.html");
        assert_eq!(title_of(Some(&bytes("<h1 class=\"x\">Rain &amp; <em>snow</em></h1>"))), "Rain & snow");
        assert!(
            is_story("stories/rain/index.html")
                && !is_story("stories/index.html")
                && !is_story("stories/a/b/index.html")
        );
    }
}
