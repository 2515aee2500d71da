//! In a browser that the person started: a tab of our own, and their tabs left as they are.

use tokio::time::timeout;

use super::{CLOSE, COMMAND, Session};
use crate::browser::error::{PageError, StartError};

impl Session {
    /// Moves on to a new tab; the tabs that are there are the person's.
    pub(super) async fn in_own_tab(mut self) -> Result<Self, StartError> {
        match self.open_tab().await {
            Ok(()) => Ok(self),
            Err(error) => {
                self.close().await;
                Err(StartError::Failed(format!("no tab could be opened: {error}")))
            }
        }
    }

    async fn open_tab(&mut self) -> Result<(), PageError> {
        let client = self.client.clone();
        let open = self.within(COMMAND, "the list of windows", client.windows()).await?;
        let tab = self.within(COMMAND, "a new tab", client.new_window(true)).await?;
        self.within(COMMAND, "the new tab", client.switch_to_window(tab.handle)).await?;
        self.persons = Some(open);
        Ok(())
    }

    /// Closes it; in a browser of ours there is none.
    pub(super) async fn close_own_tab(&self) {
        if self.persons.is_some() {
            let _ = timeout(CLOSE, self.client.close_window()).await;
        }
    }
}
