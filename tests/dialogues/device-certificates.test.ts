import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { SimulatedDevice } from "../support/simulated-device";
import { withStage } from "../support/stage";

const stage = withStage();

test("the certificates a device tells of are read, and the identity it is managed by is marked", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  await stage.send(id, { requestType: "CertificateList" });
  await device.runSession();
  const { items, learnedAt } = await stage.api.call("listDeviceCertificates", { params: { id } });
  expect(learnedAt).not.toBeNull();
  const { enrollments: [life] } = await stage.device(id);
  const ours = items.filter((item) => item.isOurs);
  expect(ours).toHaveLength(1);
  expect(ours[0]).toMatchObject({ fingerprint: life?.identity?.fingerprint, notAfter: life?.identity?.notAfter, isIdentity: true });
});

test("what a device calls a certificate and is none is listed with what it said of it", async () => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "CertificateList" });
  await device.connect("Idle");
  await device.deliver(device.signReport("Acknowledged", commandId, { CertificateList: [{ CommonName: "Odd", IsIdentity: false, Data: Buffer.from("nonsense") }] }));
  const { items } = await stage.api.call("listDeviceCertificates", { params: { id } });
  expect(items).toEqual([{ commonName: "Odd", isIdentity: false, isOurs: false, subject: null, issuer: null, serialNumber: null, fingerprint: null, notBefore: null, notAfter: null }]);
});

test("a device that was asked nothing yet has told of none", async () => {
  const id = await stage.deviceId(await SimulatedDevice.enroll((await stage.link()).profileUrl));
  expect(await stage.api.call("listDeviceCertificates", { params: { id } })).toEqual({ items: [], learnedAt: null });
  await expect(stage.api.call("listDeviceCertificates", { params: { id: randomUUID() } })).rejects.toMatchObject({ status: 404 });
});
