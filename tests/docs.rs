//! What README says is so: its examples build, its commands print what it shows, and its lists of
//! options and fields are those of the program. The site of `backlot new` explains every field.

#![allow(clippy::unwrap_used, clippy::panic)]

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(project().join("README.md")).unwrap()
}

/// Runs backlot; its exit code, and everything it printed.
fn backlot(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_backlot")).args(arguments).current_dir(folder).output().unwrap();
    let printed = [run.stdout, run.stderr].concat();
    (run.status.code().unwrap(), String::from_utf8(printed).unwrap())
}

/// A fenced block: the words after the marks, and what is in it.
struct Block {
    info: Vec<String>,
    text: String,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let info = info.split_whitespace().map(ToOwned::to_owned).collect();
                open = Some(Block { info, text: String::new() });
            }
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.text.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

/// From top to bottom, as a reader would: files are written, commands are run.
#[test]
fn readme_works_as_written() {
    let desk = tempfile::tempdir().unwrap();
    let (mut files, mut commands) = (0, 0);
    for block in blocks(&readme()) {
        let info: Vec<&str> = block.info.iter().map(String::as_str).collect();
        match info.as_slice() {
            ["console"] => commands += run_all(desk.path(), &block.text, 0),
            ["console", exit] => {
                let exit = exit.strip_prefix("exit=").expect("exit=N").parse().unwrap();
                commands += run_all(desk.path(), &block.text, exit);
            }
            ["toml" | "markdown", path] => {
                files += 1;
                write(desk.path(), path, &block.text);
            }
            other => panic!("README has a block that is not tested: {other:?}"),
        }
    }
    assert!(files >= 6 && commands >= 5, "README has not been read: {files} files, {commands} commands");
}

/// Writes a file; beside a gallery.toml also the stills that README tells the reader to put there.
fn write(desk: &Path, path: &str, text: &str) {
    let target = desk.join(path);
    let folder = target.parent().unwrap();
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(&target, text).unwrap();
    if path.ends_with("gallery.toml") {
        let table: toml::Table = text.parse().unwrap();
        let drawings = ["slate.jpg", "lens.jpg", "empty-chair.jpg"].iter().cycle();
        for (name, drawing) in table["still"].as_table().unwrap().keys().zip(drawings) {
            std::fs::copy(scaffold().join("media/day-01").join(drawing), folder.join(name)).unwrap();
        }
    }
}

fn scaffold() -> PathBuf {
    project().join("src/cli/scaffold")
}

/// Runs the lines that begin with `$ backlot`, and looks for the lines shown below each.
fn run_all(desk: &Path, session: &str, exit: i32) -> usize {
    let mut count = 0;
    for step in session.split("$ ").skip(1) {
        let (command, shown) = step.split_once('\n').unwrap();
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            ["backlot", "serve", arguments @ ..] => {
                let printed = preview(desk, arguments);
                find_lines(command, shown, &printed);
                count += 1;
            }
            ["backlot", arguments @ ..] => {
                let (code, printed) = backlot(desk, arguments);
                assert_eq!(code, exit, "`{command}` ended with {code}:\n{printed}");
                find_lines(command, shown, &printed);
                count += 1;
            }
            ["cargo", "run", "--release", "--", "serve", site] => assert!(project().join(site).is_dir(), "{site}"),
            ["cargo", "install", "--path", "."] => {}
            [script] => assert!(project().join(script).is_file(), "there is no {script}"),
            other => panic!("README has a command that is not tested: {other:?}"),
        }
    }
    count
}

/// Starts a preview without a browser, looks at its first page, and stops it; what it printed until it answered.
fn preview(desk: &Path, arguments: &[&str]) -> String {
    let arguments = arguments.iter().filter(|argument| **argument != "--open");
    let mut program = Command::new(env!("CARGO_BIN_EXE_backlot"));
    program.arg("serve").args(arguments).current_dir(desk).stderr(std::process::Stdio::piped());
    let mut running = program.spawn().unwrap();
    let mut lines = BufReader::new(running.stderr.take().unwrap()).lines();
    let mut printed = String::new();
    let address = loop {
        let line = lines.next().expect("it says where it is").unwrap();
        printed += &format!("{line}\n");
        if let Some((_, address)) = line.split_once("http://") {
            break address.trim_end_matches('/').to_owned();
        }
    };
    let mut page = String::new();
    for _ in 0..600 {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        page.clear();
        stream.read_to_string(&mut page).unwrap();
        if page.starts_with("HTTP/1.1 200") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("</html>"), "{page}");
    printed
}

