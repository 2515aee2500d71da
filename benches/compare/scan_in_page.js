// The limit that a scan is measured against: one loop inside the page that scrolls and reads each
// new card once, without a check of any kind.
const [wanted] = arguments;
const scroller = document.querySelector("main#workspace");
const column = document.querySelector('[data-testid="lazy-column"]');
const cards = [];
const observer = new MutationObserver((records) => {
  for (const { addedNodes } of records) {
    for (const node of addedNodes) if (node.matches('[role="listitem"]')) cards.push(read(node));
  }
  down();
});
const down = () => {
  if (cards.length < wanted) {
    scroller.scrollTop = scroller.scrollHeight;
    return;
  }
  observer.disconnect();
  // The practice site keeps it: to be asked by WebDriver meanwhile would slow the loop.
  const body = JSON.stringify({ type: "in-page", read: cards.length });
  fetch("/__mock__/events", { method: "POST", body });
};
observer.observe(column, { childList: true });
for (const card of column.querySelectorAll('[role="listitem"]')) cards.push(read(card));
down();
return "null";
