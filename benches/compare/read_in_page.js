const words = (element) => (element ? element.textContent : null);
return [...document.querySelectorAll('[data-testid="lazy-column"] [role="listitem"]')].map((card) => {
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
});
