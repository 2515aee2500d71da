// How long ago, in the words of the list. Always rounded down, as the real
// list does: "3 months ago" means at least three months.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** [unit, number] of an age in milliseconds. */
export function unitOf(ageMs) {
  const days = Math.floor(ageMs / DAY);
  if (ageMs < HOUR) return ['minute', Math.max(1, Math.floor(ageMs / MINUTE))];
  if (days < 1) return ['hour', Math.floor(ageMs / HOUR)];
  if (days < 2) return ['yesterday', 1];
  if (days < 7) return ['day', days];
  if (days < 30) return ['week', Math.floor(days / 7)];
  if (days < 365) return ['month', Math.min(11, Math.max(1, Math.floor(days / 30.44)))];
  return ['year', Math.floor(days / 365)];
}

/** The age as the list prints it; `say` is the `age` of a language. */
export function sentText(ageMs, say) {
  const [unit, n] = unitOf(ageMs);
  return say(unit, n);
}
