// One card of the practice site, whose markup it knows by heart; for what is measured in the page.
const words = (element) => (element ? element.textContent : null);
const read = (card) => {
  const lines = card.querySelectorAll("p");
  const control = card.querySelector("a[aria-label]");
  const link = card.querySelector('a[href*="/in/"]');
  return {
    name: words(lines[0]),
    headline: words(lines[1]),
    age: words(lines[2]),
    label: control ? control.getAttribute("aria-label") : null,
    href: link ? link.href : null,
    note: words(card.querySelector('[data-testid="expandable-text-box"]')),
  };
};
