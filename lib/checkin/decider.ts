/** Who decides. `personId` is the person behind it; null for a script that no person has made. */
export interface Decider {
  label: string;
  personId: string | null;
}

/** Was this label that of a script? */
export function isOfScript(label: string | null): boolean {
  return label?.startsWith("token:") === true;
}
