/** Days before its end at which a push certificate or a server token is spoken of. */
export const EXPIRY_WARNING_DAYS = [60, 30, 14, 7, 1] as const;

const DAY_MS = 86_400_000;

export interface ExpiryWarning {
  /** The threshold that was passed last; 0 after the end. */
  threshold: number;
  /** A part of a day counts as one; 0 after the end. */
  daysLeft: number;
}

/** What is to be said of something that ends then; null while its end is far off. Milliseconds since 1970. */
export function expiryWarning(notAfter: number, now: number): ExpiryWarning | null {
  const left = (notAfter - now) / DAY_MS;
  if (left <= 0) return { threshold: 0, daysLeft: 0 };
  const threshold = EXPIRY_WARNING_DAYS.findLast((days) => left <= days);
  return threshold === undefined ? null : { threshold, daysLeft: Math.ceil(left) };
}

/** The same, but null where that threshold, or a later one, was told of before: `told`, null when none was. */
export function untoldWarning(notAfter: number, told: number | null, now: number): ExpiryWarning | null {
  const warning = expiryWarning(notAfter, now);
  return warning === null || (told !== null && told <= warning.threshold) ? null : warning;
}
