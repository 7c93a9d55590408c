interface Gap {
  from: bigint;
  to: bigint;
  since: number;
}

/** A transaction that wrote events is over after this time, or its ids were given back. */
const GAP_LIFE_MS = 60_000;

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
