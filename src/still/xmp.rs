//! XMP packets (ISO 16684-1): RDF in XML, in whichever of its spellings a writer chose.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::Embedded;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
const PLUS: &str = "http://ns.useplus.org/ldf/xmp/1.0/";
/// The namespaces that anything is read from.
const SPACES: [&str; 10] = [RDF, XML, DC, EXIF, PHOTOSHOP, RIGHTS, XMP, CORE, EXT, PLUS];

/// Packets beyond this are left unread: honest ones are a few kilobytes, and up to a megabyte
/// where an editor kept its history.
const MAX_BYTES: usize = 8 << 20;
const MAX_DEPTH: usize = 40;
const MAX_NODES: usize = 100_000;

/// Reads a packet. One that is no XML from some point on is read up to there.
pub(super) fn read(packet: &[u8]) -> Embedded {
    if packet.len() > MAX_BYTES {
        return Embedded::default();
    }
    let text = String::from_utf8_lossy(packet);
    let root = tree(text.trim_start_matches('\u{feff}').trim_end_matches('\0'));
    let packet = Packet { descriptions: descriptions(&root) };
    let resource = |space, name| packet.text(space, name);
    Embedded {
        title: packet.text(DC, "title"),
        headline: packet.text(PHOTOSHOP, "Headline"),
        caption: packet.text(DC, "description"),
        alt: packet.text(CORE, "AltTextAccessibility"),
        extended_description: packet.text(CORE, "ExtDescrAccessibility"),
        creator: packet.list(DC, "creator"),
        credit: packet.text(PHOTOSHOP, "Credit"),
        copyright: packet.text(DC, "rights"),
        usage_terms: packet.text(RIGHTS, "UsageTerms"),
        web_statement: resource(RIGHTS, "WebStatement"),
        licensor_url: packet.inner(PLUS, "Licensor", PLUS, "LicensorURL").into_iter().next(),
        // The standard changed the spelling once.
        digital_source_type: resource(EXT, "DigitalSourceType").or_else(|| resource(EXT, "DigitalSourcetype")),
        data_mining: resource(PLUS, "DataMining"),
        instructions: packet.text(PHOTOSHOP, "Instructions"),
        job: packet.text(PHOTOSHOP, "TransmissionReference"),
        model_release: resource(PLUS, "ModelReleaseStatus"),
        people: people(&packet),
        keywords: packet.list(DC, "subject"),
        captured: captured(&packet),
    }
}

/// The descriptions of the picture itself. Those further down are of something else, such as the pictures that
/// were put together in it (ISO 16684-1, 7.4).
fn descriptions(root: &Node) -> Vec<&Node> {
    let children = root.descendants(RDF, "RDF").into_iter().take(1).flat_map(|rdf| &rdf.children);
    children.filter(|node| node.is(RDF, "Description")).collect()
}

fn people(packet: &Packet) -> Vec<String> {
    let mut people = packet.list(EXT, "PersonInImage");
    people.extend(packet.inner(EXT, "PersonInImageWDetails", EXT, "PersonName"));
    people
}

/// The first of the moments that has a time of day, or else the first.
fn captured(packet: &Packet) -> Option<String> {
    let moments: Vec<String> = [(EXIF, "DateTimeOriginal"), (PHOTOSHOP, "DateCreated"), (XMP, "CreateDate")]
        .into_iter()
        .filter_map(|(space, name)| packet.text(space, name))
        .collect();
    moments.iter().find(|moment| moment.contains('T')).or(moments.first()).cloned()
}

/// The descriptions of a packet; a property may stand in any of them.
struct Packet<'t> {
    descriptions: Vec<&'t Node>,
}

impl Packet<'_> {
    /// A property's text: of a list the first item, of alternatives the default one.
    fn text(&self, space: &str, name: &str) -> Option<String> {
        self.list(space, name).into_iter().next()
    }

    /// A property's items, or its single value.
    fn list(&self, space: &str, name: &str) -> Vec<String> {
        let attribute = self.descriptions.iter().find_map(|description| description.attribute(space, name));
        if let Some(value) = attribute.filter(|value| !value.trim().is_empty()) {
            return vec![value.to_owned()];
        }
        self.property(space, name).map(Node::values).unwrap_or_default()
    }

    /// The texts of a field inside a structured property, of alternatives the default one.
    fn inner(&self, space: &str, name: &str, field_space: &str, field: &str) -> Vec<String> {
        let Some(property) = self.property(space, name) else { return Vec::new() };
        let mut found: Vec<String> = property
            .descendants(field_space, field)
            .into_iter()
            .filter_map(|node| node.values().into_iter().next())
            .collect();
        property.walk(&mut |node| found.extend(node.attribute(field_space, field).map(str::to_owned)));
        found.retain(|text| !text.trim().is_empty());
        found
    }

    fn property(&self, space: &str, name: &str) -> Option<&Node> {
        self.descriptions.iter().flat_map(|description| &description.children).find(|node| node.is(space, name))
    }
}

