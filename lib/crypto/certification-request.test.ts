import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { openssl, opensslMissing } from "@/tests/support/openssl";
import { certificationRequest } from "@/tests/support/scep-request";
import { readCertificationRequest } from "./certification-request";
import { CryptoError } from "./crypto-error";
import { sha256Hex } from "./fingerprint";

const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
const payload = { url: "", name: "", subject: [["O", "Example"], ["CN", "iPad"]] as [string, string][], challenge: "secret", keySize: 2048 };

test("a request gives its key, its subject and its challenge", async () => {
  const spki = key.publicKey.export({ type: "spki", format: "der" });
  expect(readCertificationRequest(await certificationRequest(payload, key))).toEqual({
    publicKeySpki: spki,
    publicKeyHash: sha256Hex(spki),
    keyType: "rsa",
    keyBits: 2048,
    subject: "O=Example, CN=iPad",
    commonName: "iPad",
    challengePassword: "secret",
  });
});

test("a request without a challenge has none", async () => {
  const der = await certificationRequest({ ...payload, challenge: null }, key);
  expect(readCertificationRequest(der).challengePassword).toBeNull();
});

test("a request that was changed is refused, or reads as it was signed", async () => {
  const der = await certificationRequest(payload, key);
  const signed = readCertificationRequest(der);
  let refused = 0;
  for (let i = 0; i < der.length; i += 5) {
    const changed = Buffer.from(der);
    changed[i] = (changed[i] ?? 0) ^ 0x10;
    const read = outcome(() => readCertificationRequest(changed));
    if (read instanceof Error) refused += 1;
    else expect(read).toEqual(signed);
    expect(() => readCertificationRequest(der.subarray(0, i))).toThrow(CryptoError);
  }
  expect(refused).toBeGreaterThan(der.length / 5 - 3);
});

function outcome<T>(work: () => T): T | CryptoError {
  try {
    return work();
  } catch (error) {
    if (error instanceof CryptoError) return error;
    throw error;
  }
}

const CONFIG = "[req]\nprompt=no\nstring_mask=MASK\nutf8=yes\ndistinguished_name=dn\nattributes=at\n[dn]\nCN=Büro\n[at]\nchallengePassword=pass word é\n";

function opensslRequest(keyOptions: string[], mask: string, digest = "sha256"): Buffer {
  const args = ["req", "-new", "-config", "req.cnf", "-nodes", "-newkey", ...keyOptions, `-${digest}`, "-keyout", "key.pem", "-outform", "DER", "-out", "out"];
  return openssl(args, { "req.cnf": CONFIG.replace("MASK", mask) }, "out");
}

test.skipIf(opensslMissing).each(["utf8only", "MASK:0x1800", "MASK:0x0800"])("a challenge in any string type is read: %s", (mask) => {
  expect(readCertificationRequest(opensslRequest(["rsa:2048"], mask))).toMatchObject({ challengePassword: "pass word é", commonName: "Büro" });
});

test.skipIf(opensslMissing)("keys and digests of other makers are read", () => {
  const curve = ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
  expect(readCertificationRequest(opensslRequest(curve, "utf8only", "sha384"))).toMatchObject({ keyType: "ec", keyBits: 384 });
  expect(readCertificationRequest(opensslRequest(["rsa:1024"], "utf8only", "sha1"))).toMatchObject({ keyType: "rsa", keyBits: 1024 });
  expect(readCertificationRequest(opensslRequest(["rsa:2048"], "utf8only", "sha512"))).toMatchObject({ keyType: "rsa", keyBits: 2048 });
  expect(() => readCertificationRequest(opensslRequest(["ed25519"], "utf8only"))).toThrow(CryptoError);
});
