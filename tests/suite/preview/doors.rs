//! What the server answers, and what it refuses.

use super::{PATIENCE, Preview};
use crate::support::SiteTest;
use std::io::{Read, Write};
use std::net::TcpStream;

fn begun() -> (SiteTest, Preview) {
    let site = SiteTest::good();
    let preview = Preview::of(&site, &[]);
    preview.until_clean(&site, "the first build");
    (site, preview)
}

#[test]
fn it_answers_as_a_static_host_does() {
    let (site, preview) = begun();
    let page = preview.get("/stories/rain/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(preview.get("/stories/rain/?a=b").status, 200);
    let folder = preview.get("/stories/rain?a=b");
    assert_eq!((folder.status, folder.header("location")), (301, Some("/stories/rain/?a=b")));
    let lost = preview.get("/nowhere/");
    assert_eq!((lost.status, super::without_script(&lost.text())), (404, site.page("404.html")));
    let head = preview.ask("HEAD", "/stories/rain/", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(page.body.len().to_string().as_str()));
    let types = [("/feed.xml", "application/xml; charset=utf-8"), ("/notes.txt", "text/plain; charset=utf-8")];
    for (path, kind) in types {
        assert_eq!(preview.get(path).header("content-type"), Some(kind), "{path}");
    }
    assert!(!site.page("index.html").contains("_backlot"), "the script is in no build");
}

#[test]
fn films_are_given_in_parts() {
    let (site, preview) = begun();
    let tree = site.tree();
    let (path, film) = tree.iter().find(|(path, _)| path.ends_with(".mp4")).expect("a film");
    let part = |range: &str| preview.ask("GET", &format!("/{path}"), &format!("Range: {range}\r\n"));
    let all = preview.get(&format!("/{path}"));
    assert_eq!(
        (all.status, all.header("content-type"), all.header("accept-ranges")),
        (200, Some("video/mp4"), Some("bytes"))
    );
    assert!(all.body == *film);
    let some = part("bytes=100-299");
    assert_eq!(
        (some.status, some.header("content-range")),
        (206, Some(format!("bytes 100-299/{}", film.len()).as_str()))
    );
    assert!(some.body == film[100..300]);
    assert!(part("bytes=-50").body == film[film.len() - 50..]);
    assert!(part(&format!("bytes={}-", film.len() - 7)).body == film[film.len() - 7..]);
    assert_eq!(part(&format!("bytes={}-", film.len())).status, 416);
}

#[test]
fn nothing_but_the_output_is_served() {
    let (site, preview) = begun();
    let secret = "SECRET-OF-THE-HOUSE";
    site.file("secret.txt", secret);
    site.file("public/planted.txt", secret);
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.path("secret.txt"), site.path("public/link.txt")).unwrap();
    let root = site.root().to_str().unwrap().to_owned();
    let mut paths: Vec<String> =
        ["secret.txt", "site.toml", "stories/rain.md", ".backlot/facts.json", "public/index.html"]
            .iter()
            .flat_map(|name| {
                [
                    "../",
                    "..%2f",
                    "%2e%2e/",
                    "%2e%2e%2f",
                    "%252e%252e%252f",
                    "..\\",
                    "..%5c",
                    "..%255c",
                    "stories/../../",
                    "./../",
                    ".%00./",
                    "..%c0%af",
                    "..;/",
                ]
                .iter()
                .flat_map(|up| [format!("/{up}{name}"), format!("/{up}{up}{name}"), format!("/stories/{up}{up}{name}")])
                .chain([
                    format!("/{name}"),
                    format!("/{root}/{name}"),
                    format!("//{root}/{name}"),
                    format!("/file://{root}/{name}"),
                    format!("/{name}%00.html"),
                ])
                .collect::<Vec<_>>()
            })
            .collect();
    paths.extend(
        [
            "/planted.txt",
            "/link.txt",
            "/.backlot-output.json",
            "/C:/x",
            "/etc/passwd",
            "/_backlot/../site.toml",
            "/_backlot/%2e%2e/site.toml",
            "/_backlot/../../../../etc/passwd",
        ]
        .map(ToOwned::to_owned),
    );
    for path in &paths {
        let answer = preview.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        let text = answer.text();
        assert!(
            !text.contains(secret) && !text.contains("[production]") && !text.contains("root:"),
            "{path} leads out"
        );
    }
    // As an address with a host in it, and as something that is no path at all.
    for line in [
        "GET http://localhost/secret.txt HTTP/1.1",
        "GET secret.txt HTTP/1.1",
        "GET * HTTP/1.1",
        "GET ../site.toml HTTP/1.1",
    ] {
        let answer = preview.send(format!("{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(answer.status >= 400 && !answer.text().contains(secret), "{line}: {}", answer.status);
    }
    println!("{} addresses refused", paths.len());
}

#[test]
fn strangers_are_turned_away() {
    let (_site, preview) = begun();
    let with = |path: &str, headers: &str| preview.ask("GET", path, headers).status;
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "localhost:80@evil.example"] {
        assert_eq!(with("/", &format!("Host: {host}\r\n")), 403, "{host}");
    }
    assert_eq!(with("/", &format!("Host: 127.0.0.1:{}\r\n", preview.port)), 200);
    assert_eq!(with("/", "Host: localhost\r\nHost: evil.example\r\n"), 403);
    for path in [
        "/_backlot/state",
        "/_backlot/wait",
        "/_backlot/all",
        "/_backlot/since?version=0&page=index.html",
        "/_backlot/preview.js",
    ] {
        for headers in [
            "Origin: http://evil.example\r\n",
            "Origin: null\r\n",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
            "Sec-Fetch-Site: same-site\r\n",
        ] {
            assert_eq!(with(path, headers), 403, "{path} {headers}");
        }
        assert_eq!(
            with(path, &format!("Origin: http://localhost:{}\r\nSec-Fetch-Site: same-origin\r\n", preview.port)),
            200,
            "{path}"
        );
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"] {
        let answer = preview.ask(method, if method == "CONNECT" { "localhost:80" } else { "/" }, "");
        assert!([400, 403, 405].contains(&answer.status), "{method}: {}", answer.status);
    }
    assert_eq!(preview.ask("POST", "/", "").header("allow"), Some("GET, HEAD"));
    assert_eq!(with("/", "Content-Length: 5\r\n"), 413);
    assert_eq!(with("/", "Transfer-Encoding: chunked\r\n"), 413);
    let long =
        preview.send(format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(200_000)).as_bytes());
    assert!(long.status == 0 || long.status == 431 || long.status == 400, "{}", long.status);
    let many: String = (0..500).map(|i| format!("X-{i}: y\r\n")).collect();
    assert!([0, 400, 431].contains(&preview.ask("GET", "/", &many).status));
    assert_eq!(preview.get("/").status, 200);
}

