//! Answers: the site as a static host would give it, and a few addresses of the preview's own.

use super::address::{self, Target};
use super::body::Answer;
use super::door::{self, header};
use super::kinds::{self, Wanted};
use super::pages;
use super::server::House;
use super::stage::Shown;
use crate::disk;
use crate::publish::Made;
use hyper::header::{self as names, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// A question for news is answered after this time even when there are none.
const PATIENCE: Duration = Duration::from_secs(25);

/// Answers one request.
pub(super) async fn answer<B>(request: &Request<B>, house: &House, peer: IpAddr) -> Response<Answer> {
    let mut response = match door::check(request, house.host.as_deref()) {
        Err((status, why)) => plain(status, why),
        Ok(()) => {
            let path = request.uri().path();
            match path.strip_prefix('/').and_then(|path| path.strip_prefix(super::OWN)) {
                Some(_) if !door::is_from_here(request.headers()) => {
                    plain(StatusCode::FORBIDDEN, "The preview does not talk to other sites.")
                }
                Some(name) => own(name, request, house, peer).await,
                None if path == "/_backlot" => moved("/_backlot/"),
                None => site(request, house).await,
            }
        }
    };
    let headers = response.headers_mut();
    headers.insert(names::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(names::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(names::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    if request.method() == Method::HEAD {
        *response.body_mut() = Answer::Whole(None);
    }
    response
}

/// What the preview itself says.
async fn own<B>(name: &str, request: &Request<B>, house: &House, peer: IpAddr) -> Response<Answer> {
    let from_here = peer.to_canonical().is_loopback();
    let query = request.uri().query().unwrap_or_default();
    let stage = &house.stage;
    match name {
        "wait" => {
            let known = value(query, "version").and_then(|v| v.parse().ok());
            if value(query, "run").as_deref() == Some(&stage.run) {
                let mut follow = stage.follow();
                // Nothing new in all that time is an answer as well.
                let _ = tokio::time::timeout(PATIENCE, follow.wait_for(|now| Some(*now) != known)).await;
            }
            json(&stage.news(from_here))
        }
        "since" => {
            let version = value(query, "version").and_then(|v| v.parse().ok()).unwrap_or(0);
            let page = value(query, "page").unwrap_or_default();
            if value(query, "seen").is_some() {
                stage.look_at(page.clone());
            }
            json(&stage.since(version, &page))
        }
        "state" => json(&stage.counters()),
        "all" => json(&stage.everything(from_here)),
        _ => match pages::own(name) {
            Some((text, kind)) => whole(StatusCode::OK, kind, text.as_bytes().to_vec()),
            None => plain(StatusCode::NOT_FOUND, "The preview has nothing here."),
        },
    }
}

/// A value of a query, decoded.
fn value(query: &str, name: &str) -> Option<String> {
    let pair = query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))?;
    percent_encoding::percent_decode_str(pair.1).decode_utf8().ok().map(|text| text.into_owned())
}

async fn site<B>(request: &Request<B>, house: &House) -> Response<Answer> {
    let path = request.uri().path();
    if let Some(page) = address::page(path) {
        house.stage.look_at(page);
    }
    let shown = house.stage.shown_with(|site| address::find(path, |name| site.get(name).is_some()) != Target::Nothing);
    let shown = shown.await;
    let Some(site) = &shown.site else {
        return page(pages::nothing_yet(), StatusCode::SERVICE_UNAVAILABLE, &shown, house, "", path);
    };
    match address::find(path, |name| site.get(name).is_some()) {
        Target::Refused => plain(StatusCode::BAD_REQUEST, "There can be nothing at such an address."),
        Target::Folder => match request.uri().query() {
            Some(query) => moved(&format!("{path}/?{query}")),
            None => moved(&format!("{path}/")),
        },
        Target::Output(name) => output(&name, StatusCode::OK, request, &shown, house).await,
        Target::Nothing if !site.is_whole() => {
            page(pages::nothing_yet(), StatusCode::SERVICE_UNAVAILABLE, &shown, house, "", path)
        }
        Target::Nothing if site.get("404.html").is_some() => {
            output("404.html", StatusCode::NOT_FOUND, request, &shown, house).await
        }
        Target::Nothing => page(pages::nothing_here(), StatusCode::NOT_FOUND, &shown, house, "", path),
    }
}

async fn output<B>(
    name: &str,
    status: StatusCode,
    request: &Request<B>,
    shown: &Shown,
    house: &House,
) -> Response<Answer> {
    let Some(made) = shown.site.as_ref().and_then(|site| site.get(name)) else {
        return plain(StatusCode::NOT_FOUND, "There is nothing here.");
    };
    match made {
        Made::Bytes(bytes) if kinds::is_page(name) => {
            page(bytes.to_vec(), status, shown, house, name, request.uri().path())
        }
        Made::Bytes(bytes) => part(name, request, bytes.len() as u64, |range| {
            Answer::of(bytes[range.start as usize..range.end as usize].to_vec())
        }),
        other => match other.file() {
            Some(file) => from_disk(name, file.to_owned(), status, request, shown, house).await,
            None => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        },
    }
}

async fn from_disk<B>(
    name: &str,
    file: PathBuf,
    status: StatusCode,
    request: &Request<B>,
    shown: &Shown,
    house: &House,
) -> Response<Answer> {
    let place = file.clone();
    let size = tokio::task::spawn_blocking(move || disk::stat(&place).map(|stat| stat.size));
    let Ok(Ok(size)) = size.await else {
        if kinds::is_picture(name) {
            house.stage.wait_for(name, file);
            return whole(StatusCode::OK, "image/svg+xml", pages::DEVELOPING.as_bytes().to_vec());
        }
        return plain(StatusCode::NOT_FOUND, "This file is not there any more.");
    };
    if !kinds::is_page(name) {
        return part(name, request, size, |rest| Answer::File { path: file, rest, reading: None });
    }
    match tokio::task::spawn_blocking(move || disk::read(&file)).await {
        Ok(Ok(bytes)) => page(bytes, status, shown, house, name, request.uri().path()),
        _ => plain(StatusCode::NOT_FOUND, "This file is not there any more."),
    }
}

/// A file, or the part of it that is asked for.
fn part<B>(
    name: &str,
    request: &Request<B>,
    size: u64,
    body: impl FnOnce(std::ops::Range<u64>) -> Answer,
) -> Response<Answer> {
    // Without a mark of what the browser has, it gets all when it is not sure.
    let sure = !request.headers().contains_key(names::IF_RANGE);
    let asked = header(request.headers(), names::RANGE.as_str()).filter(|_| sure);
    let (status, range) = match kinds::range(asked, size) {
        Wanted::All => (StatusCode::OK, 0..size),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Wanted::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
    };
    let content_range = match status {
        StatusCode::PARTIAL_CONTENT => Some(format!("bytes {}-{}/{size}", range.start, range.end - 1)),
        StatusCode::RANGE_NOT_SATISFIABLE => Some(format!("bytes */{size}")),
        _ => None,
    };
    let length = range.end - range.start;
    let body = if length == 0 { Answer::Whole(None) } else { body(range) };
    let mut response = response(status, kinds::media_type(name), length, body);
    response.headers_mut().insert(names::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(value) = content_range.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(names::CONTENT_RANGE, value);
    }
    response
}

/// A page with the script that reloads it.
fn page(bytes: Vec<u8>, status: StatusCode, shown: &Shown, house: &House, name: &str, path: &str) -> Response<Answer> {
    let wanted = address::decode(path).unwrap_or_default();
    let bytes = pages::with_script(bytes, &house.stage.run, shown.version, name, &wanted);
    whole(status, "text/html; charset=utf-8", bytes)
}

fn json(value: &serde_json::Value) -> Response<Answer> {
    whole(StatusCode::OK, "application/json", value.to_string().into_bytes())
}

fn plain(status: StatusCode, text: &str) -> Response<Answer> {
    whole(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
}

fn moved(to: &str) -> Response<Answer> {
    let mut response = plain(StatusCode::MOVED_PERMANENTLY, "It is in this folder.");
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(names::LOCATION, value);
    }
    response
}

fn whole(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response<Answer> {
    response(status, kind, bytes.len() as u64, Answer::of(bytes))
}

fn response(status: StatusCode, kind: &'static str, length: u64, body: Answer) -> Response<Answer> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(names::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(names::CONTENT_LENGTH, length.into());
    response
}
