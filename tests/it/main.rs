//! The program as a process, against the practice site in real headless Chromium.

mod cli;
mod driver_life;
mod journeys;
mod tidy;
mod world;
