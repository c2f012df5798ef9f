//! Running ffmpeg: what it prints, or why there is nothing.

use super::Trouble;
use std::io::{ErrorKind, Read};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How often it is looked whether it is done.
const GLANCE: Duration = Duration::from_millis(20);

/// Runs it, and gives what it printed. After `limit` it is ended.
pub(super) fn run(arguments: &[&str], limit: Duration) -> Result<Vec<u8>, Trouble> {
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-nostdin", "-loglevel", "error"]).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Trouble::Missing,
        _ => Trouble::Failed(error.to_string()),
    })?;
    let (printed, said) = (listen(child.stdout.take()), listen(child.stderr.take()));
    let good = wait(&mut child, limit)?;
    // A listener ends with what it listens to.
    let (printed, said) = (printed.join().unwrap_or_default(), said.join().unwrap_or_default());
    if good {
        return Ok(printed);
    }
    let said = String::from_utf8_lossy(&said);
    Err(Trouble::Failed(said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("nothing").to_owned()))
}

/// Reads beside the program, which would stop at a pipe that is full.
fn listen(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut heard = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was heard until a pipe broke is all there is.
            let _ = pipe.read_to_end(&mut heard);
        }
        heard
    })
}

/// Whether it ended well.
fn wait(child: &mut Child, limit: Duration) -> Result<bool, Trouble> {
    let failed = |error: std::io::Error| Trouble::Failed(error.to_string());
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            return Ok(status.success());
        }
        if started.elapsed() > limit {
            child.kill().map_err(failed)?;
            child.wait().map_err(failed)?;
            return Err(Trouble::TooLong);
        }
        thread::sleep(GLANCE);
    }
}
