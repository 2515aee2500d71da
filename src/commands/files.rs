//! Files that the person names, written whole or not at all.

use std::path::Path;

use crate::exit::{Exit, Failure};

/// Writes a file so that it is either there whole or not at all, for its owner only. `option` is
/// where the person named it.
pub fn write_file(path: &Path, text: &str, option: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        // What is not there is named by the path; the name of the unfinished file tells nobody.
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such folder".to_owned(),
            _ => error.to_string(),
        };
        Failure::new(Exit::Failed, format!("cannot write {}: {why}", path.display()))
            .hint(format!("choose another place with {option}"))
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::Builder::new()
        .prefix(".rescind-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(failed)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
