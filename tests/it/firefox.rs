//! The journeys once more, in real Firefox with geckodriver; and nothing left behind there either.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rescind::domain::browser_kind::BrowserKind;
use serde_json::Value;
use url::Url;

use crate::trial::{NO_CAPS, Trial};
use crate::window::Window;
use crate::world::{World, wait_until};

const FIREFOX: &str = "[browser]\nkind = \"firefox\"\n";

fn trial(switches: &str) -> Trial {
    Trial::new(switches).configured(&format!("{FIREFOX}{NO_CAPS}"))
}

/// Every generation is read to its end, and one is withdrawn from, with proof.
#[track_caller]
fn check_layout(layout: &str) {
    let trial = trial(&format!("layout={layout}"));
    let report = trial.report();
    assert_eq!(report["layout"], layout);
    assert_eq!((&report["complete"], report["announced"].as_u64()), (&true.into(), Some(30)));
    assert_eq!(report["invitations"].as_array().unwrap().len(), 30);
    trial.run(&["--limit", "1"]).expect(0, "", "withdrawn*");
    assert_eq!(trial.mock.withdrawn().len(), 1);
}

#[test]
fn the_list_of_2020_is_read_and_withdrawn_from_in_firefox() {
    check_layout("2020");
}

#[test]
fn the_list_of_2025_is_read_and_withdrawn_from_in_firefox() {
    check_layout("2025");
}

#[test]
fn p1_p2_a_list_that_moves_under_the_click_costs_nobody_in_firefox() {
    trial("fault=rerender:0").run(&["--limit", "3"]).expect(
        0,
        "",
        "withdrawn* withdrawn* withdrawn*",
    );
    // Firefox tells a page of a pointer that rests over it since before it was loaded. Unless it has
    // gone to the menu in time, the list that is to prove the first withdrawal moves too, lacks
    // somebody, and proves nothing.
    let trial = trial("fault=recycle:0");
    let run = trial.run(&["--limit", "3"]);
    match run.ran.code() {
        0 => run.expect(0, "", "withdrawn* withdrawn* withdrawn*"),
        _ => run.expect(5, "page-changed", "withdrawn skipped skipped"),
    };
    let all = run.json["outcomes"].as_array().unwrap().iter();
    let done = all.filter(|one| one["outcome"] == "withdrawn");
    let done: Vec<String> = done.map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!((trial.mock.withdrawn(), trial.logged("confirm")), (done.clone(), done));
}

/// A request of the page that the site refuses.
const ASK: &str = "const done = arguments[1]; \
    fetch('/__mock__/events?answer=429', { method: 'POST', body: '{\"type\":\"note\"}' }) \
    .then((answer) => done(JSON.stringify(answer.status)), (error) => done(JSON.stringify(0)));";

#[test]
fn a4_a_refusal_of_what_the_page_asks_for_is_heard_in_firefox_too() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut window = Window::open_in(BrowserKind::Firefox, "count=12&delay=0").await;
        let url = Url::parse(&window.mock.url()).unwrap();
        let origin = url.origin().ascii_serialization();
        let session = &mut window.site.session;
        assert_eq!(session.refused(&origin, &[429]).await, None);
        assert_eq!(session.run_async::<u16>(ASK, &Value::Null).await.unwrap(), 429);
        // The browser notes it a little after the page has its answer.
        let until = Instant::now() + Duration::from_secs(10);
        while session.refused(&origin, &[429]).await != Some(429) {
            assert!(Instant::now() < until, "the refusal was not heard");
        }
        assert_eq!(session.refused(&origin, &[429]).await, None, "each is heard once");
        assert_eq!(session.run_async::<u16>(ASK, &Value::Null).await.unwrap(), 429);
        let until = Instant::now() + Duration::from_secs(10);
        while window.site.heed_refusals().await.is_ok() {
            assert!(Instant::now() < until, "the second refusal was not heeded");
        }
        window.close().await;
    });
}

#[test]
fn a4_a11_d2_p25_what_stops_a_run_stops_it_in_firefox() {
    let stopped = |fault: &str, code, word, outcomes| {
        let trial = trial(&format!("fault={fault}"));
        trial.run(&["--limit", "3"]).expect(code, word, outcomes);
        trial
    };
    stopped("s429-act@2", 4, "rate-limited", "withdrawn* unknown skipped");
    let trial = stopped("newtab@2", 5, "page-changed", "withdrawn* refused skipped");
    assert_eq!(trial.logged("confirm").len(), 1);
    stopped("dlg-other", 5, "page-changed", "refused refused skipped");
    stopped("interop", 5, "too-many-failures", "refused refused refused");
}

/// A report that is in the middle of a list that never ends loading.
fn reading(world: &World, profile: &Path) -> Child {
    let config = world.home().join("config.toml");
    std::fs::write(&config, FIREFOX).unwrap();
    let site = "mock?count=40&fault=stall-hard:15";
    let child = world
        .command(&["report", "--headless", "--site", site, "--config"])
        .arg(&config)
        .arg("--profile")
        .arg(profile)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the browser runs", Duration::from_secs(60), || of_world(world).len() > 5);
    child
}

/// Processes, zombies left out, that were started in this world: Firefox's own children don't name
/// the profile.
fn of_world(world: &World) -> Vec<String> {
    let home = format!("HOME={}\0", world.home().display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        if String::from_utf8_lossy(&environment).contains(&home) {
            let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            found.push(format!("{} {}", entry.file_name().display(), name.trim()));
        }
    }
    found
}

fn signal(name: &str, child: &Child) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[track_caller]
fn nothing_left(world: &World, after: &str) {
    wait_until(after, Duration::from_secs(5), || of_world(world).is_empty());
}

#[test]
fn r3_r5_r10_firefox_is_gone_however_the_run_ends_and_its_profile_is_private_and_locked() {
    let world = World::new();
    let profile = world.home().join("profile");
    let mut child = reading(&world, &profile);
    let config = world.home().join("config.toml");
    let [path, config] = [&profile, &config].map(|path| path.to_str().unwrap());
    let again = ["report", "--headless", "--site", "mock?count=12&delay=0", "--profile", path];
    let again = [&again[..], &["--config", config]].concat();
    world.run(&again).expect(8, "is using the browser profile");
    signal("-INT", &child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    nothing_left(&world, "nothing is left after Ctrl-C");
    let mut child = reading(&world, &profile);
    signal("-KILL", &child);
    child.wait().unwrap();
    nothing_left(&world, "nothing is left after kill -9");
    // The same profile once more: what the killed browser left is no obstacle.
    world.run(&again).expect(0, "");
    assert_eq!(of_world(&world), Vec::<String>::new());
    let mode = std::fs::metadata(&profile).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
    assert!(profile.join("cookies.sqlite").is_file(), "Firefox keeps its cookies there");
}
