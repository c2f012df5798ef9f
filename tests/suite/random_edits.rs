//! A long walk of edits at random over one site with one cache, one output and one workshop: after every
//! step the output is that of a clean build, byte for byte, and the workshop has told what differs.

use crate::support::{Outcome, Random, SiteTest, Tree, assert_same, tree};
use backlot::build::{Order, Workshop};
use backlot::publish::Silent;
use std::collections::BTreeSet;

const STEPS: usize = 60;
const PEOPLE: [&str; 4] = ["ana-reyes", "bo-lindt", "cy-moreau", "di-okafor"];

/// The site that is edited, as data; every step writes the files that it changes.
struct Walk {
    site: SiteTest,
    random: Random,
    /// Numbers of stories, and what stands in them.
    stories: Vec<Story>,
    stills: Vec<Still>,
    /// One consent table each; `None` for somebody without a profile.
    people: [Option<usize>; 4],
    order: bool,
    title: usize,
    accent: usize,
    override_on: bool,
    statics: BTreeSet<usize>,
    next: usize,
}

struct Story {
    slug: String,
    title: usize,
    text: usize,
    kind: usize,
    window: usize,
    still: Option<usize>,
}

struct Still {
    name: String,
    seed: u32,
    caption: usize,
    person: Option<usize>,
    killed: bool,
}

const CONSENT: [&str; 5] = [
    "",
    "[consent]\nstatus = \"granted\"\n",
    "[consent]\nstatus = \"withdrawn\"\n",
    "[consent]\nstatus = \"limited\"\nscope = [\"name\"]\n",
    "[consent]\nstatus = \"granted\"\nexpires = 2026-05-01\n",
];
const WINDOW: [&str; 5] =
    ["", "embargo = 2026-07-01\n", "expires = 2026-05-01T12:00:00\n", "draft = true\n", "embargo = 2026-05-01\n"];
const KINDS: [&str; 3] = ["diary", "making-of", "music"];
const ACCENTS: [&str; 3] = ["#f2b45c", "#8fd3ff", "#ff9d9d"];

impl Walk {
    fn begin(seed: u64) -> Self {
        let stills = (0..4)
            .map(|i| Still { name: format!("shot-{i}"), seed: 1000 + i, caption: 0, person: None, killed: false })
            .collect();
        let story =
            |i: usize| Story { slug: format!("part-{i}"), title: i, text: i, kind: i % 3, window: 0, still: Some(i) };
        Self {
            site: SiteTest::empty(),
            random: Random::new(seed),
            stories: (0..3).map(story).collect(),
            stills,
            people: [Some(1), Some(0), Some(0), None],
            order: false,
            title: 0,
            accent: 0,
            override_on: false,
            statics: BTreeSet::new(),
            next: 10,
        }
    }

