// The guard: while it is armed, a trusted click reaches the page only if it lands on what it was
// meant for, judged anew at the moment of each event. A node that was given to another person in
// between, or a list that moved under the pointer, gets nothing.
const guardKey = Symbol.for("rescind.guard");
// A guard that its owner left behind does not eat the person's clicks for ever. Longer than any
// click may be on its way, since one that comes late must still meet it.
const GUARD_MS = 60000;

const disarm = () => {
  const guard = window[guardKey];
  if (!guard) return null;
  guard.end();
  delete window[guardKey];
  return guard.count;
};

// `mine(target)`: the event is on what was meant. Everything else is held back, for the moment that
// a click takes: a click that strays could hit anything. `sight(target)` tells, for a trace, what
// was hit: of the click that was let through, else of the first event that was held back.
const arm = (mine, sight) => {
  disarm();
  const count = { passed: 0, blocked: 0, unhandled: false, event: null };
  const tell = (event, target, passed) => {
    if (!sight || (count.event && !passed)) return;
    count.event = { kind: event.type, passed, on: labelOf(target), ...traced(() => sight(target)) };
  };
  const kinds = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "dblclick", "auxclick"];
  let let_through = null;
  const before = (event) => {
    if (!event.isTrusted) return;
    const target = event.target instanceof Element ? event.target : document.documentElement;
    const spent = event.type === "click" && count.passed > 0;
    const own = !spent && mine(target);
    if (own) {
      if (event.type === "click") {
        count.passed += 1;
        let_through = event;
        tell(event, target, true);
      }
      return;
    }
    count.blocked += 1;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(event, target, false);
  };
  // The control of some builds is a link that leads away when the page does not take the click
  // over. Nobody has by the time it reaches the window: then it is not followed.
  const after = (event) => {
    if (event !== let_through || event.defaultPrevented) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.href);
    if (!link) return;
    event.preventDefault();
    count.unhandled = true;
  };
  for (const kind of kinds) window.addEventListener(kind, before, true);
  window.addEventListener("click", after);
  const end = () => {
    for (const kind of kinds) window.removeEventListener(kind, before, true);
    window.removeEventListener("click", after);
    clearTimeout(timer);
  };
  const timer = setTimeout(() => { if (window[guardKey] === guard) disarm(); }, GUARD_MS);
  const guard = { count, end };
  window[guardKey] = guard;
  return count;
};

// --- waiting ------------------------------------------------------------------------------------

// A frame of the page, true; a page that draws none gets a timer, false.
const frame = () => new Promise((resolve) => {
  const timer = setTimeout(() => resolve(false), 60);
  requestAnimationFrame(() => { clearTimeout(timer); resolve(true); });
});

// Until `test` gives something, asked at every frame; undefined when it never did. `early` is asked
// between two frames as well, each time that the page has changed something.
const until = async (test, budget, early) => {
  const end = performance.now() + budget;
  const given = (answer) => answer !== undefined && answer !== null && answer !== false;
  let answer;
  let wake = () => {};
  const observer = new MutationObserver(() => {
    answer = early();
    if (given(answer)) wake();
  });
  if (early) observer.observe(document, { childList: true, subtree: true, attributes: true });
  try {
    for (;;) {
      if (!given(answer)) answer = test();
      if (given(answer)) return answer;
      if (performance.now() >= end) return undefined;
      await new Promise((resolve) => { wake = resolve; frame().then(resolve); });
    }
  } finally {
    observer.disconnect();
  }
};

// Whether an element, or what it stands in, is on its way somewhere. What moves for ever is no way.
const moving = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const under_way = (one) => (one.pending || one.playState === "running") &&
      Number.isFinite(one.effect ? one.effect.getComputedTiming().endTime : 0);
    if (at.getAnimations().some(under_way)) return true;
  }
  return false;
};

// Where no frames are drawn, two equal places say nothing: it must stay for so long.
const UNDRAWN_MS = 150;
// Until an element stays where it is for two frames; false when it never does.
const still = async (element, budget) => {
  const end = performance.now() + budget;
  const place = () => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height].join(); };
  let last = place();
  let same = 0;
  let since = performance.now();
  while (performance.now() < end) {
    const drawn = await frame();
    if (!element.isConnected) return false;
    const now = place();
    if (now !== last || moving(element)) [same, since] = [0, performance.now()];
    else if (drawn) same += 1;
    last = now;
    if (same >= 2 || performance.now() - since > UNDRAWN_MS) return true;
  }
  return false;
};

const EDGE = "the edge of the window";
// What lies over the middle of an element, where WebDriver clicks; null when nothing does.
const cover = (element) => {
  const box = element.getClientRects()[0];
  if (!box || !box.width || !box.height) return "nothing to click";
  const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
  const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
  if (left >= right || top >= bottom) return EDGE;
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  if (!hit) return EDGE;
  if (element.contains(hit)) return null;
  const id = hit.id ? "#" + hit.id : "";
  return fold(hit.localName + id + " " + labelOf(hit), 80);
};

// --- whose card -----------------------------------------------------------------------------------

