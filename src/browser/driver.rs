//! The driver's life: chromedriver or its like in a process group of its own, and nothing left behind.
//!
//! Ways to end, each stronger than the one before: the session is closed, the driver is asked to
//! shut down, the group is terminated, the group is killed. Dropping a `Driver` kills the group.
//! When rescind itself is killed, the kernel ends chromedriver (parent-death signal, set by the
//! launcher), and Chromium goes with it since the two speak over a pipe. Firefox and geckodriver
//! speak over a port: there the launcher stays, and ends the whole group (`launch_group`).

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;

use crate::browser::error::StartError;
use crate::browser::firefox;
use crate::domain::browser_kind::BrowserKind;
use crate::domain::safe_text;

/// How long a driver may take to say on which port it listens (14 ms measured).
const START_DEADLINE: Duration = Duration::from_secs(10);
/// A driver that ends by itself is started so often.
const STARTS: u32 = 3;
const SHUTDOWN_DEADLINE: Duration = Duration::from_secs(2);

/// The hidden subcommand that ties a program's life to its parent's, then becomes that program.
pub const LAUNCH_COMMAND: &str = "launch-tied";
/// The hidden subcommand that ends a program and all that it started with its parent's life.
pub const GROUP_COMMAND: &str = "launch-group";

/// A running driver that we started.
pub struct Driver {
    child: Child,
    group: Pid,
    port: u16,
    /// The first part of every path, which only we know; geckodriver has none.
    secret: Option<String>,
    /// The launcher of a group ends it as soon as this closes.
    _tether: Option<ChildStdin>,
    ended: bool,
}

impl Driver {
    /// Starts the driver of this kind of browser, on a free port of the loopback address.
    ///
    /// `launcher` is the rescind program itself, which ties the driver's life to ours.
    ///
    /// # Errors
    /// The driver cannot be started, or does not say its port in time.
    pub async fn start_for(
        kind: BrowserKind,
        program: &Path,
        launcher: Option<&Path>,
    ) -> Result<Self, StartError> {
        match kind {
            BrowserKind::Firefox => firefox::start(program, launcher).await,
            _ => Self::start(program, launcher).await,
        }
    }

    /// Starts a chromedriver, or msedgedriver, behind a secret path.
    ///
    /// # Errors
    /// As [`Driver::start_for`].
    pub async fn start(program: &Path, launcher: Option<&Path>) -> Result<Self, StartError> {
        let mut result = Self::start_once(program, launcher).await;
        for _ in 1..STARTS {
            // It takes a port that is free on IPv4, and ends when somebody else has the same one on
            // IPv6. No browser was started yet.
            if let Err(NoPort::Ended(_)) = result {
                result = Self::start_once(program, launcher).await;
            }
        }
        result.map_err(|why| why.of(program))
    }

    async fn start_once(program: &Path, launcher: Option<&Path>) -> Result<Self, NoPort> {
        let secret = secret().map_err(|error| NoPort::Failed(error.to_string()))?;
        let mut command = launched(program, launcher, LAUNCH_COMMAND);
        command
            .args(["--port=0", "--log-level=SEVERE", &format!("--url-base=/{secret}")])
            .stdin(Stdio::null());
        let mut driver = Self::spawn(command, announced_port).await?;
        driver.secret = Some(secret);
        Ok(driver)
    }

    /// Starts it in a process group of its own, and waits for the line that `announced` reads the port
    /// from.
    pub(super) async fn spawn(
        mut command: Command,
        announced: fn(&str) -> Option<u16>,
    ) -> Result<Self, NoPort> {
        let failed = |why: &str| NoPort::Failed(why.to_owned());
        command.stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let mut child = command.spawn().map_err(|error| failed(&error.to_string()))?;
        let group = child
            .id()
            .and_then(|id| Pid::from_raw(i32::try_from(id).ok()?))
            .ok_or_else(|| failed("it ended at once"))?;
        let (stdout, tether) = (child.stdout.take(), child.stdin.take());
        let mut driver =
            Self { child, group, port: 0, secret: None, _tether: tether, ended: false };
        let mut lines = BufReader::new(stdout.ok_or_else(|| failed("it has no output"))?).lines();
        let wait = async {
            let mut last = String::new();
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some(port) = announced(&line) {
                    return Ok(port);
                }
                last = safe_text::cut(&line, 200);
            }
            Err(last)
        };
        driver.port = match timeout(START_DEADLINE, wait).await {
            Ok(Ok(port)) => port,
            Ok(Err(last)) => return Err(NoPort::Ended(last)),
            Err(_) => return Err(failed("it did not say within 10 s on which port it listens")),
        };
        // Whatever else it prints must be read, or a full pipe would stop it.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(driver)
    }

    /// The address for WebDriver commands; the slash at its end is needed.
    pub fn address(&self) -> String {
        let path = self.secret.as_ref().map_or_else(String::new, |secret| format!("{secret}/"));
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// Ends the driver and every browser process. Call after the session is closed.
    pub async fn stop(mut self) {
        let asked = match self.secret.clone() {
            Some(secret) => timeout(SHUTDOWN_DEADLINE, self.ask_to_shut_down(&secret)).await.ok(),
            None => None,
        };
        let gone = matches!(asked, Some(Ok(()))) && self.wait(SHUTDOWN_DEADLINE).await;
        if !gone {
            let _ = kill_process_group(self.group, Signal::TERM);
            self.wait(Duration::from_secs(1)).await;
        }
        // Also after a clean end: the browser's own helpers may still be on their way out.
        let _ = kill_process_group(self.group, Signal::KILL);
        self.wait(Duration::from_secs(1)).await;
        self.ended = true;
    }

    async fn wait(&mut self, limit: Duration) -> bool {
        timeout(limit, self.child.wait()).await.is_ok()
    }

    /// `GET /shutdown`, which chromedriver answers by closing its browsers and ending.
    async fn ask_to_shut_down(&self, secret: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
        let request = format!(
            "GET /{secret}/shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if !self.ended {
            let _ = kill_process_group(self.group, Signal::KILL);
            let _ = self.child.try_wait();
        }
    }
}

