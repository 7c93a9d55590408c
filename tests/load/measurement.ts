/** One round: how many dialogues in which time, and what they cost. */
export interface Measurement {
  dialogues: number;
  seconds: number;
  latenciesMs: Float64Array;
  unexpected: number;
  /** Null where it cannot be read. */
  cpu: { app: number; database: number } | null;
}

/** The table row of several rounds: the median, and least and most in parentheses. */
export function tableRow(name: string, connections: number, rounds: readonly Measurement[]): string[] {
  const over = (value: (round: Measurement) => number, digits: number): string => spread(rounds.map(value), digits);
  const percentile = (share: number): string => over((round) => quantile(round.latenciesMs, share), 1);
  const perThousand = (part: "app" | "database"): string =>
    rounds.some((round) => round.cpu === null) ? "-" : over((round) => ((round.cpu?.[part] ?? 0) / round.dialogues) * 1_000, 2);
  return [
    name,
    String(connections),
    over((round) => round.dialogues / round.seconds, 0),
    percentile(0.5),
    percentile(0.95),
    percentile(0.99),
    perThousand("app"),
    perThousand("database"),
  ];
}

export const TABLE_HEAD = ["", "connections", "per second", "p50 ms", "p95 ms", "p99 ms", "app CPU s/1000", "database CPU s/1000"];

/** Left column left, numbers right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ");
  return rows.map(line).join("\n");
}

/** The smallest value that at least `share` of all do not exceed. */
export function quantile(values: Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** The median of the values, and the least and the most in parentheses. */
export function spread(values: readonly number[], digits: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): string => (sorted[index] ?? 0).toFixed(digits);
  return `${at(Math.floor((sorted.length - 1) / 2))} (${at(0)}-${at(sorted.length - 1)})`;
}
