//! Playwright, in a process of Node's, on the browser that everybody here uses.

use std::path::PathBuf;
use std::process::Stdio;

use rescind::browser::versions::{self, Wanted};
use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/compare/playwright.mjs");

pub struct Playwright {
    modules: PathBuf,
}

impl Playwright {
    /// Where `./bench` has put it; `None` when it is not there.
    pub fn find() -> Option<Self> {
        let modules = PathBuf::from(std::env::var_os("RESCIND_BENCH_MODULES")?);
        modules
            .join("node_modules/playwright-core/package.json")
            .exists()
            .then_some(Self { modules })
    }

    /// One job in a browser of its own; what it says about it.
    pub async fn run(&self, job: &Value) -> Value {
        let browser = versions::look(Wanted::default()).await.pair().unwrap().browser;
        let mut job = job.clone();
        job["browser"] = browser.display().to_string().into();
        job["root"] = rustix::process::geteuid().is_root().into();
        let mut child = Command::new("node")
            .arg(SCRIPT)
            .env("RESCIND_BENCH_MODULES", &self.modules)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(job.to_string().as_bytes()).await.unwrap();
        let output = child.wait_with_output().await.unwrap();
        assert!(output.status.success(), "Playwright failed at {job}");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}
