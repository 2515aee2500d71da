//! `Connections.csv`: who is connected. Nothing fails because of it; what can't be told is said.

use std::collections::HashSet;

use super::invitations::person;
use super::table::Table;
use crate::domain::archive::Connected;

/// In every export, below a few lines of notes since 2022.
const NEEDED: [&str; 3] = ["First Name", "Last Name", "Connected On"];
/// Since mid 2023.
const PROFILE: [&str; 1] = ["URL"];

pub fn read(place: &str, bytes: &[u8]) -> Connected {
    let read = Table::open(place, bytes, NEEDED, PROFILE).and_then(|(mut table, _, [url])| {
        let mut people = HashSet::new();
        while let Some(row) = table.next()? {
            people.extend(row.optional(url).and_then(person));
        }
        Ok((people, url.is_some()))
    });
    match read {
        Ok((_, false)) => Connected::Unknown(format!(
            "{place} has no addresses of profiles (LinkedIn writes them since mid 2023), and a name \
             is no identity"
        )),
        Ok((people, true)) => Connected::Known(people),
        Err(error) => Connected::Unknown(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PREAMBLE: &str =
        "Notes:\n\"When exporting your data, some \"\"emails\"\" may be\nmissing.\"\n\n";
    const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match read("Connections.csv", text.as_bytes()) {
            Connected::Unknown(why) => why,
            Connected::Known(people) => {
                let mut people: Vec<String> = people.iter().map(ToString::to_string).collect();
                people.sort();
                people.join(" ")
            }
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn everybody_with_a_profile_is_known() {
        let rows = "Robin,Example,https://www.linkedin.com/in/Robin-Example,,,,22 Jan 2026\n\
            Zoë,Example,https://www.linkedin.com/in/zo%C3%AB,,\"Example, Inc.\",,1 Feb 2026\n\
            ,,,,,,3 Mar 2026\n";
        check(&format!("{PREAMBLE}{HEADER}{rows}"), "in/robin-example in/zoë");
        check(&format!("\u{feff}{HEADER}{rows}").replace('\n', "\r\n"), "in/robin-example in/zoë");
        check(HEADER, "");
    }

    #[test]
    fn what_can_not_be_told_is_said() {
        check(
            "First Name,Last Name,Email Address,Company,Position,Connected On\nA,B,,,,1 Jan 2022\n",
            "Connections.csv has no addresses of profiles (LinkedIn writes them since mid 2023), and \
             a name is no identity",
        );
        check(
            "Vorname,Nachname\n",
            "Connections.csv has not the columns that are needed (First Name, Last Name, Connected \
             On); its first line has \"Vorname\", \"Nachname\"",
        );
        check("", "Connections.csv is empty");
    }
}
