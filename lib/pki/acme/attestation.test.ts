import { generateKeyPairSync } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { hashPublicKey, readCertificate } from "@/lib/crypto/certificate";
import { APPLE_ATTESTATION_ROOT_PEM } from "@/lib/crypto/apple-attestation-root";
import { pemToDer } from "@/lib/crypto/pem";
import { AttestationAuthority } from "@/tests/support/attestation-authority";
import { AttestationRefused, readAttestation } from "./attestation";

const authority = await AttestationAuthority.make();
const file = authority.writeFile();
afterEach(() => void (config().attestationCaFile = null));

const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
const facts = { serialNumber: "C02EXAMPLE", udid: "UDID", osVersion: "18.1" };

test("Apple's root is the one Apple publishes", () => {
  const [root] = pemToDer(APPLE_ATTESTATION_ROOT_PEM).map(readCertificate);
  expect(root).toMatchObject({ fingerprint: "ccf59ef8fcb3017d97f8b5fa6fa90e7a3f9283f76b55ac6cf6eda8b8b949f05b", isAuthority: true });
});

test("without ATTESTATION_CA_FILE only Apple may vouch", async () => {
  const object = await authority.attest(publicKey, "token", facts);
  await expect(readAttestation(object, "token")).rejects.toThrow(AttestationRefused);
  config().attestationCaFile = file;
  expect(await readAttestation(object, "token")).toMatchObject({ publicKeyHash: hashPublicKey(publicKey), hardware: { ...facts, sepOsVersion: null, systemIntegrityProtection: null } });
});

test("an attestation has its time, and what Apple leaves blank stays unknown", async () => {
  config().attestationCaFile = file;
  const object = await authority.attest(publicKey, "token", { serialNumber: "" });
  expect((await readAttestation(object, "token")).hardware).toMatchObject({ serialNumber: null, udid: null, osVersion: null });
  await expect(readAttestation(object, "token", Date.now() + 31 * 86_400_000)).rejects.toThrow("expired");
});

test("a key of another kind than the Secure Enclave makes is refused", async () => {
  config().attestationCaFile = file;
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  await expect(readAttestation(await authority.attest(rsa.publicKey, "token", facts), "token")).rejects.toThrow("neither P-256 nor P-384");
});
