import { expect, test } from "vitest";
import { withStage } from "../support/stage";

const stage = withStage();

test("what an owner sets is followed by the next message", async () => {
  expect(await stage.api.call("getSettings")).toEqual({ userAuthenticate: "refuse", returnToService: false, retentionDays: 90, exchangeDays: 14, restorePolicy: "standard", terminationsPerHour: 3 });
  const { device } = await stage.enrolledDevice({ model: "Mac" });
  const user = device.user();
  expect((await user.userAuthenticate()).status).toBe(410);
  const changed = await stage.api.call("changeSettings", { body: { userAuthenticate: "empty-challenge", retentionDays: 30 } });
  expect(changed).toEqual({ userAuthenticate: "empty-challenge", returnToService: false, retentionDays: 30, exchangeDays: 14, restorePolicy: "standard", terminationsPerHour: 3 });
  expect((await user.userAuthenticate()).status).toBe(200);
  const { items } = await stage.api.call("listAuditEvents", { query: { kind: "settings.changed" } });
  expect(items.map((event) => event.data)).toEqual([{ userAuthenticate: "empty-challenge", retentionDays: 30 }]);
});

test("a setting out of range is refused, and so is an operator", async () => {
  await expect(stage.api.call("changeSettings", { body: { retentionDays: 0 } })).rejects.toMatchObject({ status: 422 });
  const { token } = await stage.api.call("createApiToken", { body: { name: "operator", role: "operator" } });
  const operator = stage.api.withToken(token);
  expect((await operator.call("getSettings")).retentionDays).toBeGreaterThan(0);
  await expect(operator.call("changeSettings", { body: { returnToService: true } })).rejects.toMatchObject({ status: 403 });
});
