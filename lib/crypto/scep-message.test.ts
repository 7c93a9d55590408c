import { generateKeyPairSync, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { withIndefiniteLengths } from "@/tests/support/indefinite-length";
import { selfSignedCertificate } from "@/tests/support/scep-request";
import { childAt, childrenOf, objectIdentifier, readAsn1, writeAsn1 } from "./asn1";
import { certificatesOnly, readCertificatesOnly } from "./cms-certificates-only";
import { signAttached } from "./cms-signed-data";
import { CryptoError } from "./crypto-error";
import { buildPkiMessage, FAIL_INFO, MESSAGE_TYPE, PKI_STATUS, PkiMessageRefused, readPkiMessage, type NewPkiMessage } from "./scep-message";

const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
const certificate = await selfSignedCertificate(key);
const base = { transactionId: "0F\u00e9 ~", certificate, privateKey: key.privateKey, digest: "sha256" } as const;
const request: NewPkiMessage = { ...base, messageType: MESSAGE_TYPE.pkcsReq, senderNonce: Buffer.alloc(16, 7), envelope: randomBytes(900) };

test.each(["sha1", "sha256", "sha512"] as const)("a request with %s is read back, in DER and in BER", (digest) => {
  const der = buildPkiMessage({ ...request, digest });
  for (const message of [der, withIndefiniteLengths(der)]) {
    const read = readPkiMessage(message);
    expect(read).toMatchObject({ messageType: 19, transactionId: "0F\u00e9 ~", digest, pkiStatus: null, failInfo: null, recipientNonce: null });
    expect(read.senderNonce).toEqual(request.senderNonce);
    expect(read.envelope).toEqual(request.envelope);
    expect(read.signer.der).toEqual(certificate);
  }
});

test("a failure has a reason and no content", () => {
  const der = buildPkiMessage({
    ...base,
    messageType: MESSAGE_TYPE.certRep,
    recipientNonce: Buffer.alloc(16, 7),
    pkiStatus: PKI_STATUS.failure,
    failInfo: FAIL_INFO.badRequest,
    envelope: null,
  });
  expect(readPkiMessage(der)).toMatchObject({ pkiStatus: "2", failInfo: "2", envelope: null, recipientNonce: Buffer.alloc(16, 7) });
  expect(readPkiMessage(der).senderNonce).toHaveLength(16);
});

test("signed attributes stand in DER order", () => {
  const message = readAsn1(buildPkiMessage(request));
  const attributes = childrenOf(childAt(childrenOf(childAt(message, 1, 0)).at(-1), 0, 3)).map(writeAsn1);
  expect(attributes).toEqual([...attributes].sort(Buffer.compare));
});

test("a message whose signature does not fit can be answered: badMessageCheck for its transaction", () => {
  const der = buildPkiMessage(request);
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  const error = refusalOf(der);
  expect(error).toMatchObject({ failInfo: "1", transaction: { transactionId: "0F\u00e9 ~", senderNonce: request.senderNonce } });
});

test("a message signed by an unknown algorithm can be answered: badAlg", () => {
  const message = readAsn1(buildPkiMessage(request));
  childrenOf(childAt(childrenOf(childAt(message, 1, 0)).at(-1), 0, 2))[0] = objectIdentifier("1.2.840.113549.2.5");
  expect(refusalOf(writeAsn1(message))).toMatchObject({ failInfo: "0" });
});

function refusalOf(der: Buffer): unknown {
  try {
    return readPkiMessage(der);
  } catch (error) {
    expect(error).toBeInstanceOf(PkiMessageRefused);
    return error;
  }
}

test("a signed message that is not of SCEP is refused as unreadable", () => {
  const plain = signAttached({ content: Buffer.from("x"), certificate, privateKey: key.privateKey });
  for (const bytes of [plain, Buffer.alloc(0), Buffer.from("hello"), certificate]) {
    expect(() => readPkiMessage(bytes)).toThrow(CryptoError);
    expect(() => readPkiMessage(bytes)).not.toThrow(PkiMessageRefused);
  }
});

test("certificates travel alone and in order", async () => {
  const other = await selfSignedCertificate(generateKeyPairSync("rsa", { modulusLength: 2048 }));
  const cms = certificatesOnly([other, certificate]);
  expect(readCertificatesOnly(cms)).toEqual([other, certificate]);
  expect(readCertificatesOnly(withIndefiniteLengths(cms))).toEqual([other, certificate]);
  expect(() => readCertificatesOnly(certificate)).toThrow(CryptoError);
});
