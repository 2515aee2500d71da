// Prints what ICU says for ages, in every language: another formatter than the one under test.
//
//   node languages/roundtrip.mjs > languages/roundtrip.tsv
//
// The first line names the CLDR that this Node has. Then, by tabs: language, unit, widths, digits,
// form, counts. A form stands for as many texts as it has counts, in each kind of digits, and each
// width (long, short, narrow) says it: `ar day lsn 09 قبل {0} أيام 3-10`. Digits are named by their
// zero. `auto` in the place of the widths is what ICU says where it may use a word ("yesterday").
import { LOCALES } from "./locales.mjs";

const UNITS = ["second", "minute", "hour", "day", "week", "month", "year"];
const WIDTHS = ["long", "short", "narrow"];
const COUNTS = [...Array(32).keys(), 45, 60, 99, 100, 101, 102, 103, 111, 365, 999];
const WORDS = [0, 1, 2];
const DIGITS = { ar: "arab", bn: "beng", fa: "arabext", hi: "deva", mr: "deva", pa: "guru", te: "telu", th: "thai" };
/** Regions that say some of it otherwise. */
const REGIONS = { en: "AU CA GB ZA", es: "419 AR MX", pt: "PT", "zh-Hant": "HK" };

const numbers = (locale) => new Intl.NumberFormat(locale, { useGrouping: false });

/** `{0}` in the place of the number, or the text where it has none. */
function formOf(format, count, unit, figures) {
  const parts = format.formatToParts(-count, unit);
  const text = parts.map(({ type, value }) => (type === "literal" ? value : "{0}")).join("");
  if (text.replace("{0}", figures.format(count)) !== format.format(-count, unit)) throw new Error(`${count} ${unit}: ${text}`);
  return text;
}

/** "0-2,5,7-10" */
function ranges(counts) {
  const runs = [];
  for (const count of counts) {
    const last = runs.at(-1);
    if (last && last[1] === count - 1) last[1] = count;
    else runs.push([count, count]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join();
}

/** Every form of a language with the widths, digits and counts that have it. */
function formsOf(code, locales) {
  const said = new Map(); // unit, form, counts -> widths and digits
  const note = (unit, form, counts, width, zero) => {
    const key = [unit, form, ranges(counts)].join("\t");
    if (!said.has(key)) said.set(key, { unit, form, counts: ranges(counts), widths: new Set(), zeros: new Set() });
    said.get(key).widths.add(width);
    said.get(key).zeros.add(zero);
  };
  for (const locale of locales)
    for (const digits of new Set(["latn", DIGITS[code] ?? "latn"]))
      for (const unit of UNITS) {
        const tag = `${locale}-u-nu-${digits}`;
        const figures = numbers(tag);
        const zero = figures.format(0);
        for (const style of WIDTHS) {
          const format = new Intl.RelativeTimeFormat(tag, { style, numeric: "always" });
          const forms = grouped(COUNTS, (count) => formOf(format, count, unit, figures));
          for (const [form, counts] of forms) note(unit, form, counts, style[0], zero);
          const worded = new Intl.RelativeTimeFormat(tag, { style, numeric: "auto" });
          for (const count of WORDS) {
            const form = formOf(worded, count, unit, figures);
            // Norwegian has "-2 d." among its words, which is a number.
            if (!/\d/.test(form) && form !== formOf(format, count, unit, figures)) note(unit, form, [count], "auto", zero);
          }
        }
      }
  return [...said.values()].map(({ unit, form, counts, widths, zeros }) => [code, unit, [...widths].join(""), [...zeros].join(""), form, counts].join("\t"));
}

function grouped(list, keyOf) {
  const groups = new Map();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const lines = LOCALES.flatMap(({ code, cldr }) =>
  formsOf(code, [cldr, ...(REGIONS[code]?.split(" ") ?? []).map((region) => `${cldr}-${region}`)]));
process.stdout.write(`# CLDR ${process.versions.cldr}\n${lines.join("\n")}\n`);
