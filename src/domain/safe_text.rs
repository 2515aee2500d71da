//! Text from the page, made safe to show in a terminal.
//!
//! Names and headlines are written by strangers. What comes out of here is one line without
//! control characters, without marks that turn the reading direction of what follows, and never
//! wider than asked for. Whatever was hidden in the text is shown as `�`, not dropped, so that
//! two names that differ don't look the same. Right-to-left text stands in isolates of our own.

use icu_properties::CodePointMapData;
use icu_properties::CodePointSetData;
use icu_properties::props::{
    BidiClass, CanonicalCombiningClass, DefaultIgnorableCodePoint, ExtendedPictographic,
    GeneralCategory, JoiningType,
};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const REPLACEMENT: char = '\u{fffd}';
const ELLIPSIS: char = '…';
const JOINER: char = '\u{200d}';
const NON_JOINER: char = '\u{200c}';
/// More marks than any language stacks on one letter.
const MOST_MARKS: usize = 4;
/// More characters than the longest emoji has.
const MOST_IN_A_GRAPHEME: usize = 16;
/// The only emoji that need tag characters: England, Scotland, Wales.
const TAGGED_FLAGS: [&str; 3] = [
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
];

/// Whether a terminal obeys this character, or it changes how its neighbours are shown.
pub fn is_unsafe(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    !matches!(c, JOINER | NON_JOINER)
        && matches!(category(c), Control | Format | LineSeparator | ParagraphSeparator)
}

/// How many columns safe text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// All of the text on one safe line, white space folded.
pub fn line(text: &str) -> String {
    isolated(cleaned(text, usize::MAX).0)
}

/// The text on one safe line of at most `columns`; what is cut off is told by `…`.
pub fn cut(text: &str, columns: usize) -> String {
    let (mut shown, all) = cleaned(text, columns);
    if !all {
        shown = cleaned(text, columns.saturating_sub(1)).0;
        if columns > 0 {
            shown.truncate(shown.trim_end().len());
            shown.push(ELLIPSIS);
        }
    }
    isolated(shown)
}

/// The text on as many safe lines of at most `columns` as it takes, broken between words.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let (mut lines, mut last, mut taken) = (Vec::new(), String::new(), 0);
    let (clean, _) = cleaned(text, usize::MAX);
    for word in clean.split(' ') {
        if taken > 0 && taken + 1 + width(word) <= columns {
            last.push(' ');
            taken += 1;
        } else if taken > 0 {
            lines.push(std::mem::take(&mut last));
            taken = 0;
        }
        for grapheme in word.graphemes(true) {
            let fits = width(grapheme) <= columns;
            let grapheme = if fits { grapheme } else { "…" };
            if !last.is_empty() && taken + width(grapheme) > columns {
                lines.push(std::mem::take(&mut last));
                taken = 0;
            }
            last.push_str(grapheme);
            taken += width(grapheme);
        }
    }
    lines.push(last);
    lines.into_iter().map(isolated).collect()
}

/// The safe text as far as it fits, and whether that is all of it.
fn cleaned(text: &str, columns: usize) -> (String, bool) {
    let (mut out, mut taken) = (String::new(), 0_usize);
    let end = text.trim_end().len();
    for (start, grapheme) in text.grapheme_indices(true) {
        let rest = text.get(start + grapheme.len()..).unwrap_or_default();
        let next = rest.chars().next();
        let mut piece = clean_grapheme(grapheme, next);
        // White space and replacements are folded, so that a flood of them hides nothing.
        for folded in [' ', REPLACEMENT] {
            let follows = out.ends_with(folded) || (folded == ' ' && out.is_empty());
            if follows && piece.starts_with(folded) {
                piece.remove(0);
            }
        }
        if piece.is_empty() {
            continue;
        }
        if start + grapheme.len() >= end {
            piece.truncate(piece.trim_end().len());
        }
        let more = width(&piece);
        if more > columns - taken {
            return (out, false);
        }
        taken += more;
        out.push_str(&piece);
    }
    out.truncate(out.trim_end().len());
    (out, true)
}

