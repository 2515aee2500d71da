// One slice of the scan: scrolls the list, waits for what it loads, and returns only the cards
// that are new or have changed since the slice before. What has changed is learned from a
// MutationObserver, so a slice costs what is new and not what is there.
const [wish, done] = arguments;
const layout = wish.layout;
const key = Symbol.for("rescind.scan");

const container = locate(document, layout.list.container);
const scrollerOf = () => {
  const named = locate(document, layout.list.scroller);
  if (named && named.scrollHeight > named.clientHeight + 1) return named;
  for (let box = container; box; box = box.parentElement) {
    const style = getComputedStyle(box).overflowY;
    if ((style === "auto" || style === "scroll") && box.scrollHeight > box.clientHeight + 1) return box;
  }
  return named || document.scrollingElement;
};

const scan = () => {
  const old = window[key];
  if (old && old.container === container && container.isConnected && !wish.afresh) return old;
  if (old) old.observer.disconnect();
  // Numbers go on when the page replaced the whole list, so that no two cards share one.
  const state = { container, dirty: new Set(), numbers: new WeakMap(), count: old ? old.count : 0, wake: null, until: 0, scroller: null };
  const mark = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element) return;
    const around = element.closest(layout.list.card);
    if (around && container.contains(around)) state.dirty.add(around);
    else if (container.contains(element)) for (const card of element.querySelectorAll(layout.list.card)) state.dirty.add(card);
  };
  state.observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type !== "childList") mark(record.target);
      else if (record.target.closest && record.target.closest(layout.list.card)) mark(record.target);
      else for (const node of record.addedNodes) mark(node);
    }
    // Between two slices the list goes on loading, for as long as an answer may take on its way.
    if (state.wake) state.wake();
    else if (performance.now() < state.until) state.scroller.scrollTop = state.scroller.scrollHeight;
  });
  state.observer.observe(container, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["href", "aria-label"],
  });
  mark(container);
  window[key] = state;
  return state;
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
  }
  const down = () => { scroller.scrollTop = scroller.scrollHeight; };
  let before = performance.now();
  down();
  while (fresh < wish.wanted && cards.length < wish.most && performance.now() - started < wish.budget) {
    await growth(Math.min(600, Math.max(20, wish.budget - (performance.now() - started))));
    state.wake = null;
    // The next batch is asked for first, and these cards are read while it is on its way.
    const [had, asked] = [cards.length, before];
    before = performance.now();
    down();
    take();
    if (cards.length > had) slowest = Math.max(slowest, before - asked);
    if ((cards.length === had || state.button) && endOfList(layout, container)) break;
  }
  // A list that grows needs no other look; one that has a button needs it each time.
  const grew = fresh > 0 && !state.button;
  const more = !grew && fresh < wish.wanted && Boolean(endOfList(layout, container));
  state.button = state.button || more;
  state.until = grew && fresh < wish.wanted ? performance.now() + 1500 : 0;
  return {
    cards,
    count: countText(),
    slowest: Math.round(slowest),
    more,
    bare: state.count === 0 && container.querySelectorAll("*").length
      === container.querySelectorAll("hr, :scope > div:empty").length
      && !document.querySelector('main [aria-busy="true"], main [role="progressbar"]'),
    state: pageState(wish.site, fresh > 0),
  };
};

if (!container) {
  done(JSON.stringify({ cards: [], count: countText(), slowest: 0, more: false, bare: false, lost: true, state: pageState(wish.site) }));
} else {
  slice().then((answer) => done(JSON.stringify({ ...answer, lost: false })), (error) => done(JSON.stringify({ failed: String(error).slice(0, 300) })));
}
