// The pill of a kind, or null.
const [wish] = arguments;
const pill = locate(document, wish.ways);
return pill && seen(pill) ? pill : null;
