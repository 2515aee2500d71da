// Waits until the page meets a condition, or shows that it wants the person, for at most
// `budget` milliseconds. Wakes at every change of the document; asks again every 100 ms for what
// makes no such change (the address, the status). A patient wish waits on while the site wants the
// person, who is at work.
const [wish, done] = arguments;
const met = () => {
  const here = folder(location.pathname);
  const asked = wish.query && new URLSearchParams(location.search).get(wish.query[0]) === wish.query[1];
  if (wish.paths.length && !asked && !wish.paths.some((path) => folder(path) === here)) return false;
  if (wish.css.length && !wish.css.some((css) => document.querySelector(css))) return false;
  const fits = ({ all, none }) =>
    all.every((css) => document.querySelector(css)) && !none.some((css) => document.querySelector(css));
  if (wish.fits.length && !wish.fits.some(fits)) return false;
  return document.readyState !== "loading";
};
// The application's own error page: its title and the word for another try stand by themselves (§6).
const MOST_WORDS = 5000;
const failed = () => {
  const root = document.querySelector("main") || document.body;
  if (!wish.fits.length || !root || root.textContent.length > MOST_WORDS) return null;
  const { titles, texts } = wish.site.failed;
  const own = document.querySelector('meta[name="como-err"]');
  let said = {};
  try { said = own ? JSON.parse(own.content) : {}; } catch { said = {}; }
  const saidBy = (selector) => [...root.querySelectorAll(selector)]
    .filter((element) => !element.closest("aside, dialog"))
    .map((element) => fold(element.textContent, 200).toLowerCase());
  const one = (known, own, among) => [...known, own]
    .filter((words) => typeof words === "string" && words)
    .find((words) => among.includes(words.toLowerCase()));
  const title = one(titles, said.title, saidBy("h1, h2, h3, p, span, div"));
  return title && one(texts, said.retry, saidBy("button, a, [role=button]")) ? title : null;
};
const answer = (state) => JSON.stringify({
  ...state,
  met: met(),
  failed: met() ? null : failed(),
  fitting: wish.fits.map(({ all, none }) =>
    all.every((css) => document.querySelector(css)) && !none.some((css) => document.querySelector(css))),
});
const look = () => {
  const state = pageState(wish.site);
  const wanted = state.signed_out || state.checkpoint || state.limited || state.status >= 500 ||
    !state.protocol.startsWith("http");
  if (wanted ? !wish.patient : met()) return answer(state);
  return !wanted && failed() ? answer(state) : null;
};
const now = look();
if (now) {
  done(now);
} else {
  let timer = null;
  const observer = new MutationObserver(() => finish(look()));
  const ticker = setInterval(() => finish(look()), 100);
  const finish = (text) => {
    if (!text) return;
    observer.disconnect();
    clearInterval(ticker);
    clearTimeout(timer);
    done(text);
  };
  timer = setTimeout(() => finish(answer(pageState(wish.site))), wish.budget);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}
