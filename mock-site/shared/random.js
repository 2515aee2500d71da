// Seeded chance: the same seed gives the same people and the same delays.

/** A function that returns numbers in [0, 1), the same series for the same seed. */
export function randomFrom(seed) {
  let state = (Number(seed) * 2654435761 + 974711) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));
export const pick = (random, list) => list[Math.floor(random() * list.length)];
