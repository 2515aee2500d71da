// A list in pages, `?page=N` (§4): a page is a stretch of the list as it is now, so that after
// withdrawals everybody below has moved up. An open page does not refill.

/**
 * `turn(from, to)` puts a stretch of the list on the page; `pause()` takes as long as an answer.
 * Variant `reload`: the next page is loaded whole.
 */
export function openPages({ cards, view, switches, turn, pause }) {
  const size = Math.max(1, Number(switches['per-page']));
  const whole = switches.variant.split(',').includes('reload');
  let page = Math.max(1, Number(new URLSearchParams(location.search).get('page')) || 1);
  let turning = false;
  const liveFrom = performance.now() + Number(switches.hydrate);

  const pages = () => Math.max(1, Math.ceil(cards.length / size));
  const place = () => turn((page - 1) * size, page * size);
  const show = () => view.showPages({ page, pages: Math.max(page, pages()), go });

  /** The address of a page; everything else in the query stays. */
  function address(n) {
    const url = new URL(location.href);
    url.searchParams.delete('page');
    if (n > 1) url.searchParams.set('page', n);
    return url;
  }

  async function go(n) {
    if (turning || performance.now() < liveFrom) return;
    if (whole) return location.assign(address(n));
    turning = true;
    await pause();
    page = n;
    history.pushState(null, '', address(n));
    place();
    show();
    scrollTo(0, 0);
    turning = false;
  }

  function start() {
    // Past the last page the address falls back to that of the first (§1.1).
    if (page > pages()) {
      page = 1;
      history.replaceState(null, '', address(1));
    }
    place();
    show();
  }

  return { start, show };
}
