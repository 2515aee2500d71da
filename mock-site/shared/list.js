// The list of the Sent page: what is shown of it, how more of it loads, and
// how its rows change under one's feet. Knows no markup: a layout's `view` does.
//
// view: scroller, scrollEvents (what tells of scrolling, if not the scroller),
//   makeRow(card, serverRendered), fillRow(row, card), append(rows), replaceAll(rows), takeOut(row),
//   setCount(n),
//   showLoadMore(click), hideLoadMore(), showSpinner(), and for a list in pages
//   showPages({page, pages, go})
//
// While loading, rows are only ever appended, so ten thousand load in linear time.

import { openPages } from './paging.js';
import { randomFrom, between } from './random.js';

const PRELOAD_PX = 250; // the real list asks for more this far above its end
const REFILL_MS = 1200; // an emptied window refills, but not at once

export function openList(cards, view, { switches, faults, loads, onPointer }) {
  const random = randomFrom(Number(switches.seed) + 99);
  const batch = Math.max(1, Number(switches.batch));
  const hydrate = Number(switches.hydrate);
  const rows = []; // shown, in order
  const cardOf = new WeakMap();
  const liveFrom = new WeakMap();
  const served = new WeakSet(); // cards that came with the document
  let next = 0; // index of the first card not shown yet
  let loading = false;
  let visitedBottom = false;
  const stall = openStall(faults);
  const paging = switches.load === 'pages' ? openPages({ cards, view, switches, turn, pause }) : null;

  function show(count, serverRendered) {
    const fresh = cards.slice(next, next + count).map((card) => newRow(card, serverRendered, hydrate));
    next += fresh.length;
    rows.push(...fresh);
    view.append(fresh);
  }

  function newRow(card, serverRendered, hydrationMs) {
    if (serverRendered) served.add(card);
    const row = view.makeRow(card, served.has(card));
    cardOf.set(row, card);
    liveFrom.set(row, performance.now() + hydrationMs);
    return row;
  }

  const shown = () => rows.map((row) => cardOf.get(row));
  const distance = () => view.scroller.scrollHeight - view.scroller.scrollTop - view.scroller.clientHeight;
  const isNear = () => distance() < PRELOAD_PX;

  async function load() {
    if (loading || next >= cards.length || stall.holds(rows.length, view.scroller.scrollTop)) return;
    loading = true;
    view.hideLoadMore();
    await pause();
    if (resorts() && next <= batch * 2) resort();
    show(Math.min(batch, stall.roomAfter(rows.length)), false);
    loading = false;
    // Let the browser breathe, so that a driver can look between two batches.
    setTimeout(look, 0);
  }

  /** As long as an answer takes. */
  async function pause() {
    const [low, high] = switches.delay === '' ? [250, 550] : [Number(switches.delay), Number(switches.delay)];
    if (high > 0) await new Promise((resolve) => setTimeout(resolve, between(random, low, high)));
  }

  /** Another page of the list in place of this one. */
  function turn(from, to) {
    rows.splice(0, rows.length, ...cards.slice(from, to).map((card) => newRow(card, true, hydrate)));
    next = Math.min(to, cards.length);
    view.replaceAll(rows);
  }

  function look() {
    if (paging) return paging.show();
    stall.seen(view.scroller.scrollTop);
    if (next >= cards.length) return onEnd();
    if (switches.load === 'button') return view.showLoadMore(load);
    if (!isNear()) return;
    if (switches.load === 'button-after-bottom') {
      if (visitedBottom || distance() < 4) {
        visitedBottom = true;
        view.showLoadMore(load);
      }
      return;
    }
    load();
  }

  let ended = false;
  function onEnd() {
    view.hideLoadMore();
    if (ended) return;
    ended = true;
    if (faults.has('recycle-storm')) storm(faults.number('recycle-storm', 120));
  }

  const resorts = () => faults.has('resort') && loads >= Number((faults.get('resort').arg ?? '').split('/')[1] ?? 0);

  /** P20: the server's order changes; what is asked for by index repeats and misses some. */
  function resort() {
    if (cards.sorted) return;
    cards.sorted = true;
    const n = faults.number('resort', 5);
    const moved = cards.splice(next, n);
    const repeated = cards.slice(0, n);
    cards.splice(next, 0, ...repeated);
    cards.missed = moved;
  }

  // --- rows that change under one's feet -----------------------------------

  /** P2: the nodes stay, their content moves up (+1) or down (-1) by one person. */
  function recycle(step) {
    const before = shown();
    const beyond = cards[next];
    const moved = step > 0 ? [...before.slice(1), beyond ?? before[0]] : [before.at(-1), ...before.slice(0, -1)];
    rows.forEach((row, i) => refill(row, moved[i]));
  }

  function refill(row, card) {
    cardOf.set(row, card);
    view.fillRow(row, card);
  }

  function storm(ms) {
    let up = true;
    setInterval(() => {
      recycle(up ? 1 : -1);
      up = !up;
    }, ms);
  }

  const touched = new WeakSet(); // each row is replaced once, and its replacement never
  /** P1: the same person, a new node. */
  function rerender(row) {
    const at = rows.indexOf(row);
    if (at < 0) return;
    const fresh = newRow(cardOf.get(row), false, 0);
    rows[at] = fresh;
    touched.add(fresh);
    row.replaceWith(fresh);
  }

  const onceArmed = (name, act) => {
    let spent = false;
    return (row) => {
      if (!faults.has(name) || spent) return;
      spent = true;
      setTimeout(() => act(row), faults.number(name, 0));
    };
  };
  const recycleOnce = onceArmed('recycle', () => recycle(1));
  /** With `ms`, one shift after so long, each time it is called and without the fault. */
  function armRecycle(ms) {
    if (ms === undefined) return recycleOnce();
    setTimeout(() => recycle(1), ms);
  }
  function armRerender(row = rows[0]) {
    if (!faults.has('rerender') || touched.has(row)) return;
    touched.add(row);
    setTimeout(() => rerender(row), faults.number('rerender', 0));
  }

  /** A card leaves: the whole list is drawn anew, with new nodes (§3.5 fact 11), or its row goes alone. */
  function remove(card) {
    const at = rows.findIndex((row) => cardOf.get(row) === card);
    cards.splice(cards.indexOf(card), 1);
    if (at >= 0) {
      next -= 1;
      const left = shown().filter((other) => other !== card);
      if (faults.has('shift')) shiftInto(left);
      else if (switches.redraw === '0') view.takeOut(rows.splice(at, 1)[0]);
      else redraw(left);
    }
    view.setCount(announced());
    setTimeout(look, switches.delay === '0' ? 0 : REFILL_MS);
  }

  function redraw(left) {
    const top = view.scroller.scrollTop;
    rows.splice(0, rows.length, ...left.map((card) => newRow(card, false, 0)));
    view.replaceAll(rows);
    view.scroller.scrollTop = top;
  }

  /** P3: as `recycle`, and the last node goes. */
  function shiftInto(left) {
    rows.pop();
    rows.forEach((row, i) => refill(row, left[i]));
    view.replaceAll(rows);
  }

  function prepend(card) {
    cards.unshift(card);
    next += 1;
    const row = newRow(card, false, 0);
    rows.unshift(row);
    view.replaceAll(rows);
    view.setCount(announced());
  }

  function announced() {
    return Math.max(0, cards.length + (faults.has('countlie') ? faults.number('countlie', 5) : 0));
  }

  function start() {
    view.setCount(announced());
    if (faults.has('spinner')) return view.showSpinner();
    if (paging) return paging.start();
    show(stall.roomAfter(0, Number(switches.first)), true);
    (view.scrollEvents ?? view.scroller).addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    setTimeout(look, 0);
    if (faults.has('rerender-storm')) setInterval(() => redraw(shown()), faults.number('rerender-storm', 200));
  }

  return {
    start,
    remove,
    prepend,
    armRecycle,
    armRerender,
    cards,
    shown,
    cardOf: (row) => cardOf.get(row),
    rowOf: (card) => rows.find((row) => cardOf.get(row) === card) ?? null,
    isLive: (row) => performance.now() >= liveFrom.get(row),
    touch(row) {
      recycleOnce(row);
      armRerender(row);
      onPointer?.(row);
    },
  };
}

/** P18: loading stops at row k until one scrolls up and down again, or for good. */
function openStall(faults) {
  const hard = faults.has('stall-hard');
  const at = faults.number(hard ? 'stall-hard' : 'stall', Infinity);
  let open = !hard && !faults.has('stall');
  let held = null;
  let wentUp = false;
  return {
    holds(count, top) {
      if (open || count < at) return false;
      held ??= top;
      return true;
    },
    seen(top) {
      if (open || hard || held === null) return;
      if (top < held - 100) wentUp = true;
      if (wentUp && top > held - 40) open = true;
      held = Math.max(held, top);
    },
    roomAfter: (count, wanted = Infinity) => Math.min(wanted, open ? Infinity : Math.max(0, at - count)),
  };
}

