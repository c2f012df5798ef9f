//! Clips made ready by ffmpeg, where the site asks for it. A stand-in answers here, so that nothing depends on what
//! is installed; `tests/browser/clips.test.mjs` uses the real one.

#![cfg(unix)]

use crate::support::good_site::FILM;
use crate::support::{Ran, SiteTest, ran};
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// Says and makes what ffmpeg would; every call is a line of `calls`.
const STAND_IN: &str = r#"#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/calls"
case "$*" in
  *-version*) echo "ffmpeg version $(cat "$here/version")" ;;
  *-encoders*) cat "$here/encoders" ;;
  *image2pipe*) cat "$here/frame.png" ;;
  *) for last; do :; done; cp "$here/film.mp4" "${last#file:}" ;;
esac
"#;

struct Studio {
    site: SiteTest,
}

impl Studio {
    /// The good site with a clip of which nobody has named a poster, and a stand-in for ffmpeg.
    fn with(settings: &str) -> Self {
        let site = SiteTest::good();
        site.edit("media/clips/gallery.toml", "poster = \"harbour.jpg\"\n", "");
        site.append("site.toml", &format!("\n[clips]\n{settings}\n"));
        let bin = site.beside("bin");
        fs::create_dir(&bin).unwrap();
        fs::write(bin.join("ffmpeg"), STAND_IN).unwrap();
        fs::set_permissions(bin.join("ffmpeg"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(bin.join("film.mp4"), FILM).unwrap();
        fs::write(bin.join("frame.png"), crate::support::png(64, 48, 9)).unwrap();
        fs::write(bin.join("encoders"), " V..... libx264 \n V..... libsvtav1 \n").unwrap();
        fs::write(bin.join("version"), "1").unwrap();
        Self { site }
    }

    fn path(&self) -> String {
        format!("{}:/usr/bin:/bin", self.site.beside("bin").display())
    }

    fn run(&self, command: &str) -> Ran {
        ran(self.site.command(command, &[]).env("PATH", self.path()).output().unwrap())
    }

    fn without_ffmpeg(&self, command: &str) -> Ran {
        ran(self.site.command(command, &[]).env("PATH", self.site.beside("nowhere")).output().unwrap())
    }

    fn build(&self) -> String {
        let built = self.run("build");
        assert_eq!(built.code, Some(0), "{}", built.stderr);
        let page = self.site.page("stories/rain/index.html");
        page.split("<video ").nth(1).and_then(|rest| rest.split("</video>").next()).unwrap().to_owned()
    }

    /// How often ffmpeg was asked for something other than itself.
    fn calls(&self) -> usize {
        let calls = fs::read_to_string(self.site.beside("bin").join("calls")).unwrap_or_default();
        calls.lines().filter(|line| line.contains(" -i ")).count()
    }
}

#[test]
fn a_frame_stands_for_a_clip_without_a_poster() {
    let studio = Studio::with("poster = \"ffmpeg\"");
    let checked = studio.run("check");
    assert!(checked.code == Some(0) && !checked.stderr.contains("missing-poster"), "{}", checked.stderr);
    assert_eq!(studio.calls(), 0, "check makes nothing");
    let video = studio.build();
    let poster = video.split("poster=\"../../").nth(1).and_then(|rest| rest.split('"').next()).expect("a poster");
    assert!(studio.site.public().join(poster).is_file() && video.contains("preload=\"none\""));
    assert_eq!(studio.calls(), 1);
    let before = studio.site.tree();
    studio.build();
    assert_eq!(studio.calls(), 1, "what was taken is kept");
    let mut cleaned = crate::support::backlot();
    cleaned.args(["clean", "--held"]).arg(studio.site.root()).env("PATH", studio.path());
    assert_eq!(ran(cleaned.output().unwrap()).code, Some(0));
    studio.build();
    assert_eq!(studio.calls(), 1, "what is in use is kept");
    studio.site.remove(".backlot").remove("public");
    studio.build();
    crate::support::assert_same(&studio.site.tree(), &before, "with a new cache");
    fs::write(studio.site.beside("bin").join("version"), "2").unwrap();
    studio.build();
    assert_eq!(studio.calls(), 3, "another ffmpeg makes other pictures");
}

#[test]
fn the_frame_of_a_clip_that_is_held_is_not_taken() {
    let studio = Studio::with("poster = \"ffmpeg\"");
    studio.site.edit("media/clips/gallery.toml", "alt = \"A lamp that turns\"", "alt = \"A lamp\"\nkilled = true");
    let built = studio.run("build");
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    assert_eq!(studio.calls(), 0);
}

#[test]
fn clips_are_published_in_the_sizes_that_are_declared() {
    let studio = Studio::with("renditions = [180, 144, 2160]");
    let video = studio.build();
    let sources: Vec<&str> = video.split("<source ").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
    assert_eq!(sources.len(), 5, "two heights in two codecs, and the last resort: {sources:?}");
    assert!(sources[0].contains("av01") && sources[0].contains("media=\"(max-width:"), "{sources:?}");
    assert!(sources[1].contains("type=\"video/mp4\"") && sources[1].contains("media="), "{sources:?}");
    assert!(!sources[2].contains("media=") && !sources[3].contains("media="), "{sources:?}");
    let address = |source: &str| source.split("src=\"../../").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(address(sources[3]), address(sources[4]), "the last resort is the largest that every browser plays");
    let films: Vec<String> = studio.site.tree().into_keys().filter(|path| path.ends_with(".mp4")).collect();
    assert_eq!(films.len(), 4, "the clip itself is not published as well: {films:?}");
    assert_eq!(studio.calls(), 4);
    studio.build();
    assert_eq!(studio.calls(), 4, "what was encoded is kept");
}

#[test]
fn a_site_that_does_not_ask_does_not_need_ffmpeg() {
    let studio = Studio::with("");
    let checked = studio.without_ffmpeg("check");
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    assert!(checked.stderr.contains("note[missing-poster]") && checked.stderr.contains("`poster = \"ffmpeg\"`"));
    assert_eq!(studio.without_ffmpeg("build").code, Some(0));
    assert!(
        studio.site.page("stories/rain/index.html").contains("preload=\"metadata\""),
        "the browser's own first frame"
    );
    assert_eq!(studio.calls(), 0);
}

#[test]
fn a_site_that_asks_says_what_is_missing() {
    let studio = Studio::with("poster = \"ffmpeg\"\nrenditions = [144]\ncodecs = [\"h264\", \"h265\"]");
    for command in ["check", "build"] {
        let told = studio.without_ffmpeg(command);
        assert_eq!(told.code, Some(1), "{}", told.stderr);
        assert!(
            told.stderr.contains("error[no-ffmpeg]") && told.stderr.contains("ffmpeg is not installed"),
            "{}",
            told.stderr
        );
    }
    let told = studio.run("check").stderr;
    assert!(told.contains("clips cannot be made as `h265`") && told.contains("`av1` and `h264`"), "{told}");
    studio.site.edit("site.toml", "\"h264\", \"h265\"", "\"av1\"");
    fs::write(studio.site.beside("bin").join("encoders"), " V..... libx264 \n").unwrap();
    let told = studio.run("check").stderr;
    assert!(told.contains("the ffmpeg that is installed cannot make `av1`"), "{told}");
    fs::write(studio.site.beside("bin").join("frame.png"), "no picture").unwrap();
    studio.site.edit("site.toml", "renditions = [144]\n", "");
    let told = studio.run("build");
    assert!(
        told.code == Some(0) && told.stderr.contains("no frame of `media/clips/lamp.mp4` could be taken"),
        "{}",
        told.stderr
    );
}
