import type { DeviceCount } from "@/lib/contracts/devices";

/** "412", or "10,000+" where nobody counted on. */
export function countWords({ total, capped }: DeviceCount): string {
  return `${total.toLocaleString()}${capped ? "+" : ""}`;
}
