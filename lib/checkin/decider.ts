/** Who decides. `personId` is the person behind it; null for a script that no person has made. */
export interface Decider {
  label: string;
  personId: string | null;
}
