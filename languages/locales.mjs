// The languages of the site's interface: the file's code, and CLDR's where that is another.
const CODES =
  "ar bn cs da de el en es fa fi fr he hi hu id it ja ko mr ms nl no pa pl pt ro ru sv te th tl tr uk vi zh-Hans zh-Hant";
const CLDR = { tl: "fil" };

export const LOCALES = CODES.split(" ").map((code) => ({ code, cldr: CLDR[code] ?? code }));
