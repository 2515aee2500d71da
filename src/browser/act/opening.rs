//! The first click: the person's one card, its control, and the question that the site then asks.

use fantoccini::elements::ElementRef;
use serde_json::{Value, json};

use crate::browser::act::answers::{Asked, Dialog, Found, Whose};
use crate::browser::act::{
    ASK, Act, Attempt, Ending, FIND, Halt, LIVE_AFTER_MS, Moment, QUESTION_MS, Reach, SentTab,
    UNHANDLED_MS, refused,
};
use crate::browser::error::PageError;
use crate::domain::history::{Outcome, StopWord};
use crate::domain::invitation::Invitation;
use crate::domain::run::Sign;
use crate::domain::trace::StepName;

/// What the first click led to.
pub(super) enum Opening {
    /// The confirming button, guarded.
    Question(ElementRef),
    /// It hit nobody: look again.
    Again(String),
    /// The page was loaded a moment ago, and its scripts do not run yet.
    NotLive(String),
    End(Attempt),
}

impl Act<'_, '_> {
    /// Finds the card, asks whether it may be, and clicks its control.
    pub(super) async fn open(&mut self) -> Result<Opening, Halt> {
        if !self.seek().await? {
            return Ok(Opening::End(Attempt::Missing));
        }
        let wish = self.wish(json!({}));
        let (found, control) = self.answer::<Found>(FIND, &wish).await?;
        self.gate(&found.state)?;
        self.path.clone_from(&found.state.path);
        if let [dialog, ..] = found.dialogs.as_slice() {
            return Ok(Opening::End(match dialog.label {
                Some(_) => Attempt::InTheWay,
                None => hand_over(dialog),
            }));
        }
        let Some(card) = found.card.clone() else {
            return Ok(Opening::End(match found.found {
                0 => Attempt::Missing,
                _ => refused(Sign::Plain, "it stands on the page more than once".to_owned(), false),
            }));
        };
        let label = card.label.clone();
        let layout = &self.tab.layout;
        let (no_headline, names) = (&layout.card.no_headline, &layout.dialog.names);
        let SentTab { kind, language, now, .. } = *self.tab;
        let invitation = card.into_invitation(kind, no_headline, names, language, now);
        let question = json!({
            "labels": self.labels(&invitation.name, &label),
            "name": invitation.name, "mute": label.is_empty(),
        });
        let Some(control) = control else {
            return Ok(no_control(&found, &invitation));
        };
        if invitation.key != *self.key {
            return Ok(Opening::Again("the card changed while it was looked at".to_owned()));
        }
        if let Some(doubt) = invitation.doubt {
            return Ok(Opening::End(refused(Sign::Plain, doubt, false)));
        }
        self.tell(Moment::Found(&invitation))?;
        if let Some(end) = self.other_windows().await? {
            return Ok(Opening::End(end));
        }
        self.tell(Moment::Clicking)?;
        self.reach = Reach::FirstClick;
        self.click(StepName::Click, &control).await?;
        self.tell(Moment::Clicked)?;
        self.asked(question).await
    }

    /// Looks at what the first click brought.
    async fn asked(&mut self, mut question: Value) -> Result<Opening, Halt> {
        question["path"] = json!(self.path);
        question["budget"] = json!(QUESTION_MS);
        question["unhandled"] = json!(UNHANDLED_MS);
        let wish = self.wish(question);
        let (asked, confirm) = self.answer::<Asked>(ASK, &wish).await?;
        self.gate(&asked.state)?;
        if !asked.armed {
            self.tab.site.heed_refusals().await?;
        }
        if asked.guard.passed == 0 {
            self.reach = Reach::Nothing;
            let why = match asked.guard.blocked {
                0 => "the click did not reach the control",
                _ => "the list moved under the click, which was held back",
            };
            return Ok(Opening::Again(why.to_owned()));
        }
        if let Some(confirm) = confirm.filter(|_| asked.armed) {
            return Ok(Opening::Question(confirm));
        }
        if asked.gone {
            return Ok(Opening::End(Attempt::Ended(Ending {
                outcome: Outcome::Withdrawn,
                sign: Sign::Stop(StopWord::PageChanged),
                detail: "the first click withdrew it: the site asked no question".to_owned(),
                reload: false,
            })));
        }
        if asked.moved {
            let words = format!("the click led to {}", asked.state.path);
            return Err(PageError::NotUnderstood(words).into());
        }
        if asked.guard.unhandled && asked.dialogs.is_empty() {
            self.reach = Reach::Nothing;
            let why = "the page did not take the click up".to_owned();
            return Ok(match asked.age < LIVE_AFTER_MS {
                true => Opening::NotLive(why),
                false => Opening::Again(why),
            });
        }
        Ok(Opening::End(self.refuse_question(&asked).await?))
    }

