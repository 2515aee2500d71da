//! Who watches an attempt: whether what was approved still holds, and what is recorded before what.

use crate::browser::act::{Denied, Moment};
use crate::commands::clock::Clock;
use crate::commands::interrupts::Interrupts;
use crate::commands::pause_point::pause_point;
use crate::commands::withdraw::start::Start;
use crate::domain::history::{Event, EventKind};
use crate::domain::invitation::Invitation;
use crate::domain::report::Row;
use crate::domain::rules::{Rules, Verdict};
use crate::domain::run::Run;
use crate::journal::Journal;
use crate::terminal::output;

/// Watches an attempt: checks that what was approved still holds, and records each moment before
/// the next.
pub(super) struct Witness<'a> {
    row: &'a Row,
    rules: &'a Rules,
    journal: &'a mut Journal,
    run: &'a mut Run,
    clock: &'a Clock,
    interrupts: &'a Interrupts,
    begun: bool,
}

impl<'a> Witness<'a> {
    pub(super) fn of(
        row: &'a Row,
        start: &'a mut Start,
        run: &'a mut Run,
        interrupts: &'a Interrupts,
    ) -> Self {
        let (journal, clock, rules) = (&mut start.journal, &start.clock, &start.config.rules);
        Self { row, rules, journal, run, clock, interrupts, begun: false }
    }

    pub(super) fn see(&mut self, moment: Moment<'_>) -> Result<(), Denied> {
        let key = self.row.invitation.key.clone();
        let may_be_left =
            matches!(moment, Moment::Found(_) | Moment::Clicking | Moment::Confirming);
        if may_be_left && self.interrupts.any() {
            return Err(Denied::Interrupted);
        }
        match moment {
            Moment::Found(invitation) => {
                let now = self.run.history().narrowed(invitation.clone());
                lease(&self.row.invitation, &now, self.rules).map_err(Denied::Lease)?;
                pause_point("before-intent");
                if !std::mem::replace(&mut self.begun, true) {
                    self.record(EventKind::Intent {
                        key,
                        name: invitation.name.clone(),
                        profile_url: invitation.profile_url.clone(),
                        rule: self.row.decision.rule.clone().unwrap_or_default(),
                    })?;
                }
                pause_point("after-intent");
            }
            Moment::Clicking => {}
            Moment::Clicked => pause_point("after-click"),
            Moment::Opened => {
                self.record(EventKind::Opened { key })?;
                pause_point("after-opened");
            }
            Moment::Confirming => {
                self.record(EventKind::ConfirmSent { key })?;
                pause_point("after-confirm-sent");
            }
            Moment::Confirmed => pause_point("after-confirm"),
        }
        Ok(())
    }

    fn record(&mut self, kind: EventKind) -> Result<(), Denied> {
        let event = Event { run: self.run.id(), at: self.clock.now(), kind };
        let written = self.journal.append(&event);
        written.map_err(|error| Denied::Journal(output::with_causes(&error)))?;
        self.run.add(&event);
        Ok(())
    }
}

/// Whether what was approved still holds for what the card says now, and the readings before it.
pub(super) fn lease(approved: &Invitation, now: &Invitation, rules: &Rules) -> Result<(), String> {
    if approved.name != now.name {
        return Err(format!("the name changed: it was {:?}, it is {:?}", approved.name, now.name));
    }
    if let Some(doubt) = &now.doubt {
        return Err(doubt.clone());
    }
    let decision = rules.decide(&now.clone().knowing(approved));
    match decision.verdict {
        Verdict::Withdraw => Ok(()),
        Verdict::Keep | Verdict::Unsure => Err(format!("no rule holds now: {}", decision.reason)),
    }
}
