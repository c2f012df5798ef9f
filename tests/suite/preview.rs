//! The live preview: the real program, the real notify, real edits.

mod calendar;
mod counters;
mod developing;
mod doors;
mod edits;
mod glance;
mod soak;

use crate::support::{SiteTest, Tree, differences};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Nothing is asserted about time: this is only how long a broken preview keeps a test waiting.
const PATIENCE: Duration = Duration::from_secs(240);

/// A preview that is running; stopped when dropped.
pub(crate) struct Preview {
    child: Child,
    pub(crate) port: u16,
    lines: Arc<Mutex<Vec<String>>>,
}

/// What the server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let find = |line: &'_ str| line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case(name)).is_some();
        self.head.lines().find(|line| find(line)).map(|line| line.split_once(':').unwrap().1.trim())
    }
}

impl Preview {
    /// `backlot serve SITE --port 0`; back when it answers.
    pub(crate) fn of(site: &SiteTest, more: &[&str]) -> Self {
        Self::started(site.command("serve", &[&["--port", "0", "--format", "json"], more].concat()))
    }

    /// The same for a command that is made already.
    pub(crate) fn started(command: std::process::Command) -> Self {
        let preview = Self::begun(command);
        preview.until("the first build", || preview.state()["idle"] == true);
        preview
    }

    /// Back before anything is built.
    pub(crate) fn begun(mut command: std::process::Command) -> Self {
        let mut child = command.stderr(std::process::Stdio::inherit()).spawn().expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let lines = Arc::new(Mutex::new(Vec::new()));
        let port = loop {
            let mut line = String::new();
            assert!(output.read_line(&mut line).unwrap() > 0, "it ended at once");
            let told: Value = serde_json::from_str(&line).unwrap();
            if let Some(url) = told["open"].as_str() {
                break url.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
            }
        };
        let kept = Arc::clone(&lines);
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).for_each(|line| kept.lock().unwrap().push(line))
        });
        Self { child, port, lines }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything it has printed since it answered.
    pub(crate) fn printed(&self) -> Vec<Value> {
        self.lines.lock().unwrap().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Sends bytes and reads all that comes back.
    pub(crate) fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request).unwrap();
        let mut bytes = Vec::new();
        // A server that refuses may close before it has read all.
        let _ = stream.read_to_end(&mut bytes);
        let end = memchr::memmem::find(&bytes, b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: localhost:{}\r\n", self.port) };
        self.send(format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").as_bytes())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// What the loop has done.
    pub(crate) fn state(&self) -> Value {
        serde_json::from_slice(&self.get("/_backlot/state").body).unwrap()
    }

    pub(crate) fn count(&self, name: &str) -> u64 {
        self.state()[name].as_u64().unwrap()
    }

    /// Waits until something is so.
    pub(crate) fn until(&self, what: &str, is: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is() {
            assert!(
                Instant::now() < end,
                "{what} did not come about; it printed {:#?}\n{}",
                self.printed(),
                self.state()
            );
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// Waits until the output folder is what a clean build gives.
    pub(crate) fn until_clean(&self, site: &SiteTest, what: &str) {
        let clean = site.clean();
        let end = Instant::now() + PATIENCE;
        loop {
            let differences = differences(&without_unfinished(site.tree()), &clean);
            if differences.is_empty() {
                return;
            }
            if Instant::now() >= end {
                panic!("{what}: not what a clean build gives\n{}\n{}", differences.join("\n"), self.state());
            }
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// What is served at every path of the output is what lies there, but for the script in pages.
    pub(crate) fn serves(&self, tree: &Tree) {
        for (path, bytes) in tree.iter().filter(|(path, _)| *path != ".backlot-output.json") {
            let address: String = path
                .bytes()
                .map(|b| {
                    if b.is_ascii_alphanumeric() || b"/.-_".contains(&b) {
                        (b as char).to_string()
                    } else {
                        format!("%{b:02X}")
                    }
                })
                .collect();
            let answer = self.get(&format!("/{address}"));
            assert_eq!(answer.status, 200, "{path}");
            let body = if path.ends_with(".html") { without_script(&answer.text()).into_bytes() } else { answer.body };
            assert!(body == *bytes, "{path} is served otherwise than it lies in the output");
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page without the script of the preview.
pub(crate) fn without_script(page: &str) -> String {
    let start = page.find("<script type=\"module\" src=\"/_backlot/preview.js\"").expect("the script of the preview");
    let end = start + page[start..].find("</script>").unwrap() + "</script>".len();
    format!("{}{}", &page[..start], &page[end..])
}

fn without_unfinished(mut tree: Tree) -> Tree {
    tree.retain(|path, _| !path.starts_with(".backlot-unfinished/"));
    tree
}
