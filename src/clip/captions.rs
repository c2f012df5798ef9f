//! Captions in WebVTT (<https://www.w3.org/TR/webvtt1/>). Entry points: [`parse`], [`transcript`]
//! and [`strip_notes`].

use std::fmt;

use serde::{Deserialize, Serialize};

use super::cue_text::voices;

/// A silence longer than this, in seconds, begins a new paragraph of a transcript.
const PAUSE: f64 = 2.0;

/// What is said in one stretch of time by one voice. A cue of a file in which two people speak
/// is two of these with the same times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// In seconds.
    pub start: f64,
    /// In seconds, after `start`.
    pub end: f64,
    /// From `<v Name>`.
    pub speaker: Option<String>,
    /// Plain text on one line, without the name.
    pub text: String,
}

/// A paragraph of a transcript. Its `Display` is `Name: what is said`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// When it begins, in seconds.
    pub start: f64,
    /// Who speaks, where the captions say so.
    pub speaker: Option<String>,
    /// Plain text.
    pub text: String,
}

/// Something wrong in a captions file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong and what to type, in newsroom words.
    pub message: String,
}

impl fmt::Display for Paragraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.speaker {
            Some(name) => write!(f, "{name}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

/// Reads a captions file. `NOTE`, `STYLE` and `REGION` blocks are passed over.
///
/// # Errors
/// All mistakes of the file, in the order of its lines.
pub fn parse(vtt: &str) -> Result<Vec<Cue>, Vec<Mistake>> {
    let lines = lines(vtt);
    if !is_header(lines.first().copied().unwrap_or_default()) {
        let message = if lines.iter().any(|line| line.contains("-->")) {
            "the first line has to be WEBVTT: type it there, with an empty line after it"
        } else {
            "this is not a captions file: one begins with the line WEBVTT"
        };
        return Err(vec![Mistake { line: 1, message: message.to_owned() }]);
    }
    let (mut cues, mut mistakes) = (Vec::new(), Vec::new());
    for block in blocks(&lines).iter().filter(|block| block.kind != Kind::Aside) {
        match read_cue(&lines, block) {
            Ok(more) => cues.extend(more),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() { Ok(cues) } else { Err(mistakes) }
}

/// The file with what is shown and nothing else: without `NOTE` comments, without what stands
/// beside and under `WEBVTT`, without the names of cues, and without comments in styles.
pub fn strip_notes(vtt: &str) -> String {
    let lines = lines(vtt);
    let mut out = String::from("WEBVTT\n");
    for block in blocks(&lines) {
        let first = lines[block.first];
        let shown = match block.kind {
            Kind::Cue { arrow } => lines[arrow..block.end].join("\n"),
            Kind::Aside if is_comment(first) => continue,
            Kind::Aside => without_css_comments(&lines[block.first..block.end].join("\n")),
            Kind::Stray => continue,
        };
        out.push('\n');
        out.push_str(shown.trim_end());
        out.push('\n');
    }
    out
}

/// What is said, as paragraphs: a pause of more than two seconds or another speaker begins a new
/// one.
pub fn transcript(cues: &[Cue]) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut silent_since = f64::NEG_INFINITY;
    for cue in cues {
        match paragraphs.last_mut() {
            Some(last) if last.speaker == cue.speaker && cue.start - silent_since <= PAUSE => {
                last.text.push(' ');
                last.text.push_str(&cue.text);
            }
            _ => paragraphs.push(Paragraph { start: cue.start, speaker: cue.speaker.clone(), text: cue.text.clone() }),
        }
        silent_since = cue.end;
    }
    paragraphs
}

/// A run of lines, as indexes into the file's lines.
struct Block {
    first: usize,
    end: usize,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    /// The index of the line with the times; what stands before it is the cue's name.
    Cue { arrow: usize },
    /// `NOTE`, `STYLE` or `REGION`.
    Aside,
    /// Text that belongs to no time.
    Stray,
}

/// The file's lines, whatever ends them, without a byte order mark.
fn lines(vtt: &str) -> Vec<&str> {
    let mut rest = vtt.strip_prefix('\u{feff}').unwrap_or(vtt);
    let mut lines = Vec::new();
    while let Some(at) = rest.find(['\n', '\r']) {
        lines.push(&rest[..at]);
        let ending = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[at + ending..];
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

fn is_header(line: &str) -> bool {
    begins_with_word(line, "WEBVTT")
}

fn is_comment(line: &str) -> bool {
    begins_with_word(line, "NOTE")
}

fn begins_with_word(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// The blocks after the header, cut as the standard's "collect a WebVTT block" cuts them: at
/// empty lines, and before a second line of times even where the empty line was forgotten.
fn blocks(lines: &[&str]) -> Vec<Block> {
    let arrow = |at: usize| lines[at].contains("-->");
    let mut at = 1;
    while at < lines.len() && !lines[at].is_empty() && !arrow(at) {
        at += 1;
    }
    let mut blocks = Vec::new();
    while at < lines.len() {
        if lines[at].is_empty() {
            at += 1;
            continue;
        }
        let first = at;
        let times = (first..lines.len().min(first + 2)).find(|&line| arrow(line));
        at = times.unwrap_or(first) + 1;
        while at < lines.len() && !lines[at].is_empty() && !arrow(at) {
            at += 1;
        }
        let kind = match times {
            Some(arrow) => Kind::Cue { arrow },
            None if is_comment(lines[first]) => Kind::Aside,
            None if ["STYLE", "REGION"].contains(&lines[first].trim_end()) => Kind::Aside,
            None => Kind::Stray,
        };
        blocks.push(Block { first, end: at, kind });
    }
    blocks
}

fn read_cue(lines: &[&str], block: &Block) -> Result<Vec<Cue>, Mistake> {
    let Kind::Cue { arrow } = block.kind else {
        return Err(Mistake {
            line: block.first + 1,
            message: "this text has no times: put a line such as 00:00:01.000 --> 00:00:04.000 above it, \
                      without an empty line between them"
                .to_owned(),
        });
    };
    let (start, end) = times(lines[arrow]).map_err(|message| Mistake { line: arrow + 1, message })?;
    let payload = lines[arrow + 1..block.end].join("\n");
    let spoken = voices(&payload);
    Ok(spoken.into_iter().map(|(speaker, text)| Cue { start, end, speaker, text }).collect())
}

/// The two times of a line such as `00:01.000 --> 00:04.000 align:start`.
fn times(line: &str) -> Result<(f64, f64), String> {
    let (start, rest) = line.split_once("-->").unwrap_or((line, ""));
    let start = time(start.trim())?;
    let end = time(rest.split_whitespace().next().unwrap_or_default())?;
    if end <= start {
        return Err("the caption ends before it begins: the second time has to be the later one".to_owned());
    }
    Ok((start, end))
}

/// `mm:ss.ttt` or `hh:mm:ss.ttt`, in seconds.
fn time(text: &str) -> Result<f64, String> {
    if text.contains(',') {
        return Err(format!(
            "“{text}” has a comma before the thousandths: type a full stop, {}",
            text.replace(',', ".")
        ));
    }
    let well_formed = text.split_once('.').is_some_and(|(clock, thousandths)| {
        let parts: Vec<&str> = clock.split(':').collect();
        let hours_free = parts.len() == 3 && parts[0].len() >= 2;
        thousandths.len() == 3
            && (parts.len() == 2 || hours_free)
            && parts[parts.len() - 2..].iter().all(|part| part.len() == 2 && *part < "60")
    });
    let seconds = if well_formed { super::timestamp(text) } else { None };
    seconds.ok_or_else(|| format!("“{text}” is not a time: type it like 00:00:01.000 (hours, minutes, seconds)"))
}

/// CSS without its comments.
fn without_css_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    // A comment may have left a line empty, which would end the block.
    out.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}
