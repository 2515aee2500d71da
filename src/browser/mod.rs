//! Everything that speaks WebDriver: the driver's life, the session, and the pages.

pub mod act;
pub mod attach;
pub mod card;
pub mod cards;
pub mod chromium;
pub mod count;
pub mod driver;
pub mod error;
pub mod firefox;
pub mod layout;
pub mod pages;
pub mod places;
pub mod probe;
pub mod remote;
pub mod selectors;
pub mod sent_page;
pub mod session;
pub mod versions;
pub mod walk;
