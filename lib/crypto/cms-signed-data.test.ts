import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { expect, test } from "vitest";
import { withIndefiniteLengths } from "@/tests/support/indefinite-length";
import { openssl, opensslMissing } from "@/tests/support/openssl";
import { childAt, childrenOf, objectIdentifier, readAsn1, setAsGiven, writeAsn1, type Asn1 } from "./asn1";
import { readSignedData, signAttached, signDetached, verifyDetached } from "./cms-signed-data";
import { CryptoError, UnsupportedAlgorithmError } from "./crypto-error";
import { sha256Hex } from "./fingerprint";
import { createAuthority, issueCertificate, readPrivateKey } from "./issue-certificate";
import type { Digest } from "./object-identifiers";
import { derToPem } from "./pem";

const content = Buffer.from("<?xml version=\"1.0\"?>\r\n<plist>\u00e9</plist>\n");
const ca = await createAuthority({ commonName: "CA", organization: "Example", days: 30 });
const signers = {
  rsa: await makeSigner(generateKeyPairSync("rsa", { modulusLength: 2048 })),
  p256: await makeSigner(generateKeyPairSync("ec", { namedCurve: "P-256" })),
  p384: await makeSigner(generateKeyPairSync("ec", { namedCurve: "P-384" })),
};
type Kind = keyof typeof signers;
const KINDS = Object.keys(signers) as Kind[];
const DIGESTS: Digest[] = ["sha1", "sha256", "sha384", "sha512"];
const MATRIX = KINDS.flatMap((kind) => DIGESTS.map((digest) => [kind, digest] as const));

async function makeSigner({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) {
  const certificate = await issueCertificate({
    authority: { certificate: ca.certificate, privateKey: readPrivateKey(ca.privateKeyPkcs8) },
    publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
    subject: { commonName: "device" },
    days: 10,
    backdateHours: 1,
    usage: "device-identity",
  });
  return { certificate, privateKey };
}

const pemFiles = (kind: Kind) => ({
  "in.bin": content,
  "cert.pem": derToPem(signers[kind].certificate),
  "ca.pem": derToPem(ca.certificate),
  "key.pem": signers[kind].privateKey.export({ type: "pkcs8", format: "pem" }),
});

/** A signature by openssl with extra options. */
function signedByOpenssl(kind: Kind, ...options: string[]): Buffer {
  const args = ["cms", "-sign", "-binary", "-in", "in.bin", "-signer", "cert.pem", "-inkey", "key.pem", "-outform", "DER", "-out", "out"];
  return openssl([...args, ...options], pemFiles(kind), "out");
}

function outcome<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error("something else was thrown");
  }
}

const spkiOf = (privateKey: KeyObject) => createPublicKey(privateKey).export({ type: "spki", format: "der" });

/** Rewrites the one SignerInfo. */
function changeSigner(cms: Buffer, change: (signer: Asn1[]) => void): Buffer {
  const message = readAsn1(cms);
  const signers = childrenOf(childAt(message, 1, 0)).at(-1);
  change(childrenOf(childAt(signers, 0)));
  return writeAsn1(message);
}

