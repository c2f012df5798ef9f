//! Who may come in: only GET and HEAD, only by a name that is ours, and never on behalf of a page
//! from elsewhere.
//!
//! A page anywhere on the web can make a browser ask a server on this machine. Under a name of its
//! own that leads here (DNS rebinding) it could even read the answer: so names are checked. An
//! address in numbers cannot be bent that way.

use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, ORIGIN, TRANSFER_ENCODING};
use hyper::{Method, Request, StatusCode};
use std::net::IpAddr;

/// Looks at a request before anything else does. The refusal is a status and a sentence.
pub(super) fn check<B>(request: &Request<B>, host: Option<&str>) -> Result<(), (StatusCode, &'static str)> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "The preview can only be looked at."));
    }
    let headers = request.headers();
    let length = header(headers, CONTENT_LENGTH.as_str());
    if length.is_some_and(|length| length.trim() != "0") || headers.contains_key(TRANSFER_ENCODING) {
        return Err((StatusCode::PAYLOAD_TOO_LARGE, "The preview takes nothing."));
    }
    let wrong_host = (StatusCode::FORBIDDEN, "The preview does not answer to this name. Use its own address.");
    if headers.get_all(HOST).iter().count() != 1 {
        return Err(wrong_host);
    }
    let asked = header(headers, HOST.as_str()).ok_or(wrong_host)?;
    if !is_ours(asked, host) || request.uri().authority().is_some_and(|a| a.as_str() != asked) {
        return Err(wrong_host);
    }
    Ok(())
}

/// Whether a request for the preview's own pages comes from one of its pages, or from nobody's.
pub(super) fn is_from_here(headers: &HeaderMap) -> bool {
    let asked = header(headers, HOST.as_str()).unwrap_or_default();
    let origin = match header(headers, ORIGIN.as_str()) {
        None => !headers.contains_key(ORIGIN),
        Some(origin) => origin.strip_prefix("http://").is_some_and(|host| host.eq_ignore_ascii_case(asked)),
    };
    let site = header(headers, "sec-fetch-site");
    let navigated = header(headers, "sec-fetch-mode") == Some("navigate");
    origin && (navigated || site.is_none_or(|site| site == "same-origin" || site == "none"))
}

pub(super) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a `Host` is this machine, an address in numbers, or the name that the preview was told.
fn is_ours(asked: &str, told: Option<&str>) -> bool {
    let Some(name) = without_port(asked) else { return false };
    let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(name);
    let name = name.to_ascii_lowercase();
    bare.parse::<IpAddr>().is_ok() || name == "localhost" || told.is_some_and(|told| told.eq_ignore_ascii_case(&name))
}

fn without_port(host: &str) -> Option<&str> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let (name, port) = host.split_at(end);
    let digits = port.strip_prefix(':');
    (port.is_empty() || digits.is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_ours() {
        for ours in ["localhost", "localhost:4747", "LOCALHOST:1", "127.0.0.1:4747", "[::1]:4747", "192.168.0.7:4747"] {
            assert!(is_ours(ours, None), "{ours}");
        }
        for other in
            ["evil.example", "localhost.evil.example:4747", "127.0.0.1.evil.example", "localhost:x", "", "[::1"]
        {
            assert!(!is_ours(other, None), "{other}");
        }
        assert!(is_ours("studio.lan:4747", Some("studio.lan")) && !is_ours("studio.lan:4747", None));
    }

    #[test]
    fn other_origins_are_told_apart() {
        let ask = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().expect("a value"));
            }
            is_from_here(&headers)
        };
        let host = ("host", "localhost:4747");
        assert!(ask(&[host]));
        assert!(ask(&[host, ("origin", "http://localhost:4747"), ("sec-fetch-site", "same-origin")]));
        assert!(!ask(&[host, ("origin", "http://evil.example")]));
        assert!(!ask(&[host, ("origin", "null")]));
        assert!(!ask(&[host, ("origin", "http://localhost:80")]));
        assert!(!ask(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(ask(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]));
    }
}
