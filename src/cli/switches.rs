//! The switches of the practice site as options of `rescind mock`: one for each row of the table in
//! `mock-site/README.md`.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use crate::mock_site::switches::switches;

/// The switches that were given, in the order of the table.
#[derive(Clone, Debug, Default)]
pub struct SwitchOptions {
    pub given: Vec<(&'static str, String)>,
}

impl Args for SwitchOptions {
    fn augment_args(command: Command) -> Command {
        let options = switches().into_iter().map(|switch| {
            let option = Arg::new(switch.name).long(switch.name).help_heading("Switches");
            match switch.name {
                "fault" => option
                    .value_name("NAME[:ARG][@K]")
                    .action(ArgAction::Append)
                    .allow_hyphen_values(true)
                    .help("What goes wrong, such as dialog-late; may be repeated"),
                _ => option.value_name("VALUE").help(switch.means),
            }
        });
        command.args(options)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SwitchOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut options = Self::default();
        options.update_from_arg_matches(matches)?;
        Ok(options)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for switch in switches() {
            let values = matches.get_many::<String>(switch.name).into_iter().flatten();
            self.given.extend(values.map(|value| (switch.name, value.clone())));
        }
        Ok(())
    }
}
