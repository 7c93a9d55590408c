import { expect, test } from "vitest";
import { progressOf } from "./termination-progress";

const NOW = new Date("2025-01-15T12:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const OPEN = {
  departure: null, endedAt: null, terminationMethod: "remove-profile", terminationHeldAt: null, removalState: "queued", removalDeliveredAt: null, lastSeenAt: ago(5), tokenDeadAt: null,
};

test.each([
  ["asked", {}],
  ["asked", { removalState: "deferred" }],
  ["delivered", { removalState: "delivered", removalDeliveredAt: ago(5) }],
  ["delivered", { removalState: "delivered", removalDeliveredAt: ago(500), lastSeenAt: ago(2) }],
  ["silent", { removalState: "delivered", removalDeliveredAt: ago(90), lastSeenAt: ago(90) }],
  ["silent", { removalState: "delivered", removalDeliveredAt: ago(1), tokenDeadAt: ago(0) }],
  ["silent", { removalState: "poisoned", removalDeliveredAt: ago(5) }],
  ["refused", { removalState: "failed", removalDeliveredAt: ago(5) }],
  ["profile-removed", { departure: "profile-removed", endedAt: ago(1) }],
  ["checked-out", { departure: "checked-out", endedAt: ago(1), terminationMethod: "unauthorized" }],
  ["asked", { terminationMethod: "unauthorized" }],
  ["held", { terminationMethod: "unauthorized", terminationHeldAt: ago(3) }],
  ["answered", { terminationMethod: "unauthorized", endedAt: ago(1) }],
] as const)("%s is all that is known of %j", (progress, life) => {
  expect(progressOf({ ...OPEN, ...life }, NOW)).toBe(progress);
});
