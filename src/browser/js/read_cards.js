// One slice of the scan: scrolls the list, waits for what it loads, and returns only the cards
// that are new or have changed since the slice before. What has changed is learned from a
// MutationObserver, so a slice costs what is new and not what is there.
const [wish, done] = arguments;
const layout = wish.layout;
const key = Symbol.for("rescind.scan");

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
  const state = { list, css, dirty: new Set(), numbers: new WeakMap(), count: old ? old.count : 0, wake: null, until: 0, scroller: null };
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
    // Between two slices the list goes on loading, for as long as an answer may take on its way.
    if (state.wake) state.wake();
    else if (performance.now() < state.until) state.scroller.scrollTop = state.scroller.scrollHeight;
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

const slice = async () => {
  const state = scan();
  const started = performance.now();
  const scroller = scrollerOf();
  state.scroller = scroller;
  const cards = [];
  let slowest = 0;
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
  let before = performance.now();
  down();
  const full = () => isFull(layout, list) && nextPage(layout) !== null;
  while (fresh < wish.wanted && cards.length < wish.most && performance.now() - started < wish.budget && !full()) {
    await growth(Math.min(600, Math.max(20, wish.budget - (performance.now() - started))));
    state.wake = null;
    // The next batch is asked for first, and these cards are read while it is on its way.
    const [had, asked] = [cards.length, before];
    before = performance.now();
    down();
    take();
    if (cards.length > had) slowest = Math.max(slowest, before - asked);
    if ((cards.length === had || state.button) && endOfList(layout, list)) break;
    if (cards.length === had && nextPage(layout)) break;
  }
  // A list that grows needs no other look; one that has a button needs it each time.
  const grew = fresh > 0 && !state.button;
  const more = !grew && fresh < wish.wanted && Boolean(endOfList(layout, list));
  state.button = state.button || more;
  const turn = !more && fresh < wish.wanted && (!grew || full()) && nextPage(layout) !== null;
  state.until = grew && fresh < wish.wanted ? performance.now() + 1500 : 0;
  return {
    cards,
    count: countText(),
    slowest: Math.round(slowest),
    more,
    turn,
    bare: state.count === 0 && isBare(),
    state: pageState(wish.site, fresh > 0),
  };
};

if (!list) {
  const nothing = { cards: [], slowest: 0, more: false, turn: false, bare: isBare(), lost: !isBare() };
  done(JSON.stringify({ ...nothing, count: countText(), state: pageState(wish.site) }));
} else {
  slice().then((answer) => done(JSON.stringify({ ...answer, lost: false })), (error) => done(JSON.stringify({ failed: String(error).slice(0, 300) })));
}