/// A thousand connections, half of them silent, half of them in the middle of a sentence.
#[test]
fn a_crowd_does_not_stop_the_loop() {
    let (site, preview) = begun();
    let mut crowd = Vec::new();
    for i in 0..1000 {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", preview.port)) else { continue };
        if i % 2 == 0 {
            // The server may have sent it away already.
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: local");
        }
        crowd.push(stream);
    }
    assert!(crowd.len() > 500, "only {} connections could be made", crowd.len());
    site.edit("stories/light.md", "Forty sheets, one lamp", "Forty lamps, one sheet");
    preview.until_clean(&site, "a change in a crowd");
    assert!(preview.get("/stories/light/").text().contains("Forty lamps"));
    // Somebody who asks for much and reads nothing.
    let greedy: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
            let request = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", preview.port).repeat(200);
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .collect();
    site.edit("stories/light.md", "Forty lamps, one sheet", "Forty lamps, two sheets");
    preview.until_clean(&site, "a change while nobody reads");
    assert_eq!(preview.get("/").status, 200);
    drop((crowd, greedy));
}

/// Somebody who never finishes a request is sent away.
#[test]
fn a_request_that_does_not_come_is_not_waited_for() {
    let (_site, preview) = begun();
    let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let said = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
}

#[test]
fn held_things_are_held_in_the_preview() {
    let site = SiteTest::good();
    site.file("stories/secret.md", "+++\ntitle = \"Hush hush\"\ndraft = true\n+++\n\nNot yet.\n");
    let preview = Preview::of(&site, &[]);
    preview.until_clean(&site, "the first build");
    assert_eq!(preview.get("/stories/secret/").status, 404);
    for (path, _) in site.tree() {
        assert!(!preview.get(&format!("/{path}")).text().contains("Hush hush"), "{path}");
    }
    // The list of what is held is for the author.
    let all = preview.get("/_backlot/all").text();
    assert!(all.contains("Hush hush"), "{all}");
    drop(preview);
    let preview = Preview::of(&site, &["--drafts", "--output", site.beside("drafts").to_str().unwrap()]);
    assert!(preview.get("/stories/secret/").text().contains("Hush hush"));
    let news: serde_json::Value = serde_json::from_slice(&preview.get("/_backlot/wait").body).unwrap();
    assert_eq!(news["options"]["drafts"], true);
}

#[test]
fn mistakes_leave_the_last_good_site() {
    let (site, preview) = begun();
    let before = site.tree();
    let good = site.text("stories/light.md");
    site.file("stories/light.md", "+++\ntitel = \"<b>Oops</b>\"\n+++\n");
    preview.until("the error", || preview.state()["errors"] != 0);
    assert_eq!(preview.get("/stories/light/").status, 200);
    assert!(site.tree() == before, "the output was touched");
    let news: serde_json::Value = serde_json::from_slice(&preview.get("/_backlot/wait").body).unwrap();
    let first = &news["problems"][0];
    assert_eq!((&first["file"], &first["line"]), (&"stories/light.md".into(), &2.into()));
    site.file("stories/light.md", &good);
    preview.until("no error", || preview.state()["errors"] == 0);
    preview.until_clean(&site, "mended");
}

#[test]
fn a_port_that_is_taken_is_said() {
    let site = SiteTest::good();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = site.run("serve", &["--port", &port]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains(&format!("Port {port} is taken")), "{}", ran.stderr);
}
