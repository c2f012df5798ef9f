//! Sites in temporary folders: write, edit, build, look at what came out.

pub(crate) mod good_site;
pub(crate) mod unpack;

use backlot::build::{self, Options, Report};
use backlot::diagnostic::{Diagnostic, Severity};
use backlot::publish::Silent;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// All builds are seen from here, so that no test depends on the day it is run.
pub(crate) const TODAY: &str = "2026-06-01T12:00:00Z";

/// Files of an output folder with their bytes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A site folder that goes away with the test.
pub(crate) struct SiteTest {
    temporary: TempDir,
    root: PathBuf,
    pub(crate) as_of: String,
}

impl SiteTest {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        let temporary = tempfile::Builder::new().prefix("backlot-test-").tempdir().expect("a temporary folder");
        fs::create_dir(temporary.path().join("site")).expect("a folder in it");
        let root = temporary.path().join("site");
        Self { temporary, root, as_of: TODAY.to_owned() }
    }

    /// A site without a mistake that has a little of everything; see `good_site`.
    pub(crate) fn good() -> Self {
        let site = Self::empty();
        good_site::write(&site);
        site
    }

    /// The good site again, with the output and the cache as they are.
    pub(crate) fn renew(&self) -> &Self {
        for entry in fs::read_dir(self.root()).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name != "public" && name != ".backlot" {
                self.remove(&name);
            }
        }
        good_site::write(self);
        self
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.root.clone()
    }

    /// The site is somewhere else from now on.
    pub(crate) fn move_to(&mut self, root: &Path) {
        root.clone_into(&mut self.root);
    }

    /// A place outside of the site that goes away with it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn public(&self) -> PathBuf {
        self.path("public")
    }

    pub(crate) fn bytes(&self, path: &str, bytes: &[u8]) -> &Self {
        let on_disk = self.path(path);
        fs::create_dir_all(on_disk.parent().unwrap()).unwrap();
        fs::write(on_disk, bytes).unwrap();
        self
    }

    pub(crate) fn file(&self, path: &str, text: &str) -> &Self {
        self.bytes(path, text.as_bytes())
    }

    pub(crate) fn still(&self, path: &str, width: u16, height: u16, seed: u32) -> &Self {
        self.bytes(path, &jpeg(width, height, seed))
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces the one place where a file says `from`.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = self.text(path);
        assert_eq!(text.matches(from).count(), 1, "{path} should say {from:?} once");
        self.file(path, &text.replacen(from, to, 1))
    }

    pub(crate) fn append(&self, path: &str, more: &str) -> &Self {
        let text = self.text(path);
        self.file(path, &format!("{text}{more}"))
    }

    /// Removes a file or a folder.
    pub(crate) fn remove(&self, path: &str) -> &Self {
        let on_disk = self.path(path);
        if on_disk.is_dir() { fs::remove_dir_all(on_disk) } else { fs::remove_file(on_disk) }.unwrap();
        self
    }

    pub(crate) fn rename(&self, from: &str, to: &str) -> &Self {
        let target = self.path(to);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::rename(self.path(from), target).unwrap();
        self
    }

    pub(crate) fn options(&self) -> Options {
        let mut options = Options::new(&self.root());
        options.as_of = Some(self.as_of.clone());
        options
    }

    pub(crate) fn build(&self) -> Outcome {
        self.build_with(|_| {})
    }

    pub(crate) fn build_with(&self, change: impl FnOnce(&mut Options)) -> Outcome {
        let mut options = self.options();
        change(&mut options);
        Outcome { report: build::run(&options, &Silent, || {}) }
    }

    /// What a build into a new folder with a new cache gives. It leaves the site's records alone.
    pub(crate) fn clean(&self) -> Tree {
        let fresh = tempfile::tempdir().unwrap();
        let output = fresh.path().join("public");
        let outcome = self.build_with(|options| {
            options.output.clone_from(&output);
            options.cache = fresh.path().join("cache");
            options.records = fresh.path().join("records");
        });
        outcome.is_good();
        tree(&output)
    }

    /// What lies in the output folder.
    pub(crate) fn tree(&self) -> Tree {
        tree(&self.public())
    }

    pub(crate) fn page(&self, path: &str) -> String {
        self.text(&format!("public/{path}"))
    }

    /// `backlot COMMAND SITE … --as-of TODAY`.
    pub(crate) fn run(&self, command: &str, more: &[&str]) -> Ran {
        ran(self.command(command, more).output().expect("the program starts"))
    }

    /// The same, not started yet.
    pub(crate) fn command(&self, command: &str, more: &[&str]) -> Command {
        let mut program = backlot();
        program.arg(command).arg(self.root()).args(["--as-of", &self.as_of]).args(more);
        program
    }
}

/// The program, with nothing on its command line.
pub(crate) fn backlot() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_backlot"));
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// What a build through the library gave.
pub(crate) struct Outcome {
    pub(crate) report: Report,
}

impl Outcome {
    pub(crate) fn messages(&self) -> Vec<&Diagnostic> {
        self.report.messages.sorted()
    }

    pub(crate) fn errors(&self) -> Vec<&Diagnostic> {
        self.messages().into_iter().filter(|m| m.severity == Severity::Error).collect()
    }

    /// Fails the test when there was an error.
    pub(crate) fn is_good(&self) -> &Self {
        assert!(self.report.is_good(), "{}", self.told());
        self
    }

    /// All messages, as a person reads them.
    pub(crate) fn told(&self) -> String {
        let style = backlot::diagnostic::human::Style::Plain;
        self.messages().iter().map(|m| backlot::diagnostic::human::draw(m, style) + "\n").collect()
    }

