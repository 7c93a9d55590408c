import { generateKeyPairSync, publicEncrypt, constants, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { withIndefiniteLengths } from "@/tests/support/indefinite-length";
import { openssl, opensslMissing } from "@/tests/support/openssl";
import { childAt, childrenOf, objectIdentifier, readAsn1, writeAsn1 } from "./asn1";
import { readCertificate } from "./certificate";
import { makeEnvelope, openEnvelope } from "./cms-enveloped-data";
import { CONTENT_CIPHERS, type ContentCipher } from "./content-cipher";
import { CryptoError, UnsupportedAlgorithmError } from "./crypto-error";
import { createAuthority, readPrivateKey } from "./issue-certificate";
import { derToPem } from "./pem";
import { unwrapKey } from "./rsa-key-transport";

const ca = await createAuthority({ commonName: "CA", organization: "Example", days: 30 });
const recipient = readCertificate(ca.certificate);
const privateKey = readPrivateKey(ca.privateKeyPkcs8);
const CIPHERS = Object.keys(CONTENT_CIPHERS) as ContentCipher[];
const content = Buffer.concat([Buffer.from("certification request "), randomBytes(700)]);
const files = { "in.bin": content, "ca.pem": derToPem(ca.certificate), "key.pem": privateKey.export({ type: "pkcs8", format: "pem" }) };

test.each(CIPHERS)("an envelope with %s opens with the key of its recipient only, in DER and in BER", (cipher) => {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  for (const plain of [content, Buffer.alloc(0), Buffer.alloc(16, 7)]) {
    const envelope = makeEnvelope({ content: plain, recipient, cipher });
    expect(openEnvelope(envelope, privateKey)).toEqual({ content: plain, cipher });
    expect(openEnvelope(withIndefiniteLengths(envelope), privateKey)).toEqual({ content: plain, cipher });
    let opened: Buffer | null = null;
    try {
      opened = openEnvelope(envelope, stranger).content;
    } catch (error) {
      expect(error).toBeInstanceOf(CryptoError);
    }
    if (plain.length > 0) expect(opened).not.toEqual(plain);
  }
});

test("bad padding gives a random key and no error, so it cannot be told from a good one", () => {
  const wrap = (block: Buffer) => publicEncrypt({ key: recipient.publicKey, padding: constants.RSA_NO_PADDING }, block);
  const key = Buffer.alloc(16, 0xaa);
  const good = Buffer.concat([Buffer.of(0, 2), Buffer.alloc(256 - 3 - 16, 0x11), Buffer.of(0), key]);
  expect(unwrapKey(privateKey, wrap(good), 16)).toEqual(key);
  const spoiled = [[0, 0x01], [1, 1], [1, 0], [2, 0], [100, 0], [238, 0], [239, 1]] as const;
  for (const [index, value] of spoiled) {
    const bad = Buffer.from(good);
    bad[index] = value;
    const [first, second] = [unwrapKey(privateKey, wrap(bad), 16), unwrapKey(privateKey, wrap(bad), 16)];
    expect(first).toHaveLength(16);
    expect(first).not.toEqual(key);
    expect(first).not.toEqual(second);
  }
});

test("a key of another length than the cipher's is not used", () => {
  const wrapped = publicEncrypt({ key: recipient.publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.alloc(32, 0xaa));
  expect(unwrapKey(privateKey, wrapped, 16)).not.toEqual(Buffer.alloc(16, 0xaa));
  expect(unwrapKey(privateKey, wrapped, 32)).toEqual(Buffer.alloc(32, 0xaa));
  expect(() => unwrapKey(privateKey, Buffer.alloc(256, 0xff), 16)).toThrow(CryptoError);
});

test("an unknown cipher and an unknown key transport are named as such", () => {
  const message = readAsn1(makeEnvelope({ content, recipient, cipher: "aes-128-cbc" }));
  childrenOf(childAt(message, 1, 0, 2, 1))[0] = objectIdentifier("1.2.840.113549.3.4");
  expect(() => openEnvelope(writeAsn1(message), privateKey)).toThrow(UnsupportedAlgorithmError);
  const other = readAsn1(makeEnvelope({ content, recipient, cipher: "aes-128-cbc" }));
  childrenOf(childAt(other, 1, 0, 1, 0, 2))[0] = objectIdentifier("1.2.840.113549.1.1.7");
  expect(() => openEnvelope(writeAsn1(other), privateKey)).toThrow(UnsupportedAlgorithmError);
});

test("whatever is changed or cut, nothing but a CryptoError comes out", () => {
  for (const cipher of CIPHERS) {
    const envelope = makeEnvelope({ content: Buffer.from("short"), recipient, cipher });
    for (let i = 0; i < envelope.length; i += 3) {
      const changed = Buffer.from(envelope);
      changed[i] = (changed[i] ?? 0) ^ 0x04;
      for (const message of [changed, envelope.subarray(0, i)]) {
        try {
          openEnvelope(message, privateKey);
        } catch (error) {
          expect(error).toBeInstanceOf(CryptoError);
        }
      }
    }
  }
});

test("a certificate without an RSA key cannot be a recipient", () => {
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
  expect(() => makeEnvelope({ content, recipient: { ...recipient, publicKey: ec }, cipher: "aes-128-cbc" })).toThrow(CryptoError);
});

const OPENSSL_NAMES = { "aes-128-cbc": "-aes128", "aes-256-cbc": "-aes256", "des-ede3-cbc": "-des3", "des-cbc": "-des-cbc" } as const;

test.skipIf(opensslMissing).each(CIPHERS)("openssl and we open each other's envelopes with %s", (cipher) => {
  const legacy = cipher === "des-cbc" ? ["-provider", "legacy", "-provider", "default"] : [];
  const encrypt = ["cms", "-encrypt", ...legacy, "-binary", "-in", "in.bin", OPENSSL_NAMES[cipher], "-outform", "DER", "-out", "out"];
  for (const options of [[], ["-stream"]]) {
    const envelope = openssl([...encrypt, ...options, "ca.pem"], files, "out");
    expect(openEnvelope(envelope, privateKey)).toEqual({ content, cipher });
  }
  const ours = makeEnvelope({ content, recipient, cipher });
  const decrypt = ["cms", "-decrypt", ...legacy, "-binary", "-inform", "DER", "-in", "cms", "-inkey", "key.pem", "-recip", "ca.pem"];
  expect(openssl(decrypt, { ...files, cms: ours })).toEqual(content);
});
