import { createPublicKey } from "node:crypto";
import { expect, test } from "vitest";
import { openssl, opensslMissing } from "@/tests/support/openssl";
import { hashPublicKey, isIssuedBy, isKeyOf, readCertificate } from "./certificate";
import { readCertificationRequest } from "./certification-request";
import { makeEnvelope, openEnvelope } from "./cms-enveloped-data";
import { makeCertificationRequest, makeEncryptionCertificate } from "./make-certification-request";
import { makeRsaKeyPair } from "./make-rsa-key-pair";

test("a request is for its key, and signed by it", async () => {
  const { privateKey: key } = await makeRsaKeyPair();
  const der = await makeCertificationRequest(key, { organization: "Müller & Söhne, Büro".repeat(5), commonName: "push", email: "" });
  expect(readCertificationRequest(der)).toMatchObject({ keyType: "rsa", keyBits: 2048, commonName: "push", publicKeyHash: hashPublicKey(createPublicKey(key)) });
});

test.skipIf(opensslMissing)("openssl reads every attribute of a request", async () => {
  const der = await makeCertificationRequest((await makeRsaKeyPair()).privateKey, { organization: "Büro", commonName: "push", email: "it@example.com" });
  const told = openssl(["req", "-inform", "DER", "-in", "csr.der", "-noout", "-verify", "-subject", "-nameopt", "RFC2253,utf8,-esc_msb"], { "csr.der": der }).toString();
  expect(told).toContain("emailAddress=it@example.com,CN=push,O=Büro");
});

test("an encryption certificate gives an envelope only its key opens, and can issue nothing", async () => {
  const { privateKey: key } = await makeRsaKeyPair();
  const certificate = readCertificate(await makeEncryptionCertificate(key, "answers", 30));
  expect([isKeyOf(key, certificate), isIssuedBy(certificate, certificate)]).toEqual([true, false]);
  const envelope = makeEnvelope({ content: Buffer.from("signed"), recipient: certificate, cipher: "aes-256-cbc" });
  expect(openEnvelope(envelope, key).content.toString()).toBe("signed");
});
