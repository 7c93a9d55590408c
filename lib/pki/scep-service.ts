import { log } from "@/lib/config/log";
import { readCertificationRequest, type CertificationRequest } from "@/lib/crypto/certification-request";
import { certificatesOnly } from "@/lib/crypto/cms-certificates-only";
import { isAddressedTo, makeEnvelope, openEnvelope } from "@/lib/crypto/cms-enveloped-data";
import type { ContentCipher } from "@/lib/crypto/content-cipher";
import { CryptoError, UnsupportedAlgorithmError } from "@/lib/crypto/crypto-error";
import type { Digest } from "@/lib/crypto/object-identifiers";
import {
  buildPkiMessage,
  FAIL_INFO,
  MESSAGE_TYPE,
  PKI_STATUS,
  PkiMessageRefused,
  readPkiMessage,
  type FailInfo,
  type PkiMessage,
  type ScepTransaction,
} from "@/lib/crypto/scep-message";
import type { DeviceAnswer, DeviceExchange } from "@/lib/protocol/device-exchange";
import { issueIdentity, type RefusalReason } from "./issue-identity";
import { recordRefusal } from "./record-refusal";
import { renewByScep } from "./scep-renewal";
import { messageOfQuery, queryParameter } from "./scep-query";
import { deviceAuthorities, issuingAuthority, type Authority } from "./server-certificates-service";

/** macOS wants Renewal although Apple's devices never renew the identity of management by themselves; the others pick the cipher, the digest and the method. */
const CAPABILITIES = ["Renewal", "SHA-1", "SHA-256", "SHA-512", "AES", "DES3", "SCEPStandard", "POSTPKIOperation"];

const MIN_KEY_BITS = 2048;
const MAX_MESSAGE_BYTES = 65_536;

type Outcome = { certificate: Buffer; cipher: ContentCipher } | { failInfo: FailInfo };

/**
 * Answers a SCEP request (RFC 8894 section 4). What is a SCEP message is answered 200 even when it is refused:
 * the refusal stands in the message. Anything else is answered 400.
 */
export async function answerScep(exchange: DeviceExchange): Promise<DeviceAnswer> {
  switch (queryParameter(exchange.rawQuery, "operation")) {
    case "GetCACaps":
      return answer("text/plain", CAPABILITIES.join("\n"));
    case "GetCACert":
      return answer("application/x-x509-ca-cert", (await issuingAuthority()).certificate.der);
    case "PKIOperation":
      return operate(exchange.method === "POST" ? exchange.body : messageOfQuery(exchange.rawQuery));
    default:
      return unreadable("no such operation");
  }
}

async function operate(bytes: Buffer | null): Promise<DeviceAnswer> {
  if (bytes === null || bytes.length === 0 || bytes.length > MAX_MESSAGE_BYTES) return unreadable("no message");
  const authority = await issuingAuthority();
  let message: PkiMessage;
  try {
    message = readPkiMessage(bytes);
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    log.warn("SCEP message refused", { reason: error.message });
    if (!(error instanceof PkiMessageRefused)) return unreadable("not a SCEP message");
    return reply(failure(authority, error.transaction, error.failInfo, "sha256"));
  }
  const addressed = await authorityFor(message.envelope, authority);
  const outcome = await certify(addressed, message);
  if ("failInfo" in outcome) return reply(failure(addressed, message, outcome.failInfo, message.digest));
  return reply(success(addressed, message, outcome));
}

/** A client may have asked for our certificate before there was a newer one: it is answered by the authority it knows. */
async function authorityFor(envelope: Buffer | null, newest: Authority): Promise<Authority> {
  try {
    return (await deviceAuthorities()).find(({ certificate }) => envelope !== null && isAddressedTo(envelope, certificate)) ?? newest;
  } catch (error) {
    if (error instanceof CryptoError) return newest;
    throw error;
  }
}

