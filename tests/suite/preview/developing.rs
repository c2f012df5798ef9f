//! Pages first, pixels after: what happens while stills are being developed.

use super::Preview;
use crate::support::{SiteTest, assert_same, tree};
use backlot::build::{Order, Report, Workshop};
use backlot::publish::{Client, Patient, Progress, Silent};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

/// Large enough to take a while, even where no picture of the site is large.
fn still(site: &SiteTest, name: &str, width: u16, seed: u32) {
    site.still(&format!("media/slow/{name}"), width, width / 4 * 3, seed);
}

fn slow(count: u32) -> SiteTest {
    let site = SiteTest::good();
    site.file("media/slow/gallery.toml", "title = \"Slow\"\n");
    for i in 0..count {
        still(&site, &format!("large-{i:02}.jpg"), 2400, 500 + i);
    }
    site
}

/// Somebody who is called away at once.
struct Busy;

impl Client for Busy {
    fn is_called_away(&self) -> bool {
        true
    }
}

#[test]
fn work_that_is_broken_off_is_taken_up_again() {
    let site = slow(6);
    let mut options = site.options();
    options.jobs = 1;
    let mut workshop = Workshop::new();
    let early = |_: &Report| {};
    let mut order = Order { client: &Busy, early: Some(&early), ..Order::new(&options, &Silent) };
    let first = workshop.run(&order, || {});
    assert!(first.is_good() && first.is_unfinished(), "the work was not broken off");
    assert!(first.written.is_none() && !site.public().exists(), "half a site was written");
    assert!(first.site.is_some(), "the pages were made");
    // Each time at least the picture in hand is finished.
    let made = || tree(&site.path(".backlot/made")).len();
    let before = made();
    let second = workshop.run(&order, || {});
    assert!(second.is_good() && made() > before, "no picture was finished");
    order.client = &Patient;
    let before = made();
    let last = workshop.run(&order, || {});
    assert!(last.is_good() && !last.is_unfinished() && last.written.is_some());
    assert_eq!(last.developed.prints, made() - before, "what was there has been made again");
    assert_same(&site.tree(), &site.clean(), "after work that was broken off twice");
}

/// Somebody who looks at the page of one still.
#[derive(Debug, Default)]
struct Viewer {
    wanted: RefCell<BTreeSet<PathBuf>>,
}

impl Client for Viewer {
    fn waits_for(&self) -> BTreeSet<PathBuf> {
        self.wanted.borrow().clone()
    }
}

/// In which order stills are begun.
#[derive(Debug, Default)]
struct Begun(Mutex<Vec<String>>);

impl Progress for Begun {
    fn begin(&self, _: usize, _: f64) {}
    fn start(&self, path: &str) {
        self.0.lock().unwrap().push(path.to_owned());
    }
    fn advance(&self, _: f64) {}
    fn end(&self) {}
}

#[test]
fn what_a_browser_waits_for_comes_first() {
    let site = slow(4);
    still(&site, "wanted.jpg", 400, 600);
    let mut options = site.options();
    options.jobs = 1;
    let (viewer, begun) = (Viewer::default(), Begun::default());
    let early = |report: &Report| {
        let made = report.site.as_ref().unwrap();
        let page = made.get("galleries/slow/wanted/index.html").unwrap();
        let backlot::publish::Made::Bytes(page) = page else { panic!("a page is bytes") };
        let page = String::from_utf8_lossy(page).into_owned();
        let picture = page.split("srcset=\"../../../").nth(1).unwrap().split(' ').next().unwrap();
        viewer.wanted.borrow_mut().extend(made.get(picture).unwrap().file().map(ToOwned::to_owned));
    };
    let order = Order { client: &viewer, early: Some(&early), ..Order::new(&options, &begun) };
    assert!(Workshop::new().run(&order, || {}).is_good());
    let order = begun.0.lock().unwrap();
    assert_eq!(order.iter().position(|path| path.ends_with("wanted.jpg")), Some(1), "{order:?}");
}

#[test]
fn a_save_is_seen_before_all_stills_are_there() {
    let site = slow(60);
    let preview = Preview::begun(site.command("serve", &["--port", "0", "--format", "json", "--jobs", "1"]));
    preview.until("the first page", || preview.get("/stories/light/").status == 200);
    site.edit("stories/light.md", "Forty sheets, one lamp", "Forty lamps, one sheet");
    preview.until("what was saved", || preview.get("/stories/light/").text().contains("Forty lamps, one sheet"));
    assert_eq!(preview.state()["idle"], false, "all stills were there first");
    // A picture that is not there yet is a placeholder, and none of the site's.
    let page = preview.get("/galleries/slow/large-59/").text();
    let picture = page.split("srcset=\"../../../").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let early = preview.get(&format!("/{picture}"));
    assert_eq!((early.status, early.header("content-type")), (200, Some("image/svg+xml")));
    preview.until("the picture", || preview.get(&format!("/{picture}")).header("content-type") == Some("image/webp"));
    preview.until_clean(&site, "all of it");
    preview.serves(&site.clean());
}
