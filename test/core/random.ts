/** Random numbers of a seed: uniform on [0, 1), the same on every machine. */
export type Random = () => number;

/** A counter run through a mixing function. Source: Steele, Lea & Flood (2014), SplitMix, here with 32 bits. */
export function randomOf(seed: number): Random {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** A standard normal number. Source: Box & Muller (1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Draws the next value of an autoregression with the standard deviation 1. */
export function autoregression(random: Random, correlation: number): () => number {
  let value = normal(random);
  return () => {
    value = correlation * value + Math.sqrt(1 - correlation ** 2) * normal(random);
    return value;
  };
}

export function integer(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
