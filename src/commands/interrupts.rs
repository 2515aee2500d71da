//! Ctrl-C, the end of the terminal, and requests of the system to end. The first asks for an end
//! in good order, the second for one at once.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

#[derive(Clone)]
pub struct Interrupts {
    count: watch::Receiver<u32>,
}

impl Interrupts {
    /// Listens from now on, until the program ends.
    pub fn listen() -> Self {
        let (counter, count) = watch::channel(0);
        for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
            let counter = counter.clone();
            // Where a signal can't be listened to, it ends the program as it would have.
            let Ok(mut stream) = signal(kind) else { continue };
            tokio::spawn(async move {
                while stream.recv().await.is_some() {
                    counter.send_modify(|count| *count += 1);
                }
            });
        }
        Self { count }
    }

    pub fn any(&self) -> bool {
        *self.count.borrow() > 0
    }

    /// Resolves once there was one.
    pub async fn first(&self) {
        self.reach(1).await;
    }

    /// Resolves once there were two.
    pub async fn second(&self) {
        self.reach(2).await;
    }

    async fn reach(&self, wanted: u32) {
        let mut count = self.count.clone();
        if count.wait_for(|count| *count >= wanted).await.is_err() {
            std::future::pending().await
        }
    }
}
