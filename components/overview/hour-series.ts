import type { Overview } from "@/lib/contracts/events";

/** One line of a chart over the hours. */
export interface HourSeries {
  key: Exclude<keyof Overview["hours"][number], "hour">;
  label: string;
  color: string;
}
