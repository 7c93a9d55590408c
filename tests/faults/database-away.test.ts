import { expect, test } from "vitest";
import { testDatabase } from "../support/database";
import { databaseRelay } from "../support/database-relay";
import { SimulatedDevice } from "../support/simulated-device";
import { eventually, Stage } from "../support/stage";

test("while the database is away devices hear 503 and keep their message; then everything goes on", async () => {
  const database = await testDatabase();
  const relay = await databaseRelay(database.url);
  const stage = new Stage();
  await stage.start({ DATABASE_URL: relay.url });
  try {
    const { device, id } = await stage.enrolledDevice();
    const { profileUrl } = await stage.link();
    const commandId = await stage.send(id, { requestType: "ProfileList" });
    const command = await device.connect("Idle");
    const report = device.signReport("Acknowledged", command?.uuid ?? null, { ProfileList: [] });

    await relay.cut();
    const during = await device.deliver(report);
    expect([during.status, during.body.length]).toEqual([503, 0]);
    await expect(device.tokenUpdate()).rejects.toMatchObject({ status: 503 });
    await expect(device.setBootstrapToken(Buffer.from("said once"))).rejects.toMatchObject({ status: 503 });
    expect((await fetch(`${stage.muster.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${stage.muster.url}/healthz`)).status).toBe(200);
    const profile = await fetch(profileUrl);
    expect([profile.status, profile.headers.get("content-type")]).toEqual([503, "text/html; charset=utf-8"]);
    await expect(stage.device(id)).rejects.toMatchObject({ status: 503 });

    await relay.mend();
    await eventually(() => device.deliver(report), (answer) => answer.status === 200);
    expect((await stage.command(commandId)).state).toBe("acknowledged");
    const next = await SimulatedDevice.enroll(profileUrl);
    // Workers and live updates came back too: the new device is pushed.
    await stage.apns.waitForPush(next.state.push.token.toString("hex"));
  } finally {
    await stage.stop();
    await relay.close();
    await database.drop();
  }
});
