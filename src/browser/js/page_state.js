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
  const text = () => fold(body ? body.textContent : "", 2000).toLowerCase();
  const entry = performance.getEntriesByType("navigation")[0];
  const status = entry ? entry.responseStatus : 0;
  const signedIn = site.signed_in.css.some((css) => document.querySelector(css));
  const marked = (signs) =>
    signs.paths.find((start) => path.startsWith(start)) ||
    signs.titles.find((words) => title.startsWith(words)) ||
    signs.css.find((css) => document.querySelector(css)) ||
    (signedIn ? undefined : signs.texts.find((words) => text().includes(words)));
  const limited = () => {
    if (site.limited.statuses.includes(status)) return "status " + status;
    const mark = site.limited.css.find((css) => document.querySelector(css));
    if (mark) return mark;
    if (main || signedIn || (body && body.textContent.length >= 2000)) return undefined;
    return site.limited.texts.find((words) => text().includes(words));
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
    checkpoint: marked(site.checkpoint) || null,
    limited: limited() || null,
  };
};