/// What is shown for one grapheme, of which `next` is the neighbour.
fn clean_grapheme(grapheme: &str, next: Option<char>) -> String {
    if TAGGED_FLAGS.contains(&grapheme) {
        return grapheme.to_owned();
    }
    let mut out = String::new();
    let (mut kept, mut marks) = (0, 0);
    let mut rest = grapheme.chars();
    while let Some(c) = rest.next() {
        let following = rest.clone().next().or(next);
        let shown = match c {
            _ if c.is_whitespace() => ' ',
            JOINER | NON_JOINER if joins(&out, c, following) => c,
            _ if is_shown(c) => c,
            _ => REPLACEMENT,
        };
        if matches!(shown, ' ' | REPLACEMENT) {
            if !out.ends_with(shown) {
                out.push(shown);
            }
            marks = 0;
            continue;
        }
        marks = if is_mark(shown) { marks + 1 } else { 0 };
        kept += 1;
        if marks > MOST_MARKS || kept > MOST_IN_A_GRAPHEME {
            continue;
        }
        // A mark without a letter would fall on our own text.
        if marks == 1 && (out.is_empty() || out.ends_with(' ')) {
            out.push('◌');
        }
        out.push(shown);
    }
    out
}

/// Whether this joiner or non-joiner does its work here: inside an emoji, behind a virama, or
/// between two letters that would join. Anywhere else it only hides a difference.
fn joins(before: &str, joiner: char, after: Option<char>) -> bool {
    let kind = |c| CodePointMapData::<JoiningType>::new().get(c);
    let pictures = CodePointSetData::new::<ExtendedPictographic>();
    let virama = |c| {
        CodePointMapData::<CanonicalCombiningClass>::new().get(c) == CanonicalCombiningClass::Virama
    };
    if before.chars().next_back().is_some_and(virama) {
        return true;
    }
    let Some(after) = after else { return false };
    let is_base = |c: &char| !is_mark(*c) && category(*c) != GeneralCategory::ModifierSymbol;
    let emoji = before.chars().rfind(is_base).filter(|_| joiner == JOINER);
    if emoji.is_some_and(|c| pictures.contains(c)) {
        return pictures.contains(after);
    }
    let letter = before.chars().rfind(|c| kind(*c) != JoiningType::Transparent);
    let reaches = |c| matches!(kind(c), JoiningType::DualJoining | JoiningType::LeftJoining);
    letter.is_some_and(reaches)
        && matches!(kind(after), JoiningType::DualJoining | JoiningType::RightJoining)
}

fn is_shown(c: char) -> bool {
    use GeneralCategory::{NonspacingMark, PrivateUse, Surrogate, Unassigned};
    let category = category(c);
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c);
    !is_unsafe(c)
        && !matches!(category, PrivateUse | Surrogate | Unassigned)
        && (!ignorable || category == NonspacingMark)
}

fn is_mark(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark};
    matches!(category(c), EnclosingMark | NonspacingMark)
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

