//! Where a message points: a file of the site and a range of bytes in it.

use std::ops::Range;
use std::sync::Arc;

/// A text file of the site as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the site folder, with `/`.
    pub path: String,
    /// The whole text; empty for a file that is not text.
    pub text: String,
}

impl SourceFile {
    /// A file with its text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }

    /// 1-based line and column (in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..floor_boundary(&self.text, offset)];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        (line, before[start..].chars().count() + 1)
    }

    /// The line (without its end) that a byte offset is in.
    pub fn line_at(&self, offset: usize) -> &str {
        let offset = floor_boundary(&self.text, offset);
        let start = self.text[..offset].rfind('\n').map_or(0, |i| i + 1);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |i| offset + i);
        self.text[start..end].trim_end_matches('\r')
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Bytes in its text; empty at 0 for the file as a whole.
    pub span: Range<usize>,
}

impl Origin {
    /// A range of a file.
    pub fn new(file: &Arc<SourceFile>, span: Range<usize>) -> Self {
        Self { file: Arc::clone(file), span }
    }

    /// A file as a whole, such as a picture.
    pub fn whole(path: impl Into<String>) -> Self {
        Self { file: SourceFile::new(path, ""), span: 0..0 }
    }

    /// Line and column, when the file is text.
    pub fn position(&self) -> Option<(usize, usize)> {
        (!self.file.text.is_empty()).then(|| self.file.line_column(self.span.start))
    }
}

/// A value and the place where somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub origin: Origin,
}

impl<T> Located<T> {
    /// A value with its place.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: f(self.value), origin: self.origin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let file = SourceFile::new("a.md", "eins\nzwö drei\r\nvier");
        let at = |needle| file.text.find(needle).expect("planted");
        assert_eq!(file.line_column(at("eins")), (1, 1));
        assert_eq!(file.line_column(at("drei")), (2, 5));
        assert_eq!(file.line_at(at("drei")), "zwö drei");
        assert_eq!(file.line_column(9999), (3, 5));
    }
}
