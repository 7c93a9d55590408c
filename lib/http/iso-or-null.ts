/** Times as the API writes them; null stays null. */
export function isoOrNull(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
