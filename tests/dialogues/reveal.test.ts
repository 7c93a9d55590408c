import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Role } from "@/lib/contracts/words";
import { withStage } from "../support/stage";

const stage = withStage();

async function lockedMac() {
  const mac = await stage.enrolledDevice({ model: "Mac" });
  const commandId = await stage.send(mac.id, { requestType: "DeviceLock", parameters: { PIN: "482913" } });
  const pin = (await stage.device(mac.id)).secrets.find((secret) => secret.kind === "lock-pin");
  if (pin === undefined) throw new Error("the PIN is not in escrow");
  return { ...mac, commandId, pin };
}

async function as(role: Role) {
  const { token } = await stage.api.call("createApiToken", { body: { name: `${role} ${randomUUID()}`, role } });
  return stage.api.withToken(token);
}

test("a secret is listed without its value and shown for a reason that the audit log keeps", async () => {
  const { id, pin, commandId } = await lockedMac();
  expect(pin).toMatchObject({ commandId, current: true });
  expect(JSON.stringify(await stage.device(id))).not.toContain("482913");
  const operator = await as("operator");
  const revealed = await operator.call("revealSecret", { params: { id, secretId: pin.id }, body: { reason: "The owner stands at the help desk" } });
  expect(revealed).toMatchObject({ kind: "lock-pin", encoding: "text", value: "482913" });
  const { items: [event] } = await stage.api.call("listAuditEvents", { query: { kind: "secret.revealed" } });
  expect(event).toMatchObject({ deviceId: id, actor: expect.stringMatching(/^token:operator/), data: { secretKind: "lock-pin", reason: "The owner stands at the help desk" } });
  expect(JSON.stringify(event)).not.toContain("482913");
});

test("what is no text comes as base64", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone" });
  const held = (await stage.device(id)).secrets.find((secret) => secret.kind === "unlock-token");
  const revealed = await stage.api.call("revealSecret", { params: { id, secretId: held?.id ?? "" }, body: { reason: "Checking the escrow" } });
  expect(revealed).toMatchObject({ encoding: "base64", value: device.state.unlockToken?.toString("base64") });
});

test("a viewer sees that it is held and no more; without a reason nobody does", async () => {
  const { id, pin } = await lockedMac();
  const viewer = await as("viewer");
  expect((await viewer.call("getDevice", { params: { id } })).secrets).toContainEqual(pin);
  await expect(viewer.call("revealSecret", { params: { id, secretId: pin.id }, body: { reason: "Curiosity" } })).rejects.toMatchObject({ status: 403 });
  await expect(stage.api.call("revealSecret", { params: { id, secretId: pin.id }, body: { reason: "  " } })).rejects.toMatchObject({ status: 422 });
});

test("a secret is found under its own device only", async () => {
  const { pin } = await lockedMac();
  const other = await stage.enrolledDevice();
  await expect(stage.api.call("revealSecret", { params: { id: other.id, secretId: pin.id }, body: { reason: "The wrong device" } })).rejects.toMatchObject({ status: 404 });
});

test("nobody takes all secrets at once: thirty in an hour, counted for each person", async () => {
  const { id, pin } = await lockedMac();
  const [one, two] = [await as("operator"), await as("operator")];
  const reveal = (api: typeof one) => api.call("revealSecret", { params: { id, secretId: pin.id }, body: { reason: "Counting" } });
  const answers = await Promise.allSettled(Array.from({ length: 35 }, () => reveal(one)));
  expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(30);
  await expect(reveal(one)).rejects.toMatchObject({ status: 429 });
  expect((await reveal(two)).value).toBe("482913");
});
