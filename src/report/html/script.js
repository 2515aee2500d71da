// The list of the report: finding, sorting and ticking people, and saving the reviewed plan.
//
// Whatever comes from the site is put in as text (textContent), never as markup. Only as many rows
// are drawn as are looked at; the rest follow when one scrolls.
'use strict';

(() => {
  const CHUNK = 40;
  const byId = (id) => document.getElementById(id);
  const list = byId('list');
  if (!list) return;

  const people = JSON.parse(byId('people').textContent).map(
    ([name, profile, link, headline, note, sent, age, days, decision, rule, reason, alike], place) =>
      ({ place, name, profile, link, headline, note, sent, age, days, decision, rule, reason, alike }),
  );
  const plan = byId('plan');
  const made = document.querySelector('.where time').dateTime;
  const going = people.filter((one) => one.decision === 'withdraw').length;
  const body = list.tBodies[0];
  const [search, rule, age, more] = ['search', 'rule', 'age', 'more'].map(byId);

  // ---- Whom the person took out. It outlives a reload of the same report, and no other.

  const kept = history.state;
  const isOurs = kept && kept.made === made && kept.count === people.length && Array.isArray(kept.out);
  const out = new Set(isOurs ? kept.out.filter((place) => people[place]?.decision === 'withdraw') : []);

  function remember() {
    try {
      history.replaceState({ made, count: people.length, out: [...out] }, '');
    } catch {
      // Some browsers limit how often; the ticks on the page are what counts.
    }
  }

  function take(one, isOut) {
    if (isOut) out.add(one.place);
    else out.delete(one.place);
  }

  // ---- The order.

  const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
  const RANK = { withdraw: 0, unsure: 1, keep: 2 };
  const byText = (get) => (one, other) => {
    const [a, b] = [get(one), get(other)];
    return (a === '') - (b === '') || collator.compare(a, b);
  };
  const byAge = (one, other) =>
    (one.age === null) - (other.age === null) || other.age - one.age;
  const COMPARE = {
    name: byText((one) => one.name),
    headline: byText((one) => one.headline),
    age: byAge,
    decision: (one, other) => RANK[one.decision] - RANK[other.decision] || byAge(one, other),
    why: (one, other) =>
      byText((it) => it.rule)(one, other) || collator.compare(one.reason, other.reason) || byAge(one, other),
  };
  let sorted = { by: 'decision', turned: false };
  let order = [];

  function sort(by, turned) {
    sorted = { by, turned };
    const compare = COMPARE[by];
    order = [...people].sort((a, b) => compare(a, b) || a.place - b.place);
    if (turned) order.reverse();
    for (const button of list.tHead.querySelectorAll('[data-sort]')) {
      const isIt = button.dataset.sort === by;
      const word = turned ? 'descending' : 'ascending';
      if (isIt) button.closest('th').setAttribute('aria-sort', word);
      else button.closest('th').removeAttribute('aria-sort');
    }
  }

  // ---- Who is shown. Case and accents don't matter; every word has to be found.

  const isPlain = /^[\0-\x7f]*$/;
  const fold = (text) =>
    (isPlain.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();
  const textOf = (one) =>
    (one.text ??= fold([one.name, one.profile, one.headline, one.note, one.sent, one.rule, one.reason].join('\n')));

  const decided = () => document.querySelector('[name=decision]:checked').value;
  const isFiltered = () => [search.value, decided(), rule.value, age.value].some((value) => value !== '');

  function wanted() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const decision = decided();
    const [from, to] = age.value.split(' ').map(Number);
    const isOfDecision = {
      '': () => true,
      out: (one) => out.has(one.place),
    }[decision] ?? ((one) => one.decision === decision);
    const isOfAge = {
      '': () => true,
      unknown: (one) => one.age === null,
    }[age.value] ?? ((one) => one.age !== null && one.age >= from && one.age < to);
    return (one) =>
      isOfDecision(one) &&
      (rule.value === '' || one.rule === rule.value) &&
      isOfAge(one) &&
      words.every((word) => textOf(one).includes(word));
  }

  let found = [];
  let drawn = 0;

  function draw() {
    found = order.filter(wanted());
    drawn = 0;
    body.replaceChildren();
    drawMore(CHUNK);
    list.setAttribute('aria-rowcount', String(found.length + 1));
    tell();
  }

  function drawMore(count) {
    const rows = document.createDocumentFragment();
    for (const one of found.slice(drawn, drawn + count)) rows.append(rowOf(one, ++drawn));
    body.append(rows);
    const isAll = drawn >= found.length;
    more.hidden = isAll;
    near.disconnect();
    if (!isAll) near.observe(more);
  }

  /** Draws on before the end of what is drawn comes into view. */
  const near = new IntersectionObserver(
    (seen) => { if (seen.some((one) => one.isIntersecting)) drawMore(CHUNK); },
    { rootMargin: '1500px' },
  );

  const pattern = byId('row').content.firstElementChild;

  function rowOf(one, number) {
    const row = pattern.cloneNode(true);
    const put = (name, text) => {
      const element = row.querySelector(`.${name}`);
      element.textContent = text;
      return element;
    };
    row.one = one;
    row.classList.add(one.decision);
    row.setAttribute('aria-rowindex', String(number + 1));
    const person = put('person', one.name || '(no name)');
    if (one.link) person.href = one.link;
    put('profile', one.profile || 'no profile').parentElement.hidden = !one.alike;
    put('words', one.headline);
    put('note', one.note).hidden = one.note === '';
    put('days', one.days ?? 'unknown');
    row.querySelector('small').textContent = one.sent;
    put('verdict', one.decision);
    put('rule', one.rule).hidden = one.rule === '';
    put('reason', one.reason);
    const box = row.querySelector('input');
    if (box && one.decision === 'withdraw') {
      box.setAttribute('aria-label', `Withdraw ${one.name}`);
      show(row);
    } else box?.remove();
    return row;
  }

  /** Puts the tick where it belongs. */
  function show(row) {
    const isOut = out.has(row.one.place);
    const box = row.querySelector('input');
    if (box) box.checked = !isOut;
    row.classList.toggle('out', isOut);
    if (row.one.decision === 'withdraw') row.querySelector('.verdict').textContent = isOut ? 'taken out' : 'withdraw';
  }

  // ---- What is said.

  const number = (count) => count.toLocaleString('en');

  function tell() {
    byId('found').textContent =
      found.length === people.length ? `All ${number(people.length)} shown` : `${number(found.length)} of ${number(people.length)} shown`;
    byId('reset').hidden = !isFiltered();
    byId('legend').hidden = !found.some((one) => one.alike);
    if (!plan) return;
    const left = going - out.size;
    const words = `${number(left)} to withdraw`;
    byId('tally').textContent = out.size ? `${words}, ${number(out.size)} taken out` : words;
    byId('save').disabled = left === 0 || isOld();
    byId('untick').disabled = !found.some((one) => one.decision === 'withdraw' && !out.has(one.place));
    byId('tick').disabled = !found.some((one) => out.has(one.place));
    if (left === 0) say('Nobody is left to withdraw.');
    else if (isOld()) say(`This plan was valid until ${plan.dataset.expiresShown}. Make a new report.`);
    else say('');
  }

  function say(text, code) {
    const place = byId('saved');
    place.textContent = text;
    if (!code) return;
    const command = document.createElement('code');
    command.textContent = code;
    place.append(command);
  }

  // ---- The plan. Whole entries are deleted from the text that was saved here, and nothing else.

  const isOld = () => Date.now() >= Date.parse(plan.dataset.expires);

  /** The text of the plan as `rescind report --plan` writes it. */
  function planText() {
    // Only so that no name could end the block it stands in, `<` is escaped there.
    const whole = /\\(?:u003c|.)/g;
    return plan.textContent.replace(whole, (escape) => (escape === '\\u003c' ? '<' : escape));
  }

  /** The same without those who were taken out. Inside strings there are no line breaks. */
  function reviewed() {
    const text = planText();
    const [start, end] = ['\n  "invitations": [', '\n  ]'];
    const from = text.indexOf(start) + start.length;
    const to = text.indexOf(end, from);
    const entries = text.slice(from, to).split(/,(?=\n {4}\{\n)/);
    if (entries.length !== people.length) throw new Error('the plan in this page is damaged');
    return text.slice(0, from) + entries.filter((_, place) => !out.has(place)).join(',') + text.slice(to);
  }

  function save() {
    tell();
    if (byId('save').disabled) return;
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '');
    const link = document.createElement('a');
    try {
      link.href = URL.createObjectURL(new Blob([reviewed()], { type: 'application/json' }));
    } catch (error) {
      say(`Not saved: ${error.message}.`);
      return;
    }
    link.download = `rescind-plan-${now}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    const { apply, expiresShown } = plan.dataset;
    const where = `${link.download} goes to your downloads; it is valid until ${expiresShown}.`;
    if (apply) say(`${where} There, run `, `${apply} ${link.download}`);
    else say(`${where} The practice site of this report has ended, so it can be looked at and no more.`);
  }

  // ---- Hands on it.

  function tick(row, isOut) {
    take(row.one, isOut);
    show(row);
    remember();
    tell();
  }

  function tickFound(isOut) {
    found.filter((one) => one.decision === 'withdraw').forEach((one) => take(one, isOut));
    [...body.rows].forEach(show);
    remember();
    tell();
  }

  function go(row) {
    if (!row) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }

  const form = search.form;
  form.addEventListener('input', draw);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The fields have their old values until the event is over.
  form.addEventListener('reset', () => setTimeout(draw));
  more.addEventListener('click', () => drawMore(CHUNK));
  byId('save')?.addEventListener('click', save);
  byId('untick')?.addEventListener('click', () => tickFound(true));
  byId('tick')?.addEventListener('click', () => tickFound(false));

  list.tHead.addEventListener('click', ({ target }) => {
    const by = target.closest('[data-sort]')?.dataset.sort;
    if (!by) return;
    sort(by, by === sorted.by && !sorted.turned);
    draw();
  });

  body.addEventListener('change', ({ target }) => tick(target.closest('tr'), !target.checked));

  body.addEventListener('keydown', (event) => {
    const row = event.target.closest('tr');
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (step > 0 && !row.nextElementSibling) drawMore(CHUNK);
      if (step < 0 && !row.previousElementSibling) search.focus();
      else go(step > 0 ? row.nextElementSibling : row.previousElementSibling);
    } else if (event.key === ' ' && event.target === row) {
      event.preventDefault();
      if (row.querySelector('input')) tick(row, !out.has(row.one.place));
    } else if (event.key === 'Enter' && event.target === row && row.one.link) {
      row.querySelector('a').click();
    } else if (event.key === 'Escape') search.focus();
  });

  search.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    go(body.rows[0]);
  });

  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest?.('input:not([type=checkbox], [type=radio]), select');
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // On paper everybody who was found stands.
  addEventListener('beforeprint', () => drawMore(found.length));

  sort('decision', false);
  draw();
  // What the search looks at is made ready before the first letter is typed.
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  let ready = 0;
  const prepare = () => {
    people.slice(ready, ready + 250).forEach(textOf);
    ready += 250;
    if (ready < people.length) idle(prepare);
  };
  idle(prepare);
})();
