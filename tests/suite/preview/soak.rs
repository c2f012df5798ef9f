//! A long walk of edits at random, with the real notify: after each the output is that of a clean build.
//!
//! BACKLOT_SEED=N walks the same way again; BACKLOT_SOAK=N takes that many steps. Memory is compared with what the
//! preview held at the beginning for the same site, which is put back as it was then.

use super::Preview;
use super::edits::copy;
use crate::support::{Random, SiteTest, jpeg};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Enough for every kind to come several times.
const STEPS: usize = 120;
/// So many steps later the preview has done everything once, and what it holds is told for the first time.
const WARM: usize = 20;
/// So often it is told how much memory the preview holds.
const TOLD: usize = 50;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

struct Walk {
    site: SiteTest,
    random: Random,
    next: u32,
    stories: Vec<String>,
    boxes: Vec<String>,
    outside: Vec<String>,
    links: Vec<String>,
}

impl Walk {
    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn text(&mut self) -> String {
        let n = self.fresh();
        format!(
            "+++\ntitle = \"Part {}\"\nkind = \"diary\"\ndate = 2026-03-{:02}\n+++\n\nText {n}.\n",
            n % 9,
            1 + n % 28
        )
    }

    fn pick(&mut self, list: &[String]) -> Option<String> {
        (!list.is_empty()).then(|| list[self.random.below(list.len())].clone())
    }

    fn fill(&mut self, folder: &Path, stills: usize) {
        fs::create_dir_all(folder).unwrap();
        for i in 0..stills {
            let n = self.fresh();
            fs::write(folder.join(format!("s{n}-{i}.jpg")), jpeg(24, 16, n % 40)).unwrap();
        }
        let n = self.fresh();
        fs::write(folder.join("gallery.toml"), format!("title = \"Box {n}\"\n")).unwrap();
    }

    /// One edit; its name.
    fn edit(&mut self) -> &'static str {
        let story = self.pick(&self.stories.clone());
        let folder = self.pick(&self.boxes.clone());
        match (self.random.below(22), story, folder) {
            (0 | 1, Some(story), _) => {
                let text = self.text();
                self.site.file(&story, &text);
                "plain save"
            }
            (2, Some(story), _) => {
                let text = self.text();
                self.site.file("stories/.new.tmp", &text);
                fs::rename(self.site.path("stories/.new.tmp"), self.site.path(&story)).unwrap();
                "atomic save"
            }
            (3, Some(story), _) => {
                let text = self.text();
                let aside = format!("{story}~");
                self.site.file("stories/4913", "").remove("stories/4913");
                self.site.rename(&story, &aside).file(&story, &text).remove(&aside);
                "vim's save"
            }
            (4, Some(story), _) => {
                let text = self.text();
                let mut file = fs::File::create(self.site.path(&story)).unwrap();
                let (a, b) = text.split_at(40);
                file.write_all(a.as_bytes()).unwrap();
                file.sync_all().unwrap();
                file.write_all(b.as_bytes()).unwrap();
                "VS Code's save"
            }
            (5, Some(story), _) => {
                let n = self.fresh();
                let to = format!("stories/walk-{n}.md");
                self.site.rename(&story, &to);
                self.stories.retain(|one| *one != story);
                self.stories.push(to);
                "rename"
            }
            (6, Some(story), _) => {
                let name = story.trim_start_matches("stories/");
                let to = if name.starts_with('w') { name.replacen('w', "W", 1) } else { name.replacen('W', "w", 1) };
                let to = format!("stories/{to}");
                self.site.rename(&story, &to);
                self.stories.retain(|one| *one != story);
                self.stories.push(to);
                "rename of case"
            }
            (7, Some(story), _) if self.stories.len() > 2 => {
                self.site.remove(&story);
                self.stories.retain(|one| *one != story);
                "deletion"
            }
            (8, ..) if self.boxes.len() < 5 => {
                let n = self.fresh();
                let name = format!("media/nest-{n}/a/b");
                self.fill(&self.site.path(&name), 3);
                self.boxes.push(format!("media/nest-{n}"));
                "nested folders with files at once"
            }
            (9, ..) if !self.outside.is_empty() && self.boxes.len() < 5 => {
                let name = self.outside.remove(0);
                fs::rename(self.site.beside(&name), self.site.path(&format!("media/{name}"))).unwrap();
                self.boxes.push(format!("media/{name}"));
                "folder moved in"
            }
            (10, _, Some(folder)) => {
                let n = self.fresh();
                let name = format!("out-{n}");
                fs::rename(self.site.path(&folder), self.site.beside(&name)).unwrap();
                self.boxes.retain(|one| *one != folder);
                self.outside.push(name);
                "folder moved out"
            }
            (11 | 12, _, Some(folder)) => {
                let n = self.fresh();
                let to = format!("media/box-{n}");
                self.site.rename(&folder, &to);
                self.boxes.retain(|one| *one != folder);
                self.boxes.push(to);
                "folder renamed"
            }
            (13, ..) if self.boxes.len() < 5 => {
                let n = self.fresh();
                self.fill(&self.site.path(&format!("media/many-{n}")), 12);
                self.boxes.push(format!("media/many-{n}"));
                "many files copied"
            }
            (14, _, Some(folder)) => {
                let keep = self.site.beside("keep");
                copy(&self.site.path(&folder), &keep);
                self.site.remove(&folder);
                copy(&keep, &self.site.path(&folder));
                fs::remove_dir_all(keep).unwrap();
                "rm -rf and restore"
            }
            (15, _, Some(folder)) => {
                self.site.remove(&folder);
                self.boxes.retain(|one| *one != folder);
                "folder deleted"
            }
            #[cfg(unix)]
            (16, ..) if self.links.len() < 3 => {
                let n = self.fresh();
                let drive = self.site.beside(&format!("drive-{n}"));
                self.fill(&drive, 2);
                let link = format!("media/link-{n}");
                std::os::unix::fs::symlink(&drive, self.site.path(&link)).unwrap();
                self.links.push(format!("drive-{n}"));
                "link to a folder"
            }
            (17, ..) if !self.links.is_empty() => {
                let link = self.links[self.random.below(self.links.len())].clone();
                let drive = self.site.beside(&link);
                if fs::read_dir(&drive).unwrap().count() > 6 {
                    fs::remove_dir_all(&drive).unwrap();
                }
                self.fill(&drive, 1);
                "change behind a link"
            }
            (18, ..) => {
                let n = self.fresh();
                let text = self.site.text("site.toml");
                let line = text.lines().find(|line| line.starts_with("tagline")).unwrap().to_owned();
                self.site.remove("site.toml");
                self.site.file("site.toml", &text.replace(&line, &format!("tagline = \"Line {n}\"")));
                "site.toml replaced"
            }
            (19, ..) => {
                let n = self.fresh();
                self.site.file("theme/tokens.css", &format!(":root {{ --gap-{n}: 1px; }}\n"));
                "tokens of a theme"
            }
            (20, ..) => {
                let n = self.fresh();
                self.site
                    .file("theme/templates/body-end.html", &format!("<p>Ours {n}: {{{{ production.title }}}}</p>\n"));
                "template"
            }
            _ => {
                let (n, text) = (self.fresh(), self.text());
                let name = format!("stories/walk-{n}.md");
                if self.stories.len() < 8 {
                    self.site.file(&name, &text);
                    self.stories.push(name);
                    "new story"
                } else {
                    let file = fs::File::options().append(true).open(self.site.path("stories/rain.md")).unwrap();
                    file.set_modified(std::time::SystemTime::now()).unwrap();
                    "touch"
                }
            }
        }
    }
}

