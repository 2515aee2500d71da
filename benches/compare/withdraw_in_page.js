// Withdraws one person after the other from inside the page, then leaves a mark in the site's log.
const [people] = arguments;
const come = (look) => new Promise((resolve) => {
  const now = look();
  if (now) return resolve(now);
  const observer = new MutationObserver(() => {
    const found = look();
    if (!found) return;
    observer.disconnect();
    resolve(found);
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });
});
const controls = () => [...document.querySelectorAll("main a[aria-label][componentkey]")];
const all = async () => {
  for (const { name } of people) {
    const mine = () => controls().find((control) => control.getAttribute("aria-label").endsWith("to " + name));
    mine().click();
    (await come(() => document.querySelector('dialog[open] [data-testid="dialog-content"] button[aria-label]'))).click();
    await come(() => !mine());
  }
};
all().then(() => rescindMock.note("done"), (error) => rescindMock.note(String(error)));
return "null";
