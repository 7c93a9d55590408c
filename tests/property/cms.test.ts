import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCertificate } from "@/lib/crypto/certificate";
import { makeEnvelope, openEnvelope } from "@/lib/crypto/cms-enveloped-data";
import { readSignedData, signAttached, signDetached, verifyDetached } from "@/lib/crypto/cms-signed-data";
import { CONTENT_CIPHERS, type ContentCipher } from "@/lib/crypto/content-cipher";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { createAuthority, issueCertificate, readPrivateKey } from "@/lib/crypto/issue-certificate";
import { buildPkiMessage, MESSAGE_TYPE, readPkiMessage } from "@/lib/crypto/scep-message";
import { withIndefiniteLengths } from "../support/indefinite-length";
import { mutated } from "./mutations";

const CONTENT = Buffer.from("<plist><dict><key>Status</key><string>Idle</string></dict></plist>");
const RUNS = { numRuns: 1_000 };

const ca = await createAuthority({ commonName: "CA", organization: "Example", days: 30 });
const authorityKey = readPrivateKey(ca.privateKeyPkcs8);
const authority = { certificate: ca.certificate, privateKey: authorityKey };
const rsa = await signer(generateKeyPairSync("rsa", { modulusLength: 2048 }));
const ec = await signer(generateKeyPairSync("ec", { namedCurve: "P-256" }));

async function signer({ publicKey, privateKey }: ReturnType<typeof generateKeyPairSync>) {
  const publicKeySpki = publicKey.export({ type: "spki", format: "der" });
  const certificate = await issueCertificate({ authority, publicKeySpki, subject: { commonName: "device" }, days: 10, backdateHours: 1, usage: "device-identity" });
  return { certificate, privateKey };
}

const recipient = readCertificate(ca.certificate);
const envelopes = (Object.keys(CONTENT_CIPHERS) as ContentCipher[]).map((cipher) => makeEnvelope({ content: CONTENT, recipient, cipher }));
const detached = [rsa, ec].map((of) => signDetached({ content: CONTENT, ...of, digest: "sha1" }));
const attached = [rsa, ec].map((of) => signAttached({ content: CONTENT, ...of, chain: [ca.certificate] }));
const requests = envelopes.map((envelope) => buildPkiMessage({ messageType: MESSAGE_TYPE.pkcsReq, transactionId: "7", envelope, ...rsa, digest: "sha256" }));
const messages = [...envelopes, ...detached, ...attached, ...requests].flatMap((der) => [der, withIndefiniteLengths(der)]);

const READERS: [string, (bytes: Buffer) => unknown][] = [
  ["verifyDetached", (bytes) => verifyDetached(bytes, CONTENT)],
  ["readSignedData", readSignedData],
  ["openEnvelope", (bytes) => openEnvelope(bytes, authorityKey)],
  ["readPkiMessage", readPkiMessage],
];

/** A value, or the error of lib/crypto: nothing else may come out. */
function readsOrRefuses(read: (bytes: Buffer) => unknown, bytes: Buffer): void {
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
  }
}

/** An element with its length as it is, or as it is not. */
function element(tag: number, body: Buffer, lie: number): Buffer {
  const length = Math.max(0, body.length + lie);
  return Buffer.concat([length < 128 ? Buffer.of(tag, length) : Buffer.of(tag, 0x82, (length >> 8) & 255, length & 255), body]);
}

const OIDS = ["2a864886f70d010702", "2a864886f70d010703", "2a864886f70d010701", "2a864886f70d010101", "60864801650304020a", "ff", ""].map((hex) => element(6, Buffer.from(hex, "hex"), 0));
const lie = fc.oneof({ weight: 20, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -3, max: 200 }) });
/** ASN.1 of any shape, with identifiers that CMS has. */
const { tree } = fc.letrec<{ tree: Buffer }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 7 },
    fc.constantFrom(...OIDS),
    fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 12, 19, 22, 23, 24, 0x80, 0x81), fc.uint8Array({ maxLength: 20 }), lie).map(([tag, body, by]) => element(tag, Buffer.from(body), by)),
    fc.tuple(fc.constantFrom(0x30, 0x31, 0x24, 0xa0, 0xa1, 0xa3), fc.array(tie("tree"), { maxLength: 6 }), lie).map(([tag, parts, by]) => element(tag, Buffer.concat(parts), by)),
    fc.array(tie("tree"), { maxLength: 4 }).map((parts) => Buffer.concat([Buffer.of(0x30, 0x80), ...parts, Buffer.of(0, 0)])),
  ),
}));

/** A ContentInfo that says what each reader wants to hear, around anything. */
const claimed = fc.tuple(fc.constantFrom(...OIDS.slice(0, 2)), fc.array(tree, { maxLength: 6 })).map(([oid, parts]) => {
  return element(0x30, Buffer.concat([oid, element(0xa0, element(0x30, Buffer.concat(parts), 0), 0)]), 0);
});

test.each(READERS)("%s gives a value or a coded error for any bytes", (_, read) => {
  const bytes = fc.uint8Array({ maxLength: 1_000 }).map((array) => Buffer.from(array));
  fc.assert(fc.property(bytes, (given) => readsOrRefuses(read, given)), RUNS);
});

test.each(READERS)("%s gives a value or a coded error for ASN.1 of any shape", (_, read) => {
  fc.assert(fc.property(fc.oneof(tree, claimed), (given) => readsOrRefuses(read, given)), RUNS);
});

test.each(READERS)("%s gives a value or a coded error for real messages, spoiled", (_, read) => {
  fc.assert(fc.property(mutated(messages), (given) => readsOrRefuses(read, given)), RUNS);
});

test("no change of the content goes unnoticed", () => {
  fc.assert(fc.property(mutated([CONTENT]), fc.constantFrom(...detached), (content, cms) => {
    fc.pre(!content.equals(CONTENT));
    expect(() => verifyDetached(cms, content)).toThrow(CryptoError);
  }), { numRuns: 300 });
});

const wrapped = (levels: number) => {
  let bytes = Buffer.alloc(0);
  const pieces: Buffer[] = [];
  for (let length = 0, level = 0; level < levels; level++) {
    const header = Buffer.of(0x30, 0x83, (length >> 16) & 255, (length >> 8) & 255, length & 255);
    pieces.unshift(header);
    length += header.length;
  }
  bytes = Buffer.concat(pieces);
  return bytes;
};
const hundredThousand = element(0x30, Buffer.alloc(200), 0);

test.each<[string, () => Buffer]>([
  ["50 MB of zeros", () => Buffer.alloc(50_000_000)],
  ["50 MB in one string", () => Buffer.concat([Buffer.of(0x04, 0x84, 2, 0xfa, 0xf0, 0x80), Buffer.alloc(50_000_000)])],
  ["10 000 levels of nesting", () => wrapped(10_000)],
  ["10 000 levels of nesting without lengths", () => Buffer.alloc(20_000, Buffer.of(0x30, 0x80))],
  ["15 million elements in 30 MB", () => Buffer.concat([Buffer.of(0x30, 0x80), Buffer.alloc(30_000_000, Buffer.of(5, 0))])],
  ["15 million levels in 30 MB", () => Buffer.alloc(30_000_000, Buffer.of(0x30, 0x80))],
  ["a length of many bytes", () => Buffer.concat([Buffer.of(0x30, 0xff), Buffer.alloc(200, 0xff)])],
  ["empty elements", () => hundredThousand],
])("%s is refused by every reader", (_, make) => {
  const bytes = make();
  for (const [, read] of READERS) expect(() => read(bytes)).toThrow(CryptoError);
});
