//! Contact sheets, for those who decide about stills.

use serde::Serialize;

/// The page that leads to all sheets.
#[derive(Debug, Clone, Serialize)]
pub struct Proofs {
    /// That of all stills first, then one for each person.
    pub sheets: Vec<ProofEntry>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ProofEntry {
    /// Whose sheet it is.
    pub label: String,
    pub href: String,
    /// "12 stills".
    pub count: String,
}

/// One sheet.
#[derive(Debug, Clone, Serialize)]
pub struct ProofSheet {
    /// Slug of the person who decides; none on the sheet of all stills, on which nobody does.
    pub person: Option<String>,
    /// "12 stills".
    pub count: String,
    /// What is undecided first.
    pub frames: Vec<Frame>,
}

/// A still on a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// 1-based place on the sheet.
    pub number: usize,
    /// What people call it: the name of its file.
    pub id: String,
    /// Its path, which nothing else has.
    pub still: String,
    /// Title of its gallery.
    pub gallery: Option<String>,
    /// Who is on it, from left to right.
    pub people: Vec<String>,
    /// The picture, with words burnt into it.
    pub src: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
}