    /// Codes and messages of the errors.
    pub(crate) fn error_lines(&self) -> Vec<String> {
        self.errors().iter().map(|m| format!("{}: {}", m.code, m.message)).collect()
    }

    pub(crate) fn developed(&self) -> usize {
        self.report.developed.stills
    }

    /// Files written and removed.
    pub(crate) fn touched(&self) -> (usize, usize) {
        let written = self.report.written.unwrap_or_else(|| panic!("nothing was written:\n{}", self.told()));
        (written.written, written.removed)
    }

    /// Why something is held, by its label; nothing when it is not.
    pub(crate) fn reasons(&self, label: &str) -> Vec<String> {
        let held = self.report.held.iter().filter(|held| held.label == label);
        held.flat_map(|held| held.reasons.iter().map(|reason| format!("{reason:?}"))).collect()
    }
}

/// What the program said and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The messages of `--format json`, without the summary.
    pub(crate) fn json(&self) -> Vec<Value> {
        self.json_lines().into_iter().filter(|value| value.get("summary").is_none()).collect()
    }

    pub(crate) fn json_errors(&self) -> Vec<Value> {
        self.json().into_iter().filter(|value| value["severity"] == "error").collect()
    }

    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let line = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
        self.stdout.lines().map(line).collect()
    }
}

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// All files below a folder; none when it is not there.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut all = Tree::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        match fs::read(entry.path()) {
            Ok(bytes) => {
                all.insert(path, bytes);
            }
            // A preview that is still writing moves files to their places meanwhile.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => panic!("{path}: {error}"),
        }
    }
    all
}

/// Fails with the names of the files that differ.
pub(crate) fn assert_same(left: &Tree, right: &Tree, what: &str) {
    let differences = differences(left, right);
    assert!(differences.is_empty(), "{what}: {} files differ:\n{}", differences.len(), differences.join("\n"));
}

/// One line for each file that is only on one side or has other bytes.
pub(crate) fn differences(left: &Tree, right: &Tree) -> Vec<String> {
    let mut lines = Vec::new();
    for (path, bytes) in left {
        match right.get(path) {
            None => lines.push(format!("{path}: only on the left")),
            Some(other) if other != bytes => lines.push(format!("{path}: {}", first_difference(bytes, other))),
            Some(_) => {}
        }
    }
    lines
        .extend(right.keys().filter(|path| !left.contains_key(*path)).map(|path| format!("{path}: only on the right")));
    lines
}

fn first_difference(left: &[u8], right: &[u8]) -> String {
    let at = left.iter().zip(right).position(|(a, b)| a != b).unwrap_or(left.len().min(right.len()));
    let around = |bytes: &[u8]| {
        let from = at.saturating_sub(60);
        String::from_utf8_lossy(&bytes[from..bytes.len().min(at + 60)]).replace('\n', "⏎")
    };
    format!("at byte {at}\n    left:  {}\n    right: {}", around(left), around(right))
}

/// Files in whose name or bytes one of the words stands, in any case.
pub(crate) fn files_that_say(tree: &Tree, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in tree {
        for word in words {
            let word = word.to_lowercase();
            let said = contains(&bytes.to_ascii_lowercase(), word.as_bytes());
            if said || path.to_lowercase().contains(&word) {
                found.push(format!("{path} says {word:?}"));
            }
        }
    }
    found
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

/// 1-based line and column, in characters, of the first place where a text says `marker`.
pub(crate) fn place_of(text: &str, marker: &str) -> (usize, usize) {
    let at = text.find(marker).unwrap_or_else(|| panic!("{marker:?} is not in\n{text}"));
    let line = text[..at].matches('\n').count() + 1;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (line, text[start..at].chars().count() + 1)
}

/// RGB pixels that no other seed gives.
pub(crate) fn pixels(width: usize, height: usize, seed: u32) -> Vec<u8> {
    let mut random = Random::new(u64::from(seed));
    let base = [random.below(200), random.below(200), random.below(200)];
    let mut rgb = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            rgb.push((base[0] + x * 40 / width) as u8);
            rgb.push((base[1] + y * 40 / height) as u8);
            rgb.push((base[2] + (x / 8 + y / 8) % 2 * 30) as u8);
        }
    }
    rgb
}

pub(crate) fn jpeg(width: u16, height: u16, seed: u32) -> Vec<u8> {
    jpeg_of(&pixels(width.into(), height.into(), seed), width, height)
}

/// A JPEG of RGB pixels.
pub(crate) fn jpeg_of(rgb: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 85)
        .encode(rgb, width, height, jpeg_encoder::ColorType::Rgb)
        .expect("pixels can be encoded");
    bytes
}

/// A JPEG with an XMP packet (XMP specification part 3, 1.1.3).
pub(crate) fn jpeg_with_xmp(width: u16, height: u16, seed: u32, xmp: &str) -> Vec<u8> {
    let plain = jpeg(width, height, seed);
    let name = b"http://ns.adobe.com/xap/1.0/\0";
    let length = u16::try_from(2 + name.len() + xmp.len()).expect("a short packet");
    let marker = [&[0xFF, 0xE1][..], &length.to_be_bytes(), name, xmp.as_bytes()].concat();
    [&plain[..2], &marker, &plain[2..]].concat()
}

pub(crate) fn png(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let rgb = pixels(width as usize, height as usize, seed);
    image::RgbImage::from_raw(width, height, rgb)
        .expect("as many bytes as pixels want")
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("pixels can be encoded");
    bytes.into_inner()
}

/// Numbers that are the same for the same seed, on every machine (SplitMix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `limit`, without it.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}
