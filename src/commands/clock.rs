//! The time of one run. It starts with the wall clock and then goes on with the machine's uptime,
//! sleep included: whoever sets the wall clock meanwhile gives no quota back and takes none away.

use jiff::{SignedDuration, Timestamp};
use rustix::time::{ClockId, clock_gettime};

use crate::domain::history::Boot;

pub struct Clock {
    began: Timestamp,
    up: SignedDuration,
}

impl Clock {
    pub fn start() -> Self {
        Self { began: Timestamp::now(), up: uptime() }
    }

    pub fn began(&self) -> Timestamp {
        self.began
    }

    pub fn now(&self) -> Timestamp {
        self.began.checked_add(uptime() - self.up).unwrap_or(self.began)
    }

    /// Which boot this is and how long ago it began; `None` where the system does not say.
    pub fn boot(&self) -> Option<Boot> {
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        Some(Boot { id: id.trim().to_owned(), up: self.up })
    }
}

fn uptime() -> SignedDuration {
    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    let clock = ClockId::Monotonic;
    let time = clock_gettime(clock);
    SignedDuration::new(time.tv_sec, i32::try_from(time.tv_nsec).unwrap_or_default())
}
