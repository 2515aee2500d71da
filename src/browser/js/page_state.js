// What the open page is, as data: the address, the status, and the signs that it wants the person.
// With `usual`, the signs are not looked for: a page whose list has just grown shows the list.
const pageState = (site, usual) => {
  const place = {
    url: location.href.slice(0, 2000),
    protocol: location.protocol,
    origin: location.origin,
    path: location.pathname,
    visible: document.visibilityState === "visible",
  };
  if (usual) return { ...place, status: 200, ready: "", title: "", lang: "", signed_in: true };
  const path = folder(location.pathname);
  const title = document.title || "";
  const main = document.querySelector("main");
  const body = document.body;
  const words = (element) => fold(element ? element.textContent : "", 2000).toLowerCase().replace(/’/gu, "'");
  const entry = performance.getEntriesByType("navigation")[0];
  const status = entry ? entry.responseStatus : 0;
  const signedIn = site.signed_in.css.some((css) => document.querySelector(css));
  const marked = (signs) =>
    signs.paths.find((start) => path.startsWith(start)) ||
    signs.titles.find((start) => title.startsWith(start)) ||
    signs.css.find((css) => document.querySelector(css)) ||
    (signedIn ? undefined : signs.texts.find((text) => words(body).includes(text)));
  // Beside the navigation such words count as the page's heading: anybody may write them in a text.
  const headed = (signs) => signs.texts.find((text) =>
    [...document.querySelectorAll("h1")].some((heading) => words(heading).startsWith(text)));
  const limited = () => {
    if (site.limited.statuses.includes(status)) return "status " + status;
    const mark = site.limited.css.find((css) => document.querySelector(css));
    if (mark) return mark;
    if (main || !body || body.innerText.length >= 2000) return undefined;
    return site.limited.texts.find((text) => body.innerText.toLowerCase().includes(text));
  };
  const como = document.querySelector('meta[name="como-t"]');
  let locale = null;
  try { locale = como ? String(JSON.parse(como.content).locale || "") : null; } catch { locale = null; }
  return {
    ...place,
    status,
    ready: document.readyState,
    title: fold(title, 200),
    lang: document.documentElement.lang || locale || "",
    signed_in: signedIn,
    signed_out: marked(site.signed_out) || null,
    checkpoint: marked(site.checkpoint) || headed(site.checkpoint) || null,
    limited: limited() || null,
  };
};
