/** The same words as PLATFORMS of lib/contracts/words.ts, which may not be imported here. */
export type Platform = "ios" | "ipados" | "macos" | "tvos" | "watchos" | "visionos" | "unknown";

const FAMILIES: readonly (readonly [RegExp, Platform])[] = [
  [/^(iPhone|iPod)/i, "ios"],
  [/^iPad/i, "ipados"],
  [/^(Mac|iMac|VirtualMac|Xserve)/i, "macos"],
  [/^Apple ?TV/i, "tvos"],
  [/^(Apple ?)?Watch/i, "watchos"],
  [/^(RealityDevice|Apple Vision)/i, "visionos"],
];

/**
 * The platform told by the first of the names that tells one. Best is ProductName ("iPhone15,3", "VirtualMac2,1");
 * ModelName ("iPad Pro") and Model ("MacBookPro18,3") serve too.
 */
export function platformOf(...names: readonly (string | null | undefined)[]): Platform {
  for (const name of names) {
    const family = FAMILIES.find(([pattern]) => pattern.test(name ?? ""));
    if (family !== undefined) return family[1];
  }
  return "unknown";
}
