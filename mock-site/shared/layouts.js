// Every generation of the site that can be practised on. To add one: a folder
// next to `2026/` whose layout.js exports the same functions, and a line here.
// Imported at once, not on demand: the first rows must stand before `load`.

import * as layout2020 from '../2020/layout.js';
import * as layout2025 from '../2025/layout.js';
import * as layout2026 from '../2026/layout.js';

export const LAYOUTS = { 2020: layout2020, 2025: layout2025, 2026: layout2026 };
