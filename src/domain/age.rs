//! How old an invitation is: an interval, never a point.

use jiff::Timestamp;

/// When an invitation can have been sent, seen from `now`: after `earliest`, at `latest` or before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// The invitation was sent after this instant.
    pub earliest: Timestamp,
    /// The invitation was sent at this instant or before.
    pub latest: Timestamp,
    /// The instant of the reading, from which whole days are counted.
    pub now: Timestamp,
}
