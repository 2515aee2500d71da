// The truth: who is gone from the list, and what happened.
//
// On rescind's own server the truth is in the server, so that a killed browser
// loses nothing. On a plain static server it is in localStorage.

import { readNow } from './dom.js';

const KEPT = 'rescind-mock-log';
const STATE = '/__mock__/state';

/** Opens the store: the server's where there is one, this browser's otherwise. */
export function openStore() {
  const answer = readNow(STATE);
  const parsed = answer === null ? null : parseOrNull(answer);
  return parsed ? serverStore(parsed) : browserStore();
}

function parseOrNull(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Folds events into `{gone, counts}`; the Rust server folds them in the same way. */
function fold(state, event, now) {
  state.counts[event.type] = (state.counts[event.type] ?? 0) + 1;
  if (event.type === 'withdraw' || event.type === 'accept') {
    state.gone.push({ id: event.id, why: event.type, from: now + (event.after ?? 0) });
  }
  return state;
}

function questions(state, now) {
  return {
    /** Is this person off the list by now? */
    isGone: (id) => state.gone.some((entry) => entry.id === id && entry.from <= now()),
    goneNow: () => new Set(state.gone.filter((entry) => entry.from <= now()).map((entry) => entry.id)),
    isWithdrawn: (id) =>
      state.gone.some((entry) => entry.id === id && entry.why === 'withdraw' && entry.from <= now()),
    /** How many events of a type there were, over all loads. */
    count: (type) => state.counts[type] ?? 0,
    withdrawals: () => state.gone.filter((entry) => entry.why === 'withdraw').length,
  };
}

function serverStore(answer) {
  const started = performance.now();
  const now = () => answer.now + (performance.now() - started);
  const state = { gone: answer.gone, counts: answer.counts };
  const waiting = [];
  let sending = Promise.resolve(200);

  // One request at a time, so that the log keeps the order of the page.
  function send(query) {
    sending = sending.then(async () => {
      if (!waiting.length && !query) return 200;
      const body = JSON.stringify(waiting.splice(0));
      const reply = await fetch(`/__mock__/events${query}`, { method: 'POST', body, keepalive: true });
      return reply.status;
    });
    return sending.catch(() => 0);
  }
  addEventListener('pagehide', () => {
    if (waiting.length) navigator.sendBeacon('/__mock__/events', JSON.stringify(waiting.splice(0)));
  });

  return {
    onServer: true,
    switches: answer.switches,
    ...questions(state, now),
    /** Notes an event; resolves to the HTTP status once the server has it. */
    record(event, query = '') {
      if (!query.includes('answer=')) fold(state, event, now());
      waiting.push({ t: Date.now(), ...event });
      return send(query);
    },
    log: () => parseOrNull(readNow('/__mock__/log') ?? '[]') ?? [],
    reset() {
      const request = new XMLHttpRequest();
      request.open('POST', '/__mock__/reset', false);
      request.send();
      state.gone.length = 0;
      state.counts = {};
    },
  };
}

function browserStore() {
  const log = parseOrNull(localStorage.getItem(KEPT) ?? '[]') ?? [];
  const state = { gone: [], counts: {} };
  for (const event of log) if (!event.refused) fold(state, event, event.t);
  return {
    onServer: false,
    switches: '',
    ...questions(state, Date.now),
    async record(event, query = '') {
      const stamped = { t: Date.now(), ...event };
      const status = Number(new URLSearchParams(query.slice(1)).get('answer') ?? 200);
      if (status !== 200) stamped.refused = status;
      else fold(state, stamped, stamped.t);
      log.push(stamped);
      localStorage.setItem(KEPT, JSON.stringify(log));
      return status;
    },
    log: () => log,
    reset() {
      log.length = 0;
      state.gone.length = 0;
      state.counts = {};
      localStorage.removeItem(KEPT);
    },
  };
}
