//! The number that the page itself states: `People (1,100)`.

/// Reads the count from a pill's text: the digits in its last pair of parentheses, or its only
/// digits. Separators of thousands and native digits don't matter (linkedin-pages §2.3).
pub fn announced(text: &str) -> Option<u64> {
    let inside = match text.rfind(['(', '（']) {
        Some(open) => {
            let rest = &text[open..];
            let close = rest.find([')', '）']).unwrap_or(rest.len());
            rest[..close].trim_start_matches(['(', '（'])
        }
        None => text.trim_start_matches(|c: char| digit(c).is_none()),
    };
    let mut number: Option<u64> = None;
    for c in inside.trim().chars() {
        if let Some(digit) = digit(c) {
            number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(u64::from(digit))?);
        } else if !is_separator(c) {
            return None;
        }
    }
    number
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | '.' | '\'' | '’' | '٬' | '،' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}'
        )
}

/// The value of a decimal digit in the scripts of the site's languages.
fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 9] = ['0', '٠', '۰', '०', '০', '੦', '౦', '๐', '０'];
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        (value < 10).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u64>) {
        assert_eq!(announced(text), expected, "{text:?}");
    }

    #[test]
    fn the_count_is_read_with_any_separator_and_digits() {
        check("People (40)", Some(40));
        check("People (1,100)", Some(1100));
        check("Personnes (1\u{a0}100)", Some(1100));
        check("Personnes (1\u{202f}100)", Some(1100));
        check("Personen (1.100)", Some(1100));
        check("人脉（12）", Some(12));
        check("الأشخاص (٤٠)", Some(40));
        check("लोग (४०)", Some(40));
        check("People 7", Some(7));
    }

    #[test]
    fn what_is_not_a_count_is_none() {
        check("People", None);
        check("", None);
        check("People (1K+)", None);
        check("People (99999999999999999999999)", None);
    }
}
