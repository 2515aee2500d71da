// The words of the page's language. One JSON file a language; its `guessed`
// list names the texts for which nobody has evidence.

import { readNow } from './dom.js';

/** The words of `lang`, English where the file or the language is missing. */
export function openTexts(lang) {
  const safe = /^[a-z]{2}(-[a-z]+)?$/i.test(lang) ? lang : 'en';
  const found = readNow(`/shared/lang/${safe}.json`) ?? readNow('/shared/lang/en.json');
  const table = JSON.parse(found);
  const text = (key, values = {}) =>
    table[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  return {
    code: table.locale.slice(0, 2),
    locale: table.locale,
    dir: ['ar', 'fa', 'he'].includes(table.locale.slice(0, 2)) ? 'rtl' : 'ltr',
    age: table.age,
    text,
    toasts: (n) => table.toasts[n === 1 ? 0 : 1].replace('{n}', n),
    number: (n) => n.toLocaleString(table.locale.replace('_', '-')),
  };
}
