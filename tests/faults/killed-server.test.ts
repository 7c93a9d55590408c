import { expect, test } from "vitest";
import type { DeviceList } from "@/lib/contracts/devices";
import { sharedKeys } from "../support/device-keys";
import { SimulatedDevice } from "../support/simulated-device";
import { Stage } from "../support/stage";
import { giveUpDeliveries } from "../support/unanswered";

/** Runs jobs with a few at a time; what fails after the kill is expected to. */
async function inParallel<T>(jobs: readonly (() => Promise<T>)[], width: number): Promise<PromiseSettledResult<T>[]> {
  const results: PromiseSettledResult<T>[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job !== undefined) results[index] = (await Promise.allSettled([job()]))[0];
    }
  }));
  return results;
}

test("a server killed in the middle of 500 enrollments has every one that it had answered 200", async () => {
  const stage = new Stage();
  await stage.start();
  try {
    const link = await stage.link();
    const keys = sharedKeys();
    const devices = Array.from({ length: 500 }, () => new SimulatedDevice({ keys }));
    const answered = new Set<string>();
    const jobs = devices.map((device, index) => async () => {
      if (index === 250) await stage.muster.kill();
      await device.enroll(link.profileUrl);
      answered.add(device.udid);
    });
    await inParallel(jobs, 8);
    expect(answered.size).toBeGreaterThan(100);
    expect(answered.size).toBeLessThan(500);
    await stage.muster.restart();

    const stored = new Map<string, string | null>();
    let cursor: string | null = null;
    do {
      const page: DeviceList = await stage.api.call("listDevices", { query: { limit: 200, ...(cursor === null ? {} : { cursor }) } });
      for (const item of page.items) stored.set(item.udid ?? "", item.state);
      cursor = page.nextCursor;
    } while (cursor !== null);
    const lost = [...answered].filter((udid) => stored.get(udid) !== "enrolled");
    expect(lost).toEqual([]);
    // And they are still served: the token of each was kept with its enrollment.
    const survivor = devices.find((device) => answered.has(device.udid));
    expect((await survivor?.runSession())?.length).toBeGreaterThan(0);
  } finally {
    await stage.stop();
  }
});

test("a server killed in the middle of 1000 results has every one that it had answered 200", async () => {
  const stage = new Stage();
  await stage.start();
  try {
    const keys = sharedKeys();
    const link = await stage.link();
    const devices = await Promise.all(Array.from({ length: 10 }, async () => {
      const device = await SimulatedDevice.enroll(link.profileUrl, { keys });
      await device.runSession();
      return { device, id: await stage.deviceId(device) };
    }));
    for (const { id } of devices) {
      await Promise.all(Array.from({ length: 100 }, () => stage.send(id, { requestType: "ProfileList", deduplicate: false, push: false })));
    }
    const answered: string[] = [];
    let results = 0;
    await Promise.allSettled(devices.map(async ({ device }) => {
      let command = await device.connect("Idle");
      while (command !== null) {
        const { uuid } = command;
        if (++results === 500) await stage.muster.kill();
        command = await device.connect("Acknowledged", command, { ProfileList: [] });
        answered.push(uuid);
      }
    }));
    expect(answered.length).toBeGreaterThan(300);
    expect(answered.length).toBeLessThan(1000);
    await stage.muster.restart();
    for (const uuid of answered) expect((await stage.command(uuid)).state).toBe("acknowledged");
    // The rest is delivered after the restart: nothing sticks.
    await giveUpDeliveries(stage.muster.databaseUrl);
    for (const { device } of devices) await device.runSession();
    for (const { id } of devices) expect((await stage.device(id)).openCommands).toBe(0);
  } finally {
    await stage.stop();
  }
});