/// What a process holds in memory, in kilobytes, where the system tells: all, and what of it is no file's.
fn memory(process: u32) -> Option<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let of =
        |name: &str| status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok();
    Some((of("VmRSS:")?, of("RssAnon:")?))
}

/// The folders and files that the walk changes.
const WALKED: [&str; 4] = ["stories", "media", "theme", "site.toml"];

/// The site as it is now, kept beside it.
fn keep(site: &SiteTest) {
    for name in WALKED {
        carry(&site.path(name), &site.beside("then").join(name));
    }
}

/// The site is again what was kept.
fn put_back(site: &SiteTest) {
    for name in WALKED {
        site.remove(name);
        carry(&site.beside("then").join(name), &site.path(name));
    }
}

/// Copies a file, or a folder with its links.
fn carry(from: &Path, to: &Path) {
    let kind = fs::symlink_metadata(from).unwrap().file_type();
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    #[cfg(unix)]
    if kind.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from).unwrap(), to).unwrap();
    }
    if !kind.is_dir() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        carry(&entry.path(), &to.join(entry.file_name()));
    }
}

#[test]
fn after_any_edit_the_output_is_that_of_a_clean_build() {
    let seed = number("BACKLOT_SEED").unwrap_or(20_260_601);
    let steps = number("BACKLOT_SOAK").map_or(STEPS, |n| n as usize);
    println!("BACKLOT_SEED={seed} walks the same way again");
    let site = SiteTest::good();
    let mut walk = Walk {
        site,
        random: Random::new(seed),
        next: 0,
        stories: Vec::new(),
        boxes: Vec::new(),
        outside: Vec::new(),
        links: Vec::new(),
    };
    for _ in 0..4 {
        let (n, text) = (walk.fresh(), walk.text());
        walk.site.file(&format!("stories/walk-{n}.md"), &text);
        walk.stories.push(format!("stories/walk-{n}.md"));
    }
    let preview = Preview::of(&walk.site, &[]);
    preview.until_clean(&walk.site, "the first build");
    let mut kinds = std::collections::BTreeMap::<&str, usize>::new();
    let mut start = None;
    for step in 0..steps {
        // Now and then several edits without a pause between them.
        let mut names = Vec::new();
        for _ in 0..1 + walk.random.below(3) / 2 {
            names.push(walk.edit());
        }
        for name in &names {
            *kinds.entry(name).or_default() += 1;
        }
        preview.until_clean(&walk.site, &format!("step {step} of seed {seed}, {names:?}"));
        if step == WARM.min(steps / 4) {
            preview.until("idleness", || preview.state()["idle"] == true);
            start = memory(preview.id());
            keep(&walk.site);
        }
        if step % TOLD == 0 {
            preview.until("idleness", || preview.state()["idle"] == true);
            println!(
                "step {step}: {:?} kB, {} files",
                memory(preview.id()).unwrap_or_default(),
                preview.count("files")
            );
        }
    }
    preview.until("idleness", || preview.state()["idle"] == true);
    preview.serves(&walk.site.clean());
    println!("{steps} steps: {kinds:?}\n{}", preview.state());
    assert!(kinds.len() > 12 || steps < STEPS, "the walk hardly did anything: {kinds:?}");
    let last = memory(preview.id());
    put_back(&walk.site);
    preview.until_clean(&walk.site, "the site put back as it was");
    preview.until("idleness", || preview.state()["idle"] == true);
    if let (Some(start), Some(last), Some(end)) = (start, last, memory(preview.id())) {
        println!(
            "memory (all, and what is no file's) {start:?} kB after the first steps, {last:?} after the last, {end:?} with the site of then"
        );
        assert!(end.0 <= start.0 + start.0 / 5, "memory grew from {start:?} to {end:?} kB");
    }
}
