// Layout 2020 (E3 of the fact sheet, mid 2020 to mid 2025): class names with
// meaning, a hundred rows to a page (`?page=N`), a question that names nobody.
//
// Variants (§3.3, §4, §5.1): `tvm` = from 2023 on, titles in `.invitation-card__tvm-title > a > strong`
// and "Sent 3 weeks ago"; `tvm-strong` = the same with `strong > a`; `role-dialog` = the modal has the
// role dialog; `reload` = the next page is loaded whole. `load=scroll` is the late form without pages.

export const look = '/2020/look.css';
/**
 * It came in pages, and obeyed scripts: public console scripts worked on it. They took the rows once and
 * went through them, and looked for the question half a second after the click.
 */
export const usual = { load: 'pages', trusted: '0', hydrate: '0', redraw: '0', 'dialog-delay': '0' };
/** The name in the query that says which kind the Sent page lists (§1.1). */
export const kindIn = 'invitationType';
export { drawPage } from './pages.js';
export { drawSentPage } from './sent.js';
export { disguise } from './disguise.js';