    /// Writes the whole site anew; files that are no longer part of it go.
    fn write(&self) {
        let site = &self.site;
        let mut wanted: Vec<(String, Vec<u8>)> = Vec::new();
        let mut file = |path: String, text: String| wanted.push((path, text.into_bytes()));
        file(
            "site.toml".into(),
            format!(
                "[production]\ntitle = \"Walk {}\"\n[site]\nbase_url = \"https://example.com/\"\n[photos]\nquality = \"draft\"\n[theme]\naccent = \"{}\"\n",
                self.title, ACCENTS[self.accent]
            ),
        );
        for story in &self.stories {
            let figure = story
                .still
                .and_then(|i| self.stills.get(i))
                .map(|still| format!("![A shot]({}.jpg \"Shot\")\n\n", still.name));
            let people: Vec<String> =
                (0..4).filter(|p| self.people[*p].is_some()).map(|p| format!("[[{}|someone]]", PEOPLE[p])).collect();
            file(
                format!("stories/{}.md", story.slug),
                format!(
                    "+++\ntitle = \"Part {}\"\nkind = \"{}\"\nphase = \"production\"\ndate = 2026-03-{:02}\n{}+++\n\n{}Text number {}. With {}.\n\n```gallery\ngallery = \"shots\"\n```\n",
                    story.title,
                    KINDS[story.kind],
                    1 + story.title % 28,
                    WINDOW[story.window],
                    figure.unwrap_or_default(),
                    story.text,
                    people.join(" and ")
                ),
            );
        }
        for (slug, consent) in PEOPLE.iter().zip(self.people).filter_map(|(slug, consent)| Some((slug, consent?))) {
            file(
                format!("crew/{slug}.md"),
                format!("+++\nname = \"The {slug} person\"\nrole = \"Help\"\n{}+++\n\nHelps.\n", CONSENT[consent]),
            );
        }
        let order: Vec<String> = self.stills.iter().rev().map(|still| format!("\"{}.jpg\"", still.name)).collect();
        let mut gallery =
            format!("title = \"Shots\"\norder = [{}]\n", if self.order { order.join(", ") } else { String::new() });
        for still in &self.stills {
            let person = still.person.filter(|p| self.people[*p].is_some());
            let people = person.map_or(String::new(), |p| format!("people = [\"{}\"]\n", PEOPLE[p]));
            gallery += &format!(
                "[still.\"{}.jpg\"]\ncaption = \"Caption {}\"\nalt = \"A shot\"\nkilled = {}\n{people}",
                still.name, still.caption, still.killed
            );
        }
        file("media/shots/gallery.toml".into(), gallery);
        for number in &self.statics {
            file(format!("static/files/{}.txt", number % 7), format!("File {number}\n"));
        }
        if self.override_on {
            file("theme/templates/body-end.html".into(), "<p>Ours: {{ production.title }}</p>\n".into());
        }
        for still in &self.stills {
            wanted.push((format!("media/shots/{}.jpg", still.name), crate::support::jpeg(60, 40, still.seed)));
        }
        for path in
            tree(&site.root()).keys().filter(|path| !path.starts_with("public/") && !path.starts_with(".backlot/"))
        {
            if !wanted.iter().any(|(kept, _)| kept == path) {
                site.remove(path);
            }
        }
        for (path, bytes) in wanted {
            if std::fs::read(site.path(&path)).ok().as_deref() != Some(&bytes) {
                site.bytes(&path, &bytes);
            }
        }
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// One edit; its name.
    fn edit(&mut self) -> &'static str {
        let (number, choice) = (self.number(), self.random.below(19));
        let story = self.random.below(self.stories.len());
        let still = self.random.below(self.stills.len());
        let person = self.random.below(4);
        match choice {
            0 => {
                self.stories[story].text = number;
                "text of a story"
            }
            1 => {
                self.stories[story].title = number;
                "title of a story"
            }
            2 => {
                self.stories[story].kind = self.random.below(3);
                "kind of a story"
            }
            3 | 4 => {
                self.stories[story].window = self.random.below(WINDOW.len());
                "embargo, expiry or draft"
            }
            5 => {
                self.stories[story].still = Some(still);
                "still of a story"
            }
            6 if self.stories.len() < 6 => {
                let (slug, kind) = (format!("part-{number}"), self.random.below(3));
                self.stories.push(Story { slug, title: number, text: number, kind, window: 0, still: None });
                "a new story"
            }
            7 if self.stories.len() > 1 => {
                self.stories.remove(story);
                "a story less"
            }
            8 => {
                self.stories[story].slug = format!("part-{number}");
                "a story renamed"
            }
            9 => {
                self.stills[still].caption = number;
                "caption"
            }
            10 if self.stills.len() < 7 => {
                self.stills.push(Still {
                    name: format!("shot-{number}"),
                    seed: number as u32,
                    caption: 0,
                    person: Some(person),
                    killed: false,
                });
                "a new still"
            }
            11 if self.stills.len() > 2 => {
                self.stills.remove(still);
                "a still less"
            }
            12 => {
                self.stills[still].name = format!("shot-{number}");
                "a still renamed"
            }
            13 => {
                self.stills[still].killed ^= true;
                "a still killed or not"
            }
            14 => {
                self.stills[still].person = Some(person);
                "who is on a still"
            }
            15 => {
                self.people[person] =
                    if self.random.below(5) == 0 { None } else { Some(self.random.below(CONSENT.len())) };
                "consent"
            }
            16 => {
                self.order ^= true;
                "order of the gallery"
            }
            17 => {
                if !self.statics.remove(&(number % 3)) {
                    self.statics.insert(number % 3);
                }
                "a file to copy"
            }
            18 => match self.random.below(4) {
                0 => {
                    self.title = number;
                    "title of the film"
                }
                1 => {
                    self.accent = self.random.below(ACCENTS.len());
                    "accent"
                }
                2 => {
                    self.override_on ^= true;
                    "a template of the site's own"
                }
                _ => {
                    self.stills[still].seed = number as u32;
                    "another picture of the same name"
                }
            },
            _ => {
                self.stories[story].text = number;
                "text of a story"
            }
        }
    }
}

#[test]
fn after_any_edit_the_output_is_that_of_a_clean_build() {
    let seed = std::env::var("BACKLOT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_260_601);
    println!("BACKLOT_SEED={seed} walks the same way again");
    let mut walk = Walk::begin(seed);
    walk.write();
    let mut workshop = Workshop::new();
    let mut shown = Tree::new();
    let mut done: Vec<&str> = Vec::new();
    let mut trees = BTreeSet::new();
    for step in 0..STEPS {
        done.push(walk.edit());
        walk.write();
        // Somebody else builds the site in between; the workshop then has to find out.
        let by_workshop = step % 4 != 3;
        let outcome = if by_workshop {
            Outcome { report: workshop.run(&Order::new(&walk.site.options(), &Silent), || {}) }
        } else {
            walk.site.build()
        };
        let story = format!("step {step}, after {:?}", &done[done.len().saturating_sub(4)..]);
        assert!(outcome.report.is_good(), "{story}:\n{}", outcome.told());
        let now = walk.site.tree();
        assert_same(&now, &walk.site.clean(), &story);
        if by_workshop {
            let changes = &outcome.report.changes;
            changes.removed.iter().for_each(|path| assert!(shown.remove(path).is_some(), "{story}: {path}"));
            shown.extend(changes.changed.iter().map(|path| (path.clone(), now[path].clone())));
            let published = now.iter().filter(|(path, _)| *path != ".backlot-output.json");
            assert_same(&published.map(|(path, bytes)| (path.clone(), bytes.clone())).collect(), &shown, &story);
        }
        trees.insert(now.get("index.html").cloned());
    }
    let kinds: BTreeSet<&str> = done.iter().copied().collect();
    println!("{} kinds of edits, {} different home pages", kinds.len(), trees.len());
    assert!(kinds.len() > 8, "the walk hardly did anything: {kinds:?}");
}
