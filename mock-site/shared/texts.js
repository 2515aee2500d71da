// The words of the page's language. One JSON file a language; its `guessed`
// list names the texts for which nobody has evidence.

import { readNow } from './dom.js';

const RIGHT_TO_LEFT = ['ar', 'fa', 'he'];

/** The words of `lang`, English where the file or the language is missing. */
export function openTexts(lang) {
  const safe = /^[a-z]{2}(-[a-z]+)?$/i.test(lang) ? lang : 'en';
  const found = readNow(`/shared/lang/${safe}.json`) ?? readNow('/shared/lang/en.json');
  const table = JSON.parse(found);
  const code = table.locale.slice(0, 2);
  const tag = table.locale.replace('_', '-');
  const text = (key, values = {}) =>
    table[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  const figures = new Intl.NumberFormat(table.numbers ?? tag);
  const number = (n) => figures.format(n);
  return {
    code,
    locale: table.locale,
    dir: RIGHT_TO_LEFT.includes(code) ? 'rtl' : 'ltr',
    age: openAges(table.age, new Intl.PluralRules(tag), number),
    text,
    toasts: (n) => table.toasts[n === 1 ? 0 : 1].replace('{n}', number(n)),
    number,
  };
}

/** `(unit, n)` -> "Sent 3 weeks ago", in the plural of n; n may be any other text, too. */
function openAges({ frame, ...units }, plurals, number) {
  return (unit, n) => {
    const forms = units[unit];
    const counted = typeof n === 'number';
    const form = typeof forms === 'string' ? forms : ((counted && forms[plurals.select(n)]) || Object.values(forms).at(-1));
    return frame.replace('{age}', form.replace('{n}', counted ? number(n) : n));
  };
}