/// Why a driver listens nowhere.
pub(super) enum NoPort {
    /// It ended by itself; its last words.
    Ended(String),
    Failed(String),
}

impl NoPort {
    pub(super) fn of(self, program: &Path) -> StartError {
        let why = match self {
            Self::Failed(why) => why,
            Self::Ended(last) => {
                let said = if last.is_empty() { "" } else { "; its last words: " };
                format!("it ended without saying on which port it listens{said}{last}")
            }
        };
        StartError::Failed(format!("{}: {why}", program.display()))
    }
}

/// Becomes `program`, after asking the kernel to end it when its parent ends.
///
/// Returns only when that failed.
pub fn launch_tied(program: PathBuf, arguments: Vec<std::ffi::OsString>) -> std::io::Error {
    use std::os::unix::process::CommandExt;
    #[cfg(target_os = "linux")]
    {
        let before = rustix::process::getppid();
        if let Err(error) = rustix::process::set_parent_process_death_signal(Some(Signal::KILL)) {
            return error.into();
        }
        // The parent may have ended before the signal was asked for.
        if rustix::process::getppid() != before {
            return std::io::Error::other("the parent process has ended");
        }
    }
    std::process::Command::new(program).args(arguments).exec()
}

/// Runs `program` in this process's group, and ends the whole group as soon as the standard input
/// ends: it is a pipe from rescind, which closes however rescind comes to its end.
///
/// # Errors
/// It could not be started.
pub async fn launch_group(
    program: PathBuf,
    arguments: Vec<std::ffi::OsString>,
) -> std::io::Result<()> {
    use rustix::process::getpgrp;
    use tokio::signal::unix::{SignalKind, signal};
    // What asks the group to end is the program's to obey: it closes its browser.
    let _ignored = signal(SignalKind::terminate())?;
    let mut child = Command::new(program).args(arguments).stdin(Stdio::null()).spawn()?;
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = kill_process_group(getpgrp(), Signal::KILL);
    });
    let ended = child.wait().await;
    // Also when the program ended by itself: nobody would close the browser it leaves.
    kill_process_group(getpgrp(), Signal::KILL)?;
    ended.map(|_| ())
}

/// The command that starts `program` by way of the launcher.
pub(super) fn launched(program: &Path, launcher: Option<&Path>, way: &str) -> Command {
    match launcher {
        Some(launcher) => {
            let mut command = Command::new(launcher);
            command.arg(way).arg(program);
            command
        }
        None => Command::new(program),
    }
}

fn announced_port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("started successfully on port ")?;
    rest.trim_end_matches('.').trim().parse().ok()
}

/// 128 random bits: what other local processes would have to know to command our browser.
fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A driver that ends in its first starts, so many of them.
    async fn start_after(failures: u32) -> Result<Driver, StartError> {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("driver");
        let text = format!(
            "#!/bin/sh\necho x >> \"$0.starts\"\n[ $(wc -l < \"$0.starts\") -gt {failures} ] || {{ echo 'IPv6 port not available. Exiting...'; exit 1; }}\necho 'ChromeDriver was started successfully on port 4123.'\nexec cat\n"
        );
        // Written by another process: a file that this one had open could not be run at once.
        let write = "printf %s \"$1\" > \"$0\" && chmod 700 \"$0\"";
        let written =
            Command::new("/bin/sh").args(["-c", write]).arg(&program).arg(text).status().await;
        assert!(written.unwrap().success());
        Driver::start(&program, None).await
    }

    #[tokio::test]
    async fn r8_a_driver_whose_port_was_taken_is_started_again_and_not_for_ever() {
        assert_eq!(start_after(2).await.unwrap().port, 4123);
        let Err(error) = start_after(3).await else { panic!("it never started") };
        let words = "it ended without saying on which port it listens; its last words: IPv6 port";
        assert!(error.to_string().contains(words), "{error}");
    }

    #[test]
    fn only_the_line_of_success_names_the_port() {
        assert_eq!(
            announced_port("ChromeDriver was started successfully on port 41235."),
            Some(41235)
        );
        assert_eq!(announced_port("Starting ChromeDriver 156 on port 0"), None);
    }
}
