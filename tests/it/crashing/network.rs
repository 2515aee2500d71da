//! A connection that can be cut, or that delivers requests and loses the answers.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::crashing::rig::Rig;

const PASSED: Duration = Duration::from_secs(60);

/// What becomes of what goes through.
#[derive(Clone, Copy, PartialEq)]
#[repr(u8)]
enum Weather {
    Fine,
    /// Open connections are closed, new ones as well.
    Cut,
    /// What is asked arrives, what is answered is lost.
    AnswersLost,
}

/// Between the browser and the practice site, on one port for as long as the test lasts.
struct Line {
    address: SocketAddr,
    weather: Arc<AtomicU8>,
    open: Arc<Mutex<Vec<TcpStream>>>,
    ended: Arc<AtomicBool>,
}

impl Line {
    fn to(site: &str) -> Self {
        let site: SocketAddr = site.strip_prefix("http://").unwrap().parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let line = Self {
            address: listener.local_addr().unwrap(),
            weather: Arc::default(),
            open: Arc::default(),
            ended: Arc::default(),
        };
        let (weather, open, ended) =
            (Arc::clone(&line.weather), Arc::clone(&line.open), Arc::clone(&line.ended));
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                if weather.load(Ordering::SeqCst) == Weather::Cut as u8 {
                    continue;
                }
                let Ok(far) = TcpStream::connect(site) else { continue };
                let ways = [near.try_clone(), far.try_clone()].map(Result::unwrap);
                open.lock().unwrap().extend(ways);
                connect(near, far, &weather);
            }
        });
        line
    }

    fn set(&self, weather: Weather) {
        self.weather.store(weather as u8, Ordering::SeqCst);
        if weather == Weather::Cut {
            for stream in self.open.lock().unwrap().drain(..) {
                // One that is closed already is as well.
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.set(Weather::Cut);
        self.ended.store(true, Ordering::SeqCst);
        // So that it looks at the flag.
        let _ = TcpStream::connect(self.address);
    }
}

fn connect(near: TcpStream, far: TcpStream, weather: &Arc<AtomicU8>) {
    let [mut asking, mut asked] = [near.try_clone(), far.try_clone()].map(Result::unwrap);
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut asking, &mut asked);
        let _ = asked.shutdown(Shutdown::Both);
    });
    let (mut answering, mut answered, weather) = (far, near, Arc::clone(weather));
    std::thread::spawn(move || {
        let (mut buffer, mut lost) = ([0; 16_384], false);
        while let Ok(size @ 1..) = answering.read(&mut buffer) {
            // Once something was lost the rest would make no sense.
            lost |= weather.load(Ordering::SeqCst) == Weather::AnswersLost as u8;
            if !lost && answered.write_all(&buffer[..size]).is_err() {
                break;
            }
        }
        let _ = answered.shutdown(Shutdown::Both);
    });
}

fn rig() -> (Rig, Line) {
    let mut rig = Rig::new();
    let line = Line::to(&rig.trial.mock.url());
    rig.more = vec!["--site".to_owned(), format!("http://{}", line.address)];
    (rig, line)
}

#[test]
fn n5_an_answer_that_is_lost_after_the_effect_is_made_up_for_by_the_fresh_load() {
    let (rig, line) = rig();
    let mut going = rig.start("after-confirm-sent:2", 3).paused();
    line.set(Weather::AnswersLost);
    going.go();
    going.wait("the site has done it", PASSED, |rig| rig.withdrawn().len() == 2);
    line.set(Weather::Fine);
    let ended = going.end();
    ended.expect(0, "");
    assert_eq!(ended.outcomes(), "withdrawn* withdrawn* withdrawn*");
    rig.check_settled();
}

#[test]
fn n3_n5_when_the_line_goes_after_the_effect_the_next_run_finds_it_done() {
    let (rig, line) = rig();
    let mut going = rig.start("after-confirm-sent:2", 3).paused();
    line.set(Weather::AnswersLost);
    going.go();
    going.wait("the site has done it", PASSED, |rig| rig.withdrawn().len() == 2);
    line.set(Weather::Cut);
    let ended = going.end();
    assert!(matches!(ended.code, Some(1 | 5 | 6)), "{ended:?}");
    assert_eq!(ended.outcomes(), "withdrawn* unknown skipped", "{ended:?}");
    line.set(Weather::Fine);
    rig.run(1).expect(0, "");
    rig.check_settled();
    assert_eq!(rig.withdrawn().len(), 3);
}

#[test]
fn n3_a_line_that_is_cut_before_the_confirmation_arrives_leaves_somebody_still_pending() {
    let (rig, line) = rig();
    let mut going = rig.start("after-confirm-sent:2", 2).paused();
    line.set(Weather::Cut);
    going.go();
    let outcome = going.label("before-outcome");
    going.wait("the attempt has ended", PASSED, move |_| outcome.is(2));
    line.set(Weather::Fine);
    let ended = going.end();
    ended.expect(5, "");
    assert_eq!(ended.outcomes(), "withdrawn* failed");
    rig.check_settled();
    assert_eq!(rig.withdrawn().len(), 1);
}

#[test]
fn n3_a_line_that_is_cut_before_the_proof_leaves_the_proof_to_the_next_run() {
    let (rig, line) = rig();
    let going = rig.start("before-verify:1", 3).paused();
    line.set(Weather::Cut);
    going.go();
    let ended = going.end();
    assert!(matches!(ended.code, Some(1 | 5 | 6)), "{ended:?}");
    ended.says("could not be loaded");
    assert_eq!(ended.outcomes(), "withdrawn skipped skipped", "{ended:?}");
    line.set(Weather::Fine);
    rig.run(1).expect(0, "");
    rig.check_settled();
}

#[test]
fn n3_a_line_that_is_cut_from_the_start_changes_nothing() {
    let (rig, line) = rig();
    line.set(Weather::Cut);
    let ended = rig.run(3);
    assert!(matches!(ended.code, Some(1 | 5 | 6)), "{ended:?}");
    ended.says("could not be loaded");
    assert_eq!(rig.acts(), (0, 0));
    line.set(Weather::Fine);
    rig.run(1).expect(0, "");
    rig.check_settled();
}
