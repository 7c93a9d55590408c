const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The same shape of relative time everywhere: "just now", "3 min ago", "in 2 h", "9 d ago". Milliseconds in.
 * What lies a few seconds ahead is also "just now": the tab's clock ticks in steps, and clocks differ a little.
 */
export function relativeTime(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  const span = duration(Math.abs(seconds));
  if (span === null) return "just now";
  return seconds >= 0 ? `${span} ago` : `in ${span}`;
}

/** A span in its largest unit; null below ten seconds. Seconds in. */
function duration(seconds: number): string | null {
  if (seconds < 10) return null;
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)} h`;
  if (seconds < 90 * DAY) return `${Math.floor(seconds / DAY)} d`;
  if (seconds < 730 * DAY) return `${Math.floor(seconds / (30.44 * DAY))} months`;
  return `${Math.floor(seconds / (365.25 * DAY))} years`;
}

/** How long something took, from milliseconds: "0.4 s", "12 s", "3 min". */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return duration(Math.round(seconds)) ?? `${Math.round(seconds)} s`;
}

/** Date and time in the viewer's language and zone, with the zone named. */
export function absoluteTime(at: number): string {
  return new Date(at).toLocaleString(undefined, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });
}

/** The day alone, in the viewer's language and zone. */
export function calendarDay(at: number): string {
  return new Date(at).toLocaleDateString(undefined, { year: "numeric", month: "short", day: "numeric" });
}
