//! Reads `--webdriver`. clap's own words for a bad value repeat it, and this one may hold a password.

use std::ffi::OsStr;

use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};

use crate::domain::server::{BadServer, Server};

#[derive(Clone, Copy, Debug)]
pub struct ServerParser;

impl TypedValueParser for ServerParser {
    type Value = Server;

    fn parse_ref(
        &self,
        command: &Command,
        _argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Server, Error> {
        let server = value.to_str().ok_or(BadServer::NotAnAddress).and_then(str::parse);
        server.map_err(|why: BadServer| {
            Error::raw(ErrorKind::ValueValidation, format!("{why}\n")).with_cmd(command)
        })
    }
}
