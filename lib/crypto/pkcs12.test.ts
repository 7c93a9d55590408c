import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { expect, test } from "vitest";
import { openssl, opensslMissing } from "@/tests/support/openssl";
import { CryptoError } from "./crypto-error";
import { createAuthority, issueCertificate, readPrivateKey } from "./issue-certificate";
import { derToPem } from "./pem";
import { makePkcs12, openPkcs12 } from "./pkcs12";

const ca = await createAuthority({ commonName: "CA", organization: "Example", days: 30 });
const rsa = await identity(generateKeyPairSync("rsa", { modulusLength: 2048 }));
const ec = await identity(generateKeyPairSync("ec", { namedCurve: "P-256" }));

async function identity({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) {
  const certificate = await issueCertificate({
    authority: { certificate: ca.certificate, privateKey: readPrivateKey(ca.privateKeyPkcs8) },
    publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
    subject: { commonName: "push é" },
    days: 10,
    backdateHours: 1,
    usage: "push",
    subjectUserId: "com.apple.mgmt.External.1",
  });
  return { certificate, privateKey };
}

function opensslFile({ certificate, privateKey }: typeof rsa, ...options: string[]): Buffer {
  const files = {
    "cert.pem": derToPem(certificate),
    "ca.pem": derToPem(ca.certificate),
    "key.pem": privateKey.export({ type: "pkcs8", format: "pem" }),
  };
  const args = ["pkcs12", "-export", "-in", "cert.pem", "-inkey", "key.pem", "-certfile", "ca.pem", "-passout", "pass:geheim é", "-out", "out"];
  return openssl([...args, ...options], files, "out");
}

const spkiOf = (key: KeyObject) => createPublicKey(key.export({ type: "pkcs8", format: "pem" })).export({ type: "spki", format: "der" });

test("a file gives back its certificates byte for byte, and its key", () => {
  const file = makePkcs12({ certificates: [rsa.certificate, ca.certificate], privateKey: rsa.privateKey, password: "geheim" });
  const opened = openPkcs12(file, "geheim");
  expect(opened.certificates).toEqual([rsa.certificate, ca.certificate]);
  expect(spkiOf(opened.privateKey)).toEqual(spkiOf(rsa.privateKey));
});

test("a wrong password, a changed file and other files are refused", () => {
  const file = makePkcs12({ certificates: [rsa.certificate], privateKey: rsa.privateKey, password: "geheim" });
  expect(() => openPkcs12(file, "Geheim")).toThrow(CryptoError);
  expect(() => openPkcs12(file, "")).toThrow(CryptoError);
  const changed = Buffer.from(file);
  changed[200] = (changed[200] ?? 0) ^ 1;
  for (const other of [changed, file.subarray(0, 500), rsa.certificate, Buffer.alloc(0), Buffer.alloc(2_000_000)]) {
    expect(() => openPkcs12(other, "geheim")).toThrow(CryptoError);
  }
});

test.skipIf(opensslMissing).each([["modern"], ["-legacy"]])("files of openssl are opened: %s, RSA and elliptic curve", (style) => {
  const options = style === "modern" ? [] : [style];
  for (const one of [rsa, ec]) {
    const opened = openPkcs12(opensslFile(one, ...options), "geheim é");
    expect(opened.certificates).toEqual([one.certificate, ca.certificate]);
    expect(spkiOf(opened.privateKey)).toEqual(spkiOf(one.privateKey));
  }
});

test.skipIf(opensslMissing)("a file that would take minutes to open is refused at once", () => {
  const file = opensslFile(rsa, "-iter", "1000001", "-nomaciter");
  expect(() => openPkcs12(file, "geheim é")).toThrow(/iterations/);
});

test.skipIf(opensslMissing)("a file without a key or without a certificate is refused", () => {
  expect(() => openPkcs12(opensslFile(rsa, "-nokeys"), "geheim é")).toThrow(/private key/);
  const nothing = openssl(
    ["pkcs12", "-export", "-nocerts", "-inkey", "key.pem", "-passout", "pass:geheim", "-out", "out"],
    { "key.pem": rsa.privateKey.export({ type: "pkcs8", format: "pem" }) },
    "out",
  );
  expect(() => openPkcs12(nothing, "geheim")).toThrow(/no certificate/);
});
