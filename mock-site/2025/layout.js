// Layout 2025 (E4 of the fact sheet, July 2025 to March 2026): rows with a
// Withdraw button and `data-view-name`, "Load more", native dialogs.
//
// Variants (§2.3, §3.4, §4, §5.1): `link` = late in 2025 the control was a link for some;
// `tab-links` = the tabs are links; `more-results` = the button says "Show more results";
// `dialog-first` = the dialog stands before the list in the document; `later-label` = the
// confirm button says "Withdraw invitation sent to …" as from March 2026 on.

export const look = '/2026/look.css';
/**
 * Its rows load by the button, and obeyed scripts: public console scripts worked on it, that took the
 * rows once and went through them.
 */
export const usual = { load: 'button', trusted: '0', hydrate: '0', redraw: '0' };
export { drawPage } from './pages.js';
export { drawSentPage } from './sent.js';
export { disguise } from '../2026/disguise.js';
