//! The program as a process, against the practice site in real headless Chromium.
#![allow(clippy::unwrap_used, reason = "a test that fails should panic")]
#![allow(clippy::print_stdout, reason = "shown when a test fails, or when asked for")]

mod ask;
mod cli;
mod crashing;
mod driver_life;
mod history;
mod journeys;
mod layouts;
mod locators;
mod plan_runs;
mod plans;
mod public_scripts;
mod races;
mod screen;
mod supervision;
mod tidy;
mod window;
mod withdrawing;
mod world;
