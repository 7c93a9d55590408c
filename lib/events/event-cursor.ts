interface Gap {
  from: bigint;
  to: bigint;
  since: number;
}

/** A transaction that wrote events is over after this time, or its ids were given back. */
const GAP_LIFE_MS = 60_000;
/** A resume point names so many gaps; of more it names the range they lie in, so that events come twice rather than never. */
const MOST_GAPS = 100;
/** What lies further back than this is not on its way any more. */
const FURTHEST_GAP = 10_000n;
const RESUME_POINT = /^\d{1,18}(?:,\d{1,18}-\d{1,18}){0,100}$/;

/**
 * How far the log was read. Ids are given out before their transactions commit, so a smaller id may become
 * visible after a greater one: ids that were jumped over are remembered for a while and asked for again.
 */
export class EventCursor {
  #highest: bigint;
  #gaps: Gap[] = [];

  constructor(highest: bigint) {
    this.#highest = highest;
  }

  /** The cursor that a resume point was made of; of a mere event id one that has seen everything up to it. Null for anything else. */
  static parse(text: string): EventCursor | null {
    if (!RESUME_POINT.test(text)) return null;
    const [highest = "0", ...ranges] = text.split(",");
    const cursor = new EventCursor(BigInt(highest));
    for (const range of ranges) {
      const [from = 0n, to = 0n] = range.split("-").map(BigInt);
      if (from <= to && to <= cursor.highest && from > cursor.highest - FURTHEST_GAP) cursor.#gaps.push({ from, to, since: Date.now() });
    }
    return cursor;
  }

  /** How far the log was read, in one word of the event stream: the greatest id, and the ranges below it that may still come. */
  resumePoint(): string {
    const first = this.#gaps[0];
    const last = this.#gaps.at(-1);
    if (first === undefined || last === undefined) return `${this.#highest}`;
    const gaps = this.#gaps.length > MOST_GAPS ? [{ from: first.from, to: last.to }] : this.#gaps;
    return [`${this.#highest}`, ...gaps.map(({ from, to }) => `${from}-${to}`)].join(",");
  }

  /** One that goes its own way from here. */
  copy(): EventCursor {
    const copy = new EventCursor(this.#highest);
    copy.#gaps = [...this.#gaps];
    return copy;
  }

  /** Takes note of an event; false when it was seen before. */
  take(id: bigint, now: number): boolean {
    if (id > this.#highest) this.advance(id, now);
    else if (this.#gaps.some((gap) => id >= gap.from && id <= gap.to)) this.fill(id);
    else return false;
    return true;
  }

  /** The greatest id seen. */
  get highest(): bigint {
    return this.#highest;
  }

  /** The ranges of ids that may still come, both ends included. */
  get gaps(): readonly { from: bigint; to: bigint }[] {
    return this.#gaps;
  }

  /** Takes note of an event above `highest`. */
  advance(id: bigint, now: number): void {
    const next = this.#highest + 1n;
    if (id > next) this.#gaps.push({ from: next, to: id - 1n, since: now });
    this.#highest = id;
  }

  /** Takes note of an event out of a gap. */
  fill(id: bigint): void {
    this.#gaps = this.#gaps.flatMap((gap) => {
      if (id < gap.from || id > gap.to) return [gap];
      return [{ ...gap, to: id - 1n }, { ...gap, from: id + 1n }].filter(({ from, to }) => from <= to);
    });
  }

  /** Gives up ids that have not come for a minute: their transactions were rolled back. */
  forgetOldGaps(now: number): void {
    this.#gaps = this.#gaps.filter((gap) => now - gap.since < GAP_LIFE_MS);
  }
}
