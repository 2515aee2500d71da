//! What toml and serde say of a file, in the words of a person who wrote a config.

use super::ConfigError;

pub(super) fn misread(file: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let Some(span) = error.span() else {
        return ConfigError::of_file(file, error.message());
    };
    let marked = text.get(span.clone()).unwrap_or_default();
    ConfigError::at(file, text, span, &reworded(error.message(), marked))
}

fn reworded(message: &str, marked: &str) -> String {
    if message.starts_with("unknown field") {
        return unknown_key(message, marked.trim_matches(['"', '\'']));
    }
    if message == "missing field `expect`" {
        return "an example says what to expect: expect = \"withdraw\" or \"keep\"".to_owned();
    }
    // `rule` is the only list of sections that serde reads by itself.
    if message.ends_with("map, expected a sequence") {
        return "a rule begins with [[rule]], in two pairs of brackets".to_owned();
    }
    message
        .replace(" as i128", "")
        .replace("expected a boolean", "expected true or false")
        .replace("expected a sequence", "expected [[rule]] and its conditions below")
}

/// serde names the keys that it knows: "unknown field `x`, expected one of `a`, `b`".
fn unknown_key(message: &str, key: &str) -> String {
    let (_, list) = message.rsplit_once("expected ").unwrap_or_default();
    let known: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    let slips = |known: &&str| strsim::damerau_levenshtein(&key.to_lowercase(), known);
    let nearest = known.iter().copied().min_by_key(slips);
    // One slip in a short key, three in a long one; more is another word.
    let most = 1 + key.chars().count() / 4;
    match nearest.filter(|known| slips(known) <= most) {
        Some(known) => format!("unknown key `{key}`: did you mean `{known}`?"),
        None => format!("unknown key `{key}`: known here are {}", known.join(", ")),
    }
}
