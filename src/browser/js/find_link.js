// The visible link to one of `paths` on this site, or a tab that is no link: its element, or null. Links
// of the navigation come first, since a post or an advert may link to the same place. One in a card (of
// those that `cards` selects) may be a control, whatever its address says.
const [wish] = arguments;
const wanted = wish.paths.map(folder);
const links = [...document.querySelectorAll("a[href]")].filter((link) => {
  let address;
  try { address = new URL(link.href); } catch { return false; }
  return address.origin === location.origin && wanted.includes(folder(address.pathname))
    && seen(link) && !link.closest("dialog, [role=dialog]");
});
const tab = locate(document, wish.tabs);
const inCard = (link) => wish.cards.some((css) => link.closest(css));
return links.find((link) => link.closest("nav")) || links.find((link) => !inCard(link)) || (tab && seen(tab) ? tab : null);