/// Each line of `shown` has to be printed, in that order; `…` stands for anything.
fn find_lines(command: &str, shown: &str, printed: &str) {
    let mut lines = printed.lines();
    for line in shown.lines().filter(|line| !line.trim().is_empty()) {
        let found = lines.any(|printed| is_shown_as(printed, line));
        assert!(found, "`{command}` does not print, or not in this place:\n  {line}\nIt prints:\n{printed}");
    }
}

fn is_shown_as(printed: &str, shown: &str) -> bool {
    let pieces: Vec<&str> = shown.split('…').map(str::trim).collect();
    let mut rest = printed.trim();
    if pieces.len() == 1 {
        return rest == pieces[0];
    }
    pieces.iter().all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

#[test]
fn readme_and_help_have_the_same_options() {
    let here = project();
    let mut of_help = BTreeSet::new();
    for command in [
        &["--help"][..],
        &["new", "--help"],
        &["build", "--help"],
        &["check", "--help"],
        &["serve", "--help"],
        &["watch", "--help"],
        &["add", "--help"],
        &["clearance", "--help"],
        &["schedule", "--help"],
        &["approvals", "export", "--help"],
        &["approvals", "import", "--help"],
        &["withdraw", "--help"],
        &["clean", "--help"],
        &["develop", "--help"],
        &["theme", "list", "--help"],
        &["theme", "eject", "--help"],
    ] {
        let (code, help) = backlot(&here, command);
        assert_eq!(code, 0);
        of_help.extend(options(&help));
    }
    let readme = readme();
    let of_others = |line: &&str| line.contains("cargo ");
    let lines: Vec<&str> = readme.lines().filter(|line| !of_others(line)).collect();
    assert!(of_help.contains("--as-of"), "the help has not been read");
    assert_eq!(options(&lines.join("\n")), of_help, "README (left) and --help (right)");
}

/// `--word` wherever it stands.
fn options(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_lowercase() && c != '-');
    words.filter(|word| word.len() > 3 && word.starts_with("--") && !word.starts_with("---")).map(Into::into).collect()
}

#[test]
fn readme_and_help_have_the_same_commands() {
    let (_, help) = backlot(&project(), &["--help"]);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let of_help: BTreeSet<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let readme = readme();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `backlot "));
    let of_readme: BTreeSet<&str> = rows.filter_map(|row| row.split([' ', '`']).next()).collect();
    assert_eq!(of_readme, of_help);
}

/// A site in which every table has a field that does not exist: so Backlot lists those that do.
const NONSENSE: &[(&str, &str)] = &[
    (
        "site.toml",
        "[production]\ntitle = 'x'\nzz = 1\n[site]\nzz = 1\n[photos]\nzz = 1\n[clips]\nzz = 1\n[clearance]\nzz = 1\n[theme]\nzz = 1\n",
    ),
    ("stories/x.md", "+++\ntitle = 'x'\nzz = 1\n+++\n"),
    (
        "stories/blocks.md",
        "+++\ntitle = 'x'\n+++\n```gallery\nzz = 1\n```\n```compare\nzz = 1\n```\n```video\nzz = 1\n```\n\
         ```quote\nzz = 1\n```\n```zoom\nzz = 1\ndetails = [{ zz = 1 }]\n```\n",
    ),
    ("crew/x.md", "+++\nname = 'x'\nzz = 1\n[consent]\nstatus = 'granted'\nzz = 1\n[approval]\nzz = 1\n+++\n"),
    ("pages/x.md", "+++\ntitle = 'x'\nzz = 1\n+++\n"),
    (
        "media/g/gallery.toml",
        "title = 'x'\nzz = 1\n[defaults]\nzz = 1\n[still.'a.jpg']\nzz = 1\n[clip.'a.mp4']\nzz = 1\n\
         chapters = [{ zz = 1, at = '0:00', title = 'x' }]\n",
    ),
];

