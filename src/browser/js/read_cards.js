// One slice of the scan: scrolls the list, waits for what it loads, and returns only the cards
// that are new or have changed since the slice before. What has changed is learned from a
// MutationObserver, so a slice costs what is new and not what is there.
const [wish, done] = arguments;
const layout = wish.layout;
const key = Symbol.for("rescind.scan");
// So many of the page's answers say how long it takes.
const LATEST = 8;

const list = listOf(layout);
const css = cardIn(layout, list);
const scrolls = (box) => box.scrollHeight > box.clientHeight + 1 &&
  (box === document.scrollingElement || /auto|scroll|overlay/u.test(getComputedStyle(box).overflowY));
const scrollerOf = () => {
  const named = locate(document, layout.list.scroller);
  if (named && scrolls(named)) return named;
  for (let box = list; box; box = box.parentElement) if (scrolls(box)) return box;
  return named || document.scrollingElement;
};

const scan = () => {
  const old = window[key];
  if (old && old.list === list && old.css === css && list.isConnected && !wish.afresh) return old;
  if (old) old.observer.disconnect();
  // Numbers go on when the page replaced the whole list, so that no two cards share one.
  const state = { list, css, dirty: new Set(), numbers: new WeakMap(), count: old ? old.count : 0, wake: null, answers: [], told: 0 };
  const mark = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element) return;
    const around = element.closest(css);
    if (around && list.contains(around)) state.dirty.add(around);
    else if (list.contains(element)) for (const card of element.querySelectorAll(css)) state.dirty.add(card);
  };
  state.observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type !== "childList") mark(record.target);
      else if (record.target.closest && record.target.closest(css)) mark(record.target);
      else for (const node of record.addedNodes) mark(node);
    }
    if (state.wake) state.wake();
  });
  state.observer.observe(list, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["href", "aria-label"],
  });
  mark(list);
  window[key] = state;
  return state;
};

// Whether the page says that there is nothing, or leaves the list empty and has nothing under way.
const isBare = () => {
  if (firstOf(layout.list.empty, document)) return true;
  const filled = list && layout.list.filler.length &&
    list.querySelectorAll("*").length === list.querySelectorAll(layout.list.filler.join(", ")).length;
  return Boolean(filled) && !firstOf(layout.list.busy, document);
};

const countText = () => {
  const element = locate(document, layout.count[wish.kind] || []);
  return element ? fold(element.textContent, 100) : null;
};

// How many are still to come. Before the program has read the pill's number, its plain digits tell when
// to stop; a number that they do not tell is waited for as if it were never reached.
let { missing } = wish;
const stillMissing = () => {
  if (missing !== null) return missing;
  const digits = (countText() || "").replace(/\D/gu, "");
  if (digits) missing = Number(digits) - wish.read;
  return digits ? missing : Infinity;
};

const slice = async () => {
  const state = scan();
  const started = performance.now();
  const scroller = scrollerOf();
  const cards = [];
  let fresh = 0;
  const take = () => {
    for (const card of state.dirty) {
      if (!card.isConnected) continue;
      let number = state.numbers.get(card);
      if (number === undefined) {
        number = state.count++;
        state.numbers.set(card, number);
        fresh += 1;
      }
      cards.push(readCard(layout, card, number));
    }
    state.dirty.clear();
  };
  const growth = (limit) => new Promise((resolve) => {
    const timer = setTimeout(resolve, limit);
    state.wake = () => { clearTimeout(timer); resolve(); };
  });
  const countBefore = countText();
  take();
  if (wish.nudge) {
    scroller.scrollTop = Math.max(0, scroller.scrollTop - 1.5 * scroller.clientHeight);
    await growth(120);
    take();
    // Whatever it is that scrolls.
    const cards = list.querySelectorAll(css);
    if (cards.length) cards[cards.length - 1].scrollIntoView({ block: "end", behavior: "instant" });
  }
  const down = () => { scroller.scrollTop = scroller.scrollHeight; };
  down();
  let asked = performance.now();
  const full = () => isFull(layout, list) && nextPage(layout) !== null;
  const reached = () => state.count > 0 && fresh >= stillMissing();
  while (!reached() && cards.length < wish.most && performance.now() - started < wish.budget && !full()) {
    await growth(Math.min(600, Math.max(20, wish.budget - (performance.now() - started))));
    state.wake = null;
    // The next batch is asked for first, and these cards are read while it is on its way.
    const [had, answer] = [cards.length, performance.now() - asked];
    down();
    asked = performance.now();
    take();
    if (cards.length > had) state.answers = [...state.answers.slice(1 - LATEST), answer];
    if ((cards.length === had || state.button) && endOfList(layout, list)) break;
    if (cards.length === had && nextPage(layout)) break;
  }
  // Once as many as announced are told, the next slice only watches whether the page brings more: from
  // the telling on, it has as long as two of its latest answers take.
  const watched = reached() && wish.missing === 0 && wish.budget > 0;
  if (watched) {
    const until = (state.told || performance.now()) + Math.min(1000, Math.max(40, 2 * Math.max(0, ...state.answers)));
    while (performance.now() < until) await growth(until - performance.now());
    state.wake = null;
    take();
  }
  // A list that grows needs no other look; one that has a button needs it each time.
  const grew = fresh > 0 && !state.button;
  const more = !grew && !reached() && Boolean(endOfList(layout, list));
  state.button = state.button || more;
  const turn = !more && !reached() && (!grew || full()) && nextPage(layout) !== null;
  return {
    cards,
    count: countText(),
    count_before: countBefore,
    watched,
    standing: watched ? standing(layout) : null,
    more,
    turn,
    bare: state.count === 0 && isBare(),
    state: pageState(wish.site, fresh > 0 && !watched),
  };
};

if (!list) {
  const nothing = { cards: [], watched: false, more: false, turn: false, bare: isBare(), lost: !isBare() };
  done(JSON.stringify({ ...nothing, count: countText(), state: pageState(wish.site) }));
} else {
  slice().then((answer) => {
    const text = JSON.stringify({ ...answer, lost: false });
    window[key].told = performance.now();
    done(text);
  }).catch((error) => done(JSON.stringify({ failed: String(error).slice(0, 300) })));
}
