//! A session at a server of the person's own, which outlives us: opened with patience, kept alive, and
//! ended in any case.

use std::convert::Infallible;

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::time::{Instant, sleep_until, timeout};

use super::{Session, Start};
use crate::browser::error::StartError;
use crate::browser::remote::{self, Found, Remote};

impl Session {
    /// Opens a session at a server of the person's own.
    pub(super) async fn open_at(
        found: &Found,
        start: &Start,
        builder: &ClientBuilder<HttpConnector>,
    ) -> Result<Self, StartError> {
        let error = match timeout(remote::PATIENCE, builder.connect(found.server.address())).await {
            Ok(Ok(client)) => {
                let id = client.session_id().await.ok().flatten().unwrap_or_default();
                return Ok(Self::new(client, start.kind, Some(Remote::new(found, id))));
            }
            Ok(Err(error)) => Some(error),
            Err(_) => None,
        };
        let profile = start.profile.as_ref().map(|profile| profile.display().to_string());
        Err(remote::no_session(&found.server, error, profile.as_deref()).await)
    }

    /// Ends a session at a server that outlives us, even while a command is under way; our own driver is
    /// ended otherwise.
    pub async fn abandon(self) {
        if let Some(remote) = &self.remote {
            remote.end().await;
        }
    }

    /// Speaks to a server that has not heard from us for a while, or it would give the session up.
    pub async fn keep_alive(&mut self) {
        let is_due = self.remote.as_ref().is_some_and(|remote| remote.due() <= Instant::now());
        if is_due && self.tainted.is_none() {
            // Whatever is wrong is noticed by the next command that is needed.
            let _ = self.windows().await;
        }
    }

    /// Keeps the session alive for as long as this is waited for, which has no end.
    pub async fn stay(&mut self) -> Infallible {
        loop {
            match &self.remote {
                Some(remote) if self.tainted.is_none() => sleep_until(remote.due()).await,
                _ => std::future::pending().await,
            }
            self.keep_alive().await;
        }
    }
}
