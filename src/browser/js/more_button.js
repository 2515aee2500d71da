// The button at the end of the list that loads the next batch, or null.
const [wish] = arguments;
const container = locate(document, wish.layout.list.container);
return container ? endOfList(wish.layout, container) : null;
