//! Stories: front matter and Markdown, and how a message about them is drawn.
#![no_main]

use backlot::diagnostic::{Diagnostics, SourceFile};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let file = SourceFile::new("stories/fuzzed.md", text);
    let mut messages = Diagnostics::new();
    let story = backlot::source::story::parse(&file, "en", &mut messages);
    assert!(story.is_some() || messages.has_errors(), "what cannot be read is said to be");
});
