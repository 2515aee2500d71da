// After the click on a person's control: waits for the site's question, looks whether it is the
// one dialog that names this person, and arms the guard for its confirming button.
const [wish, done] = arguments;
const { layout } = wish;
const GONE_MS = 1500;
const STRANGE_MS = 1500;
// The site's words on the one before may lie over the dialog for 8 s; the script has 15.
const COVERED_MS = 9000;
const ALL_MS = 14000;

const named = (confirm) => wish.labels.includes(fold(confirm.getAttribute("aria-label"), 600));

// How the site answers what it is asked from here on, without a log of the network.
const watchAnswers = () => {
  const key = Symbol.for("rescind.answers");
  const statuses = [];
  if (window[key]) window[key].observer.disconnect();
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.responseStatus >= 400) statuses.push(entry.responseStatus);
  });
  observer.observe({ type: "resource" });
  const alerts = new Set(document.querySelectorAll('[role="alert"]'));
  window[key] = { observer, statuses, alerts };
};

// Waits for what the click brings: a dialog with its content, a card that goes without one, or
// a page that went elsewhere.
const brought = (count) => {
  const began = performance.now();
  let bare = null;
  let strange = null;
  return until(() => {
    const now = performance.now();
    const dialogs = openDialogs(layout);
    if (location.pathname !== wish.path) return { moved: true };
    if (dialogs.length) {
      if (dialogs.length > 1 || confirmOf(layout, dialogs[0])) return { dialogs };
      // Buttons, but none that confirms: a moment longer, then it is none of ours.
      strange = buttonsOf(layout, dialogs[0]).length > 1 ? strange ?? now : null;
      return strange !== null && now - strange > STRANGE_MS ? { dialogs } : null;
    }
    bare = cardsOf(layout, wish.key).length ? null : bare ?? now;
    if (bare !== null && now - bare > GONE_MS) return { gone: true };
    if (count.unhandled && now - began > wish.unhandled) return { none: true };
    return null;
  }, wish.budget);
};

const ask = async () => {
  const guard = window[guardKey];
  const began = performance.now();
  const count = guard ? { ...guard.count } : { passed: 0, blocked: 0, unhandled: false };
  const answer = { guard: count, dialogs: [], gone: false, moved: false, armed: false, covered: null, state: null };
  if (!count.passed) {
    disarm();
    return [{ ...answer, state: pageState(wish.site) }, null];
  }
  const came = (await brought(count)) || {};
  disarm();
  answer.state = pageState(wish.site);
  Object.assign(answer, { gone: Boolean(came.gone), moved: Boolean(came.moved) });
  const dialog = came.dialogs && came.dialogs[0];
  if (!dialog) return [answer, null];
  const confirm = confirmOf(layout, dialog);
  const steady = confirm ? await still(confirm, wish.patience) : false;
  const left = ALL_MS - (performance.now() - began);
  if (steady) await until(() => !cover(confirm), Math.min(COVERED_MS, left));
  const now = openDialogs(layout);
  answer.dialogs = now.map((one) => describe(layout, one));
  if (!steady || now.length !== 1 || now[0] !== dialog) return [answer, null];
  const extra = buttonsOf(layout, dialog).length > layout.dialog.buttons;
  if (extra || confirmOf(layout, dialog) !== confirm || !named(confirm)) return [answer, null];
  answer.covered = cover(confirm);
  if (answer.covered) return [answer, null];
  watchAnswers();
  arm((target) => {
    const [open, other] = openDialogs(layout);
    if (open !== dialog || other) return false;
    const button = confirmOf(layout, dialog);
    return button === confirm && named(button) && button.contains(target);
  });
  answer.armed = true;
  return [answer, confirm];
};

ask().then(([answer, confirm]) => done([JSON.stringify(answer), confirm]),
  (error) => done([JSON.stringify({ failed: String(error).slice(0, 300) }), null]));
