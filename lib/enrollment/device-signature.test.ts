import { afterEach, beforeAll, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { APPLE_DEVICE_AUTHORITIES_PEM } from "@/lib/crypto/apple-device-authorities";
import { readCertificate } from "@/lib/crypto/certificate";
import { chainToAnchor } from "@/lib/crypto/certificate-chain";
import { pemToDer } from "@/lib/crypto/pem";
import { DeviceCa, signedByDevice } from "@/tests/support/device-ca";
import { isDeviceCertificate, openSignedByDevice } from "./device-signature";

let ca: DeviceCa;
beforeAll(async () => {
  ca = await DeviceCa.create();
});
afterEach(() => {
  config().deviceCaFile = null;
});

const SAYS = { SERIAL: "C02XX", PRODUCT: "Mac15,12" };

test("a message signed by a device of a trusted authority opens, whether its certificate has ended or not", async () => {
  config().deviceCaFile = ca.writeFile();
  for (const ended of [false, true]) {
    const { content } = await openSignedByDevice(signedByDevice(await ca.issue("device", { ended }), SAYS));
    expect(content.toString()).toContain("C02XX");
  }
});

test("the same signature is worth nothing where its authority is not trusted", async () => {
  const cms = signedByDevice(await ca.issue("device"), SAYS);
  await expect(openSignedByDevice(cms)).rejects.toMatchObject({ code: "certificate-foreign" });
});

test("a changed message, a message without a signature and garbage are refused", async () => {
  config().deviceCaFile = ca.writeFile();
  const cms = signedByDevice(await ca.issue("device"), SAYS);
  const changed = Buffer.from(cms);
  changed.write("<?XML", cms.indexOf("<?xml"));
  for (const bytes of [changed, Buffer.alloc(0), Buffer.from("<plist/>"), cms.subarray(0, 400), Buffer.from([0x30, 0x80, 0x30, 0x80])]) {
    await expect(openSignedByDevice(bytes)).rejects.toMatchObject({ code: "signature-invalid" });
  }
});

test("Apple's authorities are the ones with the known fingerprint, and one leads to the next", () => {
  const [device, iphone, root] = pemToDer(APPLE_DEVICE_AUTHORITIES_PEM).map(readCertificate);
  if (device === undefined || iphone === undefined || root === undefined) throw new Error("one is missing");
  expect(root.fingerprint).toBe("b0b1730ecbc7ff4505142c49f1295e6eda6bcaed7e2c68c5be91b5a11001f024");
  expect(chainToAnchor(device, [iphone], [root])).toEqual([device, iphone, root]);
});

test("what leads to Apple's root without a device authority is no device", async () => {
  const [device, iphone, root] = pemToDer(APPLE_DEVICE_AUTHORITIES_PEM).map(readCertificate);
  if (device === undefined || iphone === undefined || root === undefined) throw new Error("one is missing");
  expect(await isDeviceCertificate(device, [iphone, root])).toBe(false);
  expect(await isDeviceCertificate(iphone, [root])).toBe(false);
});
