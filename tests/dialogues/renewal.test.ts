import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { queueCommand } from "@/lib/commands/queue-command";
import { transaction } from "@/lib/db/transaction";
import { enrollmentProfile } from "@/lib/protocol/profile/enrollment-profile";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { rows, withBackstage } from "../support/backstage";
import { readProfile } from "../support/configuration-profile";
import { TOPIC } from "../support/stage";
import { testChallenge, testTerms } from "../support/test-challenge";

const stage = withBackstage();

/** Queues the enrollment profile anew, with a challenge that renews the identity of this life. */
async function queueRenewal(deviceId: string): Promise<void> {
  const life = (await stage.device(deviceId)).enrollments.find((row) => row.channel === "device");
  if (life?.link == null) throw new Error("the device has no life");
  const challenge = await testChallenge({ linkId: life.link.id, topic: TOPIC, renewsEnrollmentId: life.id });
  const profile = enrollmentProfile({
    identifier: PROFILE_IDENTIFIER, displayName: "Renewed", organization: "Muster", description: "", anchors: [],
    uuids: { profile: randomUUID(), identity: randomUUID() }, terms: testTerms(TOPIC, stage.muster.url),
    identity: { kind: "scep", url: `${stage.muster.url}/scep`, name: "muster", challenge, subject: { organization: "Muster", commonName: "x" } },
  });
  await transaction((tx) => queueCommand(tx, {
    enrollmentId: life.id, deviceId, requestType: "InstallProfile", command: { RequestType: "InstallProfile", Payload: Buffer.from(writePlist(profile)) },
    createdBy: "system", notBefore: null, expiresAt: null, deduplicateKey: null,
  }));
}

test("a renewed identity keeps the life, its queue and its secrets, and takes over with its TokenUpdate", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone" });
  await queueRenewal(id);
  const waiting = await stage.send(id, { requestType: "RestartDevice" });
  const old = device.signReport("Idle");
  const before = (await stage.device(id)).enrollments[0]?.identity?.fingerprint;

  const received = await device.runSession();
  expect(received.map((command) => command.requestType)).toEqual(["InstallProfile", "RestartDevice"]);
  const after = await stage.device(id);
  expect(after.enrollments).toHaveLength(1);
  expect(after).toMatchObject({ state: "enrolled", openCommands: 0 });
  expect(after.enrollments[0]?.identity?.fingerprint).not.toBe(before);
  expect(after.secrets.map((secret) => secret.kind)).toContain("unlock-token");
  expect((await stage.command(waiting)).state).toBe("acknowledged");
  expect((await device.deliver(old)).status).toBe(400);
});

test("until the TokenUpdate comes the old identity goes on working", async () => {
  const { device, id } = await stage.enrolledDevice();
  const old = device.management;
  await queueRenewal(id);
  const install = await device.connect("Idle");
  if (!(install?.parameters.Payload instanceof Uint8Array)) throw new Error("no profile came");
  await device.install(readProfile(Buffer.from(install.parameters.Payload)));
  await device.authenticate();
  const fresh = device.management;
  device.state.management = old;
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(200);
  device.state.management = fresh;
  await device.tokenUpdate();
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(200);
  expect(await rows(`SELECT 1 FROM "Enrollment" WHERE "deviceId" = $1`, [id])).toHaveLength(1);
});

test("a Mac's bootstrap token and its users stay over the renewal, for it sends neither a second time", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const token = Buffer.from("bootstrap token of a Mac");
  const user = device.user();
  await user.tokenUpdate();
  await device.setBootstrapToken(token);
  await queueRenewal(id);
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["InstallProfile"]);
  expect(await device.getBootstrapToken()).toEqual(token);
  expect((await stage.device(id)).enrollments.map((life) => [life.channel, life.state]).toSorted()).toEqual([["device", "enrolled"], ["user", "enrolled"]]);
  expect(await user.connect("Idle")).toBeNull();
});