async function certify(authority: Authority, message: PkiMessage): Promise<Outcome> {
  if (message.messageType !== MESSAGE_TYPE.pkcsReq && message.messageType !== MESSAGE_TYPE.renewalReq) return refused("message-type-not-offered");
  let content: { request: CertificationRequest; cipher: ContentCipher };
  try {
    const opened = openEnvelope(message.envelope ?? Buffer.alloc(0), authority.privateKey);
    content = { request: readCertificationRequest(opened.content), cipher: opened.cipher };
  } catch (error) {
    if (error instanceof UnsupportedAlgorithmError) return refused("request-unreadable", FAIL_INFO.badAlg);
    // One answer for everything that can go wrong inside the envelope, so that it tells nothing of its content.
    if (error instanceof CryptoError) return refused("request-unreadable");
    throw error;
  }
  const { request, cipher } = content;
  const unfit = keyRefusal(request, message);
  if (unfit !== null) return refused(unfit, FAIL_INFO.badRequest, request.subject);
  const { challengePassword: secret, publicKeySpki, publicKeyHash, subject: requestedSubject } = request;
  const key = { publicKeySpki, publicKeyHash, requestedSubject };
  const issuance = await (message.messageType === MESSAGE_TYPE.renewalReq ? renewByScep(message.signer, key) : issueIdentity({ kind: "scep", secret, ...key }));
  return issuance.ok ? { certificate: issuance.certificate, cipher } : { failInfo: FAIL_INFO.badRequest };
}

/**
 * RSA, because the answer is encrypted to it. A first request is signed by the very key that is to be certified, a renewal by the
 * one before (RFC 8894 section 2.3).
 */
function keyRefusal(request: CertificationRequest, { signer, messageType }: PkiMessage): RefusalReason | null {
  if (request.keyType !== "rsa" || request.keyBits < MIN_KEY_BITS) return "key-unfit";
  return messageType === MESSAGE_TYPE.renewalReq || request.publicKeyHash === signer.publicKeyHash ? null : "key-not-of-signer";
}

async function refused(reason: RefusalReason, failInfo: FailInfo = FAIL_INFO.badRequest, requestedSubject = ""): Promise<Outcome> {
  await recordRefusal({ reason, link: null, requestedSubject });
  return { failInfo };
}

/** Encrypted to the certificate that signed the request, with the cipher it used (RFC 8894 section 3.3.2.1). */
function success(authority: Authority, message: PkiMessage, { certificate, cipher }: { certificate: Buffer; cipher: ContentCipher }): Buffer {
  const envelope = makeEnvelope({ content: certificatesOnly([certificate]), recipient: message.signer, cipher });
  return certRep(authority, message, message.digest, { pkiStatus: PKI_STATUS.success, envelope });
}

function failure(authority: Authority, transaction: ScepTransaction, failInfo: FailInfo, digest: Digest): Buffer {
  return certRep(authority, transaction, digest, { pkiStatus: PKI_STATUS.failure, failInfo, envelope: null });
}

function certRep(
  authority: Authority,
  { transactionId, senderNonce }: ScepTransaction,
  digest: Digest,
  content: { pkiStatus: string; failInfo?: FailInfo; envelope: Buffer | null },
): Buffer {
  return buildPkiMessage({
    messageType: MESSAGE_TYPE.certRep,
    transactionId,
    recipientNonce: senderNonce,
    ...content,
    certificate: authority.certificate.der,
    privateKey: authority.privateKey,
    digest,
  });
}

function reply(message: Buffer): DeviceAnswer {
  return answer("application/x-pki-message", message);
}

function answer(contentType: string, body: Buffer | string): DeviceAnswer {
  return { status: 200, headers: { "content-type": contentType, "cache-control": "no-store" }, body };
}

function unreadable(reason: string): DeviceAnswer {
  return { status: 400, headers: { "content-type": "text/plain" }, body: reason };
}
