// Which of these selectors the browser refuses.
const [wish] = arguments;
const nothing = document.createDocumentFragment();
return JSON.stringify(wish.selectors.filter((css) => {
  try {
    nothing.querySelector(css);
    return false;
  } catch {
    return true;
  }
}));
