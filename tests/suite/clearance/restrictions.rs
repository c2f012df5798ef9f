//! Whatever is forbidden in addition, nothing more is published: tried on sites and restrictions of chance.

use crate::support::{Random, SiteTest, good_site::FILM};
use backlot::build;
use backlot::clearance::{Subject, account};
use backlot::diagnostic::Diagnostics;
use std::collections::{BTreeMap, BTreeSet};

const SITES: u64 = 16;
const STEPS: usize = 10;
const PEOPLE: usize = 3;
const STILLS: usize = 5;

/// Fields that forbid something, each by the file and table that it stands in.
#[derive(Default)]
struct Site {
    fields: BTreeMap<(String, String), BTreeMap<&'static str, String>>,
    /// Who is on which still, and on the clip.
    depicted: Vec<Vec<usize>>,
    approvals: BTreeMap<(usize, usize), &'static str>,
}

impl Site {
    fn of_chance(random: &mut Random) -> Self {
        let mut site = Self::default();
        for still in 0..=STILLS {
            site.depicted.push((0..PEOPLE).filter(|_| random.below(3) == 0).collect());
            for person in 0..PEOPLE {
                if random.below(2) == 0 {
                    site.approvals.insert((still, person), "approved");
                }
            }
        }
        for person in 0..PEOPLE {
            if random.below(3) > 0 {
                site.set(&format!("crew/p{person}.md"), "[consent]", "status", "\"granted\"");
            }
        }
        site
    }

    fn set(&mut self, file: &str, table: &str, field: &'static str, value: &str) {
        self.fields.entry((file.to_owned(), table.to_owned())).or_default().insert(field, value.to_owned());
    }

