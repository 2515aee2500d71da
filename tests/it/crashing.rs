//! `rescind withdraw` is killed, stopped, cut off and interrupted at every step, and then run again.
//! The site's own log is the truth, the journal is what the program believes: after every run
//! nobody but those who were chosen is gone, nobody was confirmed without a record or twice, and
//! after the next run the two agree about everybody.

mod killed;
mod network;
pub mod processes;
mod records;
pub mod rig;
mod signals;
mod soak;
