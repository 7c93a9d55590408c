import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { everythingStored } from "../support/everything-stored";
import { SimulatedDevice } from "../support/simulated-device";
import { TOPIC, withStage } from "../support/stage";

const stage = withStage({ LOG_LEVEL: "debug" });

const everything = () => everythingStored(stage.muster.databaseUrl);

test("secrets lie sealed in the database and stand in no answer of the API and no log", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone" });
  const second = await stage.apns.mintPushCertificate({ topic: TOPIC });
  await stage.api.call("uploadPushCertificate", { body: { certificatePem: second.certificatePem, privateKeyPem: second.privateKeyPem } });
  await stage.send(id, { requestType: "EraseDevice", parameters: { PIN: "739154" } });
  const link = await stage.link();
  const made = await stage.api.call("createApiToken", { body: { name: "script", role: "viewer" } });
  const localToken = readFileSync(path.join(stage.muster.dataDir, "local-token"), "utf8").trim();

  const { token, magic } = device.state.push;
  const unlock = device.state.unlockToken ?? Buffer.alloc(0);
  const keyBody = second.privateKeyPem.split("\n")[2] ?? "";
  const inDatabase = [token.toString("hex"), magic, unlock.toString("hex").slice(0, 64), keyBody, "739154", made.token, localToken, link.url.split("/").at(-1) ?? ""];
  const stored = await everything();
  for (const secret of inDatabase) expect(stored, secret.slice(0, 6)).not.toContain(secret);
  expect(stored).not.toContain("PRIVATE KEY");
  expect(stored).toContain(device.serialNumber);

  const answers = JSON.stringify([
    await stage.device(id),
    await stage.api.call("listDeviceCommands", { params: { id } }),
    ...(await Promise.all((await stage.api.call("listDeviceCommands", { params: { id } })).items.map((command) => stage.command(command.id)))),
    await stage.api.call("listPushCertificates"),
    await stage.api.call("listApiTokens"),
    await stage.api.call("listAuditEvents"),
    await stage.api.call("listDeviceEvents", { params: { id } }),
  ]);
  const shown = [token.toString("hex"), token.toString("base64"), magic, unlock.toString("base64").slice(0, 60), keyBody, "739154", made.token, localToken];
  for (const secret of shown) {
    expect(answers, secret.slice(0, 6)).not.toContain(secret);
    expect(stage.muster.logs, secret.slice(0, 6)).not.toContain(secret);
  }
});

test.each([
  ["SCEP, one profile a device", {}],
  ["SCEP, one profile for many", { reusableProfile: true, maxUses: 5 }],
  ["a key that the profile brings", { identity: "pkcs12" }],
  ["an admission and a refusal", { admission: "approve" }],
  ["a restore", { restorePolicy: "accept" }],
] as const)("no private key, challenge, password or token stands in a log line or in the database: %s", async (_, link) => {
  const device = await SimulatedDevice.enroll((await stage.link(link)).profileUrl, { model: "iPhone" });
  await device.runSession();
  const { identity, identityPayload } = device.management;
  const handedOut = identityPayload.kind === "scep" ? identityPayload.challenge : identityPayload.kind === "acme" ? identityPayload.clientIdentifier : identityPayload.password;
  const backup = device.backUp();
  await device.removeEnrollmentProfile();
  await device.restoreFromBackup(backup).catch(() => undefined);
  await device.deliver(device.sign("checkin", { MessageType: "TokenUpdate", Topic: "another", UDID: "SOMEBODY-ELSE", Token: device.state.push.token, PushMagic: device.state.push.magic }));
  const key = identity.privateKeyPem.split("\n").slice(3, 6);
  const { token, magic } = device.state.push;
  const secrets = [handedOut ?? "", ...key, token.toString("hex"), token.toString("base64"), magic, device.state.unlockToken?.toString("base64").slice(0, 60) ?? magic];
  expect(Math.min(...secrets.map((secret) => secret.length))).toBeGreaterThan(7);
  const stored = await everything();
  for (const secret of secrets) {
    expect(stage.muster.logs, secret.slice(0, 4)).not.toContain(secret);
    expect(stored, secret.slice(0, 4)).not.toContain(secret);
  }
  expect(stage.muster.logs).not.toContain("PRIVATE KEY");
});
