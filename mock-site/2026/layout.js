// Layout 2026 (E5 of the fact sheet, seen from April 2026 on): withdraw
// controls are links, dialogs are native, `main#workspace` scrolls.

export const look = '/2026/look.css';
export { drawPage } from './pages.js';
export { drawSentPage } from './sent.js';
export { disguise } from './disguise.js';
