//! rescind beside what people use: a loop in the page (the limit), a script in the manner of
//! Selenium, and Playwright. The same page, the same browser, the same run; the ways take turns.
//!
//! `./bench` does everything; `cargo bench --bench compare -- [--only B1,B3] [--rounds N]
//! [--trials N] [--long] [--write]` a part of it. What is measured stands in the README beside this.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the table is what this is for")]
#![allow(clippy::unwrap_used, reason = "a measurement that fails should panic")]

mod contest;
mod journal;
mod memory;
mod playwright;
mod program;
mod race;
mod read;
mod scan;
mod selenium;
mod start;
mod stop;
mod usage;
#[path = "../../tests/it/window.rs"]
mod window;
mod withdraw;
#[path = "../../tests/it/world.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod world;

use contest::{Row, Wish};

fn main() -> Result<(), String> {
    // `cargo test --all-targets` starts this too, and wants no measuring.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let wish = Wish::read(std::env::args().skip(1))?;
    if wish.rivals.playwright.is_none() {
        eprintln!(
            "note: Playwright is not installed, so its column stays empty (./bench brings it)"
        );
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut rows = Vec::new();
    for id in wish.ids() {
        eprintln!("{id} …");
        let measured = runtime.block_on(measure(id, &wish));
        for row in &measured {
            println!("{}", row.markdown());
        }
        rows.extend(measured);
    }
    if wish.write {
        contest::write(&rows, &wish);
    }
    Ok(())
}

async fn measure(id: &str, wish: &Wish) -> Vec<Row> {
    match id {
        "B1" => read::rows(wish).await,
        "B2" => scan::rows(wish).await,
        "B3" => withdraw::rows(wish).await,
        "B4" => program::paced(wish).await,
        "B5" => memory::rows(wish).await,
        "B6" => race::rows(wish).await,
        "B7" => start::rows(wish).await,
        "B8" => journal::rows(wish),
        "B9" => program::settled(wish).await,
        "B10" => stop::rows(wish).await,
        _ => unreachable!("{id} was checked"),
    }
}
