import { expect, test } from "vitest";
import type { CommandDto } from "@/lib/contracts/commands";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { commandSteps } from "./command-steps";

const NOW = Date.parse("2025-01-15T12:00:00Z");
const at = (secondsBefore: number): string => new Date(NOW - secondsBefore * 1000).toISOString();

const COMMAND: CommandDto = {
  id: "5b0c1f6e-7d4e-4a53-9f0b-0d8c6a1f2b3c",
  commandUuid: "5b0c1f6e-7d4e-4a53-9f0b-0d8c6a1f2b3c",
  deviceId: "0a8b4f7c-1c1f-4f3e-8f60-1d9b5d0c7e11",
  enrollmentId: "9d2e6b3a-2b7f-4c55-9a0e-7f1c3d5e8b22",
  requestType: "RestartDevice",
  state: "queued",
  createdBy: "user:ada@example.com",
  notBefore: null,
  expiresAt: null,
  queuedAt: at(300),
  deliveredAt: null,
  deliveries: 0,
  deferrals: 0,
  deferredAt: null,
  endedAt: null,
  errorChain: null,
  cause: null,
  request: {},
  requestXml: "",
  response: null,
  responseXml: null,
  steps: [],
};
const PUSH: EnrollmentDto["push"] = {
  topic: "com.apple.mgmt.External.x",
  testTopic: false,
  hasToken: true,
  tokenUpdatedAt: at(9000),
  tokenDeadAt: null,
  lastPushAt: null,
  lastPushStatus: null,
  lastPushReason: null,
  lastPushId: null,
  nextPushAt: null,
  pushesUnanswered: 0,
};
const to = (push: EnrollmentDto["push"], lastSeenAt: string | null = null) => ({ push, lastSeenAt });
const states = (command: CommandDto, push: EnrollmentDto["push"], lastSeenAt: string | null = null): string[] => commandSteps(command, to(push, lastSeenAt), NOW).map((step) => step.state);

test("an accepted push is not shown as delivery", () => {
  const push = { ...PUSH, lastPushAt: at(290), lastPushStatus: 200, pushesUnanswered: 1 };
  expect(states(COMMAND, push)).toEqual(["done", "done", "now", "waiting", "waiting"]);
  expect(commandSteps(COMMAND, to(push), NOW)[2]?.detail).toContain("has not connected since");
});

test("a push from before the command was queued does not count for it", () => {
  expect(states(COMMAND, { ...PUSH, lastPushAt: at(4000), lastPushStatus: 200 })).toEqual(["done", "waiting", "waiting", "waiting", "waiting"]);
});

test("a refused push shows Apple's reason", () => {
  const steps = commandSteps(COMMAND, to({ ...PUSH, lastPushAt: at(290), lastPushStatus: 400, lastPushReason: "BadDeviceToken" }), NOW);
  expect(steps[1]).toMatchObject({ state: "failed", detail: "Apple answered BadDeviceToken." });
});

test("a device that connected by itself needed no push", () => {
  expect(states({ ...COMMAND, state: "acknowledged", deliveredAt: at(100), endedAt: at(99), deliveries: 1 }, PUSH)).toEqual(["done", "skipped", "done", "done", "done"]);
});

test("a push after the delivery is not taken for the one that woke the device", () => {
  const push = { ...PUSH, lastPushAt: at(50), lastPushStatus: 200 };
  expect(states({ ...COMMAND, state: "acknowledged", deliveredAt: at(100), endedAt: at(99), deliveries: 1 }, push)[1]).toBe("skipped");
});

test("NotNow is under way, not an end", () => {
  expect(states({ ...COMMAND, state: "deferred", deliveredAt: at(100), deferredAt: at(99), deferrals: 1 }, PUSH)[4]).toBe("now");
});

test("a command cancelled in the queue was neither pushed nor delivered", () => {
  expect(states({ ...COMMAND, state: "cancelled", endedAt: at(10) }, PUSH)).toEqual(["done", "skipped", "skipped", "skipped", "skipped"]);
});

test("a device that connected and took other work first is told from one that stays away", () => {
  const push = { ...PUSH, lastPushAt: at(290), lastPushStatus: 200 };
  expect(states(COMMAND, push, at(280))).toEqual(["done", "done", "done", "waiting", "waiting"]);
  expect(states(COMMAND, push, at(400))).toEqual(["done", "done", "now", "waiting", "waiting"]);
});

test("a command that is held back says so until its time has come", () => {
  const held = { ...COMMAND, state: "scheduled" as const, queuedAt: at(2), notBefore: at(-8) };
  expect(commandSteps(held, to(PUSH), NOW)[0]).toMatchObject({ title: "Held back", state: "now" });
  expect(states(held, { ...PUSH, nextPushAt: at(-20) })).toEqual(["now", "waiting", "waiting", "waiting", "waiting"]);
  expect(commandSteps({ ...held, notBefore: at(0) }, to(PUSH), NOW)[0]).toMatchObject({ title: "Queued", state: "done" });
  expect(commandSteps({ ...held, notBefore: at(-3_600) }, to(PUSH), NOW)[0]).toMatchObject({ title: "Scheduled", at: at(-3_600) });
});

test("a cancelled command says which of the two it was: never delivered, or delivered and maybe still run", () => {
  const cancelled = { ...COMMAND, state: "cancelled" as const, endedAt: at(10), cause: "Cancelled by user:ada@example.com." };
  expect(commandSteps(cancelled, to(PUSH), NOW).at(-1)?.detail).toContain("was not delivered and will not run");
  expect(commandSteps({ ...cancelled, deliveredAt: at(20), deliveries: 1 }, to(PUSH), NOW).at(-1)?.detail).toContain("may still run");
});
