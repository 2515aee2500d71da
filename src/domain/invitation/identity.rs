//! U9 for any person: however the site writes an address, it is one identity everywhere, and two
//! people are never one. Slugs are lower case, as the site makes them; nothing else is asked of them.

use proptest::prelude::*;

use super::Key;
use crate::domain::person::Person;
use crate::domain::profile;

/// What one person is called in addresses.
pub fn slug() -> impl Strategy<Value = String> {
    let odd = vec![
        "in", "de", "pt-br", "zh_tw", "company", "a.b", "a..", "...", "%", "%2e", "%2f", "a#2",
        "a?b", "a%", "é", "e\u{301}", "ß", "ss", "ı", "i", "σας", "σασ", "а", "a", "a b", "a+b",
        "card", "email", "a&b=c", "\u{200d}", "山田", "דנה",
    ];
    let of_any_text = "[^/\\\\]{1,6}".prop_map(|text| text.to_lowercase());
    prop_oneof![
        4 => "[a-z]{1,6}(-[a-z0-9]{1,4}){0,2}",
        2 => prop::sample::select(odd).prop_map(str::to_owned),
        2 => of_any_text,
    ]
    .prop_filter("a part of a path, in lower case", |slug| {
        let is_step = matches!(slug.as_str(), "." | "..");
        !is_step && !slug.contains(char::is_control) && slug.to_lowercase() == *slug
    })
}

/// One of the ways in which the site, or who copies from it, writes the address of this person.
pub fn written(slug: &str) -> impl Strategy<Value = String> + use<> {
    let hosts = [
        "",
        "https://www.linkedin.com",
        "https://de.linkedin.com:443",
        "HTTPS://LINKEDIN.COM",
        "http://127.0.0.1:8080",
    ];
    let prefixes = ["/", "/de/", "/pt-BR/", "/zh_tw/", "//", "/DE//", "/in/", "/IN/"];
    let ends = ["", "/", "//", "/fr", "/fr_FR/", "?trk=a/in/b", "/?x", "#in/c", "/overlay/x/"];
    let pick = prop::sample::select::<&str>;
    let slug = slug.to_owned();
    (pick(hosts.to_vec()), pick(prefixes.to_vec()), any::<(bool, u64)>(), pick(ends.to_vec()))
        .prop_map(move |(host, prefix, spelling, end)| {
            format!("{host}{prefix}in/{}{end}", spelt(&slug, spelling))
        })
}

/// The slug in upper case where that is the same, and some of its characters as their bytes.
fn spelt(slug: &str, (is_upper, encoded): (bool, u64)) -> String {
    let upper = slug.to_uppercase();
    let is_upper = is_upper && upper.to_lowercase() == slug;
    let chosen = if is_upper { upper } else { slug.to_owned() };
    let spell = |(place, c): (usize, char)| {
        let bits = encoded >> (place % 32 * 2);
        if bits & 1 == 0 && !matches!(c, '%' | '?' | '#') {
            return c.to_string();
        }
        let mut bytes = [0; 4];
        let hex = |byte: &u8| match bits & 2 {
            0 => format!("%{byte:02x}"),
            _ => format!("%{byte:02X}"),
        };
        c.encode_utf8(&mut bytes).as_bytes().iter().map(hex).collect()
    };
    chosen.chars().enumerate().map(spell).collect()
}

/// Two people with nearly the same address, and one of the ways to write each.
pub fn two_people() -> impl Strategy<Value = [(String, String); 2]> {
    let edit = ("[a-z0-9é%.-]", 0_usize..8, 0..4);
    let near = (slug(), edit).prop_map(|(one, (piece, place, how))| {
        let mut chars: Vec<char> = one.chars().collect();
        let place = place % chars.len();
        let piece = piece.chars().next().unwrap_or('x');
        match how {
            0 => chars.insert(place, piece),
            1 if chars.len() > 1 => drop(chars.remove(place)),
            2 => chars.push(piece),
            _ => chars[place] = piece,
        }
        (one, chars.into_iter().collect::<String>())
    });
    let far = (slug(), slug());
    let different = |(one, other): &(String, String)| {
        one != other && !matches!(other.as_str(), "." | "..") && other.to_lowercase() == *other
    };
    prop_oneof![near, far].prop_filter("two people", different).prop_flat_map(|(one, other)| {
        (written(&one), written(&other))
            .prop_map(move |(at, other_at)| [(one.clone(), at), (other.clone(), other_at)])
    })
}

const ANY_ADDRESS: &str = "(https?://[a-z.:@]{0,12})?[/a-zA-Z.%#?\\\\é_-]{0,24}\
    |(/in|/de|/%69n|/company|/\\.\\.|/a|/|%2f|%00|%2E){1,6}";

/// `in` may be a locale or a person there, so it is nobody's address.
fn may_be_of_nobody(address: &str) -> bool {
    address.contains("/in/in/")
}

proptest! {
    #[test]
    fn u9_one_person_is_one_identity_however_the_address_is_written(
        (slug, address) in slug().prop_flat_map(|slug| (Just(slug.clone()), written(&slug))),
    ) {
        let Some(key) = Key::from_profile(&address) else {
            prop_assert!(may_be_of_nobody(&address), "{address}");
            return Ok(());
        };
        prop_assert_eq!(key.as_str(), format!("in/{slug}"), "{}", address);
        prop_assert!(key.is_profile());
        // What is written down is read as the same person, and so is what a person types.
        prop_assert_eq!(&Key::recorded(key.as_str()), &key);
        if address.trim() == address {
            prop_assert_eq!(address.parse::<Person>(), Ok(Person::Profile(key.clone())));
        }
        // What is handed on to a browser is still the address of this person, or nothing is.
        if let Some(bare) = profile::address(&address) {
            prop_assert_eq!(Key::from_profile(&bare), Some(key), "{}", bare);
        }
    }

    #[test]
    fn u9_two_different_people_never_have_one_key(people in two_people()) {
        let [key, other] = people.each_ref().map(|(_, address)| Key::from_profile(address));
        prop_assert!(key.is_none() || key != other, "{people:?}");
        for (slug, address) in &people {
            let key = Key::from_profile(address);
            let own = Key::recorded(format!("in/{slug}"));
            prop_assert!(key.is_none() || key == Some(own), "{address} is somebody else");
        }
    }

    #[test]
    fn u9_no_address_at_all_is_of_two_people(address in ANY_ADDRESS) {
        // Whoever it is, the canonical address is theirs too.
        if let Some(key) = Key::from_profile(&address) {
            let slug = key.as_str().split_once('/').map(|(_, slug)| slug).unwrap_or_default();
            prop_assert!(!slug.is_empty() && !slug.contains('/') && key.is_profile());
            let encoded: String = slug.bytes().map(|byte| format!("%{byte:02x}")).collect();
            let shelf = key.as_str().split('/').next().unwrap_or_default();
            let canonical = format!("https://www.linkedin.com/{shelf}/{encoded}/");
            prop_assert_eq!(Key::from_profile(&canonical), Some(key), "{}", address);
        }
    }
}
