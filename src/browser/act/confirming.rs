//! The second click: sent once, and what the page says to it.

use fantoccini::elements::ElementRef;
use serde_json::json;

use crate::browser::act::answers::Seen;
use crate::browser::act::{Act, Attempt, EFFECT_MS, Ending, Halt, Moment, OUTCOME, Reach};
use crate::browser::error::PageError;
use crate::domain::history::Outcome;
use crate::domain::run::Sign;
use crate::domain::trace::StepName;

impl Act<'_, '_> {
    /// Confirms, once, and waits for what the page says.
    pub(super) async fn confirm(&mut self, confirm: &ElementRef) -> Result<Attempt, Halt> {
        self.tell(Moment::Opened)?;
        if let Some(end) = self.other_windows().await? {
            self.leave_dialogs(1).await?;
            return Ok(end);
        }
        if let Err(denied) = self.tell(Moment::Confirming) {
            self.leave_dialogs(1).await?;
            return Err(denied.into());
        }
        self.reach = Reach::Confirmation;
        self.click(StepName::Confirm, confirm).await?;
        self.tell(Moment::Confirmed)?;
        let wish = self.wish(json!({ "path": self.path, "budget": EFFECT_MS }));
        let seen = self.answer_only::<Seen>(OUTCOME, &wish).await?;
        self.gate(&seen.state)?;
        self.tab.site.heed_refusals().await?;
        if let Some(status) = seen.limited {
            let sign = format!("status {status} for the withdrawal");
            return Err(PageError::RateLimited { sign }.into());
        }
        let said = seen.alerts.join(" ");
        let still = match said.as_str() {
            "" => "the page still shows it".to_owned(),
            said => format!("the page still shows it, and says {said:?}"),
        };
        let (outcome, sign, detail) = match (seen.gone, seen.guard.passed) {
            (true, 1..) => (Outcome::Withdrawn, Sign::Plain, String::new()),
            (true, 0) => (
                Outcome::Unknown,
                Sign::Miss,
                "the list lost it, though the confirming click was held back".to_owned(),
            ),
            (false, 1..) => (Outcome::Unknown, Sign::Miss, still),
            (false, 0) => (
                Outcome::Unknown,
                Sign::Miss,
                "the confirming click did not reach the button".to_owned(),
            ),
        };
        let reload = !seen.dialogs.is_empty() || outcome != Outcome::Withdrawn;
        Ok(Attempt::Ended(Ending { outcome, sign, detail, reload }))
    }
}
