// Prints what ICU says for an age, in every language: locale, unit, count and text, by tabs.
//
//   node languages/roundtrip.mjs                                       all of it, for the test
//   node languages/roundtrip.mjs --brief > languages/roundtrip.tsv     the part that is kept
//
// The first line names the CLDR that this Node has.
import { LOCALES } from "./locales.mjs";

const UNITS = ["minute", "hour", "day", "week", "month", "year"];
const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 20, 21, 22, 25, 30, 100];
/** One or two of each plural category that a language here has. */
const BRIEF_COUNTS = [1, 2, 3, 5, 11, 21, 100];
const DIGITS = { ar: "arab", bn: "beng", fa: "arabext", hi: "deva", mr: "deva", pa: "guru", te: "telu", th: "thai" };

const brief = process.argv.includes("--brief");
const lines = new Set([`# CLDR ${process.versions.cldr}`]);
for (const { code, cldr } of LOCALES)
  for (const digits of new Set(["latn", DIGITS[code] ?? "latn"]))
    for (const style of ["long", "short", "narrow"]) {
      const format = new Intl.RelativeTimeFormat(`${cldr}-u-nu-${digits}`, { style, numeric: "always" });
      for (const unit of UNITS)
        for (const count of brief ? BRIEF_COUNTS : COUNTS) {
          // The kept part needs one look at each language's own digits, not all of them.
          if (brief && digits !== "latn" && style !== "long") continue;
          const line = [code, unit, count, format.format(-count, unit)].join("\t");
          // Without --brief the two widths that say the same are both counted.
          lines.add(brief ? line : `${line}\t${style} ${digits}`);
        }
    }
process.stdout.write(`${[...lines].join("\n")}\n`);
