// By which statuses the site refused what this page asked for, since this was last asked. Of requests
// to another site a page is told no status (0).
const key = Symbol.for("rescind.refusals");
const known = window[key] || { all: [], observer: null };
const take = (entries) => {
  for (const { responseStatus, name } of entries) {
    if (responseStatus >= 400) known.all.push({ status: responseStatus, origin: new URL(name).origin });
  }
};
if (!known.observer) {
  known.observer = new PerformanceObserver((list) => take(list.getEntries()));
  known.observer.observe({ type: "resource", buffered: true });
  window[key] = known;
}
take(known.observer.takeRecords());
const fresh = known.all;
known.all = [];
return JSON.stringify(fresh);
