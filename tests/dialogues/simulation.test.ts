import { expect, test } from "vitest";
import { ApiProblem } from "../support/api-client";
import { eventually, withStage } from "../support/stage";

const stage = withStage();

test("simulated devices enroll, answer, are marked, and go at once without touching a real one", async () => {
  const real = await stage.enrolledDevice();
  await stage.api.call("startSimulation", { body: { devices: 2 } });
  const again: unknown = await stage.api.call("startSimulation", { body: { devices: 2 } }).catch((error: unknown) => error);
  expect(again).toBeInstanceOf(ApiProblem);
  await eventually(() => stage.api.call("getSimulation"), ({ devices }) => devices === 2);
  const { items } = await stage.api.call("listDevices");
  const simulated = items.filter((device) => device.simulated);
  expect(simulated).toHaveLength(2);
  const [one] = simulated;
  const command = await stage.send(one?.id ?? "", { requestType: "DeviceInformation", parameters: { Queries: ["DeviceName"] }, deduplicate: false });
  await eventually(() => stage.command(command), ({ state }) => state === "acknowledged");

  const left = await stage.api.call("removeSimulation");
  expect(left).toMatchObject({ running: false, devices: 0 });
  expect((await stage.api.call("listDevices")).items.map(({ id }) => id)).toEqual([real.id]);
  const ping = await stage.send(real.id, { requestType: "DeviceInformation", parameters: { Queries: ["DeviceName"] }, deduplicate: false });
  await real.device.runSession();
  expect((await stage.command(ping)).state).toBe("acknowledged");
  expect((await stage.api.call("listAuditEvents", { query: { kind: "simulation.removed" } })).items).toMatchObject([{ data: { devices: 2 } }]);
});

test("a configuration that was made for simulated devices stays when they are removed", async () => {
  const { id } = await stage.api.call("createAdeConfiguration", { body: { name: "For simulated devices", simulated: true } });
  expect(await stage.api.call("removeSimulation")).toMatchObject({ devices: 0 });
  expect(await stage.api.call("getAdeConfiguration", { params: { id } })).toMatchObject({ id, simulated: true });
});