test.each(MATRIX)("a detached signature of %s with %s fits its content only", (kind, digest) => {
  const cms = signDetached({ content, ...signers[kind], digest });
  for (const message of [cms, withIndefiniteLengths(cms)]) {
    const verified = verifyDetached(message, content);
    expect(verified.certificate.der).toEqual(signers[kind].certificate);
    expect(verified.digest).toBe(digest);
    expect(Math.abs((verified.signingTime?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    for (const other of [Buffer.alloc(0), content.subarray(1), Buffer.concat([content, Buffer.from(" ")])]) {
      expect(() => verifyDetached(message, other)).toThrow(CryptoError);
    }
  }
});

test.each(MATRIX)("an attached signature of %s with %s gives back content, chain and signer", (kind, digest) => {
  const cms = signAttached({ content, ...signers[kind], digest, chain: [ca.certificate] });
  for (const message of [cms, withIndefiniteLengths(cms)]) {
    const read = readSignedData(message);
    expect(read.content).toEqual(content);
    expect(read.certificates.map(({ der }) => der)).toEqual([signers[kind].certificate, ca.certificate]);
    expect(read.signer.der).toEqual(signers[kind].certificate);
  }
});

test("any changed byte of content, attributes or signature is noticed", () => {
  const cms = signAttached({ content, ...signers.p256 });
  for (let i = 0; i < cms.length; i++) {
    const changed = Buffer.from(cms);
    changed[i] = (changed[i] ?? 0) ^ 0x01;
    const read = outcome(() => readSignedData(changed));
    // Versions and the list of digests are not signed; whatever passes must say what was signed, by the same key.
    if (read instanceof Error) expect(read).toBeInstanceOf(CryptoError);
    else expect([read.content, read.signer.publicKeyHash]).toEqual([content, sha256Hex(spkiOf(signers.p256.privateKey))]);
  }
});

test("a message that is cut short or nested too deeply is refused", () => {
  const cms = signDetached({ content, ...signers.p256 });
  for (let length = 0; length < cms.length; length += 7) {
    expect(() => verifyDetached(cms.subarray(0, length), content)).toThrow(CryptoError);
  }
  expect(() => verifyDetached(Buffer.alloc(65_536, Buffer.from("3080", "hex")), content)).toThrow(CryptoError);
  expect(() => verifyDetached(Buffer.alloc(65_536, Buffer.from("2480", "hex")), content)).toThrow(CryptoError);
  expect(() => verifyDetached(Buffer.from("30ff", "hex"), content)).toThrow(CryptoError);
});

test("a signature that carries another content than the body is refused", () => {
  const cms = signAttached({ content: Buffer.from("another"), ...signers.rsa });
  expect(() => verifyDetached(cms, content)).toThrow(/another content/);
  expect(verifyDetached(signAttached({ content, ...signers.rsa }), content).digest).toBe("sha256");
});

test("no signer and several signers are refused", () => {
  const none = readAsn1(signDetached({ content, ...signers.rsa }));
  const set = childrenOf(childrenOf(childAt(none, 1, 0)).at(-1));
  const [only] = set.splice(0);
  expect(() => verifyDetached(writeAsn1(none), content)).toThrow(/exactly one signer/);
  if (only) set.push(only, only);
  expect(() => verifyDetached(writeAsn1(none), content)).toThrow(/exactly one signer/);
});

test("the content type under the signature must be the one of the message", () => {
  const message = readAsn1(signDetached({ content, ...signers.rsa }));
  childrenOf(childAt(message, 1, 0, 2))[0] = objectIdentifier("1.2.840.113549.1.7.3");
  expect(() => verifyDetached(writeAsn1(message), content)).toThrow(/content type/);
});

test("signed attributes cannot be taken off", () => {
  const bare = changeSigner(signDetached({ content, ...signers.rsa }), (signer) => signer.splice(3, 1));
  expect(() => verifyDetached(bare, content)).toThrow(CryptoError);
});

test("signed attributes without a digest of the content are refused", () => {
  const message = changeSigner(signDetached({ content, ...signers.rsa }), (signer) => {
    const attributes = childAt({ ...setAsGiven(signer) }, 3);
    const kept = childrenOf(attributes).filter((attribute) => childAt(attribute, 1, 0).type !== 4);
    attributes.value = kept;
    const last = childAt(setAsGiven(signer), 5);
    last.value = sign("sha256", writeAsn1(setAsGiven(kept)), signers.rsa.privateKey).toString("latin1");
  });
  expect(() => verifyDetached(message, content)).toThrow(/not the one that was signed/);
});

test("attributes signed in the order in which they are sent are accepted", () => {
  const message = changeSigner(signDetached({ content, ...signers.rsa }), (signer) => {
    const attributes = childrenOf(childAt(setAsGiven(signer), 3)).reverse();
    const signature = childAt(setAsGiven(signer), 5);
    signature.value = sign("sha256", writeAsn1(setAsGiven(attributes)), signers.rsa.privateKey).toString("latin1");
  });
  expect(verifyDetached(message, content).digest).toBe("sha256");
});

test("attributes sent in any order are accepted when the DER form was signed", () => {
  const message = changeSigner(signDetached({ content, ...signers.rsa }), (signer) => {
    childrenOf(childAt(setAsGiven(signer), 3)).reverse();
  });
  expect(verifyDetached(message, content).digest).toBe("sha256");
});

test("the certificate of another key does not verify", () => {
  const cms = signDetached({ content, certificate: signers.rsa.certificate, privateKey: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey });
  expect(() => verifyDetached(cms, content)).toThrow(CryptoError);
});

test("MD5 is not taken", () => {
  const message = changeSigner(signDetached({ content, ...signers.rsa }), (signer) => {
    childrenOf(childAt(setAsGiven(signer), 2))[0] = objectIdentifier("1.2.840.113549.2.5");
  });
  expect(() => verifyDetached(message, content)).toThrow(UnsupportedAlgorithmError);
});

test.skipIf(opensslMissing)("openssl verifies what we sign", () => {
  const purpose = ["-purpose", "any", "-CAfile", "ca.pem", "-inform", "DER", "-in", "cms", "-binary"];
  for (const [kind, digest] of MATRIX) {
    const files = pemFiles(kind);
    const detached = signDetached({ content, ...signers[kind], digest });
    expect(openssl(["cms", "-verify", ...purpose, "-content", "in.bin"], { ...files, cms: detached })).toEqual(content);
    const attached = signAttached({ content, ...signers[kind], digest, chain: [ca.certificate] });
    expect(openssl(["cms", "-verify", ...purpose], { ...files, cms: attached })).toEqual(content);
  }
});

test.skipIf(opensslMissing)("we verify what openssl signs: every digest, with and without attributes, by key identifier, streamed", () => {
  for (const [kind, digest] of MATRIX) {
    for (const options of [[], ["-noattr"], ["-keyid"], ["-certfile", "ca.pem"]]) {
      const cms = signedByOpenssl(kind, "-md", digest, ...options);
      expect(verifyDetached(cms, content).certificate.der).toEqual(signers[kind].certificate);
      expect(() => verifyDetached(cms, content.subarray(1))).toThrow(CryptoError);
    }
    const streamed = signedByOpenssl(kind, "-md", digest, "-nodetach", "-stream", "-indef");
    expect(streamed[1]).toBe(0x80);
    expect(readSignedData(streamed).content).toEqual(content);
  }
});

test.skipIf(opensslMissing)("a signature whose certificate is left out is refused", () => {
  expect(() => verifyDetached(signedByOpenssl("rsa", "-nocerts"), content)).toThrow(/certificate of the signer is missing/);
});
