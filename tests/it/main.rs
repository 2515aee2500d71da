//! The program as a process, against the practice site in real headless Chromium.
#![allow(clippy::unwrap_used, reason = "a test that fails should panic")]
#![allow(clippy::print_stdout, reason = "shown when a test fails, or when asked for")]

mod archive;
mod ask;
mod attach;
mod away;
mod cli;
mod config;
mod crashing;
mod doctor;
mod driver_life;
mod firefox;
mod history;
mod html;
mod journeys;
mod kinds;
mod languages;
mod layouts;
mod locators;
mod lost_window;
mod plan_runs;
mod plans;
mod practice_site;
mod promises;
mod public_scripts;
mod races;
mod remote;
mod schemas;
mod screen;
mod sightings;
mod status;
mod supervision;
mod tidy;
mod traces;
mod trial;
mod window;
mod withdrawing;
mod world;