// The key of a profile's address, as `Key::from_profile` makes it; null where it makes none.
const LOCALE = /^[a-z]{2}([-_][a-z]{2})?$/iu;
const SHELVES = ["in", "company", "school", "showcase", "events", "newsletters"];
const readKey = (address) => {
  try {
    let parts = new URL(address, location.href).pathname.split("/").filter((part) => part);
    if (parts[0] === "in" && parts[1] === "in" && parts[2]) return null;
    if (LOCALE.test(parts[0]) && !SHELVES.includes(parts[0])) parts = parts.slice(1);
    if (!SHELVES.includes(parts[0]) || !parts[1]) return null;
    const slug = decodeURIComponent(parts[1]).toLowerCase();
    return /[/\u0000-\u001f\u007f-\u009f]/u.test(slug) ? null : parts[0] + "/" + slug;
  } catch {
    return null;
  }
};
// The guard asks for every link of the list at each event of a click.
const keys = new Map();
const keyOf = (address) => {
  if (!keys.has(address)) keys.set(address, readKey(address));
  return keys.get(address);
};

// The one key that all of a card's profile links lead to; null when they differ.
const keyOfCard = (layout, card) => {
  const links = linksOf(layout, card, partsOf(layout, card).note);
  const keys = new Set(links.map((link) => keyOf(link.href)));
  return keys.size === 1 ? [...keys][0] : null;
};
const cardsOf = (layout, key) => {
  const list = listOf(layout);
  if (!list) return [];
  // Only cards with a link to this person are looked at closely: a list may be ten thousand long.
  const links = [...list.querySelectorAll(layout.card.profile)].filter((link) => keyOf(link.href) === key);
  return [...list.querySelectorAll(cardIn(layout, list))].filter((card) =>
    links.some((link) => card.contains(link)) && keyOfCard(layout, card) === key);
};
// The words on the first control of the list; "" when there is none.
const wordsOnControl = (layout) => {
  const list = listOf(layout);
  for (const card of list ? list.querySelectorAll(cardIn(layout, list)) : []) {
    const control = locate(card, layout.card.control);
    if (control) return fold(control.textContent, 300);
  }
  return "";
};

// --- dialogs --------------------------------------------------------------------------------------

// What stands open over the page, outermost first found. Decoys that are not shown don't count.
const openDialogs = (layout) => {
  const shown = (element) => seen(element) && element.checkVisibility({ opacityProperty: true }) &&
    !element.closest('[inert], [aria-hidden="true"]');
  const found = layout.dialog.open.flatMap((css) => [...document.querySelectorAll(css)]).filter(shown);
  const all = [...new Set(found)];
  return all.filter((one) => !all.some((other) => other !== one && other.contains(one)));
};
const apartOf = (layout, dialog) => (layout.dialog.apart ? dialog.querySelector(layout.dialog.apart) : null);
// The one button that says what the card's own control says, where the ways find none.
const namedIn = (layout, dialog) => {
  const labels = wish.labels || [];
  const named = buttonsOf(layout, dialog).filter((button) => labels.includes(fold(button.getAttribute("aria-label"), 600)));
  return named.length === 1 ? named[0] : null;
};
// A button that names nobody confirms a withdrawal only if it says what the card's control says.
const confirmOf = (layout, dialog) => {
  const button = locate(dialog, layout.dialog.confirm, null, apartOf(layout, dialog)) || namedIn(layout, dialog);
  const mute = button && layout.dialog.unnamed;
  return mute && fold(button.textContent, 300) !== wordsOnControl(layout) ? null : button;
};
// What leaves a dialog must be none that could confirm: no way to the confirming button leads to it,
// and it says neither what a card's control says nor what the layout knows of that button.
const cancelOf = (layout, dialog) => {
  const apart = apartOf(layout, dialog);
  const confirming = layout.dialog.confirm.map((way) => follow(dialog, way, null, apart));
  const list = listOf(layout);
  const controls = (list ? [...list.querySelectorAll(cardIn(layout, list))] : [])
    .map((card) => locate(card, layout.card.control)).filter((control) => control);
  const said = new Set(controls.flatMap((control) => [labelOf(control), fold(control.textContent, 300)]));
  const starts = layout.dialog.names.map((words) => words.split("{name}")[0]).filter((words) => words);
  const harmless = (button) => button && !confirming.includes(button) && button !== namedIn(layout, dialog) &&
    !said.has(labelOf(button)) && !said.has(fold(button.textContent, 300)) &&
    !starts.some((words) => labelOf(button).startsWith(words));
  return layout.dialog.cancel.map((way) => follow(dialog, way, null, apart)).find(harmless) || null;
};
const buttonsOf = (layout, dialog) => {
  const apart = apartOf(layout, dialog);
  return [...dialog.querySelectorAll("button, [role=button], a[href], input, select, textarea")]
    .filter((button) => seen(button) && !(apart && apart.contains(button)));
};
const describe = (layout, dialog) => {
  const confirm = confirmOf(layout, dialog);
  return {
    text: fold(dialog.textContent, 300),
    label: confirm ? fold(confirm.getAttribute("aria-label"), 600) : null,
    buttons: buttonsOf(layout, dialog).map(labelOf).slice(0, 20),
  };
};
