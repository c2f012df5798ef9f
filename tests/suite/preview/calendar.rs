//! What becomes public, or stops being so, while the preview runs.

use super::Preview;
use crate::support::{SiteTest, backlot};
use jiff::{SignedDuration, Timestamp};

fn story(site: &SiteTest, name: &str, field: &str, at: Timestamp) {
    let text =
        format!("+++\ntitle = \"{name}\"\nkind = \"diary\"\ndate = 2026-03-20\n{field} = {at:.0}\n+++\n\nWords.\n");
    site.file(&format!("stories/{name}.md"), &text);
}

#[test]
fn an_embargo_that_ends_is_seen_without_a_save() {
    let mut site = SiteTest::good();
    // Whole seconds, far enough for the first build to be over.
    let at = Timestamp::from_second(Timestamp::now().as_second() + 4).unwrap();
    story(&site, "secret", "embargo", at);
    story(&site, "fleeting", "expires", at);
    let mut command = backlot();
    command.arg("serve").arg(site.root()).args(["--port", "0", "--format", "json"]);
    let preview = Preview::started(command);
    let early = (preview.get("/stories/secret/").status, preview.get("/stories/fleeting/").status);
    if Timestamp::now() < at {
        assert_eq!(early, (404, 200));
    }
    preview.until("the end of the embargo", || preview.get("/stories/secret/").status == 200);
    preview.until("the expiry", || preview.get("/stories/fleeting/").status == 404);
    assert!(Timestamp::now() >= at, "it was shown too early");
    // From then on nothing is due, and a clean build gives the same.
    site.as_of = (at + SignedDuration::from_secs(1)).to_string();
    preview.until_clean(&site, "after the instant");
}

#[test]
fn a_day_that_was_chosen_stays() {
    let site = SiteTest::good();
    let at = Timestamp::from_second(Timestamp::now().as_second() + 1).unwrap();
    story(&site, "secret", "embargo", at);
    // `--as-of` is long ago here.
    let preview = Preview::of(&site, &[]);
    preview.until("the instant", || Timestamp::now() > at + SignedDuration::from_millis(1500));
    let looks = preview.count("looks") + preview.count("builds");
    site.edit("stories/light.md", "Forty sheets, one lamp", "Forty lamps, one sheet");
    preview.until_clean(&site, "a save");
    preview.until("idleness", || preview.state()["idle"] == true);
    assert_eq!(preview.count("looks") + preview.count("builds"), looks + 1, "it looked without a reason");
    assert_eq!(preview.get("/stories/secret/").status, 404);
}
