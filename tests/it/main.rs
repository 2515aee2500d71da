//! The program as a process, against the practice site in real headless Chromium.
#![allow(clippy::unwrap_used, reason = "a test that fails should panic")]

mod cli;
mod driver_life;
mod journeys;
mod tidy;
mod world;
