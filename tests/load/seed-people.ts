/** Numbers that look random and are the same for each run. */
export function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Random = () => number;

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** One of the values, as often as its weight says. */
export function weighted<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let rest = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of choices) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return pick(random, choices)[0];
}

const FIRST = ["Ada", "Aylin", "Ben", "Chloé", "Daniel", "Emma", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Katya", "Liam", "Mina", "Noah", "Olga", "Pedro", "Quinn", "Rosa", "Samir", "Tara", "Umut", "Vera", "Wei", "Yara", "Zoë"];
const LAST = ["Adler", "Brandt", "Costa", "Demir", "Eriksson", "Fischer", "Garcia", "Haddad", "Ito", "Jansen", "Kowalski", "Lovelace", "Moreau", "Nowak", "Okafor", "Petrov", "Rossi", "Schmidt", "Tanaka", "Weber"];
const PLACES = ["Berlin", "Lyon", "Osaka", "Porto", "Austin", "Gdansk", "Izmir", "Leeds"];

export function personOf(random: Random): { shortName: string; longName: string } {
  const [first, last] = [pick(random, FIRST), pick(random, LAST)];
  return { shortName: `${first.charAt(0)}${last}`.toLowerCase(), longName: `${first} ${last}` };
}

/** What people call their devices. */
export function nameOf(random: Random, model: string, number: number): string {
  if (random() < 0.55) return `${pick(random, FIRST)}’s ${model}`;
  return `${pick(random, PLACES)} ${model} ${String(number).padStart(5, "0")}`;
}

const SERIAL = [..."CDFGHJKLMNPQRTVWXY0123456789"];
export function serialOf(random: Random): string {
  return Array.from({ length: 12 }, () => pick(random, SERIAL)).join("");
}
