//! A file of `static/`, which is copied as it is, but not unread: text in it is published too.

use crate::diagnostic::SourceFile;
use crate::disk::{self, TreeFile};
use std::sync::Arc;

/// Larger files are data, not words.
const MOST_TEXT: u64 = 2 << 20;

/// A file to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile {
    /// The file.
    pub file: TreeFile,
    /// What it says, if it is text of a bearable length.
    pub text: Option<Arc<SourceFile>>,
}

impl StaticFile {
    /// Looks into a file. One that cannot be read is told of when it is copied.
    pub(super) fn read(file: TreeFile) -> Self {
        let bytes = (file.stat.size <= MOST_TEXT).then(|| disk::read(&file.on_disk).ok()).flatten();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        Self { text: text.map(|text| SourceFile::new(file.path.clone(), text)), file }
    }
}