    /// Forbids something more; what it was.
    fn restrict(&mut self, random: &mut Random) -> String {
        let (person, still) = (random.below(PEOPLE), random.below(STILLS));
        let profile = format!("crew/p{person}.md");
        let consent =
            |field: &'static str, value: &str| (profile.clone(), "[consent]".to_owned(), field, value.to_owned());
        let top = |file: &str, field, value: &str| (file.to_owned(), String::new(), field, value.to_owned());
        let of_still = |field: &'static str, value: &str| {
            ("media/g/gallery.toml".to_owned(), format!("[still.\"s{still}.jpg\"]"), field, value.to_owned())
        };
        let setting = |field, value: &str| ("site.toml".to_owned(), "[clearance]".to_owned(), field, value.to_owned());
        let chosen = match random.below(20) {
            0 => consent("status", "\"withdrawn\""),
            1 => consent("status", "\"pending\""),
            2 => consent("scope", "[\"quotes\"]"),
            3 => consent("media", "[\"press\"]"),
            4 => consent("signed", "2027-01-01"),
            5 => consent("expires", "2026-01-01"),
            6 => consent("minor", "true"),
            7 => top(&profile, "embargo", "2027-01-01"),
            8 => top("media/g/gallery.toml", "embargo", "2027-01-01"),
            9 => top("stories/t.md", "draft", "true"),
            10 => top("stories/t.md", "expires", "2026-02-01"),
            11 => of_still("killed", "true"),
            12 => of_still("embargo", "2026-06-01T12:00:01Z"),
            13 => of_still("people_complete", "false"),
            14 => setting("consent", "\"required\""),
            15 => setting("unnamed", "\"hold\""),
            16 => (profile.clone(), "[approval]".to_owned(), "window", "\"5 days\"".to_owned()),
            17 => {
                self.approvals.insert((still, person), "killed");
                return format!("p{person} kills s{still}");
            }
            18 => {
                // Nobody takes a refusal back here.
                self.approvals.retain(|key, said| *key != (still, person) || *said == "killed");
                return format!("p{person} does not say anything about s{still}");
            }
            _ => ("media/g/gallery.toml".to_owned(), "[clip.\"c.mp4\"]".to_owned(), "killed", "true".to_owned()),
        };
        let (file, table, field, value) = chosen;
        let table_there = self.fields.contains_key(&(file.clone(), table.clone()));
        if table == "[consent]" && !table_there {
            self.set(&file, &table, "status", "\"granted\"");
        }
        // What forbids most stays.
        let known = self.fields.get(&(file.clone(), table.clone())).and_then(|fields| fields.get(field));
        if known.is_none_or(|known| known != "\"withdrawn\"") {
            self.set(&file, &table, field, &value);
        }
        format!("{file} {table} {field} = {value}")
    }

    fn text(&self, file: &str, table: &str) -> String {
        let fields = self.fields.get(&(file.to_owned(), table.to_owned()));
        fields.into_iter().flatten().map(|(field, value)| format!("{field} = {value}\n")).collect()
    }

    fn table(&self, file: &str, table: &str) -> String {
        let text = self.text(file, table);
        if text.is_empty() { text } else { format!("{table}\n{text}") }
    }

    fn write(&self, site: &SiteTest) {
        site.file("site.toml", &format!("[production]\ntitle = \"T\"\n{}", self.table("site.toml", "[clearance]")));
        for person in 0..PEOPLE {
            let file = format!("crew/p{person}.md");
            let tables = self.table(&file, "[consent]") + &self.table(&file, "[approval]");
            site.file(&file, &format!("+++\nname = \"Person {person}\"\n{}{tables}+++\n", self.text(&file, "")));
        }
        site.file("stories/t.md", &format!("+++\ntitle = \"T\"\n{}+++\n\nT.\n", self.text("stories/t.md", "")));
        let gallery = "media/g/gallery.toml";
        let people = |depicted: &[usize]| depicted.iter().map(|p| format!("\"p{p}\"")).collect::<Vec<_>>().join(", ");
        let mut fields = format!("title = \"G\"\n{}", self.text(gallery, ""));
        for still in 0..STILLS {
            let table = format!("[still.\"s{still}.jpg\"]");
            fields += &format!("{table}\npeople = [{}]\n{}", people(&self.depicted[still]), self.text(gallery, &table));
        }
        let clip = "[clip.\"c.mp4\"]";
        fields += &format!("{clip}\npeople = [{}]\n{}", people(&self.depicted[STILLS]), self.text(gallery, clip));
        site.file(gallery, &fields);
        let said = self.approvals.iter().filter(|((still, _), _)| *still < STILLS);
        let line =
            |((still, person), word): (&(usize, usize), &&str)| format!("s{still}.jpg,p{person},{word},2026-03-01\n");
        site.file("approvals.csv", &format!("still,person,decision,date\n{}", said.map(line).collect::<String>()));
    }
}

fn published(site: &SiteTest) -> BTreeSet<Subject> {
    let mut messages = Diagnostics::new();
    let read = build::read(&site.options(), &mut messages).expect("a site");
    assert!(!messages.has_errors(), "{:?}", messages.sorted());
    account(&read.production, read.occasion).1.into_iter().map(|cleared| cleared.subject).collect()
}

#[test]
fn a_restriction_never_publishes_more() {
    let files = SiteTest::empty();
    for still in 0..STILLS {
        files.still(&format!("media/g/s{still}.jpg"), 24, 16, still as u32);
    }
    files.bytes("media/g/c.mp4", FILM);
    let (mut fewer, mut steps) = (0, 0);
    for seed in 0..SITES {
        let mut random = Random::new(seed);
        let mut site = Site::of_chance(&mut random);
        site.write(&files);
        let mut before = published(&files);
        let mut done = Vec::new();
        for _ in 0..STEPS {
            done.push(site.restrict(&mut random));
            site.write(&files);
            let after = published(&files);
            let more: Vec<&Subject> = after.difference(&before).collect();
            assert!(more.is_empty(), "seed {seed}: {more:?} came by the last of\n  {}", done.join("\n  "));
            fewer += usize::from(after.len() < before.len());
            steps += 1;
            before = after;
        }
    }
    assert!(fewer > steps / 5, "only {fewer} of {steps} restrictions hold anything");
}
