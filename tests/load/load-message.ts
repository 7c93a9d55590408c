/** What the benchmark and its client process tell each other. */

/** One device's requests in the order it sends them, ready for the wire. */
export interface Dialogue {
  requests: Buffer[];
  /** For each request: does a command come back? */
  expectsBody: boolean[];
}

export type LoadOrder =
  | { kind: "dialogues"; dialogues: Dialogue[] }
  /** Every dialogue once, spread over the connections. */
  | { kind: "pass"; connections: number }
  /** Round and round, for so long. */
  | { kind: "run"; connections: number; seconds: number };

export interface LoadReport {
  dialogues: number;
  elapsedMs: number;
  /** One for each dialogue, from its first byte out to its last byte in. */
  latenciesMs: Float64Array;
  /** Answers that were not what the dialogue expects. */
  unexpected: number;
}
