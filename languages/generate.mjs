// Writes the part of every language file that comes from CLDR. Run by hand after an update:
//
//   npm install --prefix ../cldr cldr-dates-full cldr-numbers-full cldr-core
//   node languages/generate.mjs ../cldr/node_modules/cldr-dates-full
//
// With `--check` nothing is written; files that would change are named, and the exit code is 1.
// What stands above the marker line is written by people and is left as it is.
import { readFileSync, writeFileSync, readdirSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LOCALES } from "./locales.mjs";

const MARKER = "# Made from CLDR by generate.mjs; below this line nothing is kept.";
const UNITS = ["second", "minute", "hour", "day", "week", "month", "year"];
const WIDTHS = ["", "-short", "-narrow"];
const WORDS = { today: "0", yesterday: "-1", "day-before-yesterday": "-2" };

const here = dirname(fileURLToPath(import.meta.url));
const [cldr] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const check = process.argv.includes("--check");
if (!cldr) {
  console.error("usage: node languages/generate.mjs PATH_OF_cldr-dates-full [--check]");
  process.exit(2);
}

const json = (...path) => JSON.parse(readFileSync(join(cldr, ...path), "utf8"));
const available = readdirSync(join(cldr, "main"));

/** The locale and its regions, but not its other scripts: `pt` and `pt-PT`, not `pa-Arab`. */
const family = (locale) =>
  available.filter((name) => name === locale || (name.startsWith(`${locale}-`) && !/-[A-Z][a-z]{3}/.test(name.slice(locale.length))));

/** A list without repetitions, in the order of first mention. */
class Forms {
  #lists = new Map();
  add(table, key, text) {
    const name = `${table}.${key}`;
    if (!this.#lists.has(name)) this.#lists.set(name, { table, key, texts: new Set() });
    this.#lists.get(name).texts.add(text);
  }
  /** `digits`: zero to nine as the language writes them, or nothing where they are ASCII. */
  toml(digits) {
    const own = digits && `[cldr]\ndigits = "${digits}"\n`;
    const tables = ["number", "one", "two", "word"].map((table) => {
      const rows = [...this.#lists.values()].filter((list) => list.table === table);
      const lines = rows.map(({ key, texts }) => `${key} = [${[...texts].map(quoted).join(", ")}]`);
      return lines.length ? `[cldr.${table}]\n${lines.join("\n")}\n` : "";
    });
    return [own, ...tables].filter(Boolean).join("\n");
  }
}

/** Invisible characters are written as escapes, so that a reader of the file sees them. */
const quoted = (text) =>
  JSON.stringify(text).replace(/[\u00a0\u00ad\u061c\u200b-\u200f\u202a-\u202f\u2060-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

function addPast(forms, unit, past) {
  for (const [name, text] of Object.entries(past ?? {})) {
    const category = name.split("-count-")[1];
    if (text.includes("{0}")) forms.add("number", unit, text);
    // "a month ago (1)": the site may leave out what only repeats the word.
    const words = text.replace(/\s*\(\{0\}\)/, "");
    if (words.includes("{0}")) continue;
    if (category !== "one" && category !== "two") throw new Error(`${unit} ${name}: no number in ${text}`);
    forms.add(category, unit, words);
  }
}

function formsOf(locale) {
  const forms = new Forms();
  const members = family(locale).map((name) => json("main", name, "dateFields.json").main[name].dates.fields);
  for (const unit of UNITS)
    for (const fields of members)
      for (const width of WIDTHS) addPast(forms, unit, fields[unit + width]?.["relativeTime-type-past"]);
  for (const fields of members)
    for (const width of WIDTHS) {
      const now = fields[`second${width}`]?.["relative-type-0"];
      if (now) forms.add("word", "now", now);
      for (const [word, type] of Object.entries(WORDS)) {
        const text = fields[`day${width}`]?.[`relative-type-${type}`];
        // Norwegian writes "-2 d." here, which is a number and not a word.
        if (text && !/\d/.test(text)) forms.add("word", word, text);
      }
    }
  return forms.toml(digitsOf(locale));
}

/** Chinese and Japanese numerals are words more than digits, and no interface counts in them. */
function digitsOf(locale) {
  const { native } = json("..", "cldr-numbers-full", "main", locale, "numbers.json").main[locale].numbers.otherNumberingSystems;
  if (native === "latn" || native === "hanidec") return "";
  return json("..", "cldr-core", "supplemental", "numberingSystems.json").supplemental.numberingSystems[native]._digits;
}

let changed = 0;
const { version } = json("package.json");
for (const { code, cldr: locale } of LOCALES) {
  const path = join(here, `${code}.toml`);
  const before = existsSync(path) ? readFileSync(path, "utf8") : `language = "${code}"\n\n`;
  const hand = before.split(MARKER)[0];
  const after = `${hand}${MARKER}\n# CLDR ${version}, Unicode-3.0: see UNICODE-LICENSE.txt.\n${formsOf(locale)}`;
  if (after === before) continue;
  changed += 1;
  console.log(`${code}.toml`);
  if (!check) writeFileSync(path, after);
}
console.log(`${LOCALES.length} languages, ${changed} ${check ? "would change" : "changed"}`);
process.exit(check && changed ? 1 : 0);
