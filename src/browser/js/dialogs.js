// Whether a dialog still stands open a moment later; with `cancel`, also arms the guard for the
// one button that leaves it, and answers that button.
const [wish, done] = arguments;
const { layout } = wish;
const look = async () => {
  disarm();
  await until(() => openDialogs(layout).length === 0, wish.patience);
  const open = openDialogs(layout);
  const cancel = wish.cancel && open.length === 1 ? cancelOf(layout, open[0]) : null;
  if (cancel) arm((target) => cancel.contains(target) && cancelOf(layout, open[0]) === cancel);
  return [open.length, cancel];
};
look().then(([open, cancel]) => done([JSON.stringify({ open }), cancel]),
  (error) => done([JSON.stringify({ failed: String(error).slice(0, 300) }), null]));
