import type { Overview } from "@/lib/contracts/events";

/** What is told for each hour. Of several the parts stand upon each other; a striped one is known without its colour. */
export interface HourSeries {
  key: Exclude<keyof Overview["hours"][number], "hour">;
  label: string;
  color: string;
  /** The list behind the sum; null where the whole has one. */
  href: string | null;
  striped?: boolean;
}

/** What the hours sum up to. */
export function totalOf(hours: Overview["hours"], key: HourSeries["key"]): number {
  return hours.reduce((sum, hour) => sum + hour[key], 0);
}
