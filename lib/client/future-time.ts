const MINUTE_MS = 60_000;

/** The instant that many milliseconds from now, ISO 8601, up to the minute: the same form sent again within it is the same request. */
export function timeAfter(milliseconds: number, now = Date.now()): string {
  return new Date(Math.ceil((now + milliseconds) / MINUTE_MS) * MINUTE_MS).toISOString();
}
