/** Days before its end at which a push certificate is spoken of. */
export const EXPIRY_WARNING_DAYS = [60, 30, 14, 7, 1] as const;

const DAY_MS = 86_400_000;

export interface ExpiryWarning {
  /** The threshold that was passed last; 0 after the end. */
  threshold: number;
  /** A part of a day counts as one; 0 after the end. */
  daysLeft: number;
}

/** What is to be said of a certificate that ends then; null while its end is far off. Milliseconds since 1970. */
export function expiryWarning(notAfter: number, now: number): ExpiryWarning | null {
  const left = (notAfter - now) / DAY_MS;
  if (left <= 0) return { threshold: 0, daysLeft: 0 };
  const threshold = EXPIRY_WARNING_DAYS.findLast((days) => left <= days);
  return threshold === undefined ? null : { threshold, daysLeft: Math.ceil(left) };
}
