//! Nothing is left behind, however the program ends; and nobody else's profile is used.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::world::{World, processes_of, wait_until};

/// A report that is in the middle of a list that never ends loading.
fn reading(world: &World, profile: &Path) -> Child {
    let child = world
        .command(&[
            "report",
            "--headless",
            "--site",
            "mock?count=40&fault=stall-hard:15",
            "--profile",
        ])
        .arg(profile)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the browser runs", Duration::from_secs(20), || processes_of(profile).len() > 3);
    child
}

fn profile(world: &World) -> PathBuf {
    world.home().join("profile")
}

fn signal(name: &str, child: &Child) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[track_caller]
fn nothing_left(profile: &Path) {
    wait_until("no process is left", Duration::from_secs(5), || processes_of(profile).is_empty());
}

#[test]
fn nothing_is_left_after_a_normal_end_and_the_profile_is_private() {
    let world = World::new();
    let profile = profile(&world);
    let path = profile.to_str().unwrap();
    let site = "mock?count=12&delay=0";
    world.run(&["report", "--headless", "--site", site, "--profile", path]).expect(0, "");
    assert_eq!(processes_of(&profile), Vec::<u32>::new());
    let mode = std::fs::metadata(&profile).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
}

#[test]
fn r5_ctrl_c_and_sigterm_end_with_130_and_leave_nothing() {
    for name in ["-INT", "-TERM"] {
        let world = World::new();
        let profile = profile(&world);
        let mut child = reading(&world, &profile);
        signal(name, &child);
        assert_eq!(child.wait().unwrap().code(), Some(130), "{name}");
        nothing_left(&profile);
    }
}

#[test]
fn r3_kill_nine_leaves_nothing_within_five_seconds() {
    let world = World::new();
    let profile = profile(&world);
    let mut child = reading(&world, &profile);
    signal("-KILL", &child);
    child.wait().unwrap();
    nothing_left(&profile);
}

#[test]
fn r10_a_profile_in_use_is_refused_with_eight() {
    let world = World::new();
    let profile = profile(&world);
    let mut first = reading(&world, &profile);
    let path = profile.to_str().unwrap();
    world
        .run(&["report", "--headless", "--site", "mock", "--profile", path])
        .expect(8, "is using the browser profile");
    signal("-INT", &first);
    first.wait().unwrap();
    nothing_left(&profile);
}

#[test]
fn s3_a_profile_that_others_can_read_is_refused() {
    let world = World::new();
    let profile = profile(&world);
    std::fs::create_dir(&profile).unwrap();
    std::fs::set_permissions(&profile, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = profile.to_str().unwrap();
    world
        .run(&["report", "--headless", "--site", "mock", "--profile", path])
        .expect(1, "hint: close it: chmod 700");
}

/// A New Tab page would ask its maker for news, and hold up all that is asked of the browser meanwhile.
#[cfg(target_os = "linux")]
#[test]
fn the_first_tab_is_blank() {
    use rescind::domain::browser_kind::BrowserKind;
    use serde_json::Value;

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let place: String = runtime.block_on(async {
        let (mut session, driver, _profile) = crate::window::started(BrowserKind::Chromium).await;
        let place = session.run("return JSON.stringify(location.href);", &Value::Null).await;
        session.close().await;
        driver.stop().await;
        place.unwrap()
    });
    assert_eq!(place, "about:blank");
}