/// The legal fields by file of [`NONSENSE`], as the messages list them.
fn legal_fields() -> BTreeMap<String, BTreeSet<String>> {
    let site = tempfile::tempdir().unwrap();
    for (path, text) in NONSENSE {
        std::fs::create_dir_all(site.path().join(path).parent().unwrap()).unwrap();
        std::fs::write(site.path().join(path), text).unwrap();
    }
    let (code, printed) = backlot(site.path(), &["check", "--format", "json"]);
    assert_eq!(code, 1);
    let mut fields: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for message in printed.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()) {
        if message["code"] == "unknown-key" {
            let hints: Vec<&str> = message["hints"].as_array().unwrap().iter().filter_map(|h| h.as_str()).collect();
            let list = hints.iter().find_map(|hint| hint.split_once(" are ")).expect("a list of fields").1;
            let of_file = fields.entry(message["file"].as_str().unwrap().to_owned()).or_default();
            of_file.extend(quoted(list));
        }
    }
    // The tables themselves are shown in brackets.
    let tables = ["production", "site", "photos", "clearance", "consent", "defaults", "still", "clip"];
    fields.get_mut("media/g/gallery.toml").unwrap().retain(|field| !tables.contains(&field.as_str()));
    fields.get_mut("crew/x.md").unwrap().retain(|field| !["consent", "approval"].contains(&field.as_str()));
    assert_eq!(fields.len(), NONSENSE.len(), "{fields:?}");
    fields
}

/// Everything between backquotes that looks like the name of a field.
fn quoted(text: &str) -> Vec<String> {
    let inside = text.split('`').skip(1).step_by(2);
    inside.filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_')).map(ToOwned::to_owned).collect()
}

/// The part of README between a line that is `from` and the next line that begins like it.
fn section<'a>(readme: &'a str, from: &str, next: &str) -> &'a str {
    let rest = readme.split_once(&format!("\n{from}\n")).unwrap_or_else(|| panic!("README lacks {from}")).1;
    rest.split(&format!("\n{next}")).next().unwrap()
}

#[test]
fn readme_lists_every_field_and_no_other() {
    let readme = readme();
    let legal = legal_fields();
    for (file, heading) in [
        ("site.toml", "**site.toml**"),
        ("stories/x.md", "**A story**"),
        ("crew/x.md", "**A person**"),
        ("media/g/gallery.toml", "**gallery.toml**"),
        ("pages/x.md", "**A page**"),
    ] {
        let part = section(&readme, heading, "**").split("\n#").next().unwrap();
        let first_cells = part.lines().filter(|line| line.starts_with("| ")).filter_map(|line| line.split('|').nth(1));
        let mut listed: BTreeSet<String> = first_cells.flat_map(quoted).collect();
        if file == "media/g/gallery.toml" {
            // Fields of a chapter stand in the example of `chapters`.
            listed.extend(["at".to_owned()]);
        }
        assert_eq!(listed, legal[file], "{heading}: README (left) and Backlot (right)");
    }
    let blocks = section(&readme, "| block | its fields |", "\n");
    let listed: BTreeSet<String> = quoted(blocks).into_iter().collect();
    let missing: Vec<&String> = legal["stories/blocks.md"].difference(&listed).collect();
    assert!(missing.is_empty(), "README does not name these fields of blocks: {missing:?}");
}

#[test]
fn a_new_site_explains_every_field() {
    let legal = legal_fields();
    for (file, of_new) in [
        ("site.toml", "site.toml"),
        ("stories/x.md", "stories/first-day.md"),
        ("crew/x.md", "crew/your-name.md"),
        ("media/g/gallery.toml", "media/day-01/gallery.toml"),
        ("pages/x.md", "pages/about.md"),
    ] {
        let text = std::fs::read_to_string(scaffold().join(of_new)).unwrap();
        for field in &legal[file] {
            let written = |start: &str| text.contains(&format!("{start}{field} = "));
            assert!(written("\n") || written("\n# ") || written("{ "), "{of_new} does not explain `{field}`");
        }
    }
}

#[test]
fn a_new_site_is_good_at_once() {
    let desk = tempfile::tempdir().unwrap();
    assert_eq!(backlot(desk.path(), &["new", "film"]).0, 0);
    for command in ["check", "build"] {
        let (code, printed) = backlot(desk.path(), &[command, "film", "--strict", "--quiet"]);
        assert_eq!((code, printed.as_str()), (0, ""), "backlot {command}");
    }
    assert!(desk.path().join("film/public/stories/first-day/index.html").is_file());
    let (code, printed) = backlot(desk.path(), &["new", "film"]);
    assert_eq!(code, 2, "a folder that is not empty is refused: {printed}");
}
