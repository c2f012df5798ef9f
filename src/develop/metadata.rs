//! What a published picture says about itself: an allow-list, written from nothing. No field is
//! ever copied from a file by its presence there.

use std::fmt::Write as _;

use quick_xml::escape::escape;
use serde::{Deserialize, Serialize};

use super::Rights;

/// The longest text written into a picture, in bytes.
const MAX_TEXT: usize = 8_000;
/// What IPTC-IIM allows in a dataset of the ordinary kind.
const MAX_DATASET: usize = 32_767;

/// What may be written into a developed picture, and nothing else is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    pub creator: Vec<String>,
    pub credit: Option<String>,
    pub copyright: Option<String>,
    pub caption: Option<String>,
    pub alt: Option<String>,
    pub extended_description: Option<String>,
    pub usage_terms: Option<String>,
    pub web_statement: Option<String>,
    pub licensor_url: Option<String>,
    pub digital_source_type: Option<String>,
    pub data_mining: Option<String>,
    /// What whoever gets it has to keep to, such as an embargo. It stands in every picture, however small.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
}

impl Metadata {
    /// The part of it that a picture with these rights carries.
    pub fn allowed(&self, rights: Rights) -> Self {
        match rights {
            Rights::Full => self.clone(),
            Rights::Minimum => Self {
                creator: self.creator.clone(),
                credit: self.credit.clone(),
                copyright: self.copyright.clone(),
                instructions: self.instructions.clone(),
                ..Self::default()
            },
            Rights::None => Self { instructions: self.instructions.clone(), ..Self::default() },
        }
    }

    /// As an XMP packet (ISO 16684-1), or nothing if there is nothing to say. Properties are those
    /// of the IPTC Photo Metadata Standard 2025.1.
    pub(super) fn xmp(&self) -> Option<String> {
        let mut body = String::new();
        sequence(&mut body, "dc:creator", &self.creator);
        alternatives(&mut body, "dc:description", &self.caption);
        alternatives(&mut body, "dc:rights", &self.copyright);
        simple(&mut body, "photoshop:Credit", &self.credit);
        simple(&mut body, "photoshop:Instructions", &self.instructions);
        alternatives(&mut body, "Iptc4xmpCore:AltTextAccessibility", &self.alt);
        alternatives(&mut body, "Iptc4xmpCore:ExtDescrAccessibility", &self.extended_description);
        simple(&mut body, "Iptc4xmpExt:DigitalSourceType", &self.digital_source_type);
        alternatives(&mut body, "xmpRights:UsageTerms", &self.usage_terms);
        simple(&mut body, "xmpRights:WebStatement", &self.web_statement);
        simple(&mut body, "plus:DataMining", &self.data_mining);
        licensor(&mut body, &self.licensor_url);
        if body.is_empty() {
            return None;
        }
        let mut namespaces = String::new();
        for (prefix, address) in NAMESPACES {
            if body.contains(&format!("<{prefix}:")) {
                // Writing to a string cannot fail.
                let _ = write!(namespaces, " xmlns:{prefix}=\"{address}\"");
            }
        }
        Some(format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\"\
             {namespaces}>{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
        ))
    }

    /// As IPTC-IIM 4.2 records in Photoshop's image resources, or nothing if there is nothing to say.
    pub(super) fn photoshop(&self) -> Option<Vec<u8>> {
        let mut records = Vec::new();
        if let Some(text) = &self.instructions {
            dataset(&mut records, 40, text);
        }
        for name in &self.creator {
            dataset(&mut records, 80, name);
        }
        for (number, text) in [(110, &self.credit), (116, &self.copyright), (120, &self.caption)] {
            if let Some(text) = text {
                dataset(&mut records, number, text);
            }
        }
        if records.is_empty() {
            return None;
        }
        // 1:90 says that the text is UTF-8, 2:00 gives the version of the record.
        let mut iim = vec![0x1C, 1, 90, 0, 3, 0x1B, b'%', b'G', 0x1C, 2, 0, 0, 2, 0, 4];
        iim.extend(records);
        let length = u32::try_from(iim.len()).ok().filter(|&length| length < 65_000)?;
        let mut resources = b"8BIM\x04\x04\0\0".to_vec();
        resources.extend_from_slice(&length.to_be_bytes());
        resources.extend(&iim);
        resources.extend((iim.len() % 2 == 1).then_some(0));
        Some(resources)
    }
}

const NAMESPACES: [(&str, &str); 6] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
    ("plus", "http://ns.useplus.org/ldf/xmp/1.0/"),
];

/// Text that may stand in XML: escaped, clipped, without characters that XML 1.0 forbids.
fn tidy(text: &str) -> String {
    let kept: String = clipped(text, MAX_TEXT)
        .chars()
        .filter(|&c| matches!(c, '\t' | '\n' | '\r') || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    escape(kept.trim()).into_owned()
}

fn present(text: &Option<String>) -> Option<String> {
    text.as_deref().map(tidy).filter(|text| !text.is_empty())
}

fn simple(body: &mut String, name: &str, text: &Option<String>) {
    if let Some(text) = present(text) {
        body.push_str(&format!("<{name}>{text}</{name}>"));
    }
}

fn alternatives(body: &mut String, name: &str, text: &Option<String>) {
    if let Some(text) = present(text) {
        body.push_str(&format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></{name}>"));
    }
}

fn sequence(body: &mut String, name: &str, texts: &[String]) {
    let items: String = texts
        .iter()
        .map(|text| tidy(text))
        .filter(|text| !text.is_empty())
        .map(|text| format!("<rdf:li>{text}</rdf:li>"))
        .collect();
    if !items.is_empty() {
        body.push_str(&format!("<{name}><rdf:Seq>{items}</rdf:Seq></{name}>"));
    }
}

fn licensor(body: &mut String, url: &Option<String>) {
    if let Some(url) = present(url) {
        body.push_str(&format!(
            "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><plus:LicensorURL>{url}</plus:LicensorURL>\
             </rdf:li></rdf:Seq></plus:Licensor>"
        ));
    }
}

fn dataset(records: &mut Vec<u8>, number: u8, text: &str) {
    let text = clipped(text.trim(), MAX_TEXT.min(MAX_DATASET));
    let Ok(length) = u16::try_from(text.len()) else { return };
    if length > 0 {
        records.extend([0x1C, 2, number]);
        records.extend(length.to_be_bytes());
        records.extend(text.as_bytes());
    }
}

/// The start of a text, at most so many bytes of it.
fn clipped(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}
