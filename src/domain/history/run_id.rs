//! The name of a run: a ULID, so that the names sort as the runs began.

use std::fmt;

use jiff::Timestamp;

/// Crockford's base 32: no I, L, O or U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Which digit a byte is; 32 for none.
const VALUES: [u8; 128] = values();
const LENGTH: usize = 26;
const CHANCE_BITS: u32 = 80;

/// 48 bits of milliseconds, then 80 of chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(u128);

impl RunId {
    /// The run that began at this moment; of `chance`, the low 80 bits are used.
    pub fn new(began: Timestamp, chance: u128) -> Self {
        let millis = u128::try_from(began.as_millisecond()).unwrap_or_default();
        let chance = chance & ((1 << CHANCE_BITS) - 1);
        Self((millis & ((1 << 48) - 1)) << CHANCE_BITS | chance)
    }

    /// Reads what `Display` wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != LENGTH || text.as_bytes()[0] > b'7' {
            return None;
        }
        text.bytes()
            .try_fold(0_u128, |number, byte| {
                let value = *VALUES.get(usize::from(byte))?;
                (value < 32).then_some(number << 5 | u128::from(value))
            })
            .map(Self)
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = (0..LENGTH)
            .rev()
            .map(|place| char::from(DIGITS[(self.0 >> (5 * place)) as usize & 31]))
            .collect();
        f.write_str(&text)
    }
}

const fn values() -> [u8; 128] {
    let mut values = [32; 128];
    let mut digit = 0;
    while digit < DIGITS.len() {
        values[DIGITS[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_name_reads_back_as_it_was_written() {
        let text = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        assert_eq!(RunId::parse(text).unwrap().to_string(), text);
        let widest = RunId::new(Timestamp::MAX, u128::MAX);
        assert_eq!(RunId::parse(&widest.to_string()), Some(widest));
    }

    #[test]
    fn names_sort_as_the_runs_began() {
        let earlier = RunId::new(at(1_700_000_000), u128::MAX);
        let later = RunId::new(at(1_700_000_001), 0);
        assert!(earlier < later && earlier.to_string() < later.to_string());
    }

    #[test]
    fn a_moment_before_1970_is_no_crash() {
        assert_eq!(RunId::new(at(-5), 0).to_string(), "0".repeat(LENGTH));
    }

    #[test]
    fn what_is_no_name_is_not_read() {
        for text in ["", "01J", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "01ARZ3NDEKTSV4RRFFQ69G5FAé"] {
            assert_eq!(RunId::parse(text), None, "{text}");
        }
        assert_eq!(RunId::parse("01ARZ3NDEKTSV4RRFFQ69G5FAU"), None, "no U in base 32");
    }
}