/// Right-to-left text between marks that keep it from turning what stands beside it.
fn isolated(text: String) -> String {
    use BidiClass as Class;
    let class = |c| CodePointMapData::<Class>::new().get(c);
    let turns =
        |c| matches!(class(c), Class::RightToLeft | Class::ArabicLetter | Class::ArabicNumber);
    if text.chars().any(turns) { format!("\u{2068}{text}\u{2069}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(line(text), expected, "{text:?}");
    }

    #[test]
    fn a_name_cannot_speak_to_the_terminal() {
        check("\u{1b}]52;c;cm0=\u{7}Robin", "�]52;c;cm0=�Robin");
        check("Robin\u{9b}2J\u{7f}", "Robin�2J�");
        check("Robin\r\n\tExample\u{2028}", "Robin Example");
    }

    #[test]
    fn a_name_cannot_turn_what_stands_beside_it() {
        check("Robin\u{202e}nibor", "Robin�nibor");
        check("\u{2066}Robin\u{2069}\u{200f}", "�Robin�");
        check("דנה כהן", "\u{2068}דנה כהן\u{2069}");
    }

    #[test]
    fn what_is_hidden_in_a_name_is_shown() {
        check("Ro\u{200b}\u{200b}\u{feff}bin", "Ro�bin");
        check("Ro\u{200d}bin\u{200c}", "Ro�bin�");
        check("\u{3164}\u{e000}", "�");
    }

    #[test]
    fn joiners_stay_where_a_script_or_an_emoji_needs_them() {
        check("👩🏽\u{200d}💻 Ada", "👩🏽\u{200d}💻 Ada");
        check("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥");
        check("क्\u{200d}ष", "क्\u{200d}ष");
        check("می\u{200c}خواهم", "\u{2068}می\u{200c}خواهم\u{2069}");
        check(TAGGED_FLAGS[0], TAGGED_FLAGS[0]);
    }

    #[test]
    fn marks_pile_up_only_so_far_and_never_on_our_own_text() {
        check(&format!("Z{}algo", "\u{301}".repeat(500)), &format!("Z{}algo", "\u{301}".repeat(4)));
        check("\u{301}Robin", "◌\u{301}Robin");
        check("Robin \u{301}", "Robin ◌\u{301}");
    }

    #[test]
    fn a_cut_is_told_and_leaves_characters_whole() {
        assert_eq!(cut("Robin Example", 13), "Robin Example");
        assert_eq!(cut("Robin Example  ", 13), "Robin Example");
        assert_eq!(cut("Robin Example", 7), "Robin…");
        assert_eq!(cut("山田太郎", 6), "山田…");
        assert_eq!(cut("山田太郎", 8), "山田太郎");
        assert_eq!(cut("👩🏽\u{200d}💻👩🏽\u{200d}💻", 3), "👩🏽\u{200d}💻…");
        assert_eq!(cut("דנה כהן", 4), "\u{2068}דנה…\u{2069}");
        assert_eq!(cut("Robin", 0), "");
    }

    #[test]
    fn long_text_is_broken_between_words() {
        assert_eq!(wrap("sent at least 21 days ago", 12), ["sent at", "least 21", "days ago"]);
        assert_eq!(wrap("Donaudampfschiff", 6), ["Donaud", "ampfsc", "hiff"]);
        assert_eq!(wrap("", 6), [""]);
    }

    #[test]
    fn a_megabyte_is_cut_at_once() {
        let flood = format!("a{}", "\u{301}".repeat(500_000));
        assert_eq!(width(&cut(&flood, 20)), 1);
        assert_eq!(width(&cut(&"x".repeat(1_000_000), 20)), 20);
    }

    fn hostile() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            "\u{1b}[31m",
            "\u{202e}",
            "\u{2067}",
            "\u{200d}",
            "\u{200c}",
            "\u{301}",
            "\u{fe0f}",
            "\u{20e3}",
            "👩",
            "🏽",
            "❤",
            "🇩",
            "لا",
            "כ",
            "山",
            "क्",
            "ष",
            "ᄀ",
            "\u{e0067}",
            " ",
            "\r\n",
            "\u{ad}",
            "1",
            "a",
            "\u{600}",
            "\u{5bf}",
            "ﷺ",
            "\u{1160}",
        ]);
        let piece = prop_oneof![odd.prop_map(str::to_owned), any::<char>().prop_map(String::from)];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    /// Our isolates enclose all of a text or nothing; within them, nothing is unsafe.
    #[track_caller]
    fn assert_safe(shown: &str, columns: usize) {
        let inner = shown
            .strip_prefix('\u{2068}')
            .and_then(|inner| inner.strip_suffix('\u{2069}'))
            .unwrap_or(shown);
        let bad = inner
            .chars()
            .find(|c| is_unsafe(*c) && !TAGGED_FLAGS.iter().any(|flag| flag.contains(*c)));
        assert_eq!(bad, None, "{shown:?}");
        assert!(width(shown) <= columns, "{shown:?} is wider than {columns}");
    }

    proptest! {
        #[test]
        fn whatever_the_page_says_one_safe_line_of_the_width_comes_out(
            text in hostile(), columns in 0_usize..60,
        ) {
            assert_safe(&line(&text), usize::MAX);
            assert_safe(&cut(&text, columns), columns);
            for row in wrap(&text, columns.max(2)) {
                assert_safe(&row, columns.max(2));
            }
        }

        #[test]
        fn what_fits_is_not_cut(text in hostile()) {
            let all = line(&text);
            let sum = cleaned(&text, usize::MAX).0.graphemes(true).map(width).sum();
            assert_eq!(cut(&text, sum), all);
        }

        #[test]
        fn safe_text_stays_as_it_is(text in "[A-Za-zÀ-ž0-9.,&()|-]{1,9}( [A-Za-z山-田가-나]{1,9}){0,4}") {
            assert_eq!(line(&text), text);
        }
    }
}
