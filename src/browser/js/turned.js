// Waits until the list begins otherwise than it did.
const [wish, done] = arguments;
until(() => {
  const start = startOfList(wish.layout);
  return start && start !== wish.start;
}, wish.budget).then((turned) => done(JSON.stringify(Boolean(turned))));