    /// The question is not the one that may be confirmed: leave it.
    async fn refuse_question(&mut self, asked: &Asked) -> Result<Attempt, PageError> {
        self.take_picture().await;
        let clean = self.leave_dialogs(asked.dialogs.len()).await?;
        if asked.dialogs.is_empty() {
            // The site has shipped withdrawals without a question (§5.1): the list will tell.
            return Ok(Attempt::Ended(Ending {
                outcome: Outcome::Unknown,
                sign: Sign::Miss,
                detail: "no question came, or it went away again".to_owned(),
                reload: true,
            }));
        }
        self.reach = Reach::Nothing;
        Ok(match asked.dialogs.as_slice() {
            [dialog] => match asked.whose {
                Some(Whose::Other) => {
                    let said = dialog.label.as_deref().filter(|label| !label.is_empty());
                    let said = said.unwrap_or(&dialog.text);
                    let why = format!("the dialog is for somebody else: {said:?}");
                    refused(Sign::OtherPerson, why, true)
                }
                Some(Whose::Theirs) if dialog.buttons.len() > self.buttons() => {
                    let why =
                        format!("the dialog has other buttons: {}", dialog.buttons.join(", "));
                    refused(Sign::Miss, why, !clean)
                }
                Some(Whose::Theirs) => {
                    let over = asked.covered.as_deref().unwrap_or("something that moves");
                    refused(Sign::Miss, format!("the dialog is covered by {over}"), !clean)
                }
                None if dialog.label.is_some() => {
                    refused(Sign::Miss, "the dialog does not stand still".to_owned(), !clean)
                }
                Some(Whose::Nobody) | None => {
                    let why = format!("the dialog names nobody: {:?}", dialog.text);
                    refused(Sign::Miss, why, !clean)
                }
            },
            several => refused(
                Sign::Stop(StopWord::PageChanged),
                format!("{} dialogs are open at once", several.len()),
                true,
            ),
        })
    }

    /// How many buttons the question has at the most.
    fn buttons(&self) -> usize {
        usize::try_from(self.tab.layout.dialog.buttons.get()).unwrap_or(usize::MAX)
    }

    /// What the confirming button may say for the person of this card.
    fn labels(&self, name: &str, label: &str) -> Vec<String> {
        let names = self.tab.layout.dialog.names.iter();
        let mut labels: Vec<String> = names.map(|words| words.of(name)).collect();
        if !label.is_empty() {
            labels.push(label.to_owned());
        }
        labels
    }
}

fn no_control(found: &Found, invitation: &Invitation) -> Opening {
    let (sign, why) = match (found, &invitation.doubt) {
        (Found { disabled: true, .. }, _) => {
            (Sign::Miss, "its Withdraw control is disabled".to_owned())
        }
        (Found { covered: Some(over), .. }, _) => (Sign::Miss, format!("covered by {over}")),
        (Found { moving: true, .. }, _) => {
            return Opening::Again("the card does not stand still".to_owned());
        }
        (_, Some(doubt)) => (Sign::Plain, doubt.clone()),
        _ => (Sign::Miss, "it has no Withdraw control".to_owned()),
    };
    Opening::End(refused(sign, why, false))
}

/// A dialog that is no question about a withdrawal is the person's to read.
fn hand_over(dialog: &Dialog) -> Attempt {
    let detail = format!("the site shows a message that is yours to answer: {:?}", dialog.text);
    refused(Sign::Stop(StopWord::Checkpoint), detail, false)
}