#[derive(Debug, Default)]
struct Node {
    /// One of [`SPACES`], or empty: an address that is long and used often must not be kept often.
    space: &'static str,
    name: String,
    attributes: Vec<(&'static str, String, String)>,
    children: Vec<Node>,
    text: String,
}

impl Node {
    fn is(&self, space: &str, name: &str) -> bool {
        self.name == name && self.space == space
    }

    fn attribute(&self, space: &str, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(s, n, _)| *s == space && n == name).map(|(_, _, value)| value.as_str())
    }

    fn walk<'t>(&'t self, visit: &mut impl FnMut(&'t Self)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }

    fn descendants(&self, space: &str, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.walk(&mut |node| {
            if node.is(space, name) {
                found.push(node);
            }
        });
        found
    }

    /// The value of a property: of a container its items, in alternatives the default first.
    fn values(&self) -> Vec<String> {
        let mut items: Vec<&Self> = self
            .children
            .iter()
            .filter(|child| ["Alt", "Bag", "Seq"].iter().any(|name| child.is(RDF, name)))
            .flat_map(|container| container.children.iter().filter(|child| child.is(RDF, "li")))
            .collect();
        items.sort_by_key(|item| item.attribute(XML, "lang") != Some("x-default"));
        if items.is_empty() {
            items.push(self);
        }
        items
            .into_iter()
            .map(|item| item.attribute(RDF, "resource").unwrap_or(&item.text).trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// The elements of a document, as far as they can be read.
fn tree(text: &str) -> Node {
    let mut reader = NsReader::from_str(text);
    let mut open = vec![Node::default()];
    for _ in 0..MAX_NODES {
        let Ok(event) = reader.read_event() else { break };
        match event {
            Event::Start(start) => {
                if open.len() >= MAX_DEPTH {
                    break;
                }
                open.push(element(&reader, &start));
            }
            Event::Empty(start) => {
                let node = element(&reader, &start);
                if let Some(parent) = open.last_mut() {
                    parent.children.push(node);
                }
            }
            Event::End(_) => close(&mut open),
            Event::Text(piece) => append(&mut open, &piece),
            Event::CData(piece) => append(&mut open, &piece),
            Event::GeneralRef(reference) => {
                if let Ok(Some(character)) = reference.resolve_char_ref() {
                    append(&mut open, character.encode_utf8(&mut [0; 4]));
                } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(&reference) {
                    append(&mut open, text);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn close(open: &mut Vec<Node>) {
    if open.len() < 2 {
        return;
    }
    if let (Some(node), Some(parent)) = (open.pop(), open.last_mut()) {
        parent.children.push(node);
    }
}

fn append(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart) -> Node {
    let (space, name) = reader.resolver().resolve_element(start.name());
    let attributes = start
        .attributes()
        .flatten()
        .filter_map(|attribute| {
            let (space, name) = reader.resolver().resolve_attribute(attribute.key);
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
            Some((namespace(space), name.as_ref().to_owned(), value.into_owned()))
        })
        .collect();
    Node { space: namespace(space), name: name.as_ref().to_owned(), attributes, ..Node::default() }
}

fn namespace(result: ResolveResult) -> &'static str {
    match result {
        ResolveResult::Bound(bound) => SPACES.into_iter().find(|space| *space == bound.as_ref()).unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred thousand elements in a namespace of a megabyte would take a hundred gigabytes.
    #[test]
    fn addresses_of_namespaces_are_not_kept() {
        let root = tree("<a xmlns='somebody' xmlns:d='http://purl.org/dc/elements/1.1/' b='c' d:e='f'/>");
        let node = &root.children[0];
        assert_eq!(node.space, "");
        assert_eq!(node.attribute(DC, "e"), Some("f"));
        assert!(node.attributes.iter().all(|(space, ..)| ["", DC].contains(space)), "{node:?}");
    }
}
