//! The server: on this machine alone unless asked otherwise, and never in the way of the loop.

use super::body::Answer;
use super::editor::Editor;
use super::guests::Guests;
use super::looper::{Looper, Task};
use super::news::News;
use super::routes;
use super::stage::Stage;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

/// The port when none is asked for, and how many after it are tried.
const PORT: u16 = 4747;
const TRIED: u16 = 50;
/// A request has to come within this time.
const REQUEST: Duration = Duration::from_secs(10);
/// What a request may say about itself.
const HEADERS: usize = 16 << 10;
/// How often it is looked whether a picture that a browser waits for has come.
const DEVELOPING: Duration = Duration::from_millis(120);

/// Where to answer.
#[derive(Debug, Clone, Default)]
pub struct Address {
    /// A name or address of this machine; nothing is loopback.
    pub host: Option<String>,
    /// A port, and no other one; nothing is the first free one.
    pub port: Option<u16>,
    /// The editor that links open.
    pub editor: Editor,
}

/// What all connections share.
pub(super) struct House {
    pub(super) stage: Arc<Stage>,
    pub(super) host: Option<String>,
}

/// Builds, serves, and builds again whenever something changes, for ever. Comes back only when the
/// address cannot be had, or when the server cannot run any more.
///
/// `opened` gets the address once the server answers.
pub fn serve(task: &Task<'_>, address: &Address, opened: impl FnOnce(&str)) -> io::Result<()> {
    let (listener, other) = listen(address)?;
    listener.set_nonblocking(true)?;
    let local = listener.local_addr()?;
    let url = url(&local, address.host.as_deref());
    let stage = Arc::new(Stage::new(address.editor.clone()));
    let house = Arc::new(House { stage: Arc::clone(&stage), host: address.host.clone() });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(4).build()?;
    std::thread::Builder::new().name("server".to_owned()).spawn(move || runtime.block_on(answer(listener, house)))?;
    if other {
        task.audience.hear(News::OtherPort(local.port()));
    }
    if !local.ip().is_loopback() {
        task.audience.hear(News::Exposed);
    }
    task.audience.hear(News::Open(&url));
    opened(&url);
    Looper::new(task, stage).run()
}

/// The listener, and whether it is at another port than usual.
fn listen(address: &Address) -> io::Result<(TcpListener, bool)> {
    let ip = match &address.host {
        None => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Some(name) => resolve(name)?,
    };
    if let Some(port) = address.port {
        return TcpListener::bind((ip, port)).map(|listener| (listener, false));
    }
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in PORT..PORT + TRIED {
        match TcpListener::bind((ip, port)) {
            Ok(listener) => return Ok((listener, port != PORT)),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn resolve(name: &str) -> io::Result<IpAddr> {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let first = (bare, 0).to_socket_addrs()?.next();
    first.map(|address| address.ip()).ok_or_else(|| io::ErrorKind::AddrNotAvailable.into())
}

/// The address to type into a browser.
fn url(local: &SocketAddr, host: Option<&str>) -> String {
    let shown = match (local.ip(), host) {
        (ip, None) if ip.is_loopback() => "localhost".to_owned(),
        (ip, _) if ip.is_unspecified() => "localhost".to_owned(),
        (IpAddr::V6(ip), _) => format!("[{ip}]"),
        (_, Some(name)) => name.to_owned(),
        (ip, None) => ip.to_string(),
    };
    format!("http://{shown}:{}/", local.port())
}

async fn answer(listener: TcpListener, house: Arc<House>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    tokio::spawn(look_for_pictures(Arc::clone(&house.stage)));
    let guests = Guests::default();
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            // Too many open files, most likely: some will be closed soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Small answers are to go at once. Where that cannot be asked for, they go a little later.
        let _ = stream.set_nodelay(true);
        let guest = guests.admit();
        let (house, inside) = (Arc::clone(&house), Arc::clone(&guest));
        let service = service_fn(move |request: Request<Incoming>| {
            inside.stir();
            let house = Arc::clone(&house);
            async move { Ok::<Response<Answer>, Infallible>(routes::answer(&request, &house, peer.ip()).await) }
        });
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(REQUEST)
            .max_buf_size(HEADERS)
            .max_headers(100)
            .keep_alive(true);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        // A connection that breaks is the visitor's affair.
        let task = tokio::spawn(async move { drop(connection.await) });
        guest.sit(task.abort_handle());
    }
}

/// Tells when pictures that browsers wait for have come.
async fn look_for_pictures(stage: Arc<Stage>) {
    loop {
        tokio::time::sleep(DEVELOPING).await;
        let awaited = stage.awaited();
        if awaited.is_empty() {
            continue;
        }
        let come = tokio::task::spawn_blocking(move || {
            awaited.into_iter().filter(|(_, place)| crate::disk::is_file(place)).collect::<Vec<_>>()
        });
        if let Ok(come) = come.await
            && !come.is_empty()
        {
            stage.have_come(&come);
        }
    }
}
