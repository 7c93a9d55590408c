const PREFIX = "muster-dismissed:";

/** True when this person has put the note away in this browser. */
export function isDismissed(key: string): boolean {
  try {
    return localStorage.getItem(PREFIX + key) !== null;
  } catch {
    return false; // storage is switched off
  }
}

export function dismiss(key: string): void {
  try {
    localStorage.setItem(PREFIX + key, "1");
  } catch {
    // It comes back with the next page.
  }
}
